"""A small case as a workbook, and what people and programs do to one."""

import datetime
import zipfile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from netanalysis.exchange.sheets.writing import save_workbook
from netanalysis.exchange.workbook.casebook import case_workbook
from netanalysis.exchange.workbook.defaults import new_tables
from netanalysis.exchange.workbook.layout import HEAD_ROW


def small_case(languages=("sv",)):
    """A case with some rows in most tables; its sources are the workbook but for one."""
    tables = new_tables("Göteborg", 2711537, list(languages), "2025-11-01")

    def own(row):
        full = {}
        for column, text in row.items():
            names = [f"{column[:-1]}_{tongue}" for tongue in languages]
            full |= dict.fromkeys(names if column.endswith("*") else [column], text)
        return full

    rows = {
        "sources": [{"source_id": "bylaws", "title": "Stadgar", "date": "2012-03"}],
        "networks": [
            {"network": "eurocities", "name": "EUROCITIES", "note*": "Europeiska städer"},
            {"network": "c40", "name": "C40"},
            {"network": "ubc", "name": "Östersjöstädernas förbund"},
        ],
        "departments": [
            {"department": "miljo", "name*": "Miljöförvaltningen", "kind": "department"},
            {"department": "hamn", "name*": "Hamnbolaget", "kind": "company"},
        ],
        "goals": [{"goal": "klimat", "title*": "Klimatneutral 2030", "kind": "objective"}],
        "memberships": [
            {"network": "eurocities", "standing": "full", "since": "1995"},
            {"network": "c40", "standing": "full", "since": "2014-05", "until": "2026-06-30",
             "source_id": "bylaws", "locator": "§ 3"},
            {"network": "ubc", "standing": "associate", "since": "2012-03-01"},
        ],
        "bodies": [
            {"network": "eurocities", "body": "board", "kind": "board", "name*": "Styrelsen"},
            {"network": "ubc", "body": "board", "kind": "board", "name*": "Styrelsen"},
        ],
        "seats": [
            {"network": "ubc", "body": "board", "role": "member", "office*": "Borgmästaren",
             "start": "2024", "end": "2025-12-31"},
        ],
        "participation": [
            {"network": "eurocities", "department": "miljo", "role": "participant"},
        ],
        "responsibilities": [{"network": "ubc", "department": "hamn", "goal": "klimat"}],
        "costs": [
            {"network": "c40", "year": "2025", "kind": "fee", "amount": "12500.5",
             "currency": "SEK", "paid_by": "miljo"},
            {"network": "ubc", "year": "2025", "kind": "travel", "days": "6"},
        ],
        "statements": [
            {"statement": "u001", "coder": "A", "network": "c40", "criterion": "influence",
             "low": "1", "high": "2", "text*": "Staden ledde ett möte."},
            {"statement": "u002", "coder": "A", "network": "ubc", "criterion": "monitoring",
             "low": "3", "high": "3", "text*": "=HYPERLINK(\"x\") är text"},
        ],
        "events": [
            {"event": "arsmote", "network": "ubc", "kind": "meeting", "name*": "Årsmöte",
             "start": "2026-05-20"},
        ],
        "asked": [{"department": "miljo", "network": "c40", "sent": "2025-09-01"}],
    }  # fmt: skip
    for table, some in rows.items():
        tables[table] = [own(row) for row in some]
    return tables


def full_case(language="sv"):
    """The same with rows in every table."""
    tables = small_case((language,))
    source = {"source_id": "bylaws", "locator": "§ 1"}
    about = {"network": "c40", **source}
    reply = {"department": "miljo", "version": "1", "language": language, **about}
    tables["facts"] = [
        {**about, "attribute": "members", "value": "97", f"text_{language}": "Medlemmar"}
    ]
    tables["order_statements"] = [
        {
            "criterion": "influence",
            "other": "monitoring",
            f"reason_{language}": "Påverkan väger tyngst",
        }
    ]
    tables["answers"] = [
        {**reply, "criterion": "influence", "answer": "rating", "low": "2", "high": "3"}
    ]
    tables["lessons"] = [{**reply, "brought_home": "Ett verktyg för klimatbudget"}]
    tables["assessments"] = [
        {**about, "level": "lead", "action": "deepen", f"reason_{language}": "Störst nytta"}
    ]
    tables["decisions"] = [
        {**about, "level": "lead", "action": "deepen", "date": "2025-10-01", "status": "decided"}
    ]
    tables["rates"] = [
        {
            **{name: text for name, text in about.items() if name != "network"},
            "currency": "EUR",
            "into": "SEK",
            "rate": "8.65",
            "date": "2013",
        }
    ]
    tables["requests"] = [
        {
            **about,
            "request": "f001",
            "route": "invitation",
            "received": "2013-10",
            "as_of": "2014-01",
        }
    ]
    return tables


def small_book(file, language="sv", tables=None):
    save_workbook(case_workbook("goteborg", tables or small_case(), language), file)
    return file


def changed(file, change):
    """Open a workbook as Excel would, let the change at it, and save it."""
    book = load_workbook(file)
    change(book)
    book.save(file)
    return file


def setting(place, value, number_format=None):
    """A change of one cell, such as ("Medlemskap!C5", "1995")."""
    title, coordinate = place.split("!")

    def change(book):
        cell = book[title][coordinate]
        cell.value = value
        if number_format:
            cell.number_format = number_format
        elif isinstance(value, str):
            cell.data_type = "s" if not value.startswith("#") else "e"

    return change


def at(book, title, head):
    """Letter of the column under a head."""
    sheet = book[title]
    number = next(cell.column for cell in sheet[HEAD_ROW] if cell.value == head)
    return get_column_letter(number)


def parted(file, change):
    """Change the parts of the file itself: name to bytes, or None to leave it out."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts |= change(parts)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return file


DATE = datetime.datetime(2026, 2, 1)
