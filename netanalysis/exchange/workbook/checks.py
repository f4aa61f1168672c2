"""Do the tables that a workbook holds make a case, and in which cells do they not?"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from netanalysis.errors import DataError, Problem
from netanalysis.exchange.sheets.privacy import personal_data
from netanalysis.exchange.workbook.reading import Read
from netanalysis.loaders.case.case import Case, Cell, case_from
from netanalysis.loaders.case.columns import case_tables, definitions, references

__all__ = ["checked"]


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
        case = case_from(read.tables, faulty=_faulty(read))
    except DataError as error:
        own = [one for one in error.problems if not _made_of_another(one, error.problems)]
        return None, [*found, *map(read.placed, own)]
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


def _faulty(read: Read) -> set[Cell]:
    """The cells in which reading has found a fault, and what is missing of the sheets."""
    told = {one.file for one in read.problems}
    found = {cell for cell, place in read.places.items() if place in told and cell[1]}
    lacking = {one.file for one in read.problems if one.code == "sheet_column_missing"}
    for table, schema in case_tables().items():
        head = read.places.get((table, 0, ""))
        if head is None:
            if any(one.code == "sheet_missing" for one in read.problems):
                found.add((table, 0, ""))
        elif head in lacking or ("case", 2, "languages") in found:
            there = {column for one, _, column in read.places if one == table}
            columns = (field["name"] for field in schema["fields"])
            found |= {(table, 0, column) for column in columns if column not in there}
    return found


def _made_of_another(problem: Problem, problems: Sequence[Problem]) -> bool:
    """Whether a cell that nobody filled in is wrong as the one is that it was made from."""
    table, column = _table(problem), problem.column or ""
    key, name = references().get(table, ("", ""))
    if problem.code == "required" and column == key and table != "levels":
        return any(
            (one.code, _table(one), one.row) == ("required", table, problem.row)
            and str(one.column).startswith(name)
            for one in problems
        )
    named = next((one.refers for one in definitions(table) if one.name == column), "")
    if problem.code != "pattern" or not named:
        return False
    cause = "pattern", named, references()[named][0], problem.values["value"]
    return any(
        (one.code, _table(one), one.column, one.values.get("value")) == cause
        for one in problems
        if one is not problem
    )


def _table(problem: Problem) -> str:
    return Path(problem.file).stem
