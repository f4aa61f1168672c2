"""Overlap and reach: by hand, against networkx, and what must not change."""

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from netanalysis import DataError
from netanalysis.scoring import overlap, reach

HOME = 1
LISTS = {
    "baltic": [HOME, 2, 3, 4, 5],
    "climate": [HOME, 4, 5, 6],
    "metro": [HOME, 5, 7],
    "ports": [2, 4, 7],
    "rivers": [8, 9],
}
OWN = ["baltic", "climate", "metro"]
PLACES = pd.DataFrame(
    [  # Stockholm, Tallinn, Turku, Hamburg, London, Tokyo, New York, Sydney, nowhere
        (1, 59.3293, 18.0686, 1_515_017, "SE", "EU"),
        (2, 59.4370, 24.7535, 394_024, "EE", "EU"),
        (3, 60.4515, 22.2687, 0, "FI", "EU"),
        (4, 53.5507, 9.9930, 1_739_117, "DE", "EU"),
        (5, 51.5085, -0.1257, 8_961_989, "GB", "EU"),
        (6, 35.6895, 139.6917, 8_336_599, "JP", "AS"),
        (7, 40.7143, -74.0060, 8_175_133, "US", "NA"),
        (8, -33.8679, 151.2073, 99_999, "AU", "OC"),
        (9, None, None, None, None, None),
    ],
    columns=["geoname_id", "latitude", "longitude", "population", "country_code", "continent"],
).set_index("geoname_id")


def members(lists=LISTS, partial=()):
    """A table of memberships; None is a member without a place."""
    rows = [(network, city) for network, cities in lists.items() for city in cities]
    table = pd.DataFrame(rows, columns=["network", "geoname_id"])
    named = table["geoname_id"].map(lambda city: None if pd.isna(city) else f"city {int(city)}")
    return table.assign(
        geoname_id=table["geoname_id"].astype("Int64"),
        city=named.astype("str"),
        country_code="SE",
        standing="full",
        joined_year=pd.array([pd.NA] * len(table), dtype="Int64"),
        snapshot="2024-05-01",
        coverage=table["network"].map(lambda name: "partial" if name in partial else "complete"),
        source_id="synthetic",
    )


# by hand


def test_shared_members_by_hand():
    found = overlap.shared_members(members())
    assert found.index.to_list() == found.columns.to_list() == list(LISTS)
    assert found.to_numpy().tolist() == [
        [5, 3, 2, 2, 0],
        [3, 4, 2, 1, 0],
        [2, 2, 3, 1, 0],
        [2, 1, 1, 3, 0],
        [0, 0, 0, 0, 2],
    ]


def test_shares_by_hand():
    found = overlap.overlap_shares(members(partial=["metro"])).set_index(["network", "other"])
    assert len(found) == 10
    assert found.loc[("baltic", "climate")].to_list() == [3, 3 / 4, 3 / 6, "exact"]
    assert found.loc[("baltic", "metro")].to_list() == [2, 2 / 3, 2 / 6, "at_least"]
    assert found.loc[("ports", "rivers")].to_list() == [0, 0, 0, "exact"]


def test_the_share_of_an_empty_list_is_missing():
    found = overlap.overlap_shares(members({"a": [None], "b": [None], "c": [1]}))
    assert found["share_of_smaller"].isna().all()
    assert found["jaccard"].isna().to_list() == [True, False, False]


def test_reach_by_hand():
    found = reach.reach(members(), OWN, home=HOME)
    assert found.index.to_list() == [2, 3, 4, 5, 6, 7]
    assert found["networks"].to_list() == [1, 1, 2, 3, 1, 1]
    assert found.loc[6, ["city", "country_code"]].to_list() == ["city 6", "SE"]
    assert reach.reach(members(), OWN).index.to_list() == [1, 2, 3, 4, 5, 6, 7]


def test_sole_reach_by_hand():
    found = overlap.sole_reach(members(), OWN, home=HOME)
    assert found.index.to_list() == OWN
    assert found["cities"].to_list() == [2, 1, 1]  # 2 and 3; 6; 7
    assert found["bound"].to_list() == ["exact"] * 3
    assert str(found["cities"].dtype) == "Int64"
    assert overlap.sole_reach(members(), ["metro"])["cities"].to_list() == [3]


def test_two_left_together_lose_more_than_the_sum_of_each():
    lost = {
        leaving: set(overlap.reach_lost(members(), OWN, leaving, HOME).index)
        for leaving in [("baltic",), ("climate",), ("baltic", "climate")]
    }
    assert lost["baltic",] == {2, 3}
    assert lost["climate",] == {6}
    assert lost["baltic", "climate"] == {2, 3, 4, 6}  # 4 is in both


def test_home_is_no_contact_of_its_own_and_need_not_be_in_any_list():
    assert HOME in overlap.reach_lost(members(), OWN, OWN).index
    assert HOME not in overlap.reach_lost(members(), OWN, OWN, HOME).index
    assert len(reach.reach(members(), OWN, home=99)) == 7
    assert len(reach.reach(members(), OWN, home=pd.NA)) == 7


def test_members_without_a_place_never_count_but_are_counted():
    table = members(LISTS | {"ports": [2, 4, 7, None, None], "empty": [None]})
    found = overlap.unresolved(table)
    assert found.to_dict() == dict.fromkeys(LISTS, 0) | {"ports": 2, "empty": 1}
    assert overlap.shared_members(table).loc["ports", "ports"] == 3
    assert overlap.sole_reach(table, ["empty", "ports"])["cities"].to_list() == [0, 3]
    assert overlap.reach_lost(table, ["empty"], ["empty"]).empty
    assert reach.reach(table, ["empty"]).empty


def test_a_city_that_a_list_names_twice_counts_once():
    table = members(LISTS | {"ports": [2, 2, 4, 7, 7, 7]})
    pd.testing.assert_frame_equal(overlap.shared_members(table), overlap.shared_members(members()))
    assert reach.reach(table, ["ports"])["networks"].to_list() == [1, 1, 1]


def test_a_network_named_twice_counts_once():
    twice = overlap.sole_reach(members(), OWN + OWN, HOME)
    pd.testing.assert_frame_equal(twice, overlap.sole_reach(members(), OWN, HOME))


def test_leaving_nothing_loses_nothing():
    assert overlap.reach_lost(members(), OWN, []).empty
    assert overlap.loss_bound(members(partial=OWN), OWN, []) == "exact"


# bounds


@pytest.mark.parametrize(
    ("partial", "cities", "bounds"),
    [
        (["metro"], [2, 1, None], ["at_most", "at_most", "unknown"]),
        (OWN, [None] * 3, ["unknown"] * 3),
        (["ports"], [2, 1, 1], ["exact"] * 3),  # not the city's own, so it does not matter
    ],
)
def test_a_list_that_is_not_complete_makes_bounds(partial, cities, bounds):
    found = overlap.sole_reach(members(partial=partial), OWN, HOME)
    assert [None if pd.isna(number) else number for number in found["cities"]] == cities
    assert found["bound"].to_list() == bounds


def test_a_subselection_is_not_complete_nor_a_list_of_which_one_row_is_not():
    table = members()
    table.loc[table["network"] == "metro", "coverage"] = "subselection"
    table.loc[0, "coverage"] = "partial"
    assert overlap.sole_reach(table, OWN)["bound"].to_list() == ["unknown", "at_most", "unknown"]


@pytest.mark.parametrize(
    ("partial", "bound"),
    [
        ([], "exact"),
        (["ports"], "exact"),
        (["climate"], "at_most"),
        (["metro"], "at_least"),
        (["metro", "climate"], "unknown"),
    ],
)
def test_a_loss_is_bounded_by_what_stays_and_what_goes(partial, bound):
    assert overlap.loss_bound(members(partial=partial), OWN, ["metro"]) == bound


@settings(max_examples=150, deadline=None)
@given(st.data())
@pytest.mark.slow
def test_bounds_hold_of_every_way_to_complete_the_lists(data):
    true = data.draw(portfolios())
    networks = list(true)
    hidden = {
        network: data.draw(st.sets(st.sampled_from(cities))) for network, cities in true.items()
    }
    seen = {
        network: [*(city for city in cities if city not in hidden[network]), None]
        for network, cities in true.items()
    }
    partial = [network for network in networks if hidden[network]]
    listed, whole = members(seen, partial), members(true)
    told, exact = (overlap.sole_reach(table, networks) for table in (listed, whole))
    for network in networks:
        if told.loc[network, "bound"] == "unknown":
            assert network in partial
        elif told.loc[network, "bound"] == "at_most":
            assert told.loc[network, "cities"] >= exact.loc[network, "cities"]
        else:
            assert told.loc[network, "cities"] == exact.loc[network, "cities"]
    leaving = networks[: data.draw(st.integers(0, len(networks)))]
    some, all_of_it = (
        set(overlap.reach_lost(table, networks, leaving).index) for table in (listed, whole)
    )
    bound = overlap.loss_bound(listed, networks, leaving)
    assert bound not in ("exact", "at_most") or some >= all_of_it
    assert bound not in ("exact", "at_least") or some <= all_of_it
    assert (overlap.shared_members(listed) <= overlap.shared_members(whole)).all(axis=None)
    met, truly_met = (set(reach.reach(t, networks).index) for t in (listed, whole))
    assert met <= truly_met


# where the cities lie


def test_reach_by_country_and_continent():
    reached = reach.reach(members(), [*OWN, "rivers"], HOME)
    reached.loc[9, "country_code"] = None
    found = reach.reach_by(reached, PLACES, "continent")
    assert found["cities"].to_dict() == {"EU": 4, "AS": 1, "NA": 1, "OC": 1, "unknown": 1}
    assert found["share"].to_list() == [0.5, 0.125, 0.125, 0.125, 0.125]
    countries = reach.reach_by(reached, PLACES, "country")["cities"]
    assert countries.to_dict() == dict.fromkeys(
        ["AU", "DE", "EE", "FI", "GB", "JP", "US", "unknown"], 1
    )
    reached.loc[9, "country_code"] = "SE"  # the member list knows what the gazetteer does not
    assert reach.reach_by(reached, PLACES, "country")["cities"].to_dict()["SE"] == 1


def span(low, high):
    return pd.Interval(low, high, closed="left")


def test_reach_by_population():
    reached = reach.reach(members(), [*OWN, "rivers"])
    found = reach.reach_by(reached, PLACES, "population")
    assert found["cities"].to_dict() == {
        span(0, 50_000): 0,
        span(50_000, 100_000): 1,
        span(100_000, 250_000): 0,
        span(250_000, 500_000): 1,
        span(500_000, 1_000_000): 0,
        span(1_000_000, 5_000_000): 2,
        span(5_000_000, math.inf): 3,
        "unknown": 2,  # none told, and 0
    }


def test_a_class_includes_the_number_it_begins_with():
    reached = pd.DataFrame({"country_code": "SE"}, index=[1, 2])
    places = pd.DataFrame({"population": [50_000, 49_999]}, index=[1, 2])
    assert reach.reach_by(reached, places, "population")["cities"].to_list()[:2] == [1, 1]


def test_reach_by_distance():
    reached = reach.reach(members(), [*OWN, "rivers"], HOME)
    found = reach.reach_by(reached, PLACES.reset_index(), "distance", home=HOME)
    assert found["cities"].to_dict() == {
        span(0, 500): 2,  # Tallinn, Turku
        span(500, 1_500): 2,  # Hamburg, London
        span(1_500, 5_000): 0,
        span(5_000, 10_000): 2,  # Tokyo, New York
        span(10_000, math.inf): 1,
        "unknown": 1,
    }


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 0), 0),
        ((90, 0), (-90, 0), math.pi * 6371.0088),
        ((0, -179.5), (0, 179.5), math.radians(1) * 6371.0088),
        ((10, 20), (-10, -160), math.pi * 6371.0088),
        ((59.3293, 18.0686), (59.4370, 24.7535), 378),
        ((36.12, -86.67), (33.94, -118.40), 2886.4),  # Nashville to Los Angeles, the usual example
    ],
)
def test_great_circles(one, other, km):
    latitude, longitude = np.array([[other[0]], [other[1]]], dtype=float)
    assert reach.great_circle_km(latitude, longitude, one) == pytest.approx(km, rel=2e-3)


def test_a_pole_and_the_date_line_are_places_on_earth():
    places = pd.DataFrame({"latitude": [90.0, -90.0], "longitude": [180.0, -180.0]}, index=[1, 2])
    reached = pd.DataFrame({"country_code": "SE"}, index=[2])
    assert reach.reach_by(reached, places, "distance", home=1)["cities"].sum() == 1


def test_no_reach_has_no_shares():
    reached = reach.reach(members({"a": [None]}), ["a"])
    for by in ("country", "continent", "population", "distance"):
        found = reach.reach_by(reached, PLACES, by, HOME)
        assert found["cities"].sum() == 0
        assert found["share"].isna().all()


def test_leaving_shifts_the_balance():
    found = reach.balance_shift(members(), OWN, ["climate", "metro"], PLACES, HOME)
    assert found.index.to_list() == ["EU", "AS", "NA", "unknown"]
    assert found["cities_before"].to_list() == [4, 1, 1, 0]
    assert found["cities_after"].to_list() == [4, 0, 0, 0]
    assert found["before"].to_list() == [4 / 6, 1 / 6, 1 / 6, 0]
    assert found["after"].to_list() == [1, 0, 0, 0]
    assert found["shift"].to_list() == pytest.approx([2 / 6, -1 / 6, -1 / 6, 0])
    nothing_left = reach.balance_shift(members(), OWN, OWN, PLACES, HOME)
    assert nothing_left["after"].isna().all()


# what would make up for it, and who is alike


def test_substitutes_by_hand():
    found = reach.substitutes(members(), OWN, OWN, home=HOME)
    assert found.to_dict("index") == {
        "ports": {"wins_back": 3, "cumulated": 3, "share": 3 / 6}
    }  # of 2 to 7 ports holds 2, 4 and 7; rivers none
    again = reach.substitutes(members(), OWN, OWN, ["metro", "climate", "rivers"], home=HOME)
    assert again.index.to_list() == ["climate", "metro"]
    assert again["cumulated"].to_list() == [3, 4]
    one = reach.substitutes(members(), OWN, OWN, ["metro", "climate"], most=1, home=HOME)
    assert one.index.to_list() == ["climate"]


def test_five_substitutes_are_enough_where_nobody_asks_for_more():
    table = members({"own": range(1, 8)} | {f"n{city}": [city] for city in range(1, 8)})
    assert len(reach.substitutes(table, ["own"], ["own"])) == 5


def test_what_remains_wins_nothing_back():
    assert reach.substitutes(members(), OWN, ["baltic"], ["climate", "metro"]).empty
    assert reach.substitutes(members(), OWN, []).empty
    assert reach.substitutes(members(), OWN, OWN, []).empty


def test_of_equal_substitutes_the_first_in_the_alphabet_is_taken():
    table = members({"own": [1, 2], "alder": [1, 2], "birch": [1, 2]})
    found = reach.substitutes(table, ["own"], ["own"], ["birch", "alder"])
    assert found.index.to_list() == ["alder"]


def test_peers_by_hand():
    # 1 is in baltic, climate, metro; 5 in the same; 4 in baltic, climate, ports; 6 in climate
    found = reach.peers(members(), HOME)
    assert found.index.to_list() == [5, 4, 3, 6, 2, 7]
    assert found["jaccard"].to_list() == [1, 2 / 4, 1 / 3, 1 / 3, 1 / 4, 1 / 4]
    assert found.loc[4, "in_common"] == ("baltic", "climate")
    assert found.loc[4, "only_theirs"] == ("ports",)
    assert reach.peers(members(), HOME, most=2).index.to_list() == [5, 4]


def test_ten_peers_are_told_unless_another_number_is_asked_for():
    table = members({"a": range(1, 20)})
    assert reach.peers(table, 1).index.to_list() == [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]


def test_of_equal_peers_the_one_with_more_in_common_comes_first():
    # 1 is in a to d; 2 in a and b, 2 of 4; 3 in a, b, c, e and f, 3 of 6
    table = members({"a": [1, 2, 3], "b": [1, 2, 3], "c": [1, 3], "d": [1], "e": [3], "f": [3]})
    found = reach.peers(table, 1)
    assert found["jaccard"].to_dict() == {3: 0.5, 2: 0.5}
    assert found.index.to_list() == [3, 2]
    assert reach.peers(table, 1, most=1).index.to_list() == [3]


def test_peers_are_told_by_complete_lists_alone():
    found = reach.peers(members(partial=["climate", "ports"]), HOME)
    assert found["jaccard"].to_dict() == {5: 1, 2: 1 / 2, 3: 1 / 2, 4: 1 / 2, 7: 1 / 2}
    assert found["only_theirs"].to_list() == [()] * 5


# networkx and brute force


@st.composite
def portfolios(draw):
    """Lists of up to 6 networks over up to 12 cities; 0 stands for a city too."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True))
    return {name: draw(st.lists(st.integers(0, 11), min_size=1, unique=True)) for name in names}


def graph(lists):
    found = nx.Graph()
    found.add_nodes_from(lists, bipartite=0)
    found.add_edges_from((network, city) for network, cities in lists.items() for city in cities)
    return found


def neighbours(found, networks):
    return set().union(*(found[network] for network in networks))


@settings(max_examples=150, deadline=None)
@given(portfolios(), st.data())
@pytest.mark.slow
def test_overlap_and_reach_are_those_of_networkx(lists, data):
    table, bipartite_graph = members(lists), graph(lists)
    shared = overlap.shared_members(table)
    projected = bipartite.weighted_projected_graph(bipartite_graph, lists)
    for one, other in itertools.combinations(lists, 2):
        weight = projected.get_edge_data(one, other, {"weight": 0})["weight"]
        assert shared.loc[one, other] == shared.loc[other, one] == weight
    assert dict(bipartite_graph.degree(lists)) == dict(zip(shared, np.diag(shared), strict=True))
    shares = overlap.overlap_shares(table).set_index(["network", "other"])
    for column, jaccard in (("jaccard", True), ("share_of_smaller", False)):
        weighed = bipartite.overlap_weighted_projected_graph(bipartite_graph, lists, jaccard)
        for (one, other), row in shares.iterrows():
            weight = weighed.get_edge_data(one, other, {"weight": 0})["weight"]
            assert row[column] == pytest.approx(weight)
    own = data.draw(st.lists(st.sampled_from(sorted(lists)), min_size=1, unique=True))
    leaving = data.draw(st.lists(st.sampled_from(own), unique=True))
    home = data.draw(st.integers(0, 11))
    inside = bipartite_graph.subgraph([*own, *range(12)])
    met = reach.reach(table, own, home)["networks"].to_dict()
    assert met == {c: inside.degree(c) for c in neighbours(inside, own) - {home}}
    for network, row in overlap.sole_reach(table, own, home).iterrows():
        assert row["cities"] == sum(inside.degree(c) == 1 for c in set(inside[network]) - {home})
    lost = neighbours(inside, leaving) - neighbours(inside, set(own) - set(leaving)) - {home}
    assert overlap.reach_lost(table, own, leaving, home).index.to_list() == sorted(lost)


@settings(max_examples=100, deadline=None)
@given(portfolios(), st.data())
@pytest.mark.slow
def test_peers_are_those_of_networkx(lists, data):
    city = data.draw(st.sampled_from(sorted(set().union(*lists.values()))))
    found = reach.peers(members(lists), city, most=12)
    bipartite_graph = graph(lists)
    cities = set(bipartite_graph) - set(lists)
    weighed = bipartite.overlap_weighted_projected_graph(bipartite_graph, cities)[city]
    assert found["jaccard"].to_dict() == pytest.approx({c: w["weight"] for c, w in weighed.items()})
    assert found["jaccard"].is_monotonic_decreasing
    for other, row in found.iterrows():
        mine, theirs = set(bipartite_graph[city]), set(bipartite_graph[other])
        assert set(row["in_common"]) == mine & theirs
        assert set(row["only_theirs"]) == theirs - mine
    fewer = reach.peers(members(lists), city, most=2)
    pd.testing.assert_frame_equal(fewer, found.head(2))


@settings(max_examples=150, deadline=None)
@given(portfolios(), portfolios(), st.integers(1, 4))
@pytest.mark.slow
def test_greedy_substitutes_keep_their_bound(own, others, most):
    lists = own | {name.upper(): cities for name, cities in others.items()}
    found = reach.substitutes(members(lists), list(own), list(own), most=most)
    lost = set().union(*own.values())
    candidates = [set(cities) & lost for cities in others.values()]
    best = max(
        len(set().union(*chosen))
        for chosen in itertools.combinations(candidates, min(most, len(candidates)))
    )
    won = found["cumulated"].max() if len(found) else 0
    assert best >= won >= (1 - (1 - 1 / most) ** most) * best
    covered = set()
    for network, row in found.iterrows():
        gains = [len(cities - covered) for cities in candidates]
        assert row["wins_back"] == max(gains) > 0
        covered |= set(others[network.lower()]) & lost
        assert row["cumulated"] == len(covered)
        assert row["share"] == pytest.approx(len(covered) / len(lost))


# what must not change


@settings(max_examples=60, deadline=None)
@given(portfolios(), st.randoms(use_true_random=False))
@pytest.mark.slow
def test_the_order_of_rows_does_not_matter(lists, random):
    table, own = members(lists), sorted(lists)
    table.loc[0, ["city", "country_code"]] = ["another name", None]
    order = list(range(len(table)))
    random.shuffle(order)
    for call in (
        overlap.shared_members,
        overlap.overlap_shares,
        lambda t: overlap.sole_reach(t, own),
        lambda t: overlap.reach_lost(t, own, own[:1]),
        lambda t: reach.reach(t, own),
        lambda t: reach.substitutes(t, own, own, own),
        lambda t: reach.peers(t, lists[own[0]][0]),
    ):
        pd.testing.assert_frame_equal(call(table), call(table.iloc[order]))


@settings(max_examples=60, deadline=None)
@given(portfolios(), st.permutations("uvwxyz"))
@pytest.mark.slow
def test_renaming_networks_changes_nothing_but_their_names(lists, letters):
    names = dict(zip("abcdef", letters, strict=True))
    table, own = members(lists), list(lists)
    renamed, new = table.replace({"network": names}), [names[name] for name in own]
    shared = overlap.shared_members(renamed).loc[new, new]
    assert (shared.to_numpy() == overlap.shared_members(table).loc[own, own].to_numpy()).all()
    sole = overlap.sole_reach(renamed, new)
    assert sole["cities"].to_list() == overlap.sole_reach(table, own)["cities"].to_list()
    for count in range(len(own) + 1):
        pd.testing.assert_frame_equal(
            overlap.reach_lost(renamed, new, new[:count]),
            overlap.reach_lost(table, own, own[:count]),
        )


@settings(max_examples=60, deadline=None)
@given(portfolios())
@pytest.mark.slow
def test_removing_a_network_never_adds_reach_and_what_is_left_is_the_rest(lists):
    table, own = members(lists), list(lists)
    whole = reach.reach(table, own)
    for count in range(1, len(own)):
        less = reach.reach(table, own[:count])
        assert set(less.index) <= set(whole.index)
        assert (less["networks"] <= whole["networks"].reindex(less.index)).all()
        lost = overlap.reach_lost(table, own, own[count:])
        assert set(lost.index) == set(whole.index) - set(less.index)
        more = overlap.reach_lost(table, own, own[count - 1 :])
        assert set(lost.index) <= set(more.index)
        pd.testing.assert_frame_equal(lost, whole.loc[lost.index, ["city", "country_code"]])


def test_arguments_are_left_as_they_are():
    table, places = members(), PLACES.copy()
    before = table.copy()
    overlap.sole_reach(table, OWN)
    reach.balance_shift(table, OWN, OWN[:1], places, HOME)
    reach.peers(table, HOME)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(places, PLACES)


def test_other_types_of_column_give_the_same():
    exact = overlap.sole_reach(members(), OWN, HOME)
    for types in ({"geoname_id": float}, {"geoname_id": object}, {"network": "category"},
                  {"snapshot": "string", "coverage": "string"}, {"geoname_id": "str"}):  # fmt: skip
        pd.testing.assert_frame_equal(
            overlap.sole_reach(members().astype(types), OWN, HOME), exact, check_index_type=False
        )


def test_a_place_that_lists_name_differently_has_one_name():
    table = members({"a": [1], "b": [1], "c": [1, 2]})
    table["city"] = [None, "Göteborg", "Gothenburg", None]
    found = reach.reach(table, ["a", "b", "c"])["city"]
    assert found[1] == "Gothenburg"  # the first in alphabetical order
    assert pd.isna(found[2])


@pytest.mark.parametrize("kind", ["str", "string", "object"])
def test_a_snapshot_that_is_not_told_is_one_snapshot(kind):
    table = members().astype({"snapshot": kind})
    table.loc[table["network"] == "metro", "snapshot"] = pd.NA
    table = table.sort_values("geoname_id")  # so that its rows do not stand together
    assert overlap.sole_reach(table, OWN, HOME)["cities"].to_list() == [2, 1, 1]


# errors


def spoilt(row, **cells):
    table = members().astype(dict.fromkeys(["network", "geoname_id", "snapshot"], object))
    for column, value in cells.items():
        table.loc[row, column] = value
    return table


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (members().drop(columns=["coverage", "city"]), "memberships lacks columns: city, coverage"),
        (members().iloc[:0], "memberships is empty"),
        (spoilt([0, 1, 5], network=None), "rows of memberships that name no network: 3"),
        (spoilt(0, geoname_id="Uppsala"), "geoname_id is not a whole number: Uppsala"),
        (spoilt(0, geoname_id=2.5), "geoname_id is not a whole number: 2.5"),
        (spoilt(0, geoname_id=math.inf), "geoname_id is not a whole number: inf"),
        (spoilt(1, snapshot="2011"), "one network: baltic: 2011, 2024-05-01"),
        (spoilt(1, snapshot=None), "one network: baltic: 2024-05-01, –"),
        (
            spoilt(5, coverage="full"),
            "coverage is not known for climate: full.*\n.*\n.*subselection",
        ),
        (spoilt([0, 1, 2, 3, 4], coverage=None), "coverage is not known for baltic: –"),
    ],
)
@pytest.mark.parametrize(
    "call",
    [
        overlap.shared_members,
        overlap.overlap_shares,
        overlap.unresolved,
        lambda table: overlap.sole_reach(table, OWN),
        lambda table: overlap.reach_lost(table, OWN, OWN),
        lambda table: overlap.loss_bound(table, OWN, OWN),
        lambda table: reach.reach(table, OWN),
        lambda table: reach.balance_shift(table, OWN, OWN, PLACES, HOME),
        lambda table: reach.substitutes(table, OWN, OWN),
        lambda table: reach.peers(table, HOME),
    ],
)
def test_lists_that_cannot_be_counted_are_refused(call, table, message):
    with pytest.raises(DataError, match=message):
        call(table)


REACHED = pd.DataFrame({"country_code": ["EE", "FI"]}, index=[2, 3])


def placed(**cells):
    return PLACES.astype(object).assign(**{name: [value] * 9 for name, value in cells.items()})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: overlap.sole_reach(t, ["uclg", "metro"]), "in networks: uclg.\n.*\n.*baltic, c"),
        (lambda t: overlap.sole_reach(t, []), "networks is empty"),
        (lambda t: reach.reach(t, []), "networks is empty"),
        (lambda t: reach.reach(t, "metro"), "unknown names in networks: m, e, t, r, o"),
        (lambda t: overlap.reach_lost(t, OWN, ["uclg"]), "unknown names in leaving: uclg"),
        (lambda t: overlap.reach_lost(t, OWN, ["ports"]), "not in: ports.\n.*\n.*metro; or add"),
        (lambda t: overlap.loss_bound(t, OWN, ["ports"]), "to leave that the city is not in"),
        (lambda t: reach.balance_shift(t, OWN, ["rivers"], PLACES, HOME), "not in: rivers"),
        (lambda t: reach.substitutes(t, OWN, ["rivers"]), "not in: rivers"),
        (lambda t: reach.substitutes(t, OWN, OWN, ["c40"]), "in candidates: c40"),
        (lambda t: reach.substitutes(t, OWN, OWN, most=0), "1 or more, not 0"),
        (lambda t: reach.peers(t, HOME, most=0), "1 or more, not 0"),
        (lambda t: reach.peers(t, 99), "no complete member list names the city 99"),
        (lambda t: reach.peers(t, pd.NA), "no complete member list names"),
        (
            lambda t: reach.peers(t.assign(coverage="partial"), HOME),
            "no complete member list names the city 1",
        ),
        (lambda t: reach.reach_by(REACHED, PLACES, "size"), 'by "size".\n.*\n.*population, d'),
        (
            lambda t: reach.reach_by(REACHED, PLACES.drop(columns="longitude"), "distance", 1),
            "places lacks columns: longitude",
        ),
        (
            lambda t: reach.reach_by(REACHED, pd.concat([PLACES, PLACES[:2]]), "continent"),
            "one geoname_id twice: 1, 2",
        ),
        (
            lambda t: reach.reach_by(REACHED, placed(latitude=90.5), "distance", 1),
            "outside the world: geoname_id 1, 2, 3",
        ),
        (
            lambda t: reach.reach_by(
                REACHED.reindex(range(2, 9)), placed(latitude=91), "distance", 1
            ),
            r"geoname_id 1, 2, 3, 4, 5\.",
        ),
        (
            lambda t: reach.reach_by(REACHED, placed(longitude=-181), "distance", 1),
            "outside the world: geoname_id 1, 2, 3",
        ),
        (
            lambda t: reach.reach_by(REACHED, placed(latitude="north"), "distance", 1),
            "cells in latitude, longitude that are not numbers",
        ),
        (
            lambda t: reach.reach_by(REACHED, placed(population=math.inf), "population"),
            "cells in population that are not numbers",
        ),
        (lambda t: reach.reach_by(REACHED, PLACES, "distance"), r"home city \(none\)"),
        (lambda t: reach.reach_by(REACHED, PLACES, "distance", 9), r"home city \(9\)"),
        (lambda t: reach.reach_by(REACHED, PLACES, "distance", 77), r"home city \(77\)"),
    ],
)
def test_what_cannot_be_answered_is_refused(call, message):
    with pytest.raises(DataError, match=message):
        call(members())
