"""What must hold of a request that the city join a network, beside the other tables?"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, last_day

__all__ = ["REQUEST_RULES"]

Frames = Mapping[str, pd.DataFrame]
Found = Iterator[tuple[str, str, int | None, str | None, Mapping[str, object]]]


def _not_a_member(frames: Frames) -> Found:
    """A city that is certainly a member on the day has nothing to join."""
    dates = frames["case"]["as_of"].dropna()
    own = frames["memberships"]
    own = own[own["standing"] != "represented"]
    for row in frames["requests"].dropna(subset=["network"]).itertuples() if len(dates) else ():
        day = row.as_of if pd.notna(row.as_of) else dates.iloc[0]
        for member in own[own["network"] == row.network].itertuples():
            if _member(member, day, of_today=pd.isna(row.as_of)):
                since = "?" if pd.isna(member.since) else member.since
                values = {"network": row.network, "day": day, "since": since}
                values["membership"] = member.Index
                yield "request_member", "requests", row.Index, "network", values
                break


def _member(row: Any, day: str, of_today: bool) -> bool:
    """Whether a membership is certainly in force; without a beginning it is so today."""
    begun = of_today if pd.isna(row.since) else last_day(row.since) <= first_day(day)
    return begun and (pd.isna(row.until) or first_day(row.until) > last_day(day))


def _in_order(frames: Frames) -> Found:
    """A request comes in, is weighed and is decided on, in that order."""
    for row in frames["requests"].itertuples():
        came = row.received
        for column, code in (("decide_by", "request_decided"), ("as_of", "request_weighed")):
            later = getattr(row, column)
            if pd.notna(came) and pd.notna(later) and last_day(later) < first_day(came):
                yield code, "requests", row.Index, column, {"received": came, "day": later}


REQUEST_RULES: dict[Callable[[Frames], Found], set[str]] = {  # rule: tables that it needs
    _not_a_member: {"case", "memberships", "requests"},
    _in_order: {"requests"},
}
