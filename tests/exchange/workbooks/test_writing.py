import zipfile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from netanalysis.exchange.sheets.writing import fill, last_row, save_workbook, write
from netanalysis.exchange.workbook.layout import EXAMPLE_ROW, HEAD_ROW, HELP_ROW, NOTE_ROW, pages
from netanalysis.language.words import speak

HOSTILE = [
    '=HYPERLINK("http://example.org","here")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "=",
    "{=1+1}",
    "'=1",
]


def page_of(table, language="sv", languages=("sv", "en")):
    return next(page for page in pages(language, languages) if page.table == table)


def filled(tmp_path, table, rows, references=None, lists=None, language="sv"):
    """The sheet as it is after it has been saved and opened again."""
    book = Workbook()
    page = page_of(table, language)
    fill(book.active, page, rows, references or {}, speak(language), lists or {})
    save_workbook(book, tmp_path / "book.xlsx")
    return openpyxl.load_workbook(tmp_path / "book.xlsx").active, page


def below_head(sheet, page, row):
    return {c.name: sheet.cell(row, n).value for n, c in enumerate(page.columns, start=1)}


def test_note_heads_helps_and_example_stand_above_the_rows(tmp_path):
    rows = [{"network": "c40", "name": "C40", "note_sv": "Städer", "note_en": ""}]
    sheet, page = filled(tmp_path, "networks", rows)
    assert sheet.cell(NOTE_ROW, 1).value == page.note
    assert [cell.value for cell in sheet[HEAD_ROW]] == [c.label for c in page.columns]
    assert all(cell.font.b for cell in sheet[HEAD_ROW])
    assert sheet.cell(HELP_ROW, 1).value == "Ska fyllas i. Namnet som det ska stå i rapporten."
    assert sheet.cell(HELP_ROW, 2).value == page.columns[1].help
    assert sheet.cell(EXAMPLE_ROW, 1).value == "Exempel: Gröna hamnar"
    assert page.first_row == 5
    assert below_head(sheet, page, 5) == {
        "name": "C40", "note_sv": "Städer", "note_en": None, "network": "c40"
    }  # fmt: skip
    assert sheet.freeze_panes == "B3"


def test_codes_and_short_names_are_shown_as_words(tmp_path):
    rows = [
        {"network": "uclg", "standing": "represented", "via": "metropolis", "since": "2004"},
        {"network": "gone", "standing": "other"},
    ]
    references = {"networks": {"uclg": "UCLG", "metropolis": "Metropolis"}}
    sheet, page = filled(tmp_path, "memberships", rows, references)
    first, second = (below_head(sheet, page, page.first_row + n) for n in (0, 1))
    assert (first["network"], first["standing"], first["via"]) == (
        "UCLG", "företrädd", "Metropolis"
    )  # fmt: skip
    assert (second["network"], second["standing"]) == ("gone", "other")


def test_numbers_are_numbers_and_dates_are_text(tmp_path):
    rows = [{"year": "2025", "amount": "12500.5", "days": "3", "currency": "EUR"}]
    rows += [{"year": "about 2025", "amount": "nan", "days": "1e999"}]
    sheet, page = filled(tmp_path, "costs", rows)
    first, second = (below_head(sheet, page, page.first_row + n) for n in (0, 1))
    assert (first["year"], first["amount"], first["days"]) == (2025, 12500.5, 3)
    assert (second["year"], second["amount"], second["days"]) == ("about 2025", "nan", "1e999")
    sheet, page = filled(tmp_path, "seats", [{"start": "2011-11"}])
    place = [column.name for column in page.columns].index("start") + 1
    assert sheet.cell(page.first_row, place).value == "2011-11"
    assert sheet.cell(page.first_row, place).number_format == "@"


def test_empty_cells_of_text_and_dates_are_formatted_as_text(tmp_path):
    sheet, page = filled(tmp_path, "costs", [])
    for number, column in enumerate(page.columns):
        letter = "ABCDEFGHIJKL"[number]
        expected = "General" if column.kind in ("number", "integer") else "@"
        assert sheet.column_dimensions[letter].number_format == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_text_whatever_it_begins_with(tmp_path, text):
    sheet, page = filled(tmp_path, "networks", [{"name": text, "network": text}])
    for number in (1, len(page.columns)):
        cell = sheet.cell(page.first_row, number)
        assert cell.value == text
        assert cell.quotePrefix == (text[0] in "=+-@\t'")
    assert "<f>" not in zipfile.ZipFile(tmp_path / "book.xlsx").read(
        "xl/worksheets/sheet1.xml"
    ).decode("utf-8")  # fmt: skip


def test_signs_that_a_workbook_cannot_hold_are_marked(tmp_path):
    sheet, page = filled(tmp_path, "networks", [{"name": "a\x00b\r\nc"}])
    assert sheet.cell(page.first_row, 1).value == "a\ufffdb\nc"


def test_a_number_column_takes_only_what_is_a_number_as_one():
    cell = Workbook().active["A1"]
    for text, value in {"3": 3, "-3": -3, "0.05": 0.05, "1e3": 1000.0, "1_0": "1_0"}.items():
        write(cell, text, "number")
        assert cell.value == value
        assert type(cell.value) is type(value)
    write(cell, "3")
    assert cell.value == "3"


def test_every_column_says_its_help_and_offers_its_choices_for_some_hundred_rows(tmp_path):
    offered = {"network": "'Nätverk'!$A$5:$A$504"}
    sheet, page = filled(tmp_path, "memberships", [{"network": "a"}] * 400, lists=offered)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert last_row(page, 400) == page.first_row + 599
    assert list(rules) == [f"{letter}5:{letter}604" for letter in "ABCDEFGH"]
    for rule, column in zip(rules.values(), page.columns, strict=True):
        assert rule.promptTitle == column.label
        assert rule.prompt.endswith(column.help)
        assert rule.showInputMessage
        assert len(rule.prompt) <= 255
        assert (rule.type == "list") == (column.name in offered)
        assert not rule.showDropDown  # the name is the wrong way round: it hides the arrow
    assert rules["A5:A604"].formula1 == offered["network"]


def test_the_table_of_one_row_stands_upright(tmp_path):
    row = {"city": "Umeå", "geoname_id": "602150", "languages": "sv", "as_of": "2026-01"}
    sheet, page = filled(tmp_path, "case", [row])
    labels = [sheet.cell(r, 1).value for r in range(page.first_row, sheet.max_row + 1)]
    assert labels == [column.label for column in page.columns]
    values = [sheet.cell(place, 2).value for place in range(page.first_row, sheet.max_row + 1)]
    shown = dict(zip([column.name for column in page.columns], values, strict=True))
    assert (shown["city"], shown["geoname_id"], shown["languages"], shown["as_of"]) == (
        "Umeå", 602150, "svenska", "2026-01"
    )  # fmt: skip
    assert sheet.cell(page.first_row, 3).value == "Ska fyllas i. " + page.columns[0].help


def test_equal_workbooks_are_equal_to_the_byte(tmp_path):
    contents = []
    for name in ("one.xlsx", "other.xlsx"):
        book = Workbook()
        fill(book.active, page_of("networks"), [{"name": "A"}], {}, speak("sv"), {})
        save_workbook(book, tmp_path / name)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]
    dates = zipfile.ZipFile(tmp_path / "one.xlsx").read("docProps/core.xml")
    assert dates.count(b">2000-01-01T00:00:00Z<") == 2  # made, changed


def test_rows_grow_with_their_text(tmp_path):
    text = 'a row <row customHeight="1" x="'
    sheet, page = filled(tmp_path, "networks", [{"name": text, "note_sv": "long " * 60}])
    assert sheet.cell(page.first_row, 1).value == text
    assert sheet.row_dimensions[page.first_row].height > 60
    inside = zipfile.ZipFile(tmp_path / "book.xlsx").read("xl/worksheets/sheet1.xml")
    assert inside.count(b' customHeight="1"') == 1  # that of the text


def test_what_cannot_be_saved_leaves_nothing_behind(tmp_path):
    target = tmp_path / "book.xlsx"
    target.mkdir()
    (target / "inside").write_text("before")
    with pytest.raises(OSError, match=r"book\.xlsx"):
        save_workbook(Workbook(), target)
    assert [path.name for path in tmp_path.rglob("*")] == ["book.xlsx", "inside"]
