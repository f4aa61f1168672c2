"""Imports run downwards: errors, loaders and scoring, evaluation, pages, publishing, command."""

import ast

import pytest

from tests.conftest import ROOT

FLOORS = {
    "control_characters": 0,
    "errors": 0,
    "language": 0,
    "dates": 0,
    "csv_reading": 0,
    "file_content": 0,
    "files": 0,
    "folders": 0,
    "tabular": 0,
    "loaders": 1,
    "scoring": 1,
    "what_if": 2,
    "evaluation": 2,
    "gaps": 2,
    "screening": 2,
    "pages": 3,
    "exchange": 4,
    "publishing": 4,
    "commands": 5,
    "cli": 6,
    "__main__": 7,
}
PACKAGE = ROOT / "netanalysis"
MODULES = [path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py"]


def room(module):
    return module.split(".")[1]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("netanalysis."):
            yield node.module
        elif isinstance(node, ast.ImportFrom) and node.module == "netanalysis":
            yield from (f"netanalysis.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("netanalysis."))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_arrow_runs_up(path):
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for module in imports(path):
        there = room(module)
        assert FLOORS[there] <= FLOORS[here], f"{path} imports {module}"
        if {here, there} == {"loaders", "scoring"}:
            pytest.fail(f"{path} imports {module}: loading and scoring meet only above them")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_says_what_it_answers_and_what_it_offers(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    if path.name != "__init__.py":
        assigned = [target for n in tree.body if isinstance(n, ast.Assign) for target in n.targets]
        assigned += [n.target for n in tree.body if isinstance(n, ast.AnnAssign)]
        assert "__all__" in [getattr(target, "id", "") for target in assigned]
