"""Costs are shown in one currency where the case states the rates, and says which."""

import re

import pandas as pd
import pytest

from netanalysis import DataError, load_case, triage
from netanalysis.loaders.case.case import case_from, case_rows
from netanalysis.pages import costs
from netanalysis.pages.view import View
from netanalysis.scoring.costs import converted, yearly_costs
from tests.conftest import ROOT

RATE = {"into": "SEK", "rate": "11.4", "date": "2024", "source_id": "register-2025", "locator": "x"}


def with_rates(*rates):
    rows = case_rows(ROOT / "data" / "exempelstad-2025")
    rows["rates"] = [RATE | rate for rate in rates]
    return case_from(rows)


def text(shown):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(shown)))


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([{"currency": "EUR"}, {"currency": "USD", "into": "NOK"}], "into NOK, another into SEK"),
        ([{"currency": "SEK"}], "leads from SEK into itself"),
        ([{"currency": "EUR"}, {"currency": "EUR"}], "(?i)key|twice|same"),
        ([{"currency": "EUR", "rate": "0"}], "rate"),
        ([{"currency": "EUR", "date": ""}], "date"),
    ],
)  # fmt: skip
def test_rates_that_do_not_fit_are_told(rates, said):
    with pytest.raises(DataError, match=said) as caught:
        with_rates(*rates)
    assert {problem.row for problem in caught.value.problems} <= {2, 3}


def test_amounts_are_converted_and_days_and_other_currencies_are_not():
    table = pd.DataFrame(
        {"amount": [100.0, 7.0, None, 5.0], "currency": ["EUR", "SEK", None, "USD"]}
    )
    rates = pd.DataFrame({"currency": ["EUR"], "into": ["SEK"], "rate": [11.484]})
    found = converted(table, rates)
    assert found["amount"].fillna(-1).to_list() == [1148, 7, -1, 5]
    assert found["currency"].fillna("").to_list() == ["SEK", "SEK", "", "USD"]
    assert table["amount"].iloc[0] == 100


def test_the_sum_is_that_of_both_currencies():
    apart, together = with_rates(), with_rates({"currency": "EUR"})
    sums = [
        yearly_costs(View(case, "en").costs, until=2025).groupby("currency")["low"].sum()
        for case in (apart, together)
    ]
    assert set(sums[0].index) == {"EUR", "SEK"}
    assert sums[1].to_dict() == {"SEK": sums[0]["SEK"] + 11.4 * sums[0]["EUR"]}


def test_the_page_says_by_which_rate_and_where_it_stands():
    case = load_case("exempelstad-2025")
    networks = list(case.networks["network"])
    shown = text(costs.by_network(View(case, "en"), networks))
    assert "Amounts in EUR are converted at 11.4 SEK (2024; " in shown
    assert "kurs för år 2024" in shown
    assert "other currencies" not in shown
    apart = text(costs.by_network(View(with_rates(), "en"), networks))
    assert "converted" not in apart
    assert "The case states no exchange rate for other currencies" in apart
    other = with_rates({"currency": "USD"})  # which no cost is in
    assert "converted" not in text(costs.by_network(View(other, "en"), networks))


def test_the_largest_costs_are_the_largest_in_one_currency():
    apart, together = (
        triage(with_rates(), share=0.5),
        triage(with_rates({"currency": "EUR"}), share=0.5),
    )
    dear = [
        found["reasons"].map(lambda why: "cost_large" in why).sum() for found in (apart, together)
    ]
    assert dear[0] > dear[1] > 0  # in each currency half of the sum, and then half of one sum
