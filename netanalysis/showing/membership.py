"""How does the city take part: memberships, seats, departments?"""

from typing import Any

from netanalysis.showing.labels import label, text_of
from netanalysis.showing.markup import Fragment, background
from netanalysis.showing.view import View

__all__ = [
    "memberships",
    "participation",
    "seats",
]


def memberships(view: View) -> Fragment:
    """The city's memberships: standing, route and since when."""
    words, names = view.words, view.networks

    def route(row: Any) -> str:
        if text_of(row.via):
            return words("through {network}", network=names[row.via])
        if text_of(row.represented_by):
            return words.markup("through {body}", body=words.swedish(row.represented_by))
        return words("directly")

    return background(
        words,
        words("The city’s memberships"),
        [
            words("Network"),
            words("Standing"),
            words("Route"),
            words("Since"),
            words("Place"),
        ],
        [
            (
                names[row.network],
                label(row.standing, words) if text_of(row.standing) else words.unknown,
                route(row),
                words.date(row.since),
                words.swedish(row.locator),
            )
            for row in view.case.memberships.itertuples()
        ],
    )


def seats(view: View) -> Fragment:
    """Offices that the city holds or has held, with their terms."""
    words, names = view.words, view.networks
    return background(
        words,
        words("The city’s seats and their terms"),
        [
            words("Network"),
            words("Body"),
            words("Role"),
            words("Held by"),
            words("Term"),
            words("Place"),
        ],
        [
            (
                names[row.network],
                view.bodies[(row.network, row.body)],
                label(row.role, words),
                words.own(row, "office") or words.unknown,
                words.term(row.start, row.end),
                words.swedish(row.locator),
            )
            for row in view.case.seats.itertuples()
        ],
    )


def participation(view: View) -> Fragment:
    """Which department takes part where, in what role and with what benefit."""
    words, names = view.words, view.networks

    def body(row: Any) -> str:
        if not text_of(row.body):
            return words("not said which")
        return view.bodies[(row.network, row.body)]

    def who(row: Any) -> str:
        if not text_of(row.department):
            return words("The city; department not known")
        return view.departments[row.department]

    return background(
        words,
        words("Who takes part where, and with what benefit"),
        [
            words("Department"),
            words("Network"),
            words("Body"),
            words("Role"),
            words("When"),
            words("Benefit"),
            words("Place"),
        ],
        [
            (
                who(row),
                names[row.network],
                body(row),
                label(row.role, words),
                words.term(row.start, row.end),
                words.own(row, "benefit") or words.unknown,
                words.swedish(row.locator),
            )
            for row in view.case.participation.itertuples()
        ],
    )
