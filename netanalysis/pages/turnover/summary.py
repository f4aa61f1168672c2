"""Who left and who joined a network between two lists, and what can the lists not tell?

The page says "by the lists" throughout: no list tells why or when a member left, nor whether it
was only forgotten.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from netanalysis.dates import last_day
from netanalysis.language.words import Words, speak
from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.pages.html import Column, Fragment, bullets, paragraphs, table
from netanalysis.pages.html import heading as page_heading
from netanalysis.pages.labels import page_status, text_of
from netanalysis.pages.portrait.member_lists import in_english, list_column, source_column, standing
from netanalysis.scoring.permutation import Contrast, contrast
from netanalysis.scoring.turnover import changes, other_ways

__all__ = [
    "Turnover",
    "by_name",
    "date",
    "heading",
    "joined",
    "left",
    "limits",
    "same",
    "sources",
    "turnover",
]


@dataclass(frozen=True, eq=False)
class Turnover:
    """Two lists of one network, compared.

    Attributes
    ----------
    network : str
    before, after : DataFrame
        From `netanalysis.loaders.members.lists.load_memberships`, with the earlier and the later
        list of the network; the lists of all other networks are the same in both.
    places : Gazetteer
    members : DataFrame
        From `netanalysis.scoring.turnover.changes`.
    ways : DataFrame
        From `netanalysis.scoring.turnover.other_ways`, by the earlier list, with the state.
    share : Contrast or None
        Cities that left against those that stayed, in their share of other members met through
        other networks; None where a group is empty.
    language : str
        Of the page.
    """

    network: str
    before: pd.DataFrame
    after: pd.DataFrame
    places: Gazetteer
    members: pd.DataFrame
    ways: pd.DataFrame
    share: Contrast | None
    language: str

    @property
    def words(self) -> Words:
        """The page's language."""
        return speak(self.language)

    def place(self, place: int) -> str:
        """The name of a place."""
        return self.places.name_in(place, self.language)

    @property
    def name(self) -> str:
        """Name of the network."""
        return str(self.earlier["name"].iloc[0])

    @property
    def earlier(self) -> pd.DataFrame:
        """The earlier list."""
        return self.before[self.before["network"] == self.network]

    @property
    def later(self) -> pd.DataFrame:
        """The later list."""
        return self.after[self.after["network"] == self.network]

    @property
    def others(self) -> pd.DataFrame:
        """One row per list of another network."""
        rows = self.before[self.before["network"] != self.network]
        return rows.drop_duplicates("network")

    def of(self, state: str) -> pd.DataFrame:
        """The members that stayed, left or joined."""
        return self.members[self.members["state"] == state]


def turnover(
    network: str,
    before: pd.DataFrame,
    after: pd.DataFrame,
    places: Gazetteer,
    seed: int,
    language: str,
) -> Turnover:
    """Two lists of one network, compared.

    Parameters
    ----------
    network, before, after, places
        As for `Turnover`.
    seed : int
        Of the random numbers, which are needed only where many cities have left.
    language : str
        Of the page.

    Returns
    -------
    Turnover

    Raises
    ------
    DataError
        As `netanalysis.scoring.turnover.changes`.
    """
    old, new = (frame[frame["network"] == network] for frame in (before, after))
    members = changes(old, new)
    placed = members.dropna(subset="geoname_id").set_index("geoname_id")["state"]
    ways = other_ways(before, network)
    ways = ways.assign(state=placed.reindex(ways.index).to_numpy())
    gone, kept = (
        ways.loc[ways["state"] == state, "share"].dropna().to_numpy(dtype=float)
        for state in ("left", "stayed")
    )
    rng = np.random.default_rng(seed)
    compared = contrast(gone, kept, rng) if len(gone) and len(kept) else None
    return Turnover(network, before, after, places, members, ways, compared, language)


def heading(about: Turnover, status: str = "case") -> Fragment:
    """The page's title, what it is no more than, and its status."""
    words = about.words
    return page_heading(
        words("Who left and who joined: {network}", network=about.name),
        words(
            "A comparison of two member lists, {before} and {after}. It says what the lists "
            "say; not why anybody left or joined.",
            before=words.date(date(about.earlier)),
            after=words.date(date(about.later)),
        ),
        page_status(status, words, in_a_case=False),
    )


def left(about: Turnover) -> Fragment:
    """The cities that only the earlier list names."""
    words = about.words
    caption = words("Left, by the lists: cities that only the earlier list names")
    return _cities(about, "left", caption, words("No city has left, by the lists."))


def joined(about: Turnover) -> Fragment:
    """The cities that only the later list names."""
    words = about.words
    caption = words("Joined, by the lists: cities that only the later list names")
    return _cities(about, "joined", caption, words("No city has joined, by the lists."))


def same(about: Turnover) -> Fragment:
    """Members that the lists write otherwise, and those without a place."""
    words, rows = about.words, about.members
    written = rows["written_before"] != rows["written_after"]
    otherwise = rows[(rows["state"] == "stayed") & rows["geoname_id"].notna() & written]
    nowhere = rows[rows["geoname_id"].isna()]
    states = {
        "stayed": words("in both, by the name"),
        "left": words("left, by the lists"),
        "joined": words("joined, by the lists"),
    }
    both = [
        Column(words("In the earlier list"), lambda row: text_of(row.written_before) or words.none),
        Column(words("In the later list"), lambda row: text_of(row.written_after) or words.none),
    ]
    cities = [*both, Column(words("City"), lambda row: about.place(row.geoname_id))]
    members = [
        *both,
        Column(words("Standing"), lambda row: standing(row.standing, words)),
        Column(words("Taken as"), lambda row: states[row.state]),
    ]
    renamed = words("One place in both lists, written otherwise: no change")
    by_name = words("Members without a place of their own, compared by name")
    shown = [
        table(words, renamed, cities, otherwise)
        if len(otherwise)
        else paragraphs([words("No member is written otherwise in the later list.")]),
        table(words, by_name, members, nowhere)
        if len(nowhere)
        else paragraphs([words("Every member of both lists has a place.")]),
    ]
    return Fragment(Markup("\n").join(shown))


def limits(about: Turnover) -> Fragment:
    """What the lists cannot tell, and what was not counted."""
    words = about.words
    others = about.others
    whole = others["coverage"] == "complete"
    first = date(about.earlier)
    later = [row for row in others[whole].itertuples() if last_day(row.snapshot) > last_day(first)]
    texts = [
        words(
            "The lists do not tell why or when a city left, nor whether it left at all: it may "
            "have been left out by mistake. What happened before the first list or between the two "
            "they do not tell either."
        )
    ]
    if set(about.earlier["source_title"]) != set(about.later["source_title"]):
        texts.append(
            words.markup(
                "The two lists come from different sources: {before} and {after}. They may follow "
                "different rules for who is a member.",
                before=in_english("; ".join(dict.fromkeys(about.earlier["source_title"])), words),
                after=in_english("; ".join(dict.fromkeys(about.later["source_title"])), words),
            )
        )
    if not (pd.concat([about.earlier, about.later])["coverage"] == "complete").all():
        texts.append(
            words(
                "Not both lists are complete, so a city may be missing from one without having "
                "left or joined."
            )
        )
    if later:
        dated = words.listing(f"{row.name} ({words.date(row.snapshot)})" for row in later)
        texts.append(
            words(
                "Other networks’ lists are later than the first list here: {lists}. A city may "
                "have joined them after it left, so the comparison tells nothing of causes.",
                lists=dated,
            )
        )
    if not whole.all():
        texts.append(
            words(
                "Only complete lists are counted. Those of {networks} are not, so a city may meet "
                "more of the others than the figures say: each share is the least that it can be, "
                "and the comparison is of these.",
                networks=words.listing(others.loc[~whole, "name"]),
            )
        )
    texts.append(
        words(
            "Networks whose lists are not here count nowhere: “no other network” means none of "
            "those with a list here."
        )
    )
    nowhere = about.earlier["geoname_id"].isna().sum()
    if nowhere:
        texts.append(
            words.plural(
                "{count} member of the earlier list has no known place and is not compared.",
                "{count} members of the earlier list have no known place and are not compared.",
                nowhere,
            )
        )
    return bullets(texts)


def sources(about: Turnover) -> Fragment:
    """Where each list was read, and on what terms."""
    words = about.words
    rows = pd.concat([about.earlier, about.later, about.before])
    rows = rows[(rows["network"] == about.network) | (rows["coverage"] == "complete")]
    rows = rows.drop_duplicates(["network", "snapshot", "source_id"])
    columns = [
        Column(words("Network"), lambda row: row.name),
        list_column(words),
        source_column(words),
    ]
    return table(words, words("Where the lists were read"), columns, rows)


def _cities(about: Turnover, state: str, caption: str, none: str) -> Fragment:
    """Cities that left or joined, and the other networks whose lists name them."""
    words = about.words
    rows = by_name(about, about.of(state).dropna(subset="geoname_id"))
    if rows.empty:
        return paragraphs([none])
    whole = about.before[about.before["network"].isin(about.others["network"])]

    def others(row: Any) -> str:
        names = whole.loc[whole["geoname_id"] == row.geoname_id, "name"].unique()
        return words.listing(names) or words("none of those with a list here")

    columns = [
        Column(words("City"), lambda row: row.shown),
        Column(words("Country"), lambda row: words.country(row.country_code)),
        Column(words("Standing"), lambda row: standing(row.standing, words)),
        Column(words("Other networks that name it"), others),
    ]
    return table(words, caption, columns, rows)


def by_name(about: Turnover, rows: pd.DataFrame) -> pd.DataFrame:
    """Members with the name that the page shows, in the order of its alphabet."""
    shown = [
        row.city if pd.isna(row.geoname_id) else about.place(row.geoname_id)
        for row in rows.itertuples()
    ]
    return rows.assign(shown=shown).sort_values(
        "shown", key=lambda names: names.map(about.words.order), kind="stable"
    )


def date(rows: pd.DataFrame) -> str:
    """As of when a list is."""
    return str(rows["snapshot"].iloc[0])
