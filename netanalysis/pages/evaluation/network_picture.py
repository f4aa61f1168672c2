"""Why is a level not reached? What the evidence supports, beside what each level asks for."""

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from netanalysis.evaluation import Evaluation
from netanalysis.pages.charts import lines
from netanalysis.pages.evaluation.calculation import against_demands
from netanalysis.pages.html import Figure, folded, table
from netanalysis.pages.labels import label
from netanalysis.pages.svg import ACCENT, BAND, INK, MUTED, SECOND, drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.pivots import ruled_out

__all__ = ["demands_and_ratings", "finding"]

TICKS: Final = {
    "follow": (-0.08, 5, MUTED),
    "participate": (0, 8, SECOND),
    "lead": (0.08, 11, INK),
}  # shift, height and colour of a mark
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
    names = [
        f"{name} ({label(state, words)})" if state else name
        for (_, name), state in zip(
            criteria.items(), rated.loc[list(criteria), "state"], strict=True
        )
    ]
    with drawing(3.05, 0.5 + 0.175 * len(criteria)) as (canvas, axes):
        lines(axes, [shortened(name, 32) for name in names], above=0.6, below=0.45, fontsize=7.5)
        for y, criterion in enumerate(criteria):
            _rating(axes, y, rated.loc[criterion])
            dots = rows.loc[rows["criterion"] == criterion, ["low", "high"]].mean(axis=1)
            above = dots.groupby(dots).cumcount() - dots.map(dots.value_counts() - 1) / 2
            look = {"s": 9, "color": MUTED, "alpha": 0.55, "linewidth": 0, "zorder": 3}
            axes.scatter(dots, y + APART * above, **look)
        for row in checks.itertuples():
            line = list(criteria).index(str(row.criterion))
            axes.plot([row.demand + TICKS[str(row.level)][0]], [line], **_tick(str(row.level)))
        axes.set(xlim=(-0.3, 4.3), xticks=range(5), xlabel="", ylabel="")
        axes.tick_params(labelsize=8, axis="x")
        marks = [Line2D([], [], **_tick(level)) for level in levels]
        texts = [shortened(view.levels[level], 24) for level in levels]
        small: dict[str, Any] = {"fontsize": 7, "handletextpad": -0.4, "columnspacing": 0.2}
        canvas.legend(marks, texts, loc="outside upper left", ncols=2, frameon=False, **small)
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


def _tick(level: str) -> dict[str, Any]:
    _, height, color = TICKS[level]
    return {"marker": "|", "ms": height, "mew": 1.6, "color": color, "ls": "", "zorder": 4}
