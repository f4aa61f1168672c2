"""``netanalysis report --compare-with``: what is refused, and the page that is made."""

import pytest

from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.notebooks import find_notebook
from netanalysis.publishing.parameters import Asked
from tests.conftest import ROOT, command
from tests.loaders.test_case import put
from tests.pages.parts.test_causes import next_year
from tests.test_cli import refused

COMPARISON = ROOT / "notebooks" / "comparison.ipynb"


@pytest.fixture
def later(copied):
    return next_year(copied)


def compared(later, out, *arguments):
    return command(
        "report", "stockholm-2012", "--compare-with", *arguments,
        "--data", later.parent, "--out", out,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("stockholm-1999",), ('no case "stockholm-1999"', "stockholm-2011")),
        (("stockholm-2012",), ("compared with itself", "stockholm-2011")),
        (("../stockholm-2011",), ("is not the name of a case",)),
        (("stockholm-2011", "-p", "other", "x"), ("parameter other is given twice",)),
        (("stockholm-2011", "-p", "draws", "many"), ("draws", "is not int")),
        (("stockholm-2011", "--notebook", "network"), ('no parameter "other"',)),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path, later, arguments, told):
    out = tmp_path / "out"
    refused(compared(later, out, *arguments), out, *told)


def test_faults_of_both_cases_are_told_at_once(tmp_path, later, copied):
    put(later, "seats", 4, "end", "2011-13-01")
    put(copied, "statements", 4, "low", "7")
    out = tmp_path / "out"
    done = compared(later, out, "stockholm-2011")
    refused(done, out, "stockholm-2012/seats.csv, row 4", "stockholm-2011/statements.csv, row 4")
    assert "2 problems" in done.stderr


def test_cases_in_the_wrong_order_are_refused(tmp_path, later):
    out = tmp_path / "out"
    done = command(
        "report", "stockholm-2011", "--compare-with", "stockholm-2012", "--data", later.parent,
        "--out", out, "--language", "sv",
    )  # fmt: skip
    refused(done, out, "stockholm-2012 avser 2012-11", "jämför i stället stockholm-2012 med")


@pytest.mark.outside
def test_pages_are_made_in_the_languages_that_both_are_written_in(tmp_path, later, copied):
    put(copied, "case", 2, "languages", "en")
    out = tmp_path / "out"
    refused(compared(later, out, "stockholm-2011", "--language", "sv"), out, "stockholm-2011")
    done = compared(later, out, "stockholm-2011", "-p", "draws", "300")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in out.iterdir()] == [
        "stockholm-2012.comparison.other-stockholm-2011.draws-300.en.html"
    ]
    page = next(out.iterdir()).read_text("utf-8")
    assert "What the calculation points at has changed for 1 of 3 networks: Metropolis" in page
    assert "<script" not in page


def test_the_other_case_counts_for_what_is_out_of_date(later, monkeypatch):
    monkeypatch.setenv("NETANALYSIS_DATA", str(later.parent))
    given = {"case": "stockholm-2012", "other": "stockholm-2011", "language": "en"}
    alone = {"case": "stockholm-2012", "language": "en"}

    def hashes():
        defaults = Asked(COMPARISON).defaults
        evaluation = Inputs(find_notebook("evaluation"), {"case": "stockholm-2011"})
        return Inputs(COMPARISON, defaults).sha256(given), evaluation.sha256(alone)

    compared_before, alone_before = hashes()
    put(later.parent / "stockholm-2011", "networks", 2, "note_en", "Another note")
    compared_after, alone_after = hashes()
    assert compared_after != compared_before
    assert alone_after == alone_before


def test_a_batch_can_take_every_earlier_case(tmp_path, later):
    done = command(
        "batch", "comparison", "--for-each", "other=all", "-p", "case", "stockholm-2012",
        "--data", later.parent, "--out", tmp_path / "out", "--dry-run", LC_ALL="C",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "stockholm-2011.html" in done.stdout
