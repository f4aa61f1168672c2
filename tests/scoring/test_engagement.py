import pandas as pd
import pytest

from netanalysis.scoring import engagement, pivots, ratings, sorting
from netanalysis.scoring.sorting import LOWEST
from netanalysis.scoring.upcoming_dates import upcoming_dates

NETWORKS = pd.DataFrame({"network": ["n"]})


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split()).astype("str")


def memberships(*rows):
    return frame("network standing via since until", *rows)


def seats(*rows, ongoing=None):
    return frame("network start end source_id locator", *rows).assign(ongoing=ongoing)


def participation(*rows, ongoing=None):
    return frame("network role start end", *rows).assign(ongoing=ongoing)


def events(*rows):
    return frame("network kind start source_id locator", *rows)


MEMBER = memberships(("n", "full", None, "2003", None))


@pytest.mark.parametrize(
    ("member", "part", "seat", "level"),
    [
        (memberships(), participation(), seats(), "not_a_member"),
        (
            memberships(("n", "represented", None, None, None)),
            participation(),
            seats(),
            "not_a_member",
        ),
        (
            memberships(("n", "full", None, "1995", "2008")),
            participation(),
            seats(),
            "not_a_member",
        ),
        (memberships(("n", "full", None, "2012", None)), participation(), seats(), "not_a_member"),
        (memberships(("n", None, None, None, None)), participation(), seats(), "follow"),
        (MEMBER, participation(("n", "declined", None, None)), seats(), "follow"),
        (MEMBER, participation(("n", "none", None, None)), seats(), "follow"),
        (MEMBER, participation(("n", "member", "2009", "2009")), seats(), "follow"),
        (MEMBER, participation(("n", "participant", None, None)), seats(), "follow participate"),
        (
            MEMBER,
            participation(("n", "participant", None, None), ongoing="yes"),
            seats(),
            "participate",
        ),
        (MEMBER, participation(("n", "member", None, "2011-06")), seats(), "participate"),
        (
            MEMBER,
            participation(("n", "member", None, None)),
            seats(("n", "2009", None, "s", "l")),
            "follow participate lead",
        ),
        (
            MEMBER,
            participation(("n", "member", "2010", "2012")),
            seats(("n", "2012", None, "s", "l"), ongoing="yes"),
            "participate",
        ),
        (MEMBER, participation(), seats(("n", "2009", "2011", "s", "l")), "lead"),
        (MEMBER, participation(), seats(("n", "2005", "2008", "s", "l")), "follow"),
        (MEMBER, participation(), seats(("n", None, None, "s", "l")), "follow lead"),
        (MEMBER, participation(), seats(("n", None, None, "s", "l"), ongoing="yes"), "lead"),
    ],
)
def test_todays_level(member, part, seat, level):
    assert engagement.current_levels(NETWORKS, member, seat, part, "2011")["n"] == tuple(
        level.split()
    )


def acted(today, outcome, possible, routes=MEMBER):
    levels = pd.Series({name: tuple(level.split()) for name, level in today.items()})
    return engagement.actions(levels, pd.Series(outcome), possible, routes, "2011")


@pytest.mark.parametrize(
    ("today", "outcome", "possible", "action", "direction"),
    [
        ("lead", "lead", ["lead"], "continue", ""),
        ("lead", "follow", ["follow", "lead"], "step_back", ""),
        ("lead", "not_a_member", [LOWEST], "leave", "less"),
        ("follow", "lead", ["participate", "lead"], "deepen", "more"),
        ("not_a_member", "participate", [LOWEST, "participate"], "apply", ""),
        ("not_a_member", "not_a_member", [LOWEST], "continue", ""),
        ("lead", "open", [LOWEST, "follow"], "insufficient_evidence", "less"),
        ("participate", "open", ["participate", "lead"], "insufficient_evidence", ""),
        ("follow participate", "participate", ["participate"], "depends_on_today", ""),
        ("follow participate", "lead", ["lead"], "deepen", "more"),
        ("follow lead", "not_a_member", [LOWEST], "leave", "less"),
    ],
)
def test_the_action_follows_from_today_and_outcome(today, outcome, possible, action, direction):
    row = acted({"n": today}, {"n": outcome}, {"n": possible}).loc["n"]
    assert (row["action"], row["direction"]) == (action, direction)


@pytest.mark.parametrize(
    ("outcome", "possible", "ends", "action"),
    [
        ("not_a_member", [LOWEST], "yes", "apply"),
        ("not_a_member", [LOWEST, "follow"], "yes", "apply"),
        ("follow", [LOWEST, "follow"], "possible", "continue"),
        ("open", [LOWEST, "follow"], "possible", "continue"),
        ("lead", ["follow", "lead"], "no", "continue"),
    ],
)
def test_a_membership_that_hangs_on_another_ends_with_it(outcome, possible, ends, action):
    routes = memberships(
        ("child", None, "parent", None, None),
        ("child", "represented", None, None, None),
        ("parent", "full", None, None, None),
    )
    levels = {"child": ["lead"], "parent": possible}
    row = acted(
        dict.fromkeys(levels, "lead"), {"child": "lead", "parent": outcome}, levels, routes
    ).loc["child"]
    assert row[["via", "route_ends", "action"]].to_list() == ["parent", ends, action]


def test_a_network_with_a_route_of_its_own_hangs_on_nothing():
    routes = memberships(("n", "full", None, None, None), ("n", None, "m", None, None))
    row = acted({"n": "lead"}, {"n": "lead"}, {"n": ["lead"]}, routes).loc["n"]
    assert pd.isna(row["via"])
    assert row["route_ends"] == "no"


@pytest.mark.parametrize(
    ("share", "outcome", "firm"),
    [
        ((0, 0, 0.1, 0.9), "lead", "holds"),
        ((0, 0.11, 0.89, 0), "participate", "leans"),
        ((0.6, 0.4, 0, 0), "not_a_member", "leans"),
        ((0.41, 0.59, 0, 0), "open", "open"),
    ],
)
def test_how_firm_an_outcome_is(share, outcome, firm):
    row = engagement.settled(pd.DataFrame([share], columns=[LOWEST, *engagement.LEVELS[1:]])).loc[0]
    assert (row["outcome"], row["firm"]) == (outcome, firm)
    assert row["share"] == max(share)


def ahead(seats, events):
    return upcoming_dates(seats, participation(), MEMBER, events, "2011")


def test_the_next_date_is_the_first_that_is_certain_to_come():
    held = seats(("n", "2009", "2011", "s", "seat"))
    told = events(
        ("n", "congress", "2008-10", "s", "past"),
        ("n", "congress", "2011", "s", "vague"),
        ("n", "congress", "2011-11-23", "s", "exact"),
        ("n", "step", "2010-02", "s", "over"),
    )
    row = engagement.next_dates(NETWORKS, MEMBER, ahead(held, told)).loc["n"]
    assert row[["date", "kind", "locator"]].to_list() == ["2011-11-23", "congress", "exact"]


def test_a_date_that_no_source_gives_is_missing():
    found = engagement.next_dates(NETWORKS, MEMBER, ahead(seats(), events()))
    assert found.index.to_list() == ["n"]
    assert found.loc["n"].isna().all()


def test_the_dates_of_the_network_that_it_hangs_on_count_too():
    both = pd.DataFrame({"network": ["child", "parent"]})
    routes = memberships(("child", None, "parent", None, None))
    told = events(("parent", "congress", "2011-05", "s", "l"))
    row = engagement.next_dates(both, routes, ahead(seats(), told)).loc["child"]
    assert row[["date", "in_network"]].to_list() == ["2011-05", "parent"]


DEMANDS = pd.DataFrame(
    {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0], "c": [1.0, 1.0, 2.0]},
    index=["follow", "participate", "lead"],
)
VETOES = DEMANDS.mask(DEMANDS > 0).astype(float)
WEIGHTS = pd.Series(1 / 3, index=["a", "b", "c"])


def rated(**cells):
    entries = {("n", name): cell for name, cell in cells.items()}
    index = pd.MultiIndex.from_tuples(entries, names=["network", "criterion"])
    return pd.DataFrame(list(entries.values()), index=index, columns=["low", "high", "state"])


def test_outcomes_take_worst_values_with_the_strictest_threshold():
    given = rated(a=(3, 3, ""), b=(3, 3, ""), c=(0, 4, "no_evidence"))
    strict = engagement.outcomes(given, DEMANDS, VETOES, WEIGHTS, (0.5, 0.75)).loc["n"]
    mild = engagement.outcomes(given, DEMANDS, VETOES, WEIGHTS, (0.5, 0.6)).loc["n"]
    assert strict.to_list() == ["not_a_member", "lead"]
    assert mild.to_list() == ["lead", "lead"]  # two thirds of the weight are certain


def test_what_is_not_applicable_carries_no_weight():
    given = rated(a=(3, 3, ""), b=(3, 3, ""), c=(None, None, "not_applicable"))
    ends = engagement.outcomes(given, DEMANDS, VETOES, WEIGHTS, (0.5, 1.0)).loc["n"]
    assert ends.to_list() == ["lead", "lead"]
    checks = engagement.checks(given, DEMANDS, VETOES)
    assert set(checks["criterion"]) == {"a", "b"}


def test_stockholm_as_it_stands(stockholm):
    given = ratings.rate(stockholm.statements, stockholm.networks, stockholm.criteria)
    demands, vetoes = sorting.profiles(stockholm.demands)
    weights = sorting.equal_weights(stockholm.criteria)
    ends = engagement.outcomes(given, demands, vetoes, weights, (0.5, 0.75))
    assert ends.T.to_dict("list") == {
        "eurocities": ["participate", "lead"],
        "metropolis": ["not_a_member", "follow"],
        "uclg": ["not_a_member", "follow"],
        "c40": ["participate", "lead"],
    }


def test_a_second_route_that_stays_keeps_the_membership():
    today = dict.fromkeys("nbc", "lead")
    outcome = {"n": "lead", "b": "not_a_member", "c": "lead"}
    possible = {"n": ["lead"], "b": [LOWEST], "c": ["lead"]}
    both = memberships(("n", None, "b", None, None), ("n", None, "c", None, None))
    row = acted(today, outcome, possible, both).loc["n"]
    assert (row["route_ends"], row["action"]) == ("no", "continue")
    ended = memberships(("n", None, "b", None, None), ("n", None, "c", None, "1999"))
    row = acted(today, outcome, possible, ended).loc["n"]
    assert (row["route_ends"], row["action"]) == ("yes", "apply")


def test_an_open_seat_does_not_outlive_the_membership():
    gone = memberships(("n", "full", None, "1990", "2005"))
    held = seats(("n", "2001", None, "s", "l"))
    levels = engagement.current_levels(NETWORKS, gone, held, participation(), "2011")
    assert levels["n"] == ("not_a_member",)


@pytest.mark.parametrize(
    ("cells", "change", "message"),
    [
        ({"a": (3, 3, "")}, {}, "missing b; c; extra"),
        (dict.fromkeys("abc", (None, None, "not_applicable")), {}, "no criterion that carries"),
        (dict.fromkeys("abc", (3, 3, "")), {"thresholds": (0.75, 0.5)}, "from low to high"),
        (dict.fromkeys("abc", (3, 3, "")), {"weights": 2 * WEIGHTS}, "must sum to 1"),
        (
            {"a": (None, 3, ""), "b": (3, 3, ""), "c": (3, 3, "")},
            {},
            "low has no finite number for n on a",
        ),
    ],
)
def test_what_has_no_outcome_is_refused(cells, change, message):
    rest = {"demands": DEMANDS, "vetoes": VETOES, "weights": WEIGHTS, "thresholds": (0.5, 0.75)}
    with pytest.raises(ValueError, match=message):
        engagement.outcomes(rated(**cells), **(rest | change))


def test_checks_refuse_a_rating_that_is_missing():
    with pytest.raises(ValueError, match="low has no finite number for n on a"):
        engagement.checks(rated(a=(None, 3, ""), b=(3, 3, ""), c=(3, 3, "")), DEMANDS, VETOES)


def test_where_less_is_better_the_worst_end_is_the_high_one():
    given = rated(a=(1, 3, ""), b=(3, 3, ""), c=(3, 3, ""))
    less = DEMANDS.assign(a=[3.0, 2.0, 1.0])
    ends = engagement.outcomes(given, less, VETOES, WEIGHTS, (1.0, 1.0), {"a": "min"}).loc["n"]
    assert ends.to_list() == ["follow", "lead"]


def test_a_certain_veto_is_named_with_the_lowest_level_that_it_bars():
    vetoes = VETOES.copy()
    vetoes.loc["participate", "a"] = 1.0
    given = rated(a=(1, 1, ""), b=(3, 3, ""), c=(3, 3, ""))
    found = pivots.ruled_out(engagement.checks(given, DEMANDS, vetoes))
    assert found.to_numpy().tolist() == [["n", "participate", ("a",)]]
