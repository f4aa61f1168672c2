"""Every key figure has words in each language; a place in a notebook has, too."""

import pytest

from netanalysis import triage
from netanalysis.language.words import speak
from netanalysis.pages import key_figures
from netanalysis.pages.key_figures import figure_text, listed_figures, name_of
from netanalysis.publishing.batch.jobs import place_text


@pytest.fixture(scope="module")
def figures(stockholm, outcome):
    """The figures that notebooks hand over; the portrait's are on the stored list of a batch."""
    return {
        **key_figures.of_networks(outcome),
        **key_figures.of_comparison(outcome.compare(outcome)),
        **key_figures.of_portfolio(triage(stockholm)),
        **key_figures.of_responses(stockholm),
    }


def test_no_key_figure_is_shown_by_its_code(figures):
    swedish, english = speak("sv"), speak("en")
    assert {"eurocities_share", "changed", "owner_missing", "silent"} <= figures.keys()
    for figure in listed_figures([figures]):
        assert name_of(figure, swedish) not in (figure.replace("_", " "), name_of(figure, english))


def test_an_evaluation_says_of_how_many_networks_it_is_less_or_more(outcome, figures):
    counts = outcome.directions["direction"].value_counts()
    assert figures["less"] == counts["less"] > 0
    names = ("less", "at_most", "same", "at_least", "more", "not_told")
    assert sum(figures[name] for name in names) == 4
    assert not [name for name in listed_figures([figures]) if name.startswith("uclg")]
    one = key_figures.of_networks(outcome.of("uclg"))
    assert listed_figures([one]) == ["outcome", "firm", "frequent", "share"]


@pytest.mark.parametrize(
    ("figure", "figures", "told"),
    [
        ("outcome", {"outcome": "lead"}, "Medlem med uppdrag"),
        ("outcome", {"outcome": "open"}, "Öppet"),
        ("outcome", {}, "uppgift saknas"),
        ("share", {"share": 0.654}, "65\u00a0%"),
        ("country", {"country": "DE"}, "Tyskland"),
        ("cities_met", {"cities_met": 1283, "bound": "at_least"}, "minst 1\u00a0283"),
        ("cities_met", {"cities_met": 1283, "bound": "exact"}, "1\u00a0283"),
        ("met_through_one", {"met_through_one": 7, "bound": "at_least"}, "7"),
        ("trees", {"trees": "lead"}, "lead"),  # not ours
        ("trees", {"trees": True}, "True"),
    ],
)
def test_a_figure_is_told_in_words(figure, figures, told):
    assert figure_text(figure, figures, speak("sv")) == told


def test_what_is_not_ours_is_shown_as_it_is():
    assert name_of("trees_planted", speak("sv")) == "trees planted"


@pytest.mark.parametrize(
    ("cell", "line", "told"), [(7, 2, "cell 7, rad 2"), (7, None, "cell 7"), (None, None, "")]
)
def test_a_place_is_a_value_and_worded_where_it_is_shown(cell, line, told):
    assert place_text(cell, line, speak("sv")) == told
