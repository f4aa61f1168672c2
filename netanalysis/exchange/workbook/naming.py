"""Which short name does a row get, and which row does a cell mean that names one?

A person writes names, the tables hold short names. A short name that is left empty is made from
the row's name; a cell that refers to a row may give its name in any language, or its short name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from netanalysis.language.text import folded, folded_name
from netanalysis.language.words import LANGUAGES
from netanalysis.loaders.case.columns import SHORT_NAME, references

__all__ = ["answers_to", "name_rows", "number_rows", "short_name"]

Row = dict[str, str]


def short_name(name: str) -> str:
    """A name in small letters, digits and hyphens; "" where nothing of it is left.

    Examples
    --------
    >>> short_name("Östersjöstädernas förbund (UBC)"), short_name("北京")
    ('ostersjostadernas-forbund-ubc', '')
    """
    return "-".join(re.findall("[a-z0-9]+", folded_name(name)))


def name_rows(table: str, rows: Sequence[Row], key: str, name: str) -> list[Row]:
    """The rows with a short name each: their own, else one made from the name.

    Rows of one name get one short name, so that a row that stands twice is found; names that
    only look alike as short names are numbered.

    Parameters
    ----------
    table : str
    rows : sequence of dict
    key, name : str
        The columns of the short name and of the name, the latter without its language.

    Examples
    --------
    >>> rows = [{"network": "C40"}, {"name": "Städer i C-40"}, {"name": "Städer i C 40"}]
    >>> [row["network"] for row in name_rows("networks", rows, "network", "name")]
    ['c40', 'stader-i-c-40', 'stader-i-c-40-2']
    """
    named = []
    taken: dict[tuple[str, str], str] = {}  # within, short name: the name it was made from
    given = [_given(row.get(key, "")) for row in rows]
    for row, short in zip(rows, given, strict=True):
        if short:
            taken.setdefault((_within(table, row), short), "")
    for number, (row, short) in enumerate(zip(rows, given, strict=True), start=1):
        called = next(iter(_names(row, name)), "")
        if not short and called:
            made = short_name(called) or f"{short_name(key)}-{number}"
            short, count = made, 1
            while taken.setdefault((_within(table, row), short), folded(called)) != folded(called):
                count += 1
                short = f"{made}-{count}"
        named.append(row | {key: short})
    return named


def number_rows(rows: Sequence[Row], key: str, letter: str) -> list[Row]:
    """The rows with a number each where they have none: ``u001`` and so on, passing over others.

    Examples
    --------
    >>> rows = [{"statement": ""}, {"statement": "u001"}, {"statement": ""}]
    >>> [row["statement"] for row in number_rows(rows, "statement", "u")]
    ['u002', 'u001', 'u003']
    """
    taken = {row.get(key, "") for row in rows}
    free = (f"{letter}{number:03}" for number in range(1, len(rows) * 2 + 2))
    numbers = (name for name in free if name not in taken)
    return [row if row.get(key) else row | {key: next(numbers)} for row in rows]


def answers_to(table: str, rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], set[str]]:
    """Which short names a text can mean.

    Returns
    -------
    dict of (str, str) to set of str
        The network within which the row is named ("" for all but bodies), and the text folded, to
        short names. What is a short name itself means that row only.
    """
    key, name = references()[table]
    found: dict[tuple[str, str], set[str]] = {}
    codes = {}
    for row in rows:
        if row.get(key):
            within = _within(table, row)
            codes[within, folded(row[key])] = {row[key]}
            for called in _names(row, name):
                found.setdefault((within, folded(called)), set()).add(row[key])
    return found | codes


def _names(row: Mapping[str, str], name: str) -> list[str]:
    columns = [name, *(f"{name}_{language}" for language in LANGUAGES)]
    return [row[column] for column in columns if row.get(column)]


def _given(text: str) -> str:
    """A short name as it was given, in small letters where no more is needed."""
    return text.lower() if SHORT_NAME.fullmatch(text.lower()) else text


def _within(table: str, row: Mapping[str, str]) -> str:
    return row.get("network", "") if table == "bodies" else ""
