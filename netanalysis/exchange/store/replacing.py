"""How do new tables take the place of old ones, whole or not at all, so that nothing is lost?"""

import csv
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from netanalysis.errors import DataError, Problem
from netanalysis.exchange.store.case_files import VERSIONED, case_files, descriptor_text
from netanalysis.exchange.store.earlier import EARLIER, put_aside
from netanalysis.files import replace_folder, write_files
from netanalysis.folders import shown
from netanalysis.loaders.case.columns import case_tables
from netanalysis.loaders.case.folders import DESCRIPTOR, read_descriptor

__all__ = ["Tables", "Written", "replace_case", "shorter", "write_case"]

Tables = Mapping[str, Sequence[Mapping[str, str]]]  # rows, column to text


class Written(NamedTuple):
    """What was written of a case.

    Attributes
    ----------
    files : list of Path
        Those that hold something else now; none where nothing has changed.
    aside : Path or None
        Where the tables as they were before are; None where there were none.
    """

    files: list[Path]
    aside: Path | None


def write_case(folder: Path, tables: Tables, command: str = "") -> Written:
    """Write tables of a case: all of them, or none, and put those from before aside.

    Where the tables were made from what the case holds, it must have been locked since it was
    read, with `netanalysis.files.folder_locked`.

    Parameters
    ----------
    folder : Path
        There or not. A descriptor that is there keeps what it says beside the tables.
    tables : mapping of table to rows
        Column to text; a column that is not there is left empty, and so is a table of a new case.
        Tables of a case that is there stay where they are not given.
    command : str
        As `replace_case`.

    Returns
    -------
    Written

    Raises
    ------
    DataError
        If the case would not hold together, or another is writing it; nothing is then changed.
    OSError
        If the case cannot be written; it is then as it was.
    """
    files = case_files(folder.name, tables)
    before, own, paths = _described(folder)
    if before:
        made = json.loads(files[DESCRIPTOR])["resources"]
        for one in made:
            title = own.get(one["name"], {}).get("title", one["title"])
            one |= {"path": paths[one["name"]], "title": title}
        package = {**before, **VERSIONED, "resources": made}
        files = {paths[table]: files[f"{table}.csv"] for table in tables}
        if package != before:
            files[DESCRIPTOR] = descriptor_text(package)
    return replace_case(folder, {name: text.encode() for name, text in files.items()}, command)


def shorter(folder: Path, tables: Tables) -> list[Problem]:
    """Tables of a case that would become shorter: they may hold rows that the new ones have not.

    Departments' answers, for example, are read into the tables and not into the workbook.
    """
    problems = []
    *_, paths = _described(folder)
    for table, rows in tables.items():
        file = folder / paths[table]
        before, after = _count(file) if file.is_file() else 0, len(rows)
        if after < before:
            values = {"before": before, "after": after, "lost": before - after}
            problems.append(Problem("read_shorter", shown(file), values=values))
    return problems


def replace_case(folder: Path, files: Mapping[str, bytes], command: str = "") -> Written:
    """Put files into a case, all at once, and put its tables from before aside.

    What the case would be is checked before anything is written. It is made anew beside the old
    one, and then takes its place, as `netanalysis.files.replace_folder` does it. Where it has
    these files already, nothing is done.

    Parameters
    ----------
    folder : Path
        There or not.
    files : mapping of str to bytes
        Name of each file that is replaced or added, to what it is to hold.
    command : str
        What is doing that, for those who ask later.

    Returns
    -------
    Written

    Raises
    ------
    DataError
        If the case would not hold together, or another is writing it; nothing is then changed.
    OSError
        If the case cannot be written; it is then as it was.
    """
    changed = {name: held for name, held in files.items() if not _holds(folder / name, held)}
    aside = ""
    if not changed:
        return Written([], None)
    folder.parent.mkdir(parents=True, exist_ok=True)

    def build(stage: Path) -> None:
        nonlocal aside
        from netanalysis.loaders.case.case import load_files

        load_files(folder, changed)
        if folder.exists():
            shutil.copytree(folder, stage, symlinks=True, copy_function=_linked)
            aside = put_aside(folder, stage, command)
        else:
            stage.mkdir()
        write_files({stage / name: held for name, held in changed.items()})

    replace_folder(folder, build, command)
    return Written([folder / name for name in changed], folder / EARLIER / aside if aside else None)


def _described(
    folder: Path,
) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, str]]:
    """What a case's descriptor says, empty where it is none; and where each table lies."""
    try:
        package, own = read_descriptor(folder / DESCRIPTOR)
    except DataError:
        package, own = {}, {}
    paths = {table: str(own.get(table, {}).get("path", "")) for table in case_tables()}
    plain = {table: path if Path(path).name == path else "" for table, path in paths.items()}
    return package, own, {table: path or f"{table}.csv" for table, path in plain.items()}


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def _linked(source: str, target: str) -> None:
    """The same file in another folder; a copy of it where the disk has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _count(file: Path) -> int:
    """How many rows a CSV file has below its header."""
    text = file.read_text("utf-8-sig", errors="replace")
    return sum(any(row) for row in csv.reader(io.StringIO(text, newline=""))) - 1
