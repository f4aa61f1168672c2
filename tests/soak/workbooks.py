"""Change a workbook at random, one thing at a time: is each fault told, and in its cell?

Each kind of mutation below changes the workbook of a small case and says in which cell or sheet it
is to be refused, or that it is another legitimate workbook. What is taken is read and scored.
"""

import datetime
import shutil
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import click
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from netanalysis.errors import DataError
from netanalysis.exchange.workbook.checks import checked
from netanalysis.exchange.workbook.layout import HEAD_ROW, HELP_ROW, pages
from netanalysis.exchange.workbook.reading import read_workbook
from netanalysis.loaders.case.columns import definitions
from netanalysis.loaders.case.migrations import ADDED_TABLES
from tests.conftest import command, nobody
from tests.exchange.workbooks.damage import full_case, parted, small_book
from tests.soak.cases import used
from tests.soak.trying import Place, rounds, told, verdict

NAME = "goteborg"
COLUMNS = {
    (table.table, column.name): column for table in pages("sv", ["sv"]) for column in table.columns
}
KEYS = {
    (page.table, one.name)
    for page in pages("sv", ["sv"])
    for one in definitions(page.table)
    if one.key
}
DIGITS = {ord("0") + n: ord("\u0660") + n for n in range(10)}
SHOWN = {"network", "department", "criterion", "goal", "body", "level"}  # of what others refer to


class Book:
    """A workbook that is changed, and where each cell of its tables stands."""

    def __init__(self, file, read, chance):
        self.file, self.read, self.chance = file, read, chance

    def cells(self, wanted):
        """Where filled cells of the columns stand that the function wants."""
        found = []
        for (table, row, name), place in self.read.places.items():
            column = COLUMNS.get((table, name))
            if row and column and wanted(table, column) and self.read.tables[table][row - 2][name]:
                sheet, _, at = place.partition("!")
                found.append((table, sheet, at))
        return found

    def cell(self, wanted):
        return self.chance.choice(self.cells(wanted))

    def set(self, wanted, value, form="General", refused=True, kind=None):
        """Write a value into a cell of such a column; where that is to be refused."""
        _, sheet, at = self.cell(wanted)

        def change(book):
            cell = book[sheet][at]
            cell.value = value(cell.value) if callable(value) else value
            cell.number_format = form
            if kind:
                cell.data_type = kind

        self.change(change)
        return Place(f"{sheet}!{at}") if refused else None

    def change(self, change):
        book = load_workbook(self.file)
        change(book)
        book.save(self.file)

    def sheet(self):
        """Title of a sheet whose table has rows, but the upright one."""
        tables = {table for table, row, _ in self.read.places if row and table != "case"}
        table = self.chance.choice(sorted(tables))
        return table, self.read.places[table, 0, ""].partition("!")[0]


def _kind(*kinds):
    return lambda table, column: column.kind in kinds


def _free(table, column):
    named = {"name_sv", "label_sv", "name", "title", "languages", "locator", "value", "coder"}
    return column.kind == "text" and (table, column.name) not in KEYS and column.name not in named


# ---- cells


def required_emptied(book):
    wanted = lambda t, c: c.required and c.name not in SHOWN and (t, c.name) not in KEYS  # noqa: E731
    return book.set(wanted, None)


def optional_emptied(book):
    return book.set(lambda t, c: not c.required and _free(t, c), None, refused=False)


def number_odd(book):
    odd = ["många", "1.000", "1 0", "NaN", "inf", "1e308", "0x1", True, "1,2,3", "½", "--1",
           datetime.datetime(2025, 2, 1), "12 kr x", "1_0"]  # fmt: skip
    return book.set(_kind("number", "integer"), book.chance.choice(odd))


def number_far(book):
    return book.set(_kind("number", "integer"), book.chance.choice([1e308, -1, 1e16]))


def other_digits(book):
    return book.set(
        _kind("number", "integer", "date"), lambda value: str(value).translate(DIGITS), "@"
    )


def number_as_typed(book):
    odd = ["12 500,50", "12500,5", "12\u00a0500", "12500.5", 12500.5, " 7 ", "0"]
    return book.set(lambda t, c: c.name == "amount", book.chance.choice(odd), "@", False)


def date_odd(book):
    odd = ["sommaren", "03/04/2011", "2011-13", "30 februari 2011", "95", "9999-12-31", "0999",
           "1 mars", 1998.5, True, datetime.time(7, 30), "2011-02-30", "okt", -5]  # fmt: skip
    return book.set(_kind("date"), book.chance.choice(odd))


def year_as_a_day(book):
    """A year written into a cell for dates, which Excel shows as a day in 1905."""
    return book.set(_kind("date"), 1998, "yyyy-mm-dd")


def date_as_typed(book):
    odd = ["2012", "2012-03", "2012-03-04", "4 mars 2012", "mars 2012", 2012,
           datetime.datetime(2012, 3, 4)]  # fmt: skip
    known = {("sources", "date"), ("memberships", "since")}
    return book.set(lambda t, c: (t, c.name) in known, book.chance.choice(odd), "General", False)


def text_odd(book):
    odd = ["=1+1", "+46", "@x", "'x", "<b>", "a\nb", 'a "b"', "{0}", "\u0664", "\U0001f600",
           "x" * 32_767, "NULL", "1e308", "\u202ex", 7, 7.5, "-", "Örebro \u2013 Åre"]  # fmt: skip
    return book.set(_free, book.chance.choice(odd), "@", False, kind=None)


def truth_or_day_in_text(book):
    return book.set(_free, book.chance.choice([True, datetime.datetime(2012, 3, 4)]), "yyyy-mm-dd")


def excel_error(book):
    return book.set(lambda t, c: True, book.chance.choice(["#N/A", "#REF!", "#VALUE!"]), kind="e")


def formula(book):
    return book.set(_kind("number", "integer", "date", "choice", "reference"), "=1+1")


def code_unknown(book):
    return book.set(_kind("choice"), "Kanske")


def reference_unknown(book):
    return book.set(_kind("reference"), "Ingen känner")


def control_sign(book):
    """A sign that Excel holds as _x0007_, in a text."""
    _, sheet, at = book.cell(_free)
    book.change(lambda one: setattr(one[sheet][at], "value", "Ett QQQQ tecken"))
    escaped = b"_x0007_"
    parted(
        book.file,
        lambda parts: {name: part.replace(b"QQQQ", escaped) for name, part in parts.items()},
    )
    return Place(f"{sheet}!{at}")


def way_to_a_person(book):
    odd = ["Ring 08-508 290 00", "anna.andersson@example.org", "Anna, 19121212-1212"]
    return book.set(
        lambda t, c: _free(t, c) and t not in ("case", "sources"), book.chance.choice(odd)
    )


def name_given_twice(book):
    """Another network by the name of the first, as far as one can see."""
    first, second = [
        at for table, _, at in book.cells(lambda t, c: (t, c.name) == ("networks", "name"))
    ][:2]
    sign = book.chance.choice(["", "\u200b", " "])

    def change(one):
        one["Nätverk"][second].value = f"{one['Nätverk'][first].value}{sign}"

    book.change(change)
    return Place("")


# ---- rows, columns and sheets


def merged_across(book):
    _, sheet, at = book.cell(lambda t, c: t in ("memberships", "costs", "seats"))
    row = coordinate_from_string(at)[1]
    book.change(lambda one: one[sheet].merge_cells(f"A{row}:D{row}"))
    return Place(f"{sheet}!A{row}")


def merged_areas_outside(book):
    book.change(lambda one: one[book.sheet()[1]].merge_cells("AA300:AC301"))


def row_doubled(book):
    """A network twice; a membership twice may be two routes, and is told as thin."""
    sheet = book.chance.choice(["Nätverk", "Förvaltningar", "Medlemskap"])

    def change(one):
        rows = [*one[sheet].iter_rows(min_row=HELP_ROW + 2, values_only=True)]
        filled = [row for row in rows if any(row)]
        for column, value in enumerate(filled[0], start=1):
            one[sheet].cell(HELP_ROW + 2 + len(filled), column).value = value

    book.change(change)
    return None if sheet == "Medlemskap" else Place(sheet)


def row_blank(book):
    _, sheet = book.sheet()
    book.change(lambda one: one[sheet].insert_rows(HELP_ROW + 3))


def column_of_notes(book):
    _, sheet = book.sheet()

    def change(one):
        one[sheet].insert_cols(2)
        one[sheet].cell(HEAD_ROW, 2).value = "Egna anteckningar"
        one[sheet].cell(HELP_ROW + 2, 2).value = "fråga Eva"

    book.change(change)


def column_gone(book):
    _, sheet = book.sheet()

    def change(one):
        one[sheet].delete_cols(book.chance.randrange(1, 4))

    book.change(change)
    return Place("")


def head_gone(book):
    _, sheet = book.sheet()
    column = book.chance.randrange(1, 4)
    book.change(lambda one: setattr(one[sheet].cell(HEAD_ROW, column), "value", "Annat"))
    return Place(sheet)


def head_twice(book):
    _, sheet = book.sheet()

    def change(one):
        last = one[sheet].max_column + 1
        one[sheet].cell(HEAD_ROW, last).value = one[sheet].cell(HEAD_ROW, 2).value
        one[sheet].cell(HELP_ROW + 2, last).value = "x"

    book.change(change)
    return Place(sheet)


def sheet_gone(book):
    table, sheet = book.sheet()
    book.change(lambda one: one.remove(one[sheet]))
    return None if table in ADDED_TABLES else Place(sheet)  # an older workbook has none of these


def sheet_renamed(book):
    _, sheet = book.sheet()
    book.change(lambda one: setattr(one[sheet], "title", "Blad 7"))


def sheet_twice(book):
    _, sheet = book.sheet()
    book.change(lambda one: one.copy_worksheet(one[sheet]))
    return Place("")


def sheet_hidden(book):
    _, sheet = book.sheet()
    state = book.chance.choice(["hidden", "veryHidden"])
    book.change(lambda one: setattr(one[sheet], "sheet_state", state))


def sheet_of_notes(book):
    def change(one):
        sheet = one.create_sheet("Anteckningar", book.chance.randrange(5))
        sheet.append(["Nätverk", "Att göra"])
        sheet.append(["C40", "ring"])

    book.change(change)


def sheets_turned(book):
    book.change(lambda one: one._sheets.reverse())


def rows_hidden(book):
    def change(one):
        sheet = one[book.sheet()[1]]
        sheet.row_dimensions[HELP_ROW + 2].hidden = True
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(sheet.max_column)}99"

    book.change(change)


# ---- the file and its parts


def cut(book):
    content = book.file.read_bytes()
    book.file.write_bytes(content[: book.chance.randrange(1, len(content))])
    return Place(book.file.name)


def bytes_turned(book):
    """Some bytes in the middle of a part are others."""
    content = bytearray(book.file.read_bytes())
    at = content.index(b"xl/worksheets/sheet2.xml") + 200
    for place in range(at, at + 40):
        content[place] ^= 0x5A
    book.file.write_bytes(bytes(content))
    return Place(book.file.name)


def no_workbook(book):
    odd = [b"", b"\0" * 512, "Nätverk;Sedan\n".encode(), b"<html></html>", b"%PDF-1.7",
           b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18,
           b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]  # fmt: skip
    book.file.write_bytes(book.chance.choice(odd))
    return Place(book.file.name)


def no_file(book):
    book.file.unlink()
    how = book.chance.choice(["gone", "folder", "link"])
    if how == "folder":
        book.file.mkdir()
    elif how == "link":
        book.file.symlink_to("/nowhere")
    return Place(book.file.name)


def unreadable(book):
    book.file.chmod(0)
    return Place(book.file.name)


def part_needed(book):
    part = book.chance.choice(["xl/workbook.xml", "xl/worksheets/sheet2.xml",
                               "xl/_rels/workbook.xml.rels"])  # fmt: skip
    broken = book.chance.choice([None, b"", b"<broken", b"\xff\xfe\0"])
    parted(book.file, lambda parts: {part: broken})
    return Place("Utvärdering" if "sheet2" in part and broken is None else book.file.name)


def part_cut(book):
    part = book.chance.choice(["xl/workbook.xml", "xl/worksheets/sheet3.xml"])
    parted(book.file, lambda parts: {part: parts[part][: len(parts[part]) // 2]})
    return Place(book.file.name)


def part_beside(book):
    """What no cell needs: styles, theme, properties."""
    part = book.chance.choice(
        ["xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml"]
    )
    broken = book.chance.choice([None, b"<broken", b'<?xml version="1.0"?><x xmlns="urn:x"/>'])
    if part == "xl/theme/theme1.xml" and broken != b"<broken":
        broken = None
    parted(book.file, lambda parts: {part: broken})
    return Place(book.file.name) if broken == b"<broken" else None


def entities(book):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    part = book.chance.choice(["xl/workbook.xml", "xl/worksheets/sheet2.xml"])

    def change(parts):
        head, mark, rest = parts[part].partition(b"?>")
        return {part: head + mark + bomb + rest if mark else bomb + head}

    parted(book.file, change)
    return Place(book.file.name)


KINDS = (
    required_emptied, optional_emptied, number_odd, number_far, other_digits, number_as_typed,
    date_odd, year_as_a_day, date_as_typed, text_odd, excel_error, formula, code_unknown,
    reference_unknown, control_sign, way_to_a_person, name_given_twice, merged_across,
    merged_areas_outside, row_doubled, row_blank, column_of_notes, column_gone, head_gone,
    head_twice, sheet_gone, sheet_renamed, sheet_twice, sheet_hidden, sheet_of_notes, sheets_turned,
    rows_hidden, cut, bytes_turned, no_workbook, no_file, unreadable, part_needed, part_cut,
    part_beside, entities,
)  # fmt: skip


def attempt(file):
    """Read a workbook as ``read`` does, and use the case that it makes."""
    case, problems = checked(read_workbook(file))
    if problems:
        raise DataError(problems)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        used(case, "")


def tried(kind, whole, read, folder, chance):
    """What became of one mutation, and what is wrong with that."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    file = Path(shutil.copy(whole, folder / f"{NAME}.xlsx"))
    refused = kind(Book(file, read, chance))
    rights = nobody() if kind is unreadable else None
    if rights:
        folder.chmod(0o777)
        rights.__enter__()
    try:
        what, fault = verdict(refused, lambda: attempt(file))
        code = 2 if what == "refused" else 0
        for name in ("read",) if what == "taken" else ("check",):
            done = command(name, file.name, cwd=folder)
            if not fault and done.returncode != code:
                said = f"{done.stdout[-300:]}{done.stderr[-900:]}"
                fault = f"{name} ends with {done.returncode}: {said}"
    finally:
        if rights:
            rights.__exit__(None, None, None)
    return what, fault


def run_rig(number, asked):
    """Try so many mutations; what is wrong is told, and makes the exit code."""
    tally, wrong = Counter(), []
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        whole = small_book(Path(place) / "whole.xlsx", tables=full_case())
        read = read_workbook(whole)
        for count, kind, chance in rounds(KINDS, number, asked):
            what, fault = tried(kind, whole, read, Path(place) / "office", chance)
            tally[kind.__name__, what] += 1
            if fault:
                wrong.append(f"{count}, {kind.__name__}: {fault}")
                click.echo(wrong[-1], err=True)
    return told(tally, wrong)
