"""Where do the sources disagree, where is evidence missing, and how far do coders agree?"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY
from netanalysis.pages import shared_columns
from netanalysis.pages.html import (
    Column,
    Fragment,
    background,
    bullets,
    folded,
    paragraphs,
    table,
)
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.view import View
from netanalysis.pages.withheld import why_withheld
from netanalysis.scoring import agreement
from netanalysis.scoring.ratings import ANSWERS, NOT_APPLICABLE, SILENCE

__all__ = ["coding_agreement", "contradictions", "gaps", "silence"]


def contradictions(outcome: Evaluation, view: View) -> Fragment:
    """Where the sources contradict each other or themselves, with both places."""
    words = view.words

    def said(row: Any, which: str) -> Markup:
        since = text_of(getattr(row, f"{which}_since"))
        text = words("member since {date}", date=since) if since else words.own(row, which)
        at = view.place(getattr(row, f"{which}_source"), getattr(row, f"{which}_locator"))
        return Markup("{} ({})").format(text, at)

    columns = [
        shared_columns.concerns(view),
        Column(words("Kind"), lambda row: label(row.kind, words)),
        Column(words("One place says"), lambda row: said(row, "first")),
        Column(words("Another says"), lambda row: said(row, "second")),
    ]
    return table(words, words("Statements that do not agree"), columns, outcome.contradictions)


def silence(outcome: Evaluation, view: View) -> Fragment:
    """How much evidence there is, and what silence and missing evidence mean."""
    words, rated = view.words, outcome.ratings
    counts = rated["state"].value_counts()
    judged = rated[rated["state"] == ""].index.unique("criterion")
    bare = [name for criterion, name in view.criteria.items() if criterion not in judged]
    nowhere = words("No network has a rating on {criteria}.", criteria=words.listing(bare))
    apart = int(counts.get(NOT_APPLICABLE, 0))
    silent, missing = (int(counts.get(state, 0)) for state in ("silence", "no_evidence"))
    told = [
        words(
            "Evidence is at hand for {rated} of {cells} ratings ({networks}, {criteria}).",
            rated=words.number(counts.get("", 0)),
            cells=words.number(len(rated)),
            networks=words.plural("{count} network", "{count} networks", len(outcome.networks)),
            criteria=words.plural("{count} criterion", "{count} criteria", len(view.criteria)),
        ),
        words.plural(
            "On {count} those asked had nothing to say.",
            "On {count} those asked had nothing to say.",
            silent,
        ),
        words.plural(
            "On {count} there is no evidence.", "On {count} there is no evidence.", missing
        ),
        words.plural("{count} does not apply.", "{count} do not apply.", apart),
    ]
    counted = (len(rated), silent, missing, apart)
    return paragraphs(
        [
            " ".join(text for text, number in zip(told, counted, strict=True) if number),
            words(
                "Silence is a finding of its own and is not counted against a network: like "
                "missing evidence it leaves the rating open over the whole scale."
            ),
            *([nowhere] if bare else []),
            *filter(None, [why_withheld(outcome.given, words)]),
        ]
    )


def gaps(outcome: Evaluation, view: View) -> Fragment:
    """Ratings that are missing, stand beside a silence, or were not found by every coder."""
    words, case, rated = view.words, view.case, outcome.ratings
    silent = case.statements[case.statements["state"] == SILENCE]
    one_silent = rated.index.isin(silent.set_index(["network", "criterion"]).index)

    def why(row: Any) -> str:
        if row.state:
            return label(row.state, words)
        if row.one_silent:
            return words("silence beside a rating")
        return words("not found by every coder")

    def used(row: Any) -> str:
        return words.none if pd.isna(row.low) else words.interval(row.low, row.high)

    coders = case.statements["coder"].replace(ANSWERS, None).nunique()
    rows = rated.assign(one_silent=one_silent).reset_index()
    rows = rows[(rows["state"] != "") | (rows["n_coders"] < coders) | rows["one_silent"]]
    columns = [
        shared_columns.network(view),
        shared_columns.criterion(view),
        Column(words("What is missing"), why),
        Column(words("Rating used"), used, "number"),
    ]
    return background(words, words("Gaps in the evidence"), columns, rows)


def coding_agreement(outcome: Evaluation, view: View) -> Fragment:
    """How far the coders agree, and on which ratings they do not meet."""
    words, coded = view.words, outcome.coded
    if outcome.agreement is None:
        return paragraphs([words("Agreement between coders cannot be computed.")])
    table = agreement.coder_midpoints(coded)
    units = agreement.pairable_units(table)
    first = words(
        "Coders: {coders}. Krippendorff’s alpha is {alpha} "
        "(ordinal; units: network by criterion, value: midpoint; {units} pairable units). It "
        "measures how consistently the source was coded, not whether the coding is true.",
        coders=words.number(len(table)),
        alpha=words.number(outcome.agreement, 2),
        units=words.number(units),
    )
    first = " ".join([first, *_coders_alone(outcome, view)])
    apart = agreement.disjoint_cells(coded)
    if not apart:
        return paragraphs(
            [first, words("Wherever more than one coder rated, their intervals meet.")]
        )
    cells = [
        f"{view.networks[network]}: {view.criteria[criterion]}" for network, criterion in apart
    ]
    second = words("The coders’ intervals do not meet on: {cells}.", cells="; ".join(cells))
    if len(cells) <= MANY:
        return paragraphs([first, second])
    told = words(
        "On {count} ratings the coders’ intervals do not meet.", count=words.number(len(cells))
    )
    return Fragment(paragraphs([first]) + folded(told, bullets(cells)))


def _coders_alone(outcome: Evaluation, view: View) -> Iterator[str]:
    """Would another coder have given this outcome? What agreement between ratings does not say."""
    words, rows = view.words, outcome.readings
    alone = rows[(rows["kind"] == "coder") & (rows["coder"] != ANSWERS)]
    if alone.empty:
        return
    yield words("Would another coder have given this outcome?")
    for coder, own in alone.groupby("coder", sort=False):
        same = own["outcome"] == own["before"]
        yield words(
            "Coder {coder} alone gives the same for {same} of {count} networks.",
            coder=coder,
            same=words.number(int(same.sum())),
            count=words.number(len(own)),
        )
