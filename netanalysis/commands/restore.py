"""``netanalysis restore``: the tables of a case as they were before, listed and brought back."""

from pathlib import Path

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
from netanalysis.errors import DataError
from netanalysis.exchange.store.earlier import Earlier, earlier_states, state_at
from netanalysis.exchange.store.replacing import replace_case
from netanalysis.files import folder_locked
from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.folders import find_case

__all__ = ["restore"]


@click.command()
@click.argument("name")
@click.argument("when", default="")
@DATA
def restore(name: str, when: str, data: Path | None) -> None:
    """List the earlier states of the case NAME, or bring back the one of WHEN.

    Each time that a command replaces tables of a case, all of them as they were before are put
    aside; the last ten states are kept. WHEN is the moment that the list gives, or its beginning.
    What the case holds now is put aside first, so that this too can be undone. Files that are not
    tables stay as they are.

    Exit code 0: listed or written; 1: it could not be written; 2: the input is wrong.
    """
    words = speak(tongue())
    use_workspace(data, words)
    words = case_words(name)
    try:
        folder = find_case(name)
        if not when:
            _list(name, earlier_states(folder), words)
            return
        with told(folder, words), folder_locked(folder, f"restore {name}"):
            state = state_at(folder, when)
            written = replace_case(folder, state.files, f"restore {state.when}")
    except DataError as error:
        refuse(error, words)
    tell_replaced(folder, written.aside, words, bool(written.files))


def _list(name: str, states: list[Earlier], words: Words) -> None:
    """Each state: when and by what it was replaced, and in which tables it differs from now."""
    if not states:
        echo(words("Nothing has been put aside: {name}", name=name))
        return
    for state in states:
        echo(words("{when}, before: {command}", when=state.when, command=state.command or "?"))
        for one in state.differences:
            echo(
                "  "
                + words(
                    "{table}: {before} → {now} rows; not there now: {lost}",
                    table=one.table,
                    before=words.number(one.before),
                    now=words.number(one.now),
                    lost=words.number(one.lost),
                )
            )
        if not state.differences:
            echo("  " + words("The tables are as they are now."))
    latest = states[0].when
    echo(words("To bring one back: netanalysis restore {name} {when}", name=name, when=latest))
