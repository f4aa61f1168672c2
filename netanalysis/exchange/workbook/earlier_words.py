"""What did workbooks of earlier versions call a column, its help and its choices?

A workbook that is filled in today may be read by a later version, which calls things otherwise.
Whoever changes a head, a help or a choice puts the word that stood there into
``earlier_words.csv``.
"""

from functools import cache

from netanalysis.tabular import packaged

__all__ = ["earlier_words"]


@cache
def earlier_words(table: str, column: str, kind: str) -> dict[str, str]:
    """The words that stood for a column, each with the code that it stands for.

    Parameters
    ----------
    table, column : str
        A text by language has its name without the ending.
    kind : {"head", "help", "choice"}

    Returns
    -------
    dict of str to str
        In whatever language; the code is "" but for choices.

    Examples
    --------
    >>> earlier_words("demands", "veto", "head")
    {'Spärr': ''}
    """
    rows = packaged("netanalysis.exchange.workbook", "earlier_words.csv")
    asked = {"table": table, "column": column, "kind": kind}
    return {row["word"]: row["code"] for row in rows if asked.items() <= row.items()}
