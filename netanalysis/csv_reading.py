"""What are the rows of a CSV file, whoever has written it, and where does it go wrong?

Which sign separates its cells is told by its header. A fault is placed in the row in which it is,
rows counted as a spreadsheet does.
"""

import csv
import io

from netanalysis.errors import DataError, Problem

__all__ = ["CsvRow", "csv_rows", "mark_of", "text_of"]

CsvRow = tuple[int, list[str]]
csv.field_size_limit(2**31 - 1)  # a long text is no fault of the file


def text_of(content: bytes, file: str) -> str:
    """What a file holds as text: UTF-8, with or without a byte order mark.

    Parameters
    ----------
    content : bytes
    file : str
        Its name, for the message.

    Raises
    ------
    DataError
        If it is in other letters, with the row in which that shows.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise DataError([Problem("encoding", file, row)]) from None


def mark_of(header: str, marks: str) -> str:
    """The mark that separates the cells of a header: that which stands there most often.

    Examples
    --------
    >>> mark_of("city;share, in %;year", ",;")
    ';'
    """
    return max(marks, key=header.count)


def csv_rows(text: str, mark: str, file: str) -> list[CsvRow]:
    r"""The rows of a text, each with its number; blank ones too.

    Parameters
    ----------
    text : str
    mark : str
        What separates the cells.
    file : str
        Its name, for the message.

    Raises
    ------
    DataError
        If a quotation mark does not close, or stands inside a text; with the row.

    Examples
    --------
    >>> csv_rows('city,note\nOslo,"two\nlines"\n', ",", "list.csv")
    [(1, ['city', 'note']), (2, ['Oslo', 'two\nlines'])]
    """
    rows: list[CsvRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in reader:
            rows.append((len(rows) + 1, cells))
    except csv.Error as error:
        code = "quote" if "unexpected end" in str(error) else "quote_inside"
        raise DataError([Problem(code, file, len(rows) + 1)]) from None
    return rows
