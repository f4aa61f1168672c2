"""Which memberships began, ended or are others, and which networks and criteria came and went?"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.evaluation import Comparison
from netanalysis.pages.html import Column, Fragment, bullets, paragraphs, table
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import in_force

__all__ = ["in_one_only", "in_short", "memberships", "names"]


def names(both: Comparison, view: View) -> dict[str, str]:
    """Name of each network of both evaluations, as the later one has it."""
    return {**view.of(both.earlier.given).networks, **view.networks}


def in_short(both: Comparison, view: View) -> Iterator[str]:
    """Which memberships ended and began, which networks and criteria came and went."""
    words, named, found = view.words, names(both, view), _changes(both, view)
    for change in ("ended", "to_end", "untold", "began", "told", "other"):
        networks = words.some(named[row["network"]] for row in found if row["change"] == change)
        if networks:
            yield {
                "ended": words("Ended memberships: {networks}.", networks=networks),
                "to_end": words("Memberships that are to end: {networks}.", networks=networks),
                "untold": words("Memberships no longer stated: {networks}.", networks=networks),
                "began": words("New memberships: {networks}.", networks=networks),
                "told": words("Memberships stated now only: {networks}.", networks=networks),
                "other": words("Memberships in another form: {networks}.", networks=networks),
            }[change]
    yield from _came_and_went(both, view)


def memberships(both: Comparison, view: View) -> Fragment:
    """The memberships that began, ended, are to end, or are others than before."""
    words, named, found = view.words, names(both, view), _changes(both, view)
    if not found:
        return paragraphs([words("No membership has begun, ended or changed.")])

    def told(row: dict[str, Any]) -> str:
        values = {"date": words.date(row["date"]), "before": row["before"], "now": row["now"]}
        return {
            "ended": words("ended: {date}", **values),
            "to_end": words("is to end: {date}", **values),
            "untold": words("stated before, not now"),
            "began": words("began: {date}", **values),
            "told": words("stated now, not before"),
            "other": words("before: {before}; now: {now}", **values),
        }[row["change"]]

    columns = [
        Column(words("Network"), lambda row: named[row["network"]]),
        Column(words("What differs"), told),
        Column(words("Where in the source"), lambda row: row["place"]),
    ]
    return table(words, words("Memberships that differ"), columns, found)


def in_one_only(both: Comparison, view: View) -> Fragment:
    """Networks and criteria that only one of the evaluations has."""
    texts = list(_came_and_went(both, view))
    return bullets(texts or [view.words("Both evaluations have the same networks and criteria.")])


def _changes(both: Comparison, view: View) -> list[dict[str, Any]]:
    """A row for each network whose membership is not what it was."""
    earlier = view.of(both.earlier.given)
    found = []
    for network, row in both.networks.iterrows():
        change = _change(str(network), earlier, view)
        if change and (row["among"] == "both" or change["change"] == "began"):
            found.append({"network": network, **change})
    return found


def _change(network: str, earlier: View, view: View) -> dict[str, Any]:
    """How a membership differs; empty where it does not."""
    then, now = (_own(at, network) for at in (earlier, view))
    held, holds = (
        rows[in_force(rows["since"], rows["until"], at.as_of)]
        for rows, at in ((then, earlier), (now, view))
    )
    ends = now["until"].dropna()
    begins = holds["since"].dropna()
    before, after = _told(held, earlier), _told(holds, view)

    def change(kind: str, rows: pd.DataFrame, at: View, date: object = None) -> dict[str, Any]:
        first = rows.iloc[0]
        place = at.place(first["source_id"], first["locator"])
        return {"change": kind, "date": date, "place": place, "before": before, "now": after}

    if len(held) and holds.empty:
        if ends.empty:
            return change("untold", held, earlier)
        return change("ended", now.loc[[ends.index[-1]]], view, ends.iloc[-1])
    if held.empty and len(holds):
        new = [date for date in begins if first_day(date) > last_day(earlier.as_of)]
        if new:
            return change("began", holds[holds["since"] == new[0]], view, new[0])
        return change("told", holds, view)
    if holds.empty:
        return {}
    if len(ends) and then["until"].isna().all():
        return change("to_end", now.loc[[ends.index[-1]]], view, ends.iloc[-1])
    return change("other", holds, view) if before != after else {}


def _own(view: View, network: str) -> pd.DataFrame:
    rows = view.case.memberships
    return rows[(rows["network"] == network) & (rows["standing"] != "represented")]


def _told(rows: pd.DataFrame, view: View) -> str:
    """Standing and route of a membership, in words; rows about one membership are one."""
    words = view.words
    standings = [label(code, words) for code in dict.fromkeys(rows["standing"].dropna())]
    routes = [
        words("through {network}", network=view.networks[via])
        for via in dict.fromkeys(rows["via"].dropna())
    ]
    return ", ".join(filter(text_of, [*standings, *routes])) or words.unknown


def _came_and_went(both: Comparison, view: View) -> Iterator[str]:
    """Networks and criteria of one evaluation only."""
    words, earlier = view.words, view.of(both.earlier.given)
    networks, before = view.networks, earlier.networks
    joined = {code: name for code, name in networks.items() if code not in before}
    left = {code: name for code, name in before.items() if code not in networks}
    criteria, asked = view.criteria, earlier.criteria
    new = [name for code, name in criteria.items() if code not in asked]
    dropped = [name for code, name in asked.items() if code not in criteria]
    if joined:
        yield words("Only in this evaluation: {networks}.", networks=words.some(joined.values()))
    if left:
        yield words(
            "Only in the earlier evaluation: {networks}.", networks=words.some(left.values())
        )
    alike = sorted(set(joined.values()) & set(left.values()), key=words.order)
    if alike:
        yield words(
            "Under another short name than before, and so counted as another network: {networks}.",
            networks=words.some(alike),
        )
    if new:
        yield words("New criteria: {criteria}.", criteria=words.listing(new))
    if dropped:
        yield words(
            "Criteria that are no longer used: {criteria}.", criteria=words.listing(dropped)
        )
