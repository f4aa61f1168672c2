"""How does the city take part: memberships, seats, departments?"""

from typing import Any

from netanalysis.loaders.case import Case
from netanalysis.showing.labels import label, network_names, text_of
from netanalysis.showing.markup import Fragment, background
from netanalysis.showing.wording import speak

__all__ = [
    "memberships",
    "participation",
    "seats",
]


def memberships(case: Case, language: str) -> Fragment:
    """The city's memberships: standing, route and since when."""
    words, names = speak(language), network_names(case)

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
            for row in case.memberships.itertuples()
        ],
    )


def seats(case: Case, language: str) -> Fragment:
    """Offices that the city holds or has held, with their terms."""
    words, names = speak(language), network_names(case)
    bodies = case.bodies.set_index(["network", "body"])
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
                words.own(bodies.loc[(row.network, row.body)], "name"),
                label(row.role, words),
                words.own(row, "office") or words.unknown,
                words.term(row.start, row.end),
                words.swedish(row.locator),
            )
            for row in case.seats.itertuples()
        ],
    )


def participation(case: Case, language: str) -> Fragment:
    """Which department takes part where, in what role and with what benefit."""
    words, names = speak(language), network_names(case)
    bodies = case.bodies.set_index(["network", "body"])
    departments = case.departments.set_index("department")

    def body(row: Any) -> str:
        if not text_of(row.body):
            return words("not said which")
        return words.own(bodies.loc[(row.network, row.body)], "name")

    def who(row: Any) -> str:
        if not text_of(row.department):
            return words("The city; department not known")
        return words.own(departments.loc[row.department], "name")

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
            for row in case.participation.itertuples()
        ],
    )
