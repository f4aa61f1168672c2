"""Files as offices have them: signs, letters, titles, sheets, and what is broken."""

import datetime

import pytest
from openpyxl import Workbook

from netanalysis import DataError
from netanalysis.language.words import speak
from tests.exchange.member_lists.test_member_import import imported

TABLE = "City;Country;Joined\nGöteborg;Sweden;1995\nLondon;United Kingdom;2001\n"


def written(tmp_path, content, name="list.csv"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return imported(file)


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        TABLE.encode("utf-16"),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABLE.replace(";", "\t").encode("utf-16"),
        TABLE.replace(";", "|"),
        TABLE.replace(";", ","),
        TABLE.replace("\n", "\r"),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("Sweden;", '"Sweden\n";'),
        TABLE.replace("City;Country;Joined", "Ville;Pays;Année"),
        TABLE.replace("City;Country;Joined", "Stadt;Land;Jahr"),
        TABLE.replace("City;Country;Joined", "Miasto;Kraj;Rok"),
        TABLE.replace("City;Country;Joined", "Ciudad;País;Año"),
        TABLE.replace("City;Country;Joined", "Kaupunki;Maa;Vuosi"),
        TABLE.replace("City;Country;Joined", "Member city;Country/Region;Date of accession"),
        TABLE.replace("City;Country;Joined", "City/Local government;Country;Member since"),
        TABLE.replace("1995", "1995-03-01").replace("2001", "1 March 2001"),
    ],
)
def test_one_list_in_many_forms(tmp_path, content):
    found = written(tmp_path, content)
    assert found.members["geoname_id"].to_list() == [1, 3]
    assert found.members["joined_year"].to_list() == [1995, 2001]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Miasto;Kraj\nŁódź;Polska\n", "cp1250"),
        ("Город;Страна\nГётеборг;Швеция\n", "cp1251"),  # noqa: RUF001
        ("城市;国家\n广州;中国\n", "gb18030"),
        ("City;Country\nSão Paulo;Brazil\n", "cp1252"),
        ("City;Country\nSão Paulo;Brazil\n", "mac_roman"),
        ("City;Country\nÅÄÖ;Brazil\n", "cp1252"),
    ],
)
def test_letters_are_those_in_which_names_make_sense(tmp_path, text, letters):
    found = written(tmp_path, text.encode(letters))
    assert found.sheet.letters == letters
    assert found.report["member_as_written"].to_list() == [text.split("\n")[1].split(";")[0]]


def test_a_country_alone_in_a_row_holds_for_the_rows_below(tmp_path):
    rows = "Nr;City;Since\nCanada;;\n1;London;1999\nUnited Kingdom;;\n2;London;2001\n"
    found = written(tmp_path, rows)
    assert found.sections == [2, 4]
    assert found.report["country"].to_list() == ["Canada", "United Kingdom"]
    assert found.report["geoname_id"].to_list() == [4, 3]
    found = written(tmp_path, "City\nNamibia\nWindhoek\nSverige\nGöteborg\n")
    assert found.report["geoname_id"].to_list() == [7, 1]


def test_a_country_among_members_is_no_heading(tmp_path):
    text = "City;Since\nGöteborg;1999\nNamibia;\nLodz;2001\n"
    found = written(tmp_path, text)
    assert (found.sections, len(found.report)) == ([], 3)
    found = written(tmp_path, "City;Country\nNamibia;\nLodz;PL\n")
    assert (found.sections, len(found.report)) == ([], 2)
    found = written(tmp_path, "City\nLondon, Canada\nNamibia\n")
    assert (found.sections, len(found.report)) == ([], 2)


def test_a_workbook_may_be_named_a_text(tmp_path):
    book = Workbook()
    book.active.append(["City"])
    book.active.append(["Lodz"])
    book.save(tmp_path / "list.xlsx")
    content = (tmp_path / "list.xlsx").read_bytes()
    assert written(tmp_path, content, "list.csv").members["geoname_id"].to_list() == [9]


def test_titles_and_blank_rows_are_told(tmp_path):
    head = "Members of the network 2024;;\nwho, and since when;;\n\n"
    found = written(tmp_path, head + TABLE.replace("London", ";;\nLondon"))
    assert (found.sheet.above, found.sheet.header[0], found.sheet.blank) == ([1, 2], 4, 1)
    assert found.report["row"].to_list() == [5, 7]
    assert found.columns == {"member": "City", "country": "Country", "joined_year": "Joined"}


def test_one_column_keeps_its_commas(tmp_path):
    found = written(tmp_path, "City\nLondon, Canada\nGöteborg; Sverige\n").report
    assert found["member_as_written"].to_list() == ["London, Canada", "Göteborg; Sverige"]
    assert found["geoname_id"].to_list()[0] == 4


def test_who_is_named_twice_is_told_and_kept_once_if_written_alike(tmp_path):
    text = "city;country\nLodz;Polen\nLodz;PL\nCity of Lodz;PL\nLodz;Polen\nX;SE\nX;SE\n"
    found = written(tmp_path, text)
    assert found.report["same_as"].fillna(0).to_list() == [0, 2, 2, 2, 0, 6]
    assert len(found.report) == 6
    assert found.members["member_as_written"].to_list() == ["Lodz", "City of Lodz", "X"]


def test_an_unknown_country_is_told_and_leaves_the_row_open(tmp_path):
    row = written(tmp_path, "city;country\nLodz;Polonistan\n").report.iloc[0]
    assert row["how"] == "ambiguous"
    assert row["candidates"].startswith('no country of the name "Polonistan"; Łódź (PL')


def test_the_largest_is_not_meant_where_no_other_member_is_near(tmp_path):
    found = written(tmp_path, "city\nLondon\nGöteborg\n").report
    assert found["how"].to_list() == ["size", "exact"]
    text = "city;country\nLondon;\nLondon;Canada\n"
    assert written(tmp_path, text).report["how"].to_list() == ["ambiguous", "exact"]


def test_the_far_largest_is_meant_in_a_list_of_the_world(tmp_path):
    some = ["Göteborg", "Windhoek", "Lodz", "Guangzhou", "São Paulo"]
    text = "city;country\nLondon;\n{};Canada\n" + "".join(f"{name};\n" for name in some)
    assert written(tmp_path, text.format("London")).report["how"].to_list()[0] == "size"
    few = "city;country\nLondon;\nLondon;Canada\nLodz;\nWindhoek;\n"
    assert written(tmp_path, few).report["how"].to_list()[0] == "ambiguous"


def test_several_names_in_one_cell_are_told(tmp_path):
    found = written(tmp_path, 'Members\n"London, Lodz, Göteborg, Windhoek, Guangzhou"\n').report
    assert found["candidates"].to_list() == [
        "several names in one cell; give each a row of its own"
    ]


def test_the_sheet_with_the_members_is_read_and_the_others_named(tmp_path):
    book = Workbook()
    book.active.title = "Intro"
    book.active["A1"] = "What this is"
    sheet = book.create_sheet("Members 2024")
    sheet["A1"] = "Members of the network"
    sheet.merge_cells("A1:C1")
    sheet.append(["City", "Country", "Joined"])
    sheet.append(["Göteborg", "Sweden", datetime.datetime(1995, 3, 1)])
    sheet.append(["London", "United Kingdom", 2001.0])
    sheet.append(["London", None, None])
    sheet.merge_cells("B4:B5")
    book.create_sheet("Old").append(["City"])
    book.save(tmp_path / "list.xlsx")
    found = imported(tmp_path / "list.xlsx")
    assert (found.sheet.name, found.sheet.others) == ("Members 2024", ("Intro", "Old"))
    assert found.report["country"].to_list() == ["Sweden", "United Kingdom", "United Kingdom"]
    assert found.members["joined_year"].to_list()[:2] == [1995, 2001]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xlsx", "in the old form of Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.txt", "in the old form of Excel"),
        (b"PK\x03\x04", "cut.xlsx", "the workbook is damaged"),
        ("city,country\nLondon, Ontario,Canada\n", "a.csv", "row 2: the row has 3 cells where"),
        (
            'city,country\nLodz,PL\n"London,United Kingdom\n',
            "a.csv",
            "row 3: a quotation mark opens here",
        ),
        (
            'city,country\n"London" x,United Kingdom\n',
            "a.csv",
            "row 2: a quotation mark stands inside",
        ),
        (
            "city,year\nLondon,soon\nLodz,1/2/95\n",
            "a.csv",
            '"soon" is not(.|\n)*row 3, column year',
        ),
        (
            "London;United Kingdom\nLodz;PL\n",
            "a.csv",
            'no column "member"(.|\n)*London, United Kingdom',
        ),
        ("\n;;\n", "a.csv", "the list has no members"),
        ("Göteborg\nLodz\nSao Paulo\nWindhoek City\n", "a.csv", "are: Göteborg(.|\n)*a heading"),
        (
            "List of 2024;\nPlace;Where\nLodz;PL\nWindhoek;NA\n",
            "a.csv",
            "row 2: there is no(.|\n)*: Place, Where",
        ),
        ("<html><table><tr><td>City</td></tr></table>", "a.csv", "cannot be read as a table"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(tmp_path, content, name, message):
    with pytest.raises(DataError, match=message):
        written(tmp_path, content, name)


def test_the_report_speaks_the_language_that_is_asked_for(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("city;country\nLodz;Polonistan\nRegion Gotland;SE\n", "utf-8")
    found = imported(file, say=speak("sv").phrase).report["candidates"]
    assert found[0].startswith('inget land heter "Polonistan"; Łódź (PL, ')
    assert found[1] == "en region: saknar egen ort; ett alias kan ange en"
