"""Which levels are possible at all, for some admissible weights, threshold and values?

A small mixed-integer program for each alternative and level: it chooses a value within each
interval, weights and a threshold so that the level is reached and the next one is not. Levels
can be skipped, so looking at the worst and the best values is not enough.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds as Ends
from scipy.optimize import LinearConstraint, linprog, milp

from netanalysis.scoring.validation import TOLERANCE, Given, checked_threshold
from netanalysis.scoring.weights import Bounds, Pairs, weight_constraints

__all__ = ["levels"]

Floats = NDArray[np.float64]
Kinds = list[tuple[int, int]]
GRAIN = 1e-6  # what the solver of mixed-integer programs cannot tell from 0
EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


def levels(
    given: Given,
    threshold: float | tuple[float, float],
    at_least: Pairs = (),
    bounds: Bounds | None = None,
    seen: NDArray[np.bool_] | None = None,
) -> dict[str, list[int]]:
    """The ranks of the levels that are possible for each alternative, 0 the lowest.

    Parameters
    ----------
    given : Given
        From `netanalysis.scoring.validation.checked`.
    threshold, at_least, bounds
        As for `netanalysis.scoring.acceptability.class_acceptability`.
    seen : array of bool, alternatives x ranks, optional
        Levels of so large a share that they are possible: no program need look for them.

    Returns
    -------
    dict of alternative to list of int

    Raises
    ------
    DataError
        For statements and bounds that clash, or a threshold out of range.
    """
    criteria, asked, barring = given.criteria, given.asked, given.barring
    worst, best = given.worst, given.best
    rows, limits = weight_constraints(criteria, at_least, bounds)
    within = np.array([(bounds or {}).get(name, (0.0, 1.0)) for name in criteria])
    thresholds = checked_threshold(threshold)
    known: dict[tuple[float, ...], Kinds] = {}

    def kinds(row: int, place: int) -> Kinds:
        key = (place, worst[row, place], best[row, place])
        if key not in known:
            values = _values(
                *key[1:], asked[:, place], barring[:, place], given.sign[place], given.scale
            )
            known[key] = _kinds(values, asked[:, place], barring[:, place])
        return known[key]

    found = {}
    for row, name in enumerate(given.names):
        applied = np.flatnonzero(given.applies[row])
        own = [kinds(row, int(place)) for place in applied]
        problem = _Problem(own, applied, rows, limits, within, thresholds, len(asked))
        found[name] = [
            rank
            for rank in range(len(asked) + 1)
            if (seen is not None and seen[row, rank])
            or (not _excluded(rank, problem) and _reachable(rank, problem))
        ]
    return found


@dataclass(frozen=True)
class _Problem:
    """One alternative: what its ratings can do, and what is admissible."""

    kinds: list[Kinds]
    applied: NDArray[np.int64]
    rows: Floats
    limits: Floats
    within: Floats
    threshold: tuple[float, float]
    top: int


def _values(
    worst: float,
    best: float,
    asked: Floats,
    barring: Floats,
    sign: float,
    scale: Floats | None,
) -> Floats:
    """Enough values of an interval to show everything that it can do."""
    if scale is not None:
        values = sign * scale
        return np.asarray(values[(values >= worst) & (values <= best)])
    marks = [v for v in (*asked, *barring) if worst < v < best]
    steps = sorted({worst, best, *marks})
    return np.array([*steps, *((one + other) / 2 for one, other in pairwise(steps))])


def _kinds(values: Floats, asked: Floats, barring: Floats) -> Kinds:
    """What the values can do: (levels whose demand is met, lowest level that is barred)."""
    kinds = set()
    for value in values:
        bars = np.flatnonzero(value <= barring)
        kinds.add((int((value >= asked).sum()), int(bars[0]) + 1 if len(bars) else len(asked) + 1))
    return sorted(kinds)


def _excluded(rank: int, problem: _Problem) -> bool:
    """Whether the bounds on the weights alone already rule the level out.

    The most that some criteria can weigh is the sum of their upper bounds, or what the others'
    lower bounds leave; order statements could only make it less.
    """
    if len(problem.applied) < len(problem.within):
        return False
    low, high = problem.within.T

    def most(met: list[bool]) -> float:
        return float(min(high[met].sum(), 1 - low[np.logical_not(met)].sum()))

    can = [any(kind[0] >= rank for kind in own) for own in problem.kinds]
    if rank and most(can) < problem.threshold[0] - 2 * TOLERANCE:
        return True
    if rank == problem.top:
        return False
    must = [all(kind[0] > rank for kind in own) for own in problem.kinds]
    barred = any(kind[1] <= rank + 1 for own in problem.kinds for kind in own)
    missed = most([not sure for sure in must])
    return not barred and 1 - missed >= problem.threshold[1] - TOLERANCE


def _reachable(rank: int, problem: _Problem) -> bool:
    """Whether some choice reaches the level of that rank and not the next one.

    The margin may be a hair below 0, since the solver's numbers are; `_confirmed` decides.
    Variables: weights w; for each criterion that applies and each kind a choice z and a part
    y = w z; the threshold; whether the next level is barred by a veto; the margin by which it is
    missed. Weights are measured in units of what applies, so that the rest carry the weight of
    what does not; bounds then hold in proportion to the sum of all.
    """
    count, top = len(problem.within), problem.top
    flat = [
        (int(place), kind)
        for place, own in zip(problem.applied, problem.kinds, strict=True)
        for kind in own
        if kind[1] > rank
    ]
    if {place for place, _ in flat} != set(problem.applied.tolist()):
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

    add(dict.fromkeys(problem.applied.tolist(), 1.0), 1, 1)
    for row, most in zip(problem.rows, problem.limits, strict=True):
        add(dict(enumerate(row - most)), -np.inf, 0)
    for place in problem.applied.tolist():
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
    least, most = problem.threshold
    free = np.full(count, np.inf)
    free[problem.applied] = 1
    solved = milp(
        cost,
        constraints=LinearConstraint(np.array(lines), lower, upper),
        integrality=integral,
        bounds=Ends(
            np.append(np.zeros(width - 3), [least, 0, -GRAIN]),
            np.concatenate([free, np.ones(2 * size), [most, 1, 1]]),
        ),
    )
    if solved.status != 0 or solved.x is None or solved.x[margin] < -GRAIN:
        return False
    chosen = [
        (place, kind) for (place, kind), z in zip(flat, solved.x[z:y], strict=True) if z > 0.5
    ]
    return _confirmed(rank, problem, chosen)


def _confirmed(rank: int, problem: _Problem, chosen: list[tuple[int, tuple[int, int]]]) -> bool:
    """Whether weights and a threshold give the level, with the values that a program chose.

    What the program found is only as sharp as its solver. With the values fixed a linear program
    finds the best weights anew, and these are held against the level as every draw is: sums count
    as reached from a tolerance below the threshold on, so that a margin of that size proves
    nothing.
    """
    count = len(problem.within)
    met, above = np.zeros(count), np.zeros(count)
    for place, kind in chosen:
        met[place], above[place] = kind[0] >= rank, kind[0] > rank
    barred = rank < problem.top and any(kind[1] <= rank + 1 for _, kind in chosen)
    open_above = rank < problem.top and not barred
    # variables: weights, threshold, and the margin by which the next level is missed
    lines = [np.append(row - most, [0, 0])
             for row, most in zip(problem.rows, problem.limits, strict=True)]  # fmt: skip
    tops = [0.0] * len(lines)
    if rank:
        lines.append(np.append(-met, [1, 0]))
        tops.append(TOLERANCE)
    lines.append(np.append(above if open_above else np.zeros(count), [-open_above, 1]))
    tops.append(0.0 if open_above else 1.0)
    whole = np.zeros(count + 2)
    whole[problem.applied] = 1
    ends = [(0, 1) if place in problem.applied else (0, None) for place in range(count)]
    solved = linprog(
        np.append(np.zeros(count + 1), -1),
        A_ub=np.array(lines),
        b_ub=tops,
        A_eq=whole[None],
        b_eq=[1.0],
        bounds=[*ends, problem.threshold, (-GRAIN, 1)],
        options=EXACT,
    )
    return bool(solved.status == 0 and (not open_above or solved.x[-1] > 2 * TOLERANCE))
