"""``netanalysis upgrade``: a case of an earlier version, with the tables of today."""

import os
from pathlib import Path

import click

from netanalysis.commands.output import echo
from netanalysis.commands.shared import DATA, refuse, told, tongue
from netanalysis.errors import DataError
from netanalysis.folders import DATA_VARIABLE, data_folder, shown
from netanalysis.loaders.case import find_case
from netanalysis.showing.wording import speak
from netanalysis.workbooks.keeping import PREVIOUS, is_kept, replace_case
from netanalysis.workbooks.upgrading import upgraded_texts

__all__ = ["upgrade"]


@click.command()
@click.argument("case")
@DATA
def upgrade(case: str, data: Path | None) -> None:
    """Bring a case of an earlier version up to the tables of today.

    CASE is the name of a case. Its tables as they were before are kept in the folder .previous of
    the case. Where anything is wrong, nothing is written.

    Exit code 0: done, or nothing was to be done; 1: it could not be written; 2: the case is wrong.
    """
    words = speak(tongue())
    os.environ[DATA_VARIABLE] = str((data or data_folder()).absolute())
    try:
        folder = find_case(case)
        texts = upgraded_texts(folder)
    except DataError as error:
        refuse(error, words)
    if is_kept(folder, texts):
        echo(words("Nothing has changed: {folder}", folder=shown(folder)))
        return
    with told(folder.parent, words):
        replace_case(folder, texts)
    echo(words("Written: {file}", file=shown(folder)))
    echo(words("The tables as they were before: {folder}", folder=shown(folder / PREVIOUS)))
