"""Which dates lie ahead: ends of terms and memberships, events, and what the office proposes?"""

import datetime
from collections.abc import Sequence

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.scoring.engagement import PROPOSAL, TAKING_PART

__all__ = [
    "MEMBERSHIP_END",
    "PARTICIPATION_END",
    "SEAT_END",
    "most_exact",
    "upcoming_dates",
]

SEAT_END, PARTICIPATION_END = "seat_end", "participation_end"
MEMBERSHIP_END = "membership_end"
# what makes two rows tell of one date
_MATTER = ["network", "kind", "event", "body", "role", "department", "action", "level"]
_COLUMNS = ["network", "kind", "date", "first", "last", "table", "row", "column"]


def upcoming_dates(
    seats: pd.DataFrame,
    participation: pd.DataFrame,
    memberships: pd.DataFrame,
    events: pd.DataFrame,
    as_of: str,
    assessments: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every date of a case that is not over at a date, each once and as exactly as it is known.

    These are the ends of seats, of a department's participation and of the city's own
    memberships, and events of every kind: the first day, or the last one of what has begun.
    Sources that name two places of an event both count.

    Parameters
    ----------
    seats, participation, memberships, events : DataFrame
        Tables of a case.
    as_of : str
        YYYY, YYYY-MM or YYYY-MM-DD. A date that may be its first day, or later, lies ahead.
    assessments : DataFrame, optional
        Table of a case: where given, the days from which the office's proposals are to hold count
        too.

    Returns
    -------
    DataFrame
        Rows of the tables, ordered by the last and the first day that the date can mean

        - date, and first and last, those two days
        - kind: "seat_end", "participation_end", "membership_end", "proposal" or a kind of event
        - table, row, column: the place of the date; row is a label of the table's index
    """
    start = first_day(as_of)
    active = participation[participation["role"].isin(TAKING_PART)]
    own = memberships[memberships["standing"] != "represented"]
    begun = pd.Series([_over(day, start) for day in events["start"]], events.index, dtype=bool)
    parts = [
        _dated(seats, "seats", "end", SEAT_END),
        _dated(active, "participation", "end", PARTICIPATION_END),
        _dated(own, "memberships", "until", MEMBERSHIP_END),
        _dated(events[~begun], "events", "start"),
    ]
    if "end" in events:
        parts.append(_dated(events[begun], "events", "end"))
    if assessments is not None:
        parts.append(_dated(assessments, "assessments", "effective", PROPOSAL))
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    found = found.reindex(columns=list(dict.fromkeys([*_COLUMNS, *found.columns])))
    places = [name for name in found if str(name).startswith("place")]  # one in each language
    found = most_exact(found[found["last"] >= start], [*_MATTER, *places], ["date"])
    return found.sort_values(["last", "first"], kind="stable", ignore_index=True)


def most_exact(rows: pd.DataFrame, matter: Sequence[str], dates: Sequence[str]) -> pd.DataFrame:
    """The rows without those that only repeat another's dates, or say the same less exactly.

    Two rows that tell of one matter and cannot mean the same days both stay.

    Parameters
    ----------
    rows : DataFrame
    matter : sequence of str
        Columns that say what a row tells of; those that the rows do not have are passed over.
    dates : sequence of str
        Columns of dates. A missing one can mean any day.

    Returns
    -------
    DataFrame
        The same columns, in the same order.

    Examples
    --------
    >>> terms = pd.DataFrame({"body": ["board"] * 3, "end": ["2026", "2026-03", "2027"]})
    >>> most_exact(terms, ["body"], ["end"])["end"].to_list()
    ['2026-03', '2027']
    """
    about = rows[[name for name in matter if name in rows]].astype("str").fillna("")
    spans = list(zip(*(rows[name].map(_span) for name in dates), strict=True))
    exact: list[int] = []
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(about.itertuples(index=False, name=None)):
        groups.setdefault(key, []).append(place)
    for places in groups.values():
        once = list({spans[place]: place for place in reversed(places)}.values())
        exact += [
            place
            for place in once
            if not any(_within(spans[other], spans[place]) for other in once if other != place)
        ]
    return rows.iloc[sorted(exact)]


def _dated(rows: pd.DataFrame, table: str, column: str, kind: str = "") -> pd.DataFrame:
    """The rows with a date in the column; events say themselves of which kind it is."""
    found = rows.dropna(subset=column)
    return found.assign(
        kind=kind or found.get("kind"),
        date=found[column],
        first=found[column].map(first_day),
        last=found[column].map(last_day),
        table=table,
        row=found.index,
        column=column,
    )


def _over(day: object, start: datetime.date) -> bool:
    """Whether a day has passed, or is not known, so that another must tell of the event."""
    return not isinstance(day, str) or last_day(day) < start


def _span(day: object) -> tuple[datetime.date, datetime.date]:
    if isinstance(day, str):
        return first_day(day), last_day(day)
    return datetime.date.min, datetime.date.max


def _within(
    one: Sequence[tuple[datetime.date, datetime.date]],
    other: Sequence[tuple[datetime.date, datetime.date]],
) -> bool:
    """Whether no date of the one can mean a day that the same date of the other cannot."""
    return all(
        outer[0] <= inner[0] and inner[1] <= outer[1]
        for inner, outer in zip(one, other, strict=True)
    )
