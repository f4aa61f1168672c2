"""When do two texts say the same, however they are typed?

Names of places and networks are compared by their letters alone (`folded_name`). A head, a choice
or a code that a person types is compared as it stands, but for case, blanks and kinds of dashes
(`folded`), and a label of a form without marks at its end too (`folded_label`).
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

__all__ = [
    "folded",
    "folded_label",
    "folded_name",
    "is_number",
    "nearest_first",
    "plain",
    "seen",
    "without_accents",
]

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012–—\u2015\u2212"), "-")
_UNSEEN = "Cf"  # Unicode's category of signs without a shape, such as a soft hyphen
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
    }
)
_PLAIN = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def plain(text: str) -> str:
    """A text without unseen signs, in one form of each sign and one kind of dash.

    Examples
    --------
    >>> plain("08\u2011508\u200b\u00a0290")
    '08-508 290'
    """
    return unicodedata.normalize("NFKC", seen(text)).translate(_DASHES)


def seen(text: str) -> str:
    r"""A text without the signs in it that nobody sees.

    Examples
    --------
    >>> seen("Gö\u00adte\u200bborg")
    'Göteborg'
    """
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != _UNSEEN)


def folded(text: str) -> str:
    r"""A text for comparing: without case, double or unseen blanks, or kinds of dashes.

    Examples
    --------
    >>> folded(" Avgift\u00a0– ÅR ") == folded("avgift - år")
    True
    """
    return " ".join(plain(text).casefold().split())


def folded_label(text: str) -> str:
    r"""A head, a label or a choice without what a person may change in it and mean the same.

    Examples
    --------
    >>> folded_label(" Vet\u00a0inte. "), folded_label("Don't know")
    ('vet inte', 'don’t know')
    """
    return folded(text).replace("'", "’").strip(" .:*")


def folded_name(name: str) -> str:
    """A name without case, accents and punctuation, for comparison.

    Examples
    --------
    >>> folded_name("Bielsko-Biała"), folded_name("SÃO  PAULO"), folded_name("Saint-Étienne")
    ('bielsko biala', 'sao paulo', 'saint etienne')
    """
    if name.isascii():
        return " ".join(_PLAIN.findall(name.lower()))
    letters = without_accents(name).casefold().translate(_LETTERS)
    spaced = "".join(sign if sign.isalnum() else " " for sign in letters)
    return " ".join(spaced.split())


def without_accents(text: str) -> str:
    """A text without the marks on its letters; a letter of its own, such as ø, stays.

    Examples
    --------
    >>> without_accents("Umeå, Tromsø")
    'Umea, Tromsø'
    """
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def is_number(text: str) -> bool:
    """Whether a text is a number in plain digits, without signs between them.

    Examples
    --------
    >>> [is_number(text) for text in ("-2.50", "1e3", "1_000", "\u0663", "nan", "1,5")]
    [True, True, False, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None


def nearest_first(text: str, names: Iterable[str]) -> list[str]:
    """Names that somebody may have meant, those first that are written much like what was typed.

    Examples
    --------
    >>> nearest_first("eurocity", ["c40", "eurocities"]), nearest_first("x", [])
    (['eurocities', 'c40'], [])
    >>> nearest_first("UBC", ["Metropolis", "Union of the Baltic Cities"])
    ['Union of the Baltic Cities', 'Metropolis']
    """
    return _nearest(text, tuple(dict.fromkeys(names)))


@lru_cache(maxsize=256)
def _nearest(text: str, names: tuple[str, ...]) -> list[str]:
    typed = folded_name(text)

    def distance(name: str) -> float:
        words = folded_name(name).split()
        initials = "".join(word[0] for word in words if len(word) > 3)
        forms = (" ".join(words), initials if len(initials) > 1 else "")
        return -max(SequenceMatcher(None, typed, form).ratio() for form in forms)

    return sorted(names, key=distance)
