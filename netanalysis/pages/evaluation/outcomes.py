"""Which sentences tell what comes out, for each network, for a few and for many?"""

from collections.abc import Iterable

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.pages.labels import label
from netanalysis.pages.view import View
from netanalysis.scoring import pivots
from netanalysis.scoring.engagement import DEPENDS, INSUFFICIENT

__all__ = [
    "by_level",
    "compared",
    "counted",
    "directions",
    "first_date",
    "possible",
    "stands",
    "vetoes",
]


def possible(result: pd.DataFrame, view: View, name: str = "") -> Iterable[str]:
    """What is possible, and then what comes out most often.

    Parameters
    ----------
    result : DataFrame
        As `netanalysis.evaluation.Evaluation.overview`.
    view : View
    name : str, optional
        What to call the network where there is but one.
    """
    words, names, levels = view.words, view.networks, view.levels
    alike = result.groupby(["possible", "outcome", "firm"], sort=False)
    for (possible, outcome, firm), rows in alike:
        values = {
            "networks": name or words.listing(names[code] for code in rows.index),
            "possible": words.listing(levels[level] for level in possible),
            "level": levels.get(outcome, ""),
        }
        if len(possible) == 1:
            yield words("For {networks}, only {possible} is possible.", **values)
        elif firm == "holds":
            yield words(
                "For {networks}, {possible} are possible, and the outcome {level} holds.", **values
            )
        elif firm == "leans":
            yield words(
                "For {networks}, {possible} are possible, and the evidence leans towards {level}.",
                **values,
            )
        elif firm == INSUFFICIENT:
            yield words(
                "For {networks}, {possible} are possible, and the evidence is too thin for an "
                "outcome: criteria with a rating carry less than half of the weight.",
                **values,
            )
        else:
            yield words(
                "For {networks}, {possible} are possible, and the outcome is open.", **values
            )


def counted(result: pd.DataFrame, view: View) -> str:
    """How many outcomes are another level than today’s, today’s, and open."""
    words = view.words
    stays, unsettled, depends = (
        int((result["action"] == action).sum()) for action in ("continue", INSUFFICIENT, DEPENDS)
    )
    said = words(
        "Of {all} networks, the computed outcome is another level than today’s for {moved}, "
        "today’s level for {stays}, and open for {unsettled}.",
        all=words.number(len(result)),
        moved=words.number(len(result) - stays - unsettled - depends),
        stays=words.number(stays),
        unsettled=words.number(unsettled),
    )
    if not depends:
        return said
    more = words.plural(
        "For {count} network it is not known whether the outcome is today’s level.",
        "For {count} networks it is not known whether the outcome is today’s level.",
        depends,
    )
    return f"{said} {more}"


def by_level(result: pd.DataFrame, view: View) -> str:
    """How many of many networks come out at each level, from the highest down."""
    words, levels = view.words, view.levels
    counts = result["outcome"].value_counts()
    told = [
        words("{level} for {count}", level=levels[level], count=words.number(counts[level]))
        for level in reversed(list(levels))
        if level in counts
    ]
    if not told:
        return ""
    return words("The outcome is {outcomes}.", outcomes=words.listing(told))


def vetoes(checks: pd.DataFrame, view: View) -> Iterable[str]:
    """Which networks a veto bars from a level and those above."""
    words, names = view.words, view.networks
    barred = pivots.ruled_out(checks)
    for (level, behind), rows in barred.groupby(["level", "criteria"], sort=False):
        yield words(
            "{networks} cannot reach {level} or higher: the veto on {criteria} applies.",
            networks=words.some(names[name] for name in rows["network"]),
            level=view.levels[level],
            criteria=words.listing(view.criteria[name] for name in behind),
        )


def directions(result: pd.DataFrame, view: View) -> Iterable[str]:
    """Where all that is possible lies below, or above, today’s level."""
    words, names = view.words, view.networks
    less, more = (result.index[result["direction"] == way] for way in ("less", "more"))
    if len(less):
        yield words(
            "Whatever the answers to the open questions, the evidence points to less "
            "engagement than today in {networks}.",
            networks=words.some(names[name] for name in less),
        )
    if len(more):
        yield words(
            "Whatever the answers to the open questions, the evidence points to more "
            "engagement than today in {networks}.",
            networks=words.some(names[name] for name in more),
        )


def compared(result: pd.DataFrame, view: View) -> Iterable[str]:
    """How the office’s own assessment stands to the outcome."""
    words, names, final = view.words, view.networks, view.assessed["level"]
    rows = result.loc[[name for name in result.index if name in final.index]]
    if rows.empty:
        yield words("The office has made no assessment of its own.")
        return
    kinds = pd.Series([stands(row, final[name]) for name, row in rows.iterrows()], index=rows.index)
    for kind in ("agrees", "allowed", "ruled_out"):
        alike = kinds.index[kinds == kind]
        if len(alike):
            about = words.some(names[name] for name in alike)
            yield {
                "agrees": words(
                    "The office’s own assessment is the computed outcome for {networks}.",
                    networks=about,
                ),
                "allowed": words(
                    "For {networks}, the office’s own assessment is not the computed outcome, but "
                    "a level that the evidence allows.",
                    networks=about,
                ),
                "ruled_out": words(
                    "For {networks}, the office’s own assessment is a level that the evidence "
                    "rules out.",
                    networks=about,
                ),
            }[kind]


def stands(row: pd.Series, level: str) -> str:
    """How the office's level stands to a network's outcome.

    Returns
    -------
    {"agrees", "allowed", "ruled_out"}
    """
    if row["outcome"] == level:
        return "agrees"
    return "allowed" if level in row["possible"] else "ruled_out"


def first_date(result: pd.DataFrame, view: View) -> str:
    """The first date ahead, and which networks it concerns."""
    words, names = view.words, view.networks
    dated = result[result["date"].notna()]
    if dated.empty:
        return words("No date ahead is known.")
    first = min(dated["date"], key=lambda day: (last_day(day), first_day(day)))
    rows = dated[dated["date"] == first]
    return words(
        "First date ahead: {date} ({what}), which concerns {networks}.",
        date=words.date(first),
        what=words.listing(dict.fromkeys(label(kind, words) for kind in rows["kind"])),
        networks=words.some(names[name] for name in rows.index),
    )
