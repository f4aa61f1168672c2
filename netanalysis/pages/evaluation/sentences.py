"""Which sentences carry the results?"""

from importlib.metadata import version

import pandas as pd
from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.pages.branding import branded
from netanalysis.pages.costs import later_costs, this_year
from netanalysis.pages.html import Fragment, folded, paragraphs
from netanalysis.pages.html import heading as page_heading
from netanalysis.pages.labels import page_status
from netanalysis.pages.view import View
from netanalysis.scoring.costs import yearly_costs
from netanalysis.scoring.engagement import HOLDS, LEANS, in_force

__all__ = [
    "cost_note",
    "criteria_fixed",
    "dependence",
    "heading",
    "invented",
    "method",
    "not_evaluated",
    "provenance",
    "threshold",
]


def heading(view: View, network: str = "", question: str = "", status: str = "case") -> Fragment:
    """The report's title, its status and date, who answers for it and who decides.

    Parameters
    ----------
    view : View
    network : str, optional
        The network that the page is about, where it is about one.
    question : str, optional
        The page's question, where it asks another than the evaluation and so rests on no criteria.
    status : {"working", "case", "published"}
        Of the page; an illustration is no document in a case.

    Returns
    -------
    Fragment
    """
    words, row = view.words, view.about
    title = words.own(row, "title")
    if network:
        title = f"{view.networks[network]}: {title}"
    if question:
        title = f"{question} {title}"
    maker = words.own(row, "illustration_by")
    entries = [
        *page_status(status, words, in_a_case=not maker),
        (words("As of"), words.date(row["as_of"])),
        (words("The office") if maker else words("Responsible"), words.own(row, "responsible")),
        (words("Decided by"), words.own(row, "deciding_body")),
    ]
    if not question:
        entries.append((words("Criteria and demands"), criteria_fixed(view)))
    standing = words("Basis for a decision, not a decision.")
    if maker:
        whose = words(
            "Illustration by {maker}. The city has neither commissioned nor reviewed it.",
            maker=maker,
        )
        standing = f"{whose} {standing}"
    return branded(page_heading(title, standing, entries, invented(view) or ""), view)


def criteria_fixed(view: View) -> str:
    """When and by whom criteria and demands were fixed; that they are a proposal, where nobody has.

    Nothing in a case tells when its evidence was coded, so it is not said what came first.
    """
    words, row = view.words, view.about
    if pd.isna(row["criteria_adopted"]):
        return words("a proposal that nobody has adopted")
    by = words.own(row, "criteria_adopted_by")
    date = words.date(row["criteria_adopted"])
    if not by:
        return words("fixed {date}", date=date)
    return words("fixed {date} ({by})", date=date, by=by)


def invented(view: View) -> Fragment | None:
    """That the case is invented, where it is; else nothing.

    A page that holds this says so in its title and at each table and figure as well.
    """
    if pd.isna(view.about["synthetic"]):
        return None
    told = view.words(
        "Invented data: nothing on this page is about a real city, network, office or person."
    )
    return Fragment(Markup('<p class="invented"><strong>{}</strong></p>\n').format(told))


def not_evaluated(outcome: Evaluation, view: View) -> Fragment | None:
    """How many networks are not evaluated, and their names, folded; nothing where all are."""
    words, names = view.words, view.of(outcome.given).networks
    rest = [name for network, name in names.items() if network not in view.networks]
    if not rest:
        return None
    said = words(
        "Of the {all} networks of the case, {known} are evaluated here. On the rest there is no "
        "evidence that can be shown, so no level is computed for them.",
        known=words.number(len(view.networks)),
        all=words.number(len(names)),
    )
    summary = words.plural(
        "{count} network that is not evaluated",
        "{count} networks that are not evaluated",
        len(rest),
    )
    listed = paragraphs([f"{words.listing(sorted(rest, key=words.order))}."])
    assessed = view.of(outcome.given).assessed
    final = {
        name: view.levels[assessed.loc[network, "level"]]
        for network, name in names.items()
        if network not in view.networks and network in assessed.index
    }
    told = [
        words("{network} ({level})", network=name, level=final[name])
        for name in sorted(final, key=words.order)
    ]
    office = words("Assessed by the office all the same: {networks}.", networks="; ".join(told))
    return Fragment(paragraphs([said, *([office] if told else [])]) + folded(summary, listed))


def method(outcome: Evaluation, view: View) -> Fragment:
    """How the assessment was made, in about 150 words."""
    words, names = view.words, view.levels
    documents = list(dict.fromkeys(view.case.sources["title"]))
    titles = Markup("; ").join(map(view.quoted, documents))
    fixed = not pd.isna(view.about["criteria_adopted"])
    texts = [
        words.markup("Sources: {titles}.", titles=titles)
        if len(documents) > 1
        else words.markup("Source: {titles}.", titles=titles),
        words.plural(
            "What the sources say about the city and the networks, and what those asked have "
            "answered, has been noted as separate statements. Each gives a rating from 0 to 4 on "
            "{count} criterion, or says that there is none to be had. The office’s own assessment "
            "is kept apart and feeds no rating.",
            "What the sources say about the city and the networks, and what those asked have "
            "answered, has been noted as separate statements. Each gives a rating from 0 to 4 on "
            "one of {count} criteria, or says that there is none to be had. The office’s own "
            "assessment is kept apart and feeds no rating.",
            len(view.criteria),
        )
        + " "
        + (
            words(
                "Criteria, weights and demands were {fixed}. When the evidence was coded, and "
                "whether the wording of criteria has changed since, is not recorded.",
                fixed=criteria_fixed(view),
            )
            if fixed
            else words("Criteria, weights and demands are a proposal that nobody has adopted.")
        ),
        words(
            "A network reaches a level when the criteria on which it meets the level’s demands "
            "hold enough of the weight ({threshold}) and no veto stands against it. Today’s level "
            "is {lead} where the city holds a seat, {participate} where it takes part without one "
            "and {follow} where it is a member and no more. Where it is not known whether a seat "
            "or the work goes on, today’s level is not known either.",
            threshold=words.percents(*outcome.threshold),
            follow=names["follow"],
            participate=names["participate"],
            lead=names["lead"],
        ),
        words(
            "Where weights have bounds only, they may be anything within them; where evidence is "
            "missing the rating may be anything from 0 to 4. The level has therefore been worked "
            "out over {draws} draws of the weights, over the thresholds, and over the ratings that "
            "the evidence leaves open. The outcome holds where one level comes out in at least "
            "{holds} of all these, leans towards it from {leans}, and is otherwise open.",
            draws=words.number(outcome.draws),
            holds=words.percent(HOLDS),
            leans=words.percent(LEANS),
        ),
    ]
    return paragraphs(texts)


def threshold(view: View) -> Fragment:
    """The admissible thresholds and their reason."""
    words, row = view.words, view.about
    text = words(
        "Threshold: {threshold} of the weight. {reason}",
        threshold=words.percents(row["threshold_low"], row["threshold_high"]),
        reason=words.own(row, "threshold_reason"),
    )
    return paragraphs([text])


def dependence(outcome: Evaluation, view: View) -> Fragment:
    """Which membership hangs on which, and what follows."""
    words, names, actions = view.words, view.networks, outcome.actions
    rows = view.case.memberships
    rows = rows[in_force(rows["since"], rows["until"], view.as_of)]
    texts: list[str] = []
    for name, row in actions[actions["via"].notna()].iterrows():
        via = rows.loc[rows["network"] == name, "via"].dropna().unique()
        values = {"network": names[str(name)], "via": words.listing(names[one] for one in via)}
        texts.append(
            words.plural(
                "The membership of {network} runs through {via}. From that follows, though no "
                "source need say so, that leaving {via} ends it, unless the city applies for a "
                "membership of its own.",
                "The membership of {network} runs through {via}. From that follows, though no "
                "source need say so, that leaving all of them ends it, unless the city applies "
                "for a membership of its own.",
                len(via),
                **values,
            )
        )
        texts.append(
            {
                "yes": words(
                    "The calculation points at leaving {via}, so this route ends.", **values
                ),
                "possible": words(
                    "The evidence does not settle whether to leave {via}, so this route may end.",
                    **values,
                ),
                "no": words("What the calculation points at does not end this route.", **values),
            }[row["route_ends"]]
        )
    for row in rows[rows["standing"] == "represented"].itertuples():
        texts.append(
            words.markup(
                "Even without a membership the city is represented in {network} through {body} "
                "({place}).",
                network=names[row.network],
                body=view.quoted(row.represented_by),
                place=view.place(row.source_id, row.locator),
            )
        )
    return paragraphs(texts)


def cost_note(view: View) -> Fragment:
    """How many networks have a known cost."""
    words, yearly = view.words, yearly_costs(view.costs, until=this_year(view))
    known = yearly["network"].nunique()
    said = words(
        "An annual cost is known for {known} of {all} networks. An unknown cost is not 0.",
        known=words.number(known),
        all=words.number(len(view.networks)),
    )
    if not known:
        said = words("The sources do not say what any of the memberships costs.")
    return paragraphs([" ".join(filter(None, [said, later_costs(view, view.networks)]))])


def provenance(view: View) -> Fragment:
    """What the page was made from and with."""
    words = view.words
    made = words(
        "Made from the case {case} with netanalysis {version}.",
        case=view.case.name,
        version=version("netanalysis"),
    )
    if pd.notna(view.about["synthetic"]):
        made = " ".join([made, words("The case is invented.")])
    return paragraphs([made])
