"""How far do coders agree? It measures consistency of coding, not truth."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netanalysis.scoring.ratings import rate_by_coder

__all__ = ["coder_midpoints", "disjoint_cells", "krippendorff_alpha", "pairable_units"]

Floats = NDArray[np.float64]


def krippendorff_alpha(table: ArrayLike | pd.DataFrame, level: str) -> float:
    r"""Krippendorff's alpha: agreement beyond chance among any number of coders.

    .. math:: \alpha = 1 - (n - 1)
        \frac{\sum_{c,k} o_{ck}\,\delta^2_{ck}}{\sum_{c,k} n_c n_k\,\delta^2_{ck}}

    with the coincidences :math:`o` over units that two coders or more have rated.

    Parameters
    ----------
    table : array or DataFrame, raters x units
        Numbers; NaN where a rater did not rate.
    level : {"nominal", "ordinal", "interval", "ratio"}
        Level of measurement, which sets the difference :math:`\delta^2`.

    Returns
    -------
    float
        1 for perfect agreement, 0 for agreement as by chance, below 0 for less.

    Raises
    ------
    ValueError
        If the level is unknown, no unit has two ratings, or all pairable ratings are equal
        (alpha is then not defined).

    References
    ----------
    Hayes, A. F. & Krippendorff, K. (2007). Answering the call for a standard reliability
    measure for coding data. *Communication Methods and Measures* 1(1), 77-89.

    Examples
    --------
    >>> krippendorff_alpha([[1, 2, 3], [1, 2, 4]], "nominal")
    0.6153846153846154
    """
    ratings = np.asarray(table, dtype=float)
    if level not in _DIFFERENCES:
        raise ValueError(f'level "{level}" is not one of {", ".join(_DIFFERENCES)}')
    if ratings.ndim != 2:
        raise ValueError("table must have raters as rows and units as columns")
    if np.isinf(ratings).any():
        raise ValueError("ratings must be finite numbers, or NaN where there is none")
    rated = ~np.isnan(ratings)
    ratings = ratings[:, rated.sum(axis=0) >= 2]
    rated = ~np.isnan(ratings)
    if not rated.any():
        raise ValueError("no unit has been rated by two raters, so nothing can be compared")
    values, codes = np.unique(ratings[rated], return_inverse=True)
    if len(values) == 1:
        raise ValueError("all pairable ratings are equal: alpha is not defined")
    if level == "ratio" and values[0] < 0:
        raise ValueError("the ratio level asks for ratings of 0 or more")

    counts = np.zeros((ratings.shape[1], len(values)))
    np.add.at(counts, (np.nonzero(rated)[1], codes), 1)
    pairs_with = counts.sum(axis=1) - 1
    weighted = counts / pairs_with[:, None]
    coincidences = counts.T @ weighted - np.diag(weighted.sum(axis=0))
    totals = coincidences.sum(axis=1)
    differences = _DIFFERENCES[level](values, totals)
    observed = (coincidences * differences).sum()
    expected = (np.outer(totals, totals) * differences).sum() / (totals.sum() - 1)
    return float(1 - observed / expected)


def coder_midpoints(statements: pd.DataFrame) -> pd.DataFrame:
    """Each coder's midpoint in each cell, ready for `krippendorff_alpha`.

    Parameters
    ----------
    statements : DataFrame
        As for `netanalysis.scoring.ratings.rate`.

    Returns
    -------
    DataFrame
        Coders x (network, criterion), NaN where a coder has no rating.
    """
    by_coder = rate_by_coder(statements)
    return by_coder.mean(axis=1).unstack(["network", "criterion"]).sort_index()


def pairable_units(table: pd.DataFrame) -> int:
    """Number of units (columns) that two raters or more have rated."""
    return int((table.notna().sum() >= 2).sum())


def disjoint_cells(statements: pd.DataFrame) -> list[tuple[str, str]]:
    """Cells (network, criterion) on which two coders' intervals have no rating in common."""
    ends = rate_by_coder(statements).groupby(level=["network", "criterion"], sort=False)
    apart = ends["low"].max() > ends["high"].min()
    return [cell for cell, is_apart in apart.items() if is_apart]


def _nominal(values: Floats, totals: Floats) -> Floats:
    return np.asarray(values[:, None] != values, dtype=float)


def _ordinal(values: Floats, totals: Floats) -> Floats:
    ranks = np.cumsum(totals) - totals / 2
    return np.square(ranks[:, None] - ranks)


def _interval(values: Floats, totals: Floats) -> Floats:
    return np.square(values[:, None] - values)


def _ratio(values: Floats, totals: Floats) -> Floats:
    sums = values[:, None] + values
    return np.square((values[:, None] - values) / np.where(sums == 0, 1, sums))


_DIFFERENCES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
