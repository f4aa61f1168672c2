"""Each figure carries its own words: alternative text, caption and the table behind it."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from netanalysis.pages import svg
from netanalysis.pages.evaluation import figures
from netanalysis.pages.html import ALT, Figure, Fragment
from netanalysis.pages.view import View
from tests.conftest import holding


@pytest.fixture
def drawn(stockholm, outcome):
    def draw(language):
        view = View(stockholm, language)
        return [
            figures.seats(view),
            figures.ratings(outcome, view),
            figures.shares(outcome, view),
        ]

    return draw


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.slow
def test_every_figure_has_words_of_its_own_and_its_figures(stockholm, drawn, language):
    shown = drawn(language)
    assert len({figure.alt for figure in shown}) == 3
    assert len({figure.caption for figure in shown}) == 3
    for figure in shown:
        assert figure.finding in figure.alt
        assert "<table>" in figure.data
        for name in stockholm.networks["name"]:
            assert name in figure.data or figure is shown[0]


def test_the_table_behind_a_picture_says_what_is_missing(stockholm, outcome):
    told = figures.ratings(outcome, View(stockholm, "en")).data
    assert "no evidence" in told
    assert "silence" in told


def test_a_long_finding_leaves_room_to_say_where_the_figures_are(stockholm):
    words = View(stockholm, "en").words
    figure = Figure(words, "<svg></svg>", "long " * 99, "Drawn", Fragment(""))
    assert len(figure.alt) <= ALT
    assert figure.alt.endswith("long… The figures stand in the table below.")


@pytest.mark.slow
def test_the_drawing_is_whole_still_and_asks_for_nothing(drawn):
    for figure, twin in zip(drawn("sv"), drawn("sv"), strict=True):
        assert figure.svg == twin.svg
        tree = ElementTree.fromstring(figure.svg)
        used = {v for node in tree.iter() for k, v in node.attrib.items() if k.endswith("href")}
        assert all(target.startswith("#") for target in used)
        ids = set(re.findall(r' id="([^"]+)"', figure.svg))
        assert {target[1:] for target in used} <= ids
        assert "<text" in figure.svg  # words stay words


def test_a_case_of_one_network_without_seats_can_be_drawn(stockholm, outcome):
    small = replace(stockholm, networks=stockholm.networks.head(1), seats=stockholm.seats.head(0))
    view, alone = View(small, "sv"), outcome.of("eurocities")
    assert figures.seats(view).svg
    assert figures.ratings(alone, view).svg
    assert figures.shares(alone, view).svg


@pytest.mark.parametrize(
    ("number", "end", "shown"),
    [
        (figures.LINES, "2009", True),
        (figures.LINES + 1, "2009", False),
        (figures.LINES + 1, "2011-06-15", False),
        (figures.LINES + 1, "2011-06-16", True),
    ],
)
def test_of_more_seats_than_a_time_line_holds_those_that_ended_are_only_counted(
    stockholm, number, end, shown
):
    body = [f"b{place}" for place in range(number)]
    seats = pd.DataFrame({"body": body, "network": "c40", "role": "member", "start": "2009"})
    seats["end"] = [end, *["2012"] * (number - 1)]
    seats = seats.reindex(columns=stockholm.seats.columns).astype(stockholm.seats.dtypes.to_dict())
    bodies = pd.DataFrame({"network": "c40", "body": body, "name_en": body, "name_sv": body})
    bodies = bodies.reindex(columns=stockholm.bodies.columns)
    about = stockholm.case.assign(as_of="2011-06-16")
    view = View(replace(stockholm, case=about, seats=seats, bodies=bodies), "en")
    assert (">C40: b0, member<" in figures.seats(view).svg) == shown


@pytest.mark.slow
def test_eight_networks_fill_two_rows(stockholm, outcome):
    names = [f"n{i}" for i in range(8)]
    several = replace(stockholm, networks=pd.DataFrame({"network": names, "name": names}))
    cells = pd.concat(dict.fromkeys(names, outcome.ratings.loc["c40"]), names=["network"])
    shown = figures.ratings(holding(several, ratings=cells), View(several, "en"))
    assert shown.svg.count("Strategic fit") == 2


def test_many_marks_take_little_room_and_stand_where_they_stood():
    ends = [
        (round(7.1 * n % 90, 1), round(3.3 * n % 70, 1), 2.8, -1.4 * (n % 2)) for n in range(20)
    ]
    absolute = "".join(f"M{x} {y} {x + dx:.1f} {y + dy:.1f}" for x, y, dx, dy in ends)
    (told,) = re.findall(
        'd="([^"]*)"', svg._slim(f'<svg><style></style><path d="{absolute}"/></svg>')
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


def test_a_label_is_cut_where_it_is_too_long():
    assert svg.shortened("x" * 44) == "x" * 44
    assert svg.shortened("50\u00a0%\u202fx\x07") == "50\u00a0%\u202fx"
    assert svg.shortened("x" * 45) == "x" * 43 + "…"
