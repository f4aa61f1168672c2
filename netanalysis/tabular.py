"""How is a table written as CSV so that a spreadsheet shows its texts and never runs them?

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such a text
is written behind an apostrophe, which reading takes away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = [
    "PartError",
    "csv_text",
    "guarded",
    "named_cells",
    "one_line_end",
    "packaged",
    "packaged_part",
    "unguarded",
]

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?([eE][-+]?\d+)?")


def guarded(cell: object) -> str:
    """A cell as it is written: text that would run behind an apostrophe, nothing as "".

    Examples
    --------
    >>> guarded("=1+1"), guarded("-3,5"), guarded("C40"), guarded(None)
    ("'=1+1", '-3,5', 'C40', '')
    """
    import pandas as pd  # which reading a table does not need

    text = "" if pd.api.types.is_scalar(cell) and pd.isna(cell) else str(cell)
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """A cell as it was before `guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    r"""Rows as CSV, with lines that end alike on every system, inside cells too.

    Parameters
    ----------
    rows : iterable of sequences
        The header first. Missing values become empty cells.

    Examples
    --------
    >>> csv_text([["network", "note"], ["c40", "=HYPERLINK()"]])
    "network,note\nc40,'=HYPERLINK()\n"
    """
    text = io.StringIO(newline="")
    cells = (
        [guarded(one_line_end(cell) if isinstance(cell, str) else cell) for cell in row]
        for row in rows
    )
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue()


def one_line_end(text: str) -> str:
    """A text whose lines end alike on every system."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def named_cells(text: str) -> list[dict[str, str]]:
    r"""The rows of a table that we have written: column to cell.

    Examples
    --------
    >>> named_cells("code,word\nopen,öppet\n")
    [{'code': 'open', 'word': 'öppet'}]
    """
    return [*csv.DictReader(io.StringIO(text, newline=""))]


class PartError(Exception):
    """That a file which comes with the library is missing or not as it came.

    It is told in English, since the words of messages are such files themselves.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"{file}: this part of netanalysis cannot be used: {reason}.\n"
            "  Mend: take the file from the repository again (git checkout), or install "
            "netanalysis again."
        )


@contextmanager
def packaged_part(package: str, file: str) -> Iterator[Traversable]:
    """A file that comes with the library, for use within the block.

    Raises
    ------
    PartError
        If it cannot be read, or what it holds is not what the block needs.
    """
    part = files(package).joinpath(file)
    try:
        yield part
    except PartError:
        raise
    except FileNotFoundError:
        raise PartError(str(part), "it is missing") from None
    except UnicodeDecodeError:
        raise PartError(str(part), "it is not in UTF-8") from None
    except KeyError as error:
        raise PartError(str(part), f"{error} is missing in it") from None
    except Exception as error:  # whatever a changed file leads to
        raise PartError(str(part), str(error) or type(error).__name__) from None


def packaged(package: str, file: str, *columns: str) -> list[dict[str, str]]:
    """The rows of a table that comes with a package of the library.

    Parameters
    ----------
    package, file : str
    *columns : str
        That it must have.

    Raises
    ------
    PartError
        If it cannot be read, a row is longer or shorter than the head, or a column is missing.
    """
    with packaged_part(package, file) as part:
        text = part.read_text("utf-8")
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True) if text else [[]]
        if missing := [name for name in columns if name not in head]:
            raise ValueError(f"column {missing[0]} is missing")
        for number, row in enumerate(rows, start=2):
            if len(row) != len(head):
                raise ValueError(f"row {number} has {len(row)} cells, its head {len(head)}")
        return named_cells(text)
