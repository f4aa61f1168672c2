"""Which reports does a batch make, and is everything right that they are given?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from netanalysis.csv_reading import CsvRow, csv_rows, mark_of, text_of
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of, is_there
from netanalysis.folders import shown
from netanalysis.publishing.page_names import name_part, page_name, reserved
from netanalysis.publishing.parameter_types import Value
from netanalysis.publishing.parameters import Asked
from netanalysis.tabular import one_line_end

__all__ = ["Report", "for_each", "read_plan"]

NAME = "name"
_PAGE_NAME = re.compile(r"[^\W_][\w.-]{0,119}")


@dataclass(frozen=True)
class Report:
    """One report of a plan.

    Attributes
    ----------
    name : str
        Its page is ``name.html``.
    parameters : dict
        Values with their types, checked.
    """

    name: str
    parameters: dict[str, Value]


def read_plan(file: Path, asked: Asked, fixed: Mapping[str, str]) -> list[Report]:
    """The reports of a CSV file: a row each, columns are parameters of the notebook.

    Parameters
    ----------
    file : Path
        UTF-8, with commas or semicolons. A column ``name`` may name the pages; an empty cell
        leaves the notebook's own value.
    asked : Asked
        Of the notebook.
    fixed : mapping of name to text
        What holds for every report.

    Returns
    -------
    list of Report

    Raises
    ------
    DataError
        With every fault of the plan, by row and column.
    """
    place = shown(file)
    header, rows = _table(file, place)
    problems = [
        Problem("plan_header", place, 1, values={"name": name})
        for name in dict.fromkeys(header)
        if not name or header.count(name) > 1
    ]
    problems += [
        Problem("plan_fixed", place, 1, name, {"name": name}) for name in header if name in fixed
    ]
    known = (*asked.parameters, NAME, "")
    unknown = [name for name in header if name not in known and not asked.is_older(name)]
    listed = tuple(map(str, asked.parameters.values()))
    problems += [
        Problem("parameter_unknown", place, 1, name, {"name": name, "known": listed})
        for name in unknown
    ]
    if problems:
        raise DataError(problems)
    found, names = [], []
    for number, cells in rows:
        if len(cells) != len(header):
            values = {"count": len(cells), "wanted": len(header)}
            problems.append(Problem("plan_width", place, number, values=values))
            continue
        row = {name: cell for name, cell in zip(header, map(str.strip, cells), strict=True) if cell}
        name = row.pop(NAME, "") or _name(row, asked)
        try:
            found.append(Report(name, asked.checked({**fixed, **row})))
            names.append((number, name))
        except DataError as error:
            problems += [replace(one, file=place, row=number) for one in error.problems]
    problems += _misnamed(names, place)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row or 0))
    return found


def for_each(wanted: Iterable[str], asked: Asked, fixed: Mapping[str, str]) -> list[Report]:
    """A report for each value of a parameter, or for each combination of several.

    Parameters
    ----------
    wanted : iterable of str
        "city=all", or "city=Stockholm,Oslo".
    asked : Asked
    fixed : mapping of name to text

    Returns
    -------
    list of Report
        In the order of the values.

    Raises
    ------
    DataError
        If a parameter's values are not known, or as `Asked.checked`.
    """
    combined: list[dict[str, tuple[str, str]]] = [{}]
    for entry in wanted:
        name, _, text = entry.partition("=")
        values = [value.strip() for value in text.split(",") if value.strip()]
        if not name or not values:
            raise DataError([Problem("for_each_form", values={"value": entry})])
        if name in fixed or any(name in one for one in combined):
            raise DataError([Problem("plan_fixed", values={"name": name})])
        longer = []
        for one in combined:
            settled = {**fixed, **{other: value for other, (value, _) in one.items()}}
            every = asked.every(name, settled) if values == ["all"] else {v: v for v in values}
            longer += [{**one, name: pair} for pair in every.items()]
        combined = longer
    found: list[Report] = []
    problems: list[Problem] = []
    for one in combined:
        given = {**fixed, **{name: value for name, (value, _) in one.items()}}
        try:
            shorts = {name: short for name, (_, short) in one.items()}
            found.append(Report(_name(shorts, asked), asked.checked(given)))
        except DataError as error:
            problems += error.problems
    problems += _misnamed([(None, report.name) for report in found], "")
    if problems:
        raise DataError(problems)
    return found


def _name(values: Mapping[str, str], asked: Asked) -> str:
    """The name of a page without one of its own: by what sets it apart."""
    parts = [name_part(value, name) for name, value in values.items()]
    return page_name(parts or [asked.notebook.stem])


def _table(file: Path, place: str) -> tuple[list[str], list[CsvRow]]:
    """The header, and the rows below it with their numbers, blank ones left out."""
    if not is_there(file):
        raise DataError([Problem("plan_missing", place)])
    text = one_line_end(text_of(content_of(file), place))
    mark = mark_of(text.lstrip().split("\n", 1)[0], ",;\t")
    rows = [(number, cells) for number, cells in csv_rows(text, mark, place) if any(cells)]
    if len(rows) < 2:
        raise DataError([Problem("plan_empty", place)])
    return [name.strip() for name in rows[0][1]], rows[1:]


def _misnamed(names: Iterable[tuple[int | None, str]], place: str) -> list[Problem]:
    """Names that cannot be files, or that stand twice; systems may not tell capitals apart."""
    problems = []
    taken: dict[str, int | None] = {}
    for number, name in names:
        if not _PAGE_NAME.fullmatch(name) or reserved(name):
            problems.append(Problem("plan_name", place, number, NAME, {"name": name}))
        elif name.casefold() in taken:
            values = {"name": name, "other": taken[name.casefold()] or "–"}
            problems.append(Problem("plan_name_twice", place, number, NAME, values))
        taken.setdefault(name.casefold(), number)
    return problems
