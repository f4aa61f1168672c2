"""How are many reports made, so that none is lost and none is made twice?"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from netanalysis.folders import data_folder
from netanalysis.language.languages import SOURCE
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.batch.jobs import DIED, DONE, LOST, Job, Outcome
from netanalysis.publishing.batch.manifest import PENDING, Entry, Manifest
from netanalysis.publishing.batch.plan import Report
from netanalysis.publishing.parameters import Asked

__all__ = ["Crew", "make", "manifest_of", "waiting"]

_GRACE = 1.5  # seconds in which a report that has just ended can say so before all is given up


class Crew(Protocol):
    """Who makes reports: `netanalysis.publishing.batch.pool.Workers`, or a Dask cluster."""

    @property
    def busy(self) -> int:
        """How many reports are being made."""

    @property
    def free(self) -> int:
        """How many more can be started."""

    def start(self, job: Job) -> None:
        """Start a report."""

    def wait(self) -> list[Outcome]:
        """What has ended, perhaps nothing, after a fraction of a second."""

    def close(self) -> None:
        """End everything."""


def manifest_of(reports: Iterable[Report], asked: Asked, folder: Path) -> Manifest:
    """The manifest of a plan: what is up to date, and what is pending.

    Parameters
    ----------
    reports : iterable of Report
    asked : Asked
        Of the notebook.
    folder : Path
        For the pages.

    Raises
    ------
    DataError
        If the folder's manifest cannot be read.
    OSError
        If data cannot be read.
    """
    inputs = Inputs(asked.notebook, asked.defaults)
    entries = [
        Entry(
            report.name,
            PENDING,
            None,
            None,
            None,
            None,
            "",
            f"{report.name}.html",
            "",
            inputs.sha256(report.parameters),
            report.parameters,
        )
        for report in reports
    ]
    return Manifest(folder, entries, inputs)


def waiting(
    manifest: Manifest,
    notebook: Path,
    engine: str,
    timeout: float,
    memory_mb: float,
    language: str = SOURCE,
) -> list[Job]:
    """The reports that are not up to date, as jobs; refusals are told in the language."""
    return [
        Job(
            entry.name,
            str(notebook.absolute()),
            entry.parameters,
            str((manifest.folder / entry.page).absolute()),
            str(data_folder().absolute()),
            engine,
            timeout,
            memory_mb,
            language,
        )
        for entry in manifest
        if entry.state != DONE
    ]


def make(
    jobs: Sequence[Job],
    crew: Crew,
    note: Callable[[Outcome], None],
    stop: Callable[[], bool] = lambda: False,
    fail_fast: bool = False,
) -> None:
    """Make reports until all have ended.

    A report whose process was lost together with what it was forked from may have done this
    itself or have been beside it; such reports are tried once more, each on its own.

    Parameters
    ----------
    jobs : sequence of Job
    crew : Crew
    note : callable
        Told the outcome of each report.
    stop : callable
        Asked now and then; where it is true, what has ended is noted and the rest given up.
    fail_fast : bool
        End at the first report that is not done, and give up those under way.
    """
    ready, alone = deque(jobs), deque[Job]()
    by_name = {job.name: job for job in jobs}
    again: set[str] = set()
    while (ready or alone or crew.busy) and not stop():
        while ready and crew.free > 0:
            crew.start(ready.popleft())
        if alone and not ready and not crew.busy:
            crew.start(alone.popleft())
        for outcome in crew.wait():
            if outcome.state == LOST and outcome.name not in again:
                again.add(outcome.name)
                alone.append(by_name[outcome.name])
                continue
            if outcome.state == LOST:
                outcome = Outcome(outcome.name, DIED, outcome.seconds, error=outcome.error)
            note(outcome)
            if fail_fast and outcome.state != DONE:
                return
    until = time.monotonic() + _GRACE
    while stop() and crew.busy and time.monotonic() < until:  # whose page is there already
        for outcome in crew.wait():
            note(outcome)
