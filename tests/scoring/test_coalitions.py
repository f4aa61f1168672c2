"""Shares summed over coalitions against every value sorted on its own."""

from dataclasses import replace
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netanalysis import DataError, evaluate
from netanalysis.scoring import coalitions, possible_levels
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals
from netanalysis.scoring.sorting import LOWEST
from netanalysis.scoring.validation import checked
from tests.scoring import naive
from tests.scoring.random_cases import cases


@st.composite
def methods(draw):
    criteria, signs, demands, vetoes, low, high = draw(cases())
    how = Method(
        demands,
        vetoes,
        {c: "max" if sign > 0 else "min" for c, sign in signs.items()},
        draw(st.sampled_from([(0.5, 0.5), (0.55, 0.8), (1.0, 1.0)])),
        [],
        {criteria[0]: (0.1, 1.0)},
        scale=draw(st.sampled_from([tuple(range(-4, 5)), None])),
        draws=20,
        seed=draw(st.integers(0, 9)),
    )
    applies = {c: c == criteria[0] or draw(st.booleans()) for c in criteria}
    return how, *(pd.DataFrame([row], index=["n"]) for row in (low, high, applies))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(methods())
def test_shares_are_those_of_the_naive_twin(case):
    how, low, high, applies = case
    low, high = low.astype(float), high.astype(float)
    judged = how.judge(low, high, applies)
    twin = naive.share(low.loc["n"], high.loc["n"], how, applies.loc["n"])
    assert judged.share.loc["n"].to_dict() == {
        level: pytest.approx(share, abs=1e-12) for level, share in twin.items()
    }
    assert set(twin.index[twin > 1e-6]) <= set(judged.possible["n"])


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(methods())
def test_swings_are_those_of_the_naive_twin(case):
    how, low, high, applies = case
    low, high = low.astype(float), high.astype(float)
    judged = how.judge(low, high, applies)
    for c in low.columns:
        ends = []
        for end in (low, high):
            inside = [v for v in how.scale or () if low.loc["n", c] <= v <= high.loc["n", c]]
            value = end.loc["n", c] if how.scale is None else (min, max)[end is high](inside)
            of = naive.share(low.loc["n"], high.loc["n"], how, applies.loc["n"], {c: value})
            ends.append(of.to_numpy() @ range(len(of)))
        expected = abs(ends[1] - ends[0]) if applies.loc["n", c] else 0
        assert judged.swing.loc["n", c] == pytest.approx(expected, abs=1e-9)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(methods(), st.integers(0, 2))
def test_what_is_too_much_to_sum_is_drawn_and_right_on_average(case, summed):
    how, low, high, applies = case
    how = replace(how, draws=4000)
    expected = how.judge(low, high, applies).share
    with mock.patch.multiple(coalitions, MOST=0, SUMMED=summed):
        drawn = replace(how).judge(low, high, applies).share
    assert (drawn - expected).abs().to_numpy().max() < 5 * 0.5 / 4000**0.5


@pytest.mark.slow
def test_a_drawing_cell_by_cell_agrees(outcome):
    low, high, _ = intervals(outcome.ratings)
    how, rng = outcome.method, np.random.default_rng(7)
    for network in ("eurocities", "c40"):
        drawn = naive.drawn_share(low.loc[network], high.loc[network], how, 400, rng)
        share = outcome.judged.share.loc[network]
        bound = 4.5 * (share * (1 - share) / 400) ** 0.5 + 1 / 400
        assert ((drawn - share).abs() <= bound).all()


@pytest.mark.slow
def test_other_draws_differ_by_no_more_than_the_standard_error_says(stockholm):
    shares = [evaluate(stockholm, 2000, seed).judged for seed in range(1, 13)]
    spread = np.std([one.share.to_numpy() for one in shares], axis=0, ddof=1)
    error = np.mean([one.standard_error.to_numpy() for one in shares], axis=0)
    assert spread.max() > 0  # the seed moves the draws
    assert (spread <= 1.7 * error + 1e-12).all()


DEMANDS = pd.DataFrame({"a": [1.0, 3.0], "b": [1.0, 3.0]}, index=["mid", "top"])
HOW = Method(DEMANDS, DEMANDS.mask(DEMANDS > 0), {}, (0.5, 0.9), [], None, draws=2000)
LOW = pd.DataFrame({"a": [0.0, 2.0], "b": [1.0, 3.0]}, index=["n", "m"])


def test_another_network_and_another_order_change_nothing():
    whole = HOW.judge(LOW, LOW + 1)
    alone = HOW.judge(LOW.loc[["m"]], LOW.loc[["m"]] + 1)
    turned = HOW.judge(LOW.iloc[::-1], LOW.iloc[::-1] + 1)
    assert whole.share.loc["m"].equals(alone.share.loc["m"])
    assert whole.swing.loc["n"].equals(turned.swing.loc["n"])
    assert whole.possible == {name: turned.possible[name] for name in whole.possible}


def test_a_better_rating_never_lowers_a_level():
    before = HOW.judge(LOW, LOW + 1).share
    after = HOW.judge(LOW.assign(a=LOW["a"] + 1), LOW + 1 + [1, 0]).share
    cumulated = (after - before).cumsum(axis=1)
    assert (cumulated <= 1e-12).to_numpy().all()


def test_possible_knows_what_a_draw_cannot_find():
    # a alone meets the demand: mid needs a to weigh all but nothing of the whole
    how = replace(HOW, threshold=(1.0, 1.0), draws=10)
    low = pd.DataFrame({"a": [1.0], "b": [0.0]}, index=["n"])
    judged = how.judge(low, low)
    assert judged.share.loc["n", "mid"] == 0
    assert judged.possible["n"] == [LOWEST, "mid"]


def test_weights_of_what_does_not_apply_go_to_the_rest():
    # without c, a and b hold half of the weight each whatever c weighs, if they weigh the same
    demands = DEMANDS.assign(c=[4.0, 4.0])
    how = Method(
        demands, demands.mask(demands > 0), {}, (0.5, 0.5), [("a", "b"), ("b", "a")], None, draws=50
    )
    low = pd.DataFrame({"a": [3.0], "b": [0.0], "c": [0.0]}, index=["n"])
    applies = pd.DataFrame({"a": [True], "b": [True], "c": [False]}, index=["n"])
    judged = how.judge(low, low, applies)
    assert judged.possible["n"] == ["top"]
    assert judged.share.loc["n", "top"] == 1
    assert LOWEST in how.judge(low, low).possible["n"]


def test_a_table_of_what_applies_must_fit():
    with pytest.raises(DataError, match=r"criteria of applies are not .* missing b"):
        HOW.judge(LOW, LOW, pd.DataFrame({"a": [True, True]}, index=LOW.index))
    with pytest.raises(DataError, match="low and applies do not have the same alternatives"):
        HOW.judge(LOW, LOW, LOW.gt(9).iloc[::-1] | True)
    with pytest.raises(DataError, match="applies cannot be used"):
        HOW.judge(LOW, LOW, LOW.astype("str"))
    with pytest.raises(DataError, match="no criterion that carries weight applies to m"):
        HOW.judge(LOW, LOW, pd.DataFrame({"a": [True, False], "b": [True, False]}, LOW.index))


def test_what_applies_must_carry_weight():
    how = replace(HOW, bounds={"b": (0.0, 0.0)})
    applies = pd.DataFrame({"a": [False, True], "b": [True, True]}, index=LOW.index)
    with pytest.raises(DataError, match="no criterion that carries weight applies to n"):
        how.judge(LOW, LOW, applies)


@pytest.mark.parametrize(
    ("met", "threshold", "expected"),
    [
        ({"a": 1.0, "b": 0.0}, 0.5000001, [LOWEST, "mid"]),
        ({"a": 0.0, "b": 1.0}, 0.5000001, [LOWEST]),  # b weighs a half at most
        ({"a": 0.0, "b": 1.0}, 0.5, [LOWEST, "mid"]),
    ],
)
def test_possible_is_sharp_near_the_threshold(met, threshold, expected):
    how = replace(HOW, threshold=(threshold, threshold), at_least=[("a", "b")], draws=5)
    low = pd.DataFrame(met, index=["n"])
    given = checked(low, low, DEMANDS, how.vetoes, scale=range(5))
    found = possible_levels.levels(given, how.threshold, how.at_least)
    assert [how.levels[rank] for rank in found["n"]] == expected


def test_ranks_are_those_of_adding_up_each_value():
    # all of the weight on a: ranks are those of a alone, and ratings are independent
    how = replace(HOW, bounds={"a": (1.0, 1.0)}, draws=20_000)
    low = pd.DataFrame({"a": [0.0, 0.0, 4.0], "b": 0.0}, index=list("nml"))
    high = low.assign(a=[1.0, 1.0, 4.0])
    ranks = how.ranks(low, high)
    assert ranks.loc["l"].to_list() == [1, 0, 0]
    # of two that are 0 or 1 each: above, below, or equal and sharing both ranks
    assert ranks.loc["n"].to_list() == pytest.approx([0, 0.5, 0.5], abs=0.02)
    tied = how.ranks(low.drop("l"), low.drop("l"))
    assert tied.to_numpy().tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_a_better_network_of_which_much_is_open_is_not_always_first():
    # 0 or 1 against 1 always: even where the other draws 1 they share the first rank
    how = replace(HOW, bounds={"a": (1.0, 1.0)}, draws=20_000)
    low = pd.DataFrame({"a": [0.0, 0.0], "b": 0.0}, index=list("nm"))
    high = pd.DataFrame({"a": [1.0, 1.0], "b": 0.0}, index=list("nm"))
    wide = how.ranks(low, high.assign(a=[1.0, 2.0]))
    # m is 0, 1 or 2 and n is 0 or 1: m is above in three of six pairs, equal in two
    assert wide.loc["m", 1] == pytest.approx(3 / 6 + 2 / 6 / 2, abs=0.02)


def test_what_is_put_aside_leaves_ranks_to_the_rest():
    how = replace(HOW, demands=DEMANDS.assign(b=[1.0, 3.0]), draws=200)
    low = pd.DataFrame({"a": [3.0, 2.0], "b": [0.0, 4.0]}, index=list("nm"))
    applies = pd.DataFrame({"a": True, "b": [False, False]}, index=low.index)
    assert how.ranks(low, low, applies).loc["n"].to_list() == [1, 0]


def test_a_share_is_not_below_none_by_rounding():
    found = coalitions.by_level(np.array([[[0.3], [0.3 + 1e-15], [0.1]]]))
    assert found.min() == 0
    assert found.sum() == pytest.approx(1)
