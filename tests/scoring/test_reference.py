"""Words, named changes and possible levels of cases against code of its own; in full: the rig."""

from dataclasses import replace

import numpy as np
import pytest

from netanalysis import evaluate, load_case
from netanalysis.scoring import possible_levels
from netanalysis.scoring.ratings import intervals
from tests.scoring.random_cases import odd_cases
from tests.scoring.reference_shares import Reference
from tests.soak.exact import cells_of, words_of, wrong_levels

WEIGHTS = 100_000
TRIED = 100_000


def held(how, rated, rng, number=WEIGHTS):
    """What is not as in the reference though nothing says that it may be, and what says so."""
    found = list(words_of(how, rated, number, rng))
    wrong = [(network, kind) for network, kind, same, at_limit, unsure in found
             if not (same or at_limit or unsure)]  # fmt: skip
    return wrong, [at_limit for _, kind, _, at_limit, _ in found if kind == "word"]


def simulated(how, cells, rng):
    """The share of each level where weights, threshold and ratings are all drawn, cell by cell."""
    reference, names = Reference(how, TRIED, rng), list(cells)
    weights = reference.weights[:, [reference.names.index(name) for name in names]]
    threshold = rng.uniform(*how.threshold, TRIED) * weights.sum(axis=1)
    does = [np.array([reference.does(name, value) for value in range(5)]) for name in names]
    drawn = np.array([rng.integers(low, high + 1, TRIED) for low, high in cells.values()])
    kinds = np.array([own[values] for own, values in zip(does, drawn.astype(int), strict=True)])
    met, bars = np.moveaxis(kinds, -1, 0)
    level = np.zeros(TRIED, dtype=int)
    for rank in range(1, len(reference.levels) + 1):
        enough = (weights.T * (met >= rank)).sum(axis=0) >= threshold
        level[enough & (bars > rank).all(axis=0)] = rank
    return np.bincount(level, minlength=len(reference.levels) + 1) / TRIED


def test_the_reference_is_what_a_plain_simulation_finds():
    rng = np.random.default_rng(3)
    for how, rated in odd_cases(6, rng, odd=False):
        reference = Reference(how, WEIGHTS, rng)
        for network in rated.index.unique("network"):
            cells = cells_of(rated, network)
            share = reference.shares(cells).mean(axis=1)
            error = np.sqrt(share * (1 - share) / TRIED) + 0.002
            assert (np.abs(simulated(how, cells, rng) - share) < 4 * error).all()


@pytest.mark.slow
def test_words_and_changes_of_stockholm_are_those_of_the_reference(stockholm):
    outcome = evaluate(stockholm)
    wrong, at_limit = held(outcome.method, outcome.ratings, np.random.default_rng(5))
    assert not wrong
    assert sum(at_limit) * 50 <= len(at_limit)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stockholm-2011", "exempelstad-2025"])
def test_outcomes_of_both_cases_are_those_of_the_reference(name):
    outcome = evaluate(load_case(name))
    reference = Reference(outcome.method, WEIGHTS, np.random.default_rng(7))
    for network, row in outcome.settled.iterrows():
        parts = reference.shares(cells_of(outcome.ratings, network))
        share, error = parts.mean(axis=1), parts.std(axis=1) / len(parts.T) ** 0.5
        error += outcome.judged.standard_error.loc[network].to_numpy()
        away = np.abs(outcome.shares.loc[network].to_numpy() - share)
        assert (away < 5 * error + 1e-9).all()
        _, word, unsure = reference.outcome(cells_of(outcome.ratings, network))
        assert row["firm"] == word or row["close"] or unsure
    assert outcome.settled["close"].mean() <= 1 / 50
    assert outcome.judged.standard_error.to_numpy().max() <= 0.001


@pytest.mark.slow
def test_words_and_changes_of_random_cases_are_those_of_the_reference():
    rng = np.random.default_rng(11)
    limits = []
    for how, rated in odd_cases(12, rng, most=5, odd=False):
        wrong, at_limit = held(how, rated, rng, number=40_000)
        assert not wrong
        limits += at_limit
    assert sum(limits) * 50 <= len(limits)


@pytest.mark.slow
def test_levels_are_possible_if_and_only_if_something_admissible_gives_them():
    rng = np.random.default_rng(13)
    for number, (how, rated) in enumerate(odd_cases(50, rng)):
        if number < 20:
            for _, listed_wrongly, missing in wrong_levels(replace(how, draws=200), rated):
                assert not listed_wrongly | missing
        given = how.given(*intervals(rated))  # where no draw tells what need not be asked
        asked = possible_levels.levels(given, how.threshold, how.at_least, how.bounds)
        reference = Reference(how)
        assert asked == {one: reference.possible(cells_of(rated, one)) for one in asked}


@pytest.mark.slow
def test_another_seed_moves_the_shares_and_no_word_that_is_not_at_the_limit(stockholm):
    found = [evaluate(stockholm, seed=seed) for seed in (1, 2, 3)]
    assert len({one.shares.to_numpy().tobytes() for one in found}) == len(found)
    words = [one.settled["firm"].mask(one.settled["close"], "") for one in found]
    changes = [one.changes["becomes"].mask(one.changes["at_limit"], "") for one in found]
    for told in (words, changes):
        assert all(one.equals(told[0]) for one in told)
