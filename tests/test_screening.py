"""Requests weighed: what is missing, what was known on the day, and how each is handled."""

import pytest

from netanalysis import DataError
from netanalysis.loaders.case.case import case_from, case_rows
from netanalysis.loaders.case.known import known_on
from netanalysis.screening import CORE, screen, screen_all
from tests.conftest import CASE

PAPERS, LATER, EARLIER = "stockholm-2011", "minutes-2012", "news-2010"
NETWORK = "unesco-creative-cities"  # of which there is a member list
WHOLE = {
    "request": "creative", "network": NETWORK, "route": "department_proposal",
    "asked_by_sv": "Kulturnämnden", "asked_by_en": "Culture Committee", "received": "2011-01-10",
    "decide_by": "2011-06-15", "goal": "international_strategy", "department": "culture",
    "benefit_sv": "Prov på nya former", "benefit_en": "Trials of new forms",
    "benefit_by_sv": "Kulturnämnden", "benefit_by_en": "Culture Committee",
    "gives_way_sv": "Resor till andra möten", "gives_way_en": "Journeys to other meetings",
    "as_of": "2011-05-01", "source_id": PAPERS, "locator": "Bakgrund ¶1",
}  # fmt: skip


def requests_rows(*requests, **tables):
    """The rows of a case with requests for networks that the city is not in, and rows more."""
    rows = case_rows(CASE)
    place = {"source_id": PAPERS, "locator": "Bakgrund ¶1"}
    names = {NETWORK: "UNESCO Creative Cities Network", "rivers": "Blue Rivers"}
    more = {
        "networks": [
            {"network": network, "name": name, "note_sv": name, "note_en": name}
            for network, name in names.items()
        ],
        "sources": [
            {"source_id": LATER, "title": "Minutes of 2012", "date": "2012-01-31"},
            {"source_id": EARLIER, "title": "News of 2010", "date": "2010-11"},
        ],
        "costs": [
            {"network": NETWORK, "year": str(year), "kind": "fee", "amount": "17500",
             "currency": "EUR", **place}
            for year in (2011, 2012, 2013)
        ] + [{"network": NETWORK, "year": "2011", "kind": "staff", "days": "12", **place}],
    }  # fmt: skip
    for table, own in (*more.items(), *tables.items()):
        rows[table] = [*rows[table], *own]
    return rows | {"requests": list(requests or (WHOLE,))}


def weighed(*changes, **tables):
    """One request, with cells changed."""
    row = {**WHOLE, **dict(changes)}
    return screen(case_from(requests_rows(row, **tables)), "creative", draws=200)


def statement(criterion, rating, source, number=1):
    return {
        "statement": f"x{number}{criterion}", "coder": "A", "network": NETWORK,
        "criterion": criterion, "low": str(rating), "high": str(rating), "text_sv": "Text",
        "text_en": "Text", "source_id": source, "locator": "¶1",
    }  # fmt: skip


def rated(rating, source=EARLIER):
    criteria = [row["criterion"] for row in case_rows(CASE)["criteria"]]
    return [statement(criterion, rating, source) for criterion in criteria]


def test_a_request_with_all_answers_is_proposed_on_trial_where_its_level_is_open():
    found = weighed()
    assert found.blanks == ()
    assert found.possible == ("not_a_member", "follow", "participate", "lead")
    assert (found.step, found.handling) == ("open", "trial")
    assert found.trial_ends == "2012-06-15"
    assert found.to_find_out == ["doubles", "governance", "obligations", "exit"]


@pytest.mark.parametrize(
    ("cells", "blank"),
    [
        ({"goal": ""}, ("goal",)),
        ({"department": ""}, ("owner",)),
        ({"benefit_sv": "", "benefit_en": ""}, ("benefit",)),
        ({"decide_by": ""}, ()),  # who decides on memberships is known
        ({"decide_by": "", "route": "motion"}, ("decides",)),
        ({"benefit_by_sv": "", "benefit_by_en": ""}, ()),
    ],
)
def test_a_question_is_blank_where_nothing_of_its_answer_is_known(cells, blank):
    found = weighed(*cells.items())
    assert found.blanks == blank
    assert found.handling == ("investigate" if blank else "trial")


def test_three_blanks_are_only_investigated_though_all_evidence_speaks_for_it():
    cells = {"goal": "", "department": "", "benefit_sv": "", "benefit_en": ""}
    found = weighed(*cells.items(), statements=rated(4))
    assert (len(found.blanks), found.step) == (3, "many_blanks")
    assert "not_a_member" not in found.possible
    assert weighed(("goal", ""), statements=rated(4)).step == "some_blanks"
    assert weighed(statements=rated(4)).handling == "propose_membership"
    assert weighed(statements=rated(0)).handling == "propose_rejection"


def test_cost_is_blank_only_where_neither_fee_nor_days_are_known():
    rows = requests_rows()
    rows["costs"] = [row for row in rows["costs"] if row["network"] != NETWORK]
    found = screen(case_from(rows), "creative", draws=200)
    assert found.missing["cost"] == ("fee", "later_fees", "days")
    assert found.blanks == ("cost",)
    late = {"network": NETWORK, "year": "2014", "kind": "fee", "amount": "1", "currency": "EUR",
            "source_id": PAPERS, "locator": "¶1"}  # fmt: skip
    rows["costs"].append(late)  # after the three years that are asked for
    assert screen(case_from(rows), "creative", draws=200).blanks == ("cost",)
    rows["costs"].append({**late, "year": "2013"})
    assert screen(case_from(rows), "creative", draws=200).missing["cost"] == ("later_fees", "days")


def test_another_body_is_referred_to_but_a_motion_stays():
    body = {"deciding_body_sv": "Kulturnämnden", "deciding_body_en": "Culture Committee"}
    assert weighed(*body.items()).handling == "refer"
    assert weighed(*body.items(), ("route", "motion")).handling == "trial"
    same = case_rows(CASE)["case"][0]
    usual = {name: same[name] for name in body}
    assert weighed(*usual.items()).handling == "trial"


def test_who_takes_part_already_goes_on_without_a_membership():
    part = {"network": NETWORK, "role": "participant", "start": "2010", "source_id": PAPERS,
            "locator": "¶1"}  # fmt: skip
    assert weighed(participation=[part]).handling == "take_part_without_membership"
    assert weighed(participation=[{**part, "end": "2010"}]).handling == "trial"
    assert weighed(participation=[{**part, "role": "declined"}]).handling == "trial"
    assert weighed(participation=[{**part, "start": "2012"}]).handling == "trial"
    ways = {"network": NETWORK, "standing": "represented", "represented_by": "The region",
            "source_id": PAPERS, "locator": "¶1"}  # fmt: skip
    assert weighed(memberships=[ways]).handling == "take_part_without_membership"


def test_what_came_out_later_does_not_count():
    assert len(weighed(statements=rated(4, EARLIER)).rated) == 9
    assert len(weighed(statements=rated(4, PAPERS)).rated) == 9  # its own papers, undated
    assert len(weighed(statements=rated(4, LATER)).rated) == 0
    undated = [{"source_id": "leaflet", "title": "Leaflet"}]
    assert len(weighed(statements=rated(4, "leaflet"), sources=undated).rated) == 0
    whole = ("as_of", "")
    assert len(weighed(whole, statements=rated(4, "leaflet"), sources=undated).rated) == 9


def test_on_a_day_only_what_was_out_by_then_for_certain_is_known():
    case = case_from(requests_rows(statements=rated(4, EARLIER)))
    for day, count in (("2010-11-29", 0), ("2010-11", 9), ("2010-11-30", 9), ("2010-10", 0)):
        then = known_on(case, day)
        assert (then.statements["network"] == NETWORK).sum() == count, day
        assert then.case.loc[0, "as_of"] == day
    assert len(known_on(case, "1900").memberships) < len(case.memberships)


def test_what_was_decided_and_came_later_stands_beside_it():
    place = {"network": NETWORK, "source_id": LATER, "locator": "¶1"}
    decided = {**place, "level": "follow", "action": "apply", "date": "2011-09-01",
               "status": "decided"}  # fmt: skip
    event = {**place, "event": "host", "kind": "meeting", "name_sv": "Värd", "name_en": "Host"}
    found = weighed(
        decisions=[decided, {**decided, "date": "2010-03-01"},
                   {**decided, "date": "2011-10-01", "status": "proposed"}],
        events=[{**event, "start": "2012-10"}, {**event, "event": "then", "start": "2010"},
                {**event, "event": "some-day"}],
    )  # fmt: skip
    assert found.decided["date"].to_list() == ["2011-09-01"]
    assert found.afterwards["event"].to_list() == ["host"]
    assert found.handling == weighed().handling


def test_which_memberships_serve_its_goal_and_for_which_none_is_stated():
    serve = {"goal": "international_strategy", "source_id": PAPERS, "locator": "¶1"}
    found = weighed(responsibilities=[{**serve, "network": "uclg"}, {**serve, "network": NETWORK}])
    assert found.memberships == ["eurocities", "metropolis", "uclg", "c40"]
    assert found.serving == ["uclg"]
    assert found.goalless == ["eurocities", "metropolis", "c40"]
    assert "doubles" not in found.to_find_out
    assert weighed().serving == []


def test_all_requests_come_in_the_order_of_their_days():
    motion = {"request": "river", "network": "rivers", "route": "motion", "as_of": "2010-02",
              "source_id": PAPERS, "locator": "¶1"}  # fmt: skip
    case = case_from(requests_rows(WHOLE, motion))
    found = screen_all(case, draws=200)
    assert [one.request for one in found] == ["river", "creative"]
    assert found[0].blanks == CORE
    assert [one.request for one in screen_all(case, "creative", draws=200)] == ["creative"]


def test_an_unknown_request_names_those_that_are_there():
    with pytest.raises(DataError, match=r"no request .creativ(.|\n)*creative"):
        screen(case_from(requests_rows()), "creativ")
