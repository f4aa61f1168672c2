"""Which places in the sources speak for a network and which against, by what the levels ask for?"""

from collections.abc import Mapping, Sequence

import pandas as pd

from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.ratings import rate_by_coder

__all__ = ["AGAINST", "FOR", "grounds", "standards"]

FOR, AGAINST = "for", "against"
PLACE = ["criterion", "source_id", "locator"]
NAMES = ["statement", "statements"]


def standards(today: Sequence[str], frequent: str) -> tuple[str, str]:
    """The level that a ground for has to meet, and the one that a ground against falls short of.

    What speaks for meets what today's level asks for, or already the level above the one that
    comes out most often, where that is lower. What speaks against falls short of the level below
    the higher of these two, and so of all above; never of a level higher than the first. Where
    the city is not a member, membership only takes the place of today's level. Where today's
    level is not known, the lowest that it may be counts.

    Parameters
    ----------
    today : sequence of str
        The levels that today's may be, lowest first.
    frequent : str
        The level that comes out most often.

    Returns
    -------
    (str, str)
        Two of `LEVELS`, the second not above the first.

    Examples
    --------
    >>> standards(["lead"], "lead"), standards(["lead"], "follow"), standards(["follow"], "follow")
    (('lead', 'participate'), ('participate', 'participate'), ('follow', 'follow'))
    """
    now, often = LEVELS.index(today[0]), LEVELS.index(frequent)
    met = max(1, min(now, often + 1))
    missed = min(met, max(1, now - 1, often - 1))
    return LEVELS[met], LEVELS[missed]


def grounds(
    statements: pd.DataFrame,
    demands: pd.DataFrame,
    weights: Mapping[str, float],
    levels: tuple[str, str],
    objectives: Mapping[str, str],
    scale: Sequence[float] = (0, 1, 2, 3, 4),
) -> pd.DataFrame:
    """What speaks for one network and what against, the strongest first.

    A ground is a place in the sources and a criterion, whoever coded it. Its rating is made as
    that of a network is: each coder's median, then all that lies between the coders. It speaks
    for if all of that meets what the first level asks for, where that is more than the worst
    rating; against if all of it falls short of what the second level asks for; else for neither.

    Its strength is the weight of the criterion times the steps from the middle of the rating to
    the nearest one that would no longer speak so. First come the strongest of each criterion, then
    the second ones and so on; equals stand as their statements do.

    Parameters
    ----------
    statements : DataFrame
        Of one network: statement, coder, criterion, low, high, source_id, locator. Those without
        a rating are passed over.
    demands : DataFrame, levels x criteria
    weights : mapping of criterion to float
    levels : (str, str)
        From `standards`.
    objectives : mapping of criterion to "max" or "min"
    scale : sequence of float
        The values that a rating can take.

    Returns
    -------
    DataFrame
        A row per ground that speaks for or against: criterion, source_id, locator, low, high,
        side ("for" or "against"), strength (above 0), statement (the one that says it most
        strongly) and statements (tuple of all of them).

    Examples
    --------
    >>> rows = pd.DataFrame({"statement": ["a1", "b1", "a2"], "coder": ["A", "B", "A"],
    ...                      "criterion": "fit", "low": [2, 3, 0], "high": [3, 3, 0],
    ...                      "source_id": "s", "locator": ["p. 1", "p. 1", "p. 2"]})
    >>> asked = pd.DataFrame({"fit": [1.0, 2.0, 3.0]}, index=LEVELS[1:])
    >>> found = grounds(rows, asked, {"fit": 1.0}, ("participate", "follow"), {"fit": "max"})
    >>> found[["side", "strength", "statements"]].to_numpy().tolist()
    [['for', 1.5, ('a1', 'b1')], ['against', 1.0, ('a2',)]]
    """
    rated = statements.dropna(subset=["low", "high"])
    if rated.empty:
        return pd.DataFrame(columns=[*PLACE, "low", "high", "side", "strength", *NAMES])
    number = rated.groupby(PLACE, sort=False, dropna=False).ngroup()
    hull = rate_by_coder(rated.assign(network=number)).groupby(level="network")
    found = hull.agg({"low": "min", "high": "max"}).join(rated.groupby(number)[PLACE].first())
    sign = found["criterion"].map(lambda name: -1 if objectives[name] == "min" else 1)
    met, missed = (found["criterion"].map(demands.loc[level]) * sign for level in levels)
    ends = found[["low", "high"]].mul(sign, axis=0)
    low, high, middle = ends.min(axis=1), ends.max(axis=1), ends.mean(axis=1)
    worst = sign.map({1: min(scale), -1: -max(scale)})
    speaks_for, against = (low >= met) & (met > worst), high < missed
    steps = (middle - met + 1).where(speaks_for, missed - middle)
    strongest = _strongest(rated, number, sign, speaks_for)
    found = found.assign(
        side=speaks_for.map({True: FOR, False: AGAINST}),
        strength=found["criterion"].map(weights) * steps,
        statement=strongest,
        statements=rated.groupby(number)["statement"].agg(tuple),
    )[speaks_for | against]
    found = found.sort_values("strength", ascending=False, kind="stable")
    turn = found.groupby(["side", "criterion"]).cumcount()
    return found.loc[turn.sort_values(kind="stable").index].reset_index(drop=True)


def _strongest(
    rated: pd.DataFrame, number: pd.Series, sign: pd.Series, speaks_for: pd.Series
) -> pd.Series:
    """Of each ground, the statement that lies farthest the way that the ground speaks."""
    way = number.map(speaks_for).map({True: 1, False: -1}) * number.map(sign)
    far = rated[["low", "high"]].mean(axis=1) * way
    first = far.sort_values(ascending=False, kind="stable").index
    return rated.loc[first].groupby(number.loc[first])["statement"].first()
