"""Which few figures stand for a whole report in a list of many, and what are they called?

A notebook shows them in a cell of its own; a batch gathers them, and the page leaves them out.
"""

from typing import Any

import pandas as pd

from netanalysis.evaluation import Comparison, Evaluation
from netanalysis.language.words import Words
from netanalysis.loaders.case.case import Case
from netanalysis.loaders.case.columns import code_words
from netanalysis.pages.labels import label
from netanalysis.pages.portrait.summary import Portrait
from netanalysis.scoring import overlap, reach, responses
from netanalysis.scoring.triage import GROUPS

__all__ = [
    "KEY_FIGURES",
    "KeyFigures",
    "name_of",
    "of_comparison",
    "of_networks",
    "of_portfolio",
    "of_portrait",
    "of_responses",
    "value_of",
]

OF_A_NETWORK = ("outcome", "firm", "frequent", "share")
KEY_FIGURES = "application/vnd.netanalysis.key-figures+json"


class KeyFigures(dict[str, Any]):
    """Names and values; text, numbers, and None where a figure is not known."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {KEY_FIGURES: dict(self)}


def of_networks(outcome: Evaluation) -> KeyFigures:
    """Outcome, firmness and share of each network.

    Parameters
    ----------
    outcome : Evaluation
        That of one network gives names without the network.

    Returns
    -------
    KeyFigures
    """
    found = KeyFigures()
    for row in outcome.settled.itertuples():
        before = "" if len(outcome.networks) == 1 else f"{row.Index}_"
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
        networks (in both evaluations), changed.
    """
    return KeyFigures(networks=len(both.outcomes), changed=len(both.turned))


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
        city, country, networks, cities_met and countries_met (the least that they can be where
        bound is "at_least"), met_through_one (cities met through one network alone), bound.
    """
    place = city.places.places.loc[city.home]
    met = reach.reach(city.members, city.own, city.home)
    bound = overlap.loss_bound(city.members, city.own, city.own)
    if bound == "exact" and overlap.unresolved(city.members)[list(city.own)].any():
        bound = "at_least"  # members without a known place may be met too
    return KeyFigures(
        city=str(place["name"]),
        country=str(place["country_code"]),
        networks=len(city.own),
        cities_met=len(met),
        countries_met=int(met["country_code"].nunique()),
        met_through_one=int((met["networks"] == 1).sum()),
        bound=bound,
    )


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


def name_of(figure: str, words: Words) -> str:
    """A key figure's name in words; a name that is not ours is shown as it is."""
    known = {
        "asked": words("Departments asked"),
        "answered": words("Departments that answered"),
        "bound": words("Bound"),
        "carry_on": words("To carry on unchanged"),
        "changed": words("Outcomes changed"),
        "cities_met": words("Cities met"),
        "city": words("City"),
        "cost_unknown": words("Annual cost not known"),
        "countries_met": words("Countries met"),
        "country": words("Country"),
        "dont_know": words("Answers: do not know"),
        "firm": words("How firm"),
        "frequent": words("Most frequent level"),
        "left_empty": words("Left empty"),
        "lessons": words("Lessons"),
        "look_closer": words("To look closer at"),
        "memberships": words("Memberships"),
        "met_through_one": words("Met through one network alone"),
        "networks": words("Networks"),
        "networks_answered": words("Networks with answers"),
        "not_our_field": words("Answers: not our field"),
        "outcome": words("Outcome"),
        "owner_missing": words("Owner missing"),
        "ratings": words("Ratings"),
        "share": words("Share"),
        "silent": words("Departments that did not answer"),
    }
    if figure in known:
        return known[figure]
    network, of_network = _parts(figure)
    if not network:
        return figure.replace("_", " ")
    return words("{network}: {figure}", network=network, figure=known[of_network])


def value_of(figure: str, value: object, words: Words) -> str:
    """A key figure's text in words, where it is a code that has some."""
    if figure == "bound":
        bounds = {
            "exact": words("exact"),
            "at_least": words("at least"),
            "at_most": words("at most"),
            "unknown": words.unknown,
        }
        return bounds.get(str(value), str(value))
    coded = _parts(figure)[1] in OF_A_NETWORK and value in code_words()
    return label(str(value), words) if coded else str(value)


def _parts(figure: str) -> tuple[str, str]:
    """The network that a figure is of, "" where the report has one only, and the figure."""
    network, _, of_network = figure.rpartition("_")
    return (network, of_network) if of_network in OF_A_NETWORK else ("", figure)
