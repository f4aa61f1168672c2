"""Which pictures show who answered about what, and how the networks were rated?"""

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from netanalysis.scoring import responses
from netanalysis.showing import shared_columns
from netanalysis.showing.drawing import BAND, INK, MUTED, drawing, shortened, svg_of
from netanalysis.showing.markup import Column, Figure, Fragment, behind
from netanalysis.showing.responses import nobody
from netanalysis.showing.view import View

__all__ = ["ratings", "who_answered"]

_COLOURS = mpl.colors.LinearSegmentedColormap.from_list("answers", ("#e6edf2", "#6aa9d4"))
_TOP = 4  # of the scale of ratings


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
    names, networks = view.departments, view.networks
    down = _in_order(found["network"], case.networks["network"])
    across = _in_order(found["department"], case.departments["department"])
    criteria = len(case.criteria)
    cells = found.set_index(["network", "department"])
    with drawing(2.4 + 0.34 * len(across), 1.9 + 0.27 * len(down)) as (canvas, axes):
        for (network, department), row in cells.iterrows():
            share = row["rating"] / criteria if row["answered"] else None
            text = str(row["rating"]) if row["answered"] else "×"
            _cell(axes, across.index(department), down.index(network), share, text)
        _frame(axes, [shortened(networks[one], 28) for one in down],
               [shortened(names[one], 30) for one in across])  # fmt: skip
        svg = svg_of(canvas)
    caption = words.plural(
        "Criteria that each department rated, of {count}; ×: asked, no answer; blank: not asked",
        "Criteria that each department rated, of {count}; ×: asked, no answer; blank: not asked",
        criteria,
    )

    def cell(network: str, department: str) -> str:
        if (network, department) not in cells.index:
            return words("not asked")
        row = cells.loc[(network, department)]
        return words.number(row["rating"]) if row["answered"] else words("no answer")

    def answers_of(department: str) -> Column:
        return Column(names[department], lambda network: cell(network, department), "number")

    columns = [Column(words("Network"), lambda one: networks[one]), *map(answers_of, across)]
    counts = found.groupby("network")["answered"].agg(["sum", "size"])
    told = (
        words(
            "{network}: {answered} of {asked}",
            network=networks[one],
            answered=words.number(counts.loc[one, "sum"]),
            asked=words.number(counts.loc[one, "size"]),
        )
        for one in down
    )
    alt = words(
        "Chart of which department answered about which network. Departments that answered:"
    )
    alt = f"{alt} {'; '.join(told)}."
    return Figure(svg, alt, caption, behind(words, caption, columns, down))


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

    with drawing(2.4 + 0.56 * len(across), 1.7 + 0.3 * len(down)) as (canvas, axes):
        for (network, criterion), row in found.iterrows():
            middle = (row["low"] + row["high"]) / 2 / _TOP if row["rating"] else None
            text = f"{rating(row)} ({row['rating']:.0f})" if row["rating"] else "–"
            _cell(axes, across.index(criterion), down.index(network), middle, text)
        _frame(axes, [shortened(networks[one], 28) for one in down],
               [shortened(one, 26) for one in criteria.values()])  # fmt: skip
        svg = svg_of(canvas)
    caption = words("The departments’ ratings from 0 to 4: median, and in brackets how many rated")
    told = (
        f"{networks[one]}: "
        + ", ".join(f"{criteria[name]} {rating(row)}" for name, row in found.loc[one].iterrows())
        for one in down
    )
    alt = f"{words('Chart of the departments’ ratings; – where nobody rated.')} {'; '.join(told)}."
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
    return Figure(svg, alt, caption, behind(words, caption, columns, rows))


def _in_order(found: pd.Series | pd.Index, names: pd.Series) -> list[str]:
    known = set(found)
    return [name for name in names if name in known]


def _cell(axes: Axes, x: int, y: int, share: float | None, text: str) -> None:
    colour = BAND if share is None else _COLOURS(share)
    axes.add_patch(mpl.patches.Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, color=colour, lw=0))
    ink = MUTED if share is None else INK  # dark on every colour, so that it can be read
    axes.text(x, y, text, ha="center", va="center", fontsize=8, color=ink)


def _frame(axes: Axes, down: list[str], across: list[str]) -> None:
    axes.set(
        xlim=(-0.5, len(across) - 0.5),
        ylim=(len(down) - 0.5, -0.5),
        xticks=range(len(across)),
        yticks=range(len(down)),
    )
    axes.xaxis.tick_top()
    axes.set_xticklabels(across, rotation=90, fontsize=9)
    axes.set_yticklabels(down, fontsize=9)
    axes.spines["bottom"].set_visible(False)
