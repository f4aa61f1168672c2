"""With which criteria, demands and threshold does a new case begin?

The tables lie beside this module, in the form of a case's own. They name no goal and no place, so
that they fit any city; each reason is there to be kept, changed or replaced before anything is
rated.
"""

import csv
import io
from collections.abc import Sequence
from importlib.resources import files

__all__ = ["TABLES", "default_rows"]

TABLES = ("case", "levels", "criteria", "demands", "order_statements")
_TONGUES = ("_sv", "_en")


def default_rows(table: str, languages: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a table that a new case begins with.

    Parameters
    ----------
    table : str
        One of `TABLES`; of ``case`` only what can be preset: the threshold, its reason, the draws.
    languages : sequence of str
        Languages of the case; texts in another language are left empty.

    Returns
    -------
    list of dict
        Column to text, as a CSV file holds it.

    Examples
    --------
    >>> [row["label_en"] for row in default_rows("levels", ["en"])]
    ['Not a member', 'Follow', 'Participate', 'Lead']
    >>> default_rows("levels", ["en"])[1]["label_sv"]
    ''
    """
    text = files("netanalysis.workbooks").joinpath("defaults", f"{table}.csv").read_text("utf-8")
    left_out = tuple(end for end in _TONGUES if end[1:] not in languages)
    return [
        {column: "" if column.endswith(left_out) else cell for column, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
