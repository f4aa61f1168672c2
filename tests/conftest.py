import contextlib
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import partial
from unittest import mock

import nbformat
import pytest
from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from netanalysis import Evaluation, evaluate, load_case
from netanalysis.cli import main
from tests.browser import launch
from tests.office import installed, saved_by
from tests.pages.making import ROOT, Pages, Subject

CASE = ROOT / "data" / "stockholm-2011"
OUTSIDE = {"browser", "through_office", "cluster", "shared_pages"}  # fixtures


def pytest_addoption(parser):
    parser.addoption("--few", type=int, metavar="N", help="run N cases of each test at most")


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(config, items):
    """Mark what needs more than its own process by its fixtures; leave few cases of each test."""
    cases = defaultdict(list)
    for item in items:
        if OUTSIDE & set(getattr(item, "fixturenames", ())):
            item.add_marker("outside")
        cases[item.nodeid.partition("[")[0]].append(item)
    if few := config.getoption("few"):
        left = {case for each in cases.values() for case in each[:: -(-len(each) // few)]}
        config.hook.pytest_deselected(items=[item for item in items if item not in left])
        items[:] = [item for item in items if item in left]


@pytest.fixture(scope="session")
def stockholm():
    return load_case(CASE)


@pytest.fixture(scope="session")
def outcome(stockholm):
    """The evaluation of Stockholm with few draws, shared so that each part is computed once."""
    return evaluate(stockholm, draws=500)


def holding(case, **parts):
    """An evaluation in which some parts are as they are given, and not computed."""
    outcome = Evaluation(case, case, 500, 1)
    vars(outcome).update(parts)
    return outcome


@pytest.fixture
def copied(tmp_path):
    """A copy of the case that a test may spoil, in a workspace of its own."""
    folder = tmp_path / "data" / "stockholm-2011"
    shutil.copytree(CASE, folder)
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    return folder


@contextlib.contextmanager
def nobody():
    """The rights of somebody who has none, where this is root, who may do everything."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def without_rights(tmp_path):
    """What runs something without the rights of root, in a folder that anybody may look into."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() != "root" or len(folder.parts) > 2:
            folder.chmod(folder.stat().st_mode | 0o055)
    return nobody


@pytest.fixture(scope="session")
def browser():
    """A real browser, which is started once."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def through_office(tmp_path_factory):
    """What saves a file by LibreOffice, all with one profile: file, folder and form."""
    return partial(saved_by, installed(), tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def shared_pages(tmp_path_factory):
    """Pages that are made once for all tests, also where these run in several processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    (folder / "shared-pages").mkdir(exist_ok=True)
    return Pages(folder / "shared-pages")


@pytest.fixture(scope="session")
def pages(shared_pages):
    """The evaluation's page in both languages."""
    wanted = {
        language: Subject("evaluation", {"case": "stockholm-2011", "language": language})
        for language in ("sv", "en")
    }
    return {name: page.read_text("utf-8") for name, page in shared_pages.of(wanted).items()}


def notebook_of(*sources, tags=("parameters",)):
    """A notebook of code cells, of which the first is that of the parameters."""
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    cells[0].metadata["tags"] = list(tags)
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    about["language_info"] = {"name": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata=about)


def command(*arguments, cwd=ROOT, **environment):
    """Run the command in this process."""
    settings = {"LC_ALL": "C.UTF-8"} | environment
    with mock.patch.dict(os.environ, settings), contextlib.chdir(cwd):
        done = CliRunner().invoke(main, [*map(str, arguments)], prog_name="netanalysis")
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def command_of_its_own(*arguments, cwd=ROOT, **environment):
    """Run the command as a user would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "netanalysis", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
