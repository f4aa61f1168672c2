"""Would other weights, another threshold or less evidence turn an outcome?

Every variant is scored anew with the same draws, so that what differs is the variant.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.draws import Cells, Draws, by_level, reached
from netanalysis.scoring.engagement import settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals, rate
from netanalysis.scoring.validation import TOLERANCE
from netanalysis.scoring.weights import weight_constraints

__all__ = ["left_out", "thresholds", "weight_shifts"]

STEP = 0.01  # shifts of weight and thresholds are tried in whole percentage points
AT_ONCE = 48  # shifts that are tried before one looks whether one of them turned the outcome


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
    given, blocks = method.cells(low, high, applies), list(method.blocks())
    runs: dict[str, list[list[object]]] = {str(network): [] for network in low.index}
    for limit in np.round(np.arange(0.5, 1 + STEP / 2, STEP), 2):
        fixed = [
            replace(block, limits=np.full_like(block.limits, limit - TOLERANCE)) for block in blocks
        ]
        reaching, _, draws = reached(given, fixed)
        share = pd.DataFrame(by_level(reaching, draws), low.index, method.levels)
        outcome = settled(share)["outcome"]
        for network, level in outcome.items():
            own = runs[str(network)]
            if own and own[-1][2] == level:
                own[-1][1] = limit
            else:
                own.append([limit, limit, level])
    rows = [(network, *run) for network, own in runs.items() for run in own]
    return pd.DataFrame(rows, columns=["network", "low", "high", "outcome"])


def weight_shifts(rated: pd.DataFrame, method: Method) -> pd.DataFrame:
    """The smallest shift of weight from one criterion to another that turns each outcome.

    Starts from the mean of the admissible weights, so that what is drawn is the threshold and
    the missing ratings alone. Only shifts that keep the weights admissible are tried.

    Parameters
    ----------
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    method : Method

    Returns
    -------
    DataFrame
        By network: outcome (at the mean weights: a level or "open"), becomes, loses, gains
        (criteria), shift (share of the weight); all but the outcome are missing where no
        admissible shift between two criteria turns it.
    """
    low, high, applies = intervals(rated)
    criteria = list(low.columns)
    blocks = list(method.blocks())
    weights = np.concatenate([block.weights for block in blocks], axis=1)
    middle = weights.mean(axis=1)
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
    order = np.argsort([0.0, *(shift for shift, *_ in pairs)], kind="stable")
    order = order[allowed[order]]
    found = {}
    for network in low.index:
        given = method.cells(low.loc[[network]], high.loc[[network]], applies.loc[[network]])
        entry: dict[str, object] = {}
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            share = pd.DataFrame(_at_weights(tried[some], given, blocks), columns=method.levels)
            outcome = settled(share)["outcome"]
            entry.setdefault("outcome", outcome[0])
            turned = np.flatnonzero(outcome != entry["outcome"])
            if len(turned):
                shift, one, other = pairs[some[turned[0]] - 1]
                entry |= {"becomes": outcome[turned[0]], "loses": criteria[one]}
                entry |= {"gains": criteria[other], "shift": float(shift)}
                break
        found[network] = entry
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
    by_network = dict(list(statements.groupby("network", sort=False)))
    nothing = statements.iloc[:0]
    variants = []  # what is left out, of which network, and the statements that remain
    for network in networks["network"]:
        own = by_network.get(network, nothing)
        variants.append(("", "", network, own))
        for column in ("statement", "coder"):
            for name in own[column].unique():
                variants.append((column, name, network, own[own[column] != name]))
        variants += [("criterion", name, network, own) for name in criteria["criterion"]]
    rest = pd.concat([own.assign(network=str(number)) for number, (*_, own) in enumerate(variants)])
    rated = rate(rest, map(str, range(len(variants))), criteria)
    low, high, applies = (frame.reset_index(drop=True) for frame in intervals(rated))
    for number, (kind, name, *_) in enumerate(variants):
        if kind == "criterion":
            applies.loc[number, name] = False
    judged = applies.any(axis=1)  # a network that only this criterion applies to has no outcome
    told = pd.DataFrame([row[:3] for row in variants], columns=["kind", "left_out", "network"])
    after = settled(method.shares(low[judged], high[judged], applies[judged]))
    table = told.join(after[["outcome", "share"]], how="inner")
    before = table[table["kind"] == ""].set_index("network")
    table = table[table["kind"] != ""].reset_index(drop=True)
    return table.assign(before=table["network"].map(before["outcome"]))


def _at_weights(
    tried: NDArray[np.float64], given: Cells, blocks: Sequence[Draws]
) -> NDArray[np.float64]:
    """The share of the draws that gives one network each level, by vector of weights."""
    criterion = given.criterion
    reaching = np.zeros((len(given.certain), len(tried)), dtype=np.int64)
    whole = tried @ given.applies[0]
    weight = tried / whole[:, None]  # the rest carry the weight of what does not apply
    for block in blocks:
        place = block.places[criterion]
        for level, certain in enumerate(given.certain):
            if given.barred[level, 0]:
                continue
            met = (place >= given.misses[level][:, None]).astype(float)
            gained = (weight @ certain[0])[:, None] + weight[:, criterion] @ met
            ok = gained >= block.limits
            ok &= ~(place < given.bars[level][:, None]).any(axis=0)
            reaching[level] += np.count_nonzero(ok, axis=1)
    return by_level(reaching, sum(len(block.limits) for block in blocks))
