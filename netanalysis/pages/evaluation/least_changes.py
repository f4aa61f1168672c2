"""What is the least that would change a network's outcome, in words?"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from netanalysis.pages.view import View
from netanalysis.scoring.engagement import OPEN
from netanalysis.scoring.pivots import MOST

__all__ = ["change", "turning"]

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
    words = view.words
    if pd.isna(row["becomes"]) and pd.isna(row["beyond_becomes"]):
        return words("No change of up to {most} ratings would change the outcome.", most=MOST)
    if pd.isna(row["becomes"]):
        texts = [
            words(
                "No change of up to {most} ratings within the evidence would change the outcome.",
                most=MOST,
            )
        ]
    else:
        texts = [words("The evidence allows another outcome."), *_sentences(row, "", view)]
    if not pd.isna(row["beyond_becomes"]):
        outside = words.plural(
            "{count} step outside the evidence:", "{count} steps outside the evidence:",
            row["beyond_steps"],
        )  # fmt: skip
        texts += [outside, *_sentences(row, "beyond_", view)]
    return " ".join(texts)


def _sentences(row: pd.Series, which: str, view: View) -> Iterator[str]:
    words = view.words
    changes = words.listing(rated_otherwise(row[f"{which}changes"], view))
    if row[f"{which}becomes"] == OPEN:
        yield words("The outcome would be open if {changes}.", changes=changes)
    else:
        level = view.levels[row[f"{which}becomes"]]
        yield words("The outcome would be {level} if {changes}.", level=level, changes=changes)
    if row[f"{which}others"]:
        yield words.plural(
            "{count} other change as small would turn it too.",
            "{count} other changes as small would turn it too.",
            row[f"{which}others"],
        )
    if row[f"{which}at_limit"]:
        yield words("This is at the limit: other draws might name another change.")


def turning(row: Any, view: View, which: str = "") -> str:
    """A least change, what the outcome would be after it, and how many others are as small.

    Parameters
    ----------
    row : Series or named tuple
        From `netanalysis.scoring.pivots.least_changes`.
    view : View
    which : {"", "beyond_"}
        Within the evidence, or outside it.

    Returns
    -------
    str
    """
    words = view.words
    changes, becomes, others, at_limit = (getattr(row, f"{which}{name}") for name in TOLD)
    text = words(
        "{changes} (then: {level})",
        changes=words.listing(rated_otherwise(changes, view)),
        level=view.level(becomes),
    )
    if others:
        text = words.plural(
            "{change}; or {count} other change as small",
            "{change}; or {count} other changes as small",
            others,
            change=text,
        )
    return words("{change}, at the limit", change=text) if at_limit else text


def rated_otherwise(changes: Iterable[tuple[str, float]], view: View) -> list[str]:
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
