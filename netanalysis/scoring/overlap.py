"""Which cities does one meet through which networks, and which through one alone?

Member lists are a bipartite graph of networks and cities, kept as a sparse matrix. A city is a
contact where a list names it; a member that could not be resolved to a place is none, and is
counted by `unresolved` alone. A list that is not complete makes bounds of what is counted from
it: each measure says in which direction. Representation through other members, such as a national
association, is not counted here: it hangs on the route of a membership, not on member lists.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from netanalysis.scoring.membership_matrix import NOWHERE, city_ids, incidence, named_cities, share

__all__ = [
    "loss_bound",
    "overlap_shares",
    "reach_lost",
    "shared_members",
    "sole_reach",
    "unresolved",
]


def shared_members(memberships: pd.DataFrame) -> pd.DataFrame:
    """How many cities each two networks have in common.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.

    Returns
    -------
    DataFrame, networks x networks
        Sizes on the diagonal; every member counts, the city that asks too. Where either list is
        not complete, the count is the least that it can be.

    Raises
    ------
    DataError
        As `netanalysis.scoring.membership_matrix.incidence`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabbb"), "geoname_id": [1, 2, 2, 3, 4]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> shared_members(lists).to_numpy().tolist()
    [[2, 1], [1, 3]]
    """
    lists = incidence(memberships)
    counts = (lists.matrix @ lists.matrix.T).toarray()
    return pd.DataFrame(counts, lists.networks, lists.networks.rename("other"))


def overlap_shares(memberships: pd.DataFrame) -> pd.DataFrame:
    """How much each two networks overlap, measured against their sizes.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.

    Returns
    -------
    DataFrame
        A row per pair: network, other, shared (cities), share_of_smaller (of the shorter list:
        1 where the other holds all of it), jaccard (shared by the cities in either), bound of
        shared: "exact", or "at_least" where either list is not complete; the shares may then err
        in both directions. A share of nothing is missing.

    Raises
    ------
    DataError
        As `netanalysis.scoring.membership_matrix.incidence`.

    References
    ----------
    Jaccard, P. (1901). Étude comparative de la distribution florale dans une portion des Alpes et
    du Jura. *Bulletin de la Société vaudoise des sciences naturelles* 37, 547-579.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabbb"), "geoname_id": [1, 2, 2, 3, 4]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> overlap_shares(lists)[["shared", "share_of_smaller", "jaccard"]].to_numpy().tolist()
    [[1, 0.5, 0.25]]
    """
    lists = incidence(memberships)
    counts = (lists.matrix @ lists.matrix.T).toarray()
    one, other = np.triu_indices(len(lists.networks), k=1)
    size, shared = np.diag(counts), counts[one, other]
    either = size[one] + size[other] - shared
    exact = lists.complete[one] & lists.complete[other]
    return pd.DataFrame(
        {
            "network": lists.networks[one],
            "other": lists.networks[other],
            "shared": shared,
            "share_of_smaller": share(shared, np.minimum(size[one], size[other])),
            "jaccard": share(shared, either),
            "bound": np.where(exact, "exact", "at_least"),
        }
    )


def sole_reach(
    memberships: pd.DataFrame, networks: Iterable[str], home: int | None = None
) -> pd.DataFrame:
    """How many cities one meets through each network alone, among those one is in.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.
    networks : iterable of str
        The city's own.
    home : int, optional
        GeoNames id of the city itself.

    Returns
    -------
    DataFrame
        By network, in the order given: cities (Int64, missing where unknown) and bound: "exact";
        "at_most" where another's list is not complete and may hold some of these cities;
        "unknown" where its own is not.

    Raises
    ------
    DataError
        For no or unknown networks, and as `netanalysis.scoring.membership_matrix.incidence`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabbb"), "geoname_id": [1, 2, 2, 3, 4]})
    >>> lists[["city", "country_code", "snapshot"]] = "-", "-", "2024"
    >>> lists["coverage"] = ["complete"] * 2 + ["partial"] * 3
    >>> print(sole_reach(lists, ["a", "b"]).to_csv(), end="")
    network,cities,bound
    a,1,at_most
    b,,unknown
    """
    lists = incidence(memberships, home)
    rows = lists.portfolio(networks)
    alone = lists.times_met(rows) == 1
    cities = pd.array(lists.matrix[rows] @ alone.astype(np.int64), dtype="Int64")
    known = lists.complete[rows]
    cities[~known] = pd.NA
    bound = np.where(known, "exact" if known.all() else "at_most", "unknown")
    return pd.DataFrame({"cities": cities, "bound": bound}, index=lists.networks[rows])


def reach_lost(
    memberships: pd.DataFrame,
    networks: Iterable[str],
    leaving: Iterable[str],
    home: int | None = None,
) -> pd.DataFrame:
    """The cities that one meets no longer when several networks are left at once.

    Two networks left together can lose more than the sum of each left alone: a city that is in
    both, and in no other, is lost by neither alone.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.
    networks : iterable of str
        The city's own.
    leaving : iterable of str
        Those of them that are left; none loses nothing.
    home : int, optional
        GeoNames id of the city itself.

    Returns
    -------
    DataFrame
        By geoname_id: city, country_code. `loss_bound` tells whether there may be fewer or more.

    Raises
    ------
    DataError
        For no or unknown networks, for networks to leave that are not among the city's own, and
        as `incidence`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabbb"), "geoname_id": [1, 2, 2, 3, 4]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> for leaving in (["a"], ["b"], ["a", "b"]):
    ...     print(reach_lost(lists, ["a", "b"], leaving).index.to_list())
    [1]
    [3, 4]
    [1, 2, 3, 4]
    """
    lists = incidence(memberships, home)
    going, staying = lists.parting(networks, leaving)
    lost = (lists.times_met(going) > 0) & (lists.times_met(staying) == 0)
    return named_cities(memberships, lists.cities[lost])


def loss_bound(memberships: pd.DataFrame, networks: Iterable[str], leaving: Iterable[str]) -> str:
    """Whether more or fewer cities than `reach_lost` tells may be lost.

    Parameters
    ----------
    memberships, networks, leaving
        As for `reach_lost`.

    Returns
    -------
    str
        "exact"; "at_most" where a list that remains is not complete, and may hold some of the
        cities; "at_least" where one that is left is not, and may hold more; "unknown" where both
        are so.

    Raises
    ------
    DataError
        As `reach_lost`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("ab"), "geoname_id": [1, 2], "city": "-"})
    >>> lists = lists.assign(country_code="-", snapshot="2024", coverage=["complete", "partial"])
    >>> loss_bound(lists, ["a", "b"], ["a"]), loss_bound(lists, ["a", "b"], ["b"])
    ('at_most', 'at_least')
    """
    lists = incidence(memberships)
    going, staying = lists.parting(networks, leaving)
    if lists.complete[going].all():
        return "exact" if not len(going) or lists.complete[staying].all() else "at_most"
    return "at_least" if lists.complete[staying].all() else "unknown"


def unresolved(memberships: pd.DataFrame) -> pd.Series:
    """How many members of each network could not be resolved to a place.

    They count in no other measure, so that what a complete list gives is exact of the members
    that have a place.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.

    Returns
    -------
    Series
        By network, 0 where all have a place.

    Raises
    ------
    DataError
        As `netanalysis.scoring.membership_matrix.incidence`.
    """
    networks = incidence(memberships).networks
    nowhere = memberships.loc[city_ids(memberships) == NOWHERE, "network"]
    counts = nowhere.value_counts().reindex(networks, fill_value=0)
    return pd.Series(counts.to_numpy(dtype=np.int64), networks, name="unresolved")
