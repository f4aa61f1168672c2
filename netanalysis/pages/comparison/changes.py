"""What changed from one evaluation to the next, and what did not?"""

from collections.abc import Iterable
from importlib.metadata import version

import pandas as pd

from netanalysis.evaluation import Comparison
from netanalysis.pages.comparison.causes import in_sentence
from netanalysis.pages.evaluation.sentences import invented
from netanalysis.pages.html import Column, Fragment, bullets, paragraphs, table
from netanalysis.pages.html import heading as page_heading
from netanalysis.pages.labels import decision, label
from netanalysis.pages.view import View
from netanalysis.scoring.comparison import COMPONENTS
from netanalysis.scoring.engagement import LEVELS, OPEN

__all__ = [
    "heading",
    "in_one_only",
    "in_short",
    "outcomes",
    "provenance",
    "unchanged",
]


def heading(both: Comparison, view: View) -> Fragment:
    """Title, both dates, who is responsible, and that this is no decision."""
    words, row, before = view.words, view.about, _earlier(both, view)
    entries = [
        (words("City"), row["city"]),
        (words("Earlier evaluation"), _named(before)),
        (words("This evaluation"), _named(view)),
        (words("Responsible"), words.own(row, "responsible")),
        (words("Decided by"), words.own(row, "deciding_body")),
    ]
    title = words(
        "{title}: what has changed since {date}",
        title=words.own(row, "title"),
        date=words.date(before.as_of),
    )
    mark = invented(view) or invented(before) or ""
    standing = words("Basis for a decision, not a decision.")
    return page_heading(title, standing, entries, mark)


def in_short(both: Comparison, view: View) -> Fragment:
    """How many outcomes changed, what caused it most, and which networks came and went."""
    words, names, changed = view.words, view.networks, both.turned
    common = words.plural(
        "{count} network is in both evaluations.",
        "{count} networks are in both evaluations.",
        len(both.outcomes),
    )
    if changed.empty:
        texts = [f"{common} {words('No outcome has changed.')}"]
    else:
        count = words.plural(
            "The outcome has changed for {count} network: {networks}.",
            "The outcome has changed for {count} networks: {networks}.",
            len(changed),
            networks=words.listing(names[name] for name in changed.index),
        )
        texts = [f"{common} {count}"]
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
    texts += _came_and_went(both, view)
    return bullets(texts)


def outcomes(both: Comparison, view: View) -> Fragment:
    """Each changed outcome: computed, assessed by the office and decided, before and now."""
    words, before = view.words, _earlier(both, view)
    if both.turned.empty:
        return paragraphs([words("No outcome has changed.")])

    def computed(at: View, outcome: str, firm: str) -> Column:
        head = words("Computed, {date}", date=words.date(at.as_of))
        return Column(head, lambda row: _outcome(getattr(row, outcome), getattr(row, firm), view))

    def assessed(at: View) -> Column:
        head = words("The office’s assessment, {date}", date=words.date(at.as_of))
        return Column(head, lambda row: _assessed(at, row.Index, view))

    columns = [
        Column(words("Network"), lambda row: view.networks[row.Index]),
        computed(before, "before", "firm_before"),
        computed(view, "after", "firm"),
        assessed(before),
        assessed(view),
        Column(words("Decision"), lambda row: _decided(before, row.Index, view)),
    ]
    caption = words(
        "Computed outcome, the office’s assessment and the decision, before and now, where the "
        "outcome has changed"
    )
    return table(words, caption, columns, both.turned)


def unchanged(both: Comparison, view: View) -> Fragment:
    """How many outcomes are as before, by outcome, and for how many their firmness is not."""
    words, same = view.words, both.outcomes[~both.outcomes["changed"]]
    counts = same["after"].value_counts().reindex([*LEVELS, OPEN], fill_value=0)
    texts = [
        words.plural("{count} outcome is as before.", "{count} outcomes are as before.", len(same))
    ]
    if len(same):
        parts = [
            f"{view.level(str(level))} {words.number(count)}"
            for level, count in counts[counts > 0].items()
        ]
        texts.append(words("By outcome: {counts}.", counts=", ".join(parts)))
        shifted = same[same["firm"] != same["firm_before"]]
        if len(shifted):
            moves = [
                words("{network} (before: {before}, now: {now})", network=view.networks[str(name)],
                      before=label(row["firm_before"], words).lower(),
                      now=label(row["firm"], words).lower())
                for name, row in shifted.iterrows()
            ]  # fmt: skip
            texts.append(
                words("How firm it is has changed for {networks}.", networks=words.listing(moves))
            )
    return paragraphs([" ".join(texts)])


def in_one_only(both: Comparison, view: View) -> Fragment:
    """Networks and criteria that only one of the evaluations has."""
    texts = list(_came_and_went(both, view))
    return bullets(texts or [view.words("Both evaluations have the same networks and criteria.")])


def provenance(both: Comparison, view: View) -> Fragment:
    """What the page was made from and with."""
    return paragraphs(
        [
            view.words(
                "Made from the cases {other} and {case} with netanalysis {version}.",
                other=both.earlier.given.name,
                case=view.case.name,
                version=version("netanalysis"),
            )
        ]
    )


def _earlier(both: Comparison, view: View) -> View:
    return view.of(both.earlier.given)


def _named(view: View) -> str:
    words = view.words
    return words(
        "{title}, as of {date}", title=view.own(view.about, "title"), date=words.date(view.as_of)
    )


def _outcome(level: str, firm: str, view: View) -> str:
    if level == OPEN:
        return view.level(level)
    return f"{view.level(level)} ({label(firm, view.words).lower()})"


def _assessed(at: View, network: str, view: View) -> str:
    """What the office said at a time, in the later evaluation's labels."""
    if network not in at.assessed.index:
        return view.words.unknown
    last = at.assessed.loc[network]
    return f"{view.levels[last['level']]} ({label(last['action'], view.words)})"


def _decided(before: View, network: str, view: View) -> str:
    rows = pd.concat([before.case.decisions, view.case.decisions])
    own = rows[rows["network"] == network].drop_duplicates(["level", "date"], keep="last")
    texts = [decision(row, view) for row in own.sort_values("date").itertuples()]
    return view.words.listing(texts) or view.words.unknown


def _came_and_went(both: Comparison, view: View) -> Iterable[str]:
    """Networks and criteria of one evaluation only."""
    words, earlier = view.words, _earlier(both, view)
    networks, before = view.networks, earlier.networks
    joined = [name for code, name in networks.items() if code not in before]
    left = [name for code, name in before.items() if code not in networks]
    criteria, asked = view.criteria, earlier.criteria
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
