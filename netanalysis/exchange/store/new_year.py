"""What of a case goes on into the next year, and what stays with the year that it is of?

Standing facts, criteria and memberships go on, with their history and the sources that they need.
What was said, rated, answered, dated or asked in one evaluation stays with it (``of_its_year`` in
``tables.csv``). The new case names the one that it follows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case.columns import definitions, tables

__all__ = ["NewYear", "name_of_year", "new_year"]

Tables = Mapping[str, Sequence[Mapping[str, str]]]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
TERMS = ("seats", "participation")  # of which it may be said that they go on


@dataclass(frozen=True)
class NewYear:
    """The tables of a new year, and what there is to look at again.

    Attributes
    ----------
    tables : dict of table to rows
    stayed : dict of table to int
        How many rows stay with the earlier evaluation; of tables that have any.
    ended : list of (str, int)
        Table and row, as the new case's file counts it, of terms that were said to go on and have
        ended since: whether they do is no longer known.
    title : bool
        Whether the title names the earlier year.
    """

    tables: dict[str, list[dict[str, str]]]
    stayed: dict[str, int]
    ended: list[tuple[str, int]]
    title: bool


def name_of_year(name: str, year: int) -> str:
    """The name of a case in another year: its own year gives way, or the year is added.

    Examples
    --------
    >>> name_of_year("visby-2026", 2027), name_of_year("visby", 2027)
    ('visby-2027', 'visby-2027')
    """
    bare = _YEAR.sub("", name).rstrip("-_")
    return f"{bare}-{year}" if bare else str(year)


def new_year(name: str, before: Tables, year: int) -> NewYear:
    """The tables of the evaluation of a later year.

    Parameters
    ----------
    name : str
        Of the case that is followed.
    before : mapping of table to rows
        Its tables, column to text.
    year : int
        As of which the new evaluation is.

    Returns
    -------
    NewYear
    """
    made: dict[str, list[dict[str, str]]] = {}
    stayed: dict[str, int] = {}
    for table, about in tables().items():
        rows = [dict(row) for row in before.get(table, ())]
        if about["of_its_year"]:
            stayed |= {table: len(rows)} if rows else {}
            rows = []
        made[table] = rows
    about_case = made["case"][0]
    earlier = last_day(about_case["as_of"]).year
    about_case |= {"as_of": str(year), "follows": name}
    ended = []
    for table in TERMS:
        for number, row in enumerate(made[table], start=2):
            over = row["end"] and last_day(row["end"]) < first_day(str(year))
            if row["ongoing"] == "yes" and over:
                row["ongoing"] = ""
                ended.append((table, number))
    needed = {
        row[column.name]
        for table, rows in made.items()
        for column in definitions(table)
        if column.refers == "sources"
        for row in rows
    }
    made["sources"] = [row for row in made["sources"] if row["source_id"] in needed]
    titles = [text for column, text in about_case.items() if column.startswith("title_")]
    return NewYear(made, stayed, ended, any(str(earlier) in text for text in titles))
