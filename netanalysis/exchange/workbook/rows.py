"""Which rows of a sheet has a person filled in, and what do their cells say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from netanalysis.errors import Problem
from netanalysis.exchange.sheets.cells import bounds, read_cell
from netanalysis.exchange.sheets.finding import FoundTable
from netanalysis.exchange.workbook.earlier_words import earlier_words
from netanalysis.exchange.workbook.layout import Column, example_mark, pages
from netanalysis.language.text import folded
from netanalysis.language.words import LANGUAGES, speak

__all__ = ["Places", "Row", "Told", "sheet_rows", "upright_row"]

Row = dict[str, str]
Places = dict[tuple[str, int, str], str]
RATED = ("statements", "answers")  # tables whose low and high are ratings


@dataclass
class Told:
    """What comes to light while the sheets of a workbook are read.

    Attributes
    ----------
    places : dict of (str, int, str) to str
        Table, row as its CSV file counts it, and column to the cell; see `reading.Read`.
    problems, notes : list of Problem
        What is wrong, and what was not read.
    """

    places: Places = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def unread(self, places: Sequence[str]) -> None:
        """Note cells that were not read."""
        self.notes += [Problem("cell_unread", place) for place in places]


def upright_row(found: FoundTable, told: Told) -> list[Row]:
    """The one row of a sheet whose labels stand down the side.

    Parameters
    ----------
    found : FoundTable
    told : Told
        Takes up the place of each cell, and what is wrong or was not read.

    Returns
    -------
    list of dict
        One row: column to text.
    """
    beside = found.beside()
    at = max(beside, key=lambda number: (len(beside[number]), -number), default=found.at + 1)
    values = {}
    for column in found.shape.page.columns:
        if column.name in found.heads:
            row = found.heads[column.name]
            place = found.place(row, at)
            told.places[found.shape.page.table, 2, column.name] = place
            values[column.name] = _cell(found, column, beside.get(at, {}).get(row), place, told)
    told.places[found.shape.page.table, 0, ""] = found.place(min(found.heads.values()), found.at)
    told.places[found.shape.page.table, 2, ""] = told.places[found.shape.page.table, 0, ""]
    unread = [
        found.place(row, number)
        for number, cells in beside.items()
        for row in cells
        if number != at
    ]
    told.unread(unread)
    return [values]


def sheet_rows(found: FoundTable, told: Told) -> list[Row]:
    """The rows of a sheet below its heads, without helps and examples.

    Parameters
    ----------
    found : FoundTable
    told : Told
        Takes up the place of each cell, and what is wrong or was not read.

    Returns
    -------
    list of dict
        Column to text; words of drop-downs are codes, names are not short names yet.
    """
    table = found.shape.page.table
    rows: list[Row] = []
    told.places[table, 0, ""] = found.place(found.at, min(found.heads.values()))
    columns = [column for column in found.shape.page.columns if column.name in found.heads]
    added = {number for number in found.sheet.cells[found.at] if number not in found.named}
    told.problems += found.merged_across()
    unread = []
    for number, cells, others in found.rows():
        if _is_example(found, cells, number, told):
            continue
        unread += [found.place(number, at) for at in others if at not in added]
        if not cells:
            continue
        row, place = {}, len(rows) + 2
        problems = len(told.problems)
        for column in columns:
            where = told.places[table, place, column.name] = found.place(number, column.name)
            row[column.name] = _cell(found, column, cells.get(column.name), where, told)
        if not any(row.values()) and len(told.problems) == problems:
            continue  # blanks only
        told.places[table, place, ""] = found.place(number, min(found.columns))
        if table in RATED:
            _spread(row, table, place, told)
        rows.append(row)
    told.unread(unread)
    return rows


def _cell(found: FoundTable, column: Column, cell: Any, place: str, told: Told) -> str:
    """What a cell says; "" where that is a problem, which is noted."""
    if cell is None:
        return ""
    rated = found.shape.page.table in RATED and column.name in ("low", "high")
    kind = "rating" if rated else column.kind
    text, code = read_cell(cell, kind, found.sheet.epoch)
    if code:
        told.problems.append(Problem(code, place, values={"value": text}))
        return ""
    if column.choices and text:
        code = _choices(column.name, tuple(column.choices.values())).get(folded(text), "")
        if not code:
            values = {"value": text, "known": ", ".join(column.choices)}
            told.problems.append(Problem("enum", place, values=values))
        return code
    if cell.data_type == "f":
        told.notes.append(Problem("cell_formula_kept", place, values={"value": text}))
    return text


def _spread(row: Row, table: str, place: int, told: Told) -> None:
    """Put a rating from one to another into both its ends."""
    for name, other in (("low", "high"), ("high", "low")):
        if ".." in row.get(name, ""):
            ends = bounds(row[name])
            if row.get(other, "") not in ("", row[name]):
                where = told.places[table, place, name]
                values = {"value": "–".join(ends)}
                told.problems.append(Problem("cell_rating_ends", where, values=values))
                row[name] = ""
                continue
            row["low"], row["high"] = ends
            missing = {(table, place, name), (table, place, other)} - set(told.places)
            told.places |= dict.fromkeys(missing, told.places[table, place, name])


def _is_example(found: FoundTable, cells: Mapping[str, Any], row: int, told: Told) -> bool:
    """Whether a row is marked as an example; one that was filled in anew is told."""
    texts = {name: folded(str(cell.value)) for name, cell in cells.items()}
    if not any(text.startswith(_marks()) for text in texts.values()):
        return False
    shown_there = {folded(text) for text in found.shape.page.example.values()}
    own = [
        found.heads[name]
        for name, text in texts.items()
        if text.split(": ", 1)[-1] not in shown_there and text not in _marks()
    ]
    if own:
        values = {"mark": example_mark(speak(found.shape.language))}
        told.notes.append(Problem("row_example", found.place(row, min(own)), values=values))
    return True


@lru_cache
def _choices(name: str, codes: tuple[str, ...]) -> dict[str, str]:
    """What a cell can say for each code: its word in either language, or the code itself."""
    found = {folded(code): code for code in codes}
    for language in LANGUAGES:
        for page in pages(language, [language]):
            for column in page.columns:
                if column.name == name and tuple(column.choices.values()) == codes:
                    said = earlier_words(page.table, name, "choice") | dict(column.choices)
                    found |= {folded(word): code for word, code in said.items()}
    return found


@lru_cache
def _marks() -> tuple[str, ...]:
    """What an example row begins with, in either language."""
    return tuple(folded(example_mark(speak(language))) for language in LANGUAGES)
