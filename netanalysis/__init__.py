"""Reproducible evaluation of a city's international networks: load, score, show, publish."""

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case import Case, load_case, one_network
from netanalysis.loaders.consistency import contradictions

__all__ = ["Case", "DataError", "Problem", "contradictions", "load_case", "one_network"]
