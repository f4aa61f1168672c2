"""Of which files is a case made, once its tables are known?"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

from netanalysis.tabular import csv_text

__all__ = ["case_files"]


def case_files(
    name: str, title: str, tables: Mapping[str, Sequence[Mapping[str, str]]]
) -> dict[str, str]:
    r"""The descriptor of a case and its tables, as text.

    Parameters
    ----------
    name, title : str
        The case's name, which is that of its folder, and what it is called.
    tables : mapping of table to rows
        Column to text; a table or a column that is not there is left empty.

    Returns
    -------
    dict of str to str
        ``datapackage.json``, and a CSV file for every table of a case.

    Examples
    --------
    >>> case_files("x", "X", {"networks": [{"network": "c40", "name": "C40"}]})["networks.csv"]
    'network,name,note_sv,note_en\nc40,C40,,\n'
    """
    text = files("netanalysis.loaders").joinpath("case_tables.json").read_text("utf-8")
    resources = [
        {
            "name": table["name"],
            "path": f"{table['name']}.csv",
            "title": table["title"],
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table["schema"],
        }
        for table in json.loads(text)["tables"]
    ]
    package = {"name": name, "title": title, "resources": resources}
    found = {"datapackage.json": json.dumps(package, ensure_ascii=False, indent=1) + "\n"}
    for resource in resources:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows = tables.get(resource["name"], ())
        cells = [[row.get(column, "") for column in columns] for row in rows]
        found[resource["path"]] = csv_text([columns, *cells])
    return found
