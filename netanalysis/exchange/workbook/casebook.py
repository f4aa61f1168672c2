"""What does a whole case look like as one workbook?

A sheet that says how it is filled in, a sheet for each table, and one, out of sight, with the
words that the drop-downs offer.
"""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from netanalysis.errors import DataError, Problem
from netanalysis.exchange.sheets.writing import CELL_LIMIT, FONT, fill, last_row, prepare, write
from netanalysis.exchange.workbook.layout import (
    Page,
    lists_title,
    pages,
    reference_names,
    start_title,
)
from netanalysis.exchange.workbook.unsourced import unsourced
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.columns import references

__all__ = ["case_workbook"]

Rows = Sequence[Mapping[str, str]]
_TITLE, _HEADING = (Font(name=FONT, bold=True, size=size) for size in (16, 12))
_LINK = Font(name=FONT, underline="single", color="0563C1")


def case_workbook(name: str, tables: Mapping[str, Rows], language: str) -> Workbook:
    """A case as a workbook.

    Parameters
    ----------
    name : str
        Name of the case.
    tables : mapping of table to rows
        Each row maps a column to its text, as a CSV file holds it.
    language : {"sv", "en"}
        The reader's language.

    Returns
    -------
    Workbook
        All rows of all tables; the source of rows that have none but the workbook is left out.
        Texts have a column for each language of the case, and for
        another one where a text in it is there.

    Raises
    ------
    DataError
        If a text is longer than a cell can hold; every such cell is named.
    """
    tables = unsourced(tables)
    _refuse_long(tables)
    words = speak(language)
    spoken = next((row.get("languages", "") for row in tables.get("case", ())), "").split()
    filled = {
        (table, column)
        for table, rows in tables.items()
        for row in rows
        for column, text in row.items()
        if text
    }
    sheets = pages(language, spoken or [language], filled)
    names = {
        table: reference_names(table, tables.get(table, ()), language) for table in references()
    }
    book = Workbook()
    _start(book, name, sheets, words)
    lists, ranges = _lists(sheets)
    for page in sheets:
        counts = {other.table: len(tables.get(other.table, ())) for other in sheets}
        offered = {
            column.name: _names(sheets, column.refers, counts)
            if column.refers
            else f"{quote_sheetname(lists_title(words))}!{ranges[tuple(column.choices)]}"
            for column in page.columns
            if column.refers or column.choices
        }
        sheet = book.create_sheet(page.title)
        fill(sheet, page, tables.get(page.table, ()), names, words, offered)
    hidden = book.create_sheet(lists_title(words))
    for number, choices in enumerate(lists, start=1):
        for place, word in enumerate(choices, start=1):
            write(hidden.cell(place, number), word)
    hidden.sheet_state = "hidden"
    return book


def _refuse_long(tables: Mapping[str, Rows]) -> None:
    problems = [
        Problem("cell_long", f"{table}.csv", number, column, {"count": len(text)})
        for table, rows in tables.items()
        for number, row in enumerate(rows, start=2)
        for column, text in row.items()
        if len(text) > CELL_LIMIT
    ]
    if problems:
        raise DataError(problems)


def _lists(sheets: Sequence[Page]) -> tuple[list[tuple[str, ...]], dict[tuple[str, ...], str]]:
    """The different lists of words, and the cells where each stands."""
    lists = list(
        dict.fromkeys(
            tuple(column.choices) for page in sheets for column in page.columns if column.choices
        )
    )
    ranges = {}
    for number, choices in enumerate(lists, start=1):
        letter = get_column_letter(number)
        ranges[choices] = f"${letter}$1:${letter}${len(choices)}"
    return lists, ranges


def _names(sheets: Sequence[Page], table: str, counts: Mapping[str, int]) -> str:
    """The cells where the names of a table's rows stand; those still to be filled in too."""
    page = next(page for page in sheets if page.table == table)
    columns = [column.name for column in page.columns]
    name = next(column for column in columns if _base(column) == references()[table][1])
    letter = get_column_letter(columns.index(name) + 1)
    last = last_row(page, counts[table])
    return f"{quote_sheetname(page.title)}!${letter}${page.first_row}:${letter}${last}"


def _base(column: str) -> str:
    base, _, tongue = column.rpartition("_")
    return base if tongue in LANGUAGES else column


def _start(book: Workbook, name: str, sheets: Sequence[Page], words: Words) -> None:
    """The sheet that says how the workbook is filled in, and leads to the others."""
    sheet = book.active
    sheet.title = start_title(words)
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
    lines = [
        (words("Evaluation of international networks: {name}", name=name), "", _TITLE),
        ("", "", _HEADING),
        (words("How to fill in the workbook"), "", _HEADING),
        *((f"{number}.", step, None) for number, step in enumerate(_steps(name, words), start=1)),
        ("", "", _HEADING),
        (words("The sheets"), "", _HEADING),
        *((page.title, page.note, _LINK) for page in sheets),
    ]
    for place, (first, second, font) in enumerate(lines, start=1):
        for number, text in ((1, first), (2, second)):
            if text:
                write(sheet.cell(place, number), text)
                aligned = Alignment(vertical="top", wrap_text=number == 2)
                sheet.cell(place, number).alignment = aligned
        if font:
            sheet.cell(place, 1).font = font
        if font is _LINK:
            target = f"{quote_sheetname(first)}!A1"
            link = sheet.cell(place, 1)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
        if second:
            sheet.row_dimensions[place].height = 15 * (1 + len(second) // 118) + 4
    prepare(sheet)


def _steps(name: str, words: Words) -> list[str]:
    return [
        words(
            "Begin with the sheets Evaluation, Networks and Memberships. The rest can be filled in "
            "bit by bit; no sheet has to be full."
        ),
        words(
            "Columns with a dark head must be filled in on each row that is used. Those with a "
            "light head can be left empty. Leave empty what is not known; never write 0 for it."
        ),
        words(
            "The grey row that begins with “Example:” shows what a row can look like. It is not "
            "read, and can be deleted."
        ),
        words(
            "What is written on one sheet can be chosen on the others: a network on the sheet "
            "Networks, a department on the sheet Departments, a goal on the sheet Goals."
        ),
        words("Dates are written as 2025, 2025-11 or 2025-11-30, as exactly as they are known."),
        words(
            "Criteria and demands are a proposal. Go through them before anything is rated, change "
            "them where needed, and have them adopted."
        ),
        words(
            "Write no names, addresses or e-mail addresses of persons anywhere; give the office or "
            "the unit. Keep the names of the sheets and the heads of the columns."
        ),
        words(
            "Save the workbook and run: netanalysis check {name}. It tells what is missing or "
            "wrong, with sheet and cell. Then run: netanalysis read {file}.",
            file=f"{name}.xlsx",
            name=name,
        ),
    ]
