"""What changed from one evaluation to the next, and what did not?"""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Comparison, Evaluation
from netanalysis.pages.branding import branded
from netanalysis.pages.comparison import causes, memberships
from netanalysis.pages.comparison.basis import differing
from netanalysis.pages.evaluation.sentences import invented
from netanalysis.pages.html import Fragment, paragraphs
from netanalysis.pages.html import heading as page_heading
from netanalysis.pages.labels import page_status
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.pivots import ruled_out

__all__ = ["heading", "in_short", "provenance"]


def heading(both: Comparison, view: View, status: str = "case") -> Fragment:
    """Title, both dates, who is responsible, and that this is no decision."""
    words, row, before = view.words, view.about, _earlier(both, view)
    maker = words.own(row, "illustration_by")
    entries = [
        *page_status(status, words, in_a_case=not maker),
        (words("City"), row["city"]),
        (words("Earlier evaluation"), _named(before)),
        (words("This evaluation"), _named(view)),
        *([] if maker else [(words("Responsible"), words.own(row, "responsible"))]),
        (words("Decided by"), words.own(row, "deciding_body")),
    ]
    title = words(
        "{title}: what has changed since {date}",
        title=words.own(row, "title"),
        date=words.date(before.as_of),
    )
    standing = words("Basis for a decision, not a decision.")
    if maker:
        whose = words(
            "Illustration by {maker}. The city has neither commissioned nor reviewed it.",
            maker=maker,
        )
        standing = f"{whose} {standing}"
    mark = invented(view) or invented(before) or ""
    return branded(page_heading(title, standing, entries, mark), view)


def in_short(both: Comparison, view: View) -> Fragment:
    """What the calculation points at now and before, what that rests on, who came and went."""
    lead, *more = _pointed_at(both, view)
    first = [Markup("<strong>{}</strong>").format(lead), *more, *_vetoes(both, view)]
    rest = [
        " ".join([*causes.in_short(both, view), differing(both, view)]),
        " ".join(memberships.in_short(both, view)),
    ]
    shown = paragraphs([Markup(" ").join(first), *filter(None, rest)])
    return Fragment(Markup('<div class="answer">\n{}\n</div>').format(shown))


def provenance(both: Comparison, view: View) -> Fragment:
    """What the page was made from and with."""
    return paragraphs(
        [
            view.words(
                "Made from the cases {other} and {case} with netanalysis {version}.",
                other=both.earlier.given.name,
                case=view.case.name,
                version=version("netanalysis"),
            )
        ]
    )


def _pointed_at(both: Comparison, view: View) -> Iterator[str]:
    """For which networks the outcome differs, for which only what is possible or how often."""
    words, rows = view.words, both.networks
    common = rows[rows["among"] == "both"]

    def has(*names: str) -> pd.Series:
        return common["differs"].map(lambda differs: any(name in differs for name in names))

    turned = has("outcome")
    if turned.any():
        yield words.plural(
            "What the calculation points at has changed for {count} of {all} networks: {networks}.",
            "What the calculation points at has changed for {count} of {all} networks: {networks}.",
            turned.sum(),
            all=words.number(len(common)),
            networks=_each(common[turned], "outcome", view),
        )
    else:
        yield words.plural(
            "The calculation points at the same as before for the {count} network that both "
            "evaluations have.",
            "The calculation points at the same as before for all {count} networks that both "
            "evaluations have.",
            len(common),
        )
    possible = ~turned & has("possible")
    if possible.any():
        yield words(
            "Other levels than before are possible for {networks}.",
            networks=words.some(_names(common[possible], view)),
        )
    shares = ~turned & ~possible & has("share", "firm")
    if shares.any():
        yield words(
            "How often each level comes out has changed for {networks}.",
            networks=words.some(_names(common[shares], view)),
        )
    today = has("today")
    if today.any():
        yield words(
            "The city itself is at another level than before in {networks}.",
            networks=_each(common[today], "today", view),
        )


def _vetoes(both: Comparison, view: View) -> Iterator[str]:
    """Which levels a veto excludes no longer, or only now, and by which rating."""
    words = view.words
    lifted: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    barring: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    before, now = (_barred(one) for one in (both.earlier, both.later))
    for network in both.networks.index[both.networks["among"] == "both"]:
        for found, rest, bars in ((before, now, lifted), (now, before, barring)):
            criteria, levels = found.get(network, ((), ()))
            turned = tuple(level for level in levels if level not in rest.get(network, ((), ()))[1])
            if turned:
                bars.setdefault((criteria, turned), []).append(view.networks[network])
    for bars, no_longer in ((lifted, True), (barring, False)):
        for (criteria, levels), networks in bars.items():
            values = {
                "criteria": words.listing(view.criteria.get(name, name) for name in criteria),
                "levels": words.alternatives(_quoted(level, view) for level in levels),
                "networks": words.some(networks),
            }
            yield (
                words(
                    "The rating on {criteria} no longer excludes {levels} for {networks}.", **values
                )
                if no_longer
                else words(
                    "The rating on {criteria} now excludes {levels} for {networks}.", **values
                )
            )


def _barred(one: Evaluation) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By network, the criteria behind a veto that applies for certain, and the levels it bars."""
    return {
        row.network: (row.criteria, LEVELS[LEVELS.index(row.level) :])
        for row in ruled_out(one.checks).itertuples()
    }


def _each(rows: pd.DataFrame, column: str, view: View) -> str:
    """Some of the networks, each with what it was and is."""
    words, shown = view.words, _shown(column, view)
    return words.some(
        words(
            "{network} (before: {before}, now: {now})",
            network=view.networks[str(row["network"])],
            before=shown(row[f"{column}_before"]),
            now=shown(row[column]),
        )
        for row in rows.rename_axis("network").reset_index().to_dict("records")
    )


def _shown(column: str, view: View) -> Any:
    if column == "today":
        return lambda levels: view.words.alternatives(_quoted(level, view) for level in levels)
    return lambda outcome: _quoted(outcome, view)


def _quoted(outcome: str, view: View) -> str:
    """The name of a level, or that it is open, in a sentence."""
    return view.words("“{level}”", level=view.level(outcome))


def _names(rows: pd.DataFrame, view: View) -> list[str]:
    return [view.networks[name] for name in rows.index]


def _earlier(both: Comparison, view: View) -> View:
    return view.of(both.earlier.given)


def _named(view: View) -> str:
    words = view.words
    return words(
        "{title}, as of {date}", title=view.own(view.about, "title"), date=words.date(view.as_of)
    )
