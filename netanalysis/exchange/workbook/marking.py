"""How does a person see in the workbook itself which cells are wrong, and why?"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from netanalysis.errors import Problem
from netanalysis.exchange.sheets.finding import cell_name
from netanalysis.exchange.sheets.safe_open import open_workbook
from netanalysis.language.words import Words

__all__ = ["marked_workbook"]

AUTHOR = "netanalysis"
MARK = "FFFFC7CE"  # the colour that Excel itself gives to what is bad
_PLAIN = PatternFill()


def marked_workbook(file: Path, problems: Iterable[Problem], words: Words) -> Workbook:
    """A workbook with its faulty cells filled, and the reason as a comment of each.

    Marks of an earlier check are taken away. All else stays as it is, but for formulas, which
    become text, and links to other workbooks.

    Parameters
    ----------
    file : Path
    problems : iterable of Problem
        Each with a cell as its file, such as ``Medlemskap!D14``; others are passed over.
    words : Words

    Returns
    -------
    Workbook

    Raises
    ------
    DataError
        If the file cannot be opened, or more of it than its cells is not whole.
    """
    book = open_workbook(file, cells=False)
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            _clear(cell)
    _drop_outer_names(book)
    reasons: dict[str, list[str]] = {}
    for problem in problems:
        what = words.explain(Problem(problem.code, values=problem.values))
        reasons.setdefault(problem.file, []).append(what)
    for sheet in book.worksheets:
        _mark(sheet, reasons)
    return book


def _mark(sheet: Any, reasons: Mapping[str, list[str]]) -> None:
    start = cell_name(sheet.title, 1, 1).removesuffix("A1")
    for place, told in reasons.items():
        coordinate = place.removeprefix(start)
        if coordinate == place or "!" in coordinate:
            continue
        cell = sheet[coordinate]
        for area in sheet.merged_cells.ranges:
            if coordinate in area:
                cell = sheet.cell(area.min_row, area.min_col)
        cell.fill = PatternFill("solid", fgColor=MARK)
        before = [cell.comment.text] if cell.comment else []
        text = "\n\n".join([*before, *told])
        height = 30 + 18 * (text.count("\n") + len(text) // 45)
        cell.comment = Comment(text, AUTHOR, height=min(height, 400), width=340)


def _clear(cell: Any) -> None:
    """Take an earlier mark away, and make a formula text."""
    if getattr(cell, "comment", None) is not None and cell.comment.author == AUTHOR:
        cell.comment = None
        if cell.fill.fgColor.rgb == MARK:
            cell.fill = _PLAIN
    if getattr(cell, "data_type", "") == "f":
        cell.value = getattr(cell.value, "text", None) or str(cell.value)
        cell.data_type = "s"
        cell.quotePrefix = True


def _drop_outer_names(book: Workbook) -> None:
    """Leave out names of cells of other workbooks, which the copy has no link to."""
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name, defined in list(names.items()):
            if "[" in (defined.attr_text or ""):
                del names[name]
