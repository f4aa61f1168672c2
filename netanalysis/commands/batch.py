"""``netanalysis batch``: many reports of one notebook, none lost and none made twice."""

import contextlib
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from tqdm import tqdm

from netanalysis.commands.output import echo, echo_foreign
from netanalysis.commands.shared import (
    DATA,
    ENGINE,
    ENGINES,
    MEMORY_LIMIT,
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
)
from netanalysis.errors import DataError, Problem
from netanalysis.files import locked, write_files
from netanalysis.folders import reports_folder, shown
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.publishing.batch import batch as batches
from netanalysis.publishing.batch.jobs import DONE, Job, Outcome, place_text
from netanalysis.publishing.batch.manifest import FILE as MANIFEST
from netanalysis.publishing.batch.manifest import PENDING, SUMMARY, Manifest, index_names
from netanalysis.publishing.batch.plan import for_each, read_plan
from netanalysis.publishing.batch.pool import SCRATCH, Workers
from netanalysis.publishing.notebooks import find_notebook
from netanalysis.publishing.page_messages import MESSAGES
from netanalysis.publishing.parameters import Asked
from netanalysis.publishing.replacing import (
    list_problems,
    marked,
    page_problems,
    run_digest,
)

__all__ = ["batch"]

_STOP = (signal.SIGINT, signal.SIGTERM)
_TOLD = 10  # failed reports that are named at the end; the index has them all


@click.command()
@click.argument("notebook")
@click.argument("plan", required=False, type=click.Path(path_type=Path))
@click.option(
    "--for-each",
    "wanted",
    multiple=True,
    metavar="PARAMETER=all",
    help="Instead of a plan: a report for each value, such as city=all or city=Oslo,Umeå; "
    "several give every combination.",
)
@PARAMETERS
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of the reports and of their list.  [default: the notebook's]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the pages.  [default: reports/NOTEBOOK, beside the notebooks]",
)
@DATA
@ENGINE
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Reports at a time.  [default: the processors that this process may use]",
)
@TIMEOUT
@MEMORY_LIMIT
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Make the reports on a Dask cluster: tcp://HOST:PORT, or local to start one here.",
)
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help="The project's folder as the cluster's workers see it.  [default: as it is here]",
)
@OVERWRITE
@click.option("--fail-fast", is_flag=True, help="End at the first report that fails.")
@click.option("--dry-run", is_flag=True, help="Check everything, say what would be made, and end.")
def batch(
    notebook: str,
    plan: Path | None,
    wanted: tuple[str, ...],
    parameters: tuple[tuple[str, str], ...],
    language: str | None,
    out: Path | None,
    data: Path | None,
    engine: str,
    workers: int | None,
    timeout: float,
    memory_limit: float | None,
    scheduler: str | None,
    root: Path | None,
    overwrite: bool,
    fail_fast: bool,
    dry_run: bool,
) -> None:
    """Make many reports of NOTEBOOK: one for each row of PLAN, or for each value of a parameter.

    PLAN is a CSV file whose columns are parameters of the notebook; a column "name" may name the
    pages. The whole plan is checked before anything runs. Beside the pages, manifest.csv says what
    became of each report, summary.csv gives the key figures of all, and index.html lists them.
    The same command again makes only what is missing, failed or out of date.

    Exit code 0: all reports are done; 1: some failed; 2: it could not start; 130: interrupted.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    words = case_words(str(dict(parameters).get("case", "")), language)
    try:
        asked = Asked(find_notebook(notebook))
        fixed = dict(parameters)
        if language and "language" in asked.parameters:
            fixed["language"] = language
        if plan is None and not wanted:
            raise DataError([Problem("plan_none")])
        if plan is not None and wanted:
            raise DataError([Problem("plan_both")])
        reports = for_each(wanted, asked, fixed) if plan is None else read_plan(plan, asked, fixed)
        tell_renamed(asked, words)
        folder = out or reports_folder() / asked.notebook.stem
        manifest = batches.manifest_of(reports, asked, folder)
        count = workers or processors()
        limit = memory_mb(memory_limit, count)
        limits = timeout, limit, words.language
        jobs = batches.waiting(manifest, asked.notebook, ENGINES[engine], *limits)
        problems = [] if overwrite else _there(manifest, jobs, asked, words)
        if problems:
            raise DataError(problems)
        if dry_run:
            _foresee(manifest, jobs, words)
            return
        with contextlib.ExitStack() as stack:
            with told(folder, words, code=2):
                stack.enter_context(locked(folder, folder / ".lock", f"batch {notebook}"))
                manifest.write()
                crew = _crew(scheduler, root, asked.notebook, count, folder)
            whole = _run(manifest, jobs, crew, fail_fast, words)
            changed = manifest.settle()
            with told(folder, words):
                messages = _list(manifest, asked, words)
    except DataError as error:
        refuse(error, words)
    except ChildProcessError as error:
        echo(words("No report could be started: {reason}", reason=error), err=True)
        sys.exit(2)
    _close(manifest, asked, messages, words)
    if changed:
        said = words.plural(
            "Data or notebook were changed while {count} report was made; the same command again "
            "makes it from what is there now.",
            "Data or notebook were changed while {count} reports were made; the same command again "
            "makes them from what is there now.",
            changed,
        )
        echo(said, err=True)
    sys.exit(130 if not whole else int(any(entry.state != DONE for entry in manifest)))


def _crew(
    scheduler: str | None, root: Path | None, notebook: Path, count: int, folder: Path
) -> batches.Crew:
    """Processes here, or a cluster."""
    if scheduler is None:
        return Workers(count, folder / SCRATCH)
    try:
        from netanalysis.publishing.batch.cluster import Cluster
    except ImportError:
        raise DataError([Problem("cluster_missing")]) from None
    shutil.rmtree(folder / SCRATCH, ignore_errors=True)
    return Cluster(scheduler, notebook, root, count)


def _run(
    manifest: Manifest, jobs: list[Job], crew: batches.Crew, fail_fast: bool, words: Words
) -> bool:
    """Make the reports and show how far it has come; False where it was interrupted."""
    failed = 0
    done = len(manifest) - len(jobs)
    rest = {"mininterval": 0.5} if sys.stderr.isatty() else {"mininterval": 30, "ascii": True}
    bar = tqdm(total=len(manifest), initial=done, unit=words("report"), dynamic_ncols=True, **rest)

    def note(outcome: Outcome) -> None:
        nonlocal failed
        manifest.note(outcome)
        if outcome.state != DONE:
            failed += 1
            bar.set_postfix_str(words("failed: {count}", count=failed), refresh=False)
        bar.update()

    try:
        with _told_to_stop() as stop:
            batches.make(jobs, crew, note, stop, fail_fast)
            return not stop()
    finally:
        with _undisturbed():
            crew.close()
            bar.close()


@contextlib.contextmanager
def _told_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed or the process asked to end; nothing is broken off by it."""
    told: list[int] = []
    signs = [sign for sign in _STOP if signal.getsignal(sign) != signal.SIG_IGN]
    before = {sign: signal.signal(sign, lambda number, _: told.append(number)) for sign in signs}
    try:
        yield lambda: bool(told)
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let nobody who is impatient break off the cleaning up."""
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _list(manifest: Manifest, asked: Asked, words: Words) -> int:
    """Write the lists and the index; return how many reports have messages."""
    with _undisturbed():
        from netanalysis.publishing.batch.index import indexes

        manifest.write()
        manifest.write_summary()
        messages = manifest.write_messages(words)
        notebook, folder = asked.notebook.stem, manifest.folder
        pages = indexes(manifest, notebook, _language(asked, words), asked.invented)
        run = run_digest("index", {"notebook": notebook})
        write_files({folder / name: marked(page, run) for name, page in pages.items()})
    return messages


def _language(asked: Asked, words: Words) -> str:
    """The language of reports that are asked for without one."""
    return str(asked.defaults.get("language", words.language))


def _there(manifest: Manifest, jobs: list[Job], asked: Asked, words: Words) -> list[Problem]:
    """What lies in the folder and would be replaced, though no such batch has made it."""
    notebook, folder = asked.notebook.stem, manifest.folder
    runs = {Path(job.target): run_digest(notebook, job.parameters) for job in jobs}
    for name in index_names(manifest, _language(asked, words)).values():
        runs[folder / name] = run_digest("index", {"notebook": notebook})
    return [
        *page_problems(runs),
        *list_problems(*(folder / name for name in (SUMMARY, MANIFEST, MESSAGES))),
    ]


def _foresee(manifest: Manifest, jobs: list[Job], words: Words) -> None:
    """What would be made."""
    done = len(manifest) - len(jobs)
    echo(words("Reports: {count}", count=words.number(len(manifest))))
    echo(words("Up to date: {count}", count=words.number(done)))
    echo(words("To be made: {count}", count=words.number(len(jobs))))
    for job in jobs[:_TOLD]:
        echo(f"  {shown(Path(job.target))}")
    if len(jobs) > _TOLD:
        echo(words("  and {count} more", count=words.number(len(jobs) - _TOLD)))


def _close(manifest: Manifest, asked: Asked, messages: int, words: Words) -> None:
    """What became of the reports, and where to look."""
    rest = [entry for entry in manifest if entry.state != DONE]
    failed = [entry for entry in rest if entry.state != PENDING]
    echo(words("Done: {count}", count=words.number(len(manifest) - len(rest))))
    if failed:
        echo(words("Failed: {count}", count=words.number(len(failed))))
    if len(rest) > len(failed):
        echo(words("Not made: {count}", count=words.number(len(rest) - len(failed))))
    for entry in failed[:_TOLD]:
        place = ", ".join(filter(None, [entry.name, place_text(entry.cell, entry.line, words)]))
        echo_foreign(place, entry.error, err=True)
    if len(failed) > _TOLD:
        told = words.number(len(failed) - _TOLD)
        echo(words("  and {count} more", count=told), err=True)
    if messages:
        said = words.plural(
            "{count} report wrote text, or has something else, that its page does not show.",
            "{count} reports wrote text, or have something else, that their pages do not show.",
            messages,
        )
        echo(said, err=True)
    indexes = index_names(manifest, _language(asked, words)).values()
    for name in (*indexes, SUMMARY, MANIFEST, *([MESSAGES] if messages else [])):
        echo(words("Written: {file}", file=shown(manifest.folder / name)))
