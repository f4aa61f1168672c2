"""Which sheet holds which table, in which of its cells do the heads stand, and what lies below?

A table is known by its heads, and neither by the name of its sheet nor by its place: sheets may
have been renamed or moved, columns moved, and rows put in above the heads.
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH

from netanalysis.errors import Problem
from netanalysis.language.text import folded_label

__all__ = [
    "DEEPEST",
    "Cell",
    "FoundTable",
    "Labels",
    "Sheet",
    "TableHeads",
    "cell_name",
    "find_table",
    "sheets_of",
    "visible_first",
]

DEEPEST = 60  # filled rows in which heads are looked for
LEAST = 0.34  # likeness from which a sheet is taken for a table's
_LONGEST = 250  # signs of a text that can be a head
_PLAIN_TITLE = re.compile(r"[^\W\d]\w*")
_fold = lru_cache(maxsize=10_000)(folded_label)


class Cell(NamedTuple):
    """A cell of a table that is no workbook; one of openpyxl has the same attributes."""

    value: Any
    data_type: str = "s"
    number_format: str = "General"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of whoever.

    Attributes
    ----------
    title : str
        "" of a text file.
    cells : mapping
        Row, then column, to each cell that holds something.
    areas : tuple of str
        Cells that are merged, such as "B2:C2".
    hidden : bool
    epoch : datetime
        The day that its workbook counts days from.
    """

    title: str
    cells: Mapping[int, Mapping[int, Any]]
    areas: tuple[str, ...] = ()
    hidden: bool = False
    epoch: datetime.datetime = WINDOWS_EPOCH

    def place(self, row: int, column: int) -> str:
        """A cell as Excel names it."""
        return cell_name(self.title, row, column)

    @cached_property
    def across(self) -> Mapping[int, Mapping[int, str]]:
        """The texts that can be heads: row, then column."""
        return {
            row: {
                column: text
                for column, cell in cells.items()
                if len(text := str(cell.value).strip()) <= _LONGEST
            }
            for row, cells in list(self.cells.items())[:DEEPEST]
        }

    @cached_property
    def down(self) -> Mapping[int, Mapping[int, str]]:
        """The texts that can be labels at a side: column, then row."""
        turned: dict[int, dict[int, str]] = {}
        for row, texts in self.across.items():
            for column, text in texts.items():
                turned.setdefault(column, {})[row] = text
        return turned


class TableHeads(Protocol):
    """What is known of a table before it is found."""

    @property
    def upright(self) -> bool:
        """Whether the heads stand down the side."""
        ...

    def likeness(self, line: Mapping[int, str]) -> tuple[float, dict[int, str]]:
        """How like its heads a line is, 0 where not at all, and the columns it names."""
        ...


@dataclass(frozen=True, eq=False)
class Labels:
    """The heads of a table that we have laid out ourselves.

    Attributes
    ----------
    name : str
        Of the table.
    labels : mapping of str to str
        Head, folded by `folded_label`, to column of the table.
    weights : mapping of str to float
        How much each column tells; 1 where not given.
    own : collection of str
        Columns whose lack makes a line less like the table's heads.
    needed : collection of str
        Columns without which there is no table.
    helps : mapping of str to collection of str
        Column to the folded helps that may stand below or beside its head.
    least : int
        How many columns have to be named.
    upright : bool
    page, language : optional
        What the reader knows the table by.
    """

    name: str
    labels: Mapping[str, str]
    weights: Mapping[str, float] = field(default_factory=dict)
    own: Collection[str] = ()
    needed: Collection[str] = ()
    helps: Mapping[str, Collection[str]] = field(default_factory=dict)
    least: int = 2
    upright: bool = False
    page: Any = None
    language: str = ""

    def likeness(self, line: Mapping[int, str]) -> tuple[float, dict[int, str]]:
        """See `TableHeads`."""
        named = {
            number: self.labels[_fold(text)]
            for number, text in line.items()
            if _fold(text) in self.labels
        }
        matched = set(named.values())
        if len(matched) < self.least or not matched.issuperset(self.needed):
            return 0.0, {}
        weight = sum(self.weights.get(name, 1) for name in matched)
        lost = sum(self.weights.get(name, 1) for name in self.own if name not in matched)
        likeness = weight / (weight + lost / 2)
        return (likeness, named) if likeness > LEAST else (0.0, {})


@dataclass(frozen=True, eq=False)
class FoundTable:
    """A table where it was found.

    Attributes
    ----------
    sheet : Sheet
    shape : TableHeads
    likeness : float
        Of its heads, above 0.
    at : int
        The row of the heads; of an upright table, the column.
    named : mapping of int to str
        Column of the sheet, or row of an upright one, to column of the table.
    """

    sheet: Sheet
    shape: Any
    likeness: float
    at: int
    named: Mapping[int, str]

    @cached_property
    def heads(self) -> dict[str, int]:
        """Column of the table to the first column, or row, of the sheet that it names."""
        first: dict[str, int] = {}
        for number, name in self.named.items():
            first.setdefault(name, number)
        return first

    @cached_property
    def twice(self) -> dict[str, list[int]]:
        """Columns of the table that more than one head names."""
        every: dict[str, list[int]] = {}
        for number, name in self.named.items():
            every.setdefault(name, []).append(number)
        return {name: numbers for name, numbers in every.items() if len(numbers) > 1}

    @cached_property
    def columns(self) -> dict[int, str]:
        """The columns that are read, of the sheet to those of the table."""
        return {number: name for name, number in self.heads.items()}

    def place(self, row: int, column: int | str) -> str:
        """A cell as Excel names it; the column by its number, or its name in the table."""
        return self.sheet.place(row, self.heads[column] if isinstance(column, str) else column)

    @property
    def start(self) -> str:
        """The first of the heads."""
        first = min(self.columns)
        return self.place(first, self.at) if self.shape.upright else self.place(self.at, first)

    def rows(self) -> Iterator[tuple[int, dict[str, Any], list[int]]]:
        """What stands below the heads, without helps.

        Yields
        ------
        (int, dict of str to cell, list of int)
            A row that holds something; its cells by column of the table, with what is merged into
            them; and the columns of the sheet in which something else stands.
        """
        for row, cells in self.sheet.cells.items():
            if row <= self.at:
                continue
            whole = {number: cell for number, (cell, _) in self.copies.get(row, {}).items()} | {
                **cells
            }
            known = {name: whole[at] for at, name in self.columns.items() if at in whole}
            added = [name for name, cell in known.items() if not self._is_help(name, cell)]
            if len(added) < len(known) and 2 * len(added) <= len(known):
                yield row, {}, [self.heads[name] for name in added]
            else:
                yield row, known, [at for at in whole if at not in self.columns]

    @cached_property
    def copies(self) -> dict[int, dict[int, tuple[Any, int]]]:
        """What is merged downwards: row, then column, to the cell that holds and its row."""
        found: dict[int, dict[int, tuple[Any, int]]] = {}
        for left, top, right, bottom in map(range_boundaries, self.sheet.areas):
            cell = self.sheet.cells.get(top, {}).get(left)
            if left == right and left in self.columns and top > self.at and cell is not None:
                for row in range(top + 1, bottom + 1):
                    found.setdefault(row, {})[left] = cell, top
        return found

    def merged_across(self, apart: Collection[int] = ()) -> list[Problem]:
        """Cells merged over several columns of which one is read, as nobody can tell whose.

        Parameters
        ----------
        apart : collection of int, optional
            Rows of which it is known what they say, as helps are.
        """
        helps = {text for texts in self.shape.helps.values() for text in texts}
        problems = []
        for area in self.sheet.areas:
            left, top, right, bottom = range_boundaries(area)
            read = any(left <= number <= right for number in self.columns)
            if left == right or bottom < self.at or not read or top in apart:
                continue
            cell = self.sheet.cells.get(top, {}).get(left)
            if top <= self.at or (cell is not None and not _ends_with(cell, helps)):
                values = {"cells": area}
                problems.append(Problem("cells_merged", self.place(top, left), values=values))
        return problems

    def beside(self) -> dict[int, dict[int, Any]]:
        """What stands beside the labels of an upright table but helps: column, then row."""
        every = {text for helps in self.shape.helps.values() for text in helps}
        found: dict[int, dict[int, Any]] = {}
        for row in self.columns:
            for column, cell in self.sheet.cells[row].items():
                if column > self.at and not _ends_with(cell, every):
                    found.setdefault(column, {})[row] = cell
        return found

    def _is_help(self, name: str, cell: Any) -> bool:
        return _ends_with(cell, self.shape.helps.get(name, ()))


def cell_name(title: str, row: int, column: int) -> str:
    """A cell of a sheet as Excel writes it.

    Examples
    --------
    >>> cell_name("Medlemskap", 14, 4), cell_name("Våra nätverk", 2, 1)
    ('Medlemskap!D14', "'Våra nätverk'!A2")
    """
    quoted = title if _PLAIN_TITLE.fullmatch(title) else "'{}'".format(title.replace("'", "''"))
    return f"{quoted}!{get_column_letter(column)}{row}"


def sheets_of(book: Workbook, stored: Callable[[], Workbook] | None = None) -> list[Sheet]:
    """The sheets of a workbook, those first that a reader sees.

    A sheet is not walked through from its first to its last cell, as the last may stand in row
    1,048,576 with nothing above it.

    Parameters
    ----------
    book : Workbook
    stored : callable, optional
        Gives the same workbook with what its formulas had come to, where there are any. A formula
        of which nothing is stored stays one.
    """
    formulas = any(
        cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values()
    )
    results = stored().worksheets if stored and formulas else ()
    sheets = []
    for number, sheet in enumerate(book.worksheets):
        known = results[number]._cells if results else {}
        rows: dict[int, dict[int, Any]] = {}
        for (row, column), cell in sorted(sheet._cells.items()):
            result = known.get((row, column)) if cell.data_type == "f" else None
            if cell.value is not None and cell.value != "":
                held = cell if result is None or result.value is None else result
                rows.setdefault(row, {})[column] = held
        areas = tuple(str(area) for area in sheet.merged_cells.ranges)
        hidden = sheet.sheet_state != "visible"
        sheets.append(Sheet(sheet.title, rows, areas, hidden, book.epoch))
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def find_table(sheet: Sheet, shapes: Iterable[TableHeads]) -> FoundTable | None:
    """The table whose heads a sheet has, and where; None where it has none.

    Parameters
    ----------
    sheet : Sheet
    shapes : iterable of TableHeads
        The tables that it may hold. Of lines and tables that are as like, the first is taken.
    """
    best: FoundTable | None = None
    for shape in shapes:
        for at, line in (sheet.down if shape.upright else sheet.across).items():
            likeness, named = shape.likeness(line)
            if likeness > (best.likeness if best else 0):
                best = FoundTable(sheet, shape, likeness, at, named)
    return best


def visible_first(
    tables: Sequence[FoundTable], kind: Callable[[FoundTable], object]
) -> tuple[list[FoundTable], list[FoundTable]]:
    """The tables to be read, and those on hidden sheets that a visible one of the kind replaces."""
    seen = {kind(table) for table in tables if not table.sheet.hidden}
    left = [table for table in tables if table.sheet.hidden and kind(table) in seen]
    return [table for table in tables if table not in left], left


def _ends_with(cell: Any, texts: Iterable[str]) -> bool:
    said = _fold(str(cell.value))
    return any(said.endswith(text) for text in texts)
