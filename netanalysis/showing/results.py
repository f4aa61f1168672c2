"""What comes out, beside the office's assessment and the decision?"""

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.scoring.costs import working_days, yearly_costs
from netanalysis.scoring.engagement import INSUFFICIENT
from netanalysis.scoring.pivots import MOST
from netanalysis.showing.costs import days_text, yearly_text
from netanalysis.showing.labels import label, text_of
from netanalysis.showing.markup import Fragment, background, folded, table
from netanalysis.showing.outcomes import stands
from netanalysis.showing.sentences import rated_otherwise
from netanalysis.showing.view import View
from netanalysis.showing.wording import MANY, Words

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
    words, result = view.words, outcome.overview
    caption = words(
        "Level of engagement in each network: today, computed and as the office sees it"
    )
    if len(result) <= MANY:
        return _overview(result, caption, view)
    open_, stays = result["action"] == INSUFFICIENT, result["action"] == "continue"
    moved = result[~open_ & ~stays]
    parts = [_overview(moved, words("Another level than today’s"), view)] if len(moved) else []
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
            result[stays],
            words.plural(
                "{count} network at today’s level",
                "{count} networks at today’s level",
                int(stays.sum()),
            ),
        ),
    ):
        if len(rows):
            parts.append(folded(told, _overview(rows, told, view)))
    return Fragment(Markup("\n").join(parts))


def _overview(result: pd.DataFrame, caption: str, view: View) -> Fragment:
    words = view.words
    yearly = yearly_costs(view.case.costs)
    rows = [
        (
            view.networks[str(network)],
            view.levels[row["today"]],
            _outcome(row, view),
            _firm(row, words),
            _assessed(str(network), view),
            words.date(row["date"], short=True).replace(" ", "\u00a0"),
            yearly_text(yearly, str(network), words),
            _changes(row, view),
        )
        for network, row in result.iterrows()
    ]
    header = [
        words("Network"),
        words("Today"),
        words("Computed outcome"),
        words("How firm"),
        words("The office’s assessment"),
        words("By when"),
        words("Annual cost"),
        words("Would change if"),
    ]
    return table(words, caption, header, rows)


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
                words.swedish(row.locator),
            )
            for row in rows.itertuples()
        )

    def decided(network: str) -> str:
        rows = case.decisions[case.decisions["network"] == network]
        texts = [f"{view.levels[row.level]}, {words.date(row.date)}" for row in rows.itertuples()]
        return words.listing(texts) or words.unknown

    def verdict(network: str, row: pd.Series) -> str:
        if network not in view.assessed.index:
            return words("The office has made no assessment")
        return {
            "agrees": words("Agrees"),
            "allowed": words("Differs; the evidence allows it"),
            "ruled_out": words("Differs; the evidence rules it out"),
        }[stands(row, view.assessed.loc[network, "level"])]

    caption = words("The software computes, the office assesses, the council decides")
    header = [
        words("Network"),
        words("Computed outcome"),
        words("The office’s assessment and its reason"),
        words("Compared"),
        words("Decision"),
    ]
    rows = [
        (
            view.networks[str(network)],
            view.level(row["outcome"]),
            proposed(str(network)) or words.unknown,
            verdict(str(network), row),
            decided(str(network)),
        )
        for network, row in result.iterrows()
    ]
    if len(rows) <= MANY:
        return table(words, caption, header, rows)
    agreed = [row for row in rows if row[3] == words("Agrees")]
    apart = [row for row in rows if row not in agreed]
    told = words.plural(
        "{count} network on which the office’s assessment agrees",
        "{count} networks on which the office’s assessment agrees",
        len(agreed),
    )
    parts = [table(words, caption, header, apart)] if apart else []
    parts += [folded(told, table(words, told, header, agreed))] if agreed else []
    return Fragment(Markup("\n").join(parts))


def costs(outcome: Evaluation, view: View) -> Fragment:
    """Yearly cost of each network, with what is unknown written as unknown."""
    words, costs = view.words, view.case.costs
    yearly, days = yearly_costs(costs), working_days(costs)
    return background(
        words,
        words("Annual cost"),
        [words("Network"), words("Fee, travel and other costs"), words("Working days")],
        [
            (
                view.networks[network],
                yearly_text(yearly, network, words),
                days_text(days, network, words),
            )
            for network in outcome.networks
        ],
        numeric=[1, 2],
    )


def _outcome(row: pd.Series, view: View) -> Markup:
    words = view.words
    action = label(row["action"], words)
    if row["action"] == "apply" and row["route_ends"] == "yes":
        action = words("apply for a membership of its own")
    return Markup("{}<br>{}").format(view.level(row["outcome"]), action)


def _firm(row: pd.Series, words: Words) -> str:
    firm = label(row["firm"], words)
    return words("{firm}, near the limit", firm=firm) if row["close"] else firm


def _assessed(network: str, view: View) -> Markup:
    if network not in view.assessed.index:
        return Markup.escape(view.words.unknown)
    last = view.assessed.loc[network]
    return Markup("{}<br>{}").format(view.levels[last["level"]], label(last["action"], view.words))


def _changes(row: pd.Series, view: View) -> str:
    words = view.words
    if pd.isna(row["becomes"]):
        return words("no change of up to {most} ratings", most=MOST)
    text = words(
        "{changes} (then: {level})",
        changes=words.listing(rated_otherwise(row, view)),
        level=view.level(row["becomes"]),
    )
    if not row["others"]:
        return text
    return words.plural(
        "{change}; or {count} other change as small",
        "{change}; or {count} other changes as small",
        row["others"],
        change=text,
    )
