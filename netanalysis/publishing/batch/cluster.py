"""How are reports made on many machines? As one machine makes them, on each worker of a cluster.

Tasks of Dask run in threads of daemonic processes, from which nothing may be forked and where
``multiprocessing`` refuses to start anything. So each Dask worker keeps one process of its own
that makes reports as `netanalysis.publishing.batch.pool` does; a report that kills its process, or
even what it was forked from, leaves the Dask worker alone.
"""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from multiprocessing.connection import Client as Connect
from multiprocessing.connection import Connection, Listener
from pathlib import Path, PurePath
from queue import SimpleQueue
from typing import Any

import distributed
from distributed.diagnostics.plugin import WorkerPlugin

from netanalysis.errors import DataError, Problem
from netanalysis.folders import notebooks_folder
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.batch.jobs import DIED, LOST, Job, Outcome
from netanalysis.publishing.batch.pool import SCRATCH, Workers
from netanalysis.publishing.import_path import without_working_folder

__all__ = ["Cluster"]

LOCAL = "local"
_NAME = "netanalysis"
_PATIENCE = 10  # seconds to wait for the scheduler, and then for its first worker
_POLL = 0.25
_AHEAD = 2  # tasks for each thread, so that none waits for its next one


class Cluster:
    """A Dask cluster that makes reports, to be used as `netanalysis.publishing.batch.pool.Workers`.

    Parameters
    ----------
    scheduler : str
        Address such as tcp://host:8786, or "local" to start a cluster on this machine.
    notebook : Path
        That the reports are made from.
    root : Path, optional
        The project's folder as the workers see it, as here where not given.
    count : int
        Workers to start where the cluster is local.

    Raises
    ------
    DataError
        If the scheduler does not answer, it has no workers, or a worker does not see the project's
        folder or has another version of the library.
    """

    def __init__(self, scheduler: str, notebook: Path, root: Path | None, count: int) -> None:
        self._project = notebooks_folder().parent.absolute()
        self._root = PurePath(root) if root else self._project
        self._own: Any = None
        try:
            if scheduler == LOCAL:
                without_working_folder()
                self._own = distributed.LocalCluster(
                    n_workers=count, threads_per_worker=1, dashboard_address=None
                )
            self._client = distributed.Client(self._own or scheduler, timeout=_PATIENCE)
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            values = {"address": scheduler, "detail": str(error).splitlines()[0][:200]}
            raise DataError([Problem("cluster_unreachable", values=values)]) from None
        self._tasks: dict[Any, Job] = {}
        self._number = 0
        seen = self._there(str(notebook.absolute()))
        found = self._client.run(_library, seen, on_error="return")
        wanted = Inputs(notebook).library
        for worker, answer in found.items():
            if answer != wanted:
                detail = str(answer) if isinstance(answer, Exception) else "another version"
                self.close()
                values = {"worker": worker, "detail": detail, "path": seen}
                raise DataError([Problem("cluster_worker", values=values)])
        self._client.register_plugin(_Helper(str(self._root)), name=_NAME)

    @property
    def busy(self) -> int:
        """How many reports are being made."""
        return len(self._tasks)

    @property
    def free(self) -> int:
        """How many more can be started."""
        threads: list[int] = list(self._client.nthreads().values())
        return _AHEAD * sum(threads) - self.busy

    def start(self, job: Job) -> None:
        """Start a report; `wait` hands over what became of it."""
        self._number += 1
        there = replace(
            job,
            notebook=self._there(job.notebook),
            target=self._there(job.target),
            data=self._there(job.data),
        )
        key = f"{_NAME}-{self._number}-{secrets.token_hex(4)}"
        task = self._client.submit(_on_worker, asdict(there), key=key, pure=False)
        self._tasks[task] = job

    def wait(self) -> list[Outcome]:
        """Outcomes of reports that have ended, perhaps none, after a fraction of a second."""
        with contextlib.suppress(TimeoutError):
            distributed.wait(list(self._tasks), timeout=_POLL, return_when="FIRST_COMPLETED")
        outcomes = []
        for task in [task for task in self._tasks if task.done()]:
            job = self._tasks.pop(task)
            if task.status == "finished":
                outcomes.append(Outcome(**task.result()))
            else:
                error = str(task.exception()).splitlines()[0]
                outcomes.append(Outcome(job.name, DIED, 0, error=f"the cluster gave up: {error}"))
        return outcomes

    def close(self) -> None:
        """Give up reports under way and leave the cluster as it was found."""
        with contextlib.suppress(Exception):  # a cluster that is going away cannot be tidied
            self._client.cancel(list(self._tasks))
            self._client.unregister_worker_plugin(_NAME)
        self._client.close(timeout=5)
        if self._own is not None:
            self._own.close(timeout=10)

    def _there(self, path: str) -> str:
        """The path as workers see it."""
        with contextlib.suppress(ValueError):
            return str(self._root / Path(path).relative_to(self._project))
        return path


def _library(notebook: str) -> str:
    return Inputs(Path(notebook)).library


def _on_worker(job: dict[str, Any]) -> dict[str, Any]:
    helper: Any = distributed.get_worker().plugins[_NAME]
    made: dict[str, Any] = helper.make(job)
    return made


class _Helper(WorkerPlugin):
    """The process of a Dask worker that makes its reports."""

    def __init__(self, root: str) -> None:
        self._root = root

    def setup(self, worker: Any) -> None:
        self._threads = worker.state.nthreads
        self._lock = threading.Lock()
        self._waiting: dict[str, SimpleQueue[dict[str, Any]]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def teardown(self, worker: Any) -> None:
        with self._lock:
            if self._connection:
                with contextlib.suppress(OSError):
                    self._connection.send_bytes(b"")
            if self._process:
                try:
                    self._process.wait(5)
                except subprocess.TimeoutExpired:
                    self._process.kill()

    def make(self, job: dict[str, Any]) -> dict[str, Any]:
        """Have a report made, and wait for what became of it."""
        answer: SimpleQueue[dict[str, Any]] = SimpleQueue()
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            self._waiting[job["name"]] = answer
            assert self._connection is not None
            with contextlib.suppress(OSError):  # told by the thread that listens
                self._connection.send_bytes(json.dumps(job).encode())
        return answer.get()

    def _start(self) -> None:
        """Start the process; it calls back, with a word that only it knows."""
        word = secrets.token_bytes(16)
        with Listener(authkey=word) as listener:
            arguments = [str(listener.address), str(self._threads)]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "netanalysis.publishing.batch.cluster", *arguments],
                stdin=subprocess.PIPE,
                cwd=self._root,
            )
            assert self._process.stdin is not None
            self._process.stdin.write(word)
            self._process.stdin.close()
            connection = listener.accept()
        self._connection = connection
        threading.Thread(target=self._listen, args=(connection,), daemon=True).start()

    def _listen(self, connection: Connection) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                outcome = json.loads(connection.recv_bytes())
                self._waiting.pop(outcome["name"]).put(outcome)
        with self._lock:  # the process is gone, and with it what it was making
            for name in list(self._waiting):
                lost = Outcome(name, LOST, 0, error="its process was lost")
                self._waiting.pop(name).put(asdict(lost))


def _serve(address: str, threads: int) -> None:
    """Make reports for a Dask worker until it hangs up."""
    connection = Connect(address, authkey=sys.stdin.buffer.read())
    workers: Workers | None = None
    try:
        while True:
            if workers is None or connection.poll(0 if workers.busy else _POLL):
                asked = connection.recv_bytes()
                if not asked:
                    return
                job = Job(**json.loads(asked))
                if workers is None:
                    own = f"{socket.gethostname()}-{os.getpid()}"
                    workers = Workers(threads, Path(job.target).parent / SCRATCH / own)
                workers.start(job)
            for outcome in workers.wait(also=[connection]) if workers.busy else ():
                connection.send_bytes(json.dumps(asdict(outcome)).encode())
    except (EOFError, OSError):
        pass
    finally:
        if workers is not None:
            workers.close()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
