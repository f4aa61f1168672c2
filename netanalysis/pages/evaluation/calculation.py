"""How can a reader check an outcome by hand?"""

from typing import Any

import pandas as pd

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import Words
from netanalysis.pages import shared_columns
from netanalysis.pages.html import Column, Fragment, background, folded, paragraphs, table
from netanalysis.pages.labels import rating_text
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import LEVELS

__all__ = ["against_demands", "anchors", "by_hand", "by_level", "demands", "weights"]


def by_level(outcome: Evaluation, view: View) -> Fragment:
    """For each network and level: how much weight meets the demands, and which veto applies."""
    words, weights = view.words, outcome.equal_weights
    checks = {str(network): lines for network, lines in outcome.checks.groupby("network")}

    def weight(row: Any) -> str:
        held = checks[row.network]
        held = held[held["level"] == row.level]
        share = held["criterion"].map(weights)
        share = share / share.sum()
        least, most = share[held["met"] == "yes"].sum(), share[held["met"] != "no"].sum()
        return words.percents(least, most)

    def veto(row: Any) -> str:
        lines = checks[row.network]
        below = lines[lines["level"].map(LEVELS.index) <= LEVELS.index(row.level)]
        vetoes = set(below["veto"])
        return _answer(next(one for one in ("yes", "open", "no") if one in vetoes), words)

    def reached(row: Any) -> str:
        return _answer(_reached(row.level, outcome.at_equal_weights.loc[row.network]), words)

    caption = words(
        "Share of the weight that meets each level’s demands; threshold {threshold}",
        threshold=words.percents(*outcome.threshold),
    )
    columns = [
        shared_columns.network(view),
        shared_columns.level(view),
        Column(words("Weight that meets the demands"), weight, "number"),
        Column(words("Veto"), veto),
        Column(words("Reached"), reached),
    ]
    rows = outcome.checks[["network", "level"]].drop_duplicates()
    return background(words, caption, columns, rows)


def by_hand(outcome: Evaluation, view: View) -> Fragment:
    """What each criterion weighs, and every rating held against every level's demand.

    Of several networks the ratings stand in the section of each, so it is said where.
    """
    words = view.words
    weight = words.percent(outcome.equal_weights.iloc[0])
    said = [words("At equal weights each criterion carries {weight}.", weight=weight)]
    if outcome.network:
        caption, columns, rows = against_demands(outcome, outcome.network, view)
        return Fragment(paragraphs(said) + folded(caption, table(words, caption, columns, rows)))
    told = words("Each network’s ratings stand against the demands in its own section.")
    return paragraphs([" ".join([*said, told])])


def against_demands(
    outcome: Evaluation, network: str, view: View
) -> tuple[str, list[Column], pd.DataFrame]:
    """A table of one network's ratings held against every level's demand.

    Returns
    -------
    (str, list of Column, DataFrame)
        Its caption, columns and rows, as `netanalysis.pages.html.table` takes them.
    """
    words, checks = view.words, outcome.checks[outcome.checks["network"] == network]
    held = checks.set_index(["criterion", "level"])

    def asked_by(level: str) -> Column:
        head = words("{level} asks for", level=view.levels[level])
        return Column(head, lambda row: against(row.criterion, level))

    def against(criterion: str, level: str) -> str:
        if (criterion, level) not in held.index:
            return words.none
        line = held.loc[(criterion, level)]
        text = f"{words.number(line['demand'], 1)}: {_answer(line['met'], words)}"
        veto = {"yes": words("veto"), "open": words("veto open"), "no": ""}[line["veto"]]
        return f"{text}, {veto}" if veto else text

    columns = [
        shared_columns.criterion(view),
        Column(words("Rating"), lambda row: rating_text(row, words), "number"),
        Column(words("Places in the sources"), lambda row: words.number(row.n_places), "number"),
        *map(asked_by, outcome.checks["level"].unique()),
    ]
    caption = words("{network}: ratings against demands", network=view.networks[network])
    rated = outcome.ratings.reset_index()
    return caption, columns, rated[rated["network"] == network]


def weights(view: View) -> Fragment:
    """The criteria with their questions, reasons and bounds on the weights."""
    words, names = view.words, view.criteria
    orders = view.case.order_statements.groupby("criterion")["other"].agg(list)

    def reason(row: Any) -> str:
        text = words.own(row, "reason")
        if row.criterion in orders.index:
            others = words.listing(names[other] for other in orders[row.criterion])
            text += " " + words("Weighs at least as much as {others}.", others=others)
        return text

    def bounds(row: Any) -> str:
        return words.percents(row.weight_low, row.weight_high)

    columns = [
        shared_columns.criterion(view),
        Column(words("Question"), lambda row: words.own(row, "question")),
        Column(words("Weight"), bounds, "number"),
        Column(words("Reason"), reason),
    ]
    caption = words("Criteria and the bounds on their weights")
    return table(words, caption, columns, view.case.criteria)


def anchors(view: View) -> Fragment:
    """What each rating means, criterion by criterion."""
    words = view.words

    def anchor(rating: str) -> Column:
        return Column(rating, lambda row: words.own(row, f"anchor_{rating}"))

    columns = [shared_columns.criterion(view), *map(anchor, "01234")]
    return table(words, words("What the ratings 0 to 4 mean"), columns, view.case.criteria)


def demands(view: View) -> Fragment:
    """What each level asks for, and why."""
    words = view.words

    def veto(row: Any) -> str:
        return words.none if pd.isna(row.veto) else words.number(row.veto, 1)

    columns = [
        shared_columns.level(view),
        shared_columns.criterion(view),
        Column(words("Demand"), lambda row: words.number(row.demand, 1), "number"),
        Column(words("Veto at"), veto, "number"),
        shared_columns.reason(view),
    ]
    return table(words, words("What each level asks for"), columns, view.case.demands)


def _answer(answer: str, words: Words) -> str:
    return {"yes": words("yes"), "no": words("no"), "open": words("open")}[answer]


def _reached(level: str, ends: pd.Series) -> str:
    rank = LEVELS.index(level)
    if rank <= LEVELS.index(ends["worst"]):
        return "yes"
    return "open" if rank <= LEVELS.index(ends["best"]) else "no"
