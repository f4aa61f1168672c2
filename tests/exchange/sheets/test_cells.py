"""Cells as Excel leaves them: read as meant, or asked about."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from netanalysis.dates import is_date
from netanalysis.exchange.sheets.cells import bounds, cell_text, read_cell, stripped
from netanalysis.language.messages import MESSAGES

DAY = datetime.datetime(2025, 3, 1)
KINDS = ["text", "number", "integer", "date", "choice", "reference", "rating"]


def read(value, kind, number_format="General"):
    return cell_text(value, number_format, kind)


@pytest.mark.parametrize(
    ("value", "number_format", "date"),
    [
        (DAY, "yyyy-mm-dd", "2025-03-01"),
        (DAY, "mmm-yy", "2025-03"),
        (DAY, "[$-41D]mmmm\\ yyyy;@", "2025-03"),
        (DAY, "yyyy\\-mm", "2025-03"),
        (DAY, "General", "2025-03-01"),
        (datetime.datetime(2025, 3, 15), "mmm-yy", "2025-03-15"),
        (datetime.datetime(2025, 1, 1), "yyyy", "2025"),
        (datetime.datetime(2025, 1, 1), '"den "yyyy', "2025"),
        (datetime.datetime(2025, 3, 1, 14, 30), "yyyy-mm-dd\\ hh:mm", "2025-03-01"),
        (datetime.date(2025, 3, 1), "yyyy-mm-dd", "2025-03-01"),
        (45717, "General", "2025-03-01"),
        (45717.0, "General", "2025-03-01"),
        (45717.604, "General", "2025-03-01"),
        (2025, "General", "2025"),
        (2025.0, "0", "2025"),
        (20250301, "General", "2025-03-01"),
    ],
)
def test_dates_that_excel_holds(value, number_format, date):
    assert cell_text(value, number_format, "date") == (date, "")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-01", "2025-03-01"),
        ("\u00a02025-03-01 \u200b", "2025-03-01"),
        ("2025–03–01", "2025-03-01"),
        ("2025-3-1", "2025-03-01"),
        ("2025/03/01", "2025-03-01"),
        ("2025.03.01", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("2025-03-01 00:00:00", "2025-03-01"),
        ("2025-03-01T08:00:00Z", "2025-03-01"),
        ("mars 2025", "2025-03"),
        ("Mars\u00a02025", "2025-03"),
        ("1 mars 2025", "2025-03-01"),
        ("den 1 mars 2025", "2025-03-01"),
        ("1:a mars 2025", "2025-03-01"),
        ("1 mar. 2025", "2025-03-01"),
        ("1 maj 2025", "2025-05-01"),
        ("31 oktober 2025", "2025-10-31"),
        ("1 October 2025", "2025-10-01"),
        ("1st March 2025", "2025-03-01"),
        ("March 1, 2025", "2025-03-01"),
        ("Sept 2025", "2025-09"),
        ("2025 mars", "2025-03"),
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("31.12.2025", "2025-12-31"),
        ("3/3/2025", "2025-03-03"),
        ("", ""),
        ("  \u00a0", ""),
    ],
)
def test_dates_as_text(text, date):
    assert read(text, "date") == (date, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1/3/2025", "cell_date_ambiguous"),
        ("01.03.2025", "cell_date_ambiguous"),
        ("1/3", "cell_date_ambiguous"),
        ("25-03-01", "cell_date_ambiguous"),
        ("250301", "cell_date_ambiguous"),
        ("2025-13-01", "date"),
        ("30 februari 2025", "date"),
        ("våren 2025", "date"),
        ("ca 2025", "date"),
        ("2025-2026", "date"),
        ("mars", "date"),
        ("0999", "date"),
        (12, "date"),
        (3654, "date"),
        (-1, "date"),
        (True, "cell_truth"),
        (1998.1, "date"),
        ("\u0662\u0660\u0661\u0661", "date"),
        ("1 mars \u0662\u0660\u0661\u0661", "date"),
        (datetime.time(14, 30), "date"),
        ("=TODAY()", "cell_formula"),
        ("#REF!", "cell_error"),
        (datetime.datetime(1905, 7, 17), "cell_date_number"),
    ],
)
def test_dates_that_are_asked_about(value, code):
    assert read(value, "date")[1] == code
    assert code in MESSAGES


def test_a_day_without_its_year_is_asked_about_also_among_texts():
    day = datetime.datetime(2026, 4, 3)
    for kind in ("date", "text", "reference"):
        assert cell_text(day, "d-mmm", kind) == ("2026-04-03", "cell_date_yearless")
    assert cell_text(day, "yyyy-mm-dd", "text") == ("2026-04-03", "")


def test_days_are_counted_from_where_the_workbook_counts():
    assert cell_text(44255, "General", "date", CALENDAR_MAC_1904) == ("2025-03-01", "")


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        (3, "3"),
        (3.0, "3"),
        ("3", "3"),
        (" 3\u00a0", "3"),
        ("3,0", "3"),
        ("1-2", "1..2"),
        ("1–2", "1..2"),
        ("1 - 2", "1..2"),
        ("1 — 2", "1..2"),
        ("1 till 2", "1..2"),
        ("1 to 2", "1..2"),
        ("0-4", "0..4"),
        ("2-2", "2"),
        (datetime.datetime(2026, 2, 1), "1..2"),
        (datetime.datetime(2026, 1, 2), "1..2"),
        (datetime.datetime(2026, 3, 3), "3"),
        (datetime.datetime(2026, 4, 3), "3..4"),
        ("", ""),
        (None, ""),
    ],
)
def test_ratings(value, rating):
    assert cell_text(value, "d-mmm", "rating") == (rating, "")
    assert all(end in ("", "0", "1", "2", "3", "4") for end in bounds(rating))


@pytest.mark.parametrize(
    "value",
    ["\u0663", "3,5", "3.5", 3.5, "tre", "5", 5, -1, "2-1", "3-5", "1/2", "1,2", "3+", "vet ej",
     "3 4", 45323, datetime.datetime(2026, 5, 3),
     datetime.datetime(2026, 12, 31), datetime.time(1, 2)],
)  # fmt: skip
def test_what_is_no_rating_is_told(value):
    assert read(value, "rating")[1] == "cell_rating"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (2, "2"),
        (2.0, "2"),
        (0.25, "0.25"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e15, "1000000000000000"),
        ("0,25", "0.25"),
        (",5", "0.5"),
        ("12,5", "12.5"),
        ("1 234", "1234"),
        ("1\u00a0234\u00a0567,50", "1234567.5"),
        ("1\u202f234", "1234"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("0,123", "0.123"),
        ("\u22123,5", "-3.5"),
        ("25 %", "0.25"),
        ("25%", "0.25"),
        ("1234.5678", "1234.5678"),
        ("2\u200b", "2"),
        ("", ""),
    ],
)
def test_numbers(value, number):
    assert read(value, "number") == (number, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.234", "cell_number_ambiguous"),
        ("1,234", "cell_number_ambiguous"),
        ("-12.345", "cell_number_ambiguous"),
        ("1/2", "cell_number_ambiguous"),
        ("12 kr", "number"),
        ("tre", "number"),
        ("?", "number"),
        ("1 23", "number"),
        ("1,2,3", "number"),
        ("\u0661\u0662", "number"),
        ("1\u0967", "number"),
        ("NaN", "number"),
        ("=A1*2", "cell_formula"),
        ("#N/A", "cell_error"),
        ("#SAKNAS!", "cell_error"),
        (False, "cell_truth"),
        (DAY, "cell_number_date"),
    ],
)
def test_numbers_that_are_asked_about(value, code):
    assert read(value, "number")[1] == code
    assert read(value, "integer")[1] == code.replace("number", "integer", code == "number")


def test_whole_numbers():
    for value in (2025, 2025.0, "2025", "2 025", "2025,0"):
        assert read(value, "integer") == ("2025", "")
    assert read(3.5, "integer") == ("3.5", "integer")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (7, "General", "7"),
        (7.0, "General", "7"),
        (7, "000", "007"),
        (0.25, "0%", "25 %"),
        (0.125, "0.0 %", "12.5 %"),
        (0.5, "General", "0.5"),
        (True, "General", "TRUE"),
        ("007", "@", "007"),
        (" C40\u00a0", "@", "C40"),
        ("a\u00a0b", "@", "a\u00a0b"),
        ("two\r\nlines", "@", "two\nlines"),
        ("two_x000D_\nlines", "@", "two\nlines"),
        ("=HYPERLINK(1)", "@", "=HYPERLINK(1)"),
        ("1-2", "@", "1-2"),
        (None, "General", ""),
    ],
)
def test_texts(value, number_format, text):
    assert cell_text(value, number_format, "text") == (text, "")


@given(st.text(), st.sampled_from(KINDS))
@pytest.mark.slow
def test_any_text_is_read_or_asked_about(text, kind):
    found, code = read(text, kind)
    assert code == "" or code in MESSAGES
    assert stripped(found) == found
    if kind == "date" and not code:
        assert found == "" or is_date(found)
    if kind == "number" and not code and found:
        float(found)


@given(
    st.one_of(
        st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(),
        st.timedeltas(), st.just(DataTableFormula("A1:B2")), st.just(ArrayFormula("A1", "=B1")),
    ),
    st.sampled_from(["General", "@", "0%", "000", "d-mmm", "mmm-yy", "yyyy-mm-dd", ""]),
    st.sampled_from(KINDS),
)  # fmt: skip
def test_any_value_is_read_or_asked_about(value, number_format, kind):
    found, code = cell_text(value, number_format, kind)
    assert code == "" or code in MESSAGES
    if kind == "date" and not code:
        assert is_date(found)
    if kind == "rating" and not code:
        assert all(end in ("0", "1", "2", "3", "4") for end in bounds(found))


@given(st.dates(datetime.date(1927, 6, 1), datetime.date(2100, 1, 1)))
def test_a_day_is_the_same_in_every_form(day):
    iso = day.isoformat()
    names = "januari februari mars april maj juni juli augusti september oktober november december"
    month = names.split()[day.month - 1]
    forms = [day, datetime.datetime(*day.timetuple()[:3]), int(to_excel(day)), iso]
    forms += [f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {day.year}"]
    assert {cell_text(form, "yyyy-mm-dd", "date") for form in forms} == {(iso, "")}


@given(st.decimals(0, 10**9, places=2))
def test_a_number_is_the_same_in_every_form(number):
    plain = f"{number:f}".rstrip("0").rstrip(".")
    grouped = f"{number:,.2f}".replace(",", "\u00a0").replace(".", ",")
    for form in (float(number), grouped, f"{number:.2f}", f"{number:,.2f}"):
        assert read(form, "number") == (plain, "")


@pytest.mark.parametrize("text", ["Ett _x0007_ tecken", "a\x1b[2Jb", "x_x0000_", "Os\ufefflo"])
def test_a_sign_that_gets_lost_is_asked_about_also_where_excel_writes_its_number(text):
    cell = Workbook().active["A1"]
    cell._value, cell.data_type = text, "s"
    for kind in ("text", "reference", "choice"):
        assert read_cell(cell, kind)[1] == "control"
    cell._value = "A_x005F_x0007_"
    assert read_cell(cell, "text") == ("A_x0007_", "")
