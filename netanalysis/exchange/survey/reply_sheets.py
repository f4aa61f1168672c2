"""Where in a returned workbook do the ratings, the lessons and the sender stand?"""

from collections.abc import Sequence
from dataclasses import dataclass

from netanalysis.errors import Problem
from netanalysis.exchange.sheets.cells import read_cell
from netanalysis.exchange.sheets.finding import (
    FoundTable,
    Labels,
    Sheet,
    find_table,
    visible_first,
)
from netanalysis.exchange.survey.questionnaire import FIELDS, HEADS, HELPS, codes, labels
from netanalysis.language.languages import LANGUAGES
from netanalysis.language.text import folded_label

__all__ = ["NEEDED", "Field", "fields", "language_of", "repeated_heads", "reply_tables"]

NEEDED = {  # heads that tell what a sheet holds
    "answers": ("network", "criterion", "rating"),
    "lessons": ("network", "brought_home"),
}
_HELPS = {
    name: {folded_label(labels(HELPS, language)[name]) for language in LANGUAGES} for name in HELPS
}
_TABLES = [
    Labels(name, codes(HEADS), needed=needed, helps=_HELPS) for name, needed in NEEDED.items()
]
_SENDER = Labels("sender", codes(FIELDS), helps=_HELPS, least=1, upright=True)


@dataclass(frozen=True)
class Field:
    """What stands beside a label: its text, what is wrong with it, and where it stands."""

    text: str
    code: str
    place: str


def reply_tables(sheets: Sequence[Sheet]) -> tuple[list[FoundTable], list[FoundTable]]:
    """The tables of ratings and lessons, and those on hidden sheets that others replace."""
    found = [table for sheet in sheets if (table := find_table(sheet, _TABLES))]
    return visible_first(found, lambda table: table.shape.name)


def fields(sheets: Sequence[Sheet]) -> dict[str, list[Field]]:
    """What stands to the right of each label that says who answers, on whichever sheet.

    Returns
    -------
    dict
        A key of `FIELDS` to every field with that label in which something stands.
    """
    found: dict[str, list[Field]] = {name: [] for name in FIELDS}
    tables = [table for sheet in sheets if (table := find_table(sheet, [_SENDER]))]
    for table in visible_first(tables, lambda table: table.shape.name)[0]:
        read: set[int] = set()
        for column, cells in sorted(table.beside().items()):
            for row in sorted(set(cells) - read):
                read.add(row)
                name = table.columns[row]
                kind = "date" if name == "answered" else "text"
                text, code = read_cell(cells[row], kind, table.sheet.epoch)
                found[name].append(Field(text, code, table.place(row, column)))
    return found


def language_of(table: FoundTable) -> str:
    """The language in which most of the heads are written."""
    heads = {folded_label(table.sheet.across[table.at][number]) for number in table.named}
    known = {one: set(map(folded_label, labels(HEADS, one).values())) for one in LANGUAGES}
    return max(LANGUAGES, key=lambda one: len(heads & known[one]))


def repeated_heads(table: FoundTable) -> list[Problem]:
    """Heads that stand twice, so that nobody can tell which of them is meant."""
    line = table.sheet.across[table.at]
    return [
        Problem("reply_head", table.place(table.at, numbers[0]), values={"head": line[numbers[0]]})
        for _, numbers in sorted(table.twice.items())
    ]
