"""Which words stand for the codes of the tables?"""

from typing import Any

import pandas as pd

from netanalysis.language.words import Words
from netanalysis.loaders.case.columns import code_words, text_in
from netanalysis.scoring.ratings import ANSWERS

__all__ = [
    "coder_name",
    "counted_text",
    "evidence_text",
    "label",
    "rating_text",
    "text_of",
]


def label(code: str, words: Words) -> str:
    """The words for a code of the tables or of a result."""
    return text_in(code_words()[code], "word", words.language)


def coder_name(coder: str, words: Words) -> str:
    """The letter of a coder; answers of those who were asked are called so."""
    return words("answer") if coder == ANSWERS else coder


def evidence_text(row: Any, words: Words) -> str:
    """What the evidence supports: an interval of ratings, or the state that stands in its place."""
    if text_of(row.state):
        return label(row.state, words)
    return words.interval(row.low, row.high)


def rating_text(row: Any, words: Words) -> str:
    """The rating that is used, if any, and the state where it does not rest on evidence."""
    if pd.isna(row.low):
        return label(row.state, words)
    ends = words.interval(row.low, row.high)
    return f"{ends} ({label(row.state, words)})" if row.state else ends


def counted_text(row: Any, words: Words) -> str:
    """What the evidence supports, with its number of statements."""
    if row.state:
        return label(row.state, words)
    return words.plural(
        "{ends} ({count} statement)",
        "{ends} ({count} statements)",
        row.n_statements,
        ends=words.interval(row.low, row.high),
    )


def text_of(value: object) -> str:
    """A cell's text; "" where it is empty."""
    return "" if pd.isna(value) else str(value)
