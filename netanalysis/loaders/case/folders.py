"""Which cases are there, and where does each lie?"""

import csv
import json
import os
import re
import warnings
from pathlib import Path
from typing import Any, Final

from netanalysis.errors import DataError, Phrase, Problem, describe
from netanalysis.file_content import content_of, files_in, form_of, is_there
from netanalysis.files import put_right
from netanalysis.folders import data_folder, shown
from netanalysis.language.languages import LANGUAGES
from netanalysis.language.messages import _
from netanalysis.language.text import nearest_first
from netanalysis.tabular import named_cells

__all__ = [
    "CASE_NAME",
    "DESCRIPTOR",
    "case_folder",
    "case_names",
    "find_case",
    "languages_of",
    "read_descriptor",
]

DESCRIPTOR: Final = "datapackage.json"
_MOST = 1000  # tables of a descriptor
CASE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")  # of a case that is to be made


def case_names() -> list[str]:
    """Names of the cases in the data folder, where what a killed process has left is put right."""
    for folder, missing in put_right(data_folder()).items():
        code = "case_put_back" if missing else "case_left_over"
        warnings.warn(describe(Problem(code, shown(folder))), stacklevel=2)
    cases = _descriptors(data_folder())
    return sorted(path.parent.name for path in cases if _is_case(path))


def find_case(name: str) -> Path:
    """The folder of the case of that name.

    Raises
    ------
    DataError
        If the name is a path, or no case has it; the cases that are there are named.
    """
    known = nearest_first(name, case_names())
    if Path(name).name != name or name in ("", ".", ".."):
        raise DataError([Problem("case_name", values={"case": name, "known": known})])
    folder = data_folder() / name
    if not is_there(folder / DESCRIPTOR):
        values = {"case": name, "folder": shown(data_folder()), "known": known}
        raise DataError([Problem("case_unknown", values=values)])
    return folder


def case_folder(case: str | Path) -> Path:
    """The folder of a case that is given by its name, or by a path to it.

    Raises
    ------
    DataError
        If there is no such case; those that lie there are named.
    """
    if isinstance(case, str) and not any(mark in case for mark in {os.sep, os.altsep or "/", "/"}):
        return find_case(case)
    folder = Path(case)
    if not is_there(folder / DESCRIPTOR):
        beside = sorted(path.parent.name for path in _descriptors(folder.parent))
        values = {
            "case": folder.name,
            "folder": shown(folder.parent),
            "known": nearest_first(folder.name, beside),
        }
        raise DataError([Problem("case_unknown", values=values)])
    return folder


def read_descriptor(
    file: Path, content: bytes | None = None
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A descriptor, and what it says of each of its tables.

    Parameters
    ----------
    file : Path
    content : bytes, optional
        What the file would hold; what it holds where not given.

    Raises
    ------
    DataError
        If it cannot be read or is none; why is said.
    """
    try:
        text = (content_of(file) if content is None else content).decode("utf-8-sig")
        package = json.loads(text)
        resources = {resource["name"]: resource for resource in package["resources"]}
        if len(package["resources"]) > _MOST:
            detail = Phrase(_("it lists {count} tables"), {"count": len(package["resources"])})
        elif all(isinstance(name, str) for name in resources):
            return package, resources
        else:
            detail = Phrase(_("a table in it has no name"))
    except DataError:
        raise
    except (KeyError, TypeError):
        detail = Phrase(_("it lists no tables"))
    except (ValueError, RecursionError) as error:
        detail = form_of(error)
    raise DataError([Problem("descriptor", shown(file), values={"detail": detail})])


def languages_of(name: str) -> tuple[str, ...]:
    """The languages that a case is written in; none where that cannot be read, whatever is wrong.

    It is asked before anything is told of the case, and loads nothing.
    """
    try:
        text = content_of(data_folder() / name / "case.csv").decode("utf-8-sig")
        row = next(iter(named_cells(text)), {})
    except (DataError, UnicodeDecodeError, csv.Error):
        return ()
    return tuple(one for one in (row.get("languages") or "").split() if one in LANGUAGES)


def _descriptors(above: Path) -> list[Path]:
    """The descriptors in the folders of a folder, but hidden ones."""
    return [
        path for path in (one / DESCRIPTOR for one in files_in(above, "[!.]*")) if is_there(path)
    ]


def _is_case(descriptor: Path) -> bool:
    try:
        return "statements" in read_descriptor(descriptor)[1]
    except DataError:
        return True  # a broken case is still named, so that its fault can be told
