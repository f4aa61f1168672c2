"""Which tables does a reader need, with every row traced to its place in the source?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case import Case
from netanalysis.scoring.engagement import LEVELS
from netanalysis.showing.labels import criteria_names, label, level_names, network_names
from netanalysis.showing.markup import Fragment, folded, table
from netanalysis.showing.wording import Words, speak

__all__ = [
    "all_facts",
    "contradictions",
    "costs",
    "dates",
    "facts",
    "gaps",
    "goals",
    "in_short",
    "memberships",
    "participation",
    "proposals",
    "seats",
    "sources",
    "statements",
    "undecided",
]

MIDDLE = 2  # of the scale 0 to 4

# Attributes of facts, by the section of the report that shows them; the rest describe.
TOPICS = {
    "direction": ("direction_at_joining", "direction_now", "constituency", "growth"),
    "ways": (
        "alternative_contacts",
        "alternative_forms",
        "other_contacts",
        "portfolio_without_both",
        "represented_in_uclg",
        "sought_after_partner",
    ),
    "asked": ("answers", "consulted", "consulted_persons", "in_scope", "questions_along"),
    "steps": (
        "commitment_needed",
        "contact_network",
        "monitoring_model",
        "more_networks_wanted",
        "own_network",
        "own_plans",
        "own_strategy",
        "political_commitment",
        "reporting_back",
        "spreading_results",
    ),
}


def in_short(case: Case, result: pd.DataFrame, undecided: pd.DataFrame, language: str) -> Fragment:
    """The outcome for each network on one line.

    Parameters
    ----------
    case : Case
    result : DataFrame
        By network: today, worst, best, the columns of
        `netanalysis.scoring.engagement.actions` and date and kind of the next date.
    undecided : DataFrame
        From `netanalysis.scoring.pivots.undecided`.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words, names = speak(language), network_names(case)
    levels = level_names(case, words)
    rows = [
        (
            names[network],
            levels[row["today"]],
            _outcome(row, levels, words),
            _assessed(case.assessments, str(network), levels, words),
            words.date(row["date"]),
            _yearly_cost(case.costs, str(network), words),
            label(row["firm"], words),
            _hangs_on(undecided, str(network), row, case, words),
        )
        for network, row in result.iterrows()
    ]
    header = [
        words("Network"),
        words("Today"),
        words("Computed outcome"),
        words("The office’s assessment"),
        words("By when"),
        words("Yearly cost"),
        words("How firm"),
        words("Hangs on"),
    ]
    caption = words(
        "Level of engagement in each network: today, computed and as the office sees it"
    )
    return table(caption, header, rows)


def facts(case: Case, language: str, network: str | None = None, topic: str = "") -> Fragment:
    """Facts about one network, or those of one topic about all of them and the city.

    Parameters
    ----------
    case : Case
    language : {"sv", "en"}
    network : str, optional
        Only this network's; its table is folded.
    topic : {"", "direction", "ways", "asked", "steps"}
        Only the facts that this section of the report shows.

    Returns
    -------
    Fragment
    """
    words, names = speak(language), network_names(case)
    rows = case.facts
    if topic:
        rows = rows[rows["attribute"].isin(TOPICS[topic])]
        captions = {
            "direction": words("What the networks are, and what they were when the city joined"),
            "ways": words("Other ways to the same contacts"),
            "asked": words("Who was asked, and what was answered"),
            "steps": words("Steps under way and conditions at home"),
        }
        caption = captions[topic]
    elif network is not None:
        rows = rows[rows["network"] == network]
        caption = words("{network}: facts from the source", network=names[network])
    else:
        rows = rows[rows["network"].isna() & ~rows["attribute"].isin(sum(TOPICS.values(), ()))]
        caption = words("The review and its background")
    place = words.swedish
    about = names | {"": case.case.loc[0, "city"]}
    shown = table(
        caption,
        [words("Concerns"), words("The source says"), words("Place")],
        [
            (about[_text(row.network)], words.own(row, "text"), place(row.locator))
            for row in rows.itertuples()
        ],
    )
    return folded(caption, shown) if network is not None else shown


def all_facts(case: Case, language: str) -> Fragment:
    """The facts about each network, each network's table folded."""
    shown = [facts(case, language, network=network) for network in network_names(case)]
    return Fragment(Markup("\n").join(shown))


def undecided(case: Case, found: pd.DataFrame, language: str) -> Fragment:
    """The ratings that keep an outcome open, with the places that they rest on.

    Parameters
    ----------
    case : Case
    found : DataFrame
        From `netanalysis.scoring.pivots.undecided`.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words, names = speak(language), network_names(case)
    levels, criteria = level_names(case, words), criteria_names(case, words)
    cells = case.statements.groupby(["network", "criterion"])["locator"].unique()

    def places(row: Any) -> Markup:
        told = cells.get((row.network, row.criterion), [])
        return Markup("; ").join(map(words.swedish, told)) or Markup.escape(words.unknown)

    return table(
        words("Ratings that keep an outcome open"),
        [
            words("Network"),
            words("Level"),
            words("Criterion"),
            words("Rating"),
            words("Demand"),
            words("Place"),
        ],
        [
            (
                names[row.network],
                levels[row.level],
                criteria[row.criterion],
                label(row.state, words) if row.state else words.interval(row.low, row.high),
                words.number(row.demand, 1),
                places(row),
            )
            for row in found.itertuples()
        ],
        numeric=[3, 4],
    )


def seats(case: Case, language: str) -> Fragment:
    """Offices that the city holds or has held, with their terms."""
    words, names = speak(language), network_names(case)
    bodies = case.bodies.set_index(["network", "body"])
    return table(
        words("The city’s seats and their terms"),
        [
            words("Network"),
            words("Body"),
            words("Role"),
            words("Held by"),
            words("Term"),
            words("Place"),
        ],
        [
            (
                names[row.network],
                words.own(bodies.loc[(row.network, row.body)], "name"),
                label(row.role, words),
                words.own(row, "office") or words.unknown,
                words.term(row.start, row.end),
                words.swedish(row.locator),
            )
            for row in case.seats.itertuples()
        ],
    )


def memberships(case: Case, language: str) -> Fragment:
    """The city's memberships: standing, route and since when."""
    words, names = speak(language), network_names(case)

    def route(row: Any) -> str:
        if _text(row.via):
            return words("through {network}", network=names[row.via])
        if _text(row.represented_by):
            return words("through {body}", body=row.represented_by)
        return words("directly")

    return table(
        words("The city’s memberships"),
        [
            words("Network"),
            words("Standing"),
            words("Route"),
            words("Since"),
            words("Place"),
        ],
        [
            (
                names[row.network],
                label(row.standing, words) if _text(row.standing) else words.unknown,
                route(row),
                words.date(row.since),
                words.swedish(row.locator),
            )
            for row in case.memberships.itertuples()
        ],
    )


def participation(case: Case, language: str) -> Fragment:
    """Which department takes part where, in what role and with what benefit."""
    words, names = speak(language), network_names(case)
    bodies = case.bodies.set_index(["network", "body"])
    departments = case.departments.set_index("department")

    def body(row: Any) -> str:
        if not _text(row.body):
            return words("not said which")
        return words.own(bodies.loc[(row.network, row.body)], "name")

    def who(row: Any) -> str:
        if not _text(row.department):
            return words("The city; department not known")
        return words.own(departments.loc[row.department], "name")

    return table(
        words("Who takes part where, and with what benefit"),
        [
            words("Department"),
            words("Network"),
            words("Body"),
            words("Role"),
            words("When"),
            words("Benefit"),
            words("Place"),
        ],
        [
            (
                who(row),
                names[row.network],
                body(row),
                label(row.role, words),
                words.term(row.start, row.end),
                words.own(row, "benefit") or words.unknown,
                words.swedish(row.locator),
            )
            for row in case.participation.itertuples()
        ],
    )


def goals(case: Case, language: str) -> Fragment:
    """The city's goals, and the criteria that serve them."""
    words = speak(language)
    names = criteria_names(case, words)
    served = case.criteria.groupby("goal")["criterion"].agg(list)
    return table(
        words("The city’s goals"),
        [words("Goal"), words("Kind"), words("Criterion that serves it"), words("Place")],
        [
            (
                words.own(row, "title"),
                label(row.kind, words),
                words.listing(names[name] for name in served.get(row.goal, [])) or "–",
                words.swedish(row.locator),
            )
            for row in case.goals.itertuples()
        ],
    )


def statements(case: Case, language: str, network: str = "", criterion: str = "") -> Fragment:
    """Coded evidence of one network, for and against, or of one criterion.

    A statement speaks for engagement when its whole rating is 2 or more (not only 2), against
    it when the whole rating is 2 or less; the rest leave it open.
    """
    words, names = speak(language), network_names(case)
    criteria = criteria_names(case, words)
    rows = case.statements
    order = {name: number for number, name in enumerate(case.criteria["criterion"])}
    rows = rows.assign(order=rows["criterion"].map(order)).sort_values("order", kind="stable")
    header = [words("The source says"), words("Rating"), words("Coder"), words("Place")]

    def cells(row: Any) -> tuple[Any, ...]:
        rating = label(row.state, words) if _text(row.state) else words.interval(row.low, row.high)
        return words.own(row, "text"), rating, row.coder, words.swedish(row.locator)

    if criterion:
        rows = rows[rows["criterion"] == criterion]
        place = {name: number for number, name in enumerate(names)}
        rows = rows.sort_values("network", key=lambda n: n.map(place), kind="stable")
        caption = words("Evidence on: {criterion}", criterion=criteria[criterion])
        lines = [(names[row.network], *cells(row)) for row in rows.itertuples()]
        return table(caption, [words("Network"), *header], lines, numeric=[2])

    rows = rows[rows["network"] == network]
    speaks_for = (rows["low"] >= MIDDLE) & (rows["high"] > MIDDLE)
    against = (rows["high"] <= MIDDLE) & (rows["low"] < MIDDLE)
    groups = [
        (words("{network}: for", network=names[network]), rows[speaks_for]),
        (words("{network}: against", network=names[network]), rows[against]),
        (words("{network}: leaves it open", network=names[network]), rows[~speaks_for & ~against]),
    ]
    shown = [
        table(
            caption,
            [words("Criterion"), *header],
            [(criteria[row.criterion], *cells(row)) for row in group.itertuples()],
            numeric=[2],
        )
        for caption, group in groups
        if len(group)
    ]
    return Fragment(Markup("\n").join(shown))


def costs(case: Case, language: str) -> Fragment:
    """Yearly cost of each network, with what is unknown written as unknown."""
    words, names = speak(language), network_names(case)
    return table(
        words("Yearly cost"),
        [words("Network"), words("Fee, travel and other costs"), words("Working days")],
        [
            (name, _yearly_cost(case.costs, network, words), _days(case.costs, network, words))
            for network, name in names.items()
        ],
        numeric=[1, 2],
    )


def contradictions(case: Case, found: pd.DataFrame, language: str) -> Fragment:
    """Where the source contradicts itself, with both places."""
    words, names = speak(language), network_names(case)
    about = names | {"": case.case.loc[0, "city"]}

    def said(row: Any, which: str) -> Markup:
        text = words.own(row, which)
        return Markup("{} ({})").format(text, words.swedish(getattr(row, f"{which}_locator")))

    return table(
        words("Statements that cannot both be right"),
        [words("Concerns"), words("Kind"), words("One place says"), words("Another says")],
        [
            (
                about[_text(row.network)],
                label(row.kind, words),
                said(row, "first"),
                said(row, "second"),
            )
            for row in found.itertuples()
        ],
    )


def gaps(case: Case, rated: pd.DataFrame, language: str) -> Fragment:
    """Ratings that are missing, or that one coder alone has found."""
    words, names = speak(language), network_names(case)
    criteria = criteria_names(case, words)

    def why(row: Any) -> str:
        if row.state:
            return label(row.state, words)
        return words("found by one coder only")

    coders = case.statements["coder"].nunique()
    rows = rated[(rated["state"] != "") | (rated["n_coders"] < coders)].reset_index()
    return table(
        words("Gaps in the evidence"),
        [words("Network"), words("Criterion"), words("What is missing"), words("Rating used")],
        [
            (
                names[row.network],
                criteria[row.criterion],
                why(row),
                "–" if pd.isna(row.low) else words.interval(row.low, row.high),
            )
            for row in rows.itertuples()
        ],
        numeric=[3],
    )


def proposals(case: Case, result: pd.DataFrame, language: str) -> Fragment:
    """Computed outcome, the office's assessment and the decision, side by side."""
    words, names = speak(language), network_names(case)
    levels = level_names(case, words)

    def proposed(network: str) -> Markup:
        rows = case.assessments[case.assessments["network"] == network]
        return Markup("<br>").join(
            Markup("{}{}: {} ({})").format(
                label(row.action, words).capitalize(),
                f", {words.date(row.effective)}" if _text(row.effective) else "",
                words.own(row, "reason"),
                words.swedish(row.locator),
            )
            for row in rows.itertuples()
        )

    def decided(network: str) -> str:
        rows = case.decisions[case.decisions["network"] == network]
        texts = [f"{levels[row.level]}, {words.date(row.date)}" for row in rows.itertuples()]
        return words.listing(texts) or words.unknown

    def verdict(network: str, row: pd.Series) -> str:
        rows = case.assessments[case.assessments["network"] == network]
        if rows.empty:
            return words("The office has made no assessment")
        level = rows.iloc[-1]["level"]
        if LEVELS.index(row["worst"]) <= LEVELS.index(level) <= LEVELS.index(row["best"]):
            return (
                words("Within the computed range")
                if row["worst"] != row["best"]
                else words("Agrees")
            )
        return words("Differs")

    return table(
        words("The software computes, the office assesses, the council decides"),
        [
            words("Network"),
            words("Computed outcome"),
            words("The office’s assessment and its reason"),
            words("Compared"),
            words("Decision"),
        ],
        [
            (
                names[str(network)],
                _range(row, levels),
                proposed(str(network)) or words.unknown,
                verdict(str(network), row),
                decided(str(network)),
            )
            for network, row in result.iterrows()
        ],
    )


def dates(case: Case, language: str) -> Fragment:
    """What lies ahead at the date of the evaluation, in order of time."""
    words, names = speak(language), network_names(case)
    levels = level_names(case, words)
    bodies = case.bodies.set_index(["network", "body"])
    start = first_day(case.case.loc[0, "as_of"])
    rows: list[tuple[Any, ...]] = []
    for row in case.events.dropna(subset="start").itertuples():
        text = words.own(row, "name")
        place = words.own(row, "place")
        rows.append((row.start, row.network, f"{text} ({place})" if place else text, row.locator))
    for row in case.seats.dropna(subset="end").itertuples():
        body = words.own(bodies.loc[(row.network, row.body)], "name")
        text = words("End of term: {body}, {role}", body=body, role=label(row.role, words))
        rows.append((row.end, row.network, text, row.locator))
    for row in case.assessments.dropna(subset="effective").itertuples():
        action, level = label(row.action, words), levels[row.level]
        text = words("The office proposes: {action} ({level})", action=action, level=level)
        rows.append((row.effective, row.network, text, row.locator))
    rows = sorted((row for row in rows if last_day(row[0]) >= start), key=_by_day)
    about = names | {"": case.case.loc[0, "city"]}
    return table(
        words("Dates ahead"),
        [words("When"), words("Concerns"), words("What"), words("Place")],
        [
            (words.date(day), about[_text(network)], text, words.swedish(locator))
            for day, network, text, locator in rows
        ],
    )


def sources(case: Case, language: str) -> Fragment:
    """The documents, with what identifies them."""
    words = speak(language)

    def stamp(row: Any) -> Markup:
        if not _text(row.sha256):
            return Markup.escape(words.unknown)
        return Markup("<code>{}</code>").format(row.sha256)

    return table(
        words("Documents"),
        [
            words("Document"),
            words("Issued by"),
            words("Date"),
            words("Terms"),
            words("Note"),
            words("SHA-256 of the file"),
        ],
        [
            (
                words.swedish(row.title),
                words.swedish(_text(row.publisher)) or words.unknown,
                words.date(row.date),
                row.licence,
                words.own(row, "note"),
                stamp(row),
            )
            for row in case.sources.itertuples()
        ],
    )


def _range(row: pd.Series, levels: dict[str, str]) -> str:
    return " – ".join(dict.fromkeys((levels[row["worst"]], levels[row["best"]])))


def _outcome(row: pd.Series, levels: dict[str, str], words: Words) -> Markup:
    does = dict.fromkeys(label(row[end], words) for end in ("if_worst", "if_best"))
    text = words("{one} or {other}", one=next(iter(does)), other=list(does)[-1])
    action = text if len(does) > 1 else next(iter(does))
    if row["action"] == "apply" and row["route_ends"] == "yes":
        action = words("apply for a membership of its own")
    return Markup("{}<br>{}").format(_range(row, levels), action)


def _assessed(
    assessments: pd.DataFrame, network: str, levels: dict[str, str], words: Words
) -> Markup:
    rows = assessments[assessments["network"] == network]
    if rows.empty:
        return Markup.escape(words.unknown)
    last = rows.iloc[-1]
    return Markup("{}<br>{}").format(levels[last["level"]], label(last["action"], words))


def _hangs_on(
    undecided: pd.DataFrame, network: str, row: pd.Series, case: Case, words: Words
) -> str:
    if row["worst"] == row["best"]:
        return words("Nothing in the evidence coded")
    rows = undecided[undecided["network"] == network].drop_duplicates("criterion")
    if rows.empty:
        return words("The threshold")
    widest = rows.assign(width=rows["high"] - rows["low"]).sort_values(
        "width", ascending=False, kind="stable"
    )
    names = criteria_names(case, words)
    labels = [names[name] for name in widest["criterion"]]
    named, rest = labels[:3], len(labels[3:])
    if rest:
        named.append(words.plural("{count} more", "{count} more", rest))
    return words.listing(named)


def _yearly_cost(costs: pd.DataFrame, network: str, words: Words) -> str:
    rows = costs[(costs["network"] == network) & costs["amount"].notna()]
    if rows.empty:
        return words.unknown
    last = rows[rows["year"] == rows["year"].max()]
    sums = last.groupby("currency")["amount"].sum()
    amounts = [f"{words.number(amount)} {currency}" for currency, amount in sums.items()]
    return f"{words.listing(amounts)} ({last['year'].iloc[0]})"


def _days(costs: pd.DataFrame, network: str, words: Words) -> str:
    rows = costs[(costs["network"] == network) & costs["days"].notna()]
    if rows.empty:
        return words.unknown
    last = rows[rows["year"] == rows["year"].max()]
    return f"{words.number(last['days'].sum(), 1)} ({last['year'].iloc[0]})"


def _by_day(row: tuple[Any, ...]) -> Any:
    return last_day(row[0]), first_day(row[0])


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)
