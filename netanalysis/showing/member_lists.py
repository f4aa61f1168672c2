"""On which member lists do figures rest, of what date, and how much of a network do they hold?"""

import pandas as pd

from netanalysis.loaders.places import Gazetteer
from netanalysis.scoring import overlap
from netanalysis.showing.labels import label
from netanalysis.showing.markup import Fragment, paragraphs, table
from netanalysis.showing.portrait import Portrait, bounded
from netanalysis.showing.view import View
from netanalysis.showing.wording import Words, speak

__all__ = ["beside", "coverage", "limits", "list_of", "lists", "sources"]


def lists(city: Portrait, language: str) -> Fragment:
    """The city's networks, each with the date and the coverage of its list."""
    words, names = speak(language), city.names
    sizes = city.members.groupby("network")["geoname_id"].nunique()
    rows = city.members[city.members["geoname_id"] == city.home].drop_duplicates("network")
    return table(
        words,
        words("The city’s networks, and the lists that name it"),
        [
            words("Network"),
            words("Standing"),
            words("Since"),
            words("Cities in the list"),
            words("List as of"),
            words("Coverage"),
        ],
        [
            (
                names[row.network],
                words("a member") if row.standing == "member" else label(row.standing, words),
                words.unknown if pd.isna(row.joined_year) else str(row.joined_year),
                words.number(sizes[row.network]),
                words.date(row.snapshot),
                coverage(row.coverage, words),
            )
            for row in rows.itertuples()
        ],
        numeric=[3],
    )


def limits(city: Portrait, language: str) -> Fragment:
    """What the lists hold, and which members count nowhere."""
    words, names = speak(language), city.names
    lost = overlap.unresolved(city.members)
    nowhere = int(lost[list(city.own)].sum())
    note = words.plural(
        "The lists that name the city have {count} member without a known place. No figure on this "
        "page counts it: one without “at least” or “at most” is exact of the members with a place.",
        "The lists that name the city have {count} members without a known place. No figure on "
        "this page counts them: one without “at least” or “at most” is exact of the members with a "
        "place.",
        nowhere,
    )
    rows = [
        (
            names[str(network)],
            words.date(list_of(city, str(network))["snapshot"]),
            coverage(list_of(city, str(network))["coverage"], words),
            words.number(lost[network]),
            words.own(list_of(city, str(network)), "scope"),
        )
        for network in names
    ]
    shown = table(
        words,
        words("The lists, and the members that no place could be found for"),
        [
            words("Network"),
            words("List as of"),
            words("Coverage"),
            words("Members that count nowhere"),
            words("What the list holds"),
        ],
        rows,
        numeric=[3],
    )
    return Fragment(paragraphs([note] if nowhere else []) + shown)


def sources(city: Portrait, language: str) -> Fragment:
    """Where each list was read, and on what terms."""
    words, names = speak(language), city.names
    rows = city.members[city.members["network"].isin(city.own)]
    rows = rows.drop_duplicates(["network", "source_id"])
    return table(
        words,
        words("Where the lists that name the city were read"),
        [words("Network"), words("Document"), words("Address"), words("Terms")],
        [
            (
                names[row.network],
                row.source_title,
                words.unknown if pd.isna(row.source_url) else row.source_url,
                words.unknown if pd.isna(row.source_licence) else row.source_licence,
            )
            for row in rows.itertuples()
        ],
    )


def beside(view: View, lists: tuple[pd.DataFrame, Gazetteer] | None) -> Fragment:
    """What today's member lists say of a case's networks, beside its evidence.

    Parameters
    ----------
    view : View
    lists : (DataFrame, Gazetteer) or None
        From `netanalysis.loaders.memberships.lists_at_hand`.

    Returns
    -------
    Fragment
        Nothing of it feeds a rating.
    """
    words, place = view.words, view.about["geoname_id"]
    listed = set() if lists is None else set(lists[0]["network"])
    known = [network for network in view.networks if network in listed]
    if lists is None or not known or pd.isna(place):
        return paragraphs([words("No member list of these networks is to be had.")])
    city = Portrait(int(place), *lists, tuple(known))
    sole = overlap.sole_reach(city.members, known, city.home)

    def row(network: str) -> tuple[str, ...]:
        if network not in known:
            missing = words("no list to be had")
            return missing, missing, words.unknown
        entry, alone = list_of(city, network), sole.loc[network]
        unlisted = len(known) < len(view.networks)  # and may hold some of these cities
        bound = "at_most" if unlisted and alone["bound"] == "exact" else alone["bound"]
        met = bounded(alone["cities"], bound, words)
        return words.date(entry["snapshot"]), coverage(entry["coverage"], words), met

    shown = table(
        words,
        words("Cities met through one of the networks alone, by member lists"),
        [words("Network"), words("List as of"), words("Coverage"), words("Cities")],
        [(name, *row(network)) for network, name in view.networks.items()],
        numeric=[3],
    )
    note = words(
        "The lists are of other dates than the evaluation and feed no rating: whom a city meets "
        "is background; substance and benefit decide."
    )
    return Fragment(shown + paragraphs([note]))


def coverage(kind: str, words: Words) -> str:
    """Words for how much of a network its list holds."""
    return {
        "complete": words("complete"),
        "partial": words("partial"),
        "subselection": words("a selection"),
    }[kind]


def list_of(city: Portrait, network: str) -> pd.Series:
    """A row of a network's list, for what all its rows say alike."""
    return city.members[city.members["network"] == network].iloc[0]
