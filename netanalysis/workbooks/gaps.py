"""What in a case is not wrong, but thin: unknown, not asked, without an owner, or ending soon?"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case import Case

__all__ = ["GAPS", "Gap", "gaps"]

GAPS = ("no_evidence", "no_rating", "no_cost", "no_owner", "not_asked", "ends", "ahead", "twice")
_TERMS = {"memberships": "until", "seats": "end", "participation": "end"}
_MATTER = ("memberships", "costs", "seats", "participation", "responsibilities")


@dataclass(frozen=True)
class Gap:
    """One thing that is thin.

    Attributes
    ----------
    code : str
        One of `GAPS`.
    table : str
    row : int
        Row as the table's CSV file counts it.
    column : str
        "" where the whole row is meant.
    subject : str
        Short name of the network, criterion or event.
    detail : str
        A date, or the row that says the same; "" where there is none.
    """

    code: str
    table: str
    row: int
    column: str
    subject: str
    detail: str = ""


def gaps(case: Case) -> list[Gap]:
    """Everything that is thin in a case, in the order of `GAPS`.

    No evidence: a network that no statement and no answer rates. No rating: a criterion on which
    no network is rated. No cost: a network the city is a member of, without any amount or number
    of days. Ends, ahead: terms, and dated events, within twelve months after ``as_of``. Twice: a
    row that says the same as another, source and place apart.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of Gap
    """
    found = [*_unrated(case), *_without(case), *_ending(case), *_twice(case)]
    return sorted(found, key=lambda gap: GAPS.index(gap.code))


def _unrated(case: Case) -> Iterator[Gap]:
    rated = pd.concat(
        [
            table.loc[table["low"].notna(), ["network", "criterion"]]
            for table in (case.statements, case.answers)
        ]
    )
    yield from _absent("no_evidence", case.networks, "networks", "network", set(rated["network"]))
    yield from _absent("no_rating", case.criteria, "criteria", "criterion", set(rated["criterion"]))


def _without(case: Case) -> Iterator[Gap]:
    costs = case.costs[case.costs["amount"].notna() | case.costs["days"].notna()]
    owned = case.responsibilities.dropna(subset=["department"])
    held = case.memberships[case.memberships["standing"] != "represented"]
    today = last_day(str(case.case.loc[0, "as_of"]))
    ended = held["until"].dropna().map(last_day)
    members = set(held.drop(ended[ended <= today].index)["network"])
    networks = case.networks[case.networks["network"].isin(members)]
    for code, known in (("no_cost", costs), ("no_owner", owned), ("not_asked", case.asked)):
        yield from _absent(code, networks, "networks", "network", set(known["network"]))


def _absent(
    code: str, rows: pd.DataFrame, table: str, column: str, known: set[str]
) -> Iterator[Gap]:
    for number, name in rows[column].items():
        if name not in known:
            yield Gap(code, table, int(number) + 2, "", name)


def _ending(case: Case) -> Iterator[Gap]:
    as_of = str(case.case.loc[0, "as_of"])
    start = last_day(as_of)
    end = datetime.date(start.year + 1, start.month, 1) + datetime.timedelta(start.day - 1)
    for table, column in _TERMS.items():
        rows = getattr(case, table)
        for number, network, date in rows[["network", column]].dropna().itertuples(name=None):
            if last_day(date) > start and first_day(date) <= end:
                yield Gap("ends", table, number + 2, column, network, date)
    for row in case.events.itertuples():
        dates = {name: getattr(row, name) for name in ("start", "end")}
        for name, date in dates.items():
            if pd.notna(date) and last_day(date) > start and first_day(date) <= end:
                yield Gap("ahead", "events", row.Index + 2, name, row.event, date)
                break


def _twice(case: Case) -> Iterator[Gap]:
    for table in _MATTER:
        rows = getattr(case, table).drop(columns=["source_id", "locator"])
        first: dict[tuple[object, ...], int] = {}
        for number, *cells in rows.astype("object").where(rows.notna(), None).itertuples(name=None):
            other = first.setdefault(tuple(cells), number)
            if other != number:
                yield Gap("twice", table, number + 2, "", str(cells[0]), str(other + 2))
