"""What comes out, beside the office's assessment and the decision, and by when?"""

from typing import Any

import pandas as pd
from markupsafe import Markup

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case import Case
from netanalysis.scoring.engagement import LEVELS
from netanalysis.showing.labels import (
    criteria_names,
    label,
    level_names,
    network_names,
    text_of,
)
from netanalysis.showing.markup import Fragment, table
from netanalysis.showing.wording import Words, speak

__all__ = [
    "costs",
    "dates",
    "overview",
    "proposals",
    "undecided",
]


def overview(case: Case, result: pd.DataFrame, undecided: pd.DataFrame, language: str) -> Fragment:
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
            words.date(row["date"], short=True).replace(" ", "\u00a0"),
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
        words("Annual cost"),
        words("How firm"),
        words("Depends on"),
    ]
    caption = words(
        "Level of engagement in each network: today, computed and as the office sees it"
    )
    return table(words, caption, header, rows)


def proposals(case: Case, result: pd.DataFrame, language: str) -> Fragment:
    """Computed outcome, the office's assessment and the decision, side by side."""
    words, names = speak(language), network_names(case)
    levels = level_names(case, words)

    def proposed(network: str) -> Markup:
        rows = case.assessments[case.assessments["network"] == network]
        return Markup("<br>").join(
            Markup("{}{}: {} ({})").format(
                label(row.action, words).capitalize(),
                f", {words.date(row.effective)}" if text_of(row.effective) else "",
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
        words,
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
        words,
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
        words,
        words("Dates ahead"),
        [words("When"), words("Concerns"), words("What"), words("Place")],
        [
            (words.date(day), about[text_of(network)], text, words.swedish(locator))
            for day, network, text, locator in rows
        ],
    )


def costs(case: Case, result: pd.DataFrame, language: str) -> Fragment:
    """Yearly cost of each network of the result, with what is unknown written as unknown."""
    words, names = speak(language), network_names(case)
    return table(
        words,
        words("Annual cost"),
        [words("Network"), words("Fee, travel and other costs"), words("Working days")],
        [
            (
                names[network],
                _yearly_cost(case.costs, network, words),
                _days(case.costs, network, words),
            )
            for network in map(str, result.index)
        ],
        numeric=[1, 2],
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
    named, rest = labels[:2], len(labels[2:])
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
