"""What helps where there are too many networks for a line or a panel each?

Fields of shaded cells, each with its figure written in it, so that nothing is told by colour alone.
"""

from typing import Any

import pandas as pd
from matplotlib.patches import Rectangle

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import Words
from netanalysis.pages.charts import field
from netanalysis.pages.html import Column, Figure, behind
from netanalysis.pages.labels import counted_text, label
from netanalysis.pages.svg import INK, drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS, OPEN
from netanalysis.scoring.ratings import NOT_APPLICABLE, SILENCE

__all__ = ["TALLEST", "level_columns", "moves", "ratings"]

UNKNOWN = "unknown"  # of today's levels, where it may be several
TALLEST = 4  # the highest rating
SIGNS = {"": "", SILENCE: "○", NOT_APPLICABLE: "×", "no_evidence": "–"}


def moves(outcome: Evaluation, view: View) -> Figure:
    """How many networks of each of today's levels come out at each level.

    Returns
    -------
    Figure
        The table behind it has every network.
    """
    words, labels, result = view.words, view.levels, outcome.overview
    known = result["today"].map(lambda levels: levels[0] if len(levels) == 1 else UNKNOWN)
    down, across = list(reversed(LEVELS)), [*LEVELS, OPEN]
    down += [UNKNOWN] if (known == UNKNOWN).any() else []
    counts = pd.crosstab(known, result["outcome"]).reindex(index=down, columns=across, fill_value=0)
    heads = [view.level(level) for level in across]
    today = {**labels, UNKNOWN: words.unknown}
    with drawing(6.4, 0.7 + 0.6 * len(down)) as (canvas, axes):
        written = counts.astype(str).mask(counts == 0, "")
        shades = counts / max(TALLEST, counts.max(axis=None))
        names = (
            [shortened(today[level], 20) for level in down],
            [shortened(head, 20) for head in heads],
        )
        field(axes, shades, written, names, size=13)
        for place, level in enumerate(down[: len(LEVELS)]):  # where the outcome is today's level
            axes.add_patch(_frame(across.index(level), place))
        axes.set(xlabel=words("Computed outcome"), ylabel=words("Today"))
        svg = svg_of(canvas)

    caption = words("Number of networks by today’s level and computed outcome; framed: unchanged")
    data = behind(words, caption, level_columns(outcome, view), result)
    return Figure(words, svg, as_today(outcome, view), caption, data)


def level_columns(outcome: Evaluation, view: View) -> list[Column]:
    """Of each network today's level, the possible ones, the outcome and the assessment."""
    words, levels = view.words, view.levels
    final = view.assessed["level"].reindex(outcome.overview.index)

    def assessed(row: Any) -> str:
        return words.unknown if pd.isna(final[row.Index]) else levels[final[row.Index]]

    return [
        Column(words("Network"), lambda row: view.networks[row.Index]),
        Column(words("Today"), lambda row: view.today(row.today)),
        Column(words("Possible"), lambda row: ", ".join(levels[one] for one in row.possible)),
        Column(words("Computed outcome"), lambda row: view.level(row.outcome)),
        Column(words("The office’s assessment"), assessed),
    ]


def ratings(outcome: Evaluation, view: View) -> Figure:
    """Every rating as a cell, the darker the higher; missing ones as signs.

    Returns
    -------
    Figure
        The table behind it has the number of places too.
    """
    words, criteria, rated = view.words, view.criteria, outcome.ratings
    names = {network: view.networks[network] for network in outcome.networks}
    middle = rated[["low", "high"]].mean(axis=1).mask(rated["state"] != "")
    shades, written = (
        cells.unstack("criterion").loc[list(names), list(criteria)]
        for cells in (middle, _written(rated, words))
    )
    with drawing(7.2, 1.5 + 0.24 * len(names)) as (canvas, axes):
        shown = (
            [shortened(name, 28) for name in names.values()],
            [shortened(name, 26) for name in criteria.values()],
        )
        field(axes, shades.fillna(0) / TALLEST, written, shown, size=8.5, steep=38)
        svg = svg_of(canvas)

    def ratings_on(criterion: str) -> Column:
        rows = rated.xs(criterion, level="criterion")
        return Column(criteria[criterion], lambda network: counted_text(rows.loc[network], words))

    columns = [Column(words("Network"), lambda network: names[network]), *map(ratings_on, criteria)]
    found = set(rated["state"]) - {""}
    signs = [f"{SIGNS[state]} {label(state, words)}" for state in SIGNS if state in found]
    caption = words("Ratings from 0 to 4: what the evidence supports")
    if signs:
        caption += f" ({', '.join(signs)})"
    note = words(
        "Each cell has the ratings that the evidence supports, from the lowest to the highest: for "
        "each coder the median of the statements, then all that lies between the coders. Single "
        "statements can lie outside them. The darker a cell, the higher the ratings; the number of "
        "places in the sources stands in the table below."
    )
    data = behind(words, caption, columns, names)
    return Figure(words, svg, on_evidence(outcome, words), caption, data, note)


def as_today(outcome: Evaluation, view: View) -> str:
    """For how many networks the outcome is today's level."""
    result, words = outcome.overview, view.words
    same = sum(tuple(row.today) == (row.outcome,) for row in result.itertuples())
    return words(
        "The computed outcome is today’s level for {count} of {all} networks.",
        count=words.number(same),
        all=words.number(len(result)),
    )


def on_evidence(outcome: Evaluation, words: Words) -> str:
    """How many of the ratings rest on evidence."""
    states = outcome.ratings["state"]
    return words(
        "{count} of {all} ratings rest on evidence.",
        count=words.number((states == "").sum()),
        all=words.number(len(states)),
    )


def _written(rated: pd.DataFrame, words: Words) -> pd.Series:
    """What stands in each cell."""
    texts = [SIGNS[row.state] or words.interval(row.low, row.high) for row in rated.itertuples()]
    return pd.Series(texts, index=rated.index, dtype="str")


def _frame(x: int, y: int) -> Rectangle:
    return Rectangle((x, y), 1, 1, fill=False, edgecolor=INK, linewidth=2, zorder=3)
