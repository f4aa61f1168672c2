"""What netanalysis refuses inside a notebook is told in the reader's language."""

import nbformat
import pytest

from netanalysis.folders import data_folder
from netanalysis.publishing.batch import report_process
from netanalysis.publishing.batch.jobs import FAILED, Job
from tests.conftest import notebook_of

pytestmark = pytest.mark.outside


@pytest.mark.parametrize(
    ("language", "told"), [("sv", "det finns ingen utvärdering"), ("en", "there is no case")]
)
def test_a_refusal_inside_a_notebook_is_told_in_the_readers_language(language, told, tmp_path):
    notebook = tmp_path / "n.ipynb"
    source = "from netanalysis import load_case\nload_case('nowhere')"
    nbformat.write(notebook_of("n: int = 1", source), notebook)
    page = str(tmp_path / "x.html")
    job = Job("n", str(notebook), {}, page, str(data_folder()), language=language)
    (tmp_path / "made").mkdir()
    outcome = report_process._make(job, tmp_path / "made")
    assert (outcome.state, outcome.cell, outcome.line) == (FAILED, 2, 2)
    assert told in outcome.error
    assert "DataError" not in outcome.error
