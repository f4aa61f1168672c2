"""What does a workbook that a person has filled in say, table by table, and where does it stand?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from netanalysis.errors import DataError, Problem
from netanalysis.folders import shown
from netanalysis.loaders.case import case_tables
from netanalysis.loaders.workbook_file import open_workbook
from netanalysis.showing.wording import LANGUAGES, speak
from netanalysis.workbooks.cells import bounds, cell_text, folded
from netanalysis.workbooks.finding import FoundSheet, find_sheets
from netanalysis.workbooks.layout import KEYS, Column, example_mark, pages
from netanalysis.workbooks.naming import answers_to, name_rows, number_rows
from netanalysis.workbooks.unsourced import sourced

__all__ = ["Read", "read_workbook"]

Row = dict[str, str]
Places = dict[tuple[str, int, str], str]
RATED = ("statements", "answers")  # tables whose low and high are ratings


@dataclass(frozen=True)
class Read:
    """A workbook as tables.

    Attributes
    ----------
    tables : dict of str to list of dict
        Every table of a case: its rows, column to text, as a CSV file holds them. A cell with a
        problem is empty.
    places : dict of (str, int, str) to str
        Table, row as its CSV file counts it, and column to the cell, such as ``Medlemskap!D14``;
        with "" for the column, the row's first cell, and with row 0 the sheet's heads.
    labels : dict of (str, str) to str
        Table and column to the head that the workbook gives the column.
    language : {"sv", "en"}
        The language that most sheets are in.
    problems : tuple of Problem
        What cannot be read, each with its cell as the file.
    notes : tuple of Problem
        What is not wrong, but was not read: sheets, columns and cells that were added.
    """

    tables: dict[str, list[Row]]
    places: Places
    labels: dict[tuple[str, str], str]
    language: str
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    def placed(self, problem: Problem) -> Problem:
        """A problem of a table's file, with the cell of the workbook as its place.

        Parameters
        ----------
        problem : Problem
            Its file is named after the table.
        """
        table, row = Path(problem.file).stem, problem.row or 0
        if table not in self.tables:
            return problem
        keys = [(table, row, problem.column or ""), (table, row, ""), (table, 0, "")]
        place = next((self.places[key] for key in keys if key in self.places), table)
        values = {name: self._told(table, name, value) for name, value in problem.values.items()}
        return replace(problem, file=place, row=None, column=None, values=values)

    def _told(self, table: str, name: str, value: object) -> object:
        """A value of a message: columns by their heads, rows as the sheet counts them."""
        if name in ("low_column", "high_column"):
            return self.labels.get((table, str(value)), value)
        if name == "columns":
            heads = (self.labels.get((table, one), "") for one in str(value).split(", "))
            return ", ".join(head for head in heads if head)
        if name == "other" and isinstance(value, int):
            place = self.places.get((table, value, ""), str(value))
            return place.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return value


def read_workbook(file: Path) -> Read:
    """Read a workbook as `netanalysis.workbooks.casebook` writes it, whatever became of it since.

    Sheets and columns are found by their heads. Examples and helps are passed over. Words become
    codes and names short names; a row without a source has the workbook as its source.

    Parameters
    ----------
    file : Path

    Returns
    -------
    Read
        With every problem of its sheets and cells. Whether the tables hold together is not
        looked at.

    Raises
    ------
    DataError
        If the file cannot be opened, or none of its sheets is one of an evaluation.
    """
    book = open_workbook(file)
    sheets, problems, notes = find_sheets(book)
    if not sheets:
        raise DataError([Problem("workbook_unlike", shown(file)), *problems])
    found = [sheet.language for sheet in sheets.values()]
    language = max(LANGUAGES, key=found.count)
    reading = _Reading(sheets, language, book.epoch)
    reading.problems += problems
    reading.notes += notes
    reading.read_all()
    tables = sourced(reading.tables, reading.places, file.name)
    labels = {
        (table, column.name): column.label
        for table, sheet in sheets.items()
        for column in sheet.page.columns
    }
    return Read(
        {name: tables.get(name, []) for name in case_tables()},
        reading.places,
        labels,
        language,
        tuple(reading.problems),
        tuple(reading.notes),
    )


class _Reading:
    """The tables of one workbook while they are read."""

    def __init__(self, sheets: Mapping[str, FoundSheet], language: str, epoch: Any) -> None:
        self.sheets, self.language, self.epoch = sheets, language, epoch or WINDOWS_EPOCH
        self.tables: dict[str, list[Row]] = {}
        self.places: Places = {}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def read_all(self) -> None:
        for table, sheet in self.sheets.items():
            self.tables[table] = self._upright(sheet) if sheet.page.upright else self._rows(sheet)
        self._tell_missing()
        order = ["networks", *(table for table in KEYS if table != "networks")]
        order.append(order.pop(order.index("bodies")))  # whose short names stand within a network
        for table in order:
            if table == "bodies":
                self._refer()
            if table in self.tables:
                self.tables[table] = name_rows(table, self.tables[table], *KEYS[table])
        self._refer(bodies=True)
        for table, name, letter in (("statements", "statement", "u"), ("events", "event", "d")):
            if table in self.tables:
                rows = self.tables[table]
                rows = name_rows(table, rows, name, "name") if table == "events" else rows
                self.tables[table] = number_rows(rows, name, letter)

    def _upright(self, found: FoundSheet) -> list[Row]:
        """The one row whose labels stand down the side."""
        helps = {folded(column.help) for column in found.page.columns}
        beside: dict[int, dict[int, Any]] = {}
        for row in found.heads.values():
            for number, cell in found.cells[row].items():
                text = folded(str(cell.value))
                if number > found.at and not any(text.endswith(said) for said in helps):
                    beside.setdefault(number, {})[row] = cell
        at = max(beside, key=lambda number: (len(beside[number]), -number), default=found.at + 1)
        values = {}
        for column in found.page.columns:
            if column.name in found.heads:
                row = found.heads[column.name]
                place = found.place(row, at)
                self.places[found.page.table, 2, column.name] = place
                values[column.name] = self._cell(found, column, beside.get(at, {}).get(row), place)
        self.places[found.page.table, 0, ""] = found.place(min(found.heads.values()), found.at)
        self.places[found.page.table, 2, ""] = self.places[found.page.table, 0, ""]
        unread = [
            found.place(row, number)
            for number, cells in beside.items()
            for row in cells
            if number != at
        ]
        self._tell_unread(unread)
        return [values]

    def _rows(self, found: FoundSheet) -> list[Row]:
        """The rows below the heads, without helps and examples."""
        table = found.page.table
        rows: list[Row] = []
        self.places[table, 0, ""] = found.place(found.at, min(found.heads.values()))
        columns = {column.name: column for column in found.page.columns}
        named = {number: columns[name] for name, number in found.heads.items()}
        merged = self._merged(found, named)
        unread = []
        for number, cells in _below(found, merged):
            known = {at: cell for at, cell in cells.items() if at in named}
            if not known:
                unread += [found.place(number, at) for at in cells if at not in found.unread]
                continue
            if self._is_help(found, named, number, known):
                continue
            if self._is_example(found, named, number, known):
                continue
            unread += [
                found.place(number, at)
                for at in cells
                if at not in named and at not in found.unread
            ]
            row, place = {}, len(rows) + 2
            problems = len(self.problems)
            for at, column in named.items():
                cell = known.get(at)
                self.places[table, place, column.name] = found.place(number, at)
                row[column.name] = self._cell(found, column, cell, found.place(number, at))
            if not any(row.values()) and len(self.problems) == problems:
                continue  # blanks only
            self.places[table, place, ""] = found.place(number, min(named))
            if table in RATED:
                self._spread(row, table, place)
            rows.append(row)
        self._tell_unread(unread)
        return rows

    def _cell(self, found: FoundSheet, column: Column, cell: Any, place: str) -> str:
        """What a cell says; "" where that is a problem, which is noted."""
        if cell is None:
            return ""
        rated = found.page.table in RATED and column.name in ("low", "high")
        kind = "rating" if rated else column.kind
        text, code = cell_text(cell.value, cell.number_format, kind, self.epoch)
        if code:
            self.problems.append(Problem(code, place, values={"value": text}))
            return ""
        if column.choices and text:
            code = _choices(column).get(folded(text), "")
            if not code:
                values = {"value": text, "known": ", ".join(column.choices)}
                self.problems.append(Problem("enum", place, values=values))
            return code
        if cell.data_type == "f":
            self.notes.append(Problem("cell_formula_kept", place, values={"value": text}))
        return text

    def _spread(self, row: Row, table: str, place: int) -> None:
        """Put a rating from one to another into both its ends."""
        for name, other in (("low", "high"), ("high", "low")):
            if ".." in row.get(name, ""):
                ends = bounds(row[name])
                if row.get(other, "") not in ("", row[name]):
                    where = self.places[table, place, name]
                    values = {"value": "–".join(ends)}
                    self.problems.append(Problem("cell_rating_ends", where, values=values))
                    row[name] = ""
                    continue
                row["low"], row["high"] = ends
                missing = {(table, place, name), (table, place, other)} - set(self.places)
                self.places |= dict.fromkeys(missing, self.places[table, place, name])

    def _merged(self, found: FoundSheet, named: Mapping[int, Column]) -> dict[tuple[int, int], Any]:
        """Cells that others are merged into: what is merged downwards holds for every row."""
        copies: dict[tuple[int, int], Any] = {}
        for area in found.sheet.merged_cells.ranges:
            across = [at for at in named if area.min_col <= at <= area.max_col]
            if not across or area.max_row < found.at:
                continue
            place = found.place(area.min_row, area.min_col)
            head = area.min_row <= found.at <= area.max_row
            cell = found.cells.get(area.min_row, {}).get(area.min_col)
            if area.min_col < area.max_col and (head or cell is not None):
                known = _is_words(found, cell)
                if head or not known:
                    values = {"cells": str(area)}
                    self.problems.append(Problem("cells_merged", place, values=values))
            elif cell is not None and not head:
                rows = range(area.min_row + 1, area.max_row + 1)
                copies |= {(row, area.min_col): cell for row in rows}
        return copies

    def _is_help(
        self, found: FoundSheet, named: Mapping[int, Column], row: int, cells: Mapping[int, Any]
    ) -> bool:
        """Whether a row holds the helps of the columns; what else stands there is told."""
        other = [
            at
            for at, cell in cells.items()
            if not folded(str(cell.value)).endswith(folded(named[at].help))
        ]
        if len(other) == len(cells) or 2 * len(other) > len(cells):
            return False
        self._tell_unread([found.place(row, at) for at in other])
        return True

    def _is_example(
        self, found: FoundSheet, named: Mapping[int, Column], row: int, cells: Mapping[int, Any]
    ) -> bool:
        """Whether a row is marked as an example; one that was filled in anew is told."""
        marks = {folded(example_mark(speak(language))) for language in LANGUAGES}
        texts = {at: folded(str(cell.value)) for at, cell in cells.items()}
        marked = [at for at, text in texts.items() if any(map(text.startswith, marks))]
        if not marked:
            return False
        shown_there = {folded(text) for text in found.page.example.values()}
        own = {
            at
            for at, text in texts.items()
            if text.split(": ", 1)[-1] not in shown_there and text not in marks
        }
        if own:
            values = {"mark": example_mark(speak(found.language))}
            self.notes.append(Problem("row_example", found.place(row, min(own)), values=values))
        return True

    def _refer(self, *, bodies: bool = False) -> None:
        """Turn names in the cells that refer to rows into short names, in place."""
        foreign = {
            (table, key["fields"][-1])
            for table, schema in case_tables().items()
            for key in schema.get("foreignKeys", [])
        }
        known = {
            table: answers_to(table, self.tables.get(table, []))
            for table in KEYS
            if (table == "bodies") is bodies
        }
        for table, found in self.sheets.items():
            for column in found.page.columns:
                if column.refers not in known:
                    continue
                must = (table, column.name) in foreign
                for place, row in enumerate(self.tables[table], start=2):
                    text = row.get(column.name, "")
                    if text:
                        where = self.places.get((table, place, column.name), "")
                        names = known[column.refers]
                        within = row.get("network", "") if bodies else ""
                        row[column.name] = self._meant(text, within, names, column, where, must)

    def _meant(
        self,
        text: str,
        within: str,
        names: Mapping[tuple[str, str], set[str]],
        column: Column,
        place: str,
        must: bool,
    ) -> str:
        codes = names.get((within, folded(text)), set())
        if len(codes) == 1:
            return next(iter(codes))
        if not codes and not must:
            return text
        there = self.sheets.get(column.refers)
        values = {"value": text, "sheet": there.sheet.title if there else column.refers}
        if codes:
            values["known"] = ", ".join(sorted(codes))
            self.problems.append(Problem("cell_reference_many", place, values=values))
        else:
            rows = self.tables.get(column.refers, [])
            key, name = KEYS[column.refers]
            called = (
                row.get(name) or row.get(f"{name}_{self.language}") or row.get(key, "")
                for row in rows
                if not within or row.get("network") == within
            )
            values["known"] = ", ".join(dict.fromkeys(filter(None, called))) or "-"
            self.problems.append(Problem("cell_reference", place, values=values))
        return ""

    def _tell_missing(self) -> None:
        """Sheets and columns that the case needs and the workbook lacks, and heads not read."""
        case = self.tables.get("case", [{}])[0]
        spoken = case.get("languages", "").split() or [self.language]
        for page in pages(self.language, spoken):
            found = self.sheets.get(page.table)
            if found is None:
                values = {"sheet": page.title}
                self.problems.append(Problem("sheet_missing", page.title, values=values))
                continue
            heads = {column.name: column.label for column in found.page.columns}
            top = self.places[page.table, 0, ""]
            self.problems += [
                Problem("sheet_column_missing", top, values={"name": heads[column.name]})
                for column in page.columns
                if column.name not in found.heads
            ]
            for name, numbers in found.twice.items():
                where = [
                    found.place(number, found.at) if page.upright else found.place(found.at, number)
                    for number in numbers
                ]
                values = {"name": heads[name], "other": where[0]}
                self.problems.append(Problem("sheet_column_twice", where[1], values=values))
            for number, head in found.unread.items():
                place = found.place(found.at, number)
                self.notes.append(Problem("sheet_column_unread", place, values={"name": head}))

    def _tell_unread(self, places: Sequence[str]) -> None:
        self.notes += [Problem("cell_unread", place) for place in places]


def _below(
    found: FoundSheet, merged: Mapping[tuple[int, int], Any]
) -> Iterator[tuple[int, dict[int, Any]]]:
    """The rows below the heads that hold something of their own."""
    for number, cells in found.cells.items():
        if number > found.at:
            copied = {at: cell for (row, at), cell in merged.items() if row == number}
            yield number, copied | dict(cells)


def _choices(column: Column) -> dict[str, str]:
    """What a cell can say for each code: its word in either language, or the code itself."""
    codes = set(column.choices.values())
    found = {folded(code): code for code in codes}
    for language in LANGUAGES:
        for page in pages(language, [language]):
            for other in page.columns:
                if other.name == column.name and set(other.choices.values()) == codes:
                    found |= {folded(word): code for word, code in other.choices.items()}
    return found


def _is_words(found: FoundSheet, cell: Any) -> bool:
    """Whether a cell holds a note, a help or an example of ours."""
    text = folded(str(cell.value))
    return any(text.endswith(folded(column.help)) for column in found.page.columns)
