"""What does an office's own member list say, and which of its names are places that we know?

Reads a CSV or Excel file with column names of its own, finds the place of each member and tells
how. Nothing is guessed: a name that several places answer to, or none, keeps its row without a
place, with the reason.
"""

import csv
import io
import re
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from netanalysis.errors import DataError, Problem
from netanalysis.folders import shown
from netanalysis.loaders.places import Gazetteer, Match, country_code, entity_kind, folded_name

__all__ = ["FIELDS", "Imported", "columns_from", "import_members"]

FIELDS = {
    "member": ("member", "member_as_written", "city", "name", "stad", "kommun", "medlem", "ort"),
    "country": ("country", "country_code", "land", "landskod", "pays"),
    "joined_year": ("joined_year", "joined", "year", "medlem sedan", "sedan", "år"),
    "standing": ("standing", "status", "kind of membership", "medlemskap", "typ"),
}
STANDINGS = ("full", "associate", "partner", "board", "office", "innovator", "admitted")
_SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, eq=False)
class Imported:
    """A member list as rows of the package, and what became of each name.

    Attributes
    ----------
    members : DataFrame
        The columns of ``memberships.csv``.
    report : DataFrame
        A row per member: row (as a spreadsheet counts it), member_as_written, country, standing
        (these three as the list writes them), how
        ("exact", "alternate", "alias", "size", "ambiguous", "unknown"), geoname_id, name,
        candidates (in words, for names that are ambiguous or unknown).
    unused_aliases : list of str
        Aliases that neither this list nor any list of the package needs.
    """

    members: pd.DataFrame
    report: pd.DataFrame
    unused_aliases: list[str]


def import_members(
    file: Path,
    network: str,
    snapshot: str,
    source_id: str,
    places: Gazetteer,
    package: Mapping[str, pd.DataFrame],
    columns: Mapping[str, str] | None = None,
) -> Imported:
    """A member list in the package's form, with a report of how each name was matched.

    Parameters
    ----------
    file : Path
        CSV (commas or semicolons, UTF-8 or Windows-1252) or Excel workbook, whose first sheet is
        read. One member a row, the first row names the columns.
    network, snapshot, source_id : str
        What the rows are to say of themselves.
    places : Gazetteer
    package : mapping of name to DataFrame
        From `netanalysis.loaders.memberships.read_package`: its aliases are used.
    columns : mapping, optional
        Keys of `FIELDS` to the file's own column names; found by their usual names where not
        given.

    Returns
    -------
    Imported

    Raises
    ------
    DataError
        If the network's name is no short name, the file cannot be read, is empty, lacks a column
        (those that it has are named) or has merged cells in its header, or an alias leads to no
        known place.
    """
    if not _SHORT_NAME.fullmatch(network):
        raise DataError([Problem("network_name", values={"network": network})])
    rows = _rows(file)
    header, *body = rows
    at = _places_of(header[1], columns or {}, file)
    known = _aliases(package["aliases"], places)
    used: set[tuple[str, str]] = set()
    found, members = [], []
    problems = []
    for number, cells in body:
        value = {name: cells[column].strip() for name, column in at.items()}
        if not value["member"]:
            if any(cell.strip() for cell in cells):
                problems.append(Problem("member_blank", shown(file), number))
            continue
        country = country_code(value.get("country", ""))
        match = _match(value["member"], country, places, known, used)
        entry = _told(number, value, match, places)
        found.append(entry)
        year = value.get("joined_year", "")
        if year and not (year.isdigit() and len(year) == 4):
            column = header[1][at["joined_year"]]
            problems.append(Problem("member_year", shown(file), number, column, {"value": year}))
        members.append(
            {
                "network": network,
                "snapshot": snapshot,
                "geoname_id": match.place,
                "member_as_written": value["member"],
                "entity_kind": entity_kind(value["member"]),
                "standing": _standing(value.get("standing", "")),
                "joined_year": int(year) if year.isdigit() else None,
                "seen": snapshot,
                "source_id": source_id,
                "joined_source_id": source_id if year else None,
                "reason": entry["candidates"] if match.place is None else None,
            }
        )
    if problems:
        raise DataError(problems)
    if not members:
        raise DataError([Problem("list_without_rows", shown(file))])
    table = pd.DataFrame(members).astype({"geoname_id": "Int64", "joined_year": "Int64"})
    elsewhere = set(package["memberships"]["member_as_written"].map(folded_name))
    unused = [
        name for key, (name, _) in known.items() if key not in used and key[0] not in elsewhere
    ]
    return Imported(table, pd.DataFrame(found).astype({"geoname_id": "Int64"}), unused)


def columns_from(file: Path) -> dict[str, str]:
    """The column names of a small TOML file such as ``member = "Stad"``.

    Raises
    ------
    DataError
        If it is no TOML, or names something else than the keys of `FIELDS`.
    """
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        values = {"detail": str(error)}
        raise DataError([Problem("mapping", shown(file), values=values)]) from None
    strange = [name for name in found if name not in FIELDS or not isinstance(found[name], str)]
    if strange:
        values = {"detail": ", ".join(strange)}
        raise DataError([Problem("mapping", shown(file), values=values)])
    return found


def _match(
    name: str,
    country: str,
    places: Gazetteer,
    aliases: Mapping[tuple[str, str], tuple[str, int]],
    used: set[tuple[str, str]],
) -> Match:
    for key in ((folded_name(name), country), (folded_name(name), "")):
        if key in aliases:
            used.add(key)
            return Match("alias", aliases[key][1])
    return places.match(name, country)


def _aliases(table: pd.DataFrame, places: Gazetteer) -> dict[tuple[str, str], tuple[str, int]]:
    known, problems = {}, []
    for row in table.itertuples():
        if row.geoname_id not in places.places.index:
            values = {"name": row.name, "place": row.geoname_id}
            problems.append(Problem("alias_place", values=values))
            continue
        country = "" if pd.isna(row.country_code) else row.country_code
        known[folded_name(row.name), country] = (row.name, int(row.geoname_id))
    if problems:
        raise DataError(problems)
    return known


def _told(
    number: int, value: Mapping[str, str], match: Match, places: Gazetteer
) -> dict[str, object]:
    table = places.places
    name = table.loc[match.place, "name"] if match.place is not None else ""
    kind = entity_kind(value["member"])
    if match.how == "unknown" and kind != "city":
        told = f"{kind}: no place of its own; an alias can name one"
    elif match.how == "unknown":
        near = ", ".join(places.near(value["member"]))
        told = f"no place of that name; near: {near}" if near else "no place of that name"
    else:
        told = "; ".join(
            f"{row.name} ({row.country_code}, {row.population} inhabitants, {row.Index})"
            for row in table.loc[list(match.candidates[:5])].itertuples()
        )
    return {
        "row": number,
        "member_as_written": value["member"],
        "country": value.get("country", ""),
        "standing": value.get("standing", ""),
        "how": match.how,
        "geoname_id": match.place,
        "name": name,
        "candidates": told,
    }


def _places_of(header: list[str], columns: Mapping[str, str], file: Path) -> dict[str, int]:
    """Column numbers of the fields that the file has."""
    folded = [folded_name(name) for name in header]
    at, problems = {}, []
    for field, names in FIELDS.items():
        wanted = [columns[field]] if field in columns else list(names)
        hits = [folded.index(folded_name(name)) for name in wanted if folded_name(name) in folded]
        if hits:
            at[field] = hits[0]
        elif field in columns or field == "member":
            values = {"name": wanted[0], "field": field, "known": ", ".join(filter(None, header))}
            problems.append(Problem("list_column", shown(file), 1, values=values))
    if problems:
        raise DataError(problems)
    return at


def _rows(file: Path) -> list[tuple[int, list[str]]]:
    """The file's rows, numbered as a spreadsheet does, the header first, all of one width."""
    if not file.is_file():
        raise DataError([Problem("list_missing", shown(file))])
    rows = _workbook(file) if file.suffix.lower() in (".xlsx", ".xlsm") else _text(file)
    rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not rows:
        raise DataError([Problem("list_without_rows", shown(file))])
    width = max(len(cells) for _, cells in rows)
    return [(number, cells + [""] * (width - len(cells))) for number, cells in rows]


def _text(file: Path) -> list[tuple[int, list[str]]]:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise DataError([Problem("list_form", shown(file))])
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return list(enumerate(reader, start=1))
    except csv.Error:
        raise DataError([Problem("list_form", shown(file))]) from None


def _workbook(file: Path) -> list[tuple[int, list[str]]]:
    try:
        sheet = load_workbook(file, data_only=True).worksheets[0]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError, IndexError):
        raise DataError([Problem("list_form", shown(file))]) from None
    rows = [
        (number, [_cell_text(cell) for cell in cells])
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]
    head = next((number for number, cells in rows if any(map(str.strip, cells))), 1)
    for area in sheet.merged_cells.ranges:
        if area.min_row <= head <= area.max_row:
            values = {"cells": str(area)}
            raise DataError([Problem("list_merged", shown(file), head, values=values)])
    return rows


def _standing(text: str) -> str:
    """The package's word for a standing; "member" where it has none, as the report shows."""
    return next((word for word in folded_name(text).split() if word in STANDINGS), "member")


def _cell_text(cell: object) -> str:
    """A cell's text; a whole number as Excel shows it, without a decimal point."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
