"""How is a statement shown, so that one can lead to it, and where are all of one network?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.pages.evidence import by_proposer
from netanalysis.pages.html import Column, Fragment, folded, paragraphs, table
from netanalysis.pages.labels import coder_name, evidence_text, label, text_of
from netanalysis.pages.view import View
from netanalysis.scoring.ratings import ANSWERS

__all__ = ["also_on", "every_statement", "link"]

WHERE = ["criterion", "source_id", "locator", "told_by"]


def link(statement: str, text: Markup) -> Markup:
    """A text that leads to where the statement stands."""
    return Markup('<a href="#statement-{}">{}</a>').format(statement, text or statement)


def also_on(view: View) -> dict[str, str]:
    """By statement, which other networks have one with the same words, criterion and place.

    Returns
    -------
    dict of str to str
        Such as " (also on UCLG)"; without those that stand on one network alone.
    """
    words, rows = view.words, view.case.statements
    text = f"text_{view.language}"
    shared = rows.groupby([*WHERE, text], dropna=False)["network"].transform("nunique") > 1
    told = {}
    for _, alike in rows[shared & rows[text].notna()].groupby([*WHERE, text], dropna=False):
        for row in alike.itertuples():
            others = dict.fromkeys(alike.loc[alike["network"] != row.network, "network"])
            also = words.listing(view.networks[name] for name in others)
            told[str(row.statement)] = " " + words("(also on {networks})", networks=also)
    return told


def every_statement(
    outcome: Evaluation, network: str, also: dict[str, str], view: View
) -> Fragment:
    """All statements on a network, folded: a row per criterion, and document if there are several.

    What is said in one place in the same words stands there once, with everyone who noted it.

    Parameters
    ----------
    outcome : Evaluation
    network : str
    also : dict of str to str
        From `also_on`.
    view : View
    """
    words, rows = view.words, outcome.case.statements
    rows = rows[rows["network"] == network]
    if rows.empty:
        name = view.networks[network]
        return paragraphs([words("No evidence on {network} is shown.", network=name)])
    order = list(view.criteria)
    parts = [part for _, part in rows.groupby(["criterion", "source_id"], sort=False, dropna=False)]
    parts.sort(key=lambda part: order.index(part["criterion"].iloc[0]))

    def said(part: pd.DataFrame) -> Markup:
        texts = part[f"text_{view.language}"].fillna("")
        alike = part.groupby([texts, *WHERE], sort=False, dropna=False)
        return Markup("<br>").join(_said(same, also, view) for _, same in alike)

    def document(part: pd.DataFrame) -> Markup:
        title = view.documents.get(part["source_id"].iloc[0])
        return view.quoted(title) if title else Markup.escape(words.unknown)

    columns = [
        Column(words("Criterion"), lambda part: view.criteria[part["criterion"].iloc[0]]),
        Column(words("The source says (place; statement, coder and rating)"), said),
        *([Column(words("Document"), document)] if len(view.documents) > 1 else []),
    ]
    caption = words.plural(
        "{network}: {count} statement",
        "{network}: all {count} statements",
        len(rows),
        network=view.networks[network],
    )
    shown = [table(words, caption, columns, parts), *by_proposer(rows, view)]
    return folded(caption, Markup("\n").join(shown))


def _said(alike: pd.DataFrame, also: dict[str, str], view: View) -> Markup:
    """What is said in one place, once, with everyone who noted it."""
    words, first = view.words, next(alike.itertuples())

    def noted(row: Any) -> Markup:
        by, rating = coder_name(row.coder, words), evidence_text(row, words)
        told = by if row.coder == ANSWERS else f"{row.statement}, {by}"  # text and place name it
        return Markup('<span id="statement-{}">{}</span>: {}').format(row.statement, told, rating)

    by = text_of(first.told_by)
    where = [
        view.quoted(text_of(first.locator)),
        *([Markup.escape(label(by, words))] if by else []),
        *map(noted, alike.itertuples()),
    ]
    told = Markup("; ").join(filter(None, where))
    text = Markup.escape(view.own(first, "text"))
    for quotation in dict.fromkeys(alike["quotation"].dropna()):
        text += Markup(" <q>{}</q>").format(view.quoted(quotation))
    return Markup("{}{} ({})").format(text, also.get(first.statement, ""), told)
