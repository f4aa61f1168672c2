"""What does the calculation point at for each network, and how sure is that, in sentences?"""

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import MANY
from netanalysis.pages.evaluation import readings
from netanalysis.pages.html import Fragment, paragraphs
from netanalysis.pages.view import View
from netanalysis.scoring import pivots
from netanalysis.scoring.engagement import (
    DEPENDS,
    DIRECTIONS,
    INSUFFICIENT,
    LEVELS,
    OPEN,
)

__all__ = ["answer"]


def answer(outcome: Evaluation, view: View) -> Fragment:
    """What the calculation points at, by direction from today's level, in sentences.

    Of many networks only which way.
    """
    found = outcome.directions["direction"]
    texts = []
    for direction in DIRECTIONS:
        networks = list(found.index[found == direction])
        if networks:
            lead = Markup("<strong>{}</strong>").format(_lead(direction, networks, outcome, view))
            few = len(outcome.networks) <= MANY
            more = list(_details(networks, outcome, view)) if few else []
            texts.append(Markup(" ").join([lead, *more]))
    if (outcome.settled["firm"] != INSUFFICIENT).any():
        texts.append(readings.in_short(outcome, view))
    return Fragment(Markup('<div class="answer">\n{}\n</div>').format(paragraphs(texts)))


def _lead(direction: str, networks: list[str], outcome: Evaluation, view: View) -> str:
    words = view.words
    named = words.some(view.networks[name] for name in networks)
    return {
        "less": words("Less than today: {networks}.", networks=named),
        "at_most": words("At most as today: {networks}.", networks=named),
        "same": words("As today: {networks}.", networks=named),
        "at_least": words("At least as today: {networks}.", networks=named),
        "more": words("More than today: {networks}.", networks=named),
        OPEN: words("Cannot be told: {networks}.", networks=named),
        INSUFFICIENT: words("Too little evidence: {networks}.", networks=named),
        DEPENDS: words("Today’s level is not known: {networks}.", networks=named),
    }[direction]


def _details(networks: list[str], outcome: Evaluation, view: View) -> Iterator[str]:
    """What comes out, what is excluded and what the office proposes; once for those alike."""
    said: dict[tuple[str, ...], list[str]] = {}
    for network in networks:
        said.setdefault(tuple(_about(network, outcome, view)), []).append(network)
    for texts, alike in said.items():
        if len(said) > 1:
            yield view.words(
                "{networks}:", networks=view.words.listing(view.networks[name] for name in alike)
            )
        yield from texts


def _about(network: str, outcome: Evaluation, view: View) -> list[str]:
    words, row = view.words, outcome.settled.loc[network]
    possible, today = outcome.possible[network], outcome.today[network]
    direction = outcome.directions.loc[network, "direction"]
    others = [_quoted(level, view) for level in possible if level != row["outcome"]]
    texts = []
    if direction and direction == outcome.actions.loc[network, "direction"]:
        texts.append(words("That holds whatever the missing answers would show."))
    if row["firm"] == INSUFFICIENT:
        texts.append(
            words(
                "Criteria with a rating carry less than half of the weight. Possible: {possible}.",
                possible=words.alternatives(_quoted(level, view) for level in possible),
            )
        )
    elif len(possible) == 1:
        texts.append(words("Only {level} is possible.", level=_quoted(possible[0], view)))
    elif row["outcome"] != OPEN:
        level = _quoted(row["outcome"], view)
        texts.append(
            words("The calculation points at {level}.", level=level)
            if row["firm"] == "holds"
            else words("The calculation leans towards {level}.", level=level)
        )
        texts.append(
            words.plural(
                "{levels} is possible too.", "{levels} are possible too.", len(others),
                levels=words.listing(others),
            )
        )  # fmt: skip
    elif direction in ("at_least", "at_most"):
        ranks = [LEVELS.index(level) for level in possible]
        now = LEVELS.index(today[0])
        every = min(ranks) >= now if direction == "at_least" else max(ranks) <= now
        level = _quoted(today[0], view)
        texts.append(
            {
                ("at_least", True): words(
                    "All calculations give at least today’s level, {level}; whether more cannot be "
                    "told.", level=level,
                ),
                ("at_least", False): words(
                    "Nearly all calculations give at least today’s level, {level}; whether more "
                    "cannot be told.", level=level,
                ),
                ("at_most", True): words(
                    "All calculations give at most today’s level, {level}; whether less cannot be "
                    "told.", level=level,
                ),
                ("at_most", False): words(
                    "Nearly all calculations give at most today’s level, {level}; whether less "
                    "cannot be told.", level=level,
                ),
            }[direction, every]
        )  # fmt: skip
    else:
        texts.append(
            words(
                "{levels} are possible, and none comes out often enough.",
                levels=words.listing(_quoted(level, view) for level in possible),
            )
        )
    if row["close"] or outcome.directions.loc[network, "close"]:
        texts.append(words("This is at the limit: other draws might give another word."))
    return [*texts, *_excluded(network, outcome, view), *_office(network, outcome, view)]


def _quoted(level: str, view: View) -> str:
    """A level's name in a sentence."""
    return view.words("“{level}”", level=view.levels[level])


def _excluded(network: str, outcome: Evaluation, view: View) -> Iterator[str]:
    """The levels that a veto bars, and on which criteria."""
    words = view.words
    barred = pivots.ruled_out(outcome.checks[outcome.checks["network"] == network])
    for row in barred.itertuples():
        out = [_quoted(level, view) for level in LEVELS[LEVELS.index(row.level) :]]
        ratings = outcome.ratings.loc[network]
        yield words.plural(
            "{levels} is excluded, since {criteria}.",
            "{levels} are excluded, since {criteria}.",
            len(out),
            levels=words.listing(out),
            criteria=words.listing(_rated(name, ratings.loc[name], view) for name in row.criteria),
        )


def _rated(criterion: str, rating: pd.Series, view: View) -> str:
    """How a criterion is rated at most, or at least where less is better: what bars a level."""
    words, about = view.words, view.case.criteria.set_index("criterion").loc[criterion]
    better = about["objective"] == "max"
    value = rating["high" if better else "low"]
    values = {"criterion": view.criteria[criterion], "rating": view.rating(criterion, value)}
    if rating["low"] == rating["high"]:
        return words("{criterion} is rated {rating}", **values)
    if better:
        return words("{criterion} is rated at most {rating}", **values)
    return words("{criterion} is rated at least {rating}", **values)


def _office(network: str, outcome: Evaluation, view: View) -> Iterator[str]:
    """What the office proposes where it differs, and what the difference hangs on."""
    words = view.words
    if network not in view.assessed.index:
        return
    level = str(view.assessed.loc[network, "level"])
    if level == outcome.settled.loc[network, "outcome"]:
        yield words("The office makes the same assessment.")
        return
    if level not in outcome.possible[network]:
        yield words(
            "The office’s assessment is {level}, which the evidence rules out.",
            level=_quoted(level, view),
        )
        return
    changes = outcome.changes.loc[network]
    for which in ("", "beyond_"):
        if changes[f"{which}becomes"] == level:
            told = words.listing(
                words(
                    "{criterion} were rated {rating}",
                    criterion=view.criteria[name],
                    rating=view.rating(name, value),
                )
                for name, value in changes[f"{which}changes"]
            )
            values = {"level": _quoted(level, view), "changes": told}
            yield (
                words(
                    "The office’s assessment is {level}; the calculation would point at it if "
                    "{changes}, which the evidence allows.",
                    **values,
                )
                if not which
                else words(
                    "The office’s assessment is {level}; the calculation would point at it if "
                    "{changes}, which the evidence does not support.",
                    **values,
                )
            )
            return
    yield words(
        "The office’s assessment is {level}, which the evidence allows.", level=_quoted(level, view)
    )
