"""What do the commands have in common: options, refusals, files?"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from netanalysis.commands.output import echo, echo_lines
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import mend_of, reason_of
from netanalysis.files import put_right, write_files
from netanalysis.folders import DATA_VARIABLE, shown, workspace_data
from netanalysis.language.languages import of_machine
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.folders import languages_of
from netanalysis.publishing.batch.jobs import FAST, KERNEL

if TYPE_CHECKING:
    from netanalysis.loaders.case.case import Case
    from netanalysis.publishing.parameters import Asked

__all__ = [
    "DATA",
    "ENGINE",
    "ENGINES",
    "LANGUAGE",
    "MEMORY_LIMIT",
    "OUT",
    "OVERWRITE",
    "PARAMETERS",
    "TIMEOUT",
    "case_words",
    "memory_mb",
    "processors",
    "refuse",
    "save",
    "shared_language",
    "tell",
    "tell_renamed",
    "tell_replaced",
    "told",
    "tongue",
    "use_workspace",
    "writable",
]

MOST = 10  # problems of one kind that are told at length
_OF_ONE_CAUSE = ("reference", "cell_reference")  # faults of many rows, by one that is missing
ENGINES = {"netanalysis": FAST, "kernel": KERNEL}
LANGUAGE = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Only this language; all where not given.",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the pages.  [default: reports, beside the notebooks]",
)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar=DATA_VARIABLE,
    help="Folder that holds cases, places and member lists; notebooks and reports lie beside it.  "
    f"[default: {DATA_VARIABLE} where that is set, else data in the nearest folder, from here "
    "upwards, that has data and notebooks]",
)
OVERWRITE = click.option(
    "--overwrite",
    is_flag=True,
    help="Replace files that are there, also those that this run has not made.",
)
PARAMETERS = click.option(
    "-p",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="Set a parameter of the notebook; can be given several times.",
)
ENGINE = click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="netanalysis",
    show_default=True,
    help="How the notebook runs: in a prepared process, or in a Jupyter kernel, which is slower.",
)

TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=600,
    show_default=True,
    help="Seconds that a report may take; 0 for no limit.",
)
MEMORY_LIMIT = click.option(
    "--memory-limit",
    type=click.FloatRange(min=0),
    help="Megabytes that a report may take; 0 for no limit.  "
    "[default: the machine's memory, shared by the reports made at a time]",
)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_mb(limit: float | None, count: int) -> float:
    """What each of so many reports may take: the limit, or its part with as much for the rest."""
    if limit is not None:
        return limit
    import psutil

    return float(psutil.virtual_memory().total) / (count + 1) / 1_000_000


def _restore(variable: str) -> Callable[[], None]:
    before = os.environ.get(variable)

    def restore() -> None:
        os.environ.pop(variable, None)
        if before is not None:
            os.environ[variable] = before

    return restore


def use_workspace(data: Path | None, words: Words) -> None:
    """Find the data folder for this command and all that it starts, and put right what is there.

    What a killed command has left is told. Without a workspace the command ends. When it is over,
    the environment is as it was, for a caller whose process goes on.
    """
    click.get_current_context().call_on_close(_restore(DATA_VARIABLE))
    if data is not None:
        os.environ[DATA_VARIABLE] = str(data.absolute())
    try:
        folder = workspace_data().absolute()
    except DataError as error:
        refuse(error, words)
    os.environ[DATA_VARIABLE] = str(folder)
    for above in dict.fromkeys([folder, Path.cwd()]):
        for case, missing in put_right(above).items():
            code = "case_put_back" if missing else "case_left_over"
            echo_lines(words.explain(Problem(code, shown(case))), err=True)


def save(texts: Mapping[Path, str], words: Words) -> None:
    """Write texts to files of one folder, each whole or not at all, and say so."""
    with told(next(iter(texts)).parent, words):
        write_files(texts)
    for target in texts:
        echo(words("Written: {file}", file=shown(target)))


def writable(folder: Path, words: Words) -> None:
    """Make the folder where it is not there; end the command where that cannot be."""
    with told(folder, words):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def told(folder: Path, words: Words, code: int = 1) -> Iterator[None]:
    """Say why a folder cannot be written to, and end the command with that exit code."""
    try:
        yield
    except OSError as error:
        place = shown(Path(error.filename)) if isinstance(error.filename, str) else ""
        values = {"folder": place or folder, "reason": reason_of(error), "mend": mend_of(error)}
        echo_lines(words.explain(Problem("folder_unwritable", values=values)), err=True)
        sys.exit(code)


def tell(problems: Sequence[Problem], words: Words) -> None:
    """Say what is wrong: the first of each kind at length, of the others where they stand.

    What one missing row causes in many is told once, with every place.
    """
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        cause = [problem.values.get(name) for name in ("value", "table", "sheet")]
        kind = (problem.code, *cause) if problem.code in _OF_ONE_CAUSE else _kind(problem)
        kinds.setdefault(kind, []).append(problem)
        if len(kinds[kind]) <= _at_length(problem):
            echo_lines(words.explain(problem), err=True)
    for alike in kinds.values():
        rest = alike[_at_length(alike[0]) :]
        if rest:
            if _at_length(alike[0]) > 1:
                echo(words.explain(alike[0]).splitlines()[0], err=True)
            by_file: dict[str, list[Problem]] = {}
            for one in rest:
                by_file.setdefault(one.file if one.row is not None else "", []).append(one)
            own = {alike[0].file, ""}
            places = "; ".join(
                ", ".join([*({file} - own), *_places(some, words)])
                for file, some in by_file.items()
            )
            echo("  " + words("Likewise: {places}", places=places), err=True)


def _kind(problem: Problem) -> tuple[object, ...]:
    return problem.code, problem.file.partition("!")[0], problem.column


def _at_length(problem: Problem) -> int:
    """How many problems of one kind are told at length."""
    return 1 if problem.code in _OF_ONE_CAUSE else MOST


def tell_renamed(asked: "Asked", words: Words) -> None:
    """Say which parameters were given by an older name."""
    for name, newer in asked.renamed.items():
        echo(words("The parameter {name} has another name now: -p {newer}.", name=name,
                   newer=newer), err=True)  # fmt: skip


def tell_replaced(folder: Path, aside: Path | None, words: Words, changed: bool = True) -> None:
    """Say whether a case is written, and where its tables from before are."""
    if not changed:
        echo(words("Nothing has changed: {folder}", folder=shown(folder)))
        return
    echo(words("Written: {file}", file=shown(folder)))
    if aside is not None:
        echo(words("The tables as they were before: {folder}", folder=shown(aside)))


def _places(problems: Sequence[Problem], words: Words) -> Iterator[str]:
    """Where problems stand; rows that follow one another as one range."""
    first = last = None
    for row in sorted({one.row for one in problems if one.row is not None}):
        if last is not None and row > last + 1:
            yield words("row {row}", row=first if first == last else f"{first}–{last}")
            first = row
        first, last = row if first is None else first, row
    if first is not None:
        yield words("row {row}", row=first if first == last else f"{first}–{last}")
    yield from dict.fromkeys(one.file for one in problems if one.row is None)


def refuse(error: DataError, words: Words) -> NoReturn:
    """Say everything that is wrong with the input, and end the command."""
    tell(error.problems, words)
    count = len(error.problems)
    echo(
        words.plural(
            "{count} problem; nothing was written.", "{count} problems; nothing was written.", count
        ),
        err=True,
    )
    sys.exit(2)


def shared_language(case: "Case", words: Words) -> str:
    """The language of what is told where the case is written in it, else the case's own."""
    return words.language if words.language in case.languages else case.languages[0]


def tongue() -> str:
    """The language that the machine is set to."""
    return of_machine()


def case_words(name: str, language: str | None = None) -> Words:
    """The words in which a command speaks of a case.

    Parameters
    ----------
    name : str
        The case's; of one that is not there nothing is known.
    language : str, optional
        What the command is asked for, which counts first; else it is the language of the machine
        where the case is written in it, and then the case's own.
    """
    spoken = languages_of(name)
    own = tongue() if tongue() in spoken or not spoken else spoken[0]
    return speak(language or own)
