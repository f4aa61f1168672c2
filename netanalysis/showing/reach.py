"""Whom does a city meet through its networks, and what would leaving or joining change?"""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.scoring import overlap, portfolio
from netanalysis.showing.markup import Fragment, paragraphs, table
from netanalysis.showing.member_lists import coverage, list_of
from netanalysis.showing.portrait import Portrait, bounded, gained, gains, place_name
from netanalysis.showing.wording import Words, speak

__all__ = ["joining", "leaving", "overlaps", "peers", "spread"]

PEERS = 8  # cities that the page names as alike
_NUMBER = re.compile(r"[\d,]+")


def overlaps(city: Portrait, language: str) -> Fragment:
    """How much the city's networks overlap, pair by pair."""
    words, names = speak(language), city.names
    if len(city.own) < 2:
        return paragraphs([words("With one network there is nothing to overlap.")])
    pairs = overlap.overlap_shares(city.members[city.members["network"].isin(city.own)])
    pairs = pairs.sort_values("shared", ascending=False, kind="stable")
    return table(
        words,
        words("Cities that two of the networks share"),
        [
            words("Network"),
            words("And"),
            words("Shared"),
            words("Share of the shorter list"),
            words("Of the cities in either"),
        ],
        [
            (
                names[row.network],
                names[row.other],
                bounded(row.shared, row.bound, words),
                words.unknown if pd.isna(row.share_of_smaller) or row.bound != "exact"
                else words.percent(row.share_of_smaller),
                words.unknown if pd.isna(row.jaccard) or row.bound != "exact"
                else words.percent(row.jaccard),
            )
            for row in pairs.itertuples()
        ],
        numeric=[2, 3, 4],
    )  # fmt: skip


def leaving(city: Portrait, language: str) -> Fragment:
    """What leaving each network would cost in reach, and what would win most of it back."""
    words, names = speak(language), city.names

    def row(network: str) -> Sequence[Any]:
        lost = overlap.reach_lost(city.members, city.own, [network], city.home)
        bound = overlap.loss_bound(city.members, city.own, [network])
        back = portfolio.substitutes(city.members, city.own, [network], most=2, home=city.home)
        told = "; ".join(
            f"{names[str(name)]}: {words.number(entry['wins_back'])}"
            for name, entry in back.iterrows()
        )
        known = bound in ("exact", "at_most")
        return (
            names[network],
            bounded(len(lost), bound, words),
            words.number(lost["country_code"].nunique()) if known else words.unknown,
            _few(lost, city, words) if known else words.unknown,
            told or "–",
        )

    return table(
        words,
        words("What leaving each network would cost in reach"),
        [
            words("Network"),
            words("Cities lost"),
            words("In countries"),
            words("The largest of them"),
            words("Won back by joining"),
        ],
        [row(network) for network in city.own],
        numeric=[1, 2],
    )


def joining(city: Portrait, language: str) -> Fragment:
    """What joining each other network would add."""
    words, names = speak(language), city.names
    adding = gains(city)
    if adding.empty:
        return paragraphs([words("The city is in every network that has a list here.")])
    return table(
        words,
        words("What joining each other network would add"),
        [words("Network"), words("Cities added"), words("List as of"), words("Coverage")],
        [
            (
                names[str(network)],
                gained(city, str(network), added, words),
                words.date(list_of(city, str(network))["snapshot"]),
                coverage(list_of(city, str(network))["coverage"], words),
            )
            for network, added in adding.items()
        ],
        numeric=[1],
    )


def peers(city: Portrait, language: str) -> Fragment:
    """Cities in much the same networks, and what they have joined besides."""
    words, names = speak(language), city.names
    complete = city.members.loc[city.members["coverage"] == "complete", "network"]
    if not set(city.own) & set(complete):
        return paragraphs([words("No complete list names the city, so it cannot be compared.")])
    found = portfolio.peers(city.members, city.home, PEERS)
    return table(
        words,
        words("Cities in much the same networks"),
        [words("City"), words("Networks in common"), words("Has joined besides")],
        [
            (
                f"{place_name(city.places, int(row.Index), words)} ({row.country_code})",
                words.listing(names[network] for network in row.in_common),
                words.listing(names[network] for network in row.only_theirs) or "–",
            )
            for row in found.itertuples()
        ],
    )


def spread(city: Portrait, language: str) -> Fragment:
    """Where the cities that one meets lie, how large and how far away they are."""
    words = speak(language)
    met = portfolio.reach(city.members, city.own, city.home)
    shown = []
    for by, caption, head in (
        ("continent", words("By continent"), words("Continent")),
        ("population", words("By population"), words("Inhabitants")),
        ("distance", words("By distance"), words("Distance")),
    ):
        found = portfolio.reach_by(met, city.places.places, by, city.home)
        rows = [
            (_class(str(name), words), words.number(row["cities"]), words.percent(row["share"]))
            for name, row in found[found["cities"] > 0].iterrows()
        ]
        shown.append(
            table(words, caption, [head, words("Cities"), words("Share")], rows, numeric=[1, 2])
        )
    return Fragment(Markup("\n").join(shown))


def _few(lost: pd.DataFrame, city: Portrait, words: Words) -> str:
    """The largest three of some cities."""
    population = city.places.places["population"].reindex(lost.index)
    largest = population.sort_values(ascending=False, kind="stable").index[:3]
    return words.listing(place_name(city.places, int(place), words) for place in largest) or "–"


def _class(name: str, words: Words) -> str:
    """A continent or a class of sizes in the page's language."""
    numbers = [words.number(int(found.replace(",", ""))) for found in _NUMBER.findall(name)]
    unit = " km" if name.endswith(" km") or " km " in name else ""
    if "to under" in name:
        return words("{low} to under {high}", low=numbers[0], high=numbers[1]) + unit
    if numbers:
        text = words("under {high}", high=numbers[0] + unit)
        return text if "under" in name else words("{low} or more", low=numbers[0] + unit)
    return {
        "AF": words("Africa"),
        "AN": words("Antarctica"),
        "AS": words("Asia"),
        "EU": words("Europe"),
        "NA": words("North America"),
        "OC": words("Oceania"),
        "SA": words("South America"),
        "unknown": words("not known"),
    }[name]
