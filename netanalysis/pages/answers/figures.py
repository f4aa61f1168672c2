"""Which pictures show who answered about what, and how the networks were rated?"""

from typing import Any

import pandas as pd

from netanalysis.pages import shared_columns
from netanalysis.pages.answers.responses import nobody
from netanalysis.pages.charts import field
from netanalysis.pages.evaluation.many_networks import TALLEST
from netanalysis.pages.html import Column, Figure, Fragment, behind
from netanalysis.pages.svg import drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring import responses

__all__ = ["ratings", "who_answered"]

FEW = 2  # criteria that a title names before it counts the rest


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
    found = found.set_index(["network", "department"])
    shares = (found["rating"] / criteria).where(found["answered"], 0)
    texts = found["rating"].astype(str).where(found["answered"], "×")
    shares, texts = (cells.unstack("department").loc[down, across] for cells in (shares, texts))
    size = 2.4 + 0.34 * len(across), 1.9 + 0.27 * len(down)
    shown = (
        [shortened(networks[one], 28) for one in down],
        [shortened(names[one], 30) for one in across],
    )
    caption = words.plural(
        "Criteria that each department rated, of {count}; ×: asked, no answer; blank: not asked",
        "Criteria that each department rated, of {count}; ×: asked, no answer; blank: not asked",
        criteria,
    )

    def cell(network: str, department: str) -> str:
        if (network, department) not in found.index:
            return words("not asked")
        row = found.loc[(network, department)]
        return words.number(row["rating"]) if row["answered"] else words("no answer")

    def answers_of(department: str) -> Column:
        return Column(names[department], lambda network: cell(network, department), "number")

    columns = [Column(words("Network"), lambda one: networks[one]), *map(answers_of, across)]
    finding = words(
        "{answered} of {asked} questions are answered: one is one department about one network.",
        answered=words.number(found["answered"].sum()),
        asked=words.number(len(found)),
    )
    svg = _drawn(shares, texts, shown, size)
    return Figure(words, svg, finding, caption, behind(words, caption, columns, down))


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
    size = 2.4 + 0.56 * len(across), 1.7 + 0.3 * len(down)
    shown = (
        [shortened(networks[one], 28) for one in down],
        [shortened(one, 26) for one in criteria.values()],
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
    svg = _drawn(shares, texts, shown, size)
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


def _drawn(
    shares: pd.DataFrame,
    texts: pd.DataFrame,
    names: tuple[list[str], list[str]],
    size: tuple[float, float],
) -> str:
    with drawing(*size) as (canvas, axes):
        field(axes, shares, texts, names, size=8, steep=90)
        return svg_of(canvas)


def _in_order(found: pd.Series | pd.Index, names: pd.Series) -> list[str]:
    known = set(found)
    return [name for name in names if name in known]
