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
OPEN = 95  # networks of which nothing is known


def ours(folder):
    """Levels possible, how often each comes out, and how much hangs on each missing cell."""
    rng = np.random.default_rng(3)
    ratings = rng.integers(0, 5, (ALTERNATIVES, CRITERIA)).astype(float)
    unknown = rng.permutation(ratings.size).reshape(ratings.shape) < MISSING
    call = _of(np.where(unknown, 0, ratings), np.where(unknown, 4, ratings))
    return partial(call, 5, 10), partial(call, ALTERNATIVES, DRAWS)


def wholly_open(folder):
    """The same of networks of which nothing is known yet."""
    nothing = np.zeros((OPEN, CRITERIA))
    call = _of(nothing, nothing + 4)
    return partial(call, 5, 10), partial(call, OPEN, DRAWS)


def _of(lowest, highest):
    """What judges the first rows with so many draws."""
    import pandas as pd

    from netanalysis.scoring.acceptability import class_acceptability

    names, criteria = [f"a{row}" for row in range(len(lowest))], list("abcdefghijkl")
    low, high = (pd.DataFrame(ends, names, criteria) for ends in (lowest, highest))
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

    return call


def levels(folder, rounds):
    """Class acceptability and pivots."""
    measure(Contender("inputs", "ranks.fixed_inputs"), folder)
    classes = "netanalysis, class acceptability"
    smaa2 = "netanalysis, SMAA-2 with values known"
    unknown = f"netanalysis, class acceptability, {OPEN} wholly open"
    contenders = [
        Contender(smaa2, "ranks.ours"),
        Contender(classes, "classes.ours"),
        Contender(unknown, "classes.wholly_open"),
    ]
    found = take_turns(contenders, folder, rounds)
    times = ratios(found[classes], found[smaa2])
    text = [
        f"{ALTERNATIVES} alternatives × {CRITERIA} criteria rated 0 to 4, {MISSING} of "
        f"{ALTERNATIVES * CRITERIA:,} cells missing, 3 demanded levels, a veto, a threshold from "
        f"0.5 to 0.75, {DRAWS:,} draws. The time includes the draws of the weights, the exact "
        "possible levels and the table of pivots. Beside it SMAA-2 of the first measure, which is "
        f"given its weights, and {OPEN} networks on as many criteria of which no cell is known.",
        "",
        *compared(found, dict.fromkeys(found, f"{DRAWS:,}"), smaa2),
    ]
    wanted = [
        at_most("Time of class acceptability by SMAA-2", 5, times),
        memory_under(MEMORY, found[classes]),
        memory_under(MEMORY, found[unknown]),
    ]
    return Section("Class acceptability and pivots", text, wanted)
