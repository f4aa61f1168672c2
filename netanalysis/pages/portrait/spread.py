"""Where do the cities that a city meets lie, how large are they and how far away?"""

from typing import NamedTuple

import pandas as pd

from netanalysis.language.words import Words
from netanalysis.pages.charts import bars
from netanalysis.pages.html import Column, Figure, behind
from netanalysis.pages.portrait.summary import Portrait
from netanalysis.pages.svg import drawing, svg_of
from netanalysis.scoring import reach

__all__ = ["class_name", "spread"]


class _Line(NamedTuple):
    """A line of the chart: a class, or the head of several, without cities."""

    head: str
    name: str
    cities: int
    share: float


def spread(city: Portrait) -> Figure:
    """How many of the cities met lie on each continent, in each class of size and of distance.

    Parameters
    ----------
    city : Portrait

    Returns
    -------
    Figure
        Bars in three groups.
    """
    words = city.words
    met = reach.reach(city.members, city.own, city.home)
    groups = [
        _lines(met, city, by, head, unit)
        for by, head, unit in (
            ("continent", words("By continent"), ""),
            ("population", words("By population"), ""),
            ("distance", words("By distance"), " km"),
        )
    ]
    shown = [line for group in groups for line in group]
    texts = [
        f"{words.number(line.cities)} ({words.share(line.share)})" if line.name else ""
        for line in shown
    ]
    with drawing(5.4, 0.3 + 0.235 * len(shown)) as (canvas, axes):
        values = pd.DataFrame({"cities": [line.cities for line in shown], "none": 0})
        heads = [place for place, line in enumerate(shown) if not line.name]
        names = [line.name or line.head for line in shown]
        bars(axes, names, values, texts, room=1.3, heads=heads)
        svg = svg_of(canvas)
    columns = [
        Column(words("Class"), lambda line: f"{line.head}: {line.name}"),
        Column(words("Cities"), lambda line: words.number(line.cities), "number"),
        Column(words("Share"), lambda line: words.share(line.share), "number"),
    ]
    caption = words("The cities with a known place by continent, population and distance")
    data = behind(words, caption, columns, [line for line in shown if line.name])
    note = (
        ""
        if city.whole
        else words(
            "Members whose place is not known, or who are missing in a list, are not counted."
        )
    )
    return Figure(words, svg, _finding(groups[0][1:], city), caption, data, note)


def class_name(name: object, words: Words, unit: str = "") -> str:
    """A continent or a class of sizes in the page's language."""
    if isinstance(name, pd.Interval):
        return words.size_class(name.left, name.right, unit)
    return {
        "AF": words("Africa"),
        "AN": words("Antarctica"),
        "AS": words("Asia"),
        "EU": words("Europe"),
        "NA": words("North America"),
        "OC": words("Oceania"),
        "SA": words("South America"),
        "unknown": words("not known"),
    }[str(name)]


def _lines(met: pd.DataFrame, city: Portrait, by: str, head: str, unit: str) -> list[_Line]:
    found = reach.reach_by(met, city.places.places, by, city.home)
    rows = found[found["cities"] > 0].itertuples()
    named = (_Line(head, class_name(row.Index, city.words, unit), row.cities, row.share)
             for row in rows)  # fmt: skip
    return [_Line(head, "", 0, 0), *named]


def _finding(continents: list[_Line], city: Portrait) -> str:
    """On which continent most of the cities lie."""
    words = city.words
    if not continents:
        return words("{city} meets no other city.", city=city.place(city.home))
    most = max(line.cities for line in continents)
    first = [line.name for line in continents if line.cities == most]
    if len(continents) == 1:
        return words("All cities with a known place lie in {continent}.", continent=first[0])
    return words.plural(
        "Of {all} cities with a known place {most} lie in {continents}.",
        "Of {all} cities with a known place {most} lie in each of {continents}.",
        len(first),
        all=words.number(sum(line.cities for line in continents)),
        most=words.number(most),
        continents=words.listing(first),
    )
