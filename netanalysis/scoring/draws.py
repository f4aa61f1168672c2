"""Which level does each draw of weights, threshold and missing values give?

One sequence of draws serves every alternative. Each alternative's shares are right, since its own
values are drawn independently of one another, and comparisons between alternatives, or between an
alternative before and after a change, are not blurred by chance.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.validation import (
    TOLERANCE,
    Given,
    checked_threshold,
    named_cells,
    refuse,
)
from netanalysis.scoring.weights import Bounds, Pairs, weight_blocks

__all__ = ["Cells", "Draws", "by_level", "cells", "draw_blocks", "reached"]

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
SIZE = 512  # draws in a block: what one block needs stays in a processor's own cache


@dataclass(frozen=True)
class Draws:
    """Some draws of everything that is not known.

    Attributes
    ----------
    weights : array, criteria x draws
        Each column sums to 1.
    limits : array, draws
        Thresholds, with the tolerance of comparisons taken off.
    places : array, criteria x draws
        Where in its interval a rating lies, from 0, worst, to 1, best.
    """

    weights: Floats
    limits: Floats
    places: Floats


@dataclass(frozen=True)
class Cells:
    """Every rating, as what it can do for each level.

    The intervals that leave something open are listed once each as a pattern, since many
    alternatives share them: a rating that is missing altogether is the same for all.

    Attributes
    ----------
    certain : array, levels x alternatives x criteria
        1 where every value of the interval meets the level's demand.
    barred : array, levels x alternatives
        Whether some rating bars the level whatever its value.
    pattern : array, alternatives x criteria
        Number of the rating's pattern; -1 where it leaves nothing open.
    criterion : array, patterns
        Place of the pattern's criterion.
    misses, bars : array, levels x patterns
        Share of the interval's values that miss the level's demand, or bar the level.
    ends : four arrays, levels x patterns
        Whether the demand is met at the worst and the best end, and whether the level is
        barred at the worst and the best end.
    applies : array, alternatives x criteria
        0 where the criterion is put aside and the rest carry its weight.
    names : Index
        The alternatives.
    """

    certain: Floats
    barred: Truths
    pattern: NDArray[np.int64]
    criterion: NDArray[np.int64]
    misses: Floats
    bars: Floats
    ends: tuple[Truths, Truths, Truths, Truths]
    applies: Floats
    names: pd.Index


def draw_blocks(
    criteria: Sequence[str],
    draws: int,
    threshold: float | tuple[float, float],
    rng: np.random.Generator,
    at_least: Pairs = (),
    bounds: Bounds | None = None,
) -> Iterator[Draws]:
    """Draws, some at a time, so that memory does not grow with their number.

    Parameters
    ----------
    criteria, draws, rng, at_least, bounds
        As for `netanalysis.scoring.weights.sample_weights`.
    threshold : float or (float, float)
        Shares of the weight; drawn uniformly between two.

    Yields
    ------
    Draws

    Raises
    ------
    DataError
        As `weights.sample_weights`, and for a threshold below half of the weight or above all of
        it.
    """
    least, most = checked_threshold(threshold)
    for weights in weight_blocks(criteria, draws, SIZE, rng, at_least, bounds):
        size = len(weights)
        limits = rng.uniform(least, most, size) if most > least else np.full(size, least)
        places = rng.random((len(criteria), size))
        yield Draws(np.ascontiguousarray(weights.T), limits - TOLERANCE, places)


def cells(given: Given) -> Cells:
    """What every rating can do for each level.

    Parameters
    ----------
    given : Given
        From `netanalysis.scoring.validation.checked`.

    Returns
    -------
    Cells

    Raises
    ------
    DataError
        For an interval without a value of the scale.
    """
    worst, best, used = given.worst, given.best, given.applies
    barring = np.fmax.accumulate(given.barring, axis=0)  # a veto bars every higher level too

    ranges = np.stack([np.broadcast_to(np.arange(worst.shape[1]), worst.shape), worst, best], -1)
    kinds, kind = np.unique(ranges[used], axis=0, return_inverse=True)
    place = kinds[:, 0].astype(np.int64)
    asked, sign = given.asked[:, place], given.sign[place]
    misses, bars = _shares(kinds[:, 1:], asked, barring[:, place], sign, given.scale)
    if np.isnan(misses).any():
        empty = np.zeros(used.shape, dtype=bool)
        empty[used] = np.logical_or.reduce(np.isnan(misses), axis=0)[kind.ravel()]
        raise refuse("score_scale", cells=named_cells(empty, given.names, given.criteria))
    ends = _ends(kinds[:, 1:], asked, barring[:, place], misses, bars, given.scale)
    settled = (ends[0] == ends[1]) & (ends[2] == ends[3])
    is_open: Truths = np.logical_not(settled.all(axis=0))

    shape = (len(given.levels), *used.shape)
    certain, barred = np.zeros(shape), np.zeros(shape, dtype=bool)
    certain[:, used] = (ends[0] & ~is_open)[:, kind.ravel()]
    barred[:, used] = (ends[3] & ~is_open)[:, kind.ravel()]
    number = np.where(is_open, np.cumsum(is_open) - 1, -1)
    pattern = np.full(used.shape, -1)
    pattern[used] = number[kind.ravel()]
    return Cells(
        certain,
        np.logical_or.reduce(barred, axis=2),
        pattern,
        place[is_open],
        misses[:, is_open],
        bars[:, is_open],
        (ends[0][:, is_open], ends[1][:, is_open], ends[2][:, is_open], ends[3][:, is_open]),
        used.astype(float),
        given.names,
    )


def by_level(reaching: NDArray[np.int64], draws: int) -> NDArray[np.float64]:
    """The share of the draws that gives each level, from the number that reach it or a higher one.

    Parameters
    ----------
    reaching : array, levels x alternatives
        From the second-lowest level up.
    draws : int

    Returns
    -------
    array, alternatives x levels
        The lowest level first; rows sum to 1.
    """
    return np.asarray(-np.diff(reaching, axis=0, prepend=draws, append=0).T / draws)


def reached(
    given: Cells, blocks: Iterable[Draws], swings: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """In how many draws each alternative reaches each level, and each rating swings it.

    Parameters
    ----------
    given : Cells
    blocks : iterable of Draws
    swings : bool
        Whether to count swings; else they are 0.

    Returns
    -------
    (array, array, int)
        Levels x alternatives: draws that reach the level. Alternatives x criteria: draws in
        which the level differs between the rating's worst and best end, all else as drawn. The
        number of draws.
    """
    levels, alternatives, criteria = given.certain.shape
    counts = np.zeros((levels, alternatives), dtype=np.int64)
    swung = np.zeros((alternatives, criteria), dtype=np.int64)
    patterns = np.arange(len(given.criterion))
    holders = [np.flatnonzero(given.pattern[:, given.criterion[k]] == k) for k in patterns]
    unsure = np.zeros((alternatives, len(patterns)))
    for k, rows in enumerate(holders):
        unsure[rows, k] = 1
    partial = np.flatnonzero((given.applies == 0).any(axis=1))
    can_bar = np.logical_or.reduce(given.bars > 0, axis=1)
    draws = 0
    for block in blocks:
        draws += len(block.limits)
        weight, place = block.weights[given.criterion], block.places[given.criterion]
        aside = 1 - given.applies[partial] @ block.weights  # weight that the rest carry
        if (aside >= 1 - TOLERANCE).any():
            bare = given.names[partial[(aside >= 1 - TOLERANCE).any(axis=1)]]
            raise refuse("score_no_weight", names="; ".join(map(str, bare)))
        turned = [np.zeros((len(rows), len(block.limits)), dtype=bool) for rows in holders]
        for level in range(levels):
            gained = weight * (place >= given.misses[level][:, None])
            spare = given.certain[level] @ block.weights
            spare += unsure @ gained
            spare -= block.limits
            spare[partial] += block.limits * aside
            ok: Truths = np.greater_equal(spare, 0)
            ok[given.barred[level]] = False
            barring = np.zeros((0, 0))
            if can_bar[level]:
                barring = unsure @ (place < given.bars[level][:, None]).astype(float)
                ok &= barring == 0
            counts[level] += np.count_nonzero(ok, axis=1)
            for k, rows in enumerate(holders if swings else []):
                ends = [bool(end[level, k]) for end in given.ends]
                if ends[0] == ends[1] and ends[2] == ends[3]:
                    continue
                change = _sways(spare[rows], gained[k], weight[k], ends)
                if can_bar[level]:  # no other rating may bar the level
                    change &= barring[rows] == (place[k] < given.bars[level, k])
                change[given.barred[level][rows]] = False
                turned[k] |= change
        for k, rows in enumerate(holders):
            swung[rows, given.criterion[k]] += np.count_nonzero(turned[k], axis=1)
    return counts, swung, draws


def _sways(spare: Floats, gained: Floats, weight: Floats, ends: list[bool]) -> Truths:
    """In which draws the level is reached at a rating's best end and not at its worst.

    `spare` is what alternatives x draws have beyond the threshold, with what the rating gained as
    it was drawn; `ends` is whether it meets the demand, and then whether it bars, at either end.
    """
    met_worst, met_best, bar_worst, bar_best = ends
    nowhere = np.zeros(spare.shape, dtype=bool)
    best = nowhere if bar_best else spare >= gained - weight * met_best
    worst = nowhere if bar_worst else spare >= gained - weight * met_worst
    return np.asarray(best & ~worst)


def _shares(
    kinds: Floats, asked: Floats, barring: Floats, sign: Floats, scale: Floats | None
) -> tuple[Floats, Floats]:
    """Levels x kinds: share of each interval's values that miss the demand, and that bar."""
    worst, best = kinds.T
    if scale is None:
        width = np.where(best > worst, best - worst, 1.0)
        exact = best == worst
        misses = np.where(exact, worst < asked, np.clip((asked - worst) / width, 0, 1))
        bars = np.where(exact, worst <= barring, np.clip((barring - worst) / width, 0, 1))
        return misses, np.nan_to_num(bars)
    values = sign[:, None] * scale
    inside = (values >= worst[:, None]) & (values <= best[:, None])
    with np.errstate(invalid="ignore"):
        misses = ((values < asked[..., None]) & inside).sum(-1) / inside.sum(-1)
        bars = ((values <= barring[..., None]) & inside).sum(-1) / inside.sum(-1)
    return misses, bars


def _ends(
    kinds: Floats,
    asked: Floats,
    barring: Floats,
    misses: Floats,
    bars: Floats,
    scale: Floats | None,
) -> tuple[Truths, Truths, Truths, Truths]:
    """Levels x kinds: met at worst, met at best, barred at worst, barred at best."""
    if scale is not None:
        return misses == 0, misses < 1, bars > 0, bars == 1
    worst, best = kinds.T
    return worst >= asked, best >= asked, worst <= barring, best <= barring
