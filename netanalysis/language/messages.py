"""In which words is each fault told: what is wrong, why that matters, and how to mend it?

The words stand in ``messages.csv``, a row for each code.
"""

from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

from netanalysis.tabular import named_cells, packaged

__all__ = ["MESSAGES", "extract"]

_WORDS = ("what", "why", "mend")


MESSAGES: Final = {
    row["code"]: tuple(row[name] for name in _WORDS)
    for row in packaged("netanalysis.language", "messages.csv", "code", *_WORDS)
}


def extract(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The words of the messages, handed over as Babel's extractors do."""
    for row in named_cells(file.read().decode()):
        for name in _WORDS:
            yield 1, "", row[name], []


def _(text: str) -> str:
    """Mark a text for translation."""
    return text
