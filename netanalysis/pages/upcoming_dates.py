"""Which terms and dates lie ahead, in a table or on one time line?

On the time line a few dates are drawn one by one, each as the days that it can mean. With many of
them it counts them by quarter, and the next ones are named below.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup

from netanalysis.dates import first_day, shifted
from netanalysis.evaluation import upcoming
from netanalysis.language.words import Words
from netanalysis.pages import shared_columns
from netanalysis.pages.charts import bars, key, lines
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
QUARTER = 3  # months
SOON = 12  # of many dates in a table, those that are shown at once


@dataclass(frozen=True)
class Period:
    """A stretch of the time line: its name, its first and its last day."""

    name: str
    first: datetime.date
    last: datetime.date


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
    return Fragment(Markup("\n").join([_counted(ahead, view.as_of, words), *_next(ahead, view)]))


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
        for y, (first, last) in enumerate(zip(ahead["first"], ahead["last"], strict=True)):
            left, right = max(first, start).toordinal(), last.toordinal() + 1
            axes.plot([left, right], [y, y], color=SHADES[1], lw=9, solid_capstyle="butt")
            if (last - first).days < 1:
                axes.plot([(left + right) / 2], [y], color=ACCENT, marker="D", ms=6, ls="")
        axes.axvline(start.toordinal(), color=SECOND, lw=1.5, zorder=0)
        months = 1 + (end - start).days // 30
        step = next(step for step in (1, 3, 6, 12, 24, 60, 1200) if months / step <= 8)
        ticks = [start.replace(month=1, day=1)]
        while ticks[-1] <= end:
            ticks.append(shifted(ticks[-1], step))
        ticks = [day for day in ticks if day >= start]
        form = 4 if step >= 12 else 7
        axes.set_xticks([day.toordinal() for day in ticks])
        axes.set_xticklabels([words.date(day.isoformat()[:form], short=True) for day in ticks])
        margin = max((end - start).days * 0.03, 2)
        axes.set_xlim(start.toordinal() - margin, max(end, ticks[-1]).toordinal() + margin)
        labels = [f"{shortened(str(row[1]), 16)}: {shortened(str(row[2]), 42)}" for row in told]
        lines(axes, labels, above=0.6, below=0.4, fontsize=9)
        axes.grid(axis="x")
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


def _counted(ahead: pd.DataFrame, as_of: str, words: Words) -> Markup:
    """Bars by time, of the last days of notice, which come round every year, and of the others."""
    counts = _counts(ahead, as_of, words)
    kinds = {"others": words("Terms, events, proposals"), "notice": words("Last days of notice")}
    columns = [
        Column(words("When"), lambda row: row.Index.name),
        Column(kinds["others"], lambda row: words.number(row.others), "number"),
        Column(kinds["notice"], lambda row: words.number(row.notice), "number"),
        Column(words("Together"), lambda row: words.number(row.others + row.notice), "number"),
    ]
    rows = cells(columns, counts)
    with drawing(7.2, 0.8 + 0.27 * len(counts)) as (canvas, axes):
        names, totals = ([row[place] for row in rows] for place in (0, -1))
        bars(axes, names, counts[["others", "notice"]], totals, room=1.1)
        marks = [mpl.patches.Patch(color=colour) for colour in (ACCENT, SHADES[1])]
        key(axes, marks, list(kinds.values()))
        svg = svg_of(canvas)
    caption = words("Number of dates ahead, in order of time")
    together = counts.sum(axis=1)
    finding = words(
        "Of {all} dates ahead, most fall in: {periods} ({count}).",
        all=words.number(together.sum()),
        periods=words.some([one.name for one in together.index[together == together.max()]], FEW),
        count=words.number(together.max()),
    )
    return Figure(words, svg, finding, caption, behind(words, caption, columns, counts)).html


def _counts(ahead: pd.DataFrame, as_of: str, words: Words) -> pd.DataFrame:
    """How many dates lie in each quarter of this year and the next, and in each later year.

    A date that is known by its year only has a line of its own. Quarters without a date are there
    too, so that the line runs evenly.

    Returns
    -------
    DataFrame
        By `Period`, in order of time: others, notice.
    """
    start = first_day(as_of)
    first = start.replace(month=start.month - (start.month - 1) % QUARTER, day=1)
    found: dict[Period, dict[str, int]] = {}
    quarters = []
    while first.year <= start.year + 1:
        name = words("Q{quarter} {year}", quarter=1 + first.month // QUARTER, year=first.year)
        after = shifted(first, QUARTER)
        quarters.append(Period(name, first, after - datetime.timedelta(days=1)))
        first = after
    for row in ahead.itertuples():
        begin = max(row.first, start)  # what may be over has begun
        fitting = (one for one in quarters if one.first <= begin and row.last <= one.last)
        place = next(fitting, None) or _year(row.last.year, quarters[-1].last.year, words)
        tally = found.setdefault(place, {"others": 0, "notice": 0})
        tally["notice" if row.kind == "notice" else "others"] += 1
    last = max(ahead["last"])
    for quarter in quarters:
        if quarter.first <= last:
            found.setdefault(quarter, {"others": 0, "notice": 0})
    shown = sorted(found, key=lambda one: (one.last, one.last - one.first))
    return pd.DataFrame([found[one] for one in shown], index=pd.Index(shown, dtype="object"))


def _year(year: int, by_quarter: int, words: Words) -> Period:
    """A whole year: of dates not known to the quarter, or too far ahead to be told by it."""
    name = words("{year}, quarter not known", year=year) if year <= by_quarter else str(year)
    return Period(name, datetime.date(year, 1, 1), datetime.date(year, 12, 31))


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
