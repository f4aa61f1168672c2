"""One city among the member lists: in which networks is it, and what follows in short?

Everything rests on member lists, which have dates and gaps: each figure says how far it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from netanalysis.language.words import Words, speak
from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.pages.html import Fragment, bullets
from netanalysis.pages.html import heading as page_heading
from netanalysis.pages.labels import page_status
from netanalysis.scoring import overlap, reach

__all__ = [
    "Portrait",
    "alone",
    "bounded",
    "gained",
    "gains",
    "heading",
    "in_short",
    "lost_text",
    "portrait",
]


@dataclass(frozen=True, eq=False)
class Portrait:
    """One city among the member lists.

    Attributes
    ----------
    home : int
        GeoNames id of the city.
    members : DataFrame
        From `netanalysis.loaders.members.lists.load_memberships`.
    places : Gazetteer
    own : tuple of str
        Networks whose lists name the city.
    language : str
        Of the page.
    """

    home: int
    members: pd.DataFrame
    places: Gazetteer
    own: tuple[str, ...]
    language: str

    @property
    def words(self) -> Words:
        """The page's language."""
        return speak(self.language)

    def place(self, place: int) -> str:
        """The name of a place."""
        return self.places.name_in(place, self.language)

    @property
    def names(self) -> dict[str, str]:
        """Name of each network."""
        rows = self.members.drop_duplicates("network")
        return dict(zip(rows["network"], rows["name"], strict=True))

    @property
    def bare(self) -> list[str]:
        """Networks of which only the city's own membership is known: nobody is met through them.

        Whom else they hold is unknown, so they make bounds of all other figures still.
        """
        lists = self.members[self.members["network"].isin(self.own)]
        lists = lists[lists["coverage"] != "complete"]
        others = lists.loc[lists["geoname_id"] != self.home, "network"]
        return [name for name in self.own if name in set(lists["network"]) - set(others)]

    @property
    def met(self) -> list[str]:
        """The city's networks whose lists name other members."""
        return [network for network in self.own if network not in self.bare]

    def placeless(self, networks: Sequence[str]) -> int:
        """How many members of some networks have no known place."""
        rows = self.members[self.members["network"].isin(networks)]
        return int(rows["geoname_id"].isna().sum())

    @property
    def whole(self) -> bool:
        """Whether the lists of all its networks are complete, and every member has a place."""
        return _all_complete(self, self.own) and not self.placeless(self.own)

    @property
    def others(self) -> list[str]:
        """Networks with a list that does not name the city."""
        return [network for network in self.names if network not in self.own]


def portrait(home: int, members: pd.DataFrame, places: Gazetteer, language: str) -> Portrait:
    """A city among the member lists.

    Parameters
    ----------
    home : int
        From `netanalysis.loaders.members.matching.find_city`.
    members, places, language
        As for `Portrait`.

    Returns
    -------
    Portrait
    """
    own = members.loc[members["geoname_id"] == home, "network"]
    return Portrait(home, members, places, tuple(dict.fromkeys(own)), language)


def heading(city: Portrait, status: str = "case") -> Fragment:
    """The page's title, what it is no more than, and its status."""
    words = city.words
    return page_heading(
        words("{city} and its networks", city=city.place(city.home)),
        words("The lists show which cities meet, not what they gain."),
        page_status(status, words, in_a_case=False),
    )


def in_short(city: Portrait) -> Fragment:
    """What a reader should leave with."""
    words, names = city.words, city.names
    met = reach.reach(city.members, city.own, city.home)
    counts = {
        "cities": words.number(len(met)),
        "countries": words.number(met["country_code"].nunique()),
    }
    sole = overlap.sole_reach(city.members, city.own, city.home)
    known = sole.dropna(subset="cities").sort_values("cities", ascending=False, kind="stable")
    texts = [
        words.plural(
            "{city} is in {count} of the {all} networks with a list here: {networks}.",
            "{city} is in {count} of the {all} networks with a list here: {networks}.",
            len(city.own),
            all=words.number(len(names)),
            city=city.place(city.home),
            networks=words.listing(names[network] for network in city.own),
        ),
        words.plural(
            "Through it the city meets {cities} other cities in {countries} countries.",
            "Through them the city meets {cities} other cities in {countries} countries.",
            len(city.own),
            **counts,
        )
        if city.whole
        else words.plural(
            "Through it the city meets at least {cities} other cities in {countries} countries; "
            "not every member is listed with a known place.",
            "Through them the city meets at least {cities} other cities in {countries} "
            "countries; not every member is listed with a known place.",
            len(city.own),
            **counts,
        ),
    ]
    if not city.met:
        texts.pop()  # "at least 0" would say nothing
    if city.bare:
        texts.append(alone(city))
    if len(city.own) == len(city.met) == 1:
        texts.append(words("Without this network it would meet none of them by these lists."))
    elif len(known) and known["cities"].iloc[0] > 0:
        most = known[known["cities"] == known["cities"].iloc[0]]
        leaving = [str(name) for name in most.index]
        cost = lost_text(city, leaving, most["cities"].iloc[0], _weakest(most["bound"]))
        if cost != words.unknown:
            texts.append(
                words.plural(
                    "By the lists it would lose most contacts if it left {networks}: {cities} "
                    "cities.",
                    "By the lists it would lose most contacts if it left one of {networks}: "
                    "{cities} cities, whichever it is.",
                    len(most),
                    networks=words.listing(names[name] for name in leaving),
                    cities=cost,
                )
            )
    added = gains(city)
    if len(added) and added.iloc[0] > 0:
        best = added[added == added.iloc[0]]
        more = gained(city, [str(name) for name in best.index], best.iloc[0])
        if more != words.unknown:
            texts.append(
                words.plural(
                    "By the lists it would gain most contacts by joining {networks}, if the "
                    "network takes the city: {cities} cities.",
                    "By the lists it would gain most contacts by joining one of {networks}, if the "
                    "network takes the city: {cities} cities, whichever it is.",
                    len(best),
                    networks=words.listing(names[str(name)] for name in best.index),
                    cities=more,
                )
            )
    return bullets(texts)


def alone(city: Portrait) -> str:
    """Which networks count nowhere, since only the city's own membership is known."""
    words = city.words
    return words.plural(
        "Of {networks} only the city’s own membership is known, so whom it meets there is not "
        "counted. Cities met elsewhere may be met there too, which is why other figures are “at "
        "most”.",
        "Of {networks} only the city’s own memberships are known, so whom it meets there is not "
        "counted. Cities met elsewhere may be met there too, which is why other figures are “at "
        "most”.",
        len(city.bare),
        networks=words.listing(city.names[network] for network in city.bare),
    )


def bounded(number: int, bound: str, words: Words, fewer: int = 0, more: int = 0) -> str:
    """A number of cities, and how far it holds; "at least 0" says nothing, so it is unknown.

    Parameters
    ----------
    number : int
        Cities with a known place.
    bound : {"exact", "at_most", "at_least", "unknown"}
        What the lists' completeness makes of it.
    words : Words
    fewer, more : int
        Members without a known place that may be among these cities, and beside them.

    Examples
    --------
    >>> en = Words("en")
    >>> bounded(40, "exact", en), bounded(40, "exact", en, fewer=2, more=1)
    ('40', '38–41')
    >>> bounded(40, "at_most", en, fewer=2, more=1), bounded(2, "at_least", en, fewer=2)
    ('at most 41', 'not known')
    """
    if bound == "unknown" or pd.isna(number):
        return words.unknown
    low, high = max(number - fewer, 0), number + more
    if bound == "at_least":
        return words("at least {count}", count=words.number(low)) if low else words.unknown
    if bound == "at_most" or (not low and high):
        return words("at most {count}", count=words.number(high))
    return words.interval(low, high)


def lost_text(city: Portrait, leaving: Sequence[str], lost: int, bound: str) -> str:
    """Cities lost by leaving some networks, or each of them, and how far the number holds."""
    others = [name for name in city.own if name not in leaving or len(leaving) > 1]
    return bounded(lost, bound, city.words, city.placeless(others), city.placeless(leaving))


def gains(city: Portrait) -> pd.Series:
    """Cities that each other network would add, most first."""
    now = len(reach.reach(city.members, city.own, city.home))
    added = {
        network: len(reach.reach(city.members, [*city.own, network], city.home)) - now
        for network in city.others
    }
    return pd.Series(added, dtype="int64").sort_values(ascending=False, kind="stable")


def gained(city: Portrait, networks: Sequence[str], added: int) -> str:
    """Cities that each of some networks adds: at least so many from a partial list.

    Beside partial lists of the city's own networks it is at most so many.
    """
    own, theirs = _all_complete(city, city.own), _all_complete(city, networks)
    bound = {
        (True, True): "exact",
        (True, False): "at_least",
        (False, True): "at_most",
        (False, False): "unknown",
    }[own, theirs]
    return bounded(added, bound, city.words, city.placeless(city.own), city.placeless(networks))


def _weakest(bounds: pd.Series) -> str:
    """How far a number holds that several networks share."""
    kinds = set(bounds)
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _all_complete(city: Portrait, networks: Sequence[str]) -> bool:
    rows = city.members[city.members["network"].isin(networks)]
    return bool((rows["coverage"] == "complete").all())
