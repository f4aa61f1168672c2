"""The rules for notebooks, and that each runs in the ways that people run it."""

import ast

import nbformat
import pytest

from netanalysis.language.words import LANGUAGES, speak
from netanalysis.publishing.batch.jobs import FAST, KERNEL
from netanalysis.publishing.notebooks import parameters_of
from netanalysis.publishing.prose import cells_in, passages, written_in
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LIBRARY = ("netanalysis",)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


def code(notebook):
    cells = nbformat.read(notebook, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_it_is_valid_and_stored_without_outputs(notebook):
    nbformat.validate(nbformat.read(notebook, as_version=4))
    for cell in code(notebook):
        assert not cell.outputs
        assert cell.execution_count is None


def test_cells_are_short_and_define_nothing(notebook):
    banned = (
        ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.ListComp, ast.DictComp
    )  # fmt: skip
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 12, cell.source
        assert not cell.source.lstrip().startswith(("%", "!")), cell.source
        found = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, banned)]
        assert not found, cell.source


def test_papermill_knows_every_parameter_with_type_and_help(notebook):
    tagged = [cell for cell in code(notebook) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    lines = tagged[0].source.splitlines()
    parameters = parameters_of(notebook)
    assert len(parameters) == len(lines)
    for parameter in parameters.values():
        assert parameter.type in ("str", "int", "float", "bool")
        assert parameter.help


def test_its_prose_is_in_one_language_which_it_names(notebook):
    book = nbformat.read(notebook, as_version=4)
    assert written_in(book) == "en"
    assert cells_in(book, "en") == cells_in(book, "sv") == book.cells  # none is tagged for one


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_its_prose_is_translated(notebook, language):
    book = nbformat.read(notebook, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "markdown":
            untranslated = [
                text for text, foreign in passages(cell, "en", speak(language)) if foreign
            ]
            assert not untranslated


@pytest.mark.parametrize("engine", [FAST, pytest.param(KERNEL, marks=pytest.mark.outside)])
def test_it_runs_as_it_stands_from_its_folder_and_from_the_root(notebook, engine, shared_pages):
    done = shared_pages.executed(notebook.stem, engine)
    streams = [
        output.text
        for cell in done.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    ]
    assert not streams  # neither prints nor warnings
