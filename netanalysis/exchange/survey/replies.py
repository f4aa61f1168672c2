"""What does one returned answer workbook say?

It is known by the heads of its columns and by the names that stand in its rows; the file may be
renamed, its sheets and columns moved, rows added or taken away. A workbook with a fault is refused
whole, with every fault named by sheet and cell.
"""

import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd

from netanalysis.dates import first_day
from netanalysis.errors import DataError, Problem
from netanalysis.exchange.sheets.cells import bounds, read_cell
from netanalysis.exchange.sheets.finding import FoundTable, sheets_of
from netanalysis.exchange.sheets.privacy import personal_data
from netanalysis.exchange.sheets.safe_open import open_workbook
from netanalysis.exchange.survey.asking import network_titles
from netanalysis.exchange.survey.questionnaire import (
    ANSWERS,
    FIELDS,
    HEADS,
    OFFICES,
    codes,
    labels,
)
from netanalysis.exchange.survey.reply_sheets import (
    NEEDED,
    Field,
    fields,
    language_of,
    repeated_heads,
    reply_tables,
)
from netanalysis.folders import shown
from netanalysis.language.text import folded_label, nearest_first
from netanalysis.loaders.case.case import Case

__all__ = ["Answer", "Lesson", "Reply", "read_reply"]

QUOTED = 60  # signs of a cell that a message repeats
_MODIFIED = re.compile(r"<dcterms:modified[^<>]*>([^<]*)")
_NEVER_SAVED = "2000-01-01"  # the stamp of a workbook as it was sent out
_SAME = {"vet ej": "dont_know", "do not know": "dont_know", "ej vårt område": "not_our_field"}
_ANSWERS, _OFFICES = codes(ANSWERS) | _SAME, codes(OFFICES)


@dataclass(frozen=True)
class Answer:
    """One cell of the ratings: what is answered, and where it stands."""

    network: str
    criterion: str
    answer: str
    low: float | None
    high: float | None
    comment: str
    place: str


@dataclass(frozen=True)
class Lesson:
    """What was brought home from a network, and where it stands."""

    network: str
    brought_home: str
    used_for: str
    place: str


@dataclass(frozen=True)
class Reply:
    """A returned workbook.

    Attributes
    ----------
    file : str
        As a reader would name it; it never enters the case.
    sha256 : str
    department : str
    one_by_one : bool
        Whether a person answers, and not the department as one.
    answered : str
        The day of the answer as it is written there, else the day on which the file was last
        saved; "" where neither is known.
    saved : str
        When the file was last saved, by its own account; "" where it does not say.
    office : str
        A key of `OFFICES`; "" where none is given.
    language : {"sv", "en"}
    answers : tuple of Answer
        One for each criterion of each network that the ratings name.
    lessons : tuple of Lesson
    unread : tuple of str
        Where something stands in a column that has no head that is known.
    notes : tuple of Problem
        What is not wrong, but has to be known: hidden sheets, and formulas that were kept as texts.
    """

    file: str
    sha256: str
    department: str
    one_by_one: bool
    answered: str
    saved: str
    office: str
    language: str
    answers: tuple[Answer, ...]
    lessons: tuple[Lesson, ...]
    unread: tuple[str, ...]
    notes: tuple[Problem, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing at all is filled in."""
        said = any(one.answer != "no_answer" or one.comment for one in self.answers)
        return not said and not self.lessons


def read_reply(file: Path, case: Case) -> Reply:
    """What a returned workbook says.

    Parameters
    ----------
    file : Path
    case : Case
        Names departments, networks and criteria, and who was asked.

    Returns
    -------
    Reply

    Raises
    ------
    DataError
        With every fault: of the file, of a department that was not asked, of rows on networks or
        criteria that are unknown or were not asked about, of ratings that are none, of personal
        data in a text.
    """
    sheets, content = sheets_of(open_workbook(file)), file.read_bytes()
    found, left = reply_tables(sheets)
    reading = _Reading(case, shown(file))
    for table in found:
        reading.columns(table)
    reading.hidden(found, left)
    if not any(table.shape.name == "answers" for table in found):
        heads = labels(HEADS, case.languages[0])
        values = {"heads": ", ".join(heads[name] for name in NEEDED["answers"])}
        reading.problems.append(Problem("reply_sheet", shown(file), values=values))
    rest = [sheet for sheet in sheets if all(sheet is not one.sheet for one in [*found, *left])]
    department, answered, office = reading.sender(fields(rest))
    answers: dict[tuple[str, str], Answer] = {}
    lessons: list[Lesson] = []
    for table in found:
        if table.shape.name == "answers":
            reading.answers(table, answers)
        else:
            lessons += reading.lessons(table)
    alone = reading.persons([*(one for one, _ in answers), *(one.network for one in lessons)])
    if reading.problems:
        raise DataError(reading.problems)
    saved = _saved(content)
    return Reply(
        shown(file),
        hashlib.sha256(content).hexdigest(),
        department,
        alone,
        answered or ("" if _is_to_come(saved[:10]) else saved[:10]),
        saved,
        office,
        next(language_of(table) for table in found if table.shape.name == "answers"),
        tuple(_each_criterion(answers, case)),
        tuple(lessons),
        tuple(reading.unread),
        tuple(reading.notes),
    )


class _Reading:
    """The names of the case, by which one workbook is read, and the faults found in it."""

    def __init__(self, case: Case, file: str) -> None:
        self.case, self.file = case, file
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.unread: list[str] = []
        self.department = ""
        self.titles = network_titles(case, case.languages[0])
        self.networks = _names(case.networks, ("name", "network"))
        self.networks |= {folded_label(title): network for network, title in self.titles.items()}
        self.criteria = _names(case.criteria, ("label_sv", "label_en", "criterion"))

    def columns(self, table: FoundTable) -> None:
        """Tell of heads that stand twice, and of cells merged across columns."""
        for problem in [*repeated_heads(table), *table.merged_across()]:
            self._tell(problem.code, problem.file, **problem.values)

    def hidden(self, found: Sequence[FoundTable], left: Sequence[FoundTable]) -> None:
        """Note which hidden sheets were read, and which were not."""
        read = [table for table in found if table.sheet.hidden]
        for code, tables in (("sheet_hidden", read), ("sheet_hidden_unread", left)):
            self.notes += [Problem(code, self._place(table.start)) for table in tables]

    def sender(self, found: Mapping[str, list[Field]]) -> tuple[str, str, str]:
        """Department, date and office, as far as they are given and right."""
        departments = _names(self.case.departments, ("name_sv", "name_en", "department"))
        names = self.case.departments.set_index("department")[f"name_{self.case.languages[0]}"]
        asked = set(self.case.asked["department"])
        values = {"known": ", ".join(names[one] for one in names.index if one in asked) or "-"}
        named = {departments.get(folded_label(one.text), ""): one for one in found["department"]}
        if not named:
            values["label"] = labels(FIELDS, self.case.languages[0])["department"]
            self.problems.append(Problem("reply_department", self.file, values=values))
        for code, field in named.items():
            if code not in asked:
                self._tell("reply_department_unknown", field.place, **values)
        if len(named) > 1:
            self._tell("reply_two_departments", list(named.values())[1].place)
        elif asked.intersection(named):
            (self.department,) = named
        for field in found["answered"]:
            code = field.code or ("date_to_come" if _is_to_come(field.text) else "")
            if code:
                self._tell(code, field.place, value=field.text[:QUOTED])
        offices = [_OFFICES.get(folded_label(field.text), "") for field in found["office"]]
        for office, field in zip(offices, found["office"], strict=True):
            if not office:
                known = ", ".join(labels(OFFICES, self.case.languages[0]).values())
                self._tell("reply_office", field.place, known=known)
        answered = max((field.text for field in found["answered"]), default="")
        return self.department, answered, next(iter(offices), "")

    def answers(self, table: FoundTable, into: dict[tuple[str, str], Answer]) -> None:
        """Add the rows of a table of ratings."""
        for row, cells in self._rows(table, "rating", "comment"):
            place = table.place(row, "rating")
            answer, low, high = self._rating(cells.get("rating"), place)
            comment = self._text(table, row, cells, "comment")
            said = answer != "no_answer" or bool(comment)
            network = self._named(table, row, cells, "network", said)
            criterion = self._named(table, row, cells, "criterion", said)
            if not network or not criterion:
                continue
            one = Answer(network, criterion, answer, low, high, comment, place)
            before = into.setdefault((network, criterion), one)
            if _adds_nothing(before, one):
                into[network, criterion] = one
            elif not _adds_nothing(one, before):
                self._tell("reply_twice", place, other=before.place)

    def lessons(self, table: FoundTable) -> list[Lesson]:
        """The rows of a table of lessons in which something is written."""
        lessons = []
        for row, cells in self._rows(table, "brought_home", "used_for"):
            brought = self._text(table, row, cells, "brought_home")
            used = self._text(table, row, cells, "used_for")
            network = self._named(table, row, cells, "network", bool(brought or used))
            if network and (brought or used):
                lessons.append(Lesson(network, brought, used, table.place(row, "brought_home")))
        return lessons

    def persons(self, networks: list[str]) -> bool:
        """Whether the networks are those on which persons are asked one by one."""
        asked = self.case.asked[self.case.asked["department"] == self.department]
        sizes = asked.set_index("network")["respondents"]
        alone = {one: pd.notna(sizes[one]) for one in networks if one in sizes.index}
        if len(set(alone.values())) > 1:
            listed = ", ".join(self.titles[network] for network, one in alone.items() if one)
            self.problems.append(Problem("reply_mixed", self.file, values={"networks": listed}))
        return any(alone.values())

    def _rows(self, table: FoundTable, *apart: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Rows by column; what is said apart in each row may not be merged."""
        first: dict[int, str] = {}
        for row, cells, others in table.rows():
            for column in others:
                first.setdefault(column, table.place(row, column))
            copies = table.copies.get(row, {})
            merged = [table.heads[name] for name in apart if table.heads.get(name) in copies]
            if merged:
                top = table.place(copies[merged[0]][1], merged[0])
                self._tell("reply_merged", top, cell=top.rpartition("!")[2])
            elif cells:
                yield row, cells
        self.unread += first.values()

    def _rating(self, cell: Any, place: str) -> tuple[str, float | None, float | None]:
        if cell is None:
            return "no_answer", None, None
        if folded_label(str(cell.value)) in _ANSWERS:
            return _ANSWERS[folded_label(str(cell.value))], None, None
        text, code = read_cell(cell, "rating")
        if not code:
            low, high = bounds(text)
            return ("rating", float(low), float(high)) if text else ("no_answer", None, None)
        kind = personal_data(text)
        self._tell(f"personal_{kind}" if kind else "reply_rating", place, value=text[:QUOTED])
        return "no_answer", None, None

    def _text(
        self,
        table: FoundTable,
        row: int,
        cells: Mapping[str, Any],
        name: str,
        kind: str = "text",
    ) -> str:
        if name not in cells:
            return ""
        text, code = read_cell(cells[name], kind)
        place = table.place(row, name)
        personal = personal_data(text)
        if personal:
            self._tell(f"personal_{personal}", place)
        elif code:
            self._tell(code, place, value=text[:QUOTED])
        elif cells[name].data_type == "f":
            self.notes.append(
                Problem("cell_formula_kept", self._place(place), values={"value": text[:QUOTED]})
            )
        return text

    def _named(
        self, table: FoundTable, row: int, cells: Mapping[str, Any], name: str, said: bool
    ) -> str:
        """The network or criterion of a row; "" where that is a fault, or where nothing is said."""
        place = table.place(row, name)
        faults = len(self.problems)
        text = self._text(table, row, cells, name, "reference")
        if len(self.problems) > faults:
            return ""
        known = self.networks if name == "network" else self.criteria
        code = known.get(folded_label(text), "")
        if said and not text:
            self._tell(f"reply_unnamed_{name}", place)
        elif said and not code:
            named = self.titles.values() if name == "network" else self._labels()
            self._tell(
                f"reply_{name}", place, value=text[:QUOTED], known=nearest_first(text, named)
            )
        elif name == "network" and code and self.department:
            rows = self.case.asked[self.case.asked["department"] == self.department]
            if code not in set(rows["network"]):
                if said:
                    values = {"network": self.titles[code], "short": code}
                    self._tell("reply_not_asked", place, department=self.department, **values)
                return ""
        return code

    def _labels(self) -> list[str]:
        return list(self.case.criteria[f"label_{self.case.languages[0]}"])

    def _tell(self, code: str, place: str, **values: object) -> None:
        self.problems.append(Problem(code, self._place(place), values=values))

    def _place(self, place: str) -> str:
        return f"{self.file}, {place}"


def _is_to_come(day: str) -> bool:
    """Whether a day is later than today; that of saving is, where the machine's clock is wrong."""
    return bool(day) and first_day(day) > datetime.date.today()


def _adds_nothing(one: Answer, other: Answer) -> bool:
    """Whether an answer is empty, or says the same as the other."""
    said = (one.answer, one.low, one.high, one.comment)
    empty = one.answer == "no_answer" and not one.comment
    return empty or said == (other.answer, other.low, other.high, other.comment)


def _each_criterion(answers: Mapping[tuple[str, str], Answer], case: Case) -> list[Answer]:
    """The answers in the case's order, with those that are missing as empty ones."""
    found = []
    for network in case.networks["network"]:
        mine = [one for one in answers.values() if one.network == network]
        for criterion in case.criteria["criterion"] if mine else ():
            sheet = mine[0].place.rpartition("!")[0]
            blank = Answer(network, criterion, "no_answer", None, None, "", sheet)
            found.append(answers.get((network, criterion), blank))
    return found


def _names(table: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, str]:
    """What rows are called, folded, and their short names, which stand in the last column."""
    return {
        folded_label(str(row[column])): str(row[columns[-1]])
        for _, row in table.iterrows()
        for column in columns
        if pd.notna(row[column])
    }


def _saved(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as package:
        if "docProps/core.xml" not in package.namelist():
            return ""
        text = package.read("docProps/core.xml").decode("utf-8", "replace")
    found = _MODIFIED.search(text)
    moment = found.group(1) if found and re.match(r"\d{4}-\d\d-\d\d", found.group(1)) else ""
    return "" if moment[:10] <= _NEVER_SAVED else moment
