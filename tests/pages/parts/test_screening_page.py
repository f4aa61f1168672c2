"""The page of a request: what it says first, what it withholds, and what it makes of bad text."""

import pytest

from netanalysis.loaders.case.case import case_from
from netanalysis.loaders.members.lists import lists_at_hand
from netanalysis.pages import key_figures
from netanalysis.pages.screening import possibilities, questions, requests
from netanalysis.pages.view import View
from netanalysis.screening import PARTS, WHOM, screen_all
from tests.test_screening import LATER, NETWORK, PAPERS, WHOLE, requests_rows

DECIDED = {"network": NETWORK, "level": "follow", "action": "apply", "date": "2011-09-01",
           "status": "decided", "paragraph": "§ 3", "source_id": LATER,
           "locator": "§ 3"}  # fmt: skip
MOTION = {"request": "river", "network": "rivers", "route": "motion", "as_of": "2010-02",
          "source_id": PAPERS, "locator": "¶1"}  # fmt: skip


def about(*changes, request="creative", status="case", more=(), **tables):
    case = case_from(requests_rows({**WHOLE, **dict(changes)}, *more, **tables))
    return requests.Requests.of(case, screen_all(case, request, draws=200), request, status)


def shown(page, language="en", lists=None):
    """All that the notebook shows of it."""
    view = View(page.case, language)
    parts = [
        requests.heading(page, view),
        requests.answer(page, view),
        requests.overview(page, view),
        questions.ten_questions(page, view),
        questions.find_out(page, view),
        possibilities.adds(page, view, lists),
        possibilities.afterwards(page, view),
        possibilities.rule(page, view),
        possibilities.documents(page, view),
    ]
    return "\n".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "Förslag till handläggning: föreslå på prov."),
        ("en", "Proposal for handling: propose on trial."),
    ],
)
def test_the_proposal_comes_first_and_names_who_may_decide(language, told):
    page = about()
    text = requests.answer(page, View(page.case, language))
    assert text.startswith(f'<div class="answer">\n<p><strong>{told}')
    assert page.case.case.loc[0, f"deciding_body_{language}"] in text
    assert ("15 juni 2012" if language == "sv" else "15 June 2012") in text  # the end of the trial


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("request_", ["creative", ""])
def test_before_a_decision_whoever_asked_is_told_that_it_is_received_and_no_more(
    request_, language
):
    secret = [WHOLE[f"{name}_{language}"] for name in ("benefit", "benefit_by", "gives_way")]
    words = {"sv": ("handläggning: föreslå", "prov"), "en": ("handling: propose", "trial")}[
        language
    ]
    open_page = shown(about(request=request_), language)
    assert words[1] in open_page
    closed = about(request=request_, status="published")
    text = shown(closed, language)
    assert ("bereds" if language == "sv" else "being prepared") in text
    for word in (*secret, *words, "17 500", "17,500"):
        assert word not in text, word
    assert set(key_figures.of_requests(closed)) == {"requests"}


def test_once_decided_the_published_page_tells_of_it():
    page = about(status="published", decisions=[DECIDED])
    assert "Proposal for handling: propose on trial." in shown(page)
    assert "Decision: Member only, 1 September 2011, § 3" in shown(page)
    assert key_figures.of_requests(page)["handling"] == "trial"
    planned = about(status="published", decisions=[{**DECIDED, "status": "proposed"}])
    assert "being prepared" in shown(planned)
    assert "Member only" not in shown(planned)


def test_of_several_only_those_undecided_are_withheld():
    page = about(request="", status="published", more=[MOTION], decisions=[DECIDED])
    text = shown(page)
    assert text.count("being prepared") == 1
    assert "Propose on trial." in text


def test_the_ten_questions_have_ten_rows_and_mark_what_is_blank():
    text = questions.ten_questions(page := about(), View(page.case, "en"))
    assert text.count('<th scope="row">') == 10
    assert text.count("No answer.") == 2  # what doubles it, and its terms
    assert "2011: 17,500 EUR; 2012: 17,500 EUR; 2013: 17,500 EUR." in text
    assert "Working days: 2011: 12." in text
    bare = about(request="river", more=[MOTION])
    text = questions.ten_questions(bare, View(bare.case, "en"))
    assert text.count("No answer.") == 8
    assert text.count("In part.") == 1  # the route alone is known
    assert "Of the questions 2–6, 5 have no answer" in requests.answer(bare, View(bare.case, "en"))


def test_every_part_of_an_answer_that_may_be_missing_has_somebody_to_ask():
    parts = {part for parts in PARTS.values() for part in parts} - {"route"}
    assert parts == set(WHOM)
    bare = about(request="river", more=[MOTION])
    text = questions.find_out(bare, View(bare.case, "en"))
    assert "<li>Blue Rivers: the fee, " in text
    assert "cannot be told before the day of the decision is known" in text
    asked = questions.find_out(page := about(), View(page.case, "sv"))
    assert "Svaren behövs före 15 juni 2011." in asked
    assert "<li>Kulturförvaltningen: vad som dubblerar det.</li>" in asked


def test_what_it_adds_and_doubles_comes_from_member_lists():
    page = about()
    text = possibilities.adds(page, View(page.case, "en"), lists_at_hand())
    assert "would meet at most" in text  # a list of Metropolis that is not whole, none of UCLG
    assert "Cities in common with: EUROCITIES (" in text
    assert "Of 1 membership there is no list" in text
    without = possibilities.adds(page, View(page.case, "en"), None)
    assert "No member list of UNESCO Creative Cities Network is to be had" in without


def test_a_goal_that_nothing_serves_is_told_apart_from_one_that_something_may():
    own = {"goal": "international_strategy", "source_id": PAPERS, "locator": "¶1"}
    other = own | {"goal": "vision-2030"}
    case = about().case
    other["goal"] = next(one for one in case.goals["goal"] if one != own["goal"])
    networks = ("eurocities", "metropolis", "uclg", "c40")

    def told(*rows):
        page = about(responsibilities=[{**row, "network": n} for row, n in rows])
        return possibilities.adds(page, View(page.case, "en"), None)

    assert "is served by 1 membership already" in told((own, "uclg"))
    assert "For 4 memberships no goal is stated" in told()
    served_otherwise = told(*((other, network) for network in networks))
    assert "No membership is known to serve" in served_otherwise
    assert "no goal is stated" not in served_otherwise


@pytest.mark.parametrize("column", ["asked_by", "deciding_body", "benefit", "benefit_by"])
def test_text_of_the_case_is_text(column):
    hostile = "<script>alert(1)</script>"
    page = about(*((f"{column}_{language}", hostile) for language in ("sv", "en")))
    for language in ("sv", "en"):
        text = shown(page, language)
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def test_a_case_without_requests_says_so():
    case = about().case
    bare = requests.Requests.of(case, [], "", "case")
    assert "No request is noted in the case." in shown(bare)
    assert "rule" not in shown(bare)
