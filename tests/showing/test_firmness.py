"""The sentences on how firm an outcome is say what was computed, and nothing more."""

from dataclasses import replace

import pandas as pd
import pytest

from netanalysis.scoring import engagement, pivots, ratings, sensitivity
from netanalysis.scoring.acceptability import ClassAcceptability
from netanalysis.scoring.method import method
from netanalysis.scoring.sorting import LOWEST
from netanalysis.showing import evidence, figures, firmness, results, sentences

LEVELS = [LOWEST, *engagement.LEVELS[1:]]


@pytest.fixture(scope="module")
def rated(stockholm):
    return ratings.rate(stockholm.statements, stockholm.networks, stockholm.criteria)


@pytest.fixture(scope="module")
def how(stockholm):
    tables = (stockholm.criteria, stockholm.demands, stockholm.order_statements)
    return method(*tables, (0.5, 0.75), draws=500, seed=1)


@pytest.fixture(scope="module")
def judged(rated, how):
    return how.judge(*ratings.intervals(rated))


def made(shares):
    """What would have been judged, with every level of some share possible."""
    share = pd.DataFrame(shares, index=LEVELS).T
    possible = {name: [level for level in LEVELS if row[level]] for name, row in share.iterrows()}
    return ClassAcceptability(share, possible, share.iloc[:, :0], 10_000)


def result_of(stockholm, judged, **changes):
    outcome = engagement.settled(judged.share)
    today = pd.Series("lead", index=outcome.index)
    rest = (judged.possible, stockholm.memberships, "2011")
    table = outcome.join(engagement.actions(today, outcome["outcome"], *rest))
    table = table.assign(date="2011-11-23", kind="congress", becomes=None, steps=0.0)
    table["changes"] = [()] * len(table)
    table["others"] = 0
    for name, value in changes.items():
        table[name] = [value] * len(table)
    return table


def test_in_short_says_first_what_is_possible_and_then_how_firm(stockholm, rated, how):
    judged = made({"eurocities": (0, 0, 0, 1), "metropolis": (0.05, 0.95, 0, 0),
                   "uclg": (0.3, 0.7, 0, 0), "c40": (0, 0.2, 0.5, 0.3)})  # fmt: skip
    checks = engagement.checks(rated, how.demands, how.vetoes, how.objectives)
    text = sentences.in_short(stockholm, result_of(stockholm, judged), checks, "en")
    assert "For EUROCITIES, only Lead is possible." in text
    assert (
        "For Metropolis, Not a member and Follow are possible, and the outcome Follow holds."
        in text
    )
    assert "For UCLG, Not a member and Follow are possible, and the evidence leans" in text
    assert "For C40, Follow, Participate and Lead are possible, and the outcome is open." in text
    assert "assessment is the computed outcome for EUROCITIES." in text
    assert "%" not in text


def test_an_office_that_goes_beyond_the_evidence_is_told_so(stockholm, rated, how):
    judged = made(dict.fromkeys(("eurocities", "metropolis", "uclg", "c40"), (0, 0, 0, 1)))
    checks = engagement.checks(rated, how.demands, how.vetoes, how.objectives)
    result = result_of(stockholm, judged)
    text = sentences.in_short(stockholm, result, checks, "en")
    assert (
        "For Metropolis, UCLG and C40, the office’s own assessment is a level that the evid" in text
    )
    assert results.proposals(stockholm, result, "en").count("the evidence rules it out") == 3


@pytest.mark.parametrize(
    ("change", "cell", "sentence"),
    [
        ({"becomes": "open", "changes": (("governance", 2.0),)},
         "Governance were rated 2 (then: Open)",
         "The outcome would be open if Governance were rated 2. The evidence allows it."),
        ({"becomes": "lead", "changes": (("governance", 3.0), ("influence", 3.0)), "steps": 2.0},
         "Governance were rated 3 and Influence were rated 3 (then: Lead)",
         "influence were rated 3. That is 2 steps outside the evidence."),
        ({"becomes": "lead", "changes": (("governance", 3.0),), "others": 2},
         "Governance were rated 3 (then: Lead); or 2 other changes as small",
         "The outcome would be Lead if Governance were rated 3. 2 other changes as small would"),
        ({}, "no change of up to 3 ratings",
         "No change of up to 3 ratings would change the outcome."),
    ],
)  # fmt: skip
def test_what_would_change_an_outcome_is_one_sentence(
    stockholm, rated, how, judged, change, cell, sentence
):
    result = result_of(stockholm, judged, **change)
    assert cell in results.overview(stockholm, result, "en")
    shifts = sensitivity.weight_shifts(rated, how)
    turning = sensitivity.thresholds(rated, how)
    shown = firmness.would_change(stockholm, result, shifts, turning, how, "en")
    assert sentence.lower() in shown.lower()
    assert "may differ by about 9 points" in shown
    precise = replace(how, draws=10_000)
    shown = firmness.would_change(stockholm, result, shifts, turning, precise, "en")
    assert "may differ by about 2 points" in shown


def test_differences_between_ranking_and_levels_are_explained(stockholm, rated, how):
    names = ["eurocities", "metropolis", "uclg", "c40"]
    ranks = pd.DataFrame(
        [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], names, range(1, 5), dtype=float
    )
    judged = made({"eurocities": (0, 0, 0, 1), "metropolis": (0, 1, 0, 0), "uclg": (0, 0, 1, 0),
                   "c40": (0, 1, 0, 0)})  # fmt: skip
    checks = engagement.checks(rated, how.demands, how.vetoes, how.objectives)
    text = firmness.ranking(stockholm, ranks, judged, checks, "en")
    assert "Metropolis ranks above EUROCITIES although" in text
    assert "no vetoes; the one on Strategic fit applies to Metropolis" in text
    assert "C40 ranks above UCLG although its level is lower: added up, high ratings" in text
    agreeing = made(dict.fromkeys(names, (0, 1, 0, 0)))
    assert "No network ranks above" in firmness.ranking(stockholm, ranks, agreeing, checks, "en")


def test_shares_are_printed_with_the_digits_that_the_draws_support(stockholm, how, judged):
    assert "2.2 percentage points" in firmness.assumptions(stockholm, how, judged, "en")
    text = firmness.ask_first(
        stockholm, pivots.ask_first(*asked_for(stockholm, judged)), judged.draws, "en"
    )
    shares = [int(part.split(">")[-1]) for part in text.split("% of the draws")[:-1]]
    assert shares
    assert all(share % 5 == 0 for share in shares)


def test_where_nothing_is_open_nobody_need_be_asked(stockholm, judged):
    asked = pivots.ask_first(*asked_for(stockholm, judged)).head(0)
    assert "No open rating decides a level." in firmness.ask_first(stockholm, asked, 500, "en")


def test_an_outcome_near_a_limit_says_so(stockholm):
    judged = made({"eurocities": (0, 0, 0.102, 0.898), "metropolis": (0, 1, 0, 0)})
    row = engagement.settled(judged.share, judged.largest_error)
    assert row["close"].to_list() == [True, False]
    result = result_of(stockholm, judged).assign(close=row["close"])
    assert "Leans, near the limit" in results.overview(stockholm, result, "en")
    assert "under 90%" in figures.shares(stockholm, judged, "en").svg


def asked_for(stockholm, judged):
    rated = ratings.rate(stockholm.statements, stockholm.networks, stockholm.criteria)
    return rated, judged, stockholm.participation


def test_a_criterion_without_any_evidence_is_named(stockholm, rated):
    bare = rated.copy()
    bare.loc[(slice(None), "influence"), "state"] = "no_evidence"
    assert "no evidence for any network on Influence" in evidence.silence(stockholm, bare, "en")
    assert "for any network" not in evidence.silence(stockholm, rated, "en")
