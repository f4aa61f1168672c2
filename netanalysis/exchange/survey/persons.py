"""What becomes of the workbooks of persons who answer one by one?

They are taken all in one run, when the last day of all of them is over, or none is: see
`netanalysis.loaders.case.closing`. Until then they wait where they lie.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from netanalysis.errors import Problem
from netanalysis.exchange.survey.replies import Reply
from netanalysis.loaders.case.case import Case
from netanalysis.loaders.case.closing import closing_day, stamped, withheld

__all__ = ["Decision", "decide"]


@dataclass(frozen=True)
class Decision:
    """What becomes of persons' workbooks in one run.

    Attributes
    ----------
    taken, waiting : sequence of Reply
    closes : bool
        Whether the set of persons' answers is closed now.
    counts : bool
        Whether what persons answered, or that they were silent, may be told.
    problems : list of Problem
    """

    taken: Sequence[Reply]
    waiting: Sequence[Reply]
    closes: bool
    counts: bool
    problems: list[Problem]


def decide(
    case: Case,
    written: Mapping[str, Sequence[Mapping[str, str]]],
    new: Sequence[Reply],
    known: bool,
    today: str = "",
    refused: bool | None = False,
) -> Decision:
    """Whether persons' workbooks are taken, and their set is closed.

    Parameters
    ----------
    case : Case
    written : mapping of table to rows
        The case's tables as text.
    new : sequence of Reply
        Persons' workbooks that are not in the case.
    known : bool
        Whether one came that is.
    today : str
        YYYY-MM-DD; "" where all time is up.
    refused : bool or None
        Whether another workbook has a fault: nobody can tell whether it is a person's. None where
        no workbook came at all, and what is in the case is to be closed.
    """
    there = any(row["respondent"] for row in written["answers"])
    if stamped(written["sources"]):
        problems = [Problem("reply_late", one.file) for one in new]
        fits = not withheld(written["sources"], written["asked"], written["answers"])
        if not fits:
            problems.append(Problem("persons_changed", "answers.csv", values={"case": case.name}))
        return Decision([], [], False, fits, problems)
    wanted = bool(new) or known or refused is None
    problems = [*_without_day(case), *_too_many(case, written["answers"], new)] if wanted else []
    day = closing_day(case.asked)
    over = not today or "" < day < today
    ready = over and not problems and not refused
    if refused is None and not problems and not (there and over):
        code = "persons_early" if there else "persons_none"
        problems.append(Problem(code, values={"case": case.name, "date": day}))
    if not ready:
        return Decision([], new, False, False, problems)
    closes = wanted and (there or bool(new))
    return Decision(new, [], closes, closes or not there, problems)


def _without_day(case: Case) -> list[Problem]:
    """Rows that ask persons without saying until when."""
    rows = case.asked[case.asked["respondents"].notna() & case.asked["answer_by"].isna()]
    return [Problem("persons_no_day", "asked.csv", int(row) + 2, "answer_by") for row in rows.index]


def _too_many(
    case: Case, answers: Sequence[Mapping[str, str]], new: Sequence[Reply]
) -> list[Problem]:
    """Departments in which more persons answered than were asked."""
    asked = case.asked.groupby("department")["respondents"].max().dropna()
    names: pd.Series = case.departments.set_index("department")[f"name_{case.languages[0]}"]
    problems = []
    for department, size in asked.items():
        persons = {row["respondent"] for row in answers if row["department"] == department}
        found = len(persons - {""}) + sum(one.department == department for one in new)
        if found > size:
            values = {"department": names[str(department)], "found": found, "asked": int(size)}
            problems.append(Problem("reply_too_many", values=values))
    return problems
