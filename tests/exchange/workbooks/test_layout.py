import re

import pytest

from netanalysis.exchange.workbook.layout import (
    example_mark,
    lists_title,
    pages,
    reference_code,
    reference_names,
    start_title,
)
from netanalysis.language.words import LANGUAGES, speak
from netanalysis.loaders.case.columns import case_tables, references

BOTH = ("sv", "en")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def alike(texts):
    return len({text.casefold() for text in texts}) < len(texts)


@every_language
def test_every_column_of_every_table_is_on_a_sheet_once(language):
    found = {page.table: sorted(c.name for c in page.columns) for page in pages(language, BOTH)}
    assert found == {
        table: sorted(field["name"] for field in schema["fields"])
        for table, schema in case_tables().items()
    }


@every_language
def test_titles_are_names_that_a_cell_can_be_named_by(language):
    titles = [page.title for page in pages(language, BOTH)]
    titles += [start_title(speak(language)), lists_title(speak(language))]
    assert not alike(titles)
    for title in titles:
        assert 0 < len(title) <= 31
        assert not re.search(r"[][:*?/\\']", title)
    for page in pages(language, BOTH):
        assert " " not in page.title


@every_language
def test_heads_and_choices_are_never_two_of_a_kind(language):
    for page in pages(language, BOTH):
        assert not alike([column.label for column in page.columns])
        for column in page.columns:
            assert not alike(list(column.choices))


@every_language
def test_texts_fit_where_excel_shows_them(language):
    for page in pages(language, BOTH):
        for column in page.columns:
            assert 0 < len(column.label) <= 32  # title of an input message
            assert 0 < len(column.help) <= 220  # its text, with room for what is said before it
            assert column.help.endswith(".")


@every_language
def test_every_code_can_be_chosen_and_every_reference_names_a_table(language):
    schemas = case_tables()
    for page in pages(language, BOTH):
        fields = {field["name"]: field for field in schemas[page.table]["fields"]}
        targets = {
            name: key["reference"]["resource"]
            for key in schemas[page.table].get("foreignKeys", [])
            for name in key["fields"]
            if len(key["fields"]) == 1
        }
        for column in page.columns:
            codes = fields[column.name].get("constraints", {}).get("enum")
            if column.kind == "reference":
                assert column.refers in references()
                assert targets.get(column.name, column.refers) == column.refers
            else:
                assert column.name not in targets
                assert list(column.choices.values()) == (codes or [])
            assert (column.kind == "choice") == (bool(codes) and not column.refers)


@every_language
def test_kinds_follow_the_schema(language):
    kinds = {(p.table, c.name): c.kind for p in pages(language, BOTH) for c in p.columns}
    assert kinds["memberships", "since"] == "date"
    assert kinds["costs", "amount"] == "number"
    assert kinds["costs", "year"] == "integer"
    assert kinds["networks", "network"] == "text"
    assert kinds["seats", "body"] == kinds["participation", "body"] == "reference"
    assert kinds["levels", "level"] == "choice"
    assert kinds["demands", "level"] == "reference"


def test_short_names_sources_and_places_may_be_left_empty():
    for page in pages("sv", BOTH):
        for column in page.columns:
            if column.name in ("source_id", "locator", "statement", "event"):
                assert not column.required
    required = {(p.table, c.name) for p in pages("sv", BOTH) for c in p.columns if c.required}
    assert ("networks", "name") in required
    assert ("networks", "network") not in required
    assert ("memberships", "network") in required
    assert ("goals", "goal") not in required


def test_a_case_in_one_language_has_columns_of_that_one_and_of_what_holds_something():
    found = {c.name for c in next(p for p in pages("sv", ["sv"]) if p.table == "goals").columns}
    assert "title_sv" in found
    assert "title_en" not in found
    filled = {("goals", "title_en")}
    goals = next(p for p in pages("sv", ["sv"], filled) if p.table == "goals")
    english = next(c for c in goals.columns if c.name == "title_en")
    assert english.label == "Mål på engelska"
    assert not english.required


def test_a_head_means_one_column_whatever_the_languages_of_the_case():
    for language in LANGUAGES:
        meant = {}
        for languages in (["sv"], ["en"], ["sv", "en"], ["en", "sv"]):
            for page in pages(language, languages):
                for column in page.columns:
                    key = (page.table, column.label)
                    assert meant.setdefault(key, column.name) == column.name


@every_language
def test_examples_show_what_can_be_chosen(language):
    shown = {page.table: page for page in pages(language, BOTH)}
    assert example_mark(speak(language)).endswith(":")
    for page in shown.values():
        kinds = {column.name: column for column in page.columns}
        for name, text in page.example.items():
            if kinds[name].kind == "choice":
                assert text in kinds[name].choices
        if page.example:
            assert page.columns[0].name in page.example
            for column in page.columns:
                tongue = column.name.rpartition("_")[2]
                if column.required and tongue not in set(BOTH) - {language}:
                    assert column.name in page.example, (page.table, column.name)


def test_two_rows_of_one_name_go_by_their_short_names():
    rows = [
        {"network": "a", "name": "Cities"},
        {"network": "b", "name": "cities"},
        {"network": "c", "name": "A"},
        {"network": "d", "name": "Towns"},
        {"network": "e", "name": ""},
    ]
    names = reference_names("networks", rows, "en")
    assert names == {"a": "a", "b": "b", "c": "c", "d": "Towns", "e": "e"}


def test_bodies_of_two_networks_may_have_one_name():
    rows = [
        {"network": "x", "body": "board", "name_sv": "Styrelsen", "name_en": "Board"},
        {"network": "y", "body": "board", "name_sv": "Styrelsen", "name_en": "Board"},
    ]
    names = reference_names("bodies", rows, "sv")
    assert names == {"x/board": "Styrelsen", "y/board": "Styrelsen"}
    assert reference_code("bodies", "board", rows[1]) == "y/board"
