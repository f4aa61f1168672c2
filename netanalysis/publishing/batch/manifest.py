"""What became of each report of a batch? It is kept on disk, so that nothing is made twice."""

import contextlib
import csv
import hashlib
import io
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from netanalysis.control_characters import quoted, visible
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of, form_of, is_there
from netanalysis.folders import shown
from netanalysis.language.words import Words
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.batch.jobs import DONE, Outcome
from netanalysis.publishing.page_messages import MESSAGES, Message, sentences
from netanalysis.publishing.replacing import remove_list, save_list
from netanalysis.tabular import csv_text, unguarded

__all__ = ["FILE", "PENDING", "SUMMARY", "Entry", "Manifest", "index_names"]

FILE, SUMMARY, INDEX = "manifest.csv", "summary.csv", "index.html"
PENDING = "pending"
CHANGED = "its data or its notebook were changed while reports were made"
_SHARE = 50  # at most a fiftieth of the time goes into writing it


@dataclass(frozen=True)
class Entry:
    """One report, as the manifest tells of it.

    Attributes
    ----------
    name, state : str
        The state is "pending" or one of `netanalysis.publishing.batch.jobs`.
    seconds, peak_memory_mb : float or None
    cell, line : int or None
    error : str
        What was wrong there.
    page : str
        File name.
    page_sha256, inputs_sha256 : str
        Of the page, and of all that it was made from.
    parameters, key_figures : dict
    messages : list of (int, str, str)
        What the page does not show, as `netanalysis.publishing.page_messages.Message`.
    title : str
        Of the page; "" where there is none, or where an earlier version made it.
    """

    name: str
    state: str
    seconds: float | None
    peak_memory_mb: float | None
    cell: int | None
    line: int | None
    error: str
    page: str
    page_sha256: str
    inputs_sha256: str
    parameters: dict[str, Any] = field(default_factory=dict)
    key_figures: dict[str, Any] = field(default_factory=dict)
    messages: Sequence[tuple[int, str, str]] = ()
    title: str = ""

    def with_outcome(self, outcome: Outcome) -> "Entry":
        """The entry after a run."""
        return replace(
            self,
            state=outcome.state,
            seconds=round(outcome.seconds, 3),
            peak_memory_mb=outcome.peak_mb and round(outcome.peak_mb, 1),
            cell=outcome.cell,
            line=outcome.line,
            error=outcome.error,
            page_sha256=outcome.sha256,
            title=outcome.title,
            key_figures=outcome.key_figures,
            messages=outcome.messages,
        )


def index_names(entries: Iterable[Entry], language: str) -> dict[str, str]:
    """The file that lists the reports in each language, that of the given one first.

    Parameters
    ----------
    entries : iterable of Entry
    language : str
        Of reports that have none of their own.

    Returns
    -------
    dict of str to str
        Language to file name: ``index.html`` for the first, ``index.en.html`` for another.
    """
    found = dict.fromkeys(entry.parameters.get("language", language) for entry in entries)
    order = sorted(found or [language], key=lambda one: one != language)
    return {one: f"index.{one}.html" if place else INDEX for place, one in enumerate(order)}


class Manifest:
    """The entries of a batch, and the file that holds them.

    Parameters
    ----------
    folder : Path
    entries : sequence of Entry
        All of the plan, in its order, as "pending". What the folder's own manifest says of reports
        that are up to date, with their pages in place, replaces them; reports of an earlier plan
        stay in the file as long as their pages are there, so that they need not be made twice.
    inputs : Inputs, optional
        What the reports are made from; a report during which it is changed stays pending.

    Raises
    ------
    DataError
        If the folder's manifest cannot be read.
    """

    def __init__(
        self, folder: Path, entries: Sequence[Entry], inputs: Inputs | None = None
    ) -> None:
        self.folder = folder
        self._inputs = inputs
        self._made: set[str] = set()
        self._entries = {entry.name: entry for entry in entries}
        self._due = 0.0
        before = _read(folder / FILE)
        done = {name: then for name, then in before.items() if then.state == DONE}
        for name, entry in self._entries.items():
            then = done.pop(name, None)
            if then and then.inputs_sha256 == entry.inputs_sha256 and _in_place(folder, then):
                self._entries[name] = then
        self._others = [then for then in done.values() if _in_place(folder, then)]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def note(self, outcome: Outcome) -> None:
        """Enter what became of a report, and write it down before long."""
        self._entries[outcome.name] = self._entries[outcome.name].with_outcome(outcome)
        self._made.add(outcome.name)
        self._doubt(outcome.name)
        if time.monotonic() >= self._due:
            with contextlib.suppress(OSError):  # a full disk may have room again at the end
                self.write()

    def settle(self) -> int:
        """How many reports that were made since have to be made again, as data were changed."""
        for name in self._made:
            self._doubt(name)
        return sum(self._entries[name].error == CHANGED for name in self._made)

    def _doubt(self, name: str) -> None:
        """Take back that a report is done where what it is made from has been written to."""
        entry = self._entries[name]
        if entry.state == DONE and self._inputs and self._inputs.changed(entry.parameters):
            self._entries[name] = replace(
                entry, state=PENDING, error=CHANGED, page_sha256="", key_figures={}, messages=(),
                title="",
            )  # fmt: skip

    def write(self) -> None:
        """Write the manifest whole or not at all.

        Raises
        ------
        OSError
            If the folder cannot be written to or is full.
        """
        start = time.monotonic()
        names = [one.name for one in fields(Entry)]
        rows = [[_cell(getattr(entry, name)) for name in names] for entry in [*self, *self._others]]
        save_list(csv_text([names, *rows]), self.folder / FILE)
        now = time.monotonic()
        self._due = now + max(1, _SHARE * (now - start))

    def write_summary(self) -> None:
        """Write the key figures of every report, a row each.

        Raises
        ------
        OSError
            If the folder cannot be written to or is full.
        """
        found = list(dict.fromkeys(name for entry in self for name in entry.key_figures))
        asked = dict.fromkeys(name for entry in self for name in entry.parameters)
        given = [name for name in asked if name not in found]
        rows = [
            [
                entry.name,
                entry.state,
                *(_cell(entry.parameters.get(name)) for name in given),
                *(_cell(entry.key_figures.get(name)) for name in found),
            ]
            for entry in self
        ]
        save_list(csv_text([["name", "state", *given, *found], *rows]), self.folder / SUMMARY)

    def write_messages(self, words: Words) -> int:
        """Write what pages do not show, by report; no file stands where there is nothing to tell.

        Returns
        -------
        int
            How many reports have any.

        Raises
        ------
        OSError
            If the folder cannot be written to or is full.
        """
        having = [entry for entry in self if entry.messages]
        lines = []
        for entry in having:
            lines.append(visible(entry.name))
            for head, text in sentences(entry.messages, words):
                lines += [f"  {line}" for line in quoted(head, text)]
        if lines:
            save_list("\n".join(lines) + "\n", self.folder / MESSAGES)
        else:
            remove_list(self.folder / MESSAGES)
        return len(having)


def _read(file: Path) -> dict[str, Entry]:
    """The entries of a manifest; none where there is no file."""
    if not is_there(file):
        return {}
    try:
        found = {}
        for cells in csv.DictReader(
            io.StringIO(content_of(file).decode(), newline=""), strict=True
        ):
            row = {name: unguarded(cell) for name, cell in cells.items()}
            if row.pop("place", None) is not None:  # of earlier versions, in words
                row |= {"cell": "", "line": ""}
            numbers = {
                name: kind(row[name]) if row[name] else None for name, kind in _NUMBERS.items()
            }
            told = {name: json.loads(cell) for name in _TABLES if (cell := row.pop(name, ""))}
            told["messages"] = [Message(*message) for message in told.get("messages", [])]
            found[row["name"]] = Entry(**{**row, **numbers, **told})
        return found
    except DataError:
        raise
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        values = {"detail": form_of(error)}
        raise DataError([Problem("manifest_form", shown(file), values=values)]) from None


_NUMBERS = {"seconds": float, "peak_memory_mb": float, "cell": int, "line": int}
_TABLES = ("parameters", "key_figures", "messages")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def _in_place(folder: Path, entry: Entry) -> bool:
    """Whether the page that was made is there."""
    page = folder / entry.page
    return page.is_file() and _sha256(page) == entry.page_sha256


def _sha256(page: Path) -> str:
    return hashlib.sha256(page.read_bytes()).hexdigest()
