"""Where do the data and the notebooks lie?"""

import os
from pathlib import Path

__all__ = ["DATA_VARIABLE", "data_folder", "notebooks_folder", "reports_folder", "shown"]

DATA_VARIABLE = "NETANALYSIS_DATA"


def data_folder() -> Path:
    """The folder that holds the cases.

    The folder that the environment variable ``NETANALYSIS_DATA`` names; else the nearest
    ``data`` with a case in it, from the working folder upwards; else the one in the repository
    that the package runs from.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    return _nearest("data", "*/datapackage.json")


def notebooks_folder() -> Path:
    """The folder that holds the notebooks: the nearest one upwards, else the repository's."""
    return _nearest("notebooks", "*.ipynb")


def reports_folder() -> Path:
    """The folder that runs write to: ``reports`` beside the notebooks."""
    return notebooks_folder().parent / "reports"


def shown(path: Path) -> str:
    """A path as a reader would name it: from the working folder where it lies below that."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _nearest(name: str, content: str) -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any((folder / name).glob(content)):
            return folder / name
    return Path(__file__).parents[1] / name
