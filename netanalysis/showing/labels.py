"""Which words stand for the codes of the tables?"""

import pandas as pd

from netanalysis.loaders.columns import code_words, text_in
from netanalysis.scoring.ratings import ANSWERS
from netanalysis.showing.wording import Words

__all__ = [
    "coder_name",
    "label",
    "text_of",
]


def label(code: str, words: Words) -> str:
    """The words for a code of the tables or of a result."""
    return text_in(code_words()[code], "word", words.language)


def coder_name(coder: str, words: Words) -> str:
    """The letter of a coder; answers of those who were asked are called so."""
    return words("answer") if coder == ANSWERS else coder


def text_of(value: object) -> str:
    """A cell's text; "" where it is empty."""
    return "" if pd.isna(value) else str(value)
