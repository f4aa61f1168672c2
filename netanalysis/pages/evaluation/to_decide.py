"""What is to be decided, when, and what is not known?"""

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation, upcoming
from netanalysis.pages.costs import this_year
from netanalysis.pages.html import Fragment, paragraphs
from netanalysis.pages.labels import label
from netanalysis.pages.upcoming_dates import places_named
from netanalysis.pages.view import View
from netanalysis.scoring.costs import yearly_costs
from netanalysis.scoring.engagement import PROPOSAL

__all__ = ["to_decide", "unknown"]


def to_decide(outcome: Evaluation, view: View) -> Fragment:
    """What is to be decided, with the days that the office proposes, and the next dates."""
    words = view.words
    questions = list(_questions(outcome, view)) or list(_own_questions(outcome, view))
    items = Markup("\n").join(Markup("<li>{}</li>").format(text) for text in questions)
    listed = Markup("<ol>\n{}\n</ol>\n").format(items) if questions else Markup("")
    nothing = [] if questions else [words("Nothing is proposed.")]
    return Fragment(listed + paragraphs([*nothing, *_next_date(view)]))


def _questions(outcome: Evaluation, view: View) -> Iterator[str]:
    """The office's proposals that are not decided, as questions; alike ones are one."""
    words, rows = view.words, view.case.assessments
    decided = view.case.decisions
    decided = decided[decided["status"] != "proposed"]
    settled = pd.MultiIndex.from_frame(decided[["network", "level"]])
    rows = rows[rows["network"].isin(outcome.networks)]
    rows = rows[~pd.MultiIndex.from_frame(rows[["network", "level"]]).isin(settled)]
    routes = outcome.actions["via"]
    rows = rows.assign(effective=rows["effective"].astype(object).fillna(""))
    for (action, level, day), some in rows.groupby(["action", "level", "effective"], sort=False):
        named = words.some(view.networks[name] for name in dict.fromkeys(some["network"]))
        same = all(outcome.today[network] == (level,) for network in some["network"])
        text = _question(str(action), named, view.levels[str(level)], same, view)
        if day:
            text = words("{question} The office proposes {date}.", question=text,
                         date=words.date(day))  # fmt: skip
        if action == "leave":
            for network in some["network"]:
                via = routes.get(network)
                if isinstance(via, str):
                    text += " " + words(
                        "The membership of {network} runs through {via}.",
                        network=view.networks[network],
                        via=view.networks.get(via, via),
                    )
        yield text


def _question(action: str, networks: str, level: str, same: bool, view: View) -> str:
    words, values = view.words, {"networks": networks, "level": level}
    return {
        "apply": words("Apply for membership of {networks}?", **values),
        "deepen": words("Do more in {networks}, at today’s level ({level})?", **values)
        if same
        else words("Do more in {networks} ({level})?", **values),
        "continue": words("Go on as today in {networks}?", **values),
        "step_back": words("Step back in {networks} ({level})?", **values),
        "leave": words("Leave {networks}?", **values),
    }.get(action, words("{level} in {networks}?", **values))


def _own_questions(outcome: Evaluation, view: View) -> Iterator[str]:
    """Where the office has proposed nothing: what the calculation would have decided."""
    words, found = view.words, outcome.directions["direction"]
    less, more = (
        words.some(view.networks[name] for name in found.index[found == direction])
        for direction in ("less", "more")
    )
    if less:
        yield words("Do less in {networks}?", networks=less)
    if more:
        yield words("Do more in {networks}?", networks=more)


def _next_date(view: View) -> list[str]:
    """The next date that a source gives, with every place that is named for it."""
    words, ahead = view.words, upcoming(view.case)
    ahead = ahead[ahead["kind"] != PROPOSAL]
    if ahead.empty:
        return []
    row = ahead.iloc[0]
    if row["table"] != "events":
        what = words("{network}: {what}", network=view.concerned.get(row["network"], ""),
                     what=label(str(row["kind"]), words))  # fmt: skip
        return [words("Next date: {event}, {date}.", event=what, date=words.date(row["date"]))]
    event = view.case.events.loc[row["row"]]
    places = places_named(event, view)
    start, end = event["start"], event["end"]
    date = words.term(start, end if isinstance(end, str) else start)
    values = {"event": view.own(event, "name"), "date": date, "places": "; ".join(places)}
    if len(places) > 1:
        return [
            words(
                "Next date: {event}, {date} (the sources name more than one place: {places}).",
                **values,
            )
        ]
    if places:
        return [words("Next date: {event}, {date} ({places}).", **values)]
    return [words("Next date: {event}, {date}.", **values)]


def unknown(outcome: Evaluation, view: View) -> Fragment:
    """What is not known, in one line; that all of it is, where that is so."""
    words, missing = view.words, []
    costs = yearly_costs(view.costs, until=this_year(view))["network"].unique()
    dear = [name for name in outcome.networks if name not in costs]
    if len(dear) == len(outcome.networks):
        missing.append(words("what any of the memberships costs"))
    elif dear:
        missing.append(
            words("what {networks} cost", networks=words.some(view.networks[one] for one in dear))
        )
    perhaps = [name for name, levels in outcome.today.items() if len(levels) > 1]
    if perhaps:
        missing.append(
            words("today’s level in {networks}",
                  networks=words.some(view.networks[one] for one in perhaps))
        )  # fmt: skip
    bare = int(outcome.ratings["state"].isin(["silence", "no_evidence"]).sum())
    if bare:
        missing.append(
            words(
                "{count} of {all} ratings",
                count=words.number(bare),
                all=words.number(len(outcome.ratings)),
            )
        )
    if not missing:
        return Fragment("")
    return paragraphs(
        [Markup("<strong>{}</strong> {}.").format(words("Unknown:"), words.listing(missing))]
    )
