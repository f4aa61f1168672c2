"""What is written of a case is what was checked, and nothing beside it."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netanalysis import DataError, load_case
from netanalysis.exchange.store.replacing import write_case
from netanalysis.loaders.case.case import DESCRIPTOR, case_from, case_rows
from netanalysis.loaders.case.columns import tables as tables_of_a_case
from netanalysis.loaders.tables import numbered_rows, read_rows
from netanalysis.tabular import csv_text
from tests.conftest import CASE, ROOT
from tests.exchange.workbooks.damage import small_case

GOALS = {"fields": [{"name": "goal"}, {"name": "title"}]}


@pytest.mark.parametrize("name", ["stockholm-2011", "exempelstad-2025"])
def test_a_case_of_rows_is_the_one_that_is_loaded(name):
    made, loaded = case_from(case_rows(ROOT / "data" / name)), load_case(ROOT / "data" / name)
    assert made.name == "case"
    for table in tables_of_a_case():
        pd.testing.assert_frame_equal(getattr(made, table), getattr(loaded, table))


def test_a_new_case_is_what_its_rows_make(tmp_path):
    tables = small_case()
    for table, rows in tables.items():
        for number, row in enumerate(rows):
            if table not in ("case", "sources"):
                row |= {"source_id": "bylaws", "locator": f"§ {number}"}
    write_case(tmp_path / "goteborg", tables)
    made, loaded = case_from(tables), load_case(tmp_path / "goteborg")
    for table in tables_of_a_case():
        pd.testing.assert_frame_equal(getattr(made, table), getattr(loaded, table))
    assert write_case(tmp_path / "goteborg", tables).files == []


SIGNS = st.sampled_from("'=+-@\t\r\n \u00a0\",;a0")
TEXT = (st.text(SIGNS) | st.text(st.characters(codec="utf-8"))).map(str.strip)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({"goal": TEXT, "title": TEXT})))
def test_rows_in_memory_are_those_of_the_file_that_they_would_be(rows):
    text = csv_text([["goal", "title"], *([row["goal"], row["title"]] for row in rows)])
    assert read_rows(ROOT / "goals.csv", GOALS, text.encode()) == (numbered_rows(rows, GOALS), [])


def test_problems_of_rows_have_the_places_of_the_files_that_they_would_be():
    rows = case_rows(CASE)
    rows["seats"][1] |= {"end": "2011-13-01"}
    rows["statements"][2] |= {"low": "4", "high": "1"}
    with pytest.raises(
        DataError, match=r"x/seats\.csv, row 3, column end: .*is not a date"
    ) as told:
        case_from(rows, CASE / "x")
    assert [(one.code, one.row) for one in told.value.problems] == [("date", 3), ("low_high", 4)]


def test_what_follows_from_a_known_fault_is_not_told():
    rows = case_rows(CASE)
    rows["seats"][1] |= {"role": ""}
    rows["networks"] = []
    rows["criteria"] = [{**row, "objective": ""} for row in rows["criteria"]]
    rows["statements"][2] |= {"state": "", "low": "", "high": ""}
    faulty = {("seats", 3, "role"), ("networks", 0, ""), ("criteria", 0, "objective")}
    faulty |= {("statements", 4, "state")}
    for left_out in faulty:
        with pytest.raises(DataError, match=left_out[0]):
            case_from(rows, faulty=faulty - {left_out})
    case_from(rows, faulty=faulty)


def test_a_table_stays_where_the_descriptor_says_that_it_lies(copied):
    package = json.loads((copied / DESCRIPTOR).read_text("utf-8"))
    for one in package["resources"]:
        if one["name"] == "goals":
            one |= {"path": "mål.csv", "title": "Stadens mål"}
    (copied / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    (copied / "goals.csv").rename(copied / "mål.csv")
    tables = case_rows(copied)
    tables["goals"][0]["title_sv"] = "Ett annat mål"
    written = write_case(copied, tables)
    assert written.files == [copied / "mål.csv"]
    assert json.loads((copied / DESCRIPTOR).read_text("utf-8")) == package
    assert load_case(copied).goals["title_sv"][0] == "Ett annat mål"


def test_what_a_descriptor_says_beside_the_tables_stays(copied):
    package = json.loads((copied / DESCRIPTOR).read_text("utf-8"))
    for one in package["resources"]:
        if one["name"] == "seats":
            del one["title"]
    (copied / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    tables = case_rows(copied)
    tables["goals"][0]["title_sv"] = "Ett annat mål"
    write_case(copied, tables)
    written = json.loads((copied / DESCRIPTOR).read_text("utf-8"))
    assert written["licenses"] == package["licenses"]
    assert {one["name"]: one["title"] for one in written["resources"]}["goals"] == next(
        one["title"] for one in package["resources"] if one["name"] == "goals"
    )
