"""Many reports: nothing is lost, nothing is made twice, whatever the notebooks and the user do."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from netanalysis.publishing import run
from netanalysis.publishing.batch.jobs import KERNEL
from netanalysis.publishing.batch.pool import SCRATCH
from netanalysis.publishing.replacing import marked, run_digest
from tests.conftest import ROOT, command, command_of_its_own, notebook_of
from tests.pages.making import Subject, outcomes
from tests.pages.stored import subjects

KINDS = {  # what happens, the state, where, and a word of the reason
    "fine": ("done", "", ""),
    "raise": ("failed", "2:3", "ZeroDivisionError: division by zero"),
    "hang": ("timeout", "2:5", "longer than 8 seconds"),
    "deaf": ("timeout", "2:8", "longer than 8 seconds"),
    "quit": ("died", "2", "exit code 3"),
    "killed": ("died", "2", "SIGKILL"),
    "crash": ("died", "2:14", "SIGSEGV"),
    "memory": ("out of memory", "2:16", "MemoryError"),
    "exit": ("failed", "2", "SystemExit: 4"),
    "leave": ("failed", "2", "the kernel stopped"),
    "orphan": ("done", "", ""),
    "lost": ("died", "", "its process was lost"),
    "closed": ("died", "2", "its process ended"),
    "child": ("done", "", ""),
    "full": ("failed", "", "cannot write"),
    "stray": ("done", "", ""),
    "forked": ("done", "", ""),
    "many": ("done", "", ""),
    "gone": ("done", "", ""),
    "wiped": ("done", "", ""),
    "word": ("done", "", ""),
    "junk": ("done", "", ""),
    "odd": ("failed", "2:63", "ValueError: "),
    "last": ("done", "", ""),
}
BAD = """import ctypes, os, resource, signal, subprocess, sys, time
if kind == "raise":
    1 / 0
if kind == "hang":
    time.sleep(1000)
if kind == "deaf":
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
    time.sleep(1000)
if kind == "quit":
    os._exit(3)
if kind == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if kind == "crash":
    ctypes.string_at(0)
if kind == "memory":
    much = bytearray(10**10)
if kind == "exit":
    sys.exit(4)
if kind == "leave":
    exit()
if kind == "orphan":
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1)  # it goes on though nobody is there any more to tell how it ends
if kind == "lost":
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1)
    os._exit(3)
if kind == "closed":
    os.closerange(3, 1000)
if kind == "child":
    subprocess.Popen(["sleep", "54321"])
if kind == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
if kind == "stray":
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "54321"])
        os._exit(0)
if kind == "forked":
    os.fork()
if kind == "many":
    for _ in range(8):
        if os.fork() == 0:
            time.sleep(54321)
    time.sleep(1)
if kind == "gone":
    os.makedirs("gone"); os.chdir("gone"); os.rmdir("../gone")
if kind == "wiped":
    import shutil, tempfile
    shutil.rmtree(tempfile.gettempdir())
if kind == "word":
    print("w" * 2_000_000)
if kind == "junk":
    import pathlib
    for one in pathlib.Path("/proc/self/fd").iterdir():
        if one.is_socket():
            os.write(int(one.name), b"\\0\\0\\0\\x50")
if kind == "grip":
    import re
    re.match("(a+)+$", "a" * 60 + "b")
if kind == "odd":
    raise ValueError("\\udcff" + "x" * 200_000)
print(kind)"""
SLOW = "import time\ntime.sleep(pause)\n[number, pause]"


@pytest.fixture
def project(tmp_path):
    """A project with notebooks of its own: one that misbehaves, and one that takes its time."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    bad = notebook_of('kind: str = "fine"  # what happens', BAD, "kind")
    slow = notebook_of("number: int = 0  # any\npause: float = 0.0  # seconds", SLOW)
    nbformat.write(bad, tmp_path / "notebooks" / "bad.ipynb")
    nbformat.write(slow, tmp_path / "notebooks" / "slow.ipynb")
    return tmp_path


def batch(project, *arguments):
    return command_of_its_own(
        "batch", *arguments, "--out", project / "out", cwd=project,
        NETANALYSIS_DATA=str(project / "data"),
    )  # fmt: skip


def started(project, *arguments):
    """The same, under way."""
    return subprocess.Popen(
        [sys.executable, "-m", "netanalysis", "batch", *arguments, "--out", "out"],
        cwd=project,
        env=os.environ | {"NETANALYSIS_DATA": str(project / "data")},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # a shell lets what it starts in the background ignore Ctrl-C, and that is inherited
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def manifest(project):
    with (project / "out" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def pages(project):
    return {path.name: path.read_bytes() for path in (project / "out").glob("*-*.html")}


def at_work(project):
    """Processes that work for the project, whoever their parent is."""
    found = []
    for process in psutil.process_iter(["cwd"]):
        if process.info["cwd"] == str(project):
            found.append(process)
    return found


def nobody_is_left(project):
    """Wait for processes that are about to end."""
    until = time.monotonic() + 10
    while at_work(project) and time.monotonic() < until:
        time.sleep(0.1)
    return not at_work(project)


@pytest.mark.outside
def test_whatever_a_report_does_costs_only_itself(project):
    done = batch(
        project, "bad", "--for-each", f"kind={','.join(KINDS)}",
        "--timeout", 8, "--memory-limit", 1500, "--workers", 2,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    rows = {name.removeprefix("kind-"): row for name, row in manifest(project).items()}
    assert list(rows) == list(KINDS)
    for kind, (state, place, reason) in KINDS.items():
        row = rows[kind]
        where = ":".join(filter(None, [row["cell"], row["line"]]))
        assert (row["state"], where) == (state, place), row
        assert reason in row["error"]
        assert (project / "out" / row["page"]).exists() == (state == "done")
        assert float(row["seconds"]) > 0
        assert json.loads(row["parameters"]) == {"kind": kind}
    assert nobody_is_left(project)
    left = {path.name for path in (project / "out").iterdir()}
    fine = {f"kind-{kind}.html" for kind, (state, *_) in KINDS.items() if state == "done"}
    lists = {"index.html", "manifest.csv", "messages.txt", "summary.csv", ".written"}
    assert left == fine | lists
    again = batch(project, "bad", "--for-each", "kind=odd", "--dry-run")
    assert again.returncode == 0, again.stderr


@pytest.mark.outside
def test_only_what_is_missing_failed_or_out_of_date_is_made_again(project):
    numbers = ["slow", "--for-each", "number=1,2,3", "--for-each", "pause=0,0.01"]
    assert batch(project, *numbers).returncode == 0
    first = {name: (project / "out" / name).stat().st_mtime_ns for name in pages(project)}
    before = pages(project)
    assert len(first) == 6

    def made_again():
        found = {name: (project / "out" / name).stat().st_mtime_ns for name in pages(project)}
        again = {name for name in found if found[name] != first.get(name)}
        first.update(found)
        return again

    assert "To be made: 0" in batch(project, *numbers, "--dry-run").stdout
    assert batch(project, *numbers).returncode == 0
    assert made_again() == set()
    (project / "out" / "number-1.pause-0.html").unlink()
    (project / "out" / "number-2.pause-0.html").unlink()
    assert "To be made: 2" in batch(project, *numbers, "--dry-run").stdout
    assert batch(project, *numbers).returncode == 0
    assert made_again() == {"number-1.pause-0.html", "number-2.pause-0.html"}
    assert pages(project) == before
    notebook = project / "notebooks" / "slow.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("[number", "[-number"))
    assert "To be made: 6" in batch(project, *numbers, "--dry-run").stdout


@pytest.mark.outside
def test_the_cells_are_told_that_a_page_cannot_show(project):
    parameters = 'case: str = "exempelstad-2025"  # any\nlanguage: str = "en"  # any'
    figure = "import matplotlib.figure\nmatplotlib.figure.Figure()"
    nbformat.write(notebook_of(parameters, figure), project / "notebooks" / "drawn.ipynb")
    many = batch(project, "drawn", "--for-each", "language=sv,en")
    one = command("report", "exempelstad-2025", "--notebook", "drawn", "--language", "en",
                  "--out", project / "one", "--data", project / "data", cwd=project)  # fmt: skip
    assert (many.returncode, one.returncode) == (0, 0), many.stderr + one.stderr
    assert "2 reports wrote text, or have something else, that their pages do not" in many.stderr
    told = "Cell 2 shows something that its page cannot: the page says so there"
    assert (project / "out" / "messages.txt").read_text("utf-8").count(told) == 2
    assert told in one.stderr
    (page,) = (project / "one").glob("*.html")
    assert "<p>A figure stood here that the page cannot show.</p>" in page.read_text("utf-8")


@pytest.mark.outside
@pytest.mark.skipif(sys.platform != "linux", reason="forked processes are for Linux")
def test_it_can_be_killed_at_any_moment(project):
    """The parent alone is killed; what it has started notices, and the next run goes on."""
    numbers = ["slow", "--for-each", f"number={','.join(map(str, range(12)))}"]
    numbers += ["--for-each", "pause=0.2", "--workers", "2"]
    draw = random.Random(5)
    for _ in range(2):
        running = started(project, *numbers)
        until = time.monotonic() + 60
        wanted = len(pages(project)) + 1
        while len(pages(project)) < min(wanted, 12) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(draw.random() / 2)
        running.kill()
        running.wait()
        assert nobody_is_left(project)
    assert batch(project, *numbers).returncode == 0
    interrupted = pages(project)
    assert [row["state"] for row in manifest(project).values()] == ["done"] * 12
    assert not (project / "out" / ".batch").exists()
    for page in (project / "out").glob("*"):
        page.unlink()
    assert batch(project, *numbers).returncode == 0
    assert pages(project) == interrupted


@pytest.mark.outside
@pytest.mark.skipif(sys.platform != "linux", reason="forked processes are for Linux")
def test_what_cannot_listen_ends_with_its_parent(project):
    """One report holds the interpreter, one has left a process with a session of its own."""
    running = started(project, "bad", "--for-each", "kind=stray,grip", "--workers", "2")
    until = time.monotonic() + 60
    while not (project / "out" / "kind-stray.html").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    running.kill()
    running.wait()
    assert nobody_is_left(project)


@pytest.mark.outside
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_can_be_interrupted(project, sign):
    numbers = ["slow", "--for-each", "number=1,2,3,4", "--for-each", "pause=0.1,60"]
    running = started(project, *numbers, "--workers", "2")
    until = time.monotonic() + 60
    while not pages(project) and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(sign)
    assert running.wait(50) == 130  # a report of the second half takes longer
    assert nobody_is_left(project)
    rows = manifest(project)
    assert {name for name, row in rows.items() if row["state"] == "done"} == {
        name.removesuffix(".html") for name in pages(project)
    }
    assert {row["state"] for row in rows.values()} == {"done", "pending"}


@pytest.mark.outside
def test_two_at_once_in_one_folder_are_refused(project):
    numbers = ["slow", "--for-each", "number=1", "--for-each", "pause=30"]
    running = started(project, *numbers)
    until = time.monotonic() + 60
    while not (project / "out" / "manifest.csv").exists() and time.monotonic() < until:
        time.sleep(0.05)
    done = batch(project, *numbers)
    running.terminate()
    running.wait(20)
    assert done.returncode == 2
    assert "is being written to already: batch slow, " in done.stderr


@pytest.mark.outside
def test_fail_fast_ends_at_the_first(project):
    done = batch(
        project, "bad", "--for-each", "kind=raise,hang,fine", "--workers", 1, "--fail-fast"
    )
    assert done.returncode == 1
    assert [row["state"] for row in manifest(project).values()] == ["failed", "pending", "pending"]


def test_every_fault_of_a_plan_is_told_by_its_row(project):
    plan = project / "plan.csv"
    plan.write_text(
        "name,case,network,language\n"
        "one,stockholm-2011,uclg,sv\n"
        "two,stockholm-2012,uclg,sv\n"
        "three,stockholm-2011,nato,en\n"
        "one,stockholm-2011,c40,sv\n"
        "../up,stockholm-2011,c40,sv\n"
        "six,stockholm-2011,c40,fr\n"
        "seven,stockholm-2011\n"
        "index,stockholm-2011,c40,sv\n",
        "utf-8",
    )
    done = command("batch", "network", plan, "--out", project / "out", LC_ALL="C")
    assert done.returncode == 2
    for told in (
        'row 3: there is no case "stockholm-2012"',
        'row 4: the case has no network "nato"',
        'row 5, column name: two reports would be named "one"; the other is in row 2',
        'row 6, column name: "../up" cannot name a page',
        'row 7: parameter language: "fr" is not sv, en',
        "row 8: the row has 2 cells, and the first row 4",
        'row 9, column name: "index" cannot name a page',
        "7 problems; nothing was written.",
    ):
        assert told in done.stderr
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the plan has no rows"),
        ("city\n", "the plan has no rows"),
        ("city,city\nOslo,Oslo\n", 'the column "city" stands twice'),
        ("town\nOslo\n", 'no parameter "town"'),
        ("city\nOslo\nOsslo\n", "did you mean: Oslo"),
        ('city\nOslo\n"Oslo\n', "row 3: a quotation mark opens here and never closes"),
        (b"city\nOslo\n\xc5bo\n", "row 3: the file is not in UTF-8"),
    ],
)
def test_a_plan_that_is_none_is_refused(project, text, told):
    plan = project / "plan.csv"
    plan.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = command("batch", "portrait", plan, "--out", project / "out")
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["portrait"], "nothing says which reports to make"),
        (["portrait", "nowhere.csv"], "the file is missing"),
        (["portrait", "--for-each", "city"], "does not say what to take"),
        (["portrait", "--for-each", "snapshot=all"], "the values of snapshot are not known"),
        (["portrait", "--for-each", "city=Oslo", "-p", "city", "Oslo"], "is set for all reports"),
        (["novel", "--for-each", "city=all"], 'no notebook "novel"'),
        pytest.param(
            ["portrait", "--for-each", "city=Oslo", "--scheduler", "tcp://127.0.0.1:1"],
            "cluster",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_what_cannot_start_ends_with_2(project, arguments, told):
    done = command("batch", *arguments, "--out", project / "out")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_all_values_are_those_of_the_data():
    done = command("batch", "network", "--for-each", "network=all", "--dry-run", LC_ALL="C")
    assert "Reports: 4" in done.stdout
    done = command(
        "batch", "evaluation", "--for-each", "case=all", "--for-each", "language=all", "--dry-run"
    )
    assert "stockholm-2011.sv.html" in done.stdout


AS_IT_STANDS = {  # a notebook, and the stored page that it gives with its own parameters
    "evaluation": "stockholm-2011.evaluation.sv",
    "network": "stockholm-2011.network.sv",
    "portfolio": "stockholm-2011.portfolio.sv",
    "answers": "stockholm-2011.answers.sv",
    "portrait": "stockholm.portrait.sv",
    "turnover": "union-of-the-baltic-cities.turnover.sv",
    "tutorial": "exempelstad-2025.tutorial.sv",
}


@pytest.mark.outside
def test_the_same_input_gives_the_same_bytes(tmp_path, shared_pages):
    """Each notebook: in fresh processes, two at a time, in one that is used again, in a kernel."""
    wanted = {book: subjects(shared_pages)[page] for book, page in AS_IT_STANDS.items()}
    wanted |= {book: Subject(book) for book in ("comparison", "explore", "screening")}
    assert set(wanted) == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    first = {book: page.read_bytes() for book, page in shared_pages.of(wanted).items()}
    jobs = {book: subject.job(tmp_path) for book, subject in wanted.items()}
    outcomes(list(jobs.values()), tmp_path / SCRATCH, 1, fresh=False)
    assert {book: Path(job.target).read_bytes() for book, job in jobs.items()} == first
    for book, page in first.items():
        text, _ = run.page(shared_pages.executed(book, KERNEL), book)
        digest = run_digest(book, jobs[book].parameters)
        assert marked(text, digest).encode() == page, book
        assert str(ROOT).encode() not in page
