"""What does a cell send and write while it runs in this process, in the order in which it comes?"""

import codecs
import contextlib
import io
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from jupyter_client.session import Session

__all__ = ["CellLogs", "CellSession", "CellSpool", "CellStream", "Message"]

_NAMES = {1: "stdout", 2: "stderr"}
Message = dict[str, Any]


class CellSession(Session):
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


class CellStream(io.TextIOBase):
    """What ``print`` writes to; text leaves it in the order in which it came."""

    __module__ = "ipykernel.iostream"  # by which libraries know that colours are welcome
    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, number: int, spool: "CellSpool") -> None:
        self._number = number
        self._spool = spool
        self.name = _NAMES[number]

    def write(self, text: str) -> int:
        """Keep what is written; a forked process writes on for itself."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._spool.pid:  # a forked process; who started it reads the descriptor
            with contextlib.suppress(OSError):
                os.write(self._number, text.encode(errors="replace"))
            return len(text)
        self._spool.text(_NAMES[self._number], text)
        return len(text)

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def flush(self) -> None:
        """Fetch what went past it to the file descriptors."""
        self._spool.drain()

    def fileno(self) -> int:
        """The file descriptor that programs write to."""
        return self._number


class CellSpool:
    """Everything that the running cell has sent and written, in order.

    Other programs and C libraries write to the file descriptors, which lead to files meanwhile.
    """

    def __init__(self, session: CellSession) -> None:
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


class CellLogs:
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
