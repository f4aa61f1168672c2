"""Which dates lie ahead, and that each is told once."""

import pandas as pd
import pytest

from netanalysis.scoring.ahead import dates_ahead, told_once

AS_OF = "2025-06-30"


def seats(*rows):
    return pd.DataFrame(rows, columns=["network", "body", "role", "end"]).astype("str")


def events(*rows):
    return pd.DataFrame(rows, columns=["network", "event", "kind", "start"]).astype("str")


def memberships(*rows):
    return pd.DataFrame(rows, columns=["network", "standing", "until"]).astype("str")


def told(ahead):
    return list(zip(ahead["network"], ahead["kind"], ahead["date"], strict=True))


def test_what_is_not_over_in_order_of_the_last_day_it_can_mean():
    found = dates_ahead(
        seats(("a", "board", "chair", "2025"), ("a", "board", "member", None)),
        events(
            ("b", "x", "election", "2025-12"),
            ("b", "y", "notice", "2025-06-29"),
            ("b", "z", "founding", "2025-12"),
            ("b", "w", "meeting", "2025-06"),
            ("b", "v", "congress", None),
        ),
        AS_OF,
        memberships(("c", "full", "2026"), ("d", "represented", "2026"), ("e", None, None)),
    )
    assert told(found) == [
        ("b", "meeting", "2025-06"),
        ("a", "seat_end", "2025"),
        ("b", "election", "2025-12"),
        ("c", "membership_end", "2026"),
    ]
    assert told(dates_ahead(seats(), events(), AS_OF)) == []


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("a", "x", "congress", "2026"), ("a", "x", "congress", "2026")], ["2026"]),
        ([("a", "x", "congress", "2026"), ("a", "x", "congress", "2026-03")], ["2026-03"]),
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
def test_a_date_is_told_once_and_as_exactly_as_it_is_known(rows, kept):
    assert told_once(dates_ahead(seats(), events(*rows), AS_OF))["date"].to_list() == kept


def test_a_term_that_two_sources_give_is_one():
    rows = seats(("a", "board", "chair", "2026"), ("a", "board", "chair", "2026"),
                 ("a", "board", "member", "2026"), ("a", "council", "chair", "2026"))  # fmt: skip
    assert len(told_once(dates_ahead(rows, events(), AS_OF))) == 3
    assert told_once(dates_ahead(seats(), events(), AS_OF)).empty
