"""``netanalysis ask`` and ``answers`` as an office runs them: asked, answered, mended, read."""

import csv
import datetime
import shutil

import pytest
from openpyxl import load_workbook

from netanalysis import load_case
from tests.conftest import command

TODAY = datetime.date.today()
DUE = (TODAY + datetime.timedelta(days=30)).isoformat()


def run(copied, *arguments, language="C.UTF-8"):
    return command(*arguments, "--data", copied.parent, LC_ALL=language)


def asked(copied):
    with (copied / "asked.csv").open(encoding="utf-8", newline="") as file:
        return [list(row.values()) for row in csv.DictReader(file)]


def tables(copied):
    return {path.name: path.read_bytes() for path in copied.glob("*.csv")}


@pytest.fixture
def out(copied, tmp_path):
    """The workbooks that are sent, of which nothing is filled in."""
    done = run(copied, "ask", "stockholm-2011", "--answer-by", DUE, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    return tmp_path / "out"


def fill(file, ratings, target):
    book = load_workbook(file)
    for number, rating in enumerate(ratings, start=4):
        book["Poäng"].cell(number, 3).value = rating
    book["Vem som svarar"]["B3"] = TODAY.isoformat()
    target.parent.mkdir(exist_ok=True)
    book.save(target)


@pytest.mark.slow
def test_asked_answered_mended_and_read_again(copied, out, tmp_path):
    departments = ["social-services", "education", "city-planning", "culture", "environment"]
    assert asked(copied) == [[one, "eurocities", TODAY.isoformat(), DUE, ""] for one in departments]
    assert sorted(path.stem for path in out.glob("*")) == sorted(departments)

    back = tmp_path / "Inkomna svar"
    fill(out / "culture.xlsx", [3, "vet inte"], back / "Kulturförvaltningens svar.xlsx")
    fill(out / "education.xlsx", [2, "tre"], back / "utbildning.XLSX")
    shutil.copy(out / "environment.xlsx", back)
    (back / "~$utbildning.xlsx").write_text("lock")
    (back / "följebrev.docx").write_text("brev")
    done = run(copied, "answers", back, "--into", "stockholm-2011", language="sv_SE.UTF-8")
    assert done.returncode == 1
    assert 'utbildning.XLSX, Poäng!C5: "tre" är inget av svaren.' in done.stderr
    assert "Inte läst, eftersom det inte är en arbetsbok" in done.stdout
    assert "följebrev.docx" in done.stdout
    assert "Inget är ifyllt" in done.stdout
    assert "Har svarat: 1 av 5 förvaltningar." in done.stdout
    assert "Stadsbyggnadskontoret" in done.stdout.split("Har inte svarat: ")[1]
    assert set(load_case(copied).answers["department"]) == {"culture"}

    fill(out / "education.xlsx", [2, 3], back / "utbildning.XLSX")
    done = run(copied, "answers", back, "--into", "stockholm-2011")
    assert done.returncode == 0, done.stderr
    assert "In the case already" in done.stdout
    assert "Answered: 2 of 5 departments." in done.stdout
    assert "The last day for answers is" in done.stdout
    before = tables(copied)
    assert run(copied, "answers", back, "--into", "stockholm-2011").returncode == 0
    assert tables(copied) == before


def test_what_is_sent_is_never_overwritten(copied, out):
    book = load_workbook(out / "culture.xlsx")
    book["Poäng"]["C4"] = 3
    book.save(out / "culture.xlsx")
    before = tables(copied), (out / "culture.xlsx").read_bytes()
    done = run(copied, "ask", "stockholm-2011", "--department", "culture", "--out", out)
    assert done.returncode == 2
    assert "culture.xlsx: the file is there already." in done.stderr
    assert (tables(copied), (out / "culture.xlsx").read_bytes()) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "stockholm-2011", "--answer-by", "2011-01-01"], '"2011-01-01" is not a day'),
        (["ask", "stockholm-2011", "--answer-by", "2090-01"], '"2090-01" is not a day'),
        (["ask", "stockholm-2011", "--department", "parks"], 'no department "parks"'),
        (["ask", "atlantis"], 'no case "atlantis"'),
        (["answers", "nowhere", "--into", "stockholm-2011"], "no workbook in the folder"),
        (["answers", "tests", "--into", "stockholm-2011"], "no workbook in the folder"),
    ],
)
def test_wrong_input_changes_nothing(copied, tmp_path, arguments, told):
    before = tables(copied)
    out = ["--out", tmp_path / "out"] if arguments[0] == "ask" else []
    done = run(copied, *arguments, *out)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert tables(copied) == before
    assert not (tmp_path / "out").exists()


def test_who_is_left_out_and_what_nobody_is_asked_about_is_told(copied, tmp_path):
    done = run(copied, "ask", "stockholm-2011", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "Nobody is asked about Metropolis, UCLG and C40: no department takes part" in done.stdout
    assert "Not asked: " in done.stdout
    assert "City Executive Office" in done.stdout
    named = ["--department", "culture", "--network", "c40"]
    done = run(copied, "ask", "stockholm-2011", *named, "--out", tmp_path / "more")
    assert "asked:" not in done.stdout
