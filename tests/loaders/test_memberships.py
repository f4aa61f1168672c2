"""The member lists and places that the repository carries."""

import shutil

import pandas as pd
import pytest
from frictionless import Package

from netanalysis import DataError, load_memberships
from netanalysis.language.text import folded_name
from netanalysis.loaders.members.gazetteer import load_places
from netanalysis.loaders.members.lists import read_package, two_snapshots
from netanalysis.loaders.members.matching import find_city
from tests.conftest import ROOT

LISTS = ROOT / "data" / "memberships"


@pytest.fixture(scope="module")
def places():
    return load_places(ROOT / "data" / "places")


@pytest.fixture(scope="module")
def package():
    return read_package(LISTS)


@pytest.fixture(scope="module")
def members(places):
    return load_memberships(LISTS, places=places)


@pytest.mark.parametrize("folder", ["memberships", "places"])
@pytest.mark.slow
def test_the_package_is_valid(folder):
    report = Package(str(ROOT / "data" / folder / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_one_snapshot_of_each_network_the_latest(members, package):
    dates = members.groupby("network")["snapshot"].unique()
    assert all(len(found) == 1 for found in dates)
    assert dates["union-of-the-baltic-cities"].tolist() == ["2025-05-20"]
    assert set(members["network"]) == set(package["networks"]["network"])


def test_another_snapshot_can_be_asked_for(places):
    chosen = {"union-of-the-baltic-cities": "2022"}
    members = load_memberships(LISTS, chosen, places)
    baltic = members[members["network"] == "union-of-the-baltic-cities"]
    assert set(baltic["snapshot"]) == {"2022"}
    assert len(baltic) == 68


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"union-of-the-baltic-cities": "2011"}, "no list.*as of 2011(.|\n)*2022, 2025-05-20"),
        ({"uclg": "2022"}, "no list of uclg(.|\n)*c40, eurocities"),
    ],
)
def test_a_list_that_is_not_there_is_told(chosen, message, places):
    with pytest.raises(DataError, match=message):
        load_memberships(LISTS, chosen, places)


def test_what_has_no_place_has_a_reason_and_the_rest_is_known(members, places):
    lost = members["geoname_id"].isna()
    assert members.loc[lost, "reason"].notna().all()
    assert set(members.loc[~lost, "geoname_id"]) <= set(places.places.index)
    assert members.loc[~lost, "country_code"].notna().all()
    bodies = members["entity_kind"].isin(["region", "intercommunal", "association"])
    assert members.loc[bodies, "geoname_id"].isna().all()


def test_every_alias_serves_a_member(package):
    written = set(package["memberships"]["member_as_written"].map(folded_name))
    assert set(package["aliases"]["name"].map(folded_name)) <= written


def test_known_traps(members, places):
    at = members.set_index("member_as_written")["country_code"]
    assert at["Mariehamn"] == "AX"
    assert at["Macao"] == "MO"
    assert (places.places["country_code"] == "NA").any()  # Namibia is no missing value
    assert "Granada" in set(members["member_as_written"])


@pytest.mark.parametrize(
    ("asked", "place"),
    [("Stockholm", 2673730), ("Köpenhamn", 2618425), ("Helsingfors", 658225), ("2673730", 2673730),
     ("Kiev", 703448), ("Москва", None), ("London", 2643743)],
)  # fmt: skip
@pytest.mark.slow
def test_a_city_is_found_in_any_language(members, places, asked, place):
    if place is None:
        with pytest.raises(DataError, match=r"no city(.|\n)*name in any language"):
            find_city(asked, members["geoname_id"].dropna(), places)
        return
    assert find_city(asked, members["geoname_id"].dropna(), places) == place


@pytest.mark.slow
def test_a_city_that_is_written_wrongly_is_asked_about(members, places):
    with pytest.raises(DataError, match=r"did you mean: .*Göteborg"):
        find_city("Götebrg", members["geoname_id"].dropna(), places)


def spoilt(tmp_path, table, change):
    folder = tmp_path / "memberships"
    shutil.copytree(LISTS, folder)
    frame = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
    change(frame).to_csv(folder / f"{table}.csv", index=False)
    return folder


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("networks", lambda t: t[t["network"] != "c40"], "row 2: no list of c40 as of 2024"),
        ("memberships", lambda t: t[t["network"] != "uceu"], "the list of uceu has no members"),
        ("sources", lambda t: t.iloc[1:], "is not in the table sources"),
        ("memberships", lambda t: t.assign(geoname_id="", reason=""), "neither a place nor a"),
        ("memberships", lambda t: t.drop(columns="reason"), "reason"),
        ("memberships", lambda t: pd.concat([t, t.head(1)]), "row 855"),
    ],
)
def test_a_package_that_does_not_hold_together_is_refused(tmp_path, table, change, message):
    with pytest.raises(DataError, match=message):
        read_package(spoilt(tmp_path, table, change))


def test_places_outside_the_world_are_refused(tmp_path):
    folder = tmp_path / "places"
    shutil.copytree(ROOT / "data" / "places", folder)
    table = pd.read_csv(folder / "places.csv.gz", dtype=str, keep_default_na=False).head(3)
    table.loc[1, "latitude"] = "91"
    table.to_csv(folder / "places.csv.gz", index=False)
    with pytest.raises(DataError, match=f"outside the world: {table.loc[1, 'name']}"):
        load_places(folder)
    (folder / "countries.csv").unlink()
    with pytest.raises(DataError, match=r"countries\.csv"):
        load_places(folder)


BALTIC = "union-of-the-baltic-cities"


@pytest.mark.parametrize("dates", [(), ("2022",), ("2022", "2025-05-20"), ("", "2025-05-20")])
def test_two_dates_of_one_network(dates):
    assert two_snapshots(BALTIC, *dates, folder=LISTS) == ("2022", "2025-05-20")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("uclg",), "no list of uclg(.|\n)*c40, eurocities"),
        (("c40",), "only one list of c40, as of 2024(.|\n)*union-of-the-baltic-cities"),
        ((BALTIC, "2011"), "no list.*as of 2011(.|\n)*2022, 2025-05-20"),
        ((BALTIC, "2022", "x"), "no list.*as of x"),
        ((BALTIC, "2025-05-20", "2022"), "2025-05-20 is not earlier than the one as of 2022"),
        ((BALTIC, "2022", "2022"), "2022 is not earlier than the one as of 2022"),
        ((BALTIC, "", "2022"), "2022 is not earlier"),
    ],
)
def test_two_dates_that_are_not_there_are_told(asked, message):
    with pytest.raises(DataError, match=message):
        two_snapshots(*asked, folder=LISTS)


def hurt(file, how):
    content = file.read_bytes()
    file.unlink()
    if how == "folder":
        file.mkdir()
    elif how == "link":
        file.symlink_to(file.name)
    elif how == "cut":
        file.write_bytes(content[: len(content) // 3].rstrip())
    else:
        file.write_bytes(b"\xff\xfe\0" if how == "bytes" else b"")


@pytest.mark.parametrize("how", ["cut", "folder", "link", "bytes", "empty"])
@pytest.mark.parametrize("name", ["places.csv.gz", "countries.csv", "states.csv"])
def test_places_that_cannot_be_read_are_told_by_their_file(tmp_path, name, how):
    folder = shutil.copytree(ROOT / "data" / "places", tmp_path / "places")
    if (name, how) == ("states.csv", "cut"):
        (folder / name).write_text("country_code,state,name\nUS,CA,California\nUS,N", "utf-8")
    else:
        hurt(folder / name, how)
    with pytest.raises(
        DataError, match=r"cannot be read: (it is|a link leads to itself)"
    ) as caught:
        load_places(folder)
    assert [one.file.rsplit("/", 1)[-1] for one in caught.value.problems] == [name]


@pytest.mark.parametrize("how", ["cut", "folder", "link", "bytes", "empty"])
@pytest.mark.parametrize("name", ["memberships.csv", "datapackage.json"])
def test_member_lists_that_cannot_be_read_are_told_by_their_file(tmp_path, name, how):
    folder = shutil.copytree(LISTS, tmp_path / "memberships")
    hurt(folder / name, how)
    with pytest.raises(DataError, match="Mend:") as caught:
        read_package(folder)
    assert {one.file.rsplit("/", 1)[-1] for one in caught.value.problems} == {name}
