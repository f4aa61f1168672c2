"""What does a workbook that a person has filled in say, table by table, and where does it stand?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from openpyxl import Workbook

from netanalysis.control_characters import visible
from netanalysis.errors import DataError, Key, Problem
from netanalysis.exchange.sheets.finding import FoundTable
from netanalysis.exchange.sheets.safe_open import open_workbook
from netanalysis.exchange.workbook.finding import find_sheets
from netanalysis.exchange.workbook.layout import pages
from netanalysis.exchange.workbook.naming import answers_to, name_rows, number_rows
from netanalysis.exchange.workbook.rows import Places, Row, Told, sheet_rows, upright_row
from netanalysis.exchange.workbook.unsourced import sourced
from netanalysis.folders import shown
from netanalysis.language.text import folded, nearest_first
from netanalysis.language.words import LANGUAGES
from netanalysis.loaders.case.columns import case_tables, references, tables, text_in
from netanalysis.loaders.case.migrations import ADDED, ADDED_TABLES, migrated

__all__ = ["Read", "read_sheets", "read_workbook"]

Sheets = Mapping[str, FoundTable]
TABLES = tables()
_SHORT = ("network", "department", "criterion", "level", "below")  # values that are short names


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
        short = (*_SHORT, *(("value", "known") if problem.code == "reference" else ()))
        values = {
            name: self._named(value) if name in short else self._told(table, name, value)
            for name, value in problem.values.items()
        }
        return replace(problem, file=place, row=None, column=None, values=values)

    def _told(self, table: str, name: str, value: object) -> object:
        """A value of a message: columns by their heads, rows as the sheet counts them."""
        if name == "table":
            return text_in(TABLES[str(value)], "sheet", self.language) if value in TABLES else value
        if name in ("low_column", "high_column"):
            return self.labels.get((table, str(value)), value)
        if name == "columns" and isinstance(value, list):
            heads = [self.labels.get((table, one), "") for one in value]
            return [head for head in heads if head]
        if name == "other" and isinstance(value, int):
            place = self.places.get((table, value, ""), str(value))
            return place.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return value

    def _named(self, value: object) -> object:
        """What short names stand for in the workbook: the names that the office gave."""
        if isinstance(value, list):
            return [self._named(one) for one in value]
        if isinstance(value, Key):
            return Key(tuple(self._names.get(one, one) for one in value.names))
        return self._names.get(str(value), str(value))

    @cached_property
    def _names(self) -> dict[str, str]:
        """Short name to name, of all rows that others refer to."""
        found: dict[str, str] = {}
        for table, (key, name) in references().items():
            for row in self.tables.get(table, ()):
                called = row.get(name) or row.get(f"{name}_{self.language}")
                if called:
                    found.setdefault(row[key], called)
        return found


def read_workbook(file: Path) -> Read:
    """Read a workbook as `exchange.workbook.casebook` writes it, whatever became of it since.

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
    return read_sheets(open_workbook(file), file)


def read_sheets(book: Workbook, file: Path) -> Read:
    """Read a workbook that is open; see `read_workbook`."""
    sheets, problems, notes = find_sheets(book)
    if not sheets:
        raise DataError([Problem("workbook_unlike", shown(file)), *problems])
    found = [sheet.shape.language for sheet in sheets.values()]
    language = max(LANGUAGES, key=found.count)
    told = Told(problems=problems, notes=notes)
    tables = sourced(_tables(sheets, language, told), told.places, visible(file.name))
    labels = {
        (table, column.name): column.label
        for table, sheet in sheets.items()
        for column in sheet.shape.page.columns
    }
    return Read(
        {name: tables.get(name, []) for name in case_tables()},
        told.places,
        labels,
        language,
        tuple(told.problems),
        tuple(told.notes),
    )


def _tables(sheets: Sheets, language: str, told: Told) -> dict[str, list[Row]]:
    """The tables of the sheets that are there, with short names for names."""
    tables = {
        table: upright_row(sheet, told) if sheet.shape.page.upright else sheet_rows(sheet, told)
        for table, sheet in sheets.items()
    }
    case = tables.get("case", [{}])[0]
    _tell_missing(sheets, language, case.get("languages", "").split() or [language], told)
    for table in references():
        if table in tables and table != "bodies":
            tables[table] = name_rows(table, tables[table], *references()[table])
    _refer(tables, sheets, {*references()} - {"bodies"}, language, told)
    if "bodies" in tables:  # whose short names stand within a network
        tables["bodies"] = name_rows("bodies", tables["bodies"], *references()["bodies"])
    _refer(tables, sheets, {"bodies"}, language, told)
    if "events" in tables:
        tables["events"] = number_rows(
            name_rows("events", tables["events"], "event", "name"), "event", "d"
        )
    if "statements" in tables:
        tables["statements"] = number_rows(tables["statements"], "statement", "u")
    if "requests" in tables:
        tables["requests"] = number_rows(tables["requests"], "request", "f")
    older = any(table in sheets and name not in sheets[table].heads for table, name in ADDED)
    return migrated(tables) if older else tables


def _refer(
    tables: dict[str, list[Row]], sheets: Sheets, targets: set[str], language: str, told: Told
) -> None:
    """Turn names in the cells that refer to rows of these tables into short names, in place."""
    known = {table: answers_to(table, tables.get(table, [])) for table in targets}
    for table, found in sheets.items():
        for column in found.shape.page.columns:
            if column.refers not in known:
                continue
            for number, row in enumerate(tables[table], start=2):
                text = row.get(column.name, "")
                within = row.get("network", "") if column.refers == "bodies" else ""
                codes = known[column.refers].get((within, folded(text)), set())
                if len(codes) == 1:
                    row[column.name] = next(iter(codes))
                elif text:
                    sheet = sheets.get(column.refers)
                    row[column.name] = ""
                    values = {
                        "value": text,
                        "sheet": sheet.sheet.title if sheet else column.refers,
                        "known": sorted(codes)
                        or nearest_first(text, _called(tables, column.refers, within, language)),
                    }
                    code = "cell_reference_many" if codes else "cell_reference"
                    place = told.places[table, number, column.name]
                    if sheet:  # else it is told that the sheet is missing
                        told.problems.append(Problem(code, place, values=values))


def _called(
    tables: Mapping[str, Sequence[Row]], table: str, within: str, language: str
) -> list[str]:
    """What the rows of a table are called, those of a network's bodies only."""
    key, name = references()[table]
    names = (
        row.get(name) or row.get(f"{name}_{language}") or row.get(key, "")
        for row in tables.get(table, [])
        if not within or row.get("network") == within
    )
    return [*filter(None, names)]


def _tell_missing(sheets: Sheets, language: str, spoken: Sequence[str], told: Told) -> None:
    """Sheets and columns that the case needs and the workbook lacks, and heads not read."""
    for page in pages(language, spoken):
        found = sheets.get(page.table)
        if found is None:
            values = {"sheet": page.title}
            if page.table not in ADDED_TABLES:
                told.problems.append(Problem("sheet_missing", page.title, values=values))
            continue
        heads = {column.name: column.label for column in found.shape.page.columns}
        top = told.places[page.table, 0, ""]
        told.problems += [
            Problem("sheet_column_missing", top, values={"name": heads[column.name]})
            for column in page.columns
            if column.name not in found.heads and (page.table, column.name) not in ADDED
        ]
        for name, numbers in found.twice.items():
            where = [
                found.place(number, found.at) if page.upright else found.place(found.at, number)
                for number in numbers
            ]
            values = {"name": heads[name], "other": where[0]}
            told.problems.append(Problem("sheet_column_twice", where[1], values=values))
        line = {} if page.upright else found.sheet.cells[found.at]
        told.notes += [
            Problem(
                "sheet_column_unread",
                found.place(found.at, number),
                values={"name": str(cell.value).strip()},
            )
            for number, cell in line.items()
            if number not in found.named
        ]
