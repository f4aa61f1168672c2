"""Every key figure has words in each language; a place in a notebook has, too."""

import pytest

from netanalysis import triage
from netanalysis.language.words import speak
from netanalysis.pages import key_figures
from netanalysis.pages.key_figures import name_of, value_of
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
    for figure in figures:
        assert name_of(figure, swedish) not in (figure.replace("_", " "), name_of(figure, english))


def test_a_network_s_figures_carry_its_short_name(figures):
    assert name_of("eurocities_outcome", speak("sv")) == "eurocities: Beräkningen pekar på"
    assert value_of("eurocities_outcome", "lead", speak("sv")) == "Medlem med uppdrag"
    assert value_of("outcome", "open", speak("sv")) == "Öppet"
    assert value_of("bound", "at_least", speak("sv")) == "minst"


def test_what_is_not_ours_is_shown_as_it_is():
    assert name_of("trees_planted", speak("sv")) == "trees planted"
    assert value_of("trees", "lead", speak("sv")) == "lead"


@pytest.mark.parametrize(
    ("cell", "line", "told"), [(7, 2, "cell 7, rad 2"), (7, None, "cell 7"), (None, None, "")]
)
def test_a_place_is_a_value_and_worded_where_it_is_shown(cell, line, told):
    assert place_text(cell, line, speak("sv")) == told
