"""Two years of Stockholm, the later one made up: what the page says of them."""

import re
import shutil
from dataclasses import replace

import pytest

from netanalysis import Comparison, DataError, compare, evaluate, load_case
from netanalysis.loaders.case.earlier_case import earlier_case
from netanalysis.pages import key_figures
from netanalysis.pages.comparison import basis, causes, changes, memberships, networks, ratings
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


def veto_falls(folder):
    """A made-up case beside the one in the folder: a veto falls, and no outcome changes."""
    later = folder.parent / "stockholm-2013"
    shutil.copytree(folder, later)
    put(later, "case", 2, "as_of", "2013-01")
    for row in (28, 41, 84, 102):
        for end in ("low", "high"):
            put(later, "statements", row, end, "2")  # Metropolis and UCLG serve the goals better
    put(later, "statements", 84, "text_sv", "UCLG ägnar sig åter åt kommunernas uppgifter.")
    put(later, "statements", 84, "text_en", "UCLG deals with the tasks of local government again.")
    new = [
        "x1",
        "A",
        "c40",
        "monitoring",
        "2",
        "2",
        "",
        "Nytt.",
        "New.",
        "stockholm-2011",
        "s",
        *[""] * 2,
    ]
    edit(later, "statements", lambda rows: [*(row for row in rows if row[0] != "a028"), new])
    put(later, "criteria", 2, "question_sv", "En annan fråga?")
    put(later, "criteria", 2, "question_en", "Another question?")
    put(later, "levels", 5, "label_sv", "Styrelseledamot")
    put(later, "levels", 5, "label_en", "Board member")
    put(later, "memberships", 8, "until", "2012-06")
    return later


@pytest.fixture(scope="module")
def fallen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fallen") / "data" / "stockholm-2011"
    shutil.copytree(CASE, folder)
    case = load_case(veto_falls(folder))
    return compare(earlier_case(case, folder), case, draws=500)


def text(shown):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(shown))).strip()


SHOWN = {
    show.__name__: show
    for show in (
        changes.heading,
        changes.in_short,
        networks.networks,
        networks.assessments,
        ratings.ratings,
        basis.rules,
        basis.wording,
        causes.sentences,
        causes.shares,
        memberships.memberships,
        memberships.in_one_only,
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
    told = {name: text(shown) for name, shown in page(years, "en").items()}
    assert (
        "What the calculation points at has changed for 1 of 3 networks: "
        "Metropolis (before: “Member only”, now: “Not a member”)." in told["in_short"]
    )
    assert (
        "For Metropolis, the largest part of the change comes from the evidence."
        in told["in_short"]
    )
    assert "changed: 2 of 27 ratings, 1 rule for the weights and the threshold." in told["in_short"]
    assert "EUROCITIES which levels are possible and the share Holds office" in told["networks"]
    assert "before: Member only (leans, 82%), now: Not a member (holds, 100%)" in told["networks"]
    assert "Metropolis: from “Member only” to “Not a member”." in told["sentences"]
    assert "The change in the evidence alone is enough." in told["sentences"]
    assert "Pulling the other way: the threshold." in told["sentences"]
    assert re.search(r"Metropolis 10\d% (nearly )?0% 0% \u2212\d%", told["shares"])
    assert "Weight: Positioning 5–40% 5–30%" in told["rules"]
    assert "Threshold 50–75% 50–60%" in told["rules"]
    assert "as of 2011" in told["heading"]
    assert "as of November 2012" in told["heading"]
    assert "Responsible" not in told["heading"]  # of an illustration nobody is


def test_a_changed_rating_has_the_statements_that_changed_it(years):
    told = text(page(years, "en")["ratings"])
    assert "Metropolis Strategic fit 1 0 Rated otherwise: The work is now" in told
    assert "a027, A: before 1, now 0)" in told
    assert "b047, B: before 1, now 0)" in told
    assert "EUROCITIES" not in told


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_network_of_one_year_only_is_named(years, language):
    shown = page(years, language)
    told = text(shown["in_one_only"])
    assert told.count("UCLG") == 3  # another short name is another network, and that is told
    assert told == text(shown["in_short"])[-len(told) :]
    assert text(shown["networks"]).count("UCLG") == 2


def test_a_veto_that_falls_is_told_though_the_outcome_is_the_same(fallen):
    found = fallen.networks
    assert found["outcome"].equals(found["outcome_before"])
    told = {name: text(shown) for name, shown in page(fallen, "en").items()}
    assert "points at the same as before for all 4 networks" in told["in_short"]
    assert "Other levels than before are possible for Metropolis and UCLG." in told["in_short"]
    assert (
        "The rating on Strategic fit no longer excludes “Takes part” or “Board member” for "
        "Metropolis and UCLG." in told["in_short"]
    )
    assert "C40 (before: “Takes part”, now: “Not a member”)" in told["in_short"]
    assert key_figures.of_comparison(fallen) == {"networks": 4, "changed": 0, "other_levels": 2}
    assert "following has changed: 3 of 36 ratings." in told["in_short"]
    assert "Ended memberships: C40." in told["in_short"]
    uclg = told["networks"][told["networks"].index("UCLG") : told["networks"].index("C40")]
    assert "which levels are possible and the share" in uclg
    assert re.search(
        r"before: Member only \(leans, [89]\d%\), now: Member only \(leans, 6\d%\)", uclg
    )
    assert "before: Not a member or Member only, now: Not a member, Member only, Takes" in uclg
    assert "EUROCITIES nothing" in told["networks"]
    assert told["sentences"] == "It points at the same as before for every network."


def test_statements_that_came_went_or_are_worded_otherwise_are_listed(fallen):
    told = text(page(fallen, "en")["ratings"])
    assert "UCLG Positioning 1–2 1–3 Removed: The network can still be used" in told
    assert "a028, A: 1–2)" in told
    assert "now “UCLG deals with the tasks of local government again.” (" in told
    assert "b029, B: before 1, now 2)" in told
    assert "1 more statement differs, and no rating thereby (Added: 1)." in told
    swedish = text(page(fallen, "sv")["ratings"])
    assert "Struken: Nätverket kan fortfarande användas" in swedish


def test_memberships_and_wordings_that_differ_are_listed(fallen):
    told = {name: text(shown) for name, shown in page(fallen, "en").items()}
    assert "C40 ended: June 2012 Sammanfattande analys" in told["memberships"]
    assert "EUROCITIES" not in told["memberships"]
    assert "Board member: Level Holds office Board member" in told["wording"]
    assert "Positioning: Question How far does the network" in told["wording"]
    assert "by other words may not compare" in told["wording"]
    assert "unchanged" in told["rules"]


def test_a_veto_that_comes_is_told(fallen):
    both = Comparison(fallen.later, fallen.earlier)
    told = text(changes.in_short(both, View(both.later.given, "en")))
    assert (
        "The rating on Strategic fit now excludes “Takes part” or “Holds office” for "
        "Metropolis and UCLG." in told
    )
    assert "Memberships stated now only: C40." in told


@pytest.mark.slow
def test_a_membership_that_begins_is_to_end_or_is_another_one_is_told(outcome):
    def rows(network, **values):
        own = outcome.given.memberships.copy()
        own.loc[own["network"] == network, list(values)] = list(values.values())
        return replace(outcome.given, memberships=own)

    begun = rows("c40", since="2012-03")
    begun = replace(begun, case=begun.case.assign(as_of="2012-11"))
    told = {
        "C40 began: March 2012": begun,
        "C40 is to end: 2030": rows("c40", until="2030"),
        "C40 before: affiliated member; now: full member": rows("c40", standing="full"),
        "C40 stated before, not now": replace(
            outcome.given, memberships=outcome.given.memberships.query("network != 'c40'")
        ),
    }
    gone = outcome.given.memberships.query("network != 'c40'")
    for said, later in told.items():
        given = replace(outcome.given, memberships=gone) if "began" in said else outcome.given
        both = Comparison(evaluate(given, draws=100), evaluate(later, draws=100))
        view = View(later, "en")
        assert said in text(memberships.memberships(both, view))
        assert "C40" in text(changes.in_short(both, view))


@pytest.mark.slow
def test_of_many_networks_those_that_differ_come_first_and_the_rest_are_counted():
    case = load_case(CASE.parent / "exempelstad-2025")
    best = {("luft", criterion): (4, 4) for criterion in case.criteria["criterion"]}
    stricter = evaluate(case, draws=100).with_(ratings=best)
    both = evaluate(case, draws=100).compare(stricter)
    shown = str(networks.networks(both, View(case, "en")))
    above, folded = shown.split("<details>")
    assert "The networks that differ" in text(above)
    same = both.networks["differs"].map(len).eq(0).sum()
    assert f"{same} networks in which nothing differs" in text(folded)
    assert above.count("<tr>") - 1 == len(both.networks) - same
    assert "no evidence not computed" in text(folded)


@pytest.mark.slow
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
    assert "of 24 ratings" in text(shown["in_short"])  # 3 networks, 8 criteria
    assert "that only one of the evaluations has weighs nothing" in text(shown["limits"])
    parts = both.turned[["evidence", "weights", "demands", "method"]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(1)


def test_a_rating_that_no_longer_applies_is_another_one(outcome):
    later = outcome.all_ratings.copy()
    later.iloc[0, later.columns.get_loc("state")] = "not_applicable"
    both = Comparison(outcome, holding(outcome.given, all_ratings=later))
    view = View(outcome.case, "en")
    assert f"changed: 1 of {len(later)} ratings." in basis.differing(both, view)
    assert "not applicable none" in text(ratings.ratings(both, view))  # no statement differs


def test_rules_that_differ_are_listed_one_by_one(outcome):
    given = outcome.given
    demands = given.demands.copy()
    demands.loc[0, ["demand", "veto"]] = 2, 1
    later = replace(given, demands=demands, order_statements=given.order_statements[:0])
    both = Comparison(outcome, evaluate(later, draws=100))
    told = text(basis.rules(both, View(later, "en")))
    assert "Demand of Member only: Positioning 1 2" in told
    assert "Veto against Member only: Positioning none 1" in told
    assert told.count("weighs at least as much as") == len(given.order_statements) > 0
    assert "2 demands or vetoes" in basis.differing(both, View(later, "en"))


def test_a_criterion_that_is_read_the_other_way_is_told(outcome):
    turned = {**outcome.method.objectives, "influence": "min"}
    later = holding(
        outcome.given,
        method=replace(outcome.method, objectives=turned),
        threshold=outcome.threshold,
    )
    told = text(basis.rules(Comparison(outcome, later), View(outcome.given, "en")))
    assert "Direction: Influence higher is better lower is better" in told


def test_a_change_from_one_cause_alone_is_told_as_the_whole(outcome):
    rerated = outcome.with_(ratings={("metropolis", "strategic_fit"): (0, 0)})
    both = outcome.compare(rerated)
    told = text(changes.in_short(both, View(outcome.given, "en")))
    assert "For Metropolis, the whole change comes from the evidence." in told
    assert causes.shares(both, View(outcome.given, "en")) is None


def test_nothing_changed_is_told_as_such(alike):
    told = {name: text(shown) for name, shown in page(alike, "en").items() if shown is not None}
    assert told["in_short"] == (
        "The calculation points at the same as before for all 4 networks that both evaluations "
        "have. All that this rests on is unchanged, in networks and criteria that both have."
    )
    assert "shares" not in told
    assert told["networks"].count("nothing") == 4
    assert "before:" not in told["networks"]
    assert told["ratings"] == "No rating that both evaluations have has changed."
    assert told["rules"] == "Weights, demands, vetoes and threshold are unchanged."
    assert "worded as before" in told["wording"]
    assert told["memberships"] == "No membership has begun, ended or changed."
    assert told["in_one_only"] == "Both evaluations have the same networks and criteria."
    assert key_figures.of_comparison(alike) == {"networks": 4, "changed": 0, "other_levels": 0}


def test_swedish_is_swedish(years, alike):
    english = re.compile(r"\b(the|of|and|before|changed|enough|only)\b", re.IGNORECASE)
    for both in (years, alike):
        for name, shown in page(both, "sv").items():
            told = text(shown)
            assert not english.search(told), name


def test_words_from_the_data_are_escaped(years):
    case, hostile = years.later.given, "<script>alert(1)</script>"
    networks = case.networks.assign(name=hostile)
    evil = replace(case, networks=networks, case=case.case.assign(title_en=hostile))
    for shown in page(replace(years, later=replace(years.later, given=evil)), "en").values():
        assert "<script" not in str(shown)


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
