"""Reproducible evaluation of a city's international networks: load, score, show, publish.

What a notebook imports stands here, and is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netanalysis.errors import DataError, Problem
    from netanalysis.evaluation import Comparison, Evaluation, compare, evaluate, triage
    from netanalysis.loaders.case.case import Case, evaluated, load_case, one_network
    from netanalysis.loaders.case.contradictions import contradictions
    from netanalysis.loaders.members.lists import load_memberships

__all__ = [
    "Case",
    "Comparison",
    "DataError",
    "Evaluation",
    "Problem",
    "compare",
    "contradictions",
    "evaluate",
    "evaluated",
    "load_case",
    "load_memberships",
    "one_network",
    "triage",
]

_ROOMS = {
    "netanalysis.errors": ("DataError", "Problem"),
    "netanalysis.evaluation": ("Comparison", "Evaluation", "compare", "evaluate", "triage"),
    "netanalysis.loaders.case.case": ("Case", "evaluated", "load_case", "one_network"),
    "netanalysis.loaders.case.contradictions": ("contradictions",),
    "netanalysis.loaders.members.lists": ("load_memberships",),
}
_ROOM = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("netanalysis")
    if name not in _ROOM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_ROOM[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
