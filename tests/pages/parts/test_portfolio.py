"""The words, tables and charts of the light check: with few memberships, many and none."""

from dataclasses import replace
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis.language.words import Words
from netanalysis.pages import costs, key_figures, upcoming_dates
from netanalysis.pages.portfolio import attention, closer_look, reasons, responsibilities
from netanalysis.pages.view import View
from netanalysis.scoring.triage import triage

AS_OF = "2025-06-30"
TABLES = (
    "networks",
    "memberships",
    "responsibilities",
    "costs",
    "participation",
    "seats",
    "events",
)
EN, SV = Words("en"), Words("sv")


def rows_like(frame, rows):
    """Rows with the columns and types of a table of the case; what is not given is missing."""
    return pd.DataFrame(rows, columns=frame.columns).astype(frame.dtypes.to_dict())


def invented(stockholm, **tables):
    """The first case with other tables: departments parks and schools, goals green and safe."""
    given = {name: [] for name in (*TABLES, "bodies")} | tables
    given["departments"] = [
        {"department": code, "name_sv": sv, "name_en": en, "kind": "department"}
        for code, sv, en in [("parks", "Parker", "Parks"), ("schools", "Skolor", "Schools")]
    ]
    given["goals"] = [
        {"goal": code, "title_sv": sv, "title_en": en, "kind": "objective"}
        for code, sv, en in [("green", "Grönt", "Green"), ("safe", "Tryggt", "Safe")]
    ]
    frames = {name: rows_like(getattr(stockholm, name), rows) for name, rows in given.items()}
    case = stockholm.case.assign(as_of=AS_OF)
    return replace(stockholm, case=case, **frames)


def member(name, **more):
    return {"network": name, "standing": "full", "locator": "rad 1", **more}


def duty(name, **more):
    body = {"deciding_body_sv": "Nämnden", "deciding_body_en": "The board"}
    return {"network": name, "department": "parks", "goal": "green", **body, **more}


def cost(name, amount, currency="SEK", year=2024, kind="fee", **more):
    given = {"network": name, "amount": amount, "currency": currency, "year": year, "kind": kind}
    return {"paid_by": "parks", **given, **more}


def active(name, department="parks"):
    return {"network": name, "department": department, "role": "member", "start": "2024"}


def event(name, start, kind="notice", **more):
    text = {"name_sv": "Sista dag", "name_en": "Last day"}
    return {"network": name, "event": f"{name}-{start}", "kind": kind, "start": start, **text,
            "locator": "rad 1", **more}  # fmt: skip


@pytest.fixture
def few(stockholm):
    """One membership of each group, and a network that the city is not in."""
    names = [("fine", "Fine"), ("near", "Near"), ("lost", "Lost"), ("out", "Out")]
    return invented(
        stockholm,
        networks=[{"network": code, "name": name} for code, name in names],
        memberships=[member("fine"), member("near"), member("lost")],
        responsibilities=[duty("fine"), duty("near")],
        costs=[cost("fine", 100), cost("near", 4000), cost("near", 50, "EUR", kind="travel"),
               cost("near", None, None, kind="other")],
        participation=[active("fine"), active("near"), active("lost", "schools")],
        events=[event("near", "2025-12", "congress"), event("fine", "2025-10-31")],
    )  # fmt: skip


@pytest.fixture
def many(stockholm):
    """Eighty memberships: ten without owner, thirty without cost, each with a date of its own."""
    names = [f"n{number:02}" for number in range(80)]
    return invented(
        stockholm,
        networks=[{"network": name, "name": f"Network {name}"} for name in names],
        memberships=[member(name) for name in names],
        responsibilities=[duty(name) for name in names[10:]],
        costs=[cost(name, 1000 + 10 * place) for place, name in enumerate(names[:50])],
        participation=[active(name) for name in names],
        events=[event(name, f"20{25 + place // 40}-{7 + place % 6:02}-15")
                for place, name in enumerate(names)],
    )  # fmt: skip


@pytest.fixture(params=["few", "many", "stockholm", "none"])
def any_case(request, stockholm):
    if request.param == "none":
        return invented(stockholm)
    return request.getfixturevalue(request.param)


def check(case, years=3, months=12, share=0.5):
    as_of = case.case.loc[0, "as_of"]
    found = triage(*(getattr(case, name) for name in TABLES), as_of, years, months, share)
    return closer_look.Portfolio(case, found, years, months, share)


def shown(about, language):
    """Every piece of the page by its name."""
    pieces = {
        "heading": closer_look.heading,
        "in_short": closer_look.in_short,
        "reasons": lambda *told: getattr(found := reasons.reasons(*told), "html", found),
        "attention": attention.attention,
        "carried_on": attention.carried_on,
        "goals": responsibilities.goals,
        "departments": responsibilities.departments,
        "limits": closer_look.limits,
    }
    view = View(about.case, language)
    of_case = view, about.networks
    return {name: piece(about, view) for name, piece in pieces.items()} | {
        "dates": upcoming_dates.time_line(*of_case),
        "by_network": costs.by_network(*of_case, about.since),
        "by_department": costs.by_department(*of_case, about.since),
    }


def text(piece):
    return BeautifulSoup(piece, "html.parser").get_text(" ", strip=True).replace("\xa0", " ")


def tables(piece):
    """Caption to the cells of each table, without its head."""
    found = BeautifulSoup(piece, "html.parser")("table")
    assert len({table.caption.text for table in found}) == len(found)
    return {
        table.caption.text: [
            [cell.get_text(" ").replace("\xa0", " ") for cell in row(["th", "td"])]
            for row in table("tr")[1:]
        ]
        for table in found
    }


def pictures(piece):
    return BeautifulSoup(piece, "html.parser")("img")


def drawn(picture):
    return unquote(picture["src"])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_is_said_in_both_languages(any_case, language):
    for name, piece in shown(check(any_case), language).items():
        told = text(piece) + "".join(image["alt"] for image in pictures(piece))
        assert len(told) > 10, name
        for wrong in ("{", "nan", "NaN", "None", "<NA>"):
            assert wrong not in told, (name, wrong)
        cells = BeautifulSoup(piece, "html.parser")(["td", "th"])
        assert all(cell.text for cell in cells), name


@pytest.mark.slow
def test_all_that_is_said_in_swedish_is_translated(any_case):
    english, swedish = shown(check(any_case), "en"), shown(check(any_case), "sv")
    for name in english:
        sentences = {item.text for item in BeautifulSoup(english[name], "html.parser")(["p", "li"])}
        assert not sentences & {
            item.text for item in BeautifulSoup(swedish[name], "html.parser")(["p", "li"])
        }


def test_each_membership_stands_in_one_place_with_its_reasons(few):
    about = check(few)
    assert about.found["group"].to_dict() == {
        "fine": "carry_on", "near": "look_closer", "lost": "owner_missing"
    }  # fmt: skip
    page = shown(about, "en")
    assert tables(page["attention"]) == {
        "Need a closer look for a stated reason (1)": [
            [
                "Near",
                "Congress Dec 2025; among the largest costs; cost known in part",
                "Parks",
                "Dec 2025, congress",
                "at least 4,000 SEK and 50 EUR (2024)",
                "2024",
            ]
        ],
        "Owner missing (1)": [
            [
                "Lost",
                "Cost not known; no goal named; not known who decides",
                "not known",
                "not known",
                "2024",
            ]
        ],
    }
    assert tables(page["carried_on"]) == {
        "1 membership can continue unchanged": [
            ["Fine", "Parks", "The board", "Green", "100 SEK (2024)", "2024"]
        ]
    }
    assert (
        "Of the city’s 3 known memberships, 1 needs a closer look, 1 has no owner and 1 can "
        "continue unchanged." in text(page["in_short"])
    )
    assert (
        "known for 2 of them: together at least 4,100 SEK and at least 50 EUR (2024). For 1 it is "
        "not known" in text(page["in_short"])
    )
    assert "31 October 2025" not in text(page["in_short"])  # of what is carried on
    assert "December 2025 (congress). It concerns Near." in text(page["in_short"])
    assert "this date: Out." in text(page["limits"])


def test_currencies_are_never_added_and_the_unknown_is_no_bar(few):
    page = shown(check(few), "en")
    (sek,) = pictures(page["by_network"])
    assert sek["alt"].startswith("The largest in SEK: Near, 4,000 (2024).")
    assert "without a known cost" in drawn(sek)
    assert "4,150" not in str(page)
    assert "no exchange rate" in text(page["by_network"])
    assert tables(page["by_network"])["Annual cost by network in other currencies"] == [
        ["Near", "50 EUR", "2024"]
    ]
    assert tables(page["by_network"])["Annual cost by network, in SEK"][-1] == [
        "1 without a known cost", "not known", "not known", "not known"
    ]  # fmt: skip
    paid = tables(page["by_department"])
    assert paid["Who pays, in SEK a year"] == [
        ["Parks", "4,100 SEK", "2024", "2"], ["Not known who pays", "not known", "not known", "1"]
    ]  # fmt: skip


def test_costs_that_sources_tell_differently_are_a_range(few):
    other = rows_like(few.costs, [cost("fine", 130)])
    page = shown(check(replace(few, costs=pd.concat([few.costs, other]))), "en")
    assert "100–130 SEK (2024)" in text(page["carried_on"])
    assert "100–130" in drawn(pictures(page["by_network"])[0])
    assert "together at least 4,100–4,130 SEK" in text(page["in_short"])


def test_goals_and_departments(few):
    page = shown(check(few), "en")
    assert tables(page["goals"]) == {
        "Goals that memberships serve": [["Green", "objective", "2", "Fine and Near"]]
    }
    assert "For 1 membership no goal is stated." in text(page["goals"])
    assert "Goals without a membership: Safe." in text(page["goals"])
    found = tables(page["departments"])
    assert found["What each department owns"] == [
        ["Parks", "2", "1", "at least 4,100 SEK and at least 50 EUR (2024)", "0", "0"]
    ]
    assert "1 membership has no known owner." in text(page["departments"])
    assert "No known membership: Schools." in text(page["departments"])
    assert found["Every membership by its owner"] == [
        ["Parks", "Fine", "Carry on unchanged"], ["Near", "Look closer"]
    ]  # fmt: skip


def test_with_eighty_the_first_stand_open_and_the_rest_are_counted(many):
    about = check(many, share=0)
    page = shown(about, "en")
    groups = about.found["group"].value_counts()
    assert groups.to_dict() == {"carry_on": 40, "look_closer": 30, "owner_missing": 10}
    found = tables(page["attention"])
    assert {caption: len(rows) for caption, rows in found.items()} == {
        "Need a closer look to find something out (30)": 15,
        "Need a closer look to find something out: 15 more, less urgent": 15,
        "Owner missing (10)": 10,
    }
    listed = [row[0] for rows in found.values() for row in rows]
    listed += [row[0] for rows in tables(page["carried_on"]).values() for row in rows]
    assert sorted(listed) == sorted(many.networks["name"])
    folds = BeautifulSoup(page["carried_on"], "html.parser")("details")
    assert [fold.summary.text for fold in folds] == ["40 memberships can continue unchanged"]


def test_with_eighty_the_largest_costs_are_named_and_the_rest_added_up(many):
    chart = drawn(pictures(shown(check(many), "en")["by_network"])[0])
    assert chart.count("Network n") == 12
    assert ">1,490<" in chart
    # 1,000 to 1,370 in steps of ten: 38 costs of 1,185 on average
    assert ">38 others<" in chart
    assert ">together 45,030<" in chart
    assert ">30 without a known cost<" in chart


def test_the_most_urgent_stand_first(few):
    more = rows_like(few.events, [event("lost", "2027"), event("near", "2025-09-30")])
    about = check(replace(few, events=pd.concat([few.events, more])))
    # in September, in October; what lies beyond twelve months is not soon
    urgent = about.urgent(View(about.case, "en"))
    assert urgent.index.to_list() == ["near", "fine", "lost"]
    assert urgent.loc["near", "next_date"] == "2025-09-30"


@pytest.mark.parametrize(("number", "alike"), [(20, True), (21, False)])
def test_the_time_line_changes_form_with_many_dates(many, number, alike):
    case = replace(many, events=many.events.head(number))
    piece = upcoming_dates.time_line(View(case, "en"), many.networks["network"].to_list())
    (picture,) = pictures(piece)
    found = tables(piece)
    if alike:
        assert drawn(picture).count("Last day") == number
        assert len(found["Dates ahead"]) == number
        return
    assert drawn(picture).count("Last day of notice") == 1
    assert len(found["All 21 dates ahead"]) == number
    assert found["The next 21 of 21 dates"][0][:2] == ["15 Jul 2025", "Last day"]


def test_of_many_dates_those_that_mean_the_same_days_are_one_with_their_number(many):
    """By hand: what may be over has begun; one day is a mark, a month or a year a bar."""
    dates = ["2025-06", "2025-06-30", "2025", "2026", "2026-02", "2027-07", "2031", "2025-08"]
    new = rows_like(
        many.events,
        [event(f"n{place:02}", day, "congress") for place, day in enumerate(dates * 3)],
    )
    case = replace(many, events=new)
    piece = upcoming_dates.time_line(View(case, "en"), many.networks["network"].to_list())
    rows = tables(piece)["Dates ahead by kind; a bar where the day is not known, a number where "
                         "several are alike"]  # fmt: skip
    assert [row[-2:] for row in rows] == [
        [when, "3"]
        for when in ("Jun 2025", "30 Jun 2025", "Aug 2025", "2025", "Feb 2026", "2026", "Jul 2027",
                     "2031")
    ]  # fmt: skip
    (picture,) = pictures(piece)
    assert drawn(picture).count(">3<") == len(dates)
    assert "15 of 24 dates ahead fall within 12 months; the first: June 2025." in picture["alt"]


@pytest.mark.slow
def test_reasons_stand_by_kind_and_number(many):
    (picture,) = pictures(shown(check(many, share=0), "en")["reasons"])
    assert picture["alt"].startswith("Most common: Annual cost not known (30 of 80).")
    (rows,) = tables(shown(check(many), "en")["reasons"]).values()
    kinds = [row[0] for row in rows if row[0].startswith("Something")]
    assert kinds == ["Something to look at", "Something to find out"]
    counts = [sum(map(int, row[-2:])) for row in rows]
    found_out = counts[[row[0] for row in rows].index(kinds[1]) :]
    assert found_out == sorted(found_out, reverse=True)
    assert found_out[0] == 30


def test_only_dates_of_the_memberships_and_of_the_city_itself(few):
    more = rows_like(few.events, [event("out", "2026"), event(None, "2026-09", "election")])
    about = check(replace(few, events=pd.concat([few.events, more])))
    (picture,) = pictures(upcoming_dates.time_line(View(about.case, "en"), about.networks))
    assert "Stockholm: Last day" in drawn(picture)
    assert "Out" not in picture["alt"]


def test_where_no_owner_is_known_at_all_it_is_said_once(stockholm):
    page = shown(check(stockholm), "en")
    told = text(page["in_short"])
    assert "any of the city’s 4 known memberships. The first step is to name one" in told
    assert list(tables(page["attention"])) == ["Owner missing (4)"]
    assert "An unknown cost is not 0" in text(page["by_network"])
    assert pictures(page["by_network"]) == []
    assert "2 more" not in text(page["attention"])


def test_a_group_without_memberships_is_counted_as_none(few):
    owned = rows_like(few.responsibilities, [duty("lost")])
    known = replace(few, responsibilities=pd.concat([few.responsibilities, owned]))
    told = text(closer_look.in_short(check(known), View(known, "en")))
    assert "1 can continue unchanged" in told
    assert "owner" not in told
    alone = replace(few, memberships=few.memberships.iloc[[2, 0]])
    told = text(closer_look.in_short(check(alone, share=0), View(alone, "en")))
    assert "memberships, 1 has no owner and 1 can continue unchanged." in told
    alone = replace(few, memberships=few.memberships.iloc[[2, 1]])
    told = text(closer_look.in_short(check(alone), View(alone, "en")))
    assert "memberships, 1 needs a closer look and 1 has no owner." in told


def test_limits_stand_in_the_reasons(few):
    told = text(shown(check(few, 5, 24, 0.8), "en")["reasons"])
    assert "within 24 months" in told
    assert "make up 80% of what is known" in told
    assert "last 5 years" in text(closer_look.limits(check(few, 5), View(few, "en")))


def test_hostile_names_are_text(few):
    evil = "<img src=x onerror=alert(1)>"
    networks = few.networks.assign(name=evil + few.networks["network"])
    offices = few.departments.assign(name_sv=evil, name_en=evil)
    events = few.events.assign(name_sv=evil, name_en=evil)
    case = replace(few, networks=networks, departments=offices, events=events)
    for piece in shown(check(case), "en").values():
        for image in pictures(piece):
            assert image["src"].startswith("data:image/svg+xml,")
        assert "<img src=x" not in piece


def test_key_figures(many):
    assert key_figures.of_portfolio(check(many, share=0).found) == {
        "memberships": 80,
        "look_closer": 30,
        "owner_missing": 10,
        "carry_on": 40,
        "cost_unknown": 30,
    }
