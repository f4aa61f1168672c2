"""Which levels are possible at all, for some admissible weights, threshold and values?

A small mixed-integer program for each alternative and level: it chooses a value within each
interval, weights and a threshold so that the level is reached and the next one is not. Levels
can be skipped, so looking at the worst and the best values is not enough.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from netanalysis.scoring.weights import weight_constraints

__all__ = ["choices", "levels"]

Floats = NDArray[np.float64]
STRICT = 1e-6  # by how much a level must be missed, beyond what the solver can tell from 0


def choices(
    low: pd.DataFrame, high: pd.DataFrame, scale: Sequence[float] | None
) -> list[list[Floats | tuple[float, float]]]:
    """What each rating can be: the scale's values within its interval, or the interval itself.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
    scale : sequence of float or None
        None is continuous.

    Returns
    -------
    list of lists
        By alternative and criterion: an array of values, or (low, high).

    Raises
    ------
    ValueError
        If an interval holds no value of the scale.
    """
    found: list[list[Floats | tuple[float, float]]] = []
    for name in low.index:
        cells: list[Floats | tuple[float, float]] = []
        for criterion in low.columns:
            ends = float(low.loc[name, criterion]), float(high.loc[name, criterion])
            if scale is None:
                cells.append(ends)
                continue
            values = np.array([v for v in scale if ends[0] <= v <= ends[1]], dtype=float)
            if not len(values):
                raise ValueError(
                    f"no value of the scale lies in the interval of {name}, {criterion}"
                )
            cells.append(values)
        found.append(cells)
    return found


def levels(
    low: pd.DataFrame,
    high: pd.DataFrame,
    criteria: list[str],
    asked: Floats,
    barring: Floats,
    sign: Floats,
    threshold: tuple[float, float],
    at_least: list[tuple[str, str]],
    bounds: Mapping[str, tuple[float, float]] | None,
    scale: Sequence[float] | None,
) -> list[list[int]]:
    """The ranks of the levels that are possible for each alternative, 0 the lowest.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
    criteria : list of str
    asked, barring : array, levels x criteria
        Demands and vetoes in the direction of "more is better".
    sign : array, criteria
        -1 where less is better.
    threshold : (float, float)
    at_least, bounds
        As for `netanalysis.scoring.weights.sample_weights`.
    scale : sequence of float or None

    Returns
    -------
    list of lists of int
    """
    rows, limits, _ = weight_constraints(criteria, at_least, bounds)
    found = []
    for cells in choices(low, high, scale):
        kinds = [
            _kinds(cell, asked[:, place], barring[:, place], sign[place])
            for place, cell in enumerate(cells)
        ]
        ranks = range(len(asked) + 1)
        fixed = (len(asked), kinds, rows, limits, threshold)
        found.append([rank for rank in ranks if _reachable(rank, *fixed)])
    return found


def _kinds(
    cell: Floats | tuple[float, float], asked: Floats, barring: Floats, sign: float
) -> list[tuple[int, int]]:
    """What a value can do: (levels whose demand it meets, lowest level that it bars)."""
    if isinstance(cell, tuple):
        low, high = sorted(sign * end for end in cell)
        marks = [v for v in (*asked, *barring) if low < v < high]
        steps = sorted({low, high, *marks})
        middles = [(one + other) / 2 for one, other in pairwise(steps)]
        values = np.array([*steps, *middles])
    else:
        values = sign * cell
    kinds = set()
    for value in values:
        bars = np.flatnonzero(value <= barring)
        kinds.add((int((value >= asked).sum()), int(bars[0]) + 1 if len(bars) else len(asked) + 1))
    return sorted(kinds)


def _reachable(
    rank: int,
    top: int,
    kinds: list[list[tuple[int, int]]],
    rows: Floats,
    limits: Floats,
    threshold: tuple[float, float],
) -> bool:
    """Whether some choice reaches the level of that rank and not the next one.

    Variables: weights w; for each criterion and kind a choice z and a part y = w z; the
    threshold; whether the next level is barred by a veto; the margin by which it is missed.
    """
    count = len(kinds)
    flat = [(place, kind) for place, of in enumerate(kinds) for kind in of if kind[1] > rank]
    if {place for place, _ in flat} != set(range(count)):
        return False  # some criterion bars the level whatever its value
    size = len(flat)
    width = count + 2 * size + 3
    z, y = count, count + size
    limit, barred, margin = width - 3, width - 2, width - 1
    lines, lower, upper = [], [], []

    def add(entries: dict[int, float], low: float, high: float) -> None:
        line = np.zeros(width)
        for place, value in entries.items():
            line[place] += value
        lines.append(line)
        lower.append(low)
        upper.append(high)

    add(dict.fromkeys(range(count), 1.0), 1, 1)
    for row, most in zip(rows, limits, strict=True):
        add(dict(enumerate(row)), -np.inf, most)
    for place in range(count):
        own = [index for index, (of, _) in enumerate(flat) if of == place]
        add({z + index: 1.0 for index in own}, 1, 1)
        add({place: -1.0} | {y + index: 1.0 for index in own}, 0, 0)
    for index in range(size):
        add({y + index: 1.0, z + index: -1.0}, -np.inf, 0)
    if rank:
        support = {y + i: 1.0 for i, (_, kind) in enumerate(flat) if kind[0] >= rank}
        add(support | {limit: -1.0}, 0, np.inf)
    if rank < top:
        support = {y + i: 1.0 for i, (_, kind) in enumerate(flat) if kind[0] > rank}
        add(support | {limit: -1.0, margin: 1.0, barred: -2.0}, -np.inf, 0)
        vetoes = {z + i: 1.0 for i, (_, kind) in enumerate(flat) if kind[1] <= rank + 1}
        add(vetoes | {barred: -1.0}, 0, np.inf)
    cost = np.zeros(width)
    cost[margin] = -1.0
    integral = np.zeros(width)
    integral[z : z + size] = 1
    integral[barred] = 1
    ends = Bounds(
        np.append(np.zeros(width - 3), [threshold[0], 0, 0]),
        np.append(np.ones(width - 3), [threshold[1], 1, 1]),
    )
    solved = milp(
        cost,
        constraints=LinearConstraint(np.array(lines), lower, upper),
        integrality=integral,
        bounds=ends,
    )
    if solved.status != 0 or solved.x is None:
        return False
    return bool(rank == top or solved.x[margin] > STRICT)
