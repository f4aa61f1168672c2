"""Why is a level not reached? What the evidence supports, beside what each level asks for."""

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from netanalysis.evaluation import Evaluation
from netanalysis.pages.charts import key, lines
from netanalysis.pages.evaluation.calculation import against_demands
from netanalysis.pages.html import Figure, folded, table
from netanalysis.pages.labels import label
from netanalysis.pages.svg import ACCENT, BAND, MUTED, SECOND, drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.pivots import ruled_out

__all__ = ["demands_and_ratings", "finding"]

TICKS: Final = {
    "follow": (-0.07, 4),
    "participate": (0, 6.5),
    "lead": (0.07, 9),
}  # shift, mark's height
BELOW = 0.34  # of a line: how far a bar lies below its middle, as the name stands above it
APART = 0.14  # of a line: between dots that would lie on each other


def demands_and_ratings(outcome: Evaluation, network: str, view: View) -> Figure:
    """Each rating as a bar, each statement as a dot, and a mark for what each level asks for.

    Parameters
    ----------
    outcome : Evaluation
    network : str
    view : View

    Returns
    -------
    Figure
        Its title is `finding`.
    """
    words, criteria = view.words, view.criteria
    rated = outcome.ratings.loc[network]
    checks = outcome.checks[outcome.checks["network"] == network]
    rows = outcome.case.statements
    rows = rows[(rows["network"] == network) & rows["low"].notna()]
    levels = [level for level in LEVELS if level in set(checks["level"])]
    with drawing(2.8, 0.5 + 0.19 * len(criteria)) as (canvas, axes):
        for y, (criterion, name) in enumerate(criteria.items()):
            cell = rated.loc[criterion]
            shown = f"{name} ({label(cell['state'], words)})" if cell["state"] else name
            axes.text(-0.25, y, shortened(shown, 56), va="baseline", fontsize=7.5)
            _rating(axes, y + BELOW, cell)
            dots = rows.loc[rows["criterion"] == criterion, ["low", "high"]].mean(axis=1)
            above = dots.groupby(dots).cumcount() - dots.map(dots.value_counts() - 1) / 2
            look = {"s": 9, "color": MUTED, "alpha": 0.55, "linewidth": 0, "zorder": 3}
            axes.scatter(dots, y + BELOW + APART * above, **look)
        for row in checks.itertuples():
            shift, height = TICKS[str(row.level)]
            line = list(criteria).index(str(row.criterion))
            axes.plot([row.demand + shift], [line + BELOW], **_tick(height))
        lines(axes, [""] * len(criteria), above=0.7, below=0.35)
        axes.set(xlim=(-0.3, 4.3), xticks=range(5), xlabel="", ylabel="")
        axes.tick_params(labelsize=8)
        marks = [Line2D([], [], **_tick(TICKS[level][1])) for level in levels]
        texts = [shortened(view.levels[level], 24) for level in levels]
        small: dict[str, Any] = {"fontsize": 7, "handletextpad": -0.4, "columnspacing": 0.2}
        key(axes, marks, texts, x=-0.04, ncols=2, **small)
        svg = svg_of(canvas)
    caption = words("Bar: rating. Dot: statement. Line: demand.")
    named, *told = against_demands(outcome, network, view)
    data = folded(named, table(words, named, *told))
    return Figure(words, svg, finding(outcome, network, view), caption, data)


def finding(outcome: Evaluation, network: str, view: View) -> str:
    """What bars a level, or on how many criteria what it asks for is met.

    Told of the lowest level that is not possible; of the highest one where all are.
    """
    words, name = view.words, view.networks[network]
    checks = outcome.checks[outcome.checks["network"] == network]
    beyond = LEVELS[LEVELS.index(outcome.possible[network][-1]) + 1 :]
    level = beyond[0] if beyond else LEVELS[-1]
    barred = ruled_out(checks)
    if level in set(barred["level"]):
        return words(
            "{network}: {level} is ruled out by the veto on {criteria}.",
            network=name,
            level=view.levels[level],
            criteria=words.some((view.criteria[one] for one in barred["criteria"].iloc[0]), 2),
        )
    met = checks.loc[checks["level"] == level, "met"].value_counts()
    return words(
        "{network}: the demands of {level} are met on {met} of {all} criteria, open on {open}.",
        network=name,
        level=view.levels[level],
        all=words.number(met.sum()),
        met=words.number(met.get("yes", 0)),
        open=words.number(met.get("open", 0)),
    )


def _rating(axes: Axes, y: float, cell: pd.Series) -> None:
    if cell["state"]:
        axes.axhspan(y - 0.18, y + 0.18, color=BAND, lw=0, zorder=0)
        return
    ends = [cell["low"] - 0.05, cell["high"] + 0.05]
    axes.plot(ends, [y, y], color=ACCENT, alpha=0.4, lw=5, solid_capstyle="butt", zorder=2)


def _tick(height: float) -> dict[str, Any]:
    return {"marker": "|", "ms": height, "mew": 1.6, "color": SECOND, "ls": "", "zorder": 4}
