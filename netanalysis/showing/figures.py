"""Which pictures help, and what do they say in words?

Each function draws without global state and returns a `Figure`: an SVG with its alternative
text, its caption and the table behind it.
"""

from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case import Case
from netanalysis.scoring.engagement import LEVELS
from netanalysis.showing.drawing import ACCENT, BAND, INK, MUTED, SECOND, drawing, shortened, svg_of
from netanalysis.showing.labels import criteria_names, label, level_names, network_names
from netanalysis.showing.markup import Figure, Fragment, folded, table
from netanalysis.showing.wording import Words, speak

__all__ = ["levels", "ratings", "seats"]

FADE = 0.8  # years of a bar that are dashed where its start or end is not known


def levels(case: Case, result: pd.DataFrame, language: str) -> Figure:
    """Today's level, the computed range and the office's assessment of each network.

    Parameters
    ----------
    case : Case
    result : DataFrame
        By network: today, worst, best.
    language : {"sv", "en"}

    Returns
    -------
    Figure
    """
    words, names = speak(language), network_names(case)
    labels = level_names(case, words)
    final = case.assessments.groupby("network")["level"].last().reindex(result.index)
    rank = {level: number for number, level in enumerate(LEVELS)}
    places = pd.DataFrame(
        {
            "network": [names[str(name)] for name in result.index],
            "today": result["today"].map(rank),
            "worst": result["worst"].map(rank),
            "best": result["best"].map(rank),
            "office": final.map(rank),
            "row": range(len(result)),
        }
    )
    with drawing(7.2, 0.9 + 0.38 * len(places)) as (canvas, axes):
        for place in places.itertuples():
            ends = [place.worst - 0.16, place.best + 0.16]
            axes.plot(ends, [place.row] * 2, color=ACCENT, alpha=0.35, lw=13, solid_capstyle="butt")
        points = {"legend": False, "ax": axes, "zorder": 3, "y": places["row"]}
        ring = {"facecolor": "none", "edgecolor": INK, "linewidth": 2}
        sns.scatterplot(x=places["today"], marker="o", s=190, **ring, **points)
        sns.scatterplot(x=places["office"], marker="D", s=45, color=SECOND, **points)
        axes.set(
            xlim=(-0.5, 3.5),
            ylim=(len(places) - 0.5, -0.5),
            xticks=range(4),
            yticks=places["row"],
            xlabel="",
            ylabel="",
        )
        axes.set_xticklabels([shortened(labels[level], 20) for level in LEVELS])
        axes.set_yticklabels([shortened(name, 24) for name in places["network"]])
        axes.grid(axis="x")
        handles = [
            mpl.lines.Line2D([], [], color=ACCENT, alpha=0.35, lw=10),
            mpl.lines.Line2D([], [], color=INK, marker="o", ls="", ms=11, mfc="none", mew=2),
            mpl.lines.Line2D([], [], color=SECOND, marker="D", ls="", ms=6),
        ]
        texts = [words("Computed"), words("Today"), words("The office’s assessment")]
        axes.legend(
            handles,
            texts,
            loc="lower center",
            bbox_to_anchor=(0.5, 1.0),
            ncols=3,
            frameon=False,
        )
        svg = svg_of(canvas)

    def text(place: Any) -> str:
        office = words.unknown if pd.isna(place.office) else labels[LEVELS[int(place.office)]]
        return words(
            "{network}: today {today}, computed {computed}, the office {office}",
            network=place.network,
            today=labels[LEVELS[place.today]],
            computed=_range(place, labels),
            office=office,
        )

    caption = words("Today’s level, the computed range and the office’s assessment")
    header = [
        words("Network"),
        words("Today"),
        words("Computed"),
        words("The office’s assessment"),
    ]
    rows = [
        (
            place.network,
            labels[LEVELS[place.today]],
            _range(place, labels),
            words.unknown if pd.isna(place.office) else labels[LEVELS[int(place.office)]],
        )
        for place in places.itertuples()
    ]
    alt = (
        words("Chart of levels of engagement.")
        + " "
        + "; ".join(text(place) for place in places.itertuples())
    )
    return Figure(svg, alt + ".", caption, _data(caption, header, rows, words))


def seats(case: Case, language: str) -> Figure:
    """The city's seats on a time line, with the date of the evaluation.

    Parameters
    ----------
    case : Case
    language : {"sv", "en"}

    Returns
    -------
    Figure
    """
    words, names = speak(language), network_names(case)
    bodies = case.bodies.set_index(["network", "body"])
    as_of = _year(case.case.loc[0, "as_of"], last=False)
    rows = _told_once(case.seats)
    known = [
        _year(day, last=last)
        for column, last in (("start", False), ("end", True))
        for day in rows[column].dropna()
    ]
    first, last = min([*known, as_of]) - 1, max([*known, as_of]) + 1
    lines = list(dict.fromkeys(zip(rows["network"], rows["body"], rows["role"], strict=True)))
    with drawing(7.2, 0.7 + 0.3 * len(lines)) as (canvas, axes):
        bar = {"color": ACCENT, "solid_capstyle": "butt"}
        for seat in rows.itertuples():
            y = lines.index((seat.network, seat.body, seat.role))
            start = first if pd.isna(seat.start) else _year(seat.start, last=False)
            end = last if pd.isna(seat.end) else _year(seat.end, last=True)
            inner = [start + FADE * pd.isna(seat.start), end - FADE * pd.isna(seat.end)]
            if pd.isna(seat.start) and pd.isna(seat.end):
                inner = [end, end]  # nothing is known: dashed all along
            if inner[0] < inner[1]:
                axes.plot([inner[0] + 0.03, inner[1] - 0.03], [y, y], lw=9, **bar)
            for known, edge, within in zip(
                (pd.notna(seat.start), pd.notna(seat.end)), (start, end), inner, strict=True
            ):
                if not known:
                    axes.plot([edge, within], [y, y], lw=2, ls=(0, (2, 1.5)), **bar)
        axes.axvline(as_of, color=SECOND, lw=1.5, zorder=0)
        axes.annotate(
            words("as of {date}", date=words.date(case.case.loc[0, "as_of"])),
            (as_of, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 4),
            textcoords="offset points",
            color=SECOND,
            fontsize=9,
        )
        axes.set(xlim=(first, last), ylim=(len(lines) - 0.4, -0.6), yticks=range(len(lines)))
        lined = (
            (shortened(names[network], 16), words.own(bodies.loc[(network, body)], "name"), role)
            for network, body, role in lines
        )
        axes.set_yticklabels(
            [f"{name}: {shortened(body, 30)}, {label(role, words)}" for name, body, role in lined],
            fontsize=9,
        )
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=9))
        axes.xaxis.set_major_formatter("{x:.0f}")
        axes.grid(axis="x")
        svg = svg_of(canvas)

    told = [
        (
            names[seat.network],
            words.own(bodies.loc[(seat.network, seat.body)], "name"),
            label(seat.role, words),
            words.term(seat.start, seat.end),
        )
        for seat in rows.itertuples()
    ]
    caption = words("The city’s seats over time; dashed where the start or the end is not known")
    alt = words("Time line of the city’s seats.") + " "
    alt += "; ".join(f"{n}: {body}, {role}, {term}" for n, body, role, term in told) + "."
    header = [words("Network"), words("Body"), words("Role"), words("Term")]
    return Figure(svg, alt, caption, _data(caption, header, told, words))


def ratings(case: Case, rated: pd.DataFrame, language: str) -> Figure:
    """Every rating as an interval, with its number of statements; missing shown as missing.

    Parameters
    ----------
    case : Case
    rated : DataFrame
        From `netanalysis.scoring.ratings.rate`.
    language : {"sv", "en"}

    Returns
    -------
    Figure
    """
    words, criteria = speak(language), criteria_names(case, speak(language))
    every = network_names(case)
    names = {name: every[name] for name in rated.index.unique("network")}
    across = min(4, len(names))
    down = -(-len(names) // across)
    size = (2.1 + 1.5 * across, (0.9 + 0.36 * len(criteria)) * down)
    with drawing(*size, panels=(down, across)) as (canvas, grid):
        panels = list(grid.flat) if hasattr(grid, "flat") else [grid]
        for axes, (network, name) in zip(panels, names.items(), strict=False):
            _rating_panel(axes, rated.loc[network].loc[list(criteria)], words)
            axes.set_title(shortened(name, 16), fontsize=10, fontweight="bold")
            axes.set_yticks(range(len(criteria)))
            labels = map(shortened, criteria.values())
            axes.set_yticklabels(labels if axes in panels[::across] else [])
        for axes in panels[len(names) :]:
            axes.remove()
        svg = svg_of(canvas)

    def cell(row: pd.Series) -> str:
        if row["state"]:
            return label(row["state"], words)
        ends = words.interval(row["low"], row["high"])
        return words.plural(
            "{ends} ({count} statement)",
            "{ends} ({count} statements)",
            row["n_statements"],
            ends=ends,
        )

    caption = words("Ratings from 0 to 4: what the evidence supports")
    rows = [
        (label, *(cell(rated.loc[(network, criterion)]) for network in names))
        for criterion, label in criteria.items()
    ]
    alt = words("Chart of rating intervals, from 0 to 4, by network and criterion.")
    for position, name in enumerate(names.values(), start=1):
        alt += f" {name}: " + "; ".join(f"{row[0]} {row[position]}" for row in rows) + "."
    header = [words("Criterion"), *names.values()]
    return Figure(svg, alt, caption, _data(caption, header, rows, words))


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
        axes.text(4.35, y, str(cell["n_statements"]), va="center", fontsize=8.5, color=MUTED)
    axes.set(xlim=(-0.3, 4.9), ylim=(len(cells) - 0.5, -0.5), xticks=range(5), xlabel="", ylabel="")
    axes.grid(axis="x")


def _told_once(seats: pd.DataFrame) -> pd.DataFrame:
    """Seats without the rows that only repeat another's end and know less of its start."""
    same = ["network", "body", "role", "end"]
    whole = seats[seats["start"].notna()]
    repeats = seats["start"].isna() & seats[same].apply(tuple, axis=1).isin(
        whole[same].apply(tuple, axis=1)
    )
    return seats[~repeats].drop_duplicates([*same, "start"])


def _range(place: Any, labels: dict[str, str]) -> str:
    ends = labels[LEVELS[place.worst]], labels[LEVELS[place.best]]
    return " – ".join(dict.fromkeys(ends))


def _year(date: str, last: bool) -> float:
    day = last_day(date) if last else first_day(date)
    return day.year + (day.timetuple().tm_yday - (0 if last else 1)) / 365.25


def _data(caption: str, header: list[str], rows: list[Any], words: Words) -> Fragment:
    return folded(
        words("Figures behind the chart: {caption}", caption=caption),
        table(words, caption, header, rows),
    )
