"""What is the least that would change a network's outcome, in words?"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from netanalysis.pages.view import View
from netanalysis.scoring.pivots import MOST

__all__ = ["change"]

TOLD = ("changes", "becomes", "others", "at_limit")  # of a least change


def change(row: pd.Series, view: View) -> str:
    """What would change a network's outcome, within the evidence and outside it.

    Parameters
    ----------
    row : Series
        From `netanalysis.scoring.pivots.least_changes`.
    view : View

    Returns
    -------
    str
    """
    words, beyond = view.words, not pd.isna(row["beyond_becomes"])
    if pd.isna(row["becomes"]) and not beyond:
        return words("No change of up to {most} ratings would change the outcome.", most=MOST)
    if pd.isna(row["becomes"]):
        within = words("within the evidence: no change of up to {most} ratings", most=MOST)
    else:
        within = words("within the evidence: {change}", change=_turning(row, view))
    if not beyond:
        return f"{within}."
    outside = words.plural(
        "{count} step outside: {change}", "{count} steps outside: {change}",
        row["beyond_steps"], change=_turning(row, view, "beyond_"),
    )  # fmt: skip
    return f"{within}; {outside}."


def _turning(row: Any, view: View, which: str = "") -> str:
    """What the outcome would be after a least change, and how many others are as small."""
    words = view.words
    changes, becomes, others, at_limit = (getattr(row, f"{which}{name}") for name in TOLD)
    text = words(
        "{level} if {changes}",
        changes=words.listing(_rated_otherwise(changes, view)),
        level=view.level(becomes),
    )
    if others:
        text = words.plural(
            "{change} (or {count} other change as small)",
            "{change} (or {count} other changes as small)",
            others,
            change=text,
        )
    if at_limit:
        return words("{change}, at the limit of what the draws can tell", change=text)
    return text


def _rated_otherwise(changes: Iterable[tuple[str, float]], view: View) -> list[str]:
    """Each change of a rating, as it stands after "if"."""
    words = view.words
    return [
        words(
            "{criterion} were rated {value}",
            criterion=view.criteria[name],
            value=words.number(value, 1),
        )
        for name, value in changes
    ]
