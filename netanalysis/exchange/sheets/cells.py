"""What did a person mean by a cell that Excel may have changed?

Excel turns ``1-2`` into a date, a date into a number, a number into text, and text into what it
takes for better. Where only one thing can have been meant it is read; else it is asked about.
"""

import datetime
import math
import re
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel
from openpyxl.worksheet.formula import DataTableFormula

from netanalysis.control_characters import cannot_be_kept
from netanalysis.dates import is_date
from netanalysis.language.text import folded

__all__ = ["bounds", "cell_text", "read_cell", "stripped"]

ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
ERRORS |= {"#SAKNAS!", "#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#NAMN?", "#OGILTIGT!"}
ERRORS |= {"#GETTING_DATA", "#SKÄRNING!"}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MONTHS = {
    month[:3]: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, month in enumerate(names.split(), start=1)
}
_MONTH = re.compile(
    r"(jan(uari|uary)?|feb(ruari|ruary)?|mar(s|ch)?|apr(il)?|maj|may|june?|juni|july?|juli"
    r"|aug(usti|ust)?|sept?(ember)?|okt(ober)?|oct(ober)?|nov(ember)?|dec(ember)?)\.?"
)
_NAMED = (
    re.compile(r"(?:(?:den |the )?(?P<day>\d{1,2})(?:st|nd|rd|th|:[ea]|\.)? )?(?:of )?"
               r"(?P<month>[a-z]+\.?),? (?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]+\.?) (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4}) (?:(?P<day>\d{1,2}) )?(?P<month>[a-z]+\.?)"),
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})(?:\2(\d{1,2}))?(?:[t ]\d{2}:\d{2}.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}(?:[-/. ]\d{2})?|\d{6}")
_YEARS = range(1000, 2201)  # whole numbers that are years, and no days of Excel's
_SERIALS = range(10_000, 80_000)  # days of Excel's: 1927 to 2119
_YEAR_TYPED = range(1900, 2101)  # years that become days of 1905 in a cell for dates
_RATING = re.compile(r"([0-4])(?:[.,]0+)?(?:\s*(?:-|\.\.|till|to)\s*([0-4])(?:[.,]0+)?)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}( \d{3})+([.,]\d+)?")
_PLAIN = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?")
_AMBIGUOUS = re.compile(r"[-+]?(?!0+[.,])\d{1,3}[.,]\d{3}|\d+/\d+")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:,\d{3}){2,}(?:\.\d+)?"
                        r"|(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)")  # fmt: skip
_REFUSED = {"date": "date", "number": "number", "integer": "integer", "rating": "cell_rating"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]')


def cell_text(
    value: object, number_format: str, kind: str, epoch: datetime.datetime = WINDOWS_EPOCH
) -> tuple[str, str]:
    r"""What a cell means, as a CSV file would hold it.

    Parameters
    ----------
    value : object
        What openpyxl gives; formulas as their text.
    number_format : str
        How Excel shows the value: it tells a month from a day, and seven from 007.
    kind : {"text", "number", "integer", "date", "choice", "reference", "rating"}
        What the column holds; "rating" is one rating or two with a hyphen between.
    epoch : datetime
        The day that the workbook counts days from.

    Returns
    -------
    (str, str)
        The text, and the code of what is wrong with it: "" where nothing is, and otherwise the
        text is what the message quotes. A rating from one to another is written ``1..2``.

    Examples
    --------
    >>> cell_text("mars 2025", "General", "date"), cell_text("1\u00a0234,5", "General", "number")
    (('2025-03', ''), ('1234.5', ''))
    >>> cell_text(datetime.datetime(2026, 2, 1), "d-mmm", "rating")
    ('1..2', '')
    >>> cell_text("1.234", "General", "number")
    ('1.234', 'cell_number_ambiguous')
    """
    value = getattr(value, "text", value)  # of a formula that fills several cells
    if value is None:
        return "", ""
    if isinstance(value, DataTableFormula):
        return "=TABLE()", "cell_formula"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value), _REFUSED.get(kind, "cell_error")
    if isinstance(value, str):
        value = stripped(value)
        if value.upper() in ERRORS:
            return value, "cell_error"
        if not value or kind in ("text", "choice", "reference"):
            return value, ""
        if value.startswith("=") and len(value) > 1:
            return value, "cell_formula"
        if any(sign.isdigit() and not sign.isascii() for sign in value):  # of another script
            return value, _REFUSED[kind]
    elif isinstance(value, bool):
        told = "TRUE" if value else "FALSE"
        return told, "" if kind in ("text", "choice", "reference") else "cell_truth"
    elif isinstance(value, datetime.time | datetime.timedelta):
        return str(value), _REFUSED.get(kind, "")
    if kind == "date":
        return _date(value, number_format, epoch)
    if kind == "rating":
        return _rating(value)
    if kind in ("number", "integer"):
        return _number(value, whole=kind == "integer")
    return _as_shown(value, number_format)


def read_cell(cell: Any, kind: str, epoch: datetime.datetime = WINDOWS_EPOCH) -> tuple[str, str]:
    """What a cell of a sheet means, and the code of what is wrong with it; see `cell_text`.

    A formula means nothing but in a column of texts, where it is kept as a text: it is never
    worked out, and never an empty cell. What was written as a text there may look like an error.
    """
    if cell is None:
        return "", ""
    if kind == "text" and cell.data_type == "s":
        text = stripped(cell.value)
        return text, _lost(text)
    text, code = cell_text(cell.value, cell.number_format, kind, epoch)
    if cell.data_type == "f" and kind in ("choice", "reference"):
        return text, "cell_formula"
    return text, code or _lost(text)


def _lost(text: str) -> str:
    """The code of a text with signs that get lost on the way."""
    return "control" if cannot_be_kept(text) else ""


def bounds(rating: str) -> tuple[str, str]:
    """The lowest and the highest of a rating as `cell_text` writes it.

    Examples
    --------
    >>> bounds("1..2"), bounds("3"), bounds("")
    (('1', '2'), ('3', '3'), ('', ''))
    """
    low, _, high = rating.partition("..")
    return low, high or low


def stripped(text: str) -> str:
    """A text without blanks at its ends, seen or unseen, and with lines that end alike."""
    text = _ESCAPED.sub(_unescaped, text).replace("\r\n", "\n").replace("\r", "\n")
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in _UNSEEN):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _UNSEEN):
        end -= 1
    return text[start:end]


def _unescaped(match: re.Match[str]) -> str:
    """A sign that Excel has written as its number, such as the end of a line."""
    sign = chr(int(match.group(1), 16))  # others are text that a program has not escaped
    return sign if sign in "\r\n\t_" or cannot_be_kept(sign) else match.group()


def _date(value: Any, number_format: str, epoch: datetime.datetime) -> tuple[str, str]:
    if isinstance(value, datetime.datetime | datetime.date):
        return _shown_date(value, number_format)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        if value in _YEARS:
            return str(value), ""
        if value in _SERIALS:
            return from_excel(value, epoch).date().isoformat(), ""
    if isinstance(value, float) and int(value) in _SERIALS:  # a day with an hour
        return from_excel(int(value), epoch).date().isoformat(), ""
    if isinstance(value, float):  # 1998.1 may have been 1998.10
        return str(value), "date"
    text = folded(str(value)).replace(" - ", "-")
    if text.isdecimal() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if text.isdecimal() and len(text) == 4:
        return (text, "") if int(text) in _YEARS else (text, "date")
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
        return _checked(str(value), year, month, day)
    if match := _YEAR_LAST.fullmatch(text):
        one, _, other, year = match.groups()
        if int(one) > 12 or one == other:
            return _checked(str(value), year, other, one)
        if int(other) > 12:
            return _checked(str(value), year, one, other)
        return str(value), "cell_date_ambiguous"
    for form in _NAMED:
        match = form.fullmatch(text)
        if match and _MONTH.fullmatch(match["month"]):
            month = str(_MONTHS[match["month"][:3]])
            return _checked(str(value), match["year"], month, match["day"])
    return str(value), "cell_date_ambiguous" if _SHORT_YEAR.fullmatch(text) else "date"


def _checked(written: str, year: str, month: str, day: str | None) -> tuple[str, str]:
    text = f"{year}-{int(month):02}" + ("" if day is None else f"-{int(day):02}")
    return (text, "") if is_date(text) and int(year) in _YEARS else (written, "date")


def _shown_date(value: Any, number_format: str) -> tuple[str, str]:
    """A date that Excel holds: a month or a year only, where no more is shown."""
    day = value.date() if isinstance(value, datetime.datetime) else value
    signs = _QUOTED.sub("", number_format).lower()
    if "y" not in signs and "d" in signs:
        return day.isoformat(), "cell_date_yearless"
    if day.year == 1905 and (day - datetime.date(1899, 12, 30)).days in _YEAR_TYPED:
        return day.isoformat(), "cell_date_number"
    if "y" in signs and "d" not in signs and day.day == 1:
        if "m" in signs:
            return day.isoformat()[:7], ""
        if day.month == 1:
            return day.isoformat()[:4], ""
    return day.isoformat(), ""


def _rating(value: Any) -> tuple[str, str]:
    if isinstance(value, datetime.datetime | datetime.date):
        least, most = sorted((value.day, value.month))
        if most > 4:
            return value.isoformat()[:10], "cell_rating"
        return (str(least) if least == most else f"{least}..{most}"), ""
    match = _RATING.fullmatch(folded(str(value)))
    if match is None:
        return _plain(value), "cell_rating"
    low, high = match.group(1), match.group(2) or match.group(1)
    if low > high:
        return str(value), "cell_rating"
    return (low if low == high else f"{low}..{high}"), ""


def _number(value: Any, *, whole: bool) -> tuple[str, str]:
    wrong = _REFUSED["integer" if whole else "number"]
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10], "cell_number_date"
    if isinstance(value, str):
        text = folded(value)
        share = text.endswith("%")
        text = text.removesuffix("%").strip()
        if _AMBIGUOUS.fullmatch(text):
            return value, "cell_number_ambiguous"
        if _GROUPED.fullmatch(text):
            text = text.replace(" ", "")
        elif _THOUSANDS.fullmatch(text):
            decimal = max(text.rfind(","), text.rfind("."))
            if text.count(text[decimal]) > 1:
                decimal = len(text)
            text = re.sub("[,.]", "", text[:decimal]) + text[decimal:]
        if not _PLAIN.fullmatch(text):
            return value, wrong
        number = Decimal(text.replace(",", ".")) / (100 if share else 1)
        told = _plain(number)
    else:
        told = _plain(value)
    if whole and not re.fullmatch(r"-?\d+", told):
        return told, wrong
    return told, ""


def _plain(value: Any) -> str:
    """A number with as many digits as Excel keeps, and never with a power of ten."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else value
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_shown(value: Any, number_format: str) -> tuple[str, str]:
    """A number or date in a column of texts, in the form in which the person saw it."""
    if isinstance(value, datetime.datetime | datetime.date):
        return _shown_date(value, number_format)
    text = _plain(value)
    if re.fullmatch("0{2,}", number_format) and text.isdecimal():
        return text.zfill(len(number_format)), ""
    if re.fullmatch(r"0(\.0+)?\s?%", number_format):
        return f"{_plain(Decimal(text) * 100)} %", ""
    return text, ""
