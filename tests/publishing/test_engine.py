"""The engine against plain papermill with a kernel: the same outputs, cell by cell."""

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from tests.conftest import ROOT, notebook_of

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OURS = re.compile(r"ipykernel_\d+/\d+\.py|0x[0-9a-f]+|Cell In\[\d+\]")
FOREIGN = [
    "name: str = 'x'  # a word\nnumber: int = 1  # a number",
    "name, number",
    "print('out'); import sys; print('err', file=sys.stderr); print('out again')",
    "import subprocess, os\nsubprocess.run(['echo', 'from a program'])\nos.write(1, b'and raw\\n')",
    "!echo shell",
    "%%capture caught\nprint('kept back')",
    "caught.stdout",
    "from IPython.display import HTML, Markdown, clear_output, display\n"
    "shown = display(HTML('<b>first</b>'), display_id='one')\ndisplay(Markdown('*text*'))",
    "shown.update(HTML('<b>second</b>'))",
    "for step in range(3):\n    clear_output(wait=True)\n    print(step)",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['<i>', None]})",
    "%matplotlib inline",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('one')",
    "fig, axes = plt.subplots()\naxes.bar(['a', 'b'], [1, 2])\nplt.show()\nprint('below')",
    "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = 'x'",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "task = asyncio.create_task(asyncio.sleep(0, 'later'))\nawait task",
    "import warnings\nwarnings.warn('careful')",
    "get_ipython().__class__.__name__, __name__, _, In[2]",
    "from threading import Thread\nt = Thread(target=print, args=['thread'])\nt.start(); t.join()",
    "import logging\nlogging.warning('logged')",
    "%timeit -n1 -r1 -q pass",
]
ERRORS = [
    "1 / 0",
    "input('?')",
    "class Odd:\n    def _repr_html_(self):\n        raise ValueError('no')\nOdd()",
    "raise SystemExit('enough')",
    "def f(:\n    pass",
    "await nothing",
]


def by_engine(notebook, tmp_path, *arguments, engine="netanalysis"):
    """As a user runs it: papermill's own command line with our engine."""
    source, target = tmp_path / "in.ipynb", tmp_path / f"{engine}.ipynb"
    nbformat.write(notebook, source)
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "papermill", "--engine", engine, "--no-progress-bar",
         *arguments, str(source), str(target)],
        capture_output=True, text=True, cwd=ROOT, check=False, env=kept,
    )  # fmt: skip
    return nbformat.read(target, 4) if target.exists() else None, done


def joined(outputs):
    """Outputs without what may differ: process ids, addresses, and where a stream is cut.

    A kernel sends the two streams each on its own, so that only the order within one is told.
    """
    kept, streams = [], {}
    for output in outputs:
        plain = json.loads(OURS.sub("", json.dumps(output)))
        if plain["output_type"] == "stream":
            streams[plain["name"]] = streams.get(plain["name"], "") + plain["text"]
        else:
            kept.append(plain)
    return kept, streams


def same(ours, theirs):
    assert len(ours.cells) == len(theirs.cells)
    for one, other in zip(ours.cells, theirs.cells, strict=True):
        assert one.source == other.source
        assert one.get("execution_count") == other.get("execution_count"), one.source
        assert joined(one.get("outputs", [])) == joined(other.get("outputs", [])), one.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_notebook_comes_out_the_same(path, by_kernel, tmp_path):
    ours, _ = by_engine(nbformat.read(path, 4), tmp_path)
    theirs = by_kernel(path)
    same(ours, theirs)
    assert ours.metadata["language_info"] == theirs.metadata["language_info"]
    assert all(cell.metadata.papermill.status == "completed" for cell in ours.cells)


def test_a_foreign_notebook_comes_out_the_same(tmp_path):
    notebook = notebook_of(*FOREIGN)
    ours, told = by_engine(notebook, tmp_path, "-p", "name", "Åre")
    assert told.returncode == 0, told.stderr
    theirs, _ = by_engine(notebook, tmp_path, "-p", "name", "Åre", engine="nbclient")
    same(ours, theirs)


@pytest.mark.parametrize("source", ERRORS)
def test_what_fails_fails_the_same(source, tmp_path):
    notebook = notebook_of("x = 1", "print('reached')", source, "print('never')")
    ours, told = by_engine(notebook, tmp_path)
    assert told.returncode == 1
    theirs, also_told = by_engine(notebook, tmp_path, engine="nbclient")
    same(ours, theirs)
    assert told.stderr.splitlines()[-1] == also_told.stderr.splitlines()[-1]


def test_what_it_cannot_run_is_refused(tmp_path):
    notebook = notebook_of("x = 1")
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    _, told = by_engine(notebook, tmp_path)
    assert "runs Python, and the notebook is in R" in told.stderr


def test_a_cell_that_takes_too_long_is_broken_off(tmp_path):
    notebook = notebook_of("x = 1", "while True:\n    pass")
    _, told = by_engine(notebook, tmp_path, "--execution-timeout", "1")
    assert told.returncode == 1
    assert "CellTimeoutError" in told.stderr


def test_what_a_cell_writes_reaches_files_and_log(tmp_path):
    notebook = notebook_of("print('said')")
    _, told = by_engine(
        notebook, tmp_path, "--stdout-file", str(tmp_path / "said.txt"), "--log-output"
    )
    assert (tmp_path / "said.txt").read_text("utf-8") == "said\n"
    assert "said" in told.stderr
