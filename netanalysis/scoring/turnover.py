"""Who left and who joined a network between two lists, and had they other ways to its members?

Two lists are compared by place: another spelling of one place is no change. Members without a
place are compared by their names. What is left over has left or joined *by the lists*: why, when,
and whether a list merely forgot it, no list tells.
"""

from collections import Counter

import numpy as np
import pandas as pd

from netanalysis.language.text import folded_name
from netanalysis.scoring.membership_matrix import NOWHERE, city_ids, incidence, named_cities, share
from netanalysis.scoring.validation import refuse

__all__ = ["STATES", "changes", "other_ways"]

STATES = ("stayed", "left", "joined")
NEEDED = ("network", "geoname_id", "city", "country_code", "standing", "member_as_written")


def changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The members of two lists of one network: who stayed, left and joined.

    Parameters
    ----------
    before, after : DataFrame
        The earlier and the later list, a row per member: network, geoname_id (missing where the
        member has no place), city, country_code, standing, member_as_written. A place that a
        list names twice counts once, by its first row.

    Returns
    -------
    DataFrame
        A row per member of either list, in the alphabetical order of the cities: geoname_id
        (Int64, missing without a place), city, country_code, standing (in the later list where
        that names it), written_before, written_after (missing where the list lacks it), state
        (one of `STATES`), matched ("place", "name"; missing but for those that stayed). Members
        are matched by name only where at least one of the two has no place, the words of one
        name are all in the other, whatever their case and accents, and no other member answers.

    Raises
    ------
    DataError
        For missing columns, an empty list, lists of several networks, or an id that is not a
        whole number.

    Examples
    --------
    >>> lists = pd.DataFrame({"geoname_id": [1, 2, pd.NA], "member_as_written": list("abc")})
    >>> lists = lists.assign(network="n", city=list("abc"), country_code="-", standing="member")
    >>> changes(lists, lists[1:])["state"].to_list()
    ['left', 'stayed', 'stayed']
    """
    old, new = _members(before, "before"), _members(after, "after")
    networks = sorted({*before["network"], *after["network"]}, key=str)
    if len(networks) > 1 or pd.isna(networks[0]):
        raise refuse("turnover_networks", names=", ".join(map(str, networks)))
    same = {key: key for key in old.index if key in new.index}
    by_name = _namesakes(old.drop(index=list(same)), new.drop(index=list(same)))
    rows = []
    for key, member in old.iterrows():
        matched = "place" if key in same else "name" if key in by_name else None
        at = same.get(key, by_name.get(key))
        rows.append(_row(member, None if at is None else new.loc[at], matched))
    arrived = new.drop(index=[*same, *by_name.values()])
    rows += [_row(None, member, None) for _, member in arrived.iterrows()]
    found = pd.DataFrame(rows).astype({"geoname_id": "Int64", "matched": "str"})
    return found.sort_values(["city", "geoname_id"], kind="stable").reset_index(drop=True)


def other_ways(memberships: pd.DataFrame, network: str) -> pd.DataFrame:
    """How many of a network's other members each member meets through its other networks too.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.
    network : str

    Returns
    -------
    DataFrame
        By geoname_id, a row per member with a place: city, country_code, networks (how many other
        networks with a complete list name it), met (members of the network, itself left out, that
        one of those lists names too), share (Float64 from 0 to 1, of the other members; missing
        where there are none), bound: "exact", or "at_least" where the list of another network is
        not complete and may hold both cities unseen.

    Raises
    ------
    DataError
        If the network has no list, and as `netanalysis.scoring.membership_matrix.incidence`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aaabbc"), "geoname_id": [1, 2, 3, 1, 2, 3]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> print(other_ways(lists, "a")[["networks", "met", "share"]].to_csv(), end="")
    geoname_id,networks,met,share
    1,1,1,0.5
    2,1,1,0.5
    3,1,0,0.0
    """
    lists = incidence(memberships)
    own = int(lists.rows([network])[0])
    columns = np.sort(lists.matrix[[own]].indices)
    others = np.arange(len(lists.networks)) != own
    through = lists.matrix[np.flatnonzero(others & lists.complete)][:, columns].toarray()
    together = through.T @ through > 0
    np.fill_diagonal(together, False)
    met = together.sum(axis=1)
    ids = lists.cities[columns]
    counts = pd.DataFrame(
        {
            "networks": through.sum(axis=0),
            "met": met,
            "share": share(met, np.full(len(ids), len(ids) - 1)),
            "bound": "exact" if lists.complete[others].all() else "at_least",
        },
        index=pd.Index(ids, name="geoname_id"),
    )
    return named_cities(memberships, ids).join(counts)


def _members(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """One row per place, by its id, and per member without one, by a key of its own."""
    missing = [name for name in NEEDED if name not in frame.columns]
    if missing:
        names, known = ", ".join(missing), ", ".join(NEEDED)
        raise refuse("overlap_columns", table=table, names=names, known=known)
    if frame.empty:
        raise refuse("overlap_nothing", table=table)
    keys = [
        f"{table} {row}" if place == NOWHERE else int(place)
        for row, place in enumerate(city_ids(frame))
    ]
    members = frame[list(NEEDED)].set_axis(pd.Index(keys, dtype=object))
    return members[~members.index.duplicated()]


def _namesakes(old: pd.DataFrame, new: pd.DataFrame) -> dict[object, object]:
    """Members of one list by those of the other that must be the same by their names."""
    written = pd.concat([old, new])["member_as_written"].fillna("").astype(str)
    words = {key: set(folded_name(name).split()) for key, name in written.items()}
    pairs = [
        (one, other)
        for one in old.index
        for other in new.index
        if (isinstance(one, str) or isinstance(other, str))
        and (words[one] and words[other])
        and (words[one] <= words[other] or words[other] <= words[one])
    ]
    times = Counter(key for pair in pairs for key in pair)
    return {one: other for one, other in pairs if times[one] == times[other] == 1}


def _row(old: pd.Series | None, new: pd.Series | None, matched: str | None) -> dict[str, object]:
    """What both lists say of one member."""
    latest = old if new is None else new
    placed = latest if old is None or pd.isna(old["geoname_id"]) else old
    assert latest is not None
    assert placed is not None
    return {
        "geoname_id": placed["geoname_id"],
        "city": placed["city"],
        "country_code": placed["country_code"],
        "standing": latest["standing"],
        "written_before": None if old is None else old["member_as_written"],
        "written_after": None if new is None else new["member_as_written"],
        "state": "left" if new is None else "joined" if old is None else "stayed",
        "matched": matched,
    }
