"""Which country, or which state of one, does a list name?"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from netanalysis.language.languages import LANGUAGES
from netanalysis.language.text import folded_name
from netanalysis.loaders.members.spellings import tidied

__all__ = ["Area", "Areas", "covers", "names_of_countries", "shared"]

Area = tuple[str, str]  # ISO 3166 code of a country, and a state's short form or ""

_NAMED_IN = (
    "sv en de fr es it fi pl pt nl da nb nn is et lv lt cs sk hu ro bg el hr sl sr sr_Latn bs mk "
    "sq ru uk be tr ar he fa ur hi bn ta zh zh_Hant ja ko vi th id ms ca eu gl ga cy mt lb ka hy "
    "az kk sw af fo"
).split()
_BRACKETS = re.compile(r"[(\[][^)\]]*(?:[)\]]|$)")
_TITLE = re.compile(
    r"^(the )?((federal|democratic|socialist|islamic|peoples|united|co operative) )*"
    r"(republic|kingdom|state|federation|principality|sultanate|commonwealth|republik) of (the )?"
)


@dataclass(frozen=True)
class Areas:
    """Names of countries and of their states.

    Attributes
    ----------
    countries : mapping
        Folded names to codes.
    states : mapping
        Folded names to areas, several where names or short forms are shared.
    territories : mapping
        A country's code to those of the territories that lists count to it.
    regions : frozenset of (str, str)
        Folded names of regions that a city in them bears only beside its own, with their country.
    """

    countries: Mapping[str, str]
    states: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)
    territories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regions: frozenset[tuple[str, str]] = frozenset()

    def country(self, text: str) -> str:
        """The ISO 3166 code of the one country that a text names, alone or beside else; else "".

        Examples
        --------
        >>> areas = Areas(names_of_countries())
        >>> [areas.country(text) for text in ("Sverige", "Italien", "NA", "FIN", "Nowhere")]
        ['SE', 'IT', 'NA', 'FI', '']
        >>> areas.country("Moldova, Republic of"), areas.country("Kosovo (UNSCR 1244)*")
        ('MD', 'XK')
        """
        if code := self.named(text):
            return code
        bare = _BRACKETS.sub(" ", tidied(text))
        parts = {self.countries.get(folded_name(part), "") for part in re.split("[,/;]", bare)}
        parts.discard("")
        return parts.pop() if len(parts) == 1 else ""

    def named(self, text: str) -> str:
        """The ISO 3166 code of a country by its code or its name in any language; else "".

        Examples
        --------
        >>> areas = Areas(names_of_countries())
        >>> areas.named("Moldova, Republic of"), areas.named("Oslo, Norway")
        ('MD', '')
        """
        text = tidied(text)
        bare = _BRACKETS.sub(" ", text)
        first, _, last = bare.partition(",")
        for name in (text, f"{last} {first}", bare):
            form = folded_name(name)
            for shorter in (form, form.removeprefix("the "), _TITLE.sub("", form)):
                if shorter in self.countries:
                    return self.countries[shorter]
        return ""

    def meant(self, text: str, within: str = "") -> list[Area]:
        """The countries and states that a text can name, within one country if it is known.

        Examples
        --------
        >>> areas = Areas(names_of_countries(), {"ca": (("US", "CA"),)})
        >>> areas.meant("CA"), areas.meant("Canada"), areas.meant("CA", "US")
        ([('CA', ''), ('US', 'CA')], [('CA', '')], [('US', 'CA')])
        """
        text = tidied(text)
        if text.isascii() and len(text) <= 3 and not text.replace(".", "").isupper():
            return []
        country = self.country(text)
        found: list[Area] = [(country, "")] if country else []
        form = folded_name(text)
        found += self.states.get(form.replace(" ", "") if "." in text else form, ())
        return [area for area in found if not within or area[0] == within]

    def widened(self, areas: Sequence[Area]) -> list[Area]:
        """The territories that lists count to the countries among the areas."""
        countries = [country for country, state in areas if not state]
        return [(one, "") for country in countries for one in self.territories.get(country, ())]


@lru_cache
def names_of_countries() -> dict[str, str]:
    """Folded names of countries in many languages, and their codes of two and three letters.

    A name that two languages give to different countries is left out, unless a language of the
    product has it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    sure: dict[str, str] = {}
    for language in _NAMED_IN:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "QO"):
                found[folded_name(name)].add(code)
                if language in LANGUAGES:
                    sure[folded_name(name)] = code
                    sure[folded_name(name.replace("&", "and"))] = code
    known = {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
    codes = set(known.values())
    longer = {
        alias.lower(): places[0]
        for alias, places in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha() and len(places) == 1
    }
    return known | sure | longer | {code.lower(): code for code in codes}


def covers(area: Area, other: Area) -> bool:
    """Whether an area is the other one, or holds it."""
    return area[0] == other[0] and area[1] in ("", other[1])


def shared(areas: Sequence[Area], others: Sequence[Area]) -> list[Area]:
    """What the first areas have in common with the others.

    Examples
    --------
    >>> shared([("CA", ""), ("US", "CA")], [("US", "")])
    [('US', 'CA')]
    """
    found = [
        one if covers(other, one) else other
        for one in areas
        for other in others
        if covers(one, other) or covers(other, one)
    ]
    return list(dict.fromkeys(found))
