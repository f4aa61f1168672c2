"""The words about who left and joined: of the real lists, and of few and none."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from netanalysis import load_memberships
from netanalysis.loaders.members.gazetteer import load_places
from netanalysis.pages.html import Figure
from netanalysis.pages.turnover import leavers, summary
from tests.conftest import ROOT

BALTIC = "union-of-the-baltic-cities"
LISTS = ROOT / "data" / "memberships"
SHOWN = [
    summary.heading,
    leavers.in_short,
    summary.left,
    summary.joined,
    summary.same,
    leavers.chart,
    leavers.method,
    summary.limits,
    summary.sources,
]


@pytest.fixture(scope="module")
def places():
    return load_places(ROOT / "data" / "places")


@pytest.fixture(scope="module")
def lists(places):
    return [load_memberships(LISTS, {BALTIC: date}, places) for date in ("2022", "2025-05-20")]


def about(lists, places, gone=None, language="en", **change):
    """The two lists with only so many of those that left, or with cells changed."""
    before, after = (table.assign(**change) for table in lists)
    baltic = before["network"] == BALTIC
    later = set(after.loc[after["network"] == BALTIC, "geoname_id"].dropna())
    left = before.index[baltic & before["geoname_id"].notna() & ~before["geoname_id"].isin(later)]
    before = before.drop(index=left if gone is None else left[gone:])
    return summary.turnover(BALTIC, before, after, places, seed=1, language=language)


def text(shown):
    if isinstance(shown, Figure):
        return f"{shown.alt} {shown.caption} {text(shown.data)}"
    return BeautifulSoup(shown, "html.parser").get_text(" ", strip=True)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("gone", [0, 1, 3])
def test_every_piece_says_something_whoever_left(lists, places, language, gone):
    told = about(lists, places, gone, language)
    for show in SHOWN:
        if show is leavers.method and gone < 2:
            assert show(told) is None  # of one that left there is nothing to pick
            continue
        said = text(show(told))
        assert len(said) > 15
        assert "nan" not in said.split()
        assert "None" not in said.replace("None stated", "")
        assert "gives nothing" not in said


def test_the_summary_names_those_that_left_and_claims_nothing_of_few(lists, places):
    told = about(lists, places, 3)
    said = text(leavers.in_short(told))
    for name in told.of("left")["city"]:
        assert name in said
    assert "By the lists of 2022 and 20 May 2025: 3 members left (" in said
    assert "9 members joined (all with a known place in Ukraine), 65 members stayed." in said
    assert "3 left and 64 stayed: too few to tell" in said
    assert "%" not in said
    assert "99% give two groups" in text(leavers.method(told))
    assert "all 47,905 ways were tried" in text(leavers.method(told))


@pytest.mark.parametrize(("gone", "few"), [(leavers.FEW - 1, True), (leavers.FEW, False)])
@pytest.mark.slow
def test_ten_that_left_are_not_few(lists, places, gone, few, monkeypatch):
    before, after = lists
    there = set(before.loc[before["network"] == BALTIC, "geoname_id"].dropna())
    stayed = after[(after["network"] == BALTIC) & after["geoname_id"].isin(there)]
    left = stayed["geoname_id"].head(gone - 3)  # beside the three that did
    told = summary.turnover(
        BALTIC, before, after[(after["network"] != BALTIC) | ~after["geoname_id"].isin(left)],
        places, seed=1, language="en",
    )  # fmt: skip
    assert told.share.sizes[0] == gone
    said = text(leavers.in_short(told))
    assert ("too few to tell" in said) == few
    assert ("may well be chance" in said) != few
    assert ("at least" in said) != few  # some lists are partial
    assert "so many ways were tried at random" in text(leavers.method(told))
    shown = leavers.chart(told).svg
    monkeypatch.setattr(leavers, "FEW", 1000)
    assert (leavers.chart(told).svg == shown) == few  # of few no averages are drawn


@pytest.mark.parametrize("number", [leavers.NAMED, leavers.NAMED + 1])
def test_twelve_that_left_are_named_and_more_are_counted(lists, places, number):
    before, after = lists
    left = about(lists, places, 3).of("left")
    later = after[after["network"] == BALTIC]
    there = set(before.loc[before["network"] == BALTIC, "geoname_id"].dropna())
    gone = later.loc[later["geoname_id"].isin(there), "geoname_id"].head(number - len(left))
    told = summary.turnover(
        BALTIC, before, after[~((after["network"] == BALTIC) & after["geoname_id"].isin(gone))],
        places, seed=1, language="en",
    )  # fmt: skip
    assert len(told.of("left")) == number
    said = text(leavers.in_short(told))
    assert (f"{number} members left (" in said) == (number == leavers.NAMED)
    assert f"{number} members left" in said


def test_where_nobody_left_nothing_is_compared(lists, places):
    told = about(lists, places, 0)
    assert told.share is None
    assert "no member left" in text(leavers.in_short(told))
    assert text(summary.left(told)) == "No city has left, by the lists."
    assert "cannot be compared" in text(leavers.in_short(told))
    assert not isinstance(leavers.chart(told), Figure)


def test_where_nobody_stayed_nothing_is_compared(lists, places):
    before, after = lists
    there = set(before.loc[before["network"] == BALTIC, "geoname_id"].dropna())
    kept = (after["network"] != BALTIC) | ~after["geoname_id"].isin(there)
    told = summary.turnover(BALTIC, before, after[kept], places, seed=1, language="sv")
    assert told.share is None
    assert "kan inte jämföras" in text(leavers.in_short(told))


def many(told, p=0.99):
    """As if enough cities had left, and chance parted so often as much."""
    share = type(told.share)(**{**vars(told.share), "sizes": (12, 55), "p": p})
    return summary.Turnover(**{**vars(told), "share": share})


def test_a_difference_that_chance_seldom_gives_is_told_so(lists, places):
    told = about(lists, places, 3)
    rare, common = (text(leavers.in_short(many(told, p))) for p in (0.05, 0.051))
    assert "a difference that chance seldom gives" in rare
    assert "a difference that may well be chance" in common


def test_complete_lists_alone_need_no_reservation(lists, places):
    told = about(lists, places, 3, coverage="complete")
    assert "on average 7% of" in text(leavers.in_short(many(told)))
    assert "Only complete lists are counted" not in text(summary.limits(told))
    partial = about(lists, places, 3, coverage="partial")
    assert "Not both lists are complete" in text(summary.limits(partial))


def test_the_chart_is_the_same_each_time_and_has_its_figures(lists, places):
    told = about(lists, places, 3)
    figure = leavers.chart(told)
    assert figure.svg == leavers.chart(told).svg
    counts = told.ways.groupby("state").size()
    cells = [row.find_all("td") for row in BeautifulSoup(figure.data, "html.parser")("tr")[1:]]
    sums = [sum(int(row[i].text) for row in cells) for i in (0, 1)]
    assert sums == [counts["left"], counts["stayed"]]


def test_names_of_lists_are_text(lists, places):
    hostile = [table.replace({"name": {"C40": "<b>C40</b>"}}) for table in lists]
    told = summary.turnover(BALTIC, *hostile, places, seed=1, language="en")
    for show in (summary.sources, summary.limits):
        assert "<b>" not in show(told)
        assert "<b>C40</b>" in text(show(told))


def test_the_readme_reports_what_comes_out(lists, places):
    told = about(lists, places, 3)
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    gone, kept = (round(100 * mean) for mean in told.share.means)
    assert f"By the lists {len(told.of('left'))} members left" in readme
    assert f"{len(told.of('joined'))} joined" in readme
    assert f"at least {gone} % of the other members" in readme
    assert f"those that stayed at least {kept} %" in readme
    of_all = f"pick {told.share.sizes[0]} of the {sum(told.share.sizes)} cities"
    assert f"{of_all}, {round(100 * told.share.p)} % give" in readme


@pytest.mark.parametrize("number", [1, 2])
def test_where_one_city_has_joined_it_is_not_told_of_several(lists, places, number):
    before, after = lists
    new = about(lists, places).of("joined").dropna(subset="geoname_id")["geoname_id"]
    now = after["network"] == BALTIC
    stayed = set(before.loc[before["network"] == BALTIC, "geoname_id"].dropna())
    known = now & after["geoname_id"].isin(stayed)
    few = after[now & after["geoname_id"].isin(new)].head(number).assign(country_code="PL")
    told = about((before, pd.concat([after[known], few])), places)
    assert len(told.of("joined")) == number
    assert ("(all in Poland)" in text(leavers.in_short(told))) == (number > 1)
