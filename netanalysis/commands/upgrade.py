"""``netanalysis upgrade``: a case of an earlier version, with the tables of today."""

from pathlib import Path

import click

from netanalysis.commands.shared import (
    DATA,
    case_words,
    refuse,
    tell_replaced,
    told,
    tongue,
    use_workspace,
)
from netanalysis.errors import DataError
from netanalysis.exchange.store.replacing import write_case
from netanalysis.files import folder_locked
from netanalysis.language.words import speak
from netanalysis.loaders.case.folders import find_case

__all__ = ["upgrade"]


@click.command()
@click.argument("case")
@DATA
def upgrade(case: str, data: Path | None) -> None:
    """Bring a case of an earlier version up to the tables of today.

    CASE is the name of a case. Its tables as they were before are put aside, and
    netanalysis restore brings them back. Where anything is wrong, nothing is written.

    Exit code 0: done, or nothing was to be done; 1: it could not be written; 2: the case is wrong.
    """
    words = speak(tongue())
    use_workspace(data, words)
    words = case_words(case)
    try:
        folder, command = find_case(case), f"upgrade {case}"
        from netanalysis.loaders.case.case import older_rows

        with told(folder.parent, words), folder_locked(folder, command):
            written = write_case(folder, older_rows(folder), command)
    except DataError as error:
        refuse(error, words)
    tell_replaced(folder, written.aside, words, bool(written.files))
