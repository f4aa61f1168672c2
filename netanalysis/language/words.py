"""How is it said in each language?

English is written in the code and is the key of the catalogues under ``locale/``.
"""

import gettext
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberFormatError, format_decimal, format_percent, parse_decimal
from markupsafe import Markup

from netanalysis.dates import first_day
from netanalysis.errors import Phrase, Problem, describe
from netanalysis.language.languages import KNOWN, LANGUAGES, SOURCE
from netanalysis.language.text import folded_name
from netanalysis.tabular import packaged_part

__all__ = ["LANGUAGES", "MANY", "Words", "speak"]

MANY = 8  # networks that a page can tell of one by one; of more it tells what matters and counts
NAMED = 6  # of many names, those that a sentence gives
with packaged_part("netanalysis.language", "languages.csv"):
    _LOCALES = {code: Locale.parse(known.locale) for code, known in KNOWN.items()}
_CATALOGUE = "locale/{language}/LC_MESSAGES/netanalysis.po"


@dataclass(frozen=True)
class Words:
    """One language: its words, numbers, dates and lists.

    Attributes
    ----------
    language : str
        One of `LANGUAGES`.
    """

    language: str

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with the values put in.

        Examples
        --------
        >>> Words("sv")("Network")
        'Nätverk'
        """
        return _translations(self.language).gettext(text).format(**values)

    def prose(self, text: str) -> str:
        """A notebook's text in this language, as it is where the catalogue does not know it."""
        return _translations(self.language).gettext(text)

    def markup(self, text: str, /, **values: object) -> Markup:
        """As calling, for values that are markup; the rest is escaped."""
        return Markup.escape(_translations(self.language).gettext(text)).format(**values)

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of the text that goes with a count, which it may name as {count}."""
        form = _translations(self.language).ngettext(one, many, int(count))
        return form.format(count=self.number(count), **values)

    def own(self, row: Any, column: str) -> str:
        """The text of a pair of columns, such as text_sv and text_en; "" where it is missing."""
        value = getattr(row, f"{column}_{self.language}")
        return value if isinstance(value, str) else ""

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the language's signs, rounded to so many digits at most."""
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(value, pattern, locale=_LOCALES[self.language]))

    def percent(self, share: float) -> str:
        """A share as a whole percentage."""
        return str(format_percent(share, locale=_LOCALES[self.language]))

    def parsed(self, text: str) -> float | None:
        """The number that `number` or `percent` wrote so, None where a text says anything else.

        Examples
        --------
        >>> Words("sv").parsed("1\u00a0498,5"), Words("en").parsed("12%"), Words("en").parsed("3–4")
        (1498.5, 0.12, None)
        """
        bare = text.strip()
        figure = bare.removesuffix("%").rstrip()
        try:
            value = float(parse_decimal(figure, locale=_LOCALES[self.language], strict=True))
        except NumberFormatError:
            return None
        return value if figure == bare else value / 100

    def points(self, shift: float) -> str:
        """A change of a share in whole percentage points, with its sign.

        Examples
        --------
        >>> Words("en").points(0.146), Words("sv").points(0.02), Words("en").points(-0.001)
        ('+15', '+2', '0')
        """
        points = round(100 * shift)
        pattern = "+#,##0;\u2212#,##0" if points else "0"  # a minus sign, not a hyphen
        return str(format_decimal(points, pattern, locale=_LOCALES[self.language]))

    def percents(self, low: float, high: float) -> str:
        """A range of whole percentages, one where both ends are equal.

        Examples
        --------
        >>> Words("en").percents(0.5, 0.65), Words("en").percents(1, 1)
        ('50–65%', '100%')
        """
        first, last = self.number(100 * low), self.percent(high)
        return last if self.percent(low) == last else f"{first}–{last}"

    def share(self, share: float, error: float = 0.0, limits: Iterable[float] = ()) -> str:
        """A share that was drawn, with no more digits than its standard error supports.

        Parameters
        ----------
        share : float
            From 0 to 1.
        error : float
            Standard error of the shares shown beside it; they are rounded to 1, 5 or 10
            percentage points, and never to 0 or to all.
        limits : iterable of float
            Shares that decide something: rounding never reaches one that the share does not.

        Examples
        --------
        >>> en = Words("en")
        >>> en.share(0.6481, 0.005), en.share(0.6481, 0.02), en.share(0.0009, 0.005)
        ('65%', '65%', 'under 1%')
        >>> en.share(0.87, 0.04), en.share(1.0), en.share(1.0, 0.005), en.share(0.0, 0.005)
        ('85%', '100%', 'over 99%', 'under 1%')
        >>> en.share(0.898, 0.005, limits=[0.9])
        'under 90%'
        """
        step = next((step for step in (0.01, 0.05) if error <= step), 0.1)
        steps, most = round(share / step), round(1 / step)
        if steps == 0 and (share > 0 or error > 0):
            return self("under {share}", share=self.percent(step))
        if steps == most and (share < 1 or error > 0):
            return self("over {share}", share=self.percent(1 - step))
        for limit in limits:
            if share < limit <= steps * step + step / 100:
                return self("under {share}", share=self.percent(limit))
        return self.percent(steps * step)

    def interval(self, low: float, high: float) -> str:
        """A rating interval: one number where both ends are equal."""
        ends = dict.fromkeys(self.number(value, 1) for value in (low, high))
        return "–".join(ends)

    def size_class(self, low: float, high: float, unit: str = "") -> str:
        """A class of numbers from low to under high; one that begins at 0 or never ends is open.

        Examples
        --------
        >>> en = Words("en")
        >>> en.size_class(0, 500, " km"), en.size_class(500, 1000), en.size_class(5e6, math.inf)
        ('under 500 km', '500 to under 1,000', '5,000,000 or more')
        """
        if low == 0:
            return self("under {high}", high=self.number(high) + unit)
        if math.isinf(high):
            return self("{low} or more", low=self.number(low) + unit)
        return self("{low} to under {high}", low=self.number(low), high=self.number(high)) + unit

    def date(self, date: object, short: bool = False) -> str:
        """A year, month or day in words; "unknown" where it is missing.

        Parameters
        ----------
        date : str or missing
            YYYY, YYYY-MM or YYYY-MM-DD.
        short : bool
            With the month's name cut short, for narrow columns.

        Examples
        --------
        >>> Words("en").date("2011-11-23"), Words("sv").date("2010-11"), Words("sv").date("1995")
        ('23 November 2011', 'november 2010', '1995')
        """
        if not isinstance(date, str):
            return self.unknown
        text, locale = date, _LOCALES[self.language]
        if len(text) == 4:
            return text
        month = "MMM" if short else "MMMM"
        if len(text) == 7:
            return str(format_skeleton(f"y{month}", first_day(text), locale=locale))
        return str(format_date(first_day(text), f"d {month} y", locale=locale))

    def term(self, start: object, end: object, ongoing: bool = False) -> str:
        """From when to when, with what is unknown left open.

        Examples
        --------
        >>> Words("en").term("2007", None), Words("en").term("2007", None, ongoing=True)
        ('2007–', '2007– (ongoing)')
        >>> Words("sv").term("2011-11-23", "2011-11-26")
        '23–26 november 2011'
        """
        if ongoing and not isinstance(end, str):
            goes_on = self("ongoing")
            return f"{self.date(start)}– ({goes_on})" if isinstance(start, str) else goes_on
        known = [day for day in (start, end) if isinstance(day, str)]
        if not known:
            return self.unknown
        if start == end:
            return self.date(start)
        first, last = (self.date(day) if isinstance(day, str) else "" for day in (start, end))
        if len(known) == 2 and {len(day) for day in known} == {10}:  # what both say is said once
            begins, ends = map(first_day, known)
            if begins.year == ends.year:
                pattern = "d" if begins.month == ends.month else "d MMMM"
                first = str(format_date(begins, pattern, locale=_LOCALES[self.language]))
        return f"{first}–{last}"

    def order(self, text: str) -> str:
        """A key that sorts names by the language's alphabet.

        Examples
        --------
        >>> sorted(["Ödeshult", "Łódź", "Zug", "Åbo", "Malmö"], key=Words("sv").order)
        ['Łódź', 'Malmö', 'Zug', 'Åbo', 'Ödeshult']
        >>> sorted(["Zug", "Åbo", "Łódź"], key=Words("en").order)
        ['Åbo', 'Łódź', 'Zug']
        """
        name = text.casefold()
        for place, letter in enumerate(KNOWN[self.language].last_letters):
            name = name.replace(letter, f"zz{chr(ord('a') + place)}")
        return folded_name(name)

    def country(self, code: object) -> str:
        """The name of a country, by its ISO 3166 code; "not known" where that is missing.

        Examples
        --------
        >>> Words("sv").country("DE"), Words("en").country("DE")
        ('Tyskland', 'Germany')
        >>> Words("en").country("HK")  # without its standing
        'Hong Kong'
        """
        if not isinstance(code, str):
            return self.unknown
        return str(_LOCALES[self.language].territories.get(code, code)).partition(" SAR")[0]

    def language_name(self) -> str:
        """What the language calls itself.

        Examples
        --------
        >>> Words("sv").language_name(), Words("en").language_name()
        ('svenska', 'English')
        """
        return str(_LOCALES[self.language].language_name)

    def listing(self, items: Iterable[str]) -> str:
        """A list in words: "a, b and c"."""
        return str(format_list(list(items), locale=_LOCALES[self.language]))

    def alternatives(self, items: Iterable[str]) -> str:
        """A list in words of which one holds: "a, b or c"."""
        return str(format_list(list(items), style="or", locale=_LOCALES[self.language]))

    def some(self, items: Iterable[str], named: int = NAMED) -> str:
        """A list in words that names a few of many and counts the rest, if there are two.

        Examples
        --------
        >>> Words("en").some(["Oslo", "Paris"]), Words("en").some("abcdefghij", named=3)
        ('Oslo and Paris', 'a, b, c and 7 others')
        """
        names = list(items)
        rest = len(names) - named
        if rest < 2:
            return self.listing(names)
        others = self.plural("{count} other", "{count} others", rest)
        return self.listing([*names[:named], others])

    @property
    def unknown(self) -> str:
        """What is written where nothing is known."""
        return self("not known")

    @property
    def none(self) -> str:
        """What is written where it is known that there is none."""
        return self("none")

    def phrase(self, phrase: Phrase) -> str:
        """A part of a message in this language."""
        return phrase.said(_translations(self.language).gettext)

    def explain(self, problem: Problem) -> str:
        """A problem in this language: what and where, why, and how to mend it."""
        return describe(problem, _translations(self.language).gettext)


def speak(language: str) -> Words:
    """The words of a language.

    Raises
    ------
    ValueError
        If the language is not one of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise ValueError(f'language "{language}" is not one of {", ".join(LANGUAGES)}')
    return Words(language)


@lru_cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    with packaged_part("netanalysis", _CATALOGUE.format(language=language)) as part:
        catalogue = io.BytesIO(part.read_bytes())
        compiled = io.BytesIO()
        write_mo(compiled, read_po(catalogue, locale=KNOWN[language].locale, abort_invalid=True))
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)
