"""Whom does a city meet through its networks, and what would leaving or joining change?

Everything rests on member lists, which have dates and gaps: each figure says how far it holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.loaders.case import Case
from netanalysis.loaders.places import Gazetteer
from netanalysis.scoring import overlap, portfolio
from netanalysis.showing.labels import label
from netanalysis.showing.markup import Fragment, bullets, paragraphs, table
from netanalysis.showing.wording import Words, speak

__all__ = [
    "Portrait",
    "beside",
    "heading",
    "in_short",
    "joining",
    "leaving",
    "limits",
    "lists",
    "overlaps",
    "peers",
    "place_name",
    "portrait",
    "sources",
    "spread",
]

_NUMBER = re.compile(r"[\d,]+")
PEERS = 8  # cities that the page names as alike


@dataclass(frozen=True, eq=False)
class Portrait:
    """One city among the member lists.

    Attributes
    ----------
    home : int
        GeoNames id of the city.
    members : DataFrame
        From `netanalysis.loaders.memberships.load_memberships`.
    places : Gazetteer
    own : tuple of str
        Networks whose lists name the city.
    """

    home: int
    members: pd.DataFrame
    places: Gazetteer
    own: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """Name of each network."""
        rows = self.members.drop_duplicates("network")
        return dict(zip(rows["network"], rows["name"], strict=True))

    @property
    def others(self) -> list[str]:
        """Networks with a list that does not name the city."""
        return [network for network in self.names if network not in self.own]


def portrait(home: int, members: pd.DataFrame, places: Gazetteer) -> Portrait:
    """A city among the member lists.

    Parameters
    ----------
    home : int
        From `netanalysis.loaders.places.find_city`.
    members, places
        As for `Portrait`.

    Returns
    -------
    Portrait
    """
    own = members.loc[members["geoname_id"] == home, "network"]
    return Portrait(home, members, places, tuple(dict.fromkeys(own)))


def heading(city: Portrait, language: str) -> Fragment:
    """The page's title, and what it is no more than."""
    words = speak(language)
    name = place_name(city.places, city.home, words)
    return Fragment(
        Markup("<h1>{}</h1>\n<p><strong>{}</strong></p>").format(
            words("{city} and its networks", city=name),
            words(
                "Whom a city meets says nothing of what comes of it: substance and benefit decide."
            ),
        )
    )


def in_short(city: Portrait, language: str) -> Fragment:
    """What a reader should leave with."""
    words, names = speak(language), city.names
    met = portfolio.reach(city.members, city.own, city.home)
    whole = _all_complete(city, city.own)
    counts = {
        "cities": words.number(len(met)),
        "countries": words.number(met["country_code"].nunique()),
    }
    sole = overlap.sole_reach(city.members, city.own, city.home)
    known = sole.dropna(subset="cities").sort_values("cities", ascending=False, kind="stable")
    texts = [
        words.plural(
            "Of the {all} networks with a list here, {count} names {city}: {networks}.",
            "Of the {all} networks with a list here, {count} name {city}: {networks}.",
            len(city.own),
            all=words.number(len(names)),
            city=place_name(city.places, city.home, words),
            networks=words.listing(names[network] for network in city.own),
        ),
        (
            words(
                "Through them the city meets {cities} other cities in {countries} countries.",
                **counts,
            )
            if whole
            else words(
                "Through them the city meets at least {cities} other cities in {countries} "
                "countries; not all lists are complete.",
                **counts,
            )
        ),
    ]
    if len(known) and known["cities"].iloc[0] > 0:
        first = known.iloc[0]
        texts.append(
            words(
                "Leaving {network} would cost most: {cities} cities met through no other of its "
                "networks.",
                network=names[str(known.index[0])],
                cities=_bounded(first["cities"], first["bound"], words),
            )
        )
    gains = _gains(city)
    if len(gains) and gains.iloc[0] > 0:
        texts.append(
            words(
                "Joining {network} would add most: {cities} cities.",
                network=names[str(gains.index[0])],
                cities=_gained(city, str(gains.index[0]), gains.iloc[0], words),
            )
        )
    return bullets(texts)


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
                _bounded(row.shared, row.bound, words),
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
            _bounded(len(lost), bound, words),
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
    gains = _gains(city)
    if gains.empty:
        return paragraphs([words("The city is in every network that has a list here.")])
    return table(
        words,
        words("What joining each other network would add"),
        [words("Network"), words("Cities added"), words("List as of"), words("Coverage")],
        [
            (
                names[str(network)],
                _gained(city, str(network), added, words),
                words.date(_list_of(city, str(network))["snapshot"]),
                coverage(_list_of(city, str(network))["coverage"], words),
            )
            for network, added in gains.items()
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


def limits(city: Portrait, language: str) -> Fragment:
    """What the lists hold, and which members count nowhere."""
    words, names = speak(language), city.names
    lost = overlap.unresolved(city.members)
    rows = [
        (
            names[str(network)],
            words.date(_list_of(city, str(network))["snapshot"]),
            coverage(_list_of(city, str(network))["coverage"], words),
            words.number(lost[network]),
            words.own(_list_of(city, str(network)), "scope"),
        )
        for network in names
    ]
    return table(
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


def beside(case: Case, lists: tuple[pd.DataFrame, Gazetteer] | None, language: str) -> Fragment:
    """What today's member lists say of a case's networks, beside its evidence.

    Parameters
    ----------
    case : Case
    lists : (DataFrame, Gazetteer) or None
        From `netanalysis.loaders.memberships.lists_at_hand`.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
        Nothing of it feeds a rating.
    """
    words = speak(language)
    known = (
        []
        if lists is None
        else [n for n in case.networks["network"] if n in set(lists[0]["network"])]
    )
    if lists is None or not known:
        return paragraphs([words("No member list of these networks is to be had.")])
    city = Portrait(int(case.case.loc[0, "geoname_id"]), *lists, tuple(known))
    sole = overlap.sole_reach(city.members, known, city.home)

    def row(network: str) -> tuple[str, ...]:
        if network not in known:
            missing = words("no list to be had")
            return missing, missing, words.unknown
        entry, alone = _list_of(city, network), sole.loc[network]
        unlisted = len(known) < len(case.networks)  # and may hold some of these cities
        bound = "at_most" if unlisted and alone["bound"] == "exact" else alone["bound"]
        met = _bounded(alone["cities"], bound, words)
        return words.date(entry["snapshot"]), coverage(entry["coverage"], words), met

    shown = table(
        words,
        words("Cities met through one of the networks alone, by member lists"),
        [words("Network"), words("List as of"), words("Coverage"), words("Cities")],
        [
            (name, *row(network))
            for network, name in zip(case.networks["network"], case.networks["name"], strict=True)
        ],
        numeric=[3],
    )
    note = words(
        "The lists are of other dates than the evaluation and feed no rating: whom a city meets "
        "is background; substance and benefit decide."
    )
    return Fragment(shown + paragraphs([note]))


def place_name(places: Gazetteer, place: int, words: Words) -> str:
    """A place's name in the page's language where it has one, else its own."""
    row = places.places.loc[place]
    return words.own(row, "name") or str(row["name"])


def coverage(kind: str, words: Words) -> str:
    """Words for how much of a network its list holds."""
    return {
        "complete": words("complete"),
        "partial": words("partial"),
        "subselection": words("a selection"),
    }[kind]


def _list_of(city: Portrait, network: str) -> pd.Series:
    return city.members[city.members["network"] == network].iloc[0]


def _all_complete(city: Portrait, networks: Sequence[str]) -> bool:
    rows = city.members[city.members["network"].isin(networks)]
    return bool((rows["coverage"] == "complete").all())


def _gains(city: Portrait) -> pd.Series:
    """Cities that each other network would add, most first."""
    now = len(portfolio.reach(city.members, city.own, city.home))
    added = {
        network: len(portfolio.reach(city.members, [*city.own, network], city.home)) - now
        for network in city.others
    }
    return pd.Series(added, dtype="int64").sort_values(ascending=False, kind="stable")


def _gained(city: Portrait, network: str, added: int, words: Words) -> str:
    """Cities added: at least so many from a partial list, at most beside partial ones."""
    own, theirs = _all_complete(city, city.own), _all_complete(city, [network])
    bound = {
        (True, True): "exact",
        (True, False): "at_least",
        (False, True): "at_most",
        (False, False): "unknown",
    }[own, theirs]
    return _bounded(added, bound, words)


def _bounded(number: int, bound: str, words: Words) -> str:
    """A number of cities, and how far it holds."""
    if bound == "unknown" or pd.isna(number):
        return words.unknown
    count = words.number(number)
    return {
        "exact": count,
        "at_most": words("at most {count}", count=count),
        "at_least": words("at least {count}", count=count),
    }[bound]


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
