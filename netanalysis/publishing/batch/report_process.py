"""How does a process make the reports that it is asked for, and tell what became of them?"""

import contextlib
import faulthandler
import hashlib
import json
import os
import queue
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from netanalysis.files import write_files
from netanalysis.folders import DATA_VARIABLE
from netanalysis.language.words import speak
from netanalysis.publishing.batch.descendants import adopt, descendants, end
from netanalysis.publishing.batch.jobs import DONE, FAILED, MEGABYTE, MEMORY, Job, Outcome
from netanalysis.publishing.import_path import as_the_caller_has_it
from netanalysis.publishing.page_messages import Message
from netanalysis.publishing.replacing import marked, run_digest

__all__ = ["serve"]

_MOST = 10_000  # characters in a cell of the manifest


def serve(connection: Connection, folder: Path, word: str) -> None:
    """Make reports in this process as they are asked for, until nobody listens any more.

    Each outcome is a line of its own after the word, so that it is told from what a notebook may
    write to the same place.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    as_the_caller_has_it()
    adopt()
    alive = getattr(forkserver._forkserver, "_forkserver_alive_fd", None)
    if alive is not None:  # what this was forked from ends with the batch, not with the last report
        os.close(alive)
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, jobs), daemon=True).start()
    while True:
        told = json.dumps(asdict(_make(jobs.get(), folder)))
        connection.send_bytes(f"\n{word}{told}\n".encode())


def _listen(connection: Connection, jobs: "queue.SimpleQueue[Job]") -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            jobs.put(Job(**json.loads(connection.recv_bytes())))
    for pid in descendants(os.getpid()):
        end(pid)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _make(job: Job, folder: Path) -> Outcome:
    from netanalysis.publishing import run  # which whoever asks for reports does not need

    start = time.perf_counter()
    state, error, digest, title, figures = DONE, "", "", "", {}
    cell = line = None
    messages: list[Message] = []
    with contextlib.ExitStack() as stack:
        try:
            trace = stack.enter_context((folder / "trace").open("w", encoding="utf-8"))
            at = stack.enter_context((folder / "cell").open("w", encoding="ascii"))
            stack.enter_context(_as_found(folder, job.data))
            stack.enter_context(_memory_limit(job.memory_mb))
            stack.enter_context(_told_where(trace))

            def note(number: int) -> None:
                at.seek(0)
                at.write(str(number))
                at.flush()

            done = run.execute(Path(job.notebook), job.parameters, job.engine, note)
            figures = run.key_figures(done)
            if len(json.dumps(figures)) > _MOST:
                raise ValueError(f"its key figures take more than {_MOST:,} characters")
            name = Path(job.notebook).stem
            text, made = run.page(done, name)
            title, messages = made.title, made.messages
            page = marked(text, run_digest(name, job.parameters)).encode()
            folder.mkdir(parents=True, exist_ok=True)  # it is where the notebook's own files go
            write_files({Path(job.target): page}, within=folder)
            digest = hashlib.sha256(page).hexdigest()
        except run.RunError as problem:
            ran_out = problem.reason.startswith("MemoryError") and job.memory_mb
            state = MEMORY if ran_out else FAILED
            cell, line = problem.cell, problem.line
            told = map(speak(job.language).explain, problem.problems)
            error = "\n".join(told) or problem.reason
        except OSError as problem:
            state, error = FAILED, f"cannot write {job.target}: {problem.strerror or problem}"
        except BaseException as problem:  # whatever it is, it costs this report only
            state = MEMORY if isinstance(problem, MemoryError) and job.memory_mb else FAILED
            error = f"{type(problem).__name__}: {problem}"
    if state != DONE:
        title, figures, messages = "", {}, []
    error = error[:_MOST].encode("utf-8", "backslashreplace").decode()
    seconds = time.perf_counter() - start
    seen = _peak_mb()
    what = cell, line, error, digest, figures, messages, title
    return Outcome(job.name, state, seconds, seen, *what)


@contextlib.contextmanager
def _as_found(folder: Path, data: str) -> Iterator[None]:
    """Leave the process as it was found, as far as reports are likely to change it."""
    import numpy as np

    before = dict(os.environ), Path.cwd(), tempfile.tempdir
    os.environ[DATA_VARIABLE] = data
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    random.seed()
    np.random.seed()  # noqa: NPY002  (a forked process would go on with its parent's numbers)
    try:
        yield
    finally:
        environment, here, tempfile.tempdir = before
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(here)


@contextlib.contextmanager
def _memory_limit(megabytes: float) -> Iterator[None]:
    """Let allocations fail beyond the limit, where the system can; elsewhere it is looked after."""
    if not megabytes or sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (int(megabytes * MEGABYTE), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@contextlib.contextmanager
def _told_where(trace: Any) -> Iterator[None]:
    """Write down where the notebook is when the process crashes, or is asked."""
    faulthandler.enable(trace)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, trace)
    try:
        yield
    finally:
        faulthandler.disable()
        if hasattr(faulthandler, "unregister"):
            faulthandler.unregister(signal.SIGUSR1)


def _peak_mb() -> float | None:
    try:
        import resource
    except ImportError:
        return float(psutil.Process().memory_info().peak_wset / MEGABYTE)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE
