"""Which words stand for the codes of the tables?"""

from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from netanalysis.language.words import Words
from netanalysis.loaders.case.columns import code_words, text_in
from netanalysis.scoring.ratings import ANSWERS

if TYPE_CHECKING:
    from netanalysis.pages.view import View

__all__ = [
    "coder_name",
    "counted_text",
    "decision",
    "evidence_text",
    "label",
    "next_date",
    "rating_text",
    "text_of",
]


def label(code: str, words: Words) -> str:
    """The words for a code of the tables or of a result."""
    return text_in(code_words()[code], "word", words.language)


def coder_name(coder: str, words: Words) -> str:
    """The letter of a coder; answers of those who were asked are called so."""
    return words("answer") if coder == ANSWERS else coder


def decision(row: Any, view: "View") -> str:
    """What was decided, when and where, and how far it has come where it is not plainly decided."""
    words, paragraph = view.words, text_of(row.paragraph)
    text = ", ".join(filter(None, [view.levels[row.level], words.date(row.date), paragraph]))
    status = text_of(row.status)
    return text if status in ("", "decided") else f"{text} ({label(status, words)})"


def evidence_text(row: Any, words: Words) -> str:
    """What the evidence supports: an interval of ratings, or the state that stands in its place."""
    if text_of(row.state):
        return label(row.state, words)
    return words.interval(row.low, row.high)


def page_status(status: str, words: Words, in_a_case: bool = True) -> list[tuple[str, str]]:
    """What a page says of its own status, as an entry of its heading.

    Parameters
    ----------
    status : {"working", "case", "published"}
    words : Words
    in_a_case : bool
        Whether the page is an office's own on a case: another is no document in it, and says
        nothing.

    Raises
    ------
    ValueError
        If the status is none of these.
    """
    known = {
        "working": words("working material"),
        "case": words("document in the case"),
        "published": words("published"),
    }
    if status not in known:
        raise ValueError(f'status "{status}" is not one of {", ".join(known)}')
    if status == "case" and not in_a_case:
        return []
    return [(words("Status"), known[status])]


def next_date(date: object, kind: str, words: Words) -> Markup:
    """A date ahead with its kind, narrow enough for a column; not known where there is none."""
    if not text_of(date):
        return Markup.escape(words.unknown)
    day = words.date(date, short=True).replace(" ", "\u00a0")
    return Markup("{},<br>{}").format(day, label(kind, words))


def rating_text(row: Any, words: Words) -> str:
    """The rating that is used, if any, and the state where it does not rest on evidence."""
    if pd.isna(row.low):
        return label(row.state, words)
    ends = words.interval(row.low, row.high)
    return f"{ends} ({label(row.state, words)})" if row.state else ends


def counted_text(row: Any, words: Words) -> str:
    """What the evidence supports, with the number of its places in the sources."""
    if row.state:
        return label(row.state, words)
    return words.plural(
        "{ends} ({count} place)",
        "{ends} ({count} places)",
        row.n_places,
        ends=words.interval(row.low, row.high),
    )


def text_of(value: object) -> str:
    """A cell's text; "" where it is empty."""
    return "" if pd.isna(value) else str(value)
