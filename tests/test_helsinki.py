"""The case of Helsinki: an illustration, without circles, each request as of its day."""

import csv

import frictionless
import pytest

from netanalysis import load_case
from netanalysis.loaders.case.case import case_rows
from netanalysis.screening import screen_all
from tests.conftest import ROOT

FOLDER = ROOT / "data" / "helsinki-2024"


@pytest.fixture(scope="module")
def helsinki():
    return load_case(FOLDER)


@pytest.fixture(scope="module")
def weighed(helsinki):
    return {one.request: one for one in screen_all(helsinki, draws=200)}


@pytest.fixture(scope="module")
def cells():
    return list(csv.DictReader((FOLDER / "cells.csv").open(encoding="utf-8")))


def test_it_is_a_valid_data_package_and_says_whose_it_is(helsinki):
    report = frictionless.validate(FOLDER / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert helsinki.case[["illustration_by_sv", "illustration_by_en"]].notna().all(axis=None)
    assert helsinki.case["criteria_adopted"].isna().all()


def test_no_paper_of_a_decision_is_evidence_on_its_network(helsinki):
    papers = {
        *helsinki.decisions[["network", "source_id"]].itertuples(index=False, name=None),
        *helsinki.requests[["network", "source_id"]].itertuples(index=False, name=None),
    }
    said = set(helsinki.statements[["network", "source_id"]].itertuples(index=False, name=None))
    assert papers
    assert not papers & said


def test_its_empty_cells_are_counted_and_stay_empty(helsinki, cells):
    read = [cell["read"] for cell in cells]
    assert [read.count(one) for one in ("stated", "indirect", "empty")] == [43, 33, 68]
    coded = {(cell["network"], cell["criterion"]) for cell in cells if cell["coded"]}
    said = set(helsinki.statements[["network", "criterion"]].itertuples(index=False, name=None))
    assert coded == said
    assert not [cell for cell in cells if cell["coded"] and cell["read"] == "empty"]


def test_each_request_is_weighed_before_its_decision(helsinki, weighed):
    assert len(weighed) == 7
    for one in weighed.values():
        known = set(one.case.statements["source_id"])
        later = set(one.decided["source_id"]) | set(one.afterwards["source_id"])
        assert not known & later, one.request
        assert not one.decided.empty or one.row.route == "motion"


def test_what_the_rule_proposes_is_never_a_decision_on_evidence_that_is_not_there(weighed):
    handled = {name: one.handling for name, one in weighed.items()}
    assert set(handled.values()) == {"investigate"}
    assert {name for name, one in weighed.items() if one.step == "many_blanks"} == {
        "mayors-for-peace-2016", "fair-saturday-2019", "urban20-2021"
    }  # fmt: skip
    assert weighed["metrex-2019"].takes_part
    assert weighed["metrex-2019"].rated.index.to_list() == ["positioning", "hard_to_replace"]


def test_sources_have_terms_or_say_that_none_were_seen():
    for row in case_rows(FOLDER)["sources"]:
        assert row["note_sv"], row["source_id"]
        assert row["note_en"], row["source_id"]
        assert "http" not in "".join(row.values())


@pytest.mark.parametrize("table", ["facts", "statements", "events", "goals", "requests"])
def test_both_languages_are_filled_in(helsinki, table):
    frame = getattr(helsinki, table)
    for name in (one[:-3] for one in frame if one.endswith("_sv")):
        assert (frame[f"{name}_sv"].isna() == frame[f"{name}_en"].isna()).all()
