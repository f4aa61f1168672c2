"""What is said once of a column is said whole, and what is made from it is up to date."""

import runpy

import pytest

from netanalysis.language.languages import LANGUAGES
from netanalysis.language.words import speak
from netanalysis.loaders.case.columns import (
    case_tables,
    code_words,
    definitions,
    references,
    tables,
    text_in,
)
from netanalysis.pages.labels import label
from netanalysis.scoring import engagement
from tests.conftest import ROOT

COLUMNS = [column for table in tables() for column in definitions(table)]


def test_the_page_and_the_map_of_the_tables_are_up_to_date():
    made = runpy.run_path(str(ROOT / "docs" / "tables.py"))
    for name, make in (("tables.md", made["page"]), ("tables.svg", made["picture"])):
        assert (ROOT / "docs" / name).read_text("utf-8") == make(), "run: make docs"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda one: f"{one.table}-{one.name}")
def test_a_column_is_described_in_every_language(column):
    assert column.description.endswith(".")
    for language in LANGUAGES:
        assert column.words[f"head_{language}"]
        assert column.words[f"help_{language}"].endswith(".")
        assert bool(column.words[f"example_{language}"]) == bool(column.words["example_en"])
    assert set(column.values) <= set(code_words(column.codes))


def test_codes_and_sheets_have_words_in_every_language():
    for code, row in code_words().items():
        assert all(row[f"word_{language}"] for language in LANGUAGES), code
    for table, row in tables().items():
        assert all(row[f"{one}_{language}"] for one in ("sheet", "note") for language in LANGUAGES)
        places = sorted(column.place for column in definitions(table))
        assert places == list(range(1, len(places) + 1)), table
    assert {column.refers for column in COLUMNS if column.refers} == set(references())


def test_a_language_without_words_of_its_own_has_the_english_ones():
    assert text_in(code_words("yes")["yes"], "word", "no") == "yes"


def test_a_code_of_two_lists_is_what_a_member_list_means_by_it_on_a_page():
    assert label("board", speak("en")) == "board member"
    assert text_in(code_words("bodies")["board"], "word", "en") == "board"


def keys(table):
    found = case_tables()[table].get("foreignKeys", [])
    return {(*key["fields"], key["reference"]["resource"]) for key in found}


def test_references_are_foreign_keys():
    assert keys("costs") == {
        ("network", "networks"),
        ("paid_by", "departments"),
        ("source_id", "sources"),
    }
    assert ("network", "body", "bodies") in keys("seats")
    assert keys("answers") == {
        ("department", "network", "asked"),
        ("criterion", "criteria"),
        ("source_id", "sources"),
    }
    assert "bodies" not in {key[-1] for key in keys("participation")}  # the body can be empty


def test_a_text_in_a_language_that_the_case_is_not_written_in_may_be_left_out():
    fields = {one["name"]: one for one in case_tables(["sv"])["goals"]["fields"]}
    assert fields["title_sv"]["constraints"] == {"required": True}
    assert "constraints" not in fields["title_en"]


def test_the_levels_of_the_tables_are_those_that_are_scored():
    assert tuple(code_words("levels")) == engagement.LEVELS
