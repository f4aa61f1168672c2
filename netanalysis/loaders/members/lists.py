"""Which city is in which network, by public member lists?"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from netanalysis.dates import last_day
from netanalysis.errors import DataError, Phrase, Problem
from netanalysis.file_content import files_in
from netanalysis.folders import data_folder, shown
from netanalysis.language.languages import in_languages
from netanalysis.language.messages import _
from netanalysis.loaders.case.folders import DESCRIPTOR, read_descriptor
from netanalysis.loaders.file_stamps import Stamp, stamped
from netanalysis.loaders.members.gazetteer import Gazetteer, load_places
from netanalysis.loaders.tables import read_table

__all__ = ["FOLDER", "lists_at_hand", "load_memberships", "read_package", "two_snapshots"]

FOLDER = "memberships"
TABLES = ("networks", "memberships", "sources", "aliases")
ABOUT_NETWORK = ["name", "claimed_size", *in_languages("scope")]
COLUMNS = [
    "network",
    "geoname_id",
    "city",
    "country_code",
    "standing",
    "joined_year",
    "snapshot",
    "coverage",
    "source_id",
    "member_as_written",
    "entity_kind",
    "reason",
    *ABOUT_NETWORK,
    "source_title",
    "source_url",
    "source_licence",
]


def load_memberships(
    folder: str | Path | None = None,
    snapshots: Mapping[str, str] | None = None,
    places: Gazetteer | None = None,
) -> pd.DataFrame:
    """Member lists as one table, one snapshot of each network.

    Parameters
    ----------
    folder : str or Path, optional
        A package of member lists; ``memberships`` in the data folder where not given.
    snapshots : mapping of network to date, optional
        Which snapshot of a network to take; the latest where not given.
    places : Gazetteer, optional
        From `netanalysis.loaders.members.gazetteer.load_places`, where it is at hand.

    Returns
    -------
    DataFrame
        A row per member and network: network, geoname_id (Int64, missing where the member has no
        place), city (its name in GeoNames, else as written), country_code, standing,
        joined_year, snapshot, coverage ("complete", "partial" or "subselection"), source_id,
        member_as_written, entity_kind, reason; of the network name, claimed_size and, in each
        language (scope_en), what its list holds; of the source source_title, source_url and
        source_licence.

    Raises
    ------
    DataError
        With every problem of the package; for a network or a snapshot that is not there, naming
        those that are.
    """
    tables = read_package(Path(folder) if folder else data_folder() / FOLDER)
    lists = tables["networks"]
    lists = lists.reindex(columns=lists.columns.union(in_languages("scope"), sort=False))
    problems = []
    chosen = {}
    for network, rows in lists.groupby("network", sort=False):
        chosen[network] = max(rows["snapshot"], key=last_day)
    for network, date in dict(snapshots or {}).items():
        known = lists.loc[lists["network"] == network, "snapshot"]
        values = {"network": network, "snapshot": date, "known": ", ".join(known)}
        if network not in chosen:
            values["known"] = ", ".join(chosen)
            problems.append(Problem("list_network", values=values))
        elif date not in set(known):
            problems.append(Problem("snapshot_unknown", values=values))
        chosen[network] = date
    if problems:
        raise DataError(problems)
    members = tables["memberships"].merge(
        lists[["network", "snapshot", "coverage", *ABOUT_NETWORK]], on=["network", "snapshot"]
    )
    sources = tables["sources"].set_index("source_id")[["title", "url", "licence"]]
    members = members.join(sources.add_prefix("source_"), on="source_id")
    members = members[members["snapshot"] == members["network"].map(chosen)]
    known_places = (places or load_places()).places
    at = members["geoname_id"].map(known_places["name"])
    members = members.assign(
        city=at.fillna(members["member_as_written"]),
        country_code=members["geoname_id"].map(known_places["country_code"]),
    )
    return members[COLUMNS].reset_index(drop=True)


def lists_at_hand() -> tuple[pd.DataFrame, Gazetteer] | None:
    """The member lists and places of the data folder; None where it has none.

    Returns
    -------
    (DataFrame, Gazetteer) or None
        From `load_memberships` and `netanalysis.loaders.members.gazetteer.load_places`.

    Raises
    ------
    DataError
        As both.
    """
    if not (data_folder() / FOLDER).is_dir():
        return None
    places = load_places()
    return load_memberships(places=places), places


def two_snapshots(
    network: str, before: str = "", after: str = "", folder: str | Path | None = None
) -> tuple[str, str]:
    """The dates of an earlier and a later list of one network.

    Parameters
    ----------
    network : str
    before, after : str
        Dates of lists; the latest, and the one before the later list, where not given.
    folder : str or Path, optional
        As for `load_memberships`.

    Returns
    -------
    (str, str)

    Raises
    ------
    DataError
        With every problem of the package; for a network or a date without a list, naming those
        that are there; for a network with one list; for dates in the wrong order.
    """
    lists = read_package(Path(folder) if folder else data_folder() / FOLDER)["networks"]
    dates = {
        str(name): sorted(rows["snapshot"], key=last_day)
        for name, rows in lists.groupby("network", sort=False)
    }
    if network not in dates:
        values = {"network": network, "known": ", ".join(dates)}
        raise DataError([Problem("list_network", values=values)])
    own = dates[network]
    known = {"network": network, "known": ", ".join(own)}
    if len(own) == 1:
        several = [name for name, found in dates.items() if len(found) > 1]
        values = {**known, "networks": ", ".join(several) or "–"}
        raise DataError([Problem("snapshot_single", values=values)])
    astray = [date for date in (before, after) if date and date not in own]
    if astray:
        problems = [Problem("snapshot_unknown", values={**known, "snapshot": d}) for d in astray]
        raise DataError(problems)
    later = after or own[-1]
    earlier = before or own[max(own.index(later) - 1, 0)]
    if own.index(earlier) >= own.index(later):
        values = {**known, "before": earlier, "after": later}
        raise DataError([Problem("snapshot_order", values=values)])
    return earlier, later


def read_package(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a package of member lists, checked each and against each other.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of name to DataFrame

    Raises
    ------
    DataError
        With every problem found.
    """
    # shallow copies: pandas copies a column as soon as one of them is written to
    kept = _read(folder, stamped(files_in(folder, "*")))
    return {name: table.copy(deep=False) for name, table in kept.items()}


@lru_cache(maxsize=4)
def _read(folder: Path, stamp: Stamp) -> dict[str, pd.DataFrame]:
    descriptor = folder / DESCRIPTOR
    resources = read_descriptor(descriptor)[1]
    try:
        schemas = {name: resources[name]["schema"] for name in TABLES}
        paths = {name: folder / Path(resources[name]["path"]).name for name in TABLES}
    except (KeyError, TypeError):
        values = {"detail": Phrase(_("it lists no tables"))}
        raise DataError([Problem("descriptor", shown(descriptor), values=values)]) from None
    tables, problems = {}, []
    for name in TABLES:
        tables[name], found = read_table(paths[name], schemas[name])
        problems += found
    if not problems:
        problems += _astray(tables, {name: shown(path) for name, path in paths.items()})
    if problems:
        raise DataError(problems)
    return tables


def _astray(tables: dict[str, pd.DataFrame], files: dict[str, str]) -> list[Problem]:
    """Members of a list or source that nothing describes, and those that say too little."""
    members, lists = tables["memberships"], tables["networks"]
    known = set(zip(lists["network"], lists["snapshot"], strict=True))
    sources = list(tables["sources"]["source_id"])
    problems = []
    for row in members.itertuples():
        if (row.network, row.snapshot) not in known:
            values = {"network": row.network, "snapshot": row.snapshot}
            problems.append(Problem("list_unknown", files["memberships"], row.Index, None, values))
        if row.source_id not in sources:
            values = {"value": row.source_id, "table": "sources", "known": sources}
            code = "reference"
            problems.append(Problem(code, files["memberships"], row.Index, "source_id", values))
        if pd.isna(row.geoname_id) and pd.isna(row.reason):
            code = "member_reason"
            problems.append(Problem(code, files["memberships"], row.Index, "reason"))
    empty = set(known) - set(zip(members["network"], members["snapshot"], strict=True))
    for row in lists.itertuples():
        if (row.network, row.snapshot) in empty:
            values = {"network": row.network}
            problems.append(Problem("list_empty", files["networks"], row.Index, None, values))
    return problems
