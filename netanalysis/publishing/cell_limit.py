"""How is a cell ended that takes longer than it may, and who says which one it was?"""

import contextlib
import faulthandler
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.exceptions import PapermillException

__all__ = ["time_limit"]

_GRACE = 3  # seconds that a cell has to end once it has been interrupted
# Runs in a process that is nobody's child, so that no cell waits for it: takes the text, and says
# it when nothing more comes in time.
_WATCH = r"""
import os, select, sys
os.fork() and os._exit(0)
text = b""
while not text.endswith(b"\0"):
    more = os.read(0, 65536)
    text += more
    more or os._exit(0)
select.select([0], [], [], float(sys.argv[1]))[0] or os.write(2, text[:-1])
"""


@contextlib.contextmanager
def time_limit(
    cell: NotebookNode, seconds: float | None, stderr: int, keep: Callable[[], None]
) -> Iterator[None]:
    """Break a cell off that takes longer than it may, where the system has alarms.

    A cell that goes on all the same ends the process, after its notebook has been kept; so does
    one that never returns to Python, which cannot be asked.

    Parameters
    ----------
    cell : NotebookNode
    seconds : float or None
        No limit where it is None, 0 or less.
    stderr : int
        File descriptor of where to say which cell has ended the process.
    keep : callable
        Keeps the notebook before its process ends.

    Raises
    ------
    PapermillException
        If no time can be limited here.
    nbclient.exceptions.CellTimeoutError
        If the cell has taken longer, and ended when it was asked to.
    """
    if not seconds or seconds < 0:
        yield
        return
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "alarm"):
        raise PapermillException(
            "The engine netanalysis cannot limit the time of a cell here: "
            "run with --engine nbclient."
        )
    error = CellTimeoutError.error_from_timeout_and_cell(
        "Cell execution timed out", int(seconds), cell
    )
    said = f"{type(error).__name__}: {error}\n".encode("utf-8", "backslashreplace")
    rung = False

    def ring(*_: object) -> None:
        nonlocal rung
        if rung:
            keep()
            os.write(stderr, said)
            os._exit(1)
        rung = True
        signal.setitimer(signal.ITIMER_REAL, _GRACE)
        raise KeyboardInterrupt

    handler = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    faulthandler.dump_traceback_later(seconds + 2 * _GRACE, exit=True, file=stderr)
    try:
        with _watched(said, seconds + 1.5 * _GRACE, stderr):
            yield
    except KeyboardInterrupt:
        if not rung:
            raise
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    if rung:
        raise error


@contextlib.contextmanager
def _watched(said: bytes, seconds: float, stderr: int) -> Iterator[None]:
    """Let another process say what is given where this one lets nothing of its own run so long."""
    watch = subprocess.Popen(
        [sys.executable, "-ISc", _WATCH, str(seconds)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True,
        bufsize=0,
    )  # fmt: skip
    with watch as process:
        assert process.stdin is not None
        process.stdin.write(said + b"\0")
        process.wait()  # who watches goes on by itself
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # the cell may have ended it
                process.stdin.write(b"\0")
