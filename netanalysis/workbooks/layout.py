"""Which sheets does a workbook have, and which columns, so that a case fits into it without loss?

Each table of a case is one sheet, each of its columns one column there. Heads, helps and choices
are in the reader's language; codes never show. A column in the reader's own language has the bare
head, one in another language says which, so that a head means one column whatever the case.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from netanalysis.loaders.case import case_tables
from netanalysis.loaders.tables import DATE
from netanalysis.showing.wording import LANGUAGES, Words, speak
from netanalysis.workbooks.captions import CHOICES, COLUMNS, COMMON, SHEETS

__all__ = [
    "EXAMPLE_ROW",
    "HEAD_ROW",
    "HELP_ROW",
    "KEYS",
    "NOTE_ROW",
    "REFERS",
    "Column",
    "Page",
    "example_mark",
    "lists_title",
    "pages",
    "reference_code",
    "reference_names",
    "start_title",
]

NOTE_ROW, HEAD_ROW, HELP_ROW, EXAMPLE_ROW = 1, 2, 3, 4
REFERS = {  # column: table whose rows it names
    "network": "networks",
    "via": "networks",
    "body": "bodies",
    "department": "departments",
    "paid_by": "departments",
    "goal": "goals",
    "criterion": "criteria",
    "other": "criteria",
    "level": "levels",
    "source_id": "sources",
}
KEYS = {  # table that is referred to: its short name, and the column that names a row to a person
    "networks": ("network", "name"),
    "bodies": ("body", "name"),
    "departments": ("department", "name"),
    "goals": ("goal", "title"),
    "criteria": ("criterion", "label"),
    "levels": ("level", "label"),
    "sources": ("source_id", "title"),
}
# What a person may leave empty although the table needs it: reading fills it in.
_FILLED_IN = {"source_id", "locator", "statement", "event"}
_BY_PROGRAM = {"answers", "lessons"}  # tables that nobody fills in by hand: no example


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes
    ----------
    name : str
        Column of the table, such as "since".
    label : str
        Head in the reader's language.
    help : str
        One or two sentences for the person who fills it in.
    kind : {"text", "number", "integer", "date", "choice", "reference"}
    required : bool
        Whether the person must fill it in. Short names, sources and places may be left empty.
    choices : mapping of str to str
        Word in the reader's language to code; empty for other kinds than "choice".
    refers : str
        Table whose rows a "reference" names; "" for other kinds.
    """

    name: str
    label: str
    help: str
    kind: str
    required: bool
    choices: Mapping[str, str]
    refers: str


@dataclass(frozen=True)
class Page:
    """One sheet.

    Attributes
    ----------
    table : str
    title : str
        Name of the sheet.
    note : str
        One sentence that stands above the columns.
    columns : tuple of Column
    example : mapping of str to str
        Column to what an example row shows, in the reader's words; empty: no such row.
    upright : bool
        Whether the labels stand down the side, for the one row of the table ``case``.
    """

    table: str
    title: str
    note: str
    columns: tuple[Column, ...]
    example: Mapping[str, str]
    upright: bool

    @property
    def first_row(self) -> int:
        """The first row that a person fills in."""
        if self.upright:
            return HEAD_ROW
        return EXAMPLE_ROW + 1 if self.example else EXAMPLE_ROW


def pages(
    language: str, languages: Sequence[str], filled: Collection[tuple[str, str]] = ()
) -> tuple[Page, ...]:
    """All sheets of a case, in the order in which a person fills them in.

    Parameters
    ----------
    language : {"sv", "en"}
        The reader's language.
    languages : sequence of str
        Languages of the case: texts have a column for each of them.
    filled : collection of (table, column)
        Further columns that hold something, in whatever language.

    Returns
    -------
    tuple of Page

    Examples
    --------
    >>> [page.title for page in pages("sv", ["sv"])][:3]
    ['Utvärdering', 'Nätverk', 'Medlemskap']
    >>> [column.label for column in pages("sv", ["sv", "en"])[1].columns]
    ['Nätverk', 'Anmärkning', 'Anmärkning på engelska', 'Kortnamn']
    """
    words, schemas = speak(language), case_tables()
    return tuple(
        Page(
            table,
            words(title),
            words(note),
            tuple(_columns(table, schemas[table], words, languages, filled)),
            _example(table, words, schemas[table], languages),
            upright=table == "case",
        )
        for table, (title, note) in SHEETS.items()
    )


def example_mark(words: Words) -> str:
    """What the first cell of an example row begins with."""
    return words("Example:")


def start_title(words: Words) -> str:
    """Name of the sheet that says how the workbook is filled in."""
    return words("Read me")


def lists_title(words: Words) -> str:
    """Name of the sheet that holds the words of the drop-down lists."""
    return words("Lists")


def reference_names(table: str, rows: Sequence[Mapping[str, str]], language: str) -> dict[str, str]:
    """What the rows of a table are called where another sheet refers to them.

    Parameters
    ----------
    table : str
        A table that others refer to.
    rows : sequence of mapping
        Its rows, as a CSV file holds them.
    language : str
        The reader's language; a name in another stands in for one that is missing.

    Returns
    -------
    dict of str to str
        `reference_code` of each row to its name; to its short name where the name is missing,
        or where another row answers to it too.

    Examples
    --------
    >>> rows = [{"goal": "a", "title_sv": "Klimat"}, {"goal": "b", "title_sv": "Klimat"}]
    >>> reference_names("goals", rows, "sv"), reference_names("goals", rows[:1], "en")
    ({'a': 'a', 'b': 'b'}, {'a': 'Klimat'})
    """
    key, name = KEYS[table]
    order = [name, *(f"{name}_{tongue}" for tongue in sorted(LANGUAGES, key=language.__ne__))]
    found: dict[str, str] = {}
    taken: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        code = reference_code(table, row[key], row)
        shown = next((row[column] for column in order if row.get(column)), "")
        found.setdefault(code, shown or row[key])
        for answer in (row[key], found[code]):
            taken.setdefault((_within(table, row), answer.casefold()), set()).add(code)
    return {
        code: shown
        if len(taken[code.rpartition("/")[0], shown.casefold()]) == 1
        else code.rpartition("/")[2]
        for code, shown in found.items()
    }


def reference_code(table: str, value: str, row: Mapping[str, str]) -> str:
    """The short name of what a cell refers to; that of a body behind its network's.

    Examples
    --------
    >>> reference_code("bodies", "board", {"network": "c40"}), reference_code("goals", "g", {})
    ('c40/board', 'g')
    """
    network = _within(table, row)
    return f"{network}/{value}" if network else value


def _within(table: str, row: Mapping[str, str]) -> str:
    return row.get("network", "") if table == "bodies" else ""


def _columns(
    table: str,
    schema: dict[str, Any],
    words: Words,
    languages: Sequence[str],
    filled: Collection[tuple[str, str]],
) -> list[Column]:
    fields = {field["name"]: field for field in schema["fields"]}
    found = []
    for base, caption in COLUMNS[table].items():
        head, help_text, _ = caption or COMMON[base]
        if base in fields:
            found.append(_column(table, fields[base], words(head), words(help_text), words))
            continue
        for tongue in sorted(LANGUAGES, key=words.language.__ne__):
            name = f"{base}_{tongue}"
            if tongue not in languages and (table, name) not in filled:
                continue
            label, said = words(head), words(help_text)
            if tongue != words.language:
                label, said = _in_tongue(label, tongue, words)
            column = _column(table, fields[name], label, said, words)
            if tongue not in languages:
                column = replace(column, required=False)
            found.append(column)
    return found


def _in_tongue(label: str, tongue: str, words: Words) -> tuple[str, str]:
    """Head and help of a column that holds the same in another language than the reader's."""
    if tongue == "sv":
        return words("{label} in Swedish", label=label), words("The same in Swedish.")
    return words("{label} in English", label=label), words("The same in English.")


def _column(table: str, field: dict[str, Any], label: str, said: str, words: Words) -> Column:
    name, limits = field["name"], field.get("constraints", {})
    own = KEYS.get(table, ("", ""))[0]
    refers = REFERS.get(name, "") if name != own else ""
    codes = limits.get("enum", []) if not refers else []
    if refers:
        kind = "reference"
    elif codes:
        kind = "choice"
    elif field.get("rdfType") == DATE:
        kind = "date"
    else:
        kind = {"number": "number", "integer": "integer"}.get(field["type"], "text")
    return Column(
        name,
        label,
        said,
        kind,
        required=bool(limits.get("required"))
        and name not in _FILLED_IN
        and (name != own or table == "levels"),
        choices={words(CHOICES[code]): code for code in codes},
        refers=refers,
    )


def _example(
    table: str, words: Words, schema: dict[str, Any], languages: Sequence[str]
) -> dict[str, str]:
    """What an example row shows; a text in the reader's language, or in the case's first."""
    if table in _BY_PROGRAM:
        return {}
    names = {field["name"] for field in schema["fields"]}
    found = {}
    for base, caption in COLUMNS[table].items():
        text = (caption or COMMON[base])[2]
        name = base if base in names else f"{base}_{words.language}"
        if text and (base in names or words.language in languages):
            found[name] = words(text)
    return found
