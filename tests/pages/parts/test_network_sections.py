"""What each network's section tells, and that its links lead somewhere."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from netanalysis import evaluate, load_case
from netanalysis.pages import membership
from netanalysis.pages.evaluation import network_picture, network_sections
from netanalysis.pages.evaluation.network_statements import also_on
from netanalysis.pages.view import View
from tests.conftest import ROOT, holding

PLACE = "Sammanfattande analys, stycke 8"


@pytest.fixture(scope="module")
def case():
    return load_case(ROOT / "data" / "stockholm-2011")


@pytest.fixture(scope="module")
def outcome(case):
    return evaluate(case, draws=200)


@pytest.fixture(scope="module")
def page(outcome):
    return BeautifulSoup(
        network_sections.sections(outcome, View(outcome.case, "en")), "html.parser"
    )


def section(page, network):
    return page.find(id=f"network-{network}").find_next("div", class_="network")


def said(tag):
    return " ".join(tag.get_text().replace("\u00a0", " ").split())


def grounds(page, network):
    """The texts under each head of a network's grounds."""
    heads = section(page, network).find_all("p", class_="side")
    lists = (head.find_next_sibling() for head in heads)
    return {
        said(head).split(" (")[0]: [said(item) for item in found.find_all("li")]
        for head, found in zip(heads, lists, strict=True)
    }


@pytest.mark.slow
def test_every_statement_stands_once_and_every_link_leads_to_one(page, case):
    ids = [one["id"] for one in page.find_all(id=re.compile("^statement-"))]
    assert sorted(ids) == sorted(f"statement-{name}" for name in case.statements["statement"])
    links = [link["href"][1:] for link in page.find_all("a")]
    assert links
    assert set(links) <= set(ids)


def test_no_ground_is_told_for_and_against_and_three_at_most(page, case):
    for network in case.networks["network"]:
        told = grounds(page, network)
        assert max(map(len, told.values())) <= 3
        assert not set(told["For"]) & set(told.get("Against", []))


def test_the_grounds_of_metropolis(page):
    told = grounds(page, "metropolis")
    assert told["For"][0].startswith("Political priority at home: The Commissioner for Finance")
    assert any("long journeys" in text for text in told["Against"])
    links = {link["href"] for link in section(page, "metropolis").find_all("a")}
    assert "#statement-a024" in links
    assert "#statement-a015" not in links  # neither meets nor misses what is asked


def test_where_nothing_falls_short_it_is_said(page):
    head = section(page, "c40").find_all("p", class_="side")[1]
    assert said(head) == (
        "Against (falls short of what Member only asks for): nothing in the sources."
    )


def test_what_a_network_is_and_the_citys_part_in_it(page):
    about = said(page.find(id="network-uclg").find_next("p"))
    assert "Membership: through Metropolis." in about
    assert "Represented through Sveriges kommuner och landsting." in about
    assert "Committee on Culture, vice-chair, 2007– (ongoing)" in about
    assert about.endswith("Today’s level: Holds office.")
    assert page.find(id="network-uclg").find_next("p").find("span", lang="sv")
    assert "Social Affairs Forum" not in said(page.find(id="network-eurocities").find_next("p"))


def test_one_statement_on_two_networks_is_said_to_be(case, page):
    told = also_on(View(case, "en"))
    shared = case.statements[case.statements["statement"].isin(told)]
    assert {"metropolis", "uclg"} <= set(shared["network"])
    row = page.find(id="statement-a027").find_parent("td")
    assert "(also on UCLG)" in said(row)
    other = case.statements.assign(locator=case.statements["statement"])
    assert also_on(View(replace(case, statements=other), "en")) == {}


def test_coders_who_say_the_same_of_one_place_are_one_text(case):
    rows = case.statements[case.statements["statement"].isin(["a027", "b047"])]
    rows = rows.assign(text_en="The work has changed.")
    alike = evaluate(replace(case, statements=rows), draws=100)
    shown = network_sections.sections(alike, View(alike.case, "en"))
    page = BeautifulSoup(shown, "html.parser")
    row = said(page.find(id="statement-a027").find_parent("td"))
    assert row == f"The work has changed. ({PLACE}; a027, A: 1; b047, B: 1)"


def test_the_picture_says_what_it_finds_in_few_words(outcome):
    view = View(outcome.case, "en")
    figures = [
        network_picture.demands_and_ratings(outcome, network, view) for network in outcome.networks
    ]
    assert figures[1].finding == "Metropolis: Takes part is ruled out by the veto on Strategic fit."
    assert figures[1].alt.startswith(figures[1].finding)
    assert len({figure.alt for figure in figures}) == 4
    assert max(len(figure.alt) for figure in figures) <= 200
    assert "Influence (no evidence)" in figures[3].svg


def test_a_long_name_leaves_the_alternative_text_short(outcome, case):
    long = replace(case, networks=case.networks.assign(name="Long " * 60))
    shown = network_picture.demands_and_ratings(
        holding(long, ratings=outcome.ratings, checks=outcome.checks, possible=outcome.possible),
        "c40",
        View(long, "sv"),
    )
    assert len(shown.alt) <= 200


def test_what_is_met_is_counted_where_every_level_is_possible(outcome):
    checks = outcome.checks[outcome.checks["network"] == "eurocities"]
    met = checks.loc[checks["level"] == "lead", "met"].value_counts()
    assert outcome.possible["eurocities"][-1] == "lead"
    assert network_picture.finding(outcome, "eurocities", View(outcome.case, "en")) == (
        f"EUROCITIES: the demands of Holds office are met on {met['yes']} of 9 criteria, "
        f"open on {met['open']}."
    )


def test_of_many_vetoes_two_are_named(outcome):
    checks = outcome.checks
    barred = (checks["network"] == "uclg") & (checks["level"] == "participate")
    first = checks.index[barred & ~checks["criterion"].eq("strategic_fit")][:3]
    checks = checks.assign(veto=checks["veto"].mask(checks.index.isin(first), "yes"))
    shown = holding(outcome.case, checks=checks, possible=outcome.possible)
    told = network_picture.finding(shown, "uclg", View(outcome.case, "en"))
    assert told.endswith("and 2 others.")
    assert told.count(",") == 1


def test_each_dot_and_each_demand_is_drawn(outcome):
    view = View(outcome.case, "en")
    whole = network_picture.demands_and_ratings(outcome, "c40", view).svg
    rows = outcome.case.statements
    dropped = rows.index[(rows["network"] == "c40") & rows["low"].notna()][0]
    fewer = replace(outcome.case, statements=rows.drop(dropped))
    parts = {"ratings": outcome.ratings, "possible": outcome.possible}
    without_dot = holding(fewer, checks=outcome.checks, **parts)
    lower = outcome.checks[outcome.checks["level"] != "lead"]
    without_level = holding(outcome.case, checks=lower, **parts)
    marks = whole.count("<use")
    assert network_picture.demands_and_ratings(without_dot, "c40", view).svg.count("<use") < marks
    shown = network_picture.demands_and_ratings(without_level, "c40", view).svg
    assert shown.count("<use") == marks - 10  # nine demands and one in the key


@pytest.mark.slow
def test_of_many_networks_all_but_the_heading_is_folded_and_without_pictures():
    outcome = evaluate(load_case(ROOT / "data" / "exempelstad-2025"), draws=100)
    shown = network_sections.sections(outcome, View(outcome.case, "sv"))
    page = BeautifulSoup(shown, "html.parser")
    assert [one.name for one in page.find_all(True, recursive=False)] == ["h3", "details"] * 25
    assert not page.find_all("img")
    assert len(page.find_all("div", class_="network")) == 25


def test_what_is_alike_in_several_bodies_is_one_row(case):
    shown = BeautifulSoup(membership.participation(View(case, "en")), "html.parser")
    inactive = [said(row) for row in shown.find_all("tr") if "Metropolis" in said(row)]
    assert len([row for row in inactive if ";" in row]) == 1
