"""What stands in data, in file names and in arguments reaches the terminal only to be seen."""

import re
import shutil
import unicodedata

import click
import pytest
from click.testing import CliRunner

from netanalysis.cli import main
from netanalysis.commands.output import Commands, echo, echo_foreign
from netanalysis.control_characters import visible
from netanalysis.errors import Problem, describe
from tests.conftest import CASE, ROOT
from tests.exchange.workbooks import replying
from tests.loaders.test_case import put

HOSTILE = "\x1b]0;title\x07\x1b[2J\u202etxet\u2066\x9b31m\rWritten: forged\nWritten: forged\u2028x"
NAME = HOSTILE.replace("/", "")
ONLY = "netanalysis/commands/output.py"  # where text is written


def harmless(text):
    """No sign but the line break acts, and nobody but the command begins a line."""
    acting = {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")}
    assert acting <= {"\n"}, ascii(text)
    assert not re.search(r"^Written: forged", text, re.MULTILINE), text


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory):
    """A case with such text in every free field, and a folder with files of such names."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("places", "memberships"):
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    case = folder / "data" / "stockholm-2011"
    shutil.copytree(CASE, case)
    replying.asked(case)
    replying.returned(case, "culture", folder / "answer.xlsx", [3])
    put(case, "networks", 2, "name", f"EURO{NAME}")
    for column in ("name_sv", "name_en"):
        put(case, "departments", 2, column, NAME)
        put(case, "departments", 3, column, NAME)
    (folder / "replies").mkdir()
    (folder / "answer.xlsx").rename(folder / "replies" / f"{NAME}.xlsx")
    (folder / "replies" / f"{NAME}.txt").touch()
    shutil.copytree(case, folder / "data" / "faulty")
    put(folder / "data" / "faulty", "seats", 4, "end", NAME)
    put(folder / "data" / "faulty", "case", 2, "languages", NAME)
    header = (folder / "data" / "faulty" / "levels.csv").read_text("utf-8")
    (folder / "data" / "faulty" / "levels.csv").write_text('"\x1b[31mx",' + header, "utf-8")
    (folder / "list.csv").write_text(f'city,"{NAME}"\n"{NAME}",1\nOslo,2\n', "utf-8", newline="")
    (folder / "plan.csv").write_text(f'city,"{NAME}"\nOslo,1\n', "utf-8", newline="")
    (folder / "cities.csv").write_text(f'name,city\n"{NAME}","{NAME}"\n', "utf-8", newline="")
    (folder / "book.xlsx").write_bytes(b"no workbook")
    (folder / f"{NAME}.xlsx").write_bytes(b"no workbook")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        [NAME],
        [f"--{NAME}"],
        ["report", NAME],
        ["report", "faulty"],
        ["report", "stockholm-2011", "--notebook", NAME],
        ["report", "stockholm-2011", "-p", NAME, NAME],
        ["report", "stockholm-2011", "-p", "draws", NAME],
        ["report", "stockholm-2011", f"--{NAME}"],
        ["report", "stockholm-2011", NAME, NAME],
        ["report", "stockholm-2011", "--language", NAME],
        ["report", "stockholm-2011", "--data", NAME],
        ["portrait", NAME],
        ["portrait", "Oslo", "--snapshot", f"a {NAME}"],
        ["turnover", NAME],
        ["turnover", "union-of-the-baltic-cities", NAME],
        ["batch", NAME],
        ["batch", "portrait", f"{NAME}.csv"],
        ["batch", "portrait", "plan.csv"],
        ["batch", "portrait", "cities.csv"],
        ["batch", "portrait", "--for-each", f"city={NAME}"],
        ["batch", "portrait", "--for-each", f"{NAME}=all"],
        ["members", NAME],
        ["members", "import", "list.csv", "--network", "n", "--snapshot", "2024"],
        ["members", "import", f"{NAME}.csv", "--network", NAME, "--snapshot", NAME],
        ["new", NAME, "--city", NAME],
        ["write", NAME],
        ["write", "stockholm-2011", "--out", NAME],
        ["write", "faulty"],
        ["read", f"{NAME}.xlsx", "--case", NAME],
        ["read", f"{NAME}.xlsx", "--case", "x"],
        ["check", NAME],
        ["check", f"{NAME}.xlsx"],
        ["check", "stockholm-2011"],
        ["check", "faulty"],
        ["ask", NAME],
        ["ask", "stockholm-2011", "--department", NAME],
        ["ask", "stockholm-2011", "--answer-by", NAME],
        ["answers", NAME, "--into", "stockholm-2011"],
        ["answers", "replies", "--into", "stockholm-2011"],
    ],
    ids=lambda arguments: visible(" ".join(arguments)).replace("\\", "")[:60],
)
def test_no_command_lets_data_act_on_the_terminal(hostile_data, monkeypatch, arguments):
    monkeypatch.chdir(hostile_data)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("NETANALYSIS_DATA", str(hostile_data / "data"))
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code in (0, 1, 2)
    assert "Traceback" not in done.output, done.output
    assert done.output
    harmless(done.output)


def test_nothing_is_written_to_the_terminal_but_in_one_place():
    out = re.compile(r"\b(click\.s?echo|secho|print|sys\.(stdout|stderr)\.write|pprint)\(")
    found = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in sorted((ROOT / "netanalysis").rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if out.search(line) and not line.strip().startswith((">>>", "..."))
    ]
    start = 'netanalysis/__main__.py:         sys.stderr.write(f"{error}\\n")'  # has no data yet
    assert found == [start, f"{ONLY}:         click.echo(visible(line), err=err)"]


def test_text_of_others_cannot_pass_for_a_line_of_the_command(capsys):
    echo_foreign("cell 3", f"first\nWritten: forged\n{HOSTILE}\n")
    echo(HOSTILE)
    told = capsys.readouterr().out
    harmless(told)
    assert told.startswith("cell 3: first\n    Written: forged\n")
    assert "\\x1b[2J\\u202etxet\\u2066\\x9b31m\\rWritten: forged\\n" in told


@pytest.mark.parametrize(
    "problem",
    [
        Problem("date", NAME, 4, NAME, {"value": NAME}),
        Problem("plan_name", values={"name": NAME}),
        Problem("parameter_unknown", values={"name": NAME, "known": (NAME, NAME)}),
    ],
    ids=lambda problem: problem.code,
)
def test_a_problem_quotes_on_one_line(problem):
    told = describe(problem)
    harmless(told)
    assert len(told.splitlines()) == 3 + 2 * (problem.code == "parameter_unknown")


def test_what_can_be_seen_stays_as_it_is():
    for text in ("Göteborg", "Łódź – «x»", "中文", "ひ\u200dら", "é", "C:\\new", "👩\u200d🚒"):
        assert visible(text) == text
    assert visible("a\udcffb\ufeff\u2060\U000e0041") == "a\\udcffb\\ufeff\\u2060\\U000e0041"


def test_a_fault_of_the_program_is_shown_in_the_same_way():
    @click.group(cls=Commands)
    def group():
        pass

    @group.command()
    def fails():
        raise KeyError(f"x\nWritten: forged{HOSTILE}") from ValueError(HOSTILE)

    done = CliRunner().invoke(group, ["fails"])
    assert done.exit_code == 1
    assert "Traceback" in done.output
    assert "ValueError" in done.output
    acting = {sign for sign in done.output if unicodedata.category(sign) in ("Cc", "Cf", "Zl")}
    assert acting == {"\n"}
