import pandas as pd
import pytest

from netanalysis.scoring.ratings import rate


def rows(*entries):
    columns = ["coder", "network", "criterion", "low", "high", "state"]
    return pd.DataFrame(
        [("A", "n", "c", *e) if len(e) == 3 else e for e in entries], columns=columns
    )


def one(*entries):
    return rate(rows(*entries), ["n"], ["c"]).loc[("n", "c")]


def test_lower_median_of_lows_and_upper_median_of_highs_by_hand():
    # lows 0 1 2 3 -> lower median 1; highs 1 2 3 4 -> upper median 3
    cell = one((0, 1, None), (1, 2, None), (2, 3, None), (3, 4, None))
    assert (cell["low"], cell["high"]) == (1, 3)


def test_the_hull_covers_both_coders():
    cell = one(("A", "n", "c", 1, 2, None), ("B", "n", "c", 3, 3, None))
    assert cell[["low", "high", "n_statements", "n_coders"]].to_list() == [1, 3, 2, 2]


@pytest.mark.parametrize("state", ["silence", "no_evidence"])
def test_what_is_not_known_is_the_whole_scale(state):
    cell = one((None, None, state)) if state == "silence" else rate(rows(), ["n"], ["c"]).iloc[0]
    assert cell[["low", "high", "state"]].to_list() == [0, 4, state]


def test_not_applicable_has_no_numbers():
    cell = one((None, None, "not_applicable"))
    assert cell[["low", "high"]].isna().all()
    assert cell["state"] == "not_applicable"


def test_a_rating_outweighs_silence_and_silence_outweighs_not_applicable():
    assert one((None, None, "silence"), (2, 2, None))["state"] == ""
    assert one((None, None, "not_applicable"), (None, None, "silence"))["state"] == "silence"


def test_every_pair_comes_once_and_names_may_be_frames():
    networks, criteria = pd.DataFrame({"network": ["m", "n"]}), pd.DataFrame({"criterion": ["c"]})
    rated = rate(rows((2, 3, None)), networks, criteria)
    assert rated.index.to_list() == [("m", "c"), ("n", "c")]
    pd.testing.assert_frame_equal(rated, rate(rows((2, 3, None)), ["m", "n"], ["c"]))


def test_order_of_statements_and_names_of_coders_change_nothing(stockholm):
    statements = stockholm.statements
    whole = rate(statements, stockholm.networks, stockholm.criteria)
    swapped = statements.iloc[::-1].assign(coder=lambda s: s["coder"].map({"A": "B", "B": "A"}))
    pd.testing.assert_frame_equal(whole, rate(swapped, stockholm.networks, stockholm.criteria))


def test_arguments_are_left_as_they_were():
    given = rows((2, 3, None))
    before = given.copy()
    rate(given, ["n"], ["c"])
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ((3, 2, None), "low above high"),
        ((2, 7, None), "rating outside 0 to 4"),
        ((2, None, None), "neither a whole rating nor a state"),
        ((None, None, None), "neither a whole rating nor a state"),
        ((2, 2, "silence"), "both a rating and a state"),
        ((None, None, "asleep"), "unknown state"),
        (("A", "x", "c", 1, 1, None), "unknown network"),
        (("A", "n", "x", 1, 1, None), "unknown criterion"),
        ((None, "n", "c", 1, 1, None), "no coder"),
    ],
)
def test_rows_that_cannot_be_rated_are_refused(entry, message):
    with pytest.raises(ValueError, match=message):
        one(entry)
