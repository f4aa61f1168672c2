"""What stands in the cells of an office's own list, and where does its table begin?

CSV in whatever signs and letters a spreadsheet writes it, or the sheet of an Excel workbook.
"""

import codecs
import csv
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from netanalysis.csv_reading import CsvRow, csv_rows, text_of
from netanalysis.errors import DataError, Problem
from netanalysis.exchange.sheets.finding import (
    DEEPEST,
    Cell,
    FoundTable,
    Sheet,
    TableHeads,
    find_table,
    sheets_of,
)
from netanalysis.exchange.sheets.safe_open import is_workbook, open_workbook
from netanalysis.file_content import content_of, is_there
from netanalysis.folders import shown

__all__ = ["MemberTable", "Row", "read_table"]

# number as a spreadsheet counts it, cells by column of the list, and other columns with something
Row = tuple[int, Mapping[str, Any], Sequence[int]]
MARKS = (",", ";", "\t", "|")
NO_MARK = "\x1f"
SAMPLE = 200_000  # bytes by which the letters are told
# which letters a file may be in that does not say so, the likeliest first
LETTERS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman", "cp932", "cp949",
    "gb18030", "big5",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class MemberTable:
    """A table as it stands in a file.

    Attributes
    ----------
    found : FoundTable
        Where its header is; without a header that is known, it names no columns.
    header : (int, list of str)
        The row that names the columns.
    rows : list of (int, mapping of str to cell, sequence of int)
        The rows below it that are not blank, as `FoundTable.rows` gives them.
    above : list of int
        Rows above the header that are not blank, such as a title; they are left out.
    blank : int
        Number of blank rows below the header.
    others : tuple of str
        Sheets that were not read.
    hidden : tuple of str
        Those of them that are hidden.
    letters : str
        The encoding of a text that does not tell it, such as "cp1250"; "" where it is known.
    """

    found: FoundTable
    header: tuple[int, list[str]]
    rows: list[Row]
    above: list[int]
    blank: int
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    letters: str = ""

    @property
    def name(self) -> str:
        """Name of the sheet; "" in a CSV file."""
        return self.found.sheet.title

    @property
    def columns(self) -> dict[str, str]:
        """The file's own names of the columns that are read, by what they hold."""
        heads = sorted(self.found.heads.items())
        return {field: self.header[1][number - 1].strip() for field, number in heads}


def read_table(
    file: Path, heads: TableHeads, words: Collection[str] = frozenset(), sheet: str = ""
) -> MemberTable:
    """The table of a file.

    Parameters
    ----------
    file : Path
        CSV (commas, semicolons, tabs or bars; UTF-8, UTF-16, or the older letters of Windows,
        Mac OS and East Asia) or Excel workbook, which may be named .csv.
    heads : TableHeads
        How a header is known. The most like is taken, of the first sheet that has one; the first
        row with as many cells as most where none has.
    words : collection of str, optional
        Words in small letters that the list is likely to hold. Where a text does not tell its
        letters, those are taken that make out the most of them, Windows-1252 if several do.
    sheet : str, optional
        The sheet to be read, which may be a hidden one; one of those that are seen if not given.

    Returns
    -------
    MemberTable

    Raises
    ------
    DataError
        If the file is missing, cannot be read, is too large, is empty, lacks the sheet or has its
        list on a hidden one, or a row has more cells than the header.
    """
    if not is_there(file):
        raise DataError([Problem("list_missing", shown(file))])
    if is_workbook(file):
        return _of_workbook(file, heads, sheet)
    if sheet:
        raise DataError([Problem("list_sheet", shown(file), values={"name": sheet, "known": "-"})])
    text, letters = _decoded(content_of(file), words, shown(file))
    lines = _text_rows(file, text, lambda cells: heads.likeness(dict(enumerate(cells, 1)))[0])
    cells = {
        row: {column: Cell(cell) for column, cell in enumerate(line, 1)} for row, line in lines
    }
    table = _table(Sheet("", cells), heads)
    if table is None:
        raise DataError([Problem("list_without_rows", shown(file))])
    widths = {row: len(line) for row, line in lines}
    width = widths[table.header[0]]
    many = [
        Problem("cells_many", shown(file), row, values={"found": widths[row], "expected": width})
        for row, line in table.found.sheet.cells.items()
        if row > table.header[0] and max(line) > width
    ]
    if many:
        raise DataError(many)
    return replace(table, letters=letters)


def _table(sheet: Sheet, heads: TableHeads) -> MemberTable | None:
    """The table of a sheet; None where all is blank."""
    said = {
        row: {column: cell for column, cell in line.items() if str(cell.value).strip()}
        for row, line in sheet.cells.items()
    }
    full = {row: line for row, line in said.items() if line}
    if not full:
        return None
    sheet = replace(sheet, cells=full)
    found = find_table(sheet, [heads])
    if found is None:
        top = list(full)[:DEEPEST]
        usual = sorted(len(full[row]) for row in top)[len(top) // 2]
        found = FoundTable(sheet, heads, 0, next(r for r in top if len(full[r]) >= usual), {})
    names = {column: str(cell.value) for column, cell in full[found.at].items()}
    header = [names.get(column, "") for column in range(1, max(names) + 1)]
    rows: list[Row] = list(found.rows())
    last = rows[-1][0] if rows else found.at
    above = [row for row in full if row < found.at]
    return MemberTable(found, (found.at, header), rows, above, last - found.at - len(rows))


def _of_workbook(file: Path, heads: TableHeads, named: str) -> MemberTable:
    sheets = sheets_of(open_workbook(file), stored=lambda: open_workbook(file, formulas=False))
    hidden = tuple(sheet.title for sheet in sheets if sheet.hidden)
    chosen = [sheet for sheet in sheets if (sheet.title == named if named else not sheet.hidden)]
    if named and not chosen:
        known = ", ".join(sheet.title for sheet in sheets)
        raise DataError(
            [Problem("list_sheet", shown(file), values={"name": named, "known": known})]
        )
    tables = [table for sheet in chosen if (table := _table(sheet, heads))]
    if not tables:
        code = "list_hidden" if hidden and not named else "list_without_rows"
        values = {"sheets": ", ".join(hidden), "name": hidden[0]} if hidden else {}
        raise DataError([Problem(code, shown(file), values=values)])
    table = min(tables, key=lambda one: not one.found.likeness)
    others = tuple(sheet.title for sheet in sheets if sheet.cells and sheet.title != table.name)
    return replace(table, others=others, hidden=tuple(one for one in hidden if one in others))


def _text_rows(file: Path, text: str, score: Callable[[Sequence[str]], float]) -> list[CsvRow]:
    if "\0" in text or text.lstrip().startswith("<"):  # a web page that was named a table
        raise DataError([Problem("list_form", shown(file))])
    lines = text.splitlines()[:DEEPEST]
    best, mark = (0.0, 0), max(MARKS, key="\n".join(lines).count)
    for other in MARKS:  # that which divides the header into the most columns
        rows_there = (next(csv.reader([line], delimiter=other), []) for line in lines)
        found = max(((score(cells), len(cells)) for cells in rows_there), default=(0.0, 0))
        if found[0] and found > best:
            best, mark = found, other
    few = sum(mark in line for line in lines) * 2 < len(lines)  # within names, as a comma may be
    if best[1] == 1 or (few and not best[0]):
        mark = NO_MARK
    return csv_rows(text, mark, shown(file))


def _decoded(content: bytes, words: Collection[str], file: str) -> tuple[str, str]:
    """The text, and the name of its letters where they had to be found out."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), ""
    try:
        return text_of(content, file), ""
    except DataError:
        known = {name: _made_out(content[:SAMPLE], name, words) for name in LETTERS}
        name = max(known, key=known.__getitem__)
        return content.decode(name, errors="replace"), name


def _made_out(content: bytes, letters: str, words: Collection[str]) -> int:
    """How many of the words stand in a text, if it is in these letters."""
    text = content.decode(letters, errors="replace")
    return len(set(_WORD.findall(text.casefold())).intersection(words))
