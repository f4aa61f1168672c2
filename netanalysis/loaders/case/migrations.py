"""What has changed in the tables of a case, and how does an older case become one of today?

The descriptor of a case says of which version its tables are; one that says nothing has version 1.
Whoever changes a table adds a function to `MIGRATIONS` that makes the rows of the version before
into rows of the new one.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from netanalysis.language.languages import LANGUAGES

__all__ = ["ADDED", "ADDED_TABLES", "MIGRATIONS", "VERSION", "migrated", "version_of"]

Tables = Mapping[str, Sequence[Mapping[str, str]]]


def _sections(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 2: a criterion says in which section its evidence is shown; two did by their name."""
    known = {"bearable_effort": "effort", "hard_to_replace": "dependence"}
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for row in made.get("criteria", []):
        row.setdefault("section", known.get(row.get("criterion", ""), ""))
    return made


_PROPOSALS: Final = ("not adopted yet; a proposal", "inte fastställda ännu; ett förslag")


def _ongoing(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 3: whether a term goes on is said, and a proposal has no date of adoption.

    What an end that is missing meant was not said before, so it stays unknown.
    """
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for row in (*made.get("seats", []), *made.get("participation", [])):
        row.setdefault("ongoing", "")
    for row in made.get("case", []):
        by = [name for name in row if name.startswith("criteria_adopted_by")]
        if any(row[name] in _PROPOSALS for name in by):
            row |= dict.fromkeys(["criteria_adopted", *by], "")
    return made


def _whose(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 4: who alone tells of a statement is said, and whose an illustration is.

    Before, what stood among conclusions was no evidence, so no row of then does; and a case named
    none but the unit that answers for it.
    """
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for row in made.get("statements", []):
        row.setdefault("told_by", "")
    for row in made.get("case", []):
        languages = [name.removeprefix("title") for name in row if name.startswith("title_")]
        for language in languages:
            row.setdefault(f"illustration_by{language}", "")
    return made


def _published(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 5: a case says where faults in its pages are reported, and a source may be quoted."""
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for table, column in (("case", "faults_to"), ("statements", "quotation")):
        for row in made.get(table, []):
            row.setdefault(column, "")
    return made


def _requests(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 6: requests that the city join a network; before, a case had none."""
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    made.setdefault("requests", [])
    return made


def _rates(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 7: exchange rates; before, amounts in different currencies were always kept apart."""
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    made.setdefault("rates", [])
    return made


def _follows(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """Version 8: a case names the evaluation before it."""
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for row in made.get("case", []):
        row.setdefault("follows", "")
    return made


MIGRATIONS: Final[tuple[Callable[[Tables], dict[str, list[dict[str, str]]]], ...]] = (
    _sections,
    _ongoing,
    _whose,
    _published,
    _requests,
    _rates,
    _follows,
)
VERSION: Final = 1 + len(MIGRATIONS)
ADDED: Final = {  # columns that an older workbook has not, and may lack
    ("criteria", "section"),
    ("seats", "ongoing"),
    ("participation", "ongoing"),
    ("statements", "told_by"),
    ("statements", "quotation"),
    ("case", "faults_to"),
    ("case", "follows"),
    *(("case", f"illustration_by_{language}") for language in LANGUAGES),
}
ADDED_TABLES: Final = {"requests", "rates"}  # that an older workbook has no sheet for, and may lack


def migrated(tables: Tables, version: int = 1) -> dict[str, list[dict[str, str]]]:
    """The tables of a version as those of today.

    Parameters
    ----------
    tables : mapping of table to rows
        Column to text.
    version : int, optional

    Examples
    --------
    >>> migrated({"criteria": [{"criterion": "bearable_effort"}]})["criteria"]
    [{'criterion': 'bearable_effort', 'section': 'effort'}]
    """
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for migration in MIGRATIONS[version - 1 :]:
        made = migration(made)
    return made


def version_of(package: Mapping[str, Any]) -> int:
    """The version of the tables that a descriptor tells of."""
    own = package.get("netanalysis")
    said = own.get("tables") if isinstance(own, dict) else None
    return said if isinstance(said, int) and said > 0 else 1
