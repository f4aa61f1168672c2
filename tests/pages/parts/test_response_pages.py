"""The page of answers: what it shows, what it hides, and that data stays text."""

import csv
import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis import load_case
from netanalysis.pages import key_figures
from netanalysis.pages.answers import figures, responses
from netanalysis.pages.view import View
from netanalysis.scoring import disclosure
from tests.exchange.workbooks import replying

HOSTILE = '<script>alert("x")</script>'


def rows(folder, table, *lines):
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def answer(department, respondent, criterion, low, answer="rating", comment="", version=1):
    ends = [low, low] if answer == "rating" else ["", ""]
    cell = f"Poäng!C{criterion}{department}{respondent}"
    return [department, respondent, "eurocities", criterion, version, answer, *ends, comment, "sv",
            "2020-01-20", "stockholm-2011", cell]  # fmt: skip


def closed(folder):
    """The case when its persons' answers have been closed."""
    return replying.taken(folder)[1]


@pytest.fixture
def answered(copied):
    """A case in which two departments answered, one was silent, and eight persons were asked."""
    rows(
        copied,
        "asked",
        ["culture", "eurocities", "2020-01-01", "2020-02-01", ""],
        ["education", "eurocities", "2020-01-01", "2020-02-01", ""],
        ["environment", "uclg", "2020-01-01", "2020-02-01", ""],
        ["districts", "eurocities", "2020-01-01", "2020-02-01", 8],
    )
    rows(
        copied,
        "answers",
        answer("culture", "", "positioning", 1),
        answer("culture", "", "positioning", 3, comment=HOSTILE, version=2),
        answer("culture", "", "monitoring", "", "dont_know"),
        answer("education", "", "positioning", 4),
        *(answer("districts", n, "positioning", n % 3, comment="hemligt") for n in range(1, 9)),
    )
    about = ["eurocities", 1]
    rows(
        copied,
        "lessons",
        ["culture", "", *about, "En metod", "Nya avtal", "sv", "stockholm-2011", "Taget hem!B4"],
        ["districts", 2, *about, "Persons råd", "", "sv", "stockholm-2011", "Taget hem!B5"],
    )
    return closed(copied)


def cells(fragment):
    """The texts of each row of the tables of a fragment."""
    page = BeautifulSoup(str(fragment), "html.parser")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]


def test_rates_are_told_with_their_base(answered):
    header, culture, education, environment = cells(
        responses.rates(View(answered, "en"), "department")
    )
    assert header[:3] == ["Department", "Networks answered about", "Ratings given"]
    assert culture == ["Culture Administration", "1 of 1", "1", "1", "0", "0", "none"]
    assert environment[1] == "0 of 1"
    assert environment[-1] == "UCLG"
    assert education[2] == "1"
    eurocities, uclg = cells(responses.rates(View(answered, "en"), "network"))[1:]
    assert (eurocities[1], uclg[1]) == ("2 of 2", "0 of 1")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Asked, without an answer: Environment Administration."),
        ("sv", "Tillfrågade utan svar: Miljöförvaltningen."),
    ],
)
def test_the_silent_are_named(answered, language, told):
    assert told in str(responses.in_short(View(answered, language)))


def test_a_network_with_a_single_answer_has_been_heard_about(copied):
    rows(copied, "asked", ["culture", "eurocities", "2020-01-01", "2020-02-01", ""],
         ["education", "uclg", "2020-01-01", "2020-02-01", ""])  # fmt: skip
    rows(copied, "answers", answer("culture", "", "positioning", 1))
    said = str(responses.in_short(View(load_case(copied), "en")))
    assert "1 of 2 departments have answered, about 1 of 2 networks." in said


def test_of_versions_the_last_is_shown(answered):
    lines = [
        row for row in cells(responses.by_network(View(answered, "en"))) if row[0] == "Positioning"
    ]
    assert lines == [["Positioning", "3", "4"], ["Positioning", "no answer"]]
    monitoring = [row for row in cells(responses.by_network(View(answered, "en"))) if len(row) == 3]
    assert ["Monitoring", "don’t know", "no answer"] in monitoring


def test_the_pictures_tell_what_they_show(answered):
    who = figures.who_answered(View(answered, "en"))
    assert "2 of 3 questions are answered" in who.alt
    assert cells(who.data)[1:] == [
        ["Education Administration", "EUROCITIES", "1"],
        ["Culture Administration", "EUROCITIES", "1"],
        ["Environment Administration", "UCLG", "no answer"],
    ]
    assert "asked, no answer" in who.svg
    ratings = figures.ratings(View(answered, "en"))
    assert ["EUROCITIES", "Positioning", "3–4", "2", "0", "0", "0", "2"] in cells(ratings.data)
    assert "rated" in ratings.alt
    assert "3–4 (2)" in ratings.svg
    assert "nobody has rated" in ratings.svg
    assert re.search(r"<svg[^>]*>", who.svg)


def test_persons_answers_are_shown_as_far_as_they_may_be(answered):
    shown = disclosure.protected(disclosure.counts(answered.answers, answered.asked))
    allowed = disclosure.ratings_allowed(shown)
    text = cells(responses.persons(View(answered, "en"), shown, allowed))
    assert ["EUROCITIES", "All together", "8", "8"] in text
    (positioning,) = [row for row in text if row[0] == "Positioning"]
    hidden = shown[(shown["criterion"] == "positioning") & ~shown["shown"]]["answer"]
    assert [positioning[1 + disclosure.CLASSES.index(one)] for one in hidden] == ["hidden"] * len(
        hidden
    )
    assert len(hidden) >= 2
    assert positioning[9] == "8"


@pytest.mark.parametrize("status", ["working", "case", "published"])
def test_comments_and_persons_texts_are_for_working_pages(answered, status):
    comments = str(responses.comments(View(answered, "en"), status))
    lessons = str(responses.lessons(View(answered, "en"), status))
    assert ("hemligt" in comments) == (status == "working")
    assert ("Persons råd" in lessons) == (status == "working")
    assert "En metod" in lessons
    assert "<script" not in comments
    assert ("&lt;script" in comments) == (status == "working")
    assert "City districts" not in comments + lessons


@pytest.mark.parametrize(
    ("language", "opened", "rows_changed"),
    [
        ("en", "before it is closed, when the last day for their answers is over: 1 February 2020.",
         "rows have been changed after they were closed"),
        ("sv", "förrän de har stängts, när sista dagen för svar har passerat: 1 februari 2020.",
         "rader har ändrats efter att svaren stängdes"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_what_persons_answered_is_not_shown_but_as_it_was_closed(
    answered, language, opened, rows_changed
):
    """Neither a number nor a word, and a sentence says why; departments stay as they are."""
    not_closed = replace(answered, sources=answered.sources.assign(sha256=None))
    one_more = answered.answers.tail(1).assign(respondent=9)
    changed = replace(answered, answers=pd.concat([answered.answers, one_more], ignore_index=True))
    whole = View(answered, language)
    for case, told in ((not_closed, opened), (changed, rows_changed)):
        view = View(case, language)
        shown = disclosure.protected(disclosure.counts(case.answers, case.asked))
        allowed = disclosure.ratings_allowed(shown)
        page = str(responses.persons(view, shown, allowed))
        assert told in page
        assert "<table" not in page
        assert not set("45678") & set(re.sub("2020", "", page))
        comments = str(responses.comments(view, "working"))
        lessons = str(responses.lessons(view, "working"))
        assert told in comments
        assert told in lessons
        assert "hemligt" not in comments
        assert "Persons råd" not in lessons
        assert "En metod" in lessons
        assert "&lt;script" in comments
        assert told in str(responses.in_short(view))
        for part in ("public", "rates"):
            one, other = (
                responses.rates(each, "department")
                if part == "rates"
                else responses.lessons(each, "public")
                for each in (view, whole)
            )
            assert one == other


def test_words_of_persons_do_not_stand_in_the_order_of_their_departments(copied):
    """In the table the departments come one after the other; on the page the words tell nothing."""
    about = ["eurocities", 1]
    rows(
        copied,
        "asked",
        *([one, "eurocities", "", "2020-02-01", 8] for one in ("culture", "education")),
        ["environment", "eurocities", "", "", ""],
        ["districts", "eurocities", "", "", ""],
    )
    said = [("culture", 1, "d"), ("culture", 2, "b"), ("education", 1, "c"), ("education", 2, "a")]
    said += [("districts", "", "z"), ("environment", "", "y")]
    rows(
        copied,
        "answers",
        *(answer(who, number, "positioning", 2, comment=text) for who, number, text in said),
    )
    rows(
        copied,
        "lessons",
        *([who, number, *about, text, "", "sv", "stockholm-2011", f"Taget hem!{who}{number}"]
          for who, number, text in said),
    )  # fmt: skip
    case = closed(copied)
    order = ["y", "z", "a", "b", "c", "d"]  # departments first, in the order of the case
    assert [
        line[-1] for line in cells(responses.comments(View(case, "en"), "working"))[1:]
    ] == order
    assert [line[-2] for line in cells(responses.lessons(View(case, "en"), "working"))[1:]] == order


def test_a_text_in_another_language_is_marked(answered):
    page = BeautifulSoup(str(responses.lessons(View(answered, "en"))), "html.parser")
    assert page.find(lang="sv", string="En metod")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_where_nobody_was_asked_the_page_says_so(stockholm, language):
    said = {"sv": "Ingen förvaltning har tillfrågats.", "en": "No department has been asked."}
    shown = disclosure.protected(disclosure.counts(stockholm.answers, stockholm.asked))
    allowed = disclosure.ratings_allowed(shown)
    for part in (
        responses.in_short(View(stockholm, language)),
        figures.who_answered(View(stockholm, language)),
        figures.ratings(View(stockholm, language)),
        responses.lessons(View(stockholm, language)),
    ):
        assert str(part) == f"<p>{said[language]}</p>"
    assert str(responses.by_network(View(stockholm, language))) == ""
    assert "<p>" in str(responses.persons(View(stockholm, language), shown, allowed))
    assert key_figures.of_responses(stockholm)["asked"] == 0


def test_key_figures_by_hand(answered):
    assert dict(key_figures.of_responses(answered)) == {
        "asked": 3, "answered": 2, "silent": 1, "networks": 2, "networks_answered": 1,
        "ratings": 2, "dont_know": 1, "not_our_field": 0, "left_empty": 0, "lessons": 1,
    }  # fmt: skip


@pytest.mark.parametrize("number", [responses.MOST, responses.MOST + 1])
def test_of_many_rows_of_answers_the_table_is_folded(answered, number):
    names = [f"d{n}" for n in range(number)]
    departments = pd.DataFrame({"department": names, "name_sv": names, "name_en": names})
    asked = answered.asked.iloc[[0] * number].assign(department=names)
    case = replace(answered, departments=departments, asked=asked)
    shown = responses.rates(View(case, "en"), "department")
    assert shown.count("<tr>") == number + 1
    assert ("<details" in shown) == (number > responses.MOST)
