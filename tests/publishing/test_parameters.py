import nbformat
import pytest

from netanalysis import DataError
from netanalysis.publishing.parameters import Asked
from tests.conftest import ROOT


@pytest.fixture
def notebook(tmp_path):
    lines = [
        'name: str = "x"  # one of x, y',
        "draws: int = 1000  # number of draws, from 100 to 5000",
        "share: float = 0.5  # share of the weight",
        "quick: bool = False  # leave out the slow part",
    ]
    cell = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": ["parameters"]})
    book = nbformat.v4.new_notebook(
        cells=[cell],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.write(book, tmp_path / "some.ipynb")
    return tmp_path / "some.ipynb"


def test_values_get_their_declared_types(notebook):
    given = {"name": "y", "draws": "200", "share": "0.25", "quick": "True"}
    assert Asked(notebook).checked(given) == {
        "name": "y",
        "draws": 200,
        "share": 0.25,
        "quick": True,
    }


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("draws", "notanint", "is not int"),
        ("draws", "1.5", "is not int"),
        ("draws", "99", "is not int 100–5000"),
        ("share", "half", "is not float"),
        ("share", "nan", "is not float"),
        ("quick", "perhaps", "is not bool"),
        ("name", "z", "is not x, y"),
    ],
)
def test_what_is_not_of_its_type_is_refused(notebook, name, value, wanted):
    with pytest.raises(DataError, match=wanted) as caught:
        Asked(notebook).checked({name: value})
    assert "draws: int = 1000  (number of draws, from 100 to 5000)" in str(caught.value)


def test_every_wrong_parameter_is_named_at_once(notebook):
    with pytest.raises(DataError, match="colour") as caught:
        Asked(notebook).checked({"colour": "red", "draws": "many"})
    assert len(caught.value.problems) == 2


def test_all_networks_of_another_case_are_known():
    asked = Asked(ROOT / "notebooks" / "network.ipynb")
    found = asked.every("network", {"case": "exempelstad-2025"})
    assert len(found) == 80
    assert "eurocities" not in found  # the notebook's own value
