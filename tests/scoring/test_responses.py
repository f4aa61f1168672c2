"""Who answered and what the answers are worth, counted by hand and by a naive twin."""

import numpy as np
import pandas as pd
import pytest

from netanalysis.scoring import disclosure, ratings, responses

CRITERIA = pd.DataFrame({"criterion": ["reach", "burden"]})
KINDS = ["rating", "dont_know", "not_our_field", "no_answer"]


def asked(*rows):
    frame = pd.DataFrame(rows, columns=["department", "network", "respondents"])
    return frame.astype({"respondents": "Int64"})


def answers(*rows):
    """Rows of department, respondent, network, criterion, version, answer, low and high."""
    columns = ["department", "respondent", "network", "criterion", "version", "answer"]
    frame = pd.DataFrame(
        [(*row, None, None)[:8] for row in rows], columns=[*columns, "low", "high"]
    )
    places = [f"Answers!D{number}" for number in range(2, len(frame) + 2)]
    frame = frame.assign(source_id="reply", locator=places)
    return frame.astype({"respondent": "Int64", "version": "Int64", "low": float, "high": float})


def judged(asked_rows, given):
    shown = disclosure.protected(disclosure.counts(given, asked_rows))
    allowed = disclosure.ratings_allowed(shown)
    return responses.evidence(asked_rows, given, CRITERIA, shown, allowed)


ONE = asked(
    ("parks", "c40", None),
    ("parks", "uclg", None),
    ("water", "c40", None),
    ("schools", "c40", None),
)
GIVEN = answers(
    ("parks", None, "c40", "reach", 1, "rating", 1, 1),
    ("parks", None, "c40", "reach", 2, "rating", 2, 3),
    ("parks", None, "c40", "burden", 1, "dont_know"),
    ("parks", None, "uclg", "reach", 1, "no_answer"),
    ("parks", None, "uclg", "burden", 1, "no_answer"),
    ("water", None, "c40", "reach", 1, "rating", 4, 4),
    ("water", None, "c40", "burden", 1, "no_answer"),
)


def test_the_highest_version_counts_and_cells_it_leaves_alone_stay():
    last = responses.latest(GIVEN)
    assert len(last) == len(GIVEN) - 1
    parks = last[(last["department"] == "parks") & (last["network"] == "c40")]
    assert parks[["criterion", "version"]].to_numpy().tolist() == [["reach", 2], ["burden", 1]]


def test_rates_by_hand():
    by_department = responses.rates(ONE, GIVEN, "department")
    assert by_department[["asked", "answered", "silent"]].to_numpy().tolist() == [
        [2, 1, 1],  # parks said nothing of uclg, though its workbook came back
        [1, 1, 0],
        [1, 0, 1],
    ]
    assert by_department.loc["parks", KINDS].to_list() == [1, 1, 0, 2]
    by_network = responses.rates(ONE, GIVEN, "network")
    assert by_network[["asked", "answered", "silent"]].to_numpy().tolist() == [[3, 2, 1], [1, 0, 1]]


def test_tallies_by_hand():
    found = responses.tallies(ONE, GIVEN, CRITERIA)
    assert found.loc[("c40", "reach"), ["asked", *KINDS, "low", "high"]].to_list() == [
        3, 2, 0, 0, 1, 2, 4,
    ]  # fmt: skip
    assert found.loc[("c40", "burden"), ["asked", *KINDS]].to_list() == [3, 0, 1, 0, 2]
    assert found.loc[("uclg", "reach"), ["low", "high"]].isna().all()


def test_ratings_become_statements_and_silence_stands_only_where_nobody_rated():
    found = judged(ONE, GIVEN)
    told = found[["network", "criterion", "departments", "state"]].to_numpy().tolist()
    assert told == [
        ["c40", "reach", ("parks",), ""],
        ["c40", "reach", ("water",), ""],
        ["c40", "burden", ("water", "schools"), "silence"],
        ["uclg", "reach", ("parks",), "silence"],
        ["uclg", "burden", ("parks",), "silence"],
    ]
    assert found.loc[0, ["low", "high", "locator"]].to_list() == [2, 3, "Answers!D3"]


def test_dont_know_and_not_our_field_are_no_evidence():
    given = answers(
        ("parks", None, "c40", "reach", 1, "dont_know"),
        ("parks", None, "c40", "burden", 1, "not_our_field"),
    )
    assert judged(asked(("parks", "c40", None)), given).empty


def test_a_network_that_nobody_was_asked_about_stays_without_evidence():
    found = judged(asked(("parks", "c40", None)), answers())
    rows = found.assign(coder="D")[["coder", "network", "criterion", "low", "high", "state"]]
    rated = ratings.rate(rows, ["c40", "uclg"], CRITERIA)
    assert rated.loc["c40", "state"].to_list() == ["silence", "silence"]
    assert rated.loc["uclg", "state"].to_list() == ["no_evidence", "no_evidence"]


def persons(*counts):
    """Answers of persons on reach: so many of each rating."""
    rows, person = [], 0
    for rating, number in enumerate(counts):
        for _ in range(number):
            person += 1
            rows.append(("parks", person, "c40", "reach", 1, "rating", rating, rating))
            rows.append(("parks", person, "c40", "burden", 1, "no_answer"))
    return answers(*rows)


def test_persons_are_no_statements_but_what_may_be_published_of_all_of_them():
    many = judged(asked(("parks", "c40", 30)), persons(0, 6, 0, 18, 6))
    assert many[["criterion", "departments", "low", "high"]].to_numpy().tolist() == [
        ["reach", (), 3.0, 3.0]
    ]
    assert judged(asked(("parks", "c40", 30)), persons(0, 0, 2, 1, 0)).empty


def test_a_group_of_which_nobody_answers_is_silent_where_it_is_large_enough_to_say_so():
    large = judged(asked(("parks", "c40", 8)), answers())
    assert large[["departments", "state"]].to_numpy().tolist() == [[("parks",), "silence"]] * 2
    assert judged(asked(("parks", "c40", 4)), answers()).empty


def test_a_group_that_answers_keeps_another_of_which_nobody_does_from_being_told():
    both = asked(("parks", "c40", 8), ("roads", "c40", 8))
    rows = [
        ("roads", person, "c40", *told)
        for person in range(8)
        for told in (("reach", 1, "rating", 3, 3), ("burden", 1, "no_answer", None, None))
    ]
    assert "silence" not in judged(both, answers(*rows))["state"].to_list()


@pytest.mark.parametrize("seed", range(8))
def test_counts_agree_with_a_naive_twin(seed):
    rng = np.random.default_rng(seed)
    departments, networks = ["a", "b", "c"], ["m", "n"]
    pairs = [(d, n) for d in departments for n in networks if rng.random() < 0.8]
    rows = []
    for department, network in pairs:
        for criterion in CRITERIA["criterion"]:
            for version in range(1, 1 + rng.integers(0, 3)):
                kind = KINDS[rng.integers(0, 4)]
                ends = sorted(rng.integers(0, 5, 2)) if kind == "rating" else (None, None)
                rows.append((department, None, network, criterion, version, kind, *ends))
    rng.shuffle(rows)
    table, given = asked(*[(*pair, None) for pair in pairs]), answers(*rows)

    last = {}
    for row in sorted(rows, key=lambda row: row[4]):
        last[row[0], row[2], row[3]] = row[5]
    tallies = responses.tallies(table, given, CRITERIA)
    for (network, criterion), row in tallies.iterrows():
        said = [last.get((d, network, criterion), "no_answer") for d, n in pairs if n == network]
        assert row["asked"] == len(said)
        assert [row[kind] for kind in KINDS] == [said.count(kind) for kind in KINDS]
    for by, place in (("department", 0), ("network", 1)):
        found = responses.rates(table, given, by)
        assert (found["asked"] == found["answered"] + found["silent"]).all()
        for name, row in found.iterrows():
            mine = [pair for pair in pairs if pair[place] == name]
            spoke = [
                any(last.get((*pair, c), "no_answer") != "no_answer" for c in ("reach", "burden"))
                for pair in mine
            ]
            assert (row["asked"], row["answered"]) == (len(mine), sum(spoke))


def test_names_of_departments_change_nothing():
    other = {"parks": "z", "water": "y", "schools": "x"}
    renamed = [table.replace({"department": other}) for table in (ONE, GIVEN)]
    pd.testing.assert_frame_equal(
        responses.tallies(*renamed, CRITERIA), responses.tallies(ONE, GIVEN, CRITERIA)
    )
