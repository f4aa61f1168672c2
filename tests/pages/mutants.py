"""Do the tests hold what pages say? Change the code in small ways, one at a time, and see.

``python -m tests.pages.mutants [--count 300] [--seed 1] [NAME OF A MODULE ...]``. A change is a
comparison (< for <=, == for !=), a number by one, or the name of a column for another one of the
same table. It is killed when a stored page says something else or cannot be made, or else when a
test of the changed module fails. Everything is imported once, every notebook is run once, with
fewer draws than the stored pages have, and each change is tried in a forked process, first on the
cells that reach the changed line. Numbers in functions that draw are left alone, which are sizes
and places, and those that say which columns of a table are set as numbers.
"""

import argparse
import ast
import contextlib
import gc
import io
import os
import random
import re
import sys
import tempfile
import time
import traceback
import types
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis.folders import DATA_VARIABLE
from netanalysis.pages.key_figures import KEY_FIGURES
from netanalysis.publishing.sanitise import sanitise
from tests.pages.equivalent import EQUIVALENT
from tests.pages.making import ROOT, Pages, Subject
from tests.pages.reading import drawings, lines
from tests.pages.stored import index_of, subjects

PACKAGE = ROOT / "netanalysis"
MODULES = [
    *sorted((PACKAGE / "pages").rglob("*.py")),
    *sorted((PACKAGE / "scoring").glob("*.py")),
    PACKAGE / "evaluation.py",
    PACKAGE / "what_if.py",
]
SWAPS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
         ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}  # fmt: skip
TOGETHER = ("coalitions", "acceptability", "sorting", "overlap")  # their naive twins
DRAWS = {"axes", "canvas", "drawing"}
DRAWN = 500  # draws, where a notebook takes a number of them
SECONDS = 120  # of processor time that a change may take before it counts as killed: it loops


@dataclass(frozen=True)
class Change:
    """One change of a module's source: what stands at a node, and what is put there."""

    module: str
    line: int
    node: int  # its place in ast.walk
    part: int  # of a comparison: which of its operators
    before: str
    after: object
    source: str  # the line
    span: range  # the lines of its statement
    at_import: bool  # whether it stands outside functions

    def __str__(self) -> str:
        after = self.after.__name__ if isinstance(self.after, type) else repr(self.after)
        return f"{self.module}:{self.line}: {self.before} -> {after}: {self.source}"


@dataclass
class Run:
    """A notebook that has been run: its cells, what each showed, which lines each reached."""

    name: str
    subject: Subject
    cells: list[str]
    shown: list[str] = field(default_factory=list)
    reached: list[set[tuple[str, int]]] = field(default_factory=list)
    names: dict = field(default_factory=dict)
    steady: list[bool] = field(default_factory=list)  # whether a cell run again shows the same


# ---- what can be changed


def changes(path: Path, text: str, tables: list[set[str]], draw: random.Random) -> Iterator[Change]:
    """Every change of a module."""
    tree, source = ast.parse(text), text.splitlines()
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    drawn = {
        id(inner)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and DRAWS & set(_names(function))
        for inner in ast.walk(function)
    }
    drawn |= {
        id(inner)
        for keyword in ast.walk(tree)
        if isinstance(keyword, ast.keyword) and keyword.arg == "numeric"
        for inner in ast.walk(keyword)
    }
    beside, spans, late = _beside(tree), _spans(tree), _in_functions(tree)
    for number, node in enumerate(ast.walk(tree)):
        at = getattr(node, "lineno", 0)

        def change(before, after, part=0, number=number, at=at, node=node):
            where = spans.get(id(node), range(at, at + 1)), id(node) not in late
            return Change(module, at, number, part, before, after, source[at - 1].strip(), *where)

        if isinstance(node, ast.Compare):
            for part, operator in enumerate(node.ops):
                if type(operator) in SWAPS:
                    yield change(type(operator).__name__, SWAPS[type(operator)], part)
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            if id(node) not in drawn:
                yield change(repr(node.value), node.value + draw.choice([-1, 1]))
        elif isinstance(node, ast.Constant) and id(node) in beside:
            own = {node.value, *beside[id(node)]}
            found = [table for table in tables if own <= table]
            found = found or [table for table in tables if node.value in table]
            if others := sorted(set().union(*found) - {node.value}):
                yield change(repr(node.value), draw.choice(others))


def _names(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        yield getattr(node, "arg", None) or getattr(node, "id", None) or ""


def _spans(tree: ast.AST) -> dict[int, range]:
    """Of each node the lines of its statement; of one with a body those of its head."""
    found = {}
    for statement in ast.walk(tree):  # outer statements come first
        if isinstance(statement, ast.stmt):
            body = getattr(statement, "body", None)
            end = max(statement.lineno + 1, body[0].lineno) if body else statement.end_lineno + 1
            for inner in ast.walk(statement):
                found[id(inner)] = range(statement.lineno, end)
    return found


def _in_functions(tree: ast.AST) -> set[int]:
    """The nodes that run when a function is called."""
    functions = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.Lambda))]
    bodies = [one.body if isinstance(one.body, list) else [one.body] for one in functions]
    return {id(inner) for body in bodies for part in body for inner in ast.walk(part)}


def _beside(tree: ast.AST) -> dict[int, set[str]]:
    """Of each string in a subscript, the others in subscripts of the same thing."""
    strings, by_base = [], defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            base = ast.unparse(node.value).removesuffix(".loc")
            for inner in ast.walk(node.slice):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    strings.append((inner, base))
                    by_base[base].add(inner.value)
    return {id(inner): by_base[base] for inner, base in strings}


def changed(change: Change, text: str) -> ast.Module:
    """The module's tree with the change."""
    tree = ast.parse(text)
    node = list(ast.walk(tree))[change.node]
    if isinstance(node, ast.Compare):
        node.ops[change.part] = change.after()
    else:
        node.value = change.after
    return ast.fix_missing_locations(tree)


def apply(change: Change, text: str) -> None:
    """Put the change into the loaded module: whoever holds one of its functions has it too."""
    module = sys.modules[change.module]
    fresh = types.ModuleType(change.module)
    fresh.__dict__.update(__file__=module.__file__, __package__=module.__package__)
    tree = changed(change, text)
    exec(compile(tree, module.__file__, "exec"), fresh.__dict__)
    for name, new in vars(fresh).items():
        old = vars(module).get(name)
        elsewhere = isinstance(new, (type, types.FunctionType)) and new.__module__ != change.module
        if name.startswith("__") or elsewhere:
            continue
        if isinstance(new, type):
            for own, value in vars(new).items():
                _swap(vars(old).get(own), value, module.__file__)
        elif not _swap(old, new, module.__file__) and _differ(old, new):
            for other in list(sys.modules.values()):
                ours = getattr(other, "__name__", "").startswith(("netanalysis", "tests"))
                if ours and vars(other).get(name) is old:
                    setattr(other, name, new)


def _differ(old: object, new: object) -> bool:
    try:
        return bool(old != new)
    except ValueError:  # of arrays
        return True


def _swap(old: object, new: object, file: str) -> bool:
    """Give a function the code of another; True where it is one."""
    for inner in ("__wrapped__", "fget", "func", "__func__"):
        if hasattr(new, inner) and hasattr(old, inner):
            if hasattr(old, "cache_clear"):
                old.cache_clear()
            return _swap(getattr(old, inner), getattr(new, inner), file)
    if not isinstance(new, types.FunctionType) or not isinstance(old, types.FunctionType):
        return False
    if new.__code__.co_filename == file:
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__
    return True


# ---- what pages say


def cells_of(subject: Subject) -> list[str]:
    """The code of a notebook with the parameters of a page, as papermill puts them in."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{subject.notebook}.ipynb", as_version=4)
    parameters = dict(subject.parameters)
    if subject.notebook in ("evaluation", "network", "comparison"):
        parameters["draws"] = DRAWN
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append(cell.source)
            if "parameters" in cell.metadata.get("tags", []):
                cells.append("\n".join(f"{k} = {v!r}" for k, v in parameters.items()))
    return cells


def shown(cell: str, names: dict) -> str:
    """The text of what a cell shows, and its drawings."""
    tree = ast.parse(cell)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if last is None:
        return ""
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    if hasattr(value, "_repr_mimebundle_"):
        figures = value._repr_mimebundle_().get(KEY_FIGURES, {})
        return index_of({"page": figures}, "notebook", names["language"])
    html = sanitise(value._repr_html_() if hasattr(value, "_repr_html_") else f"<p>{value!r}</p>")
    return "\n".join([*lines(BeautifulSoup(html, "html.parser")), *drawings(html)])


def run(name: str, subject: Subject, files: set[str], like: Run | None = None) -> Run:
    """Run a notebook and note what each cell shows, and which lines of the files it reaches.

    Of a page that reaches the same lines as another one, which is in another language, these are
    taken from there: to trace them takes most of the time.
    """
    done = Run(name, subject, cells_of(subject))
    for number, cell in enumerate(done.cells):
        reached = like.reached[number] if like else set()

        def local(frame, event, _, reached=reached):
            reached.add((frame.f_code.co_filename, frame.f_lineno))
            return local

        def called(frame, event, _, local=local):
            return local(frame, event, _) if frame.f_code.co_filename in files else None

        os.environ[DATA_VARIABLE] = str(subject.data)
        sys.settrace(None if like else called)
        try:
            done.shown.append(shown(cell, done.names))
        finally:
            sys.settrace(None)
        done.reached.append(reached)
    again = [_attempt(done, number) for number in range(len(done.cells))]
    done.steady = [one == other for one, other in zip(again, done.shown, strict=True)]
    return done


def _attempt(run: Run, number: int) -> str:
    os.environ[DATA_VARIABLE] = str(run.subject.data)
    return shown(run.cells[number], run.names)


def cells_tell(change: Change, runs: list[Run], file: str) -> str:
    """Which cell, run again with all there is, shows something else; "" for none."""
    for one in runs:
        for number, reached in enumerate(one.reached):
            if one.steady[number] and one.shown[number] and _reaches(reached, change, file):
                try:
                    same = _attempt(one, number) == one.shown[number]
                except Exception:
                    same = False
                if not same:
                    return f"{one.name}, cell {number}"
    return ""


def pages_tell(change: Change, runs: list[Run], file: str) -> str:
    """Which page, made from its beginning, says something else; "" for none.

    Cells that show something have been run again by `cells_tell`. What it cannot see is what they
    have at hand, and that comes from other cells or from outside the pages' own modules.
    """
    for one in runs[::2]:  # in one language
        within = [n for n, reached in enumerate(one.reached) if _reaches(reached, change, file)]
        if "pages" in change.module and "view" not in change.module:
            within = [number for number in within if not one.shown[number]]
        if within:
            names: dict = {}
            os.environ[DATA_VARIABLE] = str(one.subject.data)
            try:
                same = all(
                    shown(cell, names) == before
                    for cell, before in zip(one.cells, one.shown, strict=True)
                )
            except Exception:
                same = False
            if not same:
                return one.name
    return ""


def _reaches(reached: set[tuple[str, int]], change: Change, file: str) -> bool:
    if change.at_import:
        return any(name == file for name, _ in reached)
    return any((file, line) in reached for line in change.span)


def tests_tell(change: Change) -> str:
    """Whether a test of the module fails: its own examples, and files that name it."""
    name = change.module.rpartition(".")[2]
    word = re.compile(rf"\b{name}\b")
    files = [
        str(path)
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if path.parent.name in ("scoring", "parts") or path.name == "test_evaluation.py"
        if word.search("\n".join(re.findall(r"^(?:from|import) .*", path.read_text("utf-8"), re.M)))
        or path.stem == f"test_{name}"
    ]
    if ".scoring." in change.module:  # of which one module rests on another
        files += [str(ROOT / "tests" / "scoring" / f"test_{one}.py") for one in TOGETHER]
    module = str(Path(sys.modules[change.module].__file__))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-n", "0"]
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = pytest.main([*options, module, *files])
    failed = re.search(r"^FAILED (\S+)", told.getvalue(), re.MULTILINE)
    return failed.group(1) if failed else "" if code in (0, 5) else f"pytest ends with {code}"


# ---- each in a process


def tried(change: Change, runs: list[Run], file: str, text: str) -> str:
    """What kills a change, found in a process of its own; "" where it survives."""
    import resource  # which only systems that fork have

    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            apply(change, text)
            told = (
                cells_tell(change, runs, file)
                or pages_tell(change, runs, file)
                or tests_tell(change)
            )
        except BaseException:
            told = "it cannot be loaded: " + traceback.format_exc().splitlines()[-1]
        os.write(write, told.encode()[:2000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read().decode()
    _, status = os.waitpid(pid, 0)
    return told if status == 0 else f"it takes longer than {SECONDS} s, or ends the process"


def say(line: str) -> None:
    """Tell of it at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Try a sample of the changes and tell of those that nothing notices."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("modules", nargs="*")
    options = asked.parse_args()
    modules = [path for path in MODULES if path.stem in options.modules or not options.modules]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # where a notebook may write
        try_out(modules, Path(folder), options.count, options.seed)
        os.chdir(ROOT)


def try_out(modules: list[Path], folder: Path, count: int, seed: int) -> None:
    """Try a sample of the changes of these modules."""
    texts = {str(path): path.read_text("utf-8") for path in modules}  # whatever is written later
    start = time.monotonic()
    known = subjects(Pages(folder))
    runs: list[Run] = []
    for number, (name, subject) in enumerate(known.items()):  # a page in each language by turns
        runs.append(run(name, subject, set(texts), runs[-1] if number % 2 else None))
    unsteady = [(one.name, n) for one in runs for n, same in enumerate(one.steady) if not same]
    say(f"{len(runs)} pages in {time.monotonic() - start:.0f} s; not steady: {unsteady}")
    draw = random.Random(seed)
    frames = [one for one in gc.get_objects() if isinstance(one, pd.DataFrame)]
    tables = {frozenset(map(str, (*one.columns, *one.index.names))) for one in frames}
    tables = sorted(map(set, tables), key=sorted)
    del frames
    gc.freeze()
    every = [one for path in modules for one in changes(path, texts[str(path)], tables, draw)]
    sample = draw.sample(every, min(count, len(every)))
    say(f"{len(every)} changes in {len(modules)} modules; {len(sample)} tried, seed {seed}")
    killers, survivors, equal = Counter(), [], []
    for number, change in enumerate(sample):
        if (change.source, str(change).split(": ")[1]) in EQUIVALENT:
            equal.append(change)
            continue
        file = sys.modules[change.module].__file__
        told = tried(change, runs, file, texts[file])
        if not told:
            survivors.append(change)
            say(f"survived, {time.monotonic() - start:.0f} s: {change}")
        kind = "tests" if "::" in told or "pytest" in told else "pages" if told else "nothing"
        killers[kind] += 1
        if number % 25 == 24:
            say(f"... {number + 1} in {time.monotonic() - start:.0f} s")
    number = sum(killers.values())
    dead = number - len(survivors)
    say(f"{dead} of {number} killed ({dead / number:.1%}): {dict(killers)}; equal: {len(equal)}")
    for change in equal:
        say(f"equal: {change}: {EQUIVALENT[change.source, str(change).split(': ')[1]]}")


if __name__ == "__main__":
    main()
