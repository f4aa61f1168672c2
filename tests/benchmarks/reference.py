"""Write what pysensmcda says of two small examples, for a test that has no pysensmcda."""

import json
from importlib import metadata
from pathlib import Path

import numpy as np

from tests.benchmarks.measuring import ROOT

WRITTEN = Path("tests", "scoring", "pysensmcda_smaa2.json")
ABOUT = (
    "Written by make bench. Ranks from best to worst; without ties, which pysensmcda counts by "
    "another rule: all who share a rank get the best one. Null where it gives NaN: central weights "
    "and confidence of an alternative that is never first."
)


def drawn_weights(rng, draws):
    """Weights of six digits that sum to 1, so that both sides read the same numbers."""
    weights = rng.dirichlet(np.ones(3), draws).round(6)
    weights[:, -1] = (1 - weights[:, :-1].sum(axis=1)).round(6)
    assert (weights >= 0).all()
    return weights


def asked(values, weights):
    """The result of pysensmcda; `values` has a first axis of draws where they are uncertain."""
    from pysensmcda.smaa import smaa2

    samples = {"matrix_samples": values} if values.ndim == 3 else {}
    matrix = values[0] if samples else values
    result = smaa2(lambda m, w, types: m @ w, matrix, np.ones(3), weights=weights, **samples)
    assert np.diff(np.sort(result.simulation.preferences, axis=1)).min() > 1e-9
    assert np.isnan(result.central_weights).any()
    return {
        "values": values.tolist(),
        "weights": weights.tolist(),
        "rank_acceptability": result.rank_acceptability.tolist(),
        "central_weights": without_nan(result.central_weights),
        "confidence": without_nan(result.confidence_factors),
    }


def without_nan(array):
    """Null for NaN, and no more digits than every machine agrees on."""
    return np.where(np.isnan(array), None, array.round(12)).tolist()


def main():
    """Five alternatives, three criteria; the last alternative is worse than the first."""
    rng = np.random.default_rng(6)
    known = rng.random((5, 3)).round(6)
    known[4] = (known[0] * 0.9).round(6)
    spread = rng.uniform(-0.1, 0.1, (200, 5, 3))
    uncertain = (0.1 + 0.8 * known + spread).round(6)
    uncertain[:, 4] = (uncertain[:, 0] * 0.9).round(6)
    result = {
        "about": ABOUT,
        "made_with": {
            name: metadata.version(name) for name in ("pysensmcda", "pymcdm", "numpy", "pandas")
        },
        "known": asked(known, drawn_weights(rng, 400)),
        "uncertain": asked(uncertain, drawn_weights(rng, 200)),
    }
    (ROOT / WRITTEN).write_text(json.dumps(result) + "\n", "utf-8")


if __name__ == "__main__":
    main()
