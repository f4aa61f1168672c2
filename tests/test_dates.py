import pytest

from netanalysis.dates import first_day, is_date, last_day, may_meet


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", "2012-01-01", "2012-12-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2011-11-23", "2011-11-23", "2011-11-23"),
    ],
)
def test_a_date_is_the_days_it_can_mean(text, first, last):
    assert (first_day(text).isoformat(), last_day(text).isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["2011-13-01", "2011-02-30", "11", "2011-1-1", "2011-00", "", "2011 ", "0000"]
)
def test_what_is_no_day_is_refused(text):
    assert not is_date(text)
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        last_day(text)


def test_dates_meet_when_some_day_is_in_both():
    assert may_meet("2011", "2011-11")
    assert not may_meet("2010", "2011-11-23")
