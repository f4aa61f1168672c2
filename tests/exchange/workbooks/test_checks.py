"""No fault of a workbook is lost between finding and telling, whichever cell it stands in."""

import shutil
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from openpyxl import load_workbook

from netanalysis.exchange.workbook.checks import checked
from netanalysis.exchange.workbook.layout import pages
from netanalysis.exchange.workbook.reading import read_sheets, read_workbook
from tests.exchange.workbooks.damage import at, changed, full_case, setting, small_book

WRONG = {"reference": "Finns inte", "choice": "Hurra", "date": "våren", "number": "tre",
         "integer": "tre"}  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A case with rows in every table, as a workbook in either language."""
    folder = tmp_path_factory.mktemp("books")
    return {
        language: small_book(folder / f"{language}.xlsx", language, full_case(language))
        for language in ("sv", "en")
    }


def cells(language, book):
    """Every cell of the first row of every sheet, with its column and its place."""
    for page in pages(language, [language]):
        sheet = book[page.title]
        title = f"'{page.title}'" if " " in page.title else page.title
        for number, column in enumerate(page.columns):
            at = (number, 2) if page.upright else (0, number + 1)
            cell = sheet.cell(page.first_row + at[0], at[1])
            yield cell, column, f"{title}!{cell.coordinate}"


def untold(book, wrong, file):
    """Which places are not told, of a workbook with other values in some of its cells."""
    before = {place: cell.value for place, (cell, _) in wrong.items()}
    for cell, value in wrong.values():
        cell.value = value
    read = read_sheets(book, file)
    for place, (cell, _) in wrong.items():
        cell.value = before[place]
    lost = set(wrong) - {problem.file for problem in read.problems}
    if lost:
        case, told = checked(read)
        assert case is None
        lost -= {problem.file for problem in told}
    return lost


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.slow
def test_a_wrong_value_is_told_in_its_cell_whichever_sheet_and_column(books, language):
    book = load_workbook(books[language])
    for cell, column, place in cells(language, book):
        if column.kind in WRONG:
            assert not untold(book, {place: (cell, WRONG[column.kind])}, books[language])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.slow
def test_what_is_left_empty_is_told_on_every_sheet_wherever_it_must_be_filled_in(books, language):
    book = load_workbook(books[language])
    for _, group in groupby(cells(language, book), key=lambda one: one[0].parent.title):
        first, *needed = [(place, (cell, None)) for cell, one, place in group if one.required]
        assert not untold(book, dict(needed or [first]), books[language])


@pytest.mark.parametrize("head", ["Förvaltning", "Nätverk", "Kriterium"])
def test_an_answer_that_belongs_to_nothing_ends_the_reading(books, tmp_path, head):
    """A department renamed on every sheet but that of the answers, for example."""
    file = Path(shutil.copy(books["sv"], tmp_path))
    place = f"Svar!{at(load_workbook(file), 'Svar', head)}4"
    case, told = checked(read_workbook(changed(file, setting(place, "Något annat"))))
    assert case is None
    assert [(one.file, one.code) for one in told] == [(place, "cell_reference")]


def test_where_nothing_else_is_told_nothing_is_left_out(books):
    """Tables that cannot be loaded, of a workbook in which reading has found no fault."""
    read = read_workbook(books["sv"])
    for table, column in (("answers", "department"), ("networks", "network"), ("goals", "goal")):
        tables = {name: [dict(row) for row in rows] for name, rows in read.tables.items()}
        tables[table][0][column] = "No short name"
        case, told = checked(replace(read, tables=tables))
        assert case is None
        assert read.places[table, 2, column] in {problem.file for problem in told}
