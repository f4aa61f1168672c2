"""How large a share of what is admissible carries each rank and each level?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netanalysis.scoring import possible_levels
from netanalysis.scoring.chances import Chances, chances
from netanalysis.scoring.coalitions import Coalitions, by_level, conditional
from netanalysis.scoring.validation import (
    LOWEST,
    Given,
    Objectives,
    checked,
    checked_threshold,
    refuse,
)
from netanalysis.scoring.weights import Bounds, Pairs, sample_weights

__all__ = [
    "SMAA2",
    "ClassAcceptability",
    "class_acceptability",
    "judged",
    "sample_weights",
    "smaa2",
]

Floats = NDArray[np.float64]
CERTAIN = 1e-6  # a share above it is no rounding: something admissible gives the level
TIE = 1e-12  # totals nearer to each other than this are equal
RIVALS = 4  # alternatives that each must beat before it meets all the others
SIZE = 2**16  # totals ranked at a time: what one block needs stays in a processor's own cache


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
    swing : DataFrame, alternatives x criteria
        Levels that the alternative moves on average when the rating goes from the worst to the
        best end of its interval, all else as it may be; 0 where the rating is exact.
    standard_error : DataFrame, alternatives x levels
        Of each share: what is drawn are the weights alone.
    """

    share: pd.DataFrame
    possible: dict[str, list[str]]
    swing: pd.DataFrame
    standard_error: pd.DataFrame

    def of(self, alternative: str) -> "ClassAcceptability":
        """The same of one alternative alone."""
        return ClassAcceptability(
            self.share.loc[[alternative]],
            {alternative: self.possible[alternative]},
            self.swing.loc[[alternative]],
            self.standard_error.loc[[alternative]],
        )


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
    DataError
        For shapes that do not match, NaN, values outside 0 to 1, negative weights or none.

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
    given, drawn = _checked(values, weights)
    draws, count = len(drawn), given.shape[-2]
    ranks, central = np.zeros((count, count)), np.zeros((count, drawn.shape[1]))
    size = max(SIZE // count, count // 2, 1)
    for start in range(0, draws, size):
        block = drawn[start : start + size]
        at = given[start : start + size] if given.ndim == 3 else given
        totals = np.matmul(at, block[:, :, None])[..., 0] if given.ndim == 3 else block @ at.T
        _count_ranks(totals, block, ranks, central)
    first = ranks[:, 0]
    ever = np.flatnonzero(first)
    central[ever] /= first[ever, None]
    central[first == 0] = np.nan
    confidence = np.zeros(count)
    confidence[ever] = _confidence(given if given.ndim == 3 else given[None], central[ever], ever)
    return SMAA2(ranks / draws, central, confidence, draws)


def class_acceptability(
    low: pd.DataFrame,
    high: pd.DataFrame,
    demands: pd.DataFrame,
    threshold: float | tuple[float, float],
    rng: np.random.Generator,
    draws: int = 10_000,
    at_least: Pairs = (),
    bounds: Bounds | None = None,
    vetoes: pd.DataFrame | None = None,
    objectives: Objectives | None = None,
    scale: Sequence[float] | None = None,
    applies: pd.DataFrame | None = None,
) -> ClassAcceptability:
    """How often each level comes out over admissible weights, thresholds and values.

    Weights are drawn uniformly from the admissible ones. All thresholds of the range count
    alike, and so do all values of each interval, each independently of the others: an assumption
    about what is not known, not knowledge of it. Over thresholds and values the shares are summed
    exactly for every draw of the weights (above fourteen criteria over the ten heaviest open
    ratings). One sequence of draws serves all alternatives.

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
    applies : DataFrame of bool, alternatives x criteria, optional
        False where a criterion is put aside: the rest carry its weight in proportion, and its
        interval is not looked at.

    Returns
    -------
    ClassAcceptability

    Raises
    ------
    DataError
        As `mr_sort_range` and `sample_weights`; for an interval without a value of the scale.

    References
    ----------
    Tervonen, T., Figueira, J. R., Lahdelma, R., Almeida Dias, J. & Salminen, P. (2009). A
    stochastic method for robustness analysis in sorting problems. *European Journal of
    Operational Research* 198(1), 236-242.
    """
    given = checked(low, high, demands, vetoes, objectives, scale, applies)
    within = checked_threshold(threshold)
    weights = sample_weights(given.criteria, draws, rng, at_least, bounds)
    return judged(given, Coalitions(weights, within), at_least, bounds)


def judged(
    given: Given, coalitions: Coalitions, at_least: Pairs = (), bounds: Bounds | None = None
) -> ClassAcceptability:
    """The same from weights that are drawn.

    Parameters
    ----------
    given : Given
        From `netanalysis.scoring.validation.checked`.
    coalitions : Coalitions
    at_least, bounds
        As for `sample_weights`.

    Returns
    -------
    ClassAcceptability

    Raises
    ------
    DataError
        As `class_acceptability`.
    """
    every = chances(given)
    batches = by_level(coalitions.reached(every))
    share = coalitions.mean(batches)
    found = possible_levels.levels(
        given, coalitions.threshold, at_least, bounds, seen=share > CERTAIN
    )
    levels = [LOWEST, *given.levels]
    return ClassAcceptability(
        pd.DataFrame(share, index=given.names, columns=levels),
        {name: [levels[rank] for rank in ranks] for name, ranks in found.items()},
        pd.DataFrame(_swings(every, coalitions.whole), given.names, given.criteria),
        pd.DataFrame(coalitions.error(batches), given.names, levels),
    )


def _swings(given: Chances, coalitions: Coalitions) -> Floats:
    """Alternatives x criteria: levels between the worst and the best end of each rating."""
    swung = np.zeros(given.applies.shape)
    for place in range(given.applies.shape[1]):
        differs = [
            (best[..., place] != worst[..., place]).any(axis=1)
            for best, worst in zip(given.best, given.worst, strict=True)
        ]
        rows = np.flatnonzero(np.logical_or(*differs) & given.applies[:, place])
        for ends, sign in (given.best, 1), (given.worst, -1):
            met, barred = given.met[rows], given.barred[rows]
            met[..., place], barred[..., place] = (end[rows][..., place] for end in ends)
            reached = coalitions.reach(*conditional(met, barred), given.applies[rows])
            swung[rows, place] += sign * reached[..., 0].sum(axis=1)
    return swung


def _checked(values: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    given, drawn = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    fits = given.ndim in (2, 3) and drawn.ndim == 2 and given.shape[-1] == drawn.shape[1]
    if not fits or (given.ndim == 3 and len(given) != len(drawn)):
        raise refuse("score_shape", found=f"{given.shape}, {drawn.shape}")
    if not drawn.size or not given.size:
        raise refuse("score_nothing", table="values" if drawn.size else "weights")
    wrong = ~((given >= 0) & (given <= 1))
    if wrong.any():
        raise refuse("score_unit", cells=tuple(map(int, np.argwhere(wrong)[0])))
    negative = ~((drawn >= 0) & np.isfinite(drawn)).all(axis=1) | ~(drawn.sum(axis=1) > 0)
    if negative.any():
        raise refuse("score_negative", cells=int(np.flatnonzero(negative)[0]))
    return given, drawn


def _count_ranks(totals: Floats, weights: Floats, ranks: Floats, central: Floats) -> None:
    """Add a block of draws to the counts of ranks and to the weights of those that are first.

    Each total is packed with its alternative's number into one integer, since numbers are sorted
    far faster than their places. What packing rounds off is far below the tolerance for ties;
    draws in which two totals come that near are gone through once more.
    """
    count = totals.shape[1]
    bits = int(count - 1).bit_length()
    unit = 2.0 ** (61 - bits) / max(totals.max(), TIE)
    packed = (totals * -unit).astype(np.int64)
    packed <<= bits
    packed |= np.arange(count)
    packed.sort(axis=1)
    near = (int(TIE * unit) + 4) << bits
    tied = ((packed[:, 1:] - packed[:, :-1]) <= near).any(axis=1)
    packed &= (1 << bits) - 1
    if not tied.all():
        order = packed[~tied] if tied.any() else packed
        for number, column in enumerate(weights[~tied].T):
            central[:, number] += np.bincount(order[:, 0], column, minlength=count)
        order *= count
        order += np.arange(count)
        ranks += np.bincount(order.ravel(), minlength=ranks.size).reshape(ranks.shape)
    if tied.any():
        _count_tied(totals[tied], weights[tied], ranks, central)


def _count_tied(totals: Floats, weights: Floats, ranks: Floats, central: Floats) -> None:
    """As `_count_ranks`, for draws with ties: those who tie share their ranks equally.

    One of those that share the ranks from s up to, not including, e gains 1 / (e - s) at s and
    loses it at e; summed up along the ranks, that is its share of each.
    """
    count = totals.shape[1]
    place = np.arange(count)
    order = np.argsort(-totals, axis=1, kind="stable")
    ordered = np.take_along_axis(totals, order, axis=1)
    opens = np.ones(order.shape, dtype=bool)
    opens[:, 1:] = ordered[:, :-1] - ordered[:, 1:] > TIE
    closes = np.roll(opens, -1, axis=1)
    start = np.maximum.accumulate(np.where(opens, place, 0), axis=1)
    end = np.minimum.accumulate(np.where(closes, place + 1, count)[:, ::-1], axis=1)[:, ::-1]
    share = 1.0 / (end - start)
    steps = np.zeros((count, count + 1))
    np.add.at(steps, (order, start), share)
    np.add.at(steps, (order, end), -share)
    ranks += np.cumsum(steps[:, :-1], axis=1)
    row, column = np.nonzero(start == 0)
    np.add.at(central, order[row, column], share[row, column, None] * weights[row])


def _confidence(values: Floats, central: Floats, ever: NDArray[np.int64]) -> Floats:
    """Share of the draws of values in which each is first under its own central weights.

    Few are: so in each draw every alternative first meets the few that are best under the mean
    of the central weights, and only those that these do not beat meet all the others.
    """
    few = min(RIVALS, values.shape[1])
    alive = np.empty((len(values), len(ever)), dtype=bool)
    size = max(SIZE // (few * len(ever)), 1)
    for start in range(0, len(values), size):
        block = values[start : start + size]
        strong = np.argpartition(block @ -central.mean(axis=0), few - 1, axis=1)[:, :few]
        rivals = np.take_along_axis(block, strong[:, :, None], axis=1)
        own = np.einsum("dkc,kc->dk", block[:, ever], central)
        np.greater_equal(
            own, (rivals @ central.T).max(axis=1) - TIE, out=alive[start : start + size]
        )
    found = np.zeros(len(ever))
    size = max(SIZE // values.shape[1], 1)
    for number, weights in enumerate(central):
        left = np.flatnonzero(alive[:, number])
        for start in range(0, len(left), size):
            totals = values[left[start : start + size]] @ weights
            best = totals.max(axis=1)
            first = totals[:, ever[number]] >= best - TIE
            sharing = (totals >= best[:, None] - TIE).sum(axis=1)
            found[number] += (first / sharing).sum()
    return found / len(values)
