"""From where do the processes that make reports import? Never from the folder they start in.

Python puts the working folder first where it is told what to run on its command line, as the
processes are that ``multiprocessing`` and Dask start. A ``random.py`` that lies there would run.
"""

import os

__all__ = ["as_the_caller_has_it", "without_working_folder"]

_VARIABLE = "PYTHONSAFEPATH"
_OURS = "netanalysis"  # any text will do; this one tells that the caller did not set it


def without_working_folder() -> None:
    """Keep the working folder out of the imports of every process that is started from now on."""
    os.environ.setdefault(_VARIABLE, _OURS)


def as_the_caller_has_it() -> None:
    """Give a notebook, and what it starts, the environment that the command was called in."""
    if os.environ.get(_VARIABLE) == _OURS:
        del os.environ[_VARIABLE]
