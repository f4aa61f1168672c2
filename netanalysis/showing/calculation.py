"""How can a reader check an outcome by hand?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.scoring.engagement import LEVELS
from netanalysis.showing.labels import label
from netanalysis.showing.markup import Fragment, background, folded, table
from netanalysis.showing.view import View
from netanalysis.showing.wording import Words

__all__ = ["anchors", "by_hand", "by_level", "demands", "weights"]


def by_level(outcome: Evaluation, view: View) -> Fragment:
    """For each network and level: how much weight meets the demands, and which veto applies."""
    words, names, levels = view.words, view.networks, view.levels
    weights, ends = outcome.equal_weights, outcome.at_equal_weights
    rows = []
    for network, lines in outcome.checks.groupby("network", sort=False):
        for level, held in lines.groupby("level", sort=False):
            share = held["criterion"].map(weights)
            share = share / share.sum()
            least, most = share[held["met"] == "yes"].sum(), share[held["met"] != "no"].sum()
            below = lines[lines["level"].map(LEVELS.index) <= LEVELS.index(str(level))]
            vetoes = set(below["veto"])
            veto = next(answer for answer in ("yes", "open", "no") if answer in vetoes)
            rows.append(
                (
                    names[str(network)],
                    levels[str(level)],
                    words.percents(least, most),
                    _answer(veto, words),
                    _answer(_reached(str(level), ends.loc[network]), words),
                )
            )
    caption = words(
        "Share of the weight that meets each level’s demands; threshold {low} to {high}",
        low=words.percent(outcome.threshold[0]),
        high=words.percent(outcome.threshold[1]),
    )
    header = [
        words("Network"),
        words("Level"),
        words("Weight that meets the demands"),
        words("Veto"),
        words("Reached"),
    ]
    return background(words, caption, header, rows, numeric=[2])


def by_hand(outcome: Evaluation, view: View) -> Fragment:
    """For each network: every rating held against every level's demand, folded."""
    words, levels, criteria = view.words, view.levels, view.criteria
    rated, checks, weights = outcome.ratings, outcome.checks, outcome.equal_weights
    held = checks.set_index(["network", "criterion", "level"])
    asked = list(checks["level"].unique())

    def against(network: str, criterion: str, level: str) -> str:
        if (network, criterion, level) not in held.index:
            return "–"
        line = held.loc[(network, criterion, level)]
        text = f"{words.number(line['demand'], 1)}: {_answer(line['met'], words)}"
        veto = {"yes": words("veto"), "open": words("veto open"), "no": ""}[line["veto"]]
        return f"{text}, {veto}" if veto else text

    def rating(row: pd.Series) -> str:
        if pd.isna(row["low"]):
            return label(row["state"], words)
        ends = words.interval(row["low"], row["high"])
        return f"{ends} ({label(row['state'], words)})" if row["state"] else ends

    tables = []
    for network in outcome.networks:
        name = view.networks[network]
        caption = words("{network}: ratings against demands", network=name)
        rows = [
            (
                criteria[str(criterion)],
                rating(row),
                words.percent(weights[criterion]),
                *(against(network, str(criterion), level) for level in asked),
            )
            for criterion, row in rated.loc[network].iterrows()
        ]
        header = [words("Criterion"), words("Rating"), words("Weight")]
        header += [words("{level} asks for", level=levels[level]) for level in asked]
        tables.append(folded(caption, table(words, caption, header, rows, numeric=[1, 2])))
    return Fragment(Markup("\n").join(tables))


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

    return table(
        words,
        words("Criteria and the bounds on their weights"),
        [words("Criterion"), words("Question"), words("Weight"), words("Reason")],
        [
            (
                words.own(row, "label"),
                words.own(row, "question"),
                words.percents(row.weight_low, row.weight_high),
                reason(row),
            )
            for row in view.case.criteria.itertuples()
        ],
        numeric=[2],
    )


def anchors(view: View) -> Fragment:
    """What each rating means, criterion by criterion."""
    words = view.words
    return table(
        words,
        words("What the ratings 0 to 4 mean"),
        [words("Criterion"), *"01234"],
        [
            (words.own(row, "label"), *(words.own(row, f"anchor_{n}") for n in range(5)))
            for row in view.case.criteria.itertuples()
        ],
    )


def demands(view: View) -> Fragment:
    """What each level asks for, and why."""
    words, levels, criteria = view.words, view.levels, view.criteria
    return table(
        words,
        words("What each level asks for"),
        [words("Level"), words("Criterion"), words("Demand"), words("Veto at"), words("Reason")],
        [
            (
                levels[row.level],
                criteria[row.criterion],
                words.number(row.demand, 1),
                "–" if pd.isna(row.veto) else words.number(row.veto, 1),
                words.own(row, "reason"),
            )
            for row in view.case.demands.itertuples()
        ],
        numeric=[2, 3],
    )


def _answer(answer: str, words: Words) -> str:
    return {"yes": words("yes"), "no": words("no"), "open": words("open")}[answer]


def _reached(level: str, ends: pd.Series) -> str:
    rank = LEVELS.index(level)
    if rank <= LEVELS.index(ends["worst"]):
        return "yes"
    return "open" if rank <= LEVELS.index(ends["best"]) else "no"
