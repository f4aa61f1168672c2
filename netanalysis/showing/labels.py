"""Which words stand for the codes of the tables?"""

import pandas as pd

from netanalysis.loaders.case import Case
from netanalysis.loaders.columns import code_words, text_in
from netanalysis.scoring.engagement import OPEN
from netanalysis.scoring.ratings import ANSWERS
from netanalysis.showing.wording import Words

__all__ = [
    "coder_name",
    "criteria_names",
    "label",
    "level_names",
    "level_or_open",
    "network_names",
    "text_of",
]


def label(code: str, words: Words) -> str:
    """The words for a code of the tables or of a result."""
    return text_in(code_words()[code], "word", words.language)


def coder_name(coder: str, words: Words) -> str:
    """The letter of a coder; answers of those who were asked are called so."""
    return words("answer") if coder == ANSWERS else coder


def network_names(case: Case) -> dict[str, str]:
    """Name of each network."""
    return dict(zip(case.networks["network"], case.networks["name"], strict=True))


def level_names(case: Case, words: Words) -> dict[str, str]:
    """Label of each level of engagement."""
    labels = case.levels[f"label_{words.language}"]
    return dict(zip(case.levels["level"], labels, strict=True))


def level_or_open(level: str, levels: dict[str, str], words: Words) -> str:
    """Label of an outcome: a level, or that it is open."""
    return words("Open") if level == OPEN else levels[level]


def criteria_names(case: Case, words: Words) -> dict[str, str]:
    """Label of each criterion."""
    labels = case.criteria[f"label_{words.language}"]
    return dict(zip(case.criteria["criterion"], labels, strict=True))


def text_of(value: object) -> str:
    """A cell's text; "" where it is empty."""
    return "" if pd.isna(value) else str(value)
