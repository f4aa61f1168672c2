"""Which pictures help, and what do they say in words?

Each function draws without global state and returns a `Figure`: an SVG with its alternative
text, its caption and the table behind it.
"""

import datetime

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from netanalysis.dates import first_day, last_day
from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY, Words
from netanalysis.pages import shared_columns
from netanalysis.pages.charts import key, lines
from netanalysis.pages.evaluation import many_networks
from netanalysis.pages.html import Column, Figure, behind
from netanalysis.pages.labels import counted_text, label
from netanalysis.pages.svg import (
    ACCENT,
    BAND,
    INK,
    MUTED,
    SECOND,
    SHADES,
    drawing,
    shortened,
    svg_of,
    wrapped,
)
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import HOLDS, LEANS
from netanalysis.scoring.upcoming_dates import most_exact

__all__ = ["ratings", "seats", "shares"]

LINES = 24  # seats that one time line holds
SOME_DAY = {"color": SHADES[1], "lw": 9, "solid_capstyle": "butt"}  # of a date known by its year
OPEN_END = {"color": ACCENT, "lw": 2, "ls": (0, (2, 1.5))}
FADE = 0.8  # years of a bar that are dashed where its start or end is not known


def shares(outcome: Evaluation, view: View) -> Figure:
    """Which levels are possible, and the share of all that is admissible that gives each.

    Many networks are drawn closer together, from those whose most frequent level is highest down.
    """
    words, labels, possible = view.words, view.levels, outcome.possible
    deep, shares = 0.42, outcome.shares

    def share_of(network: str, level: str, share: float) -> str:
        if possible[network] == (level,):
            return words.percent(1)  # exactly, however few draws there are
        return words.share(share, outcome.error, (LEANS, HOLDS))

    if len(shares) > MANY:
        shares, deep = _highest_first(shares), 0.28
    shown = [view.networks[str(name)] for name in shares.index]
    with drawing(7.2, 1.1 + deep * len(shown)) as (canvas, axes):
        left = pd.Series(0.0, index=shares.index)
        for level, shade in zip(shares.columns, SHADES, strict=True):
            share = shares[level]
            look = {"color": shade, "height": 0.6, "label": shortened(labels[level], 30)}
            axes.barh(range(len(shown)), share, left=left, edgecolor="w", **look)
            for y, (start, width) in enumerate(zip(left, share, strict=True)):
                if width >= 0.07:
                    axes.text(
                        start + width / 2,
                        y,
                        share_of(str(shares.index[y]), level, width),
                        ha="center",
                        va="center",
                        fontsize=9,
                        color="w" if shade in SHADES[2:] else INK,
                    )
            left = left + share
        for y, name in enumerate(shares.index):
            told = ", ".join(labels[level] for level in possible[str(name)])
            axes.text(1.03, y, wrapped(told, 38, 2), va="center", fontsize=8)
        axes.text(1.03, -0.75, words("Possible"), va="center", fontsize=9, fontweight="bold")
        axes.set(xlim=(0, 1.62))
        axes.spines["bottom"].set_bounds(0, 1)
        axes.set_xticks([0, 0.5, 1])
        axes.set_xticklabels([words.percent(tick) for tick in (0, 0.5, 1)])
        lines(axes, [shortened(name, 28) for name in shown], above=1)
        key(axes, *axes.get_legend_handles_labels(), ncols=2)
        svg = svg_of(canvas)

    def cell(name: str, level: str) -> str:
        if level not in possible[name]:
            return words("not possible")
        if len(possible[name]) == 1:
            return words("the only one possible")
        return words(
            "possible, {share} ({bare} if nothing but vetoes were known)",
            share=share_of(name, level, shares.loc[name, level]),
            bare=words.share(outcome.vetoes_alone.loc[name, level], outcome.error),
        )

    def column_of(level: str) -> Column:
        return Column(labels[level], lambda name: cell(name, level))

    columns = [Column(words("Network"), lambda name: view.networks[name]), *map(column_of, labels)]
    finding = words(
        "For {count} of {all} networks only one level is possible.",
        count=words.number(sum(len(possible[str(name)]) == 1 for name in shares.index)),
        all=words.number(len(shares)),
    )
    caption = words("Possible levels, and the share of all that is admissible that gives each")
    return Figure(words, svg, finding, caption, behind(words, caption, columns, shares.index))


def seats(view: View) -> Figure:
    """The city's seats on a time line, with the date of the evaluation.

    Of more seats than a time line holds, those that ended before that date are only counted.
    """
    words, names = view.words, view.networks
    as_of = _years(view.as_of)
    rows = all_rows = most_exact(view.case.seats, ["network", "body", "role"], ["start", "end"])
    if len(rows) > LINES:
        today = first_day(view.as_of)
        over = rows["end"].map(lambda day: pd.notna(day) and last_day(day) < today)
        rows = rows[~over]
    known = [_years(day) for column in ("start", "end") for day in rows[column].dropna()]
    first = min(one[0] for one in [*known, as_of]) - 1
    last = max(one[1] for one in [*known, as_of]) + 1
    offices = list(dict.fromkeys(zip(rows["network"], rows["body"], rows["role"], strict=True)))
    with drawing(7.2, 0.7 + 0.3 * len(offices)) as (canvas, axes):
        for seat in rows.itertuples():
            y = offices.index((seat.network, seat.body, seat.role))
            begins = (first, first + FADE) if pd.isna(seat.start) else _years(seat.start)
            ends = (last - FADE, last) if pd.isna(seat.end) else _years(seat.end)
            if pd.isna(seat.start) and pd.isna(seat.end):
                begins, ends = (first, last), (last, last)  # nothing is known
            elif seat.ongoing == "yes" and pd.isna(seat.end):
                ends = max(as_of[0], begins[1]), last
            if begins[1] < ends[0]:
                held = {"color": ACCENT, "lw": 9, "solid_capstyle": "butt"}
                axes.plot([begins[1] + 0.03, ends[0] - 0.03], [y, y], **held)
            for day, edge in ((seat.start, begins), (seat.end, ends)):
                axes.plot(edge, [y, y], **(OPEN_END if pd.isna(day) else SOME_DAY))
        axes.axvspan(*as_of, color=SECOND, lw=1.5, alpha=0.2, zorder=0)
        axes.annotate(
            words("as of {date}", date=words.date(view.as_of)),
            (as_of[0], 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 4),
            textcoords="offset points",
            color=SECOND,
            fontsize=9,
        )
        axes.set(xlim=(first, last))
        told = [
            f"{shortened(names[network], 26)}: {shortened(view.bodies[(network, body)], 30)}, "
            f"{label(role, words)}"
            for network, body, role in offices
        ]
        lines(axes, told, above=0.6, below=0.4, fontsize=9)
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=9))
        axes.xaxis.set_major_formatter("{x:.0f}")
        axes.grid(axis="x")
        svg = svg_of(canvas)

    columns = [
        shared_columns.network(view),
        Column(words("Body"), lambda seat: view.bodies[(seat.network, seat.body)]),
        Column(words("Role"), lambda seat: label(seat.role, words)),
        Column(words("Term"), lambda seat: words.term(seat.start, seat.end, seat.ongoing == "yes")),
    ]
    caption = words(
        "The city’s seats over time; pale where the day of a start or an end is not known, dashed "
        "where the year is not"
    )
    if len(rows) < len(all_rows):
        more = words.plural(
            "{count} that is over stands in the table only",
            "{count} that are over stand in the table only",
            len(all_rows) - len(rows),
        )
        caption = f"{caption}; {more}"
    held = all_rows["network"].nunique()
    finding = words.plural(
        "The city’s seats are in {count} network.",
        "The city’s seats are in {count} networks.",
        held,
    )
    return Figure(words, svg, finding, caption, behind(words, caption, columns, all_rows))


def ratings(outcome: Evaluation, view: View) -> Figure:
    """Every rating as an interval, with its number of places; missing shown as missing.

    Of many networks each rating is a cell instead of a bar.
    """
    if len(outcome.networks) > MANY:
        return many_networks.ratings(outcome, view)
    words, criteria, rated = view.words, view.criteria, outcome.ratings
    names = {network: view.networks[network] for network in outcome.networks}
    across = min(4, len(names))
    down = -(-len(names) // across)
    size = (2.1 + 1.5 * across, (0.9 + 0.36 * len(criteria)) * down)
    with drawing(*size, panels=(down, across)) as (canvas, grid):
        panels = list(grid.flat) if hasattr(grid, "flat") else [grid]
        for axes, (network, name) in zip(panels, names.items(), strict=False):
            _rating_panel(axes, rated.loc[network].loc[list(criteria)], words)
            axes.set_title(
                shortened(name, 16 if across > 1 else 32), fontsize=10, fontweight="bold"
            )
            shown = axes in panels[::across]
            lines(axes, [shortened(one) if shown else "" for one in criteria.values()])
        for axes in panels[len(names) :]:
            axes.remove()
        svg = svg_of(canvas)

    def ratings_of(network: str) -> Column:
        rows = rated.loc[network]
        return Column(names[network], lambda criterion: counted_text(rows.loc[criterion], words))

    columns = [
        Column(words("Criterion"), lambda criterion: criteria[criterion]),
        *map(ratings_of, names),
    ]
    caption = words("Ratings from 0 to 4: what the evidence supports")
    note = words(
        "A bar reaches from the lowest to the highest rating that the evidence supports: for each "
        "coder the median of the statements, then all that lies between the coders. Single "
        "statements can lie outside it. The figure beside a bar is the number of places in the "
        "sources. Where there is no bar, it says why."
    )
    finding = many_networks.on_evidence(outcome, words)
    return Figure(words, svg, finding, caption, behind(words, caption, columns, criteria), note)


def _rating_panel(axes: Axes, cells: pd.DataFrame, words: Words) -> None:
    for y, (_, cell) in enumerate(cells.iterrows()):
        if cell["state"]:
            axes.axhspan(y - 0.32, y + 0.32, color=BAND, lw=0, zorder=0)
            axes.text(
                2,
                y,
                label(cell["state"], words),
                ha="center",
                va="center",
                fontsize=8.5,
                color=MUTED,
                style="italic",
            )
            continue
        low, high = cell["low"], cell["high"]
        axes.plot([low, high], [y, y], color=ACCENT, lw=5, solid_capstyle="butt", zorder=2)
        ends = {"y": [y, y], "marker": "o", "s": 34, "color": ACCENT, "legend": False}
        sns.scatterplot(x=[low, high], ax=axes, zorder=3, linewidth=0, **ends)
        axes.text(4.35, y, str(cell["n_places"]), va="center", fontsize=8.5, color=MUTED)
    axes.set(xlim=(-0.3, 4.9), xticks=range(5), xlabel="", ylabel="")
    axes.grid(axis="x")


def _years(date: str) -> tuple[float, float]:
    """The first and the last day that a date can mean, in years."""

    def years(day: datetime.date, start: int) -> float:
        return day.year + (day.timetuple().tm_yday - start) / 365.25

    return years(first_day(date), 1), years(last_day(date), 0)


def _highest_first(shares: pd.DataFrame) -> pd.DataFrame:
    """The networks by their most frequent level, and by how frequent that is."""
    rank = {level: number for number, level in enumerate(shares.columns)}
    order = pd.DataFrame(
        {"level": shares.idxmax(axis=1).map(rank), "share": shares.max(axis=1)}
    ).sort_values(["level", "share"], ascending=False, kind="stable")
    return shares.loc[order.index]
