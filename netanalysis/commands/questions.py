"""``netanalysis ask`` and ``answers``: what the departments are asked, and what they answer."""

import datetime
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netanalysis.commands.output import echo, echo_lines
from netanalysis.commands.shared import (
    DATA,
    case_words,
    refuse,
    shared_language,
    told,
    tongue,
    use_workspace,
    writable,
)
from netanalysis.dates import is_date, last_day
from netanalysis.errors import DataError, Problem
from netanalysis.exchange.store.replacing import write_case
from netanalysis.file_content import files_in
from netanalysis.files import folder_locked, write_files
from netanalysis.folders import reports_folder, shown
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.folders import find_case
from netanalysis.publishing.page_names import page_name

if TYPE_CHECKING:
    import pandas as pd

    from netanalysis.exchange.survey.answers import Taken
    from netanalysis.exchange.survey.replies import Reply
    from netanalysis.loaders.case.case import Case

__all__ = ["answers", "ask"]

WEEKS = 3  # to answer in, where no day is given
_PERSONS = "-persons"  # at the end of the names of workbooks that each person fills in
_WORKBOOKS = (".xlsx", ".xlsm")  # the latter are refused with the reason


@click.command()
@click.argument("name")
@click.option(
    "--department",
    "departments",
    multiple=True,
    help="Short name of a department; can be given several times.  [default: all to be asked]",
)
@click.option(
    "--network",
    "networks",
    multiple=True,
    help="Short name of a network; can be given several times.  [default: all to be asked about]",
)
@click.option("--answer-by", default="", help="Last day, YYYY-MM-DD.  [default: in three weeks]")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of all workbooks.  [default: each department's own]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the workbooks.  [default: NAME-questions, in the folder of the reports]",
)
@DATA
def ask(
    name: str,
    departments: tuple[str, ...],
    networks: tuple[str, ...],
    answer_by: str,
    language: str | None,
    out: Path | None,
    data: Path | None,
) -> None:
    """Write a workbook with questions for each department of the case NAME.

    Who is asked about what stands in the table asked. For departments without a row there, it is
    the networks that they take part in or own the membership of; their rows are added. A
    department and a network that are both named are asked in any case.

    Where persons are to be asked one by one, write their number as respondents in the table asked;
    the workbook of that department is then for each of them to fill in.

    Exit code 0: written; 1: it could not be written; 2: the input is wrong, with every problem.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    words = case_words(name, language)
    today = datetime.date.today()
    due = answer_by or (today + datetime.timedelta(weeks=WEEKS)).isoformat()
    target = out or reports_folder() / f"{name}-questions"
    try:
        folder, command = find_case(name), f"ask {name}"
        from netanalysis.exchange.sheets.writing import workbook_content
        from netanalysis.exchange.survey.asking import answer_workbook, asked_rows, letters, pairs
        from netanalysis.loaders.case.case import load_case

        with told(folder, words), folder_locked(folder, command):
            case = load_case(folder)
            problems = _fit(case, language, due, today)
            if problems:
                raise DataError(problems)
            chosen = pairs(case, departments, networks)
            asked = asked_rows(case, chosen, today.isoformat(), due)
            books = {
                target / f"{page_name([letter.department])}{_PERSONS * letter.persons}.xlsx": letter
                for letter in letters(case, asked, chosen, language or "")
            }
            there = [path for path in books if path.exists()]
            if there:
                raise DataError([Problem("ask_there", shown(path)) for path in there])
            made = {
                path: workbook_content(answer_workbook(case, letter))
                for path, letter in books.items()
            }
            writable(target, words)
            write_case(folder, {"asked": _rows(asked)}, command)
            with told(target, words):
                write_files(made)
    except DataError as error:
        refuse(error, words)
    for path in made:
        echo(words("Written: {file}", file=shown(path)))
    if not departments and not networks:
        _tell_not_asked(case, asked, words)
    echo(
        words(
            "Send each department its workbook. When answers have come in, put them in a folder "
            "and run: netanalysis answers FOLDER --into {name}",
            name=name,
        )
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--into", "name", required=True, metavar="NAME", help="The case.")
@DATA
def answers(folder: Path | None, name: str, data: Path | None) -> None:
    """Read the departments' answers from the workbooks in FOLDER into a case.

    A workbook may have another name, another order and further rows. One with a fault is left out
    whole, with every fault named by sheet and cell; the others are read. The same command again,
    after the faults are mended, reads the rest: what is in the case already is not read twice.

    Workbooks of persons who answer one by one wait where they lie until the last day of all of
    them is over, and none has a fault. They are then read together and closed: what comes later is
    not read. Where persons' answers have come into the case by another way, the command closes
    them when FOLDER is left out.

    Exit code 0: all are read; 1: some have faults or could not be written; 2: the input is wrong.
    """
    words = speak(tongue())
    use_workspace(data, words)
    words = case_words(name)
    try:
        where, command = find_case(name), f"answers {folder.name}" if folder else "answers"
        from netanalysis.exchange.survey.answers import take
        from netanalysis.loaders.case.case import case_from, case_rows, load_case

        with told(where, words), folder_locked(where, command):
            case, written = load_case(where), case_rows(where)
            files, others = _files(folder) if folder else ([], [])
            replies, problems = _read(files, case)
            today = datetime.date.today().isoformat()
            taken = take(case, written, replies, today, bool(problems) if folder else None)
            problems += taken.problems
            if problems and not folder:
                raise DataError(problems)
            case = case_from({**written, **taken.tables}, where)
            changed = write_case(where, taken.tables, command).files
    except DataError as error:
        refuse(error, words)
    for file in others:
        echo(words("Not read, as it is no workbook: {file}", file=shown(file)))
    _tell(taken, words)
    _tell_persons(taken, case, words)
    _tell_rates(case, words)
    for file in changed:
        echo(words("Written: {file}", file=shown(file)))
    if problems:
        for problem in problems:
            echo_lines(words.explain(problem), err=True)
        said = words.plural(
            "{count} problem. Workbooks with a problem are left out whole; mend them and run the "
            "same command again.",
            "{count} problems. Workbooks with a problem are left out whole; mend them and run the "
            "same command again.",
            len(problems),
        )
        echo(said, err=True)
        sys.exit(1)


def _fit(case: "Case", language: str | None, due: str, today: datetime.date) -> list[Problem]:
    problems = []
    if language and language not in case.languages:
        values = {"case": case.name, "language": language, "known": ", ".join(case.languages)}
        problems.append(Problem("case_language", values=values))
    if len(due) != len("2030-03-31") or not is_date(due) or last_day(due) <= today:
        problems.append(Problem("ask_date", column="answer_by", values={"value": due}))
    return problems


def _tell_not_asked(case: "Case", asked: "pd.DataFrame", words: Words) -> None:
    """Who is left out, and about which networks nobody is asked."""
    names = case.departments.set_index("department")[f"name_{shared_language(case, words)}"]
    left = names[~names.index.isin(asked["department"])]
    networks = case.networks.set_index("network")["name"]
    bare = networks[~networks.index.isin(asked["network"])]
    if len(bare):
        echo(
            words(
                "Nobody is asked about {networks}: no department takes part in them or owns the "
                "membership. To ask all the same, name both with --department and --network.",
                networks=words.listing(bare),
            )
        )
    if len(left):
        echo(words("Not asked: {departments}", departments=words.listing(left)))


def _rows(asked: "pd.DataFrame") -> list[dict[str, str]]:
    from netanalysis.pages.labels import text_of

    return [
        {str(column): text_of(value) and str(value) for column, value in row.items()}
        for row in asked.astype(object).to_dict("records")
    ]


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The workbooks in a folder by name, and what else lies there."""
    if not folder.is_dir():
        raise DataError([Problem("replies_folder", shown(folder))])
    files = [path for path in files_in(folder, "[!.]*") if not path.name.startswith("~$")]
    found = [path for path in files if path.suffix.lower() in _WORKBOOKS]
    if not found:
        raise DataError([Problem("replies_folder", shown(folder))])
    return found, [path for path in files if path not in found]


def _read(files: Sequence[Path], case: "Case") -> tuple[list["Reply"], list[Problem]]:
    from netanalysis.exchange.survey.replies import read_reply

    replies: list[Reply] = []
    problems: list[Problem] = []
    for file in files:
        try:
            replies.append(read_reply(file, case))
        except DataError as error:
            problems += error.problems
    return replies, problems


def _tell(taken: "Taken", words: Words) -> None:
    """What became of each workbook."""
    for reply in taken.new:
        day = words.date(reply.answered or None)
        echo(words("Read: {file} (answered: {date})", file=reply.file, date=day))
        if reply.unread:
            places = ", ".join(reply.unread)
            echo(words("Not read, as the column has no known head: {places}", places=places))
        for note in reply.notes:
            echo_lines(words.explain(note))
    for reply in taken.known:
        echo(words("In the case already: {file}", file=reply.file))
    for reply in taken.blank:
        echo(words("Nothing is filled in, so not counted as an answer: {file}",
                         file=reply.file))  # fmt: skip


def _tell_persons(taken: "Taken", case: "Case", words: Words) -> None:
    """Whether persons' answers are closed, and which workbooks wait until they are."""
    from netanalysis.pages.withheld import why_withheld

    for reply in taken.waiting:
        echo(words("Not read yet, as a person has filled it in: {file}", file=reply.file))
    if taken.waiting:
        echo(
            words(
                "Persons’ workbooks are read together when the last day for all of them is over, "
                "and none in the folder has a fault. Leave them there and run the same command "
                "then."
            )
        )
    if taken.closed:
        echo(
            words.plural(
                "Closed with the answers of {count} person. What comes later is not read.",
                "Closed with the answers of {count} persons. What comes later is not read.",
                taken.closed,
            )
        )
    if why := why_withheld(case, words):
        echo(why)


def _tell_rates(case: "Case", words: Words) -> None:
    """How many have answered, who has not, and of whom there are several versions."""
    from netanalysis.pages.withheld import why_withheld
    from netanalysis.scoring import responses

    names: Mapping[str, str] = case.departments.set_index("department")[
        f"name_{shared_language(case, words)}"
    ]
    rates = responses.rates(case.asked, case.answers, "department")
    silent = rates.index[rates["answered"] == 0]
    if len(rates):
        echo(
            words.plural(
                "Answered: {answered} of {count} department.",
                "Answered: {answered} of {count} departments.",
                len(rates),
                answered=words.number(len(rates) - len(silent)),
            )
        )
    if len(silent):
        echo(words("Silent: {departments}", departments=words.listing(names[silent])))
    given = case.answers[case.answers["respondent"].isna()]
    for department, version in given.groupby("department", sort=False)["version"].max().items():
        if version > 1:
            echo(
                words.plural(
                    "{department}: {count} version; the last counts, all are kept.",
                    "{department}: {count} versions; the last counts, all are kept.",
                    int(version),
                    department=names[str(department)],
                )
            )
    persons = case.answers.dropna(subset="respondent").groupby("department")["respondent"].nunique()
    asked = case.asked.groupby("department", sort=False)["respondents"].max().dropna()
    if why_withheld(case, words):
        asked = asked.iloc[:0]
    for department, size in asked.items():
        echo(
            words.plural(
                "{department}: {answered} of {count} person has answered.",
                "{department}: {answered} of {count} persons have answered.",
                int(size),
                department=names[str(department)],
                answered=words.number(persons.get(str(department), 0)),
            )
        )
    due = case.asked["answer_by"].dropna()
    if len(silent) and len(due) and last_day(max(due)) >= datetime.date.today():
        echo(
            words(
                "The last day for answers is {date}. Until then silence is not final; read the "
                "folder again afterwards.",
                date=words.date(max(due)),
            )
        )
