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

from typing import Any

import numpy as np
import pandas as pd

from netanalysis.scoring.validation import (
    LOWEST,
    TOLERANCE,
    Objectives,
    Weights,
    checked_intervals,
    checked_profiles,
    checked_threshold,
    checked_values,
    checked_weights,
)

__all__ = [
    "LOWEST",
    "check_demands",
    "equal_weights",
    "mr_sort",
    "mr_sort_range",
    "profiles",
    "support",
]


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
    DataError
        For NaN or infinity, criteria that do not match, demands that are not nested, a veto not
        worse than its demand, a threshold or a weight out of range; the cells are named.

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
    DataError
        As `mr_sort`, and for a low above its high.
    """
    criteria = list(demands.columns)
    sign, _, _ = checked_profiles(demands, vetoes, objectives)
    ends = (
        pd.DataFrame(end, index=low.index, columns=criteria)
        for end in checked_intervals(low, high, criteria, sign)
    )
    worst, best = (mr_sort(end, demands, weights, threshold, vetoes, objectives) for end in ends)
    return pd.DataFrame({"worst": worst, "best": best})


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
    DataError
        As `mr_sort`.
    """
    criteria = list(demands.columns)
    sign, asked, barring = checked_profiles(demands, vetoes, objectives)
    values = checked_values("performance", performance, criteria) * sign
    weight = checked_weights(weights, criteria)
    checked_threshold(threshold, float(weight.sum()))
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
    DataError
        As `mr_sort_range`.
    """
    criteria = list(demands.columns)
    sign, asked, barring = checked_profiles(demands, vetoes, objectives)
    intervals = checked_intervals(low, high, criteria, sign)
    worst, best = (end[:, None, :] * sign for end in intervals)

    def answer(certain: Any, possible: Any) -> Any:
        return np.where(certain, "yes", np.where(possible, "open", "no")).ravel()

    index = pd.MultiIndex.from_product(
        [low.index, demands.index, criteria], names=["alternative", "level", "criterion"]
    )
    met = answer(worst >= asked, best >= asked)
    veto = answer(best <= barring, worst <= barring)
    demand = np.tile(demands.to_numpy(dtype=float).ravel(), len(low))
    return pd.DataFrame({"demand": demand, "met": met, "veto": veto}, index=index)


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
