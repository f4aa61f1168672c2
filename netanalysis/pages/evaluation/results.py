"""What comes out, beside the office's assessment and the decision?"""

from collections.abc import Sequence

from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY
from netanalysis.pages.costs import days_text, this_year, yearly_text
from netanalysis.pages.html import Column, Fragment, background, folded, table
from netanalysis.pages.labels import decision, label, text_of
from netanalysis.pages.view import View
from netanalysis.scoring.costs import working_days, yearly_costs

__all__ = [
    "costs",
    "proposals",
]


def proposals(outcome: Evaluation, view: View) -> Fragment:
    """Computed outcome, the office's assessment and the decision, side by side.

    Of many networks those where the office's assessment is the outcome follow folded.
    """
    words, case, result = view.words, view.case, outcome.settled

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
        network: _stands(came_out, outcome.possible[network], view.assessed.loc[network, "level"])
        for network, came_out in result["outcome"].items()
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


def _stands(came_out: str, possible: Sequence[str], level: str) -> str:
    """How the office's level stands to a network's outcome.

    Returns
    -------
    {"agrees", "allowed", "ruled_out"}
    """
    if came_out == level:
        return "agrees"
    return "allowed" if level in possible else "ruled_out"


def costs(outcome: Evaluation, view: View) -> Fragment:
    """Yearly cost of each network, with what is unknown written as unknown."""
    words, costs = view.words, view.costs
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
