"""Which few figures stand for a whole report in a list of many, and what are they called?

A notebook shows them in a cell of its own; a batch gathers them, and the page leaves them out.
"""

from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import pandas as pd

from netanalysis.evaluation import Comparison, Evaluation
from netanalysis.language.words import Words
from netanalysis.loaders.case.case import Case
from netanalysis.loaders.case.columns import code_words
from netanalysis.pages.labels import label
from netanalysis.pages.portrait.summary import Portrait
from netanalysis.pages.screening.requests import Requests
from netanalysis.scoring import overlap, reach, responses
from netanalysis.scoring.engagement import DEPENDS, DIRECTIONS, INSUFFICIENT, OPEN
from netanalysis.scoring.triage import GROUPS

__all__ = [
    "KEY_FIGURES",
    "KeyFigures",
    "figure_text",
    "listed_figures",
    "name_of",
    "of_comparison",
    "of_networks",
    "of_portfolio",
    "of_portrait",
    "of_requests",
    "of_responses",
]

OF_A_NETWORK = ("outcome", "firm", "frequent", "share")
NOT_TOLD = (OPEN, INSUFFICIENT, DEPENDS)  # directions that say neither less, the same nor more
BOUNDED = ("cities_met", "countries_met")  # figures that the bound is of
KEY_FIGURES = "application/vnd.netanalysis.key-figures+json"


class KeyFigures(dict[str, Any]):
    """Names and values; text, numbers, and None where a figure is not known."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {KEY_FIGURES: dict(self)}


def of_networks(outcome: Evaluation) -> KeyFigures:
    """Outcome, firmness and share of each network, and of how many it is less than today, or more.

    Parameters
    ----------
    outcome : Evaluation
        That of one network gives its own figures only, named without the network.

    Returns
    -------
    KeyFigures
        networks; less, at_most, same, at_least, more and not_told (how many by direction); and of
        each network outcome, firm, frequent (the most frequent level) and share (its share), named
        such as ``uclg_outcome``.
    """
    found = KeyFigures()
    if not outcome.network:
        counts = outcome.directions["direction"].value_counts()
        told = [name for name in DIRECTIONS if name not in NOT_TOLD]
        found["networks"] = len(outcome.networks)
        found |= {name: int(counts.get(name, 0)) for name in told}
        found["not_told"] = int(sum(counts.get(name, 0) for name in NOT_TOLD))
    for row in outcome.settled.itertuples():
        before = f"{row.Index}_" if not outcome.network else ""
        found[f"{before}outcome"] = row.outcome
        found[f"{before}firm"] = row.firm
        found[f"{before}frequent"] = row.frequent
        found[f"{before}share"] = round(float(row.share), 4)
    return found


def of_comparison(both: Comparison) -> KeyFigures:
    """How many outcomes have changed.

    Parameters
    ----------
    both : Comparison

    Returns
    -------
    KeyFigures
        networks (in both evaluations), changed, other_levels (of how many other levels are
        possible than before).
    """
    other = both.networks["differs"].map(lambda differs: "possible" in differs).sum()
    return KeyFigures(
        networks=len(both.outcomes), changed=len(both.turned), other_levels=int(other)
    )


def of_portfolio(found: pd.DataFrame) -> KeyFigures:
    """How many memberships a city holds, and how many the light check puts in each group.

    Parameters
    ----------
    found : DataFrame
        From `netanalysis.scoring.triage.triage`.

    Returns
    -------
    KeyFigures
        memberships, look_closer, owner_missing, carry_on, cost_unknown (of how many no annual
        cost is known).
    """
    counts = found["group"].value_counts()
    return KeyFigures(
        memberships=len(found),
        **{group: int(counts.get(group, 0)) for group in GROUPS},
        cost_unknown=int((found["cost"] == "unknown").sum()),
    )


def of_portrait(city: Portrait) -> KeyFigures:
    """How many networks a city is in, and whom it meets through them.

    Parameters
    ----------
    city : Portrait

    Returns
    -------
    KeyFigures
        city (in the page's language), country, networks, cities_met and countries_met (the least
        that they can be where bound is "at_least"), met_through_one (cities met through one network
        alone), bound.
    """
    place = city.places.places.loc[city.home]
    met = reach.reach(city.members, city.own, city.home)
    bound = overlap.loss_bound(city.members, city.own, city.own)
    if bound == "exact" and overlap.unresolved(city.members)[list(city.own)].any():
        bound = "at_least"  # members without a known place may be met too
    return KeyFigures(
        city=city.place(city.home),
        country=str(place["country_code"]),
        networks=len(city.own),
        cities_met=len(met),
        countries_met=int(met["country_code"].nunique()),
        met_through_one=int((met["networks"] == 1).sum()),
        bound=bound,
    )


def of_requests(about: Requests) -> KeyFigures:
    """How many requests a page is about, and of one that it may tell of, how it is to be handled.

    Parameters
    ----------
    about : Requests

    Returns
    -------
    KeyFigures
        requests; and of one request handling, blanks (of the questions 2-6, those without an
        answer) and levels_possible.
    """
    found = KeyFigures(requests=len(about.found))
    if about.one:
        found["handling"] = about.one.handling
        found["blanks"] = len(about.one.blanks)
        found["levels_possible"] = len(about.one.possible)
    return found


def of_responses(case: Case) -> KeyFigures:
    """How many departments were asked and answered; persons are not counted.

    Parameters
    ----------
    case : Case

    Returns
    -------
    KeyFigures
        asked, answered and silent (departments), networks (asked about), networks_answered,
        ratings, dont_know, not_our_field, left_empty (of the answers that came in), lessons.
    """
    by_department = responses.rates(case.asked, case.answers, "department")
    by_network = responses.rates(case.asked, case.answers, "network")
    answered = int((by_department["answered"] > 0).sum())
    return KeyFigures(
        asked=len(by_department),
        answered=answered,
        silent=len(by_department) - answered,
        networks=len(by_network),
        networks_answered=int((by_network["answered"] > 0).sum()),
        ratings=int(by_department["rating"].sum()),
        dont_know=int(by_department["dont_know"].sum()),
        not_our_field=int(by_department["not_our_field"].sum()),
        left_empty=int(by_department["no_answer"].sum()),
        lessons=int(case.lessons["respondent"].isna().sum()),
    )


def listed_figures(reports: Iterable[Mapping[str, Any]]) -> list[str]:
    """The figures that a list of reports can show: those of single networks are too many.

    Parameters
    ----------
    reports : iterable of mapping
        Key figures of each report.

    Returns
    -------
    list of str
        Names, in the order in which they come; a bound stands with what it is the bound of.

    Examples
    --------
    >>> figures = {"networks": 1, "bound": "exact", **{f"uclg_{part}": 1 for part in OF_A_NETWORK}}
    >>> listed_figures([figures, {"market_share": 1}])
    ['networks', 'market_share']
    """
    names = dict.fromkeys(name for figures in reports for name in figures)
    networks = {
        network
        for name in names
        if (network := name.removesuffix("_outcome")) != name
        and all(f"{network}_{part}" in names for part in OF_A_NETWORK)
    }
    aside = {"bound", *(f"{network}_{part}" for network in networks for part in OF_A_NETWORK)}
    return [name for name in names if name not in aside]


def name_of(figure: str, words: Words) -> str:
    """A key figure's name in words; a name that is not ours is shown as it is."""
    known = {
        "asked": words("Departments asked"),
        "answered": words("Departments that answered"),
        "at_least": words("At least as today"),
        "at_most": words("At most as today"),
        "blanks": words("Of questions 2–6, without an answer"),
        "carry_on": words("To carry on unchanged"),
        "changed": words("Outcomes changed"),
        "cities_met": words("Cities met"),
        "city": words("City"),
        "cost_unknown": words("Annual cost not known"),
        "countries_met": words("Countries met"),
        "country": words("Country"),
        "dont_know": words("Answers: do not know"),
        "firm": words("How firm"),
        "handling": words("Proposal for handling"),
        "frequent": words("Most frequent level"),
        "left_empty": words("Left empty"),
        "less": words("Less than today"),
        "levels_possible": words("Levels still possible"),
        "lessons": words("Lessons"),
        "look_closer": words("To look closer at"),
        "memberships": words("Memberships"),
        "met_through_one": words("Met through one network alone, by the lists"),
        "more": words("More than today"),
        "networks": words("Networks"),
        "networks_answered": words("Networks with answers"),
        "not_our_field": words("Answers: not our field"),
        "not_told": words("Cannot be told"),
        "other_levels": words("Other levels possible"),
        "outcome": words("Outcome"),
        "owner_missing": words("Owner missing"),
        "ratings": words("Ratings"),
        "requests": words("Requests"),
        "same": words("As today"),
        "share": words("Its share"),
        "silent": words("Departments that did not answer"),
    }
    return known.get(figure) or figure.replace("_", " ")


def figure_text(figure: str, figures: Mapping[str, Any], words: Words) -> str:
    """A key figure in words: a code by its words, a country by its name, a bound beside a number.

    Parameters
    ----------
    figure : str
        Its name.
    figures : mapping
        All of the report.
    words : Words
    """
    value = figures.get(figure)
    if value is None:
        return words.unknown
    if figure == "country":
        return words.country(value)
    if figure in (*OF_A_NETWORK, "handling") and value in code_words():
        return label(str(value), words)
    if not isinstance(value, Real) or isinstance(value, bool):
        return str(value)
    if figure == "share":
        return words.percent(float(value))
    count = words.number(float(value), 2)
    if figure in BOUNDED and figures.get("bound") == "at_least":
        return words("at least {count}", count=count)
    return count
