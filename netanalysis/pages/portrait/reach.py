"""Whom does a city meet through its networks, and what would leaving or joining change?"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.pages.html import Column, Fragment, paragraphs, table
from netanalysis.pages.portrait.member_lists import list_column, list_of
from netanalysis.pages.portrait.spread import class_name
from netanalysis.pages.portrait.summary import Portrait, alone, bounded, gained, gains, lost_text
from netanalysis.scoring import overlap, reach

__all__ = ["balance", "joining", "leaving", "overlaps", "peers"]

PEERS = 8  # cities that the page names as alike
PAIRS = 3  # pairs of networks that the page names


def overlaps(city: Portrait) -> Fragment:
    """How much the city's networks overlap, pair by pair."""
    words, names = city.words, city.names
    if len(city.own) < 2:
        return paragraphs([words("With one network there is nothing to overlap.")])
    if len(city.met) < 2:
        return paragraphs([words("Only one of the lists names other cities.")])
    pairs = overlap.overlap_shares(city.members[city.members["network"].isin(city.met)])
    sizes = city.members.groupby("network")["geoname_id"].nunique()

    def shared(row: Any) -> str:
        return bounded(row.shared, row.bound, words, more=city.placeless([row.network, row.other]))

    def share(row: Any) -> str:
        """From the least to the most that the members without a place allow."""
        ends = [(sizes[name], city.placeless([name])) for name in (row.network, row.other)]
        size = min(ends)[0]
        if row.bound != "exact" or not size:
            return words.unknown
        missing = sum(lost for _, lost in ends)
        least = row.shared / min(known + lost for known, lost in ends)
        return words.percents(least, min(1, (row.shared + missing) / size))

    columns = [
        Column(
            words("Networks"), lambda row: words.listing([names[row.network], names[row.other]])
        ),
        Column(words("Cities in both"), shared, "number"),
        Column(words("Share of the shorter list"), share, "number"),
    ]
    caption = words("Cities that two of the networks share, the city itself among them")
    rows = pairs.sort_values("shared", ascending=False, kind="stable")
    return table(words, caption, columns, rows)


def leaving(city: Portrait) -> Fragment:
    """What leaving each network would cost in reach, and what would win most of it back.

    Below stands what leaving two of them together would cost beyond that.
    """
    words, names = city.words, city.names
    if not city.met:
        return paragraphs([alone(city)])
    whole = [name for name in city.others if list_of(city, name)["coverage"] == "complete"]
    lost = {
        name: overlap.reach_lost(city.members, city.own, [name], city.home) for name in city.met
    }
    bound = {name: overlap.loss_bound(city.members, city.own, [name]) for name in city.met}

    def if_known(network: str, text: str) -> str:
        return text if bound[network] in ("exact", "at_most") else words.unknown

    def won(network: str, other: str, cities: int) -> str:
        stay = [name for name in city.own if name != network]
        unplaced = city.placeless(stay), city.placeless([network, other])
        return bounded(cities, bound[network], words, *unplaced)

    def won_back(network: str) -> str:
        back = reach.substitutes(city.members, city.own, [network], whole, 2, city.home)
        told = "; ".join(
            f"{names[str(name)]}: {won(network, str(name), entry['wins_back'])}"
            for name, entry in back.iterrows()
            if bound[network] != "unknown"
        )
        return told or words.none

    def cities(network: str) -> str:
        count = lost_text(city, [network], len(lost[network]), bound[network])
        few = if_known(network, _few(lost[network], city))
        return count if few in (words.unknown, words.none) else f"{count}: {few}"

    columns = [
        Column(words("Network"), lambda network: names[network]),
        Column(words("Cities lost, and the largest of them"), cities),
        Column(words("Won back by joining (complete lists)"), won_back),
    ]
    one_by_one = table(words, words("What leaving each network would cost in reach"), columns, lost)
    return Fragment(one_by_one + Markup("\n") + _together(city))


def balance(city: Portrait) -> Fragment:
    """How leaving each network would shift the reach between the continents.

    Only complete lists count: shares from one that is not err in both directions.
    """
    words, names = city.words, city.names
    own = [name for name in city.own if list_of(city, name)["coverage"] == "complete"]
    if len(city.own) == 1:
        return paragraphs([words("Without its one network the city would meet nobody here.")])
    if len(own) < 2:
        return paragraphs(
            [
                words(
                    "How leaving would shift the balance between the continents cannot be told: "
                    "that takes two complete lists that name the city."
                )
            ]
        )
    shifts = {
        network: reach.balance_shift(city.members, own, [network], city.places.places, city.home)
        for network in own
    }
    before = shifts[own[0]]["before"]

    def share_of(continent: str) -> Column:
        def cell(network: str) -> str:
            if not network:
                return words.share(before[continent])
            shift = shifts[network].loc[continent]
            if pd.isna(shift["after"]):
                return words.none
            return f"{words.share(shift['after'])} ({words.points(shift['shift'])})"

        return Column(class_name(continent, words), cell, "number")

    today = {"": words("Today")}
    without = {name: words("Without {network}", network=names[name]) for name in own}
    heads = {**today, **without}
    columns = [
        Column(words("Continent"), lambda network: heads[network]),
        *(share_of(name) for name in before.index if before[name] > 0),
    ]
    caption = words(
        "Share of the cities with a known place by continent, today and without each network"
    )
    notes = [words("In brackets the change in percentage points.")]
    left_out = [names[network] for network in city.own if network not in own]
    if left_out:
        notes.append(
            words(
                "The lists of {networks} are not complete and are left out here.",
                networks=words.listing(left_out),
            )
            if len(left_out) > 1
            else words(
                "The list of {network} is not complete and is left out here.", network=left_out[0]
            )
        )
    return Fragment(table(words, caption, columns, heads) + paragraphs([" ".join(notes)]))


def joining(city: Portrait) -> Fragment:
    """What joining each other network would add."""
    words = city.words
    adding = gains(city)
    if adding.empty:
        return paragraphs([words("The city is in every network that has a list here.")])

    def added(row: Any) -> str:
        return gained(city, [row.network], adding[row.network])

    columns = [
        Column(words("Network"), lambda row: city.names[row.network]),
        Column(words("Cities added"), added, "number"),
        list_column(words),
    ]
    rows = [list_of(city, str(network)) for network in adding.index]
    return table(
        words, words("What joining would add, if the network takes the city"), columns, rows
    )


def peers(city: Portrait) -> Fragment:
    """Cities in much the same networks, and what they have joined besides."""
    words, names = city.words, city.names
    complete = city.members.loc[city.members["coverage"] == "complete", "network"]
    if not set(city.own) & set(complete):
        return paragraphs([words("No complete list names the city, so it cannot be compared.")])
    found = reach.peers(city.members, city.home, len(city.members))
    found = found.assign(
        name=[city.place(place) for place in found.index],
        common=found["in_common"].map(len),
    )
    found = found.sort_values(
        ["jaccard", "common", "name"],
        ascending=[False, False, True],
        key=lambda column: column.map(words.order) if column.name == "name" else column,
    )
    first, rest = found.head(PEERS), found.iloc[PEERS:]
    same = int((found["jaccard"] == 1).sum())
    if same > PEERS and len(found["in_common"].iloc[0]) == 1:
        return paragraphs(
            [
                words(
                    "{count} other cities are, by the complete lists, in {network} alone too: "
                    "nothing tells which of them is most alike.",
                    count=words.number(same),
                    network=names[found["in_common"].iloc[0][0]],
                )
            ]
        )

    def listed(head: str, column: str) -> Column:
        def cell(row: Any) -> str:
            return words.listing(names[network] for network in getattr(row, column)) or words.none

        return Column(head, cell)

    columns = [
        Column(words("City"), lambda row: f"{row.name} ({row.country_code})"),
        listed(words("Networks in common"), "in_common"),
    ]
    if any(first["only_theirs"]):
        columns.append(listed(words("Has joined besides"), "only_theirs"))
    caption = words("Cities in much the same networks, by the complete lists")
    shown = table(words, caption, columns, first)
    equal = int((rest["jaccard"] == first["jaccard"].min()).sum())
    if not equal:
        return shown
    note = words.plural(
        "{count} more city shares as large a part of its networks as the last of these; equal "
        "cities stand in alphabetical order.",
        "{count} more cities share as large a part of their networks as the last of these; equal "
        "cities stand in alphabetical order.",
        equal,
    )
    return Fragment(shown + paragraphs([note]))


def _together(city: Portrait) -> Fragment:
    """What leaving two networks together costs beyond the sum of leaving each, where it does."""
    words = city.words
    if len(city.met) < 2:
        return Fragment("")
    lost = {
        leaving: len(overlap.reach_lost(city.members, city.own, leaving, city.home))
        for count in (1, 2)
        for leaving in combinations(city.met, count)
    }
    pairs = {
        pair: overlap.loss_bound(city.members, city.own, pair) for pair in combinations(city.met, 2)
    }
    beyond = {pair: lost[pair] - lost[pair[:1]] - lost[pair[1:]] for pair in pairs}
    costly = [pair for pair in pairs if beyond[pair] > 0 and pairs[pair] != "unknown"]
    if not costly:
        return paragraphs(
            [
                words(
                    "By the complete lists no two networks cost more together than the sum of "
                    "the two."
                )
            ]
        )

    def bound(head: str, counts: Mapping[Any, int]) -> Column:
        def cell(pair: tuple[str, str]) -> str:
            stay = [name for name in city.own if name not in pair]
            unplaced = city.placeless(stay), city.placeless(pair)
            return bounded(counts[pair], pairs[pair], words, *unplaced)

        return Column(head, cell, "number")

    columns = [
        Column(words("Networks"), lambda pair: words.listing(city.names[name] for name in pair)),
        bound(words("Cities lost"), lost),
        bound(words("More than the sum of each"), beyond),
    ]
    caption = words("What leaving two networks together would cost, the largest differences")
    largest = sorted(costly, key=lambda pair: -beyond[pair])[:PAIRS]
    return table(words, caption, columns, largest)


def _few(lost: pd.DataFrame, city: Portrait) -> str:
    """The largest three of some cities."""
    population = city.places.places["population"].reindex(lost.index)
    largest = population.sort_values(ascending=False, kind="stable").index[:3]
    return city.words.listing(city.place(place) for place in largest) or city.words.none
