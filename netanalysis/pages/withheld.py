"""Why does a page not show what persons answered?"""

from netanalysis.language.words import Words
from netanalysis.loaders.case.case import Case
from netanalysis.loaders.case.closing import CHANGED, closing_day, withheld

__all__ = ["why_withheld"]


def why_withheld(case: Case, words: Words) -> str:
    """A sentence on why what persons answered is not shown, without any number of theirs.

    Parameters
    ----------
    case : Case
        All of it: of a part it cannot be told whether it is as it was closed.
    words : Words

    Returns
    -------
    str
        "" where it may be shown, or nobody was asked one by one.
    """
    why = withheld(case.sources, case.asked, case.answers)
    if not why:
        return ""
    if why == CHANGED:
        return words(
            "What persons have answered is not shown: rows have been changed after they were "
            "closed, and numbers made before and after a change would give it away."
        )
    day = closing_day(case.asked)
    if not day:
        return words(
            "What persons have answered is not shown before it is closed, when the last day for "
            "their answers is over. That day has not been set."
        )
    return words(
        "What persons have answered is not shown before it is closed, when the last day for their "
        "answers is over: {date}.",
        date=words.date(day),
    )
