"""What came in with answers stays when the workbook that never had it is read again."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from netanalysis import load_case
from netanalysis.cli import main
from netanalysis.exchange.store.case_files import case_files
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.closing import PERSONS, stamped, withheld
from netanalysis.loaders.case.folders import DESCRIPTOR
from tests.conftest import CASE
from tests.exchange.workbooks import replying
from tests.exchange.workbooks.damage import changed, setting
from tests.test_screening import EARLIER, WHOLE, requests_rows


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """A folder with a workbook of the case, and the case into which answers came afterwards."""
    where = tmp_path_factory.mktemp("office")
    folder = shutil.copytree(CASE, where / "data" / "stockholm-2011")
    run("write", "stockholm-2011", "--data", where / "data", "--out", where / "stockholm-2011.xlsx")
    replying.asked(folder, {"environment": 5})
    files = [where / f"{name}.xlsx" for name in "abc"]
    for file, department in zip(files, ("culture", "environment", "environment"), strict=True):
        book = replying.returned(folder, department, file, [3, 4 if file.stem == "c" else 2])
        book["Taget hem"]["B4"] = "Metod för medborgarbudget"
        replying.save(book, file)
    replying.taken(folder, *files, today="2020-03-01")
    return where


@pytest.fixture
def office(answered, tmp_path, monkeypatch):
    shutil.copytree(answered / "data", tmp_path / "data")
    shutil.copy(answered / "stockholm-2011.xlsx", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETANALYSIS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def run(*arguments):
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def rows(office):
    return case_rows(office / "data" / "stockholm-2011")


@pytest.mark.slow
def test_a_workbook_corrected_after_the_answers_leaves_them_in_the_case(office):
    before = rows(office)
    changed("stockholm-2011.xlsx", setting("Nätverk!B5", "Rättad"))
    done = run("read", "stockholm-2011.xlsx", "--language", "en")
    assert done.exit_code == 0, done.output
    after = rows(office)
    assert after["networks"][0]["note_sv"] == "Rättad"
    assert {**after, "networks": before["networks"]} == before
    counts = {table: len(before[table]) for table in ("asked", "answers", "lessons")}
    assert counts == {"asked": 4, "answers": 36, "lessons": 3}
    assert "such rows: Sources 3, Evidence 18, Asked 4, Answers 36, Lessons 3" in done.output
    assert load_case(office / "data" / "stockholm-2011").answers.shape[0] == 36


@pytest.mark.slow
def test_answers_stay_where_the_descriptor_says_that_they_lie(office):
    folder = office / "data" / "stockholm-2011"
    package = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    for one in package["resources"]:
        if one["name"] == "answers":
            one["path"] = "svar.csv"
    (folder / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    (folder / "answers.csv").rename(folder / "svar.csv")
    before = rows(office)["answers"]
    changed("stockholm-2011.xlsx", setting("Nätverk!B5", "Rättad"))
    done = run("read", "stockholm-2011.xlsx", "--language", "en")
    assert done.exit_code == 0, done.output
    assert rows(office)["answers"] == before
    assert not (folder / "answers.csv").exists()


def test_what_check_finds_thin_is_that_of_what_would_be_saved(office):
    done = run("check", "stockholm-2011", "--language", "en")
    assert done.exit_code == 0, done.output
    assert "Kept, as the workbook has no such rows" in done.output
    head, lines = "Memberships about which no department is asked", done.output.splitlines()
    assert [line for line in lines if line.startswith(head)] == [f"{head}: 1"]  # Metropolis


@pytest.mark.slow
def test_a_reply_that_the_workbook_names_is_read_as_it_stands(office):
    run("write", "stockholm-2011", "--overwrite", "--persons")
    book = load_workbook("stockholm-2011.xlsx")
    book["Svar"].delete_rows(4)
    book.save("stockholm-2011.xlsx")
    before = rows(office)
    done = run("read", "stockholm-2011.xlsx", "--language", "en")
    assert done.exit_code == 2
    assert "answers.csv: the table has 36 rows, and would have 35: 1 fewer" in done.output
    assert rows(office) == before
    done = run("read", "stockholm-2011.xlsx", "--language", "en", "--overwrite")
    assert done.exit_code == 0, done.output
    assert "Removed: 1 row of data/stockholm-2011/answers.csv" in done.output
    assert "netanalysis restore stockholm-2011" in done.output
    assert rows(office)["answers"] == before["answers"][1:]


def test_a_network_that_answers_refer_to_cannot_go_unseen(office):
    book = load_workbook("stockholm-2011.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("C40", "c40"):
                    cell.value = {"C40": "C50", "c40": "c50"}[cell.value]
    book.save("stockholm-2011.xlsx")
    before = rows(office)
    done = run("read", "stockholm-2011.xlsx", "--language", "en", "--overwrite")
    assert done.exit_code == 2
    assert '"c40" is gone from the workbook (table networks)' in done.output
    assert "data/stockholm-2011/answers.csv: 18" in done.output
    assert rows(office) == before


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.slow
def test_a_workbook_does_not_open_what_was_closed(office, when):
    """One that was written before the closing, or after it without persons, has no stamp."""
    folder = office / "data" / "stockholm-2011"
    said = ["d-persons", "D", "uclg", "positioning", "2", "2", "", "Personer sa", "Persons said"]
    with (folder / "statements.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([*said, PERSONS, "all together", "", ""])
    before = rows(office)
    shut = stamped(before["sources"])
    if when == "before":
        text = (folder / "sources.csv").read_text("utf-8")
        (folder / "sources.csv").write_text(text.replace(shut, ""), "utf-8")
    run("write", "stockholm-2011", "--overwrite", "--language", "en")
    book = load_workbook("stockholm-2011.xlsx", read_only=True)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert shut not in cells
    assert ("Persons said" in cells) == (when == "after")
    if when == "before":
        (folder / "sources.csv").write_text(text, "utf-8")
    done = run("read", "stockholm-2011.xlsx", "--language", "en")
    assert done.exit_code == 0, done.output
    assert rows(office)["sources"] == before["sources"]
    case = load_case(folder)
    assert (stamped(case.sources), withheld(case.sources, case.asked, case.answers)) == (shut, "")


def test_persons_stay_in_the_case_and_out_of_the_workbook(office):
    before = rows(office)
    done = run("write", "stockholm-2011", "--overwrite", "--language", "en")
    assert done.exit_code == 0
    book = load_workbook("stockholm-2011.xlsx")
    assert book["Answers"].max_row - 3 == 18
    done = run("read", "stockholm-2011.xlsx", "--language", "en")
    assert done.exit_code == 0, done.output
    assert "Answers 18" in done.output
    after = rows(office)
    assert sorted(map(str, after["answers"])) == sorted(map(str, before["answers"]))
    assert sorted(map(str, after["statements"])) == sorted(map(str, before["statements"]))
    assert after["sources"] == before["sources"]


def test_requests_stay_where_an_older_workbook_has_no_sheet_for_them(tmp_path, monkeypatch):
    folder = tmp_path / "data" / "with-requests"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    before = requests_rows({**WHOLE, "source_id": EARLIER})
    for name, text in case_files(folder.name, before).items():
        (folder / name).write_text(text, "utf-8")
    before = case_rows(folder)
    file = tmp_path / "with-requests.xlsx"
    assert run("write", "with-requests", "--out", file).exit_code == 0

    def older(book):
        del book["Förfrågningar"]
        book["Källor"].delete_rows(
            next(r for r in range(5, 12) if book["Källor"].cell(r, 1).value == "News of 2010")
        )

    changed(file, older)
    done = run("read", file, "--language", "en")
    assert done.exit_code == 0, done.output
    assert "Requests 1" in done.output
    after = case_rows(folder)
    assert after["requests"] == before["requests"]
    by_id = [sorted(map(str, rows["sources"])) for rows in (before, after)]
    assert by_id[0] == by_id[1]
