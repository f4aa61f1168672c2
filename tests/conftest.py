import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from netanalysis import Evaluation, evaluate, load_case
from tests.pages.making import ROOT, Pages, Subject

CASE = ROOT / "data" / "stockholm-2011"


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
    """Run the command as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "netanalysis.cli", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
