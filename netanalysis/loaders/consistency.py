"""Where do rows contradict each other?

A contradiction in the sources is not an error: both rows stay, and the page shows both with
their places.
"""

from itertools import combinations
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, is_date, last_day, may_meet
from netanalysis.loaders.case import Case

__all__ = ["ONE_VALUE", "contradictions"]

# Attributes of which a network, or the city, has one value at a time.
ONE_VALUE = frozenset(
    "constituency contact_network chair chair_city committee_count congress_interval consulted"
    " direction_at_joining direction_now forum_count founded full_membership_from in_scope"
    " member_count monitoring_model previous_chair_city represents_countries"
    " represents_population target_group_from working_group_count".split()
)

_COLUMNS = ["network", "kind", "first_sv", "first_en", "second_sv", "second_en"]
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
        both languages, and each row's source and locator. Kinds:

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
        (network, kind, *first[0], *second[0], *first[1], *second[1])
        for network, kind, first, second in pairs
    ]
    return pd.DataFrame(rows, columns=_COLUMNS).drop_duplicates(ignore_index=True)


Said = tuple[tuple[str, str], tuple[str, str]]  # what in both languages; source and locator
Pairs = list[tuple[object, str, Said, Said]]


def _said(row: Any, swedish: str, english: str) -> Said:
    return (swedish, english), (row.source_id, row.locator)


def _two(rows: pd.DataFrame) -> list[tuple[Any, Any]]:
    return list(combinations(rows.itertuples(), 2))


def _facts(facts: pd.DataFrame) -> Pairs:
    single = facts[facts["attribute"].isin(ONE_VALUE)]
    return [
        (one.network, "fact", *(_said(row, row.text_sv, row.text_en) for row in (one, other)))
        for _, rows in single.groupby(["network", "attribute"], dropna=False, sort=False)
        for one, other in _two(rows)
        if one.value != other.value
    ]


def _events(events: pd.DataFrame) -> Pairs:
    def told(row: Any, what: str) -> Said:
        if what == "event_date":
            return _said(row, f"{row.name_sv}: {row.start}", f"{row.name_en}: {row.start}")
        return _said(row, f"{row.name_sv}: {row.place_sv}", f"{row.name_en}: {row.place_en}")

    pairs: Pairs = []
    for _, rows in events.groupby("event", sort=False):
        for one, other in _two(rows):
            if _clash(one.start, other.start):
                kind = "event_date"
                pairs.append((one.network, kind, told(one, kind), told(other, kind)))
            if (
                pd.notna(one.place_en)
                and pd.notna(other.place_en)
                and one.place_en != other.place_en
            ):
                kind = "event_place"
                pairs.append((one.network, kind, told(one, kind), told(other, kind)))
    return pairs


def _seats(seats: pd.DataFrame, bodies: pd.DataFrame) -> Pairs:
    names = bodies.set_index(["network", "body"])

    def told(row: Any) -> Said:
        body = names.loc[(row.network, row.body)]
        return _said(row, f"{body['name_sv']}: –{row.end}", f"{body['name_en']}: –{row.end}")

    return [
        (one.network, "term", told(one), told(other))
        for _, rows in seats.groupby(["network", "body", "role"], sort=False)
        for one, other in _two(rows)
        if pd.notna(one.start) and one.start == other.start and _clash(one.end, other.end)
    ]


def _memberships(memberships: pd.DataFrame, facts: pd.DataFrame) -> Pairs:
    def joined(row: Any) -> Said:
        return _said(row, f"medlem sedan {row.since}", f"member since {row.since}")

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
                told = _said(fact, str(fact.text_sv), str(fact.text_en))
                pairs.append((fact.network, "founded", told, joined(row)))
    return pairs


def _silence(statements: pd.DataFrame, facts: pd.DataFrame) -> Pairs:
    asked = facts[(facts["attribute"] == "consulted") & (facts["value"] == "no")]
    silent = statements[statements["state"] == "silence"]
    return [
        (
            fact.network,
            "not_asked",
            _said(fact, str(fact.text_sv), str(fact.text_en)),
            _said(row, str(row.text_sv), str(row.text_en)),
        )
        for fact in asked.itertuples()
        for row in silent[silent["network"] == fact.network].itertuples()
    ]


def _clash(one: object, other: object) -> bool:
    return pd.notna(one) and pd.notna(other) and not may_meet(str(one), str(other))
