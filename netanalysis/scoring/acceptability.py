"""How large a share of what is admissible carries each rank and each level?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netanalysis.scoring import possible, sorting
from netanalysis.scoring.weights import sample_weights

__all__ = ["SMAA2", "ClassAcceptability", "class_acceptability", "sample_weights", "smaa2"]

Floats = NDArray[np.float64]
BLOCK = 2048
TIE = 1e-12


@dataclass(frozen=True)
class SMAA2:
    """What SMAA-2 says of each alternative.

    Attributes
    ----------
    rank_acceptability : array, alternatives x ranks
        Share of the draws in which the alternative takes the rank; rows and columns sum to 1.
    central_weights : array, alternatives x criteria
        Mean of the weights that make the alternative first; NaN where none does.
    confidence : array, alternatives
        Share of the draws of values in which it is first under its central weights; 0 where it
        has none.
    draws : int
        Number of draws, for `standard_error`.
    """

    rank_acceptability: Floats
    central_weights: Floats
    confidence: Floats
    draws: int

    @property
    def standard_error(self) -> Floats:
        """Monte Carlo standard error of each rank acceptability."""
        share = self.rank_acceptability
        return np.asarray(np.sqrt(share * (1 - share) / self.draws))


@dataclass(frozen=True)
class ClassAcceptability:
    """Which levels are possible, and how often each comes out.

    Attributes
    ----------
    share : DataFrame, alternatives x levels
        Lowest level first; rows sum to 1.
    possible : dict of alternative to list of levels
        Exact: a level is listed if and only if something admissible gives it.
    draws : int
        Number of draws, for `standard_error`.
    """

    share: pd.DataFrame
    possible: dict[str, list[str]]
    draws: int

    @property
    def standard_error(self) -> pd.DataFrame:
        """Monte Carlo standard error of each share."""
        return (self.share * (1 - self.share) / self.draws) ** 0.5


def smaa2(values: ArrayLike, weights: ArrayLike) -> SMAA2:
    """Rank acceptability, central weights and confidence of alternatives.

    Parameters
    ----------
    values : array, alternatives x criteria, or draws x alternatives x criteria
        From 0, worst, to 1, best.
    weights : array, draws x criteria
        From `sample_weights`.

    Returns
    -------
    SMAA2
        Ties share their ranks equally.

    Raises
    ------
    ValueError
        For shapes that do not match, NaN, values outside 0 to 1 or negative weights.

    References
    ----------
    Lahdelma, R. & Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis
    for group decision making. *Operations Research* 49(3), 444-454.

    Examples
    --------
    >>> result = smaa2([[1, 0], [0, 1]], [[0.6, 0.4], [0.9, 0.1], [0.2, 0.8], [0.5, 0.5]])
    >>> result.rank_acceptability[:, 0].tolist()
    [0.625, 0.375]
    """
    given, drawn = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if given.ndim not in (2, 3) or drawn.ndim != 2 or given.shape[-1] != drawn.shape[1]:
        raise ValueError(
            "values must be [draws x] alternatives x criteria, weights draws x criteria"
        )
    if given.ndim == 3 and len(given) != len(drawn):
        raise ValueError("values and weights must have the same number of draws")
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("values must be numbers from 0 to 1; nothing is filled in for NaN")
    if not (drawn >= 0).all() or not len(drawn):
        raise ValueError("weights must be numbers of 0 or more, one draw at least")
    draws, count = len(drawn), given.shape[-2]
    ranks, central = np.zeros((count, count)), np.zeros((count, drawn.shape[1]))
    for start in range(0, draws, BLOCK):
        block = drawn[start : start + BLOCK]
        at = given[start : start + BLOCK] if given.ndim == 3 else given
        shares = _rank_shares(
            np.einsum("...ac,dc->da" if given.ndim == 2 else "dac,dc->da", at, block)
        )
        ranks += shares.sum(axis=0)
        central += shares[:, :, 0].T @ block
    first = ranks[:, :1]
    with np.errstate(invalid="ignore", divide="ignore"):
        central = np.where(first > 0, central / first, np.nan)
    confidence = np.zeros(count)
    for number in np.flatnonzero(first[:, 0] > 0):
        totals = np.atleast_2d(given @ central[number])
        confidence[number] = _rank_shares(totals)[:, number, 0].mean()
    return SMAA2(ranks / draws, central, confidence, draws)


def class_acceptability(
    low: pd.DataFrame,
    high: pd.DataFrame,
    demands: pd.DataFrame,
    threshold: float | tuple[float, float],
    rng: np.random.Generator,
    draws: int = 10_000,
    at_least: Iterable[tuple[str, str]] = (),
    bounds: Mapping[str, tuple[float, float]] | None = None,
    vetoes: pd.DataFrame | None = None,
    objectives: Mapping[str, str] | pd.Series | None = None,
    scale: Sequence[float] | None = None,
) -> ClassAcceptability:
    """How often each level comes out over admissible weights, thresholds and values.

    Weights are drawn uniformly from the admissible ones, the threshold uniformly from its
    range, and each rating uniformly and independently from its interval: an assumption about
    what is not known, not knowledge of it.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
        Ends of each interval, no NaN.
    demands, vetoes, objectives
        As for `netanalysis.scoring.sorting.mr_sort`.
    threshold : float or (float, float)
        Share of the weight, from 0.5 to 1.
    rng : numpy.random.Generator
    draws : int
    at_least, bounds
        As for `sample_weights`.
    scale : sequence of float, optional
        The values that a rating can take; None is continuous.

    Returns
    -------
    ClassAcceptability

    Raises
    ------
    ValueError
        As `mr_sort_range` and `sample_weights`; for an interval without a value of the scale.

    References
    ----------
    Tervonen, T., Figueira, J. R., Lahdelma, R., Almeida Dias, J. & Salminen, P. (2009). A
    stochastic method for robustness analysis in sorting problems. *European Journal of
    Operational Research* 198(1), 236-242.
    """
    criteria, levels = list(demands.columns), [sorting.LOWEST, *demands.index]
    least, most = (float(end) for end in np.broadcast_to(threshold, 2))
    if not 0.5 - sorting.TOLERANCE <= least <= most <= 1 + sorting.TOLERANCE:
        raise ValueError("threshold must be a share from 0.5 to 1, low before high")
    equal = np.full(len(criteria), 1 / len(criteria))
    sorting.mr_sort_range(low, high, demands, equal, least, vetoes, objectives)  # checks its input
    low, high = low[criteria], high[criteria]
    pairs = list(at_least)
    sign, asked, barring = sorting.in_one_direction(demands, vetoes, objectives)
    choices = possible.choices(low, high, scale)

    counts = np.zeros((len(low), len(levels)))
    weights = sample_weights(criteria, draws, rng, pairs, bounds)
    for start in range(0, draws, BLOCK):
        block = weights[start : start + BLOCK]
        limits = (
            rng.uniform(least, most, len(block)) if most > least else np.full(len(block), least)
        )
        for row, cells in enumerate(choices):
            drawn = _values(cells, len(block), rng) * sign
            met = np.einsum("dlc,dc->dl", drawn[:, None, :] >= asked, block)
            barred = np.logical_or.accumulate((drawn[:, None, :] <= barring).any(axis=2), axis=1)
            reached = (met >= limits[:, None] - sorting.TOLERANCE) & ~barred
            rank = np.where(reached, np.arange(1, len(levels)), 0).max(axis=1, initial=0)
            counts[row] += np.bincount(rank, minlength=len(levels))
    share = pd.DataFrame(counts / draws, index=low.index, columns=levels)
    found = possible.levels(
        low, high, criteria, asked, barring, sign, (least, most), pairs, bounds, scale
    )
    listed = {
        name: [levels[rank] for rank in ranks] for name, ranks in zip(low.index, found, strict=True)
    }
    return ClassAcceptability(share, listed, draws)


def _rank_shares(totals: Floats) -> Floats:
    """Draws x alternatives x ranks: each alternative's share of each rank."""
    better = (totals[:, None, :] > totals[:, :, None] + TIE).sum(axis=2)
    tied = (np.abs(totals[:, None, :] - totals[:, :, None]) <= TIE).sum(axis=2)
    rank = np.arange(totals.shape[1])
    holds = (rank >= better[..., None]) & (rank < (better + tied)[..., None])
    return np.asarray(holds / tied[..., None])


def _values(
    cells: list[Floats | tuple[float, float]], number: int, rng: np.random.Generator
) -> Floats:
    """Draws x criteria from each cell's values, or its continuous interval."""
    columns = [
        rng.uniform(*cell, number) if isinstance(cell, tuple) else rng.choice(cell, number)
        for cell in cells
    ]
    return np.column_stack(columns)
