"""Two years of Stockholm, the later one made up: what the page says of them."""

import re
import shutil
from dataclasses import replace

import pytest

from netanalysis import Comparison, DataError, compare, load_case
from netanalysis.loaders.case.earlier_case import earlier_case
from netanalysis.pages import key_figures
from netanalysis.pages.comparison import causes, changes
from netanalysis.pages.view import View
from tests.conftest import CASE, holding
from tests.loaders.test_case import edit, put


def next_year(folder, name="stockholm-2012"):
    """A made-up case beside the one in the folder: one year on, with a cause for every change."""
    later = folder.parent / name
    shutil.copytree(folder, later)
    put(later, "case", 2, "as_of", "2012-11")
    for row in (28, 102):
        for end in ("low", "high"):
            put(later, "statements", row, end, "0")  # Metropolis now runs counter to the goals
    put(later, "case", 2, "threshold_high", "0.6")
    put(later, "criteria", 2, "weight_high", "0.3")
    for row, rating in ((46, 0), (47, 0), (60, 0), (61, 0), (62, 0)):
        for end in ("low", "high"):
            put(later, "statements", row, end, str(rating))  # what C40 is worth in monitoring
    renamed(later, "uclg", "ulg")
    return later


def renamed(folder, before, after):
    """Another short name for a network, in all tables."""
    for file in folder.glob("*.csv"):

        def change(rows):
            for column in [
                place for place, name in enumerate(rows[0]) if name in ("network", "via")
            ]:
                for row in rows[1:]:
                    row[column] = after if row[column] == before else row[column]

        edit(folder, file.stem, change)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years") / "data" / "stockholm-2011"
    shutil.copytree(CASE, folder)
    case = load_case(next_year(folder))
    return compare(earlier_case(case, folder), case, draws=500)


def text(shown):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(shown))).strip()


SHOWN = {
    show.__name__: show
    for show in (
        changes.heading,
        changes.in_short,
        changes.outcomes,
        causes.chart,
        causes.sentences,
        causes.basis,
        changes.unchanged,
        changes.in_one_only,
        causes.limits,
        changes.provenance,
    )
}


def page(both, language):
    """What each part of the page shows."""
    view = View(both.later.given, language)
    return {name: show(both, view) for name, show in SHOWN.items()}


@pytest.fixture(scope="module")
def alike(outcome):
    return Comparison(outcome, outcome)


def test_what_changed_is_told_with_its_cause(years):
    changed = years.outcomes["changed"].to_dict()
    assert changed == {"eurocities": False, "metropolis": True, "c40": False}
    told = {name: text(shown) for name, shown in page(years, "en").items() if name != "chart"}
    assert "The outcome has changed for 1 network: Metropolis." in told["in_short"]
    assert (
        "For Metropolis, the largest part of the change comes from the evidence."
        in told["in_short"]
    )
    assert "Metropolis Member only (leans) Not a member (holds)" in told["outcomes"]
    assert "EUROCITIES" not in told["outcomes"]
    assert "Metropolis: from Member only to Not a member." in told["sentences"]
    assert "This change alone is enough: the evidence." in told["sentences"]
    assert "Pulling the other way: the threshold." in told["sentences"]
    assert "Evidence 2 of 27 ratings differ." in told["basis"]
    assert "Weights The bounds on 1 of 9 weights differ." in told["basis"]
    assert "Demands No difference." in told["basis"]
    assert "Threshold 50–75% before, 50–60% now." in told["basis"]
    assert told["unchanged"] == "2 outcomes are as before. By outcome: Holds office 1, Open 1."
    assert "as of 2011" in told["heading"]
    assert "as of November 2012" in told["heading"]


def test_the_chart_says_in_words_and_in_a_table_what_it_shows(years):
    shown = page(years, "en")["chart"]
    assert "most of the change comes from the evidence" in shown.alt
    assert re.search(r"Metropolis 10\d% 0% 0% \u2212\d%", text(shown.data))
    assert shown.svg.count("Metropolis") == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_network_of_one_year_only_is_named(years, language):
    shown = page(years, language)
    told = text(shown["in_one_only"])
    assert told.count("UCLG") == 2  # another short name is another network
    assert told == text(shown["in_short"])[-len(told) :]


def test_criteria_that_came_and_went_are_named(copied):
    later = next_year(copied)
    for table in ("criteria", "order_statements", "demands", "statements"):

        def change(rows):
            for place in [n for n, name in enumerate(rows[0]) if name in ("criterion", "other")]:
                for row in rows[1:]:
                    row[place] = row[place].replace("influence", "clout")

        edit(later, table, change)
    put(later, "criteria", 5, "label_en", "Clout")
    both = compare(load_case(copied), load_case(later), draws=500)
    shown = page(both, "en")
    told = text(shown["in_one_only"])
    assert "New criteria: Clout." in told
    assert "Criteria that are no longer used: Influence." in told
    assert "of 24 ratings" in text(shown["basis"])  # 3 networks, 8 criteria
    parts = both.turned[["evidence", "weights", "demands", "method"]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(1)


def test_a_rating_that_no_longer_applies_is_another_one(outcome):
    later = outcome.all_ratings.copy()
    later.iloc[0, later.columns.get_loc("state")] = "not_applicable"
    both = Comparison(outcome, holding(outcome.given, all_ratings=later))
    shown = causes.basis(both, View(outcome.case, "en"))
    assert f"Evidence 1 of {len(later)} ratings differs." in text(shown)


def test_nothing_changed_is_told_as_such(alike):
    told = {name: text(shown) for name, shown in page(alike, "en").items()}
    assert told["in_short"] == "4 networks are in both evaluations. No outcome has changed."
    assert told["outcomes"] == "No outcome has changed."
    assert told["chart"] == "There is nothing to draw."
    assert told["basis"].count("No difference.") == 3
    assert "Evidence No rating differs." in told["basis"]
    assert told["unchanged"].startswith("4 outcomes are as before.")
    assert told["in_one_only"] == "Both evaluations have the same networks and criteria."
    assert key_figures.of_comparison(alike) == {"networks": 4, "changed": 0}


def test_swedish_is_swedish(years, alike):
    english = re.compile(r"\b(the|of|and|before|changed|enough|only)\b", re.IGNORECASE)
    for both in (years, alike):
        for name, shown in page(both, "sv").items():
            told = text(getattr(shown, "alt", shown))
            assert not english.search(told), name


def test_words_from_the_data_are_escaped(years):
    case, hostile = years.later.given, "<script>alert(1)</script>"
    networks = case.networks.assign(name=hostile)
    evil = replace(case, networks=networks, case=case.case.assign(title_en=hostile))
    for shown in page(replace(years, later=replace(years.later, given=evil)), "en").values():
        assert "<script" not in shown._repr_html_()


# ---- which cases can be compared


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda later: put(later, "case", 2, "geoname_id", "2711537"), "compare_city"),
        (lambda later: put(later, "case", 2, "as_of", "2010"), "compare_later"),
        (lambda later: put(later, "case", 2, "languages", "en"), None),
    ],
)
def test_cases_that_cannot_be_compared_are_refused(copied, spoil, code):
    later = next_year(copied)
    spoil(later)
    case = load_case(later)
    if code is None:
        assert earlier_case(case, copied).name == "stockholm-2011"
        return
    with pytest.raises(DataError, match="Mend:") as caught:
        earlier_case(case, copied)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_cases_without_a_common_network_or_language_are_refused(copied):
    later = next_year(copied)
    for network in ("eurocities", "metropolis", "c40"):
        renamed(later, network, f"the-{network}")
    put(later, "case", 2, "languages", "en")
    put(copied, "case", 2, "languages", "sv")
    with pytest.raises(DataError, match="no network in common") as caught:
        earlier_case(load_case(later), copied)
    codes = {problem.code for problem in caught.value.problems}
    assert codes == {"compare_networks", "compare_language"}
