"""Which level do ratings reach when a majority of the weight must meet its demands?

Majority-rule sorting with veto (MR-Sort). An alternative reaches a level when the criteria on
which it meets that level's demands hold enough of the weight and no veto stands against it.

References
----------
Bouyssou, D. & Marchant, T. (2007). An axiomatic approach to noncompensatory sorting methods in
MCDM, II. *European Journal of Operational Research* 178(1), 246-276.

Leroy, A., Mousseau, V. & Pirlot, M. (2011). Learning the parameters of a multiple criteria
sorting method. *Algorithmic Decision Theory*, LNAI 6992, 219-233.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = [
    "LOWEST",
    "TOLERANCE",
    "check_demands",
    "equal_weights",
    "in_one_direction",
    "mr_sort",
    "mr_sort_range",
    "profiles",
    "support",
    "worst_and_best",
]

LOWEST = "lowest"
TOLERANCE = 1e-9

Weights: TypeAlias = Mapping[str, float] | pd.Series | Sequence[float]
Objectives: TypeAlias = Mapping[str, str] | pd.Series


def mr_sort(
    performance: pd.DataFrame,
    demands: pd.DataFrame,
    weights: Weights,
    threshold: float,
    vetoes: pd.DataFrame | None = None,
    objectives: Objectives | None = None,
) -> pd.Series:
    """The highest level that each alternative reaches.

    Parameters
    ----------
    performance : DataFrame, alternatives x criteria
        Exact numbers.
    demands : DataFrame, levels x criteria
        From the second-lowest level up; the row names are the levels. A higher level never
        asks for less.
    weights : mapping of criterion to weight, Series, or numbers in the order of the demands
        Not negative.
    threshold : float
        Weight that must meet the demands, in the unit of the weights: from half their sum to
        all of it. Sums are compared with a tolerance of 1e-9.
    vetoes : DataFrame, levels x criteria, optional
        NaN where there is none. A performance at least as bad as the veto bars that level and
        every higher one. A veto is worse than its demand.
    objectives : mapping of criterion to "max" or "min", optional
        "max" where not given.

    Returns
    -------
    Series
        Alternative to level name, or `LOWEST`.

    Raises
    ------
    ValueError
        For NaN in performance or demands, criteria that do not match, demands that are not
        nested, a veto not worse than its demand, a threshold or a weight out of range.

    Examples
    --------
    The example of the R package MCDA: price and time to be kept low, comfort high.

    >>> trips = pd.DataFrame({"price": [1, 2], "time": [10, 20], "comfort": [1, 0]},
    ...                      index=["RER", "METRO2"])
    >>> demands = pd.DataFrame({"price": [7, 3], "time": [25, 11], "comfort": [2, 3]},
    ...                        index=["Medium", "Good"])
    >>> vetoes = pd.DataFrame({"comfort": [0]}, index=["Medium"])
    >>> mr_sort(trips, demands, {"price": 1, "time": 3, "comfort": 2}, 3, vetoes,
    ...         {"price": "min", "time": "min"}).to_dict()
    {'RER': 'Good', 'METRO2': 'lowest'}
    """
    table = support(performance, demands, weights, threshold, vetoes, objectives)
    reached = table["weight_met"].ge(threshold - TOLERANCE) & ~table["barred"]
    grid = reached.unstack("level").reindex(index=performance.index, columns=demands.index)
    names = np.array([LOWEST, *demands.index], dtype=object)
    ranks = np.where(grid.to_numpy(), np.arange(1, len(demands) + 1), 0).max(axis=1, initial=0)
    return pd.Series(names[ranks], index=performance.index, name="level")


def mr_sort_range(
    low: pd.DataFrame,
    high: pd.DataFrame,
    demands: pd.DataFrame,
    weights: Weights,
    threshold: float,
    vetoes: pd.DataFrame | None = None,
    objectives: Objectives | None = None,
) -> pd.DataFrame:
    """The level of each alternative at its worst and at its best values.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
        Ends of each interval. NaN is refused: give the whole scale where nothing is known.
    demands, weights, threshold, vetoes, objectives
        As for `mr_sort`.

    Returns
    -------
    DataFrame
        By alternative: worst, best (level names or `LOWEST`).

    Raises
    ------
    ValueError
        As `mr_sort`, and for a low above its high.
    """
    at_worst, at_best = worst_and_best(low, high, objectives)
    rest = (demands, weights, threshold, vetoes, objectives)
    return pd.DataFrame({"worst": mr_sort(at_worst, *rest), "best": mr_sort(at_best, *rest)})


def support(
    performance: pd.DataFrame,
    demands: pd.DataFrame,
    weights: Weights,
    threshold: float,
    vetoes: pd.DataFrame | None = None,
    objectives: Objectives | None = None,
) -> pd.DataFrame:
    """The calculation behind `mr_sort`, so that it can be followed by hand.

    Parameters
    ----------
    performance, demands, weights, threshold, vetoes, objectives
        As for `mr_sort`.

    Returns
    -------
    DataFrame
        Indexed by (alternative, level); weight_met is the weight of the criteria that meet
        the level's demands, barred says whether a veto of this or a lower level applies.

    Raises
    ------
    ValueError
        As `mr_sort`.
    """
    criteria = list(demands.columns)
    _same_criteria("performance", performance.columns, criteria)
    _no_nan("performance", performance)
    _no_nan("demands", demands)
    weight = _weights(weights, criteria)
    total = weight.sum()
    if not total / 2 - TOLERANCE <= threshold <= total + TOLERANCE:
        raise ValueError(
            f"threshold {threshold} is outside {total / 2:g} to {total:g}, "
            "half the sum of the weights to all of it"
        )
    sign = _signs(objectives, criteria)
    values = performance[criteria].to_numpy(dtype=float) * sign
    asked = demands.to_numpy(dtype=float) * sign
    if (np.diff(asked, axis=0) < 0).any():
        raise ValueError(
            "demands are not nested: from the second-lowest level up, no level may ask for "
            "less than the one below it"
        )
    barring = _veto_values(vetoes, demands, sign)
    if (barring >= asked).any():
        row, column = np.argwhere(barring >= asked)[0]
        raise ValueError(
            f"the veto of {demands.index[row]} on {criteria[column]} is not worse than its demand"
        )
    met = (values[:, None, :] >= asked) @ weight
    vetoed = (values[:, None, :] <= barring).any(axis=2)
    index = pd.MultiIndex.from_product(
        [performance.index, demands.index], names=["alternative", "level"]
    )
    barred = np.logical_or.accumulate(vetoed, axis=1)
    return pd.DataFrame({"weight_met": met.ravel(), "barred": barred.ravel()}, index=index)


def check_demands(
    low: pd.DataFrame,
    high: pd.DataFrame,
    demands: pd.DataFrame,
    vetoes: pd.DataFrame | None = None,
    objectives: Objectives | None = None,
) -> pd.DataFrame:
    """Each interval held against each level's demand and veto.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
        Ends of each interval, no NaN.
    demands, vetoes, objectives
        As for `mr_sort`.

    Returns
    -------
    DataFrame
        Indexed by (alternative, level, criterion): demand; met and veto, each "yes", "no" or,
        where the interval leaves it open, "open".

    Raises
    ------
    ValueError
        As `worst_and_best`.
    """
    criteria = list(demands.columns)
    _same_criteria("low", low.columns, criteria)
    _no_nan("demands", demands)
    worst, best = worst_and_best(low[criteria], high[criteria], objectives)
    sign = _signs(objectives, criteria)
    asked, barring = demands.to_numpy(dtype=float) * sign, _veto_values(vetoes, demands, sign)
    ends = [frame.to_numpy(dtype=float)[:, None, :] * sign for frame in (worst, best)]

    def answer(certain: Any, possible: Any) -> Any:
        return np.where(certain, "yes", np.where(possible, "open", "no")).ravel()

    index = pd.MultiIndex.from_product(
        [low.index, demands.index, criteria], names=["alternative", "level", "criterion"]
    )
    met = answer(ends[0] >= asked, ends[1] >= asked)
    veto = answer(ends[1] <= barring, ends[0] <= barring)
    demand = np.tile(demands.to_numpy(dtype=float).ravel(), len(low))
    return pd.DataFrame({"demand": demand, "met": met, "veto": veto}, index=index)


def worst_and_best(
    low: pd.DataFrame, high: pd.DataFrame, objectives: Objectives | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The worst and the best end of every interval.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
        Ends of each interval, no NaN.
    objectives : mapping of criterion to "max" or "min", optional
        "max" where not given.

    Returns
    -------
    (DataFrame, DataFrame)
        Worst and best values, shaped as low.

    Raises
    ------
    ValueError
        For NaN, a low above its high, or tables that do not match.
    """
    criteria = list(low.columns)
    _same_criteria("high", high.columns, criteria)
    if list(high.index) != list(low.index):
        raise ValueError("low and high do not have the same alternatives in the same order")
    high = high[criteria]
    _no_nan("low", low)
    _no_nan("high", high)
    if (low > high).to_numpy().any():
        row, column = np.argwhere((low > high).to_numpy())[0]
        raise ValueError(f"low above high: {low.index[row]}, {criteria[column]}")
    smaller = [
        c for c, sign in zip(criteria, _signs(objectives, criteria), strict=True) if sign < 0
    ]
    worst, best = low.copy(), high.copy()
    worst[smaller], best[smaller] = high[smaller], low[smaller]
    return worst, best


def in_one_direction(
    demands: pd.DataFrame, vetoes: pd.DataFrame | None, objectives: Objectives | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Signs, demands and vetoes turned so that more is better.

    Parameters
    ----------
    demands, vetoes, objectives
        As for `mr_sort`.

    Returns
    -------
    (array, array, array)
        By criterion -1 where less is better; levels x criteria of demands, and of vetoes with
        NaN where there is none.
    """
    sign = _signs(objectives, list(demands.columns))
    return sign, demands.to_numpy(dtype=float) * sign, _veto_values(vetoes, demands, sign)


def profiles(demands: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A case's demands as the two tables that `mr_sort` takes.

    Parameters
    ----------
    demands : DataFrame
        A row per level and criterion, in rising order of levels: level, criterion, demand, veto.

    Returns
    -------
    (DataFrame, DataFrame)
        Demands and vetoes, levels x criteria.
    """
    levels, criteria = demands["level"].unique(), demands["criterion"].unique()
    wide = demands.pivot(index="level", columns="criterion", values=["demand", "veto"])
    asked, barring = (wide[name].loc[levels, criteria] for name in ("demand", "veto"))
    return asked.astype(float), barring.astype(float)


def equal_weights(criteria: pd.DataFrame) -> pd.Series:
    """The same share of the weight for each criterion, summing to 1.

    Parameters
    ----------
    criteria : DataFrame
        With a column criterion.

    Returns
    -------
    Series
        Criterion to weight.
    """
    return pd.Series(1 / len(criteria), index=criteria["criterion"].to_list(), name="weight")


def _same_criteria(what: str, found: pd.Index, criteria: list[str]) -> None:
    missing = [name for name in criteria if name not in found]
    extra = [name for name in found if name not in criteria]
    if missing or extra or len(found) != len(criteria):
        raise ValueError(f"{what} does not match the criteria: missing {missing}, extra {extra}")


def _no_nan(what: str, frame: pd.DataFrame) -> None:
    empty = frame.isna().to_numpy()
    if empty.any():
        row, column = np.argwhere(empty)[0]
        raise ValueError(
            f"{what} has no number for {frame.index[row]} on {frame.columns[column]}: "
            "nothing is filled in; give its interval instead"
        )


def _weights(weights: Weights, criteria: list[str]) -> NDArray[np.float64]:
    if isinstance(weights, (pd.Series, Mapping)):
        given = pd.Series(weights, dtype=float)
        _same_criteria("weights", given.index, criteria)
        numbers = np.asarray(given[criteria], dtype=float)
    else:
        numbers = np.asarray(weights, dtype=float)
    if numbers.shape != (len(criteria),):
        raise ValueError(f"weights: {len(criteria)} numbers are needed, {numbers.size} given")
    if not (numbers >= 0).all() or not 0 < numbers.sum() < np.inf:
        raise ValueError("weights must be numbers of 0 or more, not all 0")
    return numbers


def _signs(objectives: Objectives | None, criteria: list[str]) -> NDArray[np.float64]:
    given: dict[str, str] = {} if objectives is None else dict(objectives)
    for name, objective in given.items():
        if name not in criteria:
            raise ValueError(f'objectives name an unknown criterion "{name}"')
        if objective not in ("max", "min"):
            raise ValueError(f'objective of {name} is "{objective}"; it must be "max" or "min"')
    return np.array([-1.0 if given.get(name) == "min" else 1.0 for name in criteria])


def _veto_values(
    vetoes: pd.DataFrame | None, demands: pd.DataFrame, sign: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Vetoes in the direction of "more is better"; NaN, which bars nothing, where none is."""
    if vetoes is None:
        return np.full(demands.shape, np.nan)
    for what, found, known in (
        ("level", vetoes.index, demands.index),
        ("criterion", vetoes.columns, demands.columns),
    ):
        unknown = [name for name in found if name not in known]
        if unknown:
            raise ValueError(f"vetoes name an unknown {what}: {unknown}")
    full = vetoes.reindex(index=demands.index, columns=demands.columns).to_numpy(dtype=float)
    return np.asarray(full * sign)
