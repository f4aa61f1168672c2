"""In which languages is the product?

A language is a row in ``languages.csv`` beside this module, a catalogue under ``locale/`` (but for
the one that the texts in the code are written in), and text columns with its ending.
"""

import locale
import os
from dataclasses import dataclass
from typing import Final

from netanalysis.tabular import packaged, packaged_part

__all__ = ["KNOWN", "LANGUAGES", "SOURCE", "Language", "in_languages", "of_machine"]

SOURCE: Final = "en"  # of the texts in the code
_FILE = "netanalysis.language", "languages.csv"


@dataclass(frozen=True)
class Language:
    """A language of pages, workbooks and messages.

    Attributes
    ----------
    language : str
        Its code, such as "sv".
    locale : str
        Whose numbers and dates it has, such as "sv_SE".
    last_letters : str
        The letters after z, in their order.
    """

    language: str
    locale: str
    last_letters: str


def _known() -> dict[str, Language]:
    rows = packaged(*_FILE, "language", "locale", "last_letters")
    with packaged_part(*_FILE):
        known = {row["language"]: Language(**row) for row in rows}
        if SOURCE not in known:
            raise KeyError(SOURCE)
        return known


KNOWN: Final = _known()
LANGUAGES: Final = tuple(KNOWN)


def in_languages(column: str) -> list[str]:
    """The columns that hold a text in each language, such as title_sv and title_en for title."""
    return [f"{column}_{language}" for language in LANGUAGES]


def of_machine() -> str:
    """The language that the machine is set to; `SOURCE` where it is none of `LANGUAGES`."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    setting = next((name for name in named if name), locale.getlocale()[0] or "")
    for name in (setting, setting.partition("_")[0]):  # sv_SE.UTF-8, Swedish_Sweden.1252
        language = locale.normalize(name)[:2].lower()
        if language in KNOWN:
            return language
    return SOURCE
