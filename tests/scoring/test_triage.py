"""The light check of all memberships: each rule by hand, and what may never happen."""

import pandas as pd
import pytest

from netanalysis import DataError
from netanalysis.scoring import costs as money
from netanalysis.scoring.triage import held, near, pressing_dates, triage
from netanalysis.scoring.upcoming_dates import upcoming_dates

AS_OF = "2025-06-30"
COLUMNS = {
    "networks": "network",
    "memberships": "network standing via since until",
    "responsibilities": "network department deciding_body_sv deciding_body_en goal",
    "costs": "network year kind amount currency days paid_by",
    "participation": "network department role start end",
    "seats": "network body role start end",
    "events": "network event kind start",
}
NUMBERS = {"year": "Int64", "amount": "float64", "days": "float64"}


def table(name, *rows):
    frame = pd.DataFrame(rows, columns=COLUMNS[name].split())
    return frame.astype({column: NUMBERS.get(column, "str") for column in frame})


def fee(network, amount, year=2025, currency="SEK", days=None, kind="fee", paid_by=None):
    return (network, year, kind, amount, currency, days, paid_by)


@pytest.fixture
def sound():
    """Tables of one membership with nothing to look at, beside nine that cost more."""
    return {
        "networks": table("networks", ("n",)),
        "memberships": table("memberships", ("n", "full", None, "2003", None)),
        "responsibilities": table("responsibilities", ("n", "parks", "Nämnd", "Board", "green")),
        "costs": table("costs", fee("n", 100)),
        "participation": table("participation", ("n", "parks", "member", "2023", "2026")),
        "seats": table("seats"),
        "events": table("events"),
    }


def check(tables, **more):
    return triage(**tables, **{"as_of": AS_OF, "share": 0, **more})


def add(tables, **rows):
    joined = {
        name: pd.concat([tables[name], table(name, *new)], ignore_index=True)
        for name, new in rows.items()
    }
    return {**tables, **joined}


def but(tables, name, *rows):
    return {**tables, name: table(name, *rows)}


def reasons(tables, network="n", **more):
    return check(tables, **more).loc[network, "reasons"]


def test_with_all_known_and_nothing_near_it_is_carried_on(sound):
    row = check(sound).loc["n"]
    assert row["group"] == "carry_on"
    assert row["reasons"] == ()
    assert row["owners"] == ("parks",)
    assert row["goals"] == ("green",)
    assert row["deciding_bodies_sv"] == ("Nämnd",)
    assert row["deciding_bodies_en"] == ("Board",)
    assert row["cost"] == "known"
    assert row["last_participation"] == AS_OF  # its end is still to come
    assert pd.isna(row["next_date"])
    assert pd.isna(row["next_kind"])


def test_where_nothing_is_known_every_gap_is_a_reason_and_the_owner_comes_first(sound):
    bare = {**sound, **{name: table(name) for name in
            ("responsibilities", "costs", "participation", "seats", "events")}}  # fmt: skip
    row = check(bare, share=1).loc["n"]
    assert row["group"] == "owner_missing"
    assert row["reasons"] == (
        "no_owner", "not_active", "cost_unknown", "no_goal", "no_deciding_body"
    )  # fmt: skip
    assert row["cost"] == "unknown"
    assert pd.isna(row["last_participation"])


@pytest.mark.parametrize(
    ("duty", "missing"),
    [
        (("n", None, "Nämnd", "Board", "green"), "no_owner"),
        (("n", "parks", None, None, "green"), "no_deciding_body"),
        (("n", "parks", "Nämnd", "Board", None), "no_goal"),
    ],
)
def test_a_duty_that_is_not_named(sound, duty, missing):
    found = check(but(sound, "responsibilities", duty)).loc["n"]
    assert found["reasons"] == (missing,)
    assert found["group"] == ("owner_missing" if missing == "no_owner" else "look_closer")


def test_a_body_named_in_one_language_is_known(sound):
    assert reasons(but(sound, "responsibilities", ("n", "parks", None, "Board", "green"))) == ()


@pytest.mark.parametrize(
    ("role", "start", "end", "expected", "last"),
    [
        ("member", "2020", "2022-06-30", (), "2022-06-30"),
        ("member", "2020", "2022-06-29", ("not_active",), "2022-06-29"),
        # may have ended on 1 January, more than three years before
        ("member", "2020", "2022", ("not_active",), "2022"),
        # began in July, so it ended within the three years
        ("member", "2022-07", "2022", (), "2022"),
        ("chair", None, "2023", (), "2023"),
        ("chair", "2021", AS_OF, (), AS_OF),  # its last day
        ("participant", "2024", None, (), "2024"),
        ("participant", "2019", None, ("activity_undated",), "2019"),
        ("participant", None, None, ("activity_undated",), None),
        ("participant", "2025-07", None, ("not_active",), None),  # yet to begin
        ("participant", "2025", "2027", (), AS_OF),
        # of the owner itself
        ("declined", None, None, ("owner_aside", "not_active"), None),
        ("none", "2010", "2015", ("not_active",), None),  # over long ago
        ("none", "2010", "2022-06-30", ("owner_aside", "not_active"), None),
        ("none", "2010", "2022-06-29", ("not_active",), None),
        ("declined", "2025-07", None, ("not_active",), None),
    ],
)
def test_when_the_city_last_took_part(sound, role, start, end, expected, last):
    row = check(but(sound, "participation", ("n", "parks", role, start, end))).loc["n"]
    assert row["reasons"] == expected
    assert (None if pd.isna(row["last_participation"]) else row["last_participation"]) == last


def test_a_date_that_is_a_year_long_is_recent_only_as_a_whole(sound):
    past = but(sound, "participation", ("n", "parks", "member", "2007", "2008"))
    past = but(past, "costs", fee("n", 1, 2011))
    assert reasons(past, as_of="2011") == ("not_active",)  # 2011-12-31 less three years
    past = but(sound, "participation", ("n", "parks", "member", "2007", "2009"))
    assert reasons(but(past, "costs", fee("n", 1, 2011)), as_of="2011") == ()


def test_what_may_have_begun_within_a_date_of_a_year_counts(sound):
    begun = but(sound, "participation", ("n", "parks", "member", "2011-07", None))
    assert reasons(but(begun, "costs", fee("n", 1, 2011)), as_of="2011") == ()


def test_a_seat_counts_as_taking_part(sound):
    quiet = but(sound, "participation")
    assert reasons(but(quiet, "seats", ("n", "board", "member", "2020", "2024"))) == ()


def test_others_taking_part_does_not_stand_for_the_owner(sound):
    aside = add(
        but(sound, "participation", ("n", "parks", "declined", None, None)),
        participation=[("n", "schools", "member", "2024", None)],
    )
    assert reasons(aside) == ("owner_aside",)
    active = add(aside, participation=[("n", "parks", "participant", "2024", "2024")])
    assert reasons(active) == ()


@pytest.mark.parametrize(
    ("date", "is_near"),
    [
        ("2025-06-29", False),  # over
        ("2025-06-30", True),
        ("2026-06-30", True),
        ("2026-07-01", False),
        ("2026-07", False),
        ("2026", True),  # may be within
        ("2025", True),  # may be to come
        ("2024", False),
    ],
)
@pytest.mark.parametrize("kind", ["seat_end", "membership_end", "congress", "election", "notice"])
def test_a_date_within_twelve_months(sound, kind, date, is_near):
    if kind == "seat_end":
        dated = but(sound, "seats", ("n", "board", "member", None, date))
    elif kind == "membership_end":
        dated = but(sound, "memberships", ("n", "full", None, "2003", date))
        if date in ("2024", "2025-06-29"):
            assert check(dated).empty
            return
    else:
        dated = but(sound, "events", ("n", "e", kind, date))
    row = check(dated).loc["n"]
    # notice comes round every year: a day to have looked by, no reason to look
    assert row["reasons"] == (("date_near",) if is_near and kind != "notice" else ())
    if is_near:
        assert (row["next_date"], row["next_kind"]) == (date, kind)


def test_meetings_press_nobody(sound):
    assert reasons(but(sound, "events", ("n", "e", "meeting", "2025-09"))) == ()


def test_a_later_date_that_may_be_nearer_counts(sound):
    """Ordered by their last days the month comes first, but the year may begin before it."""
    told = but(sound, "events", ("n", "a", "congress", "2026-11"), ("n", "b", "election", "2026"))
    row = check(told).loc["n"]
    assert row["reasons"] == ("date_near",)
    assert row["next_date"] == "2026-11"


def network(tables, name, amount=100):
    """A second membership as sound as the first."""
    rows = {
        "networks": [(name,)],
        "memberships": [(name, "full", None, "2003", None)],
        "responsibilities": [(name, "parks", "Nämnd", "Board", "green")],
        "costs": [fee(name, amount)],
        "participation": [(name, "parks", "member", "2023", "2026")],
    }
    return add(tables, **rows)


def test_a_membership_through_another_shares_its_fate(sound):
    both = network(sound, "m")
    both["memberships"] = table(
        "memberships", ("n", None, None, None, None), ("m", None, "n", None, None)
    )
    assert check(both)["group"].to_list() == ["carry_on", "carry_on"]
    dated = but(both, "events", ("n", "e", "congress", "2025-11"))
    found = check(dated)
    assert found.loc["n", "reasons"] == ("date_near",)
    assert found.loc["m", "reasons"] == ("date_near", "via_looked_at")
    own = add(dated, memberships=[("m", "full", None, None, None)])
    assert check(own).loc["m", "reasons"] == ("date_near",)  # with a route of its own
    gone = {**both, "memberships": table("memberships", ("m", None, "n", None, None))}
    assert check(gone).index.to_list() == ["m"]
    assert check(gone).loc["m", "reasons"] == ("via_looked_at",)


def test_a_chain_holds_as_far_as_its_first_link_and_a_ring_does_not(sound):
    three = network(network(sound, "m"), "o")
    links = [("m", None, "n", None, None), ("o", None, "m", None, None)]
    chain = but(three, "memberships", ("n", None, None, None, None), *links)
    assert check(chain)["group"].to_list() == ["carry_on"] * 3
    broken = {**chain, "costs": chain["costs"][chain["costs"]["network"] != "n"]}
    assert check(broken)["reasons"].to_list() == [
        ("cost_unknown",), ("via_looked_at",), ("via_looked_at",)
    ]  # fmt: skip
    ring = but(three, "memberships", ("n", None, "o", None, None), *links)
    assert set(check(ring)["reasons"]) == {("via_looked_at",)}


def test_what_is_held_at_the_date(sound):
    names = table("networks", ("b",), ("a",), ("left",), ("later",), ("voice",))
    rows = table(
        "memberships",
        ("a", None, None, None, None),
        ("b", "full", None, "1999", "2025"),
        ("left", "full", None, "1999", "2024"),
        ("later", "full", None, "2026", None),
        ("voice", "represented", None, None, None),
    )
    assert held(names, rows, AS_OF) == ["b", "a"]
    found = check({**sound, "networks": names, "memberships": rows})
    assert found.index.to_list() == ["b", "a"]


@pytest.mark.parametrize(
    ("rows", "status", "expected"),
    [
        ([fee("n", 100, 2022)], "known", ()),
        ([fee("n", 100, 2021)], "unknown", ("cost_unknown",)),
        ([fee("n", None)], "unknown", ("cost_unknown",)),
        ([fee("n", 0)], "known", ()),
        ([fee("n", 100), fee("n", None, kind="travel")], "in_part", ("cost_in_part",)),
        ([fee("n", 100), fee("n", None, kind="staff", days=3)], "known", ()),
        ([fee("n", 100, 2024), fee("n", None, 2025)], "known", ()),
    ],
)
def test_a_cost_is_known_in_part_or_not_at_all(sound, rows, status, expected):
    row = check(but(sound, "costs", *rows)).loc["n"]
    assert (row["cost"], row["reasons"]) == (status, expected)


def test_the_largest_costs_make_up_half_within_each_currency():
    yearly = money.yearly_costs(
        table(
            "costs",
            *[fee(n, a) for n, a in {"a": 40, "b": 25, "c": 25, "d": 10, "e": 0}.items()],
            fee("f", 7, currency="EUR"),
        )
    )

    def chosen(share):
        return set(yearly.loc[money.largest(yearly, share), "network"])

    assert chosen(0) == set()
    assert chosen(0.4) == {"a", "f"}
    assert chosen(0.5) == {"a", "b", "c", "f"}  # b and c cost the same
    assert chosen(1) == {"a", "b", "c", "d", "f"}  # what costs nothing is never large


def test_what_two_sources_say_of_one_matter_is_not_added():
    rows = table(
        "costs",
        fee("n", 100),
        fee("n", 130),
        fee("n", 20, kind="travel", days=2),
        fee("n", 5, currency="EUR"),
        fee("n", 900, 2024),
        fee("n", None, kind="other"),
        fee("m", None, days=4),
    )
    yearly = money.yearly_costs(rows)
    assert yearly.values.tolist() == [
        ["n", "SEK", 2025, 120, 150, 1],
        ["n", "EUR", 2025, 5, 5, 1],
    ]
    assert money.totals(yearly).loc[("SEK", 2025)].to_list() == [120, 150, 1, 1]
    assert money.working_days(rows).values.tolist() == [["n", 2025, 2, 2], ["m", 2025, 4, 4]]
    assert money.yearly_costs(rows, 2026).empty
    assert money.totals(money.yearly_costs(table("costs"))).empty


def test_what_each_department_pays():
    rows = table(
        "costs",
        fee("n", 100, paid_by="parks"),
        fee("m", 50, 2023, paid_by="parks"),
        fee("m", 999, 2022, paid_by="parks"),
        fee("m", 7, 2023, kind="travel"),
    )
    assert money.payers(rows).values.tolist() == [
        ["parks", "SEK", 2025, 100, 100, 1],
        ["parks", "SEK", 2023, 50, 50, 1],
        ["", "SEK", 2023, 7, 7, 1],
    ]


def test_dates_of_each_membership(sound):
    both = network(sound, "m")
    both["memberships"] = table(
        "memberships", ("n", None, None, None, None), ("m", None, "n", None, None)
    )
    both["events"] = table(
        "events", ("n", "e", "congress", "2027"), ("m", "x", "notice", "2026-01"),
        ("other", "y", "notice", "2026-02"), (None, "z", "election", "2026-03"),
    )  # fmt: skip
    names = ("seats", "participation", "memberships", "events")
    ahead = upcoming_dates(*(both[name] for name in names), AS_OF)
    found = pressing_dates(both["networks"], both["memberships"], ahead, AS_OF)
    assert sorted(found.itertuples(index=False, name=None)) == [
        ("m", "2026-01", "notice"), ("m", "2027", "congress"), ("n", "2027", "congress")
    ]  # fmt: skip
    assert near(found["date"], AS_OF, 12).sum() == 1


# What may never happen


@pytest.fixture
def mixed(sound):
    """Networks of all groups, one hanging on another."""
    tables = network(network(network(sound, "m", 300), "o", 20), "p", 5)
    tables["memberships"] = add(tables, memberships=[("q", None, "m", None, None)])["memberships"]
    tables["networks"] = add(tables, networks=[("q",)])["networks"]
    tables = add(tables, events=[("o", "e", "election", "2025-12-31")])
    duties = tables["responsibilities"]
    return {**tables, "responsibilities": duties[duties["network"] != "p"]}


def test_relabelling_networks_changes_nothing(mixed):
    found = check(mixed, share=0.5)
    assert set(found["group"]) == {"carry_on", "look_closer", "owner_missing"}
    other = {name: f"{9 - rank}-{name}" for rank, name in enumerate(found.index)}
    renamed = {
        name: frame.assign(
            **{c: frame[c].map(other).astype("str") for c in ("network", "via") if c in frame}
        ).sample(frac=1, random_state=1)
        for name, frame in mixed.items()
    }
    again = check(renamed, share=0.5).rename(index={new: old for old, new in other.items()})
    pd.testing.assert_frame_equal(again.loc[found.index], found)


@pytest.mark.parametrize("role", ["chair", "member", "participant"])
@pytest.mark.parametrize(
    ("start", "end"),
    [(None, None), ("2001", None), ("2001", "2004"), ("2024", "2030"), ("2027", None)],
)
@pytest.mark.parametrize("department", ["parks", None])
def test_evidence_of_taking_part_never_makes_a_reason(mixed, role, start, end, department):
    before = check(mixed, share=0.5)
    for name in before.index:
        more = add(mixed, participation=[(name, department, role, start, end)])
        after = check(more, share=0.5)
        grown = {
            one: set(after.loc[one, "reasons"]) - set(before.loc[one, "reasons"])
            for one in before.index
        }
        # not active may become active without a date, which is a reason still
        assert all(new <= {"activity_undated"} for new in grown.values())
        carried = before["group"] == "carry_on"
        assert (after.loc[carried, "group"] == "carry_on").all()


def test_forgetting_never_makes_it_look_better(mixed):
    """A lost row of duties, of participation or of all of a network's costs."""
    before = check(mixed)
    for name in ("responsibilities", "participation", "costs"):
        for network in mixed[name]["network"].unique():
            rows = mixed[name]
            after = check({**mixed, name: rows[rows["network"] != network]})
            for one in before.index:
                assert set(before.loc[one, "reasons"]) <= set(after.loc[one, "reasons"])


def test_a_longer_look_ahead_and_a_shorter_look_back_only_add_reasons(mixed):
    for tight, wide in [({"months": 3}, {"months": 30}), ({"years": 5}, {"years": 1})]:
        less, more = check(mixed, **tight), check(mixed, **wide)
        for one in less.index:
            assert set(less.loc[one, "reasons"]) <= set(more.loc[one, "reasons"])


def test_it_leaves_its_tables_as_they_were(mixed):
    copies = {name: frame.copy() for name, frame in mixed.items()}
    check(mixed, share=0.5)
    for name, frame in mixed.items():
        pd.testing.assert_frame_equal(frame, copies[name])


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": -1},
        {"years": 101},
        {"months": -1},
        {"months": 1201},
        {"share": -0.1},
        {"share": 1.5},
        {"share": float("nan")},
    ],
)
def test_a_limit_out_of_range_is_refused(sound, wrong):
    with pytest.raises(DataError, match=next(iter(wrong))):
        check(sound, **wrong)


def test_the_limits_themselves_can_be_asked_for(sound):
    check(sound, years=0, months=0, share=0)
    check(sound, years=100, months=1200, share=1)


def test_stockholm_of_which_no_owner_is_known(stockholm):
    names = ("networks", "memberships", "responsibilities", "costs", "participation", "seats",
             "events")  # fmt: skip
    found = triage(**{name: getattr(stockholm, name) for name in names}, as_of="2011")
    assert found.index.to_list() == ["eurocities", "metropolis", "uclg", "c40"]
    assert set(found["group"]) == {"owner_missing"}
    assert "via_looked_at" in found.loc["uclg", "reasons"]
    assert found.loc["metropolis", "next_date"] == "2011-11-23"
