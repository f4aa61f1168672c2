import numpy as np
import pandas as pd
import pytest

from netanalysis.scoring.agreement import (
    coder_midpoints,
    disjoint_cells,
    krippendorff_alpha,
    pairable_units,
)

n = np.nan
DATA_C = [  # Krippendorff's example of four coders and twelve units
    [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, n],
    [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
]
PUBLISHED = {"nominal": 0.743421, "ordinal": 0.815388, "interval": 0.849107, "ratio": 0.797403}


@pytest.mark.parametrize(("level", "alpha"), PUBLISHED.items())
def test_published_values(level, alpha):
    # Hayes & Krippendorff (2007); Krippendorff (2011), Computing Krippendorff's Alpha-Reliability
    assert krippendorff_alpha(DATA_C, level) == pytest.approx(alpha, abs=5e-7)


@pytest.mark.parametrize("level", PUBLISHED)
def test_order_of_coders_and_units_changes_nothing(level):
    table = (
        pd.DataFrame(DATA_C).sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    )
    assert krippendorff_alpha(table, level) == pytest.approx(krippendorff_alpha(DATA_C, level))


def test_perfect_agreement_is_one():
    assert krippendorff_alpha([[0, 1, 2, 4], [0, 1, 2, 4]], "ratio") == 1


@pytest.mark.parametrize(
    ("table", "level", "message"),
    [
        ([[1, 2], [1, 2]], "cardinal", "is not one of nominal"),
        ([[1, n], [n, 2]], "nominal", "two raters"),
        ([[3, 3], [3, 3]], "nominal", "not defined"),
        ([[-1, 2], [1, 2]], "ratio", "0 or more"),
        ([1, 2, 3], "nominal", "raters as rows"),
    ],
)
def test_what_has_no_alpha_is_refused(table, level, message):
    with pytest.raises(ValueError, match=message):
        krippendorff_alpha(table, level)


def test_midpoints_and_disjoint_cells_by_hand():
    statements = pd.DataFrame(
        {
            "coder": ["A", "B", "A", "B", "A"],
            "network": "n",
            "criterion": ["c", "c", "d", "d", "e"],
            "low": [0, 2, 1, 2, 4],
            "high": [1, 3, 2, 4, 4],
            "state": None,
        }
    )
    table = coder_midpoints(statements)
    assert table.loc["A", ("n", "c")] == 0.5
    assert table.loc["B", ("n", "d")] == 3
    assert pairable_units(table) == 2
    assert disjoint_cells(statements) == [("n", "c")]
