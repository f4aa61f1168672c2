"""Of which files is a case made, once its tables are known?"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from netanalysis.loaders.case.columns import case_tables, tables
from netanalysis.loaders.case.migrations import VERSION
from netanalysis.tabular import csv_text

__all__ = ["VERSIONED", "case_files", "descriptor_text", "resources"]

VERSIONED: Final = {"netanalysis": {"tables": VERSION}}  # what a descriptor says of its tables


def case_files(
    name: str,
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    only: Collection[str] | None = None,
) -> dict[str, str]:
    r"""The descriptor of a case and its tables, as text.

    Parameters
    ----------
    name : str
        The case's name, which is that of its folder.
    tables : mapping of table to rows
        Column to text; a table or a column that is not there is left empty.
    only : collection of str, optional
        Tables that are written; all of a case where not given.

    Returns
    -------
    dict of str to str
        ``datapackage.json``, and a CSV file for every table of a case.

    Examples
    --------
    >>> case_files("x", {"networks": [{"network": "c40", "name": "C40"}]})["networks.csv"]
    'network,name,note_sv,note_en\nc40,C40,,\n'
    """
    case = next(iter(tables.get("case", ())), {})
    first = next(iter(case.get("languages", "").split()), "")
    title = case.get(f"title_{first}") or name
    package: dict[str, Any] = {
        "name": name,
        "title": title,
        **VERSIONED,
        "resources": resources(only),
    }
    found = {"datapackage.json": descriptor_text(package)}
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows = tables.get(resource["name"], ())
        cells = [[row.get(column, "") for column in columns] for row in rows]
        found[resource["path"]] = csv_text([columns, *cells])
    return found


def resources(only: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The tables of a case, or some of them, as its descriptor lists them.

    A reference to a table that is not listed is left out.
    """
    listed = tables() if only is None else {name: tables()[name] for name in only}
    schemas = {name: _within(schema, listed) for name, schema in case_tables().items()}
    return [
        {
            "name": table,
            "path": f"{table}.csv",
            "title": row["title"],
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schemas[table],
        }
        for table, row in listed.items()
    ]


def _within(schema: Mapping[str, Any], listed: Collection[str]) -> dict[str, Any]:
    """A schema without references to other tables than those listed."""
    rest = {name: part for name, part in schema.items() if name != "foreignKeys"}
    keys = schema.get("foreignKeys", [])
    kept = [key for key in keys if key["reference"]["resource"] in {*listed, ""}]
    return rest | ({"foreignKeys": kept} if kept else {})


def descriptor_text(package: Mapping[str, Any]) -> str:
    """A descriptor as it is written."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"
