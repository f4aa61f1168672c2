"""How is each page made once for all tests that look at it, whichever process they run in?"""

import contextlib
import hashlib
import json
import multiprocessing
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

from netanalysis.errors import DataError
from netanalysis.files import locked
from netanalysis.publishing import run
from netanalysis.publishing.batch import batch
from netanalysis.publishing.batch.jobs import DONE, FAST, Job, Outcome
from netanalysis.publishing.batch.pool import SCRATCH, Workers

__all__ = ["ROOT", "Pages", "Subject", "key_figures", "outcomes"]

ROOT = Path(__file__).parents[2]


def outcomes(
    jobs: list[Job], scratch: Path, count: int = 2, fresh: bool = True
) -> dict[str, Outcome]:
    """Make reports as the commands do; every one must succeed."""
    crew = Workers(min(count, len(jobs)), scratch, fresh)
    ended: list[Outcome] = []
    try:
        batch.make(jobs, crew, ended.append)
    finally:
        crew.close()
    assert [outcome for outcome in ended if outcome.state != DONE] == []
    return {outcome.name: outcome for outcome in ended}


@dataclass(frozen=True)
class Subject:
    """What a page is made from.

    Attributes
    ----------
    notebook : str
        Its name.
    parameters : dict
    data : Path
        The data folder.
    """

    notebook: str
    parameters: dict[str, str | int] = field(default_factory=dict)
    data: Path = ROOT / "data"

    def job(self, folder: Path) -> Job:
        """How to make it into a folder, under a name that no other subject has."""
        said = json.dumps([self.notebook, str(self.data), self.parameters], sort_keys=True)
        name = f"{self.notebook}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        path = str(ROOT / "notebooks" / f"{self.notebook}.ipynb")
        return Job(name, path, self.parameters, str(folder / f"{name}.html"), str(self.data))


class Pages:
    """Pages in a folder that several processes share; who needs one that is missing makes it.

    Attributes
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, subject: Subject) -> Path:
        return self.of({"one": subject})["one"]

    def of(self, subjects: dict[str, Subject]) -> dict[str, Path]:
        """The pages of several subjects, by their names; those missing are made together."""
        jobs = {name: subject.job(self.folder) for name, subject in subjects.items()}
        while missing := [job for job in jobs.values() if not Path(job.target).exists()]:
            with contextlib.ExitStack() as stack:
                mine = [job for job in missing if _taken(self.folder / job.name, stack)]
                mine = [job for job in mine if not Path(job.target).exists()]
                if mine:
                    self._make(mine)
                else:
                    time.sleep(0.1)  # another process is at it
        return {name: Path(job.target) for name, job in jobs.items()}

    def executed(self, notebook: str, engine: str) -> NotebookNode:
        """A notebook that has been run as it stands: by our engine where it lies, as reports are;
        by plain papermill with a kernel from the root.
        """
        target = self.folder / f"{notebook}.{engine}.ipynb"
        while not target.exists():
            with contextlib.ExitStack() as stack:
                if not _taken(target.with_suffix(""), stack):
                    time.sleep(0.1)
                elif not target.exists():
                    with tempfile.TemporaryDirectory(dir=self.folder) as unfinished:
                        done = Path(unfinished) / target.name
                        _execute(ROOT / "notebooks" / f"{notebook}.ipynb", engine, done)
                        done.replace(target)
        return nbformat.read(target, as_version=4)

    def _make(self, jobs: list[Job]) -> None:
        """A page appears when the key figures that belong to it are there."""
        with tempfile.TemporaryDirectory(dir=self.folder) as unfinished:
            own = [replace(job, target=f"{unfinished}/{job.name}") for job in jobs]
            made = outcomes(own, Path(unfinished) / SCRATCH)
            for job, page in zip(jobs, own, strict=True):
                figures = json.dumps(made[job.name].key_figures)
                Path(job.target).with_suffix(".json").write_text(figures, "utf-8")
                Path(page.target).replace(job.target)


def key_figures(page: Path) -> dict[str, object]:
    """What the notebook handed over with its page."""
    return json.loads(page.with_suffix(".json").read_text("utf-8"))


def _execute(notebook: Path, engine: str, target: Path) -> None:
    if engine == FAST:  # which needs a process of its own
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["netanalysis.publishing.batch.fork_server"])
        process = context.Process(target=_by_engine, args=(notebook, target))
        process.start()
        process.join()
        assert process.exitcode == 0
    else:
        papermill.execute_notebook(str(notebook), str(target), progress_bar=False, cwd=str(ROOT))


def _by_engine(notebook: Path, target: Path) -> None:
    nbformat.write(run.execute(notebook, {}), target)


def _taken(folder: Path, stack: contextlib.ExitStack) -> bool:
    try:
        stack.enter_context(locked(folder, folder / ".lock"))
    except DataError:
        return False
    return True
