"""What is wrong, where, why, and how is it mended?

A `Problem` is a code, a place and values; its words stand in `netanalysis.language.messages`, in
English, and are translated where they are shown. A `DataError` carries every problem of one load.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from netanalysis.control_characters import visible
from netanalysis.language.messages import MESSAGES, _
from netanalysis.tabular import packaged_part

__all__ = ["DataError", "Key", "Phrase", "Problem", "describe"]


@dataclass(frozen=True)
class Phrase:
    """A part of a message that has words of its own, to be translated with it.

    Attributes
    ----------
    text : str
        English, marked for the catalogue where it is written.
    values : mapping
        What the text quotes.

    Examples
    --------
    >>> str(Phrase("rating outside {low} to {high}", {"low": 0, "high": 4}))
    'rating outside 0 to 4'
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """The phrase in the language that its text is translated to."""
        values = {name: _quoted(value, translate) for name, value in self.values.items()}
        return translate(self.text).format(**values)


@dataclass(frozen=True)
class Key:
    """The short names that name a row together, as a message quotes them.

    Attributes
    ----------
    names : tuple of str

    Examples
    --------
    >>> str(Key(("uclg", "council")))
    'uclg / council'
    """

    names: tuple[str, ...]

    def __str__(self) -> str:
        return " / ".join(self.names)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    code : str
        A key of `MESSAGES`.
    file : str
        The file, as a reader would name it.
    row : int or None
        Row as a spreadsheet counts it: the header is row 1.
    column : str or None
        Name of the column.
    values : mapping
        What the message quotes; of a tuple, each entry on a line of its own, of a list all on one.
        A `Phrase` is translated with the message, and phrases of a tuple follow one another.
    """

    code: str
    file: str = ""
    row: int | None = None
    column: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return describe(self)


class DataError(ValueError):
    """Every problem of one load or of one calculation, each with its place, reason and mend.

    Attributes
    ----------
    problems : tuple of Problem
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def describe(problem: Problem, translate: Callable[[str], str] = str) -> str:
    """A problem in words: place and what, then why, then how to mend it.

    Parameters
    ----------
    problem : Problem
    translate : callable
        From the English of `MESSAGES` to another language.

    Returns
    -------
    str
        Three lines, also where a value that is quoted has line breaks of its own.

    Examples
    --------
    >>> print(describe(Problem("date", "seats.csv", 4, "end", {"value": "2011-13-01"})))
    seats.csv, row 4, column end: "2011-13-01" is not a date.
      Why: dates are ISO 8601: year, year-month or year-month-day.
      Mend: write 2011, 2011-12 or 2011-12-01, or leave the cell empty if it is not known.
    """
    values = {name: _quoted(value, translate) for name, value in problem.values.items()}
    with packaged_part("netanalysis.language", "messages.csv"):
        what, why, mend = (translate(text).format(**values) for text in MESSAGES[problem.code])
    place = [visible(problem.file)] if problem.file else []
    if problem.row is not None:
        place.append(translate(_("row {row}")).format(row=problem.row))
    if problem.column is not None:
        place.append(translate(_("column {column}")).format(column=visible(problem.column)))
    head = f"{', '.join(place)}: {what}" if place else what
    reason, cure = translate(_("Why:")), translate(_("Mend:"))
    return f"{head}\n  {reason} {why}\n  {cure} {mend}"


def _quoted(value: object, translate: Callable[[str], str]) -> object:
    """A value as a message quotes it, which is on one line and without signs that act."""
    if isinstance(value, Phrase):
        return value.said(translate)
    if isinstance(value, tuple):
        mark = "; " if all(isinstance(one, Phrase) for one in value) else "\n"
        return mark.join(str(_quoted(one, translate)) for one in value)
    if isinstance(value, list):
        return ", ".join(str(_quoted(one, translate)) for one in value) or "-"
    return value if isinstance(value, int | float) else visible(str(value))
