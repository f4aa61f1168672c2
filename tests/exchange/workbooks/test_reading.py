"""Workbooks as they come back: the same tables, or the exact cell of what cannot be read."""

import datetime
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from netanalysis import DataError
from netanalysis.errors import Key, Problem
from netanalysis.exchange.workbook.checks import checked
from netanalysis.exchange.workbook.reading import Read, read_workbook
from netanalysis.exchange.workbook.unsourced import unsourced
from netanalysis.language.messages import MESSAGES
from netanalysis.language.words import speak
from netanalysis.loaders.case.columns import case_tables
from tests.exchange.workbooks.damage import at, changed, setting, small_book, small_case


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("book") / "goteborg.xlsx")


@pytest.fixture
def book(tmp_path, original):
    return Path(shutil.copy(original, tmp_path))


def whole(tables):
    """Tables with every column of theirs."""
    return {
        table: [
            {field["name"]: row.get(field["name"], "") for field in schema["fields"]}
            for row in tables.get(table, [])
        ]
        for table, schema in case_tables().items()
    }


def same(read, tables):
    return whole(unsourced(read.tables)) == whole(tables)


def told(read):
    return [(problem.file, problem.code) for problem in read.problems]


def everything(read):
    return [(problem.file, problem.code) for problem in checked(read)[1]]


def test_a_workbook_holds_its_case(book):
    read = read_workbook(book)
    assert (read.problems, read.notes, read.language) == ((), (), "sv")
    assert same(read, small_case())
    assert read.places["memberships", 3, "until"] == "Medlemskap!D6"
    assert read.places["case", 2, "as_of"] == "Utvärdering!B5"
    case, problems = checked(read)
    assert problems == []
    assert case.memberships["source_id"].to_list() == ["workbook", "bylaws", "workbook"]
    assert case.memberships["locator"].to_list() == ["Medlemskap!A5", "§ 3", "Medlemskap!A7"]
    assert case.sources["title"].to_list() == ["Stadgar", "goteborg.xlsx"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("languages", [("sv",), ("en",), ("sv", "en")])
def test_the_reader_s_language_changes_nothing(tmp_path, language, languages):
    tables = small_case(languages)
    read = read_workbook(small_book(tmp_path / "a.xlsx", language, tables))
    assert (read.problems, read.notes, read.language) == ((), (), language)
    assert same(read, tables)


def rename(book):
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Blad {number}"


def reorder(book):
    book._sheets.reverse()


def hide(book):
    for sheet in book.worksheets[1:]:
        sheet.sheet_state = "hidden"


def move_columns(book):
    sheet = book["Medlemskap"]
    for row in sheet.iter_rows(min_row=1, max_row=9):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value


def lower(book):
    for sheet in book.worksheets[1:]:
        sheet.insert_rows(1, 4)
        sheet["A1"] = "Göteborgs stad"


def inset(book):
    for sheet in book.worksheets[1:]:
        sheet.insert_cols(1, 2)


def no_help(book):
    for sheet in book.worksheets[2:]:
        if sheet["A3"].value:
            sheet.delete_rows(3)


def no_example(book):
    for sheet in book.worksheets[2:]:
        if str(sheet["A4"].value).startswith("Exempel:"):
            sheet.delete_rows(4)


def no_lists(book):
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation = []
    del book["Listor"]
    del book[book.sheetnames[0]]


def gaps(book):
    book["Nätverk"].insert_rows(6, 3)
    book["Medlemskap"].insert_rows(7, 40)


def upper(book):
    for sheet in book.worksheets[2:]:
        for cell in sheet[2]:
            cell.value = f" {str(cell.value).upper()}\u00a0" if cell.value else None


def blanks(book):
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows(min_row=5, max_row=9):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = f"\u00a0{cell.value} \u200b"
        sheet["A60"] = "  "


def numbers(book):
    """What a program that guesses types makes of texts."""
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows(min_row=5, max_row=9):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.isdecimal():
                    cell.value, cell.number_format = int(cell.value), "General"


def dates(book):
    """What Excel makes of dates where the format as text is lost."""
    for title, cells in {"Medlemskap": ("C6", "C7", "D6"), "Uppdrag": ("F5",)}.items():
        for name in cells:
            cell = book[title][name]
            parts = [*map(int, cell.value.split("-")), 1][:3]
            cell.value = datetime.datetime(*parts)
            cell.number_format = "mmm-yy" if name == "C6" else "yyyy-mm-dd"


def other_words(book):
    book["Medlemskap"]["B5"] = "Full member"
    book["Medlemskap"]["B7"] = "associate"
    book["Medlemskap"]["A5"] = "eurocities"
    book["Kostnader"]["C5"] = "MEDLEMSAVGIFT "
    book["Uppgifter"]["B5"] = "influence"


def commas(book):
    letter = at(book, "Kostnader", "Belopp")
    book["Kostnader"][f"{letter}5"] = "12\u00a0500,50"


HARMLESS = [rename, reorder, hide, move_columns, lower, inset, no_help, no_example, no_lists, gaps,
            upper, blanks, numbers, dates, other_words, commas]  # fmt: skip


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
def test_what_people_do_to_a_workbook_changes_nothing(book, change):
    read = read_workbook(changed(book, change))
    assert told(read) == []
    assert same(read, small_case())
    allowed = {rename: "sheet_unread", lower: "cell_unread", hide: "sheet_hidden"}.get(change)
    assert {note.code for note in read.notes} <= {allowed}


DAMAGE = {
    "date of no calendar": (setting("Medlemskap!C5", "2025-13-01"), "Medlemskap!C5", "date"),
    "date in words": (setting("Medlemskap!C5", "våren 1995"), "Medlemskap!C5", "date"),
    "date of two readings": (
        setting("Medlemskap!C7", "1/3/2012"), "Medlemskap!C7", "cell_date_ambiguous"),
    "year as a day": (
        setting("Medlemskap!C7", datetime.datetime(1905, 7, 4), "yyyy-mm-dd"),
        "Medlemskap!C7", "cell_date_number"),
    "day without year": (
        setting("Medlemskap!H6", datetime.datetime(2026, 4, 3), "d-mmm"),
        "Medlemskap!H6", "cell_date_yearless"),
    "unknown word": (setting("Medlemskap!B5", "medlem"), "Medlemskap!B5", "enum"),
    "unknown network": (setting("Medlemskap!A6", "C-40"), "Medlemskap!A6", "cell_reference"),
    "unknown department": (
        setting("Kostnader!G5", "Parkförvaltningen"), "Kostnader!G5", "cell_reference"),
    "unknown body": (setting("Uppdrag!B5", "Presidiet"), "Uppdrag!B5", "cell_reference"),
    "unknown source": (setting("Medlemskap!G6", "Protokoll"), "Medlemskap!G6", "cell_reference"),
    "formula for a reference": (setting("Medlemskap!A6", "=A5"), "Medlemskap!A6", "cell_reference"),
    "amount in words": (setting("Kostnader!D5", "ca 12 000"), "Kostnader!D5", "number"),
    "amount with its unit": (setting("Kostnader!D5", "12 000 kr"), "Kostnader!D5", "number"),
    "amount of two readings": (
        setting("Kostnader!D5", "12.500"), "Kostnader!D5", "cell_number_ambiguous"),
    "amount as a formula": (setting("Kostnader!D5", "=6*2"), "Kostnader!D5", "cell_formula"),
    "amount as an error": (setting("Kostnader!D5", "#REF!"), "Kostnader!D5", "cell_error"),
    "amount as a date": (
        setting("Kostnader!D5", datetime.datetime(2026, 5, 1), "d-mmm"),
        "Kostnader!D5", "cell_number_date"),
    "amount as a truth": (setting("Kostnader!D5", True), "Kostnader!D5", "cell_truth"),
    "amount below nothing": (setting("Kostnader!D5", -5), "Kostnader!D5", "minimum"),
    "year with a half": (setting("Kostnader!B5", 2025.5), "Kostnader!B5", "integer"),
    "year of long ago": (setting("Kostnader!B5", 25), "Kostnader!B5", "minimum"),
    "rating in words": (setting("Uppgifter!C5", "tre"), "Uppgifter!C5", "cell_rating"),
    "rating and a half": (setting("Uppgifter!C5", "3,5"), "Uppgifter!C5", "cell_rating"),
    "rating above the scale": (setting("Uppgifter!C5", 5), "Uppgifter!C5", "cell_rating"),
    "rating and its end": (setting("Uppgifter!C5", "0-1"), "Uppgifter!C5", "cell_rating_ends"),
    "half a rating": (setting("Uppgifter!D5", None), "Uppgifter!D5", "state_half"),
    "rating upside down": (setting("Uppgifter!C5", 4), "Uppgifter!C5", "low_high"),
    "nothing where it must": (setting("Uppgifter!F5", None), "Uppgifter!F5", "required"),
    "no network": (setting("Medlemskap!A5", None), "Medlemskap!A5", "required"),
    "short name with signs": (setting("Nätverk!C6", "c40!"), "Nätverk!C6", "pattern"),
    "no name": (setting("Nätverk!B8", "ett nätverk"), "Nätverk!A8", "required"),
    "network twice": (setting("Nätverk!C6", "eurocities"), "Nätverk!A6", "key"),
    "term that ends first": (setting("Uppdrag!F5", "2023"), "Uppdrag!F5", "term"),
    "level unknown": (setting("Krav!A4", "Styra"), "Krav!A4", "cell_reference"),
    "threshold too low": (setting("Utvärdering!B11", 0.2), "Utvärdering!B11", "minimum"),
    "no as-of date": (setting("Utvärdering!B5", None), "Utvärdering!B5", "required"),
    "language unknown": (setting("Utvärdering!B8", "finska"), "Utvärdering!B8", "enum"),
    "currency in small letters": (setting("Kostnader!E5", "kr"), "Kostnader!E5", "currency"),
    "head renamed": (setting("Medlemskap!C2", "Start"), "Medlemskap!A2", "sheet_column_missing"),
    "head deleted": (setting("Medlemskap!C2", None), "Medlemskap!A2", "sheet_column_missing"),
    "head twice": (setting("Medlemskap!J2", "Ställning"), "Medlemskap!J2", "sheet_column_twice"),
    "column deleted": (
        lambda book: book["Medlemskap"].delete_cols(3), "Medlemskap!A2", "sheet_column_missing"),
    "sheet deleted": (lambda book: book.remove(book["Kostnader"]), "Kostnader", "sheet_missing"),
    "sheet copied": (
        lambda book: book.copy_worksheet(book["Kostnader"]), "'Kostnader Copy'!A2", "sheet_twice"),
    "heads deleted": (
        lambda book: book["Medlemskap"].delete_rows(2), "Medlemskap!A1", "sheet_heads"),
    "head merged": (
        lambda book: book["Medlemskap"].merge_cells("B2:C2"), "Medlemskap!B2", "cells_merged"),
    "cells merged": (
        lambda book: book["Medlemskap"].merge_cells("B6:C6"), "Medlemskap!B6", "cells_merged"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGE)
@pytest.mark.slow
def test_each_fault_is_told_with_its_sheet_and_cell(book, kind):
    change, place, code = DAMAGE[kind]
    found = everything(read_workbook(changed(book, change)))
    assert (place, code) in found
    assert code in MESSAGES
    others = {one for one in found if one != (place, code)}
    allowed = (
        {"sheet_missing", "sheet_column_missing"} if "head" in kind or "merged" in kind else set()
    )
    assert {other for _, other in others} <= allowed


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("1-2", None, ("1", "2")),
        (None, "3–4", ("3", "4")),
        (datetime.datetime(2026, 2, 1), None, ("1", "2")),
        (datetime.datetime(2026, 3, 3), 3, ("3", "3")),
        ("0-1", "0-1", ("0", "1")),
    ],
)
def test_a_rating_from_one_to_another_fills_both_ends(book, low, high, expected):
    def change(workbook):
        workbook["Uppgifter"]["C5"].value, workbook["Uppgifter"]["D5"].value = low, high
        workbook["Uppgifter"]["C5"].number_format = "d-mmm"

    read = read_workbook(changed(book, change))
    row = read.tables["statements"][0]
    assert told(read) == []
    assert (row["low"], row["high"]) == expected


def test_cells_merged_downwards_hold_for_every_row(book):
    def change(workbook):
        sheet = workbook["Kostnader"]
        sheet.merge_cells("A5:A6")
        sheet.merge_cells("B5:B7")

    read = read_workbook(changed(book, change))
    assert told(read) == []
    assert [(row["network"], row["year"]) for row in read.tables["costs"]] == [("c40", "2025")] * 2


def test_what_was_added_is_told_and_not_read(book):
    def change(workbook):
        workbook["Medlemskap"]["I2"] = "Handläggare"
        workbook["Medlemskap"]["I5"] = "enheten"
        workbook["Medlemskap"]["L6"] = "obs!"
        workbook["Medlemskap"]["L90"] = "slut"
        workbook["Utvärdering"]["E4"] = "obs!"
        workbook.create_sheet("Anteckningar")["B3"] = "ring"

    read = read_workbook(changed(book, change))
    assert told(read) == []
    assert sorted((note.file, note.code) for note in read.notes) == [
        ("Anteckningar!A3", "sheet_unread"),
        ("Medlemskap!I2", "sheet_column_unread"),
        ("Medlemskap!L6", "cell_unread"),
        ("Medlemskap!L90", "cell_unread"),
        ("Utvärdering!E4", "cell_unread"),
    ]
    assert same(read, small_case())


def test_an_example_that_was_filled_in_anew_is_told(book):
    read = read_workbook(changed(book, setting("Medlemskap!C4", "1999")))
    assert [(note.file, note.code) for note in read.notes] == [("Medlemskap!C4", "row_example")]
    read = read_workbook(changed(book, setting("Medlemskap!A4", "C40")))
    assert read.tables["memberships"][0]["since"] == "1999"


def test_formulas_are_text_and_stay_text(book):
    def change(workbook):
        workbook["Uppgifter"]["F6"] = '=HYPERLINK("http://x","y")'

    read = read_workbook(changed(book, change))
    assert read.tables["statements"][1]["text_sv"] == '=HYPERLINK("http://x","y")'
    assert [(note.file, note.code) for note in read.notes] == [
        ("Uppgifter!F6", "cell_formula_kept")
    ]


def test_a_formula_names_no_row(book):
    def change(workbook):
        workbook["Medlemskap"]["A6"] = "=Nätverk!A6"
        workbook["Medlemskap"]["B6"] = ArrayFormula("B6", "=B5")

    found = told(read_workbook(changed(book, change)))
    assert found == [("Medlemskap!A6", "cell_formula"), ("Medlemskap!B6", "cell_formula")]


def test_short_names_are_made_from_names_and_rows_refer_to_them(book):
    def change(workbook):
        sheet = workbook["Nätverk"]
        for row in range(5, 8):
            sheet[f"C{row}"] = None
        workbook["Medlemskap"]["A7"] = "östersjöstädernas  FÖRBUND"
        letter = at(workbook, "Uppgifter", "Nummer")
        for row in (5, 6):
            workbook["Uppgifter"][f"{letter}{row}"] = None

    read = read_workbook(changed(book, change))
    assert told(read) == []
    names = [row["network"] for row in read.tables["networks"]]
    assert names == ["eurocities", "c40", "ostersjostadernas-forbund"]
    assert read.tables["memberships"][2]["network"] == "ostersjostadernas-forbund"
    assert read.tables["seats"][0]["network"] == "ostersjostadernas-forbund"
    assert [row["statement"] for row in read.tables["statements"]] == ["u001", "u002"]


def test_a_name_of_two_rows_is_asked_about(book):
    def change(workbook):
        workbook["Förvaltningar"]["A5"] = "Hamnbolaget"

    read = read_workbook(changed(book, change))
    assert ("Ansvar!B5", "cell_reference_many") in told(read)
    assert "hamn, miljo" in str(read.problems[0])


def test_what_is_no_workbook_of_a_case_is_refused(tmp_path):
    other = Workbook()
    other.active.append(["Namn", "Belopp"])
    other.save(tmp_path / "x.xlsx")
    with pytest.raises(DataError, match="no sheet of the workbook is one of an evaluation"):
        read_workbook(tmp_path / "x.xlsx")


@pytest.mark.slow
def test_thousands_of_rows_are_read_with_their_cells(book):
    def change(workbook):
        sheet = workbook["Fakta"]
        for number in range(3_000):
            for column, text in enumerate(["C40", "member_count", number, None, "Medlemmar"], 1):
                sheet.cell(5 + number, column).value = text

    read = read_workbook(changed(book, change))
    assert told(read) == []
    assert len(read.tables["facts"]) == 3_000
    assert read.places["facts", 3_001, "value"] == "Fakta!C3004"


def test_a_name_with_commas_and_strokes_is_told_whole():
    rows = {
        "networks": [{"network": "hav", "name": "Hav, hamnar / öar"}],
        "bodies": [{"body": "board", "name": "Board, the"}],
        "participation": [],
    }
    read = Read(rows, {("participation", 2, "body"): "Deltagande!B5"}, {}, "sv", (), ())
    values = {"value": Key(("hav", "board")), "table": "bodies", "known": ["board", "hav"]}
    problem = Problem("reference", "participation.csv", 2, "body", values)
    told = speak("en").explain(read.placed(problem))
    assert told.startswith('Deltagande!B5: "Hav, hamnar / öar / Board, the" ')
    assert "Board, the, Hav, hamnar / öar" in told.splitlines()[2]
