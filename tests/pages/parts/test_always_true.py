"""What pages print whatever the case is tried on a case that could make it false."""

import copy
import json
import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis import DataError, compare, evaluate, load_case, triage
from netanalysis.exchange.workbook.defaults import new_tables
from netanalysis.gaps import gaps
from netanalysis.loaders.case.case import case_from, case_rows
from netanalysis.pages import costs, evidence, membership, uncertainties
from netanalysis.pages.answers import responses
from netanalysis.pages.comparison import basis, networks
from netanalysis.pages.evaluation import (
    calculation,
    figures,
    firmness,
    first_screen,
    level_table,
    network_sections,
    results,
    sentences,
    to_decide,
)
from netanalysis.pages.portfolio import attention, closer_look, responsibilities
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS
from tests.conftest import ROOT, holding

DRAWS = 100


@cache
def stored(name):
    return case_rows(name)


def changed(change, name="stockholm-2011"):
    """A case of rows in memory that a function has changed."""
    rows = copy.deepcopy(stored(name))
    change(rows)
    return case_from(rows)


def text(shown):
    html = shown.html if isinstance(shown, figures.Figure) else shown
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").replace("\u00a0", " ").split())


def seen(case, language="en"):
    outcome = evaluate(case, draws=DRAWS)
    return outcome, View(outcome.case, language)


def row_of(shown, head):
    """The cells of the first row with this head."""
    for row in BeautifulSoup(shown, "html.parser").select("tr"):
        cells = [cell.get_text(" ").replace("\u00a0", " ") for cell in row.select("th, td")]
        if cells[0] == head:
            return cells
    raise AssertionError(head)


# ---- dates and places


def without_dates(rows):
    rows["events"], rows["assessments"] = [], []
    rows["seats"] = [row | {"end": ""} for row in rows["seats"]]
    rows["participation"] = [row | {"end": ""} for row in rows["participation"]]


def test_a_date_that_no_source_gives_is_not_made_up():
    outcome, view = seen(changed(without_dates))
    assert "Next date" not in text(to_decide.to_decide(outcome, view))


def test_the_next_date_is_also_one_that_the_office_proposes(outcome):
    def soon(rows):
        first = next(row for row in rows["assessments"] if row["network"] == "c40")
        first["effective"] = "2011-10-01"

    shown = text(to_decide.to_decide(*seen(changed(soon))))
    assert (
        "Do more in C40, at today’s level (Takes part)? The office proposes 1 October 2011."
        in shown
    )


def two_documents(rows):
    more = {"source_id": "bevis", "title": "Medlemsbevis"}
    rows["sources"].append(dict.fromkeys(rows["sources"][0], "") | more)
    rows["statements"][0] |= {"source_id": "bevis", "locator": "hela sidan"}


def test_a_place_has_its_document_where_there_are_several(outcome):
    case = changed(two_documents)
    shown = text(network_sections.sections(*seen(case)))
    assert "hela sidan" in shown
    assert "Medlemsbevis" in shown
    one = text(network_sections.sections(outcome, View(outcome.case, "en")))
    assert outcome.case.sources["title"][0] not in one
    assert "Sources: " in text(sentences.method(*seen(case)))


def test_a_membership_that_has_ended_says_so():
    def ended(rows):
        own = next(row for row in rows["memberships"] if row["network"] == "c40")
        own["until"] = "2010-06"

    assert "June 2010" in row_of(membership.memberships(View(changed(ended), "en")), "C40")


# ---- what is counted


def test_departments_are_counted_alike_on_every_page():
    case = load_case("exempelstad-2025")
    outcome = evaluate(case, draws=DRAWS)
    view, whole = View(outcome.case, "en"), View(case, "en")
    assert len(set(case.asked["department"])) > len(set(outcome.case.asked["department"])) - 1
    for said in BeautifulSoup(responses.in_short(whole), "html.parser").select("li")[:2]:
        assert said.get_text() in text(evidence.asked(outcome, view))
    only = replace(outcome, case=replace(outcome.case, asked=outcome.case.asked[:0]))
    assert evidence.asked(only, view.of(only.case)) == evidence.asked(outcome, view)


def test_the_kinds_of_ratings_add_up(stockholm):
    outcome = holding(stockholm, ratings=evaluate(stockholm, draws=DRAWS).ratings.copy())
    aside = outcome.ratings.index[:2]
    outcome.ratings.loc[aside, ["low", "high", "state"]] = None, None, "not_applicable"
    told = uncertainties.silence(outcome, View(stockholm, "en"))
    rated, cells, _, _, *others = map(int, re.findall(r"\d+", text(told)))
    assert len(others) == 3
    assert cells == rated + sum(others)


def test_a_share_that_can_only_be_one_is_not_called_less(stockholm):
    names = list(stockholm.networks["network"])
    shares = pd.DataFrame(0.0, index=names, columns=list(LEVELS)).assign(lead=1.0)
    outcome = holding(stockholm, shares=shares, possible=dict.fromkeys(names, ("lead",)))
    told = text(figures.shares(outcome, View(stockholm, "en")))
    assert "the only one possible" in told
    svg = figures.shares(outcome, View(stockholm, "en")).svg
    assert "over" not in " ".join(re.findall(r">([^<]*)<", svg))
    alone = holding(stockholm, network="c40")
    few = pd.DataFrame({1: [1.0]}, index=["c40"])
    vars(alone).update(ranks=few, settled=pd.DataFrame({"frequent": ["lead"]}, index=["c40"]))
    assert "100%" in row_of(firmness.ranking(alone, View(stockholm, "en")), "C40")


def test_one_threshold_is_not_a_range():
    def alike(rows):
        rows["case"][0] |= {"threshold_low": "0.6", "threshold_high": "0.6"}

    outcome, view = seen(changed(alike))
    told = [sentences.method(outcome, view), sentences.threshold(view)]
    told.append(calculation.by_level(outcome, view))
    assert all("60%" in text(one) for one in told)
    assert not any(re.search(r"60% (to|and) 60%", text(one)) for one in told)


@pytest.mark.parametrize(("answered", "told"), [(199, "over 99%"), (200, "100%"), (1, "under 1%")])
def test_some_are_not_rounded_to_all_or_none(answered, told):
    from netanalysis.language.words import speak

    assert speak("en").share(answered / 200 if answered > 1 else 1 / 300) == told


# ---- pictures


@pytest.mark.slow
def test_a_picture_is_described_as_it_is_drawn(stockholm):
    few, many = (figures.ratings(*seen(load_case(name))) for name in NAMES)
    assert "bar" in few.note
    assert not re.search(r"\bbars?\b|right", many.note + many.alt)
    assert "darker" in many.note


NAMES = ("stockholm-2011", "exempelstad-2025")
DRAWN = re.compile(r"\b(chart|picture|bars?|dots?|lines?|to the (left|right))\b")


def prose():
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            tags = cell["metadata"].get("tags", [])
            if cell["cell_type"] == "markdown" and "analyst" not in tags:
                yield pytest.param("".join(cell["source"]), id=f"{file.stem}-{cell['id']}")


@pytest.mark.parametrize("text", list(prose()))
def test_prose_describes_no_picture_that_may_not_be_drawn(text):
    told = DRAWN.findall(re.sub(r"```.*?```", "", text, flags=re.S))
    lines = [one for one in told if one[0] not in ("line", "lines")]
    assert not lines or "tutorial" in text or "case that the cell below names" in text


# ---- who says what


def test_what_persons_answered_is_said_to_be_left_out_on_a_page_of_one_network():
    def open_again(rows):
        rows["sources"] = [row for row in rows["sources"] if row["source_id"] != "persons"]

    case = load_case("exempelstad-2025")
    asked = case.asked[case.asked["respondents"].notna()]["network"]
    rest = next(name for name in case.networks["network"] if name not in set(asked))
    case = replace(case, sources=case.sources[~case.sources["sha256"].notna()])
    outcome = evaluate(case, draws=DRAWS)
    one, other = outcome.of(asked.iloc[0]), outcome.of(rest)
    told = evidence.not_shown(one, View(one.case, "en"))
    assert "not shown before it is closed" in told
    assert evidence.not_shown(other, View(other.case, "en")) is None


def test_the_offices_view_of_a_network_that_is_not_evaluated_is_told():
    case = load_case("exempelstad-2025")
    outcome = evaluate(case, draws=DRAWS)
    name = next(n for n in case.networks["network"] if n not in outcome.networks)
    row = case.assessments.iloc[[0]].assign(network=name, level="not_a_member")
    outcome = replace(outcome, given=replace(case, assessments=pd.concat([case.assessments, row])))
    view = View(outcome.case, "en")
    label = view.of(case).networks[name]
    assert f"Assessed by the office all the same: {label} (Not a member)." in text(
        sentences.not_evaluated(outcome, view)
    )


def proposed(rows):
    more = {"network": "c40", "level": "not_a_member", "date": "2011-12-09", "paragraph": "§ 312"}
    more |= {"action": "leave", "status": "proposed", "source_id": "stockholm-2011", "locator": "x"}
    rows["decisions"] = [more]


def test_a_decision_that_is_proposed_is_not_told_as_decided(stockholm):
    case = changed(proposed)
    told = text(results.proposals(*seen(case)))
    assert "Not a member, 9 December 2011, § 312 (proposed)" in told
    both = compare(stockholm, case, draws=DRAWS)
    assert "§ 312 (proposed)" in text(networks.assessments(both, View(case, "en")))


def test_a_route_through_two_networks_ends_with_both():
    def both(rows):
        own = next(row for row in rows["memberships"] if row["via"])
        rows["memberships"].append(own | {"via": "c40"})
        spoken = next(row for row in rows["memberships"] if row["standing"] == "represented")
        spoken["until"] = "2009"

    told = text(sentences.dependence(*seen(changed(both))))
    assert "runs through Metropolis and C40. From that follows," in told
    assert "that leaving all of them ends it, unless" in told
    assert "represented" not in told


def test_an_owner_is_asked_where_nobody_is_known_to_take_part(stockholm):
    def owned(rows):
        blank = {"network": "c40", "department": "environment", "goal": "", "locator": "x"}
        rows["responsibilities"] = [blank | {"source_id": "stockholm-2011"}]

    assert "(owner)" in text(firmness.ask_first(*seen(changed(owned))))
    assert "(owner)" not in text(firmness.ask_first(*seen(stockholm)))


def test_wording_that_has_changed_is_not_passed_over(stockholm):
    def worded(rows):
        rows["criteria"][0]["question_en"] += " In every year?"

    case = changed(worded)
    told = text(basis.wording(compare(stockholm, case, draws=DRAWS), View(case, "en")))
    label = View(case, "en").criteria[case.criteria["criterion"][0]]
    assert f"{label}: Question" in told
    assert told.count("In every year?") == 1


# ---- who has adopted, what goes on, what it costs


def test_a_proposal_is_not_called_fixed():
    def nobody(rows):
        rows["case"][0] |= dict.fromkeys(
            ["criteria_adopted", "criteria_adopted_by_sv", "criteria_adopted_by_en"], ""
        )

    outcome, view = seen(changed(nobody))
    told = text(sentences.heading(view)) + text(sentences.method(outcome, view))
    assert told.count("a proposal that nobody has adopted") == 2
    assert not re.search(r"\bfixed\b|before any evidence", told)
    new = case_from(new_tables("Umeå", 602150, ["sv"], "2026-01-31"))
    assert "ett förslag som ingen har fastställt" in text(sentences.heading(View(new, "sv")))


@pytest.mark.slow
def test_todays_level_is_not_known_where_nobody_knows_whether_it_goes_on():
    def undated(rows):
        for row in (*rows["seats"], *rows["participation"]):
            row["ongoing"] = ""

    outcome, view = seen(changed(undated))
    assert outcome.today.to_dict() == {
        "eurocities": ("follow", "participate", "lead"),
        "metropolis": ("lead",),
        "uclg": ("lead",),
        "c40": ("follow", "participate"),
    }
    told = text(network_sections.sections(outcome, view))
    assert "Today’s level: Member only or Takes part." in told
    assert text(level_table.levels(outcome, view)).count("○ perhaps today") == 5
    answer = text(first_screen.answer(outcome, view))
    assert "Today’s level is not known: EUROCITIES and C40." in answer
    assert "today’s level in EUROCITIES and C40" in text(to_decide.unknown(outcome, view))


def test_what_goes_on_is_told_and_has_no_end_ahead(stockholm):
    assert "2007– (ongoing)" in text(membership.seats(View(stockholm, "en")))

    def over(rows):
        rows["seats"][1]["ongoing"] = "yes"

    with pytest.raises(DataError, match="row 3, column end: it is said to go on, but its end"):
        changed(over)


def costs_of(*rows):
    columns = "year kind amount currency paid_by".split()
    more = {"network": "c40", "source_id": "stockholm-2011", "locator": "x", "days": ""}
    return lambda tables: tables.update(
        costs=[more | dict(zip(columns, row, strict=True)) for row in rows]
    )


def test_a_fee_of_one_year_is_not_added_to_travel_of_another():
    case = changed(
        costs_of(
            ("2010", "fee", "500", "SEK", "environment"),
            ("2011", "travel", "80", "SEK", "environment"),
            ("2012", "fee", "510", "SEK", "environment"),
        )
    )
    outcome, view = seen(case)
    said = "500 SEK (2010) and 80 SEK (2011)"
    assert said in row_of(results.costs(outcome, view), "C40")
    assert said in text(costs.by_network(view, ["c40"]))
    paid = costs.by_department(view, ["c40"])
    assert "580" not in text(paid)
    assert "500 (2010)" in paid
    for shown in (sentences.cost_note(view), costs.by_network(view, ["c40"])):
        assert "1 cost of a year after 2011 is not counted." in text(shown)
        assert "510" not in text(shown)
    assert [gap.detail for gap in gaps(case) if gap.code == "cost_later"] == ["2012"]


# ---- the light check


def test_no_order_is_told_of_tables_that_are_not_there(stockholm):
    case = replace(stockholm, memberships=stockholm.memberships[:0])
    about = closer_look.Portfolio(case, triage(case), 3, 12, 0.5)
    assert "urgent" not in text(attention.attention(about, View(case, "en")))
    some = closer_look.Portfolio(stockholm, triage(stockholm), 3, 12, 0.5)
    assert "Most urgent first" in text(attention.attention(some, View(stockholm, "en")))


def test_who_is_to_take_part_has_not_taken_part_yet():
    def later(rows):
        own = {"network": "c40", "department": "environment", "role": "participant"}
        own |= {"start": "2013", "source_id": "stockholm-2011", "locator": "x"}
        rows["participation"] = [own]
        duty = {"network": "uclg", "department": "environment", "locator": "x"}
        rows["responsibilities"] = [duty | {"source_id": "stockholm-2011"}]

    case = changed(later)
    about = closer_look.Portfolio(case, triage(case), 3, 12, 0.5)
    view = View(case, "en")
    shown = responsibilities.departments(about, view)
    assert row_of(shown, view.departments["environment"])[-1] == "0"
