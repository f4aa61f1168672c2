"""Which sheets of a workbook hold the tables of a case?"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from openpyxl import Workbook

from netanalysis.errors import Problem
from netanalysis.exchange.sheets.finding import (
    FoundTable,
    Labels,
    find_table,
    sheets_of,
    visible_first,
)
from netanalysis.exchange.workbook.layout import lists_title, pages, start_title
from netanalysis.language.languages import LANGUAGES
from netanalysis.language.text import folded_label
from netanalysis.language.words import speak

__all__ = ["find_sheets"]

_ALIKE = 0.9  # share of the best likeness from which two sheets cannot be told apart


def find_sheets(book: Workbook) -> tuple[dict[str, FoundTable], list[Problem], list[Problem]]:
    """The sheet of each table, by the table's name.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    (dict of str to FoundTable, list of Problem, list of Problem)
        The sheets that were found, a visible one before one that is hidden; what is wrong: two
        sheets for one table, or a sheet named like a table's in which no heads are found; and
        which sheets are not read, or are hidden and read.
    """
    found: dict[str, list[FoundTable]] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for sheet in sheets_of(book):
        table = find_table(sheet, _tables())
        if table is not None:
            found.setdefault(table.shape.name, []).append(table)
        elif sheet.cells and not _is_ours(sheet.title):
            named = folded_label(sheet.title) in {folded_label(one.page.title) for one in _tables()}
            told = problems if named else notes
            code = "sheet_heads" if named else "sheet_unread"
            told.append(Problem(code, sheet.place(min(sheet.cells), 1)))
    sheets = {}
    for name, every in found.items():
        candidates, left = visible_first(every, lambda table: table.shape.name)
        title = folded_label(every[0].shape.page.title)
        candidates.sort(
            key=lambda table: (-table.likeness, folded_label(table.sheet.title) != title)
        )
        first = sheets[name] = candidates[0]
        if first.sheet.hidden:
            notes.append(Problem("sheet_hidden", first.start))
        notes += [Problem("sheet_hidden_unread", table.start) for table in left]
        for table in candidates[1:]:
            if table.likeness >= _ALIKE * first.likeness:
                values = {"sheet": first.sheet.title}
                problems.append(Problem("sheet_twice", table.start, values=values))
            else:
                notes.append(Problem("sheet_unread", table.start))
    return sheets, problems, notes


@lru_cache
def _tables() -> tuple[Labels, ...]:
    """Every sheet of a case with its heads, how much each head tells, and what it cannot lack."""
    tables = []
    for language in LANGUAGES:
        own = {page.table: page.columns for page in pages(language, [language])}
        whole = pages(language, LANGUAGES)
        labels = [
            {folded_label(column.name): column.name for column in page.columns}
            | {folded_label(one): column.name for column in page.columns for one in column.earlier}
            | {folded_label(column.label): column.name for column in page.columns}
            for page in whole
        ]
        shared = Counter(text for page in labels for text in page)
        tables += [
            Labels(
                page.table,
                named,
                {column.name: 1 / shared[folded_label(column.label)] for column in page.columns},
                frozenset(column.name for column in own[page.table]),
                helps={
                    column.name: [*map(folded_label, (column.help, *column.earlier_helps))]
                    for column in page.columns
                },
                upright=page.upright,
                page=page,
                language=language,
            )
            for page, named in zip(whole, labels, strict=True)
        ]
    return tuple(tables)


def _is_ours(title: str) -> bool:
    """Whether a sheet is one that every workbook has beside its tables."""
    names: Iterable[str] = (
        name(speak(language)) for language in LANGUAGES for name in (start_title, lists_title)
    )
    return folded_label(title) in {folded_label(name) for name in names}
