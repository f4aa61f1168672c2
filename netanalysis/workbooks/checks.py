"""Do the tables that a workbook holds make a case, and in which cells do they not?"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case import Case, case_tables, load_case
from netanalysis.workbooks.files import case_files
from netanalysis.workbooks.layout import KEYS
from netanalysis.workbooks.personal import personal_data
from netanalysis.workbooks.reading import Read

__all__ = ["checked"]

# Faults of single cells; others are those of whole rows, or between tables.
_OF_CELLS = {"required", "locator", "number", "integer", "date", "enum", "pattern", "cell"}
_OF_CELLS |= {"minimum", "maximum", "currency", "letter"}


def checked(read: Read) -> tuple[Case | None, list[Problem]]:
    """The case that a workbook holds, and everything that is wrong with it.

    Parameters
    ----------
    read : Read

    Returns
    -------
    (Case or None, list of Problem)
        No case where anything is wrong. Problems of cells come first; what only follows from
        them is left out.
    """
    found = [*read.problems, *_personal(read)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "case"
        folder.mkdir()
        for name, text in case_files("case", "case", read.tables).items():
            (folder / name).write_text(text, "utf-8", newline="")
        try:
            case = load_case(folder)
        except DataError as error:
            return None, [*found, *_own(error.problems, read)]
    return (None, found) if found else (case, [])


def _personal(read: Read) -> Iterator[Problem]:
    """Free texts that tell how to reach a person."""
    for table, schema in case_tables().items():
        free = [one["name"] for one in schema["fields"] if _is_free(one)]
        for number, row in enumerate(read.tables.get(table, []), start=2):
            for column in free:
                kind = personal_data(row.get(column, ""))
                if kind:
                    place = read.places.get((table, number, column), table)
                    yield Problem(f"personal_{kind}", place)


def _is_free(field: dict[str, Any]) -> bool:
    """Whether a column holds text as somebody writes it."""
    coded = {"enum", "pattern"} & set(field.get("constraints", {}))
    plain = field["type"] == "string" and not coded and "rdfType" not in field
    return plain and field["name"] not in ("source_id", "locator", "sha256", "value")


def _own(problems: Sequence[Problem], read: Read) -> list[Problem]:
    """The problems of the tables, placed, without those that follow from problems of cells."""
    faulty = {problem.file for problem in read.problems}
    rows = {(table, row) for (table, row, _), place in read.places.items() if place in faulty}
    tables = {table for table, _ in rows}
    foreign = {
        (table, column)
        for table, schema in case_tables().items()
        for key in schema.get("foreignKeys", [])
        for column in key["fields"]
    }
    short = {table: key for table, (key, _) in KEYS.items() if table != "levels"}
    own = []
    for problem in problems:
        table, row, column = Path(problem.file).stem, problem.row or 0, problem.column or ""
        place = read.places.get((table, row, column), "")
        target = str(problem.values.get("table", table))
        lost = not {(table, 0, ""), (target, 0, "")} <= set(read.places)  # a sheet is missing
        lost = lost or bool(column and not place)  # a column is missing
        if problem.code == "pattern" and (table, column) in foreign:
            follows = True  # of a short name that is told where the row has it
        elif problem.code == "required" and column == short.get(table):
            follows = True  # of a name that is missing, which the short name is made from
        elif problem.code in _OF_CELLS:
            follows = place in faulty
        else:
            follows = (table, row) in rows or (not row and table in tables)
        if not lost and not follows:
            own.append(read.placed(problem))
    return own
