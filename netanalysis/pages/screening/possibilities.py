"""What would a membership add, on what evidence, and by which rule is the proposal made?"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.pages.html import Column, Fragment, bullets, folded, paragraphs, table
from netanalysis.pages.labels import decision, rating_text, text_of
from netanalysis.pages.portrait.member_lists import list_column
from netanalysis.pages.screening.requests import Requests, section
from netanalysis.pages.view import View
from netanalysis.scoring import overlap
from netanalysis.scoring.handling import BLANKS, STEPS
from netanalysis.screening import Screening

__all__ = ["adds", "afterwards", "documents", "rule"]


def adds(
    about: Requests, view: View, lists: tuple[pd.DataFrame, Gazetteer] | None
) -> Fragment | None:
    """On what evidence the levels rest, and which goal and which cities a membership would add.

    Parameters
    ----------
    about : Requests
    view : View
    lists : (DataFrame, Gazetteer) or None
        From `netanalysis.loaders.members.lists.lists_at_hand`.
    """
    request = about.one
    if request is None:
        return None
    texts = [*_evidence(request, view), *_goals(request, view), *_reach(request, view, lists)]
    title = view.words("The evidence, what a membership would add, and what it doubles")
    return section(title, bullets(texts))


def rule(about: Requests, view: View) -> Fragment | None:
    """The rule by which the proposal for handling is made, with the step that applies."""
    if about.request and about.one is None:
        return None
    if not about.found or all(map(about.withheld, about.found)):
        return None
    words = view.words
    texts = {
        "many_blanks": words(
            "{count} or more of the questions 2–6 have no answer: investigate, and nothing else.",
            count=words.number(BLANKS),
        ),
        "other_body": words(
            "Another body than the one that decides on the memberships has to decide: refer to the "
            "right committee or company. A motion stays with whoever it was put to."
        ),
        "no_membership": words(
            "Only “{level}” is possible, whatever is still unknown: propose rejection.",
            level=view.levels["not_a_member"],
        ),
        "some_blanks": words("One or two of the questions 2–6 have no answer: investigate."),
        "membership": words(
            "“{level}” is not possible, whatever is still unknown: propose membership.",
            level=view.levels["not_a_member"],
        ),
        "without_membership": words(
            "The city takes part, or is represented, without a membership: take part without "
            "membership."
        ),
        "open": words("Else: propose it on trial, with an end and a measure."),
    }
    applied = about.one.step if about.one else ""
    mark = Markup("<strong>{}</strong> ({})")
    items = [
        mark.format(texts[step], words("applies here")) if step == applied else texts[step]
        for step in STEPS
    ]
    lines = Markup("\n").join(Markup("<li>{}</li>").format(item) for item in items)
    intro = words("The steps are asked in this order, and the first that applies gives the "
                  "proposal. A question has no answer where nothing that it asks for is "
                  "known.")  # fmt: skip
    content = Markup("{}\n<ol>\n{}\n</ol>").format(paragraphs([intro]), lines)
    return folded(words("The rule for the proposal"), content)


def afterwards(about: Requests, view: View) -> Fragment | None:
    """What was decided after the day, and what came later; nothing where the case tells of none."""
    request = about.one
    if request is None or (request.decided.empty and request.afterwards.empty):
        return None
    words = view.words
    rows = [
        (row.date, words("Decision: {decision}", decision=decision(row, view)), row)
        for row in request.decided.itertuples()
    ]
    rows += [(row.start, view.own(row, "name"), row) for row in request.afterwards.itertuples()]
    rows.sort(key=lambda row: str(row[0]))
    columns = [
        Column(words("Date"), lambda row: words.date(row[0])),
        Column(words("What"), lambda row: row[1]),
        Column(
            words("Where in the source"),
            lambda row: view.of(request.given).place(row[2].source_id, row[2].locator),
        ),
    ]
    shown = table(words, words("What was decided, and what came later"), columns, rows)
    return Fragment(shown + paragraphs([words("None of it counts above.")]))


def documents(about: Requests, view: View) -> Fragment | None:
    """The documents that the page on one request rests on."""
    request = about.one
    if request is None:
        return None
    tables = [request.own(name) for name in ("statements", "facts", "costs", "memberships")]
    cited = {str(request.row.source_id)}.union(
        *(frame["source_id"].dropna() for frame in (*tables, request.decided, request.afterwards))
    )
    rows = request.given.sources
    items = [_document(row, view) for row in rows[rows["source_id"].isin(cited)].itertuples()]
    return folded(view.words("Documents"), bullets(items))


def _document(row: Any, view: View) -> Markup:
    """A document with its issuer, its date and its terms."""
    words, publisher = view.words, text_of(row.publisher)
    parts = [view.quoted(row.title), view.quoted(publisher) if publisher else words.unknown]
    parts += [words.date(row.date), words("terms: {terms}", terms=row.licence)
              if text_of(row.licence) else words("terms: not known")]  # fmt: skip
    return Markup("; ").join(parts)


def _evidence(request: Screening, view: View) -> Iterator[str]:
    """On which criteria there is evidence, and on which there is none."""
    words, rated = view.words, request.rated
    told = [
        words("{criterion} {rating}", criterion=view.criteria[str(row.Index)],
              rating=rating_text(row, words))
        for row in rated.itertuples()
    ]  # fmt: skip
    rest = [label for name, label in view.criteria.items() if name not in rated.index]
    if told:
        yield words("Evidence, from 0 to 4: {ratings}.", ratings="; ".join(told))
    if rest:
        yield words(
            "No evidence, so that every rating is tried: {criteria}. The benefit that is stated "
            "with a request is no evidence.",
            criteria=words.listing(rest),
        )


def _goals(request: Screening, view: View) -> Iterator[str]:
    words, goal = view.words, request.row.goal
    if not isinstance(goal, str):
        yield words("No goal is named that a membership would serve.")
        return
    named = view.goals[goal]
    if request.serving:
        yield words.plural(
            "The goal “{goal}” is served by {count} membership already.",
            "The goal “{goal}” is served by {count} memberships already.",
            len(request.serving),
            goal=named,
        )
        return
    text = words("No membership is known to serve the goal “{goal}”.", goal=named)
    if request.goalless:
        text += " " + words.plural(
            "For {count} membership no goal is stated, and it may serve it.",
            "For {count} memberships no goal is stated, and they may serve it.",
            len(request.goalless),
        )
    yield text


def _reach(
    request: Screening, view: View, lists: tuple[pd.DataFrame, Gazetteer] | None
) -> Iterator[Markup | str]:
    words, network, place = view.words, request.network, view.about["geoname_id"]
    name = view.networks[network]
    listed = set() if lists is None else set(lists[0]["network"])
    if lists is None or network not in listed or pd.isna(place):
        yield words(
            "No member list of {network} is to be had, so it cannot be told which cities it would "
            "add.",
            network=name,
        )
        return
    members, home = lists[0], int(place)
    own = [one for one in request.memberships if one in listed]
    row = overlap.sole_reach(members, [*own, network], home).loc[network]
    shared = overlap.shared_members(members).loc[network]
    told = list_column(words).cell(members[members["network"] == network].iloc[0])
    unlisted = len(own) < len(request.memberships)
    if pd.isna(row["cities"]):
        yield words(
            "The member list of {network} ({list}) is not whole, so it cannot be told which cities "
            "it would add.",
            network=name,
            list=told,
        )
    else:
        exact = row["bound"] == "exact" and not unlisted
        count = int(row["cities"])
        yield (
            words.plural(
                "Through {network} the city would meet {count} city that it meets through none of "
                "its other networks, by member lists ({list}).",
                "Through {network} the city would meet {count} cities that it meets through none "
                "of its other networks, by member lists ({list}).",
                count,
                network=name,
                list=told,
            )
            if exact
            else words.plural(
                "Through {network} the city would meet at most {count} city that it meets through "
                "none of its other networks, by member lists ({list}).",
                "Through {network} the city would meet at most {count} cities that it meets "
                "through none of its other networks, by member lists ({list}).",
                count,
                network=name,
                list=told,
            )
        )
    doubled = [
        words("{network} ({count})", network=view.networks[one], count=words.number(shared[one]))
        for one in sorted(own, key=lambda one: -int(shared[one]))
        if shared[one] > 0
    ]
    if doubled:
        yield words("Cities in common with: {networks}.", networks=words.some(doubled))
    if unlisted:
        yield words.plural(
            "Of {count} membership there is no list, and it may have some of these cities.",
            "Of {count} memberships there is no list, and they may have some of these cities.",
            len(request.memberships) - len(own),
        )
    yield words("The lists have days of their own, which may be later than the day of the request.")
