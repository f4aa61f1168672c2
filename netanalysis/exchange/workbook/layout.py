"""Which sheets does a workbook have, and which columns, so that a case fits into it without loss?

Each table of a case is one sheet, each of its columns one column there. Heads, helps and choices
are in the reader's language; codes never show. A column in the reader's own language has the bare
head, one in another language says which, so that a head means one column whatever the case.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from netanalysis.exchange.workbook.earlier_words import earlier_words
from netanalysis.language.languages import LANGUAGES
from netanalysis.language.text import folded
from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.columns import (
    Definition,
    code_words,
    definitions,
    references,
    tables,
    text_in,
)

__all__ = [
    "EXAMPLE_ROW",
    "HEAD_ROW",
    "HELP_ROW",
    "NOTE_ROW",
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
    by_language : bool
        Whether the case has a column like it for each language.
    earlier : tuple of str
        Heads that it has had in earlier versions.
    earlier_helps : tuple of str
        Helps that it has had.
    """

    name: str
    label: str
    help: str
    kind: str
    required: bool
    choices: Mapping[str, str]
    refers: str
    by_language: bool = False
    earlier: tuple[str, ...] = ()
    earlier_helps: tuple[str, ...] = ()


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
    words = speak(language)
    sheets = sorted(tables().items(), key=lambda named: int(named[1]["place"]))
    return tuple(
        Page(
            table,
            text_in(row, "sheet", language),
            text_in(row, "note", language),
            tuple(_columns(table, words, languages, filled)),
            {} if row["by_program"] else _example(table, language, languages),
            upright=table == "case",
        )
        for table, row in sheets
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
    key, name = references()[table]
    order = [name, *(f"{name}_{tongue}" for tongue in sorted(LANGUAGES, key=language.__ne__))]
    found: dict[str, str] = {}
    taken: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        code = reference_code(table, row[key], row)
        shown = next((row[column] for column in order if row.get(column)), "")
        found.setdefault(code, shown or row[key])
        for answer in (row[key], found[code]):
            taken.setdefault((_within(table, row), folded(answer)), set()).add(code)
    return {
        code: shown
        if len(taken[code.rpartition("/")[0], folded(shown)]) == 1
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
    table: str, words: Words, languages: Sequence[str], filled: Collection[tuple[str, str]]
) -> Iterator[Column]:
    for column in _placed(table):
        fields = sorted(column.fields.items(), key=lambda field: field[1] != words.language)
        for name, tongue in fields:
            written = not tongue or tongue in languages
            if not written and (table, name) not in filled:
                continue
            label, said = (text_in(column.words, one, words.language) for one in ("head", "help"))
            labels = [label, *earlier_words(table, column.name, "head")]
            if tongue not in ("", words.language):
                named = text_in(code_words("languages")[tongue], "word", words.language)
                labels = [
                    words("{label} in {language}", label=one, language=named) for one in labels
                ]
                said = words("The same in {language}.", language=named)
            yield Column(
                name,
                labels[0],
                said,
                _kind(column),
                required=column.asked_for and written,
                choices=_choices(column, words.language) if _kind(column) == "choice" else {},
                refers=column.refers,
                by_language=column.by_language,
                earlier=tuple(labels[1:]),
                earlier_helps=tuple(earlier_words(table, column.name, "help")),
            )


def _kind(column: Definition) -> str:
    if column.refers:
        return "reference"
    if column.values:
        return "choice"
    return column.type if column.type in ("date", "number", "integer") else "text"


def _choices(column: Definition, language: str) -> dict[str, str]:
    """Words for the codes of a column, each with its code."""
    known = code_words(column.codes)
    return {text_in(known[code], "word", language): code for code in column.values}


def _placed(table: str) -> list[Definition]:
    """The columns of a table in the order of its sheet."""
    return sorted(definitions(table), key=lambda column: column.place)


def _example(table: str, language: str, languages: Sequence[str]) -> dict[str, str]:
    """What an example row shows; a text in the reader's language, if the case is written in it."""
    found = {}
    for column in _placed(table):
        text = text_in(column.words, "example", language)
        name = f"{column.name}_{language}" if column.by_language else column.name
        if text and (not column.by_language or language in languages):
            found[name] = text
    return found
