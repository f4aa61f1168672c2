"""Where in a returned workbook do the ratings, the lessons and the sender stand?

Sheets are known by the heads of their columns, the sender by the label beside it. Neither names of
sheets nor places of columns are relied on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from netanalysis.errors import Problem
from netanalysis.exchange.sheets.cells import cell_text
from netanalysis.exchange.sheets.safe_open import filled_rows
from netanalysis.showing.wording import LANGUAGES
from netanalysis.workbooks.questionnaire import FIELDS, HEADS, HELPS, codes, folded, labels

__all__ = ["Field", "Table", "fields", "tables"]

DEEPEST = 30  # rows in which heads are looked for
NEEDED = {  # heads that tell what a sheet holds
    "answers": ("network", "criterion", "rating"),
    "lessons": ("network", "brought_home"),
}
_HEADS, _FIELDS, _HELPS = codes(HEADS), codes(FIELDS), set(codes(HELPS))


@dataclass(frozen=True)
class Table:
    """A table of a sheet.

    Attributes
    ----------
    kind : {"answers", "lessons"}
    sheet : Worksheet
    head : int
        Row of the heads.
    at : mapping of str to int
        A key of `HEADS` to its column.
    language : {"sv", "en"}
        That of the heads.
    merged : mapping of (row, column) to (row, column)
        Each merged cell to the first of those that it is merged with.
    """

    kind: str
    sheet: Worksheet
    head: int
    at: Mapping[str, int]
    language: str
    merged: Mapping[tuple[int, int], tuple[int, int]]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Rows in which something stands: column to cell, without the row of helps.

        A name that is merged over several rows stands in each of them.
        """
        filled = filled_rows(self.sheet)
        below = {*filled, *(row for row, _ in self.merged)}
        for row in sorted(row for row in below if row > self.head):
            cells = {}
            for name, column in self.at.items():
                place = row, column
                if name in ("network", "criterion"):
                    place = self.merged.get(place, place)
                cell = filled.get(place[0], {}).get(place[1])
                if cell is not None:
                    cells[name] = cell
            if any(folded(str(cell.value)) not in _HELPS for cell in cells.values()):
                yield row, cells

    def spread(self, row: int, name: str) -> str:
        """The cell in an earlier row that a cell is merged with; "" where there is none."""
        first = self.merged.get((row, self.at.get(name, 0)))
        return self.place(first[0], name) if first and first[0] < row else ""

    def unread(self) -> list[str]:
        """The first cell of each column that holds something and has no head that is known."""
        first: dict[int, int] = {}
        for row, cells in filled_rows(self.sheet).items():
            for column in cells:
                if row > self.head and column not in self.at.values():
                    first.setdefault(column, row)
        title = self.sheet.title
        return [f"{title}!{get_column_letter(column)}{row}" for column, row in first.items()]

    def place(self, row: int, name: str) -> str:
        """A cell as a reader would name it, such as ``Poäng!C7``."""
        return f"{self.sheet.title}!{get_column_letter(self.at[name])}{row}"


@dataclass(frozen=True)
class Field:
    """What stands beside a label: its text, what is wrong with it, and where it stands."""

    text: str
    code: str
    place: str


def tables(sheets: Sequence[Worksheet], file: str) -> tuple[list[Table], list[Problem]]:
    """The tables of ratings and lessons, and heads that stand twice.

    Parameters
    ----------
    sheets : sequence of Worksheet
    file : str
        The file as a reader would name it.
    """
    found, problems = [], []
    for sheet in sheets:
        for row, cells in filled_rows(sheet).items():
            if row > DEEPEST:
                break
            heads = [
                (_HEADS[folded(cell.value)], column)
                for column, cell in cells.items()
                if isinstance(cell.value, str) and folded(cell.value) in _HEADS
            ]
            at = dict(reversed(heads))
            kind = next((kind for kind, needed in NEEDED.items() if set(needed) <= set(at)), "")
            if not kind:
                continue
            table = Table(kind, sheet, row, at, _language(cells), _merged(sheet))
            found.append(table)
            for name in sorted({name for name, _ in heads if at[name] != dict(heads)[name]}):
                values = {"head": cells[at[name]].value}
                place = f"{file}, {table.place(row, name)}"
                problems.append(Problem("reply_head", place, values=values))
            break
    return found, problems


def fields(sheets: Sequence[Worksheet]) -> dict[str, list[Field]]:
    """What stands to the right of each label that says who answers, on whichever sheet.

    Returns
    -------
    dict
        A key of `FIELDS` to every field with that label in which something stands.
    """
    found: dict[str, list[Field]] = {name: [] for name in FIELDS}
    for sheet in sheets:
        for row, cells in filled_rows(sheet).items():
            for column, cell in cells.items():
                name = _FIELDS.get(folded(str(cell.value)), "")
                beside = [
                    (other, cells[other])
                    for other in cells
                    if other > column and folded(str(cells[other].value)) not in _HELPS
                ]
                if name and beside:
                    other, cell = beside[0]
                    kind = "date" if name == "answered" else "text"
                    text, code = cell_text(cell.value, cell.number_format, kind)
                    place = f"{sheet.title}!{get_column_letter(other)}{row}"
                    found[name].append(Field(text, code, place))
    return found


def _language(cells: Mapping[int, Any]) -> str:
    """The language in which most of the heads are written."""
    heads = {folded(str(cell.value)) for cell in cells.values()}
    known = {one: set(map(folded, labels(HEADS, one).values())) for one in LANGUAGES}
    return max(LANGUAGES, key=lambda one: len(heads & known[one]))


def _merged(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
