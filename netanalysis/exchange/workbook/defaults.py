"""With which criteria, demands and threshold does a new case begin?

The tables lie beside this module, in the form of a case's own. They name no goal and no place, so
that they fit any city; each reason is there to be kept, changed or replaced before anything is
rated.
"""

from collections.abc import Sequence

from netanalysis.language.words import LANGUAGES, speak
from netanalysis.loaders.case.columns import case_tables
from netanalysis.tabular import packaged

__all__ = ["TABLES", "default_rows", "new_tables"]

TABLES = ("case", "levels", "criteria", "demands", "order_statements")


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
    ['Not a member', 'Member only', 'Takes part', 'Holds office']
    >>> default_rows("levels", ["en"])[1]["label_sv"]
    ''
    """
    left_out = tuple(f"_{one}" for one in LANGUAGES if one not in languages)
    return [
        {column: "" if column.endswith(left_out) else cell for column, cell in row.items()}
        for row in packaged("netanalysis.exchange.workbook", f"defaults/{table}.csv")
    ]


def new_tables(
    city: str, geoname_id: int, languages: Sequence[str], today: str
) -> dict[str, list[dict[str, str]]]:
    """The tables of a new case: empty but for what can be preset.

    Parameters
    ----------
    city : str
    geoname_id : int
    languages : sequence of str
        Languages of the case.
    today : str
        Date that the evaluation holds for until another is given.

    Returns
    -------
    dict of str to list of dict
        Every table of a case: column to text. Texts that a person has to give say so themselves.

    Examples
    --------
    >>> case = new_tables("Umeå", 602150, ["sv"], "2026-01-31")["case"][0]
    >>> case["title_sv"], case["responsible_sv"], case["title_en"]
    ('Umeå i internationella nätverk', 'Ange ansvarig enhet', '')
    """
    spoken = [tongue for tongue in LANGUAGES if tongue in languages]
    row = {
        "city": city,
        "geoname_id": str(geoname_id),
        "languages": " ".join(spoken),
        "as_of": today,
    }
    for tongue in spoken:
        words = speak(tongue)
        row |= {
            f"title_{tongue}": words("{city} in international networks", city=city),
            f"responsible_{tongue}": words("State the responsible unit"),
            f"deciding_body_{tongue}": words("State the deciding body"),
        }
    row |= default_rows("case", languages)[0]
    columns = {
        table: [field["name"] for field in schema["fields"]]
        for table, schema in case_tables().items()
    }
    tables = {table: default_rows(table, languages) if table in TABLES else [] for table in columns}
    tables["case"] = [{column: row.get(column, "") for column in columns["case"]}]
    return tables
