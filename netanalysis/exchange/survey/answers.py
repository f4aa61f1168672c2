"""What do returned workbooks change in the case?

Answers of a department are kept in every version that came in; of persons who answer one by one,
nothing is kept that tells who they are: no date, no office, and a number by chance, so that who has
the workbook that was mailed does not find its rows by it. They are taken all at once and closed, as
`netanalysis.exchange.survey.persons` decides. The statements of coder D that rest on answers are
made anew each time.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from netanalysis.dates import last_day
from netanalysis.errors import Problem
from netanalysis.exchange.survey.persons import decide
from netanalysis.exchange.survey.questionnaire import OFFICES
from netanalysis.exchange.survey.replies import Reply
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.case import Case
from netanalysis.loaders.case.closing import MARK, PERSONS, SALT, stamp, stamped
from netanalysis.pages.view import View
from netanalysis.scoring import disclosure, responses
from netanalysis.scoring.ratings import ANSWERS

__all__ = ["QUESTIONS", "Taken", "number_replies", "person_mark", "take"]

QUESTIONS = "questions"  # source of silence: what was sent out
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Taken:
    """The tables as they are to be, and what became of each workbook.

    Attributes
    ----------
    tables : dict of str to rows
        answers, lessons, sources and statements.
    new, known, blank, waiting : list of Reply
        Taken now; taken before, or twice in the folder; without anything filled in; of persons,
        and not taken yet.
    problems : list of Problem
        Why no workbook of a person is taken.
    closed : int
        How many persons' answers have been closed now.
    """

    tables: dict[str, Rows]
    new: list[Reply]
    known: list[Reply]
    blank: list[Reply]
    waiting: list[Reply]
    problems: list[Problem]
    closed: int


def take(
    case: Case,
    written: Mapping[str, Rows],
    replies: Iterable[Reply],
    today: str = "",
    refused: bool | None = False,
) -> Taken:
    """Put returned workbooks into the tables of a case.

    Parameters
    ----------
    case : Case
    written : mapping of table to rows
        The case's tables as text, from `netanalysis.loaders.case.case.case_rows`.
    replies : iterable of Reply
    today : str
        YYYY-MM-DD: who may still answer is not silent yet. "" where all time is up.
    refused : bool or None
        Whether other workbooks have a fault: until they are mended, none of a person is taken.
        None where no workbook came at all, and what persons have answered is to be closed.

    Returns
    -------
    Taken
        Rows of other sources and other coders stay as they are.
    """
    stamps = {row["sha256"] for row in written["sources"] if row["sha256"]}
    there = _contents(row for row in written["answers"] if row["respondent"])
    sorted_out: dict[str, list[Reply]] = {"new": [], "known": [], "blank": []}
    for reply in sorted(replies, key=lambda one: (one.answered, one.saved, one.sha256)):
        kind = "blank" if reply.blank else "known" if reply.sha256 in stamps else "new"
        if kind == "new":
            stamps.add(reply.sha256)
            if reply.one_by_one and (same := there & _contents(_answer_rows(reply))):
                there -= same
                kind = "known"
        sorted_out[kind].append(reply)
    alone = [one for one in sorted_out["new"] if one.one_by_one]
    known = any(one.one_by_one for one in sorted_out["known"])
    persons = decide(case, written, alone, known, today, refused)
    new = [one for one in sorted_out["new"] if not one.one_by_one or one in persons.taken]
    marks = [secrets.token_hex(8) if one.one_by_one else "" for one in new]
    rows = {
        "answers": [row for one in zip(new, marks, strict=True) for row in _answer_rows(*one)],
        "lessons": [row for one in zip(new, marks, strict=True) for row in _lesson_rows(*one)],
    }
    rows = {table: written[table] + found for table, found in rows.items()}
    rows = {table: [dict(row) for row in found] for table, found in rows.items()}
    number_replies(rows["answers"], rows["lessons"])
    tables = {table: _in_order(case, found) for table, found in rows.items()}
    worth = [] if case.asked.empty else _statements(case, tables["answers"], today, persons.counts)
    sources = _sources(case, new)
    sources += [_questions(case)] if any(one["source_id"] == QUESTIONS for one in worth) else []
    if case.asked["respondents"].notna().any() and not stamped(written["sources"]):
        salt = secrets.token_hex(SALT // 2)
        shut = stamp(written["asked"], tables["answers"], salt) if persons.closes else ""
        sources.append(_persons(case) | {"date": today if shut else "", "sha256": shut})
    tables["sources"] = _added(written["sources"], sources)
    made = {QUESTIONS, PERSONS, *(row["source_id"] for row in tables["answers"])}
    others = [
        row
        for row in written["statements"]
        if row["coder"] != ANSWERS or row["source_id"] not in made
    ]
    tables["statements"] = [*others, *worth]
    answered = {(row["department"], row["respondent"]) for row in tables["answers"]}
    closed = sum(bool(person) for _, person in answered) if persons.closes else 0
    rest = sorted_out["known"], sorted_out["blank"], list(persons.waiting)
    return Taken(tables, new, *rest, persons.problems, closed)


def number_replies(answers: Rows, lessons: Rows) -> None:
    """Number the versions of each department and the persons who answer one by one, in place.

    A version that is empty is that of a new workbook, and gets its place by its day.
    """
    _number_versions(answers, lessons)
    _number_persons(answers, lessons)


def person_mark(row: Mapping[str, str]) -> str:
    """What tells the persons of a department apart: their workbook, else their number."""
    found = MARK.match(row["locator"])
    return found.group() if found else row["respondent"].zfill(16)


def _answer_rows(reply: Reply, mark: str = "") -> Rows:
    def number(value: float | None) -> str:
        return "" if value is None else f"{value:g}"

    return [
        {
            **_from(reply, one.place, mark),
            "network": one.network,
            "criterion": one.criterion,
            "answer": one.answer,
            "low": number(one.low),
            "high": number(one.high),
            "comment": one.comment,
            "received": "" if reply.one_by_one else reply.answered,
        }
        for one in reply.answers
    ]


def _lesson_rows(reply: Reply, mark: str) -> Rows:
    return [
        {
            **_from(reply, one.place, mark),
            "network": one.network,
            "brought_home": one.brought_home,
            "used_for": one.used_for,
        }
        for one in reply.lessons
    ]


def _from(reply: Reply, place: str, mark: str) -> dict[str, str]:
    """What all rows of a workbook share; version and number of the person are set later."""
    return {
        "department": reply.department,
        "respondent": "0" if reply.one_by_one else "",
        "version": "1" if reply.one_by_one else "",
        "language": reply.language,
        "source_id": _source_id(reply),
        "locator": f"{mark} {place}" if mark else place,
    }


def _contents(rows: Iterable[Mapping[str, str]]) -> Counter[tuple[str, frozenset[Any]]]:
    """What persons answered, and how many just so, whatever became of their comments."""
    given: dict[tuple[str, str], set[Any]] = {}
    for row in rows:
        ends = tuple(float(row[end]) if row[end] else None for end in ("low", "high"))
        answer = row["network"], row["criterion"], row["answer"], *ends
        given.setdefault((row["department"], person_mark(row)), set()).add(answer)
    return Counter((department, frozenset(said)) for (department, _), said in given.items())


def _source_id(reply: Reply) -> str:
    return PERSONS if reply.one_by_one else f"answer-{reply.department}-{reply.sha256[:8]}"


def _number_versions(answers: Rows, lessons: Rows) -> None:
    """Number the workbooks of each department, in place: those that are new by their day.

    A new one comes after those of the same day, and before those that are later.
    """
    rows = [row for row in answers + lessons if not row["respondent"]]
    for department in dict.fromkeys(row["department"] for row in rows):
        mine = [row for row in rows if row["department"] == department]
        days: dict[tuple[str, str], str] = {}
        for row in mine:
            key = row["source_id"], row["version"]
            days[key] = row.get("received", "") or days.get(key, "")
        order = sorted((key for key in days if key[1]), key=lambda key: int(key[1]))
        for key in (key for key in days if not key[1]):
            later = (number for number, one in enumerate(order) if days[one] > days[key])
            order.insert(next(later, len(order)), key)
        for row in mine:
            row["version"] = str(order.index((row["source_id"], row["version"])) + 1)


def _number_persons(answers: Rows, lessons: Rows) -> None:
    """Number the persons of each department by their marks, which tell nothing.

    Those who came into the case by another way keep their order, before the others.
    """
    rows = [row for row in answers + lessons if row["respondent"]]
    marks: dict[str, set[str]] = {}
    for row in rows:
        marks.setdefault(row["department"], set()).add(person_mark(row))
    for row in rows:
        order = sorted(marks[row["department"]])
        row["respondent"] = str(order.index(person_mark(row)) + 1)


def _sources(case: Case, new: Sequence[Reply]) -> Rows:
    """A source for each workbook of a department."""
    first = case.languages[0]
    words = speak(first)
    return [
        {
            "source_id": _source_id(reply),
            "title": words("Answer from {department}", department=name[first]),
            "publisher": name[first],
            "date": reply.answered,
            "sha256": reply.sha256,
            **_in_each(case, partial(_signed, reply)),
        }
        for reply in new
        if not reply.one_by_one
        for name in [_names(case, reply.department)]
    ]


def _signed(reply: Reply, words: Words) -> str:
    if reply.office:
        return words("Answer workbook, signed by: {office}.", office=words(OFFICES[reply.office]))
    return words("Answer workbook; it does not say which office has signed it.")


def _questions(case: Case) -> dict[str, str]:
    words, sent = speak(case.languages[0]), case.asked["sent"].dropna()
    return {
        "source_id": QUESTIONS,
        "title": words("Questions to the departments"),
        "publisher": words.own(case.case.iloc[0], "responsible"),
        "date": "" if sent.empty else max(sent),
        **_in_each(case, lambda words: words("Who was asked about what.")),
    }


def _persons(case: Case) -> dict[str, str]:
    """One source for all persons: it does not tell in which department anybody answered."""
    words = speak(case.languages[0])
    return {
        "source_id": PERSONS,
        "title": words("Answers of persons"),
        "publisher": words.own(case.case.iloc[0], "responsible"),
        **_in_each(
            case,
            lambda words: words(
                "Persons were asked one by one; numbers cover groups of at least five."
            ),
        ),
    }


def _in_each(case: Case, note: Callable[[Words], str]) -> dict[str, str]:
    """A note in each language of the case."""
    return {f"note_{one}": note(speak(one)) for one in case.languages}


def _added(written: Rows, added: Rows) -> Rows:
    """The sources with those that are added, each in the place of its earlier row."""
    columns = ("title", "publisher", "date", "licence", "sha256", "note_sv", "note_en")
    rows = {row["source_id"]: row for row in written}
    for row in added:
        whole = {name: row.get(name, "") for name in columns}
        rows[row["source_id"]] = {"source_id": row["source_id"], **whole}
    return list(rows.values())


def _statements(case: Case, answers: Rows, today: str, of_persons: bool) -> Rows:
    """What all answers are worth as evidence, in words."""
    heard = {(row["department"], row["network"]) for row in answers if not row["respondent"]}
    due = [
        of_persons
        if pd.notna(row.respondents)
        else not today
        or pd.isna(row.answer_by)
        or last_day(row.answer_by).isoformat() < today
        or (row.department, row.network) in heard
        for row in case.asked.itertuples()
    ]
    asked, table = case.asked[due], _frame(answers, case)
    counted = table if of_persons else table[table["respondent"].isna()]
    shown = disclosure.protected(disclosure.counts(counted, asked))
    allowed = disclosure.ratings_allowed(shown)
    worth = responses.evidence(asked, table, case.criteria, shown, allowed)
    persons = asked[asked["respondents"].notna()]
    rows = []
    for row in worth.itertuples():
        who = row.departments or tuple(persons.loc[persons["network"] == row.network, "department"])
        rated = row.departments if not row.state else ()
        ending = rated or (("silence",) if row.state else ("persons",))
        rows.append(
            {
                "statement": "d-" + "--".join([row.network, row.criterion, *ending]),
                "coder": ANSWERS,
                "network": row.network,
                "criterion": row.criterion,
                "low": "" if row.state else f"{row.low:g}",
                "high": "" if row.state else f"{row.high:g}",
                "state": row.state,
                **{f"text_{one}": "" for one in LANGUAGES},
                **{f"text_{one}": _told(row, who, case, speak(one)) for one in case.languages},
                "source_id": row.source_id or (QUESTIONS if row.state else PERSONS),
                "locator": row.locator or _place(row.state, speak(case.languages[0])),
            }
        )
    return rows


def _place(state: str, words: Words) -> str:
    return words("sent, without an answer") if state else words("all answers together")


def _told(row: Any, departments: Sequence[str], case: Case, words: Words) -> str:
    names = words.listing(_names(case, one)[words.language] for one in departments)
    criterion = View(case, words.language).criteria[row.criterion]
    if row.state:
        return words("Asked, without an answer on “{criterion}”: {departments}.",
                     criterion=criterion, departments=names)  # fmt: skip
    rating = words.interval(row.low, row.high)
    if row.departments:
        return words("{department} rates “{criterion}” at {rating}.",
                     department=names, criterion=criterion, rating=rating)  # fmt: skip
    return words("Persons in {departments} rate “{criterion}” at {rating} (median).",
                 departments=names, criterion=criterion, rating=rating)  # fmt: skip


def _names(case: Case, department: str) -> dict[str, str]:
    row = case.departments.set_index("department").loc[department]
    return {language: row[f"name_{language}"] for language in case.languages}


def _in_order(case: Case, rows: Rows) -> Rows:
    """Rows by department, person, version, network and criterion, in the case's order."""
    place = {one: number for number, one in enumerate(case.departments["department"])}
    networks = {one: number for number, one in enumerate(case.networks["network"])}
    criteria = {one: number for number, one in enumerate(case.criteria["criterion"])}

    def key(row: Mapping[str, str]) -> tuple[int, ...]:
        return (
            place[row["department"]],
            int(row["respondent"] or 0),
            int(row["version"]),
            networks[row["network"]],
            criteria.get(row.get("criterion", ""), 0),
        )

    return sorted(rows, key=key)


def _frame(answers: Rows, case: Case) -> pd.DataFrame:
    """Rows as the frame that loading them would give."""
    table = pd.DataFrame(answers, columns=list(case.answers))
    kinds = {"respondent": "Int64", "version": "Int64", "low": "float64", "high": "float64"}
    return table.replace("", pd.NA).astype(kinds)
