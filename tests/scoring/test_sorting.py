import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netanalysis import DataError
from netanalysis.scoring import sorting
from netanalysis.scoring.sorting import LOWEST, mr_sort, mr_sort_range

# The example of R's package MCDA (MRSort): price and time are minimised.
TRIPS = pd.DataFrame(
    {"price": [1, 4, 2, 6, 30], "time": [10, 20, 20, 40, 30], "comfort": [1, 2, 0, 0, 3]},
    index=["RER", "METRO1", "METRO2", "BUS", "TAXI"],
)
DEMANDS = pd.DataFrame(
    {"price": [7, 3], "time": [25, 11], "comfort": [2, 3]}, index=["Medium", "Good"]
)
VETOES = pd.DataFrame({"price": [np.nan, 9], "comfort": [0, np.nan]}, index=["Medium", "Good"])
WEIGHTS = {"price": 1, "time": 3, "comfort": 2}
SENSE = {"price": "min", "time": "min", "comfort": "max"}
REST = (DEMANDS, WEIGHTS, 3, VETOES, SENSE)


def test_published_example():
    assert mr_sort(TRIPS, *REST).to_dict() == {
        "RER": "Good",
        "METRO1": "Medium",
        "METRO2": LOWEST,
        "BUS": LOWEST,
        "TAXI": LOWEST,
    }


def test_without_the_veto_metro2_is_medium():
    assert mr_sort(TRIPS, DEMANDS, WEIGHTS, 3, None, SENSE)["METRO2"] == "Medium"


def test_a_veto_bars_every_higher_level():
    vetoes = pd.DataFrame({"comfort": [1]}, index=["Medium"])  # RER is Good without it
    assert mr_sort(TRIPS, DEMANDS, WEIGHTS, 3, vetoes, SENSE)["RER"] == LOWEST


def test_a_level_can_be_reached_at_the_exact_threshold():
    names = list("abcdefghij")  # nine weights of 0.1 sum to 0.8999999999999999
    performance = pd.DataFrame([[1.0] * 9 + [0.0]], columns=names, index=["x"])
    demands = pd.DataFrame([[1.0] * 10], columns=names, index=["up"])
    assert mr_sort(performance, demands, dict.fromkeys(names, 0.1), 0.9)["x"] == "up"


def test_weights_go_by_name_and_not_by_place():
    turned = pd.Series(WEIGHTS)[["comfort", "price", "time"]]
    pd.testing.assert_series_equal(
        mr_sort(TRIPS, DEMANDS, turned, 3, VETOES, SENSE), mr_sort(TRIPS, *REST)
    )
    assert mr_sort(TRIPS, DEMANDS, [1, 3, 2], 3, VETOES, SENSE)["METRO1"] == "Medium"
    assert mr_sort(TRIPS, DEMANDS, [2, 1, 3], 3, VETOES, SENSE)["METRO1"] == "Medium"


def test_infinity_is_refused_with_its_cell():
    costs = pd.DataFrame({"a": [5.0], "cost": [np.inf]}, index=["x"])
    asked = pd.DataFrame({"a": [1.0], "cost": [9.0]}, index=["up"])
    with pytest.raises(DataError, match="performance has no finite number for x on cost"):
        mr_sort(costs, asked, [0.5, 0.5], 0.5, objectives={"cost": "min"})


def test_the_order_of_columns_and_rows_changes_nothing():
    turned = TRIPS[["comfort", "time", "price"]].iloc[::-1]
    pd.testing.assert_series_equal(mr_sort(turned, *REST)[TRIPS.index], mr_sort(TRIPS, *REST))


def test_range_by_hand():
    low, high = TRIPS.loc[["RER"]], TRIPS.loc[["RER"]].assign(time=30)
    ends = mr_sort_range(low, high, *REST).loc["RER"].to_dict()
    assert ends == {"worst": LOWEST, "best": "Good"}  # at 30 minutes only the price meets Medium


def naive(values, demands, weights, threshold, vetoes, signs):
    level = LOWEST
    barred = False
    for name in demands.index:
        met = sum(
            weights[c] for c in demands if signs[c] * values[c] >= signs[c] * demands.loc[name, c]
        )
        for c in demands:
            veto = vetoes.loc[name, c]
            barred = barred or (not np.isnan(veto) and signs[c] * values[c] <= signs[c] * veto)
        if met >= threshold - 1e-9 and not barred:
            level = name
    return level


@st.composite
def problems(draw):
    criteria = [f"c{i}" for i in range(draw(st.integers(1, 4)))]
    signs = {c: draw(st.sampled_from([1, -1])) for c in criteria}
    levels = [f"l{i}" for i in range(draw(st.integers(1, 3)))]
    number = st.integers(0, 4)
    demands, vetoes = pd.DataFrame(index=levels), pd.DataFrame(index=levels)
    for c in criteria:
        steps = sorted(draw(st.lists(number, min_size=len(levels), max_size=len(levels))))
        demands[c] = [signs[c] * step for step in steps]
        vetoes[c] = [
            signs[c] * (step - 1 - draw(number)) if draw(st.booleans()) else np.nan
            for step in steps
        ]
    weights = {c: draw(st.integers(1, 5)) for c in criteria}
    total = sum(weights.values())
    threshold = draw(st.floats(total / 2, total))
    values = pd.DataFrame(
        {c: [signs[c] * draw(number) for _ in range(3)] for c in criteria}, index=list("xyz")
    )
    return values, demands.astype(float), weights, threshold, vetoes.astype(float), signs


@settings(max_examples=200, deadline=None)
@given(problems())
@pytest.mark.slow
def test_same_as_the_naive_twin(problem):
    values, demands, weights, threshold, vetoes, signs = problem
    sense = {c: "max" if sign > 0 else "min" for c, sign in signs.items()}
    sorted_ = mr_sort(values, demands, weights, threshold, vetoes, sense)
    for name, row in values.iterrows():
        assert sorted_[name] == naive(row, demands, weights, threshold, vetoes, signs)


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(0, 3), st.integers(1, 3))
@pytest.mark.slow
def test_raising_a_rating_never_lowers_a_level(problem, which, step):
    values, demands, weights, threshold, vetoes, signs = problem
    sense = {c: "max" if sign > 0 else "min" for c, sign in signs.items()}
    ranks = [LOWEST, *demands.index]
    c = values.columns[which % values.shape[1]]
    better = values.assign(**{c: values[c] + signs[c] * step})
    rest = (demands, weights, threshold, vetoes, sense)
    before, after = mr_sort(values, *rest), mr_sort(better, *rest)
    assert all(ranks.index(after[name]) >= ranks.index(before[name]) for name in values.index)
    ends = mr_sort_range(
        values.where(values < better, better), better.where(better > values, values), *rest
    )
    pd.testing.assert_series_equal(ends["worst"], before, check_names=False)
    pd.testing.assert_series_equal(ends["best"], after, check_names=False)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"performance": TRIPS.astype(float).mask(TRIPS == 30)},
            "no finite number for TAXI on price; TAXI on time",
        ),
        (
            {"demands": DEMANDS.astype(float).mask(DEMANDS == 7)},
            "demands has no finite number for Medium on price",
        ),
        ({"demands": DEMANDS.iloc[::-1]}, "not nested"),
        ({"demands": DEMANDS.assign(comfort=[3, 2])}, "not nested: Good on comfort"),
        ({"weights": {"price": 1, "time": 3}}, "criteria of weights are not.*missing comfort"),
        ({"weights": [1, 3]}, "3 are needed"),
        ({"weights": [1, -3, 9]}, "0 or more"),
        ({"weights": [1, -0.5, 9]}, "0 or more"),
        ({"weights": {"price": 1, "time": np.nan, "comfort": 2}}, "0 or more"),
        ({"threshold": 2.9}, "not within 3 to 6"),
        ({"threshold": 6.1}, "not within 3 to 6"),
        ({"threshold": np.nan}, "not within 3 to 6"),
        ({"vetoes": pd.DataFrame({"comfort": [2]}, index=["Medium"])}, "not worse than its demand"),
        ({"vetoes": pd.DataFrame({"noise": [2]}, index=["Medium"])}, "vetoes: noise"),
        ({"vetoes": pd.DataFrame({"time": [90]}, index=["Best"])}, "unknown names in vetoes: Best"),
        ({"objectives": {"time": "less"}}, 'must be max or min: time: "less"'),
        ({"objectives": {"noise": "min"}}, "unknown names in objectives: noise"),
        ({"performance": TRIPS.drop(columns="time")}, "missing time; extra"),
    ],
)
def test_what_cannot_be_sorted_is_refused(change, message):
    arguments = {
        "performance": TRIPS,
        "demands": DEMANDS,
        "weights": WEIGHTS,
        "threshold": 3,
        "vetoes": VETOES,
        "objectives": SENSE,
    }
    with pytest.raises(DataError, match=message):
        mr_sort(**(arguments | change))


def test_a_range_refuses_nan_and_low_above_high():
    with pytest.raises(DataError, match="low has no finite number for RER on price"):
        mr_sort_range(TRIPS.astype(float).mask(TRIPS == 1), TRIPS, *REST)
    with pytest.raises(DataError, match="low above high: RER on price"):
        mr_sort_range(TRIPS + 1, TRIPS, *REST)


def test_each_interval_is_held_against_demand_and_veto():
    low = TRIPS.loc[["RER"]].assign(comfort=0)
    high = TRIPS.loc[["RER"]].assign(comfort=2, price=8)
    checks = sorting.check_demands(low, high, DEMANDS, VETOES, SENSE).loc["RER"]
    assert checks.loc[("Medium", "time"), ["met", "veto"]].to_list() == ["yes", "no"]
    assert checks.loc[("Medium", "price"), "met"] == "open"
    assert checks.loc[("Medium", "comfort"), ["met", "veto"]].to_list() == ["open", "open"]
    assert checks.loc[("Good", "comfort"), "met"] == "no"
