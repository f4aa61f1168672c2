"""How do new tables take the place of old ones, whole or not at all, so that nothing is lost?"""

import csv
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from netanalysis.errors import DataError, Problem
from netanalysis.files import replace_folder, write_files
from netanalysis.folders import shown
from netanalysis.loaders.case_folders import DESCRIPTOR
from netanalysis.workbooks.earlier import EARLIER, put_aside
from netanalysis.workbooks.files import VERSIONED, case_files, descriptor_text

__all__ = ["case_texts", "is_kept", "replace_case", "shorter"]


def case_texts(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, str]:
    """The files of a case; a descriptor that is there keeps what it says beside the tables.

    Parameters
    ----------
    folder : Path
        The case's folder, there or not.
    tables : mapping of table to rows

    Returns
    -------
    dict of str to str
        Name of each file to its text.
    """
    row = tables["case"][0]
    title = row[f"title_{row['languages'].split()[0]}"]
    texts = case_files(folder.name, title, tables)
    try:
        text = (folder / DESCRIPTOR).read_text("utf-8-sig")
        before, made = json.loads(text), json.loads(texts[DESCRIPTOR])
        titles = {one["name"]: one["title"] for one in before["resources"]}
        for one in made["resources"]:
            one["title"] = titles.get(one["name"], one["title"])
        whole = {**before, **VERSIONED, "resources": made["resources"]}
        if whole == before:
            return {**texts, DESCRIPTOR: text}
    except (OSError, ValueError, KeyError, TypeError):
        return texts  # no descriptor, or none that can be read
    return {**texts, DESCRIPTOR: descriptor_text(whole)}


def is_kept(folder: Path, texts: Mapping[str, str | bytes]) -> bool:
    """Whether a case has these files already, to the byte."""
    files = {
        folder / name: text.encode() if isinstance(text, str) else text
        for name, text in texts.items()
    }
    return all(file.is_file() and file.read_bytes() == held for file, held in files.items())


def shorter(folder: Path, texts: Mapping[str, str]) -> list[Problem]:
    """Tables of a case that would become shorter: they may hold rows that the new ones have not.

    Departments' answers, for example, are read into the tables and not into the workbook.
    """
    problems = []
    for name, text in texts.items():
        file = folder / name
        if name != DESCRIPTOR and file.is_file():
            before, after = _count(file.read_text("utf-8-sig", errors="replace")), _count(text)
            if after < before:
                values = {"before": before, "after": after, "lost": before - after}
                problems.append(Problem("read_shorter", shown(file), values=values))
    return problems


def replace_case(folder: Path, texts: Mapping[str, str | bytes], command: str = "") -> Path | None:
    """Put files into a case, all at once, and put its tables from before aside.

    The case is made anew beside the old one and loaded, and then takes its place, as
    `netanalysis.files.replace_folder` does it.

    Parameters
    ----------
    folder : Path
        There or not.
    texts : mapping of str to str or bytes
        Name of each file that is replaced or added, to what it is to hold.
    command : str
        What is doing that, for those who ask later.

    Returns
    -------
    Path or None
        Where the tables as they were before are; None where there was no case.

    Raises
    ------
    DataError
        If the case would not hold together, or another is writing it; nothing is then changed.
    OSError
        If the case cannot be written; it is then as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = ""

    def build(stage: Path) -> None:
        nonlocal aside
        if folder.exists():
            shutil.copytree(folder, stage, symlinks=True, copy_function=_linked)
            aside = put_aside(folder, stage, command)
        else:
            stage.mkdir()
        from netanalysis.loaders.case import load_case

        write_files({stage / name: text for name, text in texts.items()})
        try:
            load_case(stage)
        except DataError as error:
            raise DataError(
                replace(problem, file=problem.file.replace(shown(stage), shown(folder)))
                for problem in error.problems
            ) from None

    replace_folder(folder, build, command)
    return folder / EARLIER / aside if aside else None


def _linked(source: str, target: str) -> None:
    """The same file in another folder; a copy of it where the disk has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _count(text: str) -> int:
    """How many rows a CSV file has below its header."""
    return sum(any(row) for row in csv.reader(io.StringIO(text, newline=""))) - 1
