"""How do changed tables get into a case without ever leaving it half changed or broken?"""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from netanalysis.loaders.case import DESCRIPTOR, load_case
from netanalysis.loaders.columns import case_tables
from netanalysis.tabular import csv_text
from netanalysis.workbooks.keeping import replace_case

__all__ = ["store"]


def store(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> list[Path]:
    """Write tables of a case: all of them, or none.

    A copy of the case is loaded with the new tables before anything is changed. Tables that stay
    the same are not written; those that were there are kept as `replace_case` keeps them.

    Parameters
    ----------
    folder : Path
        Of the case.
    tables : mapping of table to rows
        Column to text; a column that is not there is left empty.

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
    with tempfile.TemporaryDirectory() as made:
        tried = Path(made) / folder.name
        tried.mkdir()
        for name in [DESCRIPTOR, *paths.values()]:
            shutil.copy2(folder / name, tried / name)
        for name, text in texts.items():
            (tried / name).write_text(text, "utf-8", newline="")
        load_case(tried)
    replace_case(folder, texts)
    return [folder / name for name in texts]
