"""Files that call themselves workbooks: each that would do harm is refused, and says why."""

import io
import struct
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from netanalysis import DataError
from netanalysis.exchange.sheets.finding import sheets_of
from netanalysis.exchange.sheets.safe_open import open_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = 256 * 1024 * 1024 + 1
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]><sst>&e;&e;&e;&e;&e;</sst>"""
SECRET = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>'
)


def workbook(**change):
    """The bytes of a small workbook; change: a part's content, None to leave it out."""
    book = Workbook()
    book.active.append(["Namn", "=1+1", "=HYPERLINK()"])
    content = io.BytesIO()
    book.save(content)
    return repacked(content.getvalue(), **change)


def repacked(content, **change):
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *change]):
            part = change.get(name, old.read(name) if name in old.namelist() else b"")
            part = part(old.read(name)) if callable(part) else part
            if part is not None:
                new.writestr(name, part)
    return packed.getvalue()


def zipped(names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in names:
            new.writestr(name, "x")
    return packed.getvalue()


def wide(text):
    return text.encode("utf-16-le")


def sheet(text):
    """A worksheet with that data, as bytes for `workbook`."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{main}">{text}</worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def lying():
    """A zip file whose directory says that a part is small."""
    content = bytearray(workbook(**{STRINGS: b"<sst>" + b" " * 1_000_000 + b"</sst>"}))
    size = struct.pack("<L", 1_000_011)
    assert content.count(size) >= 2
    return bytes(content.replace(size, struct.pack("<L", 40)))


def encrypted_entries():
    content = bytearray(workbook())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def cells(rows, columns):
    row = "<row>" + "<c><v/></c>" * columns + "</row>"
    return f"<sheetData>{row * rows}</sheetData>"


ALL = '<mergeCell ref="A1:XFD1048576"/>'
REFUSED = {
    "empty": (lambda: b"", "the file is empty"),
    "zeros": (lambda: bytes(5000), "the file is empty"),
    "csv": (lambda: "Nätverk;År\nC40;2007\n".encode(), r"another kind \(CSV\)"),
    "utf-16": (lambda: "Nätverk;År\n".encode("utf-16"), r"another kind \(CSV\)"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", r"another kind \(PDF\)"),
    "html": (lambda: b"<html><table><tr><td>C40</table>", r"another kind \(HTML\)"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook/>', r"another kind \(XML\)"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n", r"another kind \(PNG\)"),
    "ods": (lambda: zipped(["mimetype", "content.xml"]), r"another kind \(ODS\)"),
    "docx": (lambda: zipped([TYPES, "word/document.xml"]), r"another kind \(DOCX\)"),
    "zip": (lambda: zipped(["a.txt"]), r"another kind \(ZIP\)"),
    "xlsb": (lambda: zipped([TYPES, "xl/workbook.bin"]), r"another kind \(XLSB\)"),
    "xls": (lambda: OLE + bytes(600) + wide("Workbook"), "old form of Excel"),
    "password": (lambda: OLE + bytes(600) + wide("EncryptedPackage"), "by a password"),
    "zip password": (encrypted_entries, "by a password"),
    "vba": (lambda: workbook(**{"xl/vbaProject.bin": b"x"}), "carries macros"),
    "macro sheet": (lambda: workbook(**{"xl/macrosheets/sheet1.xml": b"<x/>"}), "carries macros"),
    "xlsm": (
        lambda: workbook(
            **{TYPES: lambda old: old.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                MACRO.encode(),
            )}
        ),
        "carries macros",
    ),
    "strict": (
        lambda: workbook(**{"xl/workbook.xml": lambda old: old.replace(MAIN, STRICT)}),
        "Strict Open XML",
    ),
    "bomb": (lambda: workbook(**{STRINGS: bytes(BOMB)}), "would be very large: 269 MB"),
    "steep": (lambda: workbook(**{STRINGS: b" " * 21_000_000}), "grows to more than 250 times"),
    "many parts": (lambda: workbook(**{f"xl/{n}": b"" for n in range(5001)}), "consists of 50"),
    "lying": (lying, "is damaged"),
    "laughs": (lambda: workbook(**{STRINGS: LAUGHS}), "declares abbreviations"),
    "laughs in UTF-16": (
        lambda: workbook(**{STRINGS: LAUGHS.decode().encode("utf-16")}), "declares abbreviations"
    ),
    "secret": (lambda: workbook(**{STRINGS: SECRET}), "declares abbreviations"),
    "cut": (lambda: workbook()[:2000], "is damaged"),
    "no sheets": (lambda: workbook(**{SHEET: None}), "is damaged: xl/worksheets"),
    "no workbook": (lambda: workbook(**{"xl/workbook.xml": None}), "is damaged"),
    "broken xml": (lambda: workbook(**{SHEET: sheet("<sheetData><row>")}), "damaged: xl"),
    "broken rows": (
        lambda: workbook(**{SHEET: sheet('<sheetData><row r="x"/></sheetData>')}),
        "is damaged: its parts do not fit",
    ),
    "rows": (
        lambda: workbook(**{SHEET: sheet(cells(60_001, 1))}),
        "more than 60000 rows",
    ),
    "cells": (lambda: workbook(**{SHEET: sheet(cells(2200, 700))}), "more than 1500000 cells"),
    "merged": (
        lambda: workbook(
            **{SHEET: sheet(f"<sheetData/><mergeCells>{ALL}</mergeCells>")}
        ),
        "span 17179869184 cells",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_sound_workbook_is_refused_with_its_reason(tmp_path, kind):
    make, message = REFUSED[kind]
    file = tmp_path / "utvardering.xlsx"
    file.write_bytes(make())
    with pytest.raises(DataError, match=rf"utvardering\.xlsx: .*{message}"):
        open_workbook(file)


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    for file, why in {tmp_path / "away.xlsx": "no such file", tmp_path: "it is a folder"}.items():
        with pytest.raises(DataError, match=why):
            open_workbook(file)


def test_formulas_stay_text_or_give_what_was_computed(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook())
    row = sheets_of(open_workbook(file))[0].cells[1]
    assert [cell.value for cell in row.values()] == ["Namn", "=1+1", "=HYPERLINK()"]
    assert list(sheets_of(open_workbook(file, formulas=False))[0].cells[1]) == [1]


def test_links_to_other_workbooks_are_left_out(tmp_path):
    file = tmp_path / "a.xlsx"
    book = Workbook()
    book.active["A1"] = "C40"
    book.active["A1"].hyperlink = Hyperlink(ref="A1", target="https://example.org")
    book.save(file)
    assert sheets_of(open_workbook(file))[0].cells[1][1].value == "C40"


@pytest.mark.parametrize(
    "data",
    [
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="2"><c r="B2"><v>7</v></c></row>'
        "</sheetData>",
        '<sheetData><row r="2"><c r="B2"><v>7</v></c></row><row r="1048576"><c r="XFD1048576"/>'
        "</row></sheetData>",
        '<sheetData><row r="2"><c r="B2"><v>7</v></c></row>'
        + "".join(f'<row r="{n}" ht="15"><c r="A{n}" s="0"/></row>' for n in range(3, 1048577))
        + "</sheetData>",
        '<sheetData><row r="2"><c r="B2"><v>7</v></c></row>'
        + "".join(f'<row r="{n}"/>' for n in range(3, 1048577))
        + "</sheetData>",
    ],
    ids=["dimension", "last cell", "blank cells", "blank rows"],
)
@pytest.mark.slow
def test_a_million_rows_with_nothing_in_them_are_passed_over(tmp_path, data):
    file = tmp_path / "long.xlsx"
    file.write_bytes(workbook(**{SHEET: sheet(data)}))
    rows = sheets_of(open_workbook(file))[0].cells
    assert {n: [cell.value for cell in row.values()] for n, row in rows.items()} == {2: [7]}


@pytest.mark.slow
def test_fifty_thousand_rows_are_read(tmp_path):
    file = tmp_path / "rows.xlsx"
    book = Workbook(write_only=True)
    page = book.create_sheet("a")
    for number in range(50_000):
        page.append([f"text {number}", number])
    book.save(file)
    rows = sheets_of(open_workbook(file))[0].cells
    assert (len(rows), rows[50_000][2].value) == (50_000, 49_999)
