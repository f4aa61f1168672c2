"""How do changed tables get into a case without ever leaving it half changed or broken?"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from netanalysis.loaders.case_folders import DESCRIPTOR
from netanalysis.loaders.columns import case_tables
from netanalysis.tabular import csv_text
from netanalysis.workbooks.keeping import replace_case

__all__ = ["store"]


def store(
    folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]], command: str
) -> list[Path]:
    """Write tables of a case: all of them, or none.

    Tables that stay the same are not written. Where the tables were made from what the case holds,
    it must have been locked since it was read, with `netanalysis.files.folder_locked`.

    Parameters
    ----------
    folder : Path
        Of the case.
    tables : mapping of table to rows
        Column to text; a column that is not there is left empty.
    command : str
        As `replace_case`.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    DataError
        If the case would not hold together; nothing is then changed.
    OSError
        If the case cannot be written; it is then as it was.
    """
    resources = json.loads((folder / DESCRIPTOR).read_text("utf-8-sig"))["resources"]
    paths = {resource["name"]: resource["path"] for resource in resources}
    schemas = case_tables()
    texts = {}
    for table, rows in tables.items():
        columns = [field["name"] for field in schemas[table]["fields"]]
        text = csv_text([columns, *([row.get(name, "") for name in columns] for row in rows)])
        if (folder / paths[table]).read_bytes() != text.encode():
            texts[paths[table]] = text
    if not texts:
        return []
    replace_case(folder, texts, command)
    return [folder / name for name in texts]
