"""The pages say what they said: a change of their text is made on purpose, by `make pages`."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.pages.making import ROOT
from tests.pages.mutants import MODULES
from tests.pages.stored import (
    DRAWINGS,
    FOLDER,
    NAMES,
    WANTED,
    difference,
    drawn,
    other_versions,
    subjects,
    texts,
)


@pytest.fixture(scope="module")
def now(shared_pages):
    return texts(shared_pages)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_it_said(name, now):
    if changed := difference(name, now[name]):
        pytest.fail(f"If this is meant, store it by `make pages`:\n{changed}", pytrace=False)


@pytest.mark.parametrize("name", ["stockholm-2011.evaluation.en", "exempelstad-2025.answers.sv"])
def test_no_word_of_a_page_is_missing_from_its_text(name, now, shared_pages):
    page = shared_pages[subjects(shared_pages)[name]].read_text("utf-8")
    shown = re.sub(r"\s+", " ", now[name])
    words = [" ".join(string.split()) for string in BeautifulSoup(page, "html.parser").body.strings]
    assert len(words) > 1000
    assert [one for one in words if one not in shown and "netanalysis" not in one] == []


def test_every_picture_says_in_few_words_what_it_shows_and_where_the_figures_are(shared_pages):
    told = {
        "sv": "Siffrorna står i tabellen nedanför.",
        "en": "The figures stand in the table below.",
    }
    counted = 0
    for name, subject in subjects(shared_pages).items():
        page = BeautifulSoup(shared_pages[subject].read_text("utf-8"), "html.parser")
        for picture in page.find_all("img"):
            counted += 1
            assert len(picture["alt"]) <= 200, name
            assert picture["alt"].endswith(told[page.html["lang"]]), name
            title = picture.find_previous("figcaption").strong
            assert title["aria-hidden"] == "true"
            said = " ".join(title.get_text().split())
            assert said in picture["alt"] or "…" in picture["alt"], name
    assert counted > 50


def test_only_pages_that_are_made_are_stored():
    assert {file.stem for file in FOLDER.glob("*.txt")} == {*NAMES, DRAWINGS}


def test_every_notebook_is_stored():
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert notebooks == {name.split(".")[1] for name in WANTED}


def test_the_modules_that_are_changed_are_there():
    assert [path for path in MODULES if not path.is_file()] == []


@pytest.fixture
def pinned():
    if others := other_versions():
        pytest.skip(f"compared where the pinned versions run, and here are {', '.join(others)}")


@pytest.mark.usefixtures("pinned")
def test_the_drawings_look_as_they_did(shared_pages):
    if changed := difference(DRAWINGS, drawn(shared_pages)):
        pytest.fail(f"If this is meant, store it by `make pages`:\n{changed}", pytrace=False)


@pytest.mark.usefixtures("pinned")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_committed_page_is_what_the_notebook_makes(language, pages):
    page = ROOT / "reports" / f"stockholm-2011.{language}.html"
    assert page.read_bytes() == pages[language].encode(), "make report makes it again"
