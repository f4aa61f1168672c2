"""Case to workbook to case, also through the real LibreOffice: nothing is lost."""

import pytest

from netanalysis.exchange.sheets.writing import save_workbook
from netanalysis.exchange.store.case_files import case_files
from netanalysis.exchange.workbook.casebook import case_workbook
from netanalysis.exchange.workbook.checks import checked
from netanalysis.exchange.workbook.reading import read_workbook
from netanalysis.exchange.workbook.unsourced import unsourced
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.columns import case_tables
from tests.conftest import CASE
from tests.exchange.workbooks.damage import small_book, small_case

ODD = [
    "=1+1", "'=1+1", "+46 8 508", "-", "@x", "1-2", "3/4", "007", "1e5", "12,5", "TRUE", "#N/A",
    "två\nrader", "a;b,c\"d\"", "å ä ö – — … 北京", "a\u00a0b", "<b>&amp;", "0",
    "2025-03-01", "=HYPERLINK(\"x\")", "_x0041_",
]  # fmt: skip


def stockholm_book(file, language):
    save_workbook(case_workbook("stockholm-2011", case_rows(CASE), language), file)
    return file


def assert_stockholm(file):
    read = read_workbook(file)
    assert (read.problems, read.notes) == ((), ())
    texts = case_files("stockholm-2011", read.tables)
    for table in case_tables():
        assert texts[f"{table}.csv"].encode() == (CASE / f"{table}.csv").read_bytes(), table


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_case_comes_back_to_the_byte(tmp_path, language):
    assert_stockholm(stockholm_book(tmp_path / "a.xlsx", language))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_case_comes_back_to_the_byte_through_libreoffice(tmp_path, language, through_office):
    file = stockholm_book(tmp_path / "a.xlsx", language)
    assert_stockholm(through_office(file, tmp_path / "saved"))


def test_a_case_comes_back_through_opendocument(tmp_path, through_office):
    file = stockholm_book(tmp_path / "a.xlsx", "sv")
    other = through_office(file, tmp_path / "ods", "ods")
    assert_stockholm(through_office(other, tmp_path / "saved"))


def test_odd_texts_come_back_through_libreoffice(tmp_path, through_office):
    tables = small_case()
    tables["facts"] = [
        {"network": "c40", "attribute": "odd", "value": text, "text_sv": text,
         "source_id": "bylaws", "locator": text}
        for text in ODD
    ]  # fmt: skip
    file = small_book(tmp_path / "a.xlsx", tables=tables)
    for one in (file, through_office(file, tmp_path / "saved")):
        rows = read_workbook(one).tables["facts"]
        for column in ("value", "text_sv", "locator"):
            assert [row[column] for row in rows] == ODD


def test_what_looks_like_the_number_of_a_sign_stays_text(tmp_path):
    tables = small_case()
    tables["networks"][1]["note_sv"] = "_x000D_ och _x005F_"
    read = read_workbook(small_book(tmp_path / "a.xlsx", tables=tables))
    assert read.tables["networks"][1]["note_sv"] == "_x000D_ och _x005F_"


def test_a_case_without_sources_comes_back_and_is_written_the_same_again(tmp_path, through_office):
    first = read_workbook(small_book(tmp_path / "a.xlsx"))
    case, problems = checked(first)
    assert problems == []
    again = small_book(tmp_path / "b.xlsx", tables=first.tables)
    second = read_workbook(through_office(again, tmp_path / "saved"))
    assert unsourced(second.tables) == unsourced(first.tables)
    assert (tmp_path / "a.xlsx").read_bytes() == again.read_bytes()
    assert set(case.sources["source_id"]) == {"bylaws", "workbook"}
