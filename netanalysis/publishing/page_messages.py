"""What has a notebook written that its page leaves out, and what should the page's maker know?

What cells write (stdout, stderr) is for the log and for working pages: it may name local files.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from netanalysis.language.words import Words

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "COLOURS",
    "CUT",
    "LINKS",
    "MESSAGES",
    "Message",
    "bounded",
    "sentences",
    "stream_messages",
    "stream_text",
]

MESSAGES = "messages.txt"
CUT, COLOURS, LINKS, GLYPHS = "cut", "colours", "links", "glyphs"  # else the name of a stream
_MOST = 10_000  # characters in all messages of a page
_CELL_FILE = re.compile(
    r"(?<![^\s:\"'<>|])(?:[A-Za-z]:)?[^\s:\"'<>|]*[/\\]ipykernel_\d+[/\\]\d+\.py"
)
_GLYPH = re.compile(r"UserWarning: Glyph (\d{1,7}) \([^()\n]{0,200}\) missing from ")
_SCRIPT = re.compile(r"UserWarning: Matplotlib currently does not support [\w ]{1,50} natively\.$")


class Message(NamedTuple):
    """Something that a page does not show.

    Attributes
    ----------
    cell : int
        Number of the cell, counted from 1 in the notebook as it is kept.
    kind : str
        "stdout", "stderr", "glyphs", "colours", "links", or "cut" for something that no page can
        show.
    text : str
        What was written, or the letters that a font lacks; else "".
    """

    cell: int
    kind: str
    text: str


def stream_text(output: "NotebookNode") -> str:
    """What a cell has written; warnings do not name the cell by a file of this one process."""
    return _CELL_FILE.sub("notebook", _split(output)[0])


def stream_messages(cell: "NotebookNode", number: int, working: bool) -> Iterator[Message]:
    """What a cell has written.

    Parameters
    ----------
    cell : NotebookNode
    number : int
    working : bool
        Whether it is for a working page, which shows it, but for letters that fonts lack.
    """
    streams = [one for one in cell.get("outputs", []) if one.output_type == "stream"]
    for name in dict.fromkeys(one.name for one in streams):
        text = "".join(stream_text(one) for one in streams if one.name == name)
        if text.strip() and not working:
            yield Message(number, name, text)
    letters = "".join(dict.fromkeys("".join(_split(one)[1] for one in streams)))
    if letters:
        yield Message(number, GLYPHS, letters)


def bounded(messages: Iterable[Message]) -> list[Message]:
    """As much of the messages as one can want to read, in signs that any file can hold."""
    found, left = [], _MOST
    for message in messages:
        text = message.text.encode("utf-8", "backslashreplace").decode()
        text = text if len(text) <= left else text[: max(0, left - 2)] + " …"
        found.append(message._replace(text=text))
        left -= len(text)
        if left <= 2:
            break
    return found


def sentences(messages: Iterable[Iterable[Any]], words: Words) -> list[tuple[str, str]]:
    """What to tell of messages, each once: a head in the user's words, and text of others."""
    found = []
    for cell, kind, text in dict.fromkeys(map(tuple, messages)):
        if kind == GLYPHS:
            head = words(
                "Cell {cell} draws letters that the charts' font lacks, so that they may stand as "
                "empty boxes or overlap. Mend: install a font that has them, such as Noto Sans of "
                "their script. The letters",
                cell=cell,
            )
        elif kind == CUT:
            head = words("Cell {cell} shows something that its page cannot", cell=cell)
            text = words("the page says so there")
        elif kind == COLOURS:
            head = words("Cell {cell} uses colours, which pages leave out", cell=cell)
            text = words("see that nothing is told by colour alone")
        elif kind == LINKS:
            head = words("Cell {cell} has links that its page leaves out", cell=cell)
            text = words("links lead to the web, to mail or within the page; it says so there")
        elif kind == "stderr":
            head = words(
                "Cell {cell} wrote warnings or other text that public pages do not show", cell=cell
            )
        else:
            head = words("Cell {cell} wrote text that public pages do not show", cell=cell)
        found.append((head, text))
    return found


def _split(output: "NotebookNode") -> tuple[str, str]:
    """The text of a stream without matplotlib's warnings of letters, and these letters."""
    text = "".join(output.text)  # a notebook on disk may hold it as a list of lines
    if "UserWarning: " not in text:
        return text, ""
    rest, letters, quoting = [], [], False
    for line in text.splitlines(keepends=True):
        glyph = _GLYPH.search(line)
        if glyph and int(glyph[1]) <= 0x10FFFF:
            letters.append(chr(int(glyph[1])))
        ours = bool(glyph or _SCRIPT.search(line))
        if not ours and not (quoting and line.startswith("  ")):
            rest.append(line)
        quoting = ours  # the line of code that follows belongs to the warning
    return "".join(rest), "".join(letters)
