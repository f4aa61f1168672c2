"""Which column of an office's own list holds the members, and which their countries?"""

import dataclasses
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of, form_of
from netanalysis.folders import shown
from netanalysis.language.text import folded_name

__all__ = ["ANY_YEAR", "FIELDS", "MemberHeads", "columns_from", "columns_of"]

# the words by which a column is known, the surest first
FIELDS = {
    "member": (
        "member", "member_as_written", "member city", "city", "name", "stad", "kommun", "medlem",
        "ort", "cities", "town", "municipality", "local government", "local authority", "signatory",
        "ville", "commune", "stadt", "gemeinde", "kommune", "ciudad", "municipio", "ayuntamiento",
        "citta", "comune", "cidade", "gemeente", "kaupunki", "kunta", "miasto", "gmina", "mesto",
        "obec", "by", "grad", "város", "oras", "şehir", "город", "πόλη", "miestas", "pilsēta",
        "linn", "medlemsstad", "medlemskommun", "mitglied", "mitgliedsstadt", "membre", "miembro",
        "membro", "jäsen", "jäsenkaupunki", "członek", "lid", "medlemsby", "namn", "nombre", "nom",
        "nome", "nimi", "nazwa", "naam", "navn", "organisation", "organization", "account name",
        "member name", "members", "authority", "signataire", "ville signataire", "villes", "städte",
        "ciudades", "città", "cidades", "städer", "kommuner", "membres", "mitglieder", "miembros",
        "firmante", "signatario", "δήμος", "πόλεις", "municipality name", "město",
        "община", "місто", "члены", "都市", "都市名", "自治体", "自治体名", "市町村名",
        "加盟都市", "城市", "城市名称", "成员", "成员城市", "会员城市", "도시", "도시명",
        "회원도시", "المدينة", "مدينة", "العضو", "البلدية",
    ),
    "country": (
        "country", "country_code", "land", "landskod", "pays", "país", "paese", "maa", "kraj",
        "staat", "nation", "stat", "země", "krajina", "država", "ország", "țară", "ülke", "страна",
        "χώρα", "šalis", "valsts", "riik", "iso", "iso2", "iso3", "stato", "państwo", "countries",
        "країна", "держава", "государство", "国", "国名", "国家", "国家名称", "国家/地区",
        "국가", "국가명", "나라", "الدولة", "البلد", "member state", "medlemsstat", "état membre",
        "mitgliedstaat", "estado miembro",
    ),
    "joined_year": (
        "joined_year", "joined", "year", "medlem sedan", "sedan", "år", "since", "member since",
        "date of accession", "accession", "adhesion", "année", "jahr", "beitritt", "seit", "año",
        "anno", "ano", "vuosi", "rok", "jaar", "date joined", "date", "datum", "inträde",
        "inträdesår", "liittymisvuosi", "data", "fecha", "year of joining", "membership year",
        "depuis", "desde", "dal", "sinds", "siden", "beitrittsjahr", "mitglied seit",
        "data przystąpienia", "beitrittsdatum", "eintrittsjahr", "eintrittsdatum", "aufnahmejahr",
        "inträdesdatum", "anslutningsår", "membre depuis", "miembro desde", "membro desde",
        "加盟年", "加盟年月日", "加入年份", "가입연도", "سنة الانضمام",
    ),
    "standing": (
        "standing", "status", "kind of membership", "medlemskap", "typ", "type", "membership",
        "category", "kategori", "medlemstyp", "type of membership", "membership type", "statut",
        "estado", "mitgliedschaft",
    ),
    "state": (
        "state", "province", "state province", "us state", "bundesland", "delstat", "provins",
        "province state", "state or province", "estado uf", "uf",
    ),
}  # fmt: skip
ANY_YEAR = frozenset(map(folded_name, (  # what a year of joining may be headed, and any other
    "year", "år", "année", "jahr", "año", "anno", "ano", "vuosi", "rok", "jaar", "date", "datum",
    "data", "fecha",
)))  # fmt: skip
_ORDER = ("country", "joined_year", "standing", "state", "member")
_ELSE = frozenset(map(folded_name, (
    "id", "code", "number", "nr", "no", "population", "inhabitants", "url", "website", "web",
    "email", "mail", "phone", "contact", "mayor", "mep", "fee", "count", "invånare", "antal",
    "lat", "lon", "latitude", "longitude", "address", "link", "comment", "notes", "source",
    "area", "birth", "partner", "sister", "twin", "host", "capital", "short", "person",
    "first", "last", "region", "project", "event", "party", "yta", "fläche", "superficie",
)))  # fmt: skip
_JOINING = frozenset(map(folded_name, (
    "joined", "joining", "member", "membership", "accession", "adhesion", "admission", "medlem",
    "medlemskap", "inträde", "anslutning", "mitglied", "mitgliedschaft", "beitritt", "eintritt",
    "membre", "adhésion", "entrée", "miembro", "membresía", "ingreso", "alta", "membro", "ingresso",
    "adesione", "adesão",
)))  # fmt: skip
_ENDING = frozenset(map(folded_name, (
    "end", "ended", "ends", "until", "to", "expiry", "expires", "left", "renewal", "renewed",
    "application", "applied", "till", "avslutat", "upphör", "ansökan", "bis", "ende", "beendet",
    "antrag", "fin", "jusqu", "demande", "hasta", "baja", "solicitud",
)))  # fmt: skip
_KIND = {"type", "typ", "kind", "status", "size", "category", "kategori"}
_TIME = frozenset(map(folded_name, (
    "year", "date", "since", "år", "datum", "sedan", "jahr", "seit", "année", "date", "depuis",
    "año", "fecha", "desde", "anno", "data", "dal", "ano", "on",
)))  # fmt: skip


def columns_of(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Numbers of the columns that hold the fields; those that are not found are left out.

    Parameters
    ----------
    header : sequence of str
    given : mapping
        Keys of `FIELDS` to the file's own names, where the reader has named them.

    Examples
    --------
    >>> found = columns_of(["Nr", "City/Local government", "Country/Region", "Member since"], {})
    >>> sorted(found.items())
    [('country', 2), ('joined_year', 3), ('member', 1)]
    """
    folded = [folded_name(name) for name in header]
    at: dict[str, int] = {}
    for field, name in given.items():
        if folded_name(name) in folded:
            at[field] = folded.index(folded_name(name))
    for exact in (True, False):
        for field in _ORDER:
            if field in at or field in given:
                continue
            for word in map(folded_name, FIELDS[field]):
                hits = [
                    number
                    for number, name in enumerate(folded)
                    if number not in at.values()
                    and (name == word if exact else _speaks_of(name, word, field))
                ]
                if hits:
                    at[field] = hits[0]
                    break
    return at


@dataclasses.dataclass(frozen=True)
class MemberHeads:
    """How the header of a member list is known.

    Attributes
    ----------
    given : mapping
        Keys of `FIELDS` to the file's own names, where the reader has named them.
    is_place : callable
        Whether a text is the name of a place, as Cape Town in a list without a header.
    """

    given: Mapping[str, str]
    is_place: Callable[[str], bool] = lambda text: False
    upright: bool = False
    helps: Mapping[str, Collection[str]] = dataclasses.field(default_factory=dict)

    def likeness(self, line: Mapping[int, str]) -> tuple[float, dict[int, str]]:
        """How much a line looks like a header, 0 where none of it names the members.

        Examples
        --------
        >>> heads = MemberHeads({})
        >>> heads.likeness({1: "Members of the network"})
        (1, {1: 'member'})
        >>> heads.likeness({1: "City", 2: "Country"})
        (4, {1: 'member', 2: 'country'})
        >>> heads.likeness({1: "Oslo", 2: "Norway"})
        (0, {})
        """
        width = max(line, default=0)
        cells = [line.get(number, "") for number in range(1, width + 1)]
        at = columns_of(["" if self.is_place(cell) else cell for cell in cells], self.given)
        if "member" not in at:
            return 0, {}
        words = {folded_name(word) for names in FIELDS.values() for word in names}
        words |= set(map(folded_name, self.given.values()))
        score = len(at) + sum(folded_name(cells[number]) in words for number in at.values())
        return score, {number + 1: name for name, number in sorted(at.items(), key=lambda p: p[1])}


def columns_from(file: Path) -> dict[str, str]:
    """The column names of a small TOML file such as ``member = "Stad"``.

    Raises
    ------
    DataError
        If it is no TOML, or names something else than the keys of `FIELDS`.
    """
    try:
        found = tomllib.loads(content_of(file).decode())
    except DataError:
        raise
    except ValueError as error:
        values: dict[str, object] = {"detail": form_of(error)}
        raise DataError([Problem("mapping", shown(file), values=values)]) from None
    strange = [name for name in found if name not in FIELDS or not isinstance(found[name], str)]
    if strange:
        values = {"detail": ", ".join(strange)}
        raise DataError([Problem("mapping", shown(file), values=values)])
    return found


def _speaks_of(name: str, word: str, field: str) -> bool:
    """Whether a short heading has the word among others, and is about nothing else.

    A year or a kind of its own says nothing yet: years of reports and censuses, kinds of cities and
    states of reports have the same words.
    """
    words = set(name.split())
    if field in ("joined_year", "standing") and not words & _JOINING:
        return False
    if field == "joined_year" and (words & _ENDING or not words & _TIME):
        return False
    if (field == "standing" and words & _ENDING) or (field == "member" and words & (_TIME | _KIND)):
        return False
    if field == "member" and "network" in words and word not in ("member", "members"):
        return False  # its name is no member's
    return (
        len(word) > 2
        and len(name.split()) <= 5
        and f" {word} " in f" {name} "
        and not words & (_ELSE - {"region"} if field == "country" else _ELSE)
    )
