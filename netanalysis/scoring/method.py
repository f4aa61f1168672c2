"""How are networks judged, and what is admissible in judging them?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring import draws as drawing
from netanalysis.scoring.acceptability import ClassAcceptability, class_acceptability, smaa2
from netanalysis.scoring.draws import Draws
from netanalysis.scoring.sorting import profiles
from netanalysis.scoring.validation import LOWEST, Given, Objectives, checked, refuse

__all__ = ["FEWEST", "Method", "method"]

FEWEST = 100  # draws from which a share says anything worth a page
AT_ONCE = 4096  # variants scored together, so that memory stays within bounds


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
        return class_acceptability(
            low, high, self.demands, self.threshold, np.random.default_rng(self.seed),
            self.draws, self.at_least, self.bounds, self.vetoes, self.objectives, self.scale,
            applies,
        )  # fmt: skip

    def blocks(self) -> Iterator[Draws]:
        """The draws behind `judge`, some at a time."""
        rng, criteria = np.random.default_rng(self.seed), list(self.demands.columns)
        return drawing.draw_blocks(
            criteria, self.draws, self.threshold, rng, self.at_least, self.bounds
        )

    def cells(
        self, low: pd.DataFrame, high: pd.DataFrame, applies: pd.DataFrame | None = None
    ) -> drawing.Cells:
        """What every rating can do for each level, as `netanalysis.scoring.draws.cells`."""
        rest = (self.demands, self.vetoes, self.objectives, self.scale, applies)
        return drawing.cells(checked(low, high, *rest))

    def shares(
        self,
        low: pd.DataFrame,
        high: pd.DataFrame,
        applies: pd.DataFrame | None = None,
        blocks: Sequence[Draws] | None = None,
    ) -> pd.DataFrame:
        """The shares of `judge` alone, for many variants of a network at once.

        Parameters
        ----------
        low, high, applies
            As for `judge`.
        blocks : sequence of Draws, optional
            Those of `blocks` where they are at hand.

        Returns
        -------
        DataFrame, alternatives x levels
        """
        kept = self.blocks() if blocks is None else blocks
        if len(low) > AT_ONCE:
            kept = list(kept)
        parts = []
        for start in range(0, len(low), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            used = None if applies is None else applies.iloc[rows]
            given = self.cells(low.iloc[rows], high.iloc[rows], used)
            reaching, _, draws = drawing.reached(given, kept)
            parts.append(drawing.by_level(reaching, draws))
        return pd.DataFrame(np.concatenate(parts), index=low.index, columns=self.levels)

    def ranks(
        self, low: pd.DataFrame, high: pd.DataFrame, applies: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """How often each network takes each rank when ratings are added up (SMAA-2).

        The cross-check on `judge`, with the same draws. A rating counts from 0, the worst of
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
        rest = (self.demands, self.vetoes, self.objectives, self.scale, applies)
        given = checked(low, high, *rest)
        used, ends = given.applies, self._open_values(given)
        total = np.zeros((len(low), len(low)))
        for block in self.blocks():
            values = np.zeros((len(block.limits), *low.shape))
            for (row, column), steps in ends.items():
                place = (block.places[column] * len(steps)).astype(int)
                values[:, row, column] = steps[place]
            for aside in np.flatnonzero(~used.all(axis=1)):  # the rest carry the weight
                own = block.weights[used[aside]].T
                mean = (values[:, aside, used[aside]] * own).sum(axis=1) / own.sum(axis=1)
                values[:, aside, ~used[aside]] = np.clip(mean, 0, 1)[:, None]
            found = smaa2(values, block.weights.T)
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
