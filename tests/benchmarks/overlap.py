"""Overlap and reach: the same measures through netanalysis, networkx and plain Python sets."""

import statistics
import tracemalloc
from functools import partial

import numpy as np

from tests.benchmarks.measuring import (
    Contender,
    Section,
    at_least,
    furthest_apart,
    measure,
    megabytes,
    parts,
    ratios,
    seconds,
    spread,
    table,
    take_turns,
    written,
)

NETWORKS, CITIES, MEMBERSHIPS = 84, 10_343, 41_317
GROWING = [(84, 10_343), (250, 50_000), (500, 100_000), (1_000, 200_000)]
PER_CITY = MEMBERSHIPS / CITIES
OURS = "netanalysis"
SHUFFLED = "netanalysis, rows shuffled"
NETWORKX = "networkx"
READY = "networkx, its graph at hand"
SETS = "plain Python sets"


def inputs(folder, networks=NETWORKS, cities=CITIES, memberships=MEMBERSHIPS):
    """Synthetic member lists: few networks and few cities have most of the memberships."""

    def write():
        rng = np.random.default_rng(11)
        size = rng.pareto(1.2, networks) + 0.1
        zeal = rng.pareto(1.2, cities) + 0.5
        size *= memberships / size.sum()
        drawn = [np.arange(cities) * networks + rng.integers(networks, size=cities)]  # one each
        while len(found := np.unique(np.concatenate(drawn))) < memberships:
            network = rng.choice(networks, memberships, p=size / size.sum())
            city = rng.choice(cities, memberships, p=zeal / zeal.sum())
            drawn.append((city * networks + network)[: memberships - len(found)])
        shuffled = rng.permutation(found)
        np.save(folder / f"shuffled {networks} {cities}.npy", shuffled)
        grouped = shuffled[np.argsort(shuffled % networks, kind="stable")]
        np.save(folder / f"grouped {networks} {cities}.npy", grouped)

    return dict, write


def lists(folder, networks, cities, rows="grouped"):
    """The table of memberships, the networks of one city, and those of them that it leaves.

    Grouped, one list stands after the other, as they are read; shuffled, nothing does.
    """
    import pandas as pd

    city, network = np.divmod(np.load(folder / f"{rows} {networks} {cities}.npy"), networks)
    names = np.array([f"synthetic-{number:04}" for number in range(networks)], dtype=object)
    places = np.array([f"Synthetic {number}" for number in range(cities)], dtype=object)
    given = {
        "network": names[network],
        "geoname_id": pd.array(city + 1, dtype="Int64"),
        "city": places[city],
        "country_code": "XX",
        "snapshot": "2024-01-01",
        "coverage": "complete",
        "source_id": "synthetic",
    }
    return pd.DataFrame(given), list(names[::2]), list(names[::10])


def calls(call, folder, networks=NETWORKS, cities=CITIES, rows="grouped"):
    """A small call and the whole one."""
    given, own, leaving = lists(folder, networks, cities, rows)
    few = given["network"].isin([*own[:2], *leaving[:1]])
    return partial(call, given[few], own[:2], leaving[:1]), partial(call, given, own, leaving)


def told(shared, sole, lost):
    """What each contender found, in one array to compare."""
    return np.concatenate([np.ravel(shared), sole, np.sort(np.asarray(lost))]).astype(np.int64)


def ours(folder, **options):
    """The three measures of netanalysis, each from the table anew."""
    from netanalysis.scoring import overlap

    def call(given, own, leaving):
        shared = overlap.shared_members(given)
        sole = overlap.sole_reach(given, own)
        lost = overlap.reach_lost(given, own, leaving)
        return told(shared, sole["cities"], lost.index)

    return calls(call, folder, **options)


def traced(folder, **options):
    """Highest memory that the three measures have allocated at once, in MB."""
    warm_up, whole = ours(folder, **options)

    def call():
        tracemalloc.start()
        whole()
        return {"MB": tracemalloc.get_traced_memory()[1] / 1e6}

    return warm_up, call


def graph_of(given):
    """The bipartite graph of networks and cities."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(given["network"].unique(), bipartite=0)
    graph.add_edges_from(zip(given["network"], given["geoname_id"].tolist(), strict=True))
    return graph


def measured_by_networkx(graph, own, leaving):
    """What one writes with networkx: projection, degrees and neighbours."""
    from networkx.algorithms import bipartite

    names = sorted(node for node, side in graph.nodes(data="bipartite") if side == 0)
    projected = bipartite.weighted_projected_graph(graph, names)
    place = {name: number for number, name in enumerate(names)}
    shared = np.diag([graph.degree(name) for name in names])
    for one, other, weight in projected.edges(data="weight"):
        shared[place[one], place[other]] = shared[place[other], place[one]] = weight
    portfolio = graph.edge_subgraph(graph.edges(own))
    degrees = dict(portfolio.degree())
    sole = [sum(degrees[city] == 1 for city in graph[name]) for name in own]
    staying = set(own) - set(leaving)
    lost = {city for name in leaving for city in graph[name]}
    lost -= {city for name in staying for city in graph[name]}
    return told(shared, sole, list(lost))


def networkx(folder):
    """Networkx from the table, with one graph for the three measures."""

    def call(given, own, leaving):
        return measured_by_networkx(graph_of(given), own, leaving)

    return calls(call, folder)


def networkx_ready(folder):
    """Networkx without the making of its graph."""
    given, own, leaving = lists(folder, NETWORKS, CITIES)
    small = graph_of(given[:100])
    few = sorted(given["network"][:100].unique())
    graph = graph_of(given)
    return (
        partial(measured_by_networkx, small, few, few[:1]),
        partial(measured_by_networkx, graph, own, leaving),
    )


def sets(folder):
    """What one writes with Python's own sets: no checks, no names, no bounds."""

    def call(given, own, leaving):
        members = {}
        for name, city in zip(given["network"], given["geoname_id"].tolist(), strict=True):
            members.setdefault(name, set()).add(city)
        names = sorted(members)
        shared = [[len(members[one] & members[other]) for other in names] for one in names]
        times = {}
        for name in own:
            for city in members[name]:
                times[city] = times.get(city, 0) + 1
        sole = [sum(times[city] == 1 for city in members[name]) for name in own]
        lost = set().union(*(members[name] for name in leaving))
        lost -= set().union(*(members[name] for name in own if name not in leaving))
        return told(shared, sole, list(lost))

    return calls(call, folder)


def reaches(folder, rounds):
    """Shared members, sole reach and reach lost."""
    measure(Contender("inputs", "overlap.inputs"), folder)
    found = take_turns(
        [
            Contender(OURS, "overlap.ours"),
            Contender(SHUFFLED, "overlap.ours", options={"rows": "shuffled"}),
            Contender(SETS, "overlap.sets"),
            Contender(NETWORKX, "overlap.networkx", theirs=True),
            Contender(READY, "overlap.networkx_ready", theirs=True),
        ],
        folder,
        rounds,
    )
    apart = furthest_apart(folder, OURS, SHUFFLED, SETS, NETWORKX, READY)
    rows = [
        [
            label,
            spread(seconds(results)),
            "1" if label == OURS else spread(ratios(results, found[OURS])),
            f"{megabytes(results):,.0f}",
        ]
        for label, results in found.items()
    ]
    text = [
        f"{NETWORKS} networks × {CITIES:,} cities × {MEMBERSHIPS:,} memberships, synthetic and "
        "heavy-tailed, one list after the other unless shuffled; a city in every second network "
        "leaves a fifth of them. The counts and the ids of the cities lost differ by "
        f"{apart:g}. netanalysis reads and checks the table anew for each of "
        "the three measures and gives the cities lost their names; networkx and the sets make "
        "their graph once for all three, check nothing and name nothing.",
        "",
        *table(["", "Seconds", "Times the first", "MB above the inputs"], rows),
    ]
    wanted = [at_least("Faster than networkx", 20, ratios(found[NETWORKX], found[OURS]))]
    return Section("Overlap and reach", text, wanted)


def growth(folder, rounds):
    """Overlap and reach, growth with the lists."""
    contenders = []
    for networks, cities in GROWING:
        size = {"networks": networks, "cities": cities}
        many = {"memberships": round(cities * PER_CITY)}
        measure(Contender("inputs", "overlap.inputs", options=size | many), folder)
        contenders += [
            Contender(f"{function} {networks} × {cities}", f"overlap.{function}", options=size)
            for function in ("ours", "traced")
        ]
    found = take_turns(contenders, folder, rounds)
    rows = []
    for networks, cities in GROWING:
        taken = seconds(found[f"ours {networks} × {cities}"])
        memory = parts(found[f"traced {networks} × {cities}"])["MB"]
        memberships = round(cities * PER_CITY)
        rows.append(
            [
                f"{networks:,} networks × {cities:,} cities",
                f"{memberships:,}",
                spread(taken),
                written(statistics.median(taken) / memberships * 1e6),
                written(max(memory)),
            ]
        )
    headings = ["", "Memberships", "Seconds", "Microseconds each", "Peak MB"]
    text = [
        "Synthetic lists with as many memberships per city. The peak is of what is allocated "
        "beyond the table, results included, as Python and its libraries report it in runs of "
        "their own.",
        "",
        *table(headings, rows),
    ]
    return Section("Overlap and reach, growth with the lists", text, [])
