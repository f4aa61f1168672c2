"""Would a report come out the same as before? Everything that it depends on, as one hash."""

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from netanalysis.folders import data_folder
from netanalysis.loaders.case import case_names
from netanalysis.publishing.parameters import Value

__all__ = ["Inputs"]

_PACKAGE = Path(__file__).parents[1]
_NAME = re.compile(r"[\w.-]+")


class Inputs:
    """What reports of one notebook are made from: notebook, parameters, data and library.

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

    def sha256(self, parameters: Mapping[str, Value]) -> str:
        """The hash of all that goes into a report with these parameters.

        Raises
        ------
        OSError
            If a file cannot be read.
        """
        values = {**self._defaults, **parameters}
        taken = {str(values[name]) for name in ("case", "other") if name in values}
        others = self._cases - taken if taken else set()
        parts = [self.library, json.dumps(dict(parameters), sort_keys=True)]
        parts += [digest for name, digest in self._data.items() if name not in others]
        return _hash(part.encode() for part in parts)

    @cached_property
    def library(self) -> str:
        """Of notebook and library, with the versions of the packages that it needs."""
        own = _files(_PACKAGE)
        versions = [platform.python_version()]
        for entry in requires("netanalysis") or ():
            match = _NAME.match(entry)
            if match and "extra" not in entry:
                try:
                    versions.append(f"{match.group()} {version(match.group())}")
                except PackageNotFoundError:
                    versions.append(f"{match.group()} -")
        texts = [self._notebook.read_bytes(), *(text.encode() for text in versions)]
        return _hash([*texts, *(_named(path, _PACKAGE) for path in own)])

    @cached_property
    def _data(self) -> dict[str, str]:
        """Of each folder with data, and of files beside them."""
        found = {}
        for entry in sorted(data_folder().iterdir()):
            files = [entry] if entry.is_file() else _files(entry)
            found[entry.name] = _hash(_named(path, data_folder()) for path in files)
        return found


def _files(folder: Path) -> list[Path]:
    """Every file in the folder but what Python keeps for itself."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if "__pycache__" not in path.parts]


def _named(path: Path, above: Path) -> bytes:
    return path.relative_to(above).as_posix().encode() + b"\0" + path.read_bytes()


def _hash(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()
