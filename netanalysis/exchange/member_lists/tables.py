"""What stands in the cells of an office's own list, and where does its table begin?

CSV in whatever signs and letters a spreadsheet writes it, or the sheet of an Excel workbook.
"""

import codecs
import csv
import datetime
import io
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from netanalysis.errors import DataError, Problem
from netanalysis.exchange.sheets.safe_open import filled_rows, is_workbook, open_workbook
from netanalysis.folders import shown

__all__ = ["Row", "Sheet", "read_sheet"]

Row = tuple[int, list[str]]  # number as a spreadsheet counts it, and cells
MARKS = (",", ";", "\t", "|")
NO_MARK = "\x1f"
DEEPEST = 30  # rows in which the header is looked for
SAMPLE = 200_000  # bytes by which the letters are told
# which letters a file may be in that does not say so, the likeliest first
LETTERS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman", "cp932", "cp949",
    "gb18030", "big5",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file.

    Attributes
    ----------
    header : (int, list of str)
        The row that names the columns.
    rows : list of (int, list of str)
        The rows below it that are not blank.
    above : list of int
        Rows above the header that are not blank, such as a title; they are left out.
    blank : int
        Number of blank rows below the header.
    name : str
        Name of the sheet; "" in a CSV file.
    others : tuple of str
        Sheets that were not read.
    letters : str
        The encoding of a text that does not tell it, such as "cp1250"; "" where it is known.
    """

    header: Row
    rows: list[Row]
    above: list[int]
    blank: int
    name: str = ""
    others: tuple[str, ...] = ()
    letters: str = ""


def read_sheet(
    file: Path,
    score: Callable[[Sequence[str]], int],
    words: Collection[str] = frozenset(),
) -> Sheet:
    """The table of a file.

    Parameters
    ----------
    file : Path
        CSV (commas, semicolons, tabs or bars; UTF-8, UTF-16, or the older letters of Windows,
        Mac OS and East Asia) or Excel workbook, which may be named .csv.
    score : callable
        How much cells look like a header, 0 where not at all. The first row of the highest score
        is taken, of the first sheet that has one; the first row with as many cells as most where
        none has.
    words : collection of str, optional
        Words in small letters that the list is likely to hold. Where a text does not tell its
        letters, those are taken that make out the most of them, Windows-1252 if several do.

    Returns
    -------
    Sheet

    Raises
    ------
    DataError
        If the file is missing, cannot be read, is too large, is empty or has merged cells in its
        header, or a row has more cells than the header.
    """
    if not file.is_file():
        raise DataError([Problem("list_missing", shown(file))])
    if is_workbook(file):
        return _of_workbook(file, score)
    text, letters = _decoded(file.read_bytes(), words)
    sheet = _sheet(_text_rows(file, text, score), score)
    if sheet is None:
        raise DataError([Problem("list_without_rows", shown(file))])
    width = len(sheet.header[1])
    many = [
        Problem("cells_many", shown(file), row, values={"found": len(cells), "expected": width})
        for row, cells in sheet.rows
        if any(cell.strip() for cell in cells[width:])
    ]
    if many:
        raise DataError(many)
    return replace(_even(sheet), letters=letters)


def _sheet(rows: list[Row], score: Callable[[Sequence[str]], int]) -> Sheet | None:
    """The table among the rows; None where all are blank."""
    full = [(row, cells) for row, cells in rows if any(cell.strip() for cell in cells)]
    if not full:
        return None
    top = full[:DEEPEST]
    scores = [score(cells) for _, cells in top]
    if not any(scores):
        widths = [sum(bool(cell.strip()) for cell in cells) for _, cells in top]
        scores = [width >= sorted(widths)[len(top) // 2] for width in widths]
    at = scores.index(max(scores))
    header, body = full[at], full[at + 1 :]
    last = body[-1][0] if body else header[0]
    return Sheet(header, body, [row for row, _ in full[:at]], last - header[0] - len(body))


def _even(sheet: Sheet) -> Sheet:
    """The table with rows as wide as its header."""
    width = len(sheet.header[1])
    rows = [(row, (cells + [""] * width)[:width]) for row, cells in sheet.rows]
    return replace(sheet, rows=rows)


def _text_rows(file: Path, text: str, score: Callable[[Sequence[str]], int]) -> list[Row]:
    if "\0" in text or text.lstrip().startswith("<"):  # a web page that was named a table
        raise DataError([Problem("list_form", shown(file))])
    lines = text.splitlines()[:DEEPEST]
    best, mark = (0, 0), max(MARKS, key="\n".join(lines).count)
    for other in MARKS:  # that which divides the header into the most columns
        rows_there = (next(csv.reader([line], delimiter=other), []) for line in lines)
        found = max(((score(cells), len(cells)) for cells in rows_there), default=(0, 0))
        if found[0] and found > best:
            best, mark = found, other
    few = sum(mark in line for line in lines) * 2 < len(lines)  # within names, as a comma may be
    if best[1] == 1 or (few and not best[0]):
        mark = NO_MARK
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[Row] = []
    try:
        rows += enumerate(reader, start=1)
    except csv.Error as error:
        code = "quote" if "unexpected end" in str(error) else "quote_inside"
        code = code if '"' in text else "list_form"
        raise DataError([Problem(code, shown(file), _count(text, mark) + 1)]) from None
    return rows


def _count(text: str, mark: str) -> int:
    """How many rows can be read before one that cannot."""
    number = 0
    try:
        for number, _ in enumerate(  # noqa: B007
            csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), start=1
        ):
            pass
    except csv.Error:
        pass
    return number


def _decoded(content: bytes, words: Collection[str]) -> tuple[str, str]:
    """The text, and the name of its letters where they had to be found out."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        known = {name: _made_out(content[:SAMPLE], name, words) for name in LETTERS}
        name = max(known, key=known.__getitem__)
        return content.decode(name, errors="replace"), name


def _made_out(content: bytes, letters: str, words: Collection[str]) -> int:
    """How many of the words stand in a text, if it is in these letters."""
    text = content.decode(letters, errors="replace")
    return len(set(_WORD.findall(text.casefold())).intersection(words))


def _of_workbook(file: Path, score: Callable[[Sequence[str]], int]) -> Sheet:
    found = []
    for page in open_workbook(file, formulas=False).worksheets:
        sheet = _sheet(_cells(page), score)
        if sheet is not None:
            found.append((not score(sheet.header[1]), sheet, page))
    if not found:
        raise DataError([Problem("list_without_rows", shown(file))])
    _, sheet, page = min(found, key=lambda one: one[0])
    row = sheet.header[0]
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row:
            merged = {"cells": str(area)}
            raise DataError([Problem("list_merged", shown(file), row, values=merged)])
    others = tuple(other.title for _, _, other in found if other is not page)
    return _even(replace(sheet, name=page.title, others=others))


def _cells(page: Any) -> list[Row]:
    """The texts of a worksheet; what is merged over several rows stands in each of them."""
    rows = {
        number: {column: _cell_text(cell.value) for column, cell in cells.items()}
        for number, cells in filled_rows(page).items()
    }
    for area in page.merged_cells.ranges:
        if area.min_col == area.max_col:
            text = rows.get(area.min_row, {}).get(area.min_col, "")
            for number in range(area.min_row, area.max_row + 1):
                rows.setdefault(number, {})[area.min_col] = text
    return [
        (number, [cells.get(column, "") for column in range(1, max(cells) + 1)])
        for number, cells in sorted(rows.items())
    ]


def _cell_text(cell: object) -> str:
    """A cell's text; a whole number as Excel shows it, and a date without its hour."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
