"""What has a process started, and what did that start in turn, however well it hides?

On Linux a process can have itself made the parent of whatever its descendants leave behind, so
that nothing escapes by a session or a parent of its own. Elsewhere no more is known than psutil
tells.
"""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

import psutil

__all__ = ["adopt", "descendants", "end", "end_descendants"]

_SET_CHILD_SUBREAPER = 36  # prctl's number for it


def adopt() -> None:
    """Become the parent of all that this process's descendants leave behind, on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(pid: int) -> list[int]:
    """The processes below one, parents before children.

    Parameters
    ----------
    pid : int
        A process that may have ended.

    Returns
    -------
    list of int
    """
    threads = Path(f"/proc/{pid}/task")
    if not (threads / str(pid) / "children").exists():  # psutil reads of every process instead
        with contextlib.suppress(psutil.Error):
            return [child.pid for child in psutil.Process(pid).children(recursive=True)]
        return []
    found: list[int] = []
    with contextlib.suppress(OSError):  # one that ends meanwhile
        for file in threads.glob("*/children"):
            found += map(int, file.read_text("ascii").split())
    return found + [below for child in found for below in descendants(child)]


def end(pid: int) -> None:
    """End a process at once, if it is still there."""
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def end_descendants() -> None:
    """End all that this process has started or adopted; it has no children afterwards."""
    with contextlib.suppress(ChildProcessError):
        while True:
            for pid in descendants(os.getpid()):
                end(pid)
            os.waitpid(-1, 0)
