"""What does each evaluation give each network, side by side, and what says the office?"""

from collections.abc import Callable
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Comparison
from netanalysis.language.words import MANY
from netanalysis.pages.comparison.memberships import names as named
from netanalysis.pages.html import Column, Fragment, folded, table
from netanalysis.pages.labels import decision, label
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import HOLDS, INSUFFICIENT, LEANS, OPEN
from netanalysis.scoring.ratings import NO_EVIDENCE

__all__ = ["assessments", "networks"]

STANDING = ("today", "possible", "firm", "frequent", "share", "error")


def networks(both: Comparison, view: View) -> Fragment:
    """All networks of both evaluations: today's level, what comes out, before and now.

    Of many those come first in which something differs; the rest are folded.
    """
    words, rows = view.words, both.networks
    before, now = (words.date(at.as_of) for at in (view.of(both.earlier.given), view))
    caption = words("All networks, before ({before}) and now ({now})", before=before, now=now)
    same = (rows["among"] == "both") & rows["differs"].map(len).eq(0)
    if len(rows) <= MANY or not same.any():
        return table(words, caption, _columns(both, view), rows)
    told = words.plural(
        "{count} network in which nothing differs",
        "{count} networks in which nothing differs",
        same.sum(),
    )
    rest = folded(told, table(words, told, _columns(both, view), rows[same]))
    if same.all():
        return rest
    caption = words(
        "The networks that differ, before ({before}) and now ({now})", before=before, now=now
    )
    return Fragment(table(words, caption, _columns(both, view), rows[~same]) + rest)


def assessments(both: Comparison, view: View) -> Fragment:
    """The office's assessment, before and now, and the decisions, of networks that have any."""
    words, before = view.words, view.of(both.earlier.given)
    decided = pd.concat([before.case.decisions, view.case.decisions])
    told = {*before.assessed.index, *view.assessed.index, *decided["network"]}
    names = named(both, view)

    def assessed(network: str) -> Markup:
        sides = {"both": (before, view), "earlier": (before,), "later": (view,)}
        among = both.networks.loc[network, "among"]
        return _then_now([_assessed(at, network, view) for at in sides[among]], view)

    columns = [
        Column(words("Network"), lambda network: names[network]),
        Column(words("The office’s assessment"), assessed),
        Column(words("Decision"), lambda network: _decided(decided, network, view)),
    ]
    caption = words("The office’s assessment, before and now, and the decisions")
    return table(words, caption, columns, [name for name in both.networks.index if name in told])


def _columns(both: Comparison, view: View) -> list[Column]:
    words, names = view.words, named(both, view)

    def cell(show: Callable[[dict[str, Any]], str], *aspects: str) -> Callable[[Any], Markup]:
        """Both sides where an aspect differs, else the one that is there."""

        def shown(row: Any) -> Markup:
            ends = ["_before", ""] if set(aspects) & set(row.differs) else [""]
            if row.among == "earlier":
                ends = ["_before"]
            sides = [{name: getattr(row, f"{name}{end}") for name in STANDING} for end in ends]
            return _then_now(list(map(show, sides)), view)

        return shown

    return [
        Column(words("Network"), lambda row: names[row.Index]),
        Column(words("What differs"), lambda row: _differs(row, view)),
        Column(words("Today’s level"), cell(lambda side: view.today(side["today"]), "today")),
        Column(
            words("The calculation points at (how sure, share)"),
            cell(lambda side: _points_at(side, view), "outcome", "firm", "share"),
        ),
        Column(words("Possible levels"), cell(lambda side: _possible(side, view), "possible")),
    ]


def _points_at(side: dict[str, Any], view: View) -> str:
    words, firm = view.words, side["firm"]
    if firm in (NO_EVIDENCE, INSUFFICIENT):
        return label(firm, words)
    share = (
        words.percent(1)
        if len(side["possible"]) == 1
        else words.share(side["share"], side["error"], (LEANS, HOLDS))
    )
    level = view.levels[side["frequent"]]
    if firm == OPEN:
        return words("open (most often {level}, {share})", level=level, share=share)
    told = label(firm, words).lower()
    return words("{level} ({firm}, {share})", level=level, firm=told, share=share)


def _possible(side: dict[str, Any], view: View) -> str:
    levels = [view.levels[level] for level in side["possible"]]
    return view.words.alternatives(levels) or view.words("not computed")


def _differs(row: Any, view: View) -> str:
    words = view.words
    if row.among != "both":
        return words("new network") if row.among == "later" else words("no longer in the case")
    said = {
        "today": words("today’s level"),
        "outcome": words("what the calculation points at"),
        "firm": words("how sure it is"),
        "possible": words("which levels are possible"),
        "share": words("the share"),
    }
    return words.listing(said[name] for name in row.differs) or words("nothing")


def _then_now(told: list[str], view: View) -> Markup:
    """What was and what is, once where it is the same."""
    words, (then, *_), now = view.words, told, told[-1]
    if then == now:
        return Markup.escape(now)
    before, after = words("before: {text}", text=then), words("now: {text}", text=now)
    return Markup("{},<br>{}").format(before, after)


def _assessed(at: View, network: str, view: View) -> str:
    """What the office said at a time, in the later evaluation's labels."""
    if network not in at.assessed.index:
        return view.words("no assessment")
    last = at.assessed.loc[network]
    return f"{view.levels[last['level']]}, {label(last['action'], view.words)}"


def _decided(decided: pd.DataFrame, network: str, view: View) -> str:
    own = decided[decided["network"] == network].drop_duplicates(["level", "date"], keep="last")
    texts = [decision(row, view) for row in own.sort_values("date").itertuples()]
    return view.words.listing(texts) or view.words("no decision")
