"""What is read from a returned workbook, whole or damaged, and what is refused, by its cell."""

import datetime
import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles.numbers import FORMAT_DATE_YYYYMMDD2

from netanalysis import DataError, load_case
from netanalysis.exchange.survey.replies import read_reply
from netanalysis.language.words import speak
from tests.exchange.workbooks import replying


@pytest.fixture
def folder(copied):
    replying.asked(copied)
    return copied


@pytest.fixture
def file(tmp_path):
    return tmp_path / "Svar från kultur (2) SLUTLIG.xlsx"


def read(folder, file):
    return read_reply(file, load_case(folder))


def told(folder, file):
    """The problems of a workbook: code and cell."""
    with pytest.raises(DataError, match="Mend:") as caught:
        read(folder, file)
    name = re.escape(file.name)
    return [
        (problem.code, re.sub(rf".*{name}(, )?", "", problem.file))
        for problem in caught.value.problems
    ]


def ratings(reply, network="eurocities"):
    return [
        one.answer if one.low is None else (one.low, one.high)
        for one in reply.answers
        if one.network == network
    ]


def test_a_partly_filled_workbook(folder, file):
    given = [3, "4", "vet inte", "Inte vårt område", "3–4", None, 2.0, "3-4"]
    replying.returned(folder, "culture", file, given, office="Förvaltningschef")
    reply = read(folder, file)
    assert (reply.department, reply.one_by_one, reply.office) == (
        "culture", False, "head_of_department",
    )  # fmt: skip
    assert (reply.answered, reply.language) == ("2020-01-20", "sv")
    assert ratings(reply) == [
        (3, 3), (4, 4), "dont_know", "not_our_field", (3, 4), "no_answer", (2, 2), (3, 4),
        "no_answer",
    ]  # fmt: skip
    assert ratings(reply, "uclg") == ["no_answer"] * 9
    assert reply.answers[0].place == "Poäng!C4"
    assert (reply.blank, reply.unread) == (False, ())


def test_as_it_was_sent_it_says_nothing(folder, file):
    replying.sent(folder, "culture", file)
    reply = read(folder, file)
    assert reply.blank
    assert (reply.answered, reply.saved, reply.office) == ("", "", "")


def test_an_english_workbook_of_a_swedish_case(folder, file):
    given = ["don't know", "Not our field ", "1 to 2"]
    replying.returned(folder, "culture", file, given, office="head of unit", language="en")
    reply = read(folder, file)
    assert ratings(reply)[:3] == ["dont_know", "not_our_field", (1, 2)]
    assert (reply.language, reply.office) == ("en", "head_of_unit")


def test_renamed_and_reordered_sheets_moved_columns_and_a_title_above(folder, file):
    book = replying.returned(folder, "culture", file, [3, 1])
    rows = book["Poäng"]
    rows.insert_rows(1, 3)
    rows["A1"] = "Svar från förvaltningen"
    rows.insert_cols(1, 2)  # a comment of one's own before the table
    rows["A9"] = "se protokoll"
    rows.move_range("E5:E30", cols=4)  # ratings to the right of all else
    rows.title = "Blad1"
    book.move_sheet("Blad1", -1)
    book.move_sheet("Vem som svarar", -3)
    book["Taget hem"].sheet_state = "hidden"
    replying.save(book, file)
    reply = read(folder, file)
    assert ratings(reply)[:3] == [(3, 3), (1, 1), "no_answer"]
    assert reply.answers[0].place == "Blad1!I7"
    assert reply.unread == ("Blad1!A9",)


def test_names_are_known_by_what_they_say(folder, file):
    book = replying.returned(folder, "culture", file, [3])
    rows, signing = book["Poäng"], book["Vem som svarar"]
    rows["A4"], rows["B4"] = "eurocities\u00a0", " POSITIONERING"
    signing["A2"], signing["B2"] = "FÖRVALTNING:", "kulturförvaltningen "
    replying.save(book, file)
    assert ratings(read(folder, file))[0] == (3, 3)


def test_rows_taken_away_are_answers_left_empty(folder, file):
    book = replying.returned(folder, "culture", file, [3, 2])
    book["Poäng"].delete_rows(6, 7 + 9)  # the rest of the first network, and all of the second
    replying.save(book, file)
    reply = read(folder, file)
    assert ratings(reply) == [(3, 3), (2, 2), *["no_answer"] * 7]
    assert ratings(reply, "uclg") == []


def test_rows_may_be_sorted_with_the_row_of_helps(folder, file):
    book = replying.returned(folder, "culture", file, [3, 2])
    rows = book["Poäng"]
    lines = [[cell.value for cell in line] for line in rows.iter_rows(min_row=3)]
    for number, line in enumerate(reversed(lines), start=3):
        for column, value in enumerate(line, start=1):
            rows.cell(number, column).value = value
    replying.save(book, file)
    assert ratings(read(folder, file))[:2] == [(3, 3), (2, 2)]


def test_a_name_merged_over_its_rows_stands_in_each_of_them(folder, file):
    book = replying.returned(folder, "culture", file, [3, 2, 1])
    book["Poäng"].merge_cells("A4:A12")
    replying.save(book, file)
    assert ratings(read(folder, file))[:3] == [(3, 3), (2, 2), (1, 1)]


def test_a_rating_merged_over_rows_is_asked_about(folder, file):
    book = replying.returned(folder, "culture", file, [3])
    book["Poäng"].merge_cells("C4:C6")
    replying.save(book, file)
    assert told(folder, file) == [("reply_merged", "Poäng!C4")] * 2


@pytest.mark.parametrize(
    "rating", ["3,5", "tre", 3.5, 5, -1, "4-3", "3-4 ibland", "=3", True, "#N/A", "ja", "–"]
)
def test_what_is_no_rating_is_refused_with_its_cell(folder, file, rating):
    replying.returned(folder, "culture", file, [1, rating])
    assert told(folder, file) == [("reply_rating", "Poäng!C5")]


def test_a_formula_is_text_and_stays_text(folder, file):
    book = replying.returned(folder, "culture", file, [1])
    book["Poäng"]["D4"] = '=HYPERLINK("http://example.org","klicka")'
    replying.save(book, file)
    assert read(folder, file).answers[0].comment == '=HYPERLINK("http://example.org","klicka")'


def test_a_range_that_excel_made_a_date_is_read_as_it_was_meant(folder, file):
    book = replying.returned(folder, "culture", file, [1])
    book["Poäng"]["C5"] = datetime.datetime(2020, 4, 3)
    book["Poäng"]["C5"].number_format = "d-mmm"
    replying.save(book, file)
    assert ratings(read(folder, file))[1] == (3, 4)


@pytest.mark.parametrize("cell", ["D4", "Taget hem!B4", "Taget hem!C5", "A4"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fråga anna.berg@stad.example om detta", "email"),
        ("anna (at) stad.example", "email"),
        ("nås på 070-123 45 67", "telephone"),
        ("+46 8 508 290 00", "telephone"),
        ("0768999999", "telephone"),
        ("19811218-9876", "identity"),
        ("811218-9876", "identity"),
        ("möte på Storgatan 12", "address"),
        ("Hälsningar, Anna Berg", "name"),
    ],
)
def test_personal_data_is_refused_and_not_repeated(folder, file, cell, text, kind):
    book = replying.returned(folder, "culture", file, [1])
    sheet, _, place = cell.rpartition("!")
    book[sheet or "Poäng"][place] = text
    replying.save(book, file)
    with pytest.raises(DataError, match=f"{sheet or 'Poäng'}'?!{place}") as caught:
        read(folder, file)
    assert f"personal_{kind}" in [problem.code for problem in caught.value.problems]
    assert text not in str(caught.value)


def test_a_name_in_the_place_of_the_office_is_not_repeated(folder, file):
    replying.returned(folder, "culture", file, [1], office="Anna Berg")
    with pytest.raises(DataError, match="none of the offices") as caught:
        read(folder, file)
    assert "Anna Berg" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "Sparar 1 200 000 kr per år, 2019–2021, enligt dnr 2024/0123.",
        "Mål 11.3 och 13.1; 0,5 procent av 2020-03-31",
        "Standard ISO 37120:2018 används i 14 stadsdelar",
        "Dnr KS 2011/10-432, organisationsnummer 212000-0142",
        "Vi tackar för frågorna. Med vänlig hälsning förvaltningen",
    ],
)
@pytest.mark.slow
def test_what_only_looks_like_personal_data_is_read(folder, file, text):
    book = replying.returned(folder, "culture", file, [1])
    book["Poäng"]["D4"] = text
    replying.save(book, file)
    assert read(folder, file).answers[0].comment == text


def test_a_network_that_was_not_asked_about(folder, file):
    book = replying.returned(folder, "culture", file, [1])
    rows = book["Poäng"]
    for column, value in enumerate(["C40", "Påverkan", 4], start=1):
        rows.cell(40, column).value = value
    rows["A41"], rows["B41"] = "Metropolis", "Påverkan"  # nothing is said of it
    rows["A42"], rows["B42"], rows["C42"] = "OECD", "Påverkan", 2
    rows["A43"], rows["C43"] = "UCLG", 2
    rows["B44"], rows["D44"] = "Påverkan", "bra"
    rows["A45"], rows["B45"], rows["C45"] = "UCLG", "Trivsel", 2
    book["Taget hem"]["A9"], book["Taget hem"]["B9"] = "C40", "klimatbudget"
    replying.save(book, file)
    assert told(folder, file) == [
        ("reply_not_asked", "Poäng!A40"),
        ("reply_network", "Poäng!A42"),
        ("reply_unnamed_criterion", "Poäng!B43"),
        ("reply_unnamed_network", "Poäng!A44"),
        ("reply_criterion", "Poäng!B45"),
        ("reply_not_asked", "'Taget hem'!A9"),
    ]


def test_two_rows_on_one_matter(folder, file):
    book = replying.returned(folder, "culture", file, [1, 2, None])
    rows = book["Poäng"]
    for row, rating in ((40, 3), (41, 2), (42, 4)):
        names = (rows.cell(row - 36, column).value for column in (1, 2))
        for column, value in enumerate([*names, rating], start=1):
            rows.cell(row, column).value = value
    replying.save(book, file)
    assert told(folder, file) == [("reply_twice", "Poäng!C40")]
    rows["C40"] = 1
    replying.save(book, file)
    assert ratings(read(folder, file))[:3] == [(1, 1), (2, 2), (4, 4)]


def test_a_department_that_was_not_asked(folder, file):
    book = replying.returned(folder, "culture", file, [1])
    for name in ("Stadsbyggnadskontoret", "Trafikkontoret"):
        book["Vem som svarar"]["B2"] = name
        replying.save(book, file)
        assert told(folder, file) == [("reply_department_unknown", "'Vem som svarar'!B2")]


def test_without_a_department_or_with_two(folder, file):
    book = replying.returned(folder, "culture", file, [1])
    book.copy_worksheet(book["Vem som svarar"])["B2"] = "Utbildningsförvaltningen"
    replying.save(book, file)
    assert told(folder, file) == [("reply_two_departments", "'Vem som svarar Copy'!B2")]
    del book["Vem som svarar"], book["Vem som svarar Copy"]
    replying.save(book, file)
    assert told(folder, file) == [("reply_department", "")]


def test_heads_that_are_gone_or_stand_twice(folder, file):
    book = replying.returned(folder, "culture", file, [1])
    book["Poäng"]["E2"] = "Er poäng"
    replying.save(book, file)
    assert told(folder, file) == [("reply_head", "Poäng!C2")]
    book["Poäng"]["C2"] = book["Poäng"]["E2"] = "Vad tycker ni?"
    replying.save(book, file)
    assert told(folder, file) == [("reply_sheet", "")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (datetime.datetime(2020, 1, 21), "2020-01-21"),
        ("21 januari 2020", "2020-01-21"),
        ("2020-01", "2020-01"),
        ("", "2020-01-25"),  # the day on which it was saved
    ],
)
def test_the_day_of_the_answer(folder, file, written, expected):
    book = replying.returned(folder, "culture", file, [1], answered=written)
    if isinstance(written, datetime.datetime):
        book["Vem som svarar"]["B3"].number_format = FORMAT_DATE_YYYYMMDD2
        replying.save(book, file)
    assert read(folder, file).answered == expected


def test_a_day_that_can_be_two_is_asked_about(folder, file):
    replying.returned(folder, "culture", file, [1], answered="03/04/30")
    assert told(folder, file) == [("cell_date_ambiguous", "'Vem som svarar'!B3")]


def test_nobody_has_answered_on_a_day_that_is_still_to_come(folder, file):
    replying.returned(folder, "culture", file, [1], answered="2150-01-20")
    assert told(folder, file) == [("date_to_come", "'Vem som svarar'!B3")]
    book = replying.returned(folder, "culture", file, [1], answered="")
    replying.save(book, file, moment="2150-01-25T10:00:00Z")  # the clock of a machine is wrong
    assert read(folder, file).answered == ""


def test_every_fault_is_told_at_once(folder, file):
    book = replying.returned(folder, "culture", file, ["tre", 7], office="chef")
    book["Poäng"]["D6"] = "a@b.example"
    replying.save(book, file)
    assert told(folder, file) == [
        ("reply_office", "'Vem som svarar'!B4"),
        ("reply_rating", "Poäng!C4"),
        ("reply_rating", "Poäng!C5"),
        ("personal_email", "Poäng!D6"),
    ]


def test_persons_and_the_department_do_not_answer_in_one_workbook(copied, file):
    replying.asked(copied)
    text = (copied / "asked.csv").read_text("utf-8")
    mixed = text.replace("culture,uclg,2020-01-01,2020-02-01,", "culture,uclg,,,7")
    (copied / "asked.csv").write_text(text, "utf-8")
    replying.returned(copied, "culture", file, [1])
    (copied / "asked.csv").write_text(mixed, "utf-8")
    assert told(copied, file) == [("reply_mixed", "")]


def test_another_workbook_is_no_reply(folder, file):
    book = Workbook()
    book.active["A1"] = "Budget 2020"
    book.save(file)
    assert told(folder, file) == [("reply_sheet", ""), ("reply_department", "")]


def test_a_file_that_is_cut_short_is_damaged(folder, file):
    replying.returned(folder, "culture", file, [1])
    file.write_bytes(file.read_bytes()[:-400])
    with pytest.raises(DataError, match="it cannot be unpacked") as caught:
        read(folder, file)
    (problem,) = caught.value.problems
    assert "kan inte packas upp" in speak("sv").explain(problem)


def test_without_properties_the_day_is_not_known(folder, file):
    replying.returned(folder, "culture", file, [1], answered="")
    bare = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = re.sub(rb"<Override[^>]*core\.xml[^>]*>", b"", part)
            if name == "_rels/.rels":
                part = re.sub(rb"<Relationship [^>]*core\.xml[^>]*>", b"", part)
            if name != "docProps/core.xml":
                new.writestr(name, part)
    file.write_bytes(bare.getvalue())
    assert load_workbook(file)
    assert (read(folder, file).answered, read(folder, file).saved) == ("", "")


def test_what_libreoffice_has_saved_is_read_alike(folder, file, tmp_path, through_office):
    given = [3, "3–4", "vet inte", "inte vårt område", "0"]
    book = replying.returned(folder, "culture", file, given, office="enhetschef")
    book["Poäng"]["D4"] = "=1+1 är text"
    book["Taget hem"]["B4"] = "Två rader\noch en till"
    replying.save(book, file)
    saved = through_office(file, tmp_path / "office")
    one, other = read(folder, file), read(folder, saved)
    assert (one.answers, one.lessons) == (other.answers, other.lessons)
    assert (one.department, one.answered, one.office) == (
        other.department, other.answered, other.office,
    )  # fmt: skip
