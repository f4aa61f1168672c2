"""Which place does a name mean, in whatever language and form it is written?

What can be told from the name and what stands beside it is told; where several places answer to
it, they are listed and nobody guesses.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from netanalysis.errors import DataError, Problem
from netanalysis.language.languages import in_languages
from netanalysis.language.text import folded_name
from netanalysis.loaders.members.countries import Area, covers, shared
from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.loaders.members.place_words import BEFORE, PASSING
from netanalysis.loaders.members.spellings import (
    Reading,
    entity_kind,
    forms,
    halves,
    parted,
    readings,
    tidied,
)

__all__ = ["Alias", "Match", "find_city", "meant_by"]

DOMINANT = 10  # how many times larger than the next a place must be to be meant by the bare name
LARGE = 100_000  # and how many inhabitants it must have
KNOWN = 50_000  # how many it must have to be meant by another name where no country is given
_LONGEST_ID = 12  # digits of a GeoNames id
RIVAL = 3  # how many times larger than a large place one must be to be meant by another name

Alias = tuple[str, str]  # folded name, and country or ""
_Where = tuple[list[Area] | None, list[str]]
_Understanding = Callable[[Reading, list[Area]], _Where]


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
    alias : (str, str) or None
        The alias that told, by its folded name and its country.
    """

    how: str
    place: int | None = None
    candidates: tuple[int, ...] = ()
    alias: Alias | None = None


def meant_by(
    name: str,
    places: Gazetteer,
    country: str = "",
    state: str = "",
    aliases: Mapping[Alias, int] | None = None,
) -> Match:
    """The place that a name means.

    Parameters
    ----------
    name : str
        In any language, as a list writes it: "City of Gothenburg", "Lyon, France".
    places : Gazetteer
    country : str
        ISO 3166 code of two letters; "" where it is not known.
    state : str
        Name or short form of the state; "" where it is not known.
    aliases : mapping, optional
        Folded names and countries to GeoNames ids.

    Returns
    -------
    Match
        Never a place for a body that is more or less than a city, but by an alias or where a
        place bears that very name.
    """
    return _Question(places, aliases or {}).answered(tidied(name), country, state)


@dataclass(frozen=True)
class _Question:
    """Places and aliases, in which a name is looked for."""

    places: Gazetteer
    aliases: Mapping[Alias, int]

    def answered(self, text: str, country: str, state: str) -> Match:
        """The place that a tidied name means."""
        known = self.places.areas
        areas = known.meant(state, country) if state else []
        if not areas and country:
            areas = [(country, "")]
        if found := self._alias([folded_name(text)], areas):
            return found
        if entity_kind(text, country) != "city":
            return self._of_that_very_name(text, areas)
        found = self._read(text, areas, self._understood)
        if found is None:
            found = self._read(text, areas, self._beyond)
        if found and found.place and state and not known.meant(state, country):
            strange = any(country == area[0] for every in known.states.values() for area in every)
            return self._open([found.place]) if strange else found
        return found or Match("unknown")

    def _of_that_very_name(self, text: str, given: list[Area]) -> Match:
        """The place whose own name is the whole of the text, or all of it but its country."""
        for reading in readings(text):
            hints, strange = self._understood(reading, given)
            own = self.places.own_names.get(folded_name(reading.name), [])
            if hints is not None and not strange:
                found = self.places.within(own, hints)
                if found:
                    return Match("exact", found[0]) if len(found) == 1 else self._open(found)
        return Match("unknown")

    def _read(self, text: str, given: list[Area], understood: _Understanding) -> Match | None:
        """What the first reading means that a place answers to."""
        for reading in readings(text):
            hints, strange = understood(reading, given)
            if hints is None or len(strange) > 2:  # more is a list of names
                continue
            found = self._found(reading.name, hints)
            if found is None:
                continue
            if not strange or found.how == "alias":
                return found
            agreed = self._agreed([reading.name, *strange], hints)
            if agreed and agreed.place is not None:
                return found if agreed.place == found.place else agreed
            if agreed and reading.loose:
                return agreed
            alone = found.place is not None and found.how != "size" and not reading.loose
            body = any(entity_kind(text) != "city" for text in strange)
            if alone and not body and self._size(found.place) >= LARGE:
                return found
            return self._open([found.place] if found.place else found.candidates)
        names = halves(text)
        return self._agreed(names, given) if len(names) > 1 else None

    def _understood(self, reading: Reading, given: list[Area]) -> _Where:
        """Where the place must lie, None if nowhere; and what beside it is not understood."""
        known = self.places.areas
        hints, strange = given, []
        for text in reading.beside:
            parts = [text] if known.meant(text) else parted(text)
            for part in parts:
                areas = known.meant(part)
                if areas:
                    wide = [*hints, *known.widened(hints)]
                    hints = shared(areas, hints) or shared(areas, wide) if hints else areas
                    if not hints:
                        return None, []
                elif part and not _passing(part):
                    strange.append(part)
        return hints, strange

    def _beyond(self, reading: Reading, given: list[Area]) -> _Where:
        """The same, in the territories of the countries that are named."""
        hints, strange = self._understood(reading, given)
        return (self.places.areas.widened(hints) or None) if hints else None, strange

    def _agreed(self, names: Sequence[str], given: list[Area]) -> Match | None:
        """The one place that all of the names mean, open if they differ; None if one is strange."""
        every: list[list[int]] = [self._answering(name, given) for name in names]
        if not all(every):
            return None
        common = set(every[0]).intersection(*every[1:])
        if len(common) == 1:
            return Match("alternate", common.pop())
        return self._open([place for found in every for place in found])

    def _answering(self, name: str, given: list[Area]) -> list[int]:
        """All places that answer to the first form that any answers to."""
        for form in forms(name):
            own, other = self.places.own_names, self.places.other_names
            every = dict.fromkeys([*own.get(form, []), *other.get(form, [])])
            if found := self.places.within(list(every), given):
                return found
        return []

    def _found(self, name: str, hints: list[Area]) -> Match | None:
        """What the first form of a name means that a place answers to."""
        written = forms(name)
        if match := self._alias(written, hints):
            return match
        whole = written[0] if written else ""
        for form in written:
            own = self.places.within(self.places.own_names.get(form, []), hints)
            other = self.places.within(self.places.other_names.get(form, []), hints)
            other = [place for place in other if place not in own]
            if form != whole and form.endswith(" city"):
                other = []  # of "X City Council" the council was left out, not the city
            if not own and not other:
                continue
            chosen = self._chosen(form, own, other, hints)
            place = chosen.place
            if place is not None and (
                self._is_area(form, place, hints, chosen.how)
                # Dodge City is not Dodge
                or (whole.endswith(f"{form} city") and self.places.lying[place][0] == "US")
            ):
                return self._open([place])
            return chosen
        return None

    def _chosen(self, form: str, own: list[int], other: list[int], hints: list[Area]) -> Match:
        """The place among those that answer to one form by their own or by another name."""
        first = own
        if not own:
            first = list(dict.fromkeys([*other, *self._namesakes(form, other[0], hints)]))
            first.sort(key=self._size, reverse=True)
        size = self._size(own[0]) if own else 0
        least = size * (RIVAL if size >= LARGE else 1)
        rivals = [place for place in other if own and self._size(place) >= least]
        if rivals:
            return self._open([*rivals, *first])
        if len(first) == 1:
            if not (own or hints or self._size(first[0]) >= KNOWN):
                return self._open(first)  # Madeira is not Tabira in Brazil, once called so
            return Match("exact" if own else "alternate", first[0])
        if self._size(first[0]) >= max(LARGE, DOMINANT * self._size(first[1])):
            return Match("size", first[0], tuple(first))
        return self._open(first)

    def _namesakes(self, form: str, place: int, hints: list[Area]) -> list[int]:
        """Places of the same name as one, of which another name may be a translation."""
        name = folded_name(self.places.names[place])
        if f" {name} " in f" {form} ":  # longer, so that it tells the place from its namesakes
            return []
        return self.places.within(self.places.own_names.get(name, []), hints)

    def _is_area(self, form: str, place: int, hints: list[Area], how: str) -> bool:
        """Whether a name may mean a country, a state or a region rather than the place.

        It may not where the place lies there and shares its name, as New York and Singapore do.
        """
        known = self.places.areas
        if how == "alternate" and (form, self.places.lying[place][0]) in known.regions:
            return True
        if len(form) <= 3 or any(state for _, state in hints):
            return False
        named = list(known.states.get(form, ()))
        if hints:
            named = [area for area in named if any(covers(hint, area) for hint in hints)]
        elif country := known.countries.get(form):
            named.append((country, ""))
        at = self.places.lying[place]
        same = known.countries.get(folded_name(self.places.names[place])) == at[0]
        there = any(covers(area, at) for area in named)
        return bool(named) and not (there and (how != "alternate" or same))

    def _alias(self, written: Sequence[str], hints: list[Area]) -> Match | None:
        """The place of an alias; where a state is named, only of one for that very country."""
        countries = [country for country, state in hints if not state]
        keys = [(form, country) for form in written for country in (*countries, "")]
        if any(state for _, state in hints):
            return None
        return next(
            (Match("alias", self.aliases[k], alias=k) for k in keys if k in self.aliases), None
        )

    def _open(self, places: Sequence[int]) -> Match:
        ranked = sorted(dict.fromkeys(places), key=self._size, reverse=True)
        return Match("ambiguous", None, tuple(ranked)) if ranked else Match("unknown")

    def _size(self, place: int | None) -> int:
        return 0 if place is None else self.places.sizes[place]


def _passing(text: str) -> bool:
    """Whether a text beside a name says nothing of where it lies or which body it is."""
    if entity_kind(text) != "city":
        return False
    return bool(PASSING.search(text)) or folded_name(text) in BEFORE


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
    city = _as_typed(city).strip()
    if city.isascii() and city.isdecimal() and len(city) <= _LONGEST_ID:
        meant: Sequence[int] = [int(city)]
    else:
        match = meant_by(city, places)
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
        for column in ("name", *in_languages("name"))
        for name in rows[column]
        if name
    }
    near = [written[form] for form in get_close_matches(folded_name(city), written, n=3)]
    values = {"city": city, "known": ", ".join(near)}
    raise DataError([Problem("city_unknown" if near else "city_none", values=values)])


def _as_typed(text: str) -> str:
    """What was typed on a machine that is set to letters of ASCII and hands on the bytes."""
    try:
        return text.encode("ascii", "surrogateescape").decode() if not text.isascii() else text
    except UnicodeError:
        return text
