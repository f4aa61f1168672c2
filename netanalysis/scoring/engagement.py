"""At which level does the city stand, which level does the evidence support, what follows?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.dates import first_day, last_day
from netanalysis.scoring import sorting
from netanalysis.scoring.ratings import NOT_APPLICABLE
from netanalysis.scoring.validation import TOLERANCE, checked_threshold, refuse, same_names

__all__ = [
    "DEPENDS",
    "DIRECTIONS",
    "ENOUGH",
    "HOLDS",
    "INSUFFICIENT",
    "LEANS",
    "LEVELS",
    "NEAR",
    "OPEN",
    "PROPOSAL",
    "TAKING_PART",
    "actions",
    "checks",
    "current_levels",
    "directions",
    "in_force",
    "leans",
    "near",
    "next_dates",
    "outcomes",
    "settled",
]

LEVELS = ("not_a_member", "follow", "participate", "lead")
INSUFFICIENT, DEPENDS = "insufficient_evidence", "depends_on_today"
OPEN = "open"
NEAR = 3  # standard errors within which a share is at a limit
HOLDS, LEANS = 0.9, 0.6  # least share of the most frequent level for an outcome to hold, to lean
ENOUGH = 0.5  # least share of the weight that rests on ratings for an outcome to hold or to lean
DIRECTIONS = ("less", "at_most", "same", "at_least", "more", OPEN, INSUFFICIENT, DEPENDS)
PROPOSAL = "proposal"  # kind of a date ahead: that from which the office would have it
TAKING_PART = ("chair", "vice_chair", "member", "participant")


def current_levels(
    networks: pd.DataFrame,
    memberships: pd.DataFrame,
    seats: pd.DataFrame,
    participation: pd.DataFrame,
    as_of: str,
) -> pd.Series:
    """The level of engagement in each network at a date, or the levels that it may be.

    A seat makes it *lead*, a department's participation *participate*, a membership alone
    *follow*. Being represented through another body is not a membership. A seat or participation
    is in force where it has begun and its end is still to come, or it is said to go on; where
    neither is known, it may be, and what is not known is not filled in. A membership without an
    end is in force. Where every membership that is known lies outside the date, the city is not a
    member.

    Parameters
    ----------
    networks, memberships, seats, participation : DataFrame
        Tables of a case.
    as_of : str
        The date: YYYY, YYYY-MM or YYYY-MM-DD.

    Returns
    -------
    Series
        Network to a tuple of `LEVELS`, lowest first: the one, or all that it may be.
    """
    own = memberships[memberships["standing"] != "represented"]
    member = own[in_force(own["since"], own["until"], as_of)]
    active = participation[participation["role"].isin(TAKING_PART)]
    surely = {"follow": set(member["network"])}
    perhaps: dict[str, set[str]] = {}
    for name, rows in (("participate", active), ("lead", seats)):
        held = in_force(rows["start"], rows["end"], as_of)
        going = rows["end"].notna() | (rows["ongoing"] == "yes")
        surely[name] = set(rows.loc[held & going, "network"])
        perhaps[name] = set(rows.loc[held & ~going, "network"])
    ended = set(own["network"]) - surely["follow"]
    levels = {}
    for network in networks["network"]:
        sure = [name for name in LEVELS if network in surely.get(name, ())] or [LEVELS[0]]
        more = [name for name in LEVELS[LEVELS.index(sure[-1]) + 1 :]
                if network in perhaps.get(name, ())]  # fmt: skip
        levels[network] = LEVELS[:1] if network in ended else (sure[-1], *more)
    index = pd.Index(networks["network"])
    return pd.Series([levels[name] for name in index], index, name="today", dtype=object)


def outcomes(
    rated: pd.DataFrame,
    demands: pd.DataFrame,
    vetoes: pd.DataFrame,
    weights: pd.Series,
    thresholds: tuple[float, float],
    objectives: Mapping[str, str] | pd.Series | None = None,
) -> pd.DataFrame:
    """The lowest and the highest level that each network's evidence supports.

    Worst takes the worst end of every rating and the highest threshold, best the best ends and
    the lowest. A criterion that is not applicable to a network is left out for that network
    and the rest carry its weight in proportion.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    demands, vetoes : DataFrame, levels x criteria
        From `netanalysis.scoring.sorting.profiles`.
    weights : Series
        Criterion to weight, summing to 1.
    thresholds : (float, float)
        Lowest and highest admissible threshold, shares of the weight.
    objectives : mapping of criterion to "max" or "min", optional
        "max" where not given.

    Returns
    -------
    DataFrame
        By network: worst, best (each one of `LEVELS`).

    Raises
    ------
    DataError
        If weights do not sum to 1, thresholds run the wrong way, a network lacks a rating on a
        criterion or none applies to it; else as `netanalysis.scoring.sorting.mr_sort`.
    """
    if abs(weights.sum() - 1) > TOLERANCE:
        raise refuse("score_weights_sum", total=f"{weights.sum():g}")
    checked_threshold(thresholds)
    given = {} if objectives is None else dict(objectives)
    ends = []
    for network, cells in rated.groupby(level="network", sort=False):
        same_names(f"ratings ({network})", cells.index.unique("criterion"), list(demands.columns))
        applies = cells[cells["state"] != NOT_APPLICABLE]
        low, high = (applies[end].unstack("criterion") for end in ("low", "high"))
        kept = [name for name in demands.columns if name in low.columns]
        if not weights[kept].sum() > 0:
            raise refuse("score_no_weight", names=network)
        share = weights[kept] / weights[kept].sum()
        directions = {name: given[name] for name in kept if name in given}
        best_case, worst_case = (
            sorting.mr_sort_range(
                low[kept], high[kept], demands[kept], share, threshold, vetoes[kept], directions
            )
            for threshold in thresholds
        )
        ends.append(worst_case[["worst"]].join(best_case["best"]))
    return pd.concat(ends).replace(sorting.LOWEST, LEVELS[0])


def settled(
    share: pd.DataFrame,
    error: pd.DataFrame | float = 0.0,
    known: pd.Series | NDArray[np.float64] | float = 1.0,
) -> pd.DataFrame:
    """The outcome that shares of levels support, and how firmly.

    A network on which little is known has none: a level that asks for little comes out often
    where ratings may be anything.

    Parameters
    ----------
    share : DataFrame, networks x levels
        Rows sum to 1; from `netanalysis.scoring.acceptability.class_acceptability`.
    error : DataFrame, networks x levels, or float, optional
        Standard error of the shares.
    known : Series, array or float, optional
        Share of the weight that rests on ratings; from `netanalysis.scoring.method.Method.known`.

    Returns
    -------
    DataFrame
        By network

        - outcome: the most frequent level where its share is at least `LEANS` and what is known
          at least `ENOUGH`, else "open"
        - firm: "insufficient_evidence" where less than `ENOUGH` is known, else "holds" from
          `HOLDS` on, "leans" from `LEANS` on, else "open"
        - frequent: the most frequent level, the lower one of two that are equal
        - share: its share
        - close: whether `HOLDS` or `LEANS` lies within `NEAR` standard errors of it, so that other
          draws might give another word

    Examples
    --------
    >>> share = pd.DataFrame({"lowest": [0.1, 0.5], "follow": [0.9, 0.5]})
    >>> settled(share, error=0.005)[["outcome", "firm", "close"]].to_numpy().tolist()
    [['follow', 'holds', True], ['open', 'open', False]]
    >>> settled(share, known=0.4)["firm"].to_list()
    ['insufficient_evidence', 'insufficient_evidence']
    """
    named = share.rename(columns={sorting.LOWEST: LEVELS[0]})
    most, frequent = named.max(axis=1), named.idxmax(axis=1).astype("str")
    holds = most >= HOLDS - TOLERANCE
    enough = np.broadcast_to(np.asarray(known) >= ENOUGH - TOLERANCE, len(share))
    leaning = leans(most) & enough
    firm = pd.Series("leans", index=share.index, dtype="str").mask(holds, "holds")
    firm = firm.where(leaning, OPEN).where(enough, INSUFFICIENT)
    errors = np.broadcast_to(np.asarray(error, dtype=float), share.shape)
    return pd.DataFrame(
        {
            "outcome": frequent.where(leaning, OPEN),
            "firm": firm,
            "frequent": frequent,
            "share": most,
            "close": near(share.to_numpy(), errors, (LEANS, HOLDS)).any(axis=1) & enough,
        }
    )


def directions(
    share: pd.DataFrame, error: pd.DataFrame, today: pd.Series, known: pd.Series
) -> pd.DataFrame:
    """Whether what comes out lies below, at or above today's level.

    Less, the same or more where that comes out in at least `LEANS`; else at least or at most as
    today where that does in at least `HOLDS`; else open.

    Parameters
    ----------
    share, error : DataFrame, networks x levels
        Shares of the levels, lowest first, and their standard errors.
    today : Series
        Network to its levels, lowest first, from `current_levels`.
    known : Series
        Share of the weight that rests on ratings.

    Returns
    -------
    DataFrame
        By network: direction (one of `DIRECTIONS`: "insufficient_evidence" where less than
        `ENOUGH` is known, "depends_on_today" where today's level is not known), share of what
        gives it (missing where there is none), close (whether other draws might give another).

    Examples
    --------
    >>> share = pd.DataFrame({"not_a_member": [0.0], "follow": [0.5], "participate": [0.5]}, ["n"])
    >>> directions(share, 0 * share, pd.Series({"n": ("follow",)}), pd.Series({"n": 1.0}))
      direction  share  close
    n  at_least    1.0  False
    """
    rows = {}
    for network in share.index:
        if known[network] < ENOUGH - TOLERANCE or len(today[network]) > 1:
            thin = known[network] < ENOUGH - TOLERANCE
            rows[network] = (INSUFFICIENT if thin else DEPENDS, np.nan, False)
            continue
        place = LEVELS.index(today[network][0])
        own, wrong = share.loc[network].to_numpy(), error.loc[network].to_numpy()
        parts = {"less": slice(0, place), "same": slice(place, place + 1),
                 "more": slice(place + 1, None), "at_least": slice(place, None),
                 "at_most": slice(0, place + 1)}  # fmt: skip
        sums = {name: float(own[part].sum()) for name, part in parts.items()}
        limits = {name: LEANS if name in ("less", "same", "more") else HOLDS for name in parts}
        found = next((name for name in parts if sums[name] >= limits[name] - TOLERANCE), OPEN)
        close = [
            near(np.array(sums[name]),
                 np.array(min(wrong[part].sum(), wrong.sum() - wrong[part].sum())), [limits[name]])
            for name, part in parts.items()
        ]  # fmt: skip
        rows[network] = (found, sums.get(found, np.nan), bool(np.any(close)))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["direction", "share", "close"])


def leans(most: Any) -> Any:
    """Whether the share of the most frequent level, or each of many, makes it the outcome."""
    return most >= LEANS - TOLERANCE


def near(share: NDArray[Any], error: NDArray[Any], limits: Sequence[float]) -> NDArray[np.bool_]:
    """Whether a share lies so near to a limit that other draws might put it on the other side.

    Parameters
    ----------
    share, error : array
        Shares, and their standard errors.
    limits : sequence of float

    Returns
    -------
    array of bool
    """
    return np.asarray(
        np.logical_or.reduce([np.abs(share - limit) < NEAR * error for limit in limits])
    )


def checks(
    rated: pd.DataFrame,
    demands: pd.DataFrame,
    vetoes: pd.DataFrame,
    objectives: Mapping[str, str] | pd.Series | None = None,
) -> pd.DataFrame:
    """Every rating held against every demand and veto: the calculation, line by line.

    Parameters
    ----------
    rated, demands, vetoes, objectives
        As for `outcomes`.

    Returns
    -------
    DataFrame
        A row per network, level and criterion, without those that are not applicable: network,
        level, criterion, low, high, state, demand; met and veto ("yes", "no" or "open").
    """
    applies = rated[rated["state"] != NOT_APPLICABLE]
    aside = rated["state"] == NOT_APPLICABLE  # put aside below; any other NaN is refused
    whole = rated.assign(low=rated["low"].mask(aside, 0), high=rated["high"].mask(aside, 0))
    order = rated.index.unique("network")
    low, high = (whole[end].unstack("criterion").loc[order] for end in ("low", "high"))
    held = sorting.check_demands(low, high, demands, vetoes, objectives)
    held = held.rename_axis(["network", "level", "criterion"]).reset_index()
    return held.merge(applies[["low", "high", "state"]].reset_index(), on=["network", "criterion"])


def actions(
    today: pd.Series,
    outcome: pd.Series,
    possible: Mapping[str, Sequence[str]],
    memberships: pd.DataFrame,
    as_of: str,
) -> pd.DataFrame:
    """What the city would have to do to come from today's level to the outcome.

    Parameters
    ----------
    today : Series
        Network to its levels, lowest first, from `current_levels`.
    outcome : Series
        Network to one of `LEVELS` or "open", from `settled`.
    possible : mapping of network to its possible levels
        From `netanalysis.scoring.acceptability.class_acceptability`.
    memberships : DataFrame
        Table of a case. A network whose every membership runs ``via`` another one loses it
        when that one is left.
    as_of : str
        Only memberships that may be in force at this date count.

    Returns
    -------
    DataFrame
        By network

        - today, possible: as given, lowest first (tuple of `LEVELS`)
        - action: apply, deepen, continue, step_back or leave; "insufficient_evidence" where
          the outcome is open, "depends_on_today" where today's level is not known well enough
        - direction: "less" or "more" where every possible level lies below or above today's,
          else ""
        - via: the network that the membership hangs on (the first where there are several),
          missing where it has a route of its own
        - route_ends: "yes", "possible" or "no": whether every such route ends
    """
    own = memberships[
        (memberships["standing"] != "represented")
        & in_force(memberships["since"], memberships["until"], as_of)
    ]
    routes = {
        network: list(dict.fromkeys(via))
        for network, via in own.groupby("network")["via"]
        if via.notna().all()
    }
    rows = {}
    for network, level in outcome.items():
        now = [LEVELS.index(name) for name in today[network]]
        levels = [LEVELS[0] if name == sorting.LOWEST else name for name in possible[str(network)]]
        ranks = [LEVELS.index(name) for name in levels]
        via = routes.get(network, [])
        ends = _route_ends(via, outcome, possible) if via else "no"
        steps = {_action(name, level) for name in today[network] if level != OPEN}
        action = INSUFFICIENT if level == OPEN else DEPENDS if len(steps) > 1 else steps.pop()
        if ends == "yes" and level not in (OPEN, LEVELS[0]):
            action = "apply"
        rows[network] = {
            "today": today[network],
            "possible": tuple(levels),
            "action": action,
            "direction": "less"
            if max(ranks) < min(now)
            else "more"
            if min(ranks) > max(now)
            else "",
            "via": next(iter(via), None),
            "route_ends": ends,
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype({"via": "str"})


def next_dates(
    networks: pd.DataFrame, memberships: pd.DataFrame, upcoming: pd.DataFrame
) -> pd.DataFrame:
    """The next date of each network.

    The earliest of the dates that lie ahead, in the network itself or in one that its membership
    hangs on.

    Parameters
    ----------
    networks, memberships : DataFrame
        Tables of a case.
    upcoming : DataFrame
        From `netanalysis.scoring.upcoming_dates.upcoming_dates`.

    Returns
    -------
    DataFrame
        By network: date, kind, in_network, source_id and locator; all missing where no source
        gives a date.
    """
    found = {}
    for network in networks["network"]:
        via = memberships.loc[memberships["network"] == network, "via"].dropna()
        rows = upcoming[upcoming["network"].isin([network, *via])]
        found[network] = rows.iloc[0] if len(rows) else {}
    columns = {"network": "in_network"}
    wanted = ["date", "kind", "network", "source_id", "locator"]
    dates = pd.DataFrame.from_dict(found, orient="index").reindex(columns=wanted)
    return dates.rename(columns=columns).rename_axis("network").astype("str")


def in_force(start: pd.Series, end: pd.Series, as_of: str) -> pd.Series:
    """Whether each term may be in force at a date; a missing start or end leaves it open.

    Parameters
    ----------
    start, end : Series of str
        YYYY, YYYY-MM or YYYY-MM-DD, missing where not known.
    as_of : str

    Returns
    -------
    Series of bool
    """

    def holds(first: object, last: object) -> bool:
        begun = pd.isna(first) or first_day(str(first)) <= last_day(as_of)
        return begun and (pd.isna(last) or last_day(str(last)) >= first_day(as_of))

    days = zip(start, end, strict=True)
    return pd.Series([holds(first, last) for first, last in days], index=start.index, dtype=bool)


def _action(today: str, outcome: str) -> str:
    now, then = LEVELS.index(today), LEVELS.index(outcome)
    if then == now:
        return "continue"
    if then == 0:
        return "leave"
    if now == 0:
        return "apply"
    return "deepen" if then > now else "step_back"


def _route_ends(
    routes: list[str], outcome: pd.Series, possible: Mapping[str, Sequence[str]]
) -> str:
    """Whether all the routes end: as firmly as the one that is most likely to stay."""
    answers = []
    for via in routes:
        ends = {sorting.LOWEST, LEVELS[0]} & set(possible.get(via, ()))
        if not ends:
            return "no"
        answers.append("yes" if outcome[via] == LEVELS[0] else "possible")
    return "possible" if "possible" in answers else "yes"
