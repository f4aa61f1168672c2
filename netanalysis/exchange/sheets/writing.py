"""How does a sheet come to be, so that it is easy to fill in and nothing in it ever runs?

Texts are texts, whatever they begin with; there is no formula, no macro and no protection. Columns
of text and of dates are formatted as text, so that Excel does not make dates of "1-2" or take
leading zeros away.
"""

import datetime
import io
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from netanalysis.exchange.workbook.layout import (
    EXAMPLE_ROW,
    HEAD_ROW,
    HELP_ROW,
    NOTE_ROW,
    Column,
    Page,
    example_mark,
    reference_code,
)
from netanalysis.files import write_files
from netanalysis.language.words import Words

__all__ = [
    "CELL_LIMIT",
    "FONT",
    "fill",
    "last_row",
    "prepare",
    "save_workbook",
    "workbook_content",
    "write",
]

FONT = "Calibri"
CELL_LIMIT = 32767  # signs that Excel holds in a cell
ROOM = 500  # rows that a person can fill in with drop-downs to choose from
_TALLEST = 400  # points that a row can be high
_ACROSS = 300  # signs that a printed page can be wide and still be read
_SPARE = 200  # rows that are left where a sheet is fuller than that
_STAMP = datetime.datetime(2000, 1, 1)  # in every workbook, so that equal ones are equal
_RUNS = re.compile(r"['=+\-@\t\r]")
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_LONG = {"comment", "brought_home", "used_for", "represented_by"}
_SHORT = {"currency", "coder", "unit", "statement", "paragraph"}
_WIDTHS = {"date": 14, "number": 12, "integer": 12, "reference": 28}

_TOP = Alignment(vertical="top", wrap_text=True)
_RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
_LEFT = Alignment(vertical="top", horizontal="left", wrap_text=True)
_LINE = Alignment(vertical="center", wrap_text=False)
_SMALL = Font(name=FONT, size=9, color="595959")
_EXAMPLE = Font(name=FONT, italic=True, color="595959")
_RULE = Border(bottom=Side(style="thin", color="A6A6A6"))
_MUST = (Font(name=FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E78"))
_MAY = (Font(name=FONT, bold=True, color="1F1F1F"), PatternFill("solid", fgColor="DDEBF7"))


def fill(
    sheet: Worksheet,
    page: Page,
    rows: Sequence[Mapping[str, str]],
    references: Mapping[str, Mapping[str, str]],
    words: Words,
    lists: Mapping[str, str],
) -> None:
    """Fill a sheet: note, heads, helps, example, rows, and drop-downs for more rows.

    Parameters
    ----------
    sheet : Worksheet
        An empty one.
    page : Page
    rows : sequence of mapping
        Column to text, as a CSV file holds it.
    references : mapping of table to mapping
        What the rows that can be referred to are called: `layout.reference_names`.
    words : Words
        The reader's language.
    lists : mapping of column to str
        The cells that a drop-down offers, such as ``'Nätverk'!$A$5:$A$504``.
    """
    write(sheet.cell(NOTE_ROW, 1), page.note)
    sheet.cell(NOTE_ROW, 1).alignment = _LINE
    sheet.row_dimensions[NOTE_ROW].height = 21
    if page.upright:
        _fill_upright(sheet, page, rows[0] if rows else {}, references, words)
    else:
        _fill_across(sheet, page, rows, references, words)
    _offer(sheet, page, len(rows), words, lists)
    prepare(sheet)
    if not page.upright:
        sheet.print_title_rows, sheet.print_title_cols = f"{HEAD_ROW}:{HEAD_ROW}", "A:A"


def write(cell: Cell, text: str, kind: str = "text") -> None:
    """Write a text into a cell: a number where the column holds numbers, else text that stays text.

    Parameters
    ----------
    cell : Cell
    text : str
        As a CSV file holds it.
    kind : str
        As `layout.Column`.
    """
    if kind in ("number", "integer") and _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        cell.value = int(text) if text.lstrip("-").isdigit() else float(text)
        return
    text = _ESCAPED.sub(r"_x005F\g<0>", text)  # else Excel would take it for a sign's number
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    cell.value = text
    cell.data_type = "s"  # "=…" would be a formula, "#N/A" an error
    cell.number_format = "@"
    if _RUNS.match(text):
        cell.quotePrefix = True  # stays text when a person opens the cell and leaves it


def last_row(page: Page, count: int) -> int:
    """The last row that drop-downs reach, where so many rows are filled in.

    Examples
    --------
    >>> from netanalysis.exchange.workbook.layout import pages
    >>> networks = pages("en", ["en"])[1]
    >>> last_row(networks, 0), last_row(networks, 900)
    (504, 1104)
    """
    return page.first_row - 1 + max(ROOM, count + _SPARE)


def prepare(sheet: Worksheet) -> None:
    """Set a sheet up for print: A4, as few pages wide as can be read, with name and numbers."""
    width = sum(dimension.width for dimension in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = math.ceil(width / _ACROSS)
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P (&N)"


def save_workbook(book: Workbook, file: Path) -> None:
    """Write a workbook whole or not at all; equal ones are equal to the byte.

    Raises
    ------
    OSError
        If the folder cannot be written to or is full; the file is then as it was.
    """
    write_files({file: workbook_content(book)})


def workbook_content(book: Workbook) -> bytes:
    """A workbook as the bytes of its file; equal ones are equal to the byte."""
    book.properties.creator = "netanalysis"
    book.properties.created = book.properties.modified = _STAMP
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        _Writer(book, archive).save()
    return _undated(content)


class _Writer(ExcelWriter):
    """As openpyxl writes, without temporary files, which a killed process would leave behind."""

    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.out.getvalue())
        self.manifest.append(ws)


def _undated(content: io.BytesIO) -> bytes:
    """A workbook without the moments at which its parts were made, and with rows that can grow."""
    out = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                # heights that follow the text when a person writes on
                part = re.sub(rb'(<row [^<>]*) customHeight="1"', rb"\1", part)
            plain = zipfile.ZipInfo(entry.filename, _STAMP.timetuple()[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr = 0o600 << 16
            new.writestr(plain, part)
    return out.getvalue()


def _fill_across(
    sheet: Worksheet,
    page: Page,
    rows: Sequence[Mapping[str, str]],
    references: Mapping[str, Mapping[str, str]],
    words: Words,
) -> None:
    lines = 1
    for number, column in enumerate(page.columns, start=1):
        width = _width(column)
        said = _said(column, words)
        lines = max(lines, _lines(said, width * 1.1))
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        dimension.alignment = _aligned(column)
        if column.kind not in ("number", "integer"):
            dimension.number_format = "@"
        _head(sheet.cell(HEAD_ROW, number), column)
        write(sheet.cell(HELP_ROW, number), said)
        _dress(sheet.cell(HELP_ROW, number), _SMALL)
        if page.example:
            mark = f"{example_mark(words)} " if number == 1 else ""
            write(sheet.cell(EXAMPLE_ROW, number), mark + page.example.get(column.name, ""))
            _dress(sheet.cell(EXAMPLE_ROW, number), _EXAMPLE)
    for number in range(1, len(page.columns) + 1):
        sheet.cell(page.first_row - 1, number).border = _RULE
    sheet.row_dimensions[HEAD_ROW].height = 32
    sheet.row_dimensions[HELP_ROW].height = 13 * lines + 4
    for place, row in enumerate(rows, start=page.first_row):
        for number, column in enumerate(page.columns, start=1):
            _fill_cell(sheet.cell(place, number), column, row, references)
        taken = (
            _lines(sheet.cell(place, n).value, _width(c)) for n, c in enumerate(page.columns, 1)
        )
        sheet.row_dimensions[place].height = min(_TALLEST, 15 * max(taken) + 3)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)


def _fill_upright(
    sheet: Worksheet,
    page: Page,
    row: Mapping[str, str],
    references: Mapping[str, Mapping[str, str]],
    words: Words,
) -> None:
    for letter, width in zip("ABC", (32, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for place, column in enumerate(page.columns, start=page.first_row):
        _head(sheet.cell(place, 1), column)
        sheet.cell(place, 1).alignment = _TOP
        cell = sheet.cell(place, 2)
        if column.kind not in ("number", "integer"):
            cell.number_format = "@"
        _fill_cell(cell, column, row, references)
        cell.border, cell.alignment = _RULE, _LEFT
        said = _said(column, words)
        write(sheet.cell(place, 3), said)
        _dress(sheet.cell(place, 3), _SMALL)
        lines = max(_lines(cell.value, 60), _lines(said, 70))
        sheet.row_dimensions[place].height = min(_TALLEST, 15 * lines + 4)
    sheet.freeze_panes = sheet.cell(page.first_row, 2)


def _fill_cell(
    cell: Cell,
    column: Column,
    row: Mapping[str, str],
    references: Mapping[str, Mapping[str, str]],
) -> None:
    text = row.get(column.name, "")
    if text and column.kind == "choice":
        text = {code: word for word, code in column.choices.items()}.get(text, text)
    elif text and column.kind == "reference":
        code = reference_code(column.refers, text, row)
        text = references.get(column.refers, {}).get(code, text)
    if text:
        write(cell, text, column.kind)
    cell.alignment = _aligned(column)


def _offer(
    sheet: Worksheet, page: Page, count: int, words: Words, lists: Mapping[str, str]
) -> None:
    """Drop-downs, limits of numbers, and the help of each column as a message at its cells."""
    for number, column in enumerate(page.columns, start=1):
        if page.upright:
            cells = f"B{page.first_row + number - 1}"
        else:
            letter = get_column_letter(number)
            cells = f"{letter}{page.first_row}:{letter}{last_row(page, count)}"
        offered = lists.get(column.name)
        rule = DataValidation(
            type="list" if offered else None,
            formula1=offered,
            allow_blank=True,
            showInputMessage=True,
            promptTitle=column.label,
            prompt=_said(column, words),
        )
        if offered:
            # a warning, no stop: a short name, or a row that is not written yet, can be given
            rule.showErrorMessage, rule.errorStyle = True, "warning"
            rule.errorTitle = column.label
            rule.error = words("This is not in the list. Use it all the same?")
        rule.add(cells)
        sheet.add_data_validation(rule)


def _said(column: Column, words: Words) -> str:
    return " ".join([words("Must be filled in."), column.help]) if column.required else column.help


def _head(cell: Cell, column: Column) -> None:
    write(cell, column.label)
    cell.font, cell.fill = _MUST if column.required else _MAY
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _dress(cell: Cell, font: Font) -> None:
    cell.font, cell.alignment = font, _TOP


def _aligned(column: Column) -> Alignment:
    return _RIGHT if column.kind in ("number", "integer") else _TOP


def _lines(value: object, width: float) -> int:
    """How many lines a text takes in a column, about."""
    parts = str("" if value is None else value).split("\n")
    return sum(max(1, math.ceil(1.05 * len(part) / width)) for part in parts)


def _width(column: Column) -> int:
    """Width of a column, by what it holds and never narrower than the longest word of its head."""
    if column.kind == "choice":
        width = min(30, max(map(len, column.choices)) + 6)
    elif column.kind in _WIDTHS:
        width = _WIDTHS[column.kind]
    elif column.by_language or column.name in _LONG:
        width = 42
    else:
        width = 14 if column.name in _SHORT else 24
    return max(width, 14, 2 + math.ceil(1.15 * max(map(len, column.label.split()))))
