"""Help and the refusal of a name load no library that they do not need."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = "pandas numpy matplotlib nbconvert nbformat scipy openpyxl papermill frictionless".split()
REFUSED = [
    "evaluate",
    "--colour",
    "report stockholm-2011 --colour",
    "report stokholm",
    "screen stokholm",
    "report stockholm-2011 --notebook novel",
    "report stockholm-2011 --compare-with stokholm",
    "report stockholm-2011 -p colour red",
    "report stockholm-2011 -p draws many",
    "batch novel --for-each city=all",
    "batch evaluation nowhere.csv",
    "batch evaluation --for-each case=stokholm",
    "portrait Oslo --snapshot nowhere",
    "members import nowhere.csv --network c40 --snapshot 2024",
    "new Åbo --city Turku",
    "write stokholm",
    "check stokholm",
    "upgrade stokholm",
    "restore stokholm",
    "ask stokholm",
    "answers nowhere --into stokholm",
]
HELP = ["--help", "report --help", "members import --help"]
RUN = """
import contextlib, io, json, sys
from netanalysis.cli import main
for line, *words in json.loads(sys.argv[1]):
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            main(words, prog_name="netanalysis")
        except SystemExit as end:
            code = end.code
    print(json.dumps([line, code, told.getvalue(), sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def ran():
    """Of each command, run one after the other in a process of their own: exit code, what it
    told and which modules were loaded afterwards.
    """
    lines = json.dumps([(line, *line.split()) for line in (*HELP, *REFUSED)])
    done = subprocess.run(
        [sys.executable, "-c", RUN, lines], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {line: rest for line, *rest in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize(("line", "code"), [*((h, 0) for h in HELP), *((r, 2) for r in REFUSED)])
def test_help_and_refusals_load_nothing_heavy(ran, line, code):
    ended, told, modules = ran[line]
    assert ended == code, told
    assert "Traceback" not in told
    assert not set(HEAVY) & set(modules)


def test_a_case_is_read_without_a_grammar_of_web_addresses():
    code = "import sys, netanalysis; netanalysis.load_case('stockholm-2011'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "jsonschema" not in done.stdout.split()
