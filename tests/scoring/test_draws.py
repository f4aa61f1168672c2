"""Levels drawn all at once against each draw sorted on its own."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netanalysis import DataError
from netanalysis.scoring import possible_levels
from netanalysis.scoring.method import Method
from netanalysis.scoring.sorting import LOWEST
from netanalysis.scoring.validation import checked
from tests.scoring import naive


@st.composite
def methods(draw):
    criteria = ["a", "b", "c"][: draw(st.integers(1, 3))]
    signs = {c: draw(st.sampled_from([1, -1])) for c in criteria}
    demands, vetoes = pd.DataFrame(index=["mid", "top"]), pd.DataFrame(index=["mid", "top"])
    low, high = {}, {}
    for c in criteria:
        steps = sorted(draw(st.lists(st.integers(0, 4), min_size=2, max_size=2)))
        demands[c] = [signs[c] * step for step in steps]
        vetoes[c] = [signs[c] * (step - 1) if draw(st.booleans()) else np.nan for step in steps]
        low[c], high[c] = sorted(draw(st.lists(st.integers(-4, 4), min_size=2, max_size=2)))
    how = Method(
        demands.astype(float),
        vetoes.astype(float),
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


@settings(max_examples=40, deadline=None)
@given(methods())
@pytest.mark.slow
def test_shares_are_those_of_the_naive_twin(case):
    how, low, high, applies = case
    low, high = low.astype(float), high.astype(float)
    judged = how.judge(low, high, applies)
    twin = naive.share(low.loc["n"], high.loc["n"], how, applies.loc["n"])
    assert judged.share.loc["n"].to_dict() == {
        level: pytest.approx(twin.get(level, 0)) for level in how.levels
    }
    assert set(twin.index) <= set(judged.possible["n"])


@settings(max_examples=12, deadline=None)
@given(methods())
@pytest.mark.slow
def test_swings_are_those_of_the_naive_twin(case):
    how, low, high, applies = case
    low, high = low.astype(float), high.astype(float)
    judged = how.judge(low, high, applies)
    for c in low.columns:
        ends = [
            naive.levels(low.loc["n"], high.loc["n"], how, applies.loc["n"], {c: end.loc["n", c]})
            for end in (low, high)
        ]
        expected = (ends[0] != ends[1]).mean() if applies.loc["n", c] else 0
        assert judged.swing.loc["n", c] == pytest.approx(expected)


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
    before = HOW.shares(LOW, LOW + 1)
    after = HOW.shares(LOW.assign(a=LOW["a"] + 1), LOW + 1 + [1, 0])
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


def test_ranks_are_those_of_adding_up_each_draw():
    how = replace(HOW, objectives={"b": "min"}, demands=DEMANDS.assign(b=[3.0, 1.0]), draws=60,
                  vetoes=DEMANDS.mask(DEMANDS > 0))  # fmt: skip
    low = pd.DataFrame({"a": [0.0, 2.0, 1.0], "b": [1.0, 0.0, 4.0]}, index=list("nml"))
    high = low + np.array([[2.0, 1.0], [1.0, 3.0], [3.0, 0.0]])
    applies = pd.DataFrame({"a": True, "b": [True, True, False]}, index=low.index)
    weights, _, places = naive.columns_of(how.blocks())
    counts = pd.DataFrame(0.0, index=low.index, columns=[1, 2, 3])
    for weight, place in zip(weights, places, strict=True):
        totals = {}
        for name in low.index:
            a = naive.value(low.loc[name, "a"], high.loc[name, "a"], place[0], False, how.scale)
            b = naive.value(low.loc[name, "b"], high.loc[name, "b"], place[1], True, how.scale)
            good = np.array([a / 4, 1 - b / 4])[: 2 if applies.loc[name, "b"] else 1]
            totals[name] = good @ weight[: len(good)] / weight[: len(good)].sum()
        for name, total in totals.items():
            above = sum(other > total + 1e-12 for other in totals.values())
            tied = sum(abs(other - total) <= 1e-12 for other in totals.values())
            counts.loc[name, above + 1 : above + tied] += 1 / tied
    assert np.allclose(how.ranks(low, high, applies), counts / 60)
