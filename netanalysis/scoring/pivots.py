"""Which answers does an outcome hang on, and what is the least that would overturn it?"""

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.acceptability import ClassAcceptability
from netanalysis.scoring.chances import Chances, chances
from netanalysis.scoring.coalitions import Coalitions, by_level, conditional
from netanalysis.scoring.engagement import (
    ENOUGH,
    LEANS,
    LEVELS,
    NEAR,
    OPEN,
    TAKING_PART,
    leans,
    near,
)
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals
from netanalysis.scoring.validation import LOWEST, TOLERANCE

__all__ = ["MOST", "ask_first", "least_changes", "ruled_out"]

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
UNSETTLED = -1  # in the place of a level where the outcome is open
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
        A row per missing or wide rating that can move the level, the most decisive first:
        network, criterion, low, high, state, swing (levels that the network moves on average
        from the rating's worst end to its best), departments (tuple of those that take or have
        taken part; empty where none is known).
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
    ratings and every value that could matter is scored anew over the same weights. Told are the
    least change within the evidence and, apart from it, the least one that leaves it.

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
        By network: outcome; becomes (a level or "open"; missing where no change of so many
        ratings within the evidence overturns the outcome), changes (tuple of (criterion, value)),
        steps, others (number of other changes as small), at_limit (whether other draws of the
        weights might name another change); and the same of the least change outside the evidence,
        behind ``beyond_``. The least has the fewest ratings, then the fewest steps. Of equal
        changes the one that leads to a level comes before one that leaves the outcome open, then
        the one that leaves least of what was at the centre of the admissible weights, then the
        first in the order of criteria.
    """
    low, high, applies = intervals(rated)
    given = chances(method.given(low, high, applies))
    shares = by_level(method.coalitions.whole.reached(given))[..., 0]
    scale = pd.DataFrame(dict.fromkeys(low.columns, method.scale), dtype=float)
    does = chances(method.given(scale, scale))
    middle, silent = method.centre.weights[0], method.says_nothing(low, high)
    names = [*(LEVELS[0] if level == LOWEST else level for level in method.levels), OPEN]
    found = {}
    for row, network in enumerate(low.index):
        own = replace(
            given,
            met=given.met[[row]],
            barred=given.barred[[row]],
            applies=given.applies[[row]],
        )
        ends = low.loc[network].to_numpy(dtype=float), high.loc[network].to_numpy(dtype=float)
        used = middle * given.applies[row]
        unknown = used / used.sum() * silent[row]
        options = _options(*ends, given.applies[row], does, scale.to_numpy()[:, 0], unknown)
        before = int(_outcomes(shares[[row]], options.known)[0])
        told = _least_changes(own, before, options, method, most)
        for prefix in ("", "beyond_"):
            if (level := told[f"{prefix}becomes"]) is not None:
                told[f"{prefix}becomes"] = names[level]
        found[network] = {"outcome": names[before], **told}
    return pd.DataFrame.from_dict(found, orient="index").astype(
        {"becomes": "str", "beyond_becomes": "str"}
    )


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


@dataclass(frozen=True)
class _Options:
    """Exact values that ratings of one network could have, one for everything that they can do.

    Attributes
    ----------
    place : array, options
        Of the criterion.
    value, step : array, options
        Step is how far the value lies outside the interval that the evidence supports.
    met, barred : array, options x levels
        0 or 1.
    known : float
        The share of the weight that rests on ratings as they are.
    adds : array, options
        What giving the rating this value adds to that.
    """

    place: NDArray[np.int64]
    value: Floats
    step: Floats
    met: Floats
    barred: Floats
    known: float
    adds: Floats


def _options(
    low: Floats, high: Floats, applies: Truths, does: Chances, scale: Floats, unknown: Floats
) -> _Options:
    """What each rating could be; `unknown` is the share of the weight that each leaves unknown."""
    criterion, at = [], []
    for place in np.flatnonzero(applies):
        step = np.maximum(np.maximum(low[place] - scale, scale - high[place]), 0)
        order = np.lexsort([np.abs(scale - (low[place] + high[place]) / 2), step])
        kinds = np.hstack([does.met[:, :, place], does.barred[:, :, place]])[order]
        for number in np.sort(order[np.unique(kinds, axis=0, return_index=True)[1]]):
            if not scale[number] == low[place] == high[place]:
                criterion.append(int(place))
                at.append(int(number))
    step = np.maximum(np.maximum(low[criterion] - scale[at], scale[at] - high[criterion]), 0)
    met, barred = does.met[at, :, criterion], does.barred[at, :, criterion]
    places = np.array(criterion, dtype=np.int64)
    known = 1 - float(unknown.sum())
    return _Options(places, scale[at], step, met, barred, known, unknown[places])


def _outcomes(shares: Floats, known: Floats | float) -> NDArray[np.int64]:
    """The outcome of each row of shares: the place of its level, or `UNSETTLED`."""
    settled = leans(shares.max(axis=1)) & (known >= ENOUGH - TOLERANCE)
    return np.where(settled, shares.argmax(axis=1), UNSETTLED)


def _least_changes(
    own: Chances, before: int, options: _Options, method: Method, most: int
) -> dict[str, Any]:
    """The least change within the evidence, and the least one outside it."""
    found: dict[str, dict[str, Any]] = {
        prefix: {"becomes": None, "changes": (), "steps": 0.0, "others": 0, "at_limit": False}
        for prefix in ("", "beyond_")
    }
    for number in range(1, most + 1):
        tried = np.array(
            [
                some
                for some in combinations(range(len(options.place)), number)
                if len(set(options.place[list(some)].tolist())) == number
            ],
            dtype=np.int64,
        ).reshape(-1, number)
        outside = options.step[tried].sum(axis=1) > 0
        for prefix, told in found.items():
            some = tried[outside if prefix else ~outside]
            if told["becomes"] is None and len(some):
                least = _least(own, before, options, some, method)
                told |= least | {"at_limit": told["at_limit"] or least["at_limit"]}
    return {f"{prefix}{name}": one for prefix, told in found.items() for name, one in told.items()}


def _least(
    own: Chances, before: int, options: _Options, tried: NDArray[np.int64], method: Method
) -> dict[str, Any]:
    """The least of some changes of as many ratings; nothing but at_limit where none turns it."""
    steps = options.step[tried].sum(axis=1)

    def shares(coalitions: Coalitions, rows: NDArray[np.int64]) -> Floats:
        some = tried[rows]
        met, barred = (np.repeat(one, len(some), axis=0) for one in (own.met, own.barred))
        every = np.arange(len(some))[:, None]
        met[every, :, options.place[some]] = options.met[some]
        barred[every, :, options.place[some]] = options.barred[some]
        applies = np.repeat(own.applies, len(some), axis=0)
        return by_level(coalitions.reach(*conditional(met, barred), applies))

    every = shares(method.coalitions.whole, np.arange(len(tried)))[..., 0]
    known = options.known + options.adds[tried].sum(axis=1)
    after = _outcomes(every, known)
    turned = np.flatnonzero(after != before)
    least = steps[turned].min() if len(turned) else np.inf
    rivals = np.flatnonzero(
        (np.abs(every.max(axis=1) - LEANS) < NEAR * method.coalitions.most_error)
        & (steps <= least)
        & (known >= ENOUGH - TOLERANCE)
    )
    batches = shares(method.coalitions, rivals)
    close = near(method.coalitions.mean(batches), method.coalitions.error(batches), [LEANS]).any()
    if not len(turned):
        return {"at_limit": bool(close)}
    turned = turned[steps[turned] == least]
    middle = shares(method.centre, turned)[..., 0]
    # of what was, at weights that no draw moves
    left = middle[:, before] if before >= 0 else 1 - middle[np.arange(len(turned)), after[turned]]
    order = np.lexsort([np.round(left, 12), after[turned] == UNSETTLED])
    first = tried[turned[order[0]]]
    return {
        "becomes": int(after[turned[order[0]]]),
        "changes": tuple(
            (str(method.demands.columns[options.place[one]]), float(options.value[one]))
            for one in first
        ),
        "steps": float(least),
        "others": len(turned) - 1,
        "at_limit": bool(close),
    }
