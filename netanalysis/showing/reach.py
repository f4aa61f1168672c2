"""Whom does a city meet through its networks, and what would leaving or joining change?"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.scoring import overlap, portfolio
from netanalysis.showing.markup import Fragment, paragraphs, table
from netanalysis.showing.member_lists import coverage, list_of
from netanalysis.showing.portrait import Portrait, alone, bounded, gained, gains, place_name
from netanalysis.showing.wording import Words, speak

__all__ = ["balance", "joining", "leaving", "overlaps", "peers", "spread"]

PEERS = 8  # cities that the page names as alike
PAIRS = 3  # pairs of networks that the page names


def overlaps(city: Portrait, language: str) -> Fragment:
    """How much the city's networks overlap, pair by pair."""
    words, names = speak(language), city.names
    if len(city.own) < 2:
        return paragraphs([words("With one network there is nothing to overlap.")])
    if len(city.met) < 2:
        return paragraphs([words("Only one of the lists names other cities.")])
    pairs = overlap.overlap_shares(city.members[city.members["network"].isin(city.met)])
    pairs = pairs.sort_values("shared", ascending=False, kind="stable")
    return table(
        words,
        words("Cities that two of the networks share, the city itself among them"),
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
    """What leaving each network would cost in reach, and what would win most of it back.

    Below stands what leaving two of them together would cost beyond that.
    """
    words, names = speak(language), city.names
    if not city.met:
        return paragraphs([alone(city, words)])
    whole = [name for name in city.others if list_of(city, name)["coverage"] == "complete"]

    def row(network: str) -> Sequence[Any]:
        lost = overlap.reach_lost(city.members, city.own, [network], city.home)
        bound = overlap.loss_bound(city.members, city.own, [network])
        back = portfolio.substitutes(city.members, city.own, [network], whole, 2, city.home)
        told = "; ".join(
            f"{names[str(name)]}: {bounded(entry['wins_back'], bound, words)}"
            for name, entry in back.iterrows()
            if bound != "unknown"
        )
        known = bound in ("exact", "at_most")
        return (
            names[network],
            bounded(len(lost), bound, words),
            words.number(lost["country_code"].nunique()) if known else words.unknown,
            _few(lost, city, words) if known else words.unknown,
            told or "–",
        )

    one_by_one = table(
        words,
        words("What leaving each network would cost in reach"),
        [
            words("Network"),
            words("Cities lost"),
            words("In countries"),
            words("The largest of them"),
            words("Won back by joining (complete lists)"),
        ],
        [row(network) for network in city.met],
        numeric=[1, 2],
    )
    return Fragment(one_by_one + Markup("\n") + _together(city, words))


def balance(city: Portrait, language: str) -> Fragment:
    """How leaving each network would shift the reach between the continents.

    Only complete lists count: shares from one that is not err in both directions.
    """
    words, names = speak(language), city.names
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
        network: portfolio.balance_shift(
            city.members, own, [network], city.places.places, city.home
        )
        for network in own
    }
    before = shifts[own[0]]["before"]
    continents = [name for name in before.index if before[name] > 0]

    def cell(shift: pd.Series) -> str:
        if pd.isna(shift["after"]):
            return "–"
        return f"{words.percent(shift['after'])} ({words.points(shift['shift'])})"

    shown = table(
        words,
        words("Share of the cities met by continent, today and without each network"),
        [words("Continent"), *(_class(name, words) for name in continents)],
        [
            (words("Today"), *(words.percent(before[name]) for name in continents)),
            *(
                (
                    words("Without {network}", network=names[network]),
                    *(cell(shift.loc[name]) for name in continents),
                )
                for network, shift in shifts.items()
            ),
        ],
        numeric=range(1, len(continents) + 1),
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
    return Fragment(shown + paragraphs([" ".join(notes)]))


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
    found = portfolio.peers(city.members, city.home, len(city.members))
    found = found.assign(
        name=[place_name(city.places, int(place), words) for place in found.index],
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
    besides = any(first["only_theirs"])
    heads = [words("City"), words("Networks in common"), words("Has joined besides")]
    shown = table(
        words,
        words("Cities in much the same networks, by the complete lists"),
        heads if besides else heads[:2],
        [
            (
                f"{row.name} ({row.country_code})",
                words.listing(names[network] for network in row.in_common),
                words.listing(names[network] for network in row.only_theirs) or "–",
            )[: 3 if besides else 2]
            for row in first.itertuples()
        ],
    )
    equal = int((rest["jaccard"] == first["jaccard"].min()).sum())
    if not equal:
        return shown
    note = words.plural(
        "{count} more city is as much alike as the last of these; equals stand by the alphabet.",
        "{count} more cities are as much alike as the last of these; equals stand by the alphabet.",
        equal,
    )
    return Fragment(shown + paragraphs([note]))


def spread(city: Portrait, language: str) -> Fragment:
    """Where the cities that one meets lie, how large and how far away they are."""
    words = speak(language)
    met = portfolio.reach(city.members, city.own, city.home)
    shown = []
    for by, caption, head, unit in (
        ("continent", words("By continent"), words("Continent"), ""),
        ("population", words("By population"), words("Inhabitants"), ""),
        ("distance", words("By distance"), words("Distance"), " km"),
    ):
        found = portfolio.reach_by(met, city.places.places, by, city.home)
        rows = [
            (_class(name, words, unit), words.number(row["cities"]), words.percent(row["share"]))
            for name, row in found[found["cities"] > 0].iterrows()
        ]
        shown.append(
            table(words, caption, [head, words("Cities"), words("Share")], rows, numeric=[1, 2])
        )
    partial = [network for network in city.met if list_of(city, network)["coverage"] != "complete"]
    if partial:
        shown.append(
            paragraphs(
                [
                    words.plural(
                        "The list of {networks} is not complete: the cities are the least that "
                        "are met, and the shares may err either way.",
                        "The lists of {networks} are not complete: the cities are the least that "
                        "are met, and the shares may err either way.",
                        len(partial),
                        networks=words.listing(city.names[network] for network in partial),
                    )
                ]
            )
        )
    return Fragment(Markup("\n").join(shown))


def _together(city: Portrait, words: Words) -> Fragment:
    """What leaving two networks together costs beyond the sum of leaving each, where it does."""
    if len(city.met) < 2:
        return Fragment("")
    lost = {
        leaving: len(overlap.reach_lost(city.members, city.own, leaving, city.home))
        for count in (1, 2)
        for leaving in combinations(city.met, count)
    }
    rows = []
    for pair in (leaving for leaving in lost if len(leaving) == 2):
        beyond = lost[pair] - lost[pair[:1]] - lost[pair[1:]]
        bound = overlap.loss_bound(city.members, city.own, pair)
        if beyond > 0 and bound != "unknown":
            rows.append((beyond, pair, bound))
    if not rows:
        return paragraphs(
            [
                words(
                    "By the complete lists no two networks cost more together than the sum of "
                    "the two."
                )
            ]
        )
    largest = sorted(rows, key=lambda row: -row[0])[:PAIRS]
    return table(
        words,
        words("What leaving two networks together would cost, the largest differences"),
        [words("Networks"), words("Cities lost"), words("More than the sum of each")],
        [
            (
                words.listing(city.names[network] for network in pair),
                bounded(lost[pair], bound, words),
                bounded(beyond, bound, words),
            )
            for beyond, pair, bound in largest
        ],
        numeric=[1, 2],
    )


def _few(lost: pd.DataFrame, city: Portrait, words: Words) -> str:
    """The largest three of some cities."""
    population = city.places.places["population"].reindex(lost.index)
    largest = population.sort_values(ascending=False, kind="stable").index[:3]
    return words.listing(place_name(city.places, int(place), words) for place in largest) or "–"


def _class(name: object, words: Words, unit: str = "") -> str:
    """A continent or a class of sizes in the page's language."""
    if isinstance(name, pd.Interval):
        return words.size_class(name.left, name.right, unit)
    return {
        "AF": words("Africa"),
        "AN": words("Antarctica"),
        "AS": words("Asia"),
        "EU": words("Europe"),
        "NA": words("North America"),
        "OC": words("Oceania"),
        "SA": words("South America"),
        "unknown": words("not known"),
    }[str(name)]
