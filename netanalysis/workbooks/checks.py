"""Do the tables that a workbook holds make a case, and in which cells do they not?"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case import Case, load_files
from netanalysis.loaders.columns import case_tables, definitions, references
from netanalysis.workbooks.files import case_files
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
    try:
        case = load_files(Path("case"), case_files("case", "case", read.tables))
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
    """The problems of the tables, placed, without those that follow from one that is told."""
    faulty = {one.file for one in read.problems}
    cells = {cell for cell, place in read.places.items() if place in faulty}
    own = [read.placed(one) for one in problems if not _follows(one, problems, read, cells)]
    return own if own or read.problems else [read.placed(one) for one in problems]


def _follows(
    problem: Problem, problems: Sequence[Problem], read: Read, cells: set[tuple[str, int, str]]
) -> bool:
    """Whether a problem of the tables has its cause in another one, which is told itself.

    `cells` are those in which reading has found a fault, by table, row and column.
    """
    table, row, column = _table(problem), problem.row or 0, problem.column or ""
    target = str(problem.values.get("table", table))
    if not {(table, 0, ""), (target, 0, "")} <= set(read.places):
        return any(one.code == "sheet_missing" for one in read.problems)
    if column and (table, row, column) not in read.places:
        head = read.places[table, 0, ""]
        lacking = {one.file for one in read.problems if one.code == "sheet_column_missing"}
        return head in lacking or ("case", 2, "languages") in cells
    if (table, row, column) in cells:
        return True
    key, name = references().get(table, ("", ""))
    if problem.code == "required" and column == key and table != "levels":
        return any(  # of the name, which the short name is made from
            (one.code, _table(one), one.row) == ("required", table, row)
            and str(one.column).startswith(name)
            for one in problems
        )
    named = next((one.refers for one in definitions(table) if one.name == column), "")
    if problem.code == "pattern" and named:
        cause = "pattern", named, references()[named][0], problem.values["value"]
        return any(
            (one.code, _table(one), one.column, one.values.get("value")) == cause
            for one in problems
            if one is not problem
        )
    if problem.code in _OF_CELLS:
        return False
    return any(one == table and (at == row or not row) for one, at, _ in cells)


def _table(problem: Problem) -> str:
    return Path(problem.file).stem
