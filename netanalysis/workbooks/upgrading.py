"""Of which files is a case made that was of an earlier version of the tables?"""

from pathlib import Path

from netanalysis.loaders.case import load_files, older_rows
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
    load_files(folder, case_files(folder.name, folder.name, tables))
    return case_texts(folder, tables)
