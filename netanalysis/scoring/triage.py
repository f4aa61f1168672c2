"""Which memberships need a closer look, and which can be carried on unchanged?

Nobody rates ninety networks on nine criteria twice. This light check asks a few plain questions
of every membership; the full evaluation is for those that it points to. What is not known is
never treated as fine.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, last_day, shifted
from netanalysis.language.languages import LANGUAGES
from netanalysis.scoring.costs import largest, yearly_costs
from netanalysis.scoring.engagement import TAKING_PART, in_force
from netanalysis.scoring.upcoming_dates import upcoming_dates
from netanalysis.scoring.validation import refuse

__all__ = [
    "CARRY_ON",
    "GAPS",
    "GROUPS",
    "LOOK_CLOSER",
    "NOT_KNOWN",
    "OWNER_MISSING",
    "PRESSING",
    "REASONS",
    "TURNING",
    "first_year",
    "held",
    "near",
    "not_known",
    "pressing_dates",
    "triage",
]

LOOK_CLOSER, OWNER_MISSING, CARRY_ON = "look_closer", "owner_missing", "carry_on"
GROUPS = (LOOK_CLOSER, OWNER_MISSING, CARRY_ON)
REASONS = (
    "no_owner",
    "date_near",
    "via_looked_at",
    "owner_aside",
    "not_active",
    "activity_undated",
    "cost_large",
    "cost_unknown",
    "cost_in_part",
    "no_goal",
    "no_deciding_body",
)  # in the order in which a reader meets them
GAPS = ("activity_undated", "cost_unknown", "cost_in_part", "no_goal", "no_deciding_body")
NOT_KNOWN = ("no_owner", *GAPS)  # what is to be found out; without an owner there is nobody to ask
YEARS = 3  # how far back participation and costs tell of today, where nothing else is said
# A last day of notice comes round every year for most memberships. It is no reason to look, but
# the day by which one must have looked.
TURNING = ("seat_end", "membership_end", "congress", "election")
PRESSING = (*TURNING, "notice")
_ASIDE = ("declined", "none")
_BODIES = {f"deciding_body_{one}": f"deciding_bodies_{one}" for one in LANGUAGES}
_DUTIES = {"department": "owners", "goal": "goals", **_BODIES}  # columns of table and of result


def triage(
    networks: pd.DataFrame,
    memberships: pd.DataFrame,
    responsibilities: pd.DataFrame,
    costs: pd.DataFrame,
    participation: pd.DataFrame,
    seats: pd.DataFrame,
    events: pd.DataFrame,
    as_of: str,
    years: int = YEARS,
    months: int = 12,
    share: float = 0.5,
) -> pd.DataFrame:
    """Sort the memberships that a city holds at a date by whether they need a closer look.

    A membership is carried on unchanged when an owner is known and none of these reasons holds:

    - no_owner: no department is named as owner; there is nobody to ask, which comes before all
      other reasons.
    - date_near: a term or the membership itself may end, or a congress or an election may be
      held, within the months after the date, in the network or in one that the membership runs
      through: the city must then say anyway what it wants. A last day of notice is no reason,
      since it comes round every year, but it is the next date by which to have looked.
    - via_looked_at: every network through which the membership runs is itself looked closer at,
      without an owner or not held: what becomes of that one settles this one.
    - owner_aside: the owner has declined or takes no part, and is not known to have taken part
      within the years before: a membership that its owner does not use.
    - not_active: neither a department's participation nor a seat is known within the years
      before.
    - activity_undated: one is known that may go on, but no date shows that it does.
    - cost_large: the cost is among the largest that together make up the share of the known
      cost in its currency: where money can be saved.
    - cost_unknown: no amount is known for a year within the years before.
    - cost_in_part: a cost is named for that year without amount or days.
    - no_goal: no goal is named that it serves.
    - no_deciding_body: nobody is known to decide on it.

    Those in `GAPS` are things to find out, as is the owner (`not_known`); the others speak for a
    closer look by themselves.

    Dates are intervals of days: one that may lie within the months ahead counts as near, and
    one counts as recent only if no reading of it lies outside the years before.

    Parameters
    ----------
    networks, memberships, responsibilities, costs, participation, seats, events : DataFrame
        Tables of a case.
    as_of : str
        The date: YYYY, YYYY-MM or YYYY-MM-DD.
    years : int
        How far back participation and costs still tell of today, from 0 to 100.
    months : int
        How far ahead a date is near, from 0 to 1200.
    share : float
        Share of the known cost that the largest costs make up, from 0 (no cost is large) to 1.

    Returns
    -------
    DataFrame
        A row per membership, by network in the order of networks

        - group: one of `GROUPS`
        - reasons: those that hold (tuple, in the order of `REASONS`)
        - owners, goals: departments and goals that are named (tuples)
        - deciding_bodies_sv and so on for each language: bodies that are named (tuples)
        - cost: "known", "in_part" or "unknown" (the amounts: `netanalysis.scoring.costs`)
        - last_participation: the latest date on which the city is known to have taken part,
          as_of where it does so still; missing where none is known
        - next_date, next_kind: the first date ahead and which of `PRESSING` it is; missing where
          none is known
        - turning_date, turning_kind: the same of `TURNING`

    Raises
    ------
    DataError
        If years, months or share are out of range.

    Examples
    --------
    >>> none = pd.DataFrame(columns=["network"])
    >>> names = pd.DataFrame({"network": ["c40"]})
    >>> member = names.assign(standing="full", via=pd.NA, since="2007", until=pd.NA)
    >>> duties = names.assign(
    ...     department="environment", goal="climate",
    ...     deciding_body_sv="nämnden", deciding_body_en="the board",
    ... )
    >>> costs = names.assign(
    ...     year=2025, kind="fee", amount=9.0, currency="SEK", days=pd.NA, paid_by=pd.NA
    ... )
    >>> part = names.assign(department="environment", role="member", start="2024", end="2026")
    >>> seats = none.reindex(columns=["network", "start", "end"])
    >>> events = none.reindex(columns=["network", "kind", "start"])
    >>> found = triage(
    ...     names, member, duties, costs, part, seats, events, "2025-06-30", share=0
    ... )
    >>> found.loc["c40", "group"], found.loc["c40", "reasons"]
    ('carry_on', ())
    """
    for name, value, highest in (
        ("years", years, 100),
        ("months", months, 1200),
        ("share", share, 1),
    ):
        if not 0 <= value <= highest:
            raise refuse("triage_limit", name=name, value=value, lowest=0, highest=highest)
    names = held(networks, memberships, as_of)
    every, limit = set(names), shifted(last_day(as_of), -12 * years)
    named = _duties(names, responsibilities)
    upcoming = upcoming_dates(seats, participation, memberships, events, as_of)
    ahead = pressing_dates(networks, memberships, upcoming, as_of)
    turning = ahead[ahead["kind"].isin(TURNING)]
    part = _taking_part(participation, seats, as_of)
    recent, unended = part[part["day"] >= limit], part[part["unended"]]
    priced = _priced(costs, every, as_of, years)
    tables = responsibilities, costs, participation, seats
    found = not_known(names, *tables, as_of, years)
    found |= {
        "date_near": set(turning.loc[near(turning["date"], as_of, months), "network"]),
        "owner_aside": _aside(participation, named["department"], recent, as_of, limit),
        "not_active": every - set(recent["network"]) - set(unended["network"]),
        "cost_large": set(priced.loc[largest(priced, share), "network"]),
    }
    sound = every.difference(*found.values())
    found["via_looked_at"] = _unsupported(_routes(memberships, as_of), sound)
    first, turn = (
        rows.drop_duplicates("network").set_index("network") for rows in (ahead, turning)
    )
    latest = part.dropna(subset="day").sort_values("day", kind="stable")
    latest = latest.drop_duplicates("network", keep="last").set_index("network")["date"]
    rows: dict[str, dict[str, Any]] = {}
    for network in names:
        reasons = tuple(code for code in REASONS if network in found[code])
        rows[network] = {
            "group": OWNER_MISSING
            if "no_owner" in reasons
            else LOOK_CLOSER
            if reasons
            else CARRY_ON,
            "reasons": reasons,
            **{name: named[column].get(network, ()) for column, name in _DUTIES.items()},
            "cost": "unknown" if network in found["cost_unknown"]
            else "in_part" if network in found["cost_in_part"] else "known",
            "last_participation": latest.get(network),
            "next_date": first["date"].get(network),
            "next_kind": first["kind"].get(network),
            "turning_date": turn["date"].get(network),
            "turning_kind": turn["kind"].get(network),
        }  # fmt: skip
    texts = ["group", "cost", "last_participation", "next_date", "next_kind"]
    texts += ["turning_date", "turning_kind"]
    columns = ["group", "reasons", *_DUTIES.values(), *texts[1:]]
    result = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("network")
    return result.astype(dict.fromkeys(texts, "str"))


def not_known(
    names: Iterable[str],
    responsibilities: pd.DataFrame,
    costs: pd.DataFrame,
    participation: pd.DataFrame,
    seats: pd.DataFrame,
    as_of: str,
    years: int = YEARS,
) -> dict[str, set[str]]:
    """What is to be found out of memberships: each of `NOT_KNOWN`, and the networks it holds of.

    Parameters
    ----------
    names : iterable of str
        The networks of which a membership is held, from `held`.
    responsibilities, costs, participation, seats : DataFrame
        Tables of a case.
    as_of : str
    years : int
        As for `triage`, which says what each means.

    Returns
    -------
    dict of str to set of str
    """
    every, limit = set(names), shifted(last_day(as_of), -12 * years)
    named = _duties(every, responsibilities)
    part = _taking_part(participation, seats, as_of)
    part = part[part["network"].isin(every)]
    priced = _priced(costs, every, as_of, years)
    return {
        "no_owner": every - set(named["department"]),
        "activity_undated": set(part.loc[part["unended"], "network"])
        - set(part.loc[part["day"] >= limit, "network"]),
        "cost_unknown": every - set(priced["network"]),
        "cost_in_part": set(priced.loc[priced["unpriced"] > 0, "network"]),
        "no_goal": every - set(named["goal"]),
        "no_deciding_body": every.difference(*(named[column] for column in _BODIES)),
    }


def held(networks: pd.DataFrame, memberships: pd.DataFrame, as_of: str) -> list[str]:
    """The networks that the city may be a member of itself at a date, in the order of networks."""
    own = _own(memberships, as_of)["network"]
    return [str(name) for name in networks.loc[networks["network"].isin(own), "network"]]


def first_year(as_of: str, years: int) -> int:
    """The first calendar year of which a cost still tells of today."""
    return last_day(as_of).year - years


def pressing_dates(
    networks: pd.DataFrame, memberships: pd.DataFrame, upcoming: pd.DataFrame, as_of: str
) -> pd.DataFrame:
    """The dates by which something must be said about each membership that is held.

    Parameters
    ----------
    networks, memberships : DataFrame
        Tables of a case.
    upcoming : DataFrame
        From `netanalysis.scoring.upcoming_dates.upcoming_dates`, at as_of.
    as_of : str

    Returns
    -------
    DataFrame
        A row per membership and date ahead, of the network itself or of one that the membership
        runs through, the first date first: network, date, kind (one of `PRESSING`).
    """
    ahead = upcoming.loc[upcoming["kind"].isin(PRESSING), ["network", "date", "kind"]]
    own = _own(memberships, as_of)
    through = own.dropna(subset="via")[["network", "via"]].rename(columns={"via": "source"})
    itself = pd.DataFrame({"network": held(networks, memberships, as_of)})
    concerned = pd.concat([itself.assign(source=itself["network"]), through]).drop_duplicates()
    found = ahead.rename(columns={"network": "source"}).merge(concerned, on="source")
    return found[["network", "date", "kind"]]


def near(dates: pd.Series, as_of: str, months: int) -> pd.Series:
    """Whether each date, none of them over, may lie within the months after as_of."""
    limit = shifted(last_day(as_of), months)
    return pd.Series([first_day(day) <= limit for day in dates], index=dates.index, dtype=bool)


def _priced(costs: pd.DataFrame, names: set[str], as_of: str, years: int) -> pd.DataFrame:
    """The known yearly costs of some networks that still tell of today."""
    rows = costs[costs["network"].isin(names)]
    return yearly_costs(rows, first_year(as_of, years), last_day(as_of).year)


def _own(memberships: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Memberships of the city itself that may be in force."""
    valid = in_force(memberships["since"], memberships["until"], as_of)
    return memberships[valid & (memberships["standing"] != "represented")]


def _duties(
    names: Iterable[str], responsibilities: pd.DataFrame
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By column of the table, what is named for each network."""
    rows = responsibilities[responsibilities["network"].isin(set(names))]
    return {column: _named(rows, column) for column in _DUTIES}


def _named(duties: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    """What is named for each network, each once; a network without any is left out."""
    told = duties.dropna(subset=column).groupby("network", sort=False)[column]
    return {str(network): tuple(dict.fromkeys(values)) for network, values in told}


def _taking_part(participation: pd.DataFrame, seats: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Participation and seats that may have begun: network, department, date, day, unended.

    The date is the latest on which the row shows the city to take part: as_of where it goes on or
    its end is still to come, else its end, else its start. The day is the earliest that this can
    mean, so that nothing counts as more recent than it surely is.
    """
    active = participation[participation["role"].isin(TAKING_PART)]
    columns = ["network", "department", "start", "end", "ongoing"]
    rows = pd.concat([active.reindex(columns=columns), seats.reindex(columns=columns)])
    found = []
    for row in rows.itertuples():
        day: date | None
        begun = None if pd.isna(row.start) else first_day(row.start)
        if begun and begun > last_day(as_of):
            continue
        if row.ongoing == "yes":
            shown, day = as_of, last_day(as_of)
        elif pd.isna(row.end):
            shown, day = row.start, begun
        elif last_day(row.end) >= first_day(as_of):
            shown, day = as_of, last_day(as_of)
        else:
            shown, day = row.end, max(first_day(row.end), begun or first_day(row.end))
        unended = pd.isna(row.end) and row.ongoing != "yes"
        found.append((row.network, row.department, shown, day, unended))
    result = pd.DataFrame(found, columns=["network", "department", "date", "day", "unended"])
    return result.astype({"unended": bool})


def _aside(
    participation: pd.DataFrame,
    owners: Mapping[str, Iterable[str]],
    recent: pd.DataFrame,
    as_of: str,
    limit: date,
) -> set[str]:
    """Networks of which an owner stands aside and is not known to have taken part of late."""
    active = set(zip(recent["network"], recent["department"], strict=True))
    rows = participation[participation["role"].isin(_ASIDE)]
    return {
        row.network
        for row in rows.itertuples()
        if row.department in owners.get(row.network, ())
        and (row.network, row.department) not in active
        and (pd.isna(row.start) or first_day(row.start) <= last_day(as_of))
        and (pd.isna(row.end) or last_day(row.end) >= limit)
    }


def _routes(memberships: pd.DataFrame, as_of: str) -> dict[str, set[str]]:
    """The networks through which each membership runs that has no route of its own."""
    own = _own(memberships, as_of).groupby("network")["via"]
    return {str(network): set(via) for network, via in own if via.notna().all()}


def _unsupported(routes: Mapping[str, set[str]], sound: set[str]) -> set[str]:
    """Memberships that run through no network without a reason to look closer, however far."""
    safe = sound - set(routes)
    while more := {name for name in sound - safe if routes[name] & safe}:
        safe |= more
    return {name for name, via in routes.items() if not via & safe}
