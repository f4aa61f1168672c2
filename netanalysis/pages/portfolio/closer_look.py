"""Which memberships need a closer look, why, and which can be carried on unchanged?"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from netanalysis.dates import last_day
from netanalysis.loaders.case.case import Case
from netanalysis.pages.costs import sums
from netanalysis.pages.evaluation import sentences
from netanalysis.pages.html import Fragment, bullets, paragraphs
from netanalysis.pages.labels import label
from netanalysis.pages.view import View
from netanalysis.scoring.costs import converted, yearly_costs
from netanalysis.scoring.triage import (
    CARRY_ON,
    GAPS,
    LOOK_CLOSER,
    OWNER_MISSING,
    first_year,
    near,
)

__all__ = [
    "FEW",
    "Portfolio",
    "heading",
    "in_short",
    "limits",
]

FEW = 5  # names that a sentence or a cell lists before it counts the rest


@dataclass(frozen=True, eq=False)
class Portfolio:
    """All memberships that a city holds, sorted by the light check.

    Attributes
    ----------
    case : Case
    found : DataFrame
        From `netanalysis.scoring.triage.triage`.
    years, months : int
    share : float
        What the check was made with.
    """

    case: Case
    found: pd.DataFrame
    years: int
    months: int
    share: float

    @property
    def as_of(self) -> str:
        """The date that the check holds for."""
        return str(self.case.case.loc[0, "as_of"])

    @property
    def networks(self) -> list[str]:
        """The networks that the city is a member of."""
        return [str(name) for name in self.found.index]

    @property
    def since(self) -> int:
        """First year of which a cost counts."""
        return first_year(self.as_of, self.years)

    @cached_property
    def yearly(self) -> pd.DataFrame:
        """Known yearly costs, from `netanalysis.scoring.costs.yearly_costs`."""
        costs = converted(self.case.costs, self.case.rates)
        rows = costs[costs["network"].isin(self.networks)]
        return yearly_costs(rows, self.since, last_day(self.as_of).year)

    def urgent(self, view: View) -> pd.DataFrame:
        """The memberships, the most urgent first.

        Those with a date within the months ahead come first, by date; then those with most that
        speaks for a closer look; then those with most to find out.
        """
        dated = self.found["next_date"].dropna()
        soon = dated[near(dated, self.as_of, self.months)]
        order = {
            network: (
                last_day(soon[network]).toordinal() if network in soon.index else float("inf"),
                -len(set(row["reasons"]) - set(GAPS)),
                -len(row["reasons"]),
                view.networks[str(network)],
            )
            for network, row in self.found.iterrows()
        }
        return self.found.loc[sorted(order, key=lambda network: order[network])]

    @property
    def pointed_to(self) -> pd.Series:
        """Whether anything but something to find out speaks for a closer look, by network."""
        told = [bool(set(reasons) - set(GAPS)) for reasons in self.found["reasons"]]
        return pd.Series(told, index=self.found.index, dtype=bool)


def heading(about: Portfolio, view: View, status: str = "case") -> Fragment:
    """The page's question, its date, and what it is no more than."""
    question = view.words("Which memberships need a closer look?")
    return sentences.heading(view, question=question, status=status)


def in_short(about: Portfolio, view: View) -> Fragment:
    """What a reader should leave with."""
    words = view.words
    if about.found.empty:
        return bullets([words("No membership is known that the city holds at this date.")])
    parts = [_sorted, _reading, _cost, _dates]
    return bullets(text for text in (part(about, view) for part in parts) if text)


def limits(about: Portfolio, view: View) -> Fragment:
    """What the check is, and what it leaves out."""
    words, names = view.words, view.networks
    texts = [
        words(
            "The check asks a few plain questions of every membership; it rates nothing and "
            "proposes nothing. A date is near when it may fall within {months} months of {date}. "
            "Participation and costs count when they are certainly from the last {years} years.",
            months=words.number(about.months),
            date=words.date(about.as_of),
            years=words.number(about.years),
        ),
        words(
            "A last day of notice comes round every year. It is no reason to look closer, but a "
            "date by which to have looked."
        ),
        words(
            "What is not known counts as something to find out, never as being in order. Amounts "
            "in different currencies and of different years are not added. Where sources differ on "
            "a cost, both ends are given."
        ),
    ]
    others = [name for network, name in names.items() if network not in about.networks]
    if others:
        told = words.some(others, FEW)
        texts.append(
            words.plural(
                "{count} network of the case is left out, since the city is not known to hold a "
                "membership of its own at this date: {names}.",
                "{count} networks of the case are left out, since the city is not known to hold a "
                "membership of its own at this date: {names}.",
                len(others),
                names=told,
            )
        )
    return paragraphs(texts)


def _sorted(about: Portfolio, view: View) -> str:
    words = view.words
    counts = about.found["group"].value_counts()
    number, lost = len(about.found), counts.get(OWNER_MISSING, 0)
    if lost == number:
        return words.plural(
            "No owner is known for the city’s {count} known membership. The first step is to name "
            "one; what else there is to note stands below.",
            "No owner is known for any of the city’s {count} known memberships. The first step is "
            "to name one for each; what else there is to note stands below.",
            number,
        )
    closer, on = counts.get(LOOK_CLOSER, 0), counts.get(CARRY_ON, 0)
    parts = {
        words.plural("{count} needs a closer look", "{count} need a closer look", closer): closer,
        words.plural("{count} has no owner", "{count} have no owner", lost): lost,
        words.plural("{count} can continue unchanged", "{count} can continue unchanged", on): on,
    }
    return words.plural(
        "The city has {count} known membership: {parts}.",
        "Of the city’s {count} known memberships, {parts}.",
        number,
        parts=words.listing(text for text, found in parts.items() if found),
    )


def _reading(about: Portfolio, view: View) -> str:
    words = view.words
    closer = about.found["group"] == LOOK_CLOSER
    pointed = int((closer & about.pointed_to).sum())
    gaps = int(closer.sum()) - pointed
    texts = []
    if pointed:
        texts.append(
            words.plural(
                "For {count} of those that need a closer look there is a stated reason; this one "
                "should be evaluated in full.",
                "For {count} of those that need a closer look there is a stated reason; these "
                "should be evaluated in full.",
                pointed,
            )
        )
    if gaps:
        texts.append(
            words.plural(
                "For {count}, facts are only missing and have to be found out.",
                "For {count}, facts are only missing and have to be found out.",
                gaps,
            )
        )
    return " ".join(texts)


def _cost(about: Portfolio, view: View) -> str:
    words = view.words
    number, known = len(about.found), about.yearly["network"].nunique()
    if not known:
        return words("An annual cost is known for none of them. An unknown cost is not 0.")
    if known == number:
        return words(
            "An annual cost is known for all of them: together {sum}.",
            sum=sums(about.yearly, words),
        )
    return words(
        "An annual cost is known for {known} of them: together {sum}. For {unknown} it is not "
        "known; an unknown cost is not 0.",
        known=words.number(known),
        unknown=words.number(number - known),
        sum=sums(about.yearly, words),
    )


def _dates(about: Portfolio, view: View) -> str:
    words = view.words
    rows = about.urgent(view).dropna(subset="next_date")
    rows = rows[rows["group"] != CARRY_ON]
    soon = rows[near(rows["next_date"], about.as_of, about.months)]
    if soon.empty:
        return words(
            "No date is known within {months} months for those that need attention.",
            months=words.number(about.months),
        )
    names = view.networks
    first = soon[soon["next_date"] == soon["next_date"].iloc[0]]
    kinds = dict.fromkeys(label(kind, words) for kind in first["next_kind"])
    return words(
        "Next date for those that need attention: {date} ({what}). It concerns {networks}.",
        date=words.date(first["next_date"].iloc[0]),
        what=words.listing(kinds),
        networks=words.some([names[str(name)] for name in first.index], FEW),
    )
