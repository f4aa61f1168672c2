"""One city's evaluation: which tables does it have, and do they hold together?"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, make_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from netanalysis.errors import DataError, Problem
from netanalysis.file_content import is_link
from netanalysis.folders import shown
from netanalysis.language.languages import LANGUAGES
from netanalysis.language.text import nearest_first
from netanalysis.loaders.case.brand import Brand, load_brand
from netanalysis.loaders.case.closing import PERSONS, withheld
from netanalysis.loaders.case.columns import case_tables, tables
from netanalysis.loaders.case.folders import DESCRIPTOR, case_folder, read_descriptor
from netanalysis.loaders.case.migrations import VERSION, migrated, version_of
from netanalysis.loaders.case.rules import broken_rules
from netanalysis.loaders.tables import OF_CELLS, Rows, numbered_rows, read_rows, typed_rows

__all__ = [
    "Case",
    "Cell",
    "case_from",
    "case_rows",
    "evaluated",
    "load_case",
    "load_files",
    "older_rows",
    "one_network",
    "one_request",
]

Cell = tuple[str, int, str]  # table, row as its file counts it, column

_Tables = make_dataclass(
    "_Tables",
    [
        ("name", str),
        *((table, pd.DataFrame) for table in tables()),
        ("brand", "Brand | None", field(default=None)),
    ],
    frozen=True,
    eq=False,
)


class Case(_Tables):  # type: ignore[misc, valid-type]
    """An evaluation as it was loaded and checked.

    Each attribute but the first and the last is a table, described column by column in
    ``docs/tables.md`` and in the case's ``datapackage.json``. Text is ``str`` with NaN where
    nothing is known, numbers are float64, whole numbers Int64; dates are text of the form YYYY,
    YYYY-MM or YYYY-MM-DD.

    Attributes
    ----------
    name : str
        Name of the case's folder.
    brand : Brand or None
        How the office's pages look, where its folder has a `netanalysis.loaders.case.brand.BRAND`.
    """

    name: str
    brand: Brand | None

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
        shown: see `netanalysis.loaders.case.closing`.

    Raises
    ------
    DataError
        With every problem found: files, columns, cells, and rows that do not fit together.
    """
    return load_files(case_folder(case), {})


def load_files(folder: Path, contents: Mapping[str, bytes]) -> Case:
    """Load a case as it would be with other files, and check all of it.

    Parameters
    ----------
    folder : Path
        Where it lies, or would lie.
    contents : mapping of str to bytes
        Name of each file that is replaced or added, to what it would hold.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        As `load_case`.
    """
    schemas = case_tables()
    problems, paths = _declared(folder / DESCRIPTOR, schemas, contents.get(DESCRIPTOR))
    rows, unread = {}, set(schemas) - set(paths)
    for name, path in paths.items():
        rows[name], found = read_rows(path, schemas[name], contents.get(path.name))
        problems += found
        if found and not rows[name]:
            unread.add(name)
    brand, found = load_brand(folder, _languages(rows.get("case", {})))
    case = _checked(folder, rows, {name: shown(path) for name, path in paths.items()},
                    [*problems, *found], unread)  # fmt: skip
    return replace(case, brand=brand)


def case_from(
    tables: Mapping[str, Iterable[Mapping[str, str]]],
    folder: Path = Path("case"),
    faulty: Collection[Cell] = frozenset(),
) -> Case:
    """A case made of rows in memory, checked as one that is loaded.

    Parameters
    ----------
    tables : mapping of table to rows
        Column to text; a table or a column that is not there is empty.
    folder : Path, optional
        Where the case would lie: it has its name, and problems name files in it, whose rows
        begin with the second.
    faulty : collection of (str, int, str), optional
        Table, row and column of cells of which a fault is known, row 0 for a column that is not
        there, and with "" for the column for a table that is not: what only follows from that is
        not told. Where there are any, it is for the caller to tell them.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        With every problem found.

    Examples
    --------
    >>> case_from(case_rows("stockholm-2011")).networks["name"].to_list()
    ['EUROCITIES', 'Metropolis', 'UCLG', 'C40']
    """
    schemas = case_tables()
    rows = {name: numbered_rows(tables.get(name, ()), schemas[name]) for name in schemas}
    files = {name: shown(folder / f"{name}.csv") for name in schemas}
    return _checked(folder, rows, files, [], set(), faulty)


def _checked(
    folder: Path,
    rows: Mapping[str, Rows],
    files: Mapping[str, str],
    problems: list[Problem],
    unread: set[str],
    faulty: Collection[Cell] = frozenset(),
) -> Case:
    """The case that rows make, if nothing is wrong with it."""
    schemas = case_tables(_languages(rows.get("case", {})))
    frames = {}
    for name, found in rows.items():
        frames[name], wrong = typed_rows(found, schemas[name], files[name])
        problems += wrong
    refused = {(problem.file, problem.row) for problem in problems}
    for problem in broken_rules(frames, schemas, files, unread):
        if problem.code == "reference" or (problem.file, problem.row) not in refused:
            problems.append(problem)
    if faulty:
        tables = {file: name for name, file in files.items()}
        problems = [one for one in problems if not _follows(one, tables[one.file], faulty)]
    if problems:
        raise DataError(problems)
    whole = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    whole["demands"] = _by_level(whole["demands"], whole["levels"], whole["criteria"])
    if withheld(whole["sources"], whole["asked"], whole["answers"]):
        said = whole["statements"]
        whole["statements"] = said[said["source_id"] != PERSONS].reset_index(drop=True)
    return Case(name=folder.name, **whole)


def _follows(problem: Problem, table: str, faulty: Collection[Cell]) -> bool:
    """Whether a problem has its cause in a cell, column or table of which a fault is known."""
    row, column = problem.row or 0, problem.column or ""
    absent = {(table, 0, ""), (str(problem.values.get("table", table)), 0, "")}
    if column:
        absent |= {(table, 0, column), (table, row, column)}
    if not absent.isdisjoint(faulty):
        return True
    return problem.code not in OF_CELLS and any(
        one == table and (at == row or not row) for one, at, _ in faulty
    )


def case_rows(
    case: str | Path, only: Collection[str] | None = None
) -> dict[str, list[dict[str, str]]]:
    """The tables of a case as the text that they hold, whether or not they are right.

    Parameters
    ----------
    case : str or Path
        Name of a folder under the data folder, or a path to a case's folder.
    only : collection of str, optional
        The tables wanted, whatever is wrong with the others; all where not given.

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
    wanted = schemas if only is None else only
    problems, paths = _declared(folder / DESCRIPTOR, schemas)
    return _texts(
        {name: (path, schemas[name]) for name, path in paths.items() if name in wanted},
        [one for one in problems if "table" not in one.values or one.values["table"] in wanted],
    )


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
    file = folder / DESCRIPTOR
    try:
        package, resources = read_descriptor(file)
        declared = {name: (str(one["path"]), one["schema"]) for name, one in resources.items()}
        version = version_of(package)
    except (DataError, KeyError, TypeError):
        return case_rows(folder)
    if version >= VERSION:
        return case_rows(folder)
    problems = [
        Problem("table_path", shown(file), values={"table": name, "path": path})
        for name, (path, _) in declared.items()
        if Path(path).name != path
    ]
    if problems:
        raise DataError(problems)
    return migrated(
        _texts({name: (folder / path, schema) for name, (path, schema) in declared.items()}, []),
        version,
    )


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
        if name not in ("name", "brand") and "network" in frame
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
        values = {"network": network, "known": nearest_first(network, known)}
        raise DataError([Problem("network_unknown", values=values)])
    kept = {
        name: frame[frame["network"] == network].reset_index(drop=True)
        for name, frame in vars(case).items()
        if name not in ("name", "brand", "networks") and "network" in frame
    }
    routes = case.memberships.loc[case.memberships["network"] == network, "via"].dropna()
    kept["events"] = case.events[case.events["network"].isin([network, *routes])]
    return replace(case, **kept)


def one_request(case: Case, request: str) -> Any:
    """A request of a case, as a named tuple.

    Parameters
    ----------
    case : Case
    request : str
        Its short name.

    Raises
    ------
    DataError
        If the case has no such request; those that it has are named.
    """
    for row in case.requests.itertuples():
        if row.request == request:
            return row
    known = nearest_first(request, case.requests["request"]) or ["–"]
    values = {"request": request, "case": case.name, "known": known}
    raise DataError([Problem("request_unknown", values=values)])


def _texts(
    files: Mapping[str, tuple[Path, dict[str, Any]]], problems: list[Problem]
) -> dict[str, list[dict[str, str]]]:
    """The rows of files that hold tables of these schemas, if nothing is wrong with any."""
    rows = {}
    for name, (path, schema) in files.items():
        found, wrong = read_rows(path, schema)
        rows[name] = [*found.values()]
        problems = [*problems, *wrong]
    if problems:
        raise DataError(problems)
    return rows


def _languages(rows: Rows) -> list[str]:
    """The languages that a case says it is written in; none where it does not say so rightly."""
    said = next(iter(rows.values()), {}).get("languages", "").split()
    return said if {*said} <= {*LANGUAGES} else []


def _declared(
    descriptor: Path, schemas: dict[str, dict[str, Any]], content: bytes | None = None
) -> tuple[list[Problem], dict[str, Path]]:
    """Where the descriptor says that each table lies, and what is wrong with it."""
    file = shown(descriptor)
    try:
        package, resources = read_descriptor(descriptor, content)
    except DataError as error:
        return [*error.problems], {}
    if version_of(package) != VERSION:
        code = "case_older" if version_of(package) < VERSION else "case_newer"
        return [Problem(code, file, values={"case": descriptor.parent.name})], {}
    known = ", ".join(schemas)
    declared = Counter(resource["name"] for resource in package["resources"])
    problems = [
        Problem("table_twice", file, values={"table": name})
        for name, count in declared.items()
        if count > 1
    ]
    problems += [
        Problem("table_unknown", file, values={"table": name, "known": known})
        for name in resources
        if name not in schemas
    ]
    paths: dict[str, Path] = {}
    taken = set[str]()
    for name, schema in schemas.items():
        if name not in resources:
            problems.append(Problem("table_missing", file, values={"table": name}))
            continue
        path = resources[name].get("path")
        own = isinstance(path, str) and bool(path) and Path(path).name == path
        if not isinstance(path, str) or not own or path in (DESCRIPTOR, *taken):
            values = {"table": name, "path": path}
            problems.append(Problem("table_path", file, values=values))
            continue
        taken.add(path)
        table = descriptor.parent / path
        if is_link(table) and not _within(table, descriptor.parent):
            values = {"table": name, "target": str(table.readlink())}
            problems.append(Problem("table_link", shown(table), values=values))
            continue
        columns = [field["name"] for field in schema["fields"]]
        try:
            said = [field["name"] for field in resources[name]["schema"]["fields"]]
        except (KeyError, TypeError):
            said = []
        if said != columns:
            values = {"table": name, "known": ", ".join(columns)}
            problems.append(Problem("table_schema", file, values=values))
        paths[name] = table
    return problems, paths


def _within(link: Path, folder: Path) -> bool:
    """Whether a link leads to something in the folder."""
    try:
        return link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # it leads nowhere, or to itself, which reading tells
        return True


def _by_level(demands: pd.DataFrame, levels: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Demands in rising order of levels and in the criteria's order."""
    rank = levels.set_index("level")["order"]
    place = {name: number for number, name in enumerate(criteria["criterion"])}
    order = pd.DataFrame(
        {"level": demands["level"].map(rank), "criterion": demands["criterion"].map(place)}
    )
    return demands.loc[order.sort_values(["level", "criterion"]).index].reset_index(drop=True)
