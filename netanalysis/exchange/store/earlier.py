"""Which tables did a case have before, and what has each of its earlier states that it lost?"""

import csv
import datetime
import io
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from netanalysis.control_characters import visible
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import files_in
from netanalysis.loaders.case.columns import tables
from netanalysis.loaders.case.folders import DESCRIPTOR, read_descriptor

__all__ = ["EARLIER", "Difference", "Earlier", "earlier_states", "put_aside", "state_at"]

EARLIER: Final = ".earlier"  # folder in a case, with a folder for each earlier state
KEPT: Final = 10  # earlier states of a case
_PREVIOUS = ".previous"  # where the only earlier state was, in cases of before
_COMMAND = "command.txt"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Difference:
    """How a table differs from what it is now.

    Attributes
    ----------
    table : str
    before, now : int
        Rows.
    lost : int
        Rows of before that are not there now.
    """

    table: str
    before: int
    now: int
    lost: int


@dataclass(frozen=True)
class Earlier:
    """An earlier state of a case.

    Attributes
    ----------
    when : str
        The moment in UTC at which it was put aside, such as ``20300125T100000Z``.
    command : str
        What replaced it; empty where that is not known.
    files : dict of str to bytes
        Name of each of its files, to what it holds.
    differences : tuple of Difference
        Of the tables that are not the same now.
    """

    when: str
    command: str
    files: dict[str, bytes]
    differences: tuple[Difference, ...]


def earlier_states(folder: Path) -> list[Earlier]:
    """The earlier states of a case, the latest first.

    Parameters
    ----------
    folder : Path
        Of the case.
    """
    states = [(path.name, path) for path in _kept(folder)]
    previous = folder / _PREVIOUS
    if previous.is_dir():
        states.insert(0, (_previous_stamp(folder), previous))
    now = _files(folder, folder)
    found = []
    for when, path in reversed(states):
        files = now | _files(path, folder)
        note = path / _COMMAND
        command = note.read_text("utf-8", errors="replace").strip() if note.is_file() else ""
        found.append(Earlier(when, command, files, tuple(_differences(files, now))))
    return found


def state_at(folder: Path, when: str) -> Earlier:
    """The earlier state of a case that was put aside at that moment.

    Parameters
    ----------
    folder : Path
        Of the case.
    when : str
        As `Earlier` has it, or its beginning if no other begins so.

    Raises
    ------
    DataError
        If there is none, or more than one; those that are there are named.
    """
    states = earlier_states(folder)
    meant = [state for state in states if when and state.when.startswith(when)]
    if len(meant) != 1:
        known = ", ".join(state.when for state in states) or "-"
        raise DataError([Problem("restore_when", values={"when": when, "known": known})])
    return meant[0]


def put_aside(folder: Path, copy: Path, command: str) -> str:
    """Add the tables of a case to the earlier states in a copy of it, and drop the oldest.

    Parameters
    ----------
    folder, copy : Path
    command : str
        What replaces them.

    Returns
    -------
    str
        The moment that they are found by.
    """
    if (copy / _PREVIOUS).is_dir():  # it held only the tables that were replaced
        _add(folder, copy, _previous_stamp(folder), "")
        shutil.copytree(
            folder / _PREVIOUS, copy / EARLIER / _previous_stamp(folder), dirs_exist_ok=True
        )
        shutil.rmtree(copy / _PREVIOUS)
    now = datetime.datetime.now(datetime.UTC)
    stamps = [path.name for path in _kept(copy)]
    while stamps and f"{now:{_STAMP}}" <= stamps[-1]:
        now = datetime.datetime.strptime(stamps[-1], _STAMP) + datetime.timedelta(seconds=1)
    stamp = f"{now:{_STAMP}}"
    _add(folder, copy, stamp, command)
    for path in _kept(copy)[:-KEPT]:
        shutil.rmtree(path)
    return stamp


def _add(folder: Path, copy: Path, stamp: str, command: str) -> None:
    target = copy / EARLIER / stamp
    target.mkdir(parents=True, exist_ok=True)
    for name in _names(folder):
        if (folder / name).is_file():
            shutil.copy2(folder / name, target)
    (target / _COMMAND).write_text(f"{visible(command)}\n", "utf-8")


def _kept(folder: Path) -> list[Path]:
    """The folders of the earlier states, the oldest first."""
    return [path for path in files_in(folder / EARLIER, "*") if _is_stamp(path.name)]


def _is_stamp(name: str) -> bool:
    try:
        datetime.datetime.strptime(name, _STAMP)
    except ValueError:
        return False
    return True


def _previous_stamp(folder: Path) -> str:
    """When the only earlier state of a case of before was put aside."""
    moment = (folder / _PREVIOUS).stat().st_mtime
    return f"{datetime.datetime.fromtimestamp(moment, datetime.UTC):{_STAMP}}"


def _names(folder: Path) -> list[str]:
    """The files of a case: its descriptor, and its tables by the names that it gives them."""
    try:
        resources = read_descriptor(folder / DESCRIPTOR)[1]
        paths = [str(resource["path"]) for resource in resources.values()]
    except (DataError, KeyError):
        paths = [f"{table}.csv" for table in tables()]
    return [DESCRIPTOR, *(path for path in paths if Path(path).name == path)]


def _files(folder: Path, case: Path) -> dict[str, bytes]:
    """The files of a case that are in a folder."""
    return {
        name: (folder / name).read_bytes()
        for name in _names(folder if (folder / DESCRIPTOR).is_file() else case)
        if (folder / name).is_file()
    }


def _differences(before: dict[str, bytes], now: dict[str, bytes]) -> list[Difference]:
    found = []
    for name in before:
        if name != DESCRIPTOR and before[name] != now.get(name, b""):
            then, today = _rows(before[name]), _rows(now.get(name, b""))
            lost = (then - today).total()
            found.append(Difference(Path(name).stem, then.total(), today.total(), lost))
    return found


def _rows(content: bytes) -> Counter[tuple[str, ...]]:
    """The rows of a CSV file below its header, that are not blank."""
    text = content.decode("utf-8-sig", errors="replace")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return Counter(tuple(row) for row in rows[1:] if any(row))
