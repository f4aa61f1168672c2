"""Why do memberships need a closer look, and how many for each reason?"""

import matplotlib as mpl
import pandas as pd

from netanalysis.language.words import Words
from netanalysis.pages.charts import bars, key
from netanalysis.pages.html import Column, Figure, Fragment, behind, paragraphs
from netanalysis.pages.labels import label
from netanalysis.pages.portfolio.closer_look import Portfolio
from netanalysis.pages.svg import ACCENT, SHADES, drawing, svg_of, wrapped
from netanalysis.pages.view import View
from netanalysis.scoring.triage import LOOK_CLOSER, NOT_KNOWN, OWNER_MISSING, REASONS

__all__ = ["reason", "reasons"]

GROUPS = (LOOK_CLOSER, OWNER_MISSING)


def reasons(about: Portfolio, view: View) -> Figure | Fragment:
    """How many memberships each reason holds for, most first.

    Parameters
    ----------
    about : Portfolio
    view : View

    Returns
    -------
    Figure
        A sentence where there is no reason to look closer.
    """
    words = view.words
    told = about.found[["group", "reasons"]].explode("reasons").dropna(subset="reasons")
    if told.empty:
        return paragraphs([words("As far as is known, no membership needs a closer look.")])
    counts = pd.crosstab(told["reasons"], told["group"]).reindex(columns=GROUPS, fill_value=0)
    counts = counts.loc[[code for code in REASONS if code in counts.index]]
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    kinds = {
        words("Something to look at"): counts[~counts.index.isin(NOT_KNOWN)],
        words("Something to find out"): counts[counts.index.isin(NOT_KNOWN)],
    }
    caption = words("How many memberships each reason concerns")

    def count_of(group: str) -> Column:
        return Column(
            label(group, words), lambda row: words.number(counts.loc[row[1], group]), "number"
        )

    columns = [
        Column(words("Kind"), lambda row: row[0]),
        Column(words("Reason"), lambda row: reason(row[1], about, words)),
        *map(count_of, GROUPS),
    ]
    rows = [(kind, code) for kind, found in kinds.items() for code in found.index]
    svg = _drawn({kind: found for kind, found in kinds.items() if len(found)}, about, words)
    most = counts.sum(axis=1)
    finding = words(
        "Most common: {reasons} ({count} of {all}).",
        reasons=words.some(
            [reason(str(code), about, words) for code in most.index[most == most.max()]], 2
        ),
        count=words.number(most.max()),
        all=words.number(len(about.found)),
    )
    return Figure(words, svg, finding, caption, behind(words, caption, columns, rows))


def reason(code: str, about: Portfolio, words: Words) -> str:
    """A reason in words, with the limits that it was found by."""
    months, years = words.number(about.months), words.number(about.years)
    return {
        "no_owner": words("No owner is known"),
        "date_near": words(
            "A term, congress, election or end of membership within {months} months", months=months
        ),
        "via_looked_at": words("Runs through a network that needs attention itself"),
        "owner_aside": words("The owner has declined or takes no part"),
        "not_active": words(
            "Nobody is known to have taken part in the last {years} years", years=years
        ),
        "activity_undated": words(
            "Somebody takes part, but no date shows that it was in the last {years} years",
            years=years,
        ),
        "cost_large": words(
            "Among the largest costs, which together make up {share} of what is known",
            share=words.percent(about.share),
        ),
        "cost_unknown": words("Annual cost not known"),
        "cost_in_part": words("Annual cost known only in part"),
        "no_goal": words("No goal is stated for it"),
        "no_deciding_body": words("Not known who decides on it"),
    }[code]


def _drawn(kinds: dict[str, pd.DataFrame], about: Portfolio, words: Words) -> str:
    """Bars in two shades, for what to look at and for what to find out."""
    names: list[str] = []
    heads, values = [], []
    for kind, found in kinds.items():
        heads.append(len(names))
        names += [kind, *(wrapped(reason(code, about, words), 44) for code in found.index)]
        values += [(0, 0), *found.itertuples(index=False, name=None)]
    texts = [words.number(sum(both)) if sum(both) else "" for both in values]
    with drawing(7.2, 0.7 + 0.36 * len(names)) as (canvas, axes):
        bars(axes, names, pd.DataFrame(values), texts, room=1.1, heads=heads)
        marks = [mpl.patches.Patch(color=colour) for colour in (ACCENT, SHADES[1])]
        key(axes, marks, [label(group, words) for group in GROUPS])
        return svg_of(canvas)
