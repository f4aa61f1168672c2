"""``netanalysis new`` and ``write``: a case of one's own, as tables and as an Excel workbook."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netanalysis.commands.output import echo
from netanalysis.commands.shared import (
    DATA,
    case_words,
    refuse,
    tell_replaced,
    told,
    tongue,
    use_workspace,
)
from netanalysis.errors import DataError, Problem
from netanalysis.exchange.store.replacing import write_case
from netanalysis.exchange.workbook.defaults import new_tables
from netanalysis.exchange.workbook.layout import start_title
from netanalysis.files import folder_locked
from netanalysis.folders import data_folder, shown
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.folders import CASE_NAME, DESCRIPTOR, case_names, find_case
from netanalysis.publishing.page_names import of_windows, slug

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = ["new", "write"]

_CITY = {  # what is wrong with a city of member lists, and with one of a case
    "city_unknown": "new_city",
    "city_none": "new_city_none",
    "city_ambiguous": "new_city_several",
}
_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the workbook.  [default: NAME.xlsx]",
)


@click.command()
@click.argument("name")
@click.option("--city", required=True, help="The city: a name in any language, or a GeoNames id.")
@click.option(
    "--language",
    "languages",
    type=click.Choice(LANGUAGES),
    multiple=True,
    help="Language of the workbook and of the report; given twice, the report is in both and the "
    "workbook in the first.  [default: the machine's]",
)
@_OUT
@click.option("--overwrite", is_flag=True, help="Replace a case and a workbook that are there.")
@DATA
def new(
    name: str,
    city: str,
    languages: tuple[str, ...],
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Begin the evaluation NAME of a city: a case, and a workbook to fill in.

    The case is a folder of that name under the data folder, with criteria, demands and a threshold
    as a proposal. The workbook has a sheet for each of its tables.

    Exit code 0: written; 1: it could not be written; 2: the input is wrong, with every problem.
    """
    spoken = languages or (tongue(),)
    words = speak(spoken[0])
    use_workspace(data, words)
    folder, target = data_folder() / name, out or Path(f"{name}.xlsx")
    try:
        problems = [*_name_problems(name, city), *_target_problems(target, overwrite)]
        if problems or (problems := _folder_problems(folder, overwrite)):
            raise DataError(problems)
        home, place = _home(city, spoken[0])
        tables = new_tables(home, place, spoken, datetime.date.today().isoformat())
        from netanalysis.exchange.workbook.casebook import case_workbook

        book = case_workbook(name, tables, spoken[0])
        command = f"new {name}"
        with told(folder, words), folder_locked(folder, command):
            problems = _folder_problems(folder, overwrite)
            if problems:
                raise DataError(problems)
            written = write_case(folder, tables, command)
    except DataError as error:
        refuse(error, words)
    tell_replaced(folder, written.aside, words)
    _save(book, target, words)
    echo(
        words(
            "Open {file} and fill it in; the sheet {sheet} says how. Then run: "
            "netanalysis read {file}",
            file=shown(target),
            sheet=start_title(words),
        )
    )


@click.command()
@click.argument("name")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of the workbook.  [default: the first language of the case]",
)
@_OUT
@click.option("--overwrite", is_flag=True, help="Replace a workbook that is there.")
@click.option("--persons", is_flag=True, help="With what persons have answered one by one.")
@DATA
def write(
    name: str,
    language: str | None,
    out: Path | None,
    overwrite: bool,
    persons: bool,
    data: Path | None,
) -> None:
    """Write the case NAME as an Excel workbook: every row of every table.

    What persons have answered one by one is left out unless --persons is given; it stays in the
    case when the workbook is read again.

    Exit code 0: written; 1: it could not be written; 2: the input is wrong, with every problem.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    words = case_words(name, language)
    target = out or Path(f"{name}.xlsx")
    try:
        folder = find_case(name)
        problems = _target_problems(target, overwrite)
        if problems:
            raise DataError(problems)
        from netanalysis.exchange.workbook.casebook import case_workbook
        from netanalysis.loaders.case.case import case_rows

        tables = case_rows(folder)
        left_out = 0 if persons else _leave_persons_out(tables)
        book = case_workbook(name, tables, language or _first_language(tables))
    except DataError as error:
        refuse(error, words)
    _save(book, target, words)
    if left_out:
        echo(
            words.plural(
                "Left out: {count} row of what persons have answered one by one. To have it in the "
                "workbook, give --persons.",
                "Left out: {count} rows of what persons have answered one by one. To have them in "
                "the workbook, give --persons.",
                left_out,
            )
        )


def _leave_persons_out(tables: dict[str, list[dict[str, str]]]) -> int:
    """Take what persons have answered one by one out of the tables, in place; how many rows.

    So is what follows from it where that may not be shown, and the stamp that fits it alone.
    """
    from netanalysis.loaders.case.closing import PERSONS, withheld

    before = sum(map(len, tables.values()))
    if withheld(*(tables[table] for table in ("sources", "asked", "answers"))):
        rows = tables["statements"]
        tables["statements"] = [row for row in rows if row["source_id"] != PERSONS]
    for row in tables["sources"]:
        row["sha256"] = "" if row["source_id"] == PERSONS else row["sha256"]
    for table in ("answers", "lessons"):
        tables[table] = [row for row in tables[table] if not row["respondent"]]
    return before - sum(map(len, tables.values()))


def _save(book: "Workbook", target: Path, words: Words) -> None:
    from netanalysis.exchange.sheets.writing import save_workbook

    with told(target.parent, words):
        save_workbook(book, target)
    echo(words("Written: {file}", file=shown(target)))


def _name_problems(name: str, city: str) -> list[Problem]:
    if CASE_NAME.fullmatch(name) and not of_windows(name):
        return []
    bare = slug([name])
    fits = CASE_NAME.fullmatch(bare) and not of_windows(bare)
    example = bare if fits else f"{slug([city])}-{datetime.date.today().year}"
    return [Problem("new_name", values={"name": name, "example": example})]


def _folder_problems(folder: Path, overwrite: bool) -> list[Problem]:
    """Why a folder that is there cannot take the case."""
    if not folder.exists():
        return []
    if folder.name not in case_names():
        return [Problem("new_taken", shown(folder))]
    if not overwrite:
        return [Problem("new_there", shown(folder / DESCRIPTOR), values={"name": folder.name})]
    return []


def _target_problems(target: Path, overwrite: bool) -> list[Problem]:
    if target.suffix.lower() != ".xlsx":
        return [Problem("workbook_name", shown(target))]
    if target.exists() and not overwrite:
        return [Problem("out_exists", shown(target))]
    return []


def _home(city: str, language: str) -> tuple[str, int]:
    """Name and GeoNames id of the city that is meant."""
    from netanalysis.loaders.members.gazetteer import load_places
    from netanalysis.loaders.members.matching import find_city

    places = load_places()
    try:
        place = find_city(city, places.places.index, places)
    except DataError as error:
        raise DataError(
            replace(problem, code=_CITY.get(problem.code, problem.code))
            for problem in error.problems
        ) from None
    return places.name_in(place, language), place


def _first_language(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> str:
    spoken = " ".join(row.get("languages", "") for row in tables["case"]).split()
    return next((language for language in spoken if language in LANGUAGES), LANGUAGES[0])
