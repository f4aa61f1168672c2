"""Which city is in which network, as a matrix that is checked once and counted from?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from netanalysis.scoring.validation import refuse

__all__ = ["COVERAGES", "NOWHERE", "Incidence", "city_ids", "incidence", "named_cities", "share"]

COVERAGES = ("complete", "partial", "subselection")
NEEDED = ("network", "geoname_id", "city", "country_code", "snapshot", "coverage")
NOWHERE = np.iinfo(np.int64).min  # stands for a member without a place


@dataclass(frozen=True, eq=False)
class Incidence:
    """Which city is in which network.

    Attributes
    ----------
    networks : Index
        Sorted by name, those without a resolved member too.
    cities : array of int
        GeoNames id of each column.
    matrix : scipy.sparse.csr_array, networks x cities
        1 for a member, however often its list names it.
    complete : array of bool, networks
    """

    networks: pd.Index
    cities: NDArray[np.int64]
    matrix: Any
    complete: NDArray[np.bool_]

    def rows(self, names: Iterable[str], given: str = "networks") -> NDArray[np.intp]:
        """Rows of networks, in the order given; a name given twice counts once.

        Raises
        ------
        DataError
            For networks that have no list; those that have are named.
        """
        wanted = list(dict.fromkeys(names))
        rows = self.networks.get_indexer(pd.Index(wanted, dtype=object))
        unknown = [str(name) for name, row in zip(wanted, rows, strict=True) if row < 0]
        if unknown:
            known = ", ".join(map(str, self.networks))
            raise refuse("overlap_networks", given=given, names=", ".join(unknown), known=known)
        return np.asarray(rows)

    def portfolio(self, names: Iterable[str]) -> NDArray[np.intp]:
        """Rows of the networks of a city, of which there must be one at least.

        Raises
        ------
        DataError
            For none, and as `rows`.
        """
        rows = self.rows(names)
        if not len(rows):
            raise refuse("overlap_nothing", table="networks")
        return rows

    def parting(
        self, networks: Iterable[str], leaving: Iterable[str]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows of the networks that are left, and of those that remain.

        Raises
        ------
        DataError
            For networks to leave that the city is not in, and as `portfolio`.
        """
        rows, going = self.portfolio(networks), self.rows(leaving, "leaving")
        astray = self.networks[going[~np.isin(going, rows)]]
        if len(astray):
            known = ", ".join(map(str, self.networks[rows]))
            raise refuse("overlap_leaving", names=", ".join(map(str, astray)), known=known)
        return going, rows[~np.isin(rows, going)]

    def times_met(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Through how many of these networks each city is met."""
        return np.bincount(self.matrix[rows].indices, minlength=len(self.cities))


def incidence(memberships: pd.DataFrame, home: int | None = None) -> Incidence:
    """Member lists as a matrix, checked.

    Parameters
    ----------
    memberships : DataFrame
        A row per member and network: network, geoname_id, city, country_code, snapshot, coverage.
        A list is complete where all its rows say so.
    home : int, optional
        GeoNames id of the city that asks: it is not its own contact, and is left out.

    Returns
    -------
    Incidence

    Raises
    ------
    DataError
        For missing columns, no rows, a row without network, an id that is not a whole number, a
        coverage that is not one of `COVERAGES`, or two snapshots of one network.
    """
    missing = [name for name in NEEDED if name not in memberships.columns]
    if missing:
        names, known = ", ".join(missing), ", ".join(NEEDED)
        raise refuse("overlap_columns", table="memberships", names=names, known=known)
    if memberships.empty:
        raise refuse("overlap_nothing", table="memberships")
    (told, snapshots, coverage), lengths = _runs(memberships, ["network", "snapshot", "coverage"])
    codes, networks = pd.factorize(told, sort=True)
    if codes.min() < 0:
        raise refuse("overlap_no_network", rows=int(lengths[codes < 0].sum()))
    complete = _completeness(coverage, codes, networks)
    _one_snapshot_each(snapshots, codes, networks)
    codes, ids = np.repeat(codes, lengths), city_ids(memberships)
    met = ids != NOWHERE if pd.isna(home) else (ids != NOWHERE) & (ids != home)
    columns, cities = pd.factorize(ids[met])
    shape = len(networks), len(cities)
    ones = np.ones(len(columns), dtype=np.int64)
    # by city first: the few networks of a city are sorted faster than the cities of a network
    matrix = sparse.csc_array((ones, (codes[met], columns)), shape=shape).tocsr()
    matrix.data[:] = 1  # a city that one list names twice is one member
    return Incidence(pd.Index(networks, name="network"), cities, matrix, complete)


def named_cities(memberships: pd.DataFrame, cities: NDArray[np.int64]) -> pd.DataFrame:
    """Cities with their names, by geoname_id: city, country_code.

    Where lists name one place differently, the first name in alphabetical order is taken, so that
    the order of the rows does not matter.
    """
    ids = city_ids(memberships)
    rows = np.flatnonzero(np.isin(ids, cities))
    codes, found = pd.factorize(ids[rows], sort=True)
    named = {}
    for column in ("city", "country_code"):
        cells = _plain(memberships[column].to_numpy(dtype=object)[rows])
        told, astray = _told(cells, codes, len(found))
        for code in np.unique(codes[astray]):
            told[code] = min(filter(None, cells[codes == code]), default=None)
        named[column] = pd.Series(told, dtype="str")
    return pd.DataFrame(named).set_axis(pd.Index(found, name="geoname_id"))


def share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> pd.api.extensions.ExtensionArray:
    """Shares as Float64, missing where there is nothing to share."""
    shares = pd.array(part / np.maximum(whole, 1), dtype="Float64")
    shares[np.asarray(whole) == 0] = pd.NA
    return shares


def city_ids(memberships: pd.DataFrame) -> NDArray[np.int64]:
    """GeoNames ids by row, `NOWHERE` where there is none."""
    column = memberships["geoname_id"]
    try:
        return np.asarray(column.astype("Int64").to_numpy(dtype=np.int64, na_value=NOWHERE))
    except (OverflowError, TypeError, ValueError):
        numbers = pd.to_numeric(column, errors="coerce")
        wrong = column[column.notna() & (numbers.isna() | (numbers % 1 != 0))]
        names = ", ".join(map(str, wrong.unique()[:5]))
        raise refuse("overlap_geoname_id", names=names) from None


def _plain(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """The cells with None where they are missing, which equals itself."""
    plain = cells.copy()
    plain[pd.isna(cells)] = None
    return plain


def _runs(
    frame: pd.DataFrame, columns: list[str]
) -> tuple[list[NDArray[np.object_]], NDArray[np.intp]]:
    """What runs of rows say that all say the same in these columns, and how long they are.

    Lists mostly stand one after the other, so that this leaves little to compare.
    """
    cells = [_objects(frame[column]) for column in columns]
    turns = np.ones(len(frame), dtype=bool)
    turns[1:] = np.logical_or.reduce([one[1:] != one[:-1] for one in cells])
    heads = np.flatnonzero(turns)
    return [one[heads] for one in cells], np.diff(heads, append=len(frame))


def _objects(column: pd.Series) -> NDArray[np.object_]:
    """The cells as objects that can be compared, which `pandas.NA` can not."""
    cells = np.asarray(column.to_numpy(dtype=object))
    return cells if column.dtype == "str" else _plain(cells)


def _told(
    cells: NDArray[np.object_], codes: NDArray[np.intp], count: int
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """What one row of each code says, and the rows that say something else."""
    told = np.empty(count, dtype=object)
    told[codes] = cells
    return told, np.asarray(cells != told[codes], dtype=bool)


def _completeness(
    cells: NDArray[np.object_], codes: NDArray[np.intp], networks: Sequence[str]
) -> NDArray[np.bool_]:
    """By network, whether every row says that its list is complete."""
    cells = _plain(cells)
    told, astray = _told(cells, codes, len(networks))
    if not {*told, *cells[astray]} <= set(COVERAGES):
        wrong = [row for row, cell in enumerate(cells) if cell not in COVERAGES]
        pairs = dict.fromkeys(f"{networks[codes[row]]}: {cells[row] or '–'}" for row in wrong)
        raise refuse("overlap_coverage", names="; ".join(pairs), known=", ".join(COVERAGES))
    complete = np.asarray(told == "complete", dtype=bool)
    complete[codes[astray]] = False  # where rows differ, one of them is not complete
    return complete


def _one_snapshot_each(
    cells: NDArray[np.object_], codes: NDArray[np.intp], networks: Sequence[str]
) -> None:
    """Refuse a network with two snapshots; they are named."""
    cells = _plain(cells)
    _, astray = _told(cells, codes, len(networks))
    found = []
    for code in np.unique(codes[astray]):
        dates = sorted({str(cell or "–") for cell in cells[codes == code]})
        found.append(f"{networks[code]}: {', '.join(dates)}")
    if found:
        raise refuse("overlap_snapshots", names="; ".join(found))
