"""Reports end at their limits of time and memory, whatever their cells do, and say where."""

import shutil

import nbformat
import pytest

from tests.conftest import CASE, command_of_its_own, notebook_of

CELLS = {
    "sleeps": ["import time", "time.sleep(1000)"],
    "swallows": [
        "import time",
        "while True:",
        "    try:",
        "        time.sleep(1000)",
        "    except BaseException:",
        "        pass",
    ],
    "awaits": ["import asyncio", "await asyncio.sleep(1000)"],
    "eats": ["much = bytearray(10**10)"],
    "stubborn": [
        "import os, signal, subprocess, threading, time",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "threading.Thread(target=time.sleep, args=[1000]).start()",
        "subprocess.Popen(['sleep', '1000'], start_new_session=True)",
        "for number in range(3): os.close(number)",
        "while True:",
        "    try: time.sleep(1000)",
        "    except BaseException: pass",
    ],
    "asks": ["import sys", "answer = sys.stdin.read()", "assert answer == ''"],
}
PARAMETERS = 'case: str = "stockholm-2011"  # a case\nlanguage: str = "en"  # one of the languages'


@pytest.fixture
def office(tmp_path):
    shutil.copytree(CASE, tmp_path / "data" / "stockholm-2011")
    (tmp_path / "notebooks").mkdir()
    for name, lines in CELLS.items():
        book = notebook_of(PARAMETERS, "\n".join(lines))
        nbformat.write(book, tmp_path / "notebooks" / f"{name}.ipynb")
    return tmp_path


def report(office, notebook, *limits):
    return command_of_its_own(
        *("report", "stockholm-2011", "--notebook", notebook, "--language", "en", *limits),
        *("--out", office / "out"),
        cwd=office,
        NETANALYSIS_DATA=str(office / "data"),
    )


@pytest.mark.parametrize(
    ("notebook", "limits", "place", "reason"),
    [
        ("sleeps", ("--timeout", 3), "cell 2, line 2", "longer than 3 seconds"),
        ("swallows", ("--timeout", 3), "cell 2, line 4", "longer than 3 seconds"),
        ("stubborn", ("--timeout", 3), "cell 2, line 7", "longer than 3 seconds"),
        ("awaits", ("--timeout", 3), "cell 2", "longer than 3 seconds"),
        ("eats", ("--memory-limit", 1500), "cell 2, line 1", "MemoryError"),
    ],
)
@pytest.mark.slow
def test_a_limit_ends_a_report_and_names_the_cell(office, notebook, limits, place, reason):
    done = report(office, notebook, *limits)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"notebooks/{notebook}.ipynb, {place}" in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert list((office / "out").iterdir()) == []


@pytest.mark.slow
def test_a_cell_reads_nothing_of_the_callers_input(office):
    done = report(office, "asks")
    assert done.returncode == 0, done.stdout + done.stderr
