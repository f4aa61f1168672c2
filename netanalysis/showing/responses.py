"""What have the departments answered, who was silent, and what was brought home?

Departments answer under their own names. Of persons who were asked one by one, only what
`netanalysis.scoring.disclosure` lets through is shown.
"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.loaders.case import Case
from netanalysis.scoring import responses
from netanalysis.scoring.disclosure import ASKED, CLASSES, RATINGS
from netanalysis.showing import sentences
from netanalysis.showing.labels import label, text_of
from netanalysis.showing.markup import Fragment, bullets, folded, paragraphs, table
from netanalysis.showing.view import View
from netanalysis.showing.wording import Words

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


def heading(view: View) -> Fragment:
    """The page's question, and what it is about."""
    return sentences.heading(view, question=view.words("What have the departments answered?"))


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
    names = view.departments
    given = responses.rates(case.asked, case.answers, "department")
    networks = responses.rates(case.asked, case.answers, "network")
    silent = given.index[given["answered"] == 0]
    asked_persons = case.asked.dropna(subset="respondents")["department"].unique()
    said = []
    if len(given):
        said.append(
            words.plural(
                "{answered} of {count} department has answered, about {heard} of {networks} "
                "networks.",
                "{answered} of {count} departments have answered, about {heard} of {networks} "
                "networks.",
                len(given),
                answered=words.number(len(given) - len(silent)),
                heard=words.number((networks["answered"] > 0).sum()),
                networks=words.number(len(networks)),
            )
        )
    if len(silent):
        said.append(
            words(
                "Asked, without an answer: {departments}.",
                departments=words.listing(names[one] for one in silent),
            )
        )
    last = case.asked["answer_by"].dropna()
    if len(last):
        said.append(words("Last day for answers: {date}.", date=words.date(max(last))))
    if given[["rating", "dont_know", "not_our_field"]].to_numpy().sum():
        said.append(
            words(
                "Ratings given: {ratings}; don’t know: {dont_know}; not our field: {not_ours}; "
                "left empty: {empty}.",
                ratings=words.number(given["rating"].sum()),
                dont_know=words.number(given["dont_know"].sum()),
                not_ours=words.number(given["not_our_field"].sum()),
                empty=words.number(given["no_answer"].sum()),
            )
        )
    if len(asked_persons):
        said.append(
            words(
                "Asked person by person: {departments}. Their answers are shown for groups of at "
                "least five.",
                departments=words.listing(names[one] for one in asked_persons),
            )
        )
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
    names = view.departments if by == "department" else view.networks
    about = responses.answered_about(case.asked, case.answers)
    missing = about[~about["answered"]].groupby(by)[_other(by)].agg(list)
    others = view.networks if by == "department" else view.departments
    header = [
        words("Department") if by == "department" else words("Network"),
        words("Networks asked about") if by == "department" else words("Departments asked"),
        words("Answered"),
        words("Silent"),
        words("Share that answered"),
        words("Ratings given"),
        words("Don’t know"),
        words("Not our field"),
        words("Left empty"),
        words("No answer about") if by == "department" else words("No answer from"),
    ]
    caption = {
        "department": words("Answers by department"),
        "network": words("Answers by network"),
    }[by]
    rows = [
        (
            names[str(name)],
            *(words.number(row[one]) for one in ("asked", "answered", "silent")),
            words.percent(row["answered"] / row["asked"]),
            *(words.number(row[one]) for one in responses.KINDS),
            words.listing(others[one] for one in missing.get(name, ())) or "–",
        )
        for name, row in found.iterrows()
    ]
    listed = table(words, caption, header, rows, numeric=range(1, 9))
    return folded(caption, listed) if len(rows) > MOST else listed


def by_network(view: View) -> Fragment:
    """Every department's answers about each network, folded."""
    words, case = view.words, view.case
    shown: list[Markup] = []
    names, networks, criteria = view.departments, view.networks, view.criteria
    asked = case.asked[case.asked["respondents"].isna()]
    given = responses.latest(case.answers[case.answers["respondent"].isna()])
    cells = given.set_index(["network", "department", "criterion"])
    for network in asked["network"].unique():
        caption = words("{network}: answers by department", network=networks[network])
        departments = asked.loc[asked["network"] == network, "department"].to_list()
        grid = [
            [_answer(cells, (network, one, name), words) for one in departments]
            for name in criteria
        ]
        header = [words("Criterion"), *(names[one] for one in departments)]
        rows = [(name, *line) for name, line in zip(criteria.values(), grid, strict=True)]
        if len(departments) > WIDE:
            header = [words("Department"), *criteria.values()]
            turned = zip(*grid, strict=True)
            rows = [(names[one], *line) for one, line in zip(departments, turned, strict=True)]
        shown.append(folded(caption, table(words, caption, header, rows)))
    return Fragment(Markup("\n").join(shown))


def lessons(view: View, audience: str = "public") -> Fragment:
    """What was brought home from each network, and what it was used for.

    Parameters
    ----------
    view : View
    audience : {"public", "working"}
        What persons wrote is shown in working pages only, and without their department.

    Returns
    -------
    Fragment
    """
    words, case = view.words, view.case
    if case.asked.empty and case.lessons.empty:
        return nobody(words)
    rows = _last_lessons(case)
    hidden = audience == "public"
    rows = rows[rows["respondent"].isna()] if hidden else rows
    if rows.empty:
        return paragraphs([words("No department has told of anything brought home.")])
    used = words.plural(
        "{count} lesson is told of; of {unused} it is not said what it was used for.",
        "{count} lessons are told of; of {unused} it is not said what they were used for.",
        len(rows),
        unused=words.number(rows["used_for"].isna().sum()),
    )
    caption = words("What was brought home, and what it was used for")
    header = [words("Network"), words("Department"), words("Brought home"), words("Used for")]
    listed = table(
        words,
        caption,
        header,
        [
            (
                view.networks[row.network],
                _who(row, view),
                _written(row.brought_home, row, words),
                _written(row.used_for, row, words),
            )
            for row in rows.itertuples()
        ],
    )
    told = folded(caption, listed) if len(rows) > MOST else listed
    return Fragment(Markup("\n").join([paragraphs([used]), told]))


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
    names, networks, criteria = view.departments, view.networks, view.criteria
    groups, answers = shown[shown["criterion"] == ""], shown[shown["criterion"] != ""]
    keys = ["network", "department", "criterion", "answer"]
    cells = shown.set_index(keys).sort_index()

    def number(*key: str) -> str:
        if key not in cells.index:
            return "–"
        row = cells.loc[key]
        return words.number(row["count"]) if row["shown"] else words("hidden")

    rows: list[tuple[Any, ...]] = []
    pairs = groups[["network", "department"]].drop_duplicates()
    several = pairs.groupby("network")["department"].transform("size") > 2
    pairs = pairs[several | (pairs["department"] == "")]  # of one department, all are its own
    for network, department in pairs.sort_values("network", kind="stable").to_numpy():
        who = names[department] if department else words("All together")
        counted = (number(network, department, "", one) for one in (ASKED, ""))
        rows.append((networks[network], who, *counted))
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
        table(
            words,
            words("Persons asked and answered"),
            [words("Network"), words("Department"), words("Asked"), words("Answered")],
            rows,
            numeric=[2, 3],
        ),
    ]
    medians = {
        (row.network, row.criterion): words.interval(row.low, row.high)
        for row in allowed.itertuples()
    }
    header = [words("Criterion"), *(_class(one, words) for one in CLASSES), words("Together")]
    header.append(words("Median"))
    for network in answers["network"].unique():
        caption = words("{network}: answers of persons", network=networks[network])
        lines = [
            (
                criteria[one],
                *(number(network, "", one, answer) for answer in (*CLASSES, "")),
                medians.get((network, one), words("open")),
            )
            for one in criteria
            if (network, "", one, "") in cells.index
        ]
        listed = table(words, caption, header, lines, numeric=range(1, len(header)))
        parts.append(folded(caption, listed))
    return Fragment(Markup("\n").join(parts))


def comments(view: View, audience: str) -> Fragment:
    """Comments as they were written, in working pages only.

    Parameters
    ----------
    view : View
    audience : {"public", "working"}

    Returns
    -------
    Fragment
    """
    words, case = view.words, view.case
    if audience != "working":
        return paragraphs([words("Comments are left out of public pages.")])
    given = _disordered(responses.latest(case.answers).dropna(subset="comment"), case, "comment")
    if given.empty:
        return paragraphs([words("No comments have been written.")])
    criteria, networks = view.criteria, view.networks
    return table(
        words,
        words("Comments, as written"),
        [words("Network"), words("Criterion"), words("Department"), words("Comment")],
        [
            (
                networks[row.network],
                criteria[row.criterion],
                _who(row, view),
                _written(row.comment, row, words),
            )
            for row in given.itertuples()
        ],
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


def _who(row: Any, view: View) -> str:
    if pd.notna(row.respondent):
        return view.words("a person who was asked")
    return view.departments[row.department]


def _written(text: object, row: Any, words: Words) -> Markup | str:
    """A text as it was written, with its language where it is not the page's."""
    said = text_of(text)
    if not said:
        return words.unknown
    if text_of(row.language) in ("", words.language):
        return said
    return Markup('<span lang="{}">{}</span>').format(row.language, said)


def _other(by: str) -> str:
    return "network" if by == "department" else "department"
