"""Words of both cases against a plain simulation: weights, thresholds and ratings all drawn."""

import numpy as np
import pandas as pd
import pytest

from netanalysis import evaluate, load_case
from netanalysis.scoring.engagement import HOLDS, LEANS
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals

DRAWS = 200_000


def weights_by_rejection(how, rng):
    names, found, number = list(how.demands.columns), [], 0
    low, high = np.array([(how.bounds or {}).get(name, (0, 1)) for name in names]).T
    pairs = [(names.index(one), names.index(other)) for one, other in how.at_least]
    while number < DRAWS:
        some = low + (1 - low.sum()) * rng.dirichlet(np.ones(len(names)), DRAWS)
        kept = (some <= high).all(axis=1)
        for one, other in pairs:
            kept &= some[:, one] >= some[:, other]
        found.append(some[kept])
        number += int(kept.sum())
    return np.concatenate(found)[:DRAWS]


def simulated(how, weights, low, high, applies, rng):
    """The share of each level of one network, lowest first."""
    sign = np.array([-1 if how.objectives.get(c) == "min" else 1 for c in how.demands.columns])
    rating = rng.integers(low.astype(int), high.astype(int) + 1, (DRAWS, len(low))) * sign
    threshold = rng.uniform(*how.threshold, DRAWS) * (weights @ applies)
    level, barred = np.zeros(DRAWS, dtype=int), np.zeros(DRAWS, dtype=bool)
    for number, name in enumerate(how.demands.index, start=1):
        barred |= ((rating <= how.vetoes.loc[name].to_numpy() * sign) & applies).any(axis=1)
        met = (rating >= how.demands.loc[name].to_numpy() * sign) & applies
        level[((met * weights).sum(axis=1) >= threshold) & ~barred] = number
    return np.bincount(level, minlength=len(how.demands) + 1) / DRAWS


def word(share):
    return "holds" if share >= HOLDS else "leans" if share >= LEANS else "open"


def compared(outcome, how, rated, rng):
    """Whether each network has the reference's word or says that it is at the limit."""
    weights, found = weights_by_rejection(how, rng), []
    for network, *own in zip(rated[0].index, *(frame.to_numpy() for frame in rated), strict=True):
        share = simulated(how, weights, *own, rng)
        error = (share * (1 - share) / DRAWS) ** 0.5
        assert (np.abs(outcome["shares"].loc[network] - share) < 5 * error + 0.005).all()
        most = share.max()
        unsure = any(abs(most - limit) < 3 * error.max() for limit in (LEANS, HOLDS))
        close = outcome["close"][network]
        found.append(unsure or close or outcome["firm"][network] == word(most))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stockholm-2011", "exempelstad-2025"])
def test_every_word_is_that_of_the_reference_or_said_to_be_at_the_limit(name):
    outcome = evaluate(load_case(name))
    told = outcome.settled.to_dict() | {"shares": outcome.judged.share}
    rng = np.random.default_rng(5)
    assert all(compared(told, outcome.method, intervals(outcome.ratings), rng))
    assert outcome.settled["close"].mean() <= 1 / 50
    assert outcome.judged.standard_error.to_numpy().max() <= 0.001


@pytest.mark.slow
def test_shares_of_random_cases_are_those_of_the_reference():
    rng = np.random.default_rng(11)
    for _ in range(10):
        names = list("abcdefg"[: rng.integers(3, 8)])
        asked = np.sort(rng.integers(0, 5, (3, len(names))), axis=0).astype(float)
        demands = pd.DataFrame(asked, ["follow", "participate", "lead"], names)
        vetoes = (demands - rng.integers(1, 3, demands.shape)).where(
            rng.random(demands.shape) < 0.2
        )
        low = pd.DataFrame(rng.integers(0, 4, (3, len(names))), list("xyz"), names, dtype=float)
        high = np.minimum(low + rng.integers(0, 4, low.shape), 4.0)
        applies = pd.DataFrame(rng.random(low.shape) < 0.9, low.index, names)
        applies[names[0]] = True
        bounds = dict.fromkeys(names, (0.02, 0.6))
        how = Method(demands, vetoes, {}, (0.5, 0.8), [(names[0], names[1])], bounds)
        judged = how.judge(low, high, applies)
        told = {"shares": judged.share, "close": dict.fromkeys(low.index, True), "firm": {}}
        assert all(compared(told, how, (low, high, applies), rng))
