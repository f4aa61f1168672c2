"""What can every rating do for each level, and with which chance?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.validation import Given, named_cells, refuse

__all__ = ["Chances", "chances"]

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Chances:
    """What every rating can do, each value of its interval with equal chance.

    A rating that bars a level does not meet its demand, since a veto is worse than the demand.

    Attributes
    ----------
    met, barred : array, alternatives x levels x criteria
        The chance that the level's demand is met, and that the level is barred; 0 where the
        criterion does not apply.
    worst, best : (array, array)
        The same at the worst and at the best end of the interval: 0 or 1.
    applies : array of bool, alternatives x criteria
        False where the criterion is put aside and the rest carry its weight.
    names : Index
        The alternatives.
    """

    met: Floats
    barred: Floats
    worst: tuple[Floats, Floats]
    best: tuple[Floats, Floats]
    applies: Truths
    names: pd.Index


def chances(given: Given) -> Chances:
    """What every rating can do for each level.

    Parameters
    ----------
    given : Given
        From `netanalysis.scoring.validation.checked`.

    Returns
    -------
    Chances

    Raises
    ------
    DataError
        For an interval without a value of the scale.
    """
    worst, best = given.worst[:, None], given.best[:, None]
    asked = given.asked
    barring = np.fmax.accumulate(given.barring, axis=0)  # a veto bars every higher level too
    if given.scale is None:
        width = np.where(best > worst, best - worst, 1.0)
        exact = best == worst
        met = np.where(exact, worst >= asked, np.clip((best - asked) / width, 0, 1))
        barred = np.where(exact, worst <= barring, np.clip((barring - worst) / width, 0, 1))
    else:
        values = given.sign[:, None] * given.scale
        inside = (values >= worst[..., None]) & (values <= best[..., None])
        number = inside.sum(-1)
        empty = given.applies & (number[:, 0] == 0)
        if empty.any():
            raise refuse("score_scale", cells=named_cells(empty, given.names, given.criteria))
        number = np.maximum(number, 1)
        met = (inside & (values >= asked[..., None])).sum(-1) / number
        barred = (inside & (values <= barring[..., None])).sum(-1) / number
        worst = np.where(inside, values, np.inf).min(-1)
        best = np.where(inside, values, -np.inf).max(-1)
    used = given.applies[:, None].astype(np.float64)
    met, barred, *ends = (
        np.asarray(used * one)
        for one in (
            met, np.nan_to_num(barred), worst >= asked, worst <= barring, best >= asked,
            best <= barring,
        )
    )  # fmt: skip
    at_worst, at_best = (ends[0], ends[1]), (ends[2], ends[3])
    return Chances(met, barred, at_worst, at_best, given.applies, given.names)
