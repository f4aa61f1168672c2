"""How do new tables take the place of old ones, whole or not at all, so that nothing is lost?"""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from netanalysis.errors import Problem
from netanalysis.folders import shown
from netanalysis.loaders.case import DESCRIPTOR
from netanalysis.workbooks.files import VERSIONED, case_files, descriptor_text

__all__ = ["PREVIOUS", "case_texts", "is_kept", "replace_case", "shorter"]

PREVIOUS: Final = ".previous"  # folder in a case with its tables before the last reading


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


def is_kept(folder: Path, texts: Mapping[str, str]) -> bool:
    """Whether a case has these files already, to the byte."""
    files = [(folder / name, text) for name, text in texts.items()]
    return all(file.is_file() and file.read_bytes() == text.encode() for file, text in files)


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


def replace_case(folder: Path, texts: Mapping[str, str]) -> bool:
    """Put files into a case, all at once, and keep those that were there in `PREVIOUS`.

    The folder is made anew beside the old one, and then takes its place.

    Returns
    -------
    bool
        Whether the case was there before.

    Raises
    ------
    OSError
        If that cannot be done; the case is then as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    there = folder.exists()
    stage = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".reading-"))
    try:
        new, old = stage / "new", stage / "old"
        if there:
            shutil.copytree(folder, new, ignore=shutil.ignore_patterns(PREVIOUS))
            (new / PREVIOUS).mkdir()
        else:
            new.mkdir()
        for name, text in texts.items():
            if (new / name).is_file():
                (new / name).rename(new / PREVIOUS / name)
            (new / name).write_text(text, "utf-8", newline="")
        if there:
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if there:
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return there


def _count(text: str) -> int:
    """How many rows a CSV file has below its header."""
    return sum(any(row) for row in csv.reader(io.StringIO(text, newline=""))) - 1
