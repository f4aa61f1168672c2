"""Which goals do the memberships serve, and which department owns what?"""

import pandas as pd
from markupsafe import Markup

from netanalysis.pages.costs import sums
from netanalysis.pages.html import Column, Fragment, folded, paragraphs, table
from netanalysis.pages.labels import label
from netanalysis.pages.portfolio.closer_look import FEW, Portfolio
from netanalysis.pages.view import View
from netanalysis.scoring.engagement import TAKING_PART, in_force
from netanalysis.scoring.triage import LOOK_CLOSER, OWNER_MISSING

__all__ = ["departments", "goals"]


def goals(about: Portfolio, view: View) -> Fragment:
    """Which goals the memberships serve, how many serve each, and which none serves."""
    words, titles, names = view.words, view.goals, view.networks
    told = about.found["goals"].explode().dropna()
    none = int((about.found["goals"].map(len) == 0).sum())
    if told.empty:
        return paragraphs([words("No goal is stated for any of the memberships.")])
    serving = {goal: [names[str(n)] for n in told.index[told == goal]] for goal in titles}
    columns = [
        Column(words("Goal"), lambda row: titles[row.goal]),
        Column(words("Kind"), lambda row: label(row.kind, words)),
        Column(words("Memberships"), lambda row: words.number(len(serving[row.goal])), "number"),
        Column(words("Which"), lambda row: words.some(serving[row.goal], FEW)),
    ]
    rows = view.case.goals[view.case.goals["goal"].isin(set(told))]
    shown: list[Markup] = [table(words, words("Goals that memberships serve"), columns, rows)]
    unserved = [titles[goal] for goal in titles if not serving[goal]]
    texts = []
    if none:
        texts.append(
            words.plural(
                "For {count} membership no goal is stated.",
                "For {count} memberships no goal is stated.",
                none,
            )
        )
    if unserved:
        texts.append(words("Goals without a membership: {goals}.", goals="; ".join(unserved)))
    return Fragment(Markup("\n").join([*shown, paragraphs(texts)]))


def departments(about: Portfolio, view: View) -> Fragment:
    """What each department owns, how much of it needs a closer look, and what nobody owns."""
    case = view.case
    words, names, titles = view.words, view.networks, view.departments
    told = about.found["owners"].explode().dropna()
    lost = int((about.found["group"] == OWNER_MISSING).sum())
    if told.empty:
        return paragraphs([words("No owner is known for any of the memberships.")])
    part = case.participation[case.participation["network"].isin(about.networks)]
    part = part[part["role"].isin(TAKING_PART)]
    begun = in_force(part["start"], pd.Series(index=part.index, dtype="str"), about.as_of)
    part = part[begun]
    owned = {
        department: about.found.loc[told.index[told == department]]
        for department in titles
        if (told == department).any()
    }
    costs = {
        department: about.yearly[about.yearly["network"].isin(rows.index)]
        for department, rows in owned.items()
    }

    def closer(department: str) -> str:
        return words.number((owned[department]["group"] == LOOK_CLOSER).sum())

    def unknown(department: str) -> str:
        return words.number(len(owned[department]) - costs[department]["network"].nunique())

    def elsewhere(department: str) -> str:
        active = part.loc[part["department"] == department, "network"]
        return words.number(len(set(active) - set(owned[department].index)))

    def known(department: str) -> str:
        return sums(costs[department], words) or words.unknown

    columns = [
        Column(words("Department"), lambda department: titles[department]),
        Column(words("Owns"), lambda department: words.number(len(owned[department])), "number"),
        Column(words("Of these, need a closer look"), closer, "number"),
        Column(words("Their known annual cost"), known, "number"),
        Column(words("Cost not known"), unknown, "number"),
        Column(words("Has taken part in others"), elsewhere, "number"),
    ]
    shown: list[Markup] = [table(words, words("What each department owns"), columns, owned)]
    texts = []
    if lost:
        texts.append(
            words.plural(
                "{count} membership has no known owner.",
                "{count} memberships have no known owner.",
                lost,
            )
        )
    bare = [name for department, name in titles.items() if department not in owned]
    if bare:
        texts.append(words("No known membership: {names}.", names=words.listing(bare)))
    summary = words("Every membership by its owner")
    listed = [
        Column(words("Department"), lambda row: titles[row[0]]),
        Column(words("Network"), lambda row: names[row[1].Index]),
        Column(words("Group"), lambda row: label(row[1].group, words)),
    ]
    pairs = [(name, row) for name, rows in owned.items() for row in rows.itertuples()]
    shown += [paragraphs(texts)] if texts else []
    return Fragment(
        Markup("\n").join([*shown, folded(summary, table(words, summary, listed, pairs))])
    )
