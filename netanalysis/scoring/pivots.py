"""Which answers does an outcome hang on, and what is the least that would overturn it?"""

from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
import pandas as pd

from netanalysis.scoring.acceptability import ClassAcceptability
from netanalysis.scoring.draws import Draws
from netanalysis.scoring.engagement import LEVELS, OPEN, TAKING_PART, settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals
from netanalysis.scoring.sorting import LOWEST, check_demands

__all__ = ["MOST", "ask_first", "least_changes", "ruled_out"]

MOST = 3  # ratings changed together in the search for what overturns an outcome


def ask_first(
    rated: pd.DataFrame, judged: ClassAcceptability, participation: pd.DataFrame
) -> pd.DataFrame:
    """The ratings that a better answer would settle most, and who could give it.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    judged : ClassAcceptability
        Of the same networks.
    participation : DataFrame
        Table of a case: the departments that take part in each network.

    Returns
    -------
    DataFrame
        A row per missing or wide rating that sways some draw, the most decisive first:
        network, criterion, low, high, state, swing (share of the draws in which the level
        differs between the rating's ends), departments (tuple of those that take or have taken
        part; empty where none is known).
    """
    active = participation[participation["role"].isin(TAKING_PART)].dropna(subset="department")
    known = active.groupby("network")["department"].agg(lambda names: tuple(dict.fromkeys(names)))
    table = rated.reset_index()
    cells = zip(table["network"], table["criterion"], strict=True)
    table["swing"] = [judged.swing.loc[network, criterion] for network, criterion in cells]
    table = table[table["swing"] > 0].copy()
    table["departments"] = [known.get(network, ()) for network in table["network"]]
    columns = ["network", "criterion", "low", "high", "state", "swing", "departments"]
    ordered = table.sort_values("swing", ascending=False, kind="stable")
    return ordered[columns].reset_index(drop=True)


def least_changes(rated: pd.DataFrame, method: Method, most: int = MOST) -> pd.DataFrame:
    """The fewest ratings, and then the smallest steps, that overturn each outcome.

    A change gives a rating one exact value. Its step is how far that value lies outside the
    interval that the evidence supports: 0 where it only settles what is open. Every set of
    ratings and every value that could matter is scored anew with the same draws, so the least
    change is exact for these draws.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    method : Method
    most : int
        Largest number of ratings changed together.

    Returns
    -------
    DataFrame
        By network: outcome, becomes (a level or "open"; missing where no change of so many
        ratings overturns the outcome), changes (tuple of (criterion, value)), steps, others
        (number of other changes as small). Of equal changes the one that leads to a level comes
        before one that leaves the outcome open, then the one that leaves least of what was (to a
        tenth), then the first in the order of criteria.
    """
    blocks = list(method.blocks())
    low, high, applies = intervals(rated)
    before = settled(method.shares(low, high, applies, blocks))["outcome"]
    found = {}
    for network in low.index:
        own = [frame.loc[[network]] for frame in (low, high, applies)]
        nothing = {"becomes": None, "changes": (), "steps": 0.0, "others": 0}
        found[network] = {"outcome": before[network], **nothing}
        found[network] |= _least_change(own, before[network], method, blocks, most)
    return pd.DataFrame.from_dict(found, orient="index").astype({"becomes": "str"})


def ruled_out(checks: pd.DataFrame) -> pd.DataFrame:
    """The lowest level that a veto bars for certain, in each network, and the criteria behind it.

    Parameters
    ----------
    checks : DataFrame
        From `netanalysis.scoring.engagement.checks`.

    Returns
    -------
    DataFrame
        A row per network with such a veto: network, level, criteria (tuple of names).
    """
    barred = checks[checks["veto"] == "yes"]
    first = barred.groupby("network", sort=False)["level"].agg(lambda of: min(of, key=LEVELS.index))
    at_first = barred[barred["level"] == barred["network"].map(first)]
    behind = at_first.groupby("network", sort=False)["criterion"].agg(tuple)
    return pd.DataFrame({"level": first, "criteria": behind}).rename_axis("network").reset_index()


def _least_change(
    own: list[pd.DataFrame], before: str, method: Method, blocks: Sequence[Draws], most: int
) -> dict[str, object]:
    low, high, applies = own
    known = zip(low.columns, *(frame.to_numpy()[0] for frame in own), strict=True)
    options = {
        place: _options(least, best, criterion, method)
        for place, (criterion, least, best, used) in enumerate(known)
        if used
    }
    for number in range(1, most + 1):
        tried = [
            (places, chosen)
            for places in combinations(options, number)
            for chosen in product(*(options[place] for place in places))
        ]
        if not tried:
            break
        ends = [np.repeat(frame.to_numpy(dtype=float), len(tried), axis=0) for frame in (low, high)]
        for row, (places, chosen) in enumerate(tried):
            for end in ends:
                end[row, list(places)] = [value for value, _ in chosen]
        lows, highs = (pd.DataFrame(end, columns=low.columns) for end in ends)
        used = pd.concat([applies] * len(tried), ignore_index=True)
        shares = method.shares(lows, highs, used, blocks)
        after = settled(shares)
        after["steps"] = [sum(step for _, step in chosen) for _, chosen in tried]
        after["open"] = after["outcome"] == OPEN
        # how much is left of what was, in tenths, so that chance does not choose
        was = LOWEST if before == LEVELS[0] else before
        left = 1 - after["share"] if before == OPEN else shares[was]
        after["left"] = left.round(1)
        turned = after[after["outcome"] != before]
        if len(turned):
            first = turned.sort_values(["steps", "open", "left"], kind="stable").index[0]
            places, chosen = tried[first]
            return {
                "becomes": after.loc[first, "outcome"],
                "changes": tuple(
                    (str(low.columns[place]), float(value))
                    for place, (value, _) in zip(places, chosen, strict=True)
                ),
                "steps": float(after.loc[first, "steps"]),
                "others": int((turned["steps"] == turned.loc[first, "steps"]).sum()) - 1,
            }
    return {}


def _options(low: float, high: float, criterion: str, method: Method) -> list[tuple[float, float]]:
    """One value, and its step, for everything that an exact rating could do."""
    scale = pd.DataFrame({criterion: method.scale}, dtype=float)
    asked, barring = method.demands[[criterion]], method.vetoes[[criterion]]
    objectives = {criterion: dict(method.objectives).get(criterion, "max")}
    held = check_demands(scale, scale, asked, barring, objectives)
    kinds = held[["met", "veto"]].unstack("level").apply(tuple, axis=1)
    steps = {value: max(low - value, value - high, 0.0) for value in map(float, method.scale)}
    best: dict[object, float] = {}
    for value, kind in zip(method.scale, kinds, strict=True):
        near = (steps[float(value)], abs(float(value) - (low + high) / 2))
        if kind not in best or near < (
            steps[best[kind]],
            abs(best[kind] - (low + high) / 2),
        ):
            best[kind] = float(value)
    return [(value, steps[value]) for value in best.values() if not value == low == high]
