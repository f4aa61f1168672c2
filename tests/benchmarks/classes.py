"""Class acceptability: nothing to compare with, so it is held against our own SMAA-2."""

from functools import partial

import numpy as np

from tests.benchmarks.measuring import (
    Contender,
    Section,
    at_most,
    measure,
    memory_under,
    ratios,
    take_turns,
)
from tests.benchmarks.ranks import ALTERNATIVES, CRITERIA, DRAWS, MEMORY, compared

MISSING = 500


def ours(folder):
    """Levels possible, how often each comes out, and how much hangs on each missing cell."""
    import pandas as pd

    from netanalysis.scoring.acceptability import class_acceptability

    rng = np.random.default_rng(3)
    ratings = rng.integers(0, 5, (ALTERNATIVES, CRITERIA)).astype(float)
    unknown = rng.permutation(ratings.size).reshape(ratings.shape) < MISSING
    names, criteria = [f"a{row}" for row in range(ALTERNATIVES)], list("abcdefghijkl")
    low = pd.DataFrame(np.where(unknown, 0, ratings), names, criteria)
    high = pd.DataFrame(np.where(unknown, 4, ratings), names, criteria)
    demands = pd.DataFrame(1.0, ["some", "firm", "full"], criteria).cumsum()
    vetoes = pd.DataFrame({criteria[0]: [0.0]}, index=["full"])

    def call(rows, draws):
        result = class_acceptability(
            low[:rows],
            high[:rows],
            demands,
            (0.5, 0.75),
            np.random.default_rng(5),
            draws=draws,
            vetoes=vetoes,
            scale=range(5),
        )
        return np.column_stack([result.share, result.swing])

    return partial(call, 5, 10), partial(call, ALTERNATIVES, DRAWS)


def levels(folder, rounds):
    """Class acceptability and pivots."""
    measure(Contender("inputs", "ranks.fixed_inputs"), folder)
    classes = "netanalysis, class acceptability"
    smaa2 = "netanalysis, SMAA-2 with values known"
    found = take_turns(
        [Contender(smaa2, "ranks.ours"), Contender(classes, "classes.ours")], folder, rounds
    )
    times = ratios(found[classes], found[smaa2])
    text = [
        f"{ALTERNATIVES} alternatives × {CRITERIA} criteria rated 0 to 4, {MISSING} of "
        f"{ALTERNATIVES * CRITERIA:,} cells missing, 3 demanded levels, a veto, a threshold from "
        f"0.5 to 0.75, {DRAWS:,} draws. The time includes the draws of the weights, the exact "
        "possible levels and the table of pivots. Beside it SMAA-2 of the first measure, which is "
        "given its weights.",
        "",
        *compared(found, dict.fromkeys(found, f"{DRAWS:,}"), smaa2),
    ]
    wanted = [
        at_most("Time of class acceptability by SMAA-2", 5, times),
        memory_under(MEMORY, found[classes]),
    ]
    return Section("Class acceptability and pivots", text, wanted)
