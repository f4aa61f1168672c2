import openpyxl
import pytest

from netanalysis.errors import DataError
from netanalysis.exchange.sheets.writing import CELL_LIMIT, save_workbook
from netanalysis.exchange.workbook.casebook import case_workbook
from netanalysis.exchange.workbook.defaults import new_tables
from netanalysis.exchange.workbook.layout import pages, reference_code, reference_names
from netanalysis.language.words import LANGUAGES
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.columns import case_tables
from tests.conftest import CASE

BOTH = ("sv", "en")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def opened(tmp_path, tables, language):
    save_workbook(case_workbook("x", tables, language), tmp_path / "x.xlsx")
    return openpyxl.load_workbook(tmp_path / "x.xlsx")


@pytest.fixture(scope="module")
def rows():
    return case_rows(CASE)


def as_shown(column, row, tables, language):
    """A cell as a reader should see it, worked out apart from the writer."""
    text = row[column.name]
    if column.kind == "choice":
        return next((word for word, code in column.choices.items() if code == text), None)
    if column.kind == "reference" and text:
        names = reference_names(column.refers, tables[column.refers], language)
        return names[reference_code(column.refers, text, row)]
    if column.kind in ("number", "integer") and text:
        return float(text)
    return text or None


@every_language
@pytest.mark.slow
def test_every_cell_of_every_table_is_in_the_workbook(tmp_path, rows, language):
    book = opened(tmp_path, rows, language)
    for page in pages(language, BOTH):
        sheet = book[page.title]
        for number, row in enumerate(rows[page.table]):
            for place, column in enumerate(page.columns):
                cell = (
                    sheet.cell(page.first_row + place, 2)
                    if page.upright
                    else sheet.cell(page.first_row + number, place + 1)
                )
                assert cell.value == as_shown(column, row, rows, language), cell
        if not page.upright:
            below = page.first_row + len(rows[page.table])
            assert all(cell.value is None for cell in sheet[below])


@every_language
def test_the_sheets_stand_in_order_between_the_start_and_the_hidden_lists(tmp_path, language):
    book = opened(tmp_path, new_tables("Umeå", 602150, [language], "2026"), language)
    titles = [page.title for page in pages(language, [language])]
    assert book.sheetnames[1:-1] == titles
    assert book.sheetnames[0] == {"sv": "Läs mig", "en": "Read me"}[language]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == [
        {"sv": "Listor", "en": "Lists"}[language]
    ]
    links = [
        row[0].hyperlink.location for row in book.worksheets[0].iter_rows() if row[0].hyperlink
    ]
    assert links == [f"'{title}'!A1" for title in titles]


@pytest.mark.slow
@every_language
def test_no_workbook_has_a_formula_a_macro_or_a_lock(tmp_path, rows, language):
    for tables in (rows, new_tables("Umeå", 602150, BOTH, "2026")):
        book = opened(tmp_path, tables, language)
        assert book.vba_archive is None
        for sheet in book:
            assert not sheet.protection.sheet
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def words_offered(book, formula):
    title, cells = formula.rsplit("!", 1)
    found = book[title.strip("'")][cells.replace("$", "")]
    return [row[0].value for row in found]


@every_language
def test_drop_downs_offer_the_words_that_stand_where_they_point(tmp_path, rows, language):
    book = opened(tmp_path, rows, language)
    for page in pages(language, BOTH):
        rules = book[page.title].data_validations.dataValidation
        assert len(rules) == len(page.columns)
        for rule, column in zip(rules, page.columns, strict=True):
            if column.kind == "choice":
                assert words_offered(book, rule.formula1) == list(column.choices)
            elif column.kind == "reference":
                offered = words_offered(book, rule.formula1)
                assert len(offered) == 500
                names = reference_names(column.refers, rows[column.refers], language).values()
                assert offered[: len(names)] == list(names)
                assert not any(offered[len(names) :])
            else:
                assert rule.type is None


def test_drop_downs_find_names_in_the_one_language_that_they_are_written_in(tmp_path):
    tables = new_tables("Umeå", 602150, ["en"], "2026")
    book = opened(tmp_path, tables, "sv")
    rules = book["Krav"].data_validations.dataValidation
    assert words_offered(book, rules[0].formula1)[:4] == [
        "Not a member", "Member only", "Takes part", "Holds office"
    ]  # fmt: skip
    assert book["Krav"]["A4"].value == "Member only"


def test_a_text_in_a_language_that_the_case_is_not_written_in_is_kept(tmp_path):
    tables = new_tables("Umeå", 602150, ["sv"], "2026")
    tables["networks"] = [{"network": "a", "name": "A", "note_sv": "", "note_en": "Kept"}]
    sheet = opened(tmp_path, tables, "sv")["Nätverk"]
    assert [cell.value for cell in sheet[2]] == [
        "Nätverk", "Anmärkning", "Anmärkning på engelska", "Kortnamn"
    ]  # fmt: skip
    assert sheet["C5"].value == "Kept"


def test_a_text_that_excel_would_cut_is_refused(tmp_path):
    tables = new_tables("Umeå", 602150, ["sv"], "2026")
    tables["networks"] = [{"network": "a", "name": "A" * CELL_LIMIT, "note_sv": ""}]
    case_workbook("x", tables, "sv")
    tables["networks"][0] |= {"name": "A" * (CELL_LIMIT + 1), "note_sv": "B" * 40000}
    with pytest.raises(DataError, match=r"networks\.csv, row 2, column name: .*32768") as caught:
        case_workbook("x", tables, "sv")
    assert [problem.column for problem in caught.value.problems] == ["name", "note_sv"]


def test_new_tables_are_all_of_a_case_and_empty_but_for_the_proposal():
    tables = new_tables("Umeå", 602150, ["sv"], "2026-01-31")
    assert list(tables) == list(case_tables())
    assert {table for table, found in tables.items() if found} == {
        "case", "levels", "criteria", "demands"
    }  # fmt: skip
    assert tables["case"][0]["as_of"] == "2026-01-31"
    assert tables["case"][0]["languages"] == "sv"
