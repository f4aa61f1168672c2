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
import codecs
import contextlib
import contextvars
import faulthandler
import io
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

from ipykernel.eventloops import enable_gui
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.session import Session
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from papermill.exceptions import PapermillException
from papermill.log import logger
from traitlets.config import Config

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
_NAMES = {1: "stdout", 2: "stderr"}
_GRACE = 3  # seconds that a cell has to end once it has been interrupted
Message = dict[str, Any]


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


class _Session(Session):
    """Hands messages over to a function instead of a socket, packed and unpacked as they were."""

    deliver: Callable[[Message], None]

    def send(self, stream: Any, msg_or_type: Any, *arguments: Any, **named: Any) -> Message:
        """As jupyter_client's: build the message where only its type is given."""
        if isinstance(msg_or_type, dict):
            message = msg_or_type
            buffers = named.get("buffers") or message.get("buffers", [])
        else:
            names = ("content", "parent", "ident", "buffers", "track", "header", "metadata")
            given = dict(zip(names, arguments, strict=False)) | named
            buffers = given.get("buffers") or []
            wanted = ("content", "parent", "header", "metadata")
            message = self.msg(msg_or_type, **{name: given.get(name) for name in wanted})
        content = self.unpack(self.pack(_storable(message["content"])))
        self.deliver({**message, "content": content, "buffers": list(buffers)})
        return message


def _storable(content: Any) -> Any:
    """The content with halves of signs, which no file can hold, written as Python writes them."""
    if isinstance(content, str):
        return content.encode("utf-8", "backslashreplace").decode()
    if isinstance(content, dict):
        return {_storable(key): _storable(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_storable(value) for value in content]
    return content


class _Stream(io.TextIOBase):
    """What ``print`` writes to; text leaves it in the order in which it came."""

    __module__ = "ipykernel.iostream"  # by which libraries know that colours are welcome
    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, number: int, spool: "_Spool") -> None:
        self._number = number
        self._spool = spool
        self.name = _NAMES[number]

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._spool.pid:  # a forked process; who started it reads the descriptor
            with contextlib.suppress(OSError):
                os.write(self._number, text.encode(errors="replace"))
            return len(text)
        self._spool.text(_NAMES[self._number], text)
        return len(text)

    def writable(self) -> bool:
        return True

    def flush(self) -> None:
        self._spool.drain()

    def fileno(self) -> int:
        return self._number


class _Spool:
    """Everything that the running cell has sent and written, in order.

    Other programs and C libraries write to the file descriptors, which lead to files meanwhile.
    """

    def __init__(self, session: _Session) -> None:
        self.messages: list[Message] = []
        self.pid = os.getpid()
        self._session = session
        self._parent: Message = {}
        self._files: dict[int, BinaryIO] = {}
        self._readers: dict[int, tuple[int, codecs.IncrementalDecoder]] = {}
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def cell(self, parent: Message) -> Iterator[None]:
        """Gather what comes from one cell, to be found in `messages` afterwards."""
        self.messages, self._parent = [], parent
        saved = {}
        with contextlib.ExitStack() as stack:
            for number in _NAMES:
                with contextlib.suppress(OSError):  # a process may have closed them
                    saved[number] = os.dup(number)
                    self._files[number] = stack.enter_context(tempfile.TemporaryFile(buffering=0))
                    decoder = codecs.getincrementaldecoder("utf-8")("replace")
                    self._readers[number] = (0, decoder)
                    os.dup2(self._files[number].fileno(), number)
            try:
                yield
            finally:
                self.drain()
                for number, before in saved.items():
                    os.dup2(before, number)
                    os.close(before)
                self._files.clear()

    def deliver(self, message: Message) -> None:
        """Keep a message of the running cell."""
        if message["parent_header"].get("msg_id") == self._parent["header"]["msg_id"]:
            with self._lock:
                self.drain()
                if message["msg_type"] == "stream":
                    self._add(message["content"]["name"], message["content"]["text"])
                else:
                    self.messages.append(message)

    def text(self, name: str, text: str) -> None:
        """Keep written text, joined to what the same stream wrote just before."""
        if not text or not self._parent:
            return
        with self._lock:
            self.drain()
            self._add(name, _storable(text))

    def failed(self) -> bool:
        """Whether the cell has ended with an error."""
        return any(message["msg_type"] == "error" for message in self.messages)

    def drain(self) -> None:
        """Fetch what has been written to the file descriptors."""
        with self._lock:
            for number, file in self._files.items():
                place, decoder = self._readers[number]
                size = os.fstat(file.fileno()).st_size
                if size > place:
                    found = _read(file.fileno(), place, size - place)
                    self._readers[number] = (place + len(found), decoder)
                    self._add(_NAMES[number], decoder.decode(found))

    def _add(self, name: str, text: str) -> None:
        last = self.messages[-1] if self.messages else None
        if last and last["msg_type"] == "stream" and last["content"]["name"] == name:
            last["content"]["pieces"].append(text)
        else:
            content = {"name": name, "pieces": [text]}
            self.messages.append(self._session.msg("stream", content, parent=self._parent))


def _read(descriptor: int, place: int, size: int) -> bytes:
    """What stands there; who writes at the same time goes on at the end."""
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, place)
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, size)


class _Logs:
    """The notebook's own handlers of Python's logging, which the process has others for."""

    def __init__(self) -> None:
        self._root = logging.getLogger()
        self._other: tuple[list[logging.Handler], int] = [], logging.WARNING

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """While a cell runs, its handlers hold."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def _swap(self) -> None:
        root = self._root
        now = root.handlers, root.level
        (root.handlers, level), self._other = self._other, now
        root.setLevel(level)


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
        limited = _time_limit(self, cell)
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
    session = _Session(key=b"in this process", username="netanalysis")
    spool = _Spool(session)
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
    kernel.spool, kernel.logs, kernel.stderr = spool, _Logs(), _copy_of(2)
    kernel.context = contextvars.copy_context()
    kernel.shell.enable_gui = partial(_enable_gui, kernel)  # its own looks for an application
    columns = _columns(20)
    sys.stdout, sys.stderr = _Stream(1, spool), _Stream(2, spool)
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


@contextlib.contextmanager
def _time_limit(client: _Client, cell: NotebookNode) -> Iterator[None]:
    """Break a cell off that takes longer than it may, where the system has alarms.

    A cell that goes on all the same ends the process, after its notebook has been saved; so does
    one that never returns to Python, which cannot be asked.
    """
    seconds = client._get_timeout(cell)
    if not seconds or seconds < 0:
        yield
        return
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "alarm"):
        raise PapermillException(
            "The engine netanalysis cannot limit the time of a cell here: "
            "run with --engine nbclient."
        )
    error = CellTimeoutError.error_from_timeout_and_cell(
        "Cell execution timed out", int(seconds), cell
    )
    rung = False

    def ring(*_: object) -> None:
        nonlocal rung
        if rung:
            client.nb_man.cell_exception(cell)
            client.nb_man.save()
            os.write(client.kernel.stderr, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        rung = True
        signal.setitimer(signal.ITIMER_REAL, _GRACE)
        raise KeyboardInterrupt

    handler = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    faulthandler.dump_traceback_later(seconds + 2 * _GRACE, exit=True, file=client.kernel.stderr)
    try:
        yield
    except KeyboardInterrupt:
        if not rung:
            raise
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    if rung:
        raise error
