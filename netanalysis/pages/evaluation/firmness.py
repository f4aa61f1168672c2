"""How firm is each outcome, and what would change it?"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY, Words
from netanalysis.pages import shared_columns
from netanalysis.pages.evaluation.least_changes import change
from netanalysis.pages.html import Column, Fragment, background, paragraphs, table
from netanalysis.pages.labels import label, rating_text
from netanalysis.pages.view import View
from netanalysis.scoring import pivots
from netanalysis.scoring.coalitions import MOST, SUMMED
from netanalysis.scoring.engagement import LEVELS
from netanalysis.scoring.validation import TOLERANCE

__all__ = ["ask_first", "assumptions", "left_out", "ranking", "stress", "would_change"]

SHOWN = 8  # rows of the table of whom to ask first


def assumptions(outcome: Evaluation, view: View) -> Fragment:
    """What lies behind the possible levels, and what behind their shares."""
    words, names = view.words, view.criteria
    orders: dict[str, list[str]] = {}
    for one, other in outcome.method.at_least:
        orders.setdefault(one, []).append(names[other])
    told = [
        words("{one} weighs at least as much as {others}.", one=names[one],
              others=words.listing(others))
        for one, others in orders.items()
    ]  # fmt: skip
    return paragraphs(
        [
            words(
                "A level is possible when some admissible weights, threshold and ratings give "
                "it. That is worked out exactly. It assumes that what is true lies within the "
                "ratings: for each coder from the median of the low ends to the median of the high "
                "ends of the statements, and then all that lies between the coders."
            ),
            words(
                "The shares rest on an assumption: all admissible weights and thresholds "
                "({thresholds}) count alike, and a rating that is missing or open is taken to be "
                "any value of its interval with equal chance, whatever the others are. This is "
                "assumed, not known, and answers from one office may well be wrong in the same "
                "direction. A share is therefore not the probability that a level is right.",
                thresholds=words.percents(*outcome.threshold),
            ),
            " ".join([words("Admissible weights keep the bounds that each criterion has."), *told]),
            _drawn(outcome, words),
            words(
                "The standard error of a share is {error} percentage points at most.",
                error=words.number(100 * outcome.error, 2),
            ),
        ]
    )


def _drawn(outcome: Evaluation, words: Words) -> str:
    """What is drawn and what is worked out, which hangs on the number of criteria."""
    numbers = {"draws": words.number(outcome.draws), "seed": str(outcome.seed)}
    if len(outcome.case.criteria) <= MOST:
        return words(
            "Only the weights are drawn, {draws} times (seed {seed}); over thresholds and ratings "
            "the shares are worked out exactly.",
            **numbers,
        )
    return words(
        "The weights are drawn {draws} times (seed {seed}). Over thresholds, and over the {count} "
        "weightiest of a network’s open ratings, the shares are worked out exactly; its other open "
        "ratings are drawn with the weights.",
        count=words.number(SUMMED),
        **numbers,
    )


def ask_first(outcome: Evaluation, view: View) -> Fragment:
    """Whom to ask what first: the answers that would settle most."""
    words, asked = view.words, outcome.pivots
    if asked.empty:
        return paragraphs([words("No open rating decides a level.")])
    office, duties = view.own(view.about, "responsible"), view.case.responsibilities

    def whom(row: Any) -> str:
        if row.departments:
            return words.listing(view.departments[one] for one in row.departments)
        own = duties[duties["network"] == row.network]
        owners = [view.departments[one] for one in own["department"].dropna().unique()]
        if owners:
            return words("{departments} (owner)", departments=words.listing(owners))
        return words("{office}; which department takes part is not known", office=office)

    columns = [
        shared_columns.network(view),
        shared_columns.criterion(view),
        Column(words("Rating today"), lambda row: rating_text(row, words), "number"),
        Column(words("Levels moved, on average"), lambda row: words.number(row.swing, 2), "number"),
        Column(words("Ask"), whom),
    ]
    caption = words("Whom to ask what first: the answers that would settle most")
    shown = table(words, caption, columns, asked.head(SHOWN))
    rest = len(asked) - SHOWN
    if rest <= 0:
        return shown
    more = words.plural(
        "{count} more open rating moves a level as much or less.",
        "{count} more open ratings move a level as much or less.",
        rest,
    )
    return Fragment(shown + paragraphs([more]))


def would_change(outcome: Evaluation, view: View) -> Fragment:
    """The least change of ratings, of weights and of the threshold that turns each outcome."""
    words, criteria = view.words, view.criteria

    def weight(network: str) -> str:
        row = outcome.weight_shifts.loc[network]
        middle = view.level(row["outcome"])
        told = words("At the centre of the admissible weights: {outcome}.", outcome=middle)
        if pd.isna(row["becomes"]):
            return " ".join([told, words("No admissible shift between two criteria turns it.")])
        turned = words.plural(
            "{count} percentage point from {loses} to {gains} would make it: {outcome}.",
            "{count} percentage points from {loses} to {gains} would make it: {outcome}.",
            round(100 * row["shift"]),
            loses=criteria[row["loses"]],
            gains=criteria[row["gains"]],
            outcome=view.level(row["becomes"]),
        )
        return f"{told} {turned}"

    def limits(network: str) -> str:
        rows = outcome.thresholds[outcome.thresholds["network"] == network]
        return "; ".join(
            f"{words.percents(row.low, row.high)}: {view.level(row.outcome)}"
            for row in rows.itertuples()
        )

    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        Column(words("Ratings"), lambda network: change(outcome.changes.loc[network], view)),
        Column(words("Weights"), weight),
        Column(words("Threshold"), limits),
    ]
    caption = words("The least that would change each outcome")
    shown = background(words, caption, columns, outcome.changes.index)
    rough = words(
        "The threshold may lie between {thresholds}. Other draws of the weights may move the "
        "thresholds at which one outcome gives way to another.",
        thresholds=words.percents(*outcome.threshold),
    )
    return Fragment(shown + paragraphs([rough]))


def left_out(outcome: Evaluation, view: View) -> Fragment:
    """Outcomes that hang on a single statement or criterion."""
    words, criteria = view.words, view.criteria
    found, texts = outcome.left_out, view.case.statements.set_index("statement")

    def what(row: Any) -> Any:
        if row.kind == "criterion":
            return criteria[row.left_out]
        entry = texts.loc[row.left_out]
        return words.markup(
            "{criterion}: {text} ({place})",
            criterion=criteria[entry["criterion"]],
            text=words.own(entry, "text"),
            place=view.place(entry["source_id"], entry["locator"]),
        )

    turned = found[found["outcome"] != found["before"]].sort_values(
        "network", key=lambda of: of.map(list(view.networks).index), kind="stable"
    )
    said = words(
        "Each statement and each criterion has been left out in turn, {count} recalculations in "
        "all. In {turned} of them an outcome changes.",
        count=words.number(len(found)),
        turned=words.number(len(turned)),
    )
    close = int(found["at_limit"].sum())
    unsure = words.plural(
        "{count} recalculation is at the limit: other draws might give another outcome.",
        "{count} recalculations are at the limit: other draws might give another outcome.",
        close,
    )
    told = paragraphs([said, unsure] if close else [said])
    if turned.empty:
        return told

    def then(row: Any) -> str:
        level = view.level(row.outcome)
        return words("{change}, at the limit", change=level) if row.at_limit else level

    columns = [
        shared_columns.network(view),
        Column(words("Outcome"), lambda row: view.level(row.before)),
        Column(words("Without"), lambda row: label(row.kind, words)),
        Column(words("Namely"), what),
        Column(words("Then"), then),
    ]
    shown = background(words, words("What an outcome hangs on"), columns, turned)
    return Fragment(told + shown)


def ranking(outcome: Evaluation, view: View) -> Fragment:
    """The ranking by added-up ratings beside the levels, with the differences explained.

    Of many networks the differences are counted, and the ranks told by their mean and range. A
    page on one network has them all, since a rank is one among them.
    """
    words, every = view.words, outcome.every
    ranks, frequent = every.ranks, every.settled["frequent"]
    mean = (ranks * ranks.columns).sum(axis=1).sort_values(kind="stable")
    caption = words("Ranking by added-up ratings (SMAA-2), beside the most frequent level")
    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        Column(words("Most frequent level"), lambda network: view.levels[frequent[network]]),
    ]
    if len(ranks) > MANY:
        ends = _nine_in_ten(ranks)
        columns += [
            Column(words("Mean rank"), lambda network: words.number(mean[network], 1), "number"),
            Column(words("Ranks, nine draws in ten"), lambda network: ends[network], "number"),
        ]
        shown = background(words, caption, columns, mean.index)
        return Fragment(shown + paragraphs([_out_of_order(mean, frequent, view)]))

    def share_of(rank: int) -> Column:
        head = words("Rank {rank}", rank=rank)
        return Column(head, lambda network: share(ranks.loc[network, rank]), "number")

    def share(drawn: float) -> str:
        certain = len(ranks) == 1  # alone it is always the first
        return words.percent(drawn) if certain else words.share(drawn, outcome.error)

    shown = table(words, caption, [*columns, *map(share_of, ranks.columns)], mean.index)
    texts = list(_differences(mean, frequent, every.checks, view))
    if not texts:
        texts = [words("No network ranks above another whose most frequent level is higher.")]
    return Fragment(shown + paragraphs(texts))


def stress(outcome: Evaluation, view: View) -> Fragment:
    """The outcomes with the bounds on the weights lifted, beside those with them."""
    words, bound, lifted = view.words, outcome.settled, outcome.without_bounds

    def possible(levels: Iterable[str]) -> str:
        return ", ".join(view.levels[level] for level in levels)

    def came_out(row: pd.Series) -> str:
        level = view.level(row["outcome"])
        if row["outcome"] in view.levels:
            return f"{level} ({label(row['firm'], words).lower()})"
        return level

    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        Column(words("Possible with bounds"), lambda network: possible(outcome.possible[network])),
        Column(words("Outcome"), lambda network: came_out(bound.loc[network])),
        Column(words("Possible without"), lambda network: possible(lifted["possible"][network])),
        Column(words("Outcome without"), lambda network: came_out(lifted.loc[network])),
    ]
    caption = words("Stress test: without bounds on the weights; order statements stay")
    return background(words, caption, columns, outcome.networks)


def _nine_in_ten(ranks: pd.DataFrame) -> dict[str, str]:
    """From which rank to which each network comes in the middle nine tenths of the draws."""
    below = ranks.cumsum(axis=1)
    first, last = ((below >= limit - TOLERANCE).idxmax(axis=1) for limit in (0.05, 0.95))
    return {
        str(name): f"{first[name]}–{last[name]}" if first[name] < last[name] else str(first[name])
        for name in ranks.index
    }


def _out_of_order(mean: pd.Series, frequent: pd.Series, view: View) -> str:
    """How many networks rank above one whose most frequent level is higher, and which."""
    words = view.words
    level = frequent.map(LEVELS.index)
    above = [
        name for name in mean.index if (level[mean.index[mean > mean[name]]] > level[name]).any()
    ]
    if not above:
        return words("No network ranks above another whose most frequent level is higher.")
    return words(
        "Ranking above a network whose most frequent level is higher: {networks}. Added up, high "
        "ratings make up for low ones; a level asks that enough criteria meet its demands and that "
        "no veto applies.",
        networks=words.some(view.networks[str(name)] for name in above),
    )


def _differences(
    mean: pd.Series, frequent: pd.Series, checks: pd.DataFrame, view: View
) -> Iterator[str]:
    """Why a network ranks above another whose most frequent level is higher."""
    words, names, criteria = view.words, view.networks, view.criteria
    barred = pivots.ruled_out(checks).set_index("network")
    for one in mean.index:
        for other in mean.index:
            higher = LEVELS.index(frequent[other]) > LEVELS.index(frequent[one])
            if not (mean[one] < mean[other] and higher):
                continue
            values = {"one": names[str(one)], "other": names[str(other)]}
            veto = barred.loc[one] if one in barred.index else None
            yield words(
                "{one} ranks above {other} although its level is lower: added up, high ratings "
                "make up for low ones; a level asks that enough criteria meet its demands.",
                **values,
            )
            if veto is not None and LEVELS.index(veto["level"]) <= LEVELS.index(frequent[other]):
                yield words(
                    "A ranking knows no vetoes; the one on {criteria} applies to {one}.",
                    criteria=words.listing(criteria[name] for name in veto["criteria"]),
                    **values,
                )
