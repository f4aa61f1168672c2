"""A source is quoted only where its terms of use are stated; a page shows the quotation."""

import pytest
from bs4 import BeautifulSoup

from netanalysis import DataError, evaluate
from netanalysis.loaders.case.case import case_from, case_rows
from netanalysis.pages.evaluation.network_statements import every_statement
from netanalysis.pages.view import View

SAID = "Det är <b>mycket</b> viktigt"


def quoting(licence):
    rows = case_rows("stockholm-2011")
    rows["sources"][0]["licence"] = licence
    rows["statements"][0]["quotation"] = SAID
    return rows


def test_a_source_without_terms_is_not_quoted():
    with pytest.raises(DataError, match="its terms of use are not stated") as caught:
        case_from(quoting(""))
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (2, "quotation")


@pytest.mark.parametrize(("language", "marked"), [("sv", None), ("en", "sv")])
def test_a_quotation_stands_beside_the_words_of_the_coder(language, marked):
    case = case_from(quoting("CC BY 4.0"))
    network = case.statements["network"].iloc[0]
    shown = str(every_statement(evaluate(case, draws=100), network, {}, View(case, language)))
    quotation = BeautifulSoup(shown, "html.parser").find("q")
    assert quotation.get_text() == SAID
    found = quotation.find("span")
    assert (found["lang"] if found else None) == marked
