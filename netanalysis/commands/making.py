"""How does a command have pages made: all of them or none, and none over what others made?"""

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from netanalysis.commands.output import echo, echo_foreign
from netanalysis.commands.shared import memory_mb, processors, refuse, told, writable
from netanalysis.errors import DataError
from netanalysis.file_content import content_of
from netanalysis.files import write_files
from netanalysis.folders import data_folder, shown
from netanalysis.language.words import Words
from netanalysis.publishing.batch import batch
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.batch.jobs import DONE, Job, Outcome, place_text
from netanalysis.publishing.batch.pool import SCRATCH, Workers
from netanalysis.publishing.page_messages import sentences
from netanalysis.publishing.replacing import page_problems
from netanalysis.publishing.wanted_page import WantedPage

__all__ = ["How", "make_pages", "pages_made"]


@dataclass(frozen=True)
class How:
    """What the options say of making pages."""

    engine: str
    timeout: float
    memory_limit: float | None
    overwrite: bool


def make_pages(
    wanted: Sequence[WantedPage], folder: Path, how: How, inputs: Sequence[Inputs], words: Words
) -> None:
    """Have pages made and write them, as `pages_made`."""
    with pages_made(wanted, folder, how, inputs, words) as made:
        write_files({folder / file: text for file, (text, _) in made.items()})


@contextlib.contextmanager
def pages_made(
    wanted: Sequence[WantedPage], folder: Path, how: How, inputs: Sequence[Inputs], words: Words
) -> Iterator[dict[str, tuple[str, Outcome]]]:
    """The text of each page, for whoever writes them; the command ends where one cannot be made.

    Parameters
    ----------
    wanted : sequence of WantedPage
    folder : Path
        For the pages; what is there and would be replaced is looked at before anything runs, and
        again when the pages are made.
    how : How
    inputs : sequence of Inputs
        Of the notebooks, from before anything was checked.
    words : Words

    Yields
    ------
    dict of str to (str, Outcome)
        By file name.
    """
    writable(folder, words)
    _refuse_others(wanted, folder, how, words)
    for one in wanted:
        echo(words("Making {file}", file=shown(folder / one.file)), err=True)
    with told(folder, words), tempfile.TemporaryDirectory(dir=folder, prefix=".") as scratch:
        outcomes = _outcomes(wanted, Path(scratch), how, words)
        if any(one.changed(page.parameters) for one in inputs for page in wanted):
            said = words(
                "Data or notebook were changed while the pages were made, so that they may show "
                "both: nothing was written. Run the command again."
            )
            echo(said, err=True)
            sys.exit(1)
        _refuse_others(wanted, folder, how, words)
        yield {
            file: ((Path(scratch) / file).read_text("utf-8"), outcome)
            for file, outcome in outcomes.items()
        }
    messages = [message for outcome in outcomes.values() for message in outcome.messages]
    for head, text in sentences(messages, words):
        echo_foreign(head, text, err=True)
    for one in wanted:
        echo(words("Written: {file}", file=shown(folder / one.file)))


def _outcomes(
    wanted: Sequence[WantedPage], scratch: Path, how: How, words: Words
) -> dict[str, Outcome]:
    """What became of each page, by its file in the scratch folder, where all are done."""
    count = min(len(wanted), processors())
    memory = memory_mb(how.memory_limit, count)
    jobs = [
        Job(
            one.file,
            str(one.notebook),
            dict(one.parameters),
            str((scratch / one.file).absolute()),
            str(data_folder()),
            how.engine,
            how.timeout,
            memory,
            words.language,
        )
        for one in wanted
    ]
    ended: list[Outcome] = []
    crew = Workers(count, scratch / SCRATCH)
    try:
        with _shown_progress(crew, wanted, words) as look:
            batch.make(jobs, crew, ended.append, look, fail_fast=True)
    finally:
        crew.close()
    failed = [outcome for outcome in ended if outcome.state != DONE]
    notebooks = {one.file: one.notebook for one in wanted}
    for outcome in failed:
        parts = [shown(notebooks[outcome.name]), place_text(outcome.cell, outcome.line, words)]
        echo_foreign(", ".join(filter(None, parts)), outcome.error, err=True)
    if failed:
        sys.exit(1)
    return {outcome.name: outcome for outcome in ended}


@contextlib.contextmanager
def _shown_progress(
    crew: Workers, wanted: Sequence[WantedPage], words: Words
) -> Iterator[Callable[[], bool]]:
    """Show on a terminal how many cells have run, whenever it is looked; nothing is stopped."""
    books = {one.notebook for one in wanted}
    cells = {book: len(json.loads(content_of(book))["cells"]) for book in books}
    at: dict[str, int] = {}
    with tqdm(
        total=sum(cells[one.notebook] for one in wanted),
        unit=f" {words('cell')}",
        leave=False,
        dynamic_ncols=True,
        disable=not sys.stderr.isatty(),
    ) as bar:

        def look() -> bool:
            at.update(crew.cells)
            bar.update(sum(at.values()) - bar.n)
            return False

        yield look


def _refuse_others(wanted: Sequence[WantedPage], folder: Path, how: How, words: Words) -> None:
    """End the command where a page would replace what the same run has not made."""
    runs = {folder / one.file: one.run for one in wanted}
    problems = [] if how.overwrite else page_problems(runs)
    if problems:
        refuse(DataError(problems), words)
