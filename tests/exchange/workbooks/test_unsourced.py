"""Rows without a source come from the workbook; what another source says keeps its place."""

from netanalysis.exchange.workbook.unsourced import WORKBOOK, sourced, unsourced

PLACES = {("goals", 2, ""): "Mål!A5"}


def test_the_place_in_another_workbook_is_kept():
    answers = [{"source_id": "answer-culture-1", "locator": "Poäng!C4"}]
    assert unsourced({"answers": answers})["answers"] == answers


def test_who_names_a_source_tells_the_place_in_it():
    (row,) = sourced({"goals": [{"goal": "a", "source_id": "bylaws"}]}, PLACES, "x.xlsx")["goals"]
    assert (row["source_id"], row["locator"]) == ("bylaws", "")


def test_a_row_without_a_source_is_the_workbooks():
    (row,) = sourced({"goals": [{"goal": "a"}], "sources": []}, PLACES, "x.xlsx")["goals"]
    assert (row["source_id"], row["locator"]) == (WORKBOOK, "Mål!A5")
