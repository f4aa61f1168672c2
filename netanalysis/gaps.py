"""What in a case is not wrong, but thin: unknown, not asked, without an owner, or ending soon?"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from netanalysis.dates import last_day
from netanalysis.evaluation import upcoming
from netanalysis.loaders.case.case import Case
from netanalysis.scoring.triage import NOT_KNOWN, held, near, not_known

__all__ = ["GAPS", "Gap", "gaps"]

GAPS = (
    "no_evidence",
    "no_rating",
    *NOT_KNOWN,
    "cost_later",
    "not_asked",
    "ends",
    "ahead",
    "twice",
)
MONTHS = 12  # how far ahead a date is near
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
    no network is rated. Of each membership that is held: what `not_known` of
    `netanalysis.scoring.triage` finds, and whether anybody is asked about it. Cost later: a cost of
    a year after that of ``as_of``, which counts nowhere. Ends, ahead: terms,
    and other dates that lie ahead, within twelve months after ``as_of``. Twice: a row that says
    the same as another, source and place apart.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of Gap
    """
    found = [*_unrated(case), *_without(case), *_later(case), *_ending(case), *_twice(case)]
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
    as_of = str(case.case.loc[0, "as_of"])
    names = held(case.networks, case.memberships, as_of)
    tables = case.responsibilities, case.costs, case.participation, case.seats
    found = not_known(names, *tables, as_of)
    found["not_asked"] = set(names) - set(case.asked["network"])
    for code, missing in found.items():
        known = set(case.networks["network"]) - missing
        yield from _absent(code, case.networks, "networks", "network", known)


def _absent(
    code: str, rows: pd.DataFrame, table: str, column: str, known: set[str]
) -> Iterator[Gap]:
    for number, name in rows[column].items():
        if name not in known:
            yield Gap(code, table, int(number) + 2, "", name)


def _later(case: Case) -> Iterator[Gap]:
    year = last_day(str(case.case.loc[0, "as_of"])).year
    for row in case.costs[case.costs["year"] > year].itertuples():
        yield Gap("cost_later", "costs", row.Index + 2, "year", row.network, str(row.year))


def _ending(case: Case) -> Iterator[Gap]:
    dates = upcoming(case)
    for row in dates[near(dates["date"], str(case.case.loc[0, "as_of"]), MONTHS)].itertuples():
        place = row.table, row.row + 2, row.column
        if row.column in ("end", "until") and row.table != "events":
            yield Gap("ends", *place, row.network, row.date)
        else:
            subject = row.event if row.table == "events" else row.network
            yield Gap("ahead", *place, subject, row.date)


def _twice(case: Case) -> Iterator[Gap]:
    for table in _MATTER:
        rows = getattr(case, table).drop(columns=["source_id", "locator"])
        first: dict[tuple[object, ...], int] = {}
        for number, *cells in rows.astype("object").where(rows.notna(), None).itertuples(name=None):
            other = first.setdefault(tuple(cells), number)
            if other != number:
                yield Gap("twice", table, number + 2, "", str(cells[0]), str(other + 2))
