"""What comes out, beside the office's assessment and the decision?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY, Words
from netanalysis.pages.costs import days_text, this_year, yearly_text
from netanalysis.pages.evaluation.least_changes import turning
from netanalysis.pages.html import Column, Fragment, background, folded, table
from netanalysis.pages.labels import decision, label, next_date, text_of
from netanalysis.pages.view import View
from netanalysis.scoring.costs import working_days, yearly_costs
from netanalysis.scoring.engagement import DEPENDS, INSUFFICIENT
from netanalysis.scoring.pivots import MOST

__all__ = [
    "costs",
    "overview",
    "proposals",
]


def overview(outcome: Evaluation, view: View) -> Fragment:
    """The outcome for each network on one line.

    Of many networks those come first whose outcome is another level than today's; those that are
    open and those that stay as they are follow, folded.
    """
    words, result, columns = view.words, outcome.overview, _overview(view)
    caption = words(
        "Level of engagement in each network: today, computed and as the office sees it"
    )
    if len(result) <= MANY:
        return table(words, caption, columns, result)
    open_, stays = result["action"] == INSUFFICIENT, result["action"] == "continue"
    depends = result["action"] == DEPENDS
    moved = result[~open_ & ~stays & ~depends]
    other = words("Another level than today’s")
    parts = [table(words, other, columns, moved)] if len(moved) else []
    for rows, told in (
        (
            result[open_],
            words.plural(
                "{count} network whose outcome is open",
                "{count} networks whose outcome is open",
                int(open_.sum()),
            ),
        ),
        (
            result[depends],
            words.plural(
                "{count} network of which it is not known whether the outcome is today’s level",
                "{count} networks of which it is not known whether the outcome is today’s level",
                int(depends.sum()),
            ),
        ),
        (
            result[stays],
            words.plural(
                "{count} network at today’s level",
                "{count} networks at today’s level",
                int(stays.sum()),
            ),
        ),
    ):
        if len(rows):
            parts.append(folded(told, table(words, told, columns, rows)))
    return Fragment(Markup("\n").join(parts))


def _overview(view: View) -> list[Column]:
    words, yearly = view.words, yearly_costs(view.case.costs, until=this_year(view))
    return [
        Column(words("Network"), lambda row: view.networks[row.Index]),
        Column(words("Today"), lambda row: view.today(row.today)),
        Column(words("The calculation points at"), lambda row: _outcome(row, view)),
        Column(words("How firm"), lambda row: _firm(row, words)),
        Column(words("The office’s assessment"), lambda row: _assessed(row.Index, view)),
        Column(words("Next date"), lambda row: next_date(row.date, row.kind, words)),
        Column(words("Annual cost"), lambda row: yearly_text(yearly, row.Index, words)),
        Column(words("Would change to"), lambda row: _changes(row, view)),
    ]


def proposals(outcome: Evaluation, view: View) -> Fragment:
    """Computed outcome, the office's assessment and the decision, side by side.

    Of many networks those where the office's assessment is the outcome follow folded.
    """
    words, case, result = view.words, view.case, outcome.overview

    def proposed(network: str) -> Markup:
        rows = case.assessments[case.assessments["network"] == network]
        return Markup("<br>").join(
            Markup("{}{}: {} ({})").format(
                label(row.action, words).capitalize(),
                f", {words.date(row.effective)}" if text_of(row.effective) else "",
                words.own(row, "reason"),
                view.place(row.source_id, row.locator),
            )
            for row in rows.itertuples()
        )

    def decided(network: str) -> str:
        rows = case.decisions[case.decisions["network"] == network]
        return words.listing(decision(row, view) for row in rows.itertuples()) or words.unknown

    stand = {
        network: _stands(row, view.assessed.loc[network, "level"])
        for network, row in result.iterrows()
        if network in view.assessed.index
    }
    verdicts = {
        "": words("The office has made no assessment"),
        "agrees": words("Agrees"),
        "allowed": words("Differs; the evidence allows it"),
        "ruled_out": words("Differs; the evidence rules it out"),
    }
    caption = words("What the calculation points at, the office’s assessment and the decision")
    columns = [
        Column(words("Network"), lambda row: view.networks[row.Index]),
        Column(words("The calculation points at"), lambda row: view.level(row.outcome)),
        Column(
            words("The office’s assessment and its reason"),
            lambda row: proposed(row.Index) or words.unknown,
        ),
        Column(words("Compared"), lambda row: verdicts[stand.get(row.Index, "")]),
        Column(words("Decision"), lambda row: decided(row.Index)),
    ]
    if len(result) <= MANY:
        return table(words, caption, columns, result)
    agrees = result.index.map(lambda network: stand.get(network) == "agrees").to_numpy(dtype=bool)
    agreed, apart = result[agrees], result[~agrees]
    told = words.plural(
        "{count} network on which the office’s assessment agrees",
        "{count} networks on which the office’s assessment agrees",
        len(agreed),
    )
    parts = [table(words, caption, columns, apart)] if len(apart) else []
    parts += [folded(told, table(words, told, columns, agreed))] if len(agreed) else []
    return Fragment(Markup("\n").join(parts))


def _stands(row: pd.Series, level: str) -> str:
    """How the office's level stands to a network's outcome.

    Returns
    -------
    {"agrees", "allowed", "ruled_out"}
    """
    if row["outcome"] == level:
        return "agrees"
    return "allowed" if level in row["possible"] else "ruled_out"


def costs(outcome: Evaluation, view: View) -> Fragment:
    """Yearly cost of each network, with what is unknown written as unknown."""
    words, costs = view.words, view.case.costs
    yearly = yearly_costs(costs, until=this_year(view))
    days = working_days(costs, until=this_year(view))
    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        Column(
            words("Fee, travel and other costs"),
            lambda network: yearly_text(yearly, network, words),
            "number",
        ),
        Column(words("Working days"), lambda network: days_text(days, network, words), "number"),
    ]
    return background(words, words("Annual cost"), columns, outcome.networks)


def _outcome(row: Any, view: View) -> Markup:
    words = view.words
    action = label(row.action, words)
    if row.action == "apply" and row.route_ends == "yes":
        action = words("apply for a membership of its own")
    return Markup("{}:<br>{}").format(view.level(row.outcome), action)


def _firm(row: Any, words: Words) -> str:
    firm = label(row.firm, words)
    return words("{firm}, at the limit", firm=firm) if row.close else firm


def _assessed(network: str, view: View) -> Markup:
    if network not in view.assessed.index:
        return Markup.escape(view.words.unknown)
    last = view.assessed.loc[network]
    return Markup("{}:<br>{}").format(view.levels[last["level"]], label(last["action"], view.words))


def _changes(row: Any, view: View) -> str:
    words = view.words
    if not pd.isna(row.becomes):
        return turning(row, view)
    if not pd.isna(row.beyond_becomes):
        change = turning(row, view, "beyond_")
        return words("outside the evidence: {change}", change=change)
    return words("no change of up to {most} ratings", most=MOST)
