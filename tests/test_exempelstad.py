"""The full-size case: invented throughout, marked as such, and as large as a whole office's."""

import importlib.util
import json

import frictionless
import pytest

from netanalysis import load_case
from netanalysis.loaders.case import case_tables
from tests.conftest import ROOT

CASE = ROOT / "data" / "exempelstad-2025"


@pytest.fixture(scope="module")
def exempelstad():
    return load_case(CASE)


@pytest.fixture(scope="module")
def generate():
    spec = importlib.util.spec_from_file_location("generate", CASE / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_writes_what_is_there(generate):
    written = generate.texts()
    assert set(written) == {
        path.name for path in CASE.iterdir() if path.suffix in (".csv", ".json")
    }
    for name, text in written.items():
        assert (CASE / name).read_bytes() == text.encode(), name


def test_it_is_a_valid_data_package():
    report = frictionless.validate(CASE / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_it_is_as_large_as_an_office_has_it(exempelstad):
    assert len(exempelstad.memberships) == len(exempelstad.networks) == 80
    kinds = exempelstad.departments["kind"].value_counts()
    assert kinds[["department", "company"]].to_list() == [14, 3]
    assert exempelstad.statements["network"].nunique() == 25
    persons = exempelstad.asked["respondents"].dropna()
    assert persons.to_list() == [23, 23, 23]


def test_it_has_the_gaps_that_real_ones_have(exempelstad):
    networks = set(exempelstad.networks["network"])
    owners = exempelstad.responsibilities.dropna(subset="department")
    assert 55 <= owners["network"].nunique() < 80
    costs = exempelstad.costs
    assert networks - set(costs.loc[costs["amount"].notna(), "network"])
    assert set(costs["currency"].dropna()) == {"SEK", "EUR"}
    answers = exempelstad.answers
    assert set(answers["answer"]) == {"rating", "dont_know", "not_our_field", "no_answer"}
    assert (answers["low"] < answers["high"]).any()
    assert set(answers.loc[answers["version"] == 2, "department"]) == {"environment"}
    silent = set(exempelstad.asked["department"]) - set(answers["department"])
    assert silent == {"property", "sports", "housing-company"}
    assert exempelstad.lessons["used_for"].isna().any()


def test_everything_says_that_it_is_invented(exempelstad):
    row = exempelstad.case.iloc[0]
    assert row["synthetic"] == "yes"
    assert "påhittade" in row["title_sv"]
    assert "invented" in row["title_en"]
    assert exempelstad.networks["name"].str.endswith("(påhittat)").all()
    assert exempelstad.networks["note_en"].str.endswith("(invented)").all()
    assert exempelstad.sources["title"].str.contains("påhitta").all()
    package = json.loads((CASE / "datapackage.json").read_text("utf-8"))
    assert "synthetic" in package["title"]
    assert [r["name"] for r in package["resources"]] == list(case_tables())
    assert all(r["title"].endswith("(synthetic: invented)") for r in package["resources"])


def test_no_row_is_without_its_other_language(exempelstad):
    for name in case_tables():
        frame = getattr(exempelstad, name)
        for pair in [column[:-3] for column in frame if column.endswith("_sv")]:
            assert (frame[f"{pair}_sv"].isna() == frame[f"{pair}_en"].isna()).all(), (name, pair)
