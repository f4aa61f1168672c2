"""What must hold between the rows and tables of a case, beyond each table's own schema?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from netanalysis.dates import first_day, last_day
from netanalysis.errors import Key, Problem
from netanalysis.language.text import folded, nearest_first
from netanalysis.loaders.case.columns import code_words
from netanalysis.loaders.case.request_rules import REQUEST_RULES
from netanalysis.loaders.case.survey_rules import SURVEY_RULES

__all__ = ["broken_rules"]

Frames = Mapping[str, pd.DataFrame]
Schemas = Mapping[str, dict[str, Any]]
Found = Iterator[tuple[str, str, int | None, str | None, Mapping[str, object]]]

LEVELS = tuple(code_words("levels"))  # the lowest first
TERMS = {  # table: first and last column of its terms
    "memberships": ("since", "until"),
    "seats": ("start", "end"),
    "participation": ("start", "end"),
    "events": ("start", "end"),
}
NAMED = {"networks": "name", "departments": "name", "criteria": "label"}
BOUNDS = {  # table: lower and upper column of its intervals
    "case": ("threshold_low", "threshold_high"),
    "criteria": ("weight_low", "weight_high"),
    "statements": ("low", "high"),
    "answers": ("low", "high"),
}


def broken_rules(
    frames: Frames, schemas: Schemas, files: Mapping[str, str], unread: set[str]
) -> list[Problem]:
    """Every rule between rows and tables that the case breaks.

    Parameters
    ----------
    frames : mapping of table to DataFrame
        Indexed by row number. Cells that were refused earlier are empty.
    schemas : mapping of table to Frictionless Table Schema
        Foreign keys are read from here.
    files : mapping of table to str
        Name of each file, for the message.
    unread : set of str
        Tables that could not be read; no rule that needs one of them is checked.

    Returns
    -------
    list of Problem
    """
    found = list(_references(frames, schemas, unread))
    for rule, needs in _RULES.items():
        if not unread & needs:
            found += rule(frames)
    return [
        Problem(code, files[table], row, column, values)
        for code, table, row, column, values in found
    ]


def _references(frames: Frames, schemas: Schemas, unread: set[str]) -> Found:
    for table, schema in schemas.items():
        for key in schema.get("foreignKeys", []):
            target, columns = key["reference"]["resource"], key["fields"]
            if unread & {table, target}:
                continue
            known = {cells for _, cells in _filled(frames[target], key["reference"]["fields"])}
            for number, cells in _filled(frames[table], columns):
                if cells not in known:
                    keys = {str(one): one for one in map(Key, sorted(known))}
                    names = [keys[one] for one in nearest_first(str(Key(cells)), keys)]
                    values = {"value": Key(cells), "table": target, "known": names}
                    yield "reference", table, number, columns[-1], values


def _filled(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Number and cells of each row that misses none of the columns; faster than a small frame."""
    cells_of = (frame[name].to_list() for name in columns)
    for number, *cells in zip(frame.index, *cells_of, strict=True):
        if all(map(pd.notna, cells)):
            yield number, tuple(cells)


def _one_case(frames: Frames) -> Found:
    if len(frames["case"]) != 1:
        yield "rows_one", "case", None, None, {"found": len(frames["case"])}


def _place(frames: Frames) -> Found:
    """A city that is not invented has an id by which member lists know it."""
    for row in frames["case"].itertuples():
        if pd.isna(row.geoname_id) and pd.isna(row.synthetic):
            yield "city_no_id", "case", row.Index, "geoname_id", {"city": row.city}


def _levels(frames: Frames) -> Found:
    levels = frames["levels"].sort_values("order")
    found = levels["level"].to_list()
    if found != list(LEVELS) or not levels["order"].is_unique:
        listed = {"found": ", ".join(map(str, found)), "known": ", ".join(LEVELS)}
        yield "levels", "levels", None, None, {**listed, "first": LEVELS[0]}


def _terms(frames: Frames) -> Found:
    for table, (start, end) in TERMS.items():
        for number, (first, last) in _filled(frames[table], (start, end)):
            if last_day(last) < first_day(first):
                yield "term", table, number, end, {"start": first, "end": last}


def _ended_or_ongoing(frames: Frames) -> Found:
    dates = frames["case"]["as_of"].dropna()
    for table in ("seats", "participation") if len(dates) else ():
        rows = frames[table]
        for number, end in rows.loc[rows["ongoing"] == "yes", "end"].dropna().items():
            if last_day(end) < first_day(dates.iloc[0]):
                yield "ongoing_over", table, number, "end", {"end": end, "as_of": dates.iloc[0]}


def _seats_within_membership(frames: Frames) -> Found:
    members = frames["memberships"]
    members = members[members["standing"] != "represented"]
    for seat in frames["seats"].itertuples():
        routes = members[members["network"] == seat.network]
        since, until = routes["since"].dropna(), routes["until"].dropna()
        column = None
        for name in ("start", "end"):
            day = getattr(seat, name)
            if pd.isna(day):
                continue
            too_early = len(since) and last_day(day) < min(map(first_day, since))
            ended = len(until) and len(until) == len(routes)
            too_late = ended and first_day(day) > max(map(last_day, until))
            if too_early or too_late:
                column = column or name
        if column:
            term = {"start": seat.start, "end": seat.end}
            term |= {"since": since.min(), "until": until.max()}
            values = {name: "?" if pd.isna(day) else day for name, day in term.items()}
            yield "seat_outside", "seats", seat.Index, column, values


def _demands(frames: Frames) -> Found:
    rows: dict[tuple[str, str], Any] = {}
    for row in frames["demands"].itertuples():
        rows.setdefault((row.criterion, row.level), row)
    for criterion in frames["criteria"].itertuples():
        sign = -1 if criterion.objective == "min" else 1
        below: Any = None
        for level in LEVELS[1:]:
            row = rows.get((criterion.criterion, level))
            if row is None:
                values = {"level": level, "criterion": criterion.criterion}
                yield "demand_missing", "demands", None, None, values
                continue
            if sign * row.veto >= sign * row.demand:
                values = {"veto": f"{row.veto:g}", "demand": f"{row.demand:g}"}
                yield "veto", "demands", row.Index, "veto", values
            if below is not None and sign * row.demand < sign * below.demand:
                values = {"level": level, "criterion": criterion.criterion, "below": below.level}
                values |= {"demand": f"{row.demand:g}", "other": f"{below.demand:g}"}
                yield "demand_nested", "demands", row.Index, "demand", values
            below = row if pd.notna(row.demand) else below


def _bodies(frames: Frames) -> Found:
    """A part taken in a body that is named: the body must be one of the network's."""
    bodies = frames["bodies"][["network", "body"]].dropna()
    known = set(bodies.itertuples(index=False, name=None))
    for number, *place in frames["participation"][["network", "body"]].dropna().itertuples():
        if tuple(place) not in known:
            own = sorted(bodies.loc[bodies["network"] == place[0], "body"])
            names = nearest_first(place[1], own)
            values = {"value": Key(tuple(place)), "table": "bodies", "known": names}
            yield "reference", "participation", number, "body", values


def _bounds(frames: Frames) -> Found:
    for table, (low, high) in BOUNDS.items():
        for number, least, most in frames[table][[low, high]].itertuples(name=None):
            if least > most:
                values = {"low_column": low, "low": f"{least:g}"}
                values |= {"high_column": high, "high": f"{most:g}"}
                yield "low_high", table, number, low, values


def _weights(frames: Frames) -> Found:
    lowest, highest = (frames["criteria"][f"weight_{end}"].sum() for end in ("low", "high"))
    if lowest > 1 + 1e-9 or highest < 1 - 1e-9:
        yield (
            "weights",
            "criteria",
            None,
            "weight_low",
            {"low": f"{lowest:g}", "high": f"{highest:g}"},
        )


def _states(frames: Frames) -> Found:
    for row in frames["statements"].itertuples():
        given = [name for name in ("low", "high") if pd.notna(getattr(row, name))]
        if pd.notna(row.state) and given:
            yield "state_both", "statements", row.Index, "state", {"state": row.state}
        elif pd.isna(row.state) and len(given) < 2:
            code = "state_half" if given else "state_none"
            yield code, "statements", row.Index, "high" if given == ["low"] else "low", {}


def _one_currency(frames: Frames) -> Found:
    """All rates lead into one currency, and none from that one."""
    rows = frames["rates"].dropna(subset=["currency", "into"])
    into = rows["into"].iloc[0] if len(rows) else ""
    for row in rows.itertuples():
        if row.into != into:
            yield "rate_into", "rates", row.Index, "into", {"value": row.into, "other": into}
        elif row.currency == into:
            yield "rate_itself", "rates", row.Index, "currency", {"value": into}


def _quotations(frames: Frames) -> Found:
    """A source is quoted only where its terms of use are stated."""
    sources = frames["sources"].dropna(subset="source_id")
    stated = set(sources.loc[sources["licence"].notna(), "source_id"])
    quoted = frames["statements"].dropna(subset=["quotation", "source_id"])
    for row in quoted.itertuples():
        if row.source_id not in stated:
            yield "quotation_terms", "statements", row.Index, "quotation", {"value": row.source_id}


def _order_of_two(frames: Frames) -> Found:
    for row in frames["order_statements"].itertuples():
        if row.criterion == row.other:
            values = {"criterion": row.criterion}
            yield "order", "order_statements", row.Index, "other", values


def _route_via_another(frames: Frames) -> Found:
    for row in frames["memberships"].itertuples():
        if row.network == row.via:
            yield "via", "memberships", row.Index, "via", {"network": row.network}


def _routes_in_a_circle(frames: Frames) -> Found:
    rows = frames["memberships"].dropna(subset=["network", "via"])
    routes = dict(zip(rows["network"], rows["via"], strict=True))
    for row in rows.itertuples():
        passed, network = [row.network], row.via
        while network in routes and network not in passed:
            passed.append(network)
            network = routes[network]
        if network == row.network != row.via:
            values = {"route": " – ".join([*passed, network])}
            yield "via_circle", "memberships", row.Index, "via", values


def _names_told_apart(frames: Frames) -> Found:
    for table, named_by in NAMED.items():
        for column in (one for one in frames[table] if one.startswith(named_by)):
            first: dict[str, int] = {}
            for number, name in frames[table][column].dropna().items():
                row = first.setdefault(folded(name), number)
                if row != number:
                    yield "name_alike", table, number, column, {"value": name, "other": row}


_RULES: dict[Callable[[Frames], Found], set[str]] = {  # rule: tables that it needs
    _one_case: {"case"},
    _place: {"case"},
    _levels: {"levels"},
    _terms: set(TERMS),
    _ended_or_ongoing: {"case", "seats", "participation"},
    _seats_within_membership: {"seats", "memberships"},
    _demands: {"criteria", "demands"},
    _bodies: {"bodies", "participation"},
    _bounds: set(BOUNDS),
    _weights: {"criteria"},
    _states: {"statements"},
    _quotations: {"statements", "sources"},
    _one_currency: {"rates"},
    _order_of_two: {"order_statements"},
    _route_via_another: {"memberships"},
    _routes_in_a_circle: {"memberships"},
    _names_told_apart: set(NAMED),
    **REQUEST_RULES,
    **SURVEY_RULES,
}
