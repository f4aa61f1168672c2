"""Which words stand for the codes of the tables?"""

import pandas as pd

from netanalysis.loaders.case import Case
from netanalysis.scoring.engagement import OPEN
from netanalysis.scoring.ratings import ANSWERS
from netanalysis.showing.wording import Words

__all__ = [
    "LABELS",
    "coder_name",
    "criteria_names",
    "label",
    "level_names",
    "level_or_open",
    "network_names",
    "text_of",
]


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


LABELS = {
    # actions
    "apply": _("apply"),
    "deepen": _("deepen"),
    "continue": _("continue"),
    "step_back": _("step back"),
    "leave": _("leave"),
    "insufficient_evidence": _("insufficient evidence to settle"),
    # firmness
    "holds": _("Holds"),
    "leans": _("Leans"),
    "open": _("Open"),
    # states
    "silence": _("silence"),
    "no_evidence": _("no evidence"),
    "not_applicable": _("not applicable"),
    # roles
    "chair": _("chair"),
    "vice_chair": _("vice-chair"),
    "member": _("member"),
    "participant": _("participant"),
    "declined": _("declined"),
    "none": _("no active part"),
    # standing
    "full": _("full member"),
    "associate": _("associate member"),
    "affiliate": _("affiliated member"),
    "represented": _("represented"),
    "partner": _("partner"),
    "board": _("board member"),
    "office": _("office holder"),
    "innovator": _("innovator city"),
    "admitted": _("admitted"),
    "candidate": _("candidate"),
    # contradictions
    "fact": _("Two statements on one matter"),
    "event_date": _("One event, two dates"),
    "event_place": _("One event, two places"),
    "term": _("One term, two ends"),
    "joined": _("One membership, two beginnings"),
    "founded": _("Founded after the city joined"),
    "not_asked": _("Silence where nobody was asked"),
    # what is left out
    "statement": _("statement"),
    "coder": _("coder"),
    "criterion": _("criterion"),
    # goals
    "strategy": _("strategy"),
    "main_point": _("main point of the strategy"),
    "vision": _("vision"),
    "objective": _("objective"),
    "guideline": _("guideline"),
    "profile": _("profile"),
    # dates
    "seat_end": _("end of term"),
    "congress": _("congress"),
    "election": _("election"),
    "meeting": _("meeting"),
    "turn_of_year": _("turn of the year"),
    "notice": _("last day of notice"),
    "membership_end": _("end of the membership"),
    # the light check
    "look_closer": _("Look closer"),
    "owner_missing": _("Owner missing"),
    "carry_on": _("Carry on unchanged"),
    # answers
    "dont_know": _("don’t know"),
    "not_our_field": _("not our field"),
    "no_answer": _("no answer"),
}


def label(code: str, words: Words) -> str:
    """The words for a code of the tables or of a result."""
    return words(LABELS[code])


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
