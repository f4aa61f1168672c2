"""One call evaluates a case; what comes out is what scoring says, frame by frame."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from netanalysis import DataError, compare, evaluate, evaluated, load_case, one_network, triage
from netanalysis.loaders.case.columns import tables
from netanalysis.scoring import engagement, pivots, ratings, sensitivity, sorting
from netanalysis.scoring import triage as light_check
from netanalysis.scoring.comparison import compare as compared
from netanalysis.scoring.costs import converted
from netanalysis.scoring.method import method
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def whole():
    """A case with many networks, on most of which there is no evidence."""
    return load_case(ROOT / "data" / "exempelstad-2025")


@pytest.fixture(scope="module")
def by_hand(stockholm):
    """The same by the scoring functions themselves."""
    tables = stockholm.criteria, stockholm.demands, stockholm.order_statements
    how = method(*tables, (0.5, 0.75), draws=500, seed=1)
    rated = ratings.rate(stockholm.statements, stockholm.networks, stockholm.criteria)
    return rated, how, how.judge(*ratings.intervals(rated))


def test_nothing_costly_is_computed_before_it_is_asked_for(stockholm):
    fresh = evaluate(stockholm, draws=500)
    assert not {"judged", "changes", "ranks", "left_out"} & set(vars(fresh))
    assert fresh.judged is fresh.judged


def test_it_cannot_be_changed(outcome):
    with pytest.raises(FrozenInstanceError, match="draws"):
        outcome.draws = 10
    with pytest.raises(FrozenInstanceError, match="settled"):
        outcome.settled = None


def test_draws_are_those_of_the_case_unless_given(stockholm):
    assert evaluate(stockholm).draws == stockholm.case.loc[0, "draws"]
    with pytest.raises(DataError, match="99 draws are too few"):
        evaluate(stockholm, draws=99)


@pytest.mark.slow
def test_it_holds_what_scoring_says(stockholm, outcome, by_hand):
    rated, how, judged = by_hand
    assert_frame_equal(outcome.ratings.drop(columns="n_places"), rated)
    assert outcome.shares.columns.to_list() == list(engagement.LEVELS)
    assert np.array_equal(outcome.shares, judged.share)
    assert outcome.possible["metropolis"] == ("not_a_member", "follow")
    settled = engagement.settled(judged.share, judged.standard_error)
    assert_frame_equal(outcome.settled, settled)
    checks = engagement.checks(rated, how.demands, how.vetoes, how.objectives)
    assert_frame_equal(outcome.checks, checks)
    tables = stockholm.memberships, stockholm.seats
    today = engagement.current_levels(
        stockholm.networks, *tables, stockholm.participation, outcome.as_of
    )
    assert_series_equal(outcome.today, today)
    levels = settled["outcome"], judged.possible
    actions = engagement.actions(today, *levels, stockholm.memberships, outcome.as_of)
    assert_frame_equal(outcome.actions, actions)
    changes = pivots.least_changes(rated, how)
    assert_frame_equal(outcome.changes, changes)
    asked = pivots.ask_first(rated, judged, stockholm.participation)
    assert_frame_equal(outcome.pivots, asked)
    assert_frame_equal(outcome.weight_shifts, sensitivity.weight_shifts(rated, how))
    assert_frame_equal(outcome.thresholds, sensitivity.thresholds(rated, how))
    coded = stockholm.statements, stockholm.networks, stockholm.criteria
    assert_frame_equal(outcome.left_out, sensitivity.left_out(*coded, how))
    assert_frame_equal(outcome.ranks, how.ranks(*ratings.intervals(rated)))
    equal = sorting.equal_weights(stockholm.criteria)
    ends = engagement.outcomes(rated, how.demands, how.vetoes, equal, (0.5, 0.75), how.objectives)
    assert_frame_equal(outcome.at_equal_weights, ends)
    free = how.without_bounds().judge(*ratings.intervals(rated))
    assert outcome.without_bounds["outcome"].to_list() == list(
        engagement.settled(free.share)["outcome"]
    )


def test_one_network_is_the_same_as_among_all(stockholm, outcome, by_hand):
    _, how, _ = by_hand
    alone = outcome.of("uclg")
    assert alone.networks == ["uclg"]
    for name in ("ratings", "shares", "settled", "actions", "changes", "checks"):
        among = getattr(outcome, name)
        rows = among[among["network"] == "uclg"] if name == "checks" else among.loc[["uclg"]]
        own = getattr(alone, name)
        assert_frame_equal(own.reset_index(drop=True), rows.reset_index(drop=True))
    assert alone.every is outcome
    assert set(alone.case.statements["network"]) == {"uclg"}
    assert alone.pivots["network"].unique().tolist() == ["uclg"]
    own = one_network(stockholm, "uclg")
    coded = own.statements, own.networks, own.criteria
    assert_frame_equal(alone.left_out, sensitivity.left_out(*coded, how))


@pytest.mark.slow
def test_a_network_without_evidence_is_evaluated_on_demand_with_its_route(whole):
    every = evaluate(whole, draws=100)
    assert len(every.networks) == 25
    alone = every.of("hyresboende")
    assert set(alone.every.networks) - set(every.networks) == {"hyresboende", "allmannytta"}
    assert set(alone.every.networks) == set(evaluated(whole, "hyresboende").networks["network"])
    assert alone.settled.index.to_list() == ["hyresboende"]
    with pytest.raises(DataError, match=r'no network "skylark".*\n.*\n.*storstad'):
        every.of("skylark")


def test_it_shows_itself_as_codes_and_numbers(outcome):
    assert repr(outcome).splitlines()[0].split() == [
        "today", "outcome", "firm", "share", "possible", "action"
    ]  # fmt: skip
    assert "eurocities" in repr(outcome)
    assert "<table" in outcome._repr_html_()
    beside = repr(outcome.compare(outcome)).splitlines()
    assert beside[0].split()[:2] == ["outcome_before", "firm_before"]
    assert {line.split()[-1] for line in beside if "eurocities" in line} == {"False"}


# ---- what if


def test_what_if_changes_nothing_else(stockholm, outcome):
    before = {name: frame.copy() for name, frame in vars(stockholm).items() if name in tables()}
    changed = outcome.with_(
        weights={"influence": (0.2, 0.4), "monitoring": 0.1},
        threshold=0.6,
        demands={("lead", "governance"): 3},
        ratings={("metropolis", "strategic_fit"): (2, 3)},
    )
    for name, frame in before.items():
        assert_frame_equal(getattr(stockholm, name), frame)
    how = changed.method
    assert how.bounds == dict(outcome.method.bounds) | {
        "influence": (0.2, 0.4), "monitoring": (0.1, 0.1)
    }  # fmt: skip
    assert how.threshold == (0.6, 0.6)
    assert outcome.with_(threshold=(0.55, 0.8)).method.threshold == (0.55, 0.8)
    asked = outcome.method.demands.copy()
    asked.loc["lead", "governance"] = 3
    assert_frame_equal(how.demands, asked)
    rated = outcome.ratings.copy()
    rated.loc[("metropolis", "strategic_fit"), ["low", "high", "state"]] = 2.0, 3.0, ""
    assert_frame_equal(changed.ratings, rated)
    assert (how.draws, how.seed) == (outcome.draws, outcome.seed)


def test_what_if_comes_on_top_of_what_if(outcome):
    cells = {("metropolis", "strategic_fit"): (2.0, 3.0), ("c40", "influence"): (1.0, 1.0)}
    first, second = cells.items()
    twice = outcome.with_(ratings=dict([first])).with_(threshold=1).with_(ratings=dict([second]))
    assert twice.rerated == cells
    assert twice.threshold == (1, 1)
    alone = outcome.of("c40").with_(ratings={("c40", "influence"): 1})
    assert alone.networks == ["c40"]
    assert alone.ratings.loc[("c40", "influence"), "high"] == 1


def test_what_if_without_a_coder_or_about_a_new_network(stockholm, whole, outcome):
    rows = stockholm.statements
    without = outcome.with_(statements=rows[(rows["coder"] != "B") & (rows["network"] != "c40")])
    assert without.networks == outcome.networks  # what was evaluated stays so
    assert set(without.ratings.loc["c40", "state"]) == {"no_evidence"}
    assert without.ratings["n_coders"].max() == 1
    criterion = whole.criteria.loc[0, "criterion"]
    more = evaluate(whole, draws=100).with_(ratings={("kryssning", criterion): 4})
    assert "kryssning" in more.networks


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"weights": {"fame": 0.2, "luck": 0.1}}, "unknown names in weights: fame; luck"),
        ({"weights": {"influence": (0.4, 0.2)}}, r'weights: "\(0.4, 0.2\)" for influence does not'),
        ({"weights": {"influence": "much"}}, 'weights: "much" for influence'),
        ({"weights": {"influence": float("nan")}}, 'weights: "nan" for influence'),
        ({"weights": {"influence": 0.9, "monitoring": 0.9}}, "no weights are admissible"),
        ({"threshold": 0.4}, "within 0.5 to 1"),
        ({"demands": {("boss", "influence"): 3}}, "unknown names in demands: boss"),
        ({"demands": {("lead", "fame"): 3}}, "unknown names in demands: fame"),
        ({"demands": {("not_a_member", "influence"): 3}}, "unknown names in demands: not_a_member"),
        ({"demands": {("lead", "influence"): 0}}, "asks for less than the level below it"),
        ({"demands": {("lead", "influence"): 9}}, 'demands: "9" for lead on influence'),
        ({"ratings": {("nato", "influence"): 3}}, "unknown names in ratings: nato"),
        ({"ratings": {("c40", "fame"): 3}}, "unknown names in ratings: fame"),
        ({"ratings": {"c40": 3}}, "unknown names in ratings: c40"),
        ({"ratings": {("c40", "influence"): (3, 5)}}, "for c40 on influence does not run"),
    ],
)
def test_what_cannot_be_is_refused_at_once(outcome, change, told):
    with pytest.raises(DataError, match=told):
        outcome.with_(**change)


def test_all_that_is_wrong_is_told_together(outcome):
    with pytest.raises(DataError, match="fame") as caught:
        outcome.with_(
            weights={"fame": 1}, threshold=2, ratings={("c40", "influence"): -1, ("x", "y"): 1}
        )
    assert len(caught.value.problems) == 5
    with pytest.raises(DataError, match='the column "locator" is missing'):
        outcome.with_(statements=outcome.case.statements.drop(columns="locator"))


# ---- two evaluations, and the light check


def test_what_turned_is_told_with_its_cause(outcome):
    worse = {("eurocities", name): 0 for name in outcome.case.criteria["criterion"]}
    both = outcome.compare(outcome.with_(ratings=worse))
    assert both.turned.index.to_list() == ["eurocities"]
    row = both.turned.iloc[0]
    assert (row["before"], row["after"], row["evidence"]) == ("lead", "not_a_member", 1)
    assert both.outcomes.index.to_list() == outcome.networks
    alone = outcome.of("c40").compare(outcome.of("c40").with_(threshold=1))
    assert alone.outcomes.index.to_list() == ["c40"]


def test_comparing_two_cases_tells_of_networks_without_evidence_too(whole):
    both = compare(whole, replace(whole, case=whole.case.assign(draws=200)))
    assert both.earlier.draws == both.later.draws == 200
    assert len(both.outcomes) == len(whole.networks)
    tables = whole.criteria, whole.demands, whole.order_statements
    how = method(*tables, both.later.threshold, 200, 1)
    rated = ratings.rate(whole.statements, whole.networks, whole.criteria)
    assert_frame_equal(both.outcomes, compared(rated, how, rated, how))


def test_the_light_check_takes_a_case(whole):
    costs = converted(whole.costs, whole.rates)
    tables = (whole.networks, whole.memberships, whole.responsibilities, costs)
    rest = whole.participation, whole.seats, whole.events, whole.case.loc[0, "as_of"]
    assert_frame_equal(triage(whole, 2, 6, 0.4), light_check.triage(*tables, *rest, 2, 6, 0.4))
    assert isinstance(triage(whole), pd.DataFrame)
