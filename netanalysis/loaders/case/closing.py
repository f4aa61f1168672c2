"""Have persons' answers been closed, and are they still as they were then?

Two sets of numbers, made before and after one more answer, give that answer away as their
difference. So persons' answers are closed once, when the time for answers is over: their source
then holds a stamp of them, and they are shown only while it fits. Comments are no part of it, so
that they can be weeded. The stamp is 32 hexadecimal digits by chance, and as many of the SHA-256 of
these and the rows; the marks by chance that ``netanalysis answers`` puts before persons' locators
are part of the rows, so that nobody finds answers by trying which of them fit.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from netanalysis.dates import last_day

__all__ = [
    "CHANGED",
    "MARK",
    "OPEN",
    "PERSONS",
    "SALT",
    "closing_day",
    "stamp",
    "stamped",
    "withheld",
]

PERSONS = "answers-persons"  # source of what persons answered one by one
OPEN, CHANGED = "open", "changed"
MARK: Final = re.compile(r"[0-9a-f]{16}(?= )")  # of a person's workbook, at the head of a locator
SALT = 32  # digits of a stamp that are by chance
Table: TypeAlias = pd.DataFrame | Iterable[Mapping[str, Any]]


def stamp(asked: Table, answers: Table, salt: str) -> str:
    """What tells one set of persons' answers from every other.

    Parameters
    ----------
    asked, answers : DataFrame or rows
        Tables of a case, loaded or as text. Rows of departments that answer as one do not count,
        nor do comments, and the order of rows and the numbers of persons.
    salt : str
        32 hexadecimal digits.

    Returns
    -------
    str
        64 hexadecimal digits, of which the first are the salt.

    Examples
    --------
    >>> asked = [{"department": "parks", "network": "c40", "respondents": "2"}]
    >>> rows = [{"department": "parks", "respondent": n, "network": "c40", "criterion": "fit",
    ...          "version": 1, "answer": "rating", "low": n, "high": n} for n in (1, 2)]
    >>> stamp(asked, rows, "0" * 32) == stamp(asked, rows[::-1], "0" * 32)
    True
    >>> stamp(asked, rows, "0" * 32) == stamp(asked, rows[1:], "0" * 32)
    False
    """
    invited = sorted(
        [row["department"], row["network"], _number(row["respondents"])]
        for row in _of_persons(asked, "respondents")
    )
    persons: dict[tuple[str, str], list[list[str]]] = {}
    for row in _of_persons(answers, "respondent"):
        mark = MARK.match(_text(row.get("locator")))
        said = [_text(row.get(name)) for name in ("network", "criterion", "answer")]
        said += [_number(row.get(name)) for name in ("version", "low", "high")]
        key = row["department"], _number(row["respondent"])
        persons.setdefault(key, []).append([mark.group() if mark else "", *said])
    given = sorted([department, *sorted(rows)] for (department, _), rows in persons.items())
    text = json.dumps([salt, invited, given], ensure_ascii=True)
    return salt + hashlib.sha256(text.encode()).hexdigest()[: 64 - SALT]


def stamped(sources: Table) -> str:
    """The stamp of persons' answers as they were closed; "" where they have not been."""
    rows = _rows(sources)
    return next((_text(row["sha256"]) for row in rows if row["source_id"] == PERSONS), "")


def withheld(sources: Table, asked: Table, answers: Table) -> str:
    """Why what persons answered may not be shown.

    Parameters
    ----------
    sources, asked, answers : DataFrame or rows
        Whole tables of a case, loaded or as text.

    Returns
    -------
    {"", "open", "changed"}
        "" where it may be shown, or nobody was asked one by one; open: not closed yet; changed:
        who was asked or what was answered is not as it was closed.
    """
    kept = stamped(sources)
    if kept:
        return "" if stamp(asked, answers, kept[:SALT]) == kept else CHANGED
    anybody = _of_persons(asked, "respondents") or _of_persons(answers, "respondent")
    return OPEN if anybody else ""


def closing_day(asked: Table) -> str:
    """The last day on which any person may answer; "" where it is not known of all of them.

    Examples
    --------
    >>> closing_day([{"respondents": 8, "answer_by": "2030-02"}, {"respondents": 9,
    ...              "answer_by": "2030-01-31"}, {"respondents": "", "answer_by": "2031"}])
    '2030-02-28'
    """
    days = [_text(row["answer_by"]) for row in _of_persons(asked, "respondents")]
    return max((last_day(day).isoformat() for day in days), default="") if all(days) else ""


def _rows(table: Table) -> Iterable[Mapping[Any, Any]]:
    if isinstance(table, pd.DataFrame):
        table = table.to_dict("records")
    return table


def _of_persons(table: Table, column: str) -> list[Mapping[Any, Any]]:
    """The rows in which the column that tells of persons is filled in."""
    table = table[table[column].notna()] if isinstance(table, pd.DataFrame) else table
    return [row for row in _rows(table) if _text(row.get(column))]


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _number(value: Any) -> str:
    return f"{float(value):g}" if _text(value) else ""
