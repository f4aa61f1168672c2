"""Statements are told apart by what they say, then by their number."""

import pandas as pd
import pytest

from netanalysis.scoring.changed_evidence import changed_ratings, changed_statements

ROW = {
    "statement": "a1", "coder": "A", "network": "c40", "criterion": "fit", "low": 1.0,
    "high": 2.0, "state": None, "source_id": "s", "locator": "p. 1", "told_by": None,
    "text_en": "Said.",
}  # fmt: skip
NEXT = {"statement": "a2", "text_en": "Said next."}


def table(*rows):
    return pd.DataFrame([ROW | row for row in rows]).astype({"low": float, "high": float})


@pytest.mark.parametrize(
    ("after", "change"),
    [
        ([{}, NEXT], []),
        ([NEXT, {}], []),
        ([{"statement": "b7"}, NEXT], []),  # numbered anew
        ([{}], [("removed", 1, None)]),
        ([{}, NEXT, {"statement": "a3"}], [("added", None, 2)]),  # said twice now
        ([{"text_en": "Said otherwise."}, NEXT], [("reworded", 0, 0)]),
        ([{"high": 3.0}, NEXT], [("rated", 0, 0)]),
        ([{"high": 3.0, "statement": "b7"}, NEXT], [("rated", 0, 0)]),
        ([{"low": None, "high": None, "state": "silence"}, NEXT], [("rated", 0, 0)]),
        ([{"locator": "p. 2"}, NEXT], [("moved", 0, 0)]),
        ([{"coder": "B"}, NEXT], [("moved", 0, 0)]),
        ([{"criterion": "cost"}, NEXT], [("removed", 0, None), ("added", None, 0)]),
        ([{"text_en": "Other.", "statement": "b7"}, NEXT],
         [("removed", 0, None), ("added", None, 0)]),
    ],
)  # fmt: skip
def test_a_statement_is_what_it_says_and_else_its_number(after, change):
    found = changed_statements(table({}, NEXT), table(*after), "text_en")
    rows = found[["change", "before", "after"]].astype(object)
    assert [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()] == change
    assert (found["network"] == "c40").all()
    cells = [before if new is None else after[new] for _, before, new in change]
    wanted = [cell["criterion"] if isinstance(cell, dict) and "criterion" in cell else "fit"
              for cell in cells]  # fmt: skip
    assert found["criterion"].to_list() == wanted


def test_only_ratings_of_both_that_differ_are_listed():
    cells = pd.MultiIndex.from_product([["c40", "uclg"], ["fit", "cost"]])
    missing = float("nan")
    then = pd.DataFrame({"low": [1, 0, 0, missing], "high": [2, 4, 4, missing], "state": ""}, cells)
    then.loc[("uclg", "cost"), "state"] = "not_applicable"
    now = then.copy()
    now.loc[("c40", "cost"), "state"] = "silence"
    assert list(changed_ratings(then, now).index) == [("c40", "cost")]
    assert changed_ratings(then, then).empty
    assert changed_ratings(then.drop(index=("c40", "cost")), now).empty
