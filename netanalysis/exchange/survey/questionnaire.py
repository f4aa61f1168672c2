"""What does an answer workbook look like: sheets, heads, choices, in each language?

What is sent and what comes back are held against the same words, in whatever language a
department was asked.
"""

from collections.abc import Mapping

from netanalysis.language.text import folded_label
from netanalysis.language.words import LANGUAGES, speak

__all__ = ["ANSWERS", "FIELDS", "HEADS", "HELPS", "OFFICES", "TITLES", "codes", "labels"]


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


TITLES = {  # sheets
    "letter": _("Read first"),
    "answers": _("Ratings"),
    "lessons": _("Brought home"),
    "criteria": _("Criteria"),
    "signing": _("Who answers"),
}
HEADS = {  # columns
    "network": _("Network"),
    "criterion": _("Criterion"),
    "question": _("Question"),
    "rating": _("Your rating"),
    "comment": _("Comment"),
    "brought_home": _("What was brought home"),
    "used_for": _("What it was used for"),
}
FIELDS = {  # labels down the side of the sheet that says who answers
    "department": _("Department"),
    "answered": _("Answered on"),
    "office": _("Signed by"),
}
HELPS = {  # what stands below the heads, or beside the labels
    "network": _("Filled in already."),
    "criterion": _("Filled in already. The sheet Criteria says what each rating means."),
    "question": _("What the rating answers."),
    "rating": _(
        "Choose 0 to 4, “don’t know” or “not our field”. Where two ratings may fit, write both: "
        "3-4. Empty: no answer."
    ),
    "comment": _("What the rating rests on. No names or addresses."),
    "brought_home": _("Methods, knowledge, partners, money. No names or addresses."),
    "used_for": _("What is done in another way at home. Empty: not used yet."),
    "department": _("Filled in already; change nothing here."),
    "answered": _("The day of the answer: 2025-03-01."),
    "office": _("The office that answers for what is written, never a name."),
}
OFFICES = {
    "head_of_department": _("head of department"),
    "head_of_unit": _("head of unit"),
    "other": _("another office"),
}
ANSWERS = {  # beside the ratings from 0 to 4
    "dont_know": _("don’t know"),
    "not_our_field": _("not our field"),
}


def labels(texts: Mapping[str, str], language: str) -> dict[str, str]:
    """The texts in a language, by their code.

    Examples
    --------
    >>> labels(HEADS, "sv")["network"]
    'Nätverk'
    """
    words = speak(language)
    return {code: words(text) for code, text in texts.items()}


def codes(texts: Mapping[str, str]) -> dict[str, str]:
    """What each text means, in any language: its folded form and its code.

    Examples
    --------
    >>> codes(HEADS)[folded_label("NÄTVERK: ")], codes(HEADS)["network"]
    ('network', 'network')
    """
    return {
        folded_label(label): code
        for language in LANGUAGES
        for code, label in labels(texts, language).items()
    }
