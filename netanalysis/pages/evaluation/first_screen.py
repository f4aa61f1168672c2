"""What does the calculation point at for each network, how sure is that, and what is to decide?

The first screen of the evaluation: the answer by direction in sentences, one table that is the
chart, what is to be decided and what is not known.
"""

from collections.abc import Iterator

from markupsafe import Markup

from netanalysis.evaluation import Evaluation, upcoming
from netanalysis.language.words import MANY
from netanalysis.pages.costs import this_year
from netanalysis.pages.evaluation import readings
from netanalysis.pages.evaluation.least_changes import rated_otherwise
from netanalysis.pages.html import Fragment, folded, paragraphs
from netanalysis.pages.view import View
from netanalysis.scoring import pivots
from netanalysis.scoring.costs import yearly_costs
from netanalysis.scoring.engagement import (
    DEPENDS,
    DIRECTIONS,
    HOLDS,
    INSUFFICIENT,
    LEANS,
    LEVELS,
    OPEN,
    PROPOSAL,
)

__all__ = ["answer", "levels", "to_decide", "unknown"]

SHOWN = 12  # networks of the table that are shown at once
SHADES = (0.05, 0.25, 0.45, 0.7)  # shares from which a cell is a shade darker


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
    texts += [Markup(" ").join(readings.in_short(outcome, view))]
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
    words, levels = view.words, view.levels
    row, possible = outcome.settled.loc[network], outcome.possible[network]
    direction = outcome.directions.loc[network, "direction"]
    today = outcome.today[network]
    others = [levels[level] for level in possible if level != row["outcome"]]
    texts = []
    if row["firm"] == INSUFFICIENT:
        texts.append(
            words(
                "Criteria with a rating carry less than half of the weight. Possible: {possible}.",
                possible=words.alternatives(levels[level] for level in possible),
            )
        )
    elif len(possible) == 1:
        texts.append(words("Only {level} is possible.", level=levels[possible[0]]))
    elif row["outcome"] != OPEN:
        level = levels[row["outcome"]]
        texts.append(
            words("The calculation points at {level}.", level=level)
            if row["firm"] == "holds"
            else words("The calculation leans towards {level}.", level=level)
        )
        texts.append(
            words("{levels} is possible.", levels=others[0])
            if len(others) == 1
            else words("{levels} are possible too.", levels=words.listing(others))
        )
    elif direction in ("at_least", "at_most"):
        share = outcome.directions.loc[network, "share"]
        texts.append(
            words("Nearly all calculations give at least today’s level, {level}; whether more "
                  "cannot be told.", level=levels[today[0]])
            if direction == "at_least" and share < 1
            else words("All calculations give at least today’s level, {level}; whether more cannot "
                       "be told.", level=levels[today[0]])
            if direction == "at_least"
            else words("Nearly all calculations give at most today’s level, {level}; whether less "
                       "cannot be told.", level=levels[today[0]])
            if share < 1
            else words("All calculations give at most today’s level, {level}; whether less cannot "
                       "be told.", level=levels[today[0]])
        )  # fmt: skip
    else:
        texts.append(
            words(
                "Possible are {levels}, and none comes out often enough.",
                levels=words.listing(levels[level] for level in possible),
            )
        )
    if row["close"] or outcome.directions.loc[network, "close"]:
        texts.append(words("This is at the limit: other draws might give another word."))
    return [*texts, *_excluded(network, outcome, view), *_office(network, outcome, view)]


def _excluded(network: str, outcome: Evaluation, view: View) -> Iterator[str]:
    """The levels that a veto bars, and on which criteria."""
    words = view.words
    barred = pivots.ruled_out(outcome.checks[outcome.checks["network"] == network])
    for row in barred.itertuples():
        out = [view.levels[level] for level in LEVELS[LEVELS.index(row.level) :]]
        names = words.listing(view.criteria[name] for name in row.criteria)
        yield words.plural(
            "{levels} is excluded by the rating on {criteria}.",
            "{levels} are excluded by the rating on {criteria}.",
            len(out),
            levels=words.listing(out),
            criteria=names,
        )


def _office(network: str, outcome: Evaluation, view: View) -> Iterator[str]:
    """What the office proposes where it differs, and what the difference hangs on."""
    words = view.words
    if network not in view.assessed.index:
        return
    level = str(view.assessed.loc[network, "level"])
    if level == outcome.settled.loc[network, "outcome"]:
        yield words("The office assesses it alike.")
        return
    if level not in outcome.possible[network]:
        yield words(
            "The office’s assessment is {level}, which the evidence rules out.",
            level=view.levels[level],
        )
        return
    changes = outcome.changes.loc[network]
    for which in ("", "beyond_"):
        if changes[f"{which}becomes"] == level:
            told = words.listing(rated_otherwise(changes[f"{which}changes"], view))
            values = {"level": view.levels[level], "changes": told}
            yield (
                words(
                    "The office’s assessment is {level}; the calculation would point at it if, "
                    "within the evidence, {changes}.",
                    **values,
                )
                if not which
                else words(
                    "The office’s assessment is {level}; the calculation would point at it if, "
                    "outside the evidence, {changes}.",
                    **values,
                )
            )
            return
    yield words(
        "The office’s assessment is {level}, which the evidence allows.", level=view.levels[level]
    )


def levels(outcome: Evaluation, view: View) -> Fragment:
    """One table that is the chart: networks and levels, shaded by share, with marks.

    Today's level and the office's assessment are marked; the last column has the weightiest ground.
    Of many networks those come first whose outcome is not today's level; the rest are folded.
    """
    words = view.words
    order = {name: number for number, name in enumerate(DIRECTIONS)}
    rows = list(outcome.networks)
    if len(rows) > SHOWN:
        rank = outcome.directions["direction"].map(order)
        rows = list(rank.sort_values(kind="stable").index)
    caption = words("How often the calculation gives each level")
    note = words(
        "The darker a cell, the more of all admissible calculations give the level; that is no "
        "probability. ○ is today’s level, ◆ the office’s assessment."
    )
    shown = _table(caption, rows[:SHOWN], outcome, view)
    if len(rows) > SHOWN:
        rest = rows[SHOWN:]
        told = words.plural("{count} more network", "{count} more networks", len(rest))
        shown = Fragment(shown + folded(told, _table(told, rest, outcome, view)))
    return Fragment(shown + Markup('<p class="about">{}</p>').format(note))


def _table(caption: str, networks: list[str], outcome: Evaluation, view: View) -> Fragment:
    words = view.words
    heads = [words("Network"), *view.levels.values(), words("Weighs most")]
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(text) for text in heads
    )
    lines = Markup("\n").join(_line(network, outcome, view) for network in networks)
    return Fragment(
        Markup(
            '<table class="levels" role="table"><caption>{}</caption>\n<thead role="rowgroup">'
            '<tr role="row">{}</tr></thead>\n<tbody role="rowgroup">{}</tbody></table>\n'
        ).format(caption, head, lines)
    )


def _line(network: str, outcome: Evaluation, view: View) -> Markup:
    head = Markup('<th scope="row" role="rowheader"><a href="#network-{}">{}</a></th>').format(
        network, view.networks[network]
    )
    cells = Markup("").join(_cell(network, level, outcome, view) for level in view.levels)
    why = Markup('<td class="why" role="cell">{}</td>').format(_weightiest(network, outcome, view))
    return Markup('<tr role="row">{}{}{}</tr>').format(head, cells, why)


def _cell(network: str, level: str, outcome: Evaluation, view: View) -> Markup:
    words, possible = view.words, outcome.possible[network]
    share = float(outcome.shares.loc[network, level])
    if level not in possible:
        text, shade = words("excluded"), 0
    elif len(possible) == 1:
        text, shade = words.percent(1), len(SHADES)
    else:
        text = words.share(share, outcome.error, (LEANS, HOLDS))
        shade = sum(share >= limit for limit in SHADES)
    marks = []
    if level in outcome.today[network]:
        many = len(outcome.today[network]) > 1
        marks.append(words("○ perhaps today") if many else words("○ today"))
    if network in view.assessed.index and view.assessed.loc[network, "level"] == level:
        marks.append(words("◆ the office"))
    now = " today" if level in outcome.today[network] else ""
    return Markup('<td class="share s{}{}" role="cell"><small>{} </small><b>{}</b>{}</td>').format(
        shade,
        now,
        view.levels[level],
        text,
        Markup("").join(Markup(" <span>{}</span>").format(mark) for mark in marks),
    )


def _weightiest(network: str, outcome: Evaluation, view: View) -> str:
    """A statement that weighs most: behind a veto, else on the heaviest criterion that is met.

    Met is what the most frequent level asks for; where nothing is, the heaviest rated criterion
    counts. Of the statements on it the one that says most, upwards or downwards.
    """
    said = view.case.statements
    said = said[(said["network"] == network) & said["low"].notna()]
    checks = outcome.checks[outcome.checks["network"] == network]
    if said.empty:
        return view.words("no evidence")
    barred = pivots.ruled_out(checks)
    if len(barred):
        rows = said[said["criterion"].isin(barred.iloc[0]["criteria"])]
        if len(rows):
            return view.own(rows.sort_values(["high", "low"], kind="stable").iloc[0], "text")
    weights = dict(
        zip(outcome.method.demands.columns, outcome.method.centre.weights[0], strict=True)
    )
    level = outcome.settled.loc[network, "frequent"]
    met = checks[(checks["level"] == level) & (checks["met"] == "yes")]["criterion"]
    rows = said[said["criterion"].isin(met)]
    rows = rows if len(rows) else said
    place = rows["criterion"].map(weights)
    best = rows[place >= place.max() - 1e-9]
    first = best["criterion"].iloc[0]
    downward = dict(outcome.method.objectives).get(first) == "min"
    best = best[best["criterion"] == first].sort_values(
        ["low", "high"], ascending=downward, kind="stable"
    )
    return view.own(best.iloc[0], "text")


def to_decide(outcome: Evaluation, view: View) -> Fragment:
    """What is to be decided, with the days that the office proposes, and the next dates."""
    words = view.words
    questions = list(_questions(outcome, view)) or list(_own_questions(outcome, view))
    items = Markup("\n").join(Markup("<li>{}</li>").format(text) for text in questions)
    listed = Markup("<ol>\n{}\n</ol>\n").format(items) if questions else Markup("")
    nothing = [] if questions else [words("Nothing is proposed.")]
    return Fragment(listed + paragraphs([*nothing, *_next_dates(view)]))


def _questions(outcome: Evaluation, view: View) -> Iterator[str]:
    """The office's proposals as questions; alike ones are one."""
    words, rows = view.words, view.case.assessments
    rows = rows[rows["network"].isin(outcome.networks)]
    routes = outcome.actions["via"]
    rows = rows.assign(effective=rows["effective"].astype(object).fillna(""))
    for (action, level, day), some in rows.groupby(["action", "level", "effective"], sort=False):
        named = words.some(view.networks[name] for name in dict.fromkeys(some["network"]))
        text = _question(str(action), named, view.levels[str(level)], view)
        if day:
            text = words("{question} The office proposes {date}.", question=text,
                         date=words.date(day))  # fmt: skip
        if action == "leave":
            for network in some["network"]:
                via = routes.get(network)
                if isinstance(via, str):
                    text += " " + words(
                        "The membership of {network} runs through {via}.",
                        network=view.networks[network],
                        via=view.networks.get(via, via),
                    )
        yield text


def _question(action: str, networks: str, level: str, view: View) -> str:
    words, values = view.words, {"networks": networks, "level": level}
    return {
        "apply": words("Apply for membership of {networks}?", **values),
        "deepen": words("Do more in {networks} ({level})?", **values),
        "continue": words("Go on as today in {networks}?", **values),
        "step_back": words("Step back in {networks} ({level})?", **values),
        "leave": words("Leave {networks}?", **values),
    }.get(action, words("{level} in {networks}?", **values))


def _own_questions(outcome: Evaluation, view: View) -> Iterator[str]:
    """Where the office has proposed nothing: what the calculation would have decided."""
    words, found = view.words, outcome.directions["direction"]
    less, more = (
        words.some(view.networks[name] for name in found.index[found == direction])
        for direction in ("less", "more")
    )
    if less:
        yield words("Do less in {networks}?", networks=less)
    if more:
        yield words("Do more in {networks}?", networks=more)


def _next_dates(view: View) -> list[str]:
    """The next date that a source gives, with every place that is named for it."""
    words, ahead = view.words, upcoming(view.case)
    ahead = ahead[(ahead["kind"] != PROPOSAL) & (ahead["table"] == "events")]
    if ahead.empty:
        return []
    row = ahead.iloc[0]
    event = view.case.events.loc[row["row"]]
    same = view.case.events[
        (view.case.events["network"].fillna("") == (event["network"] or ""))
        & (view.case.events["event"] == event["event"])
    ]
    places = dict.fromkeys(filter(None, (view.own(one, "place") for _, one in same.iterrows())))
    end = event["end"]
    date = words.date(event["start"])
    if isinstance(end, str) and end != event["start"]:
        date = words("{start} to {end}", start=date, end=words.date(end))
    told = words("Next date: {event}, {date}", event=view.own(event, "name"), date=date)
    if len(places) > 1:
        return [words("{told} (the sources name more than one place: {places}).", told=told,
                      places=words.listing(places))]  # fmt: skip
    return [f"{told} ({next(iter(places))})." if places else f"{told}."]


def unknown(outcome: Evaluation, view: View) -> Fragment:
    """What is not known, in one line; that all of it is, where that is so."""
    words, missing = view.words, []
    costs = yearly_costs(view.case.costs, until=this_year(view))["network"].unique()
    dear = [name for name in outcome.networks if name not in costs]
    if len(dear) == len(outcome.networks):
        missing.append(words("what any of the memberships costs"))
    elif dear:
        missing.append(
            words("what {networks} cost", networks=words.some(view.networks[one] for one in dear))
        )
    perhaps = [name for name, levels in outcome.today.items() if len(levels) > 1]
    if perhaps:
        missing.append(
            words("today’s level in {networks}",
                  networks=words.some(view.networks[one] for one in perhaps))
        )  # fmt: skip
    bare = int(outcome.ratings["state"].isin(["silence", "no_evidence"]).sum())
    if bare:
        missing.append(
            words.plural(
                "{count} of {all} ratings", "{count} of {all} ratings", bare,
                all=words.number(len(outcome.ratings)),
            )
        )  # fmt: skip
    if not missing:
        return Fragment("")
    return paragraphs(
        [Markup("<strong>{}</strong> {}.").format(words("Unknown:"), words.listing(missing))]
    )
