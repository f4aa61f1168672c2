"""How does one report come about: notebook and parameters in, HTML pages out?"""

import json
import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from nbformat.warnings import DuplicateCellId
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import remove_error_markers
from papermill.iorw import papermill_io

from netanalysis.errors import DataError, Problem
from netanalysis.pages.key_figures import KEY_FIGURES
from netanalysis.publishing.batch.jobs import FAST
from netanalysis.publishing.html_page import Page, exporter
from netanalysis.publishing.parameter_types import Value

__all__ = [
    "RunError",
    "execute",
    "key_figures",
    "page",
]

_QUIET = ["--log-level=ERROR"]  # the kernel's own warnings say nothing about the report
_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


_DONE = "netanalysis:done.ipynb"  # where papermill writes a notebook that has run


class _Memory:
    """Keeps what papermill writes; a notebook may remove every folder that it finds."""

    text = ""

    def write(self, text: str, path: str) -> None:
        self.text = text

    def pretty_path(self, path: str) -> str:
        return path


_memory = _Memory()
papermill_io.register("netanalysis:", _memory)


class RunError(Exception):
    """A notebook that failed.

    Attributes
    ----------
    reason : str
    cell, line : int or None
        None where no cell, or no line of it, is to blame.
    problems : tuple of Problem
        What netanalysis refused there; of a kernel of its own only the reason is known.
    """

    def __init__(
        self,
        reason: str,
        cell: int | None = None,
        line: int | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__(reason)
        self.reason, self.cell, self.line, self.problems = reason, cell, line, tuple(problems)


def execute(
    notebook: Path | NotebookNode,
    parameters: Mapping[str, Value],
    engine: str = FAST,
    on_cell: Callable[[int], None] | None = None,
) -> NotebookNode:
    """Run a notebook through papermill.

    Parameters
    ----------
    notebook : Path or NotebookNode
        A path's notebook runs in the folder where it lies, as in JupyterLab.
    parameters : mapping of name to value
    engine : str
        Papermill's name of an engine: "netanalysis" runs in this process, which should then run
        nothing else; "nbclient" in a kernel of its own.
    on_cell : callable, optional
        Told the number of each cell before it runs, counted from 1 in the notebook as it is kept.

    Returns
    -------
    NotebookNode
        With its outputs.

    Raises
    ------
    RunError
        If a cell fails or the kernel dies, with the cell's number, its line and the error.
    """
    number = 0

    def count(cell: NotebookNode, cell_index: int) -> None:
        nonlocal number
        if "injected-parameters" not in cell.metadata.get("tags", []):
            number += 1
            if on_cell:
                on_cell(number)

    settings: dict[str, Any] = {"progress_bar": False, "on_cell_start": count}
    if engine != FAST:
        settings |= {"extra_arguments": _QUIET}
    source: Any = notebook
    if isinstance(notebook, Path):
        source, settings["cwd"] = str(notebook), str(notebook.absolute().parent)
        notebook = json.loads(notebook.read_text("utf-8"))
    about = notebook["metadata"]
    if not about.get("kernelspec", {}).get("name"):
        settings["kernel_name"] = "python3"
    if not about.get("kernelspec", {}).get("language", about.get("language_info", {}).get("name")):
        settings["language"] = "python"
    settings |= {"engine_name": engine, "request_save_on_cell_execute": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DuplicateCellId)  # it is given another
            return papermill.execute_notebook(source, _DONE, dict(parameters), **settings)
    except PapermillExecutionError as error:
        return _allowed(error, nbformat.reads(_memory.text, as_version=4), number)
    except (CellControlSignal, DeadKernelError) as error:
        raise RunError(f"the kernel stopped: {error}", number) from None
    except (NoSuchKernel, PapermillException, RuntimeError, ValueError) as error:
        raise RunError(str(error)) from None


def _allowed(error: PapermillExecutionError, done: NotebookNode, number: int) -> NotebookNode:
    """The notebook, where its cells fail on purpose; papermill takes every error for a fault."""
    done = remove_error_markers(done)
    if "raises-exception" not in done.cells[error.cell_index].metadata.get("tags", []):
        line = _LINE.search(_COLOURS.sub("", "\n".join(error.traceback)))
        reason = f"{error.ename}: {error.evalue}".removesuffix(": ")
        last = getattr(sys, "last_value", None)  # of a cell that ran in this process
        known = isinstance(last, DataError) and str(last) == error.evalue
        problems = last.problems if isinstance(last, DataError) and known else ()
        raise RunError(reason, number, int(line.group(1)) if line else None, problems) from None
    return done


def page(done: NotebookNode, name: str) -> tuple[str, Page]:
    """The HTML page of an executed notebook, and what it was put together from.

    Parameters
    ----------
    done : NotebookNode
    name : str
        The notebook's, for a page without a heading.
    """
    text, resources = exporter().from_notebook_node(done, {"metadata": {"name": name}})
    return text, resources["page"]


def key_figures(done: NotebookNode) -> dict[str, Any]:
    """What an executed notebook hands over as its key figures, in their order."""
    found: dict[str, Any] = {}
    for cell in done.cells:
        for output in cell.get("outputs", []):
            found |= output.get("data", {}).get(KEY_FIGURES, {})
    return found
