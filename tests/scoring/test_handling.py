"""The rule for requests: each step, and that an earlier one comes first."""

import itertools

import pytest

from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.handling import BLANKS, STEPS, handling_step

ALL = [some for size in range(1, 5) for some in itertools.combinations(LEVELS, size)]


def naive(blanks, other_body, possible, takes_part):
    """The rule as a page states it, word for word."""
    if blanks >= 3:
        return "investigate"
    if other_body:
        return "refer"
    if possible == ("not_a_member",):
        return "propose_rejection"
    if blanks in (1, 2):
        return "investigate"
    if "not_a_member" not in possible:
        return "propose_membership"
    return "take_part_without_membership" if takes_part else "trial"


@pytest.mark.parametrize("possible", ALL, ids="-".join)
def test_it_is_the_rule_that_the_page_states(possible):
    for blanks, other, part in itertools.product(range(6), (False, True), (False, True)):
        step = handling_step(blanks, other, possible, part)
        assert STEPS[step] == naive(blanks, other, possible, part)


@pytest.mark.parametrize("possible", ALL, ids="-".join)
def test_three_blanks_can_only_be_investigated(possible):
    for other, part in itertools.product((False, True), repeat=2):
        assert handling_step(BLANKS, other, possible, part) == "many_blanks"


def test_every_step_can_apply():
    found = {
        handling_step(blanks, other, possible, part)
        for blanks, other, possible, part in itertools.product(
            range(4), (False, True), ALL, (False, True)
        )
    }
    assert found == set(STEPS)
