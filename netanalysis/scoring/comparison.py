"""Why did an outcome change from one evaluation to the next?

Four things can have changed: the evidence (ratings), the weights (bounds and order statements),
the demands (with vetoes and the direction of each criterion) and the method (threshold). Each is
put from the earlier to the later state in every order, and its share in the change is the mean of
what it does over all orders: its Shapley value. What did not change has no share, and the shares
add up to the whole change.

A criterion of only one of the evaluations has no weight, no demand and no evidence in the other
one. That it came or went so counts as a change of weights, of demands and of evidence, each with
what it does. The number of draws and the seed are the same throughout and cause nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.coalitions import Coalitions
from netanalysis.scoring.engagement import LEVELS, OPEN, settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals
from netanalysis.scoring.sorting import LOWEST
from netanalysis.scoring.validation import TOLERANCE, checked_threshold, refuse
from netanalysis.scoring.weights import centre, sample_weights

__all__ = ["COMPONENTS", "DIFFERING", "compare", "side_by_side"]

COMPONENTS = ("evidence", "weights", "demands", "method")
DIFFERING = ("today", "outcome", "firm", "possible", "share")  # what can differ of a network
BEYOND_CHANCE = 2  # standard errors by which two shares differ that other draws would tell apart
Chosen = frozenset[str]  # the components that stand in their later state


@dataclass(frozen=True)
class _State:
    """One evaluation, with the criteria of both.

    Attributes
    ----------
    low, high, applies : DataFrame, networks x criteria
    how : Method
        Demands of the criteria of both; weights of its own criteria only.
    weighed : list of str
        Its own criteria, in their order.
    """

    low: pd.DataFrame
    high: pd.DataFrame
    applies: pd.DataFrame
    how: Method
    weighed: list[str]


def compare(
    earlier: pd.DataFrame, how_then: Method, later: pd.DataFrame, how_now: Method
) -> pd.DataFrame:
    """Which outcomes changed from one evaluation to the next, and what caused it.

    Parameters
    ----------
    earlier, later : DataFrame
        Ratings of each evaluation, from `netanalysis.scoring.ratings.rate`.
    how_then, how_now : Method
        Number of draws and seed of ``how_now`` serve both.

    Returns
    -------
    DataFrame
        By network that both have, in the order of the later one:

        - before, after: outcomes, a level or "open"; firm_before, firm: how firm they are
        - close: whether the share of either lies so near to a limit that other draws might give
          another word
        - changed: whether the outcomes differ
        - level: the level whose share is followed, the later outcome, or where that
          is open the earlier one; missing where nothing changed, as is all that follows
        - share_before, share: its shares
        - evidence, weights, demands, method: share of each in the change, summing to 1; below 0
          where it worked against the change; all 0 where the share is as before and only how much
          is known is another
        - enough: the fewest components that together turn the earlier outcome into another one:
          tuple of every (components, outcome that they give) with so few

    Raises
    ------
    DataError
        If no network is in both; else as `netanalysis.scoring.method.Method.judge`.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games* II,
    307-317. Princeton University Press.
    """
    networks = [name for name in later.index.unique("network") if name in earlier.index]
    criteria = list(dict.fromkeys([*how_now.demands.columns, *how_then.demands.columns]))
    if not networks:
        raise refuse("score_nothing", table="networks in both")
    then = _state(earlier, how_then, networks, criteria)
    now = _state(later, how_now, networks, criteria)
    parts = [name for name in COMPONENTS if _differs(name, then, now)]
    shares, outcomes = {}, {}
    for chosen, share, error, known in _evaluations(then, now, parts):
        shares[chosen], outcomes[chosen] = share, settled(share, error, known)
    ends = [outcomes[one] for one in (frozenset(), frozenset(parts))]
    turned = {chosen: told["outcome"] for chosen, told in outcomes.items()}
    rows = {}
    for network in networks:
        before, after = (end.loc[network] for end in ends)
        rows[network] = {
            "before": before["outcome"],
            "after": after["outcome"],
            "firm_before": before["firm"],
            "firm": after["firm"],
            "close": bool(before["close"] or after["close"]),
            "changed": before["outcome"] != after["outcome"],
            **_causes(network, before["outcome"], after["outcome"], parts, shares, turned),
        }
    columns = ["before", "after", "firm_before", "firm", "close", "changed", "level"]
    columns += ["share_before", "share", *COMPONENTS, "enough"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return found.rename_axis("network").astype({"level": "str"})


def side_by_side(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """What each evaluation gives each network, and in what the two differ.

    Parameters
    ----------
    earlier, later : DataFrame
        By network: today and possible (tuples of levels), outcome, firm, frequent, share (of the
        most frequent level) and error (its standard error). Of a network without evidence
        possible is empty, and frequent, share and error are missing.

    Returns
    -------
    DataFrame
        By network of either, those of the later one first: the columns of both, the earlier ones'
        names ending in ``_before``; and

        - among: "both", "later" or "earlier", the evaluations that have it
        - differs: tuple of those of `DIFFERING` that are others; of a share so only where another
          level is the most frequent, or where it differs by more than `BEYOND_CHANCE` standard
          errors. Empty for a network of one evaluation only.

    Examples
    --------
    >>> then = pd.DataFrame({"today": [("lead",)], "possible": [("follow",)], "outcome": "follow",
    ...     "firm": "holds", "frequent": "follow", "share": 1.0, "error": 0.0}, ["uclg"])
    >>> now = then.assign(possible=[("follow", "lead")], share=0.95, error=0.005)
    >>> side_by_side(then, now).loc["uclg", "differs"]
    ('possible', 'share')
    """
    names = [*later.index, *(name for name in earlier.index if name not in later.index)]
    both = later.reindex(names).join(earlier.reindex(names).add_suffix("_before"))
    among = ["both" if name in later.index and name in earlier.index
             else "later" if name in later.index else "earlier" for name in names]  # fmt: skip
    differs = [
        _differing(row) if side == "both" else ()
        for (_, row), side in zip(both.iterrows(), among, strict=True)
    ]
    return both.assign(among=among, differs=pd.Series(differs, both.index, dtype=object))


def _differing(row: pd.Series) -> tuple[str, ...]:
    def differs(name: str) -> bool:
        before, after = row[f"{name}_before"], row[name]
        if isinstance(after, tuple):
            return bool(before != after)
        if pd.isna(before) or pd.isna(after):
            return bool(pd.isna(before) != pd.isna(after))
        if name != "share":
            return bool(before != after)
        error = BEYOND_CHANCE * np.hypot(row["error_before"], row["error"])
        apart = abs(before - after) > max(error, TOLERANCE)
        return bool(row["frequent_before"] != row["frequent"] or apart)

    return tuple(name for name in DIFFERING if differs(name))


def _causes(
    network: str,
    before: str,
    after: str,
    parts: Sequence[str],
    shares: Mapping[Chosen, pd.DataFrame],
    turned: Mapping[Chosen, pd.Series],
) -> dict[str, object]:
    """What made the outcome of one network change; nothing where it did not."""
    if before == after:
        return {"enough": ()}
    level = before if after == OPEN else after
    column = LOWEST if level == LEVELS[0] else level
    value = {chosen: float(share.loc[network, column]) for chosen, share in shares.items()}
    change = value[frozenset(parts)] - value[frozenset()]
    caused = dict.fromkeys(COMPONENTS, 0.0)
    if abs(change) > TOLERANCE:  # else only how much is known is another
        caused |= {name: part / change for name, part in _shapley(parts, value).items()}
    turns = [
        (tuple(name for name in COMPONENTS if name in chosen), outcome[network])
        for chosen, outcome in turned.items()
        if outcome[network] != before
    ]
    fewest = min(len(some) for some, _ in turns)
    return {
        "level": level,
        "share_before": value[frozenset()],
        "share": value[frozenset(parts)],
        **caused,
        "enough": tuple(sorted((one for one in turns if len(one[0]) == fewest), key=_in_order)),
    }


def _in_order(turn: tuple[Sequence[str], str]) -> list[int]:
    return [COMPONENTS.index(name) for name in turn[0]]


def _shapley(parts: Sequence[str], value: Mapping[Chosen, float]) -> dict[str, float]:
    """Mean over all orders of what each part adds when it comes in."""
    number = len(parts)
    found = dict.fromkeys(parts, 0.0)
    for name in parts:
        others = [other for other in parts if other != name]
        for size in range(number):
            orders = factorial(size) * factorial(number - size - 1) / factorial(number)
            for before in map(frozenset, combinations(others, size)):
                found[name] += orders * (value[before | {name}] - value[before])
    return found


def _evaluations(
    then: _State, now: _State, parts: Sequence[str]
) -> Iterator[tuple[Chosen, pd.DataFrame, pd.DataFrame, NDArray[np.float64]]]:
    """Shares of the levels, their errors and what is known, for every choice of components.

    What is chosen stands in its later state.

    Those with the same weights and thresholds are judged with the same draws.
    """
    drawn = [name for name in parts if name in ("weights", "method")]
    rest = [name for name in parts if name not in drawn]
    for new in product((False, True), repeat=len(drawn)):
        first = {name for name, is_new in zip(drawn, new, strict=True) if is_new}
        # what has not changed is taken from the later one, so that both are drawn alike
        weights = now if "weights" in first or "weights" not in parts else then
        threshold = (now if "method" in first or "method" not in parts else then).how.threshold
        coalitions, middle = _coalitions(weights, threshold, now.how), _centre(weights)
        for more in (some for size in range(len(rest) + 1) for some in combinations(rest, size)):
            rated = now if "evidence" in more or "evidence" not in parts else then
            asked = now if "demands" in more or "demands" not in parts else then
            ends = rated.how.judgeable(rated.low, rated.high, rated.applies, weights.weighed)
            found = asked.how.shares_and_errors(*ends, coalitions)
            yield frozenset(first | set(more)), *found, asked.how.known(*ends, middle)


def _coalitions(state: _State, threshold: tuple[float, float], drawn: Method) -> Coalitions:
    """The weights of a state; criteria that it does not weigh weigh nothing."""
    criteria, how = list(state.low.columns), state.how
    rng = np.random.default_rng(drawn.seed)
    weights = np.zeros((drawn.draws, len(criteria)))
    own = [criteria.index(name) for name in state.weighed]
    weights[:, own] = sample_weights(state.weighed, drawn.draws, rng, how.at_least, how.bounds)
    return Coalitions(weights, checked_threshold(threshold))


def _centre(state: _State) -> NDArray[np.float64]:
    """The centre of the admissible weights of a state; criteria that it does not weigh have 0."""
    middle = pd.Series(centre(state.weighed, state.how.at_least, state.how.bounds), state.weighed)
    return np.asarray(middle.reindex(state.low.columns, fill_value=0.0))


def _state(
    rated: pd.DataFrame, how: Method, networks: Sequence[str], criteria: Sequence[str]
) -> _State:
    """An evaluation with criteria that it does not have: unknown there, and asked for nothing."""
    low, high, applies = (frame.loc[list(networks)] for frame in intervals(rated))
    least, most = float(min(how.scale)), float(max(how.scale))
    given = dict(how.objectives)
    objectives = {name: str(given.get(name, "max")) for name in criteria}
    asked = how.demands.reindex(columns=criteria, fill_value=least)
    wide = replace(
        how, demands=asked, vetoes=how.vetoes.reindex(columns=criteria), objectives=objectives
    )
    return _State(
        low.reindex(columns=criteria, fill_value=least),
        high.reindex(columns=criteria, fill_value=most),
        applies.reindex(columns=criteria, fill_value=True),
        wide,
        list(how.demands.columns),
    )


def _differs(name: str, then: _State, now: _State) -> bool:
    """Whether a component is another one than before."""
    if name == "evidence":
        ends = ("low", "high", "applies")
        return not all(getattr(then, end).equals(getattr(now, end)) for end in ends)
    if name == "weights":
        return _weights(then) != _weights(now)
    if name == "demands":
        same = then.how.demands.equals(now.how.demands) and then.how.vetoes.equals(now.how.vetoes)
        return not same or then.how.objectives != now.how.objectives
    return then.how.threshold != now.how.threshold


def _weights(state: _State) -> tuple[dict[str, tuple[float, float]], set[tuple[str, str]]]:
    bounds = dict.fromkeys(state.weighed, (0.0, 1.0)) | dict(state.how.bounds or {})
    return bounds, {(one, other) for one, other in state.how.at_least if one != other}
