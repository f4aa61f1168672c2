"""Which memberships need attention, why and by when, and which can be carried on unchanged?

The most urgent stand in an open table; the rest of a long list is folded and counted.
"""

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from netanalysis.language.languages import LANGUAGES
from netanalysis.language.words import Words
from netanalysis.pages.costs import yearly_text
from netanalysis.pages.html import Column, Fragment, folded, paragraphs, table
from netanalysis.pages.labels import label, next_date, text_of
from netanalysis.pages.portfolio.closer_look import Portfolio
from netanalysis.pages.view import View
from netanalysis.scoring.triage import CARRY_ON, LOOK_CLOSER, OWNER_MISSING

__all__ = ["attention", "carried_on"]

NAMED = 15  # memberships that an open table lists before the rest is folded


def attention(about: Portfolio, view: View) -> Fragment:
    """The memberships to look closer at and those without an owner, the most urgent first."""
    words = view.words
    rows = about.urgent(view)
    pointed = about.pointed_to.loc[rows.index]
    closer, lost = rows["group"] == LOOK_CLOSER, rows["group"] == OWNER_MISSING
    owner = _owner(view)
    order = words(
        "Most urgent first: those with a date within {months} months, then those with most "
        "reasons.",
        months=words.number(about.months),
    )
    parts = [
        (closer & pointed, words("Need a closer look for a stated reason"), [owner]),
        (closer & ~pointed, words("Need a closer look to find something out"), [owner]),
        (lost, words("Owner missing"), []),
    ]
    shown = [
        _listed(about, rows[chosen], caption, columns, view)
        for chosen, caption, columns in parts
        if chosen.any()
    ]
    if not shown:
        return paragraphs([words("As far as is known, no membership needs a closer look.")])
    return Fragment(Markup("\n").join([paragraphs([order]), *shown]))


def carried_on(about: Portfolio, view: View) -> Fragment:
    """The memberships that can be carried on unchanged, counted and folded."""
    words, goals = view.words, view.goals
    rows = about.found[about.found["group"] == CARRY_ON]
    if rows.empty:
        return paragraphs([words("As far as is known, none can continue without a closer look.")])
    summary = words.plural(
        "{count} membership can continue unchanged",
        "{count} memberships can continue unchanged",
        len(rows),
    )
    columns = [
        _network(view),
        _owner(view),
        Column(words("Decided by"), lambda row: _bodies(row, words)),
        Column(words("Goal"), lambda row: words.listing(goals[goal] for goal in row.goals)),
        _cost(about, words, "number"),
        _last(about, words),
    ]
    return folded(summary, table(words, summary, columns, rows))


def _listed(
    about: Portfolio, rows: pd.DataFrame, caption: str, more: Sequence[Column], view: View
) -> Markup:
    """A table of memberships with their reasons; beyond the first ones it is folded."""
    words = view.words
    columns = [
        _network(view),
        Column(words("Why"), lambda row: _why(row, about, words)),
        *more,
        Column(words("Next date"), lambda row: next_date(row.next_date, row.next_kind, words)),
        _cost(about, words),
        _last(about, words),
    ]
    whole = f"{caption} ({words.number(len(rows))})"
    first = len(rows) if len(rows) <= NAMED + 1 else NAMED
    shown: list[Markup] = [table(words, whole, columns, rows[:first])]
    if rest := len(rows) - first:
        others = words.plural(
            "{caption}: {count} more, less urgent",
            "{caption}: {count} more, less urgent",
            rest,
            caption=caption,
        )
        shown.append(folded(others, table(words, others, columns, rows[first:])))
    return Markup("\n").join(shown)


def _network(view: View) -> Column:
    return Column(view.words("Network"), lambda row: view.networks[row.Index])


def _owner(view: View) -> Column:
    names = view.departments
    return Column(
        view.words("Owner"), lambda row: view.words.listing(names[owner] for owner in row.owners)
    )


def _cost(about: Portfolio, words: Words, align: Literal["", "number"] = "") -> Column:
    return Column(
        words("Annual cost"), lambda row: yearly_text(about.yearly, row.Index, words), align
    )


def _why(row: Any, about: Portfolio, words: Words) -> str:
    """The reasons in few words, but for the owner, of whom the table tells anyway."""
    years = words.number(about.years)
    date, kind = row.turning_date, row.turning_kind
    brief = {
        "date_near": ""
        if not text_of(date)
        else f"{label(kind, words)} {words.date(date, short=True)}".replace(" ", "\u00a0"),
        "via_looked_at": words("runs through a network that needs attention"),
        "owner_aside": words("the owner stands aside"),
        "not_active": words("no participation known for {years} years", years=years),
        "activity_undated": words("no dated participation for {years} years", years=years),
        "cost_large": words("among the largest costs"),
        "cost_unknown": words("cost not known"),
        "cost_in_part": words("cost known in part"),
        "no_goal": words("no goal named"),
        "no_deciding_body": words("not known who decides"),
    }
    text = "; ".join(brief[code] for code in row.reasons if code in brief)
    return text[:1].upper() + text[1:] or words("Nothing else to note")


def _last(about: Portfolio, words: Words) -> Column:
    """When the city last took part; as_of stands for what goes on still."""

    def day(row: Any) -> str:
        if text_of(row.last_participation) == about.as_of:
            return words("under way")
        return words.date(row.last_participation, short=True)

    return Column(words("Last took part"), day)


def _bodies(row: Any, words: Words) -> str:
    """The bodies that decide, in another language where they are named in that one only."""
    languages = sorted(LANGUAGES, key=lambda language: language != words.language)
    named = (getattr(row, f"deciding_bodies_{language}") for language in languages)
    return words.listing(next(filter(None, named), ()))
