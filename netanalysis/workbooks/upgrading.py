"""Of which files is a case made that was of an earlier version of the tables?"""

import tempfile
from dataclasses import replace
from pathlib import Path

from netanalysis.errors import DataError
from netanalysis.folders import shown
from netanalysis.loaders.case import load_case, older_rows
from netanalysis.workbooks.files import case_files
from netanalysis.workbooks.keeping import case_texts

__all__ = ["upgraded_texts"]


def upgraded_texts(folder: Path) -> dict[str, str]:
    """The files of a case with the tables of today, tried before anything is written.

    Parameters
    ----------
    folder : Path
        Of the case, of whatever version.

    Returns
    -------
    dict of str to str
        Name of each file to its text.

    Raises
    ------
    DataError
        If a table cannot be read, or the case does not hold together.
    """
    tables = older_rows(folder)
    with tempfile.TemporaryDirectory() as place:
        tried = Path(place) / folder.name
        tried.mkdir()
        for name, text in case_files(folder.name, folder.name, tables).items():
            (tried / name).write_text(text, "utf-8", newline="")
        try:
            load_case(tried)
        except DataError as error:
            raise DataError(
                [replace(one, file=shown(folder / Path(one.file).name)) for one in error.problems]
            ) from None
    return case_texts(folder, tables)
