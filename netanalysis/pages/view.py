"""In which words does a page tell of a case? Its names and its language, asked once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.case import Case
from netanalysis.scoring.costs import converted
from netanalysis.scoring.engagement import OPEN

__all__ = ["View"]

_PARAGRAPH = re.compile(r"\s?¶\s?(?=\d)")


@dataclass(frozen=True, eq=False)
class View:
    """A case in one language.

    Attributes
    ----------
    case : Case
    language : str
        One of `netanalysis.language.words.LANGUAGES`.

    Examples
    --------
    >>> from netanalysis import load_case
    >>> view = View(load_case("stockholm-2011"), "sv")
    >>> view.networks["uclg"], view.level("lead"), view.level("open")
    ('UCLG', 'Medlem med uppdrag', 'Öppet')
    """

    case: Case
    language: str

    def __post_init__(self) -> None:
        speak(self.language)  # an unknown language is refused here

    @cached_property
    def words(self) -> Words:
        """The page's language."""
        return speak(self.language)

    @property
    def about(self) -> pd.Series:
        """The row that says what is evaluated, when and by whom."""
        return self.case.case.iloc[0]

    @cached_property
    def costs(self) -> pd.DataFrame:
        """The costs in one currency, as far as rates are stated."""
        return converted(self.case.costs, self.case.rates)

    @property
    def as_of(self) -> str:
        """The date of the evaluation."""
        return str(self.about["as_of"])

    @cached_property
    def networks(self) -> dict[str, str]:
        """Name of each network."""
        return dict(zip(self.case.networks["network"], self.case.networks["name"], strict=True))

    @cached_property
    def concerned(self) -> dict[str, str]:
        """Whom a row is about: name of each network, and the city's where it names none ("")."""
        return {**self.networks, "": self.about["city"]}

    @cached_property
    def criteria(self) -> dict[str, str]:
        """Label of each criterion."""
        return self._named(self.case.criteria, "criterion", "label")

    @cached_property
    def levels(self) -> dict[str, str]:
        """Label of each level of engagement, the lowest first."""
        return self._named(self.case.levels.sort_values("order"), "level", "label")

    @cached_property
    def departments(self) -> dict[str, str]:
        """Name of each department."""
        return self._named(self.case.departments, "department", "name")

    @cached_property
    def goals(self) -> dict[str, str]:
        """Title of each goal."""
        return self._named(self.case.goals, "goal", "title")

    @cached_property
    def bodies(self) -> dict[tuple[str, str], str]:
        """Name of each body of each network."""
        rows = self.case.bodies.itertuples()
        return {(row.network, row.body): self.own(row, "name") for row in rows}

    @cached_property
    def documents(self) -> dict[str, str]:
        """Title of each source."""
        return dict(zip(self.case.sources["source_id"], self.case.sources["title"], strict=True))

    @cached_property
    def assessed(self) -> pd.DataFrame:
        """By network, the office's latest assessment."""
        return self.case.assessments.drop_duplicates("network", keep="last").set_index("network")

    def rating(self, criterion: str, value: float) -> str:
        """A rating and what the scale says of it, where it does: 0 of 4 (“against the goals”)."""
        words, rows = self.words, self.case.criteria
        told, anchor = words.number(value, 1), ""
        if value in range(5):  # and not between two ratings of the scale
            row = rows[rows["criterion"] == criterion].iloc[0]
            anchor = self.own(row, f"anchor_{value:.0f}").rstrip(".")
        if anchor:
            return words("{rating} of 4 (“{anchor}”)", rating=told, anchor=anchor)
        return words("{rating} of 4", rating=told)

    def level(self, level: str) -> str:
        """Label of an outcome: a level, or that it is open."""
        return self.words("Open") if level == OPEN else self.levels[level]

    def today(self, levels: Iterable[str]) -> str:
        """Label of today's level, or of those that it may be."""
        return self.words.alternatives(self.levels[level] for level in levels)

    def own(self, row: Any, column: str) -> str:
        """The text of a row in the page's language; "" where it is missing."""
        return self.words.own(row, column)

    def of(self, case: Case) -> "View":
        """Another case in the same language."""
        return View(case, self.language)

    def quoted(self, text: str) -> Markup:
        """A passage of a source, marked on a page that is not in the sources' language.

        That language is the first that the case is written in. The sign for a paragraph is written
        out, since readers' voices pass it over.
        """
        sources = self.case.languages[0]
        words = speak(sources)
        paragraph = words("paragraph")
        text = _PARAGRAPH.sub(f", {paragraph}\u00a0", text)
        if self.language == sources:
            return Markup.escape(text)
        return Markup('<span lang="{}">{}</span>').format(sources, text)

    def place(self, source_id: object, locator: object) -> Markup:
        """Where something is said; with the document, where the case has more than one."""
        title = self.documents.get(str(source_id), "") if len(self.documents) > 1 else ""
        told = [text for text in (title, locator) if isinstance(text, str) and text]
        return self.quoted(": ".join(dict.fromkeys(told)))

    def _named(self, table: pd.DataFrame, key: str, column: str) -> dict[str, str]:
        return {getattr(row, key): self.own(row, column) for row in table.itertuples()}
