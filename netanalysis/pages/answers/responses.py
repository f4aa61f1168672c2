"""What have the departments answered, who was silent, and what was brought home?

Departments answer under their own names. Of persons who were asked one by one, only what
`netanalysis.scoring.disclosure` lets through is shown.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.language.words import Words
from netanalysis.loaders.case.case import Case
from netanalysis.pages import shared_columns
from netanalysis.pages.evaluation import sentences
from netanalysis.pages.html import Column, Fragment, bullets, folded, paragraphs, table
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.view import View
from netanalysis.pages.who_answered import who_answered
from netanalysis.pages.withheld import why_withheld
from netanalysis.scoring import responses
from netanalysis.scoring.disclosure import ASKED, CLASSES, RATINGS

__all__ = [
    "by_network",
    "comments",
    "heading",
    "in_short",
    "lessons",
    "nobody",
    "persons",
    "rates",
]

MOST = 20  # rows that stand open on the page
WIDE = 5  # departments that stand side by side


def heading(view: View, status: str = "case") -> Fragment:
    """The page's question, and what it is about."""
    question = view.words("What have the departments answered?")
    return sentences.heading(view, question=question, status=status)


def nobody(words: Words) -> Fragment:
    """What a case says in which nobody was asked."""
    return paragraphs([words("No department has been asked.")])


def in_short(view: View) -> Fragment:
    """How many were asked and answered, and who was silent, in a few sentences.

    Parameters
    ----------
    view : View

    Returns
    -------
    Fragment
    """
    words, case = view.words, view.case
    if case.asked.empty:
        return nobody(words)
    given = responses.rates(case.asked, case.answers, "department")
    said = who_answered(case, words)
    last = case.asked["answer_by"].dropna()
    if len(last):
        said.append(words("Last day for answers: {date}.", date=words.date(max(last))))
    if given[["rating", "dont_know", "not_our_field"]].to_numpy().sum():
        said.append(_given(given.sum(numeric_only=True), words))
    if case.asked["respondents"].notna().any():
        limit = words("What persons answered is shown for groups of at least five.")
        said.append(why_withheld(case, words) or limit)
    return bullets(said)


def rates(view: View, by: str) -> Fragment:
    """How many were asked, answered and were silent.

    Parameters
    ----------
    view : View
    by : {"department", "network"}

    Returns
    -------
    Fragment
    """
    words, case = view.words, view.case
    found = responses.rates(case.asked, case.answers, by)
    if found.empty:
        return Fragment("")  # the picture above says so
    of_networks = by == "department"
    names, others, other = (
        (view.departments, view.networks, "network")
        if of_networks
        else (view.networks, view.departments, "department")
    )
    about = responses.answered_about(case.asked, case.answers)
    missing = about[~about["answered"]].groupby(by)[other].agg(list)
    heads = {
        "rating": words("Ratings given"),
        "dont_know": words("Don’t know"),
        "not_our_field": words("Not our field"),
        "no_answer": words("Left empty"),
    }

    def count_of(kind: str) -> Column:
        return Column(heads[kind], lambda row: words.number(getattr(row, kind)), "number")

    def answered(row: Any) -> str:
        counts = {"answered": words.number(row.answered), "asked": words.number(row.asked)}
        return words("{answered} of {asked}", **counts)

    def nobody_of(row: Any) -> str:
        return words.listing(others[one] for one in missing.get(row.Index, ())) or words.none

    head = words("Department") if of_networks else words("Network")
    told = words("Networks answered about") if of_networks else words("Departments that answered")
    columns = [
        Column(head, lambda row: names[row.Index]),
        Column(told, answered, "number"),
        *map(count_of, responses.KINDS),
        Column(words("No answer about") if of_networks else words("No answer from"), nobody_of),
    ]
    caption = words("Answers by department") if of_networks else words("Answers by network")
    listed = table(words, caption, columns, found)
    return folded(caption, listed) if len(found) > MOST else listed


def by_network(view: View) -> Fragment:
    """Every department's answers about each network, folded."""
    words, case = view.words, view.case
    shown: list[Markup] = []
    names, networks, criteria = view.departments, view.networks, view.criteria
    asked = case.asked[case.asked["respondents"].isna()]
    given = responses.latest(case.answers[case.answers["respondent"].isna()])
    cells = given.set_index(["network", "department", "criterion"])

    def by_department(network: str, department: str) -> Column:
        return Column(
            names[department], lambda name: _answer(cells, (network, department, name), words)
        )

    def by_criterion(network: str, criterion: str) -> Column:
        return Column(
            criteria[criterion], lambda one: _answer(cells, (network, one, criterion), words)
        )

    for network in asked["network"].unique():
        caption = words("{network}: answers by department", network=networks[network])
        departments = asked.loc[asked["network"] == network, "department"].to_list()
        if len(departments) > WIDE:
            columns = [Column(words("Department"), lambda one: names[one])]
            columns += [by_criterion(network, name) for name in criteria]
            listed = table(words, caption, columns, departments)
        else:
            columns = [Column(words("Criterion"), lambda name: criteria[name])]
            columns += [by_department(network, one) for one in departments]
            listed = table(words, caption, columns, criteria)
        shown.append(folded(caption, listed))
    return Fragment(Markup("\n").join(shown))


def lessons(view: View, status: str = "case") -> Fragment:
    """What was brought home from each network, and what it was used for.

    Parameters
    ----------
    view : View
    status : {"working", "case", "published"}
        What persons wrote is shown in working material only, and without their department.

    Returns
    -------
    Fragment
    """
    words, case = view.words, view.case
    if case.asked.empty and case.lessons.empty:
        return nobody(words)
    rows = _last_lessons(case)
    hidden = status != "working"
    rows, why = (rows[rows["respondent"].isna()], "") if hidden else _shown(rows, view)
    if rows.empty:
        none = words("No department has reported anything brought home.")
        return paragraphs(filter(None, [none, why]))
    used = words.plural(
        "{count} lesson is reported; without a stated use: {unused}.",
        "{count} lessons are reported; without a stated use: {unused}.",
        len(rows),
        unused=words.number(rows["used_for"].isna().sum()),
    )
    caption = words("What was brought home, and what it was used for")
    columns = [
        shared_columns.network(view),
        _who(view),
        Column(words("Brought home"), lambda row: _written(row.brought_home, row, words)),
        Column(words("Used for"), lambda row: _written(row.used_for, row, words)),
    ]
    listed = table(words, caption, columns, rows)
    told = folded(caption, listed) if len(rows) > MOST else listed
    return Fragment(Markup("\n").join([paragraphs(filter(None, [used, why])), told]))


def persons(view: View, shown: pd.DataFrame, allowed: pd.DataFrame) -> Fragment:
    """What persons who were asked one by one answered, as far as it may be published.

    Parameters
    ----------
    view : View
    shown, allowed : DataFrame
        From `netanalysis.scoring.disclosure`: `protected`, and `ratings_allowed` by it.

    Returns
    -------
    Fragment
        Without persons asked, a sentence that says so.
    """
    words = view.words
    if shown.empty:
        return paragraphs([words("No persons have been asked one by one.")])
    if why := why_withheld(view.case, words):
        return paragraphs([why])
    names, networks = view.departments, view.networks
    groups, answers = shown[shown["criterion"] == ""], shown[shown["criterion"] != ""]
    keys = ["network", "department", "criterion", "answer"]
    cells = shown.set_index(keys).sort_index()

    def number(*key: str) -> str:
        if key not in cells.index:
            return words.none
        row = cells.loc[key]
        return words.number(row["count"]) if row["shown"] else words("hidden")

    pairs = groups[["network", "department"]].drop_duplicates()
    several = pairs.groupby("network")["department"].transform("size") > 2
    pairs = pairs[several | (pairs["department"] == "")]  # of one department, all are its own
    pairs = pairs.sort_values("network", kind="stable")

    def of_group(head: str, answer: str) -> Column:
        return Column(head, lambda row: number(row.network, row.department, "", answer), "number")

    counted = [
        shared_columns.network(view),
        Column(words("Department"), lambda row: names.get(row.department, words("All together"))),
        of_group(words("Asked"), ASKED),
        of_group(words("Answered"), ""),
    ]
    parts: list[Markup] = [
        paragraphs(
            [
                words(
                    "Numbers under five are hidden, those of the silent too, and others with them, "
                    "so that none can be worked out from the rest; so are ratings on which all "
                    "agree. Answers by department are not shown. The median is told as far as the "
                    "numbers shown allow it."
                )
            ]
        ),
        table(words, words("Persons asked and answered"), counted, pairs),
    ]
    medians = {
        (row.network, row.criterion): words.interval(row.low, row.high)
        for row in allowed.itertuples()
    }

    def given(answer: str) -> Column:
        head = _class(answer, words) if answer else words("Together")
        return Column(head, lambda row: number(row.network, "", row.criterion, answer), "number")

    def median(row: Any) -> str:
        return medians.get((row.network, row.criterion), words("open"))

    columns = [
        shared_columns.criterion(view),
        *map(given, (*CLASSES, "")),
        Column(words("Median"), median, "number"),
    ]
    rows = answers[answers["answer"] == ""]
    rows = rows.loc[_places(rows["criterion"], view.case.criteria["criterion"]).sort_values().index]
    for network in answers["network"].unique():
        caption = words("{network}: answers of persons", network=networks[network])
        listed = table(words, caption, columns, rows[rows["network"] == network])
        parts.append(folded(caption, listed))
    return Fragment(Markup("\n").join(parts))


def comments(view: View, status: str) -> Fragment:
    """Comments as they were written, in working material only.

    Parameters
    ----------
    view : View
    status : {"working", "case", "published"}

    Returns
    -------
    Fragment
    """
    words, case = view.words, view.case
    if status != "working":
        return paragraphs([words("Comments stand in working material only.")])
    given, why = _shown(responses.latest(case.answers).dropna(subset="comment"), view)
    given = _disordered(given, case, "comment")
    if given.empty:
        return paragraphs(filter(None, [words("No comments have been written."), why]))
    columns = [
        shared_columns.network(view),
        shared_columns.criterion(view),
        _who(view),
        Column(words("Comment"), lambda row: _written(row.comment, row, words)),
    ]
    listed = table(words, words("Comments, as written"), columns, given)
    return Fragment((paragraphs([why]) if why else "") + listed)


def _given(counts: pd.Series, words: Words) -> str:
    """How many answers of each kind the departments have given."""
    ratings = words.plural("{count} rating", "{count} ratings", counts["rating"])
    known, ours = (
        words.plural("{count} time", "{count} times", counts[kind])
        for kind in ("dont_know", "not_our_field")
    )
    empty = words.plural("{count} question", "{count} questions", counts["no_answer"])
    return words(
        "The departments have given {ratings}, answered “don’t know” {known} and “not our field” "
        "{ours}, and passed over {empty}.",
        ratings=ratings,
        known=known,
        ours=ours,
        empty=empty,
    )


def _answer(cells: pd.DataFrame, key: tuple[str, str, str], words: Words) -> str:
    if key not in cells.index:
        return label(responses.NO_ANSWER, words)
    row = cells.loc[key]
    if row["answer"] == responses.RATING:
        return words.interval(row["low"], row["high"])
    return label(row["answer"], words)


def _class(code: str, words: Words) -> str:
    return code if code in RATINGS else label(code, words)


def _shown(rows: pd.DataFrame, view: View) -> tuple[pd.DataFrame, str]:
    """The rows that may be shown, and why those of persons may not, where that is so."""
    why = why_withheld(view.case, view.words)
    return rows[rows["respondent"].isna()] if why else rows, why


def _last_lessons(case: Case) -> pd.DataFrame:
    """The lessons of the last version that tells of a network."""
    rows = case.lessons
    last = rows.groupby(["department", "respondent", "network"], dropna=False)["version"]
    return _disordered(
        rows[rows["version"] == last.transform("max")], case, "brought_home", "used_for"
    )


def _disordered(rows: pd.DataFrame, case: Case, *texts: str) -> pd.DataFrame:
    """Rows by network and criterion: departments in the case's order, then persons by their words.

    The order of the table would tell in which department a person is.
    """
    of_persons = rows["respondent"].notna()
    order = pd.DataFrame({"network": _places(rows["network"], case.networks["network"])})
    if "criterion" in rows:
        order["criterion"] = _places(rows["criterion"], case.criteria["criterion"])
    order["persons"] = of_persons
    order["department"] = _places(rows["department"], case.departments["department"])
    order["department"] = order["department"].mask(of_persons, 0)
    for text in (*texts, "language"):
        order[text] = rows[text].astype(object).where(of_persons, "").fillna("").astype(str)
    return rows.loc[order.sort_values(list(order), kind="stable").index]


def _places(names: pd.Series, order: pd.Series) -> pd.Series:
    return names.map({name: place for place, name in enumerate(order)})


def _who(view: View) -> Column:
    def who(row: Any) -> str:
        if pd.notna(row.respondent):
            return view.words("a person who was asked")
        return view.departments[row.department]

    return Column(view.words("Department"), who)


def _written(text: object, row: Any, words: Words) -> Markup | str:
    """A text as it was written, with its language where it is not the page's."""
    said = text_of(text)
    if not said:
        return words.unknown
    if text_of(row.language) in ("", words.language):
        return said
    return Markup('<span lang="{}">{}</span>').format(row.language, said)
