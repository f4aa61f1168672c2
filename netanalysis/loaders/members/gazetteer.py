"""Which places are known, and to which names do they answer?

Names are compared without case, accents, hyphens and the like.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from netanalysis.errors import DataError, Problem
from netanalysis.file_content import damaged, is_there
from netanalysis.folders import data_folder, shown
from netanalysis.language.languages import in_languages
from netanalysis.language.text import folded_name
from netanalysis.loaders.file_stamps import Stamp, stamped
from netanalysis.loaders.members.countries import Area, Areas, covers, names_of_countries
from netanalysis.loaders.tables import table_of_texts

__all__ = ["Gazetteer", "load_places"]

FOLDER, FILE, COUNTRIES = "places", "places.csv.gz", "countries.csv"
NAMES, STATES, TERRITORIES = "country_names.csv", "states.csv", "territories.csv"
REGIONS = "regions.csv"
FILES = {  # file: columns that it must have
    FILE: (
        *("geoname_id", "name", "ascii_name", "alternate_names", "country_code"),
        *("latitude", "longitude", "population"),
    ),
    COUNTRIES: ("country_code", "continent"),
    NAMES: ("name", "country_code"),
    STATES: ("country_code", "state", "name"),
    TERRITORIES: ("written_under", "country_code"),
    REGIONS: ("name", "country_code"),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places and the names that they answer to.

    Attributes
    ----------
    places : DataFrame
        By geoname_id: name, ascii_name, a name in each language (name_en), alternate_names
        (joined by "|"), country_code, state, latitude, longitude, population, continent.
    areas : Areas
        Countries and states, for the names of them that stand beside a place's own.
    """

    places: pd.DataFrame
    areas: Areas = field(default_factory=lambda: Areas(names_of_countries()))

    @cached_property
    def own_names(self) -> dict[str, list[int]]:
        """Places by their folded names, the largest first."""
        return self._index(["name", "ascii_name", *in_languages("name")])

    @cached_property
    def other_names(self) -> dict[str, list[int]]:
        """Places by their folded alternate names, the largest first."""
        found = self._index(["alternate_names"])
        for place, name in zip(self.places.index.tolist(), self.places["name"], strict=True):
            plain = name.lower().translate(_UMLAUTS)
            if plain != name.lower():
                others = found.setdefault(folded_name(plain), [])
                if place not in others:
                    others.append(place)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of the places' names in small letters, of those that are not in plain ones."""
        columns = ["name", *in_languages("name"), "alternate_names"]
        text = " ".join(self.places[columns].fillna("").to_numpy().ravel()).casefold()
        return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", text) if not word.isascii())

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

    @cached_property
    def names(self) -> dict[int, str]:
        """Name of each place."""
        return dict(zip(self.places.index.tolist(), self.places["name"].tolist(), strict=True))

    @cached_property
    def sizes(self) -> dict[int, int]:
        """Inhabitants of each place."""
        return dict(
            zip(self.places.index.tolist(), self.places["population"].tolist(), strict=True)
        )

    @cached_property
    def lying(self) -> dict[int, Area]:
        """Country and state of each place."""
        states = self.places["state"] if "state" in self.places else [""] * len(self.places)
        pairs = zip(self.places["country_code"], states, strict=True)
        return dict(zip(self.places.index.tolist(), pairs, strict=True))

    def name_in(self, place: int, language: str) -> str:
        """A place's name in a language where it has one there, else its own."""
        row = self.places.loc[int(place)]
        name = row.get(f"name_{language}")
        return name if isinstance(name, str) and name else str(row["name"])

    def within(self, places: Sequence[int], areas: Sequence[Area]) -> list[int]:
        """Those of the places that lie in one of the areas; all where no area is given."""
        if not areas:
            return list(places)
        return [place for place in places if any(covers(area, self.lying[place]) for area in areas)]

    def near(self, name: str, most: int = 3) -> list[str]:
        """Names of places that begin alike and are written much like this one."""
        form = folded_name(name)
        begin_alike = [
            other
            for other in self._beginnings.get(form[:2], [])
            if abs(len(other) - len(form)) <= max(2, len(form) // 3)
        ]
        alike = get_close_matches(form, begin_alike, n=most, cutoff=0.8)
        found = [str(self.places.loc[self.own_names[other][0], "name"]) for other in alike]
        return list(dict.fromkeys(found))


def load_places(folder: Path | None = None) -> Gazetteer:
    """The places of the data folder.

    Parameters
    ----------
    folder : Path, optional
        Folder with ``places.csv.gz``, ``countries.csv`` and the names of countries and states;
        ``places`` in the data folder where not given.

    Returns
    -------
    Gazetteer
        The same one while the files are the same; its tables are for reading.

    Raises
    ------
    DataError
        If a file is missing or cannot be read, or coordinates lie outside the world; the places
        are named.
    """
    folder = folder or data_folder() / FOLDER
    for file in FILES:
        if not is_there(folder / file):
            raise DataError([Problem("places_missing", shown(folder / file))])
    return _read(folder, stamped(folder / file for file in FILES))


@lru_cache(maxsize=2)
def _read(folder: Path, _: Stamp) -> Gazetteer:
    tables = {file: table_of_texts(folder / file, columns) for file, columns in FILES.items()}
    kinds = {"geoname_id": "int64", "latitude": float, "longitude": float, "population": "int64"}
    try:
        places = tables[FILE].astype(kinds)
    except ValueError:
        raise damaged(folder / FILE) from None
    columns = [*places.columns, *(one for one in in_languages("name") if one not in places)]
    places = places.reindex(columns=columns, fill_value="")
    away = places[~(places["latitude"].between(-90, 90) & places["longitude"].between(-180, 180))]
    if len(away):
        values = {"names": "; ".join(away["name"].head(5))}
        raise DataError([Problem("place_outside", shown(folder / FILE), values=values)])
    continent = tables[COUNTRIES].set_index("country_code")["continent"]
    places["continent"] = places["country_code"].map(continent)
    areas = _areas(tables[NAMES], tables[STATES], tables[TERRITORIES], tables[REGIONS])
    return Gazetteer(places.set_index("geoname_id"), areas)


def _areas(
    names: pd.DataFrame, states: pd.DataFrame, territories: pd.DataFrame, regions: pd.DataFrame
) -> Areas:
    more = {row.name: row.country_code for row in names.itertuples(index=False)}
    known = names_of_countries() | {folded_name(name): code for name, code in more.items()}
    meant: dict[str, tuple[Area, ...]] = {}
    for row in states.itertuples(index=False):
        for name in dict.fromkeys((folded_name(row.state), folded_name(row.name))):
            meant[name] = (*meant.get(name, ()), (row.country_code, row.state))
    within: dict[str, tuple[str, ...]] = {}
    for row in territories.itertuples(index=False):
        within[row.written_under] = (*within.get(row.written_under, ()), row.country_code)
    pairs = zip(map(folded_name, regions["name"]), regions["country_code"], strict=True)
    return Areas(known, meant, within, frozenset(pairs))
