"""Do two small groups differ by more than chance would make them?

A permutation test asks how often a difference as large comes about when the groups are picked at
random from all values; it needs no distribution and holds for any size. Beside it stands how
often a value of the first group exceeds one of the second, with an interval that is as wide as
few values make it.
"""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from netanalysis.scoring.validation import refuse

__all__ = ["DRAWS", "LEVEL", "Contrast", "contrast", "superiority_interval"]

DRAWS = 100_000  # ways to pick the groups: up to so many all of them, else so many at random
LEVEL = 0.95
_ROUNDING = 1e-9  # of the largest value; sums in another order may differ by less


@dataclass(frozen=True)
class Contrast:
    """Two groups compared.

    Attributes
    ----------
    sizes : (int, int)
        Values in each group.
    means : (float, float)
    p : float
        Share of the ways to pick the groups that part their means at least as much, in either
        direction; above 0.
    ways : int
        How many ways there are to pick the first group from all values; ``p`` is never below
        1 / ways.
    exact : bool
        Whether all ways were tried, or `DRAWS` of them at random.
    superiority : float
        Share of the pairs in which the first group's value exceeds the second's, a tie counted
        half: 0.5 where neither group is ahead.
    low, high : float
        Interval of the superiority at the confidence of `LEVEL`.
    """

    sizes: tuple[int, int]
    means: tuple[float, float]
    p: float
    ways: int
    exact: bool
    superiority: float
    low: float
    high: float


def contrast(one: ArrayLike, other: ArrayLike, rng: np.random.Generator) -> Contrast:
    """Two groups compared by a permutation test of their means and by ranks.

    Parameters
    ----------
    one, other : array of float
        The values of each group; one value in a group is enough to compute, not to conclude.
    rng : numpy.random.Generator
        Used only where there are more than `DRAWS` ways to pick the groups.

    Returns
    -------
    Contrast

    Raises
    ------
    DataError
        For a group without values, or with values that are missing or infinite.

    References
    ----------
    Fisher, R. A. (1935). *The Design of Experiments*, chapter III. Oliver and Boyd.
    Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. *Statistical
    Applications in Genetics and Molecular Biology* 9(1), article 39.

    Examples
    --------
    >>> found = contrast([4.0, 5.0], [1.0, 2.0, 3.0], np.random.default_rng(1))
    >>> found.ways, found.p, found.superiority
    (10, 0.2, 1.0)
    """
    first, second = _values(one), _values(other)
    m, n = len(first), len(second)
    ways = math.comb(m + n, m)
    every = np.concatenate([first, second])
    least = abs(first.mean() - second.mean()) - _ROUNDING * np.abs(every).max()
    if ways <= DRAWS:
        picked = np.array([every[list(rows)].sum() for rows in combinations(range(m + n), m)])
        p = (_apart(picked, every, m) >= least).mean()
    else:  # the groups as they are count as one way, so that the share is never 0
        picked = np.array([rng.permutation(every)[:m].sum() for _ in range(DRAWS)])
        p = ((_apart(picked, every, m) >= least).sum() + 1) / (DRAWS + 1)
    u = stats.mannwhitneyu(first, second, method="asymptotic").statistic
    superiority = float(u / (m * n))
    low, high = superiority_interval(superiority, m, n)
    means = float(first.mean()), float(second.mean())
    exact = ways <= DRAWS
    return Contrast((m, n), means, float(p), ways, exact, superiority, low, high)


def superiority_interval(superiority: float, m: int, n: int) -> tuple[float, float]:
    """The interval of a probability of superiority, by Newcombe's fifth method.

    The bounds are the values from which the estimate lies as many standard errors away as the
    confidence asks for, with the standard error of each bound itself, by Hanley and McNeil:
    V(t) = t (1 - t) (1 + k (1 - t) / (2 - t) + k t / (1 + t)) / (m n), k = (m + n) / 2 - 1.

    Parameters
    ----------
    superiority : float
        From 0 to 1.
    m, n : int
        Values in each group, 1 or more.

    Returns
    -------
    (float, float)
        From 0 to 1, at the confidence of `LEVEL`; never a single point.

    References
    ----------
    Newcombe, R. G. (2006). Confidence intervals for an effect size measure based on the
    Mann-Whitney statistic. Part 2: asymptotic methods and evaluation. *Statistics in Medicine*
    25, 559-573.

    Examples
    --------
    >>> [round(bound, 3) for bound in superiority_interval(0.5, 3, 64)]
    [0.227, 0.773]
    """
    z, k = float(stats.norm.ppf((1 + LEVEL) / 2)), (m + n) / 2 - 1

    def below(estimate: float) -> float:
        if estimate == 0:
            return 0.0

        def gap(t: float) -> float:
            spread = t * (1 - t) * (1 + k * (1 - t) / (2 - t) + k * t / (1 + t)) / (m * n)
            return estimate - t - z * math.sqrt(spread)

        # at the estimate itself the gap is not above 0; at an estimate of 1 it is 0 there too
        return float(optimize.brentq(gap, 0, min(estimate, 1 - 1e-9)))

    return below(superiority), 1 - below(1 - superiority)


def _apart(sums: NDArray[np.float64], every: NDArray[np.float64], m: int) -> NDArray[np.float64]:
    """How far the means lie apart when m of all values have these sums."""
    return np.asarray(np.abs(sums / m - (every.sum() - sums) / (len(every) - m)))


def _values(group: ArrayLike) -> NDArray[np.float64]:
    values = np.asarray(group, dtype=float).ravel()
    if not len(values):
        raise refuse("contrast_empty")
    if not np.isfinite(values).all():
        raise refuse("contrast_number")
    return values
