"""What must hold between who was asked, what was answered, and when?"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, last_day

__all__ = ["SURVEY_RULES"]

Frames = Mapping[str, pd.DataFrame]
Found = Iterator[tuple[str, str, int | None, str | None, Mapping[str, object]]]

HAPPENED = {  # table: column of the day on which something has happened
    "answers": "received",
    "asked": "sent",
    "sources": "date",
    "decisions": "date",
    "requests": "received",
}
PLANNED = "proposed"  # status of a decision that is still to be made


def _ratings(frames: Frames) -> Found:
    for row in frames["answers"].itertuples():
        given = [name for name in ("low", "high") if pd.notna(getattr(row, name))]
        if row.answer == "rating" and len(given) < 2:
            yield "answer_no_rating", "answers", row.Index, "low", {}
        elif row.answer != "rating" and given:
            yield "answer_both", "answers", row.Index, "answer", {"answer": row.answer}


def _asked_in_time(frames: Frames) -> Found:
    for row in frames["asked"].itertuples():
        known = pd.notna(row.sent) and pd.notna(row.answer_by)
        if known and last_day(row.answer_by) < first_day(row.sent):
            values = {"sent": row.sent, "answer_by": row.answer_by}
            yield "asked_late", "asked", row.Index, "answer_by", values


def _persons(frames: Frames) -> Found:
    """Persons answer where their number is known, and no more than that; else a department."""
    asked = frames["asked"].dropna(subset=["department", "network"])
    pairs = zip(asked["department"], asked["network"], strict=True)
    sizes = dict(zip(pairs, zip(asked.index, asked["respondents"], strict=True), strict=True))
    for table in ("answers", "lessons"):
        for pair, rows in frames[table].groupby(["department", "network"], sort=False):
            if pair not in sizes:
                continue
            at, size = sizes[pair]
            persons = rows["respondent"].notna()
            values: dict[str, Any] = {"department": pair[0], "network": pair[1]}
            if pd.isna(size) and persons.any():
                row = rows.index[persons][0]
                yield "persons_not_asked", table, row, "respondent", values
            elif pd.notna(size) and not persons.all():
                row = rows.index[~persons][0]
                yield "persons_unnumbered", table, row, "respondent", values
            elif pd.notna(size) and (found := rows["respondent"].nunique()) > size:
                values |= {"found": found, "asked": int(size)}
                yield "persons_many", "asked", at, "respondents", values


def _not_to_come(frames: Frames) -> Found:
    """What has happened has a day that is over; in an invented case it may be any."""
    if frames["case"]["synthetic"].notna().any():
        return
    today = datetime.date.today()
    for table, column in HAPPENED.items():
        for row in frames[table].dropna(subset=[column]).itertuples():
            planned = table == "decisions" and row.status == PLANNED
            if not planned and first_day(getattr(row, column)) > today:
                yield "date_to_come", table, row.Index, column, {"value": getattr(row, column)}


SURVEY_RULES: dict[Callable[[Frames], Found], set[str]] = {  # rule: tables that it needs
    _ratings: {"answers"},
    _asked_in_time: {"asked"},
    _persons: {"asked", "answers", "lessons"},
    _not_to_come: {"case", *HAPPENED},
}
