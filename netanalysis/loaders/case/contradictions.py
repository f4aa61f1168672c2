"""Where do rows contradict each other?

A contradiction in the sources is not an error: both rows stay, and the page shows both with
their places.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, is_date, last_day, may_meet
from netanalysis.language.languages import LANGUAGES
from netanalysis.loaders.case.case import Case

__all__ = ["ONE_VALUE", "contradictions"]

# Attributes of which a network, or the city, has one value at a time.
ONE_VALUE = frozenset(
    "constituency contact_network chair chair_city committee_count congress_interval consulted"
    " direction_at_joining direction_now forum_count founded full_membership_from in_scope"
    " member_count monitoring_model previous_chair_city represents_countries"
    " represents_population target_group_from working_group_count".split()
)

_SAID = [f"{which}_{language}" for which in ("first", "second") for language in LANGUAGES]
_COLUMNS = ["network", "kind", *_SAID, "first_since", "second_since"]
_COLUMNS += ["first_source", "first_locator", "second_source", "second_locator"]


def contradictions(case: Case) -> pd.DataFrame:
    """Pairs of rows that cannot both be right.

    Dates clash when the intervals that they mean have no day in common; a missing value
    clashes with nothing.

    Parameters
    ----------
    case : Case

    Returns
    -------
    DataFrame
        A row per pair: network (missing for the city itself), kind, what each row says in
        every language (a beginning of a membership: since when), and each row's source and
        locator. Kinds:

        - fact: one attribute with two values
        - event_date, event_place: one event on two dates or in two places
        - term: one seat, from the same start, with two ends
        - joined: one membership with two beginnings
        - founded: founded after the city joined
        - not_asked: silence recorded for a network that was not asked about
    """
    pairs = [
        *_facts(case.facts),
        *_events(case.events),
        *_seats(case.seats, case.bodies),
        *_memberships(case.memberships, case.facts),
        *_silence(case.statements, case.facts),
    ]
    rows = [
        (
            network,
            kind,
            *first.texts,
            *second.texts,
            first.since,
            second.since,
            first.row.source_id,
            first.row.locator,
            second.row.source_id,
            second.row.locator,
        )
        for network, kind, first, second in pairs
    ]
    return pd.DataFrame(rows, columns=_COLUMNS).drop_duplicates(ignore_index=True)


@dataclass(frozen=True)
class _Said:
    """What one row says: a text in each language, or since when the city is a member."""

    row: Any
    texts: tuple[str | None, ...] = (None,) * len(LANGUAGES)
    since: str | None = None


Pairs = list[tuple[object, str, _Said, _Said]]


def _said(row: Any, say: Callable[[str], str]) -> _Said:
    """What a row says in each language, whose ending the function is told."""
    return _Said(row, tuple(say(f"_{language}") for language in LANGUAGES))


def _text(row: Any) -> _Said:
    return _said(row, lambda ending: str(getattr(row, f"text{ending}")))


def _two(rows: pd.DataFrame) -> list[tuple[Any, Any]]:
    return list(combinations(rows.itertuples(), 2))


def _facts(facts: pd.DataFrame) -> Pairs:
    single = facts[facts["attribute"].isin(ONE_VALUE)]
    return [
        (one.network, "fact", *(_text(row) for row in (one, other)))
        for _, rows in single.groupby(["network", "attribute"], dropna=False, sort=False)
        for one, other in _two(rows)
        if one.value != other.value
    ]


def _events(events: pd.DataFrame) -> Pairs:
    def dated(row: Any) -> _Said:
        return _said(row, lambda ending: f"{getattr(row, f'name{ending}')}: {row.start}")

    def placed(row: Any) -> _Said:
        return _said(row, lambda at: f"{getattr(row, f'name{at}')}: {getattr(row, f'place{at}')}")

    pairs: Pairs = []
    for _, rows in events.groupby("event", sort=False):
        for one, other in _two(rows):
            if _clash(one.start, other.start):
                pairs.append((one.network, "event_date", dated(one), dated(other)))
            if any(_differ(one, other, f"place_{language}") for language in LANGUAGES):
                pairs.append((one.network, "event_place", placed(one), placed(other)))
    return pairs


def _seats(seats: pd.DataFrame, bodies: pd.DataFrame) -> Pairs:
    names = bodies.set_index(["network", "body"])

    def ended(row: Any) -> _Said:
        body = names.loc[(row.network, row.body)]
        return _said(row, lambda ending: f"{body[f'name{ending}']}: –{row.end}")

    return [
        (one.network, "term", ended(one), ended(other))
        for _, rows in seats.groupby(["network", "body", "role"], sort=False)
        for one, other in _two(rows)
        if pd.notna(one.start) and one.start == other.start and _clash(one.end, other.end)
    ]


def _memberships(memberships: pd.DataFrame, facts: pd.DataFrame) -> Pairs:
    def joined(row: Any) -> _Said:
        return _Said(row, since=str(row.since))

    pairs: Pairs = [
        (one.network, "joined", joined(one), joined(other))
        for _, rows in memberships.groupby(["network", "via"], dropna=False, sort=False)
        for one, other in _two(rows)
        if _clash(one.since, other.since)
    ]
    founded = facts[facts["attribute"] == "founded"]
    for fact in founded.itertuples():
        for row in memberships[memberships["network"] == fact.network].itertuples():
            known = pd.notna(row.since) and is_date(str(fact.value))
            if known and first_day(str(fact.value)) > last_day(str(row.since)):
                pairs.append((fact.network, "founded", _text(fact), joined(row)))
    return pairs


def _silence(statements: pd.DataFrame, facts: pd.DataFrame) -> Pairs:
    asked = facts[(facts["attribute"] == "consulted") & (facts["value"] == "no")]
    silent = statements[statements["state"] == "silence"]
    return [
        (fact.network, "not_asked", _text(fact), _text(row))
        for fact in asked.itertuples()
        for row in silent[silent["network"] == fact.network].itertuples()
    ]


def _differ(one: Any, other: Any, column: str) -> bool:
    """Whether two rows have texts that are not the same."""
    first, second = getattr(one, column), getattr(other, column)
    return pd.notna(first) and pd.notna(second) and bool(first != second)


def _clash(one: object, other: object) -> bool:
    return pd.notna(one) and pd.notna(other) and not may_meet(str(one), str(other))
