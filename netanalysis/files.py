"""How is a file or a folder written whole or not at all, whatever ends the process?

What is not finished has a hidden name that begins with `MARK`. It is held by a lock of the system,
which ends with its process, so that what is left of a killed one can be told and put right.
"""

import contextlib
import ctypes
import datetime
import os
import secrets
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from netanalysis.control_characters import visible
from netanalysis.errors import DataError, Problem
from netanalysis.folders import shown

__all__ = [
    "MARK",
    "folder_locked",
    "locked",
    "put_right",
    "replace_folder",
    "write_files",
]

MARK: Final = ".netanalysis-"
_UNFINISHED, _LOCK = ".unfinished", ".lock"
_STAGE = ".stage"  # a folder that is being made or removed
_BEFORE = ".before"  # a folder that has made room for a new one
_CURRENT_FOLDER, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_BEYOND = 1 << 20  # a place in a lock file that nobody reads, for Windows
_TRIES, _PAUSE = 100, 0.05  # seconds

_held = threading.local()


def write_files(contents: Mapping[Path, str | bytes], within: Path | None = None) -> None:
    """Write files, each whole or not at all; none is replaced before all are ready.

    Parameters
    ----------
    contents : mapping of Path to str or bytes
        Text is written as UTF-8.
    within : Path, optional
        A folder on the same disk for what is not finished; beside each file where not given.

    Raises
    ------
    OSError
        If a folder cannot be written to or is full.
    """
    if within is None:
        for folder in {target.parent for target in contents}:
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
    with contextlib.ExitStack() as stack:
        ready = {
            target: stack.enter_context(_unfinished(within or target.parent, content))
            for target, content in contents.items()
        }
        for target, file in ready.items():
            file.replace(target)


@contextlib.contextmanager
def locked(folder: Path, file: Path, purpose: str = "") -> Iterator[None]:
    """Keep others out of a folder, until this process ends at the latest.

    Parameters
    ----------
    folder : Path
    file : Path
        The lock. It says who holds it, and is removed afterwards.
    purpose : str
        What it is held for.

    Raises
    ------
    DataError
        If it is held already; by whom is told.
    OSError
        If the file cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        while True:
            try:
                lock = stack.enter_context(file.open("a+b"))
            except PermissionError:
                if not file.exists():
                    raise
                _take_from_another(folder, file)
                continue
            if not _lock(lock):
                values = {"folder": shown(folder), "holder": _holder(file)}
                raise DataError([Problem("folder_in_use", values=values)])
            if _is_still(lock, file):
                break
        now = datetime.datetime.now(datetime.UTC)
        words = [purpose or "netanalysis", f"{os.getpid()}@{socket.gethostname()}", f"{now:%FT%TZ}"]
        lock.truncate(0)
        lock.write(visible(", ".join(words)).encode())
        lock.flush()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # on Windows it stays
                file.unlink()


@contextlib.contextmanager
def folder_locked(folder: Path, purpose: str = "") -> Iterator[None]:
    """Keep others from replacing a folder, there or not; again in the same thread has no effect.

    Raises
    ------
    DataError
        If another is at it; who is told.
    OSError
        If the folder above cannot be written to.
    """
    folder = _real(folder)
    mine: set[Path] = _held.__dict__.setdefault("folders", set())
    if folder in mine:
        yield
        return
    with locked(folder, _beside(folder, _LOCK), purpose):
        _settle(folder)
        try:
            mine.add(folder)
            yield
        finally:
            mine.discard(folder)


def replace_folder(folder: Path, build: Callable[[Path], None], purpose: str = "") -> None:
    """Make a folder anew beside the old one, which it then takes the place of.

    The two change places in one step where the system can. Whatever is raised, the folder is
    afterwards the old or the new one; after a kill the next `put_right` or `folder_locked` sees
    to that.

    Parameters
    ----------
    folder : Path
        There or not.
    build : callable
        Makes the new one at the path that it is given.
    purpose : str
        As `folder_locked`.

    Raises
    ------
    DataError
        If another is replacing it.
    OSError
        If that cannot be done; the folder is then as it was.
    """
    with folder_locked(folder, purpose):
        real = _real(folder)
        stage, before = _beside(real, _STAGE), _beside(real, _BEFORE)
        try:
            try:
                build(stage)
                if not (real.exists() and _exchange(stage, real)):
                    if real.exists():
                        real.rename(before)
                    stage.rename(real)
            finally:
                _settle(real)
        finally:  # once more, if somebody impatient broke off the first
            _settle(real)


def put_right(above: Path) -> dict[Path, bool]:
    """Put right what killed processes have left in a folder.

    Parameters
    ----------
    above : Path
        The folder that holds the folders and files.

    Returns
    -------
    dict of Path to bool
        Each folder that was being replaced, and whether it was missing and has been put back.
    """
    found = {}
    for name in dict.fromkeys(
        path.stem.removeprefix(MARK)
        for path in above.glob(f"{MARK}*")
        if path.suffix in (_STAGE, _BEFORE, _LOCK)
    ):
        folder = above / name
        _wait_for(folder)
        with (
            contextlib.suppress(OSError, DataError),  # in use, or not ours to write to
            locked(folder, _beside(folder, _LOCK)),
        ):
            if any(_beside(folder, end).exists() for end in (_STAGE, _BEFORE)):
                found[folder] = _settle(folder)
    _sweep(above)
    return found


def _wait_for(folder: Path) -> None:
    """Wait a little where a folder is missing just now, because another takes its place."""
    for _ in range(_TRIES):
        if folder.exists() or not _beside(folder, _BEFORE).exists():
            return
        with contextlib.suppress(DataError), locked(folder, _beside(folder, _LOCK)):
            return  # nobody is at it
        time.sleep(_PAUSE)


def _settle(folder: Path) -> bool:
    """Leave one whole folder and nothing beside it; whether it was missing and is put back."""
    stage, before = _beside(folder, _STAGE), _beside(folder, _BEFORE)
    missing = before.exists() and not folder.exists()
    if missing:
        before.rename(folder)
    shutil.rmtree(stage, ignore_errors=True)
    if before.exists():
        before.rename(stage)  # so that what is half removed is never put back
        shutil.rmtree(stage, ignore_errors=True)
    return missing


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    here = _CURRENT_FOLDER
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)


def _real(folder: Path) -> Path:
    """Where a folder lies that others may see through a link."""
    return folder.resolve() if folder.is_symlink() else folder.absolute()


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(f"{MARK}{folder.name}{ending}")


@contextlib.contextmanager
def _unfinished(folder: Path, content: str | bytes) -> Iterator[Path]:
    """A new file with this content, until it has got its name."""
    with contextlib.ExitStack() as stack:
        while True:
            file = folder / f"{MARK}{secrets.token_hex(8)}{_UNFINISHED}"
            stack.callback(file.unlink, missing_ok=True)
            out = stack.enter_context(file.open("xb"))
            if _lock(out) and _is_still(out, file):
                break
        out.write(content.encode() if isinstance(content, str) else content)
        out.flush()
        if sys.platform == "win32":  # where a file that is open keeps its name
            out.close()
        yield file


def _sweep(folder: Path) -> None:
    """Remove files that a killed process has not finished."""
    for path in folder.glob(f"{MARK}*{_UNFINISHED}"):
        with contextlib.suppress(OSError), path.open("r+b") as file:
            if _lock(file) and _is_still(file, path):
                if sys.platform == "win32":
                    file.close()
                path.unlink()


def _lock(file: Any) -> bool:
    """Lock an open file until it is closed; False if another has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_from_another(folder: Path, file: Path) -> None:
    """Remove a lock that nobody holds any more, and that this user may not write to."""
    values = {"folder": shown(folder), "holder": _holder(file)}
    try:
        with file.open("rb") as lock:
            if not _lock(lock):
                raise DataError([Problem("folder_in_use", values=values)])
            file.unlink()
    except PermissionError:
        values |= {"lock": shown(file), "owner": _owner(file)}
        raise DataError([Problem("lock_left", values=values)]) from None


def _owner(file: Path) -> str:
    try:
        return file.owner()
    except (KeyError, OSError, NotImplementedError):  # a user without a name, or no such system
        return "?"


def _is_still(file: Any, path: Path) -> bool:
    """Whether an open file still has its name: who held it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _holder(file: Path) -> str:
    with contextlib.suppress(OSError):
        return file.read_text("utf-8", errors="replace") or "?"
    return "?"
