"""In which words is each fault told: what is wrong, why that matters, and how to mend it?

The words stand in ``messages.csv``, a row for each code.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import IO, Any, Final

__all__ = ["MESSAGES", "extract"]

_FILE = "messages.csv"
_WORDS = ("what", "why", "mend")


def _read(text: str) -> dict[str, tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row["code"]: tuple(row[name] for name in _WORDS) for row in rows}


MESSAGES: Final = _read(files("netanalysis.language").joinpath(_FILE).read_text("utf-8"))


def extract(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The words of the messages, handed over as Babel's extractors do."""
    for words in _read(file.read().decode()).values():
        for text in words:
            yield 1, "", text, []


def _(text: str) -> str:
    """Mark a text for translation."""
    return text
