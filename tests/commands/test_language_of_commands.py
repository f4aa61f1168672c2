"""One language in what a command says: the one asked for, else one in which the case is written."""

import shutil

import nbformat
import pytest

from tests.conftest import ROOT, command, command_of_its_own, notebook_of
from tests.exchange.workbooks.damage import small_book, small_case

NAME = "goteborg"
REFUSED = {
    "ask": ["ask", NAME, "--answer-by", "soon"],
    "answers": ["answers", "nowhere", "--into", NAME],
    "report": ["report", NAME, "-p", "draws", "many"],
    "write": ["write", NAME, "--out", "a.txt"],
    "restore": ["restore", NAME, "2020"],
    "batch": ["batch", "evaluation", "-p", "case", NAME, "--for-each", "draws=many"],
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "data").mkdir()
    for name in ("places", "memberships"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    for name, languages in ((NAME, ["sv"]), ("both", ["sv", "en"])):
        small_book(folder / f"{name}.xlsx", "sv", small_case(languages))
        done = command("read", f"{name}.xlsx", cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_in_the_language_of_the_case(words, office):
    for name, machine, mend in (
        (NAME, "C.UTF-8", "Åtgärd:"),
        (NAME, "sv_SE.UTF-8", "Åtgärd:"),
        ("both", "C.UTF-8", "Mend:"),
        ("both", "sv_SE.UTF-8", "Åtgärd:"),
    ):
        named = [name if one == NAME else one for one in words]
        done = command(*named, cwd=office, LC_ALL=machine)
        assert done.returncode == 2, done.stderr
        assert [one for one in ("Mend:", "Åtgärd:") if one in done.stderr] == [mend]


@pytest.mark.parametrize("name", ["report", "ask", "write", "batch"])
def test_an_option_counts_before_the_case(name, office):
    done = command(*REFUSED[name], "--language", "en", cwd=office, LC_ALL="sv_SE.UTF-8")
    assert "Mend:" in done.stderr
    assert "Åtgärd:" not in done.stderr


def test_ask_says_nothing_in_another_language_than_that_of_the_case(office):
    folder = office / "data/asked"
    shutil.copytree(office / "data" / NAME, folder)
    done = command("ask", "asked", "--out", "out", cwd=office)
    assert done.returncode == 0, done.stderr
    assert "Sparad: " in done.stdout
    assert "Written" not in done.stdout
    assert "Send each" not in done.stdout
    done = command("answers", "out", "--into", "asked", cwd=office)
    assert "Har svarat: 0 av 1" in done.stdout
    assert "Silent" not in done.stdout


@pytest.mark.outside
def test_a_refusal_inside_a_notebook_of_a_batch_is_in_its_language(office, tmp_path):
    (tmp_path / "notebooks").mkdir()
    source = "from netanalysis import load_case\nload_case('nowhere')"
    book = notebook_of("n: int = 1  # a number", source)
    nbformat.write(book, tmp_path / "notebooks/own.ipynb")
    (tmp_path / "data").symlink_to(office / "data")
    words = ["batch", "own", "--for-each", "n=2", "--out", "out", "--workers", "1"]
    done = command_of_its_own(*words, cwd=tmp_path, LC_ALL="sv_SE.UTF-8")
    assert done.returncode == 1, done.stderr
    assert "det finns ingen utvärdering" in done.stderr
    assert "there is no case" not in done.stderr
