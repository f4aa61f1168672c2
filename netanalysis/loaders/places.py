"""Which place does a name mean, in whatever language and form it is written?

Names are compared without case, accents, hyphens and the like. What can be told from the name
alone is told; where several places answer to it, they are listed and nobody guesses.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd
from babel import Locale

from netanalysis.errors import DataError, Problem
from netanalysis.folders import data_folder, shown

__all__ = [
    "Gazetteer",
    "Match",
    "country_code",
    "entity_kind",
    "find_city",
    "folded_name",
    "load_places",
]

FOLDER, FILE, COUNTRIES = "places", "places.csv.gz", "countries.csv"
DOMINANT = 10  # how many times larger than the next a place must be to be meant by the bare name
LARGE = 100_000  # and how many inhabitants it must have

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
_BEFORE = re.compile(
    r"^(the )?(city|town|municipality|metropolitan municipality|capital city|state capital) of "
    r"|^(ville|commune) (de|du|des|d) |^(landeshauptstadt|stadt) |^(comune|citta) di "
    r"|^(ayuntamiento|ajuntament|municipio|"
    r"prefeitura|camara municipal) (de|d|do|da) |^(gemeente|miasto|hlavni mesto|mesto|grad) "
)
_AFTER = re.compile(
    r" (city|city council|municipality|metropolitan municipality|kommun|kommune|kaupunki|stad|town|"
    r"buyuksehir belediyesi|belediyesi|capital city)$"
)
_PLAIN = re.compile(r"[a-z0-9]+")
_BODIES = {
    "intercommunal": re.compile(
        r"\b(metropole|metropolitan (area|city|region)|citta metropolitana|combined authority|"
        r"communaute|agglomeration|association of municipalities|kommunalforbund|mancomunidad)\b"
    ),
    "region": re.compile(
        r"\b(region|regione|county|province|voivodeship|lan|landsting|oblast|comunidad autonoma)\b"
    ),
    "association": re.compile(r"\b(association|union|forbund|league) of\b|\bverband\b"),
}
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")
_GENITIVE = re.compile(r"^(.+?)s (stad|kommun)$")


@dataclass(frozen=True)
class Match:
    """What a name was taken to mean.

    Attributes
    ----------
    how : str
        "exact" by its name, "alternate" by another name of it, "alias" by the alias file, "size"
        where one of several is far larger than the rest, "ambiguous" or "unknown".
    place : int or None
        GeoNames id; None where ambiguous or unknown.
    candidates : tuple of int
        The places that answer to an ambiguous name, largest first.
    """

    how: str
    place: int | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places and the names that they answer to.

    Attributes
    ----------
    places : DataFrame
        By geoname_id: name, ascii_name, name_sv, name_en, alternate_names (joined by "|"),
        country_code, latitude, longitude, population, continent.
    """

    places: pd.DataFrame

    @cached_property
    def own_names(self) -> dict[str, list[int]]:
        """Places by their folded names, the largest first."""
        return self._index(["name", "ascii_name", "name_sv", "name_en"])

    @cached_property
    def other_names(self) -> dict[str, list[int]]:
        """Places by their folded alternate names, the largest first."""
        return self._index(["alternate_names"])

    @cached_property
    def _beginnings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.own_names:
            found.setdefault(name[:2], []).append(name)
        return found

    def _index(self, columns: list[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        ranked = self.places.sort_values("population", ascending=False, kind="stable")
        for place, *cells in ranked[columns].itertuples():
            written = "|".join(cell for cell in cells if isinstance(cell, str)).split("|")
            for name in {folded_name(name) for name in written} - {""}:
                found.setdefault(name, []).append(int(place))
        return found

    def match(self, name: str, country: str = "") -> Match:
        """The place that a name means.

        Parameters
        ----------
        name : str
            In any language, as a list writes it: "City of Gothenburg", "Lyon, France".
        country : str
            ISO 3166 code of two letters; "" where it is not known.

        Returns
        -------
        Match
        """
        for form, hint in _forms(name):
            wanted = country or hint
            for how in ("exact", "alternate"):
                index = self.own_names if how == "exact" else self.other_names
                found = [
                    place
                    for place in index.get(form, [])
                    if not wanted or self.places.at[place, "country_code"] == wanted  # noqa: PD008
                ]
                if len(found) == 1:
                    return Match(how, found[0])
                if found:
                    chosen = found[0] if self._dominates(found) else None
                    return Match("size" if chosen else "ambiguous", chosen, tuple(found))
        return Match("unknown")

    def _dominates(self, found: Sequence[int]) -> bool:
        sizes = self.places.loc[list(found[:2]), "population"].to_list()
        return bool(sizes[0] >= LARGE and sizes[0] >= DOMINANT * sizes[1])

    def near(self, name: str, most: int = 3) -> list[str]:
        """Names of places that begin alike and are written much like this one."""
        form = folded_name(name)
        begin_alike = self._beginnings.get(form[:2], [])
        alike = get_close_matches(form, begin_alike, n=most, cutoff=0.8)
        found = [str(self.places.loc[self.own_names[other][0], "name"]) for other in alike]
        return list(dict.fromkeys(found))


def find_city(city: str, listed: Iterable[int], places: Gazetteer) -> int:
    """The place that a reader means who asks for a city of the member lists.

    Parameters
    ----------
    city : str
        A name in any language, or a GeoNames id.
    listed : iterable of int
        GeoNames ids of the cities in the lists.
    places : Gazetteer

    Returns
    -------
    int
        GeoNames id.

    Raises
    ------
    DataError
        If no city of the lists is meant, with names that are written alike, or several are, with
        their ids.
    """
    known = set(map(int, listed))
    if city.strip().isdecimal():
        meant: Sequence[int] = [int(city)]
    else:
        match = places.match(city)
        sure = match.place is not None and (match.place in known or not match.candidates)
        meant = [match.place or 0] if sure else match.candidates
    found = [place for place in meant if place in known]
    if len(found) == 1:
        return found[0]
    table = places.places
    if found:
        told = "; ".join(f"{row.name} ({row.country_code}): {row.Index}"
                         for row in table.loc[found].itertuples())  # fmt: skip
        raise DataError([Problem("city_ambiguous", values={"city": city, "known": told})])
    rows = table.loc[[place for place in known if place in table.index]]
    written = {
        folded_name(name): name
        for column in ("name", "name_sv", "name_en")
        for name in rows[column]
        if name
    }
    near = [written[form] for form in get_close_matches(folded_name(city), written, n=3)]
    values = {"city": city, "known": ", ".join(near)}
    raise DataError([Problem("city_unknown" if near else "city_none", values=values)])


def folded_name(name: str) -> str:
    """A name without case, accents and punctuation, for comparison.

    Examples
    --------
    >>> folded_name("Bielsko-Biała"), folded_name("SÃO  PAULO"), folded_name("Saint-Étienne")
    ('bielsko biala', 'sao paulo', 'saint etienne')
    """
    if name.isascii():
        return " ".join(_PLAIN.findall(name.lower()))
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    spaced = "".join(sign if sign.isalnum() else " " for sign in letters)
    return " ".join(spaced.split())


def entity_kind(name: str) -> str:
    """Whether a name speaks of a city or of a body that is more than one.

    Examples
    --------
    >>> entity_kind("Nantes Métropole"), entity_kind("Region of Gotland"), entity_kind("Nantes")
    ('intercommunal', 'region', 'city')
    """
    form = folded_name(name)
    return next((kind for kind, marks in _BODIES.items() if marks.search(form)), "city")


def country_code(text: str) -> str:
    """The ISO 3166 code of a country by its code or its name in Swedish or English; else "".

    Examples
    --------
    >>> country_code("Sverige"), country_code("Namibia"), country_code("NA"), country_code("?")
    ('SE', 'NA', 'NA', '')
    """
    bare = text.strip()
    known = _countries()
    if len(bare) == 2 and bare.upper() in known.values():
        return bare.upper()
    return known.get(folded_name(bare), "")


def load_places(folder: Path | None = None) -> Gazetteer:
    """The places of the data folder.

    Parameters
    ----------
    folder : Path, optional
        Folder with ``places.csv.gz`` and ``countries.csv``; ``places`` in the data folder where
        not given.

    Returns
    -------
    Gazetteer

    Raises
    ------
    DataError
        If a file is missing, or coordinates lie outside the world; the places are named.
    """
    folder = folder or data_folder() / FOLDER
    tables = {}
    for file in (FILE, COUNTRIES):
        if not (folder / file).is_file():
            raise DataError([Problem("places_missing", shown(folder / file))])
        # text first: Namibia's code would be read as a missing value
        tables[file] = pd.read_csv(folder / file, dtype="str", keep_default_na=False)
    places = tables[FILE].astype(
        {"geoname_id": "int64", "latitude": float, "longitude": float, "population": "int64"}
    )
    away = places[~(places["latitude"].between(-90, 90) & places["longitude"].between(-180, 180))]
    if len(away):
        values = {"names": "; ".join(away["name"].head(5))}
        raise DataError([Problem("place_outside", shown(folder / FILE), values=values)])
    continent = tables[COUNTRIES].set_index("country_code")["continent"]
    places["continent"] = places["country_code"].map(continent)
    return Gazetteer(places.set_index("geoname_id"))


def _forms(name: str) -> Iterable[tuple[str, str]]:
    """The folded forms under which a name may be known, each with a country that it names."""
    written = [name, _BRACKETS.sub(" ", name)]
    bare, _, last = name.rpartition(",")
    hint = country_code(last) if bare else ""
    forms: dict[str, str] = {}
    for text, country in [*((text, "") for text in written), (bare if hint else "", hint)]:
        whole = folded_name(text)
        short = _AFTER.sub("", _BEFORE.sub("", whole))
        owner = _GENITIVE.sub(r"\1", whole)
        for form in (whole, short, owner):
            if form:
                forms.setdefault(form, country)
    return forms.items()


@lru_cache
def _countries() -> dict[str, str]:
    """Folded names of countries in Swedish and English, and their codes."""
    return {
        folded_name(name): code
        for language in ("sv", "en")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "QO")
    }
