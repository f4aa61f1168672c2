"""What is known of a request that the city join a network, and how should it be handled?

A request is weighed by ten questions and on the criteria of the case, as of its day. What comes out
is a proposal for handling; who may decide is named beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from netanalysis.dates import first_day, last_day, shifted
from netanalysis.evaluation import Evaluation, evaluate
from netanalysis.loaders.case.case import Case, one_request
from netanalysis.loaders.case.fact_topics import TERMS, TOPICS
from netanalysis.loaders.case.known import known_on
from netanalysis.scoring.engagement import TAKING_PART, in_force
from netanalysis.scoring.handling import STEPS, handling_step

__all__ = ["CORE", "PARTS", "WHOM", "YEARS", "Screening", "screen", "screen_all"]

YEARS: Final = 3  # that cost is asked for, the first that of the day
MONTHS: Final = 12  # of a trial, where nobody has set its end
PARTS: Final[Mapping[str, tuple[str, ...]]] = {  # question: what belongs to its answer
    "asks": ("route", "asked_by", "received"),
    "decides": ("deciding_body", "decide_by"),
    "goal": ("goal",),
    "owner": ("department",),
    "benefit": ("benefit", "benefit_by"),
    "cost": ("fee", "later_fees", "days"),
    "doubles": ("doubles",),
    "gives_way": ("gives_way",),
    "terms": TERMS,
}
CORE: Final = ("decides", "goal", "owner", "benefit", "cost")
WHOM: Final = {  # part of an answer: who is to be asked for it
    **dict.fromkeys(("asked_by", "received", "deciding_body", "decide_by", "department"), "office"),
    **dict.fromkeys(("goal", "benefit", "benefit_by"), "asker"),
    **dict.fromkeys(("days", "doubles", "gives_way"), "owner"),
    **dict.fromkeys(("fee", "later_fees", *TERMS), "network"),
}


@dataclass(frozen=True, eq=False)
class Screening:
    """A request as of its day.

    Made by `screen`.

    Attributes
    ----------
    given : Case
        All of the case.
    case : Case
        What was known on the day, all of it where the request names no day of its own.
    request : str
        Short name of the request.
    outcome : Evaluation
        Of the network, on the evidence of the day.
    """

    given: Case
    case: Case
    request: str
    outcome: Evaluation

    @cached_property
    def row(self) -> Any:
        """The request's row, as a named tuple."""
        return one_request(self.case, self.request)

    @property
    def network(self) -> str:
        """The network that it is about."""
        return str(self.row.network)

    @property
    def day(self) -> str:
        """The day as of which it is weighed."""
        return str(self.case.case.loc[0, "as_of"])

    def own(self, table: str) -> pd.DataFrame:
        """The rows of a table that are about the network, as known on the day."""
        frame: pd.DataFrame = getattr(self.case, table)
        return frame[frame["network"] == self.network]

    @property
    def ways(self) -> pd.DataFrame:
        """What the sources say of other ways to what the network gives."""
        rows = self.own("facts")
        return rows[rows["attribute"].isin(TOPICS["ways"])]

    @property
    def terms(self) -> pd.DataFrame:
        """What the sources say of its governance, of obligations and of leaving it."""
        rows = self.own("facts")
        return rows[rows["attribute"].isin(TERMS)]

    @cached_property
    def costs(self) -> pd.DataFrame:
        """The costs of the network in the years that are asked for."""
        rows, first = self.own("costs"), first_day(self.day).year
        return rows[rows["year"].between(first, first + YEARS - 1)]

    @cached_property
    def memberships(self) -> list[str]:
        """The networks that the city is a member of on the day."""
        rows = self.case.memberships
        rows = rows[(rows["standing"] != "represented") & (rows["network"] != self.network)]
        held = rows[in_force(rows["since"], rows["until"], self.day)]
        return list(dict.fromkeys(held["network"]))

    @cached_property
    def serving(self) -> list[str]:
        """The memberships that serve the goal of the request."""
        rows = self.case.responsibilities
        serve = set(rows.loc[rows["goal"] == self.row.goal, "network"])
        return [network for network in self.memberships if network in serve]

    @cached_property
    def goalless(self) -> list[str]:
        """The memberships for which no goal is stated."""
        rows = self.case.responsibilities
        told = set(rows.loc[rows["goal"].notna(), "network"])
        return [network for network in self.memberships if network not in told]

    @cached_property
    def takes_part(self) -> bool:
        """Whether the city takes part, or is represented, without a membership."""
        part, ways = self.own("participation"), self.own("memberships")
        part = part[part["role"].isin(TAKING_PART)]
        ways = ways[ways["standing"] == "represented"]
        active = in_force(part["start"], part["end"], self.day)
        return bool(active.any() or in_force(ways["since"], ways["until"], self.day).any())

    @cached_property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """By question, the parts of its answer that are not known."""
        row, costs = self.row, self.costs
        fees = set(costs.loc[(costs["kind"] == "fee") & costs["amount"].notna(), "year"])
        told = set(self.terms["attribute"])
        language = self.case.languages[0]
        known = {
            "route": True,
            "received": isinstance(row.received, str),
            "decide_by": isinstance(row.decide_by, str),
            "goal": isinstance(row.goal, str),
            "department": isinstance(row.department, str),
            "fee": bool(fees),
            "later_fees": len(fees) == YEARS,
            "days": bool(costs["days"].notna().any()),
            "doubles": bool(len(self.ways) or self.serving),
            **{part: part in told for part in PARTS["terms"]},
        }
        for part in ("asked_by", "deciding_body", "benefit", "benefit_by", "gives_way"):
            known[part] = isinstance(getattr(row, f"{part}_{language}"), str)
        known["deciding_body"] |= row.route != "motion"  # who decides on the memberships
        known["benefit_by"] &= known["benefit"]
        return {
            question: tuple(part for part in parts if not known[part])
            for question, parts in PARTS.items()
        }

    @property
    def blanks(self) -> tuple[str, ...]:
        """The questions of `CORE` to which there is no answer at all."""
        return tuple(one for one in CORE if self.missing[one] == PARTS[one])

    @property
    def possible(self) -> tuple[str, ...]:
        """The levels that something admissible gives, whatever is not known; lowest first."""
        return self.outcome.possible[self.network]

    @cached_property
    def step(self) -> str:
        """The step of the rule that applies (`netanalysis.scoring.handling.STEPS`)."""
        language = self.case.languages[0]
        named = getattr(self.row, f"deciding_body_{language}")
        usual = self.case.case.loc[0, f"deciding_body_{language}"]
        other = isinstance(named, str) and named.casefold() != usual.casefold()
        motion = self.row.route == "motion"  # which lies with whoever decides on it
        return handling_step(len(self.blanks), other and not motion, self.possible, self.takes_part)

    @property
    def handling(self) -> str:
        """The proposal: a code of the list ``handlings``."""
        return STEPS[self.step]

    @property
    def trial_ends(self) -> str:
        """A year after the day by which it is to be decided; "" where that day is not known."""
        day = self.row.decide_by
        return shifted(last_day(day), MONTHS).isoformat() if isinstance(day, str) else ""

    @property
    def to_find_out(self) -> list[str]:
        """The parts of answers that are not known, those of `CORE` first."""
        order = [*CORE, *(one for one in PARTS if one not in CORE)]
        return [part for question in order for part in self.missing[question]]

    @cached_property
    def rated(self) -> pd.DataFrame:
        """The ratings of the network that rest on evidence, by criterion."""
        rows = self.outcome.ratings.loc[self.network]
        return rows[rows["state"] == ""]

    @cached_property
    def decided(self) -> pd.DataFrame:
        """What was decided on the network since the request came in, or after its day."""
        rows = self.given.decisions
        rows = rows[(rows["network"] == self.network) & (rows["status"] != "proposed")]
        return rows[rows["date"].map(self._answers).astype(bool)]

    @cached_property
    def afterwards(self) -> pd.DataFrame:
        """What the case tells of the network after that day."""
        rows = self.given.events
        rows = rows[(rows["network"] == self.network) & rows["start"].notna()]
        rows = rows[rows["start"].map(self._later).astype(bool)]
        return rows.sort_values("start", kind="stable")

    def _answers(self, date: str) -> bool:
        came = self.row.received
        since = isinstance(came, str) and first_day(date) >= first_day(came)
        return since or self._later(date)

    def _later(self, date: str) -> bool:
        return last_day(date) > last_day(self.day)


def screen(case: Case, request: str, draws: int | None = None, seed: int = 1) -> Screening:
    """Weigh a request that the city join a network.

    Parameters
    ----------
    case : Case
    request : str
        Short name of the request.
    draws : int, optional
        Number of draws; the case's own where it is not given.
    seed : int

    Returns
    -------
    Screening

    Raises
    ------
    DataError
        If the case has no such request, naming those that it has; else as
        `netanalysis.evaluation.evaluate`.
    """
    row = one_request(case, request)
    seen = case
    if isinstance(row.as_of, str):
        seen = known_on(case, row.as_of, papers=str(row.source_id))
    outcome = evaluate(seen, draws, seed).of(str(row.network))
    return Screening(case, seen, request, outcome)


def screen_all(
    case: Case, request: str = "", draws: int | None = None, seed: int = 1
) -> list[Screening]:
    """Weigh one request of a case, or all that it has, in the order in which they were weighed.

    Parameters
    ----------
    case : Case
    request : str, optional
        Short name of the one that is meant.
    draws, seed
        As for `screen`.

    Returns
    -------
    list of Screening

    Raises
    ------
    DataError
        As `screen`.
    """
    names = [request] if request else list(case.requests["request"])
    found = [screen(case, name, draws, seed) for name in names]
    return sorted(found, key=lambda one: first_day(one.day))
