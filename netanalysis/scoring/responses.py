"""Who was asked about what, who answered, and what do the answers say for the evaluation?

A department that answers as one is counted here by name. Persons who were asked one by one are
not: what may be said of them, `netanalysis.scoring.disclosure` decides.
"""

from typing import Any

import pandas as pd

from netanalysis.scoring.ratings import SILENCE

__all__ = [
    "KINDS",
    "NO_ANSWER",
    "RATING",
    "answered_about",
    "evidence",
    "latest",
    "rates",
    "tallies",
]

RATING, NO_ANSWER = "rating", "no_answer"
KINDS = (RATING, "dont_know", "not_our_field", NO_ANSWER)
_CELL = ["department", "respondent", "network", "criterion"]


def latest(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that count: of each, the highest version.

    Parameters
    ----------
    answers : DataFrame
        Table of a case.

    Returns
    -------
    DataFrame
        The same columns, one row per department, respondent, network and criterion, in the
        order of the answers.

    Examples
    --------
    >>> rows = pd.DataFrame({"department": "parks", "respondent": None, "network": "c40",
    ...                      "criterion": "fit", "version": [2, 1], "low": [3, 1]})
    >>> latest(rows)["low"].to_list()
    [3]
    """
    last = answers.sort_values("version", kind="stable").drop_duplicates(_CELL, keep="last")
    return last.sort_index().reset_index(drop=True)


def answered_about(asked: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """For each department that answers as one: which networks did it say anything about?

    Parameters
    ----------
    asked, answers : DataFrame
        Tables of a case.

    Returns
    -------
    DataFrame
        A row per department and network asked about: department, network, a count of each kind
        of answer (rating, dont_know, not_our_field, no_answer) over the criteria, and answered
        (bool): whether one of them is more than an empty cell.
    """
    pairs = _as_one(asked)[["department", "network"]]
    given = latest(_as_one(answers, "respondent"))
    number = pd.crosstab([given["department"], given["network"]], given["answer"])
    number = number.reindex(columns=list(KINDS), fill_value=0).rename_axis(columns=None)
    found = pairs.merge(number.reset_index(), "left", ["department", "network"])
    found[list(KINDS)] = found[list(KINDS)].fillna(0).astype(int)
    said = [kind for kind in KINDS if kind != NO_ANSWER]
    return found.assign(answered=found[said].sum(axis=1) > 0).reset_index(drop=True)


def rates(asked: pd.DataFrame, answers: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many were asked, answered and were silent.

    Parameters
    ----------
    asked, answers : DataFrame
        Tables of a case; persons who were asked one by one are left out.
    by : {"department", "network"}

    Returns
    -------
    DataFrame
        Indexed by department (what is counted is networks) or by network (departments), in the
        order in which they were asked: asked, answered, silent, and the answers of each kind.
        Asked is always answered and silent together.

    Examples
    --------
    >>> asked = pd.DataFrame({"department": ["parks", "parks"], "network": ["c40", "uclg"],
    ...                       "respondents": None})
    >>> answers = pd.DataFrame({"department": ["parks"], "respondent": None, "network": "c40",
    ...                         "criterion": "fit", "version": 1, "answer": "rating"})
    >>> rates(asked, answers, "department").loc["parks", ["asked", "answered", "silent"]].to_list()
    [2, 1, 1]
    """
    found = answered_about(asked, answers)
    groups = found.groupby(by, sort=False)
    counted = pd.DataFrame({"asked": groups.size(), "answered": groups["answered"].sum()})
    counted = counted.astype(int)
    counted["silent"] = counted["asked"] - counted["answered"]
    return counted.join(groups[list(KINDS)].sum())


def tallies(asked: pd.DataFrame, answers: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """How the departments that were asked about a network answered on each criterion.

    Parameters
    ----------
    asked, answers, criteria : DataFrame
        Tables of a case; persons who were asked one by one are left out.

    Returns
    -------
    DataFrame
        Indexed by (network, criterion) for every network asked about: asked, a count of each kind
        of answer, where no_answer counts the silent too, so that the kinds add up to asked; low
        and high (float), the lower median of the lowest and the upper median of the highest
        ratings, missing where nobody rated.
    """
    cells = _cells(asked, answers, criteria)
    groups = cells.groupby(["network", "criterion"], sort=False)
    number = pd.crosstab([cells["network"], cells["criterion"]], cells["answer"])
    number = number.reindex(columns=list(KINDS), fill_value=0).rename_axis(columns=None)
    found = pd.DataFrame({"asked": groups.size()}).join(number)
    found["low"] = groups["low"].quantile(0.5, interpolation="lower")
    found["high"] = groups["high"].quantile(0.5, interpolation="higher")
    return found


def evidence(
    asked: pd.DataFrame,
    answers: pd.DataFrame,
    criteria: pd.DataFrame,
    shown: pd.DataFrame,
    allowed: pd.DataFrame,
) -> pd.DataFrame:
    """What the answers are worth as evidence.

    A rating of a department that answers as one is a statement. Persons give one statement
    together, as far as it can be published. Where nobody rated, those who were asked and said
    nothing are one statement of silence; don't know and not our field are none. A network that
    nobody was asked about has no row: it stays without evidence.

    Parameters
    ----------
    asked, answers, criteria : DataFrame
        Tables of a case.
    shown, allowed : DataFrame
        From `netanalysis.scoring.disclosure`: what `protected` and `ratings_allowed` give for the
        persons' answers.

    Returns
    -------
    DataFrame
        Columns network, criterion, departments (tuple: who rated or was silent; empty for persons
        who rated), low, high (float), state ("" or "silence"), source_id and locator ("" where
        the row rests on no single answer).
    """
    cells = _cells(asked, answers, criteria)
    rated = cells[cells["answer"] == RATING]
    rows: list[tuple[Any, ...]] = [
        (row.network, row.criterion, (row.department,), row.low, row.high, "", row.source_id,
         row.locator)
        for row in rated.itertuples()
    ]  # fmt: skip
    rows += [
        (row.network, row.criterion, (), row.low, row.high, "", "", "")
        for row in allowed.itertuples()
    ]
    known = {row[:2] for row in rows}
    silent: dict[tuple[str, str], list[str]] = {
        pair: list(departments)
        for pair, departments in cells[cells["answer"] == NO_ANSWER].groupby(
            ["network", "criterion"], sort=False
        )["department"]
    }
    for network, departments in _silent_groups(asked, shown).items():
        for criterion in criteria["criterion"]:
            silent.setdefault((network, criterion), []).extend(departments)
    rows += [
        (*pair, tuple(departments), None, None, SILENCE, "", "")
        for pair, departments in silent.items()
        if pair not in known
    ]
    columns = ["network", "criterion", "departments", "low", "high", "state", "source_id"]
    found = pd.DataFrame(rows, columns=[*columns, "locator"])
    networks = list(dict.fromkeys(asked["network"]))
    place = {
        pair: number
        for number, pair in enumerate(
            (network, criterion) for network in networks for criterion in criteria["criterion"]
        )
    }
    order = pd.Series(list(zip(found["network"], found["criterion"], strict=True)), dtype=object)
    found = found.loc[order.map(place).sort_values(kind="stable").index]
    return found.astype({"low": float, "high": float}).reset_index(drop=True)


def _cells(asked: pd.DataFrame, answers: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Every department, network and criterion asked about, with the answer that counts."""
    pairs = _as_one(asked)[["department", "network"]].merge(criteria[["criterion"]], "cross")
    given = latest(_as_one(answers, "respondent"))
    keys = ["department", "network", "criterion"]
    values = ["answer", "low", "high", "source_id", "locator"]
    cells = pairs.merge(given[keys + values], "left", keys)
    return cells.assign(
        answer=cells["answer"].fillna(NO_ANSWER),
        low=cells["low"].astype(float),
        high=cells["high"].astype(float),
    )


def _silent_groups(asked: pd.DataFrame, shown: pd.DataFrame) -> dict[str, list[str]]:
    """Networks of which it is shown that no person answered, and the departments asked."""
    whole = shown[(shown["criterion"] == "") & (shown["department"] == "") & shown["shown"]]
    none = whole[(whole["answer"] == "") & (whole["count"] == 0)]["network"]
    persons = asked[asked["respondents"].notna()]
    return {
        network: persons.loc[persons["network"] == network, "department"].to_list()
        for network in none
    }


def _as_one(table: pd.DataFrame, column: str = "respondents") -> pd.DataFrame:
    return table[table[column].isna()]
