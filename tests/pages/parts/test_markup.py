"""Tables are made from columns, whatever their rows are."""

import dataclasses

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from netanalysis import load_case
from netanalysis.language.words import speak
from netanalysis.pages import evidence
from netanalysis.pages.html import LONG, Column, background, cells, table
from netanalysis.pages.view import View

ROWS = pd.DataFrame({"network": ["C40", "C40", "<UCLG>"], "fee": [1200, 80, 5]})
WORDS = speak("en")
COLUMNS = [
    Column("Network", lambda row: row.network),
    Column("Fee", lambda row: WORDS.number(row.fee), "number"),
]


def test_each_column_says_its_head_its_cell_and_its_alignment():
    assert table(WORDS, "Fees", COLUMNS, ROWS) == (
        "<table><caption>Fees</caption>\n"
        '<thead><tr><th scope="col">Network</th><th scope="col" class="num">Fee</th></tr></thead>\n'
        '<tbody><tr><th scope="rowgroup" rowspan="2">C40</th><td class="num">1,200</td></tr>\n'
        '<tr><td class="num">80</td></tr>\n</tbody>'
        '<tbody><tr><th scope="row">&lt;UCLG&gt;</th><td class="num">5</td></tr>\n</tbody></table>'
    )


def test_rows_are_whatever_the_columns_take():
    fees = {"C40": 1200, "UCLG": 5}
    columns = [Column("Network", str), Column("Fee", fees.get)]
    assert cells(columns, fees) == [("C40", 1200), ("UCLG", 5)]
    assert cells(COLUMNS, ROWS)[0] == ("C40", "1,200")


def test_a_passage_in_another_language_lends_its_mark_to_its_cell():
    columns = [
        Column("Place", str),
        Column("Text", lambda _: Markup('<span lang="sv">rubrik &amp; text</span>')),
    ]
    assert '<td lang="sv">rubrik &amp; text</td>' in table(WORDS, "Texts", columns, ["1"])


def test_a_table_without_rows_says_so():
    assert "nothing to show" in table(WORDS, "Fees", COLUMNS, ROWS[:0])


@pytest.mark.parametrize("many", [LONG, LONG + 1])
def test_a_long_table_to_look_something_up_in_is_folded(many):
    columns = [Column("Number", str), Column("Twice", lambda number: Markup(2 * number))]
    shown = background(WORDS, "Numbers", columns, map(str, range(many)))
    assert shown.count("<tr>") == many + 1
    assert ("<details>" in shown) == (many > LONG)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_issuer_that_is_not_known_is_written_so(language):
    case = load_case("stockholm-2011")
    bare = dataclasses.replace(case, sources=case.sources.assign(publisher=None))
    issued = BeautifulSoup(evidence.sources(View(bare, language)), "html.parser")("td")[0]
    assert issued.text == speak(language).unknown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("sv", "rad, stycke\u00a03"), ("en", '<span lang="sv">rad, stycke\u00a03</span>')],
)
def test_a_passage_is_marked_where_the_page_is_in_another_language(stockholm, language, shown):
    assert View(stockholm, language).quoted("rad ¶3") == shown
