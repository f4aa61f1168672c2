"""What does the source say, for and against, and where is it silent or at odds with itself?

Every row is traced to its place in the source.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.scoring import agreement, responses
from netanalysis.scoring.ratings import ANSWERS, SILENCE, rate
from netanalysis.showing.labels import coder_name, label, text_of
from netanalysis.showing.markup import Fragment, background, bullets, folded, paragraphs, table
from netanalysis.showing.view import View
from netanalysis.showing.wording import MANY

__all__ = [
    "all_facts",
    "coding_agreement",
    "contradictions",
    "facts",
    "gaps",
    "goals",
    "silence",
    "sources",
    "statements",
]

MIDDLE = 2  # of the scale 0 to 4

# Attributes of facts, by the section of the report that shows them; the rest describe.
TOPICS = {
    "direction": ("direction_at_joining", "direction_now", "constituency", "growth"),
    "ways": (
        "alternative_contacts",
        "alternative_forms",
        "other_contacts",
        "portfolio_without_both",
        "represented_in_uclg",
        "sought_after_partner",
    ),
    "asked": (
        "answers",
        "consultation_purpose",
        "consulted",
        "consulted_persons",
        "in_scope",
        "questions_along",
    ),
    "steps": (
        "commitment_needed",
        "contact_network",
        "monitoring_model",
        "more_networks_wanted",
        "own_network",
        "own_plans",
        "own_strategy",
        "political_commitment",
        "reporting_back",
        "spreading_results",
    ),
}


def facts(view: View, topic: str = "") -> Fragment:
    """Facts on one topic.

    Parameters
    ----------
    view : View
    topic : {"", "network", "direction", "ways", "asked", "steps"}
        A section of the report; "network" is every fact about a network, "" those about the
        city that no other section shows.

    Returns
    -------
    Fragment
    """
    words, rows = view.words, view.case.facts
    captions = {
        "": words("The review and its background"),
        "network": words("Facts from the source"),
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
    if topic == "asked" and rows.empty and len(view.case.asked):
        return _asked(view)
    return _facts(rows, captions[topic], view)


def _asked(view: View) -> Fragment:
    """How many departments were asked, and answered; their answers are among the statements."""
    words, case = view.words, view.case
    given = responses.rates(case.asked, case.answers, "department")
    said = words.plural(
        "{count} department was asked, and {answered} has answered. What it answered is noted "
        "among the evidence.",
        "{count} departments were asked, and {answered} have answered. What they answered is "
        "noted among the evidence.",
        len(given),
        answered=words.number((given["answered"] > 0).sum()),
    )
    return paragraphs([said] if len(given) else [words("Persons were asked one by one.")])


def all_facts(view: View) -> Fragment:
    """The facts about each network that no other section shows, each network's table folded.

    Those about many networks are one table.
    """
    words, shown = view.words, []
    found = view.case.facts[~view.case.facts["attribute"].isin(sum(TOPICS.values(), ()))]
    if len(view.networks) > MANY:
        return _facts(found[found["network"].notna()], words("Facts from the source"), view)
    for network, name in view.networks.items():
        caption = words("{network}: facts from the source", network=name)
        rows = found[found["network"] == network]
        shown.append(folded(caption, _facts(rows, caption, view)))
    return Fragment(Markup("\n").join(shown))


def _facts(rows: pd.DataFrame, caption: str, view: View) -> Fragment:
    words, about = view.words, view.concerned
    return background(
        words,
        caption,
        [words("Concerns"), words("The source says"), words("Place")],
        [
            (about[text_of(row.network)], words.own(row, "text"), words.swedish(row.locator))
            for row in rows.itertuples()
        ],
    )


def goals(view: View) -> Fragment:
    """The city's goals, and the criteria that serve them."""
    words, names = view.words, view.criteria
    served = view.case.criteria.groupby("goal")["criterion"].agg(list)
    return table(
        words,
        words("The city’s goals"),
        [words("Goal"), words("Kind"), words("Criterion that serves it"), words("Place")],
        [
            (
                words.own(row, "title"),
                label(row.kind, words),
                words.listing(names[name] for name in served.get(row.goal, [])) or "–",
                words.swedish(row.locator),
            )
            for row in view.case.goals.itertuples()
        ],
    )


def statements(view: View, network: str = "", section: str = "") -> Fragment:
    """Coded evidence of one network, for and against, or on the criteria of one section.

    A statement speaks for engagement when its whole rating is 2 or more (not only 2), against
    it when the whole rating is 2 or less; the rest leave it open. On a criterion of many
    networks the ratings are shown instead.

    Parameters
    ----------
    view : View
    network : str, optional
    section : {"", "effort", "dependence"}
        Of criteria, as their table says; where no criterion stands in it, a sentence says so.
    """
    words, names, criteria = view.words, view.networks, view.criteria
    if section:
        rows = view.case.criteria
        own = rows.loc[rows["section"] == section, "criterion"]
        if own.empty:
            return paragraphs([words("No criterion is about this.")])
        return Fragment(Markup("\n").join(_on_criterion(view, name) for name in own))
    order = {name: number for number, name in enumerate(criteria)}
    rows = view.case.statements[view.case.statements["network"] == network]
    rows = rows.sort_values("criterion", key=lambda of: of.map(order), kind="stable")
    if rows.empty:
        return paragraphs([words("There is no evidence on {network}.", network=names[network])])
    header = [words("Criterion"), *_statement_heads(view)]
    speaks_for = (rows["low"] >= MIDDLE) & (rows["high"] > MIDDLE)
    against = (rows["high"] <= MIDDLE) & (rows["low"] < MIDDLE)
    groups = [
        (words("{network}: for (rating of 2 or more)", network=names[network]), rows[speaks_for]),
        (words("{network}: against (rating of 2 at most)", network=names[network]), rows[against]),
        (words("{network}: leaves it open", network=names[network]), rows[~speaks_for & ~against]),
    ]
    shown = [
        table(
            words,
            caption,
            header,
            [(criteria[row.criterion], *_statement(row, view)) for row in group.itertuples()],
            numeric=[2],
        )
        for caption, group in groups
        if len(group)
    ]
    return Fragment(Markup("\n").join(shown))


def _on_criterion(view: View, criterion: str) -> Fragment:
    """The evidence on one criterion, network by network; of many what it comes to."""
    words, names = view.words, view.networks
    rows = view.case.statements[view.case.statements["criterion"] == criterion]
    if rows["network"].nunique() > MANY:
        return _rated(view, rows, criterion)
    place = {name: number for number, name in enumerate(names)}
    rows = rows.sort_values("network", key=lambda of: of.map(place), kind="stable")
    caption = words("Evidence on: {criterion}", criterion=view.criteria[criterion])
    lines = [(names[row.network], *_statement(row, view)) for row in rows.itertuples()]
    return table(words, caption, [words("Network"), *_statement_heads(view)], lines, numeric=[2])


def _statement_heads(view: View) -> list[str]:
    words = view.words
    return [words("The source says"), words("Rating"), words("Coder"), words("Place")]


def _statement(row: Any, view: View) -> tuple[Any, ...]:
    words = view.words
    rating = label(row.state, words) if text_of(row.state) else words.interval(row.low, row.high)
    coder = coder_name(row.coder, words)
    return words.own(row, "text"), rating, coder, words.swedish(row.locator)


def _rated(view: View, rows: pd.DataFrame, criterion: str) -> Fragment:
    """What many networks' evidence on one criterion comes to."""
    words, names = view.words, view.networks
    rated = rate(rows, view.case.networks, [criterion]).reset_index()
    shown = background(
        words,
        words("Rating on: {criterion}", criterion=view.criteria[criterion]),
        [words("Network"), words("Rating"), words("Statements")],
        [
            (
                names[row.network],
                label(row.state, words) if row.state else words.interval(row.low, row.high),
                words.number(row.n_statements),
            )
            for row in rated.itertuples()
        ],
        numeric=[1, 2],
    )
    return Fragment(shown + paragraphs([words("The evidence itself stands under each network.")]))


def contradictions(outcome: Evaluation, view: View) -> Fragment:
    """Where the source contradicts itself, with both places."""
    words, about = view.words, view.concerned

    def said(row: Any, which: str) -> Markup:
        since = text_of(getattr(row, f"{which}_since"))
        text = words("member since {date}", date=since) if since else words.own(row, which)
        return Markup("{} ({})").format(text, words.swedish(getattr(row, f"{which}_locator")))

    return table(
        words,
        words("Statements that do not agree"),
        [words("Concerns"), words("Kind"), words("One place says"), words("Another says")],
        [
            (
                about[text_of(row.network)],
                label(row.kind, words),
                said(row, "first"),
                said(row, "second"),
            )
            for row in outcome.contradictions.itertuples()
        ],
    )


def silence(outcome: Evaluation, view: View) -> Fragment:
    """How much evidence there is, and what silence and missing evidence mean."""
    words, rated = view.words, outcome.ratings
    counts = rated["state"].value_counts()
    judged = rated[rated["state"] == ""].index.unique("criterion")
    bare = [name for criterion, name in view.criteria.items() if criterion not in judged]
    nowhere = words(
        "There is no evidence for any network on {criteria}.", criteria=words.listing(bare)
    )
    return paragraphs(
        [
            words(
                "Of {cells} ratings (networks times criteria), {rated} rest on evidence; silence: "
                "{silent}, no evidence: {missing}.",
                cells=words.number(len(rated)),
                rated=words.number(counts.get("", 0)),
                silent=words.number(counts.get("silence", 0)),
                missing=words.number(counts.get("no_evidence", 0)),
            ),
            words(
                "Silence is a finding of its own and is not counted against a network: like "
                "missing evidence it leaves the rating open over the whole scale."
            ),
            *([nowhere] if bare else []),
        ]
    )


def gaps(outcome: Evaluation, view: View) -> Fragment:
    """Ratings that are missing, or that one coder alone has found."""
    words, case, rated = view.words, view.case, outcome.ratings
    silent = case.statements[case.statements["state"] == SILENCE]
    one_silent = rated.index.isin(silent.set_index(["network", "criterion"]).index)

    def why(row: Any) -> str:
        if row.state:
            return label(row.state, words)
        if row.one_silent:
            return words("one coder found silence")
        return words("found by one coder only")

    coders = case.statements["coder"].replace(ANSWERS, None).nunique()
    rows = rated.assign(one_silent=one_silent).reset_index()
    rows = rows[(rows["state"] != "") | (rows["n_coders"] < coders) | rows["one_silent"]]
    return background(
        words,
        words("Gaps in the evidence"),
        [words("Network"), words("Criterion"), words("What is missing"), words("Rating used")],
        [
            (
                view.networks[row.network],
                view.criteria[row.criterion],
                why(row),
                "–" if pd.isna(row.low) else words.interval(row.low, row.high),
            )
            for row in rows.itertuples()
        ],
        numeric=[3],
    )


def coding_agreement(outcome: Evaluation, view: View) -> Fragment:
    """How far the coders agree, and on which ratings they do not meet."""
    words, coded = view.words, outcome.coded
    if outcome.agreement is None:
        return paragraphs([words("Agreement between coders cannot be computed.")])
    table = agreement.coder_midpoints(coded)
    units = agreement.pairable_units(table)
    first = words(
        "Coders: {coders}, working independently of each other. Krippendorff’s alpha is {alpha} "
        "(ordinal; units: network by criterion, value: midpoint; {units} pairable units). It "
        "measures how consistently the source was coded, not whether the coding is true.",
        coders=words.number(len(table)),
        alpha=words.number(outcome.agreement, 2),
        units=words.number(units),
    )
    apart = agreement.disjoint_cells(coded)
    if not apart:
        return paragraphs([first, words("On every rating the coders’ intervals meet.")])
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


def sources(view: View) -> Fragment:
    """The documents, with what identifies them."""
    words = view.words

    def stamp(row: Any) -> Markup:
        if not text_of(row.sha256):
            return Markup.escape(words.unknown)
        return Markup("<code>{}</code>").format(row.sha256)

    return table(
        words,
        words("Documents"),
        [
            words("Document"),
            words("Issued by"),
            words("Date"),
            words("Terms"),
            words("Note"),
            words("SHA-256 of the file"),
        ],
        [
            (
                words.swedish(row.title),
                words.swedish(text_of(row.publisher)) or words.unknown,
                words.date(row.date),
                text_of(row.licence) or words.unknown,
                words.own(row, "note"),
                stamp(row),
            )
            for row in view.case.sources.itertuples()
        ],
    )
