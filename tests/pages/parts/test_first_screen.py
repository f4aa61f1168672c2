"""What the first screen says, on the first case and where it must say something else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis.pages.evaluation import first_screen, level_table, readings, to_decide
from netanalysis.pages.evaluation.sentences import heading
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import INSUFFICIENT, LEVELS, directions
from tests.conftest import holding


@pytest.fixture
def view(stockholm):
    return View(stockholm, "en")


def text(fragment):
    return " ".join(BeautifulSoup(str(fragment), "html.parser").get_text(" ").split())


def directed(shares, today=("participate",), error=0.0, known=1.0):
    share = pd.DataFrame([shares], ["n"], LEVELS)
    wrong = pd.DataFrame(error, ["n"], LEVELS)
    return directions(share, wrong, pd.Series({"n": today}), pd.Series({"n": known})).loc["n"]


@pytest.mark.parametrize(
    ("shares", "direction", "share"),
    [
        ((0.3, 0.3, 0.2, 0.2), "less", 0.6),
        ((0.3, 0.29, 0.41, 0.0), "at_most", 1.0),
        ((0.2, 0.2, 0.6, 0.0), "same", 0.6),
        ((0.0, 0.1, 0.45, 0.45), "at_least", 0.9),
        ((0.0, 0.11, 0.44, 0.45), "open", np.nan),
        ((0.0, 0.0, 0.4, 0.6), "more", 0.6),
        ((0.2, 0.3, 0.2, 0.3), "open", np.nan),
    ],
)
def test_where_what_comes_out_lies_from_today(shares, direction, share):
    found = directed(shares)
    assert found["direction"] == direction
    assert found["share"] == pytest.approx(share, nan_ok=True)


def test_no_direction_without_evidence_or_without_todays_level():
    assert directed((0, 1, 0, 0), known=0.49)["direction"] == INSUFFICIENT
    assert directed((0, 1, 0, 0), ("follow", "participate"))["direction"] == "depends_on_today"


def test_a_direction_near_a_limit_is_said_to_be_there():
    assert directed((0.3, 0.301, 0.399, 0.0), error=0.001)["close"]
    assert not directed((0.4, 0.301, 0.299, 0.0), error=0.001)["close"]


def test_the_answer_goes_by_direction_and_says_what_it_hangs_on(outcome, view):
    page = BeautifulSoup(str(first_screen.answer(outcome, view)), "html.parser")
    said = [text(one) for one in page.find_all("p")]
    assert said[0].startswith("Less than today: Metropolis and UCLG. ")
    assert "The calculation leans towards “Member only”. “Not a member” is possible too." in said[0]
    assert (
        "“Takes part” and “Holds office” are excluded, since Strategic fit is rated 1 of 4 (“The "
        "main direction lies outside the city’s goals”)." in said[0]
    )
    assert (
        "would point at it if Strategic fit were rated 0 of 4 (“The direction runs counter to the "
        "city’s goals”), which the evidence does not support." in said[0]
    )
    assert said[1].startswith("As today: EUROCITIES.")
    assert "The office makes the same assessment." in said[1]
    assert said[2].startswith("At least as today: C40. Nearly all calculations give at least")
    assert "Metropolis and UCLG: the same except “without" in said[3]


def held(outcome, shares, **more):
    """The outcome as if these were the shares of C40."""
    found = outcome.shares.copy()
    found.loc["c40"] = shares
    possible = outcome.possible | {
        "c40": tuple(level for level, share in zip(LEVELS, shares, strict=True) if share)
    }
    other = replace(outcome)
    vars(other).update({name: one for name, one in vars(outcome).items() if name != "settled"})
    for name in ("settled", "directions", "actions"):
        vars(other).pop(name, None)
    vars(other).update({"shares": found, "possible": possible, **more})
    return other


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (
            (0, 0, 0, 1),
            "More than today: C40. That holds whatever the missing answers would show. Only “Holds "
            "office” is possible.",
        ),
        (
            (0, 0, 0.95, 0.05),
            "The calculation points at “Takes part”. “Holds office” is possible too.",
        ),
        ((0, 0.5, 0.5, 0), "At most as today: C40. All calculations give at most today’s level"),
        ((0, 0.5, 0.45, 0.05), "Nearly all calculations give at most today’s level, “Takes part”"),
        ((0, 0, 0.5, 0.5), "At least as today: C40. All calculations give at least today’s level"),
        ((0.2, 0.3, 0.2, 0.3), "Cannot be told: C40. “Not a member”, “Member only”, "),
    ],
)
def test_each_way_to_come_out_has_its_sentence(outcome, view, shares, said):
    assert said in text(first_screen.answer(held(outcome, shares), view))


def test_too_little_evidence_is_said_and_nothing_else(outcome, view):
    known = outcome.known.copy()
    known["c40"] = 0.4
    answer = text(first_screen.answer(held(outcome, (0, 0, 0, 1), known=known), view))
    assert "Too little evidence: C40. Criteria with a rating carry less than half" in answer
    assert "Only “Holds office”" not in answer


def test_an_office_against_the_evidence_is_told_so(outcome, view):
    answer = text(first_screen.answer(held(outcome, (0, 0, 0, 1)), view))
    assert "The office’s assessment is “Takes part”, which the evidence rules out." in answer


def test_the_table_marks_today_the_office_and_what_is_excluded(outcome, view):
    page = BeautifulSoup(str(level_table.levels(outcome, view)), "html.parser")
    row = next(tr for tr in page.find_all("tr") if tr.th.get_text() == "UCLG")
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
    assert cells[0].endswith("◆ the office")
    assert cells[2] == "Takes part excluded"
    assert cells[3] == "Holds office excluded ○ today"
    assert "development cooperation" in cells[4]
    assert "today" in row.find_all("td")[3]["class"]
    assert "s0" in row.find_all("td")[2]["class"]
    shares = outcome.shares.loc["eurocities"]
    eurocities = next(tr for tr in page.find_all("tr") if tr.th.get_text() == "EUROCITIES")
    shades = [cell["class"] for cell in eurocities.find_all("td")[2:4]]
    assert [0.25 <= shares[level] < 0.45 for level in ("participate", "lead")] == [True, False]
    assert 0.45 <= shares["lead"] < 0.7
    assert [("s2" in one, "s3" in one) for one in shades] == [(True, False), (False, True)]


def test_only_what_is_more_than_the_table_shows_is_folded(outcome, view, monkeypatch):
    for shown, folded in ((4, False), (3, True)):
        monkeypatch.setattr(level_table, "SHOWN", shown)
        assert ("<details>" in level_table.levels(outcome, view)) == folded


def test_a_level_that_alone_is_possible_has_all(outcome, view):
    page = text(level_table.levels(held(outcome, (0, 0, 0, 1)), view))
    assert "Holds office 100%" in page


def test_what_is_to_be_decided_comes_from_the_office(outcome, view):
    said = text(to_decide.to_decide(outcome, view))
    assert "Leave Metropolis and UCLG? The office proposes 31 December 2011. The membership of " \
           "UCLG runs through Metropolis." in said  # fmt: skip
    assert "23–26 November 2011" in said
    assert "more than one place: Porto Alegre, Brazil; Cairo)" in said


def test_what_is_decided_is_no_question(outcome, stockholm):
    row = dict.fromkeys(stockholm.decisions.columns) | {
        "network": "uclg", "level": "not_a_member", "action": "leave", "status": "decided"
    }  # fmt: skip
    for status, asked in (("decided", "Leave Metropolis?"), ("proposed", "Leave Metropolis and")):
        decisions = pd.DataFrame([row | {"status": status}])
        view = View(replace(stockholm, decisions=decisions), "en")
        assert asked in text(to_decide.to_decide(outcome, view))


def test_the_next_date_is_also_the_end_of_a_term(outcome, stockholm):
    soon = stockholm.seats.assign(end=stockholm.seats["end"].mask(
        stockholm.seats["network"] == "metropolis", "2011-03-01"))  # fmt: skip
    said = text(to_decide.to_decide(outcome, View(replace(stockholm, seats=soon), "en")))
    assert "Next date: Metropolis: end of term, 1 March 2011." in said
    city = stockholm.events.assign(network=None)
    said = text(to_decide.to_decide(outcome, View(replace(stockholm, events=city), "en")))
    assert "more than one place: Porto Alegre, Brazil; Cairo)" in said


def test_without_an_office_the_calculation_asks(outcome, stockholm):
    bare = replace(stockholm, assessments=stockholm.assessments.iloc[:0])
    said = text(to_decide.to_decide(outcome, View(bare, "en")))
    assert "Do less in Metropolis and UCLG?" in said
    assert "Do more" not in said
    even = held(outcome, (0, 0, 1, 0))
    vars(even)["directions"] = even.directions.assign(direction="same")
    assert "Nothing is proposed." in text(to_decide.to_decide(even, View(bare, "en")))


def test_what_is_unknown_is_one_line(outcome, view):
    said = text(to_decide.unknown(outcome, view)).strip()
    assert said == "Unknown: what any of the memberships costs and 2 of 36 ratings."


def test_where_all_is_known_nothing_is_said(outcome, stockholm):
    costs = pd.DataFrame([{"network": name, "year": 2011, "kind": "fee", "amount": 1.0,
                           "currency": "SEK"} for name in outcome.networks])  # fmt: skip
    costs = costs.reindex(columns=stockholm.costs.columns).astype(stockholm.costs.dtypes)
    view = View(replace(stockholm, costs=costs), "en")
    whole = holding(stockholm, networks=outcome.networks, today=outcome.today,
                    ratings=outcome.ratings.assign(state=""))  # fmt: skip
    assert str(to_decide.unknown(whole, view)) == ""


def test_an_illustration_names_its_maker_and_no_office_as_responsible(stockholm):
    said = text(heading(View(stockholm, "en")))
    assert "Illustration by netanalysis" in said
    assert "The city has neither commissioned nor reviewed it." in said
    assert "Responsible" not in said
    assert "The office: International Unit, City Executive Office" in said
    own = replace(stockholm, case=stockholm.case.assign(illustration_by_en=None))
    said = text(heading(View(own, "en")))
    assert "Illustration" not in said
    assert "Responsible: International Unit" in said


def test_a_page_says_its_status_and_an_illustration_is_no_document_in_a_case(stockholm):
    drawn = View(stockholm, "en")
    own = View(replace(stockholm, case=stockholm.case.assign(illustration_by_en=None)), "en")
    told = {"working": "working material", "case": "document in the case", "published": "published"}
    for status, name in told.items():
        assert f"Status: {name} · As of: 2011" in text(heading(own, status=status))
        assert ("Status: " in text(heading(drawn, status=status))) == (status != "case")
    with pytest.raises(ValueError, match='status "public" is not one of working, case, published'):
        heading(own, status="public")


def test_networks_that_read_alike_are_told_together(outcome, view):
    said = text(readings.in_short(outcome, view))
    assert "; Metropolis and UCLG: the same except “without " in said
    assert said.endswith("; C40: the same in all.")
    turned = outcome.readings
    vars(same := replace(outcome))["readings"] = turned.assign(outcome=turned["before"])
    assert text(readings.in_short(same, view)) == (
        "With the evidence read in other ways (see Uncertainties): EUROCITIES, Metropolis, UCLG "
        "and C40: the same in all."
    )
