"""``netanalysis report``, ``portrait`` and ``turnover``: a notebook, and a page per language."""

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from tqdm import tqdm

from netanalysis.commands.output import echo, echo_foreign
from netanalysis.commands.shared import (
    DATA,
    ENGINE,
    ENGINES,
    LANGUAGE,
    MEMORY_LIMIT,
    OUT,
    OVERWRITE,
    PARAMETERS,
    TIMEOUT,
    case_words,
    memory_mb,
    processors,
    refuse,
    tell_renamed,
    told,
    tongue,
    use_workspace,
    writable,
)
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of
from netanalysis.files import write_files
from netanalysis.folders import data_folder, reports_folder, shown
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.folders import case_names
from netanalysis.publishing.batch import batch
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.batch.jobs import DONE, Job, Outcome, place_text
from netanalysis.publishing.batch.pool import SCRATCH, Workers
from netanalysis.publishing.notebooks import find_notebook
from netanalysis.publishing.page_messages import sentences
from netanalysis.publishing.page_names import name_part, page_name, slug
from netanalysis.publishing.parameter_types import Value
from netanalysis.publishing.parameters import Asked
from netanalysis.publishing.replacing import page_problems, run_digest

__all__ = ["portrait", "report", "turnover"]


@click.command()
@click.argument("case")
@LANGUAGE
@click.option("--notebook", default="evaluation", show_default=True, help="Name of the notebook.")
@click.option(
    "--compare-with",
    "other",
    metavar="OTHER",
    help="What has changed since the case OTHER, and why: the notebook comparison.",
)
@PARAMETERS
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
def report(
    case: str,
    language: str | None,
    notebook: str,
    other: str | None,
    parameters: tuple[tuple[str, str], ...],
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Check CASE, run a notebook on it and write one HTML page per language.

    CASE is the name of a folder under the data folder. A page is named by the case, the notebook
    where it is not the evaluation, what is set by -p and the language. A file that is there is
    replaced only where the same command made it and nobody has edited it since. Everything is
    checked before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed, or data were changed meanwhile;
    2: the input is wrong, or a file that is there is not replaced.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    words = case_words(case, language)
    try:
        if other is not None:
            if other == case:
                known = ", ".join(name for name in case_names() if name != case) or "-"
                raise DataError([Problem("compare_same", values={"case": case, "known": known})])
            notebook = "comparison" if notebook == "evaluation" else notebook
            parameters = (("other", other), *parameters)
        asked = Asked(find_notebook(notebook))
        inputs = Inputs(asked.notebook, asked.defaults)
        twice = [name for name, _ in parameters if name in ("case", "language")]
        names = [name for name, _ in parameters]
        twice += sorted({name for name in names if names.count(name) > 1} - set(twice))
        if twice:
            raise DataError([Problem("parameter_twice", values={"name": n}) for n in twice])
        asked.typed(dict(parameters))
        compared = "other" in asked.parameters  # whether the notebook takes a second case
        cases = [case, *(value for name, value in parameters if compared and name == "other")]
        languages = [language] if language else list(asked.languages(*cases))
        spoken = {"language": languages[0]} if languages and "language" in asked.parameters else {}
        given = asked.checked({"case": case, **spoken, **dict(parameters)})
    except DataError as error:
        refuse(error, words)
    parts = [name_part(case), *([] if notebook == "evaluation" else [notebook])]
    parts += [name_part(value, name) for name, value in asked.as_today(dict(parameters)).items()]
    tell_renamed(asked, words)
    how = _How(ENGINES[engine], timeout, memory_limit, out, overwrite)
    _make(asked.notebook, given, parts, languages, how, inputs, words)


@click.command()
@click.argument("city")
@LANGUAGE
@click.option(
    "--snapshot",
    default="",
    metavar="'NETWORK DATE'",
    help="A list other than the latest.",
)
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
def portrait(
    city: str,
    language: str | None,
    snapshot: str,
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Write the portrait of a CITY: whom it meets through its networks.

    CITY is a name in any language, or a GeoNames id. Everything is checked before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    try:
        asked = Asked(find_notebook("portrait"))
        inputs = Inputs(asked.notebook)
        home, name = asked.home(city, snapshot)
    except DataError as error:
        refuse(error, words)
    parts = ["portrait", slug([name]), str(home), *snapshot.split()]
    languages = [language] if language else list(LANGUAGES)
    given = {"city": str(home), "snapshot": snapshot}
    how = _How(ENGINES[engine], timeout, memory_limit, out, overwrite)
    _make(asked.notebook, given, parts, languages, how, inputs, words)


@click.command()
@click.argument("network")
@click.argument("before", default="")
@click.argument("after", default="")
@LANGUAGE
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
def turnover(
    network: str,
    before: str,
    after: str,
    language: str | None,
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Compare two lists of a NETWORK: who left, who joined, who had other ways.

    BEFORE and AFTER are dates of its lists; the latest two where not given. Everything is checked
    before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    try:
        from netanalysis.loaders.members.lists import two_snapshots

        path = find_notebook("turnover")
        inputs = Inputs(path)
        first, last = two_snapshots(network, before, after)
    except DataError as error:
        refuse(error, words)
    given = {"network": network, "before": first, "after": last}
    languages = [language] if language else list(LANGUAGES)
    parts = ["turnover", network, first, last]
    how = _How(ENGINES[engine], timeout, memory_limit, out, overwrite)
    _make(path, given, parts, languages, how, inputs, words)


@dataclass(frozen=True)
class _How:
    """What the options say of making pages."""

    engine: str
    timeout: float
    memory_limit: float | None
    out: Path | None
    overwrite: bool


def _make(
    notebook: Path,
    given: Mapping[str, Value],
    parts: list[str],
    languages: list[str],
    how: _How,
    inputs: Inputs,
    words: Words,
) -> None:
    """Run the notebook in each language and write its pages, named by the parts, all or none."""
    folder = how.out or reports_folder()
    count = min(len(languages), processors())
    memory = memory_mb(how.memory_limit, count)
    writable(folder, words)
    with told(folder, words), tempfile.TemporaryDirectory(dir=folder, prefix=".") as made:
        targets = {tongue: folder / f"{page_name(parts)}.{tongue}.html" for tongue in languages}
        jobs = [
            Job(
                tongue,
                str(notebook),
                {**given, "language": tongue},
                str((Path(made) / target.name).absolute()),
                str(data_folder()),
                how.engine,
                how.timeout,
                memory,
                words.language,
            )
            for tongue, target in targets.items()
        ]
        stem = notebook.stem
        runs = {targets[job.name]: run_digest(stem, job.parameters) for job in jobs}
        _refuse_others(runs, how.overwrite, words)
        for target in targets.values():
            echo(words("Making {file}", file=shown(target)), err=True)
        outcomes: list[Outcome] = []
        crew = Workers(count, Path(made) / SCRATCH)
        try:
            with _shown_progress(crew, notebook, len(jobs), words) as look:
                batch.make(jobs, crew, outcomes.append, look, fail_fast=True)
        finally:
            crew.close()
        failed = [outcome for outcome in outcomes if outcome.state != DONE]
        for outcome in failed:
            parts = [shown(notebook), place_text(outcome.cell, outcome.line, words)]
            place = ", ".join(filter(None, parts))
            echo_foreign(place, outcome.error, err=True)
        if failed:
            sys.exit(1)
        if any(inputs.changed(job.parameters) for job in jobs):
            said = words(
                "Data or notebook were changed while the pages were made, so that they may show "
                "both: nothing was written. Run the command again."
            )
            echo(said, err=True)
            sys.exit(1)
        _refuse_others(runs, how.overwrite, words)
        write_files({file: (Path(made) / file.name).read_bytes() for file in targets.values()})
    messages = [message for outcome in outcomes for message in outcome.messages]
    for head, text in sentences(messages, words):
        echo_foreign(head, text, err=True)
    for target in targets.values():
        echo(words("Written: {file}", file=shown(target)))


@contextlib.contextmanager
def _shown_progress(
    crew: Workers, notebook: Path, pages: int, words: Words
) -> Iterator[Callable[[], bool]]:
    """Show on a terminal which cell the pages are at, whenever it is looked; nothing is stopped."""
    cells = len(json.loads(content_of(notebook))["cells"])
    at: dict[str, int] = {}
    with tqdm(
        total=pages * cells,
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


def _refuse_others(runs: Mapping[Path, str], overwrite: bool, words: Words) -> None:
    """End the command where a page would replace what the same run has not made."""
    problems = [] if overwrite else page_problems(runs)
    if problems:
        refuse(DataError(problems), words)
