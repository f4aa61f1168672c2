"""Is a CSV file the table that its schema describes, and if not, where does it go wrong?

Reads one table of a Data Package: bytes to text, text to rows, cells through frictionless as the
schema says, and typed cells into a frame. Every problem is collected with its row and column.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from frictionless import fields

from netanalysis.control_characters import cannot_be_kept
from netanalysis.csv_reading import CsvRow, csv_rows, mark_of, text_of
from netanalysis.dates import YEARS, is_date
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of, damaged, is_there, unpacked
from netanalysis.folders import shown
from netanalysis.language.text import is_number
from netanalysis.loaders.case.columns import DATE
from netanalysis.tabular import one_line_end, unguarded

__all__ = [
    "OF_CELLS",
    "Rows",
    "numbered_rows",
    "read_rows",
    "read_table",
    "table_of_texts",
    "typed_rows",
]

_FORMS = {
    "^[A-Z]{3}$": "currency",
    "^[A-Z]$": "letter",
    "^[A-Z]{2}$": "country",
    "^[0-9a-f]{64}$": "digest",
    "^https?://.*$": "address",
}
_FIELDS = {
    "string": fields.StringField,
    "number": fields.NumberField,
    "integer": fields.IntegerField,
}
_DTYPES = {"string": "str", "number": "float64", "integer": "Int64"}
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_POINT_AND_THREE = re.compile(r"[-+]?\d{1,3}(\.\d{3})+")
_NUMBERS = ("number", "integer")
_BLANKS = " \t\u00a0\u202f"

# faults of single cells; others are those of whole rows, or between tables
OF_CELLS = {"required", "locator", "number", "integer", "date", "enum", "pattern", "cell"}
OF_CELLS |= {"minimum", "maximum", "control", "date_far", *_FORMS.values()}

Rows = dict[int, dict[str, str]]
Lines = list[CsvRow]


def read_table(path: Path, schema: dict[str, Any]) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a table and check it against its schema: `read_rows`, then `typed_rows`."""
    rows, problems = read_rows(path, schema)
    frame, more = typed_rows(rows, schema, shown(path))
    return frame, [*problems, *more]


def table_of_texts(file: Path, columns: Iterable[str]) -> pd.DataFrame:
    """A table that comes with the project, packed with gzip or not, with its cells as text.

    Parameters
    ----------
    file : Path
    columns : iterable of str
        Those that it must have.

    Raises
    ------
    DataError
        If it cannot be read, was cut off, or is another table.
    """
    content = unpacked(file) if file.suffix == ".gz" else content_of(file)
    try:
        # text: Namibia's code would be read as a missing value
        table = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
        last = next(csv.reader([content.rstrip().rsplit(b"\n", 1)[-1].decode()]), [])
    except ValueError:
        raise damaged(file) from None
    if not {*columns} <= {*table} or len(last) != len(table.columns):
        raise damaged(file)
    return table


def read_rows(
    path: Path, schema: dict[str, Any], content: bytes | None = None
) -> tuple[Rows, list[Problem]]:
    """Read a table as the text that it holds, whatever the schema says of the cells.

    UTF-8 with or without a byte order mark is read; so is a file that separates cells by
    semicolons and writes decimals with a comma, as Excel does in Swedish, where that is
    unambiguous. Blank rows and blanks round a cell are passed over.

    Parameters
    ----------
    path : Path
        The CSV file.
    schema : dict
        A Frictionless Table Schema. Columns may come in any order.
    content : bytes, optional
        What the file holds, where it is not read from the disk.

    Returns
    -------
    (dict of int to dict, list of Problem)
        Row as a spreadsheet counts it, to column and text, in the schema's order of columns; and
        why rows cannot be told apart.
    """
    labels, body, problems = _text(path, schema, content)
    names = [field["name"] for field in schema["fields"]]
    rows = {number: dict(zip(labels, cells, strict=True)) for number, cells in body}
    return {number: {name: row[name] for name in names} for number, row in rows.items()}, problems


def numbered_rows(rows: Iterable[Mapping[str, str]], schema: dict[str, Any]) -> Rows:
    """Rows that stand in no file as `read_rows` would give them, were they written to one.

    Parameters
    ----------
    rows : iterable of mapping
        Column to text; a column that is not there is empty.
    schema : dict
        A Frictionless Table Schema.

    Examples
    --------
    >>> numbered_rows([{}, {"goal": " klimat "}], {"fields": [{"name": "goal"}]})
    {3: {'goal': 'klimat'}}
    """
    names = [field["name"] for field in schema["fields"]]
    whole = (
        {name: one_line_end(row.get(name, "")).strip(_BLANKS) for name in names} for row in rows
    )
    return {number: row for number, row in enumerate(whole, start=2) if any(row.values())}


def typed_rows(rows: Rows, schema: dict[str, Any], file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Check rows of text against a schema.

    Parameters
    ----------
    rows : dict of int to dict
        From `read_rows` or `numbered_rows`.
    schema : dict
        A Frictionless Table Schema.
    file : str
        Name of the table's file, for the message.

    Returns
    -------
    (DataFrame, list of Problem)
        The columns in the schema's order, indexed by row as a spreadsheet counts them. Text is
        ``str`` with NaN where the cell is empty, numbers float64, whole numbers Int64. Cells
        with a problem are empty.
    """
    cells, problems = _typed(_plain(rows, schema), schema, file)
    return _frame([*rows], cells, schema), problems


def _text(
    path: Path, schema: dict[str, Any], content: bytes | None = None
) -> tuple[list[str], Lines, list[Problem]]:
    """The header and the whole rows of a file; no header where it is not the table."""
    names = [field["name"] for field in schema["fields"]]
    file, header = shown(path), ",".join(names)
    if content is None and not is_there(path):
        return [], [], [Problem("file_missing", file, values={"header": header})]
    try:
        rows, semicolons = _rows(content_of(path) if content is None else content, file)
    except DataError as error:
        return [], [], [*error.problems]
    if not rows:
        return [], [], [Problem("file_empty", file, values={"header": header})]
    (_, labels), *body = rows
    problems = _header_problems(labels, names, file)
    if problems:
        return [], [], problems
    body, problems = _whole_rows(body, len(labels), file)
    if semicolons:
        problems += _decimal_commas(body, labels, schema, file)
    return labels, body, problems


def _rows(content: bytes, file: str) -> tuple[Lines, bool]:
    """The file's rows that are not blank, numbered; whether semicolons separate the cells."""
    text = text_of(content, file)
    mark = mark_of(text.split("\n", 1)[0], ",;")
    stripped = (
        (number, [unguarded(cell.strip(_BLANKS)) for cell in cells])
        for number, cells in csv_rows(text, mark, file)
    )
    return [(number, cells) for number, cells in stripped if any(cells)], mark == ";"


def _header_problems(labels: list[str], names: list[str], file: str) -> list[Problem]:
    known = ", ".join(names)

    def at(code: str, name: str) -> Problem:
        return Problem(code, file, 1, values={"name": name, "known": known})

    twice = sorted({name for name in labels if labels.count(name) > 1})
    return [
        *(at("column_missing", name) for name in names if name not in labels),
        *(at("column_extra", name) for name in labels if name not in names),
        *(at("column_twice", name) for name in twice),
    ]


def _whole_rows(body: Lines, width: int, file: str) -> tuple[Lines, list[Problem]]:
    def uneven(number: int, found: int) -> Problem:
        code = "cells_few" if found < width else "cells_many"
        return Problem(code, file, number, values={"found": found, "expected": width})

    whole = [(number, cells) for number, cells in body if len(cells) == width]
    rest = [uneven(number, len(cells)) for number, cells in body if len(cells) != width]
    return whole, rest


def _decimal_commas(
    body: Lines, labels: list[str], schema: dict[str, Any], file: str
) -> list[Problem]:
    """Turn decimal commas into points, in place; report what could be a thousand."""
    numbers = {field["name"] for field in schema["fields"] if field["type"] == "number"}
    problems = []
    for number, cells in body:
        for column, name in enumerate(labels):
            if name not in numbers:
                continue
            if _DECIMAL_COMMA.fullmatch(cells[column]):
                cells[column] = cells[column].replace(",", ".")
            elif _POINT_AND_THREE.fullmatch(cells[column]):
                value = {"value": cells[column]}
                problems.append(Problem("decimal_ambiguous", file, number, name, value))
    return problems


def _typed(
    rows: Rows, schema: dict[str, Any], file: str
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The cells with their declared types, and what frictionless and the calendar refuse."""
    declared = {field["name"]: field for field in schema["fields"]}
    readers = {name: _reader(field) for name, field in declared.items()}
    key = schema.get("primaryKey", [])
    seen: dict[tuple[Any, ...], int] = {}
    read, problems = [], []
    for number, cells in rows.items():
        typed: dict[str, Any] = {}
        faults: list[Problem] = []
        for name, cell in cells.items():
            typed[name], broken = readers[name](cell)
            faults += [_fault(declared[name], one, cell, file, number) for one in broken or ()]
        own = tuple(typed[name] for name in key)
        named = set(own) - {None}
        if key and not faults and (own in seen or not named):
            faults = [_clash({name: cells[name] for name in key}, file, number, seen.get(own, "?"))]
        if named:
            seen[own] = number
        for fault in faults:
            if fault.column is not None:
                typed[fault.column] = None
        problems += faults
        for name, value in typed.items():
            if value is not None and (code := _refusal(declared[name], value)):
                problems.append(Problem(code, file, number, name, {"value": value}))
                typed[name] = None
        read.append(typed)
    return read, problems


def _reader(field: dict[str, Any]) -> Callable[[str], tuple[Any, Mapping[str, str] | None]]:
    """What makes a cell of the column into a value, and names what it breaks: type, constraints."""
    kind, constraints = _FIELDS[field["type"]], field.get("constraints", {})
    reader: Callable[[str], tuple[Any, Mapping[str, str] | None]]
    reader = kind(name=field["name"], constraints=constraints).create_cell_reader()
    return reader


def _plain(rows: Rows, schema: dict[str, Any]) -> Rows:
    """Rows whose cells such as NaN or 1_000 are what no reader takes for a number."""
    numbers = [field["name"] for field in schema["fields"] if field["type"] in _NUMBERS]
    return {
        number: row
        | {name: f"{row[name]}!" for name in numbers if row[name] and not is_number(row[name])}
        for number, row in rows.items()
    }


def _refusal(field: dict[str, Any], value: Any) -> str | None:
    """The fault of a cell that its type lets through: no such day, no finite number, lost signs."""
    if field.get("rdfType") == DATE:
        if not is_date(value):
            return "date"
        if int(value[:4]) not in YEARS:
            return "date_far"
    if field["type"] == "string" and cannot_be_kept(value):
        return "control"
    if field["type"] == "number" and not math.isfinite(value):
        return "number"
    if field["type"] == "integer" and not -(2**63) <= value < 2**63:
        return "integer"
    return None


def _fault(field: dict[str, Any], broken: str, cell: str, file: str, row: int) -> Problem:
    """Why a cell does not fit its column: its type or the constraint that it breaks."""
    limits = field.get("constraints", {})
    number = field["type"] in _NUMBERS
    values: dict[str, object] = {"value": cell.removesuffix("!") if number else cell}
    code = "cell"
    if broken == "type":
        code = field["type"] if number else "cell"
    elif broken == "required":
        code = "locator" if field["name"] == "locator" else "required"
    elif broken == "enum":
        code, values = "enum", values | {"known": ", ".join(limits["enum"])}
    elif broken == "pattern":
        code = _FORMS.get(limits["pattern"], "pattern")
    elif broken in ("minimum", "maximum"):
        code, values = broken, values | {"limit": limits[broken]}
    return Problem(code, file, row, field["name"], values)


def _clash(cells: Mapping[str, str], file: str, row: int, other: int | str) -> Problem:
    """That a row has the key of another, or none."""
    key = ", ".join(filter(None, cells.values()))[:80]
    same = {"other": other, "key": key, "columns": list(cells)}
    return Problem("key", file, row, None, same)


def _frame(rows: list[int], cells: list[dict[str, Any]], schema: dict[str, Any]) -> pd.DataFrame:
    """Typed cells as a frame with the schema's columns and the file's row numbers."""
    columns = {
        field["name"]: pd.array([row[field["name"]] for row in cells], dtype=_DTYPES[field["type"]])
        for field in schema["fields"]
    }
    return pd.DataFrame(columns, index=pd.Index(rows, dtype=int))
