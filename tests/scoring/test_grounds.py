"""What speaks for and what against, on cases whose answer is known by hand."""

import itertools

import pandas as pd
import pytest

from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.grounds import AGAINST, FOR, grounds, standards

ASKED = pd.DataFrame({"fit": [1.0, 2.0, 3.0], "say": [0.0, 1.0, 3.0]}, index=LEVELS[1:])
WEIGHTS = {"fit": 0.75, "say": 0.25}


def found(*rows, levels=("participate", "participate"), objectives=None, asked=ASKED):
    names = ["statement", "coder", "criterion", "locator", "low", "high"]
    frame = pd.DataFrame(rows, columns=names).assign(source_id="s")
    objectives = objectives or {"fit": "max", "say": "max"}
    return grounds(frame, asked, WEIGHTS, levels, objectives)


def sides(*rows, **given):
    told = found(*rows, **given)
    return dict(zip(told["statement"], told["side"], strict=True))


@pytest.mark.parametrize(
    ("low", "high", "side"),
    [(2, 2, FOR), (2, 4, FOR), (1, 2, None), (0, 4, None), (1, 1, AGAINST), (0, 1, AGAINST)],
)
def test_all_of_a_rating_meets_or_falls_short_or_says_nothing(low, high, side):
    assert sides(("a1", "A", "fit", "p. 1", low, high)).get("a1") == side


def test_between_the_two_levels_lies_what_speaks_for_neither():
    levels = ("lead", "participate")
    rows = [(f"a{value}", "A", "fit", f"p. {value}", value, value) for value in range(5)]
    told = {"a3": FOR, "a4": FOR, "a0": AGAINST, "a1": AGAINST}
    assert sides(*rows, levels=levels) == told


def test_a_demand_that_the_worst_rating_meets_makes_no_ground():
    assert sides(("a1", "A", "say", "p. 1", 4, 4), levels=("follow", "follow")) == {}
    assert sides(("a1", "A", "say", "p. 1", 1, 1)) == {"a1": FOR}


def test_a_low_rating_is_good_where_less_is_better():
    asked = pd.DataFrame({"fit": [3.0, 2.0, 1.0], "say": [4.0, 4.0, 4.0]}, index=LEVELS[1:])
    given = {"asked": asked, "objectives": {"fit": "min", "say": "min"}}
    rows = [("a1", "A", "fit", "p. 1", 0, 1), ("a2", "A", "fit", "p. 2", 3, 4)]
    assert sides(*rows, **given) == {"a1": FOR, "a2": AGAINST}
    assert found(*rows, **given)["strength"].to_list() == [0.75 * 2.5, 0.75 * 1.5]
    assert sides(("a1", "A", "say", "p. 1", 0, 0), **given) == {}  # 4 is the worst: nothing asked


def test_one_place_is_one_ground_whoever_coded_it():
    rows = [("a1", "A", "fit", "p. 1", 2, 2), ("b1", "B", "fit", "p. 1", 3, 4),
            ("a2", "A", "fit", "p. 2", 3, 3)]  # fmt: skip
    told = found(*rows)
    assert told["statements"].to_list() == [("a1", "b1"), ("a2",)]
    assert told["statement"].to_list() == ["b1", "a2"]  # the one that says it most strongly
    assert told[["low", "high"]].to_numpy().tolist() == [[2, 4], [3, 3]]


def test_coders_at_odds_make_no_ground_on_either_side():
    assert sides(("a1", "A", "fit", "p. 1", 3, 3), ("b1", "B", "fit", "p. 1", 1, 1)) == {}


def test_strength_is_weight_times_steps_and_each_criterion_has_its_turn():
    rows = [("a1", "A", "say", "p. 1", 3, 4), ("a2", "A", "fit", "p. 1", 2, 2),
            ("a3", "A", "fit", "p. 2", 4, 4), ("a4", "A", "fit", "p. 3", 3, 3)]  # fmt: skip
    told = found(*rows)
    assert told["statement"].to_list() == ["a3", "a1", "a4", "a2"]
    assert told["strength"].to_list() == [0.75 * 3, 0.25 * 3.5, 0.75 * 2, 0.75 * 1]


def test_what_has_no_rating_is_passed_over():
    assert found(("a1", "A", "fit", "p. 1", None, None)).empty


def test_no_standard_lets_one_rating_speak_for_and_against():
    for today, frequent in itertools.product(LEVELS, LEVELS):
        met, missed = standards([today], frequent)
        assert LEVELS.index(met) >= LEVELS.index(missed) >= 1, (today, frequent)


@pytest.mark.parametrize(
    ("today", "frequent", "levels"),
    [
        (["lead"], "lead", ("lead", "participate")),
        (["lead"], "follow", ("participate", "participate")),
        (["lead"], "not_a_member", ("follow", "follow")),
        (["participate"], "participate", ("participate", "follow")),
        (["follow"], "lead", ("follow", "follow")),
        (["not_a_member"], "lead", ("follow", "follow")),
        (["follow", "participate"], "participate", ("follow", "follow")),
    ],
)
def test_standards_by_hand(today, frequent, levels):
    assert standards(today, frequent) == levels
