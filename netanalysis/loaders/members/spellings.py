"""In which forms is the name of a place written, and what is around it that is no name?

Lists write "City of Gothenburg", "GÖTEBORGS STAD", "12. Göteborg*", "Göteborg (Sweden)". Here a
name is freed from what surrounds it; whether a place answers to it is told elsewhere.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from netanalysis.language.text import folded_name, seen
from netanalysis.loaders.members.place_words import (
    AFTER,
    BEFORE,
    BODIES,
    LONGER,
    PHRASES,
    SHORTENED,
)

__all__ = [
    "Reading",
    "entity_kind",
    "forms",
    "halves",
    "parted",
    "readings",
    "tidied",
]

_NUMBERING = re.compile(r"^\s*\(?\d{1,5}[.)]\s+|^\s*[*†‡•·–-]\s+")
_FOOTNOTE = re.compile(
    r"(?<![\s*†‡§#])[\s*†‡§#]+$"
    r"|(?<![\u00b9\u00b2\u00b3\u2070-\u2079])[\u00b9\u00b2\u00b3\u2070-\u2079]+$"
    r"|\[[\w*]{1,3}\]$|\s\d{1,2}\)$"
    r"|(?<=[^\W\d_]{2})\d{1,2}\)?$"
)
_END = 60  # signs at the end of a name in which a mark of a footnote is looked for
_CITY_AND_COUNTY = re.compile(r"^city (and )?county of ")
_OWNER = re.compile(r"^(.+?)(n|en|s)$")
_OWNED = frozenset("stad kommun kommune kaupunki kunta".split())
_ARTICLES = {"du": "le", "des": "les"}
_EASTERN = re.compile(
    r"^([\u3400-\u9fff]{2,})[市都府]$|^([\uac00-\ud7a3]{2,}?)(?:특별|광역|특별자치)?시$"
)
_NOTED = re.compile(r"[(\[]((?:[^()\[\]]|\([^()]*\))*)[)\]]?")  # brackets within brackets too
_PARTED = re.compile(r",|\s[-–—]\s|[|/]")


@dataclass(frozen=True)
class Reading:
    """A name, and what a list says beside it.

    Attributes
    ----------
    name : str
    beside : tuple of str
        What stands in brackets, after a comma or after a dash.
    loose : bool
        Whether that can be more than the region round it, as in brackets or after a dash.
    """

    name: str
    beside: tuple[str, ...] = ()
    loose: bool = False


def tidied(name: str) -> str:
    """A name without what a list adds: numbering, footnote marks, codes of a web page.

    Examples
    --------
    >>> tidied("12. Oslo*"), tidied("K&ouml;ln [1]"), tidied("Prague 6")
    ('Oslo', 'Köln', 'Prague 6')
    """
    text = " ".join(seen(html.unescape(name)).split())
    bare = _NUMBERING.sub("", text)
    while (shorter := (bare[:-_END] + _FOOTNOTE.sub("", bare[-_END:])).strip()) != bare:
        bare = shorter
    return bare or text


def readings(name: str) -> Iterator[Reading]:
    """The ways to read a name, from the whole of it to its first part.

    Examples
    --------
    >>> [reading.name for reading in readings("Torino, Italy (member)")]
    ['Torino, Italy (member)', 'Torino, Italy', 'Torino', 'Torino']
    """
    yield Reading(name)
    noted = tuple(_NOTED.findall(name))
    bare = " ".join(_NOTED.sub(" ", name).split())
    if noted and bare:
        yield Reading(bare, noted, loose=True)
    for parting in (",", None):
        first, *rest = bare.split(",") if parting else _PARTED.split(bare)
        if first.strip() and rest:
            beside = bare[len(first) :].strip(" ,-–—|/")
            yield Reading(first.strip(), (beside, *noted), loose=not parting or bool(noted))


def parted(text: str) -> list[str]:
    """The parts of a text between commas, dashes and strokes."""
    return [part.strip() for part in _PARTED.split(text)]


def halves(name: str) -> list[str]:
    """The names of one that is written twice, as in two languages.

    Examples
    --------
    >>> halves("Bruxelles/Brussel"), halves("Pretoria - Tshwane"), halves("Aix-en-Provence")
    (['Bruxelles', 'Brussel'], ['Pretoria', 'Tshwane'], ['Aix-en-Provence'])
    """
    return [half for part in re.split(r"[/|]|\s[-–—=]\s", name) if (half := part.strip())]


def forms(name: str) -> list[str]:
    """The folded forms of a name, with and without the words for what kind of place it is.

    Examples
    --------
    >>> forms("City of Gothenburg"), forms("Lunds kommun")
    (['city of gothenburg', 'gothenburg'], ['lunds kommun', 'lunds', 'lund'])
    >>> forms("St Gallen")
    ['st gallen', 'saint gallen', 'sankt gallen', 'sint gallen']
    """
    whole = folded_name(name)
    if not whole:
        return []
    found = [whole, *_shorter(whole)]
    start = whole
    while (cut := _first_words(start)) and cut != start:
        rest = start[len(cut) + 1 :]
        if (last := cut.split()[-1]) in _ARTICLES:
            found.append(f"{_ARTICLES[last]} {rest}")
        found += [rest, *_shorter(rest)]
        start = rest
    *words, kind = whole.split()
    if words and kind in _OWNED and (owner := _OWNER.match(" ".join(words))):
        found.append(owner[1])
    if town := _EASTERN.match(whole):
        found.append(town[1] or town[2])
    return list(dict.fromkeys(other for form in found for other in _written_out(form)))


def _first_words(form: str) -> str:
    """The longest words at its beginning that are no name; "" where there are none."""
    words = form.split()
    starts = (" ".join(words[:many]) for many in range(min(7, len(words) - 1), 0, -1))
    return next((start for start in starts if start in BEFORE), "")


def _shorter(form: str) -> list[str]:
    """The form without the words at its end that are no name, the fewest first."""
    found = []
    words = form.split()
    for many in range(1, min(6, len(words))):
        if " ".join(words[-many:]) in AFTER:
            rest = " ".join(words[:-many])
            found += [rest, *_shorter(rest)]
    return found


def _written_out(form: str) -> list[str]:
    """The form, and with words such as St and "a. d." written out or shortened."""
    found = [form]
    for short, long in PHRASES.items():
        if f" {short} " in f"{form} ":
            found.append(f"{form} ".replace(f" {short} ", f" {long} ").strip())
    words = form.split()
    for place, word in enumerate(words):
        others = SHORTENED.get(word, ()) or ([LONGER[word]] if word in LONGER else [])
        found += [" ".join([*words[:place], other, *words[place + 1 :]]) for other in others]
    return found


def entity_kind(name: str, country: str = "") -> str:
    """Whether a name speaks of a city or of a body that is more, or less, than one.

    Parameters
    ----------
    name : str
    country : str
        ISO 3166 code; in Korea and Nepal a metropolitan city is a city.

    Examples
    --------
    >>> entity_kind("Nantes Métropole"), entity_kind("Region of Gotland"), entity_kind("Nantes")
    ('intercommunal', 'region', 'city')
    """
    form = _CITY_AND_COUNTY.sub("", folded_name(name))
    if country in ("KR", "NP"):
        form = form.replace("metropolitan city", "city")
    return next((kind for kind, marks in BODIES.items() if marks.search(form)), "city")
