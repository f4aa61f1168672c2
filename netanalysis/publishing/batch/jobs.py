"""What is asked of a process that makes a report, and what does it tell of what became of it?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from netanalysis.language.languages import SOURCE
from netanalysis.language.words import Words

__all__ = [
    "DIED",
    "DONE",
    "FAILED",
    "FAST",
    "KERNEL",
    "LOST",
    "MEGABYTE",
    "MEMORY",
    "TIMEOUT",
    "Job",
    "Outcome",
    "place_text",
]

FAST, KERNEL = "netanalysis", "nbclient"  # papermill's names of engines
DONE, FAILED, TIMEOUT, MEMORY, DIED = "done", "failed", "timeout", "out of memory", "died"
LOST = "lost"  # not the report's fault, as far as one can tell: it is worth another try
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Job:
    """One report to make.

    Attributes
    ----------
    name : str
    notebook : str
        Path.
    parameters : dict
    target : str
        Path of the page.
    data : str
        Path of the data folder.
    engine : str
        As `netanalysis.publishing.run.execute`.
    timeout : float
        Seconds; 0 is no limit.
    memory_mb : float
        Limit in megabytes (millions of bytes); 0 is none.
    language : str
        In which a refusal by netanalysis inside the notebook is told.
    """

    name: str
    notebook: str
    parameters: dict[str, Any]
    target: str
    data: str
    engine: str = FAST
    timeout: float = 600
    memory_mb: float = 0
    language: str = SOURCE


@dataclass(frozen=True)
class Outcome:
    """What became of a report.

    Attributes
    ----------
    name, state : str
        The state is one of `DONE`, `FAILED`, `TIMEOUT`, `MEMORY`, `DIED` and `LOST`.
    seconds : float
    peak_mb : float or None
        Highest resident memory in megabytes, None where the process could not tell.
    cell, line : int or None
    error : str
        What was wrong there.
    sha256 : str
        Of the page.
    key_figures : dict
    messages : list of (int, str, str)
        What the page does not show, as `netanalysis.publishing.page_messages.Message`.
    title : str
        Of the page.
    """

    name: str
    state: str
    seconds: float
    peak_mb: float | None = None
    cell: int | None = None
    line: int | None = None
    error: str = ""
    sha256: str = ""
    key_figures: dict[str, Any] = field(default_factory=dict)
    messages: Sequence[tuple[int, str, str]] = ()
    title: str = ""


def place_text(cell: int | None, line: int | None, words: Words) -> str:
    """Where in a notebook something went wrong, in words; "" where no cell is to blame."""
    if cell is None:
        return ""
    if line is None:
        return words("cell {cell}", cell=cell)
    return words("cell {cell}, line {line}", cell=cell, line=line)
