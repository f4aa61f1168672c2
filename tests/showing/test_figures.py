"""Each figure carries its own words: alternative text, caption and the table behind it."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from netanalysis.scoring import engagement, ratings
from netanalysis.scoring.method import method
from netanalysis.showing import drawing, figures


@pytest.fixture(scope="module")
def rated(stockholm):
    return ratings.rate(stockholm.statements, stockholm.networks, stockholm.criteria)


@pytest.fixture(scope="module")
def judged(stockholm, rated):
    tables = (stockholm.criteria, stockholm.demands, stockholm.order_statements)
    return method(*tables, (0.5, 0.75), draws=500, seed=1).judge(*ratings.intervals(rated))


@pytest.fixture(scope="module")
def result(stockholm, judged):
    tables = (stockholm.memberships, stockholm.seats, stockholm.participation)
    today = engagement.current_levels(stockholm.networks, *tables, "2011")
    outcome = engagement.settled(judged.share)
    rest = (judged.possible, stockholm.memberships, "2011")
    return outcome.join(engagement.actions(today, outcome["outcome"], *rest))


@pytest.fixture
def drawn(stockholm, rated, judged, result):
    def draw(language):
        return [
            figures.levels(stockholm, result, language),
            figures.seats(stockholm, language),
            figures.ratings(stockholm, rated, language),
            figures.shares(stockholm, judged, language),
        ]

    return draw


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_figure_has_words_of_its_own_and_its_figures(stockholm, drawn, language):
    shown = drawn(language)
    assert len({figure.alt for figure in shown}) == 4
    assert len({figure.caption for figure in shown}) == 4
    for figure in shown:
        assert len(figure.alt) > 80
        assert "<table>" in figure.data
        for name in stockholm.networks["name"]:
            assert name in figure.alt or figure is shown[1]


def test_the_alternative_text_says_what_is_missing(stockholm, rated):
    alt = figures.ratings(stockholm, rated, "en").alt
    assert "Influence no evidence" in alt
    assert "Monitoring silence" in alt


def test_the_drawing_is_whole_still_and_asks_for_nothing(drawn):
    for figure, twin in zip(drawn("sv"), drawn("sv"), strict=True):
        assert figure.svg == twin.svg
        tree = ElementTree.fromstring(figure.svg)
        used = {v for node in tree.iter() for k, v in node.attrib.items() if k.endswith("href")}
        assert all(target.startswith("#") for target in used)
        ids = set(re.findall(r' id="([^"]+)"', figure.svg))
        assert {target[1:] for target in used} <= ids
        assert "<text" in figure.svg  # words stay words


def test_a_case_of_one_network_without_seats_can_be_drawn(stockholm, rated, judged, result):
    small = replace(stockholm, networks=stockholm.networks.head(1), seats=stockholm.seats.head(0))
    assert figures.seats(small, "sv").svg
    assert figures.ratings(small, rated.loc[["eurocities"]], "sv").svg
    assert figures.levels(small, result.loc[["eurocities"]], "sv").svg
    assert figures.shares(small, judged.of("eurocities"), "sv").svg


def test_eight_networks_fill_two_rows(stockholm, rated):
    names = [f"n{i}" for i in range(8)]
    several = replace(stockholm, networks=pd.DataFrame({"network": names, "name": names}))
    cells = pd.concat(dict.fromkeys(names, rated.loc["c40"]), names=["network"])
    assert figures.ratings(several, cells, "en").svg.count("Strategic fit") == 2


def test_many_marks_take_little_room_and_stand_where_they_stood():
    ends = [
        (round(7.1 * n % 90, 1), round(3.3 * n % 70, 1), 2.8, -1.4 * (n % 2)) for n in range(20)
    ]
    absolute = "".join(f"M{x} {y} {x + dx:.1f} {y + dy:.1f}" for x, y, dx, dy in ends)
    (told,) = re.findall(
        'd="([^"]*)"', drawing._slim(f'<svg><style></style><path d="{absolute}"/></svg>')
    )
    assert len(told) < 0.85 * len(absolute)
    at, found = (0.0, 0.0), []
    for sign, *numbers in re.findall(r"([Mmlhv])(-?[\d.]+) ?(-?[\d.]+)?", told):
        one, other = (float(number or 0) for number in numbers)
        before, step = at, {"h": (one, 0.0), "v": (0.0, one)}.get(sign, (one, other))
        at = step if sign == "M" else (at[0] + step[0], at[1] + step[1])
        if sign in "lhv":
            found.append((*before, at[0] - before[0], at[1] - before[1]))
    assert np.array(found) == pytest.approx(np.array(ends), abs=1e-6)
