"""How does each report run in a process of its own, so that whatever it does costs only itself?

On Linux every report gets a fresh process, forked from one that has everything at hand. Elsewhere,
where forking is not safe, a process runs some reports one after the other and is then replaced.
"""

import contextlib
import json
import multiprocessing
import os
import re
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psutil

from netanalysis.publishing.batch.descendants import descendants, end
from netanalysis.publishing.batch.jobs import (
    DIED,
    DONE,
    FAILED,
    LOST,
    MEGABYTE,
    MEMORY,
    TIMEOUT,
    Job,
    Outcome,
)
from netanalysis.publishing.batch.report_process import serve
from netanalysis.publishing.import_path import without_working_folder

__all__ = ["SCRATCH", "Workers"]

SCRATCH = ".batch"  # a folder beside the pages, for what is not finished
FORKS = sys.platform == "linux"
_PATIENCE = 10  # seconds in which a process must be got to start
_POLL = 0.25  # seconds between two looks at time and memory
_MOST = 1_000_000  # bytes that an outcome can have
_RECYCLED = 20  # reports to a process where processes are used again
_UNKNOWN = 255  # what `multiprocessing` says of a process when the one it was forked from is gone
_SETTINGS = {  # for libraries, which read them as they start
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",  # the order of a set is then the same in every run
}
_NOTEBOOK_LINE = re.compile(r'ipykernel_\d+[/\\]\d+\.py", line (\d+)')


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    folder: Path
    word: str  # what it says before an outcome
    heard: bytes = b""
    job: Job | None = None
    since: float = 0.0
    peak_mb: float | None = None
    made: int = 0
    orphaned: bool = False  # what it was forked from is gone, and cannot tell when it ends


class Workers:
    """Processes that make reports, so many at a time.

    Parameters
    ----------
    count : int
        How many.
    scratch : Path
        A folder of their own on the disk of the pages; it is removed at the end.
    fresh : bool
        A new process for every report, forked; else processes that are used again.
    """

    def __init__(self, count: int, scratch: Path, fresh: bool = FORKS) -> None:
        for name, value in _SETTINGS.items():
            os.environ.setdefault(name, value)
        without_working_folder()
        self._count = count
        self._scratch = scratch = scratch.absolute()  # notebooks run in a folder of their own
        self._fresh = fresh
        self._made = 0
        self._looked = 0.0  # when time and memory were last looked at
        self._workers: list[_Worker] = []
        self._refused: list[Outcome] = []  # of reports that could not be started
        self._context: Any = multiprocessing.get_context("forkserver" if fresh else "spawn")
        if fresh:
            self._context.set_forkserver_preload(["netanalysis.publishing.batch.fork_server"])
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)

    @property
    def busy(self) -> int:
        """How many reports are being made."""
        return len(self._refused) + sum(worker.job is not None for worker in self._workers)

    @property
    def free(self) -> int:
        """How many more can be started."""
        return self._count - self.busy

    @property
    def cells(self) -> dict[str, int]:
        """The number of the cell that each report is at, by the name of its job."""
        at = {worker.job.name: _cell(worker.folder) for worker in self._workers if worker.job}
        return {name: cell for name, cell in at.items() if cell}

    def start(self, job: Job) -> None:
        """Start a report; `wait` hands over what became of it."""
        idle = next((worker for worker in self._workers if worker.job is None), None)
        try:
            worker = idle or self._new()
        except ChildProcessError:
            raise
        except OSError as error:
            reason = f"cannot write beside {job.target}: {error.strerror}"
            self._refused.append(Outcome(job.name, FAILED, 0, error=reason))
            return
        worker.job, worker.since, worker.peak_mb = job, time.monotonic(), None
        with contextlib.suppress(OSError):  # a process that is dead already is told by wait
            worker.connection.send_bytes(json.dumps(asdict(job)).encode())

    def wait(self, also: Sequence[Connection] = ()) -> list[Outcome]:
        """Outcomes of reports that have ended, perhaps none, after a fraction of a second.

        It returns at once when one of the other connections has something to read.
        """
        outcomes, self._refused = self._refused, []
        busy = [worker for worker in self._workers if worker.job]
        signs: list[Any] = [*also, *(worker.connection for worker in busy)]
        signs += [worker.process.sentinel for worker in busy if not worker.orphaned]
        ready = wait(signs, timeout=0 if outcomes else _POLL)
        for worker in busy:
            speaks = worker.connection in ready
            ended = worker.process.sentinel in ready or (worker.orphaned and not _runs(worker))
            if speaks or ended:
                outcome = self._outcome(worker, speaks)
                outcomes += [outcome] if outcome else []
        if time.monotonic() - self._looked >= _POLL:
            self._looked = time.monotonic()
            for worker in self._workers:
                if worker.job and (outcome := _exceeded(worker)):
                    outcomes.append(outcome)
                    self._end(worker)
            self._end_stray()
        self._workers = [worker for worker in self._workers if worker.process is not _GONE]
        return outcomes

    def close(self) -> None:
        """End every process; reports under way are given up."""
        for worker in self._workers:
            self._end(worker)
        self._workers = []
        self._end_stray()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _new(self) -> _Worker:
        self._made += 1
        folder = self._scratch / str(self._made)
        folder.mkdir(parents=True)
        word = secrets.token_hex()
        ours, theirs = self._context.Pipe()
        until = time.monotonic() + _PATIENCE
        while True:  # a process to fork from that has been killed is replaced once it is gone
            try:
                process = self._context.Process(
                    target=serve,
                    args=(theirs, folder, word),
                    name=f"netanalysis report {self._made}",
                )
                process.start()
                break
            except (OSError, EOFError) as error:
                if time.monotonic() > until:
                    raise ChildProcessError(f"no process could be started: {error}") from None
                time.sleep(0.05)
        theirs.close()
        worker = _Worker(process, ours, folder, word)
        self._workers.append(worker)
        return worker

    def _outcome(self, worker: _Worker, speaks: bool) -> Outcome | None:
        """What became of a report; None where its process only wrote something else."""
        job, seconds = worker.job, time.monotonic() - worker.since
        assert job is not None
        said = _said(worker.connection) if speaks else b""
        *lines, worker.heard = (worker.heard + said).split(b"\n")
        worker.heard = worker.heard[-_MOST:]
        for line in lines:
            if line.startswith(worker.word.encode()):
                outcome = Outcome(**json.loads(line.removeprefix(worker.word.encode())))
                if outcome.name == job.name:
                    worker.job, worker.made = None, worker.made + 1
                    if self._fresh or outcome.state != DONE or worker.made >= _RECYCLED:
                        self._end(worker)
                    return outcome
        if said:
            return None
        worker.process.join(2)
        if not speaks and worker.process.exitcode == _UNKNOWN and _runs(worker):
            worker.orphaned = True
            return None
        state, error = _death(worker.process.exitcode)
        place = _place(worker.folder)
        self._end(worker)
        return Outcome(job.name, state, seconds, worker.peak_mb, *place, error)

    def _end(self, worker: _Worker) -> None:
        """End the process and all that it has started."""
        process = worker.process
        assert process.pid is not None
        worker.connection.close()
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join(5)
        process.close()
        shutil.rmtree(worker.folder, ignore_errors=True)
        worker.process, worker.job = _GONE, None

    def _end_stray(self) -> None:
        """End what reports have left behind, which what they were forked from has adopted."""
        pid = getattr(forkserver._forkserver, "_forkserver_pid", None) if self._fresh else None
        if pid is None:
            return
        found = descendants(pid)
        ours = [process.pid or 0 for process in multiprocessing.active_children()]
        family = {*ours, *(one for own in ours for one in descendants(own))}
        for stray in found:
            if stray not in family:
                end(stray)


_GONE: Any = object()


def _runs(worker: _Worker) -> bool:
    """Whether its process runs on, asked of the system."""
    try:
        return bool(psutil.Process(worker.process.pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _exceeded(worker: _Worker) -> Outcome | None:
    """The outcome of a report that takes more time or memory than it may."""
    job, seconds = worker.job, time.monotonic() - worker.since
    assert job is not None
    if job.memory_mb:
        with contextlib.suppress(psutil.Error):
            pid = worker.process.pid
            assert pid is not None
            family = [psutil.Process(one) for one in (pid, *descendants(pid))]
            used = sum(one.memory_info().rss for one in family) / MEGABYTE
            if used > job.memory_mb and sys.platform == "linux":  # what they share counts once
                used = sum(one.memory_full_info().pss for one in family) / MEGABYTE
            worker.peak_mb = max(worker.peak_mb or 0, used)
            if used > job.memory_mb:
                error = f"it took {used:,.0f} MB; its limit is {job.memory_mb:,.0f} MB"
                place = _place(worker.folder, worker.process)
                return Outcome(job.name, MEMORY, seconds, worker.peak_mb, *place, error)
    if job.timeout and seconds > job.timeout:
        error = f"it took longer than {job.timeout:g} seconds"
        place = _place(worker.folder, worker.process)
        return Outcome(job.name, TIMEOUT, seconds, worker.peak_mb, *place, error)
    return None


def _said(connection: Connection) -> bytes:
    """What a process has written, whole or in part; nothing where no more will come.

    The notebook may have written there too, so that what `Connection` puts before a message to
    tell its length cannot be believed: one would wait for the rest for ever.
    """
    try:
        if sys.platform == "win32":  # where messages come whole
            return connection.recv_bytes()
        return os.read(connection.fileno(), _MOST)
    except (EOFError, OSError):
        return b""


def _place(folder: Path, process: BaseProcess | None = None) -> tuple[int | None, int | None]:
    """The cell and the line that a process was at when it died, or is at now."""
    trace = folder / "trace"
    if process is not None and process.pid is not None and hasattr(signal, "SIGUSR1"):
        with contextlib.suppress(OSError, TypeError):
            os.kill(process.pid, signal.SIGUSR1)
            for _ in range(20):
                time.sleep(0.01)
                if trace.stat().st_size:
                    break
    try:
        line = _NOTEBOOK_LINE.search(trace.read_text("utf-8", "replace"))
    except OSError:
        return None, None
    return _cell(folder), int(line.group(1)) if line else None


def _cell(folder: Path) -> int | None:
    """The cell that the report is at whose process writes into the folder."""
    with contextlib.suppress(OSError):
        cell = (folder / "cell").read_text("ascii")
        return int(cell) if cell.isdigit() else None
    return None


def _death(code: int | None) -> tuple[str, str]:
    """State and words for a process that ended without handing over an outcome."""
    if code is None:
        return DIED, "its process closed the connection on which its outcome was awaited"
    if code == _UNKNOWN:
        return LOST, "its process was lost"
    if code < 0:
        with contextlib.suppress(ValueError):
            return DIED, f"its process was ended by signal {signal.Signals(-code).name}"
        return DIED, f"its process was ended by signal {-code}"
    return DIED, f"its process ended itself with exit code {code}"
