"""Which columns stand in many tables?"""

from typing import Any

from markupsafe import Markup

from netanalysis.pages.html import Column
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.view import View

__all__ = [
    "concerns",
    "criterion",
    "department",
    "evidence_place",
    "level",
    "network",
    "reason",
    "source_place",
    "source_text",
]


def network(view: View) -> Column:
    """The network that a row is about."""
    return Column(view.words("Network"), lambda row: view.networks[row.network])


def concerns(view: View) -> Column:
    """The network that a row is about, or the city."""
    return Column(view.words("Concerns"), lambda row: view.concerned[text_of(row.network)])


def criterion(view: View) -> Column:
    """The criterion that a row is about."""
    return Column(view.words("Criterion"), lambda row: view.criteria[row.criterion])


def department(view: View) -> Column:
    """The department that a row is about."""
    return Column(view.words("Department"), lambda row: view.departments[row.department])


def source_place(view: View) -> Column:
    """Where in the source it is said."""
    return Column(
        view.words("Where in the source"), lambda row: view.place(row.source_id, row.locator)
    )


def evidence_place(view: View) -> Column:
    """Where in the source evidence is found, and who tells of it where that is one alone."""

    def place(row: Any) -> Markup:
        at, by = view.place(row.source_id, row.locator), text_of(row.told_by)
        return Markup("{} ({})").format(at, label(by, view.words)) if by else at

    return Column(view.words("Where in the source"), place)


def level(view: View) -> Column:
    """The level of engagement that a row is about."""
    return Column(view.words("Level"), lambda row: view.levels[row.level])


def reason(view: View) -> Column:
    """Why the row says what it says."""
    return Column(view.words("Reason"), lambda row: view.own(row, "reason"))


def source_text(view: View) -> Column:
    """What the source says."""
    return Column(view.words("The source says"), lambda row: view.own(row, "text"))
