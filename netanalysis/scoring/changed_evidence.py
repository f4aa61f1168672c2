"""Which ratings differ from one evaluation to the next, and which statements made them differ?

Statements are matched by what they say, so that a table numbered anew is not a table of new
statements; only what is left over is matched by its number.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["CHANGES", "changed_ratings", "changed_statements"]

CHANGES = ("added", "removed", "rated", "reworded", "moved")
_CELL = ["network", "criterion"]
_RATED = ["low", "high", "state"]
_PLACE = ["source_id", "locator", "told_by"]


def changed_ratings(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """The ratings that both evaluations have and that differ.

    Parameters
    ----------
    earlier, later : DataFrame
        From `netanalysis.scoring.ratings.rate`.

    Returns
    -------
    DataFrame
        By (network, criterion), in the order of the later one: low_before, high_before and
        state_before, low, high and state.

    Examples
    --------
    >>> cells = pd.MultiIndex.from_tuples([("c40", "fit"), ("c40", "effort")])
    >>> then = pd.DataFrame({"low": [1.0, 0.0], "high": [2.0, 4.0], "state": ""}, cells)
    >>> now = then.assign(low=[0.0, 0.0])
    >>> changed_ratings(then, now)[["low_before", "low"]].to_dict("index")
    {('c40', 'fit'): {'low_before': 1.0, 'low': 0.0}}
    """
    common = later.index[later.index.isin(earlier.index)]
    then, now = earlier.loc[common, _RATED], later.loc[common, _RATED]
    differs = ((then != now) & ~(then.isna() & now.isna())).any(axis=1)
    return then[differs].add_suffix("_before").join(now[differs])


def changed_statements(earlier: pd.DataFrame, later: pd.DataFrame, text: str) -> pd.DataFrame:
    """The statements that were added, removed, rated otherwise, reworded or moved.

    Parameters
    ----------
    earlier, later : DataFrame
        Tables of statements of two cases.
    text : str
        The column with what the source says.

    Returns
    -------
    DataFrame
        A row per statement: those that both have, those that are gone, those that are new:

        - network, criterion
        - change: "added"; "removed"; "rated" (otherwise, in the same words or in others);
          "reworded" (the rating is the same); "moved" (another place, coder or teller)
        - before, after: its rows in ``earlier`` and ``later``, missing where it is in one alone

    Examples
    --------
    >>> row = {"statement": "a1", "coder": "A", "network": "c40", "criterion": "fit", "low": 1.0,
    ...        "high": 1.0, "state": None, "source_id": "s", "locator": "p. 1", "told_by": None}
    >>> row["text_en"] = "Said."
    >>> then = pd.DataFrame([row, row | {"statement": "a2", "text_en": "Said too."}])
    >>> now = pd.DataFrame([row | {"statement": "b1", "low": 0.0}])
    >>> changed_statements(then, now, "text_en")[["change", "before", "after"]].values.tolist()
    [['rated', 0, 0], ['removed', 1, <NA>]]
    """
    said = [*_CELL, "coder", *_PLACE, text]
    then, now, _ = _unmatched(earlier, later, [*said, *_RATED])
    then, now, by_words = _unmatched(then, now, said)
    then, now, by_number = _unmatched(then, now, [*_CELL, "statement"])
    rows = [
        {"before": before, "after": after, "change": _change(earlier, later, before, after, text)}
        for before, after in [*by_words, *by_number]
    ]
    rows += [{"before": before, "after": None, "change": "removed"} for before in then.index]
    rows += [{"before": None, "after": after, "change": "added"} for after in now.index]
    found = pd.DataFrame(rows, columns=["change", "before", "after"])
    cells = [
        (later.loc[row.after] if pd.notna(row.after) else earlier.loc[row.before])[_CELL]
        for row in found.itertuples()
    ]
    own = pd.DataFrame(cells, columns=_CELL).reset_index(drop=True)
    return own.join(found.astype({"before": "Int64", "after": "Int64"}))


def _unmatched(
    one: pd.DataFrame, other: pd.DataFrame, columns: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[tuple[object, object]]]:
    """What is left of two tables when rows alike in some columns are paired, and the pairs."""
    ours, theirs = _keys(one, columns), _keys(other, columns)
    places = {key: place for place, key in theirs.items()}
    pairs = [(place, places[key]) for place, key in ours.items() if key in places]
    return one.drop([a for a, _ in pairs]), other.drop([b for _, b in pairs]), pairs


def _keys(table: pd.DataFrame, columns: Sequence[str]) -> dict[object, tuple[Any, ...]]:
    """What each row says in some columns, with how often it was said above."""
    texts = table[list(columns)].astype("str").where(table[list(columns)].notna(), "")
    nth = texts.groupby(list(columns)).cumcount()
    return dict(zip(table.index, texts.assign(nth=nth).itertuples(index=False), strict=True))


def _change(
    earlier: pd.DataFrame, later: pd.DataFrame, before: object, after: object, text: str
) -> str:
    """What is another in a statement that both have."""

    def told(columns: list[str]) -> bool:
        then, now = earlier.loc[before, columns], later.loc[after, columns]
        return not then.fillna("").equals(now.fillna(""))

    if told(_RATED):
        return "rated"
    return "reworded" if told([text]) else "moved"
