"""One city's evaluation: which tables does it have, and do they hold together?"""

import json
from collections.abc import Mapping
from dataclasses import make_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from netanalysis.errors import DataError, Problem
from netanalysis.folders import shown
from netanalysis.language.languages import LANGUAGES
from netanalysis.loaders.case_folders import DESCRIPTOR, case_folder
from netanalysis.loaders.closing import PERSONS, withheld
from netanalysis.loaders.columns import case_tables, tables
from netanalysis.loaders.migrations import VERSION, migrated, version_of
from netanalysis.loaders.rules import broken_rules
from netanalysis.loaders.tables import read_rows, read_table

__all__ = [
    "Case",
    "case_rows",
    "evaluated",
    "load_case",
    "load_files",
    "older_rows",
    "one_network",
]

_Tables = make_dataclass(
    "_Tables",
    [("name", str), *((table, pd.DataFrame) for table in tables())],
    frozen=True,
    eq=False,
)


class Case(_Tables):  # type: ignore[misc, valid-type]
    """An evaluation as it was loaded and checked.

    Each attribute but the first is a table, described column by column in ``docs/tables.md`` and
    in the case's ``datapackage.json``. Text is ``str`` with NaN where nothing is known, numbers
    are float64, whole numbers Int64; dates are text of the form YYYY, YYYY-MM or YYYY-MM-DD.

    Attributes
    ----------
    name : str
        Name of the case's folder.
    """

    name: str

    if TYPE_CHECKING:  # the tables are those of tables.csv

        def __getattr__(self, table: str) -> pd.DataFrame: ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the case is written in."""
        return tuple(self.case.loc[0, "languages"].split())


def load_case(case: str | Path) -> Case:
    """Load a case and check all of it.

    Parameters
    ----------
    case : str or Path
        Name of a folder under the data folder, or a path to a case's folder.

    Returns
    -------
    Case
        Without the statements that rest on what persons answered one by one, where that may not be
        shown: see `netanalysis.loaders.closing`.

    Raises
    ------
    DataError
        With every problem found: files, columns, cells, and rows that do not fit together.
    """
    return _loaded(case_folder(case), {})


def load_files(folder: Path, contents: Mapping[str, str]) -> Case:
    """Load a case that is not on the disk, and check all of it.

    Parameters
    ----------
    folder : Path
        Where it would lie.
    contents : mapping of str to str
        The name of each of its files to its text.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        As `load_case`.
    """
    return _loaded(folder, {name: text.encode() for name, text in contents.items()})


def _loaded(folder: Path, contents: Mapping[str, bytes]) -> Case:
    """The case of these files; of those on the disk where there are none."""
    schemas = case_tables()
    problems, paths = _declared(folder / DESCRIPTOR, schemas, contents.get(DESCRIPTOR))
    schemas = case_tables(_written(paths.get("case"), schemas["case"], contents))
    frames, unread = {}, set(schemas) - set(paths)
    for name, path in paths.items():
        frames[name], found = read_table(path, schemas[name], contents.get(path.name))
        problems += found
        if found and frames[name].empty:
            unread.add(name)
    names = {name: shown(path) for name, path in paths.items()}
    refused = {(problem.file, problem.row) for problem in problems}
    for problem in broken_rules(frames, schemas, names, unread):
        if problem.code == "reference" or (problem.file, problem.row) not in refused:
            problems.append(problem)
    if problems:
        raise DataError(problems)
    whole = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    whole["demands"] = _by_level(whole["demands"], whole["levels"], whole["criteria"])
    if withheld(whole["sources"], whole["asked"], whole["answers"]):
        said = whole["statements"]
        whole["statements"] = said[said["source_id"] != PERSONS].reset_index(drop=True)
    return Case(name=folder.name, **whole)


def case_rows(case: str | Path) -> dict[str, list[dict[str, str]]]:
    """The tables of a case as the text that they hold, whether or not they are right.

    Parameters
    ----------
    case : str or Path
        Name of a folder under the data folder, or a path to a case's folder.

    Returns
    -------
    dict of str to list of dict
        Each table's rows: column to text.

    Raises
    ------
    DataError
        If a table is missing or is no table.
    """
    folder = case_folder(case)
    schemas = case_tables()
    problems, paths = _declared(folder / DESCRIPTOR, schemas)
    rows = {}
    for name, path in paths.items():
        rows[name], found = read_rows(path, schemas[name])
        problems += found
    if problems:
        raise DataError(problems)
    return rows


def older_rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of a case of an earlier version, or of this one, as rows of today's tables.

    Parameters
    ----------
    folder : Path
        Of the case.

    Returns
    -------
    dict of str to list of dict
        Each table's rows: column to text.

    Raises
    ------
    DataError
        If a table is missing or is not as the case's descriptor says.
    """
    descriptor = folder / DESCRIPTOR
    try:
        package = json.loads(descriptor.read_text("utf-8-sig"))
        declared = {one["name"]: (one["path"], one["schema"]) for one in package["resources"]}
        version = version_of(package)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        declared, version = {}, VERSION
    if version >= VERSION:
        return case_rows(folder)
    problems, rows = [], {}
    for name, (path, schema) in declared.items():
        rows[name], found = read_rows(folder / path, schema)
        problems += found
    if problems:
        raise DataError(problems)
    return migrated(rows, version)


def evaluated(case: Case, *networks: str) -> Case:
    """The case with the networks that there is evidence on, and what concerns them.

    A large case has evidence on those that the office has looked at closer; of the others nothing
    but "open" would come out. A network that a kept membership runs through is kept as well, since
    leaving it ends the other. A case without any evidence stays whole.

    Parameters
    ----------
    case : Case
    *networks : str
        Networks to keep whatever is known of them.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        If the case has no such network; those that it has are named.
    """
    for network in networks:
        one_network(case, network)
    kept, more = set[str](), {*case.statements["network"], *networks}
    while more:
        kept |= more
        own = case.memberships[case.memberships["network"].isin(more)]
        more = set(own["via"].dropna()) - kept
    if case.statements.empty or kept >= set(case.networks["network"]):
        return case
    rest = {
        name: frame[frame["network"].isna() | frame["network"].isin(kept)].reset_index(drop=True)
        for name, frame in vars(case).items()
        if name != "name" and "network" in frame
    }
    return replace(case, **rest)


def one_network(case: Case, network: str) -> Case:
    """The case with what concerns one network only.

    Networks, criteria, levels, demands, goals, departments and sources stay whole; events of a
    network that the membership hangs on stay too.

    Parameters
    ----------
    case : Case
    network : str
        Short name of the network.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        If the case has no such network; those that it has are named.
    """
    known = case.networks["network"]
    if network not in set(known):
        values = {"network": network, "known": ", ".join(known)}
        raise DataError([Problem("network_unknown", values=values)])
    kept = {
        name: frame[frame["network"] == network].reset_index(drop=True)
        for name, frame in vars(case).items()
        if name not in ("name", "networks") and "network" in frame
    }
    routes = case.memberships.loc[case.memberships["network"] == network, "via"].dropna()
    kept["events"] = case.events[case.events["network"].isin([network, *routes])]
    return replace(case, **kept)


def _written(case: Path | None, schema: dict[str, Any], contents: Mapping[str, bytes]) -> list[str]:
    """The languages that a case says it is written in; none where it does not say so rightly."""
    rows, _ = read_rows(case, schema, contents.get(case.name)) if case else ([], [])
    languages = rows[0]["languages"].split() if rows else []
    return languages if {*languages} <= {*LANGUAGES} else []


def _declared(
    descriptor: Path, schemas: dict[str, dict[str, Any]], content: bytes | None = None
) -> tuple[list[Problem], dict[str, Path]]:
    """Where the descriptor says that each table lies, and what is wrong with it."""
    file = shown(descriptor)
    try:
        text = (descriptor.read_bytes() if content is None else content).decode("utf-8-sig")
        package = json.loads(text)
        resources = {resource["name"]: resource for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        detail = str(error) if isinstance(error, ValueError) else "it lists no resources"
        return [Problem("descriptor", file, values={"detail": detail})], {}
    if version_of(package) != VERSION:
        code = "case_older" if version_of(package) < VERSION else "case_newer"
        return [Problem(code, file, values={"case": descriptor.parent.name})], {}
    known = ", ".join(schemas)
    named = [resource["name"] for resource in package["resources"]]
    problems = [
        Problem("table_twice", file, values={"table": name})
        for name in sorted({name for name in named if named.count(name) > 1})
    ]
    problems += [
        Problem("table_unknown", file, values={"table": name, "known": known})
        for name in resources
        if name not in schemas
    ]
    paths = {}
    for name, schema in schemas.items():
        if name not in resources:
            problems.append(Problem("table_missing", file, values={"table": name}))
            continue
        path = str(resources[name].get("path", ""))
        if not path or Path(path).name != path:
            values = {"table": name, "path": path}
            problems.append(Problem("table_path", file, values=values))
            continue
        columns = [field["name"] for field in schema["fields"]]
        try:
            declared = [field["name"] for field in resources[name]["schema"]["fields"]]
        except (KeyError, TypeError):
            declared = []
        if declared != columns:
            values = {"table": name, "known": ", ".join(columns)}
            problems.append(Problem("table_schema", file, values=values))
        paths[name] = descriptor.parent / path
    return problems, paths


def _by_level(demands: pd.DataFrame, levels: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Demands in rising order of levels and in the criteria's order."""
    rank = levels.set_index("level")["order"]
    place = {name: number for number, name in enumerate(criteria["criterion"])}
    order = pd.DataFrame(
        {"level": demands["level"].map(rank), "criterion": demands["criterion"].map(place)}
    )
    return demands.loc[order.sort_values(["level", "criterion"]).index].reset_index(drop=True)
