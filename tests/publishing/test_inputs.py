"""A page is out of date when anything that it is made from has changed."""

import nbformat
import pytest

from netanalysis.folders import DATA_VARIABLE
from netanalysis.publishing.batch.inputs import Inputs
from tests.conftest import notebook_of


@pytest.mark.parametrize("module", ["helper.py", "own/__init__.py", "own/parts/sums.py"])
def test_what_a_notebook_imports_from_its_folder_counts_as_part_of_it(
    tmp_path, monkeypatch, module
):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    notebook = tmp_path / "notebooks" / "sums.ipynb"
    for name in ("helper.py", "own/__init__.py", "own/parts/sums.py", "out/page.py"):
        (notebook.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (notebook.parent / name).write_text("rate = 1")
    nbformat.write(notebook_of("import helper"), notebook)
    before = Inputs(notebook)
    first = before.sha256({})
    (notebook.parent / "out" / "page.py").write_text("rate = 2")  # no package
    assert Inputs(notebook).sha256({}) == first
    assert not before.changed({})
    (notebook.parent / module).write_text("rate = 2")
    assert Inputs(notebook).sha256({}) != first
    assert before.changed({})
