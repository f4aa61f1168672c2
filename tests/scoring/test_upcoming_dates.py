"""Which dates lie ahead, and that each is there once, as exactly as it is known."""

import pandas as pd
import pytest

from netanalysis.scoring.upcoming_dates import most_exact, upcoming_dates

AS_OF = "2025-06-30"
COLUMNS = {
    "seats": "network body role end",
    "participation": "network department role end",
    "memberships": "network standing until",
    "events": "network event kind start end",
    "assessments": "network action level effective",
}


def frame(name, rows):
    return pd.DataFrame(rows, columns=COLUMNS[name].split()).astype("str")


def ahead(as_of=AS_OF, **tables):
    assert tables.keys() <= COLUMNS.keys()
    frames = {name: frame(name, tables.get(name, [])) for name in COLUMNS}
    return upcoming_dates(**frames, as_of=as_of)


def event(network, name, kind, start, end=None):
    return network, name, kind, start, end


def told(ahead):
    return list(zip(ahead["network"], ahead["kind"], ahead["date"], strict=True))


def test_what_is_not_over_in_order_of_the_last_day_it_can_mean():
    found = ahead(
        seats=[("a", "board", "chair", "2025"), ("a", "board", "member", None)],
        participation=[("a", "parks", "member", "2025-09"), ("a", "parks", "declined", "2025-09")],
        events=[
            event("b", "x", "election", "2025-12"),
            event("b", "y", "notice", "2025-06-29"),
            event("b", "z", "founding", "2025-12"),
            event("b", "w", "meeting", "2025-06"),
            event("b", "v", "congress", None),
            event("b", "u", "campaign", "2025-05", "2025-08"),
            event("b", "t", "step", None, "2025-10-01"),
        ],
        memberships=[("c", "full", "2026"), ("d", "represented", "2026"), ("e", None, None)],
        assessments=[("c", "leave", "not_a_member", "2026-12-31")],
    )
    assert told(found) == [
        ("b", "meeting", "2025-06"),
        ("b", "campaign", "2025-08"),
        ("a", "participation_end", "2025-09"),
        ("b", "step", "2025-10-01"),
        ("a", "seat_end", "2025"),
        ("b", "election", "2025-12"),
        ("b", "founding", "2025-12"),
        ("c", "membership_end", "2026"),
        ("c", "proposal", "2026-12-31"),
    ]
    places = found[["table", "row", "column"]].itertuples(index=False, name=None)
    assert list(places)[:3] == [
        ("events", 3, "start"),
        ("events", 5, "end"),
        ("participation", 0, "end"),
    ]
    assert told(ahead()) == []


@pytest.mark.parametrize(
    ("date", "counts"),
    [("2025-06-29", False), ("2025-06-30", True), ("2025-06", True), ("2025", True)],
)
def test_every_kind_of_date_follows_one_rule(date, counts):
    found = ahead(
        seats=[("a", "board", "chair", date)],
        participation=[("a", "parks", "member", date)],
        memberships=[("a", "full", date)],
        events=[event("a", "x", "decision", date), event("a", "y", "congress", "2024", date)],
        assessments=[("a", "leave", "not_a_member", date)],
    )
    assert len(found) == (6 if counts else 0)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("a", "x", "congress", "2026"), ("a", "x", "congress", "2026")], ["2026"]),
        ([("a", "x", "congress", "2026"), ("a", "x", "congress", "2026-03")], ["2026-03"]),
        ([("a", "x", "congress", "2026"), ("a", "x", "congress", "2026-01")], ["2026-01"]),
        ([("a", "x", "congress", "2026-12"), ("a", "x", "congress", "2026")], ["2026-12"]),
        (
            [("a", "x", "congress", "2026-03"), ("a", "x", "congress", "2026-04")],
            ["2026-03", "2026-04"],
        ),  # the sources disagree
        (
            [("a", "x", "congress", "2026-03"), ("a", "y", "congress", "2026-03")],
            ["2026-03", "2026-03"],
        ),  # two events
        (
            [("a", "x", "congress", "2026"), ("b", "x", "congress", "2026")],
            ["2026", "2026"],
        ),
        ([(None, "x", "election", "2026"), (None, "x", "election", "2026-09")], ["2026-09"]),
    ],
)
def test_a_date_is_there_once_and_as_exactly_as_it_is_known(rows, kept):
    assert ahead(events=[event(*row) for row in rows])["date"].to_list() == kept


def test_sources_that_disagree_on_the_place_both_count():
    rows = frame(
        "events", [event("a", "x", "congress", "2026"), event("a", "x", "congress", "2026-03")]
    )
    tables = {name: frame(name, []) for name in COLUMNS}
    for places, number in ((["Cairo", "Porto Alegre"], 2), (["Cairo", "Cairo"], 1)):
        tables["events"] = rows.assign(place_en=places)
        assert len(upcoming_dates(**tables, as_of=AS_OF)) == number


def test_a_term_that_two_sources_give_is_one():
    rows = [("a", "board", "chair", "2026"), ("a", "board", "chair", "2026"),
            ("a", "board", "member", "2026"), ("a", "council", "chair", "2026")]  # fmt: skip
    assert len(ahead(seats=rows)) == 3


def test_a_row_gives_way_only_to_one_that_knows_each_of_its_dates_as_well():
    rows = pd.DataFrame(
        [
            ("board", None, "2011"),
            ("board", "2009", "2011"),
            ("board", "2009", "2011"),
            ("board", "2005", None),
            ("council", None, None),
        ],
        columns=["body", "start", "end"],
    ).astype("str")
    assert most_exact(rows, ["body"], ["start", "end"]).index.to_list() == [1, 3, 4]
