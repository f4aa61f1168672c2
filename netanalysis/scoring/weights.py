"""Which weights are admissible, and how are they drawn so that none is favoured?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog
from scipy.stats import qmc

from netanalysis.errors import Phrase
from netanalysis.scoring.validation import one_of_each, refuse

__all__ = ["Bounds", "Pairs", "centre", "sample_weights", "weight_constraints"]

Floats = NDArray[np.float64]
Pairs = Iterable[tuple[str, str]]
Bounds = Mapping[str, tuple[float, float]]

BLOCK = 4096  # proposals at a time
CHAINS = 1000  # of hit-and-run, side by side
LEAST_ACCEPTED = 0.005  # below this share of accepted draws, hit-and-run takes over
NEWTON = 100  # steps towards the centre at most; a dozen are usual
FLAT = 1e-9  # slack below which an inequality is in effect an equation
DIGITS = 12  # of the centre: what arithmetic leaves beyond them differs between processors


def sample_weights(
    criteria: Sequence[str],
    draws: int,
    rng: np.random.Generator,
    at_least: Pairs = (),
    bounds: Bounds | None = None,
) -> Floats:
    """Weights drawn uniformly from all that are admissible.

    Exact where a closed form or rejection serves: without statements a flat Dirichlet, for a
    full ranking the same in sorted order, else rejection from the simplex above the lower
    bounds. These are spread more evenly than by chance (a scrambled Sobol sequence), so that means
    over them are nearer to the truth. Where rejection would keep almost nothing, hit-and-run in
    the polytope, rounded first.

    Parameters
    ----------
    criteria : sequence of str
    draws : int
        Number of weight vectors, 1 or more.
    rng : numpy.random.Generator
    at_least : iterable of (str, str)
        (a, b): a weighs at least as much as b.
    bounds : mapping of criterion to (float, float), optional
        Lowest and highest weight, shares from 0 to 1.

    Returns
    -------
    array, draws x criteria
        Not negative, each row summing to 1.

    Raises
    ------
    DataError
        For unknown or repeated criteria, bounds out of order, or statements and bounds that
        contradict each other; those that clash are named.

    References
    ----------
    Tervonen, T., van Valkenhoef, G., Basturk, N. & Postmus, D. (2013). Hit-And-Run enables
    efficient weight generation for simulation-based multiple criteria decision analysis.
    *European Journal of Operational Research* 224(3), 552-559.

    Owen, A. B. (1998). Scrambling Sobol' and Niederreiter-Xing points. *Journal of Complexity*
    14(4), 466-489.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> w = sample_weights(["a", "b"], 1000, rng, at_least=[("a", "b")])
    >>> bool((w[:, 0] >= w[:, 1]).all()), w.shape
    (True, (1000, 2))
    """
    names, pairs = list(criteria), list(at_least)
    rows, limits = weight_constraints(names, pairs, bounds)
    if isinstance(draws, bool) or not isinstance(draws, (int, np.integer)) or draws < 1:
        raise refuse("score_draws", draws=draws)
    if not isinstance(rng, np.random.Generator):
        raise refuse("score_form", what="rng", form="numpy.random.default_rng(SEED)")
    ranking = _full_ranking(names, pairs) if not bounds else None
    if ranking is not None:
        return _ranked(ranking, _first(draws, _simplex(len(names), rng)))
    lowest = np.array([(bounds or {}).get(name, (0.0, 1.0))[0] for name in names])
    if not len(rows):
        return _above(lowest, _first(draws, _simplex(len(names), rng)))
    return _first(draws, _admissible(rows, limits, lowest, rng))


def centre(criteria: Sequence[str], at_least: Pairs = (), bounds: Bounds | None = None) -> Floats:
    """The analytic centre of the admissible weights.

    The point at which the product of the distances from all limits is largest: bounds, order
    statements, and no weight below 0. There is exactly one, and no draw moves it.

    Parameters
    ----------
    criteria, at_least, bounds
        As for `sample_weights`.

    Returns
    -------
    array, criteria
        Not negative, summing to 1.

    Raises
    ------
    DataError
        As `sample_weights`.

    References
    ----------
    Boyd, S. & Vandenberghe, L. (2004). *Convex Optimization*, section 8.5.3. Cambridge University
    Press.

    Examples
    --------
    >>> centre(["a", "b", "c"]).round(3).tolist()
    [0.333, 0.333, 0.333]
    >>> centre(["a", "b"], [("a", "b")]).round(3).tolist()
    [0.789, 0.211]
    """
    inner = _polytope(*weight_constraints(list(criteria), at_least, bounds))
    point, ahead = inner.point, inner.rows @ inner.steps
    for _ in range(NEWTON if inner.steps.shape[1] else 0):
        slack = inner.limits - inner.rows @ point
        slope, bend = ahead.T @ (1 / slack), (ahead / slack[:, None] ** 2).T @ ahead
        way = -np.linalg.solve(bend, slope)
        length = float(np.sqrt(-slope @ way))  # in the polytope's own measure, below 1 stays inside
        point = point + inner.steps @ way / max(1.0, 2 * length)
        if length < FLAT:
            break
    inside = np.round(np.maximum(point, 0), DIGITS)  # equal weights are equal on every machine
    return np.asarray(inside / inside.sum())


def weight_constraints(
    criteria: Sequence[str], at_least: Pairs = (), bounds: Bounds | None = None
) -> tuple[Floats, Floats]:
    """The admissible weights as inequalities, besides being shares that sum to 1.

    Parameters
    ----------
    criteria, at_least, bounds
        As for `sample_weights`.

    Returns
    -------
    (array, array)
        Rows and limits of ``rows @ w <= limits``.

    Raises
    ------
    DataError
        As `sample_weights`.
    """
    names = list(criteria)
    one_of_each("criteria", names)
    place = {name: number for number, name in enumerate(names)}
    unit = np.eye(len(names))
    rows, limits, told = [], [], []
    try:
        pairs = [(one, other) for one, other in at_least]
        limited = {
            name: (float(low), float(high)) for name, (low, high) in dict(bounds or {}).items()
        }
    except (TypeError, ValueError):
        form = Phrase("pairs of criteria; bounds: a lowest and a highest share for a criterion")
        raise refuse("score_form", what="at_least or bounds", form=form) from None
    for one, other in pairs:
        for name in (one, other):
            if name not in place:
                raise refuse("score_unknown", table="at_least", names=name, known="; ".join(names))
        if one != other:
            rows.append(unit[place[other]] - unit[place[one]])
            limits.append(0.0)
            told.append(Phrase("{one} at least as much as {other}", {"one": one, "other": other}))
    for name, (low, high) in limited.items():
        if name not in place:
            raise refuse("score_unknown", table="bounds", names=name, known="; ".join(names))
        if not 0 <= low <= high <= 1:
            raise refuse("score_bounds", name=name)
        if low > 0:
            rows.append(-unit[place[name]])
            limits.append(-low)
            told.append(Phrase("{name} at least {share}", {"name": name, "share": f"{low:g}"}))
        if high < 1:
            rows.append(unit[place[name]])
            limits.append(high)
            told.append(Phrase("{name} at most {share}", {"name": name, "share": f"{high:g}"}))
    matrix, most = np.array(rows).reshape(-1, len(names)), np.array(limits)
    if not _feasible(matrix, most):
        clash = list(range(len(told)))
        for number in range(len(told)):
            rest = [index for index in clash if index != number]
            if not _feasible(matrix[rest], most[rest]):
                clash = rest
        raise refuse("score_clash", statements=tuple(told[index] for index in clash))
    return matrix, most


def _feasible(rows: Floats, limits: Floats) -> bool:
    count = rows.shape[1]
    return bool(_program(np.zeros(count), rows, limits).status == 0)


def _program(cost: Floats, rows: Floats, limits: Floats) -> Any:
    count = rows.shape[1]
    return linprog(
        cost,
        A_ub=rows if len(rows) else None,
        b_ub=limits if len(rows) else None,
        A_eq=np.ones((1, count)),
        b_eq=[1.0],
        bounds=(0, None),
    )


def _full_ranking(names: list[str], pairs: list[tuple[str, str]]) -> list[int] | None:
    """Places of the criteria from the weightiest on, where the statements rank them all."""
    above = {name: {one for one, other in pairs if other == name and one != name} for name in names}
    order: list[str] = []
    while len(order) < len(names):
        free = [name for name in names if name not in order and above[name] <= set(order)]
        if len(free) != 1:
            return None
        order.append(free[0])
    chained = all(one in above[other] for one, other in pairwise(order))
    return [names.index(name) for name in order] if chained else None


def _simplex(count: int, rng: np.random.Generator) -> Iterator[Floats]:
    """Uniform on the simplex without end, more evenly spread than if each were drawn alone.

    A scrambled Sobol sequence, whose points are gaps between events at random (a flat Dirichlet).
    """
    points = qmc.Sobol(count, rng=rng)
    while True:
        gaps = -np.log1p(-points.random(BLOCK))
        yield gaps / gaps.sum(axis=1, keepdims=True)


def _ranked(ranking: list[int], drawn: Floats) -> Floats:
    """Uniform under a full ranking: from uniform on the simplex, in sorted order."""
    weights = np.empty_like(drawn)
    weights[:, ranking] = -np.sort(-drawn, axis=1)
    return weights


def _above(lowest: Floats, drawn: Floats) -> Floats:
    """Uniform on the simplex above the lowest weights, from uniform on the whole of it."""
    return np.asarray(lowest + (1 - lowest.sum()) * drawn)


def _admissible(
    rows: Floats, limits: Floats, lowest: Floats, rng: np.random.Generator
) -> Iterator[Floats]:
    """Admissible weights without end: by rejection while enough is kept, else hit-and-run."""
    kept = tried = 0
    for drawn in _simplex(len(lowest), rng):
        block = _above(lowest, drawn)
        block = block[(block @ rows.T <= limits + 1e-12).all(axis=1)]
        kept, tried = kept + len(block), tried + BLOCK
        yield block
        if tried >= 4 * BLOCK and kept < LEAST_ACCEPTED * tried:
            break
    yield from _hit_and_run(rows, limits, rng)


def _first(number: int, stream: Iterator[Floats]) -> Floats:
    """So many rows out of blocks of any size."""
    parts: list[Floats] = []
    while sum(map(len, parts)) < number:
        parts.append(next(stream))
    return np.concatenate(parts)[:number]


@dataclass(frozen=True)
class _Polytope:
    """Admissible weights, without the limits that they always touch.

    Attributes
    ----------
    point : array, criteria
        One that is inside.
    steps : array, criteria x directions
        The directions in which one can move.
    rows, limits : array
        The limits that one can move towards: ``rows @ w <= limits``.
    """

    point: Floats
    steps: Floats
    rows: Floats
    limits: Floats


def _polytope(rows: Floats, limits: Floats) -> _Polytope:
    count = rows.shape[1]
    positive = np.array([not ((rows == -unit).all(axis=1) & (limits < 0)).any()
                         for unit in np.eye(count)])  # fmt: skip
    rows = np.vstack([rows, -np.eye(count)[positive]])
    limits = np.append(limits, np.zeros(positive.sum()))
    flat = np.array([_most_slack(row, limit, rows, limits) <= FLAT for row, limit in
                     zip(rows, limits, strict=True)])  # fmt: skip
    equations = np.vstack([np.ones(count), rows[flat]])
    steps = null_space(equations)
    known = np.append(1.0, limits[flat])
    if steps.shape[1] == 0:
        only = np.linalg.lstsq(equations, known, rcond=None)[0]
        return _Polytope(only, steps, rows[~flat], limits[~flat])
    inner = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.hstack([rows, np.linalg.norm(rows, axis=1)[:, None]])[~flat],
        b_ub=limits[~flat],
        A_eq=np.hstack([equations, np.zeros((len(equations), 1))]),
        b_eq=known,
        bounds=[(None, None)] * count + [(0, None)],
    )
    return _Polytope(inner.x[:count], steps, rows[~flat], limits[~flat])


def _hit_and_run(rows: Floats, limits: Floats, rng: np.random.Generator) -> Iterator[Floats]:
    """Many chains at once from an inner point, in coordinates rounded by a first run."""
    inner = _polytope(rows, limits)
    steps, rows, limits = inner.steps, inner.rows, inner.limits
    points = np.tile(inner.point, (CHAINS, 1))
    if steps.shape[1] == 0:
        while True:
            yield points
    for _ in range(3):  # rounding: make the polytope about as long in every direction
        points = _walk(points, steps, rows, limits, 40 * steps.shape[1], rng)
        spread = np.cov((points - inner.point) @ np.linalg.pinv(steps).T, rowvar=False)
        root = np.linalg.cholesky(np.atleast_2d(spread) + 1e-30 * np.eye(steps.shape[1]))
        steps = steps @ root
    while True:
        points = _walk(points, steps, rows, limits, 10 * steps.shape[1], rng)
        inside = np.maximum(points, 0)  # a weight that is fixed at 0 is 0, and not a hair below
        yield inside / inside.sum(axis=1, keepdims=True)


def _most_slack(row: Floats, limit: float, rows: Floats, limits: Floats) -> float:
    best = _program(row, rows, limits)
    return float(limit - best.fun)


def _walk(
    points: Floats,
    steps: Floats,
    rows: Floats,
    limits: Floats,
    number: int,
    rng: np.random.Generator,
) -> Floats:
    for _ in range(number):
        ways = rng.standard_normal((len(points), steps.shape[1])) @ steps.T
        slack = np.maximum(limits - points @ rows.T, 0)
        speed = ways @ rows.T
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = slack / speed
        forth = np.where(speed > 0, reach, np.inf).min(axis=1)
        back = np.where(speed < 0, reach, -np.inf).max(axis=1)
        points = points + rng.uniform(back, forth)[:, None] * ways
    return points
