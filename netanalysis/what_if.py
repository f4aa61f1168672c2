"""What would a case be with other weights, thresholds, demands, statements or ratings?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case.case import Case

__all__ = ["Ends", "changed_case", "changed_ratings"]

Ends: TypeAlias = float | tuple[float, float]  # one number, or the lowest and the highest
Pair: TypeAlias = tuple[str, str]


def changed_case(
    case: Case,
    weights: Mapping[str, Ends] | None = None,
    threshold: Ends | None = None,
    demands: Mapping[Pair, float] | None = None,
    statements: pd.DataFrame | None = None,
) -> Case:
    """The case with something else in its tables.

    Parameters
    ----------
    case : Case
    weights, threshold, demands, statements
        As for `netanalysis.evaluation.Evaluation.with_`.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        With every unknown name, every value that is not within its limits, and every column
        that the statements lack.

    Examples
    --------
    >>> from netanalysis import load_case
    >>> case = changed_case(load_case("stockholm-2011"), weights={"influence": (0.2, 0.4)})
    >>> row = case.criteria.set_index("criterion").loc["influence"]
    >>> row[["weight_low", "weight_high"]].astype(str).to_list()
    ['0.2', '0.4']
    """
    criteria, levels = case.criteria["criterion"], case.levels["level"]
    problems = _unknown("weights", weights or (), criteria)
    problems += _unknown_pairs("demands", demands or (), levels[levels != levels[0]], criteria)
    if statements is not None:
        listed = ", ".join(case.statements.columns)
        problems += [
            Problem("column_missing", "statements", values={"name": name, "known": listed})
            for name in case.statements.columns.difference(statements.columns, sort=False)
        ]
    weighed, asked, about = case.criteria.copy(), case.demands.copy(), case.case.copy()
    for name, value in (weights or {}).items():
        ends = _ends("weights", name, value, (0, 1), problems)
        weighed.loc[criteria == name, ["weight_low", "weight_high"]] = ends
    if threshold is not None:
        ends = _ends("threshold", "threshold", threshold, (0.5, 1), problems)
        about.loc[0, ["threshold_low", "threshold_high"]] = ends
    for cell, number in (demands or {}).items():
        demand, _ = _ends("demands", cell, number, (0, 4), problems)
        asked.loc[(asked["level"] == cell[0]) & (asked["criterion"] == cell[1]), "demand"] = demand
    if problems:
        raise DataError(problems)
    said = case.statements if statements is None else statements.reset_index(drop=True)
    return replace(case, criteria=weighed, demands=asked, case=about, statements=said)


def changed_ratings(
    case: Case, ratings: Mapping[Pair, Ends] | None
) -> dict[Pair, tuple[float, float]]:
    """Ratings that stand in place of what a case's statements say.

    Parameters
    ----------
    case : Case
    ratings
        As for `netanalysis.evaluation.Evaluation.with_`.

    Returns
    -------
    dict of (network, criterion) to (float, float)
        The lowest and the highest value of each.

    Raises
    ------
    DataError
        With every unknown name, and every value that no rating can have.
    """
    tables = case.networks["network"], case.criteria["criterion"]
    problems = _unknown_pairs("ratings", ratings or (), *tables)
    found = {
        cell: _ends("ratings", cell, value, (0, 4), problems)
        for cell, value in (ratings or {}).items()
    }
    if problems:
        raise DataError(problems)
    return found


def _unknown(table: str, names: Iterable[Any], known: Iterable[str]) -> list[Problem]:
    listed = list(known)
    strange = [str(name) for name in dict.fromkeys(names) if name not in listed]
    values = {"table": table, "names": "; ".join(strange), "known": "; ".join(listed)}
    return [Problem("score_unknown", values=values)] if strange else []


def _unknown_pairs(
    table: str, cells: Iterable[Any], first: Iterable[str], second: Iterable[str]
) -> list[Problem]:
    first, second = list(first), list(second)
    pairs = [cell for cell in cells if isinstance(cell, tuple) and len(cell) == 2]
    others = [cell for cell in cells if cell not in pairs]
    return [
        *_unknown(table, others, [f"({one}, {other})" for one in first for other in second]),
        *_unknown(table, [one for one, _ in pairs], first),
        *_unknown(table, [other for _, other in pairs], second),
    ]


def _ends(
    table: str, name: Any, value: Any, limits: tuple[float, float], problems: list[Problem]
) -> tuple[float, float]:
    """The lowest and the highest; what is wrong with them is added to the problems."""
    try:
        low, high = (float(end) for end in np.broadcast_to(np.asarray(value, dtype=float), 2))
    except (TypeError, ValueError):
        low = high = np.nan
    least, most = limits
    if not least <= low <= high <= most:
        told = " on ".join(map(str, name)) if isinstance(name, tuple) else str(name)
        values = {"table": table, "name": told, "value": str(value)}
        limited = {"least": f"{least:g}", "most": f"{most:g}"}
        problems.append(Problem("what_if_range", values=values | limited))
    return low, high
