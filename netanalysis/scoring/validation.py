"""Is what was given fit to be scored? Every fault is named with its cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.errors import DataError, Phrase, Problem

__all__ = [
    "LOWEST",
    "TOLERANCE",
    "Given",
    "Objectives",
    "Weights",
    "checked",
    "checked_intervals",
    "checked_profiles",
    "checked_threshold",
    "checked_values",
    "checked_weights",
    "named_cells",
    "one_of_each",
    "refuse",
    "same_names",
]

LOWEST = "lowest"  # the level that asks for nothing
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
    if not isinstance(frame, pd.DataFrame):
        raise refuse("score_form", what=table, form=Phrase("a DataFrame, rows x criteria"))
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
        raise refuse("score_alternatives", one="low", other="high")
    _no_faults("score_low_above_high", "low", ends[0] > ends[1], low.index, criteria)
    rising = sign > 0
    return np.where(rising, *ends), np.where(rising, *reversed(ends))


@dataclass(frozen=True)
class Given:
    """Intervals and what is asked of them, checked and turned so that more is better.

    Attributes
    ----------
    names : Index
        The alternatives.
    criteria, levels : list of str
        Levels from the second-lowest up.
    worst, best : array, alternatives x criteria
    applies : array of bool, alternatives x criteria
        What does not apply is 0 in worst and best.
    asked, barring : array, levels x criteria
        Demands, and vetoes with NaN where there is none.
    sign : array, criteria
        -1 where less is better.
    scale : array or None
        The values that a rating can take, as they were given; None is continuous.
    """

    names: pd.Index
    criteria: list[str]
    levels: list[str]
    worst: Floats
    best: Floats
    applies: NDArray[np.bool_]
    asked: Floats
    barring: Floats
    sign: Floats
    scale: Floats | None


def checked(
    low: pd.DataFrame,
    high: pd.DataFrame,
    demands: pd.DataFrame,
    vetoes: pd.DataFrame | None = None,
    objectives: Objectives | None = None,
    scale: Sequence[float] | None = None,
    applies: pd.DataFrame | None = None,
) -> Given:
    """What `netanalysis.scoring.acceptability.class_acceptability` is given, checked once.

    Raises
    ------
    DataError
        As `class_acceptability`.
    """
    sign, asked, barring = checked_profiles(demands, vetoes, objectives)
    criteria = list(demands.columns)
    for table, frame in (("low", low), ("high", high)):
        if not isinstance(frame, pd.DataFrame):
            raise refuse("score_form", what=table, form=Phrase("a DataFrame, rows x criteria"))
    used = np.ones((len(low), len(criteria)), dtype=bool)
    if applies is not None:
        used = _checked_use(applies, low, criteria)
        aside = pd.DataFrame(~used, index=low.index, columns=criteria)
        low, high = low.mask(aside, 0.0), high.mask(aside, 0.0)
    worst, best = (end * sign for end in checked_intervals(low, high, criteria, sign))
    return Given(low.index, criteria, list(demands.index), worst, best, used, asked, barring, sign,
                 _checked_scale(scale))  # fmt: skip


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
    if not isinstance(demands, pd.DataFrame):
        raise refuse("score_form", what="demands", form=Phrase("a DataFrame, levels x criteria"))
    criteria = list(demands.columns)
    one_of_each("demands", criteria)
    if LOWEST in demands.index:
        raise refuse("score_twice", table="demands", names=LOWEST)
    sign = _signs(objectives, criteria)
    asked = checked_values("demands", demands, criteria) * sign
    falls = np.diff(asked, axis=0, prepend=asked[:1]) < 0
    _no_faults("score_not_nested", "demands", falls, demands.index, criteria)
    barring = np.full(demands.shape, np.nan)
    if vetoes is not None and not isinstance(vetoes, pd.DataFrame):
        raise refuse("score_form", what="vetoes", form=Phrase("a DataFrame, levels x criteria"))
    if vetoes is not None and vetoes.size:
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


def _checked_use(
    applies: pd.DataFrame, low: pd.DataFrame, criteria: Sequence[str]
) -> NDArray[np.bool_]:
    """Which criteria apply to which alternatives: one at least to each."""
    if not isinstance(applies, pd.DataFrame) or not all(
        pd.api.types.is_bool_dtype(kind) for kind in applies.dtypes
    ):
        raise refuse("score_form", what="applies", form=Phrase("a DataFrame of True and False"))
    same_names("applies", applies.columns, criteria)
    if list(applies.index) != list(low.index):
        raise refuse("score_alternatives", one="low", other="applies")
    used = applies[list(criteria)].to_numpy(dtype=bool)
    nothing = low.index[np.logical_not(used.any(axis=1))]
    if len(nothing):
        raise refuse("score_no_weight", names=_listed(nothing))
    return np.asarray(used)


def _checked_scale(scale: Sequence[float] | None) -> Floats | None:
    """The values that a rating can take, each once and in order; None where it is continuous."""
    if scale is None:
        return None
    try:
        values = np.unique(np.asarray(list(scale), dtype=float))
    except (TypeError, ValueError):
        values = np.array([np.nan])
    if not len(values) or not np.isfinite(values).all():
        raise refuse("score_form", what="scale", form=Phrase("finite numbers"))
    return values


def checked_weights(weights: Weights, criteria: Sequence[str]) -> Floats:
    """The weights in the order of the criteria.

    Raises
    ------
    DataError
        If they do not match the criteria, are negative, not finite or all 0.
    """
    try:
        if isinstance(weights, (pd.Series, Mapping)):
            given = pd.Series(weights, dtype=float)
            same_names("weights", given.index, criteria)
            numbers = np.asarray(given[list(criteria)], dtype=float)
        else:
            numbers = np.asarray(weights, dtype=float)
    except DataError:
        raise
    except (TypeError, ValueError):
        raise refuse(
            "score_form", what="weights", form=Phrase("a number for each criterion")
        ) from None
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
    try:
        if isinstance(threshold, (str, bool)):
            raise TypeError
        ends = np.asarray(threshold, dtype=float)
        least, most = (float(end) for end in np.broadcast_to(ends, 2))
    except (TypeError, ValueError):
        form = Phrase("a number, or the lowest and the highest")
        raise refuse("score_form", what="threshold", form=form) from None
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
    try:
        given: dict[str, Any] = {} if objectives is None else dict(objectives)
    except (TypeError, ValueError):
        form = Phrase("a mapping of criterion to max or min")
        raise refuse("score_form", what="objectives", form=form) from None
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
    dated = [name for name in frame if pd.api.types.is_datetime64_any_dtype(frame[name])]
    if dated:
        wrong = np.tile(frame.columns.isin(dated), (len(frame), 1))
        raise refuse(
            "score_no_number", table=table, cells=named_cells(wrong, frame.index, frame.columns)
        )
    try:
        return np.asarray(frame.to_numpy(dtype=float, na_value=np.nan))
    except (TypeError, ValueError):
        numbers = frame.astype("str").apply(pd.to_numeric, errors="coerce")
        wrong = np.asarray(numbers.isna() & frame.notna())
        if wrong.any():
            cells = named_cells(wrong, frame.index, frame.columns)
            raise refuse("score_no_number", table=table, cells=cells) from None
        return np.asarray(numbers.to_numpy(dtype=float))


def _no_faults(
    code: str, table: str, wrong: NDArray[np.bool_], rows: pd.Index, columns: Sequence[str]
) -> None:
    if wrong.any():
        raise refuse(code, table=table, cells=named_cells(wrong, rows, columns))


def named_cells(wrong: NDArray[np.bool_], rows: pd.Index, columns: Iterable[str]) -> str:
    """The cells of a table that are marked, in words."""
    names = list(columns)
    return _listed([f"{rows[row]} on {names[column]}" for row, column in np.argwhere(wrong)])


def _listed(names: Iterable[object]) -> str:
    told = [str(name) for name in names]
    rest = len(told) - NAMED
    return "; ".join(told[:NAMED]) + (f" (+ {rest})" if rest > 0 else "") or "–"
