"""What helps where there are too many networks for a line or a panel each?

Fields of shaded cells, each with its figure written in it, so that nothing is told by colour alone.
"""

import pandas as pd

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import Words
from netanalysis.pages.charts import field
from netanalysis.pages.html import Column, Figure, behind
from netanalysis.pages.labels import counted_text, label
from netanalysis.pages.svg import drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.ratings import NOT_APPLICABLE, SILENCE

__all__ = ["TALLEST", "ratings"]

UNKNOWN = "unknown"  # of today's levels, where it may be several
TALLEST = 4  # the highest rating
SIGNS = {"": "", SILENCE: "○", NOT_APPLICABLE: "×", "no_evidence": "–"}


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
