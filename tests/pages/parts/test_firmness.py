"""The sentences on how firm an outcome is say what was computed, and nothing more."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from netanalysis import evaluate
from netanalysis.language.words import MANY
from netanalysis.pages import uncertainties
from netanalysis.pages.evaluation import calculation, figures, firmness, results, sentences
from netanalysis.pages.evaluation.network_statements import also_on, every_statement
from netanalysis.pages.view import View
from netanalysis.scoring import engagement
from netanalysis.scoring.acceptability import ClassAcceptability
from netanalysis.scoring.sorting import LOWEST
from tests.conftest import holding

LEVELS = [LOWEST, *engagement.LEVELS[1:]]


@pytest.fixture(scope="module")
def view(stockholm):
    return View(stockholm, "en")


def judged_as(outcome, shares, today="lead", **changes):
    """The evaluation, judged otherwise: every level of some share is possible."""
    share = pd.DataFrame(shares, index=LEVELS).T
    possible = {name: [level for level in LEVELS if row[level]] for name, row in share.iterrows()}
    judged = ClassAcceptability(share, possible, share.iloc[:, :0], share * 0 + 0.001)
    other = replace(outcome)  # a copy that has computed nothing
    parts = {"judged": judged, "today": pd.Series([(today,)] * len(share), index=share.index)}
    vars(other).update(parts, networks=list(share.index))
    table = other.settled.join(other.actions).assign(date="2011-11-23", kind="congress")
    nothing = {"becomes": None, "changes": (), "steps": 0.0, "others": 0, "at_limit": False}
    told = nothing | {f"beyond_{name}": value for name, value in nothing.items()} | changes
    for name, value in told.items():
        table[name] = [value] * len(table)
    vars(other).update(changes=table)
    return other


def test_an_office_that_goes_beyond_the_evidence_is_told_so(outcome, view):
    other = judged_as(outcome, dict.fromkeys(outcome.networks, (0, 0, 0, 1)))
    assert results.proposals(other, view).count("the evidence rules it out") == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"becomes": "open", "changes": (("governance", 2.0),)},
         "within the evidence: Open if Governance were rated 2.</td>"),
        ({"beyond_becomes": "lead", "beyond_steps": 2.0,
          "beyond_changes": (("governance", 3.0), ("influence", 3.0))},
         "within the evidence: no change of up to 3 ratings; 2 steps outside: Holds office if "
         "Governance were rated 3 and Influence were rated 3.</td>"),
        ({"becomes": "lead", "changes": (("governance", 3.0),), "others": 2, "at_limit": True},
         "within the evidence: Holds office if Governance were rated 3 (or 2 other changes as "
         "small), at the limit of what the draws can tell.</td>"),
        ({}, "<td>No change of up to 3 ratings would change the outcome.</td>"),
    ],
)  # fmt: skip
def test_what_would_change_an_outcome_is_one_sentence(outcome, view, change, sentence):
    other = judged_as(outcome, dict.fromkeys(outcome.networks, (0, 0, 0, 1)), **change)
    vars(other).update(weight_shifts=outcome.weight_shifts, thresholds=outcome.thresholds)
    shown = firmness.would_change(other, view)
    assert sentence in shown


def test_differences_between_ranking_and_levels_are_explained(outcome, view):
    names = ["eurocities", "metropolis", "uclg", "c40"]
    ranks = pd.DataFrame(
        [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], names, range(1, 5), dtype=float
    )
    apart = {"eurocities": (0, 0, 0, 1), "metropolis": (0, 1, 0, 0), "uclg": (0, 0, 1, 0),
             "c40": (0, 1, 0, 0)}  # fmt: skip
    text = ranked(outcome, apart, ranks, view)
    assert "Metropolis ranks above EUROCITIES although" in text
    assert "no vetoes; the one on Strategic fit applies to Metropolis" in text
    assert "C40 ranks above UCLG although its level is lower: added up, high ratings" in text
    agreeing = dict.fromkeys(names, (0, 1, 0, 0))
    assert "No network ranks above" in ranked(outcome, agreeing, ranks, view)


def ranked(outcome, shares, ranks, view):
    other = judged_as(outcome, shares)
    vars(other).update(ranks=ranks)
    return firmness.ranking(other, view)


def test_the_error_of_shares_is_told_as_it_was_measured(outcome, view):
    told = f"error of a share is {100 * outcome.error:.1f} percentage points at most"
    assert told in firmness.assumptions(outcome, view)
    assert "500 times (seed 1)" in firmness.assumptions(outcome, view)


def test_of_many_criteria_it_is_said_what_is_drawn_beside_the_weights(outcome, view, monkeypatch):
    assert "Only the weights are drawn" in firmness.assumptions(outcome, view)
    monkeypatch.setattr(firmness, "MOST", 8)  # of nine
    told = firmness.assumptions(outcome, view)
    assert "its other open ratings are drawn with the weights" in told
    assert "Only the weights are drawn" not in told


def test_what_an_answer_moves_is_told_in_levels(outcome, view):
    first = outcome.pivots.iloc[0]
    assert f"<td>{first['swing']:.2f}</td>" in re.sub(
        "<td [^>]*>", "<td>", firmness.ask_first(outcome, view)
    )


def test_where_nothing_is_open_nobody_need_be_asked(outcome, view):
    other = replace(outcome)
    vars(other).update(pivots=outcome.pivots.head(0))
    assert "No open rating decides a level." in firmness.ask_first(other, view)


def test_an_outcome_near_a_limit_says_so(stockholm, view):
    shares = {"eurocities": (0, 0, 0.102, 0.898), "metropolis": (0, 1, 0, 0)}
    other = judged_as(evaluate(stockholm), shares)
    assert other.settled["close"].to_list() == [True, False]
    assert "under 90%" in figures.shares(other, view).svg


def test_a_criterion_without_any_evidence_is_named(outcome, view):
    bare, other = outcome.ratings.copy(), replace(outcome)
    bare.loc[(slice(None), "influence"), "state"] = "no_evidence"
    vars(other).update(ratings=bare)
    assert "No network has a rating on Influence" in uncertainties.silence(other, view)
    bare = outcome.ratings.assign(state="no_evidence")
    vars(other).update(ratings=bare)
    shown = uncertainties.silence(other, view)
    assert f"at hand for 0 of {len(bare)} ratings (4 networks, 9 criteria)" in shown
    assert f"On {len(bare)} there is no evidence." in shown
    assert "for any network" not in uncertainties.silence(outcome, view)


@pytest.mark.parametrize("number", [MANY, MANY + 1])
def test_of_many_ratings_on_which_coders_do_not_meet_the_page_counts(outcome, view, number):
    names = list(outcome.case.criteria["criterion"])
    cells = [(network, name) for network in outcome.networks for name in names][:number]
    about = {"state": None, "source_id": "s", "locator": "1"}
    rows = pd.DataFrame(cells, columns=["network", "criterion"]).assign(**about)
    ends = [rows.assign(coder=f"c{end}", low=end, high=end) for end in (0.0, 4.0)]
    case = replace(outcome.case, statements=pd.concat(ends, ignore_index=True))
    shown = uncertainties.coding_agreement(holding(case, agreement=0.0), view)
    told = f"On {number} ratings the coders’ intervals do not meet."
    assert (told in shown) == (number > MANY)
    assert shown.count(f"{view.networks[outcome.networks[0]]}: ") == number


def test_criteria_without_a_date_are_a_proposal(stockholm):
    about = stockholm.case.assign(criteria_adopted=None)
    told = sentences.criteria_fixed(View(replace(stockholm, case=about), "en"))
    assert told == "a proposal that nobody has adopted"


def test_a_demand_between_two_ratings_is_told_as_it_is(stockholm):
    demands = stockholm.demands.assign(demand=2.5)
    shown = calculation.demands(View(replace(stockholm, demands=demands), "en"))
    assert shown.count('<td class="num">2.5</td>') == len(demands)


def test_an_outcome_without_something_is_said_to_be_at_the_limit_where_it_is(outcome, view):
    turned = outcome.left_out["outcome"] != outcome.left_out["before"]
    other = replace(outcome)
    vars(other)["left_out"] = outcome.left_out.assign(at_limit=False)
    assert "at the limit" not in firmness.left_out(other, view)
    vars(other)["left_out"] = outcome.left_out.assign(at_limit=turned)
    shown = firmness.left_out(other, view)
    count = int(turned.sum())
    assert f"{count} recalculations are at the limit: other draws might give another" in shown
    assert shown.count(", at the limit</td>") == count
    vars(other)["left_out"] = outcome.left_out[~turned].assign(at_limit=True).head(1)
    assert "1 recalculation is at the limit" in firmness.left_out(other, view)


def test_what_only_the_proposer_tells_of_is_marked_and_explained(outcome, view):
    shown = every_statement(outcome, "uclg", also_on(view), view)
    own = view.case.statements[view.case.statements["network"] == "uclg"]
    marked = int((own["told_by"] == "proposer").sum())
    assert marked
    assert shown.count("; the proposer alone; ") == marked
    assert shown.count("The proposer alone: the sources tell of it only") == 1
    assert "proposer" not in every_statement(outcome, "eurocities", also_on(view), view)
