"""Which ratings have changed, and by which statements?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Comparison
from netanalysis.pages.html import Column, Fragment, background, bullets, paragraphs
from netanalysis.pages.labels import coder_name, evidence_text, label, text_of
from netanalysis.pages.view import View
from netanalysis.scoring.changed_evidence import CHANGES, changed_ratings, changed_statements
from netanalysis.scoring.ratings import ANSWERS

__all__ = ["ratings"]


def ratings(both: Comparison, view: View) -> Fragment:
    """Each changed rating with the statements that changed; how many others did without effect."""
    words = view.words
    found = changed_ratings(*both.ratings)
    tables = both.earlier.given.statements, both.later.given.statements
    statements = changed_statements(*tables, f"text_{view.language}")
    cells = statements.groupby(["network", "criterion"], sort=False)
    said = {cell: rows for cell, rows in cells if cell in found.index}

    def rating(ending: str) -> Any:
        def shown(row: Any) -> str:
            ends = {name: getattr(row, f"{name}{ending}") for name in ("low", "high", "state")}
            return evidence_text(pd.Series(ends), words)

        return shown

    columns = [
        Column(words("Network"), lambda row: view.networks[row.Index[0]]),
        Column(words("Criterion"), lambda row: view.criteria[row.Index[1]]),
        Column(words("Rating before"), rating("_before")),
        Column(words("Rating now"), rating("")),
        Column(
            words("Statements that differ (place; statement, coder and rating)"),
            lambda row: _statements(said.get(row.Index), both, view),
        ),
    ]
    if found.empty:
        shown = paragraphs([words("No rating that both evaluations have has changed.")])
    else:
        shown = background(words, words("Ratings that have changed"), columns, found)
    common = both.ratings[1].index.intersection(both.ratings[0].index).difference(found.index)
    rest = pd.MultiIndex.from_frame(statements[["network", "criterion"]]).isin(common)
    return Fragment(shown + paragraphs(_without_effect(statements[rest], view)))


def _without_effect(statements: pd.DataFrame, view: View) -> list[str]:
    """How many statements differ on ratings that do not."""
    words = view.words
    counts = statements["change"].value_counts()
    said = [
        words("{change}: {count}", change=_kinds(view)[kind], count=words.number(counts[kind]))
        for kind in CHANGES
        if kind in counts
    ]
    if not said:
        return []
    return [
        words.plural(
            "{count} more statement differs, and no rating thereby ({changes}).",
            "{count} more statements differ, and no rating thereby ({changes}).",
            len(statements),
            changes="; ".join(said),
        )
    ]


def _statements(changed: pd.DataFrame | None, both: Comparison, view: View) -> Markup:
    """The statements of one rating; what is said in one place in the same words stands once."""
    if changed is None:
        return Markup.escape(view.words.none)
    told: dict[tuple[str, Markup], list[Markup]] = {}
    for kind in CHANGES:
        for row in changed[changed["change"] == kind].itertuples():
            then, now = _rows(row, both)
            said = (kind, _said(kind, then, now, both, view))
            told.setdefault(said, []).append(_noted(then, now, view))
    return bullets(
        Markup("{}: {}; {})").format(_kinds(view)[kind], said, Markup("; ").join(noted))
        for (kind, said), noted in told.items()
    )


def _kinds(view: View) -> dict[str, str]:
    words = view.words
    return {
        "added": words("Added"),
        "removed": words("Removed"),
        "rated": words("Rated otherwise"),
        "reworded": words("Reworded"),
        "moved": words("Another place or coder"),
    }


def _rows(row: Any, both: Comparison) -> tuple[Any, Any]:
    """A statement as it was and as it is; None where one evaluation lacks it."""
    earlier, later = both.earlier.given.statements, both.later.given.statements
    then = None if pd.isna(row.before) else earlier.loc[row.before]
    return then, None if pd.isna(row.after) else later.loc[row.after]


def _said(kind: str, then: Any, now: Any, both: Comparison, view: View) -> Markup:
    """What is said and where, up to who noted it: before and now where that differs."""
    words, last = view.words, then if now is None else now
    text = view.own(last, "text")
    if then is not None and now is not None and view.own(then, "text") != text:
        text = words("before “{before}”, now “{now}”", before=view.own(then, "text"), now=text)
    at = view if now is not None else view.of(both.earlier.given)
    where = at.place(last["source_id"], last["locator"])
    by = text_of(last["told_by"])
    if by:
        where = Markup("{}; {}").format(where, label(by, words))
    return Markup("{} ({}").format(text, where)


def _noted(then: Any, now: Any, view: View) -> Markup:
    """Number, coder and rating of a statement, before and now where that differs."""
    words, last = view.words, then if now is None else now
    by = coder_name(last["coder"], words)
    named = by if last["coder"] == ANSWERS else f"{last['statement']}, {by}"
    ratings = [evidence_text(row, words) for row in (then, now) if row is not None]
    if len(set(ratings)) == 1:
        return Markup("{}: {}").format(named, ratings[0])
    return Markup("{}: {}").format(
        named, words("before {before}, now {now}", before=ratings[0], now=ratings[1])
    )
