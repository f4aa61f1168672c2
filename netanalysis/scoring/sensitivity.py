"""Would other weights, another threshold or less evidence turn an outcome?

Every variant is scored anew over the same weights, so that what differs is the variant.
"""

from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.chances import chances
from netanalysis.scoring.coalitions import Coalitions, by_level
from netanalysis.scoring.engagement import settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals, rate
from netanalysis.scoring.validation import TOLERANCE
from netanalysis.scoring.weights import weight_constraints

__all__ = ["left_out", "thresholds", "weight_shifts"]

Floats = NDArray[np.float64]
STEP = 0.01  # shifts of weight and thresholds are tried in whole percentage points


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
    given = chances(method.given(low, high, applies))
    limits = np.round(np.arange(0.5, 1 + STEP / 2, STEP), 2)
    shares = by_level(method.coalitions.reached_at(given, limits))
    rows = []
    for network, own in zip(low.index, shares, strict=True):
        outcomes = settled(pd.DataFrame(own.T, limits, method.levels))["outcome"]
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
    found = {}
    for network, own in zip(low.index, by_level(each.reached(given)), strict=True):
        told = settled(pd.DataFrame(own.T, columns=method.levels))
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


def left_out(
    statements: pd.DataFrame, networks: pd.DataFrame, criteria: pd.DataFrame, method: Method
) -> pd.DataFrame:
    """Each outcome without one statement, one coder or one criterion.

    Parameters
    ----------
    statements, networks, criteria : DataFrame
        Tables of a case.
    method : Method
        Without a criterion the rest carry its weight in proportion.

    Returns
    -------
    DataFrame
        A row per network and thing left out of it: kind ("statement", "coder" or "criterion"),
        left_out, network, outcome, share of the most frequent level; before: the outcome with
        everything in.
    """
    rated = rate(statements, networks, criteria)
    low, high, applies = intervals(rated)
    known = statements[statements["network"].isin(low.index)].reset_index(drop=True)
    coders = known[["network", "coder"]].drop_duplicates()
    pairs = pd.MultiIndex.from_product([low.index, low.columns])
    left = {
        "": pd.DataFrame({"network": low.index, "left_out": ""}),
        "statement": known[["network", "statement"]].set_axis(["network", "left_out"], axis=1),
        "coder": coders.set_axis(["network", "left_out"], axis=1),
        "criterion": pairs.to_frame(index=False, name=["network", "left_out"]),
    }
    told = pd.concat([rows.assign(kind=kind) for kind, rows in left.items()], ignore_index=True)
    ends = [frame.loc[told["network"]].reset_index(drop=True) for frame in (low, high, applies)]
    place = {kind: told.index[told["kind"] == kind].to_numpy() for kind in left}

    without = _without_each(known, low.columns)
    column = low.columns.get_indexer(known["criterion"])
    for end, again in zip(ends, intervals(without), strict=True):
        values = end.to_numpy(copy=True)
        values[place["statement"], column] = again.to_numpy()[np.arange(len(known)), column]
        end.loc[:, :] = values
    for coder in coders["coder"].unique():
        again = rate(known[known["coder"] != coder], low.index, low.columns)
        own = place["coder"][coders["coder"] == coder]
        for end, frame in zip(ends, intervals(again), strict=True):
            end.loc[own] = frame.loc[told.loc[own, "network"]].to_numpy()
    for name in low.columns:
        own = place["criterion"][pairs.get_level_values(1) == name]
        ends[2].loc[own, name] = False

    judged = ends[2].any(axis=1)  # a network that only this criterion applies to has no outcome
    after = settled(method.shares(*(end[judged] for end in ends)))
    table = told[["kind", "left_out", "network"]].join(after[["outcome", "share"]], how="inner")
    before = table[table["kind"] == ""].set_index("network")["outcome"]
    order = table["network"].map({name: number for number, name in enumerate(low.index)})
    table = table.loc[order.sort_values(kind="stable").index]
    table = table[table["kind"] != ""].reset_index(drop=True)
    return table.assign(before=table["network"].map(before))


def _without_each(statements: pd.DataFrame, criteria: pd.Index) -> pd.DataFrame:
    """The rating of each statement's own cell without it; other cells are as without evidence.

    Indexed as from `rate`, with the statements' numbers in the place of networks.
    """
    cells = statements[["network", "criterion"]].assign(left=statements.index)
    rest = cells.merge(statements, on=["network", "criterion"])
    own = statements["statement"].to_numpy()[rest["left"]]
    rest = rest[rest["statement"] != own]
    return rate(rest.assign(network=rest["left"].astype(str)), map(str, statements.index), criteria)
