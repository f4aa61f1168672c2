"""What can be published of persons' answers without showing what anybody answered?

Where persons answer one by one, every public page of a case takes their numbers from one protected
set, and nothing else. It holds two kinds of tables, each with one dimension, so that what a reader
can work out from them is known exactly:

- how many were asked and how many answered about a network, by department;
- what all departments together answered about a network on a criterion, by answer.

Answers by department are not counted at all: in groups of ten nearly every number would be
hidden, and the few that are left are what an attack starts from.

A number of 1 to 4 is hidden, and so is a department of which fewer than five were asked, or 1 to 4
did not answer. Where all who rated gave the same rating, in a group of any size, that rating is
hidden together with one that nobody gave, so that a reader cannot tell that they agreed. Beside
what must be hidden, one number of five or more is hidden too, and further ones until what is hidden
in the table adds up to seven more than there are hidden numbers; on a criterion where there are not
enough, all answers are hidden. Each hidden number can then be anything from 0 to their sum, and
even a reader who knows these rules and tries every table that they would print in the same way is
left with several values for each, and never learns that all agreed.

Of departments, those who answered and those who did not are protected in this way, each as a column
of their own: what is known of the one bounds the other. Where there are not enough departments, all
are hidden. Where then fewer than five of all were silent, no number asked is shown, of any network
of the case, as the same persons are mostly asked about several. Otherwise a reader who knows how
many were asked in each department is still left, for how many answered in a hidden one, with a
range of as many as were asked in it, in the others or four, whichever is fewest. The limit: who
knows from elsewhere how many were asked in all, where fewer than five of them were silent, can take
from it the number that answered, and knows how few were silent and, of a department whose size is
known too, that all but so few answered.

Two sets made before and after a late answer show that answer as their difference. So a set is
closed once, when the time for answers is over, and no other is shown: see
`netanalysis.loaders.case.closing`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["ASKED", "CLASSES", "LEAST", "RATINGS", "counts", "protected", "ratings_allowed"]

LEAST = 5  # persons in the smallest group that may be shown
ASKED = "asked"
RATINGS = ("0", "1", "2", "3", "4")
CLASSES = (*RATINGS, "dont_know", "not_our_field", "no_answer")

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]


def counts(answers: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """How many persons were asked, answered, and gave each answer.

    Only the last version of an answer counts. A range of ratings counts as the rating nearest to
    its middle, the lower of two. A person who answered about the network but not on a criterion
    gave no answer there.

    Parameters
    ----------
    answers, asked : DataFrame
        Tables of a case. Rows without a respondent, where the department answers as one, are
        left out.

    Returns
    -------
    DataFrame
        Columns network, criterion, department, answer and count (persons):

        - criterion "": how many were asked (answer "asked") and answered (""), by department and
          together (department "")
        - department "": how many gave each of `CLASSES` on a criterion, and together (answer "")

    Examples
    --------
    >>> asked = pd.DataFrame({"department": ["parks"], "network": ["c40"], "respondents": [3]})
    >>> answers = pd.DataFrame({
    ...     "department": "parks", "respondent": [1, 2, 2], "network": "c40", "criterion": "fit",
    ...     "version": [1, 1, 2], "answer": ["rating", "rating", "dont_know"],
    ...     "low": [3, 1, None], "high": [4, 1, None]})
    >>> found = counts(answers, asked).query("department == '' and count > 0")
    >>> found[["criterion", "answer", "count"]].to_numpy().tolist()
    [['', 'asked', 3], ['', '', 2], ['fit', '3', 1], ['fit', 'dont_know', 1], ['fit', '', 2]]
    """
    person, given = ["network", "department", "respondent"], answers.dropna(subset="respondent")
    given = given.sort_values("version").drop_duplicates([*person, "criterion"], keep="last")
    middle = (given["low"].astype(float) + given["high"].astype(float)) / 2
    nearest = np.ceil(middle - 0.5).astype("Int64").astype("str")
    given = given.assign(answer=given["answer"].mask(given["answer"] == "rating", nearest))
    persons = given[person].drop_duplicates()
    cells = given.groupby(["network", "criterion", "answer"], sort=False).size()
    table = cells.unstack("answer", fill_value=0).reindex(columns=list(CLASSES), fill_value=0)
    answered = persons.groupby("network").size().reindex(table.index, level="network")
    table["no_answer"] += answered - table.sum(axis=1)
    table[""] = answered
    table.columns.name = None
    by_answer = table.reset_index().melt(
        ["network", "criterion"], var_name="answer", value_name="count"
    )
    both = pd.concat([_by_department(persons, asked), by_answer.assign(department="")])
    columns = ["network", "criterion", "department", "answer", "count"]
    return both[columns].reset_index(drop=True).astype({"count": "int64"})


def protected(counts: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Which of the numbers may be shown.

    Parameters
    ----------
    counts : DataFrame
        From `counts`.
    least : int
        Persons in the smallest group that may be shown.

    Returns
    -------
    DataFrame
        The same with a column ``shown`` (bool). A network of which fewer were asked, or answered
        without being none, shows nothing. No page may print a number that is not shown, nor one
        that was counted in another way.

    References
    ----------
    Hundepool, A. et al. (2012). *Statistical Disclosure Control*, chapter 4. Wiley: primary and
    secondary suppression.
    """
    hidden: set[tuple[str, str, str]] = set()  # network, criterion, then department or answer
    groups = counts[counts["criterion"] == ""].pivot(
        index=["network", "department"], columns="answer", values="count"
    )
    barred, sizes = set(), True  # whether it is shown how many were asked
    for network, table in groups.groupby(level="network", sort=False):
        asked, answered = (table.droplevel("network")[name] for name in (ASKED, ""))
        if asked[""] < least or 0 < answered[""] < least:
            barred.add(network)
        if network in barred or not answered[""]:
            continue
        few = asked[""] - answered[""] < least
        asked, answered = asked.drop(""), answered.drop("")
        out = _departments(asked.to_numpy(), answered.to_numpy(), least)
        if len(out) > 1:  # the only one is the whole
            hidden |= {(network, "", name) for name in asked.index[out]}
        sizes &= not (few and out.any())
    cells = counts[counts["criterion"] != ""].pivot(
        index=["network", "criterion"], columns="answer", values="count"
    )
    for (network, criterion), row in zip(
        cells.index, cells.reindex(columns=CLASSES).to_numpy(), strict=True
    ):
        out = _classes(row, least)
        hidden |= {(network, criterion, CLASSES[place]) for place in np.flatnonzero(out)}
    of = counts["department"].where(counts["criterion"] == "", counts["answer"])
    keys = zip(counts["network"], counts["criterion"], of, strict=True)
    shown = np.array([key[0] not in barred and key not in hidden for key in keys], dtype=bool)
    return counts.assign(shown=shown & (sizes | (counts["answer"] != ASKED)))


def ratings_allowed(protected: pd.DataFrame) -> pd.DataFrame:
    """Between which ratings the persons' median lies, as far as the shown numbers tell.

    A published rating that is worked out from these alone adds nothing to them. It runs from the
    lowest lower median to the highest upper median of all answers that give the shown numbers.

    Parameters
    ----------
    protected : DataFrame
        From `protected`.

    Returns
    -------
    DataFrame
        Columns network, criterion, low, high (float). Without a row where it is not certain that
        anybody rated, or where every rating of the scale is allowed.
    """
    keys = ["network", "criterion"]
    cells = protected[protected["criterion"] != ""]
    number, shown = (
        cells.pivot(index=keys, columns="answer", values=name).reindex(columns=[*CLASSES, ""])
        for name in ("count", "shown")
    )
    rows = []
    for key, row, seen in zip(number.index, number.to_numpy(), shown.to_numpy(bool), strict=True):
        if not seen[-1]:
            continue
        known = np.where(seen, row, 0)[:-1].astype(np.int64)
        ends = _medians(known, np.flatnonzero(~seen[:-1]), int(row[-1] - known.sum()))
        if ends and ends != (0, len(RATINGS) - 1):
            rows.append((*key, *ends))
    found = pd.DataFrame(rows, columns=[*keys, "low", "high"])
    return found.astype({"low": float, "high": float})


def _by_department(persons: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """How many were asked and answered, by network and department, and together."""
    keys = ["network", "department"]
    invited = asked.dropna(subset="respondents").groupby(keys, sort=False)["respondents"].sum()
    sizes = pd.DataFrame({ASKED: invited, "": persons.groupby(keys, sort=False).size()}).fillna(0)
    sizes[ASKED] = sizes.max(axis=1)  # nobody answered who was not asked
    whole = sizes.groupby(level="network", sort=False).sum()
    whole.index = pd.MultiIndex.from_product([whole.index, [""]], names=keys)
    both = pd.concat([sizes, whole]).reset_index()
    return both.melt(keys, var_name="answer", value_name="count").assign(criterion="")


def _departments(asked: Numbers, answered: Numbers, least: int) -> Truths:
    """Departments to hide: the small ones, and beside them those of which fewest were asked."""
    columns = answered, asked - answered
    hidden = asked < least
    for numbers in columns:
        hidden |= (numbers > 0) & (numbers < least)
    # one in which all or nobody answered hides little, and that it was needed would tell of it
    others = np.flatnonzero(~hidden & (columns[0] > 0) & (columns[1] > 0))
    waiting = iter(others[np.argsort(asked[others], kind="stable")])
    while hidden.any():
        # where sizes are known, each can take up only what the others leave it
        room = asked[hidden].sum() - asked[hidden].max() >= least - 1
        if room and all(_safe(numbers[hidden], least) for numbers in columns):
            break
        place = next(waiting, None)
        if place is None:
            hidden[:] = True
            break
        hidden[place] = True
    return hidden


def _classes(row: Numbers, least: int) -> Truths:
    """Answers to hide on a criterion."""
    places = np.arange(len(row))
    rating = places < len(RATINGS)
    hidden = (row > 0) & (row < least)
    for group in (row * rating, row):
        given = np.flatnonzero(group)
        if len(given) == 1:  # all agree: hidden with an answer next to it that nobody gave
            hidden[given] = True
            hidden[_next_to(int(given[0]))] = True
    first = int(np.argmax(hidden))
    others = np.flatnonzero((row > 0) & ~hidden)
    # of the same kind before another, near before far: the median stays as narrow as it can
    order = np.lexsort([abs(others - first), rating[others] != rating[first]])
    if not _hide_beside(row, hidden, others[order], least):
        hidden[:] = True
    return hidden


def _hide_beside(numbers: Numbers, hidden: Truths, others: Numbers, least: int) -> bool:
    """Hide others, in their order, until those hidden protect each other; whether they do."""
    waiting = iter(others)
    while hidden.any():
        if _safe(numbers[hidden], least):
            break
        place = next(waiting, None)
        if place is None:
            return False
        hidden[place] = True
    return True


def _safe(out: Numbers, least: int) -> bool:
    """Whether hidden numbers protect each other: one of `least`, and beside it small ones.

    Of these one can then be any small number.
    """
    return bool(out.max() >= least and out.sum() >= least + (len(out) - 1) + (least - 2))


def _next_to(place: int) -> int:
    """The answer that hides a unanimous one: one lower, for the first of its kind one higher."""
    return place + 1 if place in (0, len(RATINGS)) else place - 1


def _medians(shown: Numbers, hidden: Numbers, sum_hidden: int) -> tuple[int, int] | None:
    """Lowest lower and highest upper median, or None where perhaps nobody rated."""
    ratings = len(RATINGS)
    ways = [place for place in hidden if place < ratings] + [p for p in hidden if p >= ratings][:1]
    found = []
    # all that is hidden in one place: a median moves towards where more is put, never away
    for place in ways or [ratings]:
        filled = shown.copy()
        if sum_hidden:
            filled[place] += sum_hidden
        number = int(filled[:ratings].sum())
        if not number:
            return None
        upto = np.cumsum(filled[:ratings])
        found.append([int(np.argmax(upto >= rank)) for rank in _middle(number)])
    return min(low for low, _ in found), max(high for _, high in found)


def _middle(number: int) -> Sequence[int]:
    """Ranks of the lower and the upper median of so many."""
    return (number + 1) // 2, number // 2 + 1
