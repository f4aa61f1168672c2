"""What can be downloaded beside the pages: their tables, and those that they are made from."""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from netanalysis.exchange.sheets.writing import FONT, prepare, workbook_content, write
from netanalysis.exchange.store.case_files import case_files
from netanalysis.language.words import Words
from netanalysis.loaders.case.case import Case, case_rows
from netanalysis.loaders.case.closing import PERSONS, withheld
from netanalysis.loaders.case.columns import tables

__all__ = ["figures", "public_tables"]

Grid = list[list[tuple[str, bool]]]
HEAD_ROW = 3
_WIDE = 60  # signs of the widest column
_BOLD = Font(name=FONT, bold=True)


def figures(page: str, words: Words) -> bytes:
    """The tables of a page as a workbook: a sheet each, after a list of them.

    Cells of figures are numbers where a spreadsheet can hold what the page says, a share as a share
    of 1; else they are the page's text, such as a range.

    Parameters
    ----------
    page : str
        HTML.
    words : Words
        In the page's language.

    Returns
    -------
    bytes
        XLSX; of equal pages equal to the byte.
    """
    body = BeautifulSoup(page, "html.parser")
    for carried in body.select("tr.carried, caption > a"):
        carried.decompose()
    book = Workbook()
    contents = book.active
    assert contents is not None
    contents.title = words("Tables")
    title = body.find("title")
    write(contents.cell(1, 1), title.get_text() if title else "")
    contents.cell(1, 1).font = _BOLD
    number = 0
    for table in body.find_all("table"):
        caption = table.find("caption")
        if caption is None:
            continue
        number += 1
        told = " ".join(caption.get_text(" ").split())
        sheet = book.create_sheet(words("Table {number}", number=number))
        write(sheet.cell(1, 1), told)
        sheet.cell(1, 1).font = _BOLD
        _fill(sheet, _grid(table), words)
        write(contents.cell(number + 2, 1), sheet.title)
        write(contents.cell(number + 2, 2), told)
    contents.column_dimensions["A"].width, contents.column_dimensions["B"].width = 14, 100
    return workbook_content(book)


def public_tables(case: Case) -> dict[str, str]:
    """The tables of a case that anyone may see, with their descriptor, as texts by file name.

    What the office keeps for itself stays out (``internal`` in ``tables.csv``), and so does what
    persons have answered wherever pages withhold it. Empty tables are left out.

    Raises
    ------
    DataError
        If a file cannot be read.
    """
    rows = case_rows(case.name)
    if withheld(case.sources, case.asked, case.answers):
        rows["statements"] = [row for row in rows["statements"] if row["source_id"] != PERSONS]
    public = [name for name, row in tables().items() if rows[name] and not row["internal"]]
    return case_files(case.name, {name: rows[name] for name in public}, public)


def _grid(table: Tag) -> Grid:
    """Text and whether it is a figure of each cell; a cell that spans others is repeated."""
    spans: dict[tuple[int, int], tuple[str, bool]] = {}
    grid: Grid = []
    for place, row in enumerate(table.find_all("tr")):
        line: list[tuple[str, bool]] = []
        for cell in row.find_all(["th", "td"], recursive=False):
            _fill_spans(line, spans, place)
            text = " ".join(cell.get_text(" ").split())
            told = text, cell.name == "td" and "num" in (cell.get("class") or [])
            across, down = (int(str(cell.get(name) or 1)) for name in ("colspan", "rowspan"))
            for column in range(len(line), len(line) + across):
                spans |= {(place + below, column): told for below in range(1, down)}
            line += [told] * across
        _fill_spans(line, spans, place)
        grid.append(line)
    return grid


def _fill_spans(
    line: list[tuple[str, bool]], spans: Mapping[tuple[int, int], tuple[str, bool]], place: int
) -> None:
    while (place, len(line)) in spans:
        line.append(spans[place, len(line)])


def _fill(sheet: Worksheet, grid: Grid, words: Words) -> None:
    widths: dict[int, int] = {}
    for row, line in enumerate(grid, start=HEAD_ROW):
        for column, (text, is_figure) in enumerate(line, start=1):
            cell = sheet.cell(row, column)
            value = words.parsed(text) if is_figure else None
            if value is None:
                write(cell, text)
            else:
                cell.value = value
                cell.number_format = "0%" if text.rstrip().endswith("%") else "General"
            if row == HEAD_ROW:
                cell.font = _BOLD
            widths[column] = min(max(widths.get(column, 8), len(text) + 2), _WIDE)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 1)
    prepare(sheet)
