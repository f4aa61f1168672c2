"""On which member lists do figures rest, of what date, and how much of a network do they hold?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.language.languages import SOURCE
from netanalysis.language.words import Words
from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.pages.html import Column, Fragment, paragraphs, table
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.portrait.summary import Portrait, bounded
from netanalysis.pages.view import View
from netanalysis.scoring import overlap

__all__ = [
    "beside",
    "in_english",
    "limits",
    "list_column",
    "list_of",
    "lists",
    "source_column",
    "sources",
    "standing",
]


def lists(city: Portrait) -> Fragment:
    """The city's networks, each with the date and the coverage of its list."""
    words = city.words
    sizes = city.members.groupby("network")["geoname_id"].nunique()
    told = list_column(words)
    rows = city.members[city.members["geoname_id"] == city.home].drop_duplicates("network")

    def how(row: Any) -> str:
        text = standing(row.standing, words)
        if pd.isna(row.joined_year):
            return text
        return words("{standing}, since {year}", standing=text, year=row.joined_year)

    def size(row: Any) -> str:
        cities = words.plural("{count} city", "{count} cities", sizes[row.network])
        return f"{cities}; {told.cell(row)}"

    columns = [
        Column(words("Network"), lambda row: city.names[row.network]),
        Column(words("Standing"), how),
        Column(told.head, size),
    ]
    return table(words, words("The city’s networks, and the lists that name it"), columns, rows)


def limits(city: Portrait) -> Fragment:
    """What the lists hold, and which members count nowhere."""
    words = city.words
    lost = overlap.unresolved(city.members)
    nowhere = int(lost[list(city.own)].sum())
    note = words.plural(
        "The lists that name the city have {count} member whose place is not known. It may be a "
        "city that is met elsewhere too, or another: figures of cities are ranges, or “at least” "
        "or “at most”, where that makes a difference.",
        "The lists that name the city have {count} members whose places are not known. They may be "
        "cities that are met elsewhere too, or others: figures of cities are ranges, or “at least” "
        "or “at most”, where that makes a difference.",
        nowhere,
    )
    told = list_column(words)

    def held(row: Any) -> str:
        without = words.plural(
            "{count} member without a known place",
            "{count} members without a known place",
            lost[row.network],
        )
        return f"{told.cell(row)}; {without}. {words.own(row, 'scope')}"

    columns = [Column(words("Network"), lambda row: row.name), Column(told.head, held)]
    caption = words("The lists, and the members that no place could be found for")
    shown = table(words, caption, columns, city.members.drop_duplicates("network"))
    return Fragment(paragraphs([note] if nowhere else []) + shown)


def sources(city: Portrait) -> Fragment:
    """Where each list was read, and on what terms."""
    words = city.words
    rows = city.members[city.members["network"].isin(city.own)]
    columns = [Column(words("Network"), lambda row: row.name), source_column(words)]
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
    told = list_column(words)

    def met(network: str) -> str:
        if network not in known:
            return words.unknown
        alone = sole.loc[network]
        unlisted = len(known) < len(view.networks)  # and may hold some of these cities
        bound = "at_most" if unlisted and alone["bound"] == "exact" else alone["bound"]
        others = [name for name in known if name != network]
        unplaced = city.placeless(others), city.placeless([network])
        return bounded(alone["cities"], bound, words, *unplaced)

    def of_list(network: str) -> str:
        if network not in known:
            return words("no list to be had")
        return str(told.cell(list_of(city, network)))

    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        Column(told.head, of_list),
        Column(words("Cities"), met, "number"),
    ]
    caption = words("Cities met through one of the networks alone, by member lists")
    note = words(
        "The lists have dates of their own and feed no rating: whom a city meets is background; "
        "substance and benefit decide."
    )
    return Fragment(table(words, caption, columns, view.networks) + paragraphs([note]))


def list_column(words: Words) -> Column:
    """As of when a list is, and how much of a network it holds."""
    covered = {
        "complete": words("complete"),
        "partial": words("partial"),
        "subselection": words("a selection"),
    }
    return Column(words("List"), lambda row: f"{words.date(row.snapshot)}, {covered[row.coverage]}")


def source_column(words: Words) -> Column:
    """Where a list was read, and on what terms."""

    def document(row: Any) -> Markup:
        title, url, terms = map(text_of, (row.source_title, row.source_url, row.source_licence))
        link = Markup('<a href="{}">{}</a>').format(url, url) if url else Markup("")
        parts = [in_english(title, words), link, in_english(terms, words)]
        return Markup("<br>").join(filter(None, parts))

    return Column(words("Document, address and terms"), document)


def in_english(text: str, words: Words) -> Markup:
    """What a list's source says of itself, which is kept in English."""
    if not text or words.language == SOURCE:
        return Markup.escape(text)
    return Markup('<span lang="{}">{}</span>').format(SOURCE, text)


def standing(code: str, words: Words) -> str:
    """Words for how a list names a city."""
    return words("a member") if code == "member" else label(code, words)


def list_of(city: Portrait, network: str) -> pd.Series:
    """A row of a network's list, for what all its rows say alike."""
    return city.members[city.members["network"] == network].iloc[0]
