"""The levels of a network value by value, each sorted on its own: slow, and easy to believe."""

import itertools
import math
from functools import cache

import numpy as np
import pandas as pd

from netanalysis.scoring.sorting import mr_sort
from netanalysis.scoring.validation import TOLERANCE


def values(low, high, marks, scale):
    """Each value that a rating can take, with its chance; of a continuous one a value a stretch."""
    if scale is not None:
        inside = [value for value in scale if low <= value <= high]
        return [(value, 1 / len(inside)) for value in inside]
    if low == high:
        return [(low, 1.0)]
    ends = sorted({low, high, *(mark for mark in marks if low < mark < high)})
    return [((a + b) / 2, (b - a) / (high - low)) for a, b in itertools.pairwise(ends)]


def share(low, high, how, applies=None, fixed=None, weights=None, threshold=None):
    """The share of each level of one network; `fixed` sets some ratings to exact values."""
    fixed = fixed or {}
    drawn = how.coalitions.weights if weights is None else np.array([weights])
    least, most = (threshold, threshold) if threshold is not None else how.threshold
    kept = [c for c in low.index if applies is None or applies[c]]
    sign = {c: -1 if dict(how.objectives).get(c) == "min" else 1 for c in kept}
    options = [
        [(fixed[c], 1.0)]
        if c in fixed
        else values(low[c], high[c], [*how.demands[c], *how.vetoes[c]], how.scale)
        for c in kept
    ]
    demands, vetoes = (
        [{c: row[c] * sign[c] for c in kept} for row in table.to_dict("records")]
        for table in (how.demands, how.vetoes)
    )
    columns = dict(zip(low.index, drawn.T, strict=True))
    whole = sum(columns[c] for c in kept)

    @cache
    def reached(held):
        beyond = sum((columns[c] for c in held), np.zeros(len(drawn))) / whole + TOLERANCE - least
        return (beyond >= 0) * 1.0 if most == least else np.clip(beyond / (most - least), 0, 1)

    found = dict.fromkeys(how.levels, 0.0)
    for chosen in itertools.product(*options):
        chance = math.prod(one for _, one in chosen)
        rating = {c: value * sign[c] for c, (value, _) in zip(kept, chosen, strict=True)}
        before, barred = np.ones(len(drawn)), False
        for level, demanded, vetoed in zip(how.levels, demands, vetoes, strict=False):
            barred |= any(rating[c] <= vetoed[c] for c in kept)
            held = tuple(c for c in kept if rating[c] >= demanded[c])
            now = np.zeros(len(drawn)) if barred else reached(held)
            found[level] += chance * (before - now).mean()
            before = now
        found[how.levels[-1]] += chance * before.mean()
    return pd.Series(found)


def drawn_share(low, high, how, draws, rng):
    """The same by chance: weights, threshold and values drawn cell by cell, and sorted."""
    objectives, found = dict(how.objectives), []
    for weight in rng.choice(how.coalitions.weights, draws):
        rating = {
            c: rng.choice([v for v in how.scale if low[c] <= v <= high[c]]) for c in low.index
        }
        level = mr_sort(
            pd.DataFrame([rating]),
            how.demands,
            dict(zip(low.index, weight, strict=True)),
            rng.uniform(*how.threshold),
            how.vetoes,
            {c: objectives.get(c, "max") for c in low.index},
        )
        found.append(level[0])
    return pd.Series(found).value_counts(normalize=True).reindex(how.levels, fill_value=0.0)
