"""What of all that the calculation rests on is another one than before, in numbers and in words?"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from netanalysis.evaluation import Comparison
from netanalysis.loaders.case.columns import definitions, text_in
from netanalysis.pages.html import Column, Fragment, background, paragraphs
from netanalysis.pages.labels import label
from netanalysis.pages.view import View
from netanalysis.scoring.changed_evidence import changed_ratings

__all__ = ["differing", "rules", "wording"]

WORDED = {  # the texts of each table that rates or asks by its words, and what tells its rows apart
    "levels": (["level"], ["label"]),
    "criteria": (["criterion"], ["label", "question", *(f"anchor_{one}" for one in range(5))]),
    "demands": (["level", "criterion"], ["reason"]),
}


class _Difference(NamedTuple):
    what: str
    before: str
    now: str


def differing(both: Comparison, view: View) -> str:
    """How many ratings, weights and demands are others, and whether the threshold is."""
    words = view.words
    common = both.ratings[1].index.intersection(both.ratings[0].index)
    ratings = len(changed_ratings(*both.ratings))
    weights, demands = (len(list(found(both, view))) for found in (_weights, _demands))
    parts = [
        words.plural(
            "{changed} of {count} rating", "{changed} of {count} ratings", len(common),
            changed=words.number(ratings),
        ),
        words.plural("{count} rule for the weights", "{count} rules for the weights", weights),
        words.plural("{count} demand or veto", "{count} demands or vetoes", demands),
    ]  # fmt: skip
    said = [part for part, count in zip(parts, (ratings, weights, demands), strict=True) if count]
    if list(_threshold(both, view)):
        said.append(words("the threshold"))
    if not said:
        return words(
            "All that this rests on is unchanged, in networks and criteria that both have."
        )
    return words(
        "Of what this rests on, the following has changed: {parts}.", parts=words.listing(said)
    )


def rules(both: Comparison, view: View) -> Fragment:
    """The weights, demands, vetoes and threshold that differ, of criteria that both have."""
    words = view.words
    found = [*_weights(both, view), *_demands(both, view), *_threshold(both, view)]
    if not found:
        return paragraphs([words("Weights, demands, vetoes and threshold are unchanged.")])
    return background(words, words("Weights, demands and threshold"), _columns(view), found)


def wording(both: Comparison, view: View) -> Fragment:
    """The levels, criteria and demands that are worded otherwise than before."""
    words, found = view.words, list(_worded(both, view))
    if not found:
        return paragraphs(
            [words("Levels, criteria and demands that both have are worded as before.")]
        )
    shown = background(words, words("Worded otherwise than before"), _columns(view), found)
    note = words("What was rated or asked by other words may not compare.")
    return Fragment(shown + paragraphs([note]))


def _columns(view: View) -> list[Column]:
    words = view.words
    return [
        Column(words("What differs"), lambda row: row.what),
        Column(words("Before"), lambda row: row.before),
        Column(words("Now"), lambda row: row.now),
    ]


def _weights(both: Comparison, view: View) -> Iterator[_Difference]:
    words = view.words
    then, now = both.earlier.method, both.later.method
    one, other = dict(then.bounds or {}), dict(now.bounds or {})
    for name in now.demands.columns:
        if name in then.demands.columns and one.get(name) != other.get(name):
            what = words("Weight: {criterion}", criterion=view.criteria[name])
            yield _Difference(what, *(words.percents(*side[name]) for side in (one, other)))
    labels = {**view.of(both.earlier.given).criteria, **view.criteria}
    before, after = (set(map(tuple, how.at_least)) for how in (then, now))
    for first, second in sorted(before ^ after):
        what = words(
            "{criterion} weighs at least as much as {other}",
            criterion=labels[first],
            other=labels[second],
        )
        said = [words("holds") if (first, second) in side else words.none
                for side in (before, after)]  # fmt: skip
        yield _Difference(what, *said)


def _demands(both: Comparison, view: View) -> Iterator[_Difference]:
    words = view.words
    then, now = both.earlier.method, both.later.method
    for name in (name for name in now.demands.columns if name in then.demands.columns):
        criterion = view.criteria[name]
        sides = [label(how.objectives[name], words) for how in (then, now)]
        if sides[0] != sides[1]:
            yield _Difference(words("Direction: {criterion}", criterion=criterion), *sides)
        for level in now.demands.index:
            values = {"level": view.levels[level], "criterion": criterion}
            for what, tables in (
                (words("Demand of {level}: {criterion}", **values), (then.demands, now.demands)),
                (words("Veto against {level}: {criterion}", **values), (then.vetoes, now.vetoes)),
            ):
                texts = [_number(table.loc[level, name], view) for table in tables]
                if texts[0] != texts[1]:
                    yield _Difference(what, *texts)


def _number(value: Any, view: View) -> str:
    return view.words.none if pd.isna(value) else view.words.number(value, 1)


def _threshold(both: Comparison, view: View) -> Iterator[_Difference]:
    then, now = both.earlier.threshold, both.later.threshold
    if then != now:
        words = view.words
        yield _Difference(words("Threshold"), words.percents(*then), words.percents(*now))


def _worded(both: Comparison, view: View) -> Iterator[_Difference]:
    earlier = view.of(both.earlier.given)
    for table, (keys, texts) in WORDED.items():
        then, now = (
            {tuple(getattr(row, key) for key in keys): row
             for row in getattr(case, table).itertuples()}
            for case in (both.earlier.given, both.later.given)
        )  # fmt: skip
        heads = {column.name: text_in(column.words, "head", view.language)
                 for column in definitions(table)}  # fmt: skip
        for key in (key for key in now if key in then):
            named = [view.levels.get(part) or view.criteria.get(part, part) for part in key]
            for text in texts:
                before, after = earlier.own(then[key], text), view.own(now[key], text)
                if before != after:
                    yield _Difference(f"{', '.join(named)}: {heads[text]}", before, after)
