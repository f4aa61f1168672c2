"""How often do the criteria that meet a level's demands hold enough of the weight?

Given the weights, the share of thresholds and ratings with which a level is reached is a finite sum
over the coalitions of criteria that can meet its demands. So only weights are drawn: how much of
the range of thresholds a coalition satisfies is worked out for every draw, once for each coalition,
and then serves all alternatives, levels and what-ifs.

References
----------
Bouyssou, D. & Marchant, T. (2007). An axiomatic approach to noncompensatory sorting methods in
MCDM, II. *European Journal of Operational Research* 178(1), 246-276. (Sufficient coalitions.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from netanalysis.scoring.chances import Chances
from netanalysis.scoring.validation import TOLERANCE, refuse

__all__ = ["MOST", "SUMMED", "Coalitions", "by_level", "conditional"]

Floats = NDArray[np.float64]
MOST = 14  # criteria of which every coalition is looked at; of more, those that can come about
SUMMED = 10  # open ratings that are summed over where there are more criteria; the rest are drawn
BATCHES = 20  # of draws, by whose spread the standard error is told
CELLS = 2**18  # sums of weights at a time: what one step needs stays in a processor's own cache


@dataclass(frozen=True, eq=False)
class Coalitions:
    """How often each coalition of criteria is sufficient, over admissible weights and thresholds.

    Attributes
    ----------
    weights : array, draws x criteria
        Not negative, each row summing to 1.
    threshold : (float, float)
        Lowest and highest threshold, shares of the weight; all between count alike.
    batches : int
        Of how many batches of the draws the means are told, in their order.
    """

    weights: Floats
    threshold: tuple[float, float]
    batches: int = BATCHES
    _tables: dict[tuple[int, ...], Floats] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "batches", min(self.batches, len(self.weights)))

    @property
    def most_error(self) -> float:
        """The largest standard error that the mean of so many shares can have."""
        return float(0.5 / len(self.weights) ** 0.5)

    @cached_property
    def whole(self) -> "Coalitions":
        """The same in one batch."""
        whole = Coalitions(self.weights, self.threshold, 1)
        for columns, table in self._tables.items():  # what is known by batches is not summed anew
            whole._tables[columns] = self.mean(table)[:, None]
        return whole

    def reached(self, given: Chances) -> Floats:
        """How often each alternative reaches each level, in each batch of draws.

        Parameters
        ----------
        given : Chances

        Returns
        -------
        array, alternatives x levels x batches

        Raises
        ------
        DataError
            If no criterion that carries weight applies to an alternative.
        """
        return self.reach(*conditional(given.met, given.barred), given.applies, given.names)

    def reach(
        self,
        met: Floats,
        unbarred: Floats,
        applies: NDArray[np.bool_],
        names: Sequence[object] = (),
    ) -> Floats:
        """The same from chances.

        Parameters
        ----------
        met : array, alternatives x levels x criteria
            Chance that the demand is met where the level is not barred.
        unbarred : array, alternatives x levels
            Chance that no rating bars the level.
        applies : array of bool, alternatives x criteria
        names : sequence, optional
            The alternatives, for the message.

        Returns
        -------
        array, alternatives x levels x batches
        """
        found = np.empty((*met.shape[:2], self.batches))
        for columns, rows in _alike(applies):
            if len(columns) < applies.shape[1]:
                self._refuse_weightless(columns, [names[row] for row in rows if len(names)])
            own = met[rows][:, :, columns].reshape(-1, len(columns))
            seen = len(columns) <= MOST
            reached = _expected(self.table(columns), own) if seen else self._drawn(columns, own)
            found[rows] = reached.reshape(len(rows), met.shape[1], self.batches)
        return np.asarray(found * unbarred[..., None])

    def reached_at(self, given: Chances, thresholds: Floats) -> Floats:
        """How often each alternative reaches each level at each of some thresholds.

        The weight of a coalition is worked out once for every draw, and counted by how many of the
        thresholds it reaches.

        Parameters
        ----------
        given : Chances
        thresholds : array
            Rising, and as far from each other all along.

        Returns
        -------
        array, alternatives x levels x thresholds
        """
        met, unbarred = conditional(given.met, given.barred)
        found = np.empty((*unbarred.shape, len(thresholds)))
        for columns, rows in _alike(given.applies):
            if len(columns) > MOST:
                state = met[rows], unbarred[rows], given.applies[rows]
                for number, limit in enumerate(thresholds):
                    fixed = Coalitions(self.weights, (limit, limit), 1)
                    found[rows, :, number] = fixed.reach(*state)[..., 0]
                continue
            own = met[rows][:, :, columns].reshape(-1, len(columns))
            reached = _expected(self._table_at(columns, thresholds), own)
            found[rows] = (
                reached.reshape(len(rows), -1, len(thresholds)) * unbarred[rows][..., None]
            )
        return found

    def _table_at(self, columns: Sequence[int], thresholds: Floats) -> Floats:
        """Coalitions x thresholds: the share of the draws in which each reaches each."""
        size, count, weights = 2 ** len(columns), len(thresholds) + 1, self.of(columns)
        step = (thresholds[-1] - thresholds[0]) / (len(thresholds) - 1)
        first, counts = np.arange(size)[:, None] * count, np.zeros(size * count)
        for part in _parts(len(weights), size):
            beyond = _sums_of_coalitions(weights[part]) + TOLERANCE - thresholds[0]
            reached = np.clip(np.floor(beyond / step).astype(np.int64) + 1, 0, len(thresholds))
            counts += np.bincount((first + reached).ravel(), minlength=len(counts))
        return np.asarray(counts.reshape(size, -1)[:, :0:-1].cumsum(axis=1)[:, ::-1] / len(weights))

    def mean(self, batches: Floats) -> Floats:
        """The mean over all draws of what is told by batches, in the last axis."""
        sizes = [len(part) for part in np.array_split(self.weights[:, 0], self.batches)]
        return np.asarray(batches @ sizes / len(self.weights))

    def error(self, batches: Floats) -> Floats:
        """The standard error of `mean`, by the spread of the batches; of one its most."""
        if self.batches == 1:
            return np.full(batches.shape[:-1], self.most_error)
        return np.asarray(batches.std(axis=-1, ddof=1) / self.batches**0.5)

    def table(self, columns: Sequence[int]) -> Floats:
        """How much of the range of thresholds each coalition satisfies, in each batch of draws.

        Parameters
        ----------
        columns : sequence of int
            The criteria that apply; they carry all of the weight.

        Returns
        -------
        array, coalitions x batches
            Coalition number n has the i-th of the criteria where bit i of n is set.
        """
        key = tuple(columns)
        if key not in self._tables:
            size = 2 ** len(columns)
            held = np.empty((size, self.batches))
            for number, batch in enumerate(np.array_split(self.of(columns), self.batches)):
                sums = np.zeros(size)
                for part in _parts(len(batch), size):
                    satisfied = self._satisfied(batch[part])
                    sums += satisfied @ np.ones(satisfied.shape[1])  # quicker than `sum`
                held[:, number] = sums / len(batch)
            self._tables[key] = held
        return self._tables[key]

    def of(self, columns: Sequence[int]) -> Floats:
        """The weights of the criteria that apply, which carry all of the weight."""
        own = self.weights[:, columns]
        whole = own.sum(axis=1, keepdims=True)
        return np.asarray(own if len(columns) == self.weights.shape[1] else own / whole)

    def _refuse_weightless(self, columns: Sequence[int], names: Sequence[object]) -> None:
        if (self.weights[:, columns].sum(axis=1) <= TOLERANCE).any():
            raise refuse("score_no_weight", names="; ".join(map(str, names)))

    def _satisfied(self, weights: Floats, base: Floats | float = 0.0) -> Floats:
        """The share of the thresholds that each coalition reaches, for each vector of weights.

        Parameters and shape are those of `_sums_of_coalitions`.
        """
        least, most = self.threshold
        beyond = base + TOLERANCE - least
        if most == least:
            return np.greater_equal(_sums_of_coalitions(weights, beyond), 0).astype(float)
        sums = _sums_of_coalitions(weights / (most - least), beyond / (most - least))
        return np.clip(sums, 0, 1, out=sums)

    def _drawn(self, columns: Sequence[int], met: Floats) -> Floats:
        """As `_expected`, for so many criteria that not every coalition can be looked at.

        Summed over are the heaviest open ratings; the others are drawn with the weights.
        """
        weights = self.of(columns)
        place = np.random.default_rng(len(columns)).random(weights.shape)
        heavy = np.argsort(-weights.mean(axis=0), kind="stable")
        rows, back = np.unique(met, axis=0, return_inverse=True)
        found = np.empty((len(rows), self.batches))
        for number, row in enumerate(rows):
            summed = [one for one in heavy if 0 < row[one] < 1][:SUMMED]
            held = np.where(place < row, weights, 0)  # by those that meet the demand as drawn
            held[:, summed] = 0
            base, chance = held.sum(axis=1), _chances_of_coalitions(row[None, summed])[0]
            draws = [
                chance @ self._satisfied(weights[part][:, summed], base[part])
                for part in _parts(len(weights), len(chance))
            ]
            batches = np.array_split(np.concatenate(draws), self.batches)
            found[number] = [batch.mean() for batch in batches]
        return np.asarray(found[back.ravel()])


def conditional(met: Floats, barred: Floats) -> tuple[Floats, Floats]:
    """The chance that each demand is met where nothing bars, and that nothing does.

    Parameters
    ----------
    met, barred : array, ... x criteria
        As in `netanalysis.scoring.chances.Chances`; 0 and 0 where a criterion does not apply.

    Returns
    -------
    (array, array)
        ... x criteria, and without the criteria.
    """
    free = 1 - barred
    safe = np.where(free > 0, free, 1.0)
    return np.minimum(met / safe, 1.0), free.prod(axis=-1)


def _expected(table: Floats, met: Floats) -> Floats:
    """The mean of a table over coalitions that come about by chance.

    Parameters
    ----------
    table : array, coalitions x columns
        As `Coalitions.table`.
    met : array, rows x criteria
        Chance that each criterion is in the coalition, independently of the others.

    Returns
    -------
    array, rows x columns
    """
    bits = 2 ** np.arange(met.shape[1])
    sure = (met >= 1) @ bits
    is_open = (met > 0) & (met < 1)
    keys = is_open @ bits
    found = np.empty((len(met), table.shape[1]))
    for key in np.unique(keys):
        rows = np.flatnonzero(keys == key)
        places = np.flatnonzero(is_open[rows[0]])
        inside = np.array([0])
        for bit in bits[places]:
            inside = np.concatenate([inside, inside + bit])
        for part in _parts(len(rows), len(inside) * table.shape[1]):
            some = rows[part]
            chance = _chances_of_coalitions(met[some][:, places])
            held = table[sure[some][:, None] + inside]
            found[some] = np.einsum("rc,rcb->rb", chance, held)
    return found


def _sums_of_coalitions(weights: Floats, base: Floats | float = 0.0) -> Floats:
    """The weight that each coalition holds, for each vector of weights.

    Parameters
    ----------
    weights : array, vectors x criteria
    base : array, vectors, or float
        Weight that is held besides.

    Returns
    -------
    array, coalitions x vectors
    """
    sums = np.empty((2 ** weights.shape[1], len(weights)))
    sums[0] = base
    for place, column in enumerate(weights.T):
        half = 2**place
        np.add(sums[:half], column, out=sums[half : 2 * half])
    return sums


def by_level(reached: Floats) -> Floats:
    """The share of each level, from how often it or a higher one is reached.

    Parameters
    ----------
    reached : array, alternatives x levels x columns
        From the second-lowest level up.

    Returns
    -------
    array, alternatives x levels x columns
        The lowest level first; the levels of each column sum to 1.
    """
    return np.maximum(-np.diff(reached, axis=1, prepend=1, append=0), 0)


def _alike(applies: NDArray[np.bool_]) -> Iterator[tuple[list[int], NDArray[np.int64]]]:
    """The criteria that apply, and the rows of the alternatives to which just these do."""
    kinds, kind = np.unique(applies, axis=0, return_inverse=True)
    for number, own in enumerate(kinds):
        yield np.flatnonzero(own).tolist(), np.flatnonzero(kind.ravel() == number)


def _chances_of_coalitions(met: Floats) -> Floats:
    """Rows x coalitions: the chance that just these criteria are in."""
    chance = np.ones((len(met), 1))
    for column in met.T:
        chance = np.concatenate([chance * (1 - column[:, None]), chance * column[:, None]], axis=1)
    return chance


def _parts(number: int, size: int) -> list[slice]:
    """Slices of so many rows that what a step needs is not large."""
    step = max(CELLS // max(size, 1), 1)
    return [slice(start, start + step) for start in range(0, number, step)]
