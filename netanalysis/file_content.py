"""What does a file hold, and if it cannot be read or written, why not?

Every file of the data is read through here, so that one that is locked, cut off or in truth a
folder is told as any other fault is: by its name, with the reason and what can be done.
"""

import csv
import errno
import fnmatch
import gzip
import json
import os
import re
import stat
import tomllib
import zlib
from pathlib import Path
from typing import Final

from netanalysis.errors import DataError, Phrase, Problem
from netanalysis.folders import shown
from netanalysis.language.messages import _

__all__ = [
    "content_of",
    "damaged",
    "files_in",
    "form_of",
    "is_link",
    "is_there",
    "mend_of",
    "reason_of",
    "unpacked",
]

_NO_RIGHT = (
    _("you have no right to do that, or another program holds it"),
    _("close it in other programs such as Excel, or ask who looks after it for the right"),
)
_FULL = _("the disk, or your part of it, is full"), _("make room on it")
_REASONS: Final = {  # number of the system's error: what it means, and what can be done
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: (_("it can only be read from there"), _("give another folder")),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: (_("the file would be larger than allowed"), _("raise the limit of file sizes")),
    errno.ENOENT: (
        _("a link leads to something that is not there"),
        _("put the file itself there"),
    ),
    errno.ELOOP: (_("a link leads to itself"), _("put the file itself there")),
    errno.EISDIR: (_("it is a folder"), _("move the folder away, or give another name")),
    errno.ENOTDIR: (
        _("a file stands where a folder is expected"),
        _("move the file away, or give another name"),
    ),
    errno.EEXIST: (
        _("a file stands where a folder is expected"),
        _("move the file away, or give another name"),
    ),
    errno.ENAMETOOLONG: (_("its name is too long"), _("give it a shorter name")),
    errno.EINVAL: (_("it cannot have such a name"), _("give it another name")),
}
_TOML_PLACE = re.compile(r"at line (?P<row>\d+), column (?P<sign>\d+)")
_AGAIN = _("try again, or put the file there again from a copy")


def content_of(file: Path) -> bytes:
    """What a file holds.

    Raises
    ------
    DataError
        If it cannot be read; why is told.
    """
    try:
        kind = file.stat().st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, "")
        if stat.S_ISREG(kind):
            return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, reason_of(error), mend_of(error)) from None
    except ValueError:  # a NUL in its name
        raise _unreadable(file, *map(Phrase, _REASONS[errno.EINVAL])) from None
    # a device or a pipe, from which reading may never end
    raise _unreadable(file, Phrase(_("it is no file, but a device")), Phrase(_AGAIN))


def unpacked(file: Path) -> bytes:
    """What a file holds that is packed with gzip.

    Raises
    ------
    DataError
        If it cannot be read, or was cut off or changed; why is told.
    """
    try:
        return gzip.decompress(content_of(file))
    except (OSError, EOFError, zlib.error):
        raise damaged(file) from None


def damaged(file: Path) -> DataError:
    """That a file is not as it was made."""
    return _unreadable(file, Phrase(_("it is damaged, or its end is missing")), Phrase(_AGAIN))


def files_in(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder whose names fit, in order; none where there is no such folder.

    Raises
    ------
    DataError
        If the folder cannot be looked into; why is told.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 (Path.glob takes a shut folder for an empty one)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(folder, reason_of(error), mend_of(error)) from None
    return sorted(folder / name for name in names if fnmatch.fnmatchcase(name, pattern))


def is_there(file: Path) -> bool:
    """Whether something has this name, also where it can not be read: what does not fit is told."""
    return os.path.lexists(file) or _is_shut(file.parent)


def is_link(file: Path) -> bool:
    """Whether a name is that of a link; not where no file can have the name."""
    return os.path.islink(file)  # noqa: PTH114 (Path.is_symlink raises on a long name)


def reason_of(error: OSError) -> Phrase:
    """Why the system refused, in words that can be translated."""
    known = _REASONS.get(error.errno or 0)
    return Phrase(known[0]) if known else Phrase("{said}", {"said": error.strerror or str(error)})


def mend_of(error: OSError) -> Phrase:
    """What can be done where the system refused."""
    return Phrase(_REASONS.get(error.errno or 0, ("", _AGAIN))[1])


def form_of(error: Exception) -> Phrase:
    """Why text is not of the form that it should have, in words that can be translated."""
    if isinstance(error, UnicodeDecodeError):
        return Phrase(_("it is not in UTF-8"))
    if isinstance(error, json.JSONDecodeError):
        place = {"row": error.lineno, "sign": error.colno}
        return Phrase(_("row {row}, sign {sign} is no JSON"), place)
    if isinstance(error, RecursionError):
        return Phrase(_("it is nested too deeply"))
    if isinstance(error, csv.Error):
        return Phrase(_("a quotation mark is not closed, or stands inside a text"))
    if isinstance(error, SyntaxError):
        return Phrase(_("line {row} of the cell of parameters is no Python"), {"row": error.lineno})
    if isinstance(error, tomllib.TOMLDecodeError):
        match = _TOML_PLACE.search(str(error))
        found = match.groupdict() if match else {"row": "?", "sign": "?"}
        return Phrase(_("row {row}, sign {sign} is no TOML"), found)
    return Phrase(_("it is not built as it should be"))


def _is_shut(folder: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    is_folder = os.path.isdir(folder)  # noqa: PTH112 (Path.is_dir raises on a long name)
    return is_folder and not os.access(folder, os.X_OK, effective_ids=effective)


def _unreadable(file: Path, reason: Phrase, mend: Phrase) -> DataError:
    values = {"reason": reason, "mend": mend}
    return DataError([Problem("file_unreadable", shown(file), values=values)])
