"""Which ratings does the evidence support, for each network on each criterion?"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from netanalysis.errors import Phrase
from netanalysis.language.messages import _
from netanalysis.scoring.validation import refuse

__all__ = [
    "ANSWERS",
    "NOT_APPLICABLE",
    "NO_EVIDENCE",
    "SILENCE",
    "intervals",
    "places",
    "rate",
    "rate_by_coder",
]

ANSWERS = "D"  # stands for a coder where statements are departments' answers, and nobody coded

SILENCE = "silence"
NO_EVIDENCE = "no_evidence"
NOT_APPLICABLE = "not_applicable"


def rate(
    statements: pd.DataFrame,
    networks: pd.DataFrame | Iterable[str],
    criteria: pd.DataFrame | Iterable[str],
    scale: tuple[float, float] = (0, 4),
) -> pd.DataFrame:
    """Rating intervals from coded statements.

    Within a cell (network, criterion) each coder's interval runs from the lower median of the
    lows to the upper median of the highs; the cell's interval is the hull over coders. A cell
    without a rating keeps the whole scale, and its state says why.

    Parameters
    ----------
    statements : DataFrame
        Columns coder, network, criterion, low, high (within the scale) and state: missing
        where low and high are given, else "silence" or "not_applicable".
    networks, criteria : DataFrame or iterable of str
        The cells to rate: names, or a frame with a column ``network`` or ``criterion``.
    scale : (float, float)
        Lowest and highest rating.

    Returns
    -------
    DataFrame
        Indexed by (network, criterion), every pair once; columns

        - low, high: float within the scale; NaN for "not_applicable" alone
        - state: "" where there is a rating, else "silence", "no_evidence" or
          "not_applicable". A rating outweighs silence, silence outweighs not_applicable.
        - n_statements, n_coders: rows in the cell, and coders who wrote them

    Raises
    ------
    DataError
        For a missing coder, an unknown network or criterion, a rating outside the scale, low
        above high, or a row that has neither a rating nor a state, or both.

    References
    ----------
    Manski, C. F. (2005). Partial identification with missing data. *International Journal of
    Approximate Reasoning* 39, 151-165: missing answers are bounds, not guesses.

    Examples
    --------
    >>> rows = pd.DataFrame({"coder": ["A", "A", "B"], "network": "c40", "criterion": "fit",
    ...                      "low": [2, 3, 1], "high": [3, 4, 2], "state": None})
    >>> rated = rate(rows, ["c40"], ["fit", "effort"])
    >>> rated.loc[("c40", "fit"), ["low", "high"]].to_list()
    [1.0, 4.0]
    >>> rated["state"].to_list()
    ['', 'no_evidence']
    """
    networks, criteria = _names(networks, "network"), _names(criteria, "criterion")
    _refuse_bad_rows(statements, networks, criteria, scale)
    cells = pd.MultiIndex.from_product([networks, criteria], names=["network", "criterion"])
    keys = ["network", "criterion"]

    hull = rate_by_coder(statements).groupby(level=keys).agg({"low": "min", "high": "max"})
    rated = hull.reindex(cells)
    counts = statements.groupby(keys)["coder"].agg(["size", "nunique"]).reindex(cells)

    silent = pd.MultiIndex.from_frame(statements.loc[statements["state"] == SILENCE, keys])
    unrated = rated["low"].isna()
    unrated_state = np.where(cells.isin(silent), SILENCE, NOT_APPLICABLE)
    unrated_state = np.where(counts["size"].isna(), NO_EVIDENCE, unrated_state)
    state = pd.Series(np.where(unrated, unrated_state, ""), index=cells, dtype="str")
    whole = unrated & (state != NOT_APPLICABLE)
    return pd.DataFrame(
        {
            "low": rated["low"].mask(whole, scale[0]).astype(float),
            "high": rated["high"].mask(whole, scale[1]).astype(float),
            "state": state,
            "n_statements": counts["size"].fillna(0).astype(int),
            "n_coders": counts["nunique"].fillna(0).astype(int),
        }
    )


def rate_by_coder(statements: pd.DataFrame) -> pd.DataFrame:
    """Each coder's own rating interval in each cell that the coder rated.

    Parameters
    ----------
    statements : DataFrame
        As for `rate`.

    Returns
    -------
    DataFrame
        Indexed by (coder, network, criterion); columns low (lower median of the lows) and
        high (upper median of the highs), float.
    """
    rated = statements.astype({"low": float, "high": float}).dropna(subset=["low", "high"])
    groups = rated.groupby(["coder", "network", "criterion"])
    low = groups["low"].quantile(0.5, interpolation="lower")
    high = groups["high"].quantile(0.5, interpolation="higher")
    return pd.DataFrame({"low": low, "high": high}, dtype=float)


def intervals(rated: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Ratings as the tables that judging takes.

    Parameters
    ----------
    rated : DataFrame
        From `rate`.

    Returns
    -------
    (DataFrame, DataFrame, DataFrame)
        Networks x criteria: low, high, and whether the criterion applies to the network.
    """
    networks, criteria = rated.index.unique("network"), rated.index.unique("criterion")
    low, high, state = (
        rated[name].unstack("criterion").loc[networks, criteria]
        for name in ("low", "high", "state")
    )
    return low, high, state != NOT_APPLICABLE


def places(statements: pd.DataFrame) -> pd.Series:
    """In how many places of the sources each rating is found; a silence is no such place.

    Parameters
    ----------
    statements : DataFrame
        Columns network, criterion, state, source_id and locator.

    Returns
    -------
    Series of int
        Indexed by (network, criterion); only of cells with a rating.
    """
    rated = statements[statements["state"].isna() | (statements["state"] == "")]
    at = rated[["network", "criterion", "source_id", "locator"]].drop_duplicates()
    return at.groupby(["network", "criterion"]).size()


def _names(given: pd.DataFrame | Iterable[str], column: str) -> list[str]:
    if not isinstance(given, pd.DataFrame):
        return list(given)
    return list(given.get(column, given.index))


def _refuse_bad_rows(
    statements: pd.DataFrame,
    networks: list[str],
    criteria: list[str],
    scale: tuple[float, float],
) -> None:
    low = statements["low"].astype(float)
    high = statements["high"].astype(float)
    state = statements["state"]
    has_state = state.notna() & (state != "")
    faults = {
        _("no coder: row {rows}"): statements["coder"].isna(),
        _("unknown network: row {rows}"): ~statements["network"].isin(networks),
        _("unknown criterion: row {rows}"): ~statements["criterion"].isin(criteria),
        _("unknown state (known: {states}): row {rows}"): has_state
        & ~state.isin([SILENCE, NOT_APPLICABLE]),
        _("neither a whole rating nor a state: row {rows}"): ~has_state
        & (low.isna() | high.isna()),
        _("both a rating and a state: row {rows}"): has_state & (low.notna() | high.notna()),
        _("rating outside {lowest} to {highest}: row {rows}"): ~np.logical_and(
            low.fillna(scale[0]).between(*scale), high.fillna(scale[1]).between(*scale)
        ),
        _("low above high: row {rows}"): low > high,
    }
    known = {"states": f"{SILENCE}, {NOT_APPLICABLE}", "lowest": scale[0], "highest": scale[1]}
    found = tuple(
        Phrase(fault, {**known, "rows": ", ".join(map(str, statements.index[rows]))})
        for fault, rows in faults.items()
        if rows.any()
    )
    if found:
        raise refuse("score_statements", faults=found)
