"""Which days does a date mean that may be a year, a month or a day?

Dates are written as the source gives them: ``1995``, ``2010-11`` or ``2011-11-23`` (EDTF
level 0). Each is an interval of days, and dates are compared as intervals.
"""

import calendar
import datetime
import re

__all__ = ["YEARS", "first_day", "is_date", "last_day", "may_meet", "shifted"]

YEARS = range(1000, 2200)  # that anything about a city and its networks can be of

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD')
    year, month, day = match.groups()
    return int(year), month and int(month), day and int(day)  # type: ignore[return-value]


def first_day(text: str) -> datetime.date:
    """The earliest day that a date can mean.

    Raises
    ------
    ValueError
        If the text is not a date.

    Examples
    --------
    >>> first_day("2010-11")
    datetime.date(2010, 11, 1)
    """
    year, month, day = _parts(text)
    return datetime.date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> datetime.date:
    """The latest day that a date can mean.

    Raises
    ------
    ValueError
        If the text is not a date.

    Examples
    --------
    >>> last_day("2010-11")
    datetime.date(2010, 11, 30)
    """
    year, month, day = _parts(text)
    month = 12 if month is None else month
    if day is None:
        datetime.date(year, month, 1)  # a month that is not there is refused here
        day = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day)


def is_date(text: str) -> bool:
    """Whether the text is a date of one of the three forms.

    Examples
    --------
    >>> is_date("2011-13-01"), is_date("2011")
    (False, True)
    """
    try:
        last_day(text)
    except ValueError:
        return False
    return True


def may_meet(one: str, other: str) -> bool:
    """Whether two dates can mean the same day.

    Examples
    --------
    >>> may_meet("2011", "2011-11-23"), may_meet("2011-10", "2011-11-23")
    (True, False)
    """
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def shifted(day: datetime.date, months: int) -> datetime.date:
    """The day so many months later, or earlier; the last of the month where it has no such day.

    Examples
    --------
    >>> shifted(datetime.date(2024, 2, 29), -12), shifted(datetime.date(2025, 11, 30), 3)
    (datetime.date(2023, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
