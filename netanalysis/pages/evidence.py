"""What does the source say, for and against, and where is it silent or at odds with itself?

Every row is traced to its place in the source.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY
from netanalysis.loaders.case.closing import PERSONS
from netanalysis.loaders.case.fact_topics import TOPICS
from netanalysis.pages import shared_columns
from netanalysis.pages.html import (
    Column,
    Fragment,
    background,
    folded,
    paragraphs,
    table,
)
from netanalysis.pages.labels import evidence_text, label, text_of
from netanalysis.pages.view import View
from netanalysis.pages.who_answered import who_answered
from netanalysis.pages.withheld import why_withheld
from netanalysis.scoring.ratings import places, rate

__all__ = [
    "all_facts",
    "asked",
    "by_proposer",
    "facts",
    "goals",
    "not_shown",
    "ratings_in",
    "sources",
]

PROPOSER = "proposer"  # where the sources tell of something only among a proposal's reasons


def facts(view: View, topic: str = "") -> Fragment:
    """Facts on one topic.

    Parameters
    ----------
    view : View
    topic : {"", "network", "direction", "ways", "asked", "steps"}, optional
        A section of the report; "network" is every fact about a network, "" those about the
        city that no other section shows.

    Returns
    -------
    Fragment
    """
    words, rows = view.words, view.case.facts
    captions = {
        "": words("Facts about the city"),
        "network": words("Facts from the sources"),
        "direction": words("What the networks are, and what they were when the city joined"),
        "ways": words("Other ways to the same contacts"),
        "asked": words("Who was asked, and what was answered"),
        "steps": words("Steps under way and conditions at home"),
    }
    if topic == "network":
        rows = rows[rows["network"].notna()]
    elif topic:
        rows = rows[rows["attribute"].isin(TOPICS[topic])]
    else:
        rows = rows[rows["network"].isna() & ~rows["attribute"].isin(sum(TOPICS.values(), ()))]
    return _facts(rows, captions[topic], view)


def asked(outcome: Evaluation, view: View) -> Fragment:
    """Who was asked, and what was answered: by the sources, and by the answers in the case.

    Of the answers all count, also those about networks that are not evaluated here.
    """
    told = who_answered(outcome.given, view.words)
    if not told:
        return facts(view, "asked")
    answers = paragraphs([" ".join(told)])
    noted = view.case.facts["attribute"].isin(TOPICS["asked"]).any()
    return Fragment(answers + facts(view, "asked")) if noted else answers


def not_shown(outcome: Evaluation, view: View) -> Fragment | None:
    """That what persons answered about a network is left out, where that is so; else nothing."""
    asked = outcome.given.asked
    persons = asked.loc[asked["respondents"].notna(), "network"]
    why = why_withheld(outcome.given, view.words)
    return paragraphs([why]) if why and persons.isin(outcome.networks).any() else None


def all_facts(view: View) -> Fragment:
    """The facts about each network that no other section shows, each network's table folded.

    Those about many networks are one table.
    """
    words, shown = view.words, []
    found = view.case.facts[~view.case.facts["attribute"].isin(sum(TOPICS.values(), ()))]
    if len(view.networks) > MANY:
        return _facts(found[found["network"].notna()], words("Facts from the sources"), view)
    for network, name in view.networks.items():
        caption = words("{network}: facts from the sources", network=name)
        rows = found[found["network"] == network]
        shown.append(folded(caption, _facts(rows, caption, view)))
    return Fragment(Markup("\n").join(shown))


def _facts(rows: pd.DataFrame, caption: str, view: View) -> Fragment:
    columns = [
        shared_columns.concerns(view),
        shared_columns.source_text(view),
        shared_columns.source_place(view),
    ]
    return background(view.words, caption, columns, rows)


def goals(view: View) -> Fragment:
    """The city's goals, and the criteria that serve them."""
    words, names = view.words, view.criteria
    served = view.case.criteria.groupby("goal")["criterion"].agg(list)

    def serving(row: Any) -> str:
        return words.listing(names[name] for name in served.get(row.goal, [])) or words.none

    columns = [
        Column(words("Goal"), lambda row: view.goals[row.goal]),
        Column(words("Kind"), lambda row: label(row.kind, words)),
        Column(words("Criterion that serves it"), serving),
        shared_columns.source_place(view),
    ]
    return table(words, words("The city’s goals"), columns, view.case.goals)


def by_proposer(rows: pd.DataFrame, view: View) -> list[Fragment]:
    """What it means that the proposer alone tells of something, where a row says so."""
    if (rows["told_by"] != PROPOSER).all():
        return []
    return [
        paragraphs(
            [
                view.words(
                    "The proposer alone: the sources tell of it only among the reasons for a "
                    "proposal. It counts as evidence since it can be checked; what is proposed or "
                    "concluded, and why, does not."
                )
            ]
        )
    ]


def ratings_in(view: View, section: str) -> Fragment:
    """What the evidence on the criteria of one section comes to, network by network.

    Parameters
    ----------
    view : View
    section : {"effort", "dependence"}
        Of criteria, as their table says; where no criterion stands in it, a sentence says so.
    """
    words, criteria = view.words, view.case.criteria
    own = criteria.loc[criteria["section"] == section, "criterion"]
    if own.empty:
        return paragraphs([words("No criterion is about this.")])
    shown = [_rated(view, criterion) for criterion in own]
    told = paragraphs([words("The evidence itself stands under each network.")])
    return Fragment(Markup("\n").join([*shown, told]))


def _rated(view: View, criterion: str) -> Fragment:
    words, rows = view.words, view.case.statements
    rows = rows[rows["criterion"] == criterion]
    rated = rate(rows, view.case.networks, [criterion])
    rated = rated.assign(n_places=places(rows).reindex(rated.index, fill_value=0)).reset_index()
    columns = [
        shared_columns.network(view),
        Column(words("Rating"), lambda row: evidence_text(row, words), "number"),
        Column(words("Places in the sources"), lambda row: words.number(row.n_places), "number"),
    ]
    caption = words("Rating on: {criterion}", criterion=view.criteria[criterion])
    return background(words, caption, columns, rated)


def sources(view: View) -> Fragment:
    """The documents, with what identifies them."""
    words = view.words

    def publisher(row: Any) -> Markup | str:
        return view.quoted(row.publisher) if text_of(row.publisher) else words.unknown

    def stamp(row: Any) -> Markup | str:
        if not text_of(row.sha256) or row.source_id == PERSONS:  # that is no file
            return words.unknown
        return Markup("<code>{}</code>").format(row.sha256)

    columns = [
        Column(words("Document"), lambda row: view.quoted(row.title)),
        Column(words("Issued by"), publisher),
        Column(words("Date"), lambda row: words.date(row.date)),
        Column(words("Terms"), lambda row: text_of(row.licence) or words.unknown),
        Column(words("Note"), lambda row: words.own(row, "note")),
        Column(words("SHA-256 of the file"), stamp),
    ]
    return table(words, words("Documents"), columns, view.case.sources)
