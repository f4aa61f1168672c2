"""The engine against plain papermill with a kernel: the same outputs, cell by cell."""

import contextlib
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from netanalysis.publishing import run
from netanalysis.publishing.batch.jobs import FAST, KERNEL
from tests.conftest import ROOT, notebook_of
from tests.publishing import foreign_notebooks

pytestmark = pytest.mark.outside
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OURS = re.compile(r"ipykernel_\d+/\d+\.py|0x[0-9a-f]+|Cell In\[\d+\]")
FOREIGN = [
    "name: str = 'x'  # a word\nnumber: int = 1  # a number",
    "name, number",
    "print('out'); import sys; print('err', file=sys.stderr); print('out again')",
    "import subprocess, os, time\nsubprocess.run(['echo', 'from a program'])\n"
    "os.write(1, b'and raw\\n')\ntime.sleep(0.5)",  # a kernel sends what is raw a little later
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
    "import decimal\ndecimal.getcontext().prec = 5",
    "decimal.Decimal(1) / 3",
    "import numpy as np\nnp.set_printoptions(precision=2)\nimport contextvars\n"
    "own = contextvars.ContextVar('own')\nown.set(1) and None",
    "own.get(), np.array([1 / 3])",
    "kernel = get_ipython().kernel\nprint('before', flush=True)\nsent = kernel.send_response("
    "kernel.iopub_socket, 'stream', {'name': 'stdout', 'text': 'sent\\n'})",
    "import click\nclick.secho('red', fg='red')",
    "logging.lastResort, sys.stdout.encoding",
    "import os\nsys.stdin.read(), sys.stdin.fileno(), os.read(0, 9)",
    "subprocess.run(['cat'], capture_output=True).stdout",
]
FIGURES = [
    "x = 1",
    "import pandas as pd\nimport seaborn as sns\nimport matplotlib.pyplot as plt\n"
    "table = pd.DataFrame({'a': [1, 3, 2], 'b': [2, 1, 4], 'kind': ['x', 'y', 'x']})",
    "plt.plot([1, 2, 3])\nplt.show()\nprint('below')",
    "fig, ax = plt.subplots(figsize=(3, 2))\nax.bar(['a', 'b'], [1, 2])\nfig",
    "fig",
    "table.plot()",
    "table.plot.barh(ax=plt.figure().subplots(), title='pandas')",
    "table.hist(column=['a', 'b'])",
    "for number in range(3):\n    plt.figure(figsize=(2, 2))\n    plt.plot([number, 1])",
    "plt.figure()\nplt.plot([1, 2])\nplt.savefig(__import__('io').BytesIO())\nplt.close()",
    "plt.rcParams['figure.figsize'] = (2, 1)\nplt.plot([1, 2]);",
    "sns.scatterplot(data=table, x='a', y='b')",
    "sns.relplot(data=table, x='a', y='b', col='kind')",
    "sns.set_theme()\nsns.lineplot(data=table, x='a', y='b')\nplt.show()",
    "from matplotlib.figure import Figure\nown = Figure(figsize=(2, 1))\nown.subplots()\nown",
    "plt.ioff()\nfig, ax = plt.subplots()\nplt.ion()\nfig",
    "from IPython.display import display\nfig.set_size_inches(2, 2)\n"
    "display(fig)\ndisplay(fig, metadata={'alt': 'two bars'})",
    "%matplotlib inline\nplt.plot([1, 3])",
    "plt.rcParams['svg.hashsalt'] = 'x'\nplt.rcParams['figure.dpi'] = 50",
    "%config InlineBackend.figure_formats = ['svg']\n"
    "%config InlineBackend.print_figure_kwargs = {'metadata': {'Date': None}}\nplt.plot([2, 1])",
    "%config InlineBackend.close_figures = False\nkept = plt.figure()\nplt.plot([1, 2])",
    "kept.gca().set_title('added later')\nkept.show()",
    "plt.get_backend(), plt.isinteractive(), plt.get_fignums()",
    "plt.switch_backend('agg')\nplt.figure()\nplt.show()",
]
ANOTHER_BACKEND = [
    "x = 1",
    "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nfig = plt.figure()",
    "plt.show()\nfig",
]
FORKS = [
    "log: str = ''  # where each process that goes on writes a line\nimport os, sys, threading",
    "print('before')\nif os.fork() == 0:\n    print('child')\nelse:\n    os.wait()\n"
    "    print('parent')",
    "if os.fork() == 0:\n    raise ValueError('only in the child')\nos.wait()[1]",
    "if os.fork() == 0:\n    sys.exit('only in the child')\nos.wait()[1]",
    "from multiprocessing import get_context\n"
    "other = get_context('fork').Process(target=print, args=['from a process'])\n"
    "other.start(); other.join()",
    "thread = threading.Thread(target=lambda: os.fork() == 0 or os.wait())\n"
    "thread.start(); thread.join()",
    "if child := os.fork():\n    pass\nelse:\n    os.read(os.pipe()[0], 1)",
    "print('end', file=open(log, 'a'))",
    "import signal\nos.kill(child, signal.SIGKILL)\nos.waitpid(child, 0)[1]",
]
PREPARED = "import netanalysis.publishing.batch.preload"
ONE_AFTER_THE_OTHER = """
import json, os, sys
import papermill.cli
for line in iter(sys.stdin.readline, ""):
    *files, arguments = json.loads(line)
    if (child := os.fork()) == 0:
        for number, (file, flags) in enumerate(zip(files, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY))):
            os.dup2(os.open(file, flags), number)
        papermill.cli.papermill(arguments)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
ERRORS = [
    "1 / 0",
    "input('?')",
    "class Odd:\n    def _repr_html_(self):\n        raise ValueError('no')\nOdd()",
    "raise SystemExit('enough')",
    "def f(:\n    pass",
    "await nothing",
]


@contextlib.contextmanager
def papermills(*lines):
    """Papermill's own command line, as often as it is called: imported once, and then forked."""
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    process = subprocess.Popen(
        [sys.executable, "-c", "\n".join([*lines, ONE_AFTER_THE_OTHER])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=kept,
    )  # fmt: skip

    def called(folder, *arguments):
        files = [folder / name for name in ("stdin", "stdout", "stderr")]
        for file, content in zip(files, ("a line\n", "", ""), strict=True):
            file.write_text(content, "utf-8")
        process.stdin.write(json.dumps([*map(str, files), arguments]) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        told = (file.read_text("utf-8") for file in files[1:])
        return subprocess.CompletedProcess(arguments, code, *told)

    with process:
        yield called
        process.stdin.close()


@pytest.fixture(scope="module")
def by_engine():
    """What runs a notebook as a user does: by papermill's own command line, with an engine.

    A prepared process has all at hand that reports are forked from.
    """
    with contextlib.ExitStack() as stack:
        started = {}

        def run_by(notebook, folder, *arguments, engine="netanalysis", prepared=False):
            if prepared not in started:
                started[prepared] = stack.enter_context(papermills(*[PREPARED] * prepared))
            source, target = folder / "in.ipynb", folder / f"{engine}.ipynb"
            nbformat.write(notebook, source)
            options = ("--engine", engine, "--no-progress-bar", *arguments)
            done = started[prepared](folder, *options, str(source), str(target))
            return nbformat.read(target, 4) if target.exists() else None, done

        yield run_by


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
def test_each_notebook_comes_out_the_same(path, shared_pages):
    ours = shared_pages.executed(path.stem, FAST)
    theirs = shared_pages.executed(path.stem, KERNEL)
    same(ours, theirs)
    assert ours.metadata["language_info"] == theirs.metadata["language_info"]
    assert all(cell.metadata.papermill.status == "completed" for cell in ours.cells)


def test_a_foreign_notebook_comes_out_the_same(tmp_path, by_engine):
    notebook = notebook_of(*FOREIGN)
    ours, told = by_engine(notebook, tmp_path, "-p", "name", "Åre")
    assert told.returncode == 0, told.stderr
    theirs, _ = by_engine(notebook, tmp_path, "-p", "name", "Åre", engine="nbclient")
    same(ours, theirs)


@pytest.fixture(scope="module")
def by_kernel(by_engine, tmp_path_factory):
    """The cells of foreign notebooks as a kernel runs them, ten notebooks one after the other.

    Were one to influence another there, its cells would not be those that it has alone.
    """
    names, found = list(foreign_notebooks.NOTEBOOKS), {}
    for start in range(0, len(names), 10):
        ten = names[start : start + 10]
        sources = [source for name in ten for source in foreign_notebooks.NOTEBOOKS[name]]
        folder = tmp_path_factory.mktemp("kernel")
        ran, told = by_engine(notebook_of(*sources), folder, engine="nbclient")
        assert told.returncode == 0, told.stderr
        cells = iter(ran.cells[-len(sources) :])
        found |= {name: [next(cells) for _ in foreign_notebooks.NOTEBOOKS[name]] for name in ten}
    return found


@pytest.mark.parametrize("name", foreign_notebooks.NOTEBOOKS)
def test_each_of_thirty_foreign_notebooks_comes_out_the_same(name, tmp_path, by_engine, by_kernel):
    sources = foreign_notebooks.NOTEBOOKS[name]
    ours, told = by_engine(notebook_of(*sources), tmp_path, prepared=True)
    assert told.returncode == 0, told.stderr
    theirs = by_kernel[name]
    for one, other in zip(ours.cells[-len(sources) :], theirs, strict=True):
        assert one.source == other.source
        assert unnumbered(one) == unnumbered(other), one.source


def unnumbered(cell):
    """A cell's outputs without the number of the cell."""
    kept, streams = joined(cell.outputs)
    return [{**output, "execution_count": None} for output in kept], streams


@pytest.mark.parametrize("sources", [FIGURES, ANOTHER_BACKEND], ids=["figures", "agg"])
def test_figures_come_out_the_same_where_matplotlib_was_there_before(sources, tmp_path, by_engine):
    notebook = notebook_of(*sources)
    ours, told = by_engine(notebook, tmp_path, prepared=True)
    assert told.returncode == 0, told.stderr
    theirs, _ = by_engine(notebook, tmp_path, engine="nbclient")
    same(ours, theirs)
    drawn = json.dumps(ours).count('"image/')
    assert drawn == (19 if sources is FIGURES else 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_process_that_a_cell_forks_ends_with_the_cell(tmp_path, by_engine):
    log = tmp_path / "log.txt"
    ours, told = by_engine(notebook_of(*FORKS), tmp_path, "-p", "log", str(log))
    assert told.returncode == 0, told.stderr
    assert log.read_text("utf-8") == "end\n"
    text = [joined(cell.outputs) for cell in ours.cells[2:]]
    streams = [streams.get("stdout") for _, streams in text]
    assert streams[0] == "before\nchild\nparent\n"
    assert streams[3] == "from a process\n"
    results = [
        out.data["text/plain"] for cell in ours.cells for out in cell.outputs if "data" in out
    ]
    assert results == ["256", "256", "9"]


@pytest.mark.parametrize("source", ERRORS)
def test_what_fails_fails_the_same(source, tmp_path, by_engine):
    notebook = notebook_of("x = 1", "print('reached')", source, "print('never')")
    ours, told = by_engine(notebook, tmp_path)
    assert told.returncode == 1
    theirs, also_told = by_engine(notebook, tmp_path, engine="nbclient")
    same(ours, theirs)
    assert told.stderr.splitlines()[-1] == also_told.stderr.splitlines()[-1]


def test_what_it_cannot_run_is_refused(tmp_path, by_engine):
    notebook = notebook_of("x = 1")
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    _, told = by_engine(notebook, tmp_path)
    assert "runs Python, and the notebook is in R" in told.stderr


DECLARED = """n: int = 1  # number, from 1 to 9
flag: bool = True
name: str = "x"
years: list[int] = []
kind: str = "a"  # one of a, b
day = "2025-01-01"
share = 0.5"""


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (["-p", "n", "5"], ""),
        (["-p", "flag", "false"], "flag cannot be 'false'; it takes: bool"),
        (["-p", "name", "5"], "name cannot be 5; it takes: str"),
        (["-r", "n", "5"], "n cannot be '5'; it takes: int"),
        (["-p", "n", "50"], "n cannot be 50; it takes: int 1–9"),
        (["-p", "years", "7"], r"years cannot be 7; it takes: list\[int\]"),
        (["-p", "kind", "c"], "kind cannot be 'c'; it takes: a, b"),
        (["-y", "{flag: false, years: [1, 2], share: 1, n: 9}"], ""),
        (["-y", "years: [a]"], r"years cannot be \['a'\]"),
        (["-y", "day: 2025-02-01"], ""),
    ],
)
def test_papermills_parameters_have_their_types_or_are_refused(given, refused, tmp_path, by_engine):
    _, told = by_engine(notebook_of(DECLARED, "n, flag, name, years"), tmp_path, *given)
    assert bool(told.returncode) == bool(refused), told.stderr
    assert re.search(refused, told.stderr)


ENDLESS = {
    "runs": "while True:\n    pass",
    "swallows": "while True:\n    try:\n        time.sleep(1000)\n    except BaseException:\n"
    "        pass",
    "cleans up for ever": "try:\n    time.sleep(1000)\nfinally:\n    time.sleep(1000)",
    "awaits": "await asyncio.sleep(1000)",
    "waits for a thread": "thread = threading.Thread(target=time.sleep, args=[9], daemon=True)\n"
    "thread.start()\nthread.join()",
    "waits for a program": "!sleep 1000",
    "does not listen": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    "os.close(1)\nos.close(2)\ntime.sleep(1000)",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_a_cell_that_takes_too_long_is_broken_off_and_named(source, tmp_path, by_engine):
    notebook = notebook_of("x = 1", "import asyncio, os, threading, time", source)
    ours, told = by_engine(notebook, tmp_path, "--execution-timeout", "1")
    assert told.returncode == 1
    assert "CellTimeoutError: A cell timed out" in told.stderr
    assert source in told.stderr
    assert [cell.execution_count for cell in ours.cells[:2]] == [1, 2]


DEADLOCK = """import ctypes
lock, library = ctypes.create_string_buffer(64), ctypes.CDLL(None)
library.pthread_mutex_lock(lock)
library.pthread_mutex_lock(lock)"""


@pytest.mark.parametrize("source", ["x = 2\nsum(range(10**15))", DEADLOCK], ids=["loop", "lock"])
def test_a_cell_that_never_returns_to_python_is_named(source, tmp_path, by_engine):
    _, told = by_engine(notebook_of("x = 1", source), tmp_path, "--execution-timeout", "1")
    assert told.returncode == 1
    named, _, trace = told.stderr.partition("Timeout (0:")
    assert "CellTimeoutError: A cell timed out" in named
    assert source in named
    line = source.count("\n") + 1
    assert re.search(rf"ipykernel_\d+/\d+.py\", line {line} in <module>", trace)


def test_what_watches_over_a_cell_is_no_child_of_it(tmp_path, by_engine):
    source = "import os\ntry:\n    os.wait()\nexcept ChildProcessError:\n    print('alone')"
    ours, told = by_engine(notebook_of("x = 1", source), tmp_path, "--execution-timeout", "60")
    assert told.returncode == 0, told.stderr
    assert ours.cells[1].outputs[0].text == "alone\n"


def test_halves_of_signs_end_neither_notebook_nor_page(tmp_path, by_engine):
    notebook = notebook_of(
        "audience: str = 'working'", "print('a\\udcff')", "'\\ud800'",
        "from IPython.display import HTML\nHTML('<b>\\ud800</b>')", "raise ValueError('\\udcfe')",
    )  # fmt: skip
    notebook.cells[-1].metadata["tags"] = ["raises-exception"]
    ours, told = by_engine(notebook, tmp_path, "--log-output")
    assert "a\\udcff" in told.stderr
    assert ours.cells[3].outputs[0].data["text/plain"] == "'\\ud800'"
    page, _ = run.page(ours, "own")
    shown = ("<pre>a\\udcff", "<pre>'\\ud800'", "<b>\\ud800</b>", "ValueError: \\udcfe")
    assert all(text in page for text in shown)


@pytest.mark.parametrize("engine", [FAST, KERNEL])
def test_an_error_that_is_meant_stands_on_the_page_and_no_other_does(engine):
    notebook = notebook_of("x = 1", "1 / 0", "print('after')")
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    done = run.execute(notebook, {"x": 2}, engine)
    assert "ZeroDivisionError: division by zero" in run.page(done, "own")[0]
    assert "An Exception was encountered" not in run.page(done, "own")[0]
    notebook.cells.append(nbformat.v4.new_code_cell("x = 3\nraise KeyError('no')"))
    with pytest.raises(run.RunError, match="KeyError: 'no'") as caught:
        run.execute(notebook, {"x": 2}, engine)
    assert (caught.value.cell, caught.value.line) == (4, 2)


def test_what_a_cell_writes_reaches_files_and_log(tmp_path, by_engine):
    notebook = notebook_of("print('said')")
    _, told = by_engine(
        notebook, tmp_path, "--stdout-file", str(tmp_path / "said.txt"), "--log-output"
    )
    assert (tmp_path / "said.txt").read_text("utf-8") == "said\n"
    assert "said" in told.stderr
