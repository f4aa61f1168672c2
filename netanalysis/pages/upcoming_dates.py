"""Which terms and dates lie ahead, in a table or on one time line?

On the time line a few dates are drawn one by one, each as the days that it can mean. Many are drawn
by kind, those that mean the same days as one with their number, and the next ones are named below.
"""

import datetime
from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from netanalysis.dates import first_day, shifted
from netanalysis.evaluation import upcoming
from netanalysis.language.words import Words
from netanalysis.pages import shared_columns
from netanalysis.pages.charts import lines
from netanalysis.pages.html import (
    LONG,
    Column,
    Figure,
    Fragment,
    behind,
    cells,
    folded,
    paragraphs,
    table,
)
from netanalysis.pages.labels import label
from netanalysis.pages.portfolio.closer_look import FEW
from netanalysis.pages.svg import ACCENT, SECOND, SHADES, drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import PROPOSAL
from netanalysis.scoring.upcoming_dates import (
    MEMBERSHIP_END,
    PARTICIPATION_END,
    SEAT_END,
)

__all__ = ["dates", "places_named", "time_line"]

NAMED = 20  # dates that are drawn one by one; of more, occasions that are named
YEAR = 12  # months
SOON = 12  # of many dates in a table, those that are shown at once


def dates(view: View) -> Fragment:
    """What lies ahead at the date of the evaluation, in order of time; the far end folded."""
    words, ahead, columns = view.words, upcoming(view.case), _columns(view)
    if len(ahead) <= LONG:
        return table(words, words("Dates ahead"), columns, ahead)
    later = words.plural("{count} later date", "{count} later dates", len(ahead) - SOON)
    return Fragment(
        table(words, words("The next dates ahead"), columns, ahead[:SOON])
        + folded(later, table(words, later, columns, ahead[SOON:]))
    )


def time_line(view: View, networks: Sequence[str]) -> Fragment:
    """Every date that lies ahead of some networks and of the city itself, in order of time.

    Parameters
    ----------
    view : View
    networks : sequence of str
        Those that count, such as the memberships that are held; dates of the city itself do too.

    Returns
    -------
    Fragment
    """
    words, ahead = view.words, upcoming(view.case)
    ahead = ahead[ahead["network"].isin(networks) | ahead["network"].isna()]
    if ahead.empty:
        return paragraphs([words("No date ahead is known.")])
    if len(ahead) <= NAMED:
        return _one_by_one(ahead, view).html
    return Fragment(Markup("\n").join([_by_kind(ahead, view).html, *_next(ahead, view)]))


def _columns(view: View, short: bool = False) -> list[Column]:
    """When, whom it concerns, what happens and where that is said."""
    words = view.words

    def when(row: Any) -> str:
        day = words.date(row.date, short=short)
        return day.replace(" ", "\u00a0") if short else day

    return [
        Column(words("When"), when),
        shared_columns.concerns(view),
        Column(words("What"), lambda row: _what(row, view)),
        shared_columns.source_place(view),
    ]


def _what(row: Any, view: View) -> str:
    words = view.words
    if row.kind == SEAT_END:
        body = view.bodies[(row.network, row.body)]
        return words("End of term: {body}, {role}", body=body, role=label(row.role, words))
    if row.kind == PARTICIPATION_END:
        names = {"department": view.departments[row.department], "role": label(row.role, words)}
        return words("End of participation: {department}, {role}", **names)
    if row.kind == MEMBERSHIP_END:
        return words("The membership ends")
    if row.kind == PROPOSAL:
        action, level = label(row.action, words), view.levels[row.level]
        return words("The office proposes: {action} ({level})", action=action, level=level)
    text, named = words.own(row, "name"), places_named(row, view)
    if len(named) > 1:
        first, *others = named
        return words(
            "{event} ({place}; elsewhere in the sources: {others})",
            event=text, place=first, others=words.listing(others),
        )  # fmt: skip
    return f"{text} ({named[0]})" if named else text


def places_named(event: Any, view: View) -> list[str]:
    """Every place that the sources name for an event, that of this row first.

    Parameters
    ----------
    event : row
        Of the case's events, or of `netanalysis.evaluation.upcoming`.
    view : View
    """
    rows = view.case.events
    same = rows["network"].isna() if pd.isna(event.network) else rows["network"] == event.network
    told = [
        view.own(one, "place") for one in rows[same & (rows["event"] == event.event)].itertuples()
    ]
    return list(dict.fromkeys(filter(None, [view.own(event, "place"), *told])))


def _one_by_one(ahead: pd.DataFrame, view: View) -> Figure:
    words, columns = view.words, _columns(view, short=True)
    told = cells(columns, ahead)
    start = first_day(view.as_of)
    end = max(ahead["last"])
    with drawing(7.2, 0.7 + 0.3 * len(told)) as (canvas, axes):
        for y, row in enumerate(ahead[["first", "last"]].itertuples()):
            _span(axes, y, row)
        _time_axis(axes, start, end, words)
        labels = [f"{shortened(str(row[1]), 16)}: {shortened(str(row[2]), 42)}" for row in told]
        lines(axes, labels, above=0.6, below=0.4, fontsize=9)
        svg = svg_of(canvas)
    caption = words("Dates ahead; a bar where the day is not known")
    when, whom, what, _ = told[0]
    finding = words.plural(
        "{count} date lies ahead: {when}, {network}: {what}.",
        "{count} dates lie ahead, the first {when}: {network}, {what}.",
        len(told),
        when=when,
        network=whom,
        what=what,
    )
    data = behind(words, words("Dates ahead"), columns, ahead)
    return Figure(words, svg, finding, caption, data)


def _span(axes: Axes, y: float, dates: Any) -> None:
    """The days that a date can mean: a mark for one day, a bar for more."""
    left, right = dates.first.toordinal(), dates.last.toordinal() + 1
    if dates.first == dates.last:
        axes.plot([(left + right) / 2], [y], color=ACCENT, marker="D", ms=6, ls="")
    else:
        axes.plot([left, right], [y, y], color=SHADES[1], lw=9, solid_capstyle="butt")


def _time_axis(axes: Axes, start: datetime.date, end: datetime.date, words: Words) -> None:
    """The time from a day on, with a line at that day."""
    axes.axvline(start.toordinal(), color=SECOND, lw=1.5, zorder=0)
    months = 1 + (end - start).days // 30
    step = next(step for step in (1, 3, 6, 12, 24, 60, 1200) if months / step <= 4)
    ticks = [start.replace(month=1, day=1)]
    while ticks[-1] <= end:
        ticks.append(shifted(ticks[-1], step))
    ticks = [day for day in ticks if day >= start]
    form = 4 if step >= 12 else 7
    axes.set_xticks([day.toordinal() for day in ticks])
    axes.set_xticklabels([words.date(day.isoformat()[:form], short=True) for day in ticks])
    margin = max((end - start).days * 0.03, 2)
    axes.set_xlim(start.toordinal() - margin, max(end, ticks[-1]).toordinal() + margin)
    axes.grid(axis="x")


def _by_kind(ahead: pd.DataFrame, view: View) -> Figure:
    """A line for each kind of date, with the days that each can mean and how many mean them."""
    words = view.words
    start, end = first_day(view.as_of), max(ahead["last"])
    found = ahead.groupby(["kind", "first", "last"], sort=False).size().rename("count")
    found = found.reset_index().sort_values(["first", "last"], kind="stable")
    room = (end - start) * 0.05  # for the number beside a bar
    drawn: list[tuple[float, Any]] = []
    names, middles, y = [], [], 0.0
    for kind, rows in sorted(found.groupby("kind"), key=lambda each: -len(each[1])):
        free: list[datetime.date] = []  # when each track of the line is free again
        for row in rows.itertuples():
            track = next(
                (n for n, day in enumerate(free) if day < max(row.first, start)), len(free)
            )
            free[track : track + 1] = [row.last + room]
            drawn.append((y + track, row))
        names.append(label(str(kind), words))
        middles.append(y + (len(free) - 1) / 2)
        y += len(free) + 0.5
    with drawing(7.2, 0.7 + 0.22 * y) as (canvas, axes):
        for place, row in drawn:
            _span(axes, place, row)
            if row.count > 1:
                beside: dict[str, Any] = {"xytext": (6, 0), "textcoords": "offset points"}
                right = row.last.toordinal() + 1, place
                axes.annotate(words.number(row.count), right, va="center", fontsize=8, **beside)
        _time_axis(axes, start, end, words)
        axes.set(ylim=(y - 0.5, -1), yticks=middles)
        axes.set_yticklabels([name[:1].upper() + name[1:] for name in names], fontsize=9)
        svg = svg_of(canvas)
    soon = sum(day <= shifted(start, YEAR) for day in ahead["last"])
    finding = words.plural(
        "{count} of {all} dates ahead falls within {months} months; the first: {when}.",
        "{count} of {all} dates ahead fall within {months} months; the first: {when}.",
        soon,
        all=words.number(len(ahead)),
        months=words.number(YEAR),
        when=words.date(ahead["date"].iloc[0]),
    )
    caption = words(
        "Dates ahead by kind; a bar where the day is not known, a number where several are alike"
    )
    columns = [
        Column(words("Kind"), lambda row: label(row.kind, words)),
        Column(words("When"), lambda row: words.date(row.date, short=True)),
        Column(words("Number"), lambda row: words.number(row.count), "number"),
    ]
    rows = ahead.groupby(["kind", "date"], sort=False).size().rename("count").reset_index()
    rows = rows.sort_values("kind", kind="stable")
    return Figure(words, svg, finding, caption, behind(words, caption, columns, rows))


def _next(ahead: pd.DataFrame, view: View) -> list[Markup]:
    """The next occasions, each with those that it concerns, and every date folded."""
    words, columns = view.words, _columns(view, short=True)
    occasions: dict[tuple[str, str], list[str]] = {}
    for when, network, what, _ in cells(columns, ahead):
        occasions.setdefault((when, what), []).append(network)
    first = dict(list(occasions.items())[:NAMED])
    named = sum(map(len, first.values()))
    caption = words("The next {count} of {all} dates", count=named, all=len(ahead))
    whole = words.plural("{count} date ahead", "All {count} dates ahead", len(ahead))
    short = [
        Column(words("When"), lambda occasion: occasion[0]),
        Column(words("What"), lambda occasion: occasion[1]),
        Column(words("Concerns"), lambda occasion: words.some(first[occasion], FEW)),
    ]
    return [
        table(words, caption, short, first),
        folded(whole, table(words, whole, columns, ahead)),
    ]
