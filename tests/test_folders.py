"""Outside a workspace every command refuses, and nothing is written anywhere."""

import os

import pytest
from click.testing import CliRunner

from netanalysis import load_case
from netanalysis.cli import main
from netanalysis.errors import DataError
from netanalysis.folders import data_folder, notebooks_folder, reports_folder
from tests.conftest import ROOT

COMMANDS = [
    "report x", "portrait x", "turnover x", "batch network --for-each city=all", "new x --city x",
    "write x", "read x.xlsx", "check x", "ask x", "answers . --into x", "restore x", "upgrade x",
    "site x --out y", "screen x", "new-year x 2027",
    "members import x.csv --network x --snapshot 2026",
]  # fmt: skip


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NETANALYSIS_DATA", raising=False)
    return tmp_path


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_refuses_outside_a_workspace(nowhere, line):
    (nowhere / "data").mkdir()  # alone it is no workspace
    done = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, line.split())
    assert done.exit_code == 2, done.output
    for part in ("there is no workspace in", "data and notebooks", "--data", "NETANALYSIS_DATA"):
        assert part in done.output
    assert [path.name for path in nowhere.rglob("*")] == ["data"]


def test_every_command_that_there_is_is_tried():
    assert {line.split()[0] for line in COMMANDS} == set(main.commands)


def test_the_library_reads_in_its_source_tree_but_writes_nothing_there(nowhere, monkeypatch):
    assert data_folder() == ROOT / "data"
    assert load_case("stockholm-2011").name == "stockholm-2011"
    with pytest.raises(DataError, match="there is no workspace"):
        reports_folder()
    installed = nowhere / "site-packages"
    for name in ("data", "notebooks", "netanalysis"):
        (installed / name).mkdir(parents=True)
    (installed / "pyproject.toml").touch()
    monkeypatch.setattr("netanalysis.folders.__file__", str(installed / "netanalysis" / "x.py"))
    for folder in (nowhere, installed):
        monkeypatch.chdir(folder)
        with pytest.raises(DataError, match="there is no workspace"):
            data_folder()


def test_notebooks_and_reports_lie_beside_the_data_that_is_named(nowhere, monkeypatch):
    monkeypatch.setenv("NETANALYSIS_DATA", "there/data")
    assert notebooks_folder() == nowhere / "there" / "notebooks"
    assert reports_folder() == nowhere / "there" / "reports"


def test_a_command_leaves_the_environment_as_it_was(monkeypatch):
    monkeypatch.delenv("NETANALYSIS_DATA", raising=False)
    done = CliRunner().invoke(main, ["check", "stockholm-2011"])
    assert done.exit_code == 0
    assert "NETANALYSIS_DATA" not in os.environ
