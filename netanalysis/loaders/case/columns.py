"""What is a column of a case, and which words stand for it and for its codes?

``tables.csv`` has a row for each table of a case, ``columns.csv`` one for each of their columns and
``codes.csv`` one for each code. Whatever knows columns is made from these: the Table Schemas by
which a case is read, `netanalysis.loaders.case.case.Case`, the sheets of workbooks, the descriptor
of each case and the page ``docs/tables.md``. Words end with their language, so that a language is
added by columns of these files.

A column that a case has in several languages stands there once, marked ``by_language``. The words
of columns that are alike in several tables stand in rows of the table ``*``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from netanalysis.language.languages import LANGUAGES, SOURCE
from netanalysis.tabular import packaged, packaged_part

__all__ = [
    "DATE",
    "SHORT_NAME",
    "Definition",
    "case_tables",
    "code_words",
    "definitions",
    "references",
    "tables",
    "text_in",
]

DATE: Final = "http://id.loc.gov/datatypes/edtf/EDTF-level0"  # rdfType of a column of dates
SHORT_NAME: Final = re.compile("^[a-z0-9][a-z0-9_-]*$")
_PATTERNS = {"short name": SHORT_NAME.pattern}
_WORDS = ("head", "help", "example")
Row = Mapping[str, str]
_PACKAGE: Final = "netanalysis.loaders.case"
_COLUMNS: Final = {  # of each file; those of other languages may be missing
    "tables": "table title place named_by belongs_to by_program internal of_its_year "
    f"sheet_{SOURCE} note_{SOURCE}",
    "columns": "table column type by_language required key refers codes values minimum maximum "
    f"pattern place description head_{SOURCE} help_{SOURCE} example_{SOURCE}",
    "codes": f"list code word_{SOURCE}",
}


@dataclass(frozen=True, eq=False)
class Definition:
    """A column of a table.

    Attributes
    ----------
    table, name : str
        A text by language has its name without the ending.
    type : {"text", "short name", "date", "number", "integer"}
    by_language : bool
        Whether a case has the column once for each language.
    required : bool
        Whether a row of the table must have it.
    asked_for : bool
        Whether a person who fills in a workbook must give it; the rest of what is required is
        filled in when the workbook is read.
    key : bool
        Whether it is part of what tells a row from all others of its table.
    refers : str
        Table whose rows it names; "" for none.
    codes : str
        List of ``codes.csv`` that has the words of its codes; "" where it has none.
    values : tuple of str
        The codes that it can hold.
    limits : mapping of str to int, float or str
        ``minimum``, ``maximum`` and ``pattern``, where there are any.
    place : int
        Its place on the sheet of a workbook.
    description : str
        What it holds, in the words of a data dictionary.
    words : mapping of str to str
        ``head``, ``help`` and ``example`` in each language, as ``head_en``.
    """

    table: str
    name: str
    type: str
    by_language: bool
    required: bool
    asked_for: bool
    key: bool
    refers: str
    codes: str
    values: tuple[str, ...]
    limits: Mapping[str, int | float | str]
    place: int
    description: str
    words: Row

    @property
    def fields(self) -> dict[str, str]:
        """The columns of the table's file, each with its language: "" where it has none."""
        if self.by_language:
            return {f"{self.name}_{language}": language for language in LANGUAGES}
        return {self.name: ""}


def text_in(words: Row, name: str, language: str) -> str:
    """The words of a row in a language; in English where that language has none.

    Examples
    --------
    >>> row = {"head_sv": "Stad", "head_en": "City"}
    >>> text_in(row, "head", "sv"), text_in(row, "head", "no")
    ('Stad', 'City')
    """
    return words.get(f"{name}_{language}") or words[f"{name}_{SOURCE}"]


def tables() -> dict[str, Row]:
    """Every table of a case, in order: its row of ``tables.csv``.

    Returns
    -------
    dict of str to mapping
        ``title``; ``place``, that of its sheet in a workbook; ``named_by``, the column that names
        a row to a person, in tables that are referred to; ``belongs_to``, the table of which each
        row must have the key of a row; ``by_program``, "yes" where nobody fills it in by hand;
        ``internal``, "yes" where it is the office's own and never published;
        ``of_its_year``, "yes" where its rows stay with their evaluation when the next begins; and
        in each language ``sheet`` and ``note``, title and first line of the sheet.
    """
    return {row["table"]: row for row in _rows("tables")}


@cache
def definitions(table: str) -> tuple[Definition, ...]:
    """The columns of a table, in order.

    Examples
    --------
    >>> [column.name for column in definitions("networks")]
    ['network', 'name', 'note']
    >>> list(definitions("networks")[2].fields)
    ['note_sv', 'note_en']
    """
    with packaged_part(_PACKAGE, "columns.csv"):
        return tuple(_definition(row) for row in _rows("columns") if row["table"] == table)


@cache
def references() -> dict[str, tuple[str, str]]:
    """The tables that others refer to: the column of the short name, and that of the name.

    Examples
    --------
    >>> references()["bodies"], references()["goals"]
    (('body', 'name'), ('goal', 'title'))
    """
    return {
        table: ([column.name for column in definitions(table) if column.key][-1], row["named_by"])
        for table, row in tables().items()
        if row["named_by"]
    }


def code_words(codes: str = "") -> dict[str, Row]:
    """The codes of a list, in order: the row of ``codes.csv`` that has the words for each.

    Of all lists where none is named; a code in two lists has the words of the first then.

    Examples
    --------
    >>> text_in(code_words("standings")["full"], "word", "en")
    'full member'
    """
    found: dict[str, Row] = {}
    for row in _rows("codes"):
        if codes in ("", row["list"]):
            found.setdefault(row["code"], row)
    return found


def case_tables(written: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """The Table Schema of every table of a case, in order.

    Parameters
    ----------
    written : collection of str, optional
        Languages that a case is written in; texts in others are not asked for.
    """
    return {
        table: {
            "fields": [
                field for column in definitions(table) for field in _fields(column, written)
            ],
            "primaryKey": [column.name for column in definitions(table) if column.key],
        }
        | _foreign_keys(table)
        for table in tables()
    }


def _fields(column: Definition, written: Collection[str]) -> Iterator[dict[str, Any]]:
    kind = column.type if column.type in ("number", "integer") else "string"
    for name, language in column.fields.items():
        limits: dict[str, Any] = dict(column.limits)
        if column.values:
            limits["enum"] = list(column.values)
        if column.required and (not language or not written or language in written):
            limits["required"] = True
        said = column.description
        if language:
            said += f" In {text_in(code_words('languages')[language], 'word', SOURCE)}."
        field: dict[str, Any] = {"name": name, "type": kind, "description": said}
        if column.type == "date":
            field["rdfType"] = DATE
        yield field | ({"constraints": limits} if limits else {})


def _foreign_keys(table: str) -> dict[str, Any]:
    """What a row refers to; a body by its network too.

    A reference of two columns of which one may be empty is left out, since Frictionless takes a
    half of it for broken; `netanalysis.loaders.case.rules` has the rule.
    """
    keys = []
    owner = tables()[table]["belongs_to"]
    shared = [column.name for column in definitions(owner) if column.key] if owner else []
    if shared:
        keys.append((shared, owner, shared))
    for column in definitions(table):
        if not column.refers or column.name in shared:
            continue
        target = [one.name for one in definitions(column.refers) if one.key]
        if len(target) == 1:
            keys.append(([column.name], column.refers, target))
        elif column.required:
            keys.append(([*target[:-1], column.name], column.refers, target))
    found = [
        {"fields": own, "reference": {"resource": resource, "fields": other}}
        for own, resource, other in keys
    ]
    return {"foreignKeys": found} if found else {}


def _definition(row: Row) -> Definition:
    shared = next((one for one in _rows("columns") if _is_shared(one, row["column"])), {})
    own = row if row[f"head_{SOURCE}"] else shared
    values = row["values"].split("|") if row["values"] else []
    if row["codes"] and not values:
        values = list(code_words(row["codes"]))
    limits: dict[str, int | float | str] = {}
    if pattern := row["pattern"] or _PATTERNS.get(row["type"]):
        limits["pattern"] = pattern
    limits |= {name: _number(row[name]) for name in ("minimum", "maximum") if row[name]}
    return Definition(
        row["table"],
        row["column"],
        row["type"],
        by_language=row["by_language"] == "yes",
        required=bool(row["required"]),
        asked_for=row["required"] == "yes",
        key=row["key"] == "yes",
        refers=row["refers"],
        codes=row["codes"],
        values=tuple(values),
        limits=limits,
        place=int(row["place"]),
        description=row["description"] or shared["description"],
        words={name: text for name, text in own.items() if name.partition("_")[0] in _WORDS},
    )


def _is_shared(row: Row, column: str) -> bool:
    return row["table"] == "*" and row["column"] == column


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


@cache
def _rows(name: str) -> tuple[Row, ...]:
    return tuple(packaged(_PACKAGE, f"{name}.csv", *_COLUMNS[name].split()))
