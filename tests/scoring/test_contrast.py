"""Two small groups compared: by hand, against plain Python, and what must not change."""

import itertools
import math
from statistics import NormalDist, mean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netanalysis import DataError
from netanalysis.scoring import permutation as contrasts
from netanalysis.scoring.permutation import contrast, superiority_interval

VALUES = st.lists(st.integers(0, 4), min_size=1, max_size=5)


def rng(seed=1):
    return np.random.default_rng(seed)


def test_all_ways_by_hand():
    found = contrast([4, 5], [1, 2, 3], rng())
    assert found.sizes == (2, 3)
    assert found.means == (4.5, 2)
    assert (found.ways, found.exact) == (10, True)
    assert found.p == 2 / 10  # 1 and 2 against the rest part by 2.5 too, all others by less
    assert found.superiority == 1
    assert found.low < 1 == found.high


def test_one_value_can_never_be_rare():
    found = contrast([9], [0] * 9, rng())
    assert found.p == 1 / 10 == 1 / found.ways
    assert found.low < 0.5  # one city shows nothing


def test_groups_that_are_alike_do_not_differ():
    found = contrast([1, 1], [1, 1, 1], rng())
    assert (found.p, found.superiority) == (1, 0.5)
    assert found.low < 0.5 < found.high


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES)
def test_it_is_what_counting_every_way_gives(one, other):
    found = contrast(one, other, rng())
    every = one + other
    apart = []
    for chosen in itertools.combinations(range(len(every)), len(one)):
        rest = [every[i] for i in range(len(every)) if i not in chosen]
        apart.append(abs(mean(every[i] for i in chosen) - mean(rest)))
    least = abs(mean(one) - mean(other)) - 1e-9
    assert found.p == pytest.approx(sum(gap >= least for gap in apart) / len(apart))
    pairs = [(a > b) + (a == b) / 2 for a in one for b in other]
    assert found.superiority == pytest.approx(mean(pairs))
    assert found.ways == math.comb(len(every), len(one))


@pytest.mark.slow
def test_many_ways_are_drawn_and_the_seed_decides(monkeypatch):
    monkeypatch.setattr(contrasts, "DRAWS", 2_000)
    one, other = [3.0, 4, 5, 9, 7], list(range(30))
    found, again = contrast(one, other, rng()), contrast(one, other, rng())
    assert not found.exact
    assert found == again
    monkeypatch.setattr(contrasts, "DRAWS", 400_000)
    assert contrast(one, other, rng()).exact
    assert found.p == pytest.approx(contrast(one, other, rng()).p, abs=0.04)


@pytest.mark.parametrize(("m", "n"), [(1, 1), (1, 64), (3, 64), (20, 20)])
@pytest.mark.parametrize("superiority", [0.0, 0.2, 0.5, 1.0])
def test_the_bounds_lie_as_many_standard_errors_away_as_asked(superiority, m, n):
    low, high = superiority_interval(superiority, m, n)
    assert 0 <= low <= superiority <= high <= 1
    assert low < high
    z, k = NormalDist().inv_cdf(0.975), (m + n) / 2 - 1
    for bound in (low, high):
        if 0 < bound < 1:
            ties = 1 + k * (1 - bound) / (2 - bound) + k * bound / (1 + bound)
            error = math.sqrt(bound * (1 - bound) * ties / (m * n))
            assert abs(superiority - bound) == pytest.approx(z * error, rel=1e-6)
    mirrored = superiority_interval(1 - superiority, n, m)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_more_values_make_it_narrower():
    widths = [high - low for low, high in (superiority_interval(0.6, m, 64) for m in (1, 3, 30))]
    assert widths == sorted(widths, reverse=True)


def test_the_interval_holds_about_as_often_as_it_says():
    drawn, held = rng(), 0
    for _ in range(300):  # of normal values apart by as much as makes 0.76
        one, other = drawn.normal(1, 1, 3), drawn.normal(0, 1, 40)
        share = (one[:, None] > other).mean()
        low, high = superiority_interval(share, 3, 40)
        held += low <= NormalDist().cdf(1 / math.sqrt(2)) <= high
    assert held / 300 >= 0.92


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ([], [1.0], "one of the two groups has no values"),
        ([1.0], [], "one of the two groups has no values"),
        ([math.nan], [1.0], "values that are missing or infinite"),
        ([1.0], [math.inf], "values that are missing or infinite"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(one, other, message):
    with pytest.raises(DataError, match=message):
        contrast(one, other, rng())
