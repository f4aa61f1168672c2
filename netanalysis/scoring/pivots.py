"""Which answers does an outcome hang on?"""

import pandas as pd

from netanalysis.scoring.engagement import LEVELS

__all__ = ["ruled_out", "undecided"]


def ruled_out(checks: pd.DataFrame) -> pd.DataFrame:
    """The lowest level that a veto bars for certain, in each network, and the criteria behind it.

    Parameters
    ----------
    checks : DataFrame
        From `netanalysis.scoring.engagement.checks`.

    Returns
    -------
    DataFrame
        A row per network with such a veto: network, level, criteria (tuple of names).
    """
    barred = checks[checks["veto"] == "yes"]
    first = barred.groupby("network", sort=False)["level"].agg(lambda of: min(of, key=LEVELS.index))
    at_first = barred[barred["level"] == barred["network"].map(first)]
    behind = at_first.groupby("network", sort=False)["criterion"].agg(tuple)
    return pd.DataFrame({"level": first, "criteria": behind}).rename_axis("network").reset_index()


def undecided(checks: pd.DataFrame, outcome: pd.DataFrame) -> pd.DataFrame:
    """The demands and vetoes that the evidence leaves open between worst and best outcome.

    Only levels above a network's worst outcome and up to its best one count. Where nothing is
    listed for a network whose outcomes differ, the difference comes from the threshold alone.

    Parameters
    ----------
    checks : DataFrame
        From `netanalysis.scoring.engagement.checks`.
    outcome : DataFrame
        By network: worst, best, from `netanalysis.scoring.engagement.outcomes`.

    Returns
    -------
    DataFrame
        The rows of checks that are open: network, level, criterion, low, high, state, demand,
        met, veto.
    """
    rank = {level: number for number, level in enumerate(LEVELS)}
    open_rows = checks[(checks["met"] == "open") | (checks["veto"] == "open")]
    at = open_rows["level"].map(rank)
    worst, best = (open_rows["network"].map(outcome[end].map(rank)) for end in ("worst", "best"))
    return open_rows[(worst < at) & (at <= best)].reset_index(drop=True)
