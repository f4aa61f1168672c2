"""What changed from one evaluation to the next, and what did not?"""

from collections.abc import Iterable
from importlib.metadata import version

import pandas as pd
from markupsafe import Markup

from netanalysis.loaders.case import Case
from netanalysis.scoring.comparison import COMPONENTS
from netanalysis.scoring.engagement import LEVELS, OPEN
from netanalysis.showing.causes import in_sentence
from netanalysis.showing.labels import (
    criteria_names,
    label,
    level_names,
    level_or_open,
    network_names,
)
from netanalysis.showing.markup import Fragment, bullets, paragraphs, table
from netanalysis.showing.sentences import invented
from netanalysis.showing.wording import Words, speak

__all__ = [
    "heading",
    "in_one_only",
    "in_short",
    "outcomes",
    "provenance",
    "unchanged",
]


def heading(case: Case, other: Case, language: str) -> Fragment:
    """Title, both dates, who is responsible, and that this is no decision.

    Parameters
    ----------
    case, other : Case
        The later and the earlier evaluation.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words, row = speak(language), case.case.iloc[0]
    entries = [
        (words("City"), row["city"]),
        (words("Earlier evaluation"), _named(other, words)),
        (words("This evaluation"), _named(case, words)),
        (words("Responsible"), words.own(row, "responsible")),
        (words("Decided by"), words.own(row, "deciding_body")),
    ]
    listed = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*entry) for entry in entries
    )
    title = words(
        "{title}: what has changed since {date}",
        title=words.own(row, "title"),
        date=words.date(other.case.loc[0, "as_of"]),
    )
    mark = invented(case, language) or invented(other, language) or ""
    return Fragment(
        Markup("<h1>{}</h1>\n{}<dl>{}</dl>\n<p><strong>{}</strong></p>").format(
            title, mark, listed, words("Basis for a decision, not a decision.")
        )
    )


def in_short(case: Case, other: Case, found: pd.DataFrame, language: str) -> Fragment:
    """How many outcomes changed, what caused it most, and which networks came and went.

    Parameters
    ----------
    case, other : Case
    found : DataFrame
        From `netanalysis.scoring.comparison.compare`.
    language : {"sv", "en"}

    Returns
    -------
    Fragment
    """
    words, names = speak(language), network_names(case)
    changed = found[found["changed"]]
    both = words.plural(
        "{count} network is in both evaluations.",
        "{count} networks are in both evaluations.",
        len(found),
    )
    if changed.empty:
        texts = [f"{both} {words('No outcome has changed.')}"]
    else:
        count = words.plural(
            "The outcome has changed for {count} network: {networks}.",
            "The outcome has changed for {count} networks: {networks}.",
            len(changed),
            networks=words.listing(names[name] for name in changed.index),
        )
        texts = [f"{both} {count}"]
        most = changed[list(COMPONENTS)].astype(float).idxmax(axis=1)
        texts += [
            words(
                "For {networks}, the largest part of the change comes from {cause}.",
                cause=in_sentence(words)[cause],
                networks=words.listing(names[str(name)] for name in most.index[most == cause]),
            )
            for cause in COMPONENTS
            if (most == cause).any()
        ]
    texts += _came_and_went(case, other, words)
    return bullets(texts)


def outcomes(case: Case, other: Case, found: pd.DataFrame, language: str) -> Fragment:
    """Each changed outcome: computed, assessed by the office and decided, before and now."""
    words, names = speak(language), network_names(case)
    levels = level_names(case, words)
    then, now = (words.date(one.case.loc[0, "as_of"]) for one in (other, case))
    rows = [
        (
            names[str(network)],
            _outcome(row["before"], row["firm_before"], levels, words),
            _outcome(row["after"], row["firm"], levels, words),
            _assessed(other, str(network), levels, words),
            _assessed(case, str(network), levels, words),
            _decided((other, case), str(network), levels, words),
        )
        for network, row in found[found["changed"]].iterrows()
    ]
    if not rows:
        return paragraphs([words("No outcome has changed.")])
    header = [
        words("Network"),
        words("Computed, {date}", date=then),
        words("Computed, {date}", date=now),
        words("The office’s assessment, {date}", date=then),
        words("The office’s assessment, {date}", date=now),
        words("Decision"),
    ]
    caption = words(
        "Computed outcome, the office’s assessment and the decision, before and now, where the "
        "outcome has changed"
    )
    return table(words, caption, header, rows)


def unchanged(case: Case, found: pd.DataFrame, language: str) -> Fragment:
    """How many outcomes are as before, by outcome, and for how many their firmness is not."""
    words = speak(language)
    levels = level_names(case, words)
    same = found[~found["changed"]]
    counts = same["after"].value_counts().reindex([*LEVELS, OPEN], fill_value=0)
    texts = [
        words.plural("{count} outcome is as before.", "{count} outcomes are as before.", len(same))
    ]
    if len(same):
        parts = [
            f"{level_or_open(level, levels, words)} {words.number(count)}"
            for level, count in counts[counts > 0].items()
        ]
        texts.append(words("By outcome: {counts}.", counts=", ".join(parts)))
        names = network_names(case)
        shifted = same[same["firm"] != same["firm_before"]]
        if len(shifted):
            moves = [
                words("{network} (before: {before}, now: {now})", network=names[str(name)],
                      before=label(row["firm_before"], words).lower(),
                      now=label(row["firm"], words).lower())
                for name, row in shifted.iterrows()
            ]  # fmt: skip
            texts.append(
                words("How firm it is has changed for {networks}.", networks=words.listing(moves))
            )
    return paragraphs([" ".join(texts)])


def in_one_only(case: Case, other: Case, language: str) -> Fragment:
    """Networks and criteria that only one of the evaluations has."""
    words = speak(language)
    texts = list(_came_and_went(case, other, words))
    return bullets(texts or [words("Both evaluations have the same networks and criteria.")])


def provenance(case: Case, other: Case, language: str) -> Fragment:
    """What the page was made from and with."""
    words = speak(language)
    return paragraphs(
        [
            words(
                "Made from the cases {other} and {case} with netanalysis {version}.",
                other=other.name,
                case=case.name,
                version=version("netanalysis"),
            )
        ]
    )


def _named(case: Case, words: Words) -> str:
    row = case.case.iloc[0]
    return words(
        "{title}, as of {date}", title=words.own(row, "title"), date=words.date(row["as_of"])
    )


def _outcome(level: str, firm: str, levels: dict[str, str], words: Words) -> str:
    if level == OPEN:
        return level_or_open(level, levels, words)
    return f"{levels[level]} ({label(firm, words).lower()})"


def _assessed(case: Case, network: str, levels: dict[str, str], words: Words) -> str:
    rows = case.assessments[case.assessments["network"] == network]
    if rows.empty:
        return words.unknown
    last = rows.iloc[-1]
    return f"{levels[last['level']]} ({label(last['action'], words)})"


def _decided(cases: Iterable[Case], network: str, levels: dict[str, str], words: Words) -> str:
    rows = pd.concat([case.decisions for case in cases])
    own = rows[rows["network"] == network].drop_duplicates(["level", "date"]).sort_values("date")
    texts = [f"{levels[row.level]}, {words.date(row.date)}" for row in own.itertuples()]
    return words.listing(texts) or words.unknown


def _came_and_went(case: Case, other: Case, words: Words) -> Iterable[str]:
    """Networks and criteria of one evaluation only."""
    networks, before = network_names(case), network_names(other)
    joined = [name for code, name in networks.items() if code not in before]
    left = [name for code, name in before.items() if code not in networks]
    criteria, asked = criteria_names(case, words), criteria_names(other, words)
    new = [name for code, name in criteria.items() if code not in asked]
    dropped = [name for code, name in asked.items() if code not in criteria]
    if joined:
        yield words("Only in this evaluation: {networks}.", networks=words.listing(joined))
    if left:
        yield words("Only in the earlier evaluation: {networks}.", networks=words.listing(left))
    if new:
        yield words("New criteria: {criteria}.", criteria=words.listing(new))
    if dropped:
        yield words(
            "Criteria that are no longer used: {criteria}.", criteria=words.listing(dropped)
        )
