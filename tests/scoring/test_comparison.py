"""Why an outcome changed: made-up years of which the cause is known, and a naive twin."""

from dataclasses import replace
from functools import cache
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest

from netanalysis import DataError
from netanalysis.scoring.comparison import COMPONENTS, compare, side_by_side
from netanalysis.scoring.engagement import settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import intervals

DEMANDS = pd.DataFrame({"a": [1.0, 3.0], "b": [1.0, 3.0]}, index=["follow", "lead"])
HOW = Method(
    DEMANDS,
    DEMANDS.mask(DEMANDS > 0),
    {"a": "max", "b": "max"},
    (0.6, 0.6),
    [],
    {"a": (0.7, 0.7), "b": (0.3, 0.3)},
    draws=400,
)


def rated(**networks):
    """Ratings by network: criterion to a rating, a pair of ends, or None where it is put aside."""
    rows = []
    for network, cells in networks.items():
        for criterion, value in cells.items():
            low, high = value if isinstance(value, tuple) else (value, value)
            rows.append((network, criterion, low, high, "not_applicable" if low is None else ""))
    columns = ["network", "criterion", "low", "high", "state"]
    frame = pd.DataFrame(rows, columns=columns).astype({"low": float, "high": float})
    return frame.set_index(["network", "criterion"])


THEN = rated(one={"a": 4, "b": 4}, two={"a": 1, "b": 4})
LOWER = rated(one={"a": 0, "b": 4}, two={"a": 1, "b": 4})  # one falls where a decides


def shares(found, network):
    return {name: round(float(found.loc[network, name]), 9) for name in COMPONENTS}


# ---- one thing changed


def test_nothing_changed():
    found = compare(THEN, HOW, THEN, HOW)
    assert not found["changed"].any()
    assert found["before"].to_dict() == {"one": "lead", "two": "follow"}
    assert found[["level", "share", *COMPONENTS]].isna().all(axis=None)
    assert set(found["enough"]) == {()}


@pytest.mark.parametrize(
    ("cause", "later", "how", "network", "becomes"),
    [
        ("evidence", LOWER, HOW, "one", "not_a_member"),
        ("weights", THEN, replace(HOW, bounds={"a": (0.3,) * 2, "b": (0.7,) * 2}), "two", "lead"),
        ("demands", THEN, replace(HOW, demands=DEMANDS.assign(a=[1.0, 1.0])), "two", "lead"),
    ],
)
def test_a_single_cause_has_the_whole_share(cause, later, how, network, becomes):
    found = compare(THEN, HOW, later, how)
    assert found.loc[network, "after"] == found.loc[network, "level"] == becomes
    assert shares(found, network) == {name: float(name == cause) for name in COMPONENTS}
    assert found.loc[network, "enough"] == (((cause,), becomes),)
    assert found.loc[network, ["share_before", "share"]].to_list() == [0, 1]
    assert not found.drop(network)["changed"].any()


def test_a_threshold_is_the_method():
    stays = rated(one={"a": 4, "b": 0})  # 0.7 of the weight meets lead
    found = compare(stays, HOW, stays, replace(HOW, threshold=(0.8, 0.8)))
    assert found.loc["one", "after"] == "not_a_member"
    assert shares(found, "one") == {"evidence": 0, "weights": 0, "demands": 0, "method": 1}


def test_a_veto_and_a_direction_are_demands():
    good = rated(one={"a": 3, "b": 4})
    barred = replace(HOW, vetoes=HOW.vetoes.assign(b=[np.nan, 2.5]))
    assert not compare(good, HOW, good, barred).loc["one", "changed"]
    worse = rated(one={"a": 3, "b": 2})
    found = compare(worse, HOW, worse, barred)
    assert found.loc["one", ["before", "after"]].to_list() == ["lead", "follow"]
    assert shares(found, "one")["demands"] == 1
    turned = replace(HOW, objectives={"a": "min", "b": "max"}, demands=DEMANDS.assign(a=[1.0, 1.0]))
    found = compare(THEN, HOW, THEN, turned)
    assert found.loc["one", "after"] == "not_a_member"
    assert shares(found, "one")["demands"] == 1


# ---- several things changed


def test_two_causes_that_need_each_other_share_alike():
    # lead on a asks for 4 now, and a is rated 3 now: with either alone lead stays
    then, now = rated(one={"a": 4, "b": 4}), rated(one={"a": 3, "b": 4})
    harder = replace(HOW, demands=DEMANDS.assign(a=[1.0, 4.0]))
    found = compare(then, HOW, now, harder)
    assert found.loc["one", ["before", "after"]].to_list() == ["lead", "follow"]
    assert shares(found, "one") == {"evidence": 0.5, "weights": 0, "demands": 0.5, "method": 0}
    assert found.loc["one", "enough"] == ((("evidence", "demands"), "follow"),)


def test_two_causes_of_which_either_is_enough_share_alike():
    harder = replace(HOW, threshold=(0.8, 0.8))
    then, now = rated(one={"a": 4, "b": 3}), rated(one={"a": 4, "b": 0})
    strict = replace(HOW, threshold=(0.8, 0.8), demands=DEMANDS.assign(b=[4.0, 4.0]))
    found = compare(then, harder, now, strict)  # b no longer met: by its rating, by its demand
    assert shares(found, "one") == {"evidence": 0.5, "weights": 0, "demands": 0.5, "method": 0}
    after = found.loc["one", "after"]
    assert found.loc["one", "enough"] == ((("evidence",), after), (("demands",), after))


def test_a_cause_against_the_change_is_negative():
    # a has fallen to 0, and some of its weight may have gone to b, which meets every demand
    then, now = rated(one={"a": 2, "b": 4}), rated(one={"a": 0, "b": 4})
    half = replace(HOW, bounds={"a": (0.35, 0.65), "b": (0.35, 0.65)})
    found = compare(then, HOW, now, half)
    assert found.loc["one", ["before", "after"]].to_list() == ["follow", "not_a_member"]
    assert found.loc["one", "evidence"] > 1
    assert found.loc["one", "weights"] < 0
    assert found.loc["one", "enough"] == ((("evidence",), "not_a_member"),)


def random_years(rng, criteria_now=("d", "a", "c")):
    """Two years that differ in everything, also in networks and, as it stands, in criteria."""

    def year(criteria, networks):
        low = rng.integers(0, 5, (len(networks), len(criteria)))
        high = np.minimum(low + rng.integers(0, 3, low.shape), 4)
        cells = {
            network: {
                name: (None, None) if rng.random() < 0.1 and name != "a" else ends
                for name, *ends in ((c, *map(int, e)) for c, e in
                                    zip(criteria, zip(low[row], high[row], strict=True),
                                        strict=True))
            }
            for row, network in enumerate(networks)
        }  # fmt: skip
        ends = {n: {c: tuple(e) for c, e in of.items()} for n, of in cells.items()}
        asked = np.sort(rng.integers(0, 5, (2, len(criteria))), axis=0).astype(float)
        demands = pd.DataFrame(asked, index=["follow", "lead"], columns=criteria)
        vetoes = (demands - 1).where(rng.random(demands.shape) < 0.15).where(demands > 0)
        least = float(rng.choice([0.5, 0.6]))
        bounds = dict.fromkeys(criteria, (0.05, float(rng.choice([0.5, 0.8]))))
        how = Method(demands, vetoes, dict.fromkeys(criteria, "max"), (least, least + 0.15),
                     [tuple(rng.permutation(criteria)[:2])], bounds, draws=300)  # fmt: skip
        return rated(**ends), how

    return year(["a", "b", "c"], ["n1", "n2", "n3", "n4"]), year(
        list(criteria_now), ["n0", "n4", "n3", "n2"]
    )


@pytest.mark.parametrize("seed", range(25))
def test_shares_add_up_and_both_ends_are_those_of_each_year(seed):
    (earlier, then), (later, now) = random_years(np.random.default_rng(seed))
    found = compare(earlier, then, later, now)
    assert list(found.index) == ["n4", "n3", "n2"]
    moved = found[found["changed"]]
    assert moved[list(COMPONENTS)].sum(axis=1).to_numpy() == pytest.approx(np.ones(len(moved)))
    for column, rows, how in (("before", earlier, then), ("after", later, now)):
        own = settled(how.judge(*intervals(rows)).share)["outcome"]
        assert found[column].to_dict() == own[found.index].to_dict()


@pytest.mark.parametrize("seed", range(8))
def test_shares_are_the_mean_over_all_orders(seed):
    (earlier, then), (later, now) = random_years(np.random.default_rng(seed), "abc")

    @cache
    def share(chosen):
        asked, weighed, cut = (
            now if name in chosen else then for name in ("demands", "weights", "method")
        )
        how = replace(
            asked, threshold=cut.threshold, at_least=weighed.at_least, bounds=weighed.bounds
        )
        return how.judge(*intervals(later if "evidence" in chosen else earlier)).share

    found = compare(earlier, then, later, now)
    back = compare(later, now, earlier, then)
    for network, row in found[found["changed"]].iterrows():
        level = row["level"].replace("not_a_member", "lowest")
        steps = {name: [] for name in COMPONENTS}
        for order in permutations(COMPONENTS):
            value = [share(frozenset(order[:number])).loc[network, level] for number in range(5)]
            for name, step in zip(order, np.diff(value), strict=True):
                steps[name].append(step / (value[-1] - value[0]))
        twin = {name: float(np.mean(of)) for name, of in steps.items()}
        assert shares(found, network) == pytest.approx(twin, abs=1e-6)
        turns = {}
        for number in range(1, 5):
            for some in combinations(COMPONENTS, number):
                outcome = settled(share(frozenset(some))).loc[network, "outcome"]
                if outcome != row["before"]:
                    turns.setdefault(number, {})[some] = outcome
        assert dict(row["enough"]) == turns[min(turns)]
        if "open" in (row["before"], row["after"]):  # then both ways follow one level
            assert shares(back, network) == pytest.approx(twin, abs=1e-6)


# ---- networks and criteria that come and go, names and order


def test_networks_of_one_year_only_are_left_out():
    found = compare(THEN, HOW, LOWER.drop("two", level="network"), HOW)
    assert list(found.index) == ["one"]


def test_years_without_a_common_network_are_refused():
    with pytest.raises(DataError, match="networks in both"):
        compare(THEN, HOW, rated(other={"a": 1, "b": 1}), HOW)


def with_a_third(how, weight):
    asked = how.demands.assign(c=[1.0, 3.0])
    bounds = {"a": (0.7 * (1 - weight),) * 2, "b": (0.3 * (1 - weight),) * 2, "c": (weight,) * 2}
    return replace(
        how,
        demands=asked,
        vetoes=how.vetoes.assign(c=np.nan),
        objectives=dict.fromkeys("abc", "max"),
        bounds=bounds,
    )


def test_a_new_criterion_counts_with_all_that_it_brings():
    then, now = rated(one={"a": 4, "b": 4}), rated(one={"a": 4, "b": 4, "c": 0})
    found = compare(then, HOW, now, with_a_third(HOW, 0.5))
    assert found.loc["one", ["before", "after"]].to_list() == ["lead", "not_a_member"]
    # without the weight nothing changes, nor without the demand; without the evidence c is
    # unknown: 0 to 4, of which one value in five misses the demand of follow, and 4 of 5 draws
    # so reach it
    spread = shares(found, "one")
    assert spread["method"] == 0
    assert spread["weights"] == spread["demands"]
    assert spread["weights"] > spread["evidence"] > 0
    assert found.loc["one", "enough"] == ((("weights", "demands"), "open"),)


def test_a_dropped_criterion_is_the_new_one_backwards():
    then, now = rated(one={"a": 4, "b": 4}), rated(one={"a": 4, "b": 4, "c": 0})
    found = compare(now, with_a_third(HOW, 0.5), then, HOW)
    assert found.loc["one", ["before", "after"]].to_list() == ["not_a_member", "lead"]
    assert sum(shares(found, "one").values()) == pytest.approx(1)


def test_a_network_to_which_nothing_weighed_applies_is_unknown():
    # now only c applies; with the weights of then nothing does, and nothing is known
    then = rated(one={"a": 4, "b": 4})
    now = rated(one={"a": (None, None), "b": (None, None), "c": 0})
    found = compare(then, HOW, now, with_a_third(HOW, 0.5))
    assert found.loc["one", "after"] == "not_a_member"
    assert sum(shares(found, "one").values()) == pytest.approx(1)


def test_names_and_order_do_not_matter():
    (earlier, then), (later, now) = random_years(np.random.default_rng(8))
    found = compare(earlier, then, later, now)
    assert found["changed"].any()
    names = {"n2": "z", "n3": "y", "n4": "x", "a": "q", "c": "p"}

    def renamed(frame, how):
        turned = {name: names.get(name, name) for name in how.demands.columns}
        return frame.rename(index=names)[::-1], replace(
            how,
            demands=how.demands.rename(columns=turned),
            vetoes=how.vetoes.rename(columns=turned),
            objectives={turned[name]: sense for name, sense in how.objectives.items()},
            at_least=[(turned[one], turned[other]) for one, other in how.at_least],
            bounds={turned[name]: ends for name, ends in how.bounds.items()},
        )

    (first, how_then), (last, how_now) = renamed(earlier, then), renamed(later, now)
    again = compare(first.loc[:], how_then, last, how_now).rename(
        index={new: old for old, new in names.items()}
    )
    pd.testing.assert_frame_equal(again.loc[found.index], found)


def test_an_order_of_criteria_alone_is_no_change():
    turned = replace(
        HOW,
        demands=HOW.demands[["b", "a"]],
        vetoes=HOW.vetoes[["b", "a"]],
        bounds=dict(reversed(HOW.bounds.items())),
    )
    found = compare(THEN, HOW, THEN.sort_index(ascending=False), turned)
    assert not found["changed"].any()


# ---- two evaluations side by side

STANDING = {
    "today": ("lead",), "possible": ("follow", "lead"), "outcome": "lead", "firm": "leans",
    "frequent": "lead", "share": 0.7, "error": 0.005,
}  # fmt: skip


def standing(**networks):
    return pd.DataFrame.from_dict(
        {name: STANDING | own for name, own in networks.items()}, orient="index"
    )


@pytest.mark.parametrize(
    ("now", "differs"),
    [
        ({}, ()),
        ({"today": ("follow", "lead")}, ("today",)),
        ({"outcome": "open", "firm": "open"}, ("outcome", "firm")),
        ({"possible": ("lead",)}, ("possible",)),
        ({"share": 0.71}, ()),  # so much other draws do
        ({"share": 0.72}, ("share",)),
        ({"frequent": "follow"}, ("share",)),
        ({"frequent": None, "share": None, "error": None, "possible": ()}, ("possible", "share")),
    ],
)
def test_what_differs_of_a_network_is_named(now, differs):
    both = side_by_side(standing(uclg={}), standing(uclg=now))
    assert both.loc["uclg", "differs"] == differs


def test_a_network_of_one_evaluation_stands_with_what_that_one_gives_it():
    both = side_by_side(standing(uclg={}, c40={}), standing(eurocities={}, c40={}))
    assert both["among"].to_dict() == {"eurocities": "later", "c40": "both", "uclg": "earlier"}
    assert both["differs"].map(len).sum() == 0
    assert both.loc["uclg", "today_before"] == ("lead",)
    assert pd.isna(both.loc["eurocities", "today_before"])
