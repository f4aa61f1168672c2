"""Reports: command lines, interfaces in one process, netanalysis alone and on Dask, and the floor.

Each way makes the same pages and takes its own time, its processors' time and its memory, from
when it is ready to make the first one; getting ready is told beside it.
"""

import os
import statistics
import subprocess
import sys
import threading
import time

from tests.benchmarks.measuring import (
    ROOT,
    Contender,
    Section,
    Wanted,
    measure,
    parts,
    spread,
    table,
    take_turns,
    written,
)

THREE = """import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from netanalysis.language.words import speak
from netanalysis.pages.svg import drawing, svg_of
from netanalysis.pages.html import Figure, Fragment
rng = np.random.default_rng(seed)
table = pd.DataFrame({"x": rng.normal(size=60), "y": rng.normal(size=60)})
table["group"] = rng.choice(["a", "b", "c"], 60)
def shown(canvas, caption):
    finding = f"Synthetic: {caption}"
    return Figure(speak("en"), svg_of(canvas), finding, caption, Fragment(table.head().to_html()))
---
with drawing(6, 3) as (canvas, axes):
    sns.scatterplot(table, x="x", y="y", hue="group", ax=axes)
shown(canvas, "Points")
---
with drawing(6, 3) as (canvas, axes):
    sns.barplot(table.groupby("group", as_index=False)["x"].mean(), x="group", y="x", ax=axes)
shown(canvas, "Means")
---
with drawing(6, 3) as (canvas, axes):
    sns.histplot(table, x="y", bins=12, ax=axes)
shown(canvas, "Counts")"""
BOOKS = {
    "three charts": ("three", {"seed": 1}),
    "portrait": ("portrait", {"city": "Stockholm", "language": "en"}),
    "evaluation": ("evaluation", {"language": "en"}),
}
LINES, INTERFACES, FLOOR = "command lines", "interfaces", "plain function"
ONE, TWO, DASK = "netanalysis, 1 worker", "netanalysis, 2 workers", "netanalysis, Dask, 2 workers"
MADE = {  # reports by each way: enough to be told from noise, few enough to wait for
    "three charts": {LINES: 4, INTERFACES: 6, ONE: 60, TWO: 120, DASK: 120, FLOOR: 60},
    "portrait": {LINES: 3, INTERFACES: 4, ONE: 16, TWO: 32, DASK: 32, FLOOR: 16},
    "evaluation": {LINES: 2, INTERFACES: 3, ONE: 4, TWO: 8, DASK: 8, FLOOR: 4},
}
GROWING = (10, 100, 1_000)


def inputs(folder):
    """The notebooks: one of its own, and those of the project."""

    def write():
        import nbformat

        sources = ["seed: int = 1  # of the synthetic numbers", *THREE.split("\n---\n")]
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        cells[0].metadata["tags"] = ["parameters"]
        cells.insert(0, nbformat.v4.new_markdown_cell("# Three charts of synthetic numbers"))
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        about = {"kernelspec": kernel, "language_info": {"name": "python"}}
        book = nbformat.v4.new_notebook(cells=cells, metadata=about)
        nbformat.write(book, folder / "three.ipynb")

    return dict, write


def book(folder, name):
    """Path and parameters of a notebook."""
    stem, given = BOOKS[name]
    own = folder / f"{stem}.ipynb"
    return own if own.exists() else ROOT / "notebooks" / f"{stem}.ipynb", given


class Watch:
    """Time, processors' time and highest memory of this process and all that it has started."""

    def __enter__(self):
        import psutil

        self._psutil, self._me = psutil, psutil.Process()
        self.peak = 0.0
        self._busy, self._start = self.busy(), time.perf_counter()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self._start
        self.processors = self.busy() - self._busy
        self._ended.set()
        self._thread.join()

    def busy(self):
        """Seconds of processors, with those of processes that have ended and been waited for."""
        total = 0.0
        for one in self._family():
            try:
                total += sum(one.cpu_times()[:4])
            except self._psutil.Error:
                continue
        return total

    def _family(self):
        return [self._me, *self._me.children(recursive=True)]

    def _look(self):
        while not self._ended.wait(0.2):
            held = 0.0
            for one in self._family():
                try:  # what processes share counts once
                    held += one.memory_full_info().pss
                except (self._psutil.Error, AttributeError):
                    continue
            self.peak = max(self.peak, held / 1e6)

    def each(self, count, size, ready):
        """What is told of each report."""
        return {
            "seconds": self.seconds / count,
            "processor seconds": self.processors / count,
            "MB": self.peak,
            "page kB": size / 1e3,
            "ready after": ready,
        }


def lines(folder, name, count):
    """Papermill's and nbconvert's command lines in a loop."""
    path, given = book(folder, name)
    arguments = [part for pair in given.items() for part in ("-p", *map(str, pair))]

    def call():
        with Watch() as watch:
            for _ in range(count):
                subprocess.run(
                    [sys.executable, "-m", "papermill", "--no-progress-bar", *arguments,
                     path, folder / "out.ipynb"], cwd=ROOT, check=True, stderr=subprocess.DEVNULL,
                )  # fmt: skip
                subprocess.run(
                    [sys.executable, "-m", "nbconvert", "--to", "netanalysis",
                     "--log-level=ERROR", folder / "out.ipynb"], cwd=ROOT, check=True,
                )  # fmt: skip
        return watch.each(count, (folder / "out.html").stat().st_size, 0)

    return dict, call


def interfaces(folder, name, count):
    """The interfaces of papermill and nbconvert in one process, with a kernel for each report."""
    from netanalysis.publishing import run
    from netanalysis.publishing.batch.jobs import KERNEL

    path, given = book(folder, name)

    def call():
        with Watch() as watch:
            for _ in range(count):
                text = run.page(run.execute(path, given, KERNEL), "x")[0]
                (folder / "out.html").write_text(text, "utf-8")
        return watch.each(count, len(text.encode()), 0)

    return dict, call


def plain(folder, name, count):
    """The floor: the notebook's code in a warm process, then its page, with nothing around."""
    import ast

    import nbformat

    from netanalysis.publishing import run
    from netanalysis.publishing.batch import preload

    path, given = book(folder, name)
    cells = list(nbformat.read(path, 4).cells)
    compiled = {}
    for number, cell in enumerate(cells):
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            last = tree.body[-1]
            end = ast.Expression(tree.body.pop().value) if isinstance(last, ast.Expr) else None
            compiled[number] = (
                compile(tree, "cell", "exec"), end and compile(end, "cell", "eval"),
                "parameters" in cell.metadata.get("tags", []),
            )  # fmt: skip
    assert preload

    def function():
        names = {}
        done = nbformat.v4.new_notebook()
        for number, cell in enumerate(cells):
            made = nbformat.NotebookNode(cell)
            if number in compiled:
                statements, expression, parameters = compiled[number]
                exec(statements, names)
                if parameters:
                    names |= given
                    lines = [f"{one} = {value!r}" for one, value in given.items()]
                    made = nbformat.v4.new_code_cell("\n".join(lines), metadata=cell.metadata)
                value = eval(expression, names) if expression else None
                made.outputs = []
                if hasattr(value, "_repr_html_"):
                    data = {"text/html": value._repr_html_()}
                    made.outputs = [nbformat.v4.new_output("execute_result", data)]
            done.cells.append(made)
        return run.page(done, "x")[0]

    def call():
        with Watch() as watch:
            for _ in range(count):
                text = function()
                (folder / "out.html").write_text(text, "utf-8")
        return watch.each(count, len(text.encode()), 0)

    return function, call


def crew_of(folder, path, workers, dask):
    """Workers, or a cluster of as many."""
    from netanalysis.publishing.batch.cluster import Cluster
    from netanalysis.publishing.batch.pool import Workers

    return Cluster("local", path, None, workers) if dask else Workers(workers, folder / ".batch")


def jobs(folder, path, given, count, first=0):
    """So many of the same report."""
    from netanalysis.publishing.batch.jobs import Job

    return [
        Job(f"r{number}", str(path), given, str(folder / f"r{number}.html"), str(ROOT / "data"))
        for number in range(first, first + count)
    ]


def through(crew, waiting):
    """Have them made; all must be done."""
    from netanalysis.publishing.batch import batch

    failed = []
    batch.make(waiting, crew, lambda one: failed.append(one) if one.state != "done" else None)
    assert not failed, failed


def ours(folder, name, count, workers, dask=False):
    """Through the workers of netanalysis."""
    path, given = book(folder, name)

    def call():
        start = time.perf_counter()
        crew = crew_of(folder, path, workers, dask)
        try:
            through(crew, jobs(folder, path, given, 2 * workers, first=count))  # now it is warm
            ready = time.perf_counter() - start
            with Watch() as watch:
                through(crew, jobs(folder, path, given, count))
        finally:
            crew.close()
        return watch.each(count, (folder / "r0.html").stat().st_size, ready)

    return dict, call


def growing(folder):
    """Memory of the parent as reports go by, and seconds for each."""
    import psutil

    path, given = book(folder, "three charts")

    def call():
        crew = crew_of(folder, path, os.cpu_count(), False)
        found, begun = {}, 0
        try:
            through(crew, jobs(folder, path, given, 4))
            for number in GROWING:
                start = time.perf_counter()
                through(crew, jobs(folder, path, given, number - begun))
                found[f"seconds {number}"] = (time.perf_counter() - start) / (number - begun)
                found[f"MB {number}"] = psutil.Process().memory_info().rss / 1e6
                begun = number
        finally:
            crew.close()
        return found

    return dict, call


def contenders(name):
    """All ways of one notebook."""
    made = MADE[name]

    def one(way, function, **options):
        many = {"name": name, "count": made[way]} | options
        return Contender(way, f"reports.{function}", options=many)

    return [
        one(LINES, "lines"),
        one(INTERFACES, "interfaces"),
        one(ONE, "ours", workers=1),
        one(TWO, "ours", workers=2),
        one(DASK, "ours", workers=2, dask=True),
        one(FLOOR, "plain"),
    ]


def ways(folder, rounds):
    """Reports of three notebooks, each way."""
    measure(Contender("inputs", "reports.inputs"), folder)
    text = [
        "Each way makes the page of the same notebook again and again. The interfaces start a "
        "kernel for each report, in one process; netanalysis starts a process for each; the plain "
        "function runs the cells' code in one warm process and exports their page, with nothing "
        "in between that a failing report would need. Memory is the highest of all processes "
        "together, what they share counted once. Getting ready is not in the seconds.",
    ]
    wanted = []
    for name in BOOKS:
        found = take_turns(contenders(name), folder, rounds)
        told = {way: parts(results) for way, results in found.items()}
        rows = [
            [
                way,
                str(MADE[name][way]),
                spread(each["seconds"]),
                spread(each["processor seconds"]),
                f"{max(each['MB']):,.0f}",
                f"{each['page kB'][0]:.1f}",
                written(statistics.median(each["ready after"])),
            ]
            for way, each in told.items()
        ]
        heads = ["", "Reports", "Seconds each", "Processor seconds each", "MB", "Page, kB"]
        text += ["", f"### {name.capitalize()}", "", *table([*heads, "Seconds until ready"], rows)]
        if name == "three charts":
            wanted = wants(told)
    return Section("Reports", text, wanted)


def wants(told):
    """What was wanted of the notebook with three charts."""

    def over(one, other, what="seconds"):
        return [a / b for a, b in zip(told[one][what], told[other][what], strict=True)]

    faster = over(LINES, TWO)
    core = over(INTERFACES, ONE)
    floor = over(ONE, FLOOR, "processor seconds")
    return [
        Wanted("Two workers, faster than the command lines", "30 × or more", spread(faster),
               statistics.median(faster) >= 30),
        Wanted("One worker, faster than the interfaces", "12 × or more", spread(core),
               statistics.median(core) >= 12),
        Wanted("Processor seconds by the plain function’s", "1.3 × or less", spread(floor),
               statistics.median(floor) <= 1.3),
    ]  # fmt: skip


def growth(folder, rounds):
    """Reports, growth with their number."""
    measure(Contender("inputs", "reports.inputs"), folder)
    found = parts(take_turns([Contender(TWO, "reports.growing")], folder, rounds)[TWO])
    rows = [
        [f"{number:,}", spread(found[f"seconds {number}"]), f"{max(found[f'MB {number}']):.0f}"]
        for number in GROWING
    ]
    grown = [b - a for a, b in zip(found["MB 10"], found["MB 1000"], strict=True)]
    text = [
        "The notebook with three charts, a worker for each core. Seconds are of each report since "
        "the row before; memory is that of the process that hands them out.",
        "",
        *table(["Reports", "Seconds each", "MB of the parent"], rows),
    ]
    flat = Wanted("The parent’s memory over 1,000 reports", "within 10 MB", spread_of(grown),
                  max(grown) < 10)  # fmt: skip
    return Section("Reports, growth with their number", text, [flat])


def spread_of(numbers):
    """As the spread of ratios, for differences, which may be none or less."""
    return f"{statistics.median(numbers):+.1f} MB ({min(numbers):+.1f} to {max(numbers):+.1f})"
