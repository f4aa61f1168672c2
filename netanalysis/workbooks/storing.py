"""How do changed tables get into a case without ever leaving it half changed or broken?"""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from netanalysis.loaders.case import DESCRIPTOR, case_tables, load_case
from netanalysis.tabular import csv_text

__all__ = ["store"]


def store(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> list[Path]:
    """Write tables of a case: all of them, or none.

    The case is loaded with the new tables before anything is changed. Tables that stay the same
    are not written.

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
        If a file cannot be written; the others are then as they were.
    """
    resources = json.loads((folder / DESCRIPTOR).read_text("utf-8-sig"))["resources"]
    paths = {resource["name"]: resource["path"] for resource in resources}
    schemas = case_tables()
    texts = {}
    for table, rows in tables.items():
        columns = [field["name"] for field in schemas[table]["fields"]]
        cells = [[row.get(column, "") for column in columns] for row in rows]
        text = csv_text([columns, *cells])
        if (folder / paths[table]).read_bytes() != text.encode():
            texts[paths[table]] = text
    if not texts:
        return []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as made:
        whole = Path(made) / folder.name
        whole.mkdir()
        for name in [DESCRIPTOR, *paths.values()]:
            shutil.copy2(folder / name, whole / name)
        for name, text in texts.items():
            (whole / name).write_text(text, "utf-8", newline="\n")
        load_case(whole)
        _exchange(folder, whole, list(texts), Path(made) / "old")
    return [folder / name for name in texts]


def _exchange(folder: Path, whole: Path, names: Sequence[str], old: Path) -> None:
    """Put the new files in the place of the old ones; on a fault put the old ones back."""
    old.mkdir()
    done: list[str] = []
    try:
        for name in names:
            shutil.copy2(folder / name, old / name)
        for name in names:
            (whole / name).replace(folder / name)
            done.append(name)
    except BaseException:
        for name in done:
            (old / name).replace(folder / name)
        raise
