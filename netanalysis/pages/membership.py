"""How does the city take part: memberships, seats, departments?"""

from typing import Any

from netanalysis.pages import shared_columns
from netanalysis.pages.html import Column, Fragment, background
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.view import View

__all__ = [
    "memberships",
    "participation",
    "seats",
]


def memberships(view: View) -> Fragment:
    """The city's memberships: standing, route and since when."""
    words, names = view.words, view.networks

    def standing(row: Any) -> str:
        return label(row.standing, words) if text_of(row.standing) else words.unknown

    def route(row: Any) -> str:
        if text_of(row.via):
            return words("through {network}", network=names[row.via])
        if text_of(row.represented_by):
            return words.markup("through {body}", body=view.quoted(row.represented_by))
        return words("directly")

    def end(row: Any) -> str:
        return words.date(row.until) if text_of(row.until) else words("no end stated")

    ended = view.case.memberships["until"].notna().any()
    until = Column(words("Until"), end)
    columns = [
        shared_columns.network(view),
        Column(words("Standing"), standing),
        Column(words("Route"), route),
        Column(words("Since"), lambda row: words.date(row.since)),
        *([until] if ended else []),
        shared_columns.source_place(view),
    ]
    return background(words, words("The city’s memberships"), columns, view.case.memberships)


def seats(view: View) -> Fragment:
    """Offices that the city holds or has held, with their terms."""
    words = view.words
    columns = [
        shared_columns.network(view),
        Column(words("Body"), lambda row: view.bodies[(row.network, row.body)]),
        Column(words("Role"), lambda row: label(row.role, words)),
        Column(words("Held by"), lambda row: words.own(row, "office") or words.unknown),
        Column(words("Term"), lambda row: words.term(row.start, row.end, row.ongoing == "yes")),
        shared_columns.source_place(view),
    ]
    return background(words, words("The city’s seats and their terms"), columns, view.case.seats)


def participation(view: View) -> Fragment:
    """Which department takes part where, in what role and with what benefit.

    What is alike in several bodies is one row.
    """
    words, rows = view.words, view.case.participation
    alike = [name for name in rows.columns if name != "body"]
    rows = rows.groupby(alike, sort=False, dropna=False)["body"].agg(tuple).reset_index()

    def body(row: Any) -> str:
        named = [view.bodies[(row.network, one)] for one in row.body if text_of(one)]
        return "; ".join(named) or words("not said which")

    def who(row: Any) -> str:
        if not text_of(row.department):
            return words("The city; department not known")
        return view.departments[row.department]

    columns = [
        Column(words("Department"), who),
        shared_columns.network(view),
        Column(words("Body"), body),
        Column(words("Role"), lambda row: label(row.role, words)),
        Column(words("When"), lambda row: words.term(row.start, row.end, row.ongoing == "yes")),
        Column(words("Benefit"), lambda row: words.own(row, "benefit") or words.unknown),
        shared_columns.source_place(view),
    ]
    caption = words("Departments and the networks: part, time and benefit")
    return background(words, caption, columns, rows)
