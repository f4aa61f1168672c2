"""An office's own list: forms, languages, and names that are not what they seem."""

import re

import pandas as pd
import pytest
from openpyxl import Workbook

from netanalysis import DataError
from netanalysis.exchange.member_lists.headers import columns_from, columns_of
from netanalysis.exchange.member_lists.importing import import_members
from netanalysis.loaders.members.gazetteer import Gazetteer

ROWS = [
    # geoname_id, name, ascii, sv, en, alternates, country, population
    (1, "Göteborg", "Goteborg", "", "Gothenburg", "Gotemburgo|Гётеборг", "SE", 590_000),
    (2, "São Paulo", "Sao Paulo", "", "", "Sampa", "BR", 12_400_000),
    (3, "London", "London", "", "", "Londres", "GB", 8_960_000),
    (4, "London", "London", "", "", "", "CA", 346_000),
    (5, "Valencia", "Valencia", "", "", "València", "ES", 790_000),
    (6, "Valencia", "Valencia", "", "", "", "VE", 1_380_000),
    (7, "Windhoek", "Windhoek", "", "", "", "NA", 268_000),
    (8, "København", "Kobenhavn", "Köpenhamn", "Copenhagen", "", "DK", 1_150_000),
    (9, "Łódź", "Lodz", "", "", "Lodz", "PL", 770_000),
    (10, "Guangzhou", "Guangzhou", "", "", "广州", "CN", 16_000_000),
]
COLUMNS = ["geoname_id", "name", "ascii_name", "name_sv", "name_en", "alternate_names",
           "country_code", "population"]  # fmt: skip
PLACES = Gazetteer(pd.DataFrame(ROWS, columns=COLUMNS).set_index("geoname_id"))
PACKAGE = {
    "aliases": pd.DataFrame(
        {
            "name": ["Guanghzou", "Gone"],
            "country_code": [None, None],
            "geoname_id": [10, 7],
            "reason": ["typing error", "-"],
        }
    ),
    "memberships": pd.DataFrame({"member_as_written": ["Göteborg"]}),
}


def imported(file, **options):
    return import_members(file, "n", "2026", "own", PLACES, PACKAGE, **options)


def listed(tmp_path, text, **options):
    file = tmp_path / "list.csv"
    file.write_text(text, "utf-8")
    return imported(file, **options)


@pytest.mark.parametrize(
    ("name", "country", "how", "place"),
    [
        ("Göteborg", "", "exact", 1),
        ("Gothenburg", "", "exact", 1),
        ("göteborgs stad", "", "exact", 1),
        ("City of Gothenburg", "", "exact", 1),
        ("Gotemburgo", "Sverige", "alternate", 1),
        ("Гётеборг", "", "alternate", 1),
        ("SAO PAULO", "BR", "exact", 2),
        ("London", "", "size", 3),
        ("London", "Canada", "exact", 4),
        ("London, Canada", "", "exact", 4),
        ("Valencia", "", "ambiguous", None),
        ("Valencia", "Spanien", "exact", 5),
        ("Windhoek", "NA", "exact", 7),
        ("Windhoek", "Namibia", "exact", 7),
        ("Copenhagen (København)", "", "exact", 8),
        ("Köpenhamn", "", "exact", 8),
        ("Lodz", "", "exact", 9),
        ("广州", "", "alternate", 10),
        ("Guanghzou", "", "alias", 10),
        ("Atlantis", "", "unknown", None),
        ("London", "GB", "exact", 3),
        ("London Metropolitan Area", "GB", "unknown", None),
        ("Göteborg", "FR", "unknown", None),
    ],
)
def test_each_name_finds_its_place(tmp_path, name, country, how, place):
    found = listed(tmp_path, f'Stad;Land\n"{name}";{country}\n')
    row = found.report.iloc[0]
    assert row["how"] == how
    assert (None if pd.isna(row["geoname_id"]) else row["geoname_id"]) == place
    member = found.members.iloc[0]
    assert member["member_as_written"] == name
    assert pd.isna(member["reason"]) == (place is not None)


def test_an_ambiguous_name_lists_its_candidates(tmp_path):
    found = listed(tmp_path, "city\nValencia\nGotebrg\n")
    assert found.members["reason"].to_list() == [
        "Valencia (VE, 1380000 inhabitants, 6); Valencia (ES, 790000 inhabitants, 5)",
        "no place of that name; near: Göteborg",
    ]


def test_a_body_that_is_no_city_does_not_get_its_core_citys_place(tmp_path):
    found = listed(tmp_path, "city\nGöteborg Region\nMétropole de Valencia\n").members
    assert found["entity_kind"].to_list() == ["region", "intercommunal"]
    assert found["geoname_id"].isna().all()
    assert found["reason"].str.contains("no place of its own").all()


def test_an_alias_that_no_list_uses_is_told(tmp_path):
    assert listed(tmp_path, "city\nGuanghzou\n").unused_aliases == ["Gone"]


def test_years_and_standing_are_kept(tmp_path):
    found = listed(tmp_path, "city,joined,status\nLodz,2009,associate\nLondon,,\n")
    assert found.members["joined_year"].to_list() == [2009, pd.NA]
    assert found.members["standing"].to_list() == ["associate", "member"]
    assert found.report["row"].to_list() == [2, 3]


def test_windows_text_and_excel_are_read_too(tmp_path):
    (tmp_path / "old.csv").write_bytes("Stad\nGöteborg\n".encode("cp1252"))
    assert imported(tmp_path / "old.csv").report["how"].to_list() == ["exact"]
    book = Workbook()
    book.active.append(["Stad", "År"])
    book.active.append(["Łódź", 2010.0])
    book.save(tmp_path / "list.xlsx")
    found = imported(tmp_path / "list.xlsx").members
    assert found[["geoname_id", "joined_year"]].to_numpy().tolist() == [[9, 2010]]


def test_columns_are_named_by_the_reader(tmp_path):
    (tmp_path / "map.toml").write_text('member = "Kommunens namn"\ncountry = "Stat"\n', "utf-8")
    columns = columns_from(tmp_path / "map.toml")
    found = listed(tmp_path, "Nr,Kommunens namn,Stat\n1,London,Canada\n", columns=columns)
    assert found.members["geoname_id"].to_list() == [4]


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        ("", {}, "has no members"),
        ("city\n", {}, "has no members"),
        ("place,x\nLondon,1\n", {}, 'row 1: there is no column "member".*place, x'),
        ("city\nLondon\n", {"country": "Land"}, 'no column "Land" for country'),
        ("city,x\nLondon,1\n,2\n", {}, "row 3: the row has no member"),
        ("city,year\nLondon,19\n", {}, 'row 2, column year: "19" is not a year'),
        ("city\nLon\0don\n", {}, "cannot be read as a table"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, text, columns, message):
    with pytest.raises(DataError, match=f"(?s){message}"):
        listed(tmp_path, text, columns=columns)


def test_a_network_is_named_as_the_cases_name_it(tmp_path):
    with pytest.raises(DataError, match='"A B" is not a short name'):
        import_members(tmp_path / "list.csv", "A B", "2026", "own", PLACES, PACKAGE)


def test_merged_headers_other_files_and_broken_aliases_are_refused(tmp_path):
    book = Workbook()
    book.active.append(["city", None])
    book.active.append(["London", "x"])
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "merged.xlsx")
    with pytest.raises(DataError, match="Sheet!A1: the cells A1:B1 are merged across columns"):
        imported(tmp_path / "merged.xlsx")
    (tmp_path / "none.xlsx").write_text("no workbook", "utf-8")
    with pytest.raises(DataError, match=r"no Excel workbook.*\(TXT\)"):
        imported(tmp_path / "none.xlsx")
    with pytest.raises(DataError, match="no such file"):
        imported(tmp_path / "away.csv")
    lost = PACKAGE | {"aliases": PACKAGE["aliases"].assign(geoname_id=99)}
    (tmp_path / "list.csv").write_text("city\nLondon\n", "utf-8")
    with pytest.raises(DataError, match='"Guanghzou" leads to 99'):
        import_members(tmp_path / "list.csv", "n", "2026", "own", PLACES, lost)
    (tmp_path / "map.toml").write_text('town = "x"', "utf-8")
    with pytest.raises(DataError, match="town"):
        columns_from(tmp_path / "map.toml")


SOUNDS_RIGHT = """Year Reported to CDP; Founded in year; Reporting year; Census year; Target year
Date of report; Last updated date; Year left; Membership end date; Mayor in office since
Jahr der Gründung; Gemeldet im Jahr; Austritt Datum; Senast uppdaterad (datum); Utträde datum
Medlem till och med datum; Année de création; Année du rapport; Date de naissance
Año de fundación; Fecha de actualización; Marital status; Report status; Status of the report
Partner city; City of birth; Sister city; Type of city; Name of contact person; Network name
Land area; Signatory since"""
SAYS_SO = {
    "Member since": "joined_year", "Year of joining the network": "joined_year",
    "Date of accession (year)": "joined_year", "Medlem sedan år": "joined_year",
    "Mitglied seit (Jahr)": "joined_year", "Année d'adhésion": "joined_year",
    "Año de ingreso": "joined_year", "Membership status": "standing", "Name of city": "member",
    "Member State": "country", "Country of the member": "country",
}  # fmt: skip


@pytest.mark.parametrize("head", [one.strip() for one in re.split(r"[;\n]", SOUNDS_RIGHT)])
def test_a_heading_that_only_sounds_right_is_not_read(head):
    assert columns_of([head], {}) == {}


@pytest.mark.parametrize(("head", "field"), SAYS_SO.items())
def test_a_heading_that_says_so_in_other_words_is_read(head, field):
    assert columns_of([head], {}) == {field: 0}


def test_how_sure_a_place_is_stands_beside_it(tmp_path):
    alone = listed(tmp_path, "member,status\nGöteborg,ordinary\nLodz,full\nNowhere,member\n")
    assert alone.report["sure"].str.partition(":")[0].to_list() == ["unsure", "unsure", ""]
    assert alone.unknown_standings == ["ordinary"]
    there = listed(tmp_path, "member,country\nGöteborg,Sweden\n")
    assert there.report["sure"].str.startswith("sure:").all()
