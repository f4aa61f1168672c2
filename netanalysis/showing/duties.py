"""Which goals do the memberships serve, and which department owns what?"""

from markupsafe import Markup

from netanalysis.scoring.engagement import TAKING_PART
from netanalysis.scoring.triage import LOOK_CLOSER, OWNER_MISSING
from netanalysis.showing.costs import sums
from netanalysis.showing.labels import label
from netanalysis.showing.markup import Fragment, folded, paragraphs, table
from netanalysis.showing.portfolio import FEW, Portfolio
from netanalysis.showing.view import View

__all__ = ["departments", "goals"]


def goals(about: Portfolio, view: View) -> Fragment:
    """Which goals the memberships serve, how many serve each, and which none serves."""
    case = view.case
    words, titles, names = view.words, view.goals, view.networks
    told = about.found["goals"].explode().dropna()
    none = int((about.found["goals"].map(len) == 0).sum())
    if told.empty:
        return paragraphs([words("For none of the memberships is a goal named that it serves.")])
    serving = {goal: [names[str(n)] for n in told.index[told == goal]] for goal in titles}
    rows = [
        (
            titles[goal],
            label(kind, words),
            words.number(len(serving[goal])),
            words.some(serving[goal], FEW),
        )
        for goal, kind in zip(case.goals["goal"], case.goals["kind"], strict=True)
        if serving[goal]
    ]
    header = [words("Goal"), words("Kind"), words("Memberships"), words("Which")]
    shown: list[Markup] = [
        table(words, words("Goals that memberships serve"), header, rows, numeric=[2])
    ]
    unserved = [titles[goal] for goal in titles if not serving[goal]]
    texts = []
    if none:
        texts.append(
            words.plural(
                "For {count} membership no goal is named.",
                "For {count} memberships no goal is named.",
                none,
            )
        )
    if unserved:
        texts.append(
            words("Goals that no membership is said to serve: {goals}.", goals="; ".join(unserved))
        )
    return Fragment(Markup("\n").join([*shown, paragraphs(texts)]))


def departments(about: Portfolio, view: View) -> Fragment:
    """What each department owns, how much of it needs a closer look, and what nobody owns."""
    case = view.case
    words, names, titles = view.words, view.networks, view.departments
    told = about.found["owners"].explode().dropna()
    lost = int((about.found["group"] == OWNER_MISSING).sum())
    if told.empty:
        return paragraphs([words("Which department owns any of the memberships is not known.")])
    part = case.participation[case.participation["network"].isin(about.networks)]
    part = part[part["role"].isin(TAKING_PART)]
    rows = []
    for department, name in titles.items():
        owned = about.found.loc[told.index[told == department]]
        if owned.empty:
            continue
        closer = int((owned["group"] == LOOK_CLOSER).sum())
        active = part.loc[part["department"] == department, "network"]
        elsewhere = len(set(active) - set(owned.index))
        mine = about.yearly[about.yearly["network"].isin(owned.index)]
        unknown = len(owned) - mine["network"].nunique()
        rows.append(
            (
                name,
                words.number(len(owned)),
                words.number(closer),
                sums(mine, words) if len(mine) else words.unknown,
                words.number(unknown),
                words.number(elsewhere),
            )
        )
    header = [
        words("Department"),
        words("Owns"),
        words("Of these, look closer"),
        words("Their known annual cost"),
        words("Cost not known"),
        words("Has taken part in others"),
    ]
    caption = words("What each department owns")
    shown: list[Markup] = [table(words, caption, header, rows, numeric=range(1, 6))]
    texts = []
    if lost:
        texts.append(
            words.plural(
                "{count} membership has no known owner.",
                "{count} memberships have no known owner.",
                lost,
            )
        )
    bare = [name for department, name in titles.items() if department not in set(told)]
    if bare:
        texts.append(
            words("Own no membership, so far as is known: {names}.", names=words.listing(bare))
        )
    listed = [
        (titles[department], names[str(network)], label(about.found.loc[network, "group"], words))
        for department in titles
        for network in told.index[told == department]
    ]
    summary = words("Every membership by its owner")
    heads = [words("Department"), words("Network"), words("Group")]
    shown += [paragraphs(texts)] if texts else []
    return Fragment(
        Markup("\n").join([*shown, folded(summary, table(words, summary, heads, listed))])
    )
