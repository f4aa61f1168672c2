"""What speaks for each network and what against, and why is a level not reached?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY
from netanalysis.pages import shared_columns
from netanalysis.pages.evaluation.calculation import against_demands
from netanalysis.pages.evaluation.least_changes import change
from netanalysis.pages.evaluation.network_grounds import network_grounds
from netanalysis.pages.evaluation.network_picture import demands_and_ratings, finding
from netanalysis.pages.evaluation.network_statements import also_on, every_statement, link
from netanalysis.pages.evaluation.readings import agrees
from netanalysis.pages.html import Fragment, folded, paragraphs, table
from netanalysis.pages.labels import label
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import in_force
from netanalysis.scoring.grounds import AGAINST, FOR
from netanalysis.scoring.upcoming_dates import most_exact

__all__ = ["sections"]

STRONGEST = 3  # grounds that are told for and against


def sections(outcome: Evaluation, view: View) -> Fragment:
    """A section for each network.

    What it is and the city's part in it; the strongest grounds for and against
    (`netanalysis.scoring.grounds`); what the evidence supports beside what each level asks for;
    what would change the outcome and whether every reading agrees; and, folded, every statement.

    Of many networks all but the heading is folded, and a table takes the place of the picture.

    Parameters
    ----------
    outcome : Evaluation
    view : View

    Returns
    -------
    Fragment
        Headings with the id ``network-`` and the network's short name; statements with the id
        ``statement-`` and theirs.
    """
    also, many = also_on(view), len(outcome.networks) > MANY
    heading = Markup('<h3 id="network-{}">{}</h3>')
    shown = []
    for network in outcome.networks:
        content = _section(outcome, network, also, view, many)
        if many:
            content = folded(finding(outcome, network, view), content)
        shown += [heading.format(network, view.networks[network]), content]
    return Fragment(Markup("\n").join(shown))


def _section(
    outcome: Evaluation, network: str, also: dict[str, str], view: View, many: bool
) -> Fragment:
    words, lead = view.words, Markup("<b>{}</b> {}")
    firmness = [
        lead.format(words("What would change it:"), change(outcome.changes.loc[network], view)),
        lead.format(words("Other readings:"), agrees(network, outcome, view)),
    ]
    grounds = _grounds(outcome, network, also, view)
    text = Markup("{}\n{}").format(grounds, paragraphs(firmness))
    if many:
        caption, columns, rows = against_demands(outcome, network, view)
        beside = Markup("{}\n{}").format(text, table(view.words, caption, columns, rows))
    else:
        picture = demands_and_ratings(outcome, network, view).html
        beside = Markup("<div>\n{}\n</div>\n<div>\n{}\n</div>").format(picture, text)
    about = paragraphs([_about(outcome, network, view)])
    statements = every_statement(outcome, network, also, view)
    section = Markup('{}\n<div class="network">\n{}\n{}\n</div>')
    return Fragment(section.format(about, beside, statements))


def _about(outcome: Evaluation, network: str, view: View) -> Markup:
    """What a network is, the city's membership and seats, and today's level."""
    words, case = view.words, outcome.case
    row = next(case.networks[case.networks["network"] == network].itertuples())
    note = view.own(row, "note")
    told: list[str] = [*([f"{note.rstrip('.')}."] if note else []), *_membership(network, view)]
    held = case.seats[case.seats["network"] == network]
    held = held[in_force(held["start"], held["end"], view.as_of)]
    seats = [
        words(
            "{body}, {role}, {term}",
            body=view.bodies[(seat.network, seat.body)],
            role=label(seat.role, words).lower(),
            term=words.term(seat.start, seat.end, seat.ongoing == "yes"),
        )
        for seat in most_exact(held, ["network", "body", "role"], ["start", "end"]).itertuples()
    ]
    if seats:
        told.append(words("Seats: {seats}.", seats="; ".join(dict.fromkeys(seats))))
    today = view.today(outcome.today[network])
    return Markup(" ").join([*told, words("Today’s level: {today}.", today=today)])


def _membership(network: str, view: View) -> list[str]:
    words, rows = view.words, view.case.memberships
    rows = rows[rows["network"] == network]
    rows = rows[in_force(rows["since"], rows["until"], view.as_of)]
    represented = rows["standing"] == "represented"
    own, told = rows[~represented], []
    if len(own):
        known = [label(code, words).lower() for code in own["standing"].dropna().unique()]
        since = words.alternatives(words.date(day) for day in own["since"].dropna().unique())
        known += [words("since {date}", date=since)] if since else []
        via = own["via"].dropna().unique()
        known += [words("through {network}", network=view.networks[name]) for name in via]
        membership = words("Membership: {known}.", known=", ".join(known) or words.unknown)
        told.append(membership)
    through = rows.loc[represented, "represented_by"].dropna().unique()
    if len(through):
        bodies = Markup(", ").join(map(view.quoted, through))
        told.append(words.markup("Represented through {body}.", body=bodies))
    return told


def _grounds(outcome: Evaluation, network: str, also: dict[str, str], view: View) -> Fragment:
    """The strongest grounds for, and against."""
    words = view.words
    levels, found = network_grounds(outcome, network)
    texts = outcome.case.statements.set_index("statement")
    asked = dict(zip((FOR, AGAINST), (view.levels[level] for level in levels), strict=True))
    heads = {
        FOR: words("For (meets what {level} asks for)", level=asked[FOR]),
        AGAINST: words("Against (falls short of what {level} asks for)", level=asked[AGAINST]),
    }
    parts = []
    for side, head in heads.items():
        own = found[found["side"] == side]
        if own.empty:
            nothing = words("{head}: nothing in the sources.", head=head)
            parts.append(Markup('<p class="side">{}</p>').format(nothing))
            continue
        if len(own) > STRONGEST:
            head = words(
                "{head}: the strongest {shown} of {all}",
                head=head,
                shown=words.number(STRONGEST),
                all=words.number(len(own)),
            )
        items = (_ground(row, texts, also, view) for row in own.head(STRONGEST).itertuples())
        listed = Markup("\n").join(map(Markup("<li>{}</li>").format, items))
        parts.append(Markup('<p class="side">{}</p>\n<ul>\n{}\n</ul>').format(head, listed))
    return Fragment(Markup("\n").join(parts))


def _ground(row: Any, texts: pd.DataFrame, also: dict[str, str], view: View) -> Markup:
    said = texts.loc[row.statement]
    return Markup("{}: {}{} ({})").format(
        view.criteria[row.criterion],
        view.own(said, "text"),
        also.get(row.statement, ""),
        link(row.statement, shared_columns.evidence_place(view).cell(said)),
    )
