"""Which sentences carry the results, in Swedish and in English?"""

from collections.abc import Iterable, Mapping
from importlib.metadata import version

import pandas as pd
from markupsafe import Markup

from netanalysis.dates import first_day, last_day
from netanalysis.loaders.case import Case
from netanalysis.scoring import pivots
from netanalysis.scoring.engagement import HOLDS, LEANS, OPEN
from netanalysis.scoring.method import Method
from netanalysis.scoring.pivots import MOST
from netanalysis.showing import evidence
from netanalysis.showing.labels import criteria_names, label, level_names, network_names
from netanalysis.showing.markup import Fragment, bullets, paragraphs
from netanalysis.showing.wording import Words, speak

__all__ = [
    "change",
    "cost_note",
    "dependence",
    "heading",
    "in_short",
    "method",
    "networks",
    "provenance",
    "rated_otherwise",
    "stands",
    "threshold",
]

NAMED = 2  # criteria that a sentence names as those that most hangs on


def heading(case: Case, language: str, network: str = "", question: str = "") -> Fragment:
    """The report's title, its date, who answers for it and who decides.

    Parameters
    ----------
    case : Case
    language : {"sv", "en"}
    network : str, optional
        The network that the page is about, where it is about one.
    question : str, optional
        The page's question, where it asks another than the evaluation and so rests on no criteria.

    Returns
    -------
    Fragment
    """
    words, row = speak(language), case.case.iloc[0]
    title = words.own(row, "title")
    if network:
        title = f"{network_names(case)[network]}: {title}"
    if question:
        title = f"{question} {title}"
    entries = [
        (words("City"), row["city"]),
        (words("As of"), words.date(row["as_of"])),
        (words("Responsible"), words.own(row, "responsible")),
        (words("Decided by"), words.own(row, "deciding_body")),
    ]
    if not question:
        adopted = f"{words.date(row['criteria_adopted'])}, {words.own(row, 'criteria_adopted_by')}"
        entries.append((words("Criteria fixed"), adopted))
    listed = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*entry) for entry in entries
    )
    return Fragment(
        Markup("<h1>{}</h1>\n<dl>{}</dl>\n<p><strong>{}</strong></p>").format(
            title,
            listed,
            words("Basis for a decision, not a decision."),
        )
    )


def in_short(case: Case, result: pd.DataFrame, checks: pd.DataFrame, language: str) -> Fragment:
    """Three or four sentences that a reader should leave with.

    Parameters
    ----------
    case : Case
    result : DataFrame
        By network, as for `netanalysis.showing.results.overview`.
    checks : DataFrame
        From `netanalysis.scoring.engagement.checks`.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words = speak(language)
    names, levels = network_names(case), level_names(case, words)
    parts = [
        [*_directions(result, names, words), *_vetoes(case, checks, words)],
        _outcomes(result, names, levels, words),
        _compared(case, result, names, words),
        [_first_date(result, names, words)],
    ]
    return bullets(text for text in map(" ".join, parts) if text)


def method(case: Case, how: Method, language: str) -> Fragment:
    """How the assessment was made, in about 150 words.

    Parameters
    ----------
    case : Case
    how : Method
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words, row = speak(language), case.case.iloc[0]
    names = level_names(case, words)
    titles = Markup("; ").join(words.swedish(title) for title in case.sources["title"])
    texts = [
        words.markup("Source: {titles}.", titles=titles),
        words(
            "What the source says about the city and the networks has been noted as separate "
            "statements, each with its place in the document. Each supports a rating from 0 to 4 "
            "on one of {criteria} criteria. The source’s conclusions and proposals are the "
            "office’s own assessment and never count as evidence. Criteria, weights and demands "
            "were fixed before any evidence was coded: {date}, {by}.",
            criteria=words.number(len(case.criteria)),
            date=words.date(row["criteria_adopted"]),
            by=words.own(row, "criteria_adopted_by"),
        ),
        words(
            "A network reaches a level when the criteria on which it meets the level’s demands "
            "hold enough of the weight, between {low} and {high}, and no veto stands against it. "
            "Today’s level is {lead} where the city holds a seat, {participate} where a "
            "department takes part and {follow} where there is only a membership.",
            low=words.percent(how.threshold[0]),
            high=words.percent(how.threshold[1]),
            follow=names["follow"],
            participate=names["participate"],
            lead=names["lead"],
        ),
        words(
            "No weights are settled, only bounds on them, and where evidence is missing the "
            "rating may be anything from 0 to 4. The level has therefore been worked out for "
            "{draws} draws of weights, thresholds and ratings that the evidence leaves open. The "
            "outcome holds where one level comes out in at least {holds} of them, leans towards "
            "it from {leans}, and is otherwise open.",
            draws=words.number(how.draws),
            holds=words.percent(HOLDS),
            leans=words.percent(LEANS),
        ),
    ]
    return paragraphs(texts)


def networks(
    case: Case,
    result: pd.DataFrame,
    checks: pd.DataFrame,
    asked: pd.DataFrame,
    language: str,
) -> Fragment:
    """Network by network: the outcome, what it hangs on, and the evidence for and against.

    Parameters
    ----------
    case : Case
    result : DataFrame
        As for `netanalysis.showing.results.overview`.
    checks : DataFrame
        From `netanalysis.scoring.engagement.checks`.
    asked : DataFrame
        From `netanalysis.scoring.pivots.ask_first`.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words = speak(language)
    parts = [
        Markup("<h3>{}</h3>\n{}\n{}").format(
            label,
            paragraphs([_about(case, result.loc[name], checks, asked, words)]),
            evidence.statements(case, language, network=name),
        )
        for name, label in network_names(case).items()
        if name in result.index
    ]
    return Fragment(Markup("\n").join(parts))


def threshold(case: Case, language: str) -> Fragment:
    """The admissible thresholds and their reason."""
    words, row = speak(language), case.case.iloc[0]
    text = words(
        "Threshold: {low} to {high} of the weight. {reason}",
        low=words.percent(row["threshold_low"]),
        high=words.percent(row["threshold_high"]),
        reason=words.own(row, "threshold_reason"),
    )
    return paragraphs([text])


def _about(
    case: Case, row: pd.Series, checks: pd.DataFrame, asked: pd.DataFrame, words: Words
) -> str:
    name = str(row.name)
    levels, criteria = level_names(case, words), criteria_names(case, words)
    texts = [words("Today’s level is {today}.", today=levels[row["today"]])]
    texts += _outcomes(row.to_frame().T, {name: words("the network")}, levels, words)
    texts += _vetoes(case, checks[checks["network"] == name], words)
    hangs = asked.loc[asked["network"] == name, "criterion"].head(NAMED)
    if len(hangs):
        texts.append(
            words("Most hangs on {criteria}.", criteria=words.listing(criteria[c] for c in hangs))
        )
    texts.append(change(row, levels, criteria, words))
    return " ".join(texts)


def change(
    row: pd.Series, levels: Mapping[str, str], criteria: Mapping[str, str], words: Words
) -> str:
    """What would change a network's outcome, in one sentence.

    Parameters
    ----------
    row : Series
        becomes, changes and others, from `netanalysis.scoring.pivots.least_changes`.
    levels, criteria : mapping
        Code to label.
    words : Words

    Returns
    -------
    str
    """
    if pd.isna(row["becomes"]):
        return words("No change of up to {most} ratings would change the outcome.", most=MOST)
    changes = words.listing(rated_otherwise(row, criteria, words))
    if row["becomes"] == OPEN:
        text = words("The outcome would be open if {changes}.", changes=changes)
    else:
        level = levels[row["becomes"]]
        text = words("The outcome would be {level} if {changes}.", level=level, changes=changes)
    if not row["others"]:
        return text
    more = words.plural(
        "{count} other change as small would turn it too.",
        "{count} other changes as small would turn it too.",
        row["others"],
    )
    return f"{text} {more}"


def rated_otherwise(row: pd.Series, criteria: Mapping[str, str], words: Words) -> list[str]:
    """Each change of a rating, as it stands after "if"."""
    return [
        words(
            "{criterion} were rated {value}",
            criterion=criteria[name],
            value=words.number(value, 1),
        )
        for name, value in row["changes"]
    ]


def dependence(case: Case, result: pd.DataFrame, language: str) -> Fragment:
    """Which membership hangs on which, and what follows."""
    words, names = speak(language), network_names(case)
    texts: list[str] = []
    for name, row in result[result["via"].notna()].iterrows():
        values = {"network": names[str(name)], "via": names[row["via"]]}
        texts.append(
            words(
                "The membership of {network} runs through {via}: leaving {via} ends it, unless "
                "the city applies for a membership of its own.",
                **values,
            )
        )
        texts.append(
            {
                "yes": words(
                    "The computed outcome is to leave {via}, so this route ends.", **values
                ),
                "possible": words(
                    "The evidence does not settle whether to leave {via}, so this route may end.",
                    **values,
                ),
                "no": words("The computed outcome does not end this route.", **values),
            }[row["route_ends"]]
        )
    represented = case.memberships[case.memberships["standing"] == "represented"]
    for row in represented.itertuples():
        texts.append(
            words.markup(
                "Even without a membership the city is represented in {network} through {body} "
                "({place}).",
                network=names[row.network],
                body=words.swedish(row.represented_by),
                place=words.swedish(row.locator),
            )
        )
    return paragraphs(texts)


def cost_note(case: Case, language: str) -> Fragment:
    """How many networks have a known cost."""
    words = speak(language)
    known = case.costs.loc[case.costs["amount"].notna(), "network"].nunique()
    return paragraphs(
        [
            words(
                "An annual cost is known for {known} of {all} networks. An unknown cost is not 0.",
                known=words.number(known),
                all=words.number(len(case.networks)),
            )
        ]
    )


def provenance(case: Case, language: str) -> Fragment:
    """What the page was made from and with."""
    words = speak(language)
    return paragraphs(
        [
            words(
                "Made from the case {case} with netanalysis {version}.",
                case=case.name,
                version=version("netanalysis"),
            )
        ]
    )


def _outcomes(
    result: pd.DataFrame, names: Mapping[str, str], levels: Mapping[str, str], words: Words
) -> Iterable[str]:
    """What is possible, and then what comes out most often."""
    alike = result.groupby(["possible", "outcome", "firm"], sort=False)
    for (possible, outcome, firm), rows in alike:
        values = {
            "networks": words.listing(names[name] for name in rows.index),
            "possible": words.listing(levels[level] for level in possible),
            "level": levels.get(outcome, ""),
        }
        if len(possible) == 1:
            yield words("For {networks}, only {possible} is possible.", **values)
        elif firm == "holds":
            yield words(
                "For {networks}, {possible} are possible, and the outcome {level} holds.", **values
            )
        elif firm == "leans":
            yield words(
                "For {networks}, {possible} are possible, and the evidence leans towards {level}.",
                **values,
            )
        else:
            yield words(
                "For {networks}, {possible} are possible, and the outcome is open.", **values
            )


def _vetoes(case: Case, checks: pd.DataFrame, words: Words) -> Iterable[str]:
    names, levels = network_names(case), level_names(case, words)
    criteria = criteria_names(case, words)
    barred = pivots.ruled_out(checks)
    for (level, behind), rows in barred.groupby(["level", "criteria"], sort=False):
        yield words(
            "{networks} cannot reach {level} or higher: the veto on {criteria} applies.",
            networks=words.listing(names[name] for name in rows["network"]),
            level=levels[level],
            criteria=words.listing(criteria[name] for name in behind),
        )


def _directions(result: pd.DataFrame, names: Mapping[str, str], words: Words) -> Iterable[str]:
    less, more = (result.index[result["direction"] == way] for way in ("less", "more"))
    if len(less):
        yield words(
            "Whatever the answers to the open questions, the evidence points to less "
            "engagement than today in {networks}.",
            networks=words.listing(names[name] for name in less),
        )
    if len(more):
        yield words(
            "Whatever the answers to the open questions, the evidence points to more "
            "engagement than today in {networks}.",
            networks=words.listing(names[name] for name in more),
        )


def _compared(
    case: Case, result: pd.DataFrame, names: Mapping[str, str], words: Words
) -> Iterable[str]:
    final = case.assessments.groupby("network", sort=False)["level"].last()
    rows = result.loc[[name for name in result.index if name in final.index]]
    if rows.empty:
        yield words("The office has made no assessment of its own.")
        return
    kinds = pd.Series([stands(row, final[name]) for name, row in rows.iterrows()], index=rows.index)
    for kind in ("agrees", "allowed", "ruled_out"):
        alike = kinds.index[kinds == kind]
        if len(alike):
            about = words.listing(names[name] for name in alike)
            yield {
                "agrees": words(
                    "The office’s own assessment is the computed outcome for {networks}.",
                    networks=about,
                ),
                "allowed": words(
                    "For {networks}, the office’s own assessment is not the computed outcome, but "
                    "a level that the evidence allows.",
                    networks=about,
                ),
                "ruled_out": words(
                    "For {networks}, the office’s own assessment is a level that the evidence "
                    "rules out.",
                    networks=about,
                ),
            }[kind]


def stands(row: pd.Series, level: str) -> str:
    """How the office's level stands to a network's outcome.

    Returns
    -------
    {"agrees", "allowed", "ruled_out"}
    """
    if row["outcome"] == level:
        return "agrees"
    return "allowed" if level in row["possible"] else "ruled_out"


def _first_date(result: pd.DataFrame, names: Mapping[str, str], words: Words) -> str:
    first = min(result["date"], key=lambda day: (last_day(day), first_day(day)))
    rows = result[result["date"] == first]
    return words(
        "First date ahead: {date} ({what}), which concerns {networks}.",
        date=words.date(first),
        what=label(rows.iloc[0]["kind"], words),
        networks=words.listing(names[name] for name in rows.index),
    )
