import json

import nbformat
import pytest

from netanalysis import DataError
from netanalysis.publishing import run
from netanalysis.publishing.batch.plan import read_plan
from netanalysis.publishing.notebooks import parameters_of
from netanalysis.publishing.parameters import Asked
from tests.conftest import ROOT, notebook_of


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


@pytest.mark.parametrize(
    ("audience", "status"), [("working", "working"), ("public", "case"), ("published", "published")]
)
def test_the_audience_of_before_is_understood_as_a_status(tmp_path, audience, status):
    asked = Asked(ROOT / "notebooks" / "answers.ipynb")
    assert asked.checked({"audience": audience}) == {"status": status}
    assert asked.renamed == {"audience": f"status {status}"}
    (tmp_path / "plan.csv").write_text(f"audience,language\n{audience},sv\n", "utf-8")
    [report] = read_plan(tmp_path / "plan.csv", Asked(asked.notebook), {})
    assert report.parameters == {"status": status, "language": "sv"}


def test_an_audience_that_was_none_and_one_beside_a_status_are_refused(notebook):
    asked = Asked(ROOT / "notebooks" / "answers.ipynb")
    with pytest.raises(DataError, match='status: "secret" is not working, case, published'):
        asked.checked({"audience": "secret"})
    with pytest.raises(DataError, match='no parameter "audience"'):
        asked.checked({"audience": "public", "status": "case"})
    with pytest.raises(DataError, match='no parameter "audience"'):
        Asked(notebook).checked({"audience": "public"})


def test_all_networks_of_another_case_are_known():
    asked = Asked(ROOT / "notebooks" / "network.ipynb")
    found = asked.every("network", {"case": "exempelstad-2025"})
    assert len(found) == 80
    assert "eurocities" not in found  # the notebook's own value


@pytest.fixture
def asked(tmp_path):
    """What a notebook asks for whose one parameter is declared by a line."""

    def of(line):
        nbformat.write(notebook_of(line), tmp_path / "one.ipynb")
        return Asked(tmp_path / "one.ipynb")

    return of


@pytest.mark.parametrize(
    ("line", "text", "value"),
    [
        ("one = 3", "5", 5),
        ("one = True", "false", False),
        ("one = 0.5", "1", 1.0),
        ("one = 'x'", "5", "5"),
        ("one = [1, 2]", "[3, 'a']", [3, "a"]),
        ("one = {}", "{'a': 1}", {"a": 1}),
        ('one: "int" = 3', "5", 5),
        ("one = 3  # type: float", "5", 5.0),
        ("one: int | None = 3", "None", None),
        ("one: int | None = None", "5", 5),
        ("one: Optional[float] = None", "0.5", 0.5),
        ("one: str | int = 3", "5", 5),
        ("one: Union[int, str] = 3", "five", "five"),
        ('one: Literal["a", 2] = "a"', "2", 2),
        ("one: list[int] = []", "[1, 2]", [1, 2]),
        ("one: dict[str, list[float]] = {}", "{'a': [1, 0.5]}", {"a": [1, 0.5]}),
        ('one: date = "2025-01-01"', "2025-06-30", "2025-06-30"),
        ("one: datetime.date | None = None", "2025-06-30", "2025-06-30"),
    ],
)
def test_a_text_means_a_value_of_the_type_that_is_declared_or_of_the_default(
    asked, line, text, value
):
    found = asked(line).checked({"one": text})["one"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("line", "text", "wanted"),
    [
        ("one = 3", "five", "is not int"),
        ("one = 3", "True", "is not int"),
        ("one = 3", "1_000", "is not int"),
        ("one = 3", "\u0663", "is not int"),
        ("one = 3", "9" * 5000, "is not int"),
        ("one = 0.5", "1_0.5", "is not float"),
        ("one = 0.5", "\u0663.\u0665", "is not float"),
        ("one = 0.5", "1e999", "is not float"),
        ("one = True", "1", "is not bool"),
        ("one = [1]", "1, 2", "is not list"),
        ("one = {}", "{1: 2}", "is not dict"),
        ("one = []", "[{1, 2}]", "is not list"),
        ("one: list[int] = []", "[1.5]", r"is not list\[int\]"),
        ("one: list[float] = []", "[1e999]", r"is not list\[float\]"),
        ("one: int | None = 3", "five", r"is not int \| None"),
        ('one: Literal["a", 2] = "a"', "b", "is not a, 2"),
        ('one: date = "2025-01-01"', "2025-02-30", "is not date: 2025-06-30"),
        ("one = None", "5", "type None, of which no value"),
        ("one = {1, 2}", "{3}", "type set, of which no value"),
        ("one = date(2025, 1, 1)", "2025-06-30", "type None, of which no value"),
        ("one: date = date(2025, 1, 1)", "2025-06-30", "type date, of which no value"),
        ("one: date | None = date(2025, 1, 1)", "2025-06-30", r"type date \| None, of which"),
        ('one: date = "2025-01-01"', "2025-06", "is not date: 2025-06-30"),
        ('one: date = "2025-01-01"', "20250630", "is not date: 2025-06-30"),
        ("one = 3  # type: list[int", "[3]", r"type list\[int, of which no value"),
        ("one: Literal[Colour.RED] = None", "1", "type Literal.Colour.RED., of which no value"),
        ("one: list[date] = []", "['2025-06-30']", r"is not list\[date\]"),
        ("one: set[int] = None", "{3}", r"type set\[int\], of which no value"),
        ("one: np.ndarray = None", "[1]", r"type np.ndarray, of which no value"),
        ("one: complex = 1j", "1j", "type complex, of which no value"),
    ],
)
def test_what_cannot_be_told_is_refused(asked, line, text, wanted):
    with pytest.raises(DataError, match=wanted):
        asked(line).checked({"one": text})


def book(**parts):
    cells = [nbformat.v4.new_code_cell("n: int = 1", metadata={"tags": ["parameters"]})]
    return nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell("n", id="b")]) | parts


def with_cell(**parts):
    cells = [*book()["cells"][:1], nbformat.v4.new_code_cell("n", id="b") | parts]
    return book(cells=cells)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("no JSON", "row 1, sign 1 is no JSON"),
        ('{"nbformat": 4, "cells": [', "is no JSON"),
        (b"\xe5", "it is not in UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ([1], "does not say"),
        ({"nbformat": 3, "worksheets": []}, "does not say"),
        ({"nbformat": 4, "metadata": {}}, "it has no metadata, cells"),
        (book(metadata=None), "it has no metadata, cells"),
        (book(metadata={"kernelspec": {"name": "ir", "language": "R"}}), "in R, not in Python"),
        (book(metadata={"language_info": {"name": "julia"}}), "in julia, not in Python"),
        (with_cell(source=5), "cell 2: source"),
        (with_cell(metadata=None), "cell 2: metadata"),
        (with_cell(metadata={"tags": "x"}), "cell 2: metadata"),
        (with_cell(outputs=None), "cell 2: outputs"),
        (with_cell(cell_type="strange"), "cell 2: cell_type"),
        (with_cell(id="a b"), "cell 2: id"),
    ],
)
def test_what_is_no_notebook_in_python_is_refused_with_the_reason(content, fault, tmp_path):
    file = tmp_path / "own.ipynb"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DataError, match=f"own.ipynb is not a notebook that can be read: .*{fault}"):
        parameters_of(file)


@pytest.mark.outside
@pytest.mark.parametrize("about", [{}, {"kernelspec": {}}, {"kernelspec": {"name": "python3"}}])
def test_a_notebook_that_names_no_kernel_runs_in_python(about, tmp_path):
    file = tmp_path / "own.ipynb"
    file.write_text(json.dumps(book(metadata=about)), "utf-8")
    assert parameters_of(file)["n"].default == "1"
    done = run.execute(file, {"n": 5})
    assert done.cells[-1].outputs[0].data["text/plain"] == "5"
