"""How does one report come about: notebook and parameters in, HTML pages out?"""

import math
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellControlSignal, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from netanalysis.errors import DataError, Problem
from netanalysis.folders import notebooks_folder, shown
from netanalysis.publishing.exporter import PageExporter

__all__ = ["Parameter", "RunError", "checked", "find_notebook", "parameters_of", "run", "save"]

Value = str | int | float | bool
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
_CHOICES = re.compile(r"one of ([\w-]+(?:, [\w-]+)*)")
_QUIET = ["--log-level=ERROR"]  # the kernel's own warnings say nothing about the report
_RANGE = re.compile(r"from (-?\d+) to (-?\d+)")


class RunError(Exception):
    """A notebook that failed, with the cell's place."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook, as its tagged cell declares it.

    Attributes
    ----------
    name, type, default, help : str
        The help's words "one of a, b" and "from 1 to 9" say which values are allowed.
    """

    name: str
    type: str
    default: str
    help: str

    def __str__(self) -> str:
        return f"  {self.name}: {self.type} = {self.default}  ({self.help})"


def find_notebook(name: str) -> Path:
    """The notebook of that name in the notebooks folder.

    Raises
    ------
    DataError
        If there is none; those that are there are named.
    """
    folder = notebooks_folder()
    known = sorted(path.stem for path in folder.glob("*.ipynb"))
    if name not in known:
        values = {"notebook": name, "folder": shown(folder), "known": ", ".join(known) or "-"}
        raise DataError([Problem("notebook_unknown", values=values)])
    return folder / f"{name}.ipynb"


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """The notebook's parameters by name, in their order.

    Raises
    ------
    DataError
        If the file is not a notebook.
    """
    try:
        found = papermill.inspect_notebook(str(notebook))
    except (ValueError, AttributeError, KeyError) as error:
        values = {"notebook": shown(notebook), "detail": str(error).splitlines()[0][:200]}
        raise DataError([Problem("notebook_broken", values=values)]) from None
    return {
        name: Parameter(name, entry["inferred_type_name"], entry["default"], entry["help"])
        for name, entry in found.items()
    }


def checked(notebook: Path, given: Mapping[str, str]) -> dict[str, Value]:
    """The given values with their declared types.

    Parameters
    ----------
    notebook : Path
    given : mapping of name to text

    Returns
    -------
    dict

    Raises
    ------
    DataError
        With every parameter that the notebook does not have, or that is not of its type or
        among its allowed values; the parameters are listed with type, default and help.
    """
    known = parameters_of(notebook)
    listed = "\n".join(map(str, known.values()))
    values: dict[str, Value] = {}
    problems = []
    for name, text in given.items():
        if name not in known:
            problems.append(Problem("parameter_unknown", values={"name": name, "known": listed}))
            continue
        value, wanted = _value(text, known[name])
        if value is None:
            details = {"name": name, "value": text, "type": wanted, "known": listed}
            problems.append(Problem("parameter_type", values=details))
        else:
            values[name] = value
    if problems:
        raise DataError(problems)
    return values


def run(notebook: Path, parameters: Mapping[str, Value]) -> str:
    """Execute a notebook in a kernel, with a progress bar, and export its page.

    Parameters
    ----------
    notebook : Path
    parameters : mapping of name to value

    Returns
    -------
    str
        The HTML.

    Raises
    ------
    RunError
        If a cell fails or the kernel dies, with the cell's number and the error.
    """
    try:
        done = papermill.execute_notebook(
            str(notebook), None, parameters=dict(parameters), extra_arguments=_QUIET
        )
    except PapermillExecutionError as error:
        place = f"{shown(notebook)}, cell {error.cell_index}"
        raise RunError(f"{place}: {error.ename}: {error.evalue}") from None
    except (CellControlSignal, DeadKernelError, NoSuchKernel, RuntimeError) as error:
        raise RunError(f"{shown(notebook)}: the kernel stopped: {error}") from None
    return PageExporter().from_notebook_node(done, {"metadata": {"name": notebook.stem}})[0]


def save(text: str, target: Path) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OSError
        If the folder cannot be written to or is full; the target is then as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        unfinished.chmod(0o644)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _value(text: str, parameter: Parameter) -> tuple[Value | None, str]:
    """The value, or None and what was wanted."""
    kind = _TYPES.get(parameter.type, str)
    choices, limits = _CHOICES.search(parameter.help), _RANGE.search(parameter.help)
    if choices and text not in choices.group(1).split(", "):
        return None, choices.group(1)
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower()), "bool: true, false"
    try:
        value: Value = kind(text)
    except ValueError:
        return None, kind.__name__
    if isinstance(value, float) and not math.isfinite(value):
        return None, kind.__name__
    if limits and not int(limits.group(1)) <= float(value) <= int(limits.group(2)):
        return None, f"{kind.__name__} {limits.group(1)}–{limits.group(2)}"
    return value, kind.__name__
