"""Which rows of a case stay when a workbook is read that never had them?

What ``netanalysis ask`` and ``netanalysis answers`` write stands in the case and not in the
workbook that the office goes on working in. A reply is known by its source: a workbook that names
the source among its own was written after the reply came in, and is read as it stands.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from netanalysis.errors import Problem
from netanalysis.exchange.survey.answers import QUESTIONS, number_replies, person_mark
from netanalysis.exchange.workbook.reading import Read
from netanalysis.exchange.workbook.unsourced import WORKBOOK
from netanalysis.folders import shown
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.closing import PERSONS
from netanalysis.loaders.case.columns import definitions, references
from netanalysis.loaders.case.folders import DESCRIPTOR
from netanalysis.loaders.case.migrations import ADDED_TABLES
from netanalysis.scoring.ratings import ANSWERS

__all__ = ["merged"]

Rows = list[dict[str, str]]


def merged(read: Read, folder: Path) -> tuple[Read, dict[str, int], list[Problem]]:
    """A workbook with what came into the case by questions and replies, where it has no such rows.

    Kept are answers and lessons of replies whose source the workbook does not name, and of persons
    of whom it has no row; who was asked on a day on which it has nobody of that department asked;
    dates of asking that it leaves empty; the stamp of persons' answers that were closed; the
    statements that rest on answers; tables for which an older workbook has no sheet; and the
    sources.

    Parameters
    ----------
    read : Read
        The workbook.
    folder : Path
        Of the case, there or not.

    Returns
    -------
    (Read, dict of str to int, list of Problem)
        The tables, with the rows that were kept last; how many they are, by table; and the rows
        that are gone from the workbook though kept ones refer to them.

    Raises
    ------
    DataError
        If one of these tables of the case is no table.
    """
    if not (folder / DESCRIPTOR).is_file():
        return read, {}, []
    absent = sorted(one for one in ADDED_TABLES if (one, 0, "") not in read.places)
    case = case_rows(folder, ("asked", "answers", "lessons", "statements", "sources", *absent))
    own = {table: [dict(row) for row in rows] for table, rows in read.tables.items()}
    named = {row["source_id"] for row in own["sources"]} | {WORKBOOK}
    persons = {_person(row) for row in own["answers"] + own["lessons"] if row["respondent"]}
    kept = {
        table: [
            dict(row)
            for row in case[table]
            if (_person(row) not in persons if row["respondent"] else row["source_id"] not in named)
        ]
        for table in ("answers", "lessons")
    }
    replies = kept["answers"] + kept["lessons"]
    kept["asked"], dated = _asked(case["asked"], own["asked"], replies)
    made = {QUESTIONS, PERSONS, *(row["source_id"] for row in case["answers"] + case["lessons"])}
    kept |= {table: case[table] for table in absent}
    new = made.union(*({row["source_id"] for row in case[table]} for table in absent)) - named
    kept["sources"] = [row for row in case["sources"] if row["source_id"] in new]
    closed = _closed(case["sources"], own["sources"])
    sources = made - {WORKBOOK}
    places = read.places
    rest = [row for row in case["statements"] if _rests(row, sources)]
    if replies:  # the statements of all answers stand in the place of those of some of them
        stay = [not _rests(row, made) for row in own["statements"]]
        places = _moved(places, stay)
        own["statements"] = [
            row for row, stays in zip(own["statements"], stay, strict=True) if stays
        ]
        kept["statements"] = rest
    else:
        there = {row["statement"] for row in own["statements"]}
        kept["statements"] = [
            row for row in rest if row["statement"] not in there and row["source_id"] in new
        ]
    mixed = {row["department"] for row in own["answers"] if not row["respondent"]}
    for row in replies:
        if not row["respondent"] and row["department"] in mixed:
            row["version"] = ""  # to be numbered among those of the workbook
    tables = {table: rows + kept.get(table, []) for table, rows in own.items()}
    number_replies(tables["answers"], tables["lessons"])
    counts = {table: len(rows) for table, rows in kept.items()}
    counts["asked"] += dated
    counts["sources"] += closed
    found = replace(read, tables=tables, places=places)
    return found, {t: n for t, n in counts.items() if n}, _orphans(kept, tables, folder)


def _person(row: Mapping[str, str]) -> tuple[str, str]:
    return row["department"], person_mark(row)


def _rests(row: Mapping[str, str], sources: set[str]) -> bool:
    return row["coder"] == ANSWERS and row["source_id"] in sources


def _asked(before: Rows, own: Rows, replies: Rows) -> tuple[Rows, int]:
    """Who stays asked, and how many rows get back dates that the workbook leaves empty."""
    rows = {(row["department"], row["network"]): row for row in own}
    days = {(row["department"], row["sent"]) for row in own}
    needed = {(row["department"], row["network"]) for row in replies}
    kept, dated = [], 0
    for row in before:
        pair = row["department"], row["network"]
        if pair in rows:
            dates = {name: row[name] for name in ("sent", "answer_by") if not rows[pair][name]}
            dated += any(dates.values())
            rows[pair] |= dates
        elif pair in needed or (row["sent"] and (pair[0], row["sent"]) not in days):
            kept.append(row)
    return kept, dated


def _closed(before: Rows, own: Rows) -> bool:
    """Give the workbook's source of persons' answers its stamp where it has none, in place."""
    stamps = [
        {name: row[name] for name in ("date", "sha256")}
        for row in before
        if row["source_id"] == PERSONS and row["sha256"]
    ]
    open_ = [row for row in own if row["source_id"] == PERSONS and not row["sha256"]]
    for row in open_ if stamps else []:
        row |= stamps[0]
    return bool(stamps and open_)


def _moved(
    places: Mapping[tuple[str, int, str], str], stay: Sequence[bool]
) -> dict[tuple[str, int, str], str]:
    """The places of cells, of statements too of which only some stay."""
    rows = {0: 0} | {
        old + 2: new for new, old in enumerate((n for n, one in enumerate(stay) if one), start=2)
    }
    return {
        (table, rows[row] if table == "statements" else row, column): place
        for (table, row, column), place in places.items()
        if table != "statements" or row in rows
    }


def _orphans(kept: Mapping[str, Rows], tables: Mapping[str, Rows], folder: Path) -> list[Problem]:
    """What kept rows refer to and the workbook no longer has, with the rows that do."""
    gone: dict[tuple[str, str], Counter[str]] = {}
    for table, target, value in _references(kept):
        if value not in {row[references()[target][0]] for row in tables[target]}:
            gone.setdefault((target, value), Counter())[f"{table}.csv"] += 1
    return [
        Problem(
            "read_orphans",
            values={
                "value": value,
                "table": target,
                "rows": ", ".join(f"{shown(folder / file)}: {count}" for file, count in by.items()),
                "case": folder.name,
            },
        )
        for (target, value), by in gone.items()
    ]


def _references(kept: Mapping[str, Rows]) -> Iterator[tuple[str, str, str]]:
    """Each table and row that kept rows refer to, sources apart, which are kept with them."""
    for table, rows in kept.items():
        named = [one for one in definitions(table) if one.refers and one.refers != "sources"]
        for row in rows:
            for column in named:
                if row.get(column.name):
                    yield table, column.refers, row[column.name]
