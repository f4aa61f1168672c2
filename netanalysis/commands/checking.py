"""``netanalysis read`` and ``check``: a workbook into a case, and what is wrong with either."""

import re
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
    tell,
    tell_replaced,
    told,
    tongue,
    use_workspace,
)
from netanalysis.errors import DataError, Problem
from netanalysis.exchange.store.replacing import shorter, write_case
from netanalysis.files import folder_locked
from netanalysis.folders import data_folder, shown
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.columns import tables, text_in
from netanalysis.loaders.case.folders import CASE_NAME, find_case
from netanalysis.publishing.page_names import of_windows, slug

if TYPE_CHECKING:
    from netanalysis.exchange.workbook.reading import Read
    from netanalysis.gaps import Gap
    from netanalysis.loaders.case.case import Case

__all__ = ["check", "read"]

MOST = 12  # places of one kind of gap that are named
_MARKED = re.compile(r"\.(granskad|checked)(-\d+)?$")  # a copy that check has made
_LANGUAGE = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of what is told.  [default: the workbook's]",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--case", "name", default="", help="Name of the case.  [default: the file's name]")
@_LANGUAGE
@click.option("--overwrite", is_flag=True, help="Read it though tables of the case become shorter.")
@DATA
def read(file: Path, name: str, language: str | None, overwrite: bool, data: Path | None) -> None:
    """Read a workbook into the tables of a case.

    FILE is a workbook that netanalysis new or netanalysis write has made, filled in. The case is
    made where there is none; where there is one, its tables as they were before are put aside, and
    netanalysis restore brings them back. What came into the case by its questions and answers
    stays where the workbook has no such rows. Where anything is wrong, nothing is written.

    Exit code 0: written; 1: it could not be written; 2: the input is wrong, with every problem.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    name = name or _MARKED.sub("", file.stem)
    try:
        if not CASE_NAME.fullmatch(name) or of_windows(name):
            values = {"name": name, "example": slug([name])}
            raise DataError([Problem("read_name", shown(file), values=values)])
        from netanalysis.exchange.workbook.reading import read_workbook

        found = read_workbook(file)
        from netanalysis.exchange.workbook.checks import checked
        from netanalysis.exchange.workbook.merging import merged

        words = speak(language or found.language)
        folder, command = data_folder() / name, f"read {file.name}"
        with told(folder.parent, words), folder_locked(folder, command):
            found, stayed, orphans = merged(found, folder)
            problems = orphans or checked(found)[1]
            if problems:
                raise DataError(problems)
            lost = shorter(folder, found.tables)
            if lost and not overwrite:
                raise DataError(lost)
            written = write_case(folder, found.tables, command)
    except DataError as error:
        refuse(error, words)
    for note in found.notes:
        echo_lines(words.explain(note))
    _tell_kept(stayed, words)
    tell_replaced(folder, written.aside, words, bool(written.files))
    for one in lost:
        count = int(str(one.values["lost"]))
        echo(
            words.plural(
                "Removed: {count} row of {file}",
                "Removed: {count} rows of {file}",
                count,
                file=one.file,
            )
        )
    if lost:
        echo(words("To bring them back, run: netanalysis restore {name}", name=name))


@click.command()
@click.argument("name")
@_LANGUAGE
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the copy with marked cells.  [default: that of the workbook]",
)
@DATA
def check(name: str, language: str | None, out: Path | None, data: Path | None) -> None:
    """Tell everything that is wrong with a workbook or a case, and what is thin.

    NAME is a workbook, or the name of a case: then NAME.xlsx is checked where it is in this
    folder, else the tables of the case. Each problem is told with its sheet and cell; a copy of
    the workbook has the cells marked, with the reason as a comment. The workbook itself is never
    changed.

    Exit code 0: nothing is wrong, though something may be thin; 1: the copy could not be written;
    2: something is wrong.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    file = Path(name) if name.lower().endswith((".xlsx", ".xlsm", ".xls")) else Path(f"{name}.xlsx")
    try:
        if not file.exists() and file.name != Path(name).name:
            words = case_words(name, language)
            find_case(name)
            from netanalysis.loaders.case.case import load_case

            echo(words("Checked: {file}", file=shown(data_folder() / name)))
            _tell_gaps(load_case(data_folder() / name), None, words)
            return
        from netanalysis.exchange.workbook.reading import read_workbook

        found = read_workbook(file)
    except DataError as error:
        _tell(error.problems, words)
        raise SystemExit(2) from None
    from netanalysis.exchange.workbook.checks import checked
    from netanalysis.exchange.workbook.merging import merged

    words = speak(language or found.language)
    echo(words("Checked: {file}", file=shown(file)))
    try:
        found, stayed, orphans = merged(found, data_folder() / _MARKED.sub("", file.stem))
    except DataError as error:
        refuse(error, words)
    case, problems = (None, orphans) if orphans else checked(found)
    for note in found.notes:
        echo_lines(words.explain(note))
    _tell_kept(stayed, words)
    if case is not None:
        _tell_gaps(case, found, words)
        return
    from netanalysis.exchange.sheets.writing import save_workbook
    from netanalysis.exchange.workbook.marking import marked_workbook

    _tell(problems, words)
    ending = words("checked")
    target = _free((out or file.parent) / f"{file.stem}.{ending}.xlsx")
    try:
        with told(target.parent, words):
            save_workbook(marked_workbook(file, problems, words), target)
    except DataError as error:
        refuse(error, words)
    echo(words("A copy with the cells marked: {file}", file=shown(target)))
    raise SystemExit(2)


def _tell_kept(counts: Mapping[str, int], words: Words) -> None:
    """Say what of the case stays beside the workbook's rows, by sheet."""
    if counts:
        sheets = (
            f"{text_in(row, 'sheet', words.language)} {counts[table]}"
            for table, row in tables().items()
            if table in counts
        )
        listed = ", ".join(sheets)
        echo(words("Kept, as the workbook has no such rows: {rows}", rows=listed))


def _tell(problems: Sequence[Problem], words: Words) -> None:
    tell(problems, words)
    count = len(problems)
    echo(words.plural("{count} problem.", "{count} problems.", count), err=True)


def _tell_gaps(case: "Case", found: "Read | None", words: Words) -> None:
    """What is thin, one kind after the other, with the first places of each."""
    from netanalysis.gaps import GAPS, gaps
    from netanalysis.pages.view import View
    from netanalysis.pages.withheld import why_withheld

    echo(words("Nothing is wrong."))
    if why := why_withheld(case, words):
        echo(why)
    thin = gaps(case)
    view = View(case, shared_language(case, words))
    named = view.networks | view.criteria
    heads = {
        "no_evidence": words("Networks without evidence"),
        "no_rating": words("Criteria on which no network is rated"),
        "no_owner": words("Memberships that no department answers for"),
        "activity_undated": words("Memberships with participation that no date shows to be recent"),
        "cost_unknown": words("Memberships whose cost is not known"),
        "cost_in_part": words("Memberships whose cost is known only in part"),
        "cost_later": words("Costs of years to come, which are not counted"),
        "no_goal": words("Memberships for which no goal is named"),
        "no_deciding_body": words("Memberships for which it is not known who decides"),
        "not_asked": words("Memberships about which no department is asked"),
        "ends": words("Terms and memberships that end within a year"),
        "ahead": words("Dates within a year"),
        "twice": words("Rows that say the same as another"),
    }
    for code in GAPS:
        some = [gap for gap in thin if gap.code == code]
        if not some:
            continue
        echo(f"{heads[code]}: {words.number(len(some))}")
        for gap in some[:MOST]:
            subject = ", ".join(
                filter(None, [named.get(gap.subject, gap.subject), _when(gap, words)])
            )
            echo(f"  {_place(gap, found, words)}: {subject}")
        if len(some) > MOST:
            echo(f"  {words('and {count} more', count=words.number(len(some) - MOST))}")


def _when(gap: "Gap", words: Words) -> str:
    return words.date(gap.detail) if gap.code in ("cost_later", "ends", "ahead") else ""


def _place(gap: "Gap", found: "Read | None", words: Words) -> str:
    if found is None:
        return f"{gap.table}.csv, {words('row {row}', row=gap.row)}"
    key = gap.table, gap.row, gap.column
    return found.places.get(key) or found.places.get((gap.table, gap.row, ""), gap.table)


def _free(target: Path) -> Path:
    """The file, or with a number where it is there: a copy may have been worked in."""
    number = 2
    free = target
    while free.exists():
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
        number += 1
    return free
