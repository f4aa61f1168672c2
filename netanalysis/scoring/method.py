"""How are networks judged, and what is admissible in judging them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.acceptability import ClassAcceptability, judged, smaa2
from netanalysis.scoring.chances import chances
from netanalysis.scoring.coalitions import Coalitions, by_level
from netanalysis.scoring.engagement import LEVELS, settled
from netanalysis.scoring.sorting import profiles
from netanalysis.scoring.validation import (
    LOWEST,
    Given,
    Objectives,
    checked,
    checked_threshold,
    refuse,
)
from netanalysis.scoring.weights import centre, sample_weights

__all__ = ["FEWEST", "Method", "method"]

FEWEST = 100  # draws from which a share says anything worth a page
BLOCK = 1024  # draws ranked at a time, so that memory stays within bounds


@dataclass(frozen=True)
class Method:
    """Everything that an outcome depends on besides the ratings.

    Attributes
    ----------
    demands, vetoes : DataFrame, levels x criteria
    objectives : mapping of criterion to "max" or "min"
    threshold : (float, float)
        Lowest and highest admissible threshold, shares of the weight.
    at_least : sequence of (str, str)
        Order statements: the first criterion weighs at least as much as the second.
    bounds : mapping of criterion to (float, float), or None
        Lowest and highest admissible weight.
    scale : sequence of float
        The values that a rating can take.
    draws : int
    seed : int
        The same seed gives the same draws, whatever is judged with them.
    """

    demands: pd.DataFrame
    vetoes: pd.DataFrame
    objectives: Objectives
    threshold: tuple[float, float]
    at_least: Sequence[tuple[str, str]]
    bounds: Mapping[str, tuple[float, float]] | None
    scale: Sequence[float] = (0, 1, 2, 3, 4)
    draws: int = 10_000
    seed: int = 1

    def judge(
        self, low: pd.DataFrame, high: pd.DataFrame, applies: pd.DataFrame | None = None
    ) -> ClassAcceptability:
        """Possible levels, their shares and each rating's swing.

        Parameters
        ----------
        low, high, applies : DataFrame, networks x criteria
            From `netanalysis.scoring.ratings.intervals`.

        Returns
        -------
        ClassAcceptability

        Raises
        ------
        DataError
            As `netanalysis.scoring.acceptability.class_acceptability`.
        """
        given = self.given(low, high, applies)
        return judged(given, self.coalitions, self.at_least, self.bounds)

    @cached_property
    def coalitions(self) -> Coalitions:
        """The weights behind `judge`, and how often the criteria hold enough of them."""
        rng, criteria = np.random.default_rng(self.seed), list(self.demands.columns)
        weights = sample_weights(criteria, self.draws, rng, self.at_least, self.bounds)
        return Coalitions(weights, checked_threshold(self.threshold))

    @cached_property
    def centre(self) -> Coalitions:
        """The centre of the admissible weights alone, which no draw moves (`weights.centre`)."""
        middle = centre(list(self.demands.columns), self.at_least, self.bounds)
        return Coalitions(middle[None], checked_threshold(self.threshold))

    def given(
        self, low: pd.DataFrame, high: pd.DataFrame, applies: pd.DataFrame | None = None
    ) -> Given:
        """Ratings and what is asked of them, as `netanalysis.scoring.validation.checked`."""
        return checked(low, high, self.demands, self.vetoes, self.objectives, self.scale, applies)

    def known(
        self,
        low: pd.DataFrame,
        high: pd.DataFrame,
        applies: pd.DataFrame,
        weights: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """The share of the weight that rests on ratings: those that rule some of the scale out.

        Parameters
        ----------
        low, high, applies
            As for `judge`.
        weights : array, criteria, or vectors x criteria, optional
            The centre of the admissible weights where none are given.

        Returns
        -------
        array, alternatives, or alternatives x vectors
            From 0 to 1; 0 where nothing that carries weight applies.
        """
        weights = self.centre.weights[0] if weights is None else weights
        used = applies.to_numpy()
        carried, rated = used @ weights.T, (used & ~self.says_nothing(low, high)) @ weights.T
        return np.asarray(np.divide(rated, carried, out=np.zeros(carried.shape), where=carried > 0))

    def says_nothing(self, low: pd.DataFrame, high: pd.DataFrame) -> NDArray[np.bool_]:
        """Whether each rating leaves the whole scale open.

        Parameters
        ----------
        low, high : DataFrame, alternatives x criteria
        """
        return np.asarray((low <= min(self.scale)) & (high >= max(self.scale)))

    def judgeable(
        self,
        low: pd.DataFrame,
        high: pd.DataFrame,
        applies: pd.DataFrame,
        weighed: Sequence[str] = (),
    ) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Ratings that can be judged: where nothing applies to an alternative, all is unknown.

        Parameters
        ----------
        low, high, applies : DataFrame, alternatives x criteria
        weighed : sequence of str, optional
            The criteria that carry weight; all where none are given.
        """
        void = ~applies[list(weighed) or list(applies.columns)].any(axis=1)
        least, most = float(min(self.scale)), float(max(self.scale))
        ends = low.mask(void, least, axis=0), high.mask(void, most, axis=0)
        return *ends, applies.mask(void, True, axis=0)

    def settled(self, low: pd.DataFrame, high: pd.DataFrame, applies: pd.DataFrame) -> pd.DataFrame:
        """The outcomes of many variants of a network at once.

        Parameters
        ----------
        low, high, applies : DataFrame, alternatives x criteria
            As for `judge`.

        Returns
        -------
        DataFrame
            By alternative, as `netanalysis.scoring.engagement.settled`.
        """
        found = self.shares_and_errors(low, high, applies, self.coalitions)
        return settled(*found, self.known(low, high, applies))

    def shares_and_errors(
        self,
        low: pd.DataFrame,
        high: pd.DataFrame,
        applies: pd.DataFrame | None,
        coalitions: Coalitions,
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The shares of `judge` alone, with the standard error of each.

        Parameters
        ----------
        low, high, applies : DataFrame, alternatives x criteria
            As for `judge`.
        coalitions : Coalitions
            The method's own, or others.

        Returns
        -------
        (DataFrame, DataFrame)
            Alternatives x levels.
        """
        batches = by_level(coalitions.reached(chances(self.given(low, high, applies))))
        return (
            pd.DataFrame(coalitions.mean(batches), low.index, self.levels),
            pd.DataFrame(coalitions.error(batches), low.index, self.levels),
        )

    def ranks(
        self, low: pd.DataFrame, high: pd.DataFrame, applies: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """How often each network takes each rank when ratings are added up (SMAA-2).

        The cross-check on `judge`, with the same weights; ratings are drawn independently of one
        another, those of different networks too. A rating counts from 0, the worst of
        the scale, to 1, the best.

        Parameters
        ----------
        low, high, applies
            As for `judge`.

        Returns
        -------
        DataFrame, networks x ranks
            Shares of the draws; ranks from 1, the best.
        """
        given = self.given(low, high, applies)
        used, ends = given.applies, self._open_values(given)
        rng = np.random.default_rng([self.seed, len(ends)])
        total = np.zeros((len(low), len(low)))
        for start in range(0, self.draws, BLOCK):
            weights = self.coalitions.weights[start : start + BLOCK]
            values = np.zeros((len(weights), *low.shape))
            for (row, column), steps in ends.items():
                values[:, row, column] = rng.choice(steps, len(weights))
            for aside in np.flatnonzero(~used.all(axis=1)):  # the rest carry the weight
                own = weights[:, used[aside]]
                mean = (values[:, aside, used[aside]] * own).sum(axis=1) / own.sum(axis=1)
                values[:, aside, ~used[aside]] = np.clip(mean, 0, 1)[:, None]
            found = smaa2(values, weights)
            total += found.rank_acceptability * found.draws
        ranks = range(1, len(low) + 1)
        return pd.DataFrame(total / self.draws, index=low.index, columns=ranks)

    def _open_values(self, given: Given) -> dict[tuple[int, int], NDArray[np.float64]]:
        """By cell, the values that it can take, from worst to best, rescaled to 0 to 1."""
        found = {}
        for row, column in np.argwhere(given.applies):
            scale = np.sort(np.asarray(self.scale, dtype=float) * given.sign[column])
            inside = (scale >= given.worst[row, column]) & (scale <= given.best[row, column])
            rescaled = (scale - scale[0]) / (scale[-1] - scale[0])
            found[int(row), int(column)] = rescaled[inside]
        return found

    def without_bounds(self) -> "Method":
        """The same with the bounds on the weights lifted; order statements stay."""
        return replace(self, bounds=None)

    def column(self, outcome: str) -> int:
        """The place of an outcome's level in `levels`."""
        return self.levels.index(LOWEST if outcome == LEVELS[0] else outcome)

    @property
    def levels(self) -> list[str]:
        """The levels, lowest first."""
        return [LOWEST, *self.demands.index]


def method(
    criteria: pd.DataFrame,
    demands: pd.DataFrame,
    order_statements: pd.DataFrame,
    threshold: tuple[float, float],
    draws: int,
    seed: int,
) -> Method:
    """The method that the tables of a case lay down.

    Parameters
    ----------
    criteria, demands, order_statements : DataFrame
        Tables of a case.
    threshold : (float, float)
    draws, seed : int

    Returns
    -------
    Method

    Raises
    ------
    DataError
        For fewer than `FEWEST` draws.
    """
    if draws < FEWEST:
        raise refuse("score_draws_few", draws=draws, fewest=FEWEST)
    asked, vetoes = profiles(demands)
    table = criteria.set_index("criterion")
    bounds = {
        str(name): (float(low), float(high))
        for name, low, high in table[["weight_low", "weight_high"]].itertuples()
    }
    order = list(table.index)
    return Method(
        asked[order],
        vetoes[order],
        table["objective"].to_dict(),
        threshold,
        list(zip(order_statements["criterion"], order_statements["other"], strict=True)),
        bounds,
        draws=draws,
        seed=seed,
    )
