"""``netanalysis new-year``: the evaluation of a later year, begun from the one before."""

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
from netanalysis.exchange.store.case_files import case_files
from netanalysis.exchange.store.replacing import replace_case
from netanalysis.files import folder_locked
from netanalysis.folders import data_folder, shown
from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.columns import tables, text_in
from netanalysis.loaders.case.folders import CASE_NAME, find_case

if TYPE_CHECKING:
    from netanalysis.exchange.store.new_year import NewYear

__all__ = ["new_year"]


@click.command("new-year")
@click.argument("case")
@click.argument("year", type=click.IntRange(1900, 2100))
@click.option("--name", help="Name of the new case.  [default: that of CASE, with the year]")
@DATA
def new_year(case: str, year: int, name: str | None, data: Path | None) -> None:
    """Begin the evaluation of YEAR from the evaluation CASE, which stays as it is.

    Standing facts, criteria, memberships with their history, costs and decisions come along, and
    so does brand.toml. Ratings, answers, lessons, dates, requests and the office's assessment stay
    with the earlier year. What is to be looked at again is told.

    Exit code 0: written; 1: it could not be written; 2: the input is wrong, with every problem.
    """
    words = speak(tongue())
    use_workspace(data, words)
    words = case_words(case)
    from netanalysis.exchange.store.new_year import name_of_year
    from netanalysis.exchange.store.new_year import new_year as begun

    made = name or name_of_year(case, year)
    folder, command = data_folder() / made, f"new-year {case} {year}"
    try:
        before = find_case(case)
        problems = _problems(made, folder)
        if problems:
            raise DataError(problems)
        from netanalysis.dates import last_day
        from netanalysis.loaders.case.case import case_rows, load_case

        earlier = load_case(before)  # so that what is wrong with it is told by its own places
        as_of = earlier.case.loc[0, "as_of"]
        if last_day(as_of).year >= year:
            values = {"case": case, "date": as_of, "year": year}
            raise DataError([Problem("new_year_earlier", values=values)])
        found = begun(case, case_rows(before), year)
        files = {file: text.encode() for file, text in case_files(made, found.tables).items()}
        with told(folder, words), folder_locked(folder, command):
            problems = _problems(made, folder)
            if problems:
                raise DataError(problems)
            written = replace_case(folder, {**files, **_brand(before)}, command)
    except DataError as error:
        refuse(error, words)
    tell_replaced(folder, written.aside, words)
    _tell(found, case, made, words)


def _problems(name: str, folder: Path) -> list[Problem]:
    """Why a case of that name cannot be made."""
    if not CASE_NAME.fullmatch(name):
        return [Problem("new_name", values={"name": name, "example": "visby-2027"})]
    return (
        [Problem("new_year_there", shown(folder), values={"name": name})] if folder.exists() else []
    )


def _brand(before: Path) -> dict[str, bytes]:
    """The brand of a case and its logo, where it has them."""
    import tomllib

    from netanalysis.file_content import content_of, is_there
    from netanalysis.loaders.case.brand import BRAND

    if not is_there(before / BRAND):
        return {}
    content = content_of(before / BRAND)
    logo = tomllib.loads(content.decode("utf-8-sig")).get("logo", {}).get("file")
    return {BRAND: content} | ({logo: content_of(before / logo)} if logo else {})


def _tell(found: "NewYear", case: str, made: str, words: Words) -> None:
    """What stays with the earlier year, and what is to be looked at again."""
    stayed = [
        words("{table}: {count}", table=text_in(tables()[table], "sheet", words.language),
              count=words.number(count))
        for table, count in found.stayed.items()
    ]  # fmt: skip
    if stayed:
        echo(words("Stays with {case}: {tables}", case=case, tables="; ".join(stayed)))
    if found.title:
        echo(words("To look at again: the title, which names the earlier year."))
    for table, row in found.ended:
        echo(
            words(
                "To look at again: {file}, row {row}: its end is past, so that it is no longer "
                "known whether it goes on.",
                file=f"{table}.csv",
                row=row,
            )
        )
    echo(words("What else is thin is told by: netanalysis check {name}", name=made))
