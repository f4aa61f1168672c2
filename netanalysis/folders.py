"""Where do the data, the notebooks and the reports lie?

A workspace is a folder with the folders ``data`` and ``notebooks``. Nothing else is written to, and
nothing inside an installed package is ever looked at.
"""

import os
from pathlib import Path

from netanalysis.errors import DataError, Problem

__all__ = [
    "DATA_VARIABLE",
    "data_folder",
    "notebooks_folder",
    "reports_folder",
    "shown",
    "workspace_data",
]

DATA_VARIABLE = "NETANALYSIS_DATA"


def workspace_data() -> Path:
    """The data folder of the workspace, which can be written to.

    It is the folder that the environment variable ``NETANALYSIS_DATA`` names; else that of the
    nearest workspace, from the working folder upwards.

    Raises
    ------
    DataError
        If there is none.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _is_workspace(folder):
            return folder / "data"
    values = {"folder": str(here), "variable": DATA_VARIABLE}
    raise DataError([Problem("workspace_none", values=values)])


def data_folder() -> Path:
    """The folder that holds the cases, for reading.

    It is that of the workspace; where there is none, that of the source tree that the package runs
    from, if it does.

    Raises
    ------
    DataError
        If there is neither.
    """
    try:
        return workspace_data()
    except DataError:
        source = Path(__file__).parents[1]
        if (source / "pyproject.toml").is_file() and _is_workspace(source):
            return source / "data"
        raise


def notebooks_folder() -> Path:
    """The folder that holds the notebooks: ``notebooks`` beside the data, as `data_folder`."""
    return data_folder().absolute().parent / "notebooks"


def reports_folder() -> Path:
    """The folder that runs write to: ``reports`` beside the data, as `workspace_data`."""
    return workspace_data().absolute().parent / "reports"


def shown(path: Path) -> str:
    """A path as a reader would name it: from the working folder where it lies below that."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _is_workspace(folder: Path) -> bool:
    installed = {"site-packages", "dist-packages"} & set(folder.parts)
    return not installed and (folder / "data").is_dir() and (folder / "notebooks").is_dir()
