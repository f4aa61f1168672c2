"""Weights against exact moments, SMAA-2 against closed forms, levels against brute force."""

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from netanalysis import DataError
from netanalysis.scoring import weights as weighing
from netanalysis.scoring.acceptability import class_acceptability, sample_weights, smaa2
from netanalysis.scoring.sorting import LOWEST, mr_sort
from tests.scoring.random_cases import cases

ABC = ["a", "b", "c"]


def rng(seed=1):
    return np.random.default_rng(seed)


def near(found, exact, draws):
    """Within five standard errors of a mean of numbers in 0 to 1."""
    assert np.abs(np.asarray(found) - exact).max() < 5 * 0.5 / draws**0.5


def test_without_statements_the_moments_are_those_of_a_flat_dirichlet():
    drawn = sample_weights(ABC, 20_000, rng())
    near(drawn.mean(axis=0), 1 / 3, len(drawn))
    near(drawn.var(axis=0), 2 / 36, len(drawn))  # (n - 1) / (n^2 (n + 1))
    assert kstest(drawn[:, 0], lambda x: 1 - (1 - x) ** 2).pvalue > 0.001


def test_a_full_ranking_has_the_known_centroid():
    drawn = sample_weights(ABC, 20_000, rng(), at_least=[("b", "a"), ("a", "c"), ("b", "c")])
    near(drawn.mean(axis=0), [5 / 18, 11 / 18, 2 / 18], len(drawn))  # rank-order centroid
    assert (np.diff(drawn[:, [1, 0, 2]], axis=1) <= 0).all()


def test_a_partial_order_is_kept_and_symmetric():
    drawn = sample_weights(ABC, 20_000, rng(), at_least=[("a", "b"), ("a", "c")])
    near(drawn.mean(axis=0), [11 / 18, 7 / 36, 7 / 36], len(drawn))


def test_bounds_are_kept_and_exact():
    bounds = {"a": (0.2, 0.4)}
    drawn = sample_weights(ABC, 20_000, rng(), bounds=bounds)
    assert drawn[:, 0].min() >= 0.2
    assert drawn[:, 0].max() <= 0.4
    # the density of a is proportional to 1 - a on its bounds
    exact = (0.06 - (0.4**3 - 0.2**3) / 3) / (0.2 - 0.06)
    near(drawn[:, 0].mean(), exact, len(drawn))


def test_very_narrow_bounds_are_sampled_uniformly():
    width = 1e-7
    names = list("abcdef")
    bounds = dict.fromkeys(names[:5], (1 / 6 - width, 1 / 6 + width))
    drawn = sample_weights(names, 4000, rng(), bounds=bounds)
    assert np.abs(drawn.sum(axis=1) - 1).max() < 1e-12
    for column in range(5):
        place = (drawn[:, column] - 1 / 6 + width) / (2 * width)
        assert place.min() >= -1e-6
        assert place.max() <= 1 + 1e-6
        assert abs(place.mean() - 0.5) < 0.03
        assert abs(place.var() - 1 / 12) < 0.01


def test_bounds_that_leave_one_point_give_it():
    drawn = sample_weights(ABC, 5, rng(), bounds={"a": (0.5, 0.5), "b": (0.3, 0.3)})
    assert np.allclose(drawn, [0.5, 0.3, 0.2])


def test_hit_and_run_has_the_moments_of_rejection(monkeypatch):
    names, statements = list("abcde"), [("a", "b"), ("b", "c")]
    bounds = {"d": (0.05, 0.3)}
    exact = sample_weights(names, 40_000, rng(1), statements, bounds)
    monkeypatch.setattr(weighing, "LEAST_ACCEPTED", 1.1)
    walked = sample_weights(names, 40_000, rng(2), statements, bounds)
    assert np.abs(exact.mean(axis=0) - walked.mean(axis=0)).max() < 0.006
    assert np.abs(exact.var(axis=0) - walked.var(axis=0)).max() < 0.003
    assert (walked[:, 0] >= walked[:, 1] - 1e-12).all()
    assert (walked[:, 3] <= 0.3 + 1e-12).all()


def test_a_weight_that_is_fixed_at_nought_is_nought():
    drawn = sample_weights(list("abcd"), 2000, rng(2), bounds={"a": (0, 0)})
    assert drawn.min() >= 0
    assert drawn[:, 0].max() < 1e-12
    smaa2(rng().random((3, 4)), drawn)  # which refuses a weight below 0


def test_a_value_that_the_scale_names_twice_counts_once():
    given = (frame([[4, 0]]), frame([[4, 4]]), DEMANDS, 1.0)
    once, twice = (
        class_acceptability(*given, rng(), 500, scale=scale).share
        for scale in ([0, 4], [0, 4, 4, 4])
    )
    assert once.equals(twice)


def test_the_same_seed_gives_the_same_weights():
    assert (sample_weights(ABC, 50, rng(3)) == sample_weights(ABC, 50, rng(3))).all()


@pytest.mark.parametrize(
    ("at_least", "bounds", "message"),
    [
        ([("a", "b")], {"a": (0, 0.2), "b": (0.3, 1)}, "a at least as much as b; a at most 0.2; b"),
        ([], {"a": (0.5, 1), "b": (0.4, 1), "c": (0.3, 1)}, "a at least 0.5; b at least 0.4; c"),
        ([], dict.fromkeys(ABC, (0, 0.3)), "a at most 0.3; b at most 0.3; c at most 0.3"),
        ([("a", "d")], None, "unknown names in .*: d"),
        ([], {"d": (0, 1)}, "unknown names in .*: d"),
        ([], {"a": (0.6, 0.5)}, "low to high"),
        ([], {"a": (float("nan"), 0.5)}, "low to high"),
    ],
)
def test_what_contradicts_itself_is_refused_and_named(at_least, bounds, message):
    with pytest.raises(DataError, match=message):
        sample_weights(ABC, 10, rng(), at_least, bounds)


def test_only_those_that_clash_are_named():
    bounds = {"a": (0, 0.2), "b": (0.3, 1), "c": (0, 0.9)}
    with pytest.raises(DataError, match="clash") as caught:
        sample_weights(ABC, 10, rng(), [("a", "b"), ("c", "a")], bounds)
    assert "0.9" not in str(caught.value)
    assert "c at least" not in str(caught.value)


def test_two_alternatives_and_two_criteria_in_closed_form():
    # A is first where w1 0.9 + w2 0.1 > w1 0.5 + w2 0.5, that is w1 > 1/2: half the weights
    result = smaa2([[0.9, 0.1], [0.5, 0.5]], sample_weights(["x", "y"], 20_000, rng()))
    near(result.rank_acceptability, 0.5, 20_000)
    near(result.central_weights, [[0.75, 0.25], [0.25, 0.75]], 20_000)
    assert result.confidence.tolist() == [1, 1]


def test_three_criteria_in_closed_form():
    # A beats B where w1 > w2: half of the simplex, with centroid (4/9, 1/9...) by symmetry
    result = smaa2([[1, 0, 0.3], [0, 1, 0.3]], sample_weights(ABC, 20_000, rng()))
    near(result.rank_acceptability, 0.5, 20_000)
    near(result.central_weights[0], [0.5, 1 / 6, 1 / 3], 20_000)


def test_ties_share_and_a_dominated_alternative_has_no_central_weights():
    result = smaa2([[0.5, 0.5], [0.5, 0.5], [0.1, 0.2]], sample_weights(["x", "y"], 100, rng()))
    assert result.rank_acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert np.isnan(result.central_weights[2]).all()
    assert result.confidence.tolist() == [0.5, 0.5, 0]


def naive_smaa(values, weights):
    count = values.shape[-2]
    ranks = np.zeros((count, count))
    for number, weight in enumerate(weights):
        at = values[number] if values.ndim == 3 else values
        totals = at @ weight
        for one in range(count):
            better = sum(totals[other] > totals[one] + 1e-12 for other in range(count))
            tied = sum(abs(totals[other] - totals[one]) <= 1e-12 for other in range(count))
            ranks[one, better : better + tied] += 1 / tied
    return ranks / len(weights)


@pytest.mark.parametrize("shape", [(4, 3), (50, 4, 3)])
def test_smaa_is_its_naive_twin(shape):
    values = rng(5).integers(0, 5, shape) / 4
    weights = sample_weights(ABC, 50, rng(6))
    assert np.allclose(smaa2(values, weights).rank_acceptability, naive_smaa(values, weights))


@pytest.mark.parametrize(
    ("values", "weights", "message"),
    [
        ([[0.5, np.nan]], [[0.5, 0.5]], "nothing is filled in"),
        ([[0.5, 2]], [[0.5, 0.5]], "0 to 1"),
        ([[0.5, 0.5]], [[1.0]], "do not fit together"),
        ([[0.5, 0.5]], [[1.5, -0.5]], "0 or more"),
        (np.ones((3, 2, 2)), np.ones((2, 2)), "do not fit together"),
    ],
)
def test_what_smaa_cannot_rank_is_refused(values, weights, message):
    with pytest.raises(DataError, match=message):
        smaa2(values, weights)


# classes


def frame(rows, columns=("a", "b")):
    return pd.DataFrame(rows, columns=list(columns), index=[f"n{i}" for i in range(len(rows))])


DEMANDS = pd.DataFrame({"a": [1.0, 3.0], "b": [1.0, 3.0]}, index=["mid", "top"])


def test_shares_in_closed_form():
    # a is 4, b is 0..4 in five equal steps; weights equal; all the weight must meet the demands
    bounds = {"a": (0.5, 0.5), "b": (0.5, 0.5)}
    result = class_acceptability(
        frame([[4, 0]]), frame([[4, 4]]), DEMANDS, 1.0, rng(), 20_000, bounds=bounds, scale=range(5)
    )
    near(result.share.loc["n0"], [0.2, 0.4, 0.4], 20_000)
    assert result.possible == {"n0": [LOWEST, "mid", "top"]}
    assert result.share.sum(axis=1).tolist() == [1]


def test_a_class_that_is_skipped_is_not_possible():
    # b is 0 or 4 and nothing between: with all the weight needed, mid cannot come out
    result = class_acceptability(
        frame([[4, 0]]), frame([[4, 4]]), DEMANDS, 1.0, rng(), 500, scale=[0, 4]
    )
    assert result.possible == {"n0": [LOWEST, "top"]}
    assert result.share.loc["n0", "mid"] == 0


def test_a_veto_can_skip_a_class_too():
    vetoes = pd.DataFrame({"b": [0.0, np.nan]}, index=["mid", "top"])
    result = class_acceptability(
        frame([[4, 0]]), frame([[4, 4]]), DEMANDS, 0.5, rng(), 500,
        bounds={"a": (0.6, 1.0)}, vetoes=vetoes, scale=range(5),
    )  # fmt: skip
    assert result.possible == {"n0": [LOWEST, "top"]}


GRID = [i / 4 for i in range(5)]  # weights of two and three criteria on a grid


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(cases(), st.sampled_from([(0.5, 0.5), (0.55, 0.8), (1.0, 1.0)]))
def test_possible_levels_cover_what_brute_force_finds_and_no_sample_falls_outside(case, threshold):
    criteria, signs, demands, vetoes, low, high = case
    sense = {c: "max" if sign > 0 else "min" for c, sign in signs.items()}
    scale = range(-4, 5)
    ends = [frame([[end[c] for c in criteria]], criteria) for end in (low, high)]
    result = class_acceptability(
        *ends, demands, threshold, rng(), 300, vetoes=vetoes, objectives=sense, scale=scale
    )
    brute = set()
    combinations = itertools.product(*(range(low[c], high[c] + 1) for c in criteria))
    every = pd.DataFrame(combinations, columns=criteria)
    for weights in itertools.product(GRID, repeat=len(criteria)):
        if abs(sum(weights) - 1) < 1e-12:
            for limit in {*threshold, sum(threshold) / 2}:
                brute |= set(mr_sort(every, demands, list(weights), limit, vetoes, sense))
    listed = result.possible["n0"]
    assert brute <= set(listed)
    sampled = set(result.share.columns[result.share.loc["n0"] > 0])
    assert sampled <= set(listed)
    assert set(listed) <= {LOWEST, "mid", "top"}


def test_drawing_in_blocks_changes_nothing_but_memory():
    low, high = frame([[0, 1], [2, 2]]), frame([[4, 3], [3, 4]])
    whole = class_acceptability(low, high, DEMANDS, 0.6, rng(), 3000)
    other = class_acceptability(low, high, DEMANDS, 0.6, rng(2), 3000)  # other blocks, other draws
    assert whole.standard_error.to_numpy().max() <= 0.5 / 3000**0.5
    assert np.abs(whole.share - other.share).to_numpy().max() < 0.06
    assert whole.possible == other.possible


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": frame([[np.nan, 1]])}, "low has no finite number for n0 on a"),
        ({"threshold": 0.4}, "0.5 to 1, half of the weight"),
        ({"threshold": (0.8, 0.6)}, "from low to high"),
        ({"scale": [9]}, "no value of the scale lies in the interval of n0 on a; n0 on b"),
        ({"bounds": {"z": (0, 1)}}, "unknown names in bounds: z"),
        ({"draws": 0}, "1 or more, not 0"),
        ({"draws": 2.5}, "1 or more, not 2.5"),
        ({"draws": True}, "1 or more, not True"),
        ({"rng": 1}, "rng cannot be used"),
        ({"threshold": "0.6"}, "threshold cannot be used"),
        ({"threshold": (0.5, 0.6, 0.7)}, "threshold cannot be used"),
        ({"bounds": {"a": 0.5}}, "bounds: a lowest and a highest"),
        ({"at_least": [("a", "b", "a")]}, "pairs of criteria"),
        ({"scale": [0, np.nan]}, "scale cannot be used"),
        ({"scale": []}, "scale cannot be used"),
        ({"low": [[1, 1]]}, "low cannot be used"),
        ({"low": frame([["x", 1]])}, "low has no finite number for n0 on a"),
        ({"low": frame([[pd.NA, 1]])}, "low has no finite number for n0 on a"),
        ({"demands": DEMANDS.rename(index={"mid": LOWEST})}, "same name twice: lowest"),
        ({"objectives": ["a"]}, "objectives cannot be used"),
        ({"low": frame([[3, 1]])}, "low above high: n0 on a"),
        ({"high": frame([[np.inf, 2]])}, "high has no finite number for n0 on a"),
        ({"high": frame([[2, 2]], "ac")}, "criteria of high are not.*missing b; extra c"),
        ({"vetoes": DEMANDS}, "not worse than its demand for mid on a; mid on b; top on a"),
        ({"demands": DEMANDS.iloc[::-1]}, "not nested: mid on a; mid on b"),
        ({"low": frame([]), "high": frame([])}, "low is empty"),
    ],
)
def test_what_cannot_be_sorted_is_refused(change, message):
    given = {"low": frame([[1, 1]]), "high": frame([[2, 2]]), "demands": DEMANDS}
    given |= {"threshold": 0.5, "rng": rng(), "draws": 10}
    with pytest.raises(DataError, match=message):
        class_acceptability(**(given | change))


# another library, on the same values and weights

REFERENCE = json.loads((Path(__file__).parent / "pysensmcda_smaa2.json").read_text("utf-8"))


@pytest.mark.parametrize("example", ["known", "uncertain"])
def test_smaa_agrees_with_pysensmcda(example):
    told = REFERENCE[example]
    found = smaa2(told["values"], told["weights"])
    assert np.allclose(found.rank_acceptability, told["rank_acceptability"], atol=1e-9)
    central = np.array(
        told["central_weights"], dtype=float
    )  # null, not a number, where never first
    assert np.allclose(found.central_weights, central, atol=1e-9, equal_nan=True)
    confidence = np.nan_to_num(np.array(told["confidence"], dtype=float))
    assert np.allclose(found.confidence, confidence, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 99), st.booleans())
def test_smaa_is_its_naive_twin_with_ties_and_without(count, criteria, seed, coarse):
    values = rng(seed).integers(0, 3, (count, criteria)) / 2 if coarse else rng(seed).random(
        (count, criteria)
    )  # fmt: skip
    weights = sample_weights([f"c{i}" for i in range(criteria)], 20, rng(seed + 1))
    found = smaa2(values, weights)
    assert np.allclose(found.rank_acceptability, naive_smaa(values, weights))
    assert np.allclose(found.rank_acceptability.sum(axis=0), 1)


def test_confidence_is_that_of_meeting_everybody():
    values = rng(7).random((60, 30, 4))
    found = smaa2(values, sample_weights(list("abcd"), 60, rng(8)))
    for number in np.flatnonzero(found.confidence):
        totals = values @ found.central_weights[number]
        first = totals.argmax(axis=1) == number
        assert found.confidence[number] == pytest.approx(first.mean())


def test_one_alternative_and_one_criterion_have_an_answer():
    assert smaa2([[0.3]], [[1.0]]).rank_acceptability.tolist() == [[1.0]]
    found = class_acceptability(
        frame([[2]], "a"), frame([[2]], "a"), DEMANDS[["a"]], 0.5, rng(), 10
    )
    assert found.share.loc["n0"].to_list() == [0, 1, 0]


@pytest.mark.parametrize("mended", [{"values": np.zeros((0, 2))}, {"weights": np.zeros((0, 2))}])
def test_nothing_to_rank_is_refused(mended):
    with pytest.raises(DataError, match="is empty"):
        smaa2(**({"values": [[1, 0]], "weights": [[0.5, 0.5]]} | mended))


def test_a_limit_that_limits_nothing_moves_no_centre():
    middle = weighing.centre(["a", "b"], (), {"a": (0.1, 1)})
    assert middle == pytest.approx([0.55, 0.45])  # halfway from 0.1 to 1


def test_criteria_that_may_weigh_alike_do_so_to_the_last_bit():
    criteria = list("abcdefghi")
    pairs = [("b", name) for name in criteria] + [("c", name) for name in "def"]
    middle = weighing.centre(criteria, pairs, {"i": (0.05, 0.2)})
    assert len(set(middle[[3, 4, 5]])) == len(set(middle[[0, 6, 7]])) == 1
    assert middle.sum() == pytest.approx(1, abs=1e-15)


def test_one_draw_is_a_draw():
    assert sample_weights(ABC, 1, rng()).shape == (1, 3)
    assert sample_weights(ABC, 1, rng(), at_least=[("a", "b")]).shape == (1, 3)
