"""When must a file be read again? When it has changed: else what was read before still holds."""

from collections.abc import Iterable
from pathlib import Path

__all__ = ["Stamp", "stamped"]

Stamp = tuple[tuple[Path, int, int], ...]


def stamped(files: Iterable[Path]) -> Stamp:
    """The files with the time of their last change and their size, as a key for what they hold.

    Parameters
    ----------
    files : iterable of Path
        Those that are not there are left out.

    Returns
    -------
    tuple
        Of (path, nanoseconds, bytes).
    """
    found = []
    for file in files:
        if file.is_file():
            about = file.stat()
            found.append((file.absolute(), about.st_mtime_ns, about.st_size))
    return tuple(found)
