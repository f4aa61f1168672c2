"""What is thin in a case, against what stands in a small one."""

import pytest

from netanalysis.gaps import GAPS, gaps
from netanalysis.loaders.case.case import case_from
from netanalysis.scoring import triage
from tests.exchange.workbooks.damage import small_case


@pytest.fixture
def found():
    """The gaps of the small case, after a change of its tables."""

    def run(change=lambda tables: None):
        tables = small_case()
        change(tables)
        for table, rows in tables.items():
            for number, row in enumerate(rows):
                if table not in ("case", "sources"):
                    row.setdefault("source_id", "bylaws")
                    row.setdefault("locator", f"§ {number}")
        return gaps(case_from(tables))

    return run


def of(found, code):
    return [(gap.subject, gap.detail) for gap in found if gap.code == code]


def test_what_is_thin_in_the_small_case(found):
    thin = found()
    assert of(thin, "no_evidence") == [("eurocities", "")]
    rated = {"influence", "monitoring"}
    assert len(of(thin, "no_rating")) == 7
    assert not rated & {subject for subject, _ in of(thin, "no_rating")}
    assert of(thin, "cost_unknown") == [("eurocities", ""), ("ubc", "")]  # days, no amount
    assert of(thin, "no_owner") == [("eurocities", ""), ("c40", "")]
    assert of(thin, "not_asked") == [("eurocities", ""), ("ubc", "")]
    assert of(thin, "ends") == [("ubc", "2025-12-31"), ("c40", "2026-06-30")]
    assert of(thin, "ahead") == [("arsmote", "2026-05-20")]
    assert of(thin, "twice") == []
    assert [gap.code for gap in thin] == sorted((gap.code for gap in thin), key=GAPS.index)
    first = next(gap for gap in thin if gap.subject == "c40" and gap.code == "ends")
    assert (first.table, first.row, first.column) == ("memberships", 3, "until")


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        ("2025-10-31", False),
        ("2025-11-01", True),
        ("2025-11-02", True),
        ("2025-11", True),
        ("2026-11-01", True),
        ("2026-11-02", False),
        ("2026", True),
        ("2027", False),
    ],
)
def test_a_year_is_counted_from_the_evaluation_s_date(found, until, ends):
    def change(tables):
        tables["memberships"][1]["until"] = until

    assert (("c40", until) in of(found(change), "ends")) is ends


def test_what_has_ended_or_is_held_by_another_is_not_asked_for(found):
    def change(tables):
        tables["memberships"][0]["until"] = "2020"
        tables["memberships"][1] |= {"standing": "represented", "represented_by": "SKR"}

    thin = found(change)
    for code in (*triage.NOT_KNOWN, "not_asked"):
        assert not {"eurocities", "c40"} & {subject for subject, _ in of(thin, code)}


def test_a_row_that_stands_twice_is_told_whatever_its_source(found):
    def change(tables):
        again = tables["costs"][1] | {"source_id": "bylaws", "locator": "§ 9"}
        tables["costs"].append(again)

    assert of(found(change), "twice") == [("ubc", "3")]


def test_an_answer_is_evidence(found):
    def change(tables):
        tables["answers"] = [
            {"department": "miljo", "network": "c40", "criterion": "governance", "version": "1",
             "answer": "rating", "low": "2", "high": "3"},
            {"department": "miljo", "network": "c40", "criterion": "strategic_fit",
             "version": "1", "answer": "dont_know"},
        ]  # fmt: skip

    missing = {subject for subject, _ in of(found(change), "no_rating")}
    assert "governance" not in missing
    assert "strategic_fit" in missing
