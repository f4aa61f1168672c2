"""Files and folders are whole, whatever is raised and wherever, and whoever else is at work."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from netanalysis import files, load_case
from netanalysis.commands.shared import told
from netanalysis.errors import DataError
from netanalysis.exchange.store.earlier import earlier_states, state_at
from netanalysis.exchange.store.replacing import replace_case
from netanalysis.files import folder_locked, put_right, replace_folder, write_files
from netanalysis.language.words import speak
from netanalysis.loaders.case.folders import find_case
from tests.conftest import CASE, ROOT, command

PACKAGE = str(ROOT / "netanalysis")
WATCHED = {"files.py", "keeping.py", "earlier.py"}
RAISED = (KeyboardInterrupt, SystemExit, MemoryError)


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "page.html"
    write_files({target: "old"})
    with pytest.raises(UnicodeEncodeError, match="surrogates"):
        write_files({target: "half \ud800"})
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o007, 0o660)])
def test_a_file_may_be_read_by_whom_the_mask_lets(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        write_files({tmp_path / "page.html": "text"})
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == mode


def states(folder):
    """The files of a case that are no earlier state; None where there is none."""
    if not folder.exists():
        return None
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".earlier" not in path.parts
    }


def at_line(number, raised, work):
    """Do the work and raise at its line of that number; whether it has come so far."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if Path(frame.f_code.co_filename).name not in WATCHED or PACKAGE not in (
            frame.f_code.co_filename
        ):
            return None
        if event == "line":
            count += 1
            if count == number:
                raise raised
        return trace

    sys.settrace(trace)
    try:
        work()
    except raised:
        pass
    finally:
        sys.settrace(None)
    return count >= number


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("there", [True, False])
@pytest.mark.slow
def test_a_case_is_old_or_new_wherever_it_is_broken_off(tmp_path, monkeypatch, there, exchange):
    if not exchange:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    monkeypatch.setattr("netanalysis.loaders.case.case.load_files", lambda *case: None)
    folder = tmp_path / "data" / "x"
    folder.parent.mkdir()

    def begin():
        shutil.rmtree(folder, ignore_errors=True)
        if there:
            folder.mkdir()
            for name, text in {
                "datapackage.json": "{}",
                "goals.csv": "a",
                "own.txt": "own",
            }.items():
                (folder / name).write_text(text)

    def work():
        replace_case(folder, {"datapackage.json": b"{}", "goals.csv": b"b"}, "test")

    begin()
    old = states(folder)
    work()
    new = states(folder)
    assert new["goals.csv"] == b"b"
    number, reached = 0, True
    while reached:
        begin()
        number += 1
        reached = at_line(number, RAISED[number % len(RAISED)], work)
        assert states(folder) in (old, new), number
        put_right(folder.parent)
        assert states(folder) in (old, new), number
        assert [path.name for path in folder.parent.iterdir()] == ["x"] * folder.exists(), number
    assert number > 60


@pytest.mark.parametrize("ends", [(".before", ".stage"), (".before",), (".stage",)])
def test_what_a_killed_run_has_left_is_put_right_and_told(copied, monkeypatch, ends):
    monkeypatch.setenv("NETANALYSIS_DATA", str(copied.parent))
    for end in ends:
        shutil.copytree(copied, copied.with_name(f".netanalysis-stockholm-2011{end}"))
    before = states(copied)
    if ".before" in ends:
        shutil.rmtree(copied)
    (copied.parent / ".netanalysis-1.unfinished").write_text("x")
    told = "has been put back" if ".before" in ends else "the case is whole"
    with pytest.warns(UserWarning, match=told):
        assert find_case("stockholm-2011") == copied
    assert states(copied) == before
    assert [path.name for path in copied.parent.iterdir()] == ["stockholm-2011"]


def test_two_at_once_are_told_of_each_other_and_nothing_is_lost(tmp_path):
    folder = tmp_path / "x"
    inside, go = threading.Event(), threading.Event()

    def build(stage):
        stage.mkdir()
        inside.set()
        go.wait(60)

    thread = threading.Thread(target=replace_folder, args=(folder, build, "the first"))
    thread.start()
    inside.wait(60)
    with pytest.raises(DataError, match="already: the first"):
        replace_folder(folder, Path.mkdir, "the second")
    assert put_right(tmp_path) == {}  # what is at work is left alone
    go.set()
    thread.join()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    with folder_locked(folder), folder_locked(folder):
        pass


def test_what_does_not_load_never_takes_the_place_of_a_case(copied):
    before = states(copied)
    with pytest.raises(DataError, match=r"stockholm-2011/goals\.csv, row 1"):
        replace_case(copied, {"goals.csv": b"x\n"})
    assert states(copied) == before
    assert [path.name for path in copied.parent.iterdir()] == ["stockholm-2011"]


@pytest.mark.slow
def test_ten_earlier_states_are_kept_whole_and_any_is_brought_back(copied):
    text = (copied / "events.csv").read_text("utf-8")
    (copied / ".previous").mkdir()
    (copied / ".previous" / "events.csv").write_text(f"{text}\n", "utf-8")
    os.utime(copied / ".previous", (0, 0))
    before = states(copied)
    del before[".previous/events.csv"]
    replace_case(copied, {"events.csv": f"{text.splitlines()[0]}\n".encode()}, "read a.xlsx")
    newest, oldest = earlier_states(copied)
    assert (newest.command, oldest.when) == ("read a.xlsx", "19700101T000000Z")
    (lost,) = newest.differences
    assert (lost.table, lost.now, lost.lost) == ("events", 0, lost.before)
    assert {name: newest.files[name] for name in newest.files} == {
        name: held for name, held in before.items() if name in newest.files
    }
    assert len(oldest.files) == len(newest.files)
    replace_case(copied, state_at(copied, newest.when).files, "restore")
    assert states(copied) == before
    for number in range(12):
        replace_case(copied, {"own.csv": str(number).encode()}, str(number))
    assert [state.command for state in earlier_states(copied)] == list(map(str, range(11, 1, -1)))
    with pytest.raises(DataError, match='nothing was put aside at "1999"'):
        state_at(copied, "1999")
    assert load_case(copied).goals.equals(load_case(CASE).goals)


def test_a_lock_of_another_user_tells_whose_it_is_and_what_to_do(tmp_path, without_rights):
    """Whoever holds it; one that nobody holds is taken away, where that is allowed."""
    folder, lock = tmp_path / "case", tmp_path / ".netanalysis-case.lock"
    tmp_path.chmod(0o777)
    lock.write_text("answers replies, 7@desk, 2030-01-01T00:00:00Z", "utf-8")
    lock.chmod(0o444)
    with without_rights(), folder_locked(folder):
        pass
    assert not lock.exists()
    lock.write_text("answers replies, 7@desk, 2030-01-01T00:00:00Z", "utf-8")
    lock.chmod(0o444)
    with lock.open("rb") as held:
        assert files._lock(held)
        with (
            without_rights(),
            pytest.raises(DataError, match="is being written to already: answers"),
        ):
            folder_locked(folder).__enter__()
    tmp_path.chmod(0o555)
    told = rf"locked by the file .*{lock.name}, which belongs to \w+: answers replies"
    with without_rights(), pytest.raises(DataError, match=told):
        folder_locked(folder).__enter__()
    tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errno.ENOSPC, "det går inte att skriva till out: disken, eller din del av den, är full."),
        (errno.EROFS, "där går det bara att läsa"),
        (errno.EACCES, "du saknar behörighet"),
    ],
)
def test_why_a_folder_cannot_be_written_to_is_told_in_one_language(tmp_path, capsys, error, said):
    with pytest.raises(SystemExit, match="1"), told(Path("out"), speak("sv")):
        raise OSError(error, os.strerror(error))
    shown = capsys.readouterr().err
    assert said in shown
    assert "Varför: ingenting har skrivits." in shown
    assert os.strerror(error) not in shown


def test_a_file_that_grows_over_the_limit_leaves_the_old_one(tmp_path):
    """As on a full disk: the real system refuses, after a part is written."""
    code = (
        "import resource, signal, sys; from pathlib import Path; "
        "from netanalysis.commands.shared import save; "
        "from netanalysis.language.words import speak; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
        "save({Path('page.html'): 'x' * 100_000}, speak('en'))"
    )
    (tmp_path / "page.html").write_text("old", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "larger than allowed" in done.stderr
    assert "Mend: raise the limit" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_text("utf-8") == "old"


@pytest.mark.parametrize("name", ["con", "aux", "nul", "com1", "lpt9"])
def test_no_file_of_ours_has_a_name_that_windows_has_another_use_for(copied, tmp_path, name):
    done = command("new", name, "--city", "Uppsala", "--data", copied.parent, cwd=tmp_path)
    assert (done.returncode, "such as con; for example" in done.stderr) == (2, True)
    done = command("read", f"{name}.xlsx", "--data", copied.parent, cwd=tmp_path)
    assert (done.returncode, "such as con" in done.stderr) == (2, True)
    text = (copied / "departments.csv").read_text("utf-8")
    (copied / "departments.csv").write_text(text.replace("culture,", f"{name},"), "utf-8")
    for table in ("participation", "responsibilities", "asked"):
        text = (copied / f"{table}.csv").read_text("utf-8")
        (copied / f"{table}.csv").write_text(text.replace(",culture,", f",{name},"), "utf-8")
    named = ["--department", name, "--network", "c40", "--out", tmp_path / "out"]
    done = command("ask", copied.name, *named, "--data", copied.parent, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "out").iterdir()
    assert file.name.startswith(f"{name}-")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "stockholm-2011"], 0),
        (["check", "broken"], 2),
        (["restore", "stockholm-2011"], 0),
    ],
)
@pytest.mark.slow
def test_a_command_does_its_work_where_nobody_reads_on(copied, arguments, code):
    """As before ``| head -1``: nothing is broken off, and the exit code stays."""
    broken = shutil.copytree(copied, copied.parent / "broken")
    (broken / "facts.csv").unlink()
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "netanalysis", *arguments, "--data", copied.parent],
        stdout=writing,
        stderr=writing,
        check=False,
    )
    os.close(writing)
    assert done.returncode == code
