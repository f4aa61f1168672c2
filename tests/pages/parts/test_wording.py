import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from netanalysis.errors import Problem, describe
from netanalysis.language.messages import MESSAGES
from netanalysis.language.words import speak
from tests.conftest import ROOT

PO = ROOT / "netanalysis" / "locale" / "sv" / "LC_MESSAGES" / "netanalysis.po"
KEYWORDS = ["words", "self", "plural:1,2", "markup", "Phrase"]


@pytest.fixture(scope="module")
def catalogue():
    with PO.open("rb") as file:
        return read_po(file, locale="sv")


@pytest.mark.slow
def test_the_catalogue_has_every_text_of_the_code_and_no_other(catalogue, tmp_path):
    template = tmp_path / "texts.pot"
    keywords = [argument for keyword in KEYWORDS for argument in ("-k", keyword)]
    subprocess.run(
        [
            *(sys.executable, "-m", "babel.messages.frontend", "-q", "extract"),
            *("-F", "netanalysis/locale/babel.cfg", *keywords, "-o", template),
            *("netanalysis", "notebooks"),
        ],
        cwd=ROOT,
        check=True,
    )
    with template.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    assert {message.id for message in catalogue if message.id} == wanted  # else: make words


def test_every_text_is_translated_with_the_same_values(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy
        for text in strings:
            assert set(placeholders(text)) == set(placeholders(originals[0])), message.id


def placeholders(text):
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_messages_are_translated(catalogue):
    known = {message.id for message in catalogue}
    assert {text for message in MESSAGES.values() for text in message} <= known


@pytest.mark.parametrize(
    ("language", "number", "percent", "date", "term", "listing"),
    [
        ("sv", "1\u00a0234,5", "50\u00a0%", "23 november 2011", "2009–2011", "a, b och c"),
        ("en", "1,234.5", "50%", "23 November 2011", "2009–2011", "a, b and c"),
    ],
)
def test_numbers_dates_and_lists(language, number, percent, date, term, listing):
    words = speak(language)
    assert words.number(1234.5, 1) == number
    assert words.percent(0.5) == percent
    assert words.date("2011-11-23") == date
    assert words.term("2009", "2011") == term
    assert words.listing(["a", "b", "c"]) == listing


def test_what_is_not_known_is_written_so():
    assert speak("sv").date(None) == "uppgift saknas"
    assert speak("en").term(None, float("nan")) == "not known"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="not one of sv, en"):
        speak("de")


def test_a_problem_reads_as_an_official_would_write_it():
    problem = Problem("date", "data/x/seats.csv", 4, "end", {"value": "2011-13-01"})
    assert speak("sv").explain(problem) == (
        'data/x/seats.csv, rad 4, kolumn end: "2011-13-01" är inget datum.\n'
        "  Varför: datum skrivs enligt ISO 8601: år, år-månad eller år-månad-dag.\n"
        "  Åtgärd: skriv 2011, 2011-12 eller 2011-12-01, "
        "eller lämna cellen tom om uppgiften saknas."
    )
    assert describe(problem) == speak("en").explain(problem)
