"""Text that a spreadsheet would run: written so that it does not, and read as it was."""

import csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from netanalysis.tabular import csv_text, guarded, unguarded

TEXT = st.text(st.sampled_from("'=+-@\t\rab1,;\"\n ")) | st.text()


@given(TEXT)
def test_nothing_is_lost_and_nothing_runs(text):
    written = guarded(text)
    assert unguarded(written) == text
    assert written[:1] not in ("=", "@", "\t", "\r")


@given(st.lists(TEXT, min_size=2))
def test_a_row_comes_back_from_a_csv_reader(cells):
    (row,) = csv.reader(io.StringIO(csv_text([cells]), newline=""))
    plain = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    assert [unguarded(cell) for cell in row] == plain


def test_numbers_and_what_is_missing():
    row = [-3.5, "-1", "+46", "-1-", None, float("nan"), pd.NA, "-"]
    assert csv_text([row]) == "-3.5,-1,+46,'-1-,,,,'-\n"
