"""Which pictures show who answered about what, and how the networks were rated?"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from netanalysis.language.words import Words
from netanalysis.pages import shared_columns
from netanalysis.pages.answers.responses import nobody
from netanalysis.pages.charts import PALE_TO_DARK, field
from netanalysis.pages.evaluation.many_networks import TALLEST
from netanalysis.pages.html import Column, Figure, Fragment, behind
from netanalysis.pages.svg import INK, MUTED, drawing, svg_of, wrapped
from netanalysis.pages.view import View
from netanalysis.scoring import responses

__all__ = ["ratings", "who_answered"]

FEW = 2  # criteria that a title names before it counts the rest
ABREAST = 20  # networks that stand side by side; of more, the rest stands below


def who_answered(view: View) -> Figure | Fragment:
    """Which department answered about which network, and how many criteria it rated.

    Parameters
    ----------
    view : View

    Returns
    -------
    Figure
        A sentence where no department was asked.
    """
    words, case = view.words, view.case
    found = responses.answered_about(case.asked, case.answers)
    if found.empty:
        return nobody(words)
    names, networks, criteria = view.departments, view.networks, len(case.criteria)
    down = _in_order(found["department"], case.departments["department"])
    across = _in_order(found["network"], case.networks["network"])
    found = found.set_index(["department", "network"]).loc[down]
    caption = words.plural(
        "How many criteria each department has rated, of {count} (blank: not asked)",
        "How many criteria each department has rated, of {count} (blank: not asked)",
        criteria,
    )

    def cell(row: Any) -> str:
        return words.number(row.rating) if row.answered else words("no answer")

    columns = [
        Column(words("Department"), lambda row: names[row.Index[0]]),
        Column(words("Network"), lambda row: networks[row.Index[1]]),
        Column(words("Criteria rated"), cell, "number"),
    ]
    finding = words(
        "{answered} of {asked} questions are answered: one is one department about one network.",
        answered=words.number(found["answered"].sum()),
        asked=words.number(len(found)),
    )
    svg = _field_of_answers(found, (names, networks), (down, across), criteria, words)
    return Figure(words, svg, finding, caption, behind(words, caption, columns, found))


def _field_of_answers(
    found: pd.DataFrame,
    names: tuple[dict[str, str], dict[str, str]],
    order: tuple[list[str], list[str]],
    criteria: int,
    words: Words,
) -> str:
    """A line for each department, with a cell for each network that it was asked about."""
    shares = (found["rating"] / criteria).where(found["answered"], 0).unstack("network")
    texts = found["rating"].astype(str).where(found["answered"], "×").unstack("network")
    down, across = order
    parts = [
        shares.loc[down, list(part)].dropna(how="all")
        for part in np.array_split(across, -(-len(across) // ABREAST))
    ]
    heights = [len(part) for part in parts]
    high = 0.4 + 1.6 * len(parts) + 0.3 * sum(heights)
    shape = {"height_ratios": heights, "squeeze": False}
    marks = [*(Patch(facecolor=PALE_TO_DARK(share)) for share in (1.0, 1 / criteria)), _sign("x")]
    meanings = [
        words.plural("all {count} criteria", "all {count} criteria", criteria),
        words("one criterion"),
        words("asked, no answer"),
    ]
    with drawing(7.2, high, (len(parts), 1), **shape) as (canvas, panels):
        for axes, part in zip(panels.flat, parts, strict=True):
            shown = (
                [wrapped(names[0][one], 34, 2) for one in part.index],
                [wrapped(names[1][one], 30, 2) for one in part],
            )
            field(axes, part, texts.loc[part.index, part.columns], shown, size=8, steep=90)
        _key_below(canvas, marks, meanings)
        return svg_of(canvas)


def ratings(view: View) -> Figure | Fragment:
    """How the departments rated each network on each criterion, with how many did.

    Parameters
    ----------
    view : View

    Returns
    -------
    Figure
        A sentence where no department was asked.
    """
    words, case = view.words, view.case
    found = responses.tallies(case.asked, case.answers, case.criteria)
    if found.empty:
        return nobody(words)
    networks, criteria = view.networks, view.criteria
    down = _in_order(found.index.get_level_values("network"), case.networks["network"])
    across = list(criteria)

    def rating(row: Any) -> str:
        return words.interval(row.low, row.high) if row.rating else "–"

    rated = found["rating"] > 0
    shares = ((found["low"] + found["high"]) / 2 / TALLEST).where(rated, 0)
    texts = pd.Series([rating(row) for row in found.itertuples()], index=found.index)
    texts = texts.where(~rated, texts + " (" + found["rating"].astype(int).astype(str) + ")")
    shares, texts = (cells.unstack("criterion").loc[down, across] for cells in (shares, texts))
    shown = (
        [wrapped(networks[one], 34, 2) for one in down],
        [wrapped(one, 26, 2) for one in criteria.values()],
    )
    caption = words("The departments’ ratings from 0 to 4: median, and in brackets how many rated")
    heads = {
        "rating": words("Ratings given"),
        "dont_know": words("Don’t know"),
        "not_our_field": words("Not our field"),
        "no_answer": words("No answer"),
        "asked": words("Departments asked"),
    }

    def count_of(kind: str) -> Column:
        return Column(heads[kind], lambda row: words.number(getattr(row, kind)), "number")

    columns = [
        shared_columns.network(view),
        shared_columns.criterion(view),
        Column(words("Median"), rating, "number"),
        *map(count_of, (*responses.KINDS, "asked")),
    ]
    rows = found.loc[down].reset_index()
    marks = [*(Patch(facecolor=PALE_TO_DARK(share)) for share in (1.0, 0.5, 0.0)), _sign("_")]
    meanings = [words.number(value) for value in (TALLEST, TALLEST / 2, 0)]
    with drawing(7.2, 2.1 + 0.3 * len(down)) as (canvas, axes):
        field(axes, shares, texts, shown, size=8, steep=90)
        _key_below(canvas, marks, [*meanings, words("nobody has rated")])
        svg = svg_of(canvas)
    return Figure(words, svg, _highest(found, view), caption, behind(words, caption, columns, rows))


def _highest(found: pd.DataFrame, view: View) -> str:
    """On which criteria the departments' ratings are highest and lowest, over all networks."""
    words, rated = view.words, found[found["rating"] > 0]
    if rated.empty:
        return words("No department has rated.")
    means = rated[["low", "high"]].mean(axis=1).groupby("criterion").mean().round(6)

    def at(mean: float) -> str:
        return words.some([view.criteria[str(name)] for name in means.index[means == mean]], FEW)

    if means.max() == means.min():
        return words("On average the networks are rated alike on every criterion.")
    return words(
        "On average the networks are rated highest on {most} and lowest on {least}.",
        most=at(means.max()),
        least=at(means.min()),
    )


def _sign(marker: str) -> Line2D:
    """What stands in a cell without a figure, as a mark of the key."""
    return Line2D([], [], ls="", marker=marker, ms=6, color=INK)


def _key_below(canvas: Any, marks: list[Any], texts: list[str]) -> None:
    """What shades and signs mean."""
    for mark in marks:
        if isinstance(mark, Patch):
            mark.set(edgecolor=MUTED, linewidth=0.6)
    look = {"loc": "outside lower left", "ncols": len(texts), "frameon": False, "fontsize": 9}
    canvas.legend(marks, texts, **look)


def _in_order(found: pd.Series | pd.Index, names: pd.Series) -> list[str]:
    known = set(found)
    return [name for name in names if name in known]
