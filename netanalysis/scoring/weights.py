"""Which weights are admissible, and how are they drawn so that none is favoured?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from netanalysis.errors import Phrase
from netanalysis.scoring.validation import one_of_each, refuse

__all__ = ["Bounds", "Pairs", "sample_weights", "weight_blocks", "weight_constraints"]

Floats = NDArray[np.float64]
Pairs = Iterable[tuple[str, str]]
Bounds = Mapping[str, tuple[float, float]]

BLOCK = 4096  # proposals at a time
CHAINS = 1000  # of hit-and-run, side by side
LEAST_ACCEPTED = 0.005  # below this share of accepted draws, hit-and-run takes over
FLAT = 1e-9  # slack below which an inequality is in effect an equation


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
    bounds. Where that would reject nearly all, hit-and-run in the polytope, rounded first.

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

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> w = sample_weights(["a", "b"], 1000, rng, at_least=[("a", "b")])
    >>> bool((w[:, 0] >= w[:, 1]).all()), w.shape
    (True, (1000, 2))
    """
    return np.concatenate(list(weight_blocks(criteria, draws, draws, rng, at_least, bounds)))


def weight_blocks(
    criteria: Sequence[str],
    draws: int,
    size: int,
    rng: np.random.Generator,
    at_least: Pairs = (),
    bounds: Bounds | None = None,
) -> Iterator[Floats]:
    """The draws of `sample_weights`, so many at a time, so that memory does not grow with them.

    Parameters
    ----------
    criteria, draws, rng, at_least, bounds
        As for `sample_weights`.
    size : int
        Draws in a block; the last one may be shorter.

    Yields
    ------
    array, up to size x criteria

    Raises
    ------
    DataError
        As `sample_weights`, before anything is drawn.
    """
    names, pairs = list(criteria), list(at_least)
    rows, limits = weight_constraints(names, pairs, bounds)
    if isinstance(draws, bool) or not isinstance(draws, (int, np.integer)) or draws < 1:
        raise refuse("score_draws", draws=draws)
    if not isinstance(rng, np.random.Generator):
        raise refuse("score_form", what="rng", form="numpy.random.default_rng(SEED)")
    sizes = (min(size, draws - start) for start in range(0, draws, size))
    ranking = _full_ranking(names, pairs) if not bounds else None
    if ranking is not None:
        return (_ranked(ranking, number, rng) for number in sizes)
    lowest = np.array([(bounds or {}).get(name, (0.0, 1.0))[0] for name in names])
    if not len(rows):
        return (_above(lowest, number, rng) for number in sizes)
    return _cut_to(sizes, _admissible(rows, limits, lowest, rng))


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


def _ranked(ranking: list[int], number: int, rng: np.random.Generator) -> Floats:
    """Uniform under a full ranking: a flat Dirichlet in sorted order."""
    ordered = -np.sort(-rng.dirichlet(np.ones(len(ranking)), number), axis=1)
    weights = np.empty_like(ordered)
    weights[:, ranking] = ordered
    return weights


def _above(lowest: Floats, number: int, rng: np.random.Generator) -> Floats:
    """Uniform on the simplex above the lowest weights."""
    free = 1 - lowest.sum()
    return np.asarray(lowest + free * rng.dirichlet(np.ones(len(lowest)), number))


def _admissible(
    rows: Floats, limits: Floats, lowest: Floats, rng: np.random.Generator
) -> Iterator[Floats]:
    """Admissible weights without end: by rejection while enough is kept, else hit-and-run."""
    kept = tried = 0
    while tried < 4 * BLOCK or kept >= LEAST_ACCEPTED * tried:
        block = _above(lowest, BLOCK, rng)
        block = block[(block @ rows.T <= limits + 1e-12).all(axis=1)]
        kept, tried = kept + len(block), tried + BLOCK
        yield block
    yield from _hit_and_run(rows, limits, rng)


def _cut_to(sizes: Iterable[int], stream: Iterator[Floats]) -> Iterator[Floats]:
    """Blocks of the sizes wanted out of blocks of any size."""
    held = next(stream)
    for size in sizes:
        parts = [held]
        while sum(map(len, parts)) < size:
            parts.append(next(stream))
        whole = np.concatenate(parts)
        held = whole[size:]
        yield whole[:size]


def _hit_and_run(rows: Floats, limits: Floats, rng: np.random.Generator) -> Iterator[Floats]:
    """Many chains at once from an inner point, in coordinates rounded by a first run."""
    count = rows.shape[1]
    rows = np.vstack([rows, -np.eye(count)])
    limits = np.append(limits, np.zeros(count))
    inequality = np.hstack([rows, np.linalg.norm(rows, axis=1)[:, None]])
    flat = np.array([_most_slack(row, limit, rows, limits) <= FLAT for row, limit in
                     zip(rows, limits, strict=True)])  # fmt: skip
    equations = np.vstack([np.ones(count), rows[flat]])
    steps = null_space(equations)
    inequality = inequality[~flat]
    inner = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=inequality,
        b_ub=limits[~flat],
        A_eq=np.hstack([equations, np.zeros((len(equations), 1))]),
        b_eq=np.append(1.0, limits[flat]),
        bounds=[(None, None)] * count + [(0, None)],
    )
    centre = inner.x[:count]
    points = np.tile(centre, (CHAINS, 1))
    if steps.shape[1] == 0:
        while True:
            yield points
    rows, limits = rows[~flat], limits[~flat]
    for _ in range(3):  # rounding: make the polytope about as long in every direction
        points = _walk(points, steps, rows, limits, 40 * steps.shape[1], rng)
        spread = np.cov((points - centre) @ np.linalg.pinv(steps).T, rowvar=False)
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
