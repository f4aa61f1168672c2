"""The words and tables of a portrait: of a city in one, in several, in partial lists."""

from itertools import combinations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis import load_memberships
from netanalysis.language.words import Words
from netanalysis.loaders.members.gazetteer import load_places
from netanalysis.pages import key_figures
from netanalysis.pages.html import Figure
from netanalysis.pages.portrait import maps, member_lists, reach, spread, summary
from tests.conftest import ROOT

SHOWN = [
    summary.heading,
    summary.in_short,
    member_lists.lists,
    maps.contacts,
    spread.spread,
    reach.overlaps,
    reach.leaving,
    reach.balance,
    reach.joining,
    reach.peers,
    member_lists.limits,
    member_lists.sources,
]
STOCKHOLM, BERLIN, TALLINN, QUITO, TEHRAN = 2673730, 2950159, 588409, 3652462, 112931


@pytest.fixture(scope="module")
def places():
    return load_places(ROOT / "data" / "places")


@pytest.fixture(scope="module")
def members(places):
    return load_memberships(ROOT / "data" / "memberships", places=places)


@pytest.fixture
def of(members, places):
    return lambda home, language="en": summary.portrait(home, members, places, language)


def text(shown):
    if isinstance(shown, Figure):
        return f"{shown.alt} {shown.caption}"
    return BeautifulSoup(shown, "html.parser").get_text(" ", strip=True)


def rows(shown, caption):
    """The cells of the table with this in its caption."""
    for table in BeautifulSoup(shown, "html.parser")("table"):
        if caption in table.caption.text:
            return [[cell.text for cell in row(["th", "td"])] for row in table("tr")][1:]
    raise AssertionError(f"no table on {caption}")


def cities_of(city, network):
    rows = city.members[city.members["network"] == network]
    return set(rows["geoname_id"].dropna()) - {city.home}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("home", [STOCKHOLM, BERLIN, TALLINN, QUITO, TEHRAN])
@pytest.mark.slow
def test_every_piece_says_something_of_every_city(of, home, language):
    for show in SHOWN:
        said = text(show(of(home, language)))
        assert len(said) > 15
        assert "nan" not in said.split()
        for silly in ("gives nothing", "ger ingen uppgift", "at least 0", "minst 0 "):
            assert silly not in said


def test_a_map_shows_no_more_than_the_world():
    edge = pd.Series([179.0, -179.0]), pd.Series([85.0, -75.0])
    assert maps._box(*edge) == (-180.0, 180.0, -60.0, 80.0)


def test_a_map_is_no_narrower_than_it_is_high():
    west, east, south, north = maps._box(pd.Series([10.0, 11.0]), pd.Series([45.0, 60.0]))
    assert north - south == 15 + 2 * maps.MARGIN
    assert east - west == pytest.approx(1.2 * (north - south))
    assert (west + east) / 2 == 10.5


def test_what_is_won_back_names_two_networks_at_most(of):
    city = of(STOCKHOLM)
    cells = [row[-1] for row in rows(reach.leaving(city), "each network would cost")]
    assert max(cell.count(";") for cell in cells) == 1


def test_two_left_together_cost_more_by_the_cities_in_both_and_no_other(members, places):
    placed = members.dropna(subset="geoname_id")
    city = summary.portrait(TALLINN, placed, places, "en")
    lists = {network: cities_of(city, network) for network in city.own}
    beyond = {}
    for one, other in combinations(lists, 2):
        rest = set().union(*(lists[name] for name in lists if name not in (one, other)))
        names = Words("en").listing([city.names[one], city.names[other]])
        beyond[names] = (
            len(lists[one] & lists[other] - rest),
            len((lists[one] | lists[other]) - rest),
        )
    told = rows(reach.leaving(city), "two networks together")
    assert {name: (int(more), int(lost)) for name, lost, more in told} == {
        name: found for name, found in beyond.items() if found[0]
    }
    assert [int(row[2]) for row in told] == sorted((int(row[2]) for row in told), reverse=True)


def test_what_leaving_together_costs_is_bounded_by_the_lists_that_stay(of):
    told = rows(reach.leaving(of(BERLIN)), "two networks together")
    assert len(told) == reach.PAIRS
    assert all(cell.startswith("at most") for row in told for cell in row[1:])


def test_the_balance_is_that_of_the_complete_lists(of, places):
    city = of(BERLIN)
    own = [name for name in city.own if name != "metropolis"]
    told = rows(reach.balance(city), "by continent")
    left = {"Today": None} | {f"Without {city.names[name]}": name for name in own}
    for name, *cells in told:
        met = set().union(*(cities_of(city, other) for other in own if other != left[name]))
        europe = (places.places.loc[list(met), "continent"] == "EU").mean()
        assert cells[0].split(" ")[0] == f"{round(100 * europe)}%"
    assert "The list of Metropolis is not complete" in text(reach.balance(city))


def test_no_balance_is_told_that_one_list_cannot_tell(of):
    assert text(reach.balance(of(QUITO))).startswith("Without its one network")
    assert "two complete lists" in text(reach.balance(of(2293538)))  # one of two is partial


def test_a_list_that_holds_only_the_city_is_named_and_counts_nowhere(of):
    city = of(STOCKHOLM)
    assert city.bare == ["uceu"]
    name = city.names["uceu"]
    assert f"Of {name} only the city’s own membership is known" in text(summary.in_short(city))
    for show in (reach.overlaps, reach.leaving):
        assert name not in text(show(city))
    assert f">{name} (" not in maps.contacts(city).svg
    lost = rows(reach.leaving(city), "What leaving each network")
    assert all(row[1].startswith("at most") for row in lost)  # they might be met there too


def test_of_a_complete_list_it_is_known_that_it_holds_only_the_city(of):
    city = of(STOCKHOLM)
    whole = city.members.assign(coverage="complete")
    assert summary.Portrait(STOCKHOLM, whole, city.places, city.own, "en").bare == []


def test_a_network_through_which_alone_nobody_is_met_has_no_mark_on_the_map(members, places):
    own = members[members["network"] == "c40"]
    twice = pd.concat([own, own.assign(network="twin", name="Twin")])
    shown = maps.contacts(summary.portrait(QUITO, twice, places, "en"))
    for said in ("C40 (0)", "Twin (0)", f"Several networks ({own['geoname_id'].nunique() - 1})"):
        assert said in shown.svg


def test_a_city_of_which_nothing_else_is_known_is_still_told(members, places):
    lone = summary.Portrait(STOCKHOLM, members, places, ("uceu",), "en")
    said = text(summary.in_short(lone))
    assert "Through it" not in said
    assert "only the city’s own membership is known" in said
    assert text(reach.leaving(lone)).startswith("Of Union of Capitals")


def test_members_without_a_place_are_told_beside_every_figure(of):
    city = of(QUITO)
    nowhere = city.members[city.members["network"].isin(city.own)]["geoname_id"].isna().sum()
    assert f"have {nowhere} member whose place is not known" in text(member_lists.limits(city))


@pytest.mark.parametrize(("home", "how"), [(QUITO, "Through it the"), (TALLINN, "Through them")])
def test_one_network_is_one_and_several_are_several(of, home, how):
    assert how in text(summary.in_short(of(home)))


def test_cities_all_equally_alike_are_counted_and_not_picked(of):
    city = of(QUITO)
    times = city.members[city.members["coverage"] == "complete"]
    times = times.drop_duplicates(["network", "geoname_id"]).groupby("geoname_id")["network"]
    alone = times.agg(set).map(lambda networks: networks == {"c40"}).sum() - 1
    assert text(reach.peers(city)).startswith(f"{alone} other cities are")


def test_only_complete_lists_win_cities_back(of):
    for row in rows(reach.leaving(of(QUITO)), "What leaving each network"):
        assert "Metropolis" not in row[-1]


def test_two_networks_without_a_city_in_common_cost_no_more_together(members, places):
    apart = summary.Portrait(QUITO, members, places, ("c40", "union-of-the-baltic-cities"), "en")
    assert not cities_of(apart, "c40") & cities_of(apart, "union-of-the-baltic-cities")
    said = text(reach.leaving(apart))
    assert said.endswith("no two networks cost more together than the sum of the two.")


def test_members_without_a_place_leave_no_figure_exact(of, members, places):
    city = of(QUITO)
    assert "meets at least 95 other cities" in text(summary.in_short(city))
    assert key_figures.of_portrait(city)["bound"] == "at_least"
    placed = summary.portrait(QUITO, members.dropna(subset="geoname_id"), places, "en")
    assert "meets 95 other cities" in text(summary.in_short(placed))
    assert key_figures.of_portrait(placed)["bound"] == "exact"


def test_a_member_without_a_place_may_be_one_of_the_cities_or_another(members, places):
    """By hand: three in the one network, four in the other, two of them in both."""
    lists = members[members["network"] == "c40"].dropna(subset="geoname_id").head(6)
    ids = lists["geoname_id"].to_list()
    home, own_lists = ids[0], {"c40": ids[:4], "twin": [ids[0], *ids[2:6]]}
    frame = pd.concat(
        lists.assign(network=name, name=name.title()).set_index("geoname_id").loc[own].reset_index()
        for name, own in own_lists.items()
    )
    nobody = lists.iloc[[0, 0]].assign(geoname_id=pd.NA, city="?", country_code=pd.NA)
    for lost, told in (([], "1"), (["c40"], "1–3"), (["twin"], "at most 1")):
        more = [nobody.assign(network=name, name=name.title()) for name in lost]
        city = summary.portrait(home, pd.concat([frame, *more]), places, "en")
        leaving = {row[0]: row[1] for row in rows(reach.leaving(city), "What leaving each")}
        assert leaving["C40"].startswith(f"{told}: "), lost
        assert ("at least" in text(maps.contacts(city))) == bool(lost)
        assert (key_figures.of_portrait(city)["bound"] == "exact") == (not lost)
        ((_, *shared),) = rows(reach.overlaps(city), "two of the networks share")
        assert (
            shared
            == {"": ["3", "75%"], "c40": ["3–5", "60–100%"], "twin": ["3–5", "75–100%"]}[
                "".join(lost)
            ]
        )


def test_where_marks_would_cover_europe_it_has_a_map_of_its_own(of):
    assert ">Europe<" in maps.contacts(of(BERLIN)).svg
    assert ">Europe<" not in maps.contacts(of(TEHRAN)).svg


def test_networks_that_are_alike_are_named_together(of, members, places):
    city = of(QUITO)
    best = summary.gains(city).index[0]
    twin = members[members["network"] == best].assign(network="twin", name="Twin")
    both = summary.portrait(QUITO, pd.concat([members, twin]), places, "en")
    told = text(summary.in_short(both))
    assert "joining one of" in told
    assert "Twin, if the network takes the city" in told
    assert "joining one of" not in text(summary.in_short(city))
