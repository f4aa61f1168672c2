"""What of a case was known on an earlier day?"""

from dataclasses import replace

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case.case import Case

__all__ = ["known_on"]


def known_on(case: Case, day: str, papers: str = "") -> Case:
    """The case as it stood on a day: its date is that day, and what came later is left out.

    Statements, facts and costs count where their document was out by then for certain; one without
    a date was perhaps not. Memberships, seats and participation count where they may have begun,
    decisions where they had been taken.

    Parameters
    ----------
    case : Case
    day : str
        YYYY, YYYY-MM or YYYY-MM-DD.
    papers : str, optional
        Source of the papers that were on the table on that day, whatever date they bear.

    Returns
    -------
    Case

    Examples
    --------
    >>> from netanalysis import load_case
    >>> earlier = known_on(load_case("stockholm-2011"), "2010-06")
    >>> earlier.case.loc[0, "as_of"], len(earlier.statements), len(earlier.memberships)
    ('2010-06', 0, 7)
    """
    out = case.sources.dropna(subset=["date"])
    known = {*out.loc[out["date"].map(lambda date: _out(date, day)).astype(bool), "source_id"]}
    known |= {papers} if papers else set()
    earlier = {
        name: frame[frame["source_id"].isin(known)]
        for name, frame in vars(case).items()
        if name in ("statements", "facts", "costs")
    }
    for name, column in (("memberships", "since"), ("seats", "start"), ("participation", "start")):
        frame = getattr(case, name)
        earlier[name] = frame[frame[column].map(lambda date: _begun(date, day)).astype(bool)]
    taken = case.decisions
    earlier["decisions"] = taken[taken["date"].map(lambda date: _out(date, day)).astype(bool)]
    whole = {name: frame.reset_index(drop=True) for name, frame in earlier.items()}
    return replace(case, case=case.case.assign(as_of=day), **whole)


def _out(date: str, day: str) -> bool:
    return last_day(date) <= last_day(day)


def _begun(date: object, day: str) -> bool:
    return pd.isna(date) or first_day(str(date)) <= last_day(day)
