import functools
import os
import shutil
import subprocess
import sys

import nbformat
import papermill
import pytest

from netanalysis import Evaluation, evaluate, load_case
from netanalysis.publishing.making import Job
from netanalysis.publishing.workers import SCRATCH
from tests.pages.making import ROOT, Pages, Subject, outcomes

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
    """A copy of the case that a test may spoil, in a data folder of its own."""
    folder = tmp_path / "data" / "stockholm-2011"
    shutil.copytree(CASE, folder)
    return folder


@pytest.fixture(scope="session")
def by_kernel():
    """A notebook as plain papermill runs it from the root, with a kernel; each is run once."""

    @functools.cache
    def run(path, **parameters):
        return papermill.execute_notebook(
            str(path), None, parameters, progress_bar=False, cwd=str(ROOT)
        )

    return run


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


def made(folder, jobs, count, fresh=True):
    """Pages of jobs (name: notebook, parameters, engine) through workers of the given kind."""
    folder.mkdir()
    waiting = [
        Job(name, str(ROOT / "notebooks" / f"{book}.ipynb"), given, str(folder / name),
            str(ROOT / "data"), engine)
        for name, (book, given, engine) in jobs.items()
    ]  # fmt: skip
    outcomes(waiting, folder / SCRATCH, count, fresh)
    return {name: (folder / name).read_bytes() for name in jobs}


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
