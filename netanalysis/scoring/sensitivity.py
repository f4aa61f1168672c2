"""Would other weights, another threshold or less evidence turn an outcome?

Every variant is scored anew over the same weights, so that what differs is the variant.
"""

from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.chances import chances
from netanalysis.scoring.coalitions import Coalitions, by_level
from netanalysis.scoring.engagement import ENOUGH, LEANS, near, settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals, rate
from netanalysis.scoring.validation import TOLERANCE
from netanalysis.scoring.weights import weight_constraints

__all__ = [
    "left_out",
    "thresholds",
    "variation",
    "vetoes_alone",
    "weight_shifts",
    "without_each",
]

Floats = NDArray[np.float64]
STEP = 0.01  # shifts of weight and thresholds are tried in whole percentage points
VARIED = 512  # draws of the weights by which is told how much each thing varies


def thresholds(rated: pd.DataFrame, method: Method) -> pd.DataFrame:
    """The outcome at each threshold, over admissible weights and values of missing ratings.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    method : Method
        Its own threshold is not used: half of the weight to all of it is tried.

    Returns
    -------
    DataFrame
        A row per network and run of thresholds with one outcome: network, low, high (shares of
        the weight, in steps of `STEP`), outcome (a level or "open").
    """
    low, high, applies = intervals(rated)
    given, known = chances(method.given(low, high, applies)), method.known(low, high, applies)
    limits = np.round(np.arange(0.5, 1 + STEP / 2, STEP), 2)
    shares = by_level(method.coalitions.reached_at(given, limits))
    rows = []
    for network, own, much in zip(low.index, shares, known, strict=True):
        outcomes = settled(pd.DataFrame(own.T, limits, method.levels), known=much)["outcome"]
        for level, run in groupby(limits, key=outcomes.loc.__getitem__):
            ends = list(run)
            rows.append((str(network), ends[0], ends[-1], level))
    return pd.DataFrame(rows, columns=["network", "low", "high", "outcome"])


def weight_shifts(rated: pd.DataFrame, method: Method) -> pd.DataFrame:
    """The smallest shift of weight from one criterion to another that turns each outcome.

    Starts from the centre of the admissible weights, so that nothing is drawn: over thresholds
    and missing ratings the shares are exact. Only shifts that keep the weights admissible are
    tried. Of shifts of one size the one that leaves least of the outcome is told, then the first
    in the order of criteria.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    method : Method

    Returns
    -------
    DataFrame
        By network: outcome (at the centre: a level or "open"), becomes, loses, gains
        (criteria), shift (share of the weight); all but the outcome are missing where no
        admissible shift between two criteria turns it.
    """
    low, high, applies = intervals(rated)
    criteria = list(low.columns)
    middle = method.centre.weights[0]
    rows, limits = weight_constraints(criteria, method.at_least, method.bounds)
    pairs = [
        (shift, one, other)
        for one in range(len(criteria))
        for other in range(len(criteria))
        if one != other
        for shift in np.round(np.arange(STEP, middle[one], STEP), 2)
    ]
    tried = np.repeat(middle[None], len(pairs) + 1, axis=0)
    for number, (shift, one, other) in enumerate(pairs, start=1):
        tried[number, one] -= shift
        tried[number, other] += shift
    allowed = np.logical_and.reduce(tried @ rows.T <= limits + TOLERANCE, axis=1)
    allowed[0] = True
    tried = tried[allowed]
    pairs = [(0.0, 0, 0), *(pairs[number - 1] for number in np.flatnonzero(allowed)[1:])]
    given = chances(method.given(low, high, applies))
    each = Coalitions(tried, method.centre.threshold, len(tried))
    shares, known = by_level(each.reached(given)), method.known(low, high, applies, tried)
    found = {}
    for network, own, much in zip(low.index, shares, known, strict=True):
        told = settled(pd.DataFrame(own.T, columns=method.levels), known=much)
        before = told.loc[0, "outcome"]
        left = own[method.column(told.loc[0, "frequent"])]
        found[network] = {"outcome": before}
        turned = np.flatnonzero(told["outcome"] != before)
        if len(turned):
            of = [(pairs[one][0], left[one].round(12), one) for one in turned]
            shift, _, first = min(of)
            _, one, other = pairs[first]
            found[network] |= {"becomes": told.loc[first, "outcome"], "loses": criteria[one]}
            found[network] |= {"gains": criteria[other], "shift": float(shift)}
    columns = ["outcome", "becomes", "loses", "gains", "shift"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns)


def variation(rated: pd.DataFrame, method: Method) -> pd.DataFrame:
    """How much of what varies in each outcome comes of the weights, the threshold, the ratings?

    What varies is whether the most frequent level comes out, over admissible weights, thresholds
    and open ratings. Its variance has a part that the weights alone explain, one that the
    threshold alone explains, and one that only these two together do; what is left involves the
    ratings, alone or with the others.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    method : Method
        Of its draws of the weights the first `VARIED` are used, and thresholds in steps of
        `STEP`.

    Returns
    -------
    DataFrame
        By network: ratings (all that involves them), threshold, weights (each alone): shares of
        the variance, from 0 to 1; all missing where nothing varies, since the same level
        comes out throughout.

    References
    ----------
    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. *Computer
    Physics Communications* 181(2), 259-270. (First-order and total effects.)
    """
    low, high, applies = intervals(rated)
    given, (least, most) = chances(method.given(low, high, applies)), method.threshold
    weights = method.coalitions.weights[:VARIED]
    limits = np.linspace(least, most, round((most - least) / STEP) + 1)
    shares = np.stack(
        [
            by_level(Coalitions(weights, (limit, limit), len(weights)).reached(given))
            for limit in limits
        ],
        axis=-1,
    )  # networks x levels x weights x thresholds
    even = np.full(len(limits), 1.0)  # all thresholds between the ends count alike
    even[[0, -1]] = 0.5 if len(limits) > 1 else 1.0
    even /= even.sum()
    frequent = (shares @ even).mean(axis=2).argmax(axis=1)
    own = shares[np.arange(len(low)), frequent]
    mean = (own @ even).mean(axis=1)
    whole = mean * (1 - mean)
    by_weights = (own @ even).var(axis=1)
    by_threshold = ((own.mean(axis=1) - mean[:, None]) ** 2) @ even
    by_both = ((own - mean[:, None, None]) ** 2).mean(axis=1) @ even
    parts = {"ratings": whole - by_both, "threshold": by_threshold, "weights": by_weights}
    found = pd.DataFrame(parts, low.index)
    return found.div(pd.Series(whole, low.index).where(whole > TOLERANCE), axis=0).clip(0, 1)


def vetoes_alone(rated: pd.DataFrame, checks: pd.DataFrame, method: Method) -> pd.DataFrame:
    """The shares of the levels, were nothing known but the ratings by which a veto applies.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    checks : DataFrame
        From `netanalysis.scoring.engagement.checks`.
    method : Method

    Returns
    -------
    DataFrame, networks x levels
    """
    low, high, applies = intervals(rated)
    barring = checks[checks["veto"] == "yes"]
    bars = pd.crosstab(barring["network"], barring["criterion"]).reindex_like(low) > 0
    least, most = float(min(method.scale)), float(max(method.scale))
    ends = low.where(bars, least), high.where(bars, most)
    return method.shares_and_errors(*ends, applies, method.coalitions.whole)[0]


def left_out(
    statements: pd.DataFrame, networks: pd.DataFrame, criteria: pd.DataFrame, method: Method
) -> pd.DataFrame:
    """Each outcome without one statement or one criterion.

    Parameters
    ----------
    statements, networks, criteria : DataFrame
        Tables of a case.
    method : Method
        Without a criterion the rest carry its weight in proportion.

    Returns
    -------
    DataFrame
        A row per network and thing left out of it: kind ("statement" or "criterion"), left_out,
        network, outcome, share of the most frequent level, at_limit (whether other draws of the
        weights might give another outcome); before: the outcome with everything in.
    """
    ends = intervals(rate(statements, networks, criteria))
    low = ends[0]
    pairs = pd.MultiIndex.from_product([low.index, low.columns], names=["network", "left_out"])
    without, less = without_each(statements, statements["statement"], ends)
    told = [
        low.index.to_frame(name="network").assign(kind="", left_out=""),
        without.assign(kind="statement"),
        pairs.to_frame().assign(kind="criterion"),
    ]
    rest = [end.loc[pairs.get_level_values("network")] for end in ends]
    rest[2] = rest[2] & (pairs.get_level_values(1).to_numpy()[:, None] != low.columns.to_numpy())
    table = pd.concat(told, ignore_index=True)
    whole, lesser, asides = (
        [frame.reset_index(drop=True) for frame in some] for some in (ends, less, rest)
    )
    each = [pd.concat(some, ignore_index=True) for some in zip(whole, lesser, asides, strict=True)]
    judged = each[2].any(axis=1)  # a network that only this criterion applies to has no outcome
    least, most, used = (frame[judged] for frame in each)
    shares, errors = method.shares_and_errors(least, most, used, method.coalitions)
    known = method.known(least, most, used)
    after = settled(shares, errors, known)
    at_limit = near(shares.to_numpy(), errors.to_numpy(), [LEANS]).any(axis=1)
    after["at_limit"] = at_limit & (known >= ENOUGH - TOLERANCE)
    table = table.join(after[["outcome", "share", "at_limit"]], how="inner")
    before = table[table["kind"] == ""].set_index("network")["outcome"]
    order = table["network"].map({name: number for number, name in enumerate(low.index)})
    table = table.loc[order.sort_values(kind="stable").index]
    table = table[table["kind"] != ""].reset_index(drop=True)
    columns = ["kind", "left_out", "network", "outcome", "share", "at_limit"]
    return table[columns].assign(before=table["network"].map(before))


def without_each(
    statements: pd.DataFrame, parts: pd.Series, ends: tuple[pd.DataFrame, ...]
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The ratings of each network without each part of what is said of it.

    Parameters
    ----------
    statements : DataFrame
        As for `netanalysis.scoring.ratings.rate`.
    parts : Series
        Of which part each statement is; as long as the statements.
    ends : tuple of DataFrame, networks x criteria
        From `netanalysis.scoring.ratings.intervals`: low, high, applies, with everything in.

    Returns
    -------
    (DataFrame, list of DataFrame)
        A row per network and part: network, left_out; and the ends in the same rows.
    """
    criteria = ends[0].columns
    said = statements.assign(left_out=parts.to_numpy())
    said = said[said["network"].isin(ends[0].index)]
    variants = said[["network", "left_out"]].drop_duplicates(ignore_index=True)
    cells = said[["network", "criterion", "left_out"]].drop_duplicates()
    cells = cells.merge(variants.reset_index(names="variant"), on=["network", "left_out"])
    rest = cells.merge(said, on=["network", "criterion"], suffixes=("", "_own"))
    rest = rest[rest["left_out"] != rest["left_out_own"]]
    rest = rest.assign(network=rest["variant"].astype(str))
    again = intervals(rate(rest, map(str, variants.index), criteria))
    row, column = cells["variant"].to_numpy(), criteria.get_indexer(cells["criterion"])
    found = []
    for end, other in zip(ends, again, strict=True):
        values = end.loc[variants["network"]].to_numpy(copy=True)
        values[row, column] = other.to_numpy()[row, column]
        found.append(pd.DataFrame(values, variants.index, criteria))
    return variants, found
