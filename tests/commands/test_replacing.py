"""``report`` and ``batch`` replace nothing but their own, and make it from one state of data."""

import contextlib
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios

import nbformat
import pytest
from click.testing import CliRunner

from netanalysis.cli import main
from tests.conftest import CASE, notebook_of

pytestmark = pytest.mark.outside
PLAIN = 'case: str = "stockholm-2011"\nlanguage: str = "en"\ndraws: int = 1\nseed: int = 1'
CHANGES = """from pathlib import Path
import os
file = Path(os.environ["NETANALYSIS_DATA"]) / "stockholm-2011" / "networks.csv"
before = file.read_text("utf-8"), file.stat()
if draws > 1:
    file.write_text(before[0] + "\\n", "utf-8")
if draws == 3:
    file.write_text(before[0], "utf-8")
    os.utime(file, ns=(before[1].st_atime_ns, before[1].st_mtime_ns))"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    shutil.copytree(CASE, tmp_path / "data" / "stockholm-2011")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "out").mkdir()
    for name, code in {"plain": "print(draws, seed)", "changes": CHANGES}.items():
        nbformat.write(notebook_of(PLAIN, code), tmp_path / "notebooks" / f"{name}.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETANALYSIS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments), "--out", "out"])


def report(notebook, *arguments):
    return run("report", "stockholm-2011", "--language", "en", "--notebook", notebook, *arguments)


def contents(office):
    return {path.name: path.read_bytes() for path in (office / "out").iterdir()}


def test_a_run_replaces_its_own_page_and_no_other(office):
    assert report("plain", "-p", "draws", 20).exit_code == 0
    first = contents(office)
    assert report("plain", "-p", "seed", 20).exit_code == 0
    assert report("plain", "-p", "draws", 20).exit_code == 0
    after = contents(office)
    assert list(first) == ["stockholm-2011.plain.draws-20.en.html"]
    assert sorted(set(after) - set(first)) == ["stockholm-2011.plain.seed-20.en.html"]
    assert {name: after[name] for name in first} == first

    page = office / "out" / "stockholm-2011.plain.seed-20.en.html"
    for text, told in (
        ("my notes", "no page that netanalysis has made"),
        (next(iter(first.values())).decode(), "shows another run"),
        (page.read_text("utf-8") + "<!-- checked -->", "has been edited since"),
    ):
        page.write_text(text, "utf-8")
        done = report("plain", "-p", "seed", 20)
        assert done.exit_code == 2, done.output
        assert f"out/{page.name}: " in done.output
        assert told in done.output
        assert page.read_text("utf-8") == text
    assert report("plain", "-p", "seed", 20, "--overwrite").exit_code == 0
    assert contents(office) == after


def test_a_batch_replaces_its_own_files_and_no_other(office):
    draws = ["batch", "plain", "--for-each", "draws=2,3"]
    files = {"index.html", "summary.csv", "manifest.csv", "draws-2.html"}
    for name in files:
        (office / "out" / name).write_text("my own", "utf-8")
    (office / "out" / "manifest.csv").write_text("name,state\n", "utf-8")
    before = contents(office)
    for more in ([], ["--dry-run"]):
        done = run(*draws, *more)
        assert done.exit_code == 2, done.output
        assert all(f"out/{name}: " in done.output for name in files)
        assert contents(office) == before
    assert run(*draws, "--overwrite").exit_code == 0
    first = contents(office)
    assert run("batch", "plain", "--for-each", "seed=2,3").exit_code == 0
    assert "Up to date: 2" in run(*draws, "--dry-run").output
    assert run(*draws).exit_code == 0
    pages = {name for name in first if name.startswith("draws-")}
    assert pages == {"draws-2.html", "draws-3.html"}
    assert {name: contents(office)[name] for name in pages} == {name: first[name] for name in pages}
    done = run("batch", "changes", "--for-each", "draws=2", "--dry-run")
    assert done.exit_code == 2
    assert "out/index.html: the page is there, and shows another run" in done.output
    assert "out/draws-2.html: the page is there, and shows another run" in done.output


@pytest.mark.parametrize("draws", [2, 3], ids=["changed", "changed and put back"])
def test_a_report_during_which_data_change_is_not_put_in_place(office, draws):
    done = report("changes", "-p", "draws", draws)
    assert done.exit_code == 1, done.output
    assert "were changed while the pages were made" in done.output
    assert contents(office) == {}
    assert report("changes", "-p", "draws", 1).exit_code == 0


@pytest.mark.parametrize("draws", ["1,2", "1,3"], ids=["changed", "changed and put back"])
def test_reports_of_a_batch_during_which_data_change_stay_to_be_made(office, draws):
    done = run("batch", "changes", "--for-each", f"draws={draws}", "--workers", 1)
    assert done.exit_code == 1, done.output
    assert "Data or notebook were changed while 2 reports were made" in done.output
    done = run("batch", "changes", "--for-each", "draws=1", "--dry-run")
    assert "To be made: 1" in done.output
    done = run("batch", "changes", "--for-each", "draws=1")
    assert done.exit_code == 0, done.output
    done = run("batch", "changes", "--for-each", "draws=1", "--dry-run")
    assert "Up to date: 1" in done.output


def test_a_terminal_shows_how_far_a_page_has_come(office):
    """Nobody sits before a silent screen: the bar counts the cells of all pages."""
    slow = notebook_of(PLAIN, "import time", "time.sleep(3)")
    nbformat.write(slow, office / "notebooks" / "slow.ipynb")
    mine, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    done = subprocess.Popen(
        [sys.executable, "-m", "netanalysis", "report", "stockholm-2011", "--notebook", "slow",
         "--language", "en", "--out", "out"],
        stderr=other,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(other)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal
        while part := os.read(mine, 4096):
            seen += part
    os.close(mine)
    assert done.wait() == 0
    assert re.search(rb"[123]/3 \[.* cell", seen), seen
