"""The case of Stockholm 2011 as data: valid for others' tools, and coded by its own rules."""

import json
from importlib.resources import files

import frictionless
import pytest

from tests.conftest import CASE

CONCLUSIONS = "Slutsatser och rekommendationer"


def test_it_is_a_valid_data_package():
    report = frictionless.validate(CASE / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_its_tables_are_described_as_the_loader_reads_them():
    package = json.loads((CASE / "datapackage.json").read_text("utf-8"))
    known = json.loads(files("netanalysis.loaders").joinpath("case_tables.json").read_text("utf-8"))
    declared = [(r["name"], r["title"], r["schema"]) for r in package["resources"]]
    assert declared == [(t["name"], t["title"], t["schema"]) for t in known["tables"]]
    for table in known["tables"]:
        for field in table["schema"]["fields"]:
            assert field["description"].endswith("."), (table["name"], field["name"])


def test_no_rating_rests_on_the_conclusions(stockholm):
    assert not stockholm.statements["locator"].str.startswith(CONCLUSIONS).any()
    assert stockholm.assessments["locator"].str.startswith(CONCLUSIONS).all()


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
