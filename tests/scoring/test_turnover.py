"""Who left, who joined and who had other ways: by hand, against networkx, and on the real lists."""

import csv
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netanalysis import DataError, load_memberships
from netanalysis.language.text import folded_name
from netanalysis.loaders.members.gazetteer import load_places
from netanalysis.scoring import turnover
from tests.scoring.test_overlap import members, portfolios

ROOT = Path(__file__).parents[2]
BALTIC = "union-of-the-baltic-cities"


def listed(*rows, network="n"):
    """A list of (geoname_id or None, name as written)."""
    table = pd.DataFrame(rows, columns=["geoname_id", "member_as_written"])
    return table.assign(
        geoname_id=table["geoname_id"].astype("Int64"),
        network=network,
        city=table["member_as_written"],
        country_code="SE",
        standing="member",
    )


def told(found):
    """Each member's names, state and how it was matched, in order."""
    columns = found[["written_before", "written_after", "state", "matched"]]
    plain = columns.astype(object).where(columns.notna(), None)
    return sorted(map(tuple, plain.to_numpy()), key=str)


# by hand


def test_who_stayed_left_and_joined():
    found = turnover.changes(listed((1, "A"), (2, "B")), listed((2, "B"), (3, "C")))
    assert told(found) == [
        ("A", None, "left", None),
        ("B", "B", "stayed", "place"),
        (None, "C", "joined", None),
    ]
    assert found["geoname_id"].to_list() == [1, 2, 3]
    assert str(found["geoname_id"].dtype) == "Int64"


def test_another_spelling_of_one_place_is_no_change():
    found = turnover.changes(listed((1, "Pruszcz Gd.")), listed((1, "Pruszcz Gdański")))
    assert told(found) == [("Pruszcz Gd.", "Pruszcz Gdański", "stayed", "place")]


def test_two_places_of_one_name_are_two_cities():
    found = turnover.changes(listed((1, "Frankfurt")), listed((2, "Frankfurt")))
    assert sorted(found["state"]) == ["joined", "left"]


@pytest.mark.parametrize(
    ("before", "after", "states"),
    [
        ((None, "Gotland"), (None, "Region of GOTLAND"), ["stayed"]),
        ((None, "Region Skåne"), (None, "skane region"), ["stayed"]),
        ((None, "Województwo Łódź"), (None, "Lodz, wojewodztwo"), ["stayed"]),
        ((None, "Gotland"), (None, "Rivne region (partner)"), ["joined", "left"]),
        ((None, "Guldborgsund"), (7, "Guldborgsund"), ["stayed"]),
        ((7, "Guldborgsund"), (None, "Guldborgsund"), ["stayed"]),
        ((None, None), (None, None), ["joined", "left"]),
    ],
)
def test_members_without_a_place_are_compared_by_name(before, after, states):
    found = turnover.changes(listed(before), listed(after))
    assert sorted(found["state"]) == states
    if states == ["stayed"]:
        assert found["matched"].to_list() == ["name"]
        assert found["geoname_id"].isna().all() or found["geoname_id"].to_list() == [7]


def test_a_name_that_two_members_answer_to_is_matched_to_neither():
    found = turnover.changes(
        listed((None, "Rivne")), listed((None, "Rivne region"), (None, "Rivne town"))
    )
    assert sorted(found["state"]) == ["joined", "joined", "left"]


def test_a_place_that_a_list_names_twice_counts_once():
    found = turnover.changes(listed((1, "A"), (1, "A town")), listed((1, "A")))
    assert told(found) == [("A", "A", "stayed", "place")]


def test_the_later_standing_is_told_and_the_earlier_of_those_that_left():
    before = listed((1, "A"), (2, "B")).assign(standing="partner")
    found = turnover.changes(before, listed((1, "A")))
    assert found["standing"].to_list() == ["member", "partner"]


def test_other_ways_by_hand():
    table = members({"baltic": [1, 2, 3, 4, None], "metro": [1, 2, 9], "ports": [2, 3]})
    found = turnover.other_ways(table, "baltic")
    assert found.index.to_list() == [1, 2, 3, 4]
    assert found["networks"].to_list() == [1, 2, 1, 0]
    assert found["met"].to_list() == [1, 2, 1, 0]
    assert found["share"].to_list() == [1 / 3, 2 / 3, 1 / 3, 0]
    assert set(found["bound"]) == {"exact"}


def test_lists_that_are_not_complete_are_left_out_and_make_bounds():
    lists = {"baltic": [1, 2, 3], "metro": [1, 2], "ports": [2, 3]}
    found = turnover.other_ways(members(lists, partial=["ports"]), "baltic")
    assert found["met"].to_list() == [1, 1, 0]
    assert set(found["bound"]) == {"at_least"}
    assert (found["met"] <= turnover.other_ways(members(lists), "baltic")["met"]).all()


def test_a_member_alone_has_nobody_to_meet():
    found = turnover.other_ways(members({"a": [1], "b": [1, 2]}), "a")
    assert found["met"].to_list() == [0]
    assert found["share"].isna().all()


# against other ways to count


@settings(max_examples=100, deadline=None)
@given(portfolios())
def test_other_ways_are_those_of_networkx(lists):
    network, *others = lists
    graph = nx.Graph((name, city) for name in others for city in lists[name])
    graph.add_nodes_from(lists[network])
    found = turnover.other_ways(members(lists), network)
    assert found.index.to_list() == sorted(set(lists[network]))
    for city, row in found.iterrows():
        assert row["networks"] == graph.degree(city)
        near = {c for c in lists[network] if c != city and nx.has_path(graph, city, c)}
        near = {c for c in near if nx.shortest_path_length(graph, city, c) == 2}
        assert row["met"] == len(near)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.integers(1, 9), min_size=1), st.sets(st.integers(1, 9), min_size=1))
@pytest.mark.slow
def test_states_are_differences_of_sets(old, new):
    before, after = (listed(*((i, str(i)) for i in ids)) for ids in (old, new))
    found = turnover.changes(before, after)
    by_state = {s: set(found.loc[found["state"] == s, "geoname_id"]) for s in turnover.STATES}
    assert by_state == {"stayed": old & new, "left": old - new, "joined": new - old}
    back = turnover.changes(after, before)
    assert set(back.loc[back["state"] == "left", "geoname_id"]) == by_state["joined"]


def test_the_real_lists_say_what_their_rows_say():
    with (ROOT / "data" / "memberships" / "memberships.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["network"] == BALTIC]
    earlier = [row for row in rows if row["snapshot"] == "2022"]
    later = [row for row in rows if row["snapshot"] == "2025-05-20"]
    places = load_places(ROOT / "data" / "places")
    tables = [
        load_memberships(ROOT / "data" / "memberships", {BALTIC: date}, places)
        for date in ("2022", "2025-05-20")
    ]
    found = turnover.changes(*(table[table["network"] == BALTIC] for table in tables))
    placed = found.dropna(subset="geoname_id")
    old, new = (
        {int(r["geoname_id"]) for r in part if r["geoname_id"]} for part in (earlier, later)
    )
    assert set(placed.loc[placed["state"] == "left", "geoname_id"]) == old - new
    assert set(placed.loc[placed["state"] == "joined", "geoname_id"]) == new - old
    assert set(placed.loc[placed["state"] == "stayed", "geoname_id"]) == old & new
    assert old - new  # else there would be nothing to test
    nowhere = found[found["geoname_id"].isna()]
    assert set(nowhere["written_after"].dropna()) == {
        row["member_as_written"] for row in later if not row["geoname_id"]
    }
    # none of those that left stands in the later list under another of its names
    written = {folded_name(row["member_as_written"]) for row in later}
    for city in old - new:
        row = places.places.loc[city]
        names = [row["name"], row["ascii_name"], *str(row["alternate_names"]).split("|")]
        assert not {folded_name(name) for name in names} & written


# errors


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (listed((1, "A")).drop(columns="standing"), listed((1, "A")), "before lacks columns: stan"),
        (listed((1, "A")), listed((1, "A")).iloc[:0], "after is empty"),
        (listed((1, "A")), listed((1, "A"), network="m"), "one network are needed, not of: m, n"),
        (listed((1, "A")).assign(network=None), listed((1, "A")), "one network are needed"),
        (listed((1, "A")).assign(geoname_id="x"), listed((1, "A")), "not a whole number: x"),
    ],
)
def test_lists_that_cannot_be_compared_are_refused(before, after, message):
    with pytest.raises(DataError, match=message):
        turnover.changes(before, after)


def test_a_network_without_a_list_is_refused():
    with pytest.raises(DataError, match="unknown names in networks: uclg"):
        turnover.other_ways(members(), "uclg")
