"""Hold words, named changes and possible levels against code of its own, on cases at random.

Of a word or change that other draws might turn, the page says that it is at the limit; one word in
fifty may be. So many of the cases as are tried have their possible levels enumerated, and one in
forty of them their words and changes held against a million weights, beside the cases that come
along.
"""

from collections import Counter
from dataclasses import replace

import click
import numpy as np

from netanalysis import evaluate, load_case
from netanalysis.scoring.engagement import LEVELS, settled
from netanalysis.scoring.pivots import least_changes
from netanalysis.scoring.ratings import NOT_APPLICABLE, intervals
from tests.scoring.random_cases import odd_cases
from tests.scoring.reference_shares import OPEN, Reference
from tests.soak.trying import told

WEIGHTS, ONE_IN, CASES = 1_000_000, 40, ("stockholm-2011", "exempelstad-2025")
RANKS = {name: rank for rank, name in enumerate(LEVELS)} | {OPEN: OPEN}


def cells_of(rated, network):
    """By criterion that applies to a network: its lowest and highest rating."""
    own = rated.loc[network]
    own = own[own["state"] != NOT_APPLICABLE]
    return {row.Index: (row.low, row.high) for row in own.itertuples()}


def words_of(how, rated, number, rng):
    """Each word and named change: its kind, what became of it, and what is wrong with that."""
    judged = how.judge(*intervals(rated))
    words = settled(judged.share, judged.standard_error)
    changes, reference = least_changes(rated, how), Reference(how, number, rng)
    for network, row in words.iterrows():
        cells = cells_of(rated, network)
        outcome, word, unsure = reference.outcome(cells)
        same = (RANKS[row["outcome"]], row["firm"]) == (outcome, word)
        yield network, "word", same, row["close"], unsure
        for prefix in ("", "beyond_"):
            change = changes.loc[network]
            became = change[f"{prefix}becomes"]
            found, unsure = reference.least_change(cells, bool(prefix))
            said = None
            if isinstance(became, str):
                said = RANKS[became], dict(change[f"{prefix}changes"]), change[f"{prefix}others"]
            yield network, "change", said == found, change[f"{prefix}at_limit"], unsure


def wrong_levels(how, rated):
    """Levels that are listed and cannot be, and those that can be and are not listed."""
    listed, reference = how.judge(*intervals(rated)).possible, Reference(how)
    for network, levels in listed.items():
        found = {how.levels[rank] for rank in reference.possible(cells_of(rated, network))}
        yield network, set(levels) - found, found - set(levels)


def run_rig(number, asked):
    """Try so many; what is wrong is told, and makes the exit code."""
    tally, wrong, rng = Counter(), [], np.random.default_rng(asked.seed)
    for count, (how, rated) in enumerate(odd_cases(number, rng)):
        for network, false, missing in wrong_levels(replace(how, draws=200), rated):
            tally["possible levels", "as enumerated" if not false | missing else "others"] += 1
            if false | missing:
                wrong.append(f"{count}, {network}: listed {false}, not listed {missing}")
    judged = [(one, how, rated) for one, (how, rated) in
              enumerate(odd_cases(-(-number // ONE_IN), rng, most=6, odd=False))]  # fmt: skip
    for name in CASES:
        outcome = evaluate(load_case(name))
        judged.append((name, outcome.method, outcome.ratings))
    for name, how, rated in judged:
        for network, kind, same, at_limit, unsure in words_of(how, rated, WEIGHTS, rng):
            near = "at the limit" if at_limit else "reference unsure" if unsure else "others"
            tally[kind, "same" if same and not at_limit else near] += 1
            if not (same or at_limit or unsure):
                wrong.append(f"{name}, {network}: another {kind}")
        click.echo(f"{name}: {sum(tally.values())} held so far", err=True)
    limits = tally["word", "at the limit"]
    every = sum(times for (kind, _), times in tally.items() if kind == "word")
    if limits > -(-every // 50):  # one in fifty, or in what there is of fifty
        wrong.append(f"{limits} of {every} words are at the limit")
    return told(tally, wrong)
