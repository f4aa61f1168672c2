"""Requests that cannot be: for what the city is in, decided or weighed before they came."""

import pytest

from netanalysis import DataError
from netanalysis.loaders.case.case import case_from
from tests.test_screening import NETWORK, PAPERS, WHOLE, requests_rows

MEMBER = {"network": NETWORK, "standing": "full", "source_id": PAPERS, "locator": "¶1"}


def made(*changes, **tables):
    return case_from(requests_rows({**WHOLE, **dict(changes)}, **tables))


@pytest.mark.parametrize(
    ("member", "day"),
    [
        ({"since": "2008"}, "2011-05-01"),
        ({"since": "2011-05-01"}, "2011-05-01"),
        ({"since": "2008", "until": "2011-05-02"}, "2011-05-01"),
        ({}, ""),  # a membership without a beginning is one on the day of the case
        ({"standing": ""}, ""),
    ],
)
def test_a_network_that_the_city_is_in_cannot_be_asked_for(member, day):
    rows = [{**MEMBER, **member}]
    told = f"requests.csv, row 2, column network: the city is a member of {NETWORK} already"
    with pytest.raises(DataError, match=told) as caught:
        made(("as_of", day), memberships=rows)
    assert [problem.code for problem in caught.value.problems] == ["request_member"]


@pytest.mark.parametrize(
    ("member", "day"),
    [
        ({"since": "2011-05-02"}, "2011-05-01"),
        ({"since": "2011"}, "2011-05-01"),  # perhaps later in the year
        ({}, "2011-05-01"),
        ({"since": "2002", "until": "2011-04-30"}, "2011-05-01"),
        ({"since": "2002", "standing": "represented", "represented_by": "The region"}, ""),
    ],
)
def test_one_that_it_was_in_or_came_to_be_in_can(member, day):
    assert len(made(("as_of", day), memberships=[{**MEMBER, **member}]).requests) == 1


@pytest.mark.parametrize(
    ("column", "code"), [("decide_by", "request_decided"), ("as_of", "request_weighed")]
)
def test_a_request_comes_in_first(column, code):
    with pytest.raises(DataError, match=r"before it came in .2011-01-10") as caught:
        made((column, "2011-01-09"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.column) == (code, 2, column)
    assert len(made((column, "2011-01")).requests) == 1  # perhaps later in the month


def test_everything_that_is_wrong_with_requests_is_told_at_once():
    changes = {"network": "nowhere", "goal": "none", "route": "gossip", "received": "2011-13"}
    with pytest.raises(DataError, match="nowhere") as caught:
        made(*changes.items())
    columns = {problem.column for problem in caught.value.problems if "requests" in problem.file}
    assert columns == set(changes)
