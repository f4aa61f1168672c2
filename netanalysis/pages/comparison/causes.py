"""What caused each change of an outcome, and what of the basis has changed?"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from netanalysis.evaluation import Comparison
from netanalysis.language.words import Words
from netanalysis.pages.html import (
    Column,
    Figure,
    Fragment,
    behind,
    bullets,
    cells,
    paragraphs,
    table,
)
from netanalysis.pages.svg import ACCENT, INK, SECOND, drawing, shortened, svg_of
from netanalysis.pages.view import View
from netanalysis.scoring.comparison import COMPONENTS

__all__ = ["basis", "chart", "in_sentence", "limits", "sentences"]

HARDLY = 0.005  # a share in a change that is rounded to 0


def chart(both: Comparison, view: View) -> Figure | Fragment:
    """The share of each cause in each change.

    Returns
    -------
    Figure or Fragment
        A sentence where nothing changed.
    """
    words, shares = view.words, both.turned[list(COMPONENTS)].astype(float)
    if shares.empty:
        return paragraphs([words("There is nothing to draw.")])
    heads = _heads(words)

    def share_of(cause: str) -> Column:
        return Column(heads[cause], lambda row: _share(getattr(row, cause), words), "number")

    columns = [
        Column(words("Network"), lambda row: view.networks[row.Index]),
        *map(share_of, COMPONENTS),
    ]
    rows = cells(columns, shares)
    least, most = min(0.0, shares.min(axis=None)), max(1.0, shares.max(axis=None))
    room = 0.5 * (most - least)  # for the figures beside the bars
    with drawing(7.2, 0.6 + 0.36 * len(rows), (1, len(COMPONENTS))) as (canvas, panels):
        for axes, cause in zip(panels, COMPONENTS, strict=True):
            share = shares[cause]
            colours = [ACCENT if part >= 0 else SECOND for part in share]
            axes.barh(range(len(rows)), share, color=colours, height=0.6)
            for y, part in enumerate(share):
                away = -1 if part < -HARDLY else 1
                at = {"ha": "left" if away > 0 else "right", "va": "center", "fontsize": 9}
                axes.text(part + away * room / 12, y, _share(part, words), **at)
            axes.axvline(0, color=INK, lw=1)
            left = least - room if least < -HARDLY else 0.0
            axes.set(xlim=(left, most + room), ylim=(len(rows) - 0.5, -0.5), xticks=[1])
            axes.set(yticks=range(len(rows)) if axes is panels[0] else [])
            axes.set_xticklabels([words.percent(1)])
            axes.set_title(shortened(heads[cause], 16), fontsize=10, loc="left")
            axes.grid(axis="x")
        panels[0].set_yticklabels([shortened(name, 24) for name, *_ in rows])
        svg = svg_of(canvas)
    caption = words("Share of each cause in the change of each outcome")
    most = shares.astype(float).idxmax(axis=1).value_counts()
    named = in_sentence(words)
    finding = words.plural(
        "For {count} network, most of the change comes from {cause}.",
        "For {count} networks, most of the change comes from {cause}.",
        int(most.iloc[0]),
        cause=words.alternatives(named[c] for c in COMPONENTS if most.get(c) == most.iloc[0]),
    )
    data = behind(words, caption, columns, shares)
    note = words(
        "The picture shows how much of the change of each outcome the evidence, the weights, the "
        "demands and the threshold account for. A bar to the left pulled the other way."
    )
    return Figure(words, svg, finding, caption, data, note)


def sentences(both: Comparison, view: View) -> Fragment:
    """What would have been enough for each change, and what worked against it."""
    return bullets(
        " ".join(_why(view.networks[str(network)], row, view))
        for network, row in both.turned.iterrows()
    )


def basis(both: Comparison, view: View) -> Fragment:
    """How much of the evidence, weights, demands and method is another one than before."""
    words, heads = view.words, _heads(view.words)
    then, now = both.earlier.method, both.later.method
    earlier, later = (
        frame[["low", "high"]].assign(aside=frame["state"] == "not_applicable")
        for frame in both.ratings
    )
    common = later.index[later.index.isin(earlier.index)]
    moved = _unlike(earlier.loc[common], later.loc[common]).any(axis=1).sum()
    kept = [name for name in now.demands.columns if name in then.demands.columns]
    one, other = dict(then.bounds or {}), dict(now.bounds or {})
    weights = sum(one.get(name) != other.get(name) for name in kept)
    orders = len(set(map(tuple, then.at_least)) ^ set(map(tuple, now.at_least)))
    asked = _unlike(then.demands[kept], now.demands[kept])
    barred = _unlike(then.vetoes[kept], now.vetoes[kept])
    demands = int((asked | barred).sum(axis=None))
    as_before = words("No difference.")
    worded = _worded_otherwise(both, view)
    differing = {
        "evidence": words.plural(
            "{count} of {all} ratings differs.",
            "{count} of {all} ratings differ.",
            moved,
            all=words.number(len(common)),
        )
        if moved
        else words("No rating differs."),
        "weights": " ".join(_weights_differing(weights, len(kept), orders, words)) or as_before,
        "demands": words.plural(
            "{count} of {all} demands, or its veto, differs.",
            "{count} of {all} demands, or their vetoes, differ.",
            demands,
            all=words.number(asked.size),
        )
        if demands
        else as_before,
        "method": words(
            "{before} before, {now} now.",
            before=words.percents(*then.threshold),
            now=words.percents(*now.threshold),
        )
        if then.threshold != now.threshold
        else as_before,
    }
    caption = words(
        "What the outcomes rest on, in networks and criteria that both evaluations have"
    )
    columns = [
        Column(words("Basis"), lambda cause: heads[cause]),
        Column(words("Change"), lambda cause: differing[cause]),
    ]
    listed = table(words, caption, columns, COMPONENTS)
    if not worded:
        return listed
    told = words(
        "The question or the ratings are worded otherwise than before for {criteria}. What was "
        "rated by other words may not compare.",
        criteria=words.listing(worded),
    )
    return Fragment(listed + paragraphs([told]))


def _worded_otherwise(both: Comparison, view: View) -> list[str]:
    """Criteria of both evaluations whose question or anchors are not the same words."""
    texts = ["question", *(f"anchor_{rating}" for rating in range(5))]
    then, now = (
        {
            row.criterion: [view.own(row, text) for text in texts]
            for row in one.given.criteria.itertuples()
        }
        for one in (both.earlier, both.later)
    )
    return [view.criteria[name] for name in now if name in then and now[name] != then[name]]


def _weights_differing(weights: int, count: int, orders: int, words: Words) -> Iterable[str]:
    if weights:
        yield words(
            "The bounds on {count} of {all} weights differ.",
            count=words.number(weights),
            all=words.number(count),
        )
    if orders:
        yield words.plural(
            "{count} statement on the order of the weights was added or dropped.",
            "{count} statements on the order of the weights were added or dropped.",
            orders,
        )


def limits(both: Comparison, view: View) -> Fragment:
    """What the shares of the causes say, and what they do not."""
    words, found = view.words, both.outcomes
    texts = [
        words(
            "The causes are those of the calculation. That a rating is another one may mean that "
            "the network has changed, that more is known of it, or that it was coded otherwise."
        ),
        words(
            "The share of a cause is what it does to the share of all that is admissible that "
            "gives the level, as the mean over all orders in which the causes can come in (its "
            "Shapley value). The shares of a network add up to 100%; one below 0 worked against "
            "the change. Where the outcome is open now, the level that it had before is followed."
        ),
        words(
            "A criterion that only one of the evaluations has weighs nothing in the other, asks "
            "for nothing there and has no evidence there. That it came or went counts as a change "
            "of weights, demands and evidence, each with what it does."
        ),
        words(
            "Both evaluations were judged with {draws} draws (seed {seed}), whatever number they "
            "were once judged with.",
            draws=words.number(both.later.draws),
            seed=str(both.later.seed),
        ),
    ]
    near = int((found["changed"] & found["close"]).sum())
    if near:
        texts.append(
            words.plural(
                "{count} changed outcome lies at a limit in one of the "
                "evaluations: other draws might give another outcome.",
                "{count} changed outcomes lie at a limit in one of the "
                "evaluations: other draws might give other outcomes.",
                near,
            )
        )
    return bullets(texts)


def in_sentence(words: Words) -> dict[str, str]:
    """Each cause as it stands in a sentence."""
    return {
        "evidence": words("the evidence"),
        "weights": words("the weights"),
        "demands": words("the demands"),
        "method": words("the threshold"),
    }


def _heads(words: Words) -> dict[str, str]:
    """Each cause as a heading."""
    return {
        "evidence": words("Evidence"),
        "weights": words("Weights"),
        "demands": words("Demands"),
        "method": words("Threshold"),
    }


def _why(network: str, row: pd.Series, view: View) -> Iterable[str]:
    words, named = view.words, in_sentence(view.words)
    before, after = (view.level(row[end]) for end in ("before", "after"))
    yield words("{network}: from {before} to {after}.", network=network, before=before, after=after)
    sets = [
        (words.listing(named[cause] for cause in some), view.level(outcome))
        for some, outcome in row["enough"]
    ]
    told = [
        some
        if outcome == after
        else words("{changes} (then: {level})", changes=some, level=outcome)
        for some, outcome in sets
    ]
    if len(row["enough"][0][0]) > 1:
        yield words("Only together are these changes enough: {causes}.", causes="; ".join(told))
    elif len(told) > 1:
        yield words("Each of these changes alone is enough: {causes}.", causes="; ".join(told))
    else:
        yield words("This change alone is enough: {cause}.", cause=told[0])
    against = [named[cause] for cause in COMPONENTS if row[cause] < -HARDLY]
    if against:
        yield words("Pulling the other way: {causes}.", causes=words.listing(against))


def _share(part: float, words: Words) -> str:
    if 0 <= part <= 1:
        return words.share(part)
    if abs(part) < HARDLY:
        return words("nearly {share}", share=words.percent(0))
    return words.percent(part).replace("-", "\u2212")


def _unlike(one: Any, other: Any) -> Any:
    """Where two frames differ; both missing is no difference."""
    return (one != other) & ~(one.isna() & other.isna())
