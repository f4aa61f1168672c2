"""Kill each command that writes at random moments: nothing is ever lost, nothing is left lying.

``python -m tests.soak kills --number 100`` is a hundred kills of all commands together, with
``--each`` of each command; only those count that hit a command at work.
"""

import contextlib
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import click
from click.testing import CliRunner
from openpyxl import load_workbook

from netanalysis.cli import main as main_command
from tests.conftest import CASE, ROOT
from tests.exchange.workbooks.damage import setting

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
COMMANDS = {
    "read": ["read", "stockholm-2011.xlsx"],
    "ask": ["ask", "stockholm-2011", "--out", "out"],
    "answers": ["answers", "replies", "--into", "stockholm-2011"],
    "new": ["new", "uppsala", "--city", "Uppsala", "--language", "sv", "--overwrite"],
    "new-year": ["new-year", "stockholm-2011", "2013"],
    "write": ["write", "stockholm-2011", "--out", "written.xlsx", "--overwrite"],
    "members import": [
        *("members", "import", "list.csv", "--network", "uclg", "--snapshot", "2026"),
        *("--overwrite", "--out", "list.out.csv"),
    ],
}
PAIRS = [("read", "answers"), ("ask", "answers"), ("read", "read"), ("new", "new")]


def run(workspace, arguments, pause=0.0, exchange=True):
    """Start a command in a process of its own."""
    how = [str(pause), "exchange" if exchange else "rename"]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.soak.runner", *how, *arguments],
        cwd=workspace,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TMPDIR": str(workspace / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # a shell lets what it starts in the background ignore Ctrl-C, and that is inherited
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def finished(workspace, *arguments):
    process = run(workspace, arguments)
    said = process.communicate()[1]
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {said}")


def checked(workspace):
    """The next command, in this process, as that is quicker."""
    with contextlib.chdir(workspace):
        done = CliRunner().invoke(
            main_command, ["check", CASE.name, "--out", "checked", "--data", "data"]
        )
    if done.exit_code:
        raise SystemExit(f"check: {done.output}")


def begin(folder):
    """A workspace with a case, own files, a changed workbook, replies and a list."""
    (folder / "data").mkdir(parents=True)
    (folder / "tmp").mkdir()
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    for name in ("places", "memberships"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    case = shutil.copytree(CASE, folder / "data" / CASE.name)
    (case / "own").mkdir()
    (case / "own" / "notes.txt").write_text("own", "utf-8")
    finished(folder, "write", CASE.name)
    book = load_workbook(folder / f"{CASE.name}.xlsx")
    setting("Nätverk!B5", "Ny anmärkning")(book)
    book.save(folder / f"{CASE.name}.xlsx")
    finished(folder, "ask", CASE.name, "--out", "replies")
    for reply in (folder / "replies").iterdir():
        book = load_workbook(reply)
        sheet = book["Poäng"]
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, 3).value = 3
        book["Vem som svarar"]["B3"] = time.strftime("%Y-%m-%d")
        book.save(reply)
    (folder / "list.csv").write_text("member\nOslo\nUppsala\n", "utf-8")
    finished(folder, *COMMANDS["new"])


def cases(workspace):
    """Each case's files, but the earlier states."""
    data = workspace / "data"
    return {
        case.name: {
            path.relative_to(case).as_posix(): path.read_bytes()
            for path in sorted(case.rglob("*"))
            if path.is_file() and ".earlier" not in path.parts
        }
        for case in data.iterdir()
        if not case.is_symlink() and not case.name.startswith(".")
    }


def faults(workspace, before, states):
    """What is wrong after a command that has ended somehow, and after the next one."""
    found = []
    checked(workspace)
    now = cases(workspace)
    for name in {*before, *now}:
        known = [state.get(name) for state in states]
        if now.get(name) not in known:
            found.append(f"{name} is neither old nor new")
    for book in workspace.glob("*.xlsx"):
        if zipfile.ZipFile(book).testzip():
            found.append(f"{book.name} is not whole")
    left = [p for p in workspace.rglob(".netanalysis-*") if "out" not in p.parts]
    left += [*(workspace / "tmp").iterdir()]
    return found + [f"left: {path.relative_to(workspace)}" for path in left]


def run_rig(kills, asked):
    """Kill so many; what was lost or left lying is told, and makes the exit code."""
    chance = random.Random(asked.seed)
    tally, lost = Counter(), []
    with tempfile.TemporaryDirectory() as place:
        first = Path(place) / "first"
        begin(first)
        before = cases(first)

        def copied():
            shutil.rmtree(Path(place) / "now", ignore_errors=True)
            return shutil.copytree(first, Path(place) / "now", symlinks=True)

        after, seconds = {}, {}
        for name, arguments in COMMANDS.items():
            workspace, start = copied(), time.monotonic()
            finished(workspace, *arguments)
            after[name], seconds[name] = cases(workspace), time.monotonic() - start
        wanted = kills if asked.each else math.ceil(kills / len(COMMANDS))
        hits, number = Counter(), 0
        while min(hits[name] for name in COMMANDS) < wanted:
            name, number = min(COMMANDS, key=lambda one: hits[one]), number + 1
            workspace, sign = copied(), chance.choice(SIGNALS)
            pause, exchange = chance.choice([0, 0.2]), chance.random() < 0.5
            process, start = run(workspace, COMMANDS[name], pause, exchange), time.monotonic()
            moment = chance.uniform(0.3, 0.95) * seconds[name] + 6 * pause * chance.random()
            try:
                process.communicate(timeout=moment)
                tally[name, "had ended"] += 1
                seconds[name] = max(0.5, time.monotonic() - start - 3 * pause)  # it is quicker now
            except subprocess.TimeoutExpired:
                process.send_signal(sign)
                process.communicate()
                tally[name, sign.name] += 1
                hits[name] += 1
            wrong = faults(workspace, before, [before, after[name]])
            lost += [f"{number}, {name}, {sign.name}: {fault}" for fault in wrong]
        for one, other in PAIRS:
            workspace = copied()
            pair = [run(workspace, COMMANDS[name], 0.2, False) for name in (one, other)]
            for process in pair:
                process.communicate()
            codes = sorted(process.returncode for process in pair)
            tally[f"{one} beside {other}", f"exit codes {codes}"] += 1
            if codes[0] != 0 or codes[1] not in (0, 1, 2):
                lost.append(f"{one} beside {other}: exit codes {codes}")
            if cases(workspace).keys() != before.keys():
                lost.append(f"{one} beside {other}: a case is gone")
            checked(workspace)
    for (name, what), times in sorted(tally.items()):
        click.echo(f"{name:24} {what:24} {times:4}")
    click.echo(f"lost or left: {len(lost)}")
    click.echo("\n".join(lost))
    return int(bool(lost))
