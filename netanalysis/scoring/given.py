"""Is what was given fit to be scored? Every fault is named with its cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.errors import DataError, Problem

__all__ = [
    "TOLERANCE",
    "Objectives",
    "Weights",
    "checked_intervals",
    "checked_profiles",
    "checked_threshold",
    "checked_values",
    "checked_weights",
    "one_of_each",
    "refuse",
    "same_names",
]

TOLERANCE = 1e-9  # with which sums of weights are compared
NAMED = 12  # cells that a message lists before it counts the rest

Floats = NDArray[np.float64]
Weights: TypeAlias = Mapping[str, float] | pd.Series | Sequence[float]
Objectives: TypeAlias = Mapping[str, str] | pd.Series


def refuse(code: str, **values: object) -> DataError:
    """The error for one fault, to be raised."""
    return DataError([Problem(code, values=values)])


def one_of_each(table: str, names: Iterable[str]) -> None:
    """Refuse a table without rows or columns, or with one name twice.

    Raises
    ------
    DataError
    """
    given = pd.Index(names)
    if not len(given):
        raise refuse("score_nothing", table=table)
    if given.has_duplicates:
        raise refuse("score_twice", table=table, names=_listed(given[given.duplicated()].unique()))


def checked_values(table: str, frame: pd.DataFrame, criteria: Sequence[str]) -> Floats:
    """The numbers of a table, in the order of the criteria.

    Parameters
    ----------
    table : str
        Its name, for the message.
    frame : DataFrame, rows x criteria
    criteria : sequence of str

    Returns
    -------
    array, rows x criteria

    Raises
    ------
    DataError
        If it is empty, names a row twice, has other criteria, or a cell is not a finite number.
    """
    one_of_each(table, frame.index)
    same_names(table, frame.columns, criteria)
    numbers = _numbers(table, frame[list(criteria)])
    _no_faults("score_no_number", table, ~np.isfinite(numbers), frame.index, criteria)
    return numbers


def checked_intervals(
    low: pd.DataFrame, high: pd.DataFrame, criteria: Sequence[str], sign: Floats
) -> tuple[Floats, Floats]:
    """The worst and the best end of every interval.

    Parameters
    ----------
    low, high : DataFrame, alternatives x criteria
    criteria : sequence of str
    sign : array, criteria
        -1 where less is better.

    Returns
    -------
    (array, array)
        Alternatives x criteria, still in the unit of the ratings.

    Raises
    ------
    DataError
        As `checked_values`, for tables that do not match and a low above its high.
    """
    ends = checked_values("low", low, criteria), checked_values("high", high, criteria)
    if list(low.index) != list(high.index):
        raise refuse("score_alternatives")
    _no_faults("score_low_above_high", "low", ends[0] > ends[1], low.index, criteria)
    rising = sign > 0
    return np.where(rising, *ends), np.where(rising, *reversed(ends))


def checked_profiles(
    demands: pd.DataFrame, vetoes: pd.DataFrame | None, objectives: Objectives | None
) -> tuple[Floats, Floats, Floats]:
    """Signs, demands and vetoes, turned so that more is better.

    Parameters
    ----------
    demands, vetoes, objectives
        As for `netanalysis.scoring.sorting.mr_sort`.

    Returns
    -------
    (array, array, array)
        By criterion -1 where less is better; levels x criteria of demands, and of vetoes with
        NaN, which bars nothing, where there is none.

    Raises
    ------
    DataError
        For demands that are not nested, a veto that is not worse than its demand, unknown
        names or objectives.
    """
    criteria = list(demands.columns)
    one_of_each("demands", criteria)
    sign = _signs(objectives, criteria)
    asked = checked_values("demands", demands, criteria) * sign
    falls = np.diff(asked, axis=0, prepend=asked[:1]) < 0
    _no_faults("score_not_nested", "demands", falls, demands.index, criteria)
    barring = np.full(demands.shape, np.nan)
    if vetoes is not None:
        for what, found, known in (
            ("rows", vetoes.index, demands.index),
            ("columns", vetoes.columns, demands.columns),
        ):
            unknown = [name for name in found if name not in known]
            if unknown:
                raise refuse(
                    "score_unknown", table="vetoes", names=_listed(unknown), known=_listed(known)
                )
            one_of_each(f"vetoes ({what})", found)
        full = vetoes.reindex(index=demands.index, columns=demands.columns)
        barring = _numbers("vetoes", full) * sign
        _no_faults("score_no_number", "vetoes", np.isinf(barring), demands.index, criteria)
        _no_faults("score_veto", "vetoes", barring >= asked, demands.index, criteria)
    return sign, asked, barring


def checked_weights(weights: Weights, criteria: Sequence[str]) -> Floats:
    """The weights in the order of the criteria.

    Raises
    ------
    DataError
        If they do not match the criteria, are negative, not finite or all 0.
    """
    if isinstance(weights, (pd.Series, Mapping)):
        given = pd.Series(weights, dtype=float)
        same_names("weights", given.index, criteria)
        numbers = np.asarray(given[list(criteria)], dtype=float)
    else:
        numbers = np.asarray(weights, dtype=float)
    if numbers.shape != (len(criteria),):
        raise refuse("score_weights_number", found=numbers.size, wanted=len(criteria))
    wrong = [name for name, w in zip(criteria, numbers, strict=True) if not 0 <= w < np.inf]
    if wrong:
        raise refuse("score_weights_sign", names=_listed(wrong))
    if not numbers.sum() > 0:
        raise refuse("score_weights_zero")
    return numbers


def checked_threshold(
    threshold: float | tuple[float, float], total: float = 1.0
) -> tuple[float, float]:
    """The lowest and the highest threshold.

    Raises
    ------
    DataError
        If one lies below half of the weight or above all of it, or they run the wrong way.
    """
    ends = np.asarray(threshold, dtype=float)
    least, most = (float(end) for end in np.broadcast_to(ends, 2))
    if not total / 2 - TOLERANCE <= least <= most <= total + TOLERANCE:
        told = " to ".join(dict.fromkeys(f"{end:g}" for end in (least, most)))
        raise refuse("score_threshold", threshold=told, half=f"{total / 2:g}", all=f"{total:g}")
    return least, most


def same_names(table: str, found: Iterable[str], criteria: Sequence[str]) -> None:
    """Refuse a table whose criteria are not those of the demands.

    Raises
    ------
    DataError
    """
    names = list(found)
    one_of_each(table, names)
    missing = [name for name in criteria if name not in names]
    extra = [name for name in names if name not in criteria]
    if missing or extra:
        raise refuse("score_criteria", table=table, missing=_listed(missing), extra=_listed(extra))


def _signs(objectives: Objectives | None, criteria: list[str]) -> Floats:
    given: dict[str, Any] = {} if objectives is None else dict(objectives)
    unknown = [name for name in given if name not in criteria]
    if unknown:
        raise refuse(
            "score_unknown", table="objectives", names=_listed(unknown), known=_listed(criteria)
        )
    wrong = [f'{name}: "{sense}"' for name, sense in given.items() if sense not in ("max", "min")]
    if wrong:
        raise refuse("score_objective", names="; ".join(wrong))
    return np.array([-1.0 if given.get(name) == "min" else 1.0 for name in criteria])


def _numbers(table: str, frame: pd.DataFrame) -> Floats:
    try:
        return np.asarray(frame.to_numpy(dtype=float, na_value=np.nan))
    except (TypeError, ValueError):
        numbers = frame.apply(pd.to_numeric, errors="coerce")
        wrong = (numbers.isna() & frame.notna()).to_numpy()
        raise refuse(
            "score_no_number", table=table, cells=_cells(wrong, frame.index, frame.columns)
        ) from None


def _no_faults(
    code: str, table: str, wrong: NDArray[np.bool_], rows: pd.Index, columns: Sequence[str]
) -> None:
    if wrong.any():
        raise refuse(code, table=table, cells=_cells(wrong, rows, columns))


def _cells(wrong: NDArray[np.bool_], rows: pd.Index, columns: Iterable[str]) -> str:
    names = list(columns)
    return _listed([f"{rows[row]} on {names[column]}" for row, column in np.argwhere(wrong)])


def _listed(names: Iterable[object]) -> str:
    told = [str(name) for name in names]
    rest = len(told) - NAMED
    return "; ".join(told[:NAMED]) + (f" (+ {rest})" if rest > 0 else "") or "–"
