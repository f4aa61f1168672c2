"""Would a report come out the same as before? Everything that it depends on, as one hash."""

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from netanalysis.file_content import content_of, files_in
from netanalysis.folders import data_folder
from netanalysis.loaders.case.folders import case_names
from netanalysis.publishing.parameter_types import Value

__all__ = ["Inputs"]

_PACKAGE = Path(__file__).parents[1]
_NAME = re.compile(r"[\w.-]+")


class Inputs:
    """What reports of one notebook are made from: notebook, parameters, data and code.

    All of it goes by content, not by date. A report on a case depends on that case, on the one that
    it is compared with and on the data that cases share, not on other cases.

    Parameters
    ----------
    notebook : Path
    defaults : mapping of name to value, optional
        The notebook's own values, which hold where a report gives none.
    """

    def __init__(self, notebook: Path, defaults: Mapping[str, Value] | None = None) -> None:
        self._notebook = notebook
        self._defaults = dict(defaults or {})
        self._cases = set(case_names())
        self._before = self._stamps()

    def sha256(self, parameters: Mapping[str, Value]) -> str:
        """The hash of all that goes into a report with these parameters.

        Raises
        ------
        DataError
            If a file cannot be read.
        """
        others = self._others(parameters)
        parts = [self.library, json.dumps(dict(parameters), sort_keys=True)]
        parts += [digest for name, digest in self._data.items() if name not in others]
        return _hash(part.encode() for part in parts)

    def changed(self, parameters: Mapping[str, Value]) -> bool:
        """Whether something that goes into the report was written to since this object was made.

        It counts as changed also where it has been put back since: what was made meanwhile may have
        been made from the other.
        """
        now, others = self._stamps(), self._others(parameters)
        names = {*now, *self._before} - others
        return any(now.get(name) != self._before.get(name) for name in names)

    def _others(self, parameters: Mapping[str, Value]) -> set[str]:
        """Cases that a report with these parameters does not depend on."""
        values = {**self._defaults, **parameters}
        taken = {str(values[name]) for name in ("case", "other") if name in values}
        return self._cases - taken if taken else set()

    def _stamps(self) -> dict[str, list[tuple[object, ...]]]:
        """When each file was written to, by folder of the data; notebook and code under ""."""
        found = {entry.name: _stamps(files) for entry, files in _data_files()}
        return {**found, "": _stamps([self._notebook, *self._modules(), *_files(_PACKAGE)])}

    @cached_property
    def library(self) -> str:
        """Of notebook, modules beside it and library, with the versions of its packages."""
        own = _files(_PACKAGE)
        versions = [platform.python_version()]
        for entry in requires("netanalysis") or ():
            match = _NAME.match(entry)
            if match and "extra" not in entry:
                try:
                    versions.append(f"{match.group()} {version(match.group())}")
                except PackageNotFoundError:
                    versions.append(f"{match.group()} -")
        texts = [content_of(self._notebook), *(text.encode() for text in versions)]
        modules = [_named(path, self._notebook.parent) for path in self._modules()]
        return _hash([*texts, *modules, *(_named(path, _PACKAGE) for path in own)])

    def _modules(self) -> list[Path]:
        """What the notebook can import from its own folder: modules, and packages as a whole."""
        folder = self._notebook.parent
        packages = [_files(found.parent) for found in sorted(folder.glob("*/__init__.py"))]
        return [*sorted(folder.glob("*.py")), *(path for files in packages for path in files)]

    @cached_property
    def _data(self) -> dict[str, str]:
        """Of each folder with data, and of files beside them."""
        return {
            entry.name: _hash(_named(path, data_folder()) for path in files)
            for entry, files in _data_files()
        }


def _data_files() -> Iterator[tuple[Path, list[Path]]]:
    """Folders and files of the data that reports are made from, each with its files."""
    for entry in files_in(data_folder(), "[!.]*"):
        yield entry, [entry] if entry.is_file() else _files(entry)


def _files(folder: Path) -> list[Path]:
    """Every file in the folder but what Python keeps for itself, and what is hidden."""
    found = []
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder).parts
        if not any(part == "__pycache__" or part.startswith(".") for part in below):
            found += [path] if path.is_file() else []
    return found


def _stamps(files: Iterable[Path]) -> list[tuple[object, ...]]:
    """Of each file what changes with every writing, also where its date is set back."""
    found: list[tuple[object, ...]] = []
    for path in files:
        try:
            is_now = path.stat()
        except OSError:
            continue
        stamp = is_now.st_size, is_now.st_mtime_ns, is_now.st_ctime_ns, is_now.st_ino
        found.append((str(path), *stamp))
    return found


def _named(path: Path, above: Path) -> bytes:
    return path.relative_to(above).as_posix().encode() + b"\0" + content_of(path)


def _hash(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()
