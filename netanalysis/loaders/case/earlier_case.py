"""Can an evaluation be compared with an earlier one?"""

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case.case import Case, load_case

__all__ = ["earlier_case", "not_comparable"]


def earlier_case(case: Case, other: str) -> Case:
    """Load the evaluation that a case is compared with.

    Parameters
    ----------
    case : Case
    other : str
        As for `netanalysis.loaders.case.case.load_case`.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        As `load_case`, or with everything that makes the two incomparable.
    """
    earlier = load_case(other)
    problems = not_comparable(case, earlier)
    if problems:
        raise DataError(problems)
    return earlier


def not_comparable(case: Case, other: Case) -> list[Problem]:
    """Why a case cannot be compared with an earlier one: nothing where it can.

    Both must be of one city and have a network and a language in common, and the other must not
    be the later one.

    Parameters
    ----------
    case, other : Case

    Returns
    -------
    list of Problem
    """
    about, before = case.case.iloc[0], other.case.iloc[0]
    values = {"case": case.name, "other": other.name}
    problems = []
    if _city(about) != _city(before):
        cities = {"city": about["city"], "other_city": before["city"]}
        problems.append(Problem("compare_city", values=values | cities))
    elif not set(case.networks["network"]) & set(other.networks["network"]):
        problems.append(Problem("compare_networks", values=values))
    if first_day(before["as_of"]) > last_day(about["as_of"]):
        dates = {"date": about["as_of"], "other_date": before["as_of"]}
        problems.append(Problem("compare_later", values=values | dates))
    if not set(case.languages) & set(other.languages):
        problems.append(Problem("compare_language", values=values))
    return problems


def _city(about: pd.Series) -> object:
    """The city that a case is about; an invented one has no id, only a name."""
    return about["city"] if pd.isna(about["geoname_id"]) else about["geoname_id"]
