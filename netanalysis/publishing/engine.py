"""How does papermill run a notebook without starting a kernel of its own?

A papermill engine by the name of ``netanalysis``: IPython's own kernel class in this process, whose
messages go to nbclient's own bookkeeping instead of through sockets. One notebook at a time, and
what it changes in the process stays changed, so that whoever runs many starts a process for each.

Where it differs from a kernel in a process of its own:

- what a cell writes reaches the notebook and the log when the cell ends, not while it runs;
- a notebook that ends its process ends this one;
- IPython's profile, its start-up files and its history are not read;
- no times of messages are recorded beside papermill's own;
- what a thread or a program writes after its cell has ended is lost;
- libraries that were loaded before have looked around before there was a kernel (matplotlib looks
  again; pandas, which prints wide tables otherwise, is told);
- a process that a cell forks ends with that cell.
"""

import asyncio
import builtins
import contextlib
import contextvars
import logging
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.eventloops import enable_gui
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from papermill.exceptions import PapermillException
from papermill.log import logger
from traitlets.config import Config

from netanalysis.publishing.cell_limit import time_limit
from netanalysis.publishing.cell_output import CellLogs, CellSession, CellSpool, CellStream, Message
from netanalysis.publishing.inline_figures import inline_figures
from netanalysis.publishing.notebooks import declared_in
from netanalysis.publishing.parameters import value_for

__all__ = ["ProcessEngine"]

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else a debugger warns, unused
_SETTINGS = (
    "allow_errors",
    "force_raise_errors",
    "log_output",
    "on_cell_start",
    "stderr_file",
    "stdout_file",
)


class ProcessEngine(Engine):
    """Run a notebook's code in this process; ``papermill --engine netanalysis``."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: float | None = None, **settings: Any
    ) -> None:
        """Run the cells one after the other, until one fails.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
        kernel_name : str
            The notebook's; its language must be Python.
        execution_timeout : float, optional
            Seconds that a cell may take; no limit where not given.
        **settings
            As papermill passes them on to nbclient.

        Raises
        ------
        PapermillException
            If the notebook is not in Python, a parameter has a value that it cannot have, or this
            process already runs a kernel.
        nbclient.exceptions.CellTimeoutError
            If a cell takes longer than it may.
        nbclient.exceptions.DeadKernelError
            If the notebook asks its kernel to end.
        """
        language = nb_man.nb.metadata.get("language_info", {}).get("name", "python")
        language = nb_man.nb.metadata.get("kernelspec", {}).get("language", language)
        if language.lower() not in ("python", "ipython"):
            raise PapermillException(
                f"The engine netanalysis runs Python, and the notebook is in {language}: "
                "run it with --engine nbclient."
            )
        if InteractiveShell.initialized():
            raise PapermillException(
                "The engine netanalysis needs a process without a kernel, and this one has one: "
                "leave engine_name out, or run papermill in a process of its own."
            )
        _check_parameters(nb_man.nb)
        known = {name: settings[name] for name in _SETTINGS if settings.get(name) is not None}
        limit = execution_timeout or settings.get("timeout")
        known |= {"record_timing": False, "timeout": limit}
        client = _Client(nb_man, log=logger, kernel_name=kernel_name, **known)
        with _kernel() as kernel:
            client.kernel = kernel
            client.papermill_execute_cells()
            nb_man.nb.metadata["language_info"] = kernel.language_info
            client.set_widgets_metadata()


def _check_parameters(notebook: NotebookNode) -> None:
    """Refuse values of another type than declared: papermill takes false for text, and 5 never."""
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    try:
        declared = declared_in(notebook.cells)
    except SyntaxError:  # the cell will say so when it runs
        return
    for name, value in given.items():
        if name not in declared:
            continue
        try:
            wanted = value_for(value if isinstance(value, str) else repr(value), declared[name])
        except ValueError as error:
            told = str(error)
        except TypeError:  # of a type that nobody can check
            continue
        else:
            if wanted == value and isinstance(wanted, str) == isinstance(value, str):
                continue
            told = type(wanted).__name__
        raise PapermillException(
            f"The parameter {name} cannot be {value!r}; it takes: {told}. Give texts by -r, "
            f'and all else as YAML: -y "{name}: …".'
        )


class _Client(PapermillNotebookClient):
    """Papermill's client with a kernel in this process in the place of one behind sockets."""

    kernel: IPythonKernel

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> NotebookNode:
        """Run one cell and note its outputs, as nbclient does."""
        tags = cell.metadata.get("tags", [])
        if self.on_cell_start:
            self.on_cell_start(cell=cell, cell_index=cell_index)
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
            return cell
        kernel = self.kernel
        content = {"code": cell.source, "store_history": True, "stop_on_error": False}
        request = kernel.session.msg("execute_request", content)
        cell.outputs = []
        self.clear_before_next_output = False
        limited = time_limit(
            cell, self._get_timeout(cell), kernel.stderr, partial(self._keep, cell)
        )
        with kernel.spool.cell(request), kernel.logs.in_place(), limited:
            try:
                run_sync(_in_one_context)(kernel, request)
            finally:
                if os.getpid() != kernel.spool.pid:  # the cell has forked, and this is the other
                    os._exit(kernel.spool.failed())
        reply = None
        for message in kernel.spool.messages:
            if message["msg_type"] == "execute_reply":
                reply = message["content"]
                continue
            if message["msg_type"] == "stream":
                pieces = message["content"].pop("pieces")
                message["content"]["text"] = "".join(pieces)
            self.process_message(message, cell, cell_index)
        if reply is None or kernel.shell.exit_now:
            raise DeadKernelError("Kernel died")
        self.code_cells_executed += 1
        cell.execution_count = reply["execution_count"]
        allowed = self.allow_errors or "raises-exception" in tags
        if reply["status"] == "error" and (self.force_raise_errors or not allowed):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _keep(self, cell: NotebookNode) -> None:
        """Write the notebook as it is, with this cell as the one that failed."""
        self.nb_man.cell_exception(cell)
        self.nb_man.save()


async def _in_one_context(kernel: IPythonKernel, request: Message) -> None:
    """Run a cell where the cells before it ran, so that what they set there holds."""
    running = asyncio.get_running_loop()
    await running.create_task(_request(kernel, request), context=kernel.context)


async def _request(kernel: IPythonKernel, request: Message) -> None:
    kernel.set_parent(b"", request)
    await kernel.execute_request(None, b"", request)


@contextlib.contextmanager
def _kernel() -> Iterator[IPythonKernel]:
    """IPython's kernel in this process, which afterwards looks as before."""
    session = CellSession(key=b"in this process", username="netanalysis")
    spool = CellSpool(session)
    session.deliver = spool.deliver
    before = sys.stdout, sys.stderr, sys.modules["__main__"], list(sys.path), dict(os.environ)
    here = Path.cwd()
    kept = {name: vars(builtins).get(name) for name in ("display", "get_ipython", "_")}
    if "" not in sys.path and not os.environ.get("PYTHONSAFEPATH"):
        sys.path.insert(_before_packages(), "")
    config = Config(HistoryManager={"enabled": False}, IPKernelApp={})
    silent = logging.Logger("netanalysis.kernel", logging.CRITICAL + 1)
    kernel = IPythonKernel.instance(config=config, session=session, log=silent)
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=None)  # asked for by await
    kernel.spool, kernel.logs, kernel.stderr = spool, CellLogs(), _copy_of(2)
    kernel.context = contextvars.copy_context()
    kernel.shell.enable_gui = partial(_enable_gui, kernel)  # its own looks for an application
    columns = _columns(20)
    sys.stdout, sys.stderr = CellStream(1, spool), CellStream(2, spool)
    try:
        with inline_figures(), _empty_input():
            yield kernel
    finally:
        os.close(kernel.stderr)
        sys.stdout, sys.stderr, main, sys.path[:], environment = before
        _columns(columns)
        kernel.shell.restore_sys_module_state()
        sys.modules["__main__"] = main
        for name, value in kept.items():
            vars(builtins).pop(name, None)
            if value is not None:
                setattr(builtins, name, value)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(here)
        ZMQInteractiveShell.clear_instance()
        IPythonKernel.clear_instance()


@contextlib.contextmanager
def _empty_input() -> Iterator[None]:
    """Give cells, and what they start, nothing to read: the caller's input is not theirs."""
    before, stream = _copy_of(0), sys.stdin
    nothing = os.open(os.devnull, os.O_RDONLY)
    if nothing:  # else the caller had closed its own
        os.dup2(nothing, 0)
        os.close(nothing)
    try:
        with os.fdopen(0, encoding="utf-8", closefd=False) as sys.stdin:
            yield
    finally:
        sys.stdin = stream
        os.dup2(before, 0)
        os.close(before)


def _copy_of(descriptor: int) -> int:
    """A copy of a file descriptor, or one of nothing where the process has closed it."""
    try:
        return os.dup(descriptor)
    except OSError:
        return os.open(os.devnull, os.O_RDWR)


def _enable_gui(kernel: IPythonKernel, gui: str | None = None) -> None:
    """What ``%matplotlib`` and ``%gui`` ask of the shell."""
    try:
        enable_gui(gui, kernel)
    except ValueError as error:
        raise UsageError(str(error)) from error
    kernel.shell.active_eventloop = gui


def _before_packages() -> int:
    """Where IPython puts the notebook's folder: after Python's own modules."""
    names = [Path(folder).name for folder in sys.path]
    return min(
        (names.index(name) for name in ("site-packages", "dist-packages") if name in names),
        default=0,
    )


def _columns(most: int | None) -> int | None:
    """How many columns pandas prints; it looks at its import whether it is in a notebook."""
    if most is None or "pandas" not in sys.modules:
        return None
    options = sys.modules["pandas"].options.display
    before: int = options.max_columns
    options.max_columns = most
    return before
