import pandas as pd
import pytest

from netanalysis.exchange.workbook.defaults import TABLES, default_rows
from netanalysis.loaders.case.columns import case_tables

BOTH = ["sv", "en"]


def test_the_tables_have_the_columns_of_a_case():
    for table in TABLES[1:]:
        columns = [field["name"] for field in case_tables()[table]["fields"]]
        for row in default_rows(table, BOTH):
            assert list(row) == columns
    assert set(default_rows("case", BOTH)[0]) < {f["name"] for f in case_tables()["case"]["fields"]}


def test_a_text_is_there_in_both_languages_or_in_none():
    for table in TABLES:
        for row in default_rows(table, BOTH):
            for column in row:
                if column.endswith("_sv"):
                    assert bool(row[column]) == bool(row[f"{column[:-3]}_en"]), (table, column)


@pytest.mark.parametrize("table", TABLES)
def test_they_fit_any_city(table):
    for row in default_rows(table, BOTH):
        assert row.get("goal", "") == ""
        for text in row.values():
            for named in ("stockholm", "eurocities", "metropolis", "uclg", "strateg", "rapport"):
                known = ("Strategisk samstämmighet", "Strategic fit", "strategic_fit")
                assert named not in text.casefold() or text in known, text


def test_every_criterion_has_a_demand_at_every_level_that_asks_for_something():
    demands = pd.DataFrame(default_rows("demands", BOTH))
    criteria = [row["criterion"] for row in default_rows("criteria", BOTH)]
    for level in ("follow", "participate", "lead"):
        assert demands.loc[demands["level"] == level, "criterion"].to_list() == criteria


def test_texts_in_another_language_are_left_empty():
    for row in default_rows("criteria", ["sv"]):
        assert all(not text for column, text in row.items() if column.endswith("_en"))
        assert all(text for column, text in row.items() if column.endswith("_sv"))


def test_the_sections_of_the_report_have_a_criterion_each():
    sections = [row["section"] for row in default_rows("criteria", BOTH) if row["section"]]
    assert sections == ["dependence", "effort"]
