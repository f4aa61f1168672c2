"""Which dates lie ahead, of terms, occasions and the memberships themselves?"""

import pandas as pd

from netanalysis.dates import first_day, last_day

__all__ = ["MEMBERSHIP_END", "SEAT_END", "dates_ahead", "told_once"]

OCCASIONS = ("congress", "election", "meeting", "notice")
SEAT_END, MEMBERSHIP_END = "seat_end", "membership_end"
_ABOUT = ["network", "kind", "event", "body", "role"]  # what makes two rows tell of one date


def dates_ahead(
    seats: pd.DataFrame,
    events: pd.DataFrame,
    as_of: str,
    memberships: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ends of terms, congresses, elections, meetings and last days of notice not over at a date.

    Parameters
    ----------
    seats, events : DataFrame
        Tables of a case.
    as_of : str
        YYYY, YYYY-MM or YYYY-MM-DD. A date that may be its first day, or later, lies ahead.
    memberships : DataFrame, optional
        Table of a case: where given, the days on which memberships end count too.

    Returns
    -------
    DataFrame
        Rows of the tables with date, kind ("seat_end", "membership_end" or a kind of event) and
        last, the last day that the date can mean, by which they are ordered.
    """
    terms = seats.dropna(subset="end").assign(kind=SEAT_END, date=lambda t: t["end"])
    occasions = events[events["kind"].isin(OCCASIONS)].dropna(subset="start")
    found = [terms, occasions.assign(date=occasions["start"])]
    if memberships is not None:
        own = memberships[memberships["standing"] != "represented"].dropna(subset="until")
        found.append(own.assign(kind=MEMBERSHIP_END, date=own["until"]))
    ahead = pd.concat(found, ignore_index=True)
    ahead = ahead.assign(last=ahead["date"].map(last_day)).sort_values("last", kind="stable")
    return ahead[ahead["last"] >= first_day(as_of)]


def told_once(ahead: pd.DataFrame) -> pd.DataFrame:
    """The dates without rows that only repeat another's, or say the same less exactly.

    Two rows that tell of one term or event and cannot mean one day both stay.

    Parameters
    ----------
    ahead : DataFrame
        From `dates_ahead`, of a whole case.

    Returns
    -------
    DataFrame
        The same columns, in the same order.
    """
    about = ahead.reindex(columns=_ABOUT).astype("str").fillna("")
    once = ~about.assign(date=ahead["date"]).duplicated()
    days = ahead["date"].map(first_day)
    kept = []
    for _, rows in ahead[once].groupby([about.loc[once, name] for name in _ABOUT], sort=False):
        spans = [(days[row], rows.loc[row, "last"]) for row in rows.index]
        kept += [
            row
            for row, (first, last) in zip(rows.index, spans, strict=True)
            if not any(
                first <= start and end <= last and (start, end) != (first, last)
                for start, end in spans
            )
        ]
    return ahead[ahead.index.isin(kept)]
