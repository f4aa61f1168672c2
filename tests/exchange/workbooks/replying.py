"""Returned answer workbooks for the tests: filled in as a department would, and then damaged."""

import csv
import io
import re
import zipfile

from openpyxl import load_workbook

from netanalysis import load_case
from netanalysis.exchange.sheets.writing import save_workbook
from netanalysis.exchange.store.replacing import write_case
from netanalysis.exchange.survey import asking
from netanalysis.exchange.survey.answers import take
from netanalysis.exchange.survey.replies import Answer, Reply, read_reply
from netanalysis.loaders.case.case import case_rows

ASKED = [
    ("culture", "eurocities"),
    ("culture", "uclg"),
    ("education", "eurocities"),
    ("environment", "c40"),
]
FIRST = 4  # row of the sheet of ratings


def asked(folder, persons=(), answer_by="2020-02-01"):
    """Write who is asked into the case's table, persons one by one as {department: number}."""
    persons = dict(persons)
    with (folder / "asked.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["department", "network", "sent", "answer_by", "respondents"])
        lines.writerows(
            [one, network, "2020-01-01", answer_by, persons.get(one, "")] for one, network in ASKED
        )


def sent(folder, department, file, language=""):
    """Save the workbook that a department is sent, and open it."""
    case = load_case(folder)
    chosen = [pair for pair in ASKED if pair[0] == department]
    (letter,) = asking.letters(case, case.asked, chosen, language)
    save_workbook(asking.answer_workbook(case, letter), file)
    return load_workbook(file)


def returned(folder, department, file, ratings=(), answered="2020-01-20", office="", language=""):
    """The same, with ratings in the first rows, a date and an office."""
    book = sent(folder, department, file, language)
    _, rows, _, signing, *_ = book.worksheets
    for number, rating in enumerate(ratings):
        rows.cell(FIRST + number, 3).value = rating
    signing["B3"], signing["B4"] = answered or None, office or None
    save(book, file)
    return book


def persons(folder, where, ratings, size=8, answer_by="2020-02-01"):
    """Workbooks of persons in one department, one for each rating."""
    asked(folder, {"education": size}, answer_by)
    files = []
    for number, rating in enumerate(ratings):
        file = where / f"person {number}.xlsx"
        days = f"2020-01-{number + 10}"
        book = returned(folder, "education", file, [rating], answered=days)
        book["Vem som svarar"]["B4"] = "enhetschef"
        save(book, file, f"2020-01-25T10:00:0{number}Z")
        files.append(file)
    return files


def said(number, ratings, department="education"):
    """What a person's workbook says, without a file: ratings of EUROCITIES by criterion."""
    answers = (
        Answer("eurocities", criterion, *_cell(rating), "", f"Poäng!C{row}")
        for row, (criterion, rating) in enumerate(ratings.items(), start=FIRST)
    )
    stamp = f"{number:064x}"
    file, signed = f"{number}.xlsx", ("", "", "", "sv")  # signed neither with a day nor an office
    return Reply(file, stamp, department, True, *signed, tuple(answers), (), (), ())


def _cell(rating):
    code = {"vet inte": "dont_know", None: "no_answer"}.get(rating, "rating")
    return code, *([float(rating)] * 2 if code == "rating" else [None] * 2)


def taken(folder, *files, today="", refused=False):
    """Read the files into the case, write it, and load it again; without files, close it."""
    case = load_case(folder)
    replies = [one if isinstance(one, Reply) else read_reply(one, case) for one in files]
    found = take(case, case_rows(folder), replies, today, refused if files else None)
    write_case(folder, found.tables, "netanalysis answers")
    return found, load_case(folder)


def save(book, file, moment="2020-01-25T10:00:00Z"):
    """Save as Excel would, with the moment of saving in the file."""
    content = io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), part)
            new.writestr(name, part)
