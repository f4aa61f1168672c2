"""The case of Stockholm 2011 as data: valid for others' tools, and coded by its own rules."""

import json

import frictionless
import pytest
from pandas.testing import assert_frame_equal

from netanalysis import evaluate
from netanalysis.exchange.store.case_files import descriptor_text, resources
from tests.conftest import CASE, ROOT

CONCLUSIONS = "Slutsatser och rekommendationer"


def test_it_is_a_valid_data_package():
    report = frictionless.validate(CASE / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize("case", ["stockholm-2011", "exempelstad-2025"])
def test_the_tables_of_a_case_are_described_as_they_are_read(case):
    text = (ROOT / "data" / case / "datapackage.json").read_text("utf-8")
    package = json.loads(text)
    invented = " (synthetic: invented)" if case == "exempelstad-2025" else ""
    known = [one | {"title": one["title"] + invented} for one in resources()]
    assert text == descriptor_text(package | {"resources": known})


def test_no_rating_rests_on_a_proposal_or_a_conclusion(stockholm):
    told = stockholm.statements.set_index("locator")["told_by"]
    among_reasons = told.index.str.startswith(CONCLUSIONS)
    assert (told[among_reasons] == "proposer").all()
    assert told[~among_reasons].isna().all()
    can_be_checked = {f"{CONCLUSIONS} ¶{number}" for number in (4, 5, 7)}
    assert set(told.index[among_reasons]) == can_be_checked
    assert stockholm.assessments["locator"].str.startswith(CONCLUSIONS).all()


def test_what_only_the_proposer_tells_of_decides_no_outcome(stockholm):
    kept = stockholm.statements[stockholm.statements["told_by"].isna()]
    outcome = evaluate(stockholm)
    without = outcome.with_(statements=kept)
    assert outcome.possible == without.possible
    columns = ["outcome", "firm"]
    assert_frame_equal(outcome.settled[columns], without.settled[columns])
    assert without.shares.loc["metropolis", "follow"] > outcome.shares.loc["metropolis", "follow"]


def test_there_is_no_silence_where_nobody_was_asked(stockholm):
    silent = stockholm.statements[stockholm.statements["state"] == "silence"]
    facts = stockholm.facts[stockholm.facts["attribute"] == "consulted"]
    asked = facts.set_index("network")["value"]
    assert len(silent)
    assert (asked[silent["network"]] == "yes").all()


def test_everything_was_coded_twice(stockholm):
    assert set(stockholm.statements["coder"]) == {"A", "B"}
    per_coder = stockholm.statements.groupby("coder")["network"].nunique()
    assert (per_coder == 4).all()


@pytest.mark.parametrize("table", ["facts", "statements", "events", "goals", "assessments"])
def test_both_languages_say_something_of_their_own(stockholm, table):
    frame = getattr(stockholm, table)
    pairs = [name[:-3] for name in frame if name.endswith("_sv")]
    for name in pairs:
        assert (frame[f"{name}_sv"].isna() == frame[f"{name}_en"].isna()).all()
