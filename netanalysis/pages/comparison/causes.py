"""What caused each change of an outcome?"""

from collections.abc import Iterable, Iterator

import pandas as pd

from netanalysis.evaluation import Comparison
from netanalysis.language.words import Words
from netanalysis.pages.html import Column, Fragment, bullets, paragraphs, table
from netanalysis.pages.view import View
from netanalysis.scoring.comparison import COMPONENTS

__all__ = ["in_sentence", "in_short", "limits", "sentences", "shares"]

HARDLY = 0.005  # a share in a change that is rounded to 0


def in_short(both: Comparison, view: View) -> Iterator[str]:
    """From what most of the change comes, for networks whose outcome changed."""
    words, named = view.words, in_sentence(view.words)
    parts = both.turned[list(COMPONENTS)].astype(float)
    parts = parts[parts.abs().max(axis=1) > HARDLY]  # else only how much is known is another
    most, alone = parts.idxmax(axis=1), _alone(parts)
    for cause in COMPONENTS:
        for whole in (True, False):
            own = most.index[(most == cause) & (alone == whole)]
            values = {
                "cause": named[cause],
                "networks": words.some(view.networks[str(name)] for name in own),
            }
            if len(own) and whole:
                yield words("For {networks}, the whole change comes from {cause}.", **values)
            elif len(own):
                yield words(
                    "For {networks}, the largest part of the change comes from {cause}.", **values
                )


def shares(both: Comparison, view: View) -> Fragment | None:
    """The share of each cause in each change that more than one of them made; else nothing."""
    words, parts = view.words, both.turned[list(COMPONENTS)].astype(float)
    parts = parts[(parts.abs().max(axis=1) > HARDLY) & ~_alone(parts)]
    if parts.empty:
        return None
    heads = {
        "evidence": words("Evidence"),
        "weights": words("Weights"),
        "demands": words("Demands"),
        "method": words("Threshold"),
    }

    def share_of(cause: str) -> Column:
        return Column(heads[cause], lambda row: _share(getattr(row, cause), words), "number")

    columns = [
        Column(words("Network"), lambda row: view.networks[row.Index]),
        *map(share_of, COMPONENTS),
    ]
    caption = words("Share of each cause in the change; below 0 it pulled the other way")
    return table(words, caption, columns, parts)


def _alone(parts: pd.DataFrame) -> pd.Series:
    """Whether one cause made all of a change."""
    return (parts.abs() > HARDLY).sum(axis=1) == 1


def sentences(both: Comparison, view: View) -> Fragment:
    """What would have been enough for each change, and what worked against it."""
    if both.turned.empty:
        return paragraphs([view.words("It points at the same as before for every network.")])
    return bullets(
        " ".join(_why(view.networks[str(network)], row, view))
        for network, row in both.turned.iterrows()
    )


def limits(both: Comparison, view: View) -> Fragment:
    """What the shares of the causes say, and what they do not."""
    words, found = view.words, both.outcomes
    texts = [
        words(
            "The causes are those of the calculation. A rating may have changed because the "
            "network has changed, because more is known of it, or because it was coded otherwise."
        )
    ]
    if shares(both, view):
        texts.append(
            words(
                "The share of a cause is what it does to how often the level comes out, as the "
                "mean over all orders in which the causes can come in (its Shapley value). The "
                "shares of a network add up to 100%; one below 0 worked against the change. Where "
                "the outcome is open now, the level that it had before is followed."
            )
        )
    if set(both.earlier.method.demands.columns) != set(both.later.method.demands.columns):
        texts.append(
            words(
                "A criterion that only one of the evaluations has weighs nothing in the other, "
                "asks for nothing there and has no evidence there. That it came or went counts as "
                "a change of weights, demands and evidence, each with what it does."
            )
        )
    texts.append(
        words(
            "Both evaluations were calculated with {draws} draws (seed {seed}), whatever number "
            "they were once calculated with.",
            draws=words.number(both.later.draws),
            seed=str(both.later.seed),
        )
    )
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


def _why(network: str, row: pd.Series, view: View) -> Iterable[str]:
    words, named = view.words, in_sentence(view.words)
    before, after = (words("“{level}”", level=view.level(row[end])) for end in ("before", "after"))
    yield words("{network}: from {before} to {after}.", network=network, before=before, after=after)
    sets = [
        (
            words.listing(named[cause] for cause in some),
            words("“{level}”", level=view.level(outcome)),
        )
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
        yield words("The change in {cause} alone is enough.", cause=told[0])
    against = [named[cause] for cause in COMPONENTS if row[cause] < -HARDLY]
    if against:
        yield words("Pulling the other way: {causes}.", causes=words.listing(against))


def _share(part: float, words: Words) -> str:
    if 0 <= part <= 1:
        return words.share(part)
    if abs(part) < HARDLY:
        return words("nearly {share}", share=words.percent(0))
    return words.percent(part).replace("-", "\u2212")
