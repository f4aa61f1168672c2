"""What would change an outcome: every answer is checked by scoring the changed case anew."""

import itertools
from dataclasses import replace
from unittest import mock

import numpy as np
import pandas as pd
import pytest

from netanalysis.scoring import engagement, pivots, ratings, sensitivity
from netanalysis.scoring.engagement import settled
from netanalysis.scoring.method import Method, method
from netanalysis.scoring.weights import centre
from tests.scoring import naive


@pytest.fixture(scope="module")
def rated(stockholm):
    return ratings.rate(stockholm.statements, stockholm.networks, stockholm.criteria)


@pytest.fixture(scope="module")
def how(stockholm):
    tables = (stockholm.criteria, stockholm.demands, stockholm.order_statements)
    return method(*tables, (0.5, 0.75), draws=1000, seed=1)


@pytest.fixture(scope="module")
def short(how):
    """So few draws that every value can be sorted on its own."""
    return replace(how, draws=40)


def outcomes(rated, how):
    return settled(how.judge(*ratings.intervals(rated)).share)["outcome"]


@pytest.mark.parametrize("which", ["", "beyond_"])
def test_the_least_changes_of_stockholm_turn_its_outcomes(rated, how, which):
    before = outcomes(rated, how)
    found = pivots.least_changes(rated, how)
    assert found["outcome"].to_dict() == before.to_dict()
    for network, row in found.iterrows():
        changed = rated.copy()
        for criterion, value in row[f"{which}changes"]:
            cell = network, criterion
            inside = rated.loc[cell, "low"] <= value <= rated.loc[cell, "high"]
            assert inside or which
            changed.loc[cell, ["low", "high", "state"]] = [value, value, ""]
        after = outcomes(changed, how)
        assert after[network] == row[f"{which}becomes"] != before[network]
        others = after.index != network
        assert after[others].equals(before[others])


@pytest.mark.slow
def test_no_smaller_change_turns_an_outcome_of_stockholm(rated, how):
    low, high, applies = ratings.intervals(rated)
    found = pivots.least_changes(rated, how)
    for network, row in found.iterrows():
        for criterion, value in itertools.product(low.columns, range(5)):
            ends = [frame.loc[[network]].copy() for frame in (low, high)]
            steps = max(ends[0].loc[network, criterion] - value,
                        value - ends[1].loc[network, criterion], 0)  # fmt: skip
            for end in ends:
                end.loc[network, criterion] = value
            after = how.settled(*ends, applies.loc[[network]])["outcome"]
            turns = after[network] != row["outcome"]
            if steps:
                assert len(row["beyond_changes"]) == 1  # so smaller means fewer steps
                assert not turns or steps >= row["beyond_steps"]
            else:
                assert not turns or len(row["changes"]) == 1


DEMANDS = pd.DataFrame({c: [1.0, 3.0] for c in "abc"}, index=["follow", "lead"])
HOW = Method(DEMANDS, DEMANDS.mask(DEMANDS > 0), {}, (0.6, 0.6), [],
             dict.fromkeys("abc", (1 / 3, 1 / 3)), draws=200)  # fmt: skip


def exact(**cells):
    index = pd.MultiIndex.from_tuples([("n", c) for c in cells], names=["network", "criterion"])
    rows = [(low, high, "") for low, high in cells.values()]
    return pd.DataFrame(rows, index=index, columns=["low", "high", "state"])


def test_the_least_change_by_hand():
    # one criterion of three meets lead: two must, so one more has to rise, b by two or c by one
    row = pivots.least_changes(exact(a=(3, 3), b=(1, 1), c=(2, 2)), HOW).loc["n"]
    assert pd.isna(row["becomes"])
    assert row["changes"] == ()
    assert row.filter(like="beyond").to_list() == ["lead", (("c", 3.0),), 1.0, 0, False]


def test_of_values_that_do_the_same_the_one_nearest_the_middle_is_named():
    row = pivots.least_changes(exact(a=(0, 4), b=(3, 3), c=(1, 1)), HOW).loc["n"]
    assert (row["becomes"], row["changes"]) == ("lead", (("a", 3.0),))  # 4 does the same


def test_ratings_go_up_to_four_where_nothing_else_is_said():
    demands = pd.DataFrame({c: [1.0, 4.0] for c in "abc"}, index=["follow", "lead"])
    row = pivots.least_changes(exact(a=(4, 4), b=(1, 1), c=(3, 3)), replace(HOW, demands=demands))
    assert row.loc["n", "beyond_changes"] == (("c", 4.0),)


def test_two_ratings_are_named_where_one_is_not_enough():
    row = pivots.least_changes(exact(a=(2, 2), b=(1, 1), c=(2, 2)), HOW).loc["n"]
    assert row[["beyond_becomes", "beyond_steps"]].to_list() == ["lead", 2.0]
    assert row["beyond_changes"] == (("a", 3.0), ("c", 3.0))
    row = pivots.least_changes(exact(a=(2, 2), b=(2, 2), c=(2, 2)), HOW).loc["n"]
    assert row["beyond_changes"] == (("a", 3.0), ("b", 3.0))
    assert row["beyond_others"] == 2


def test_it_is_said_where_no_such_change_is_enough():
    row = pivots.least_changes(exact(a=(2, 2), b=(1, 1), c=(2, 2)), HOW, most=1).loc["n"]
    assert row[["becomes", "beyond_becomes"]].isna().all()
    assert (row["changes"], row["beyond_changes"]) == ((), ())


def test_a_change_within_the_evidence_takes_no_step():
    row = pivots.least_changes(exact(a=(3, 3), b=(1, 1), c=(2, 3)), HOW).loc["n"]
    assert row["outcome"] == "open"  # c decides, and it is even
    assert row[["becomes", "steps"]].to_list() == ["follow", 0.0]
    assert row[["beyond_becomes", "beyond_steps"]].to_list() == ["follow", 1.0]


def test_a_change_at_the_limit_is_said_to_be_there():
    # of weights between equal ones, c is the heaviest or not in about as many draws as lead needs
    given = exact(a=(3, 3), b=(1, 1), c=(2, 3))
    how = Method(DEMANDS, HOW.vetoes, {}, (0.5, 0.7), [], None, draws=200)
    share = how.judge(*ratings.intervals(exact(a=(3, 3), b=(1, 1), c=(3, 3)))).share.loc[
        "n", "lead"
    ]
    near = mock.patch.object(pivots, "LEANS", share)
    with near:
        assert pivots.least_changes(given, how).loc["n", "at_limit"]
    with mock.patch.object(pivots, "LEANS", share - 0.2):
        assert not pivots.least_changes(given, how).loc["n", "at_limit"]


@pytest.mark.slow
def test_whom_to_ask_first(rated, short, stockholm):
    judged = short.judge(*ratings.intervals(rated))
    asked = pivots.ask_first(rated, judged, stockholm.participation)
    assert asked["swing"].is_monotonic_decreasing
    assert (asked["low"] < asked["high"]).all()
    by_network = asked.groupby("network")["departments"].first()
    assert set(by_network["eurocities"]) == {
        "social-services", "education", "city-planning", "culture", "environment"
    }  # fmt: skip
    assert by_network["metropolis"] == ()  # nobody is known to take part there
    top = asked.iloc[0]
    low, high, _ = ratings.intervals(rated)
    given = (low.loc[top["network"]], high.loc[top["network"]], short)
    ends = [naive.share(*given, fixed={top["criterion"]: top[end]}) for end in ("low", "high")]
    levels = [share.to_numpy() @ range(len(share)) for share in ends]
    assert abs(levels[1] - levels[0]) == pytest.approx(top["swing"])


@pytest.mark.slow
def test_the_threshold_at_which_an_outcome_turns(rated, short):
    low, high, _ = ratings.intervals(rated)
    runs = sensitivity.thresholds(rated, short)
    for _, own in runs.groupby("network"):
        assert own["low"].iloc[0] == 0.5
        assert own["high"].iloc[-1] == 1
        assert np.allclose(own["low"].to_numpy()[1:] - own["high"].to_numpy()[:-1], 0.01)
    for row in runs.groupby("network").head(2).itertuples():
        share = naive.share(low.loc[row.network], high.loc[row.network], short, threshold=row.high)
        assert settled(share.to_frame().T)["outcome"].iloc[0] == row.outcome


@pytest.mark.slow
def test_the_smallest_shift_of_weight(rated, short):
    low, high, _ = ratings.intervals(rated)
    weights = centre(list(low.columns), short.at_least, short.bounds)
    found = sensitivity.weight_shifts(rated, short)
    turned = found[found["becomes"].notna()]
    assert len(turned)
    for network, row in turned.iterrows():
        shifted = pd.Series(weights, index=low.columns)
        for told in ("outcome", "becomes"):
            share = naive.share(low.loc[network], high.loc[network], short, weights=shifted)
            assert settled(share.to_frame().T)["outcome"].iloc[0] == row[told]
            shifted[row["loses"]] -= row["shift"]
            shifted[row["gains"]] += row["shift"]


def test_the_smallest_shift_by_hand():
    # a and b meet lead and hold 2/3, the threshold is 0.6: 0.07 too much must leave them
    given = exact(a=(3, 3), b=(3, 3), c=(1, 1))
    even = Method(DEMANDS, HOW.vetoes, {}, (0.6, 0.6), [], None, draws=1000)
    row = sensitivity.weight_shifts(given, even).loc["n"]
    assert (row["outcome"], row["becomes"], row["gains"]) == ("lead", "follow", "c")
    assert row["shift"] == pytest.approx(0.07)


def test_a_shift_is_told_by_what_it_turns_the_outcome_into_first():
    # of thresholds from 0.5 to 0.75 two thirds let 2/3 of the weight lead, fewer than 0.6 let 0.65
    given = exact(a=(3, 3), b=(3, 3), c=(1, 1))
    wide = Method(DEMANDS, HOW.vetoes, {}, (0.5, 0.75), [], None, draws=1000)
    row = sensitivity.weight_shifts(given, wide).loc["n"]
    assert (row["outcome"], row["becomes"], row["gains"]) == ("lead", "open", "c")
    assert row["shift"] == pytest.approx(0.02)


@pytest.mark.slow
def test_what_is_left_out_is_scored_anew(stockholm, rated, how):
    found = sensitivity.left_out(stockholm.statements, stockholm.networks, stockholm.criteria, how)
    statements, networks = stockholm.statements, stockholm.networks
    assert len(found) == len(statements) + 9 * len(networks)
    for row in found[found["kind"] == "statement"].iloc[::9].itertuples():
        own = statements[statements["network"] == row.network]
        rest = own[own["statement"] != row.left_out]
        again = ratings.rate(rest, [row.network], stockholm.criteria)
        after = how.settled(*ratings.intervals(again)).loc[row.network]
        assert (after["outcome"], after["share"]) == (row.outcome, row.share)
    low, high, applies = ratings.intervals(rated)
    for row in found[found["kind"] == "criterion"].iloc[::7].itertuples():
        without = applies.assign(**{row.left_out: False})
        after = how.settled(low, high, without).loc[row.network]
        assert (after["outcome"], after["share"]) == (row.outcome, row.share)


@pytest.mark.slow
def test_where_other_draws_give_another_outcome_without_something_it_is_said(stockholm, how):
    tables = stockholm.statements, stockholm.networks, stockholm.criteria
    seeds = [replace(how, draws=100, seed=seed) for seed in range(1, 7)]
    share = sensitivity.left_out(*tables, seeds[0])["share"]
    limit = share[share < 1].median()  # where some recalculation is bound to lie
    with (
        mock.patch.object(engagement, "LEANS", limit),
        mock.patch.object(sensitivity, "LEANS", limit),
    ):
        found = [sensitivity.left_out(*tables, one) for one in seeds]
    outcomes = pd.DataFrame([one["outcome"] for one in found])
    at_limit = pd.DataFrame([one["at_limit"] for one in found])
    moved = (outcomes != outcomes.iloc[0]).any()
    assert moved.any()
    assert at_limit.any()[moved].all()
    assert 0 < at_limit.to_numpy().mean() < 0.9


def test_turning_the_evidence_of_one_network_round_turns_its_outcome_alone(stockholm, how, rated):
    own = stockholm.statements["network"] == "metropolis"
    turned = stockholm.statements.copy()
    turned.loc[own, ["low", "high"]] = 4 - stockholm.statements.loc[own, ["high", "low"]].to_numpy()
    again = ratings.rate(turned, stockholm.networks, stockholm.criteria)
    before, after = outcomes(rated, how), outcomes(again, how)
    assert before["metropolis"] == "follow"
    assert after["metropolis"] in ("participate", "lead", "open")
    assert after.drop("metropolis").equals(before.drop("metropolis"))


def test_what_vetoes_alone_leave_is_told_in_shares(rated, how):
    checks = engagement.checks(rated, how.demands, how.vetoes, how.objectives)
    shares = sensitivity.vetoes_alone(rated, checks, how)
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert shares.loc["uclg", ["participate", "lead"]].to_list() == [0, 0]
    assert shares.loc["eurocities", "lead"] > 0
