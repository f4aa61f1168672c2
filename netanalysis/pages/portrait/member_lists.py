"""On which member lists do figures rest, of what date, and how much of a network do they hold?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.language.words import Words
from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.pages.html import Column, Fragment, paragraphs, table
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.portrait.summary import Portrait, bounded
from netanalysis.pages.view import View
from netanalysis.scoring import overlap

__all__ = [
    "beside",
    "limits",
    "list_columns",
    "list_of",
    "lists",
    "source_columns",
    "sources",
    "standing",
]


def lists(city: Portrait) -> Fragment:
    """The city's networks, each with the date and the coverage of its list."""
    words = city.words
    sizes = city.members.groupby("network")["geoname_id"].nunique()
    rows = city.members[city.members["geoname_id"] == city.home].drop_duplicates("network")

    def since(row: Any) -> str:
        return words.unknown if pd.isna(row.joined_year) else str(row.joined_year)

    columns = [
        Column(words("Network"), lambda row: city.names[row.network]),
        Column(words("Standing"), lambda row: standing(row.standing, words)),
        Column(words("Since"), since),
        Column(words("Cities in the list"), lambda row: words.number(sizes[row.network]), "number"),
        *list_columns(words),
    ]
    return table(words, words("The city’s networks, and the lists that name it"), columns, rows)


def limits(city: Portrait) -> Fragment:
    """What the lists hold, and which members count nowhere."""
    words = city.words
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
    columns = [
        Column(words("Network"), lambda row: row.name),
        *list_columns(words),
        Column(
            words("Members that count nowhere"),
            lambda row: words.number(lost[row.network]),
            "number",
        ),
        Column(words("What the list holds"), lambda row: words.own(row, "scope")),
    ]
    caption = words("The lists, and the members that no place could be found for")
    shown = table(words, caption, columns, city.members.drop_duplicates("network"))
    return Fragment(paragraphs([note] if nowhere else []) + shown)


def sources(city: Portrait) -> Fragment:
    """Where each list was read, and on what terms."""
    words = city.words
    rows = city.members[city.members["network"].isin(city.own)]
    columns = [Column(words("Network"), lambda row: row.name), *source_columns(words)]
    caption = words("Where the lists that name the city were read")
    return table(words, caption, columns, rows.drop_duplicates(["network", "source_id"]))


def beside(view: View, lists: tuple[pd.DataFrame, Gazetteer] | None) -> Fragment:
    """What today's member lists say of a case's networks, beside its evidence.

    Parameters
    ----------
    view : View
    lists : (DataFrame, Gazetteer) or None
        From `netanalysis.loaders.members.lists.lists_at_hand`.

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
    city = Portrait(int(place), *lists, tuple(known), view.language)
    sole = overlap.sole_reach(city.members, known, city.home)

    def met(network: str) -> str:
        if network not in known:
            return words.unknown
        alone = sole.loc[network]
        unlisted = len(known) < len(view.networks)  # and may hold some of these cities
        bound = "at_most" if unlisted and alone["bound"] == "exact" else alone["bound"]
        return bounded(alone["cities"], bound, words)

    def of_list(column: Column) -> Column:
        def cell(network: str) -> str:
            if network not in known:
                return words("no list to be had")
            return str(column.cell(list_of(city, network)))

        return Column(column.head, cell)

    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        *map(of_list, list_columns(words)),
        Column(words("Cities"), met, "number"),
    ]
    caption = words("Cities met through one of the networks alone, by member lists")
    note = words(
        "The lists have dates of their own and feed no rating: whom a city meets is background; "
        "substance and benefit decide."
    )
    return Fragment(table(words, caption, columns, view.networks) + paragraphs([note]))


def list_columns(words: Words) -> list[Column]:
    """As of when a list is, and how much of a network it holds."""
    covered = {
        "complete": words("complete"),
        "partial": words("partial"),
        "subselection": words("a selection"),
    }
    return [
        Column(words("List as of"), lambda row: words.date(row.snapshot)),
        Column(words("Coverage"), lambda row: covered[row.coverage]),
    ]


def source_columns(words: Words) -> list[Column]:
    """Where a list was read, and on what terms."""

    def address(row: Any) -> str:
        url = text_of(row.source_url)
        return Markup('<a href="{}">{}</a>').format(url, url) if url else words.unknown

    return [
        Column(words("Document"), lambda row: row.source_title),
        Column(words("Address"), address),
        Column(words("Terms"), lambda row: text_of(row.source_licence) or words.unknown),
    ]


def standing(code: str, words: Words) -> str:
    """Words for how a list names a city."""
    return words("a member") if code == "member" else label(code, words)


def list_of(city: Portrait, network: str) -> pd.Series:
    """A row of a network's list, for what all its rows say alike."""
    return city.members[city.members["network"] == network].iloc[0]
