"""Which sheet holds which table, and in which of its cells do the heads stand?

A sheet is known by its heads, in either language, and neither by its name nor by its place: it may
have been renamed, moved or hidden, its columns moved, and rows put in above the heads.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from netanalysis.errors import Problem
from netanalysis.exchange.sheets.cells import folded
from netanalysis.exchange.sheets.safe_open import filled_rows
from netanalysis.showing.wording import LANGUAGES, speak
from netanalysis.workbooks.layout import Page, lists_title, pages, start_title

__all__ = ["FoundSheet", "cell_name", "find_sheets"]

DEEPEST = 60  # filled rows in which the heads are looked for
LEAST = 0.34  # likeness from which a sheet is taken for a table's
_LONGEST = 100  # signs of a text that can be a head
_ALIKE = 0.9  # share of the best likeness from which two sheets cannot be told apart
_PLAIN_TITLE = re.compile(r"[^\W\d]\w*")
Cells = Mapping[int, Mapping[int, Any]]


@dataclass(frozen=True, eq=False)
class FoundSheet:
    """A sheet of a workbook that holds a table of a case.

    Attributes
    ----------
    page : Page
        The sheet as it would be written, with the columns of both languages.
    language : {"sv", "en"}
        The language of its heads.
    sheet : openpyxl.Worksheet
    cells : mapping
        Row, then column, to each cell that holds something.
    heads : mapping of str to int
        Column of the table to the column of the sheet; of an upright sheet, to the row.
    at : int
        The row of the heads; of an upright sheet, the column.
    twice : mapping of str to list of int
        Columns of the table that more than one head names.
    unread : mapping of int to str
        Further heads.
    """

    page: Page
    language: str
    sheet: Any
    cells: Cells
    heads: Mapping[str, int]
    at: int
    twice: Mapping[str, list[int]]
    unread: Mapping[int, str]

    def place(self, row: int, column: int) -> str:
        """A cell as a reader would name it."""
        return cell_name(self.sheet.title, row, column)


def cell_name(title: str, row: int, column: int) -> str:
    """A cell of a sheet as Excel writes it.

    Examples
    --------
    >>> cell_name("Medlemskap", 14, 4), cell_name("Våra nätverk", 2, 1)
    ('Medlemskap!D14', "'Våra nätverk'!A2")
    """
    quoted = title if _PLAIN_TITLE.fullmatch(title) else "'{}'".format(title.replace("'", "''"))
    return f"{quoted}!{get_column_letter(column)}{row}"


def find_sheets(book: Workbook) -> tuple[dict[str, FoundSheet], list[Problem], list[Problem]]:
    """The sheet of each table, by the table's name.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    (dict of str to FoundSheet, list of Problem, list of Problem)
        The sheets that were found; what is wrong: two sheets for one table, or a sheet named
        like a table's in which no heads are found; and which sheets are not read.
    """
    found: dict[str, list[tuple[float, FoundSheet]]] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for sheet in book.worksheets:
        cells = filled_rows(sheet)
        likeness, known = _best(sheet, cells)
        if known is not None:
            found.setdefault(known.page.table, []).append((likeness, known))
        elif cells and not _is_ours(sheet.title):
            named = folded(sheet.title) in _titles()
            told = problems if named else notes
            code = "sheet_heads" if named else "sheet_unread"
            told.append(Problem(code, cell_name(sheet.title, min(cells), 1)))
    sheets = {}
    for table, candidates in found.items():
        title = folded(candidates[0][1].page.title)
        candidates.sort(key=lambda one: (-one[0], folded(one[1].sheet.title) != title))
        best, first = candidates[0]
        sheets[table] = first
        for likeness, other in candidates[1:]:
            place = cell_name(other.sheet.title, other.at, min(other.heads.values()))
            if likeness >= _ALIKE * best:
                values = {"sheet": first.sheet.title}
                problems.append(Problem("sheet_twice", place, values=values))
            else:
                notes.append(Problem("sheet_unread", place))
    return sheets, problems, notes


def _best(sheet: Any, cells: Cells) -> tuple[float, FoundSheet | None]:
    """The table that a sheet is most like; None where it is like none."""
    best: tuple[float, FoundSheet | None] = (0.0, None)
    across: dict[int, dict[int, str]] = {}
    down: dict[int, dict[int, str]] = {}
    for row in list(cells)[:DEEPEST]:
        for column, cell in cells[row].items():
            text = str(cell.value)
            if len(text) <= _LONGEST:
                head = folded(text)
                across.setdefault(row, {})[column] = head
                down.setdefault(column, {})[row] = head
    for language in LANGUAGES:
        for page, labels, weights, own in _known(language):
            for at, heads in (down if page.upright else across).items():
                matched = {labels[text] for text in heads.values() if text in labels}
                if len(matched) < 2:
                    continue
                weight = sum(weights[name] for name in matched)
                lost = sum(weights[name] for name in own - matched)
                likeness = weight / (weight + lost / 2)
                if likeness > max(best[0], LEAST):
                    taken = _found(page, language, sheet, cells, at, heads, labels)
                    best = (likeness, taken)
    return best


def _found(
    page: Page,
    language: str,
    sheet: Any,
    cells: Cells,
    at: int,
    heads: Mapping[int, str],
    labels: Mapping[str, str],
) -> FoundSheet:
    named: dict[str, list[int]] = {}
    for number, text in heads.items():
        if text in labels:
            named.setdefault(labels[text], []).append(number)
    line = {} if page.upright else cells[at]
    unread = {
        number: str(cell.value).strip()
        for number, cell in line.items()
        if labels.get(heads.get(number, "")) is None
    }
    return FoundSheet(
        page,
        language,
        sheet,
        cells,
        {name: numbers[0] for name, numbers in named.items()},
        at,
        {name: numbers for name, numbers in named.items() if len(numbers) > 1},
        unread,
    )


Known = tuple[Page, dict[str, str], dict[str, float], set[str]]


@lru_cache
def _known(language: str) -> list[Known]:
    """Every page with its heads, how much each head tells, and the columns it cannot lack."""
    whole = pages(language, LANGUAGES)
    own = {
        page.table: {column.name for column in page.columns} for page in pages(language, [language])
    }
    labels = [
        {folded(column.name): column.name for column in page.columns}
        | {folded(column.label): column.name for column in page.columns}
        for page in whole
    ]
    shared = Counter(text for page in labels for text in page)
    return [
        (
            page,
            named,
            {column.name: 1 / shared[folded(column.label)] for column in page.columns},
            own[page.table],
        )
        for page, named in zip(whole, labels, strict=True)
    ]


@lru_cache
def _titles() -> set[str]:
    return {folded(page.title) for language in LANGUAGES for page, *_ in _known(language)}


def _is_ours(title: str) -> bool:
    """Whether a sheet is one that every workbook has beside its tables."""
    names: Iterable[str] = (
        name(speak(language)) for language in LANGUAGES for name in (start_title, lists_title)
    )
    return folded(title) in {folded(name) for name in names}
