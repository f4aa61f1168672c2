"""What does an office's own member list say, and which of its names are places that we know?

Reads a CSV or Excel file with column names of its own, finds the place of each member and tells
how. Nothing is guessed: a name that several places answer to, or none, keeps its row without a
place, with the reason.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from netanalysis.errors import DataError, Phrase, Problem
from netanalysis.exchange.member_lists.headers import MemberHeads
from netanalysis.exchange.member_lists.tables import MemberTable, read_table
from netanalysis.exchange.sheets.cells import read_cell, stripped
from netanalysis.folders import shown
from netanalysis.language.text import folded, folded_name
from netanalysis.loaders.case.columns import SHORT_NAME
from netanalysis.loaders.members.gazetteer import Gazetteer
from netanalysis.loaders.members.matching import Alias, Match, meant_by
from netanalysis.loaders.members.spellings import entity_kind, forms, tidied

__all__ = ["Imported", "import_members"]

STANDINGS = ("full", "associate", "partner", "board", "office", "innovator", "admitted")
_NO_YEAR = {"", "-", "?", "n/a", "na", "n.a.", "unknown", "okänt", "."}
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
Name = tuple[str, str, str]  # member, country and state as written
FAR = 20  # how many times larger than the next a place is that stands out in the whole world
FEW = 4  # of how many members one may be in the countries of its namesakes
_CODES = {"date": "member_year", "cell_formula": "cell_formula_empty"}  # as a list has them
_ALONE = "{places}"  # nothing to translate
_NO_CITY = {
    "intercommunal": Phrase("an intercommunal body: no place of its own; an alias can name one"),
    "association": Phrase("an association: no place of its own; an alias can name one"),
    "district": Phrase("a district: no place of its own; an alias can name one"),
    "region": Phrase("a region: no place of its own; an alias can name one"),
}


@dataclass(frozen=True, eq=False)
class Imported:
    """A member list as rows of the package, and what became of each name.

    Attributes
    ----------
    members : DataFrame
        The columns of ``memberships.csv``; a member that is written twice alike is there once.
    report : DataFrame
        A row per row of the list: row (as a spreadsheet counts it), member_as_written, country,
        standing (these three as the list writes them), how ("exact", "alternate", "alias", "size",
        "ambiguous", "unknown"), geoname_id, name, candidates (in words, for names that are
        ambiguous or unknown), same_as (the first row with the same place, or without a place with
        the same name; missing where there is none), sure (in words, how sure the place is).
    unused_aliases : list of str
        Aliases that neither this list nor any list of the package needs.
    sheet : MemberTable
        Where the rows were read: sheet, header, rows above it, number of blank rows.
    columns : dict
        The file's own names of the columns that were read.
    sections : list of int
        Rows that are no members but name the country of those below them.
    unknown_standings : list of str
        What the list says of kinds of membership that the package has no word for.
    """

    members: pd.DataFrame
    report: pd.DataFrame
    unused_aliases: list[str]
    sheet: MemberTable
    columns: dict[str, str]
    sections: list[int]
    unknown_standings: list[str]


def import_members(
    file: Path,
    network: str,
    snapshot: str,
    source_id: str,
    places: Gazetteer,
    package: Mapping[str, pd.DataFrame],
    columns: Mapping[str, str] | None = None,
    say: Callable[[Phrase], str] = str,
    sheet: str = "",
) -> Imported:
    """A member list in the package's form, with a report of how each name was matched.

    Parameters
    ----------
    file : Path
        CSV or Excel workbook, as in `netanalysis.exchange.member_lists.tables.read_table`, of which
        the first sheet with a column of members is read. One member a row; a title may stand above
        the row that names the columns, and the name of a country alone above the members from
        there.
    network, snapshot, source_id : str
        What the rows are to say of themselves.
    places : Gazetteer
    package : mapping of name to DataFrame
        From `netanalysis.loaders.members.lists.read_package`: its aliases are used.
    columns : mapping, optional
        Keys of `netanalysis.exchange.member_lists.headers.FIELDS` to the file's own column names;
        found by their usual names where not given.
    say : callable, optional
        Into the language of the report; English where not given.
    sheet : str, optional
        The sheet of a workbook that is to be read.

    Returns
    -------
    Imported

    Raises
    ------
    DataError
        If the network's name is no short name, the file cannot be read, is empty, lacks a column
        (those that it has are named) or has merged cells in its header, a row is broken, names no
        member or has a year that is none, or an alias leads to no known place.
    """
    if not SHORT_NAME.fullmatch(network):
        raise DataError([Problem("network_name", values={"network": network})])
    given = columns or {}
    heads = MemberHeads(given, lambda text: _is_place(text, places))
    table = read_table(file, heads, places.words, sheet)
    _check_columns(table, given, file)
    at = table.found.heads
    sections = {} if "country" in at else _sections(table, places)
    section = ""
    known = _aliases(package["aliases"], places)
    rows = []
    problems = [
        replace(problem, file=f"{shown(file)}, {problem.file}")
        for problem in table.found.merged_across(apart=sections)
    ]
    for number, cells, _ in table.rows:
        if number in sections:
            section = sections[number]
            continue
        value, wrong = {}, set()
        for field in at:
            value[field], code = _cell(cells.get(field), field, table)
            if code:
                wrong.add(field)
                problems.append(_located(code, file, table, number, field, value[field]))
        year = _year(value.get("joined_year", ""))
        if not value["member"]:
            problems.append(_located("member_blank", file, table, number, "member"))
        if year is None and "joined_year" not in wrong:
            text = value["joined_year"]
            problems.append(_located("member_year", file, table, number, "joined_year", text))
        name = value["member"], value.get("country", section), value.get("state", "")
        rows.append((number, name, value.get("standing", ""), year))
    if problems:
        raise DataError(problems)
    if not rows:
        raise DataError([Problem("list_without_rows", shown(file))])
    found = _matches({name for _, name, _, _ in rows}, places, known)
    members, report = [], []
    first: dict[object, int] = {}
    for number, name, standing, year in rows:
        match, told = found[name]
        written, country, _ = name
        same: object = (folded_name(written), *name[1:]) if match.place is None else match.place
        report.append(
            {
                "row": number,
                "member_as_written": written,
                "country": country,
                "standing": standing,
                "how": match.how,
                "geoname_id": match.place,
                "name": "" if match.place is None else places.names[match.place],
                "candidates": say(told),
                "same_as": first.get(same),
                "sure": "" if match.place is None else say(_sure(match, country)),
            }
        )
        first.setdefault(same, number)
        members.append(
            {
                "network": network,
                "snapshot": snapshot,
                "geoname_id": match.place,
                "member_as_written": written,
                "entity_kind": entity_kind(written) if match.place is None else "city",
                "standing": _standing(standing),
                "joined_year": int(year) if year else None,
                "seen": snapshot,
                "source_id": source_id,
                "joined_source_id": source_id if year else None,
                "reason": say(told) if match.place is None else None,
            }
        )
    frame = pd.DataFrame(members).astype({"geoname_id": "Int64", "joined_year": "Int64"})
    lines = pd.DataFrame(report).astype({"geoname_id": "Int64", "same_as": "Int64"})
    country_tells = lines["country"].where(lines["geoname_id"].isna(), "")
    again = lines.assign(country=country_tells).duplicated(
        ["member_as_written", "country", "geoname_id"]
    )
    used = {match.alias for match, _ in found.values()}
    elsewhere = set(package["memberships"]["member_as_written"].map(folded_name))
    unused = [
        name for key, (name, _) in known.items() if key not in used and key[0] not in elsewhere
    ]
    members_once = frame[~again.to_numpy()].reset_index(drop=True)
    kinds = dict.fromkeys(text for _, _, text, _ in rows if text and _known_standing(text) is None)
    return Imported(members_once, lines, unused, table, table.columns, list(sections), list(kinds))


def _cell(cell: Any, name: str, table: MemberTable) -> tuple[str, str]:
    """What a cell says, and the code of what is wrong with it.

    A year may be written in whatever words; a number or a date of Excel's is read as a date.
    """
    if name == "joined_year" and cell is not None and cell.data_type == "s":
        text = stripped(cell.value)
        return text, read_cell(cell, "reference")[1]
    kind = "date" if name == "joined_year" else "reference"
    text, code = read_cell(cell, kind, table.found.sheet.epoch)
    return text, _CODES.get(code, code)


def _located(
    code: str, file: Path, table: MemberTable, row: int, field: str, value: str = ""
) -> Problem:
    """A problem of a cell: by its sheet and cell, in a text file by its row and column."""
    values = {"value": value}
    if table.name:
        place = table.found.place(row, field)
        return Problem(code, f"{shown(file)}, {place}", values=values)
    column = None if field == "member" else table.columns[field]
    return Problem(code, shown(file), row, column, values)


def _is_place(cell: str, places: Gazetteer) -> bool:
    """Whether several words are the name of a place; one word may be a heading too."""
    return len(cell.split()) > 1 and any(form in places.own_names for form in forms(cell))


def _sections(table: MemberTable, places: Gazetteer) -> dict[int, str]:
    """Rows that hold a country alone, if the list begins with one; else none."""
    found: dict[int, str] = {}
    last = ""
    cells = table.found.sheet.cells
    alone = [
        [str(cell.value).strip() for cell in (*known.values(), *(cells[row][at] for at in others))]
        for row, known, others in table.rows
    ]
    full = sum(len(texts) > 1 for texts in alone) * 2 > len(alone)
    for (number, *_), texts in zip(table.rows, alone, strict=True):
        country = len(texts) == 1 and texts[0] != last and places.areas.named(texts[0])
        # a city may have the name of its country, as Singapore does
        if country and (found or full or folded_name(texts[0]) not in places.own_names):
            found[number] = last = texts[0]
        elif not found:
            break
    return found


def _matches(
    names: Iterable[Name], places: Gazetteer, known: Mapping[Alias, tuple[str, int]]
) -> dict[Name, tuple[Match, Phrase]]:
    """What each name means, and in words why it stays without a place."""
    aliases = {key: place for key, (_, place) in known.items()}
    matched: dict[Name, tuple[Match, str]] = {}
    for name, country, state in names:
        code = places.areas.country(country)
        match = meant_by(name, places, code, state, aliases)
        if country and not code and match.how not in ("unknown", "alias"):
            match = _left_open(match)
        matched[name, country, state] = match, code
    sure = Counter(
        places.lying[match.place][0]
        for match, _ in matched.values()
        if match.place is not None and match.how != "size"
    )
    found: dict[Name, tuple[Match, Phrase]] = {}
    for key, (match, code) in matched.items():
        if match.how == "size" and not _largest_is_meant(match, sure, places):
            match = _left_open(match)
        found[key] = match, _told(key, code, match, places)
    return found


def _largest_is_meant(match: Match, sure: Counter[str], places: Gazetteer) -> bool:
    """Whether the list may mean the largest place, by the countries that others of it are in.

    Where no other member is in its country, but some are in those of its namesakes, it has to be
    far larger, and those some have to be few.
    """
    land, *others = [places.lying[place][0] for place in match.candidates]
    near = sum(sure[other] for other in {*others} - {land})
    first, second = (places.sizes[place] for place in match.candidates[:2])
    return bool(sure[land] or (near * FEW < sure.total() and first >= FAR * second) or not near)


def _left_open(match: Match) -> Match:
    """The same candidates, without a choice among them."""
    alone = () if match.place is None else (match.place,)
    return Match("ambiguous", None, match.candidates or alone)


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


def _told(name: Name, code: str, match: Match, places: Gazetteer) -> Phrase:
    """The candidates of a name in words; for an unknown one the reason."""
    written, country, _state = name
    kind = entity_kind(written, code)
    if match.how == "unknown" and kind != "city":
        told = _NO_CITY[kind]
    elif match.how == "unknown" and len(re.findall(r"[,;\n]", written)) > 3:
        told = Phrase("several names in one cell; give each a row of its own")
    elif match.how == "unknown":
        near = ", ".join(places.near(tidied(written)))
        told = Phrase("no place of that name")
        if near:
            told = Phrase("no place of that name; near: {near}", {"near": near})
    else:
        meant = tuple(_place(place, places) for place in match.candidates[:5])
        told = Phrase(_ALONE, {"places": meant})
    if country and not code and match.place is None:
        values = {"country": country, "place": told}
        return Phrase('no country of the name "{country}"; {place}', values)
    return told


def _sure(match: Match, country: str) -> Phrase:
    """How sure a place is, in words."""
    if match.how == "alias":
        return Phrase("sure: an alias names the place")
    if match.how == "size":
        return Phrase("unsure: the largest by far of several places of the name")
    if country:
        return Phrase("sure: the only place of the name in its country that is known")
    if match.how == "exact":
        return Phrase("unsure: the only known place of the name, but no country is given")
    return Phrase("unsure: the place has another name, and no country is given")


def _place(place: int, places: Gazetteer) -> Phrase:
    values = {"name": places.names[place], "country": places.lying[place][0], "id": place}
    values["inhabitants"] = places.sizes[place]
    return Phrase("{name} ({country}, {inhabitants} inhabitants, {id})", values)


def _check_columns(table: MemberTable, given: Mapping[str, str], file: Path) -> None:
    """Refuse a list without a column that is needed or asked for."""
    row, names = table.header
    known = ", ".join(filter(None, map(str.strip, names)))
    problems = [
        Problem(
            "list_column",
            shown(file),
            row,
            values={"name": given.get(field, field), "field": field, "known": known},
        )
        for field in dict.fromkeys(["member", *given])
        if field not in table.found.heads
    ]
    if problems:
        raise DataError(problems)


def _year(text: str) -> str | None:
    """The year of a date in whatever form, "" where none is given; None where it is no date."""
    if folded(text) in _NO_YEAR:
        return ""
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def _standing(text: str) -> str:
    """The package's word for a standing; "member" where it has none, as the report shows."""
    return _known_standing(text) or "member"


def _known_standing(text: str) -> str | None:
    words = folded_name(text).split()
    return next((word for word in words if word in (*STANDINGS, "member")), None)
