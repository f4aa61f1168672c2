"""Reproducible evaluation of a city's international networks: load, score, show, publish."""

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case import Case, evaluated, load_case, one_network
from netanalysis.loaders.consistency import contradictions
from netanalysis.loaders.memberships import load_memberships

__all__ = [
    "Case",
    "DataError",
    "Problem",
    "contradictions",
    "evaluated",
    "load_case",
    "load_memberships",
    "one_network",
]
