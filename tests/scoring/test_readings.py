from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from netanalysis import evaluate, load_case
from netanalysis.scoring import engagement, pivots, ratings, sensitivity
from netanalysis.scoring.method import Method
from netanalysis.scoring.readings import KINDS, readings
from tests.scoring import naive

DEMANDS = pd.DataFrame(
    {"a": [1.0, 3.0], "b": [1.0, 3.0], "c": [1.0, 2.0]}, index=["follow", "lead"]
)
VETOES = pd.DataFrame({"a": [0.0, 1.0]}, index=DEMANDS.index).reindex(columns=list("abc"))
HOW = Method(DEMANDS, VETOES, {}, (0.5, 0.8), [], None, draws=100)


@pytest.fixture(scope="module")
def outcome():
    return evaluate(load_case("stockholm-2011"), 500)


def rows_of(*cells):
    """Statements: coder, criterion, low, high, place."""
    return pd.DataFrame(
        [
            {"statement": f"s{number}", "coder": coder, "network": "n", "criterion": criterion,
             "low": low, "high": high, "state": None, "told_by": None,
             "source_id": "one", "locator": place}
            for number, (coder, criterion, low, high, place) in enumerate(cells)
        ]
    )  # fmt: skip


def read(statements, how=HOW):
    found = readings(statements, ["n"], list(how.demands.columns), how)
    return found.set_index("kind")


SAID = rows_of(
    ("A", "a", 2, 3, "p1"), ("B", "a", 1, 4, "p2"), ("A", "b", 3, 3, "p1"), ("B", "c", 0, 2, "p2")
)


def shares_of(found, low, high, how=HOW, **more):
    """A row of readings holds the most frequent level and its share: as the naive twin has them."""
    ends = pd.Series(low, dtype=float), pd.Series(high, dtype=float)
    expected = naive.share(*ends, how, **more).rename({"lowest": "not_a_member"})
    expected.index = ["not_a_member", "follow", "lead"]
    assert found["share"] == pytest.approx(expected.max())
    assert expected[found["frequent"]] == pytest.approx(expected.max())


def test_each_coder_alone_and_each_place_left_out():
    found = readings(SAID, ["n"], list("abc"), HOW)
    alone = found[found["kind"] == "coder"].set_index("coder")
    shares_of(alone.loc["A"], {"a": 2, "b": 3, "c": 0}, {"a": 3, "b": 3, "c": 4})
    shares_of(alone.loc["B"], {"a": 1, "b": 0, "c": 0}, {"a": 4, "b": 4, "c": 2})
    without = found[found["kind"] == "paragraph"].set_index("locator")
    assert sorted(without.index) == ["p1", "p2"]
    shares_of(without.loc["p1"], {"a": 1, "b": 0, "c": 0}, {"a": 4, "b": 4, "c": 2})


def test_where_a_coder_finds_nothing_a_strict_reading_leaves_the_rating_open():
    shares_of(read(SAID).loc["strict"], {"a": 1, "b": 0, "c": 0}, {"a": 4, "b": 4, "c": 4})


def test_a_mixture_takes_either_coder_with_equal_chance():
    found = read(SAID).loc["mixture"]
    each = [
        naive.share(pd.Series({"a": low, "b": 3, "c": 0}), pd.Series({"a": high, "b": 3, "c": 2}),
                    HOW)
        for low, high in ((2, 3), (1, 4))
    ]  # fmt: skip
    assert found["share"] == pytest.approx((sum(each) / 2).max())


def test_dependent_ratings_are_good_or_poor_at_once():
    found = read(SAID).loc["dependent"]
    total = 0
    for step in np.arange(0.5, 12) / 12:  # 4, 1 and 3 values: twelfths hold all their ends
        fixed = {"a": 1 + int(4 * step), "b": 3, "c": int(3 * step)}
        total = total + naive.share(pd.Series(fixed), pd.Series(fixed), HOW) / 12
    assert found["share"] == pytest.approx(total.max())


def test_the_worse_end_of_a_criterion_to_be_kept_low_is_its_higher_one():
    how = replace(HOW, demands=DEMANDS.assign(c=[3.0, 2.0]), objectives={"c": "min"})
    found = read(SAID, how).loc["dependent"]
    total = 0
    for step in np.arange(0.5, 12) / 12:
        fixed = {"a": 1 + int(4 * step), "b": 3, "c": 2 - int(3 * step)}
        total = total + naive.share(pd.Series(fixed), pd.Series(fixed), how) / 12
    assert found["share"] == pytest.approx(total.max())


def test_what_the_proposer_alone_tells_of_can_be_left_out():
    told = SAID.assign(told_by=[None, "proposer", None, None])
    shares_of(read(told).loc["told"], {"a": 2, "b": 3, "c": 0}, {"a": 3, "b": 3, "c": 2})
    assert "told" not in read(SAID).index


def test_without_vetoes_none_bars_a_level():
    free = replace(HOW, vetoes=VETOES * np.nan)
    bounds = {"a": 1, "b": 3, "c": 0}, {"a": 4, "b": 3, "c": 2}
    shares_of(read(SAID).loc["vetoes"], *bounds, free)


def test_a_reading_that_is_no_other_one_is_not_told():
    one = rows_of(("A", "a", 2, 2, "p1"), ("A", "b", 3, 3, "p1"), ("A", "c", 1, 1, "p1"))
    assert list(read(one).index) == ["paragraph"]
    assert read(one)["firm"].to_list() == ["insufficient_evidence"]  # nothing is left without it


def test_a_network_to_which_nothing_applies_under_a_reading_is_told_not_failed():
    one = rows_of(("A", "a", 2, 2, "p1"), ("B", "a", 2, 2, "p1"))
    one.loc[0, ["low", "high", "state"]] = None, None, "not_applicable"
    more = [one.assign(criterion=name, statement=one["statement"] + name) for name in "bc"]
    said = pd.concat([one, *more], ignore_index=True)
    alone = readings(said, ["n"], list("abc"), HOW)
    alone = alone[alone["kind"] == "coder"].set_index("coder")
    assert alone.loc["A", "firm"] == "insufficient_evidence"


def test_statements_without_a_coder_or_a_place_are_refused_or_one_place():
    with pytest.raises(ValueError, match="no coder"):
        read(SAID.assign(coder=None))
    nowhere = readings(SAID.assign(locator=None), ["n"], list("abc"), HOW)
    assert (nowhere["kind"] == "paragraph").sum() == 1


@pytest.mark.slow
def test_the_readings_of_a_case_are_those_of_cases_with_less_in_them(outcome):
    found = outcome.readings
    assert set(found["kind"]) == set(KINDS)
    rows = outcome.case.statements
    for row in found[found["kind"] == "paragraph"].iloc[::5].itertuples():
        rest = rows[(rows["source_id"] != row.source_id) | (rows["locator"] != row.locator)]
        again = outcome.with_(statements=rest).settled.loc[row.network]
        assert again[["outcome", "firm"]].to_list() == [row.outcome, row.firm]
        assert again["share"] == pytest.approx(row.share)
    for row in found[found["kind"] == "coder"].itertuples():
        own = outcome.with_(statements=rows[rows["coder"] == row.coder]).settled.loc[row.network]
        assert own["share"] == pytest.approx(row.share)


def rated(**cells):
    """One network's ratings; what is not named is unknown."""
    index = pd.MultiIndex.from_product([["n"], list("abc")], names=["network", "criterion"])
    rows = [
        {"low": low, "high": high, "state": "" if name in cells else "no_evidence"}
        for name in "abc"
        for low, high in [cells.get(name, (0.0, 4.0))]
    ]
    return pd.DataFrame(rows, index=index).astype({"low": float, "high": float})


def test_one_rating_that_bars_all_else_is_too_little_for_an_outcome():
    given = rated(a=(1, 1))  # bars lead, and follow asks for little
    ends = ratings.intervals(given)
    shares = HOW.judge(*ends).share
    assert shares.loc["n", "follow"] > engagement.LEANS
    assert HOW.known(*ends) == pytest.approx(1 / 3)
    told = HOW.settled(*ends).loc["n"]
    assert told[["outcome", "firm", "frequent"]].to_list() == [
        "open", "insufficient_evidence", "follow"
    ]  # fmt: skip


def test_half_of_the_weight_is_enough_and_what_does_not_apply_carries_none():
    low, high, applies = ratings.intervals(rated(a=(1, 1)))
    applies["c"] = False
    assert HOW.known(low, high, applies) == pytest.approx(0.5)
    assert HOW.settled(low, high, applies).loc["n", "firm"] != "insufficient_evidence"
    applies.loc["n"] = False
    assert HOW.known(low, high, applies) == 0


def test_a_rating_that_rules_nothing_out_is_not_known():
    assert HOW.known(*ratings.intervals(rated(a=(0, 4), b=(0, 3)))) == pytest.approx(1 / 3)


def test_more_ratings_can_make_an_outcome_of_too_little():
    found = pivots.least_changes(rated(a=(1, 1)), HOW).loc["n"]
    assert found["outcome"] == "open"
    assert found["becomes"] == "follow"
    again = rated(a=(1, 1), **{name: (value, value) for name, value in found["changes"]})
    assert HOW.settled(*ratings.intervals(again)).loc["n", "outcome"] == "follow"


def test_no_threshold_and_no_weight_makes_an_outcome_of_too_little():
    given = rated(a=(1, 1))
    assert set(sensitivity.thresholds(given, HOW)["outcome"]) == {"open"}
    bounded = replace(HOW, bounds={"a": (0.2, 0.4)})
    assert pd.isna(sensitivity.weight_shifts(given, bounded).loc["n", "becomes"])


def test_what_varies_is_told_apart():
    exact = rated(a=(3, 3), b=(3, 3), c=(1, 1))  # lead where a and b hold enough of the weight
    told = sensitivity.variation(exact, replace(HOW, draws=4096)).loc["n"]
    assert told["ratings"] == pytest.approx(0, abs=1e-9)
    assert min(told["threshold"], told["weights"]) > 0
    point = replace(HOW, bounds=dict.fromkeys("abc", (1 / 3, 1 / 3)), threshold=(0.6, 0.6))
    told = sensitivity.variation(rated(a=(3, 3), b=(2, 3), c=(1, 1)), point).loc["n"]
    assert told.to_list() == pytest.approx([1, 0, 0])
    assert sensitivity.variation(rated(a=(0, 0), b=(0, 0), c=(0, 0)), HOW).isna().all(axis=None)


def test_what_varies_is_what_going_through_everything_finds():
    given, how = rated(a=(2, 4), b=(1, 3), c=(2, 2)), replace(HOW, vetoes=VETOES * np.nan)
    told, frequent = (
        sensitivity.variation(given, how).loc["n"],
        how.settled(*ratings.intervals(given)).loc["n", "frequent"],
    )
    assert frequent == "lead"
    weights, limits = how.coalitions.weights, np.linspace(0.5, 0.8, 31)
    even = np.r_[0.5, np.ones(29), 0.5] / 30
    leads = np.mean(
        [
            (weights @ [a >= 3, b >= 3, True] + 1e-9)[:, None] >= limits
            for a in (2, 3, 4)
            for b in (1, 2, 3)
        ],
        axis=0,
    )  # weights x thresholds: over the ratings
    mean = (leads @ even).mean()
    whole = mean * (1 - mean)
    assert told["weights"] == pytest.approx(((leads @ even - mean) ** 2).mean() / whole)
    assert told["threshold"] == pytest.approx(((leads.mean(axis=0) - mean) ** 2) @ even / whole)
    both = (((leads - mean) ** 2) @ even).mean() / whole
    assert told["ratings"] == pytest.approx(1 - both)


def test_places_count_what_stands_in_them_once():
    said = pd.concat([SAID, SAID.assign(coder="C", statement="t")], ignore_index=True)
    said.loc[3, ["low", "high", "state"]] = None, None, "silence"
    found = ratings.places(said)
    assert found.to_dict() == {("n", "a"): 2, ("n", "b"): 1, ("n", "c"): 1}
    assert ratings.places(said.iloc[:0]).empty
