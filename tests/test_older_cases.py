"""Cases and workbooks as earlier versions made them are read, or it is told how they can be."""

import json
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from netanalysis import DataError, load_case
from netanalysis.cli import main
from netanalysis.exchange.store.earlier import EARLIER
from netanalysis.exchange.workbook.checks import checked
from netanalysis.exchange.workbook.reading import read_workbook
from netanalysis.folders import DATA_VARIABLE
from netanalysis.loaders.case.closing import PERSONS
from netanalysis.loaders.case.columns import tables
from netanalysis.loaders.case.migrations import ADDED_TABLES
from netanalysis.pages.answers import responses
from netanalysis.pages.view import View
from netanalysis.scoring import disclosure
from tests.conftest import ROOT

FIXTURES = ROOT / "tests" / "fixtures"

THEN = {
    "sv": ["Ej medlem", "Följa", "Delta", "Leda"],
    "en": ["Not a member", "Follow", "Participate", "Lead"],
}


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A data folder with both cases as they were in version 1 of the tables."""
    with zipfile.ZipFile(FIXTURES / "cases-tables-1.zip") as packed:
        packed.extractall(tmp_path / "data")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def run(data, *arguments):
    return CliRunner().invoke(main, [*arguments, "--data", str(data)])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stockholm-2011", "exempelstad-2025"])
def test_an_older_case_is_upgraded_and_kept(older, name):
    before = (older / name / "criteria.csv").read_bytes()
    with pytest.raises(DataError, match=f"netanalysis upgrade {name}") as caught:
        load_case(older / name)
    assert [problem.code for problem in caught.value.problems] == ["case_older"]
    refused = run(older, "check", name)
    assert (refused.exit_code, f"netanalysis upgrade {name}" in refused.output) == (2, True)
    assert run(older, "upgrade", name).exit_code == 0
    upgraded, today = load_case(older / name), load_case(ROOT / "data" / name)
    nobody = upgraded.case["illustration_by_en"]
    assert nobody.isna().all()
    today = replace(
        today,
        sources=open_again(today.sources),
        seats=today.seats.assign(ongoing=upgraded.seats["ongoing"]),
        participation=today.participation.assign(ongoing=upgraded.participation["ongoing"]),
        statements=coded_then(today.statements),
        case=today.case.assign(illustration_by_sv=nobody, illustration_by_en=nobody),
        rates=today.rates.iloc[:0],
    )
    assert upgraded.seats["ongoing"].isna().all()
    assert upgraded.statements["told_by"].isna().all()
    for table, frame in vars(today).items():
        assert table not in tables() or same(table, frame, getattr(upgraded, table)), table
    (kept,) = (older / name / EARLIER).iterdir()
    assert (kept / "criteria.csv").read_bytes() == before
    descriptors = [json.loads((one / name / "datapackage.json").read_text("utf-8"))
                   for one in (older, ROOT / "data")]  # fmt: skip
    for one in (table for package in descriptors for table in package["resources"]):
        if one["name"] in ADDED_TABLES:
            del one["title"]  # of a table that was not there to be marked as invented
    assert descriptors[0] == descriptors[1]
    again = run(older, "upgrade", name)
    assert (again.exit_code, len(list((older / name / EARLIER).iterdir()))) == (0, 1)


def test_an_older_table_stands_in_the_folder_of_its_case(older):
    outside = older / "secret.csv"
    outside.write_text("network,name\nc40,C40\n", "utf-8")
    descriptor = older / "stockholm-2011" / "datapackage.json"
    text = descriptor.read_text("utf-8")
    descriptor.write_text(text.replace('"networks.csv"', '"../secret.csv"'), "utf-8")
    refused = run(older, "upgrade", "stockholm-2011")
    assert refused.exit_code == 2
    assert "../secret.csv" in refused.output
    assert not (older / "stockholm-2011" / EARLIER).exists()


def same(table, today, upgraded):
    """Whether two tables say the same; the words for levels and for reasons are the case's own."""
    if table in ("case", "demands", "levels"):
        words = [
            name for name in today.columns if name.startswith(("label", "reason", "threshold_r"))
        ]
        assert words
        today, upgraded = today.drop(columns=words), upgraded.drop(columns=words)
    return today.equals(upgraded)


def coded_then(statements):
    """Statements without those from among the reasons for a proposal, which were none then."""
    return statements[statements["told_by"].isna()].reset_index(drop=True)


def open_again(sources):
    """Sources as they were before persons' answers were closed."""
    return sources[sources["source_id"] != PERSONS]


@pytest.mark.slow
def test_persons_answers_of_an_older_case_are_shown_when_an_office_closes_them(older):
    assert run(older, "upgrade", "exempelstad-2025").exit_code == 0
    upgraded = load_case(older / "exempelstad-2025")
    assert "not shown before it is closed" in response_page(upgraded)
    assert "<table" not in response_page(upgraded)
    done = run(older, "answers", "--into", "exempelstad-2025")
    assert done.exit_code == 0, done.output
    assert "Closed with the answers of" in done.output
    closed, today = (load_case(one / "exempelstad-2025") for one in (older, ROOT / "data"))
    assert sorted(closed.answers["locator"]) == sorted(today.answers["locator"])
    assert response_page(closed) == response_page(today)
    assert "<table" in response_page(closed)


def response_page(case):
    shown = disclosure.protected(disclosure.counts(case.answers, case.asked))
    return responses.persons(View(case, "en"), shown, disclosure.ratings_allowed(shown))


def test_an_older_case_that_is_wrong_is_left_as_it_is(older):
    file = older / "stockholm-2011" / "criteria.csv"
    file.write_text(file.read_text("utf-8").replace(",max,", ",most,", 1), "utf-8")
    before = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    refused = run(older, "upgrade", "stockholm-2011")
    assert refused.exit_code == 2
    assert "stockholm-2011/criteria.csv" in refused.output
    assert {one.name: one.read_bytes() for one in file.parent.iterdir()} == before


def test_a_case_of_a_later_version_is_refused(copied):
    file = copied / "datapackage.json"
    file.write_text(
        json.dumps(json.loads(file.read_text("utf-8")) | {"netanalysis": {"tables": 99}})
    )
    with pytest.raises(DataError, match="later version"):
        load_case(copied)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.slow
def test_an_older_workbook_is_read_as_it_is(language, stockholm):
    found = read_workbook(FIXTURES / f"stockholm-2011-tables-1.{language}.xlsx")
    case, problems = checked(found)
    assert problems == []
    assert case.criteria.equals(stockholm.criteria)
    assert case.demands["veto"].equals(stockholm.demands["veto"])  # under a head of that time
    assert list(case.levels["level"]) == list(stockholm.levels["level"])
    assert list(case.levels[f"label_{language}"]) == THEN[language]  # a case keeps its own words
