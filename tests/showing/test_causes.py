"""Two years of Stockholm, the later one made up: what the page says of them."""

import re
import shutil
from dataclasses import replace

import pytest

from netanalysis import DataError, load_case
from netanalysis.loaders.successive import earlier_case
from netanalysis.scoring import ratings
from netanalysis.scoring.comparison import compare
from netanalysis.scoring.method import method
from netanalysis.showing import causes, comparison, key_figures
from tests.conftest import CASE
from tests.loaders.test_case import edit, put


def next_year(folder, name="stockholm-2012"):
    """A made-up case beside the one in the folder: one year on, with a cause for every change."""
    later = folder.parent / name
    shutil.copytree(folder, later)
    put(later, "case", 2, "as_of", "2012-11")
    for row in (28, 96):
        for end in ("low", "high"):
            put(later, "statements", row, end, "0")  # Metropolis now runs counter to the goals
    put(later, "case", 2, "threshold_high", "0.6")
    put(later, "criteria", 2, "weight_high", "0.3")
    for row, rating in ((46, 0), (47, 0), (54, 0), (55, 0), (56, 0)):
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


def scored(case, draws=500):
    thresholds = tuple(case.case.loc[0, ["threshold_low", "threshold_high"]])
    rated = ratings.rate(case.statements, case.networks, case.criteria)
    return rated, method(case.criteria, case.demands, case.order_statements, thresholds, draws, 1)


def compared(case, other):
    (rated_then, how_then), (rated, how) = scored(other), scored(case)
    return compare(rated_then, how_then, rated, how), (rated_then, rated), (how_then, how)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years") / "data" / "stockholm-2011"
    shutil.copytree(CASE, folder)
    case = load_case(next_year(folder))
    other = earlier_case(case, folder)
    return case, other, *compared(case, other)


def text(shown):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(shown))).strip()


SHOWN = {
    "heading": lambda y, tongue: comparison.heading(*y[:2], tongue),
    "in_short": lambda y, tongue: comparison.in_short(*y[:3], tongue),
    "outcomes": lambda y, tongue: comparison.outcomes(*y[:3], tongue),
    "chart": lambda y, tongue: causes.chart(y[0], y[2], tongue),
    "sentences": lambda y, tongue: causes.sentences(y[0], y[2], tongue),
    "basis": lambda y, tongue: causes.basis(y[0], y[3], y[4], tongue),
    "unchanged": lambda y, tongue: comparison.unchanged(y[0], y[2], tongue),
    "in_one_only": lambda y, tongue: comparison.in_one_only(*y[:2], tongue),
    "limits": lambda y, tongue: causes.limits(y[2], y[4][1], tongue),
    "provenance": lambda y, tongue: comparison.provenance(*y[:2], tongue),
}


@pytest.fixture(scope="module")
def alike(stockholm):
    return stockholm, stockholm, *compared(stockholm, stockholm)


def test_what_changed_is_told_with_its_cause(years):
    assert years[2]["changed"].to_dict() == {"eurocities": False, "metropolis": True, "c40": False}
    told = {name: text(show(years, "en")) for name, show in SHOWN.items() if name != "chart"}
    assert "The outcome has changed for 1 network: Metropolis." in told["in_short"]
    assert (
        "For Metropolis, the largest part of the change comes from the evidence."
        in told["in_short"]
    )
    assert "Metropolis Follow (leans) Not a member (holds)" in told["outcomes"]
    assert "EUROCITIES" not in told["outcomes"]
    assert "Metropolis: from Follow to Not a member." in told["sentences"]
    assert "This change alone is enough: the evidence." in told["sentences"]
    assert "Pulling the other way: the threshold." in told["sentences"]
    assert "Evidence 2 of 27 ratings differ." in told["basis"]
    assert "Weights The bounds on 1 of 9 weights differ." in told["basis"]
    assert "Demands As before." in told["basis"]
    assert "Threshold 50–75% before, 50–60% now." in told["basis"]
    assert told["unchanged"] == "2 outcomes are as before. By outcome: Lead 1, Open 1."
    assert "as of 2011" in told["heading"]
    assert "as of November 2012" in told["heading"]


def test_the_chart_says_in_words_and_in_a_table_what_it_shows(years):
    shown = SHOWN["chart"](years, "en")
    assert re.search(
        r"Metropolis: Evidence 10\d%, Weights 0%, Demands 0%, Threshold \u2212\d%", shown.alt
    )
    assert re.search(r"Metropolis 10\d% 0% 0% \u2212\d%", text(shown.data))
    assert shown.svg.count("Metropolis") == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_network_of_one_year_only_is_named(years, language):
    case, other, *_ = years
    told = text(comparison.in_one_only(case, other, language))
    assert told.count("UCLG") == 2  # another short name is another network
    assert told == text(comparison.in_short(*years[:3], language))[-len(told) :]


def test_criteria_that_came_and_went_are_named(copied):
    later = next_year(copied)
    for table in ("criteria", "order_statements", "demands", "statements"):

        def change(rows):
            for place in [n for n, name in enumerate(rows[0]) if name in ("criterion", "other")]:
                for row in rows[1:]:
                    row[place] = row[place].replace("influence", "clout")

        edit(later, table, change)
    put(later, "criteria", 5, "label_en", "Clout")
    case, other = load_case(later), load_case(copied)
    told = text(comparison.in_one_only(case, other, "en"))
    assert "New criteria: Clout." in told
    assert "Criteria that are no longer used: Influence." in told
    found, rated, how = compared(case, other)
    assert "of 24 ratings" in text(causes.basis(case, rated, how, "en"))  # 3 networks, 8 criteria
    assert found.loc[found["changed"], ["evidence", "weights", "demands", "method"]].sum(
        axis=1
    ).to_numpy() == pytest.approx(1)


def test_nothing_changed_is_told_as_such(alike):
    told = {name: text(show(alike, "en")) for name, show in SHOWN.items()}
    assert told["in_short"] == "4 networks are in both evaluations. No outcome has changed."
    assert told["outcomes"] == "No outcome has changed."
    assert told["chart"] == "There is nothing to draw."
    assert told["basis"].count("As before.") == 4
    assert told["unchanged"].startswith("4 outcomes are as before.")
    assert told["in_one_only"] == "Both evaluations have the same networks and criteria."
    assert key_figures.of_comparison(alike[2]) == {"networks": 4, "changed": 0}


def test_swedish_is_swedish(years, alike):
    english = re.compile(r"\b(the|of|and|before|changed|enough|only)\b", re.IGNORECASE)
    for year in (years, alike):
        for name, show in SHOWN.items():
            shown = show(year, "sv")
            told = text(getattr(shown, "alt", shown))
            assert not english.search(told), name


def test_words_from_the_data_are_escaped(years):
    case, other, *rest = years
    hostile = "<script>alert(1)</script>"
    networks = case.networks.assign(name=hostile)
    evil = replace(case, networks=networks, case=case.case.assign(title_en=hostile))
    for show in SHOWN.values():
        shown = show((evil, other, *rest), "en")
        html = shown._repr_html_()
        assert "<script" not in html


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
