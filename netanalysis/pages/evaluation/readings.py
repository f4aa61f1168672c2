"""Does every reading of the same evidence agree, and how much does each thing matter?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY
from netanalysis.pages.html import Column, Fragment, background, paragraphs
from netanalysis.pages.labels import label
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import INSUFFICIENT, OPEN
from netanalysis.scoring.ratings import ANSWERS

__all__ = ["agrees", "every", "in_short", "matters"]

MOSTLY, ABOUT = 0.5, 0.05  # share of what varies that is most of it; nearer to that it is not said


NAMED = 2  # readings that the short sentence names; of more it tells how many


def in_short(outcome: Evaluation, view: View) -> Markup:
    """Whether every reading of the evidence agrees; networks of which alike holds together.

    Of many networks those are counted on which every reading agrees, and the others named.
    """
    words, found = view.words, outcome.readings
    lead = Markup("<strong>{}</strong> {}")
    if len(outcome.networks) > MANY:
        other = set(found.loc[found["outcome"] != found["before"], "network"])
        apart = [view.networks[network] for network in outcome.networks if network in other]
        counted = words(
            "the same on {same} of {count} networks.",
            same=words.number(len(outcome.networks) - len(apart)),
            count=words.number(len(outcome.networks)),
        )
        rest = words("Not on {networks}.", networks=words.some(apart)) if apart else ""
        told = " ".join(filter(None, [counted, rest]))
        return lead.format(words("With the evidence read in other ways (see Uncertainties):"), told)
    said: dict[Markup, list[str]] = {}
    for network in outcome.networks:
        said.setdefault(_alike(network, outcome, view), []).append(view.networks[network])
    texts = [
        words.markup("{networks}: {text}", networks=words.listing(names), text=text)
        for text, names in said.items()
    ]
    told = Markup("{}.").format(Markup("; ").join(texts))
    return lead.format(words("With the evidence read in other ways (see Uncertainties):"), told)


def _alike(network: str, outcome: Evaluation, view: View) -> Markup:
    """In how many readings a network comes to the same; the others by name, where they are few."""
    words, rows = view.words, outcome.readings
    rows = rows[rows["network"] == network]
    other = rows[rows["outcome"] != rows["before"]]
    if rows.empty:
        return Markup.escape(words("there is no other"))
    if other.empty:
        return Markup.escape(words("the same in all"))
    if len(other) > NAMED:
        return words.markup(
            "the same in {same} of {count}",
            same=words.number(len(rows) + 1 - len(other)),
            count=words.number(len(rows) + 1),
        )
    readings = [
        words.markup(
            "“{reading}” ({then})",
            reading=_name(row, view),
            then=_told(row, view),
        )
        for row in other.itertuples()
    ]
    return words.markup("the same except {readings}", readings=Markup(", ").join(readings))


def agrees(network: str, outcome: Evaluation, view: View) -> Markup:
    """Whether every reading gives a network's outcome, and which do not."""
    words, rows = view.words, outcome.readings
    rows = rows[rows["network"] == network]
    other = rows[rows["outcome"] != rows["before"]]
    values: dict[str, Any] = {
        "level": view.level(outcome.settled.loc[network, "outcome"]),
        "same": words.number(len(rows) + 1 - len(other)),
        "count": words.number(len(rows) + 1),
    }
    if rows.empty:
        return words.markup("the evidence has but one reading.", **values)
    if other.empty:
        return words.markup("{level} in all {count}.", **values)
    if len(other) == 1:
        row = next(other.itertuples())
        return words.markup(
            "{level} in all but one; {reading}: {then}.",
            reading=_name(row, view), then=_came_out(row, view), **values,
        )  # fmt: skip
    return words.markup(
        "{level} in {same} of {count}; {otherwise}.",
        otherwise=_otherwise(other, view),
        **values,
    )


def _otherwise(rows: pd.DataFrame, view: View) -> Markup:
    """What else comes out, and under which readings."""
    told = [
        view.words.markup(
            "{then}: {readings}",
            then=then,
            readings=Markup(", ").join(_name(row, view) for row in some.itertuples()),
        )
        for then, some in rows.groupby(rows.apply(_came_out, axis=1, view=view), sort=False)
    ]
    return Markup("; ").join(told)


def every(outcome: Evaluation, view: View) -> Fragment:
    """What each network comes to under every reading; of paragraphs those that change an outcome.

    Of many networks only the readings that change an outcome.
    """
    words, found = view.words, outcome.readings
    turns = found["outcome"] != found["before"]
    paragraph = found["kind"] == "paragraph"
    key = ["kind", "coder", "source_id", "locator"]
    places = found.loc[paragraph, key].drop_duplicates()
    turning = found.loc[paragraph & turns, key].drop_duplicates()
    said = [
        words(
            "The same statements can be read in more ways than one. Each place in the sources has "
            "also been left out, on all networks at once: {count} in all, of which {turning} "
            "change an outcome.",
            count=words.number(len(places)),
            turning=words.number(len(turning)),
        )
    ]
    caption = words("What the calculation points at under other readings of the evidence")
    if len(outcome.networks) > MANY:
        came_out = outcome.settled["outcome"]
        turned = dict(list(found[turns].groupby("network", sort=False)))
        columns = [
            Column(words("Network"), lambda network: view.networks[network]),
            Column(words("As computed"), lambda network: view.level(came_out[network])),
            Column(words("Otherwise"), lambda network: _otherwise(turned[network], view)),
        ]
        return Fragment(paragraphs(said) + background(words, caption, columns, turned))
    shown = pd.concat([found.loc[~paragraph, key].drop_duplicates(), turning])
    by = found.fillna("").set_index(["network", *key])

    def column(network: str) -> Column:
        return Column(view.networks[network], lambda row: cell(network, row))

    def cell(network: str, row: Any) -> str:
        at = (network, *("" if pd.isna(value) else value for value in row[1:]))
        if row.kind == "":
            return _firmly(outcome.settled.loc[network], view)
        return _firmly(by.loc[at], view) if at in by.index else words("no other")

    first = pd.DataFrame([dict.fromkeys(key, "")])
    columns = [
        Column(words("Reading"), lambda row: _name(row, view)),
        *map(column, outcome.networks),
    ]
    table = background(words, caption, columns, pd.concat([first, shown], ignore_index=True))
    return Fragment(paragraphs(said) + table)


def matters(outcome: Evaluation, view: View) -> Fragment:
    """How much ratings, threshold and weights each matter, in words first."""
    words, found = view.words, outcome.variation
    varies = found.dropna()
    said = []
    mostly = varies.index[varies["ratings"] > MOSTLY + ABOUT]
    others = varies.index[varies["ratings"] < MOSTLY - ABOUT]
    if len(mostly):
        said.append(
            words(
                "What is not settled hangs mostly on the ratings that the evidence leaves open: "
                "{networks}.",
                networks=words.some(view.networks[name] for name in mostly),
            )
        )
    if len(others):
        said.append(
            words(
                "On weights and threshold more than on the ratings: {networks}.",
                networks=words.some(view.networks[name] for name in others),
            )
        )
    if len(varies) < len(found):
        said.append(
            words(
                "The same level comes out throughout, so nothing varies: {networks}.",
                networks=words.some(
                    view.networks[name] for name in found.index if name not in varies.index
                ),
            )
        )

    def share_of(part: str) -> Any:
        return lambda network: words.percent(found.loc[network, part])

    columns = [
        Column(words("Network"), lambda network: view.networks[network]),
        Column(words("Ratings, alone and with the others"), share_of("ratings"), "number"),
        Column(words("Threshold alone"), share_of("threshold"), "number"),
        Column(words("Weights alone"), share_of("weights"), "number"),
    ]
    caption = words(
        "What it hangs on whether the most frequent level comes out (share of variance)"
    )
    return Fragment(paragraphs(said) + background(words, caption, columns, varies.index))


def _name(row: Any, view: View) -> Markup:
    """A reading, so that it can stand after a colon."""
    words = view.words
    if row.kind == "coder" and row.coder == ANSWERS:
        return Markup.escape(words("the answers alone"))
    if row.kind == "coder":
        return Markup.escape(words("coder {coder} alone", coder=row.coder))
    if row.kind == "paragraph":
        return words.markup("without {place}", place=view.place(row.source_id, row.locator))
    return Markup.escape(
        {
            "": words("as computed"),
            "strict": words("where one coder finds nothing, the rating is open"),
            "mixture": words("either coder’s ratings with equal chance"),
            "told": words("without what the proposer alone tells of"),
            "dependent": words("all open ratings good or poor at once"),
            "vetoes": words("without vetoes"),
        }[row.kind]
    )


def _came_out(row: Any, view: View) -> str:
    if row.firm == INSUFFICIENT:
        return view.words("too little evidence")
    return view.level(row.outcome)


def _told(row: Any, view: View) -> str:
    """What came out, for who has not read what an open outcome is."""
    open_ = row.outcome == OPEN and row.firm != INSUFFICIENT
    return view.words("cannot be told") if open_ else _came_out(row, view)


def _firmly(row: Any, view: View) -> str:
    level = _came_out(row, view)
    if row["outcome"] not in view.levels:
        return level
    return f"{level} ({label(row['firm'], view.words).lower()})"
