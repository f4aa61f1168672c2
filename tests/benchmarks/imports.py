"""Import: the places of a list of names through netanalysis and through a loop over all places."""

import csv
import json
import time
from functools import partial

import numpy as np

from tests.benchmarks.measuring import (
    ROOT,
    Contender,
    Section,
    at_least,
    measure,
    megabytes,
    parts,
    ratios,
    seconds,
    spread,
    table,
    take_turns,
)

NAMES = 20_000
LOOPED = 100
OURS = "netanalysis"
LOOP = "loop over all names"
WITHIN = "loop, countries first"
FORMS = ["{}"] * 5 + ["City of {}", "{} (full member)", "{}*"]
PLACES = ROOT / "data" / "places"
UNKNOWN = 10  # one name in so many


def inputs(folder):
    """A synthetic list: names of places in the forms of lists, and some of no place."""

    def write():
        from netanalysis.loaders.members.gazetteer import load_places

        rng = np.random.default_rng(12)
        table = load_places(PLACES).places
        rows = []
        for place in rng.choice(table.index, NAMES):
            row = table.loc[place]
            others = [row["name"], row["ascii_name"], *row["alternate_names"].split("|")]
            name = rng.choice([row["name"], row["ascii_name"], rng.choice(others)])
            if rng.random() < 1 / UNKNOWN:
                name = f"Synthetic {len(rows)}"
            rows.append((rng.choice(FORMS).format(name or row["name"]), row["country_code"]))
        with (folder / "names.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("city", "country"), *rows])

    return dict, write


def short(folder, names):
    """The list, or its beginning; the names that stand beside it are spread over all of it."""
    with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    path = folder / f"{names}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows[:: len(rows) // names]])
    return path


def ours(folder):
    """The command's import: reads the list and the places, finds each, tells why or why not."""
    from netanalysis.exchange.member_lists.importing import import_members
    from netanalysis.loaders.members.gazetteer import load_places
    from netanalysis.loaders.members.lists import read_package

    package = read_package(ROOT / "data" / "memberships")

    def call(path):
        places = load_places(PLACES)
        start = time.perf_counter()
        found = import_members(path, "synthetic", "2026", "synthetic", places, package)
        taken = time.perf_counter() - start
        ids = found.report["geoname_id"].astype(object).where(found.report["geoname_id"].notna())
        told = [None if place is None or place != place else int(place) for place in ids]
        (folder / f"ours {path.stem}.json").write_text(json.dumps(told), "utf-8")
        return {"list": taken}

    return partial(call, short(folder, 20)), partial(call, folder / "names.csv")


def loop(folder, within=False):
    """What one writes first: each name beside each name of each place, whatever its case.

    Within its country alone, if so asked, which leaves fewer to compare.
    """
    from netanalysis.loaders.members.gazetteer import load_places

    table = load_places(PLACES).places
    known = [
        (place, country, [name, *others.split("|")])
        for place, country, name, others in zip(
            table.index, table["country_code"], table["name"], table["alternate_names"], strict=True
        )
    ]

    def call(path):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found = []
        for row in rows:
            wanted = row["city"].casefold()
            hits = [
                int(place)
                for place, country, names in known
                if (not within or country == row["country"])
                and any(name.casefold() == wanted for name in names)
            ]
            found.append(hits)
        (folder / f"loop {within} {path.stem}.json").write_text(json.dumps(found), "utf-8")
        return {"list": 0.0}

    return partial(call, short(folder, 1)), partial(call, short(folder, LOOPED))


def compared(folder):
    """Of the names of which the loop finds one place: how many we find alike, and otherwise."""
    theirs = json.loads((folder / f"loop True {LOOPED}.json").read_text("utf-8"))
    every = json.loads((folder / "ours names.json").read_text("utf-8"))
    found = every[:: len(every) // LOOPED]
    pairs = [(one[0], other) for one, other in zip(theirs, found, strict=True) if len(one) == 1]
    alike = sum(one == other for one, other in pairs)
    left = sum(other is None for _, other in pairs)
    more = sum(
        len(one) != 1 and other is not None for one, other in zip(theirs, found, strict=True)
    )
    return len(pairs), alike, left, more, sum(place is not None for place in every)


def names(folder, rounds):
    """Import of a member list."""
    measure(Contender("inputs", "imports.inputs"), folder)
    found = take_turns(
        [
            Contender(OURS, "imports.ours"),
            Contender(LOOP, "imports.loop", stands_for=NAMES // LOOPED),
            Contender(WITHIN, "imports.loop", stands_for=NAMES // LOOPED, options={"within": True}),
        ],
        folder,
        rounds,
    )
    rows = [
        [
            label,
            spread(seconds(results)),
            "1" if label == OURS else spread(ratios(results, found[OURS])),
            f"{megabytes(results):,.0f}",
        ]
        for label, results in found.items()
    ]
    one, alike, left, more, placed = compared(folder)
    text = [
        f"{NAMES:,} names of places, synthetic: the name, its ASCII letters or another name, some "
        f"as “City of …”, with brackets or a mark, and one in {UNKNOWN} of no place; each with its "
        f"country. The loops compare {LOOPED} of them, spread over the list, with every name of "
        "every place, or of every place in the country, but for its case, and their time is "
        f"multiplied by {NAMES // LOOPED}. netanalysis reads the places, makes its indexes and "
        "tells why a name has no place, all of which is in its time; without reading the places it "
        f"takes {spread(parts(found[OURS])['list'])} seconds. Of {one} names of which the loop "
        f"within the country finds exactly one place netanalysis finds the same for {alike}, "
        f"another one for {one - alike - left}, and leaves {left} open; of the other "
        f"{LOOPED - one} it finds {more}. Of all names it places {placed:,}.",
        "",
        *table(["", "Seconds", "Times the first", "MB above the inputs"], rows),
    ]
    wanted = [at_least("Faster than a loop", 10, ratios(found[WITHIN], found[OURS]))]
    return Section("Import of a member list", text, wanted)
