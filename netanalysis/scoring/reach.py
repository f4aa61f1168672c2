"""How is a city's reach spread over the world, what would make up for a loss, and who is like it?

Counts are of the cities that member lists name, so they are the least that they can be where a
list is not complete; what is lost or won back is bounded as each measure says.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.membership_matrix import incidence, named_cities, share
from netanalysis.scoring.validation import refuse

__all__ = [
    "DISTANCES_KM",
    "EARTH_RADIUS_KM",
    "POPULATIONS",
    "UNKNOWN",
    "balance_shift",
    "great_circle_km",
    "peers",
    "reach",
    "reach_by",
    "substitutes",
]

UNKNOWN = "unknown"
EARTH_RADIUS_KM = 6371.0088  # mean radius of the GRS 80 ellipsoid
POPULATIONS = (50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000)  # where a class begins
DISTANCES_KM = (500, 1_500, 5_000, 10_000)


def reach(
    memberships: pd.DataFrame, networks: Iterable[str], home: int | None = None
) -> pd.DataFrame:
    """The cities that one meets through a set of networks.

    Parameters
    ----------
    memberships : DataFrame
        As for `incidence`.
    networks : iterable of str
        The city's own.
    home : int, optional
        GeoNames id of the city itself.

    Returns
    -------
    DataFrame
        By geoname_id: city, country_code, networks (through how many of them it is met). The
        cities and the counts are the least that they can be where one of the lists is not
        complete.

    Raises
    ------
    DataError
        For no or unknown networks, and as `incidence`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabbb"), "geoname_id": [1, 2, 2, 3, 4]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> reach(lists, ["a", "b"], home=3)["networks"].to_dict()
    {1: 1, 2: 2, 4: 1}
    """
    lists = incidence(memberships, home)
    times = lists.times_met(lists.portfolio(networks))
    found = named_cities(memberships, lists.cities[times > 0])
    return found.assign(networks=pd.Series(times, lists.cities).reindex(found.index))


def reach_by(
    reached: pd.DataFrame, places: pd.DataFrame, by: str, home: int | None = None
) -> pd.DataFrame:
    """How many of the cities that one meets lie in each country, continent or class.

    Parameters
    ----------
    reached : DataFrame
        By geoname_id: country_code; from `reach` or `netanalysis.scoring.overlap.reach_lost`.
    places : DataFrame
        By geoname_id, as index or column: latitude, longitude (degrees), population,
        country_code, continent.
    by : str
        "country"; "continent"; "population": classes that begin at `POPULATIONS`, those of the
        OECD and the European Commission, here for the place itself and not for its urban centre;
        "distance": great-circle distance from home, in classes that begin at `DISTANCES_KM`.
    home : int, optional
        GeoNames id of the city that asks, for the distance.

    Returns
    -------
    DataFrame
        By country, continent or class (a ``pandas.Interval``, closed on the left): cities, share
        (of all cities reached; missing where there are none). Countries and continents by falling
        number; classes in their order, those without a city too; last "unknown", what ``places``
        does not tell. A population of 0 is
        unknown: GeoNames writes it where it has no figure.

    Raises
    ------
    DataError
        For an unknown ``by``, missing columns, a place that stands twice, coordinates or
        populations that are not numbers, coordinates outside the world, or a home without any.

    References
    ----------
    Dijkstra, L. & Poelman, H. (2012). Cities in Europe: the new OECD-EC definition. *Regional
    Focus* 01/2012, European Commission.

    Examples
    --------
    >>> reached = pd.DataFrame({"country_code": ["SE", "SE", "EE"]}, index=[1, 2, 3])
    >>> places = reached.assign(latitude=0, longitude=[1, 9, 180], population=[0, 8e4, 9e4])
    >>> reach_by(reached, places, "country")["cities"].to_dict()
    {'SE': 2, 'EE': 1, 'unknown': 0}
    >>> reach_by(reached, places, "population")["cities"].iloc[[0, 1, -1]]
    population
    [0.0, 50000.0)         0
    [50000.0, 100000.0)    2
    unknown                1
    Name: cities, dtype: int64
    """
    if by == "country":
        told = _known(places, ["country_code"]).reindex(reached.index)["country_code"]
        counts = _by_name(told.fillna(reached["country_code"]))
    elif by == "continent":
        counts = _by_name(_known(places, ["continent"]).reindex(reached.index)["continent"])
    elif by == "population":
        people = _numbers(_known(places, ["population"]).reindex(reached.index))[:, 0]
        counts = _by_class(np.where(people > 0, people, np.nan), POPULATIONS)
    elif by == "distance":
        counts = _by_class(_distances(reached.index, places, home), DISTANCES_KM)
    else:
        raise refuse("overlap_by", by=by, known="country, continent, population, distance")
    whole = np.full(len(counts), counts.sum())
    cities = counts.to_numpy(dtype=np.int64)
    return pd.DataFrame(
        {"cities": cities, "share": share(cities, whole)}, pd.Index(counts.index, name=by)
    )


def balance_shift(
    memberships: pd.DataFrame,
    networks: Iterable[str],
    leaving: Iterable[str],
    places: pd.DataFrame,
    home: int | None = None,
) -> pd.DataFrame:
    """How leaving would shift reach between the continents.

    Parameters
    ----------
    memberships, networks, leaving, home
        As for `netanalysis.scoring.overlap.reach_lost`.
    places : DataFrame
        By geoname_id, as index or column: continent.

    Returns
    -------
    DataFrame
        By continent, last "unknown": before, after (shares of the cities met), shift (after less
        before), cities_before, cities_after. Shares are missing where no city is met. Where a
        list is not complete, the cities are the least that they can be, and the shares may err
        in both directions.

    Raises
    ------
    DataError
        As `netanalysis.scoring.overlap.reach_lost` and `reach_by`.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabb"), "geoname_id": [1, 2, 2, 3]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> places = pd.DataFrame({"continent": ["EU", "EU", "AS"]}, index=[1, 2, 3])
    >>> balance_shift(lists, ["a", "b"], ["a"], places)["after"].to_dict()
    {'EU': 0.5, 'AS': 0.5, 'unknown': 0.0}
    """
    lists = incidence(memberships, home)
    going, staying = lists.parting(networks, leaving)
    before, after = (
        reach_by(pd.DataFrame(index=lists.cities[lists.times_met(rows) > 0]), places, "continent")[
            "cities"
        ]
        for rows in (np.append(going, staying), staying)
    )
    after = after.reindex(before.index, fill_value=0)
    found = pd.DataFrame(index=before.index)
    for name, cities in (("before", before), ("after", after)):
        found[name] = share(cities.to_numpy(), np.full(len(cities), cities.sum()))
    found["shift"] = found["after"] - found["before"]
    return found.assign(cities_before=before, cities_after=after)


def substitutes(
    memberships: pd.DataFrame,
    networks: Iterable[str],
    leaving: Iterable[str],
    candidates: Iterable[str] | None = None,
    most: int = 5,
    home: int | None = None,
) -> pd.DataFrame:
    """Which networks would win back most of the reach that is lost by leaving?

    What is lost is met through no membership that remains, so only new ones can win it back:
    networks that the city is not in, or one of those it leaves, where it can be joined again by
    another route. The one that wins back most is taken first, then the one that wins back most
    of the rest, and so on. For each number of networks this wins back at least 1 - 1/e, 63 %, of
    what the best choice of as many would; no fast way has a better bound unless P = NP.

    Parameters
    ----------
    memberships, networks, leaving, home
        As for `netanalysis.scoring.overlap.reach_lost`.
    candidates : iterable of str, optional
        All networks with a list that the city is not in where not given. One that remains may be
        named; it wins nothing back.
    most : int
        Networks to take.

    Returns
    -------
    DataFrame
        By network, in the order taken: wins_back (cities that those before it do not), cumulated
        (cities), share (cumulated, of the cities lost). It ends early where nothing more can be
        won back; of equals the first in the alphabet is taken. Where a candidate's list is not
        complete, it wins back at least as many; what is lost is bounded as
        `netanalysis.scoring.overlap.loss_bound` tells.

    Raises
    ------
    DataError
        For unknown candidates, ``most`` below 1, and as `netanalysis.scoring.overlap.reach_lost`.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A. & Fisher, M. L. (1978). An analysis of approximations for
    maximizing submodular set functions, I. *Mathematical Programming* 14, 265-294.
    Feige, U. (1998). A threshold of ln n for approximating set cover. *Journal of the ACM* 45(4),
    634-652.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aaabbc"), "geoname_id": [1, 2, 3, 1, 2, 3]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> substitutes(lists, ["a"], ["a"])["cumulated"].to_dict()
    {'b': 2, 'c': 3}
    """
    if most < 1:
        raise refuse("overlap_most", most=most)
    lists = incidence(memberships, home)
    own = list(networks)
    going, staying = lists.parting(own, leaving)
    lost = (lists.times_met(going) > 0) & (lists.times_met(staying) == 0)
    others = [name for name in lists.networks if name not in own]
    rows = np.sort(lists.rows(others if candidates is None else candidates, "candidates"))
    winning = lists.matrix[rows][:, np.flatnonzero(lost)]
    missed = np.ones(winning.shape[1], dtype=np.int64)
    taken, won = [], []
    for _ in range(min(most, len(rows))):
        wins = winning @ missed
        best = int(wins.argmax())
        if not wins[best]:
            break
        taken.append(rows[best])
        won.append(wins[best])
        missed[winning.indices[winning.indptr[best] : winning.indptr[best + 1]]] = 0
    wins_back = np.array(won, dtype=np.int64)
    cumulated = wins_back.cumsum()
    shares = share(cumulated, np.full(len(won), lost.sum()))
    columns = {"wins_back": wins_back, "cumulated": cumulated, "share": shares}
    return pd.DataFrame(columns, index=lists.networks[np.array(taken, dtype=np.intp)])


def peers(memberships: pd.DataFrame, city: int, most: int = 10) -> pd.DataFrame:
    """The cities whose sets of networks are most like those of one city.

    Only complete lists count: one that is not would make a city look unlike another because
    nobody has listed it.

    Parameters
    ----------
    memberships : DataFrame
        As for `netanalysis.scoring.membership_matrix.incidence`.
    city : int
        GeoNames id.
    most : int
        Cities to tell of.

    Returns
    -------
    DataFrame
        By geoname_id, the most similar first: city, country_code, jaccard (networks in common by
        networks that either is in), in_common, only_theirs (tuples of networks). Of equals first
        those with more in common, then by name; cities with none in common are left out.

    Raises
    ------
    DataError
        If no complete list names the city, ``most`` is below 1, and as
        `netanalysis.scoring.membership_matrix.incidence`.

    References
    ----------
    Jaccard, P. (1901). Étude comparative de la distribution florale dans une portion des Alpes et
    du Jura. *Bulletin de la Société vaudoise des sciences naturelles* 37, 547-579.

    Examples
    --------
    >>> lists = pd.DataFrame({"network": list("aabbc"), "geoname_id": [1, 2, 1, 2, 2]})
    >>> lists[["city", "country_code", "snapshot", "coverage"]] = "-", "-", "2024", "complete"
    >>> peers(lists, 1)[["in_common", "only_theirs"]].to_numpy().tolist()
    [[('a', 'b'), ('c',)]]
    """
    if most < 1:
        raise refuse("overlap_most", most=most)
    lists = incidence(memberships)
    whole, names = lists.matrix[np.flatnonzero(lists.complete)], lists.networks[lists.complete]
    at = np.flatnonzero(lists.cities == city) if not pd.isna(city) else np.array([], dtype=np.intp)
    own = np.flatnonzero(whole[:, at].sum(axis=1))
    if not len(own):
        raise refuse("overlap_city", city=city)
    common = np.bincount(whole[own].indices, minlength=len(lists.cities))
    either = np.bincount(whole.indices, minlength=len(lists.cities)) + len(own) - common
    alike = common / either
    alike[at] = 0
    most = min(most, len(alike))
    least = np.partition(alike, -most)[-most]
    near = np.flatnonzero((alike > 0) & (alike >= least))  # equals of the last too
    near = near[lists.cities[near].argsort()]
    found = named_cities(memberships, lists.cities[near])
    found = found.assign(jaccard=alike[near], common=common[near], column=near)
    order = ["jaccard", "common", "city", "geoname_id"]
    found = found.sort_values(order, ascending=[False, False, True, True]).head(most)
    theirs = whole[:, found.pop("column").to_numpy()].toarray().T > 0
    ours = np.isin(np.arange(len(names)), own)
    return found.drop(columns="common").assign(
        in_common=[tuple(names[row & ours]) for row in theirs],
        only_theirs=[tuple(names[row & ~ours]) for row in theirs],
    )


def great_circle_km(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], home: tuple[float, float]
) -> NDArray[np.float64]:
    """Great-circle distances from home, on a sphere with the earth's mean radius.

    Parameters
    ----------
    latitude, longitude : array
        Degrees; NaN where not known.
    home : (float, float)
        Its latitude and longitude.

    Returns
    -------
    array
        Kilometres, within 0.6 % of those on the ellipsoid.

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. *Sky and Telescope* 68(2), 159.

    Examples
    --------
    >>> great_circle_km(np.array([0.0]), np.array([180.0]), (0.0, 0.0)).round().tolist()
    [20015.0]
    """
    here, there = np.radians(home[0]), np.radians(latitude)
    north, east = there - here, np.radians(longitude - home[1])
    chord = np.sin(north / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(east / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1))))


def _distances(cities: pd.Index, places: pd.DataFrame, home: int | None) -> NDArray[np.float64]:
    known = _known(places, ["latitude", "longitude"])
    from_home = [] if pd.isna(home) or home not in known.index else [home]
    asked = known.reindex([*from_home, *cities])
    degrees = _numbers(asked)
    away = (np.abs(degrees) > [90, 180]).any(axis=1)
    if away.any():
        names = ", ".join(map(str, asked.index[away][:5]))
        raise refuse("overlap_coordinates", names=names)
    if not from_home or np.isnan(degrees[0]).any():
        raise refuse("overlap_home", home="none" if pd.isna(home) else home)
    return great_circle_km(degrees[1:, 0], degrees[1:, 1], (degrees[0, 0], degrees[0, 1]))


def _known(places: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """These columns of the places, by geoname_id."""
    found = places.set_index("geoname_id") if "geoname_id" in places.columns else places
    missing = [name for name in columns if name not in found.columns]
    if missing:
        names, known = ", ".join(missing), ", ".join(["geoname_id", *columns])
        raise refuse("overlap_columns", table="places", names=names, known=known)
    if found.index.has_duplicates:
        twice = found.index[found.index.duplicated()].unique()
        raise refuse("overlap_place_twice", names=", ".join(map(str, twice[:5])))
    return found[columns]


def _numbers(frame: pd.DataFrame) -> NDArray[np.float64]:
    """The cells as numbers, NaN where nothing is told."""
    try:
        numbers = np.asarray(frame.to_numpy(dtype=float, na_value=np.nan))
    except (TypeError, ValueError):
        numbers = np.full(frame.shape, np.inf)
    if np.isinf(numbers).any():
        raise refuse("overlap_number", columns=", ".join(frame.columns))
    return numbers


def _by_name(names: pd.Series) -> pd.Series:
    """How often each name stands, the most frequent first; the alphabet decides between equals."""
    counts = names.dropna().value_counts().sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    return pd.concat([counts, pd.Series({UNKNOWN: names.isna().sum()})])


def _by_class(numbers: NDArray[np.float64], begin: tuple[int, ...]) -> pd.Series:
    """How many numbers lie in each class; a class includes the number that it begins with."""
    classes = pd.IntervalIndex.from_breaks([0, *begin, np.inf], closed="left")
    place = np.searchsorted(begin, numbers, side="right")
    place[np.isnan(numbers)] = len(classes)
    return pd.Series(np.bincount(place, minlength=len(classes) + 1), [*classes, UNKNOWN])
