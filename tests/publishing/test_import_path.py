"""Code that lies in the working folder never runs; a notebook imports from its own folder."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT, notebook_of

pytestmark = pytest.mark.outside
PLANTED = (
    "IPython dask distributed encodings ipykernel ipykernel_launcher json logging matplotlib"
    " netanalysis numpy pandas papermill pickle random runpy selectors sitecustomize socket struct"
    " tempfile threading usercustomize"
).split()
NOTEBOOK = [
    'case: str = "stockholm-2011"  # a case\nlanguage: str = "en"  # one of en, sv\n'
    'audience: str = "working"  # one of public, working',
    "import os, random, sys\nfrom pathlib import Path\nimport beside",
    "where = Path.cwd() == Path(beside.__file__).resolve().parent\n"
    "after = '' in sys.path and sys.path.index('') > 0\n"
    "print('own folder', where, after, os.environ.get('PYTHONSAFEPATH'), os.environ['KEPT'])",
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A folder to call commands from, with planted modules beside its notebooks."""
    folder = tmp_path_factory.mktemp("planted")
    for name in PLANTED:
        text = f"open({str(folder / 'ran.txt')!r}, 'a').write({name!r} + ' ')\n"
        (folder / f"{name}.py").write_text(text, "utf-8")
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "beside.py").write_text("", "utf-8")
    nbformat.write(notebook_of(*NOTEBOOK), folder / "notebooks" / "small.ipynb")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "stockholm-2011", "--notebook", "small", "--language", "en"],
        ["report", "stockholm-2011", "--notebook", "small", "--language", "en",
         "--engine", "kernel"],
        ["batch", "small", "--for-each", "language=en", "--scheduler", "local", "--workers", "1"],
    ],
    ids=["prepared", "kernel", "dask"],
)  # fmt: skip
def test_code_in_the_working_folder_does_not_run(workspace, arguments, tmp_path):
    import os

    done = subprocess.run(
        [str(Path(sys.executable).with_name("netanalysis")), *arguments, "--out", str(tmp_path)],
        cwd=workspace,
        env=os.environ | {"KEPT": "kept"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (workspace / "ran.txt").exists(), (workspace / "ran.txt").read_text("utf-8")
    assert done.returncode == 0, done.stderr
    (page,) = (page for page in tmp_path.glob("*.html") if page.name != "index.html")
    assert "own folder True True None kept" in page.read_text("utf-8")
