"""What is the source of a row that names none, and how is it left out again on writing?

A person who fills in a workbook is not asked for a source on every row: the workbook itself is
the source then, and the row's cell the place in it. Written again, such cells are empty. Where a
person names another source, the place in it is the person's to tell.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from netanalysis.loaders.case.columns import case_tables

__all__ = ["WORKBOOK", "sourced", "unsourced"]

WORKBOOK: Final = "workbook"  # source_id of the workbook itself
_CELL = re.compile(r"(?:'(?:[^']|'')+'|[^\W\d]\w*)![A-Z]{1,3}[1-9]\d*")
Rows = Sequence[Mapping[str, str]]


def sourced(
    tables: Mapping[str, Rows], places: Mapping[tuple[str, int, str], str], title: str
) -> dict[str, list[dict[str, str]]]:
    """The tables with the workbook as source, and the cell as place, where none is given.

    Parameters
    ----------
    tables : mapping of table to rows
    places : mapping of (table, row, column) to str
        Cell of each row, with "" as the column.
    title : str
        The workbook's name, for the table of sources.

    Examples
    --------
    >>> tables = {"goals": [{"goal": "a"}], "sources": []}
    >>> made = sourced(tables, {("goals", 2, ""): "Mål!A5"}, "malmo.xlsx")
    >>> made["goals"]
    [{'goal': 'a', 'source_id': 'workbook', 'locator': 'Mål!A5'}]
    >>> made["sources"]
    [{'source_id': 'workbook', 'title': 'malmo.xlsx'}]
    >>> unsourced(made)
    {'goals': [{'goal': 'a', 'source_id': '', 'locator': ''}], 'sources': []}
    """
    made: dict[str, list[dict[str, str]]] = {}
    used = False
    for table, rows in tables.items():
        if not _has_source(table):
            made[table] = [dict(row) for row in rows]
            continue
        made[table] = []
        for number, row in enumerate(rows, start=2):
            source = row.get("source_id") or WORKBOOK
            cell = places.get((table, number, ""), "") if source == WORKBOOK else ""
            place = row.get("locator") or cell
            used = used or source == WORKBOOK
            made[table].append({**row, "source_id": source, "locator": place})
    known = {row.get("source_id") for row in made.get("sources", [])}
    if used and WORKBOOK not in known:
        made.setdefault("sources", []).append({"source_id": WORKBOOK, "title": title})
    return made


def unsourced(tables: Mapping[str, Rows]) -> dict[str, list[dict[str, str]]]:
    """The tables without what `sourced` has filled in."""
    left: dict[str, list[dict[str, str]]] = {}
    for table, rows in tables.items():
        left[table] = [dict(row) for row in rows]
        if table == "sources":
            left[table] = [row for row in left[table] if row.get("source_id") != WORKBOOK]
        elif _has_source(table):
            for row in left[table]:
                if row.get("source_id") == WORKBOOK:
                    row["source_id"] = ""
                    if _CELL.fullmatch(row.get("locator", "")):
                        row["locator"] = ""
    return left


@cache
def _has_source(table: str) -> bool:
    fields = {field["name"] for field in case_tables().get(table, {}).get("fields", [])}
    return {"source_id", "locator"} <= fields
