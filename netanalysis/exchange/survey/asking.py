"""Which department is asked about which networks, and what is it sent?

Each department gets one workbook: a letter, a row for each network and criterion, a row for each
network on what was brought home, the criteria with what each rating means, and who answers. What
stands in it is seen; nothing hidden is needed to read it when it comes back.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from netanalysis.errors import DataError, Problem
from netanalysis.exchange.sheets.writing import fill, prepare, write
from netanalysis.exchange.survey.questionnaire import (
    ANSWERS,
    FIELDS,
    HEADS,
    HELPS,
    OFFICES,
    TITLES,
    labels,
)
from netanalysis.exchange.workbook.layout import Column, Page, lists_title, reference_names
from netanalysis.language.text import nearest_first
from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.case import Case
from netanalysis.pages.labels import text_of
from netanalysis.pages.view import View

__all__ = ["Letter", "answer_workbook", "asked_rows", "letters", "network_titles", "pairs"]

RATINGS = ("0", "1", "2", "3", "4")
PARTS = ("chair", "vice_chair", "member", "participant")  # roles of those who take part
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Letter:
    """What one department, or each person in it, is sent.

    Attributes
    ----------
    department : str
    networks : tuple of str
        Short names, in the case's order.
    persons : int
        How many persons are asked one by one; 0: the department answers as one.
    language : {"sv", "en"}
    answer_by : str
        Last day for the answer.
    """

    department: str
    networks: tuple[str, ...]
    persons: int
    language: str
    answer_by: str


def pairs(case: Case, departments: Collection[str] = (), networks: Collection[str] = ()) -> Pairs:
    """Which department is to be asked about which network.

    The rows of the table ``asked`` say so. For departments, or networks, that have no row there,
    it is those who take part in a network's work or own the membership. Departments and networks
    that are both named are asked in any case, each about each.

    Parameters
    ----------
    case : Case
    departments, networks : collection of str, optional
        Only these.

    Returns
    -------
    list of (department, network)
        In the case's order of departments, then of networks.

    Raises
    ------
    DataError
        For a department or network that the case does not have, and where nobody is to be asked.
    """
    _refuse_unknown(case, departments, networks)
    written = _pairs_of(case.asked)
    usual = _pairs_of(case.participation[case.participation["role"].isin(PARTS)])
    usual += _pairs_of(case.responsibilities)
    if departments and networks:
        chosen = {(one, network) for one in departments for network in networks}
    elif departments:
        rows = {one for one, _ in written}
        chosen = {pair for pair in written if pair[0] in departments}
        chosen |= {pair for pair in usual if pair[0] in departments and pair[0] not in rows}
    elif networks:
        rows = {network for _, network in written}
        chosen = {pair for pair in written if pair[1] in networks}
        chosen |= {pair for pair in usual if pair[1] in networks and pair[1] not in rows}
    else:
        chosen = set(written or usual)
    if not chosen:
        raise DataError([Problem("ask_nobody")])
    return [
        (one, network)
        for one in case.departments["department"]
        for network in case.networks["network"]
        if (one, network) in chosen
    ]


def asked_rows(case: Case, chosen: Pairs, sent: str, answer_by: str) -> pd.DataFrame:
    """The table ``asked`` with those who are asked now.

    Parameters
    ----------
    case : Case
    chosen : list of (department, network)
    sent : str
        Today's date.
    answer_by : str
        Last day for the answer, for rows that have none.

    Returns
    -------
    DataFrame
        What is there stays; only empty cells of the chosen rows are filled in.
    """
    table = case.asked.copy()
    known = set(_pairs_of(table))
    added = [{"department": one, "network": n} for one, n in chosen if (one, n) not in known]
    if added:
        table = pd.concat([table, pd.DataFrame(added, columns=list(table))], ignore_index=True)
    keys = zip(table["department"], table["network"], strict=True)
    asked_now = pd.Series([key in set(chosen) for key in keys], index=table.index, dtype=bool)
    for column, value in (("sent", sent), ("answer_by", answer_by)):
        text = table[column].astype(object)
        table[column] = text.mask(asked_now & text.isna(), value)
    return table.astype({"respondents": "Int64"})


def letters(case: Case, asked: pd.DataFrame, chosen: Pairs, language: str = "") -> list[Letter]:
    """One letter per department, and one more where some networks are for persons to answer on.

    Parameters
    ----------
    case : Case
    asked : DataFrame
        From `asked_rows`.
    chosen : list of (department, network)
    language : {"", "sv", "en"}
        Of all letters; where not given each department's own, else the case's first.

    Returns
    -------
    list of Letter
    """
    rows = asked.set_index(["department", "network"]).loc[chosen].reset_index()
    rows["persons"] = rows["respondents"].notna()
    tongues = case.departments.set_index("department")["language"]
    found = []
    for (department, one_by_one), group in rows.groupby(["department", "persons"], sort=False):
        own = text_of(tongues[department])
        spoken = language or (own if own in case.languages else case.languages[0])
        size = int(group["respondents"].max()) if one_by_one else 0
        networks = tuple(group["network"])
        found.append(Letter(department, networks, size, spoken, min(group["answer_by"])))
    return found


def network_titles(case: Case, language: str) -> dict[str, str]:
    """What each network is called in a workbook, so that no two are called the same."""
    rows = case.networks[["network", "name"]].to_dict("records")
    return reference_names("networks", rows, language)


def answer_workbook(case: Case, letter: Letter) -> Workbook:
    """The workbook that a department fills in.

    Parameters
    ----------
    case : Case
    letter : Letter

    Returns
    -------
    Workbook
    """
    words, book = speak(letter.language), Workbook()
    titles = labels(TITLES, letter.language)
    first = book.active
    first.title = titles["letter"]
    _write_letter(first, case, letter, words)
    offices, ratings = labels(OFFICES, letter.language), labels(ANSWERS, letter.language)
    choices = {
        "rating": {**{rating: rating for rating in RATINGS}, **_turned(ratings)},
        "office": _turned(offices),
    }
    hidden = lists_title(words)
    lists = {
        name: f"'{hidden}'!${letter_}$1:${letter_}${len(choices[name])}"
        for name, letter_ in zip(choices, "AB", strict=True)
    }
    for page, rows in _sheets(case, letter, choices, words):
        offered = {one.name: lists[one.name] for one in page.columns if one.name in lists}
        fill(book.create_sheet(page.title), page, rows, {}, words, offered)
    sheet = book.create_sheet(hidden)
    for number, name in enumerate(choices, start=1):
        for place, word in enumerate(choices[name], start=1):
            write(sheet.cell(place, number), word)
    sheet.sheet_state = "hidden"
    return book


def _sheets(
    case: Case, letter: Letter, choices: dict[str, dict[str, str]], words: Words
) -> list[tuple[Page, list[dict[str, str]]]]:
    """The sheets that a person fills in or looks things up in, with what stands in them."""
    networks = network_titles(case, words.language)
    criteria = View(case, words.language).criteria
    heads = labels(HEADS, words.language) | labels(FIELDS, words.language)
    heads |= {f"anchor_{rating}": rating for rating in RATINGS}
    anchors = {
        f"anchor_{one}": words("What a rating of {rating} means.", rating=one) for one in RATINGS
    }
    helps = labels(HELPS, words.language) | anchors
    titles = labels(TITLES, words.language)

    def page(name: str, note: str, columns: Sequence[str], upright: bool = False) -> Page:
        shown = tuple(
            Column(
                one,
                heads[one],
                helps[one],
                {"answered": "date"}.get(one, "choice" if one in choices else "text"),
                required=False,
                choices=choices.get(one, {}),
                refers="",
            )
            for one in columns
        )
        return Page(name, titles[name], note, shown, {}, upright)

    questions = {row.criterion: words.own(row, "question") for row in case.criteria.itertuples()}
    return [
        (
            page(
                "answers",
                words("One row for each network and criterion. Rate what you can judge."),
                ["network", "criterion", "rating", "comment", "question"],
            ),
            [
                {
                    "network": networks[network],
                    "criterion": label,
                    "question": questions[criterion],
                }
                for network in letter.networks
                for criterion, label in criteria.items()
            ],
        ),
        (
            page(
                "lessons",
                words("What the work in each network has given, and what became of it."),
                ["network", "brought_home", "used_for"],
            ),
            [{"network": networks[network]} for network in letter.networks],
        ),
        (
            page(
                "signing",
                words("Who answers, and when."),
                ["department", "answered", "office"],
                upright=True,
            ),
            [{"department": View(case, words.language).departments[letter.department]}],
        ),
        (
            page(
                "criteria",
                words("What the ratings mean. Nothing is to be filled in here."),
                ["criterion", "question", *(f"anchor_{rating}" for rating in RATINGS)],
            ),
            [
                {
                    "criterion": criteria[row.criterion],
                    "question": questions[row.criterion],
                    **{f"anchor_{one}": words.own(row, f"anchor_{one}") for one in RATINGS},
                }
                for row in case.criteria.itertuples()
            ],
        ),
    ]


def _write_letter(sheet: Worksheet, case: Case, letter: Letter, words: Words) -> None:
    title, *lines = _letter(case, letter, words)
    sheet.column_dimensions["A"].width = 100
    sheet.sheet_view.showGridLines = False
    for number, text in enumerate([title, *lines], start=1):
        cell = sheet.cell(number, 1)
        write(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[number].height = 15 * -(-len(text) // 100) + 9
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.row_dimensions[1].height = 30
    prepare(sheet)


def _letter(case: Case, letter: Letter, words: Words) -> list[str]:
    about, titles = case.case.iloc[0], labels(TITLES, words.language)
    name = View(case, words.language).departments[letter.department]
    given = {"answers": titles["answers"], "criteria": titles["criteria"]}
    lines = [
        words("Questions about the city’s international networks"),
        words.plural(
            "To {department}: {count} network.",
            "To {department}: {count} networks.",
            len(letter.networks),
            department=name,
        ),
        words("Asked by: {office}.", office=words.own(about, "responsible")),
        words(
            "Why: the answers are evidence in the evaluation “{title}”. It shows what each network "
            "gives the city, and is a basis for decisions on whether to do more, go on, do less or "
            "leave.",
            title=words.own(about, "title"),
        ),
        words("Please answer by {date}.", date=words.date(letter.answer_by)),
        words(
            "How: rate each network on each criterion on the sheet {answers}, from 0 to 4. The "
            "sheet {criteria} says what each rating means. Choose “don’t know” where you cannot "
            "tell, and “not our field” where others are better placed to judge. An empty cell "
            "counts as no answer. All of it need not be filled in.",
            **given,
        ),
        words(
            "On the sheet {lessons}, write what was brought home from each network and what it "
            "was used for. On the sheet {signing}, give the date and the office that answers.",
            lessons=titles["lessons"],
            signing=titles["signing"],
        ),
        words(
            "Save the workbook as .xlsx and send it back to the unit that asks. It may be renamed. "
            "If it is sent again, the later one counts, and both are kept."
        ),
    ]
    if letter.persons:
        lines += [
            words(
                "You answer for yourself and not for the department. Published pages show "
                "numbers for groups of at least five persons, and no answer by itself."
            )
        ]
    else:
        lines += [
            words("The department answers as one, and its answer is shown under its own name.")
        ]
    lines += [
        words(
            "The workbook that you send back is a public record that anybody may ask to read; no "
            "anonymity can be promised. Write no names of persons, e-mail addresses, telephone "
            "numbers or other personal data: a workbook with such data is not read."
        )
    ]
    if text_of(about["synthetic"]):
        lines += [words("The city, its departments and this letter are invented.")]
    return lines


def _turned(labelled: dict[str, str]) -> dict[str, str]:
    return {label: code for code, label in labelled.items()}


def _pairs_of(table: pd.DataFrame) -> Pairs:
    rows = table[["department", "network"]].dropna()
    return list(rows.itertuples(index=False, name=None))


def _refuse_unknown(case: Case, departments: Collection[str], networks: Collection[str]) -> None:
    problems = []
    for code, given, known in (
        ("department_unknown", departments, case.departments["department"]),
        ("network_unknown", networks, case.networks["network"]),
    ):
        name = code.partition("_")[0]
        problems += [
            Problem(code, values={name: one, "known": nearest_first(one, known)})
            for one in given
            if one not in set(known)
        ]
    if problems:
        raise DataError(problems)
