"""Small cases at random: demands, vetoes and intervals of one network."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st


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
