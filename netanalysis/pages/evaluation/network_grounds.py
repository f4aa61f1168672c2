"""What speaks for one network, and what against?"""

import pandas as pd

from netanalysis.evaluation import Evaluation
from netanalysis.scoring.grounds import grounds, standards

__all__ = ["network_grounds"]


def network_grounds(outcome: Evaluation, network: str) -> tuple[tuple[str, str], pd.DataFrame]:
    """The levels that grounds are held against, and the grounds of one network.

    Parameters
    ----------
    outcome : Evaluation
    network : str

    Returns
    -------
    ((str, str), DataFrame)
        From `netanalysis.scoring.grounds.standards` and `netanalysis.scoring.grounds.grounds`.
    """
    method, rows = outcome.method, outcome.case.statements
    levels = standards(outcome.today[network], outcome.settled.loc[network, "frequent"])
    weights = dict(zip(method.demands.columns, method.centre.weights[0], strict=True))
    own = rows[rows["network"] == network]
    found = grounds(own, method.demands, weights, levels, method.objectives, method.scale)
    return levels, found
