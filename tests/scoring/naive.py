"""The levels of a network draw by draw, each sorted on its own: slow, and easy to believe."""

import numpy as np
import pandas as pd

from netanalysis.scoring.sorting import mr_sort
from netanalysis.scoring.validation import TOLERANCE


def columns_of(blocks):
    """Weights, thresholds and places of every draw."""
    blocks = list(blocks)
    weights = np.concatenate([block.weights for block in blocks], axis=1).T
    limits = np.concatenate([block.limits for block in blocks]) + TOLERANCE
    places = np.concatenate([block.places for block in blocks], axis=1).T
    return weights, limits, places


def value(low, high, place, less, scale):
    """The rating at a place in its interval, from 0, worst, to 1, best."""
    if scale is None:
        return high - place * (high - low) if less else low + place * (high - low)
    values = sorted((v for v in scale if low <= v <= high), reverse=less)
    return values[min(int(place * len(values)), len(values) - 1)]


def levels(low, high, how, applies=None, fixed=None, weights=None, threshold=None):
    """The level in each draw of one network; `fixed` sets some ratings to exact values."""
    drawn, limits, places = columns_of(how.blocks())
    objectives = dict(how.objectives)
    found = []
    for number in range(len(drawn)):
        weight = dict(zip(low.index, drawn[number] if weights is None else weights, strict=True))
        kept = [c for c in low.index if applies is None or applies[c]]
        performance = {
            c: value(low[c], high[c], place, objectives.get(c) == "min", how.scale)
            for c, place in zip(low.index, places[number], strict=True)
        } | (fixed or {})
        total = sum(weight[c] for c in kept)
        level = mr_sort(
            pd.DataFrame([performance])[kept],
            how.demands[kept],
            {c: weight[c] / total for c in kept},
            limits[number] if threshold is None else threshold,
            how.vetoes[kept],
            {c: objectives.get(c, "max") for c in kept},
        )
        found.append(level[0])
    return pd.Series(found)


def share(*arguments, **options):
    """The share of the draws that gives each level."""
    return levels(*arguments, **options).value_counts(normalize=True)
