"""What do the networks cost, and what of it is not known?

With many networks the largest costs are named and the rest are added up and counted. An unknown
cost is counted, never drawn as 0. Currencies are kept apart where the case states no rate: one of
our own choosing would be a figure without a source.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.dates import last_day
from netanalysis.language.words import Words
from netanalysis.pages.charts import bars
from netanalysis.pages.html import Column, Figure, Fragment, background, behind, paragraphs
from netanalysis.pages.svg import MUTED, drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.costs import payers, totals, working_days, yearly_costs

__all__ = [
    "by_department",
    "by_network",
    "days_text",
    "later_costs",
    "sums",
    "this_year",
    "yearly_text",
]

NETWORKS, DEPARTMENTS = 12, 20  # that a chart names before it adds up the rest
FEW = 3  # names that a title gives before it counts the rest


def yearly_text(yearly: pd.DataFrame, network: str, words: Words) -> str:
    """The cost of one network with its year; "not known" where no amount is.

    Parameters
    ----------
    yearly : DataFrame
        From `netanalysis.scoring.costs.yearly_costs`.
    network : str
    words : Words

    Returns
    -------
    str
    """
    rows = yearly[yearly["network"] == network]
    if rows.empty:
        return words.unknown
    in_part = rows["unpriced"].iloc[0] > 0
    told = words.listing(_by_year(rows.itertuples(), words))
    return words("at least {amount}", amount=told) if in_part else told


def days_text(days: pd.DataFrame, network: str, words: Words) -> str:
    """The working days of one network with their year; "not known" where they are not.

    Parameters
    ----------
    days : DataFrame
        From `netanalysis.scoring.costs.working_days`.
    network : str
    words : Words

    Returns
    -------
    str
    """
    rows = days[days["network"] == network]
    if rows.empty:
        return words.unknown
    first = rows.iloc[0]
    return f"{words.interval(first['low'], first['high'])} ({first['year']})"


def sums(yearly: pd.DataFrame, words: Words) -> str:
    """What is known, by currency and year: "3,200,000 SEK and at least 12,000 EUR (2024)"."""
    return words.listing(_by_year(totals(yearly).reset_index().itertuples(), words))


def this_year(view: View) -> int:
    """The last year whose costs count at the date of a case."""
    return last_day(view.as_of).year


def later_costs(view: View, networks: Collection[str]) -> str:
    """That costs of years to come are left out, where there are any; else ""."""
    words, rows = view.words, view.case.costs
    later = rows[rows["network"].isin(networks) & (rows["year"] > this_year(view))]
    if later.empty:
        return ""
    return words.plural(
        "{count} cost of a year after {year} is not counted.",
        "{count} costs of years after {year} are not counted.",
        len(later),
        year=this_year(view),
    )


def by_network(view: View, networks: Sequence[str], since: int | None = None) -> Fragment:
    """Yearly cost of each network: a chart, a table of other currencies, and what is not known.

    Parameters
    ----------
    view : View
    networks : sequence of str
        Those that count, such as the memberships that are held.
    since : int, optional
        First year that counts.

    Returns
    -------
    Fragment
    """
    words, names, costs = view.words, view.networks, view.costs
    rows = costs[costs["network"].isin(networks)]
    years = since, this_year(view)
    yearly, days = yearly_costs(rows, *years), working_days(rows, *years)
    unknown = len(set(networks) - set(yearly["network"]))
    texts = [_known(yearly, len(networks), words), _days(days, len(networks), words)]
    texts += [later_costs(view, networks), *_rates(view, networks)]
    shown: list[Markup] = [paragraphs([Markup(" ").join(filter(None, texts))])]

    def worked(row: Any) -> str:
        return days_text(days, row.network, words) if row.network else words.unknown

    columns = [
        Column(words("Network"), lambda row: row.name),
        Column(words("Annual cost"), lambda row: _amount(row, words), "number"),
        Column(words("Year"), lambda row: row.year, "number"),
        Column(words("Working days"), worked, "number"),
    ]
    costs = _dated(yearly.assign(name=yearly["network"].map(names)))
    lacking = _lacking(unknown, words)
    bare = SimpleNamespace(name=lacking, low=None, year=words.unknown, network="")
    for currency in _currencies(yearly)[:1]:
        caption = words("Annual cost by network, in {currency}", currency=_code(currency, words))
        own = costs[costs["currency"] == currency]
        shown.append(_chart(own, NETWORKS, lacking, caption, columns, bare, words))
        if len(own) < len(costs):
            why = words(
                "The case states no exchange rate for other currencies, so amounts in them stand "
                "in a table of their own."
            )
            shown.append(paragraphs([why]))
        caption = words("Annual cost by network in other currencies")
        shown.append(_others(costs[costs["currency"] != currency], caption, columns[:3], words))
    return Fragment(Markup("\n").join(filter(None, shown)))


def by_department(view: View, networks: Sequence[str], since: int | None = None) -> Fragment:
    """What each department pays: a chart, a table of other currencies, and what is not known.

    Parameters
    ----------
    view, networks, since
        As for `by_network`.

    Returns
    -------
    Fragment
    """
    words, costs = view.words, view.costs
    rows = costs[costs["network"].isin(networks)]
    years = since, this_year(view)
    yearly, paid = yearly_costs(rows, *years), payers(rows, *years)
    unknown = len(set(networks) - set(yearly["network"]))
    if paid.empty:
        return paragraphs([words("What any department pays is not known.")])
    names = {**view.departments, "": words("Not known who pays")}
    shown: list[Markup] = []
    columns = [
        Column(words("Department"), lambda row: row.name),
        Column(words("Pays a year"), lambda row: _amount(row, words), "number"),
        Column(words("Year"), lambda row: row.year, "number"),
        Column(words("For networks"), lambda row: words.number(row.networks), "number"),
    ]
    costs = _dated(paid.assign(name=paid["department"].map(names)))
    lacking = _lacking(unknown, words)
    bare = SimpleNamespace(name=names[""], low=None, year=words.unknown, networks=unknown)
    for currency in _currencies(yearly)[:1]:
        caption = words("Who pays, in {currency} a year", currency=_code(currency, words))
        own = costs[costs["currency"] == currency]
        shown.append(_chart(own, DEPARTMENTS, lacking, caption, columns, bare, words))
        caption = words("Who pays in other currencies a year")
        shown.append(_others(costs[costs["currency"] != currency], caption, columns, words))
    return Fragment(Markup("\n").join(filter(None, shown)))


def _rates(view: View, networks: Collection[str]) -> Iterator[Markup]:
    """By which rates amounts are converted, and where they stand."""
    words, rows = view.words, view.case.costs
    used = set(rows.loc[rows["network"].isin(networks), "currency"].dropna())
    for row in view.case.rates[view.case.rates["currency"].isin(used)].itertuples():
        yield words.markup(
            "Amounts in {currency} are converted at {rate} {into} ({date}; {place}).",
            currency=_code(row.currency, words),
            rate=words.number(row.rate, 6),
            into=_code(row.into, words),
            date=words.date(row.date),
            place=view.place(row.source_id, row.locator),
        )


def _others(costs: pd.DataFrame, caption: str, columns: list[Column], words: Words) -> Fragment:
    """A table of the costs that are in another currency than most; nothing where there are none."""
    if costs.empty:
        return Fragment("")
    return background(words, caption, columns, _falling(costs))


def _chart(
    costs: pd.DataFrame,
    most: int,
    lacking: str,
    caption: str,
    columns: list[Column],
    bare: SimpleNamespace,
    words: Words,
) -> Markup:
    """Bars of the largest costs, and lines for the others together and for those not known.

    The others have no bar: theirs would be so long that the rest could not be told apart. What is
    lacking has its own line, and the table the row for it.
    """
    falling = _falling(costs)
    named = falling if len(falling) <= most + 1 else falling.head(most)
    rest = falling.iloc[len(named) :]
    lines = []
    if len(rest):
        label = words.plural("{count} other", "{count} others", len(rest))
        sum_ = _between(rest["low"].sum(), rest["high"].sum(), words)
        lines.append((label, words("together {sum}", sum=sum_)))
    if lacking:
        lines.append((lacking, words.unknown))
    texts = [_between(row.low, row.high, words) for row in named.itertuples()]
    labels = [
        *(shortened(row.name, 42) + row.dated for row in named.itertuples(index=False)),
        *(label for label, _ in lines),
    ]
    end = named["high"].max() or 1
    with drawing(7.2, 0.5 + 0.29 * len(labels)) as (canvas, axes):
        shown = named.assign(more=named["high"] - named["low"])[["low", "more"]]
        bars(axes, labels, shown, texts, room=1.28)
        for y, (_, text) in enumerate(lines, start=len(named)):
            look: dict[str, Any] = {"va": "center", "style": "italic", "color": MUTED}
            axes.text(end * 0.015, y, text, fontsize=9, **look)
        svg = svg_of(canvas)
    top = named[named["high"] == named["high"].max()]
    first = next(top.itertuples())
    finding = words(
        "The largest in {currency}: {names}, {amount} ({year}).",
        currency=_code(first.currency, words),
        names=words.some(top["name"], FEW),
        amount=_between(first.low, first.high, words),
        year=first.year,
    )
    rows = [*falling.itertuples(index=False), *([bare] if lacking else [])]
    return Figure(words, svg, finding, caption, behind(words, caption, columns, rows)).html


def _falling(costs: pd.DataFrame) -> pd.DataFrame:
    """The largest first; equal ones by name, so that the order of rows tells nothing."""
    order = ["high", "low", "name", "year"]
    return costs.sort_values(order, ascending=[False, False, True, False])


def _dated(costs: pd.DataFrame) -> pd.DataFrame:
    """Costs with their year as it stands after a name: "" where all are of one year."""
    several = len(set(costs["year"])) > 1
    years = costs["year"].astype(str)
    return costs.assign(dated=" (" + years + ")" if several else "")


def _currencies(yearly: pd.DataFrame) -> list[str]:
    """The currencies, that of most networks first."""
    return list(dict.fromkeys(totals(yearly).index.get_level_values("currency")))


def _known(yearly: pd.DataFrame, number: int, words: Words) -> str:
    known = yearly["network"].nunique()
    if not known:
        return words("No annual cost is known. An unknown cost is not 0.")
    in_part = yearly.loc[yearly["unpriced"] > 0, "network"].nunique()
    text = words(
        "An annual cost is known for {known} of {all} memberships: together {sum}. An unknown cost "
        "is not 0.",
        known=words.number(known),
        all=words.number(number),
        sum=sums(yearly, words),
    )
    if not in_part:
        return text
    return f"{text} " + words.plural(
        "For {count} of them one of the costs has no amount.",
        "For {count} of them one of the costs has no amount.",
        in_part,
    )


def _days(days: pd.DataFrame, number: int, words: Words) -> str:
    if days.empty:
        return words("Working days are known for none of them.")
    return words(
        "Working days are known for {known} of them: together {days} a year.",
        known=words.number(len(days)),
        days=words.interval(days["low"].sum(), days["high"].sum()),
    )


def _lacking(unknown: int, words: Words) -> str:
    if not unknown:
        return ""
    return words.plural("{count} without a known cost", "{count} without a known cost", unknown)


def _amount(row: Any, words: Words) -> str:
    if row.low is None:
        return words.unknown
    return f"{_between(row.low, row.high, words)} {_code(row.currency, words)}"


def _by_year(rows: Iterable[Any], words: Words) -> list[str]:
    """Amounts with their years; those that follow one another in one year have it once."""
    found = []
    for year, alike in groupby(rows, key=attrgetter("year")):
        amounts = []
        for row in alike:
            amount = _amount(row, words)
            in_part = getattr(row, "in_part", 0)
            amounts.append(words("at least {amount}", amount=amount) if in_part else amount)
        found.append(f"{words.listing(amounts)} ({year})")
    return found


def _between(low: float, high: float, words: Words) -> str:
    return "–".join(dict.fromkeys(words.number(value) for value in (low, high)))


def _code(currency: str, words: Words) -> str:
    return currency or words("unknown currency")
