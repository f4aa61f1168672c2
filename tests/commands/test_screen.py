"""``netanalysis screen``: a page for a request, or what is wrong with what was asked."""

import shutil

import pytest

from netanalysis.exchange.store.case_files import case_files
from tests.conftest import ROOT, command
from tests.test_screening import requests_rows


@pytest.fixture
def workspace(tmp_path):
    """A data folder with a case that has a request."""
    folder = tmp_path / "data" / "with-requests"
    folder.mkdir(parents=True)
    for name, text in case_files(folder.name, requests_rows()).items():
        (folder / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    return tmp_path


def screen(workspace, *arguments):
    return command("screen", "with-requests", *arguments, cwd=workspace)


def test_an_unknown_request_names_the_known_ones(workspace):
    done = screen(workspace, "creativ")
    assert done.returncode == 2
    assert 'no request "creativ"' in done.stderr
    assert "give one of: creative." in done.stderr
    assert not (workspace / "reports").exists() or not list((workspace / "reports").iterdir())


def test_a_request_given_twice_is_refused(workspace):
    done = screen(workspace, "creative", "-p", "request", "creative")
    assert (done.returncode, "given twice" in done.stderr) == (2, True)


def test_a_batch_can_take_every_request(workspace):
    done = command("batch", "screening", "--for-each", "request=all", "-p", "case",
                   "with-requests", "-p", "colour", "red", cwd=workspace)  # fmt: skip
    assert done.returncode == 2
    assert 'no parameter "colour"' in done.stderr
    assert "values of request" not in done.stderr


@pytest.mark.outside
def test_it_makes_a_page_for_each_language(workspace):
    done = screen(workspace, "creative", "-p", "draws", "200")
    assert done.returncode == 0, done.stderr
    name = "with-requests.screening.request-creative.draws-200"
    pages = {path.name for path in (workspace / "reports").iterdir()}
    assert pages == {f"{name}.sv.html", f"{name}.en.html"}
    text = (workspace / "reports" / f"{name}.sv.html").read_text("utf-8")
    assert "Förslag till handläggning: föreslå på prov." in text
