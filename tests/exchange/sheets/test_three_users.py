"""A case, a department's answers and a member list ask about the same cells in the same way."""

import datetime
import re
import zipfile
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from netanalysis import DataError, load_case
from netanalysis.exchange.sheets import safe_open
from netanalysis.exchange.survey.replies import read_reply
from netanalysis.exchange.workbook.reading import read_workbook
from tests.exchange.member_lists.test_member_import import imported
from tests.exchange.workbooks import replying
from tests.exchange.workbooks.damage import parted, small_book

LIST = [("City", "Country", "Joined"), ("London", "Canada", 1998), ("Lodz", "PL", 2001)]
USERS = ("case", "answers", "list")


class Sent:
    """A workbook that one of the three reads: where it has a name, a date and a table."""

    def __init__(self, user, folder, file):
        self.user, self.folder, self.file = user, folder, file
        if user == "case":
            small_book(file)
            self.name, self.date, self.text = "Medlemskap!A6", "Medlemskap!C6", "Nätverk!B5"
        elif user == "answers":
            replying.asked(folder)
            replying.returned(folder, "culture", file, [3])
            self.name, self.date, self.text = "Poäng!A4", "'Vem som svarar'!B3", "Poäng!D4"
        else:
            book = load_workbook(small_book(file))
            for title in book.sheetnames[1:]:
                del book[title]
            book.active.delete_rows(1, 90)
            book.active.title = "Members 2026"
            for row, values in enumerate(LIST, 1):
                for column, value in enumerate(values, 1):
                    book.active.cell(row, column).value = value
            book.save(file)
            self.name, self.date, self.text = (f"'Members 2026'!{at}" for at in ("A2", "C2", "B2"))

    def change(self, change):
        book = load_workbook(self.file)
        change(book)
        book.save(self.file)

    def write(self, place, value, number_format="General", kind=None):
        def change(book):
            cell = cell_of(book, place)
            cell.value, cell.number_format = value, number_format
            cell.data_type = kind or cell.data_type

        self.change(change)

    def read(self):
        """Problems and notes, each as (code, place), and the texts that were read."""
        if self.user == "case":
            read = read_workbook(self.file)
            if read.problems:
                raise DataError(read.problems)
            since = read.tables["memberships"][1]["since"]
            text = read.tables["networks"][0]["note_sv"]
            return SimpleNamespace(notes=read.notes, text=text, date=since)
        if self.user == "answers":
            reply = read_reply(self.file, load_case(self.folder))
            text = reply.answers[0].comment
            return SimpleNamespace(notes=reply.notes, text=text, date=reply.answered)
        found = imported(self.file)
        joined = str(found.members["joined_year"][0])
        return SimpleNamespace(notes=(), text=found.report["country"][0], date=joined, found=found)


def cell_of(book, place):
    title, _, coordinate = place.rpartition("!")
    return book[title.strip("'")][coordinate]


@pytest.fixture(params=USERS)
def sent(request, copied, tmp_path):
    return Sent(request.param, copied, tmp_path / "sent.xlsx")


def test_a_year_in_a_cell_for_dates_is_asked_about(sent):
    sent.write(sent.date, datetime.datetime(1905, 6, 20), "yyyy-mm-dd")
    with pytest.raises(DataError, match=re.escape(sent.date) + ".*may be a year that Excel"):
        sent.read()


def test_a_day_that_excel_shows_as_its_number_is_read_as_a_day(sent):
    sent.write(sent.date, 36161)
    assert sent.read().date == ("1999" if sent.user == "list" else "1999-01-01")


@pytest.mark.slow
def test_an_error_of_excel_is_no_name(sent):
    sent.write(sent.name, "#N/A", kind="e")
    with pytest.raises(DataError, match=re.escape(sent.name) + '.*"#N/A" is an error of Excel'):
        sent.read()


def test_a_formula_without_its_result_is_no_empty_cell(sent):
    sent.write(sent.name, '="Os"&"lo"')
    with pytest.raises(DataError, match=re.escape(sent.name) + ".*the cell holds a formula"):
        sent.read()


def test_signs_that_excel_writes_as_numbers_are_read(sent):
    sent.write(sent.text, "Canada_x000D_")
    assert sent.read().text == "Canada"


def test_cells_merged_across_columns_are_asked_about(sent):
    title, _, cell = sent.name.rpartition("!")
    sent.change(lambda book: book[title.strip("'")].merge_cells(f"{cell}:B{cell[1:]}"))
    with pytest.raises(DataError, match=re.escape(sent.name) + ".*are merged across columns"):
        sent.read()


@pytest.mark.slow
def test_a_visible_sheet_is_read_before_a_hidden_one(sent):
    title = sent.name.rpartition("!")[0].strip("'")

    def change(book):
        old = book.copy_worksheet(book[title])
        old.title, old.sheet_state = "Old", "veryHidden"
        cell_of(book, "Old!" + sent.name.rpartition("!")[2]).value = "Atlantis"
        book.move_sheet(old, -len(book.sheetnames))

    sent.change(change)
    read = sent.read()
    if sent.user == "list":
        assert (read.found.sheet.name, read.found.sheet.hidden) == (title, ("Old",))
        taken = imported(sent.file, sheet="Old")
        assert taken.report["member_as_written"].to_list() == ["Atlantis", "Lodz"]
    else:
        assert [note.code for note in read.notes] == ["sheet_hidden_unread"]
        assert "Old!" in read.notes[0].file


def test_blank_cells_without_an_address_shift_no_column(sent, monkeypatch):
    monkeypatch.setattr(safe_open, "_MANY_BLANK", 3)  # instead of 20,000 of them

    def bare(parts):
        changed = {}
        for name, part in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb'(<(?:c|row)\b[^>]*?) r="[A-Z]*\d+"', rb"\1", part)
                changed[name] = re.sub(rb"(<row[^>]*>)", rb"\1<c/>", part)
        return changed

    before = sent.read().text
    parted(sent.file, bare)
    assert sent.read().text == before


BESIDE = {  # what openpyxl cannot read: how parts begin, what stands in them, and what then
    "fill": ("xl/styles.xml", rb"<fill>.*?</fill>", b"<fill/>"),
    "font": ("xl/styles.xml", rb'<family val="2"', b'<family val="34"'),
    "style": ("xl/worksheets/sheet", rb'<c r="A1"( s="\d+")?', b'<c r="A1" s="999"'),
    "pane": (
        "xl/worksheets/sheet",
        rb"<sheetViews>.*?</sheetViews>",
        b'<sheetViews><sheetView workbookViewId="0"><pane state="x"/></sheetView></sheetViews>',
    ),
    "properties": ("docProps/core.xml", rb"2000-01-01T", b"the first of "),
}


@pytest.mark.parametrize("kind", BESIDE)
def test_what_stands_beside_the_cells_costs_none_of_them(sent, kind):
    start, old, new = BESIDE[kind]
    sent.write(sent.date, datetime.datetime(1905, 6, 20), "yyyy-mm-dd")

    def damage(parts):
        found = {name: part for name, part in parts.items() if name.startswith(start)}
        return {name: re.sub(old, new, part, count=1) for name, part in found.items()}

    parted(sent.file, damage)
    with pytest.raises(DataError, match="what stands beside the cells"):
        safe_open.open_workbook(sent.file, cells=False)
    with pytest.raises(DataError, match=re.escape(sent.date) + ".*may be a year that Excel"):
        sent.read()


@pytest.mark.slow
def test_parts_named_with_backslashes_are_found(sent):
    before = sent.read().text
    with zipfile.ZipFile(sent.file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(sent.file, "w") as new:
        for name, content in parts.items():
            new.writestr(name.replace("/", "\\"), content)
    assert sent.read().text == before


def test_a_list_on_a_hidden_sheet_is_read_on_demand_only(copied, tmp_path):
    sent = Sent("list", copied, tmp_path / "sent.xlsx")

    def hide(book):
        book.create_sheet("Seen")
        book.active = 1
        book["Members 2026"].sheet_state = "hidden"

    sent.change(hide)
    with pytest.raises(DataError, match=r'hidden sheet: Members 2026(.|\n)*--sheet "Members 2026"'):
        sent.read()
    assert len(imported(sent.file, sheet="Members 2026").report) == 2
    with pytest.raises(DataError, match=r'no sheet "Away"(.|\n)*Seen, Members 2026'):
        imported(sent.file, sheet="Away")
