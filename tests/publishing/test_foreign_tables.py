"""Tables of pandas as anybody can read them."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis.language.words import speak
from netanalysis.publishing.foreign_tables import complete_tables

FRAME = pd.DataFrame({"share": [0.5, None], "level": ["lead", "NaN"]}, ["uclg", "c40"])


def completed(*html, language="en"):
    body = BeautifulSoup("".join(html), "html.parser")
    complete_tables(body, speak(language))
    return body


def heads(table):
    return [[cell.get_text() for cell in row.find_all(["th", "td"])]
            for row in table.thead.find_all("tr")]  # fmt: skip


def test_a_table_is_named_by_the_heading_above_it():
    body = completed(FRAME.to_html(), "<h2>Look</h2>", FRAME.to_html(), language="sv")
    captions = [caption.get_text() for caption in body.find_all("caption")]
    assert captions == ["Tabell 1", "Look, tabell 2"]


def test_a_caption_of_its_own_stays():
    own = "<table><caption>Ours</caption><tr><td>NaN</td></tr></table>"
    body = completed("<h2>Look</h2>", own)
    assert body.caption.get_text() == "Ours"
    assert body.td.get_text() == "NaN"  # as a page of ours means it


def test_what_is_missing_is_called_so():
    body = completed(FRAME.assign(date=pd.NaT).to_html())
    cells = [cell.get_text() for cell in body.find_all("td")]
    assert cells[1:] == ["0.5", "lead", "missing", "missing", "missing", "missing"]


@pytest.mark.parametrize(
    ("frame", "first"),
    [
        (FRAME.rename_axis("network"), [["network", "share", "level"]]),
        (FRAME.rename_axis(columns="figure"), [["figure", "share", "level"]]),
        (FRAME.rename_axis("network").rename_axis(columns="figure"),
         [["network / figure", "share", "level"]]),
        (FRAME, [["", "share", "level"]]),
    ],
)  # fmt: skip
def test_the_heads_are_one_row(frame, first):
    table = completed(frame.to_html()).table
    assert heads(table) == first
    assert all(head.get("scope") for head in table.find_all("th"))
    assert all(head.get_text() for head in table.find_all("th"))


def test_columns_of_several_levels_keep_theirs():
    frame = pd.concat({"before": FRAME, "now": FRAME}, axis=1)
    assert len(heads(completed(frame.to_html()).table)) == 2
