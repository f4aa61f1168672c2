"""``netanalysis read`` and ``check``: all or nothing, each fault in its cell, nothing lost."""

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.comments import Comment

from netanalysis import files, load_case
from netanalysis.cli import main
from netanalysis.loaders.case.case import case_rows
from tests.conftest import CASE
from tests.exchange.workbooks.damage import changed, setting, small_book, small_case


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("book") / "goteborg.xlsx")


@pytest.fixture
def office(tmp_path, monkeypatch, original):
    """A working folder with an empty data folder and a workbook."""
    (tmp_path / "data").mkdir()
    shutil.copy(original, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETANALYSIS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def run(*arguments):
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_workbook_becomes_a_case(office):
    done = run("read", "goteborg.xlsx")
    assert (done.exit_code, done.output) == (0, "Sparad: data/goteborg\n")
    case = load_case(office / "data" / "goteborg")
    assert case.networks["network"].to_list() == ["eurocities", "c40", "ubc"]
    assert [path.name for path in (office / "data").iterdir()] == ["goteborg"]


def test_another_name_can_be_given_and_a_bad_one_is_refused(office):
    Path("goteborg.xlsx").rename("Göteborg (1).xlsx")
    done = run("read", "Göteborg (1).xlsx", "--language", "en")
    assert done.exit_code == 2
    assert '"Göteborg (1)" cannot be the name of a case' in done.output
    assert "--case goteborg-1" in done.output
    assert run("read", "Göteborg (1).xlsx", "--case", "gbg").exit_code == 0
    assert (office / "data" / "gbg" / "networks.csv").is_file()


def test_what_is_wrong_leaves_everything_as_it_was(office):
    assert run("read", "goteborg.xlsx").exit_code == 0
    before = contents(office / "data")
    for place, value in (
        ("Medlemskap!C5", "våren"),
        ("Uppdrag!F5", "1999"),
        ("Nätverk!A5", None),
    ):
        file = shutil.copy("goteborg.xlsx", "other.xlsx")
        done = run("read", changed(file, setting(place, value)), "--case", "goteborg")
        assert done.exit_code == 2
        assert place in done.output
        assert contents(office / "data") == before


def test_the_tables_from_before_are_kept_with_all_else(office):
    folder = office / "data" / "goteborg"
    run("read", "goteborg.xlsx")
    (folder / "README.md").write_text("notes", "utf-8")
    first = contents(folder)
    assert "har ändrats" in run("read", "goteborg.xlsx").output
    assert contents(folder) == first
    changed("goteborg.xlsx", setting("Medlemskap!C5", "1996"))
    done = run("read", "goteborg.xlsx")
    assert done.exit_code == 0
    (aside,) = (folder / ".earlier").iterdir()
    assert f"data/goteborg/.earlier/{aside.name}" in done.output
    after, kept = contents(folder), contents(aside)
    assert kept.pop("command.txt") == b"read goteborg.xlsx\n"
    assert kept == {name: text for name, text in first.items() if name != "README.md"}
    assert after["README.md"] == b"notes"
    assert b"1996" in after["memberships.csv"]
    assert [path.name for path in (office / "data").iterdir()] == ["goteborg"]


def test_what_a_descriptor_says_beside_the_tables_is_kept(office):
    folder = shutil.copytree(CASE, office / "data" / "stockholm-2011")
    before = contents(folder)
    assert run("write", "stockholm-2011").exit_code == 0
    changed("stockholm-2011.xlsx", setting("Nätverk!B5", "Ny anmärkning"))
    assert run("read", "stockholm-2011.xlsx").exit_code == 0
    after = contents(folder)
    assert after["datapackage.json"] == before["datapackage.json"]
    different = {name for name in before if before[name] != after[name]}
    assert different == {"networks.csv"}


@pytest.mark.slow
def test_rows_that_the_workbook_has_not_seen_are_not_lost_unasked(office):
    run("read", "goteborg.xlsx")
    folder = office / "data" / "goteborg"
    with (folder / "goals.csv").open("a", encoding="utf-8") as file:
        file.write("extra,Ett mål,,objective,workbook,x\n")
    before = contents(folder)
    done = run("read", "goteborg.xlsx", "--language", "en")
    assert done.exit_code == 2
    assert "goals.csv: the table has 2 rows, and would have 1: 1 fewer" in done.output
    assert contents(folder) == before
    assert run("read", "goteborg.xlsx", "--overwrite").exit_code == 0
    assert [row["goal"] for row in case_rows(folder)["goals"]] == ["klimat"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders that cannot be written to")
def test_a_folder_that_cannot_be_replaced_is_as_it_was(office, monkeypatch):
    run("read", "goteborg.xlsx")
    before = contents(office / "data")
    changed("goteborg.xlsx", setting("Medlemskap!C5", "1996"))
    rename = Path.rename

    def failing(self, target):
        if self.name.endswith(".stage"):
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", failing)
    assert run("read", "goteborg.xlsx").exit_code == 1
    assert contents(office / "data") == before


def test_check_tells_every_fault_in_its_cell_and_marks_a_copy(office):
    def change(book):
        for place, value in (("Medlemskap!C5", "våren"), ("Uppdrag!F5", "1999")):
            setting(place, value)(book)
        book["Medlemskap"]["A6"].comment = Comment("ring", "Chef")
        book["Medlemskap"]["A6"] = "C 41"
        book["Uppgifter"]["F6"] = "=1+1"

    before = changed("goteborg.xlsx", change)
    before = Path(before).read_bytes()
    done = run("check", "goteborg")
    assert done.exit_code == 2
    for place in ("Medlemskap!C5: ", "Medlemskap!A6: ", "Uppdrag!F5: ", "4 fel"):
        assert place in done.output
    assert Path("goteborg.xlsx").read_bytes() == before
    copy = load_workbook("goteborg.granskad.xlsx")
    sheet = copy["Medlemskap"]
    assert sheet["C5"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["C5"].comment.text.startswith('"våren" är inget datum')
    assert sheet["A6"].comment.text.startswith("ring\n\n")
    assert copy["Uppdrag"]["F5"].comment is not None
    assert copy["Uppgifter"]["F6"].data_type == "s"
    assert sheet["C6"].comment is None
    old = load_workbook("goteborg.xlsx")
    assert copy.sheetnames == old.sheetnames
    assert sheet.data_validations.count == old["Medlemskap"].data_validations.count
    assert [cell.value for row in sheet for cell in row] == [
        cell.value for row in old["Medlemskap"] for cell in row
    ]


@pytest.mark.slow
def test_a_copy_is_never_overwritten_and_its_marks_go_when_mended(office):
    changed("goteborg.xlsx", setting("Medlemskap!C5", "våren"))
    assert run("check", "goteborg.xlsx", "--language", "en").exit_code == 2
    assert "goteborg.checked-2.xlsx" in run("check", "goteborg.xlsx", "--language", "en").output

    def mend(book):
        setting("Medlemskap!C5", "1995")(book)
        setting("Medlemskap!C7", "hösten")(book)

    changed("goteborg.checked.xlsx", mend)
    run("check", "goteborg.checked.xlsx", "--language", "en", "--out", "there")
    sheet = load_workbook("there/goteborg.checked.checked.xlsx")["Medlemskap"]
    assert (sheet["C5"].comment, sheet["C5"].fill.fill_type) == (None, None)
    assert sheet["C7"].comment.text.startswith('"hösten" is not a date')


def test_check_tells_what_is_thin(office):
    done = run("check", "goteborg", "--language", "en")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[:2] == ["Checked: goteborg.xlsx", "Nothing is wrong."]
    assert "Networks without evidence: 1" in lines
    assert lines[lines.index("Memberships whose cost is not known: 2") + 1] == (
        "  Nätverk!A5: EUROCITIES"
    )
    at = lines.index("Terms and memberships that end within a year: 2")
    assert lines[at + 1] == "  Uppdrag!F5: Östersjöstädernas förbund, 31 December 2025"
    assert lines[at + 2] == "  Medlemskap!D6: C40, 30 June 2026"
    assert not list(office.glob("*checked*"))


def test_tables_are_checked_in_the_same_words_where_there_is_no_workbook(office):
    run("read", "goteborg.xlsx")
    Path("goteborg.xlsx").unlink()
    done = run("check", "goteborg", "--language", "en")
    assert done.exit_code == 0
    assert done.output.startswith("Checked: data/goteborg\nNothing is wrong.\n")
    assert "  networks.csv, row 2: EUROCITIES" in done.output
    file = office / "data" / "goteborg" / "seats.csv"
    file.write_text(file.read_text("utf-8").replace("2025-12-31", "1999"), "utf-8")
    done = run("check", "goteborg", "--language", "en")
    assert done.exit_code == 2
    assert "seats.csv, row 2, column end: the term ends (1999)" in done.output


def test_what_is_no_workbook_is_told(office):
    Path("x.xlsx").write_text("a;b\n", "utf-8")
    for name in ("x.xlsx", "x"):
        done = run("check", name, "--language", "en")
        assert done.exit_code == 2
        assert "no Excel workbook" in done.output
    assert run("check", "away.xlsx").exit_code == 2
    assert run("check", "away").exit_code == 2


def test_both_languages_are_checked_alike(office):
    tables = small_case(("sv", "en"))
    small_book(office / "both.xlsx", "en", tables)
    changed("both.xlsx", setting("Memberships!C5", "spring"))
    swedish, english = (run("check", "both", "--language", tongue) for tongue in ("sv", "en"))
    assert 'Memberships!C5: "spring" är inget datum' in swedish.output
    assert 'Memberships!C5: "spring" is not a date' in english.output


@pytest.mark.parametrize("text", ["Ring 08-508 290 00", "anna@stad.example", "19811218-9876"])
@pytest.mark.slow
def test_how_to_reach_a_person_never_enters_a_case(office, text):
    book = load_workbook("goteborg.xlsx")
    book["Nätverk"]["B5"] = text
    book.save("goteborg.xlsx")
    for command in ("check", "read"):
        done = run(command, "goteborg.xlsx")
        assert done.exit_code == 2
        assert "Nätverk!B5" in done.output
        assert text not in done.output
    assert not any((office / "data").iterdir())


def test_a_copy_with_marks_is_read_into_the_same_case(office):
    Path("goteborg.xlsx").rename("goteborg.granskad-2.xlsx")
    assert run("read", "goteborg.granskad-2.xlsx").exit_code == 0
    assert (office / "data" / "goteborg").is_dir()


def test_one_row_that_is_gone_is_told_once_with_every_place_that_needs_it(office):
    """Forty lines for one deleted network help nobody; the nearest name stands first."""

    def change(book):
        for cell in book["Nätverk"][6]:
            cell.value = None
        book["Nätverk"]["A5"].value = "Klimatstäder C40 (nytt namn)"

    changed("goteborg.xlsx", change)
    done = run("check", "goteborg.xlsx", "--language", "sv")
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    (told,) = (number for number, line in enumerate(lines) if '"C40" finns inte på bladet' in line)
    assert ": Klimatstäder C40 (nytt namn), " in lines[told + 2]
    (likewise,) = (line for line in lines if "Kostnader!" in line)
    assert "Uppgifter!" in likewise


def test_a_row_that_is_gone_from_a_table_is_told_once_with_the_rows_of_each_file(office):
    folder = Path(shutil.copytree(CASE, office / "data" / "stockholm-2011"))
    lines = (folder / "networks.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "networks.csv").write_text(
        "".join(one for one in lines if "uclg" not in one), "utf-8"
    )
    done = run("check", "stockholm-2011", "--language", "en")
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    told = [line for line in lines if '"uclg" is not in the table networks' in line]
    assert len(told) == 1
    (likewise,) = [line for line in lines if "Likewise" in line]
    assert "statements.csv, row" in likewise
    assert "memberships.csv, row" in likewise


def test_what_is_told_of_a_workbook_has_names_and_sheets_in_place_of_codes(office):
    def change(book):
        sheet = book["Svar"]
        sheet["A5"], sheet["B5"] = "Hamnbolaget", None
        row = {cell.value: cell.column for cell in sheet[2]}
        for head, value in {
            "Förvaltning": "Hamnbolaget",
            "Nätverk": "C40",
            "Kriterium": "Påverkan",
            "Svar": "vet inte",
            "Version": 1,
        }.items():
            if head in row:
                sheet.cell(5, row[head]).value = value

    changed("goteborg.xlsx", change)
    done = run("check", "goteborg.xlsx", "--language", "sv")
    assert done.exit_code == 2
    assert "Tillfrågade" in done.stderr
    for code in ("asked", "hamn /", ".csv", "^[a-z"):
        assert code not in done.stderr
