"""Which sentences tell what comes out, for each network, for a few and for many?"""

from collections.abc import Iterable

import pandas as pd

from netanalysis.pages.view import View
from netanalysis.scoring import pivots
from netanalysis.scoring.engagement import INSUFFICIENT

__all__ = [
    "possible",
    "stands",
    "vetoes",
]


def possible(result: pd.DataFrame, view: View, name: str = "") -> Iterable[str]:
    """What is possible, and then what comes out most often.

    Parameters
    ----------
    result : DataFrame
        As `netanalysis.evaluation.Evaluation.overview`.
    view : View
    name : str, optional
        What to call the network where there is but one.
    """
    words, names, levels = view.words, view.networks, view.levels
    alike = result.groupby(["possible", "outcome", "firm"], sort=False)
    for (possible, outcome, firm), rows in alike:
        values = {
            "networks": name or words.listing(names[code] for code in rows.index),
            "possible": words.listing(levels[level] for level in possible),
            "level": levels.get(outcome, ""),
        }
        if len(possible) == 1:
            yield words("For {networks}, only {possible} is possible.", **values)
        elif firm == "holds":
            yield words(
                "For {networks}, {possible} are possible, and the outcome {level} holds.", **values
            )
        elif firm == "leans":
            yield words(
                "For {networks}, {possible} are possible, and the evidence leans towards {level}.",
                **values,
            )
        elif firm == INSUFFICIENT:
            yield words(
                "For {networks}, {possible} are possible, and the evidence is too thin for an "
                "outcome: criteria with a rating carry less than half of the weight.",
                **values,
            )
        else:
            yield words(
                "For {networks}, {possible} are possible, and the outcome is open.", **values
            )


def vetoes(checks: pd.DataFrame, view: View) -> Iterable[str]:
    """Which networks a veto bars from a level and those above."""
    words, names = view.words, view.networks
    barred = pivots.ruled_out(checks)
    for (level, behind), rows in barred.groupby(["level", "criteria"], sort=False):
        yield words(
            "{networks} cannot reach {level} or higher: the veto on {criteria} applies.",
            networks=words.some(names[name] for name in rows["network"]),
            level=view.levels[level],
            criteria=words.listing(view.criteria[name] for name in behind),
        )


def stands(row: pd.Series, level: str) -> str:
    """How the office's level stands to a network's outcome.

    Returns
    -------
    {"agrees", "allowed", "ruled_out"}
    """
    if row["outcome"] == level:
        return "agrees"
    return "allowed" if level in row["possible"] else "ruled_out"
