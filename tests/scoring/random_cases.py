"""Small cases at random: demands, vetoes and intervals of one network, or of some."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from netanalysis.errors import DataError
from netanalysis.scoring.method import Method


@st.composite
def cases(draw):
    criteria = ["a", "b", "c"][: draw(st.integers(1, 3))]
    signs = {c: draw(st.sampled_from([1, -1])) for c in criteria}
    demands, vetoes = pd.DataFrame(index=["mid", "top"]), pd.DataFrame(index=["mid", "top"])
    low, high = {}, {}
    for c in criteria:
        steps = sorted(draw(st.lists(st.integers(0, 4), min_size=2, max_size=2)))
        demands[c] = [signs[c] * step for step in steps]
        vetoes[c] = [signs[c] * (step - 1) if draw(st.booleans()) else np.nan for step in steps]
        low[c], high[c] = sorted(draw(st.lists(st.integers(-4, 4), min_size=2, max_size=2)))
    return criteria, signs, demands.astype(float), vetoes.astype(float), low, high


def odd_case(rng, most=4, odd=True):
    """A method of few criteria and the intervals of some networks, with what is rare in cases.

    Where `odd`: criteria that weigh as much as one another, fixed weights, one threshold, levels
    that ask the same, vetoes at the ends of the scale.
    """
    names = list("abcdefg"[: rng.integers(2 if odd else 3, most + 1)])
    objectives = {name: str(rng.choice(["max", "max", "min"])) for name in names}
    steps = np.sort(rng.integers(0, 5, (3, len(names))), axis=0).astype(float)
    if odd and rng.random() < 0.4:
        steps[rng.integers(1, 3)] = steps[0]
        steps = np.sort(steps, axis=0)
    vetoes = np.where(
        rng.random(steps.shape) < 0.25, steps - rng.integers(1, 3, steps.shape), np.nan
    )
    vetoes = np.where(vetoes < 0, 0, vetoes)
    vetoes = np.where(vetoes >= steps, np.nan, vetoes)
    turned = np.array([objectives[name] == "min" for name in names])
    demands, vetoes = (np.where(turned, 4 - one, one) for one in (steps, vetoes))
    levels = ["follow", "participate", "lead"]
    pairs = [
        tuple(rng.choice(names, 2, replace=False)) for _ in range(rng.integers(0, 3 if odd else 2))
    ]
    if odd and pairs and rng.random() < 0.3:
        pairs.append(pairs[0][::-1])  # then both weigh the same
    bounds = {}
    for name in names:
        low = rng.integers(0, 100 // len(names) // 5 + 1) * 0.05
        bounds[name] = (low, min(1.0, low + 0.05 * rng.integers(4 if odd else 8, 16)))
        if odd and rng.random() < 0.15:
            bounds[name] = (low, low)
    least = 0.5 + 0.05 * rng.integers(0, 8)
    wide = 0.05 * rng.integers(0 if odd else 3, 6)
    how = Method(
        pd.DataFrame(demands, levels, names),
        pd.DataFrame(vetoes, levels, names),
        objectives,
        (float(least), float(min(1, least + wide))),
        [(str(one), str(other)) for one, other in pairs],
        bounds,
    )
    networks = list("xyz")
    low = rng.integers(0, 5, (3, len(names))).astype(float)
    high = np.minimum(low + rng.integers(0, 4, low.shape), 4.0)
    applies = rng.random(low.shape) < 0.9
    applies[:, 0] = True
    state = np.where(applies, "", "not_applicable")
    cells = pd.MultiIndex.from_product([networks, names], names=["network", "criterion"])
    ends = {"low": low.ravel(), "high": high.ravel(), "state": state.ravel()}
    return how, pd.DataFrame(ends, index=cells)


def odd_cases(number, rng, **kind):
    """So many of them, those apart whose weights clash or put nothing on what applies."""
    while number:
        how, rated = odd_case(rng, **kind)
        try:
            weights = how.coalitions.weights
        except DataError:
            continue
        applies = rated["state"].unstack("criterion")[list(how.demands.columns)] == ""
        if (weights @ applies.to_numpy().T > 0.01).all():
            number -= 1
            yield how, rated
