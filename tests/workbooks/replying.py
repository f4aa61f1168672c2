"""Returned answer workbooks for the tests: filled in as a department would, and then damaged."""

import csv
import io
import re
import zipfile

from openpyxl import load_workbook

from netanalysis import load_case
from netanalysis.workbooks import asking
from netanalysis.workbooks.writing import save_workbook

ASKED = [
    ("culture", "eurocities"),
    ("culture", "uclg"),
    ("education", "eurocities"),
    ("environment", "c40"),
]
FIRST = 4  # row of the sheet of ratings


def asked(folder, persons=()):
    """Write who is asked into the case's table, persons one by one as {department: number}."""
    persons = dict(persons)
    with (folder / "asked.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["department", "network", "sent", "answer_by", "respondents"])
        lines.writerows(
            [one, network, "2030-01-01", "2030-02-01", persons.get(one, "")]
            for one, network in ASKED
        )


def sent(folder, department, file, language=""):
    """Save the workbook that a department is sent, and open it."""
    case = load_case(folder)
    chosen = [pair for pair in ASKED if pair[0] == department]
    (letter,) = asking.letters(case, case.asked, chosen, language)
    save_workbook(asking.answer_workbook(case, letter), file)
    return load_workbook(file)


def returned(folder, department, file, ratings=(), answered="2030-01-20", office="", language=""):
    """The same, with ratings in the first rows, a date and an office."""
    book = sent(folder, department, file, language)
    _, rows, _, signing, *_ = book.worksheets
    for number, rating in enumerate(ratings):
        rows.cell(FIRST + number, 3).value = rating
    signing["B3"], signing["B4"] = answered or None, office or None
    save(book, file)
    return book


def save(book, file, moment="2030-01-25T10:00:00Z"):
    """Save as Excel would, with the moment of saving in the file."""
    content = io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), part)
            new.writestr(name, part)
