"""What the page shows where there are too many networks to tell of one by one."""

from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_rgb

from netanalysis import Evaluation, evaluate, evaluated, load_case
from netanalysis.language.words import MANY, speak
from netanalysis.pages import charts, evidence, membership
from netanalysis.pages.evaluation import figures, firmness, many_networks, sentences
from netanalysis.pages.html import LONG
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS
from tests.conftest import ROOT, holding


@pytest.fixture(scope="module")
def whole():
    return load_case(ROOT / "data" / "exempelstad-2025")


@pytest.fixture(scope="module")
def outcome(whole):
    return evaluate(whole, draws=100)


@pytest.fixture(scope="module")
def view(outcome):
    return View(outcome.case, "en")


@pytest.fixture(scope="module")
def result():
    """Eighty networks: today's level and the outcome run through all that they can be."""
    rows = {}
    for number in range(80):
        today, outcome = LEVELS[number % 4], [*LEVELS, "open"][number % 5]
        action = "insufficient_evidence" if outcome == "open" else "deepen"
        rows[f"n{number}"] = {
            "today": (today,),
            "outcome": outcome,
            "possible": ("follow", "lead") if outcome == "open" else (outcome,),
            "firm": "open" if outcome == "open" else "holds",
            "frequent": "follow",
            "share": 0.95,
            "close": False,
            "action": "continue" if today == outcome else action,
            "direction": "",
            "via": None,
            "route_ends": "no",
            "date": "2025-09-30",
            "kind": "notice",
            "becomes": None,
            "beyond_becomes": None,
            "changes": (),
            "others": 0,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


@pytest.fixture(scope="module")
def eighty(outcome, result):
    city = outcome.case
    names = pd.DataFrame({"network": result.index, "name": [f"N{i}" for i in range(80)]})
    empty = {name: getattr(city, name).iloc[:0] for name in ("costs", "assessments", "decisions")}
    checks = pd.DataFrame(columns=["network", "level", "criterion", "veto", "met"])
    read = {"settled": result, "checks": checks, "readings": outcome.readings.iloc[:0]}
    return holding(replace(city, networks=names, **empty), **read)


@pytest.fixture(scope="module")
def of_eighty(eighty):
    return View(eighty.case, "en")


def summaries(fragment):
    page = BeautifulSoup(str(fragment), "html.parser")
    return [summary.get_text() for summary in page.find_all("summary")]


def test_what_is_evaluated_has_evidence_and_the_rest_is_named_folded(whole, outcome, view):
    city = outcome.case
    assert set(city.networks["network"]) == set(whole.statements["network"])
    assert set(city.memberships["network"]) == set(city.networks["network"])
    told = sentences.not_evaluated(outcome, view)
    assert "Of the 80 networks of the case, 25 are evaluated here." in told
    assert summaries(told) == ["55 networks that are not evaluated"]
    assert str(told).count("(påhittat)") == 55
    assert sentences.not_evaluated(Evaluation(whole, whole, 100, 1), View(whole, "en")) is None


def test_a_network_is_kept_on_request_with_the_one_that_it_hangs_on(whole):
    kept = set(evaluated(whole, "kryssning").networks["network"])
    assert kept - set(whole.statements["network"]) == {"kryssning"}
    kept = set(evaluated(whole, "hyresboende").networks["network"])
    assert kept - set(whole.statements["network"]) == {"hyresboende", "allmannytta"}


def test_a_case_without_any_evidence_stays_whole(whole):
    bare = replace(whole, statements=whole.statements.iloc[:0])
    assert evaluated(bare) is bare


def test_every_rating_is_a_cell_that_can_be_read(outcome, view):
    figure, rated = figures.ratings(outcome, view), outcome.ratings
    assert "of 225 ratings rest on evidence" in figure.finding
    assert figure.svg.count("(påhittat)") == 25
    low, high = rated.loc[("storstad", "positioning"), ["low", "high"]]
    assert f">{speak('en').interval(low, high)}</text>" in figure.svg
    assert "○ silence" in figure.caption
    assert figure.svg.count(">○</text>") == (rated["state"] == "silence").sum() > 0


@pytest.mark.parametrize("rating", [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4])
def test_what_is_written_in_a_cell_stands_out_from_it(rating):
    def luminance(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    share = rating / many_networks.TALLEST
    pair = [luminance(charts.PALE_TO_DARK(share)), luminance(to_rgb(charts.ink_on(share)))]
    assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.slow
def test_shares_come_from_the_highest_level_down(eighty, of_eighty):
    names = eighty.networks
    share = pd.DataFrame(0.0, index=names, columns=LEVELS)
    for number, name in enumerate(names):
        share.loc[name, share.columns[number % 4]] = 1.0
    possible = dict.fromkeys(names, ("follow",))
    held = holding(eighty.case, shares=share, possible=possible, error=0.001)
    drawn = figures.shares(held, of_eighty)
    order = [drawn.svg.index(f">N{number}</text>") for number in (3, 7, 79, 2, 78, 1, 0, 76)]
    assert order == sorted(order)


def test_seats_that_are_over_leave_the_time_line_when_it_is_full(whole):
    seats = pd.concat(
        [whole.seats.iloc[[0]].assign(start=str(1990 + n), end=str(1991 + n)) for n in range(40)],
        ignore_index=True,
    )
    figure = figures.seats(View(replace(whole, seats=seats), "en"))
    assert "34 that are over stand in the table only" in figure.caption
    assert str(figure.data).count("<tr>") == 41


def test_long_tables_are_folded_and_short_ones_are_not(whole):
    rows = len(whole.memberships)
    assert summaries(membership.memberships(View(whole, "en"))) == [
        f"The city’s memberships ({rows} rows)"
    ]
    short = replace(whole, memberships=whole.memberships.head(LONG))
    assert summaries(membership.memberships(View(short, "en"))) == []


def test_evidence_on_one_criterion_becomes_a_rating_for_each(outcome, view):
    shown, rated = evidence.ratings_in(view, "effort"), outcome.ratings
    assert summaries(shown) == ["Rating on: Bearable effort (25 rows)"]
    cell = rated.loc[("storstad", "bearable_effort")]
    page = BeautifulSoup(str(shown), "html.parser")
    first = [cell.get_text() for cell in page.tbody.tr.find_all(["th", "td"])]
    assert first[1:] == [speak("en").interval(cell["low"], cell["high"]), f"{cell.n_statements}"]


def test_the_ranking_gives_mean_and_range_and_counts_what_is_out_of_order(eighty, of_eighty):
    names = eighty.networks
    ranks = pd.DataFrame(0.0, index=names, columns=range(1, 81))
    for number, name in enumerate(names):
        ranks.loc[name, number + 1] = 1.0
    settled = pd.DataFrame({"frequent": "follow"}, index=names)
    settled.loc["n79", "frequent"] = "lead"
    text = str(firmness.ranking(holding(eighty.case, ranks=ranks, settled=settled), of_eighty))
    assert "N0, N1, N2, N3, N4, N5 and 73 others" in text
    assert (
        '<th scope="row">N4</th><td>Member only</td><td class="num">5</td><td class="num">5</td>'
        in text
    )


def test_up_to_eight_are_told_one_by_one(stockholm):
    assert MANY == 8
    few = Evaluation(stockholm, stockholm, 100, 1)
    assert "The darker a cell" not in figures.ratings(few, View(stockholm, "en")).note
