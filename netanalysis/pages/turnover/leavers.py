"""Had those that left a network more other ways to its cities, and how sure is that?

With few cases nearly every difference could be chance, and the page says so in plain words.
"""

import pandas as pd
import seaborn as sns
from markupsafe import Markup

from netanalysis.pages.html import Column, Figure, Fragment, behind, paragraphs
from netanalysis.pages.svg import ACCENT, INK, SECOND, drawing, svg_of
from netanalysis.pages.turnover.summary import Turnover, by_name, date

__all__ = ["CHANCE", "chart", "in_short", "method"]

CHANCE = 0.05  # a difference that more of the ways to pick the groups reach may well be chance
FEW = 10  # cities in either group, below which nothing is said of their averages
NAMED = 12  # members that the summary names one by one


def in_short(about: Turnover) -> Fragment:
    """How many left and joined, and whether those that left had more other ways, if it can be told.

    Of few that left nothing is said of the averages.
    """
    words = about.words
    told = {
        "left": _gone(about),
        "joined": _new(about),
        "stayed": words.plural("{count} member stayed", "{count} members stayed",
                               len(about.of("stayed"))),
        "before": words.date(date(about.earlier)),
        "after": words.date(date(about.later)),
    }  # fmt: skip
    lead = words("By the lists of {before} and {after}: {left}, {joined}, {stayed}.", **told)
    strong = Markup("<strong>{}</strong>").format(lead)
    shown = paragraphs([strong, _difference(about)])
    return Fragment(Markup('<div class="answer">\n{}\n</div>').format(shown))


def method(about: Turnover) -> Fragment | None:
    """How far chance explains the difference, in one sentence; nothing where none is compared."""
    words, found = about.words, about.share
    if found is None or min(found.sizes) < 2:
        return None
    tried = (
        words("all {ways} ways were tried", ways=words.number(found.ways))
        if found.exact
        else words("so many ways were tried at random that the figure is good to one per cent")
    )
    return paragraphs(
        [
            words(
                "Method: of all ways to pick {left} of the {cities} cities, {share} give two "
                "groups whose averages lie at least as far apart, in either direction ({tried}).",
                left=words.number(found.sizes[0]),
                cities=words.number(sum(found.sizes)),
                share=words.share(found.p),
                tried=tried,
            )
        ]
    )


def chart(about: Turnover) -> Figure | Fragment:
    """Each city's share of other members that it also meets through another network.

    Returns
    -------
    Figure or Fragment
        A sentence where a group is empty.
    """
    words = about.words
    if about.share is None:
        return paragraphs([words("There is nothing to draw.")])
    groups = {"left": words("Left"), "stayed": words("Stayed")}
    rows = about.ways[about.ways["state"].isin(list(groups))].dropna(subset="share")
    dots = rows.assign(per_cent=100 * rows["share"].astype(float))
    dots = dots.groupby(["state", "per_cent"], as_index=False).size()
    place_of = {state: y for y, state in enumerate(groups)}
    with drawing(7.2, 2.4) as (canvas, axes):
        sns.scatterplot(
            x=dots["per_cent"].to_numpy(),
            y=dots["state"].map(place_of).to_numpy(),
            hue=dots["state"].to_numpy(),
            palette={"left": SECOND, "stayed": ACCENT},
            size=dots["size"].to_numpy(),
            sizes=(45, 420),
            alpha=0.85,
            legend=False,
            ax=axes,
        )
        for dot in dots.itertuples():
            at = (dot.per_cent, place_of[dot.state])
            axes.annotate(f"{dot.size}", at, (0, 13), textcoords="offset points", ha="center")
        for state, y in place_of.items() if min(about.share.sizes) >= FEW else ():
            mean = 100 * rows.loc[rows["state"] == state, "share"].mean()
            axes.plot([mean, mean], [y - 0.3, y + 0.3], color=INK, lw=2)
        axes.set(ylim=(1.5, -0.6), yticks=[0, 1], ylabel="", xlabel=words("Per cent"))
        axes.set_yticklabels(groups.values())
        svg = svg_of(canvas)
    caption = words("Share of the other members that each city also meets through another network")
    counts = pd.crosstab(rows["met"], rows["state"]).reindex(columns=list(groups), fill_value=0)
    columns = [
        Column(words("Other members"), lambda row: words.number(row.Index)),
        Column(groups["left"], lambda row: words.number(row.left), "number"),
        Column(groups["stayed"], lambda row: words.number(row.stayed), "number"),
    ]
    data = behind(
        words,
        words("Cities by how many of the other members they also meet through another network"),
        columns,
        counts,
    )
    note = words(
        "The number at each dot is how many cities it stands for. Where both groups have {few} "
        "cities or more, a line shows the average of each.",
        few=words.number(FEW),
    )
    return Figure(words, svg, _difference(about), caption, data, note)


def _difference(about: Turnover) -> str:
    """Whether those that left had more other ways, where so many left that it can be told."""
    words, found = about.words, about.share
    if found is None:
        return words(
            "Cities that left cannot be compared with cities that stayed: there are none of "
            "the one or the other."
        )
    if min(found.sizes) < FEW:
        return words(
            "Of the cities to compare, {left} left and {stayed} stayed: too few to tell whether "
            "those that left had more other ways to the same cities.",
            left=words.number(found.sizes[0]),
            stayed=words.number(found.sizes[1]),
        )
    gone, kept = _averages(about)
    if found.p > CHANCE:
        return words(
            "Those that left meet on average {left} of the other members through another network "
            "too, those that stayed {stayed}: a difference that may well be chance.",
            left=gone,
            stayed=kept,
        )
    return words(
        "Those that left meet on average {left} of the other members through another network too, "
        "those that stayed {stayed}: a difference that chance seldom gives. Why they left, the "
        "lists do not tell.",
        left=gone,
        stayed=kept,
    )


def _averages(about: Turnover) -> tuple[str, ...]:
    """The mean shares of those that left and stayed, and how far they hold."""
    assert about.share is not None
    words = about.words
    means = [words.percent(mean) for mean in about.share.means]
    if (about.ways["bound"] == "exact").all():
        return tuple(means)
    return tuple(words("at least {count}", count=mean) for mean in means)


def _gone(about: Turnover) -> str:
    """How many left, by name where they are few."""
    words, rows = about.words, about.of("left")
    if rows.empty:
        return words("no member left")
    if len(rows) > NAMED:
        return words.plural("{count} member left", "{count} members left", len(rows))
    return words.plural(
        "{count} member left ({names})",
        "{count} members left ({names})",
        len(rows),
        names=words.listing(by_name(about, rows)["shown"]),
    )


def _new(about: Turnover) -> str:
    """How many joined, and in which country where all lie in one."""
    words, rows = about.words, about.of("joined")
    if rows.empty:
        return words("no member joined")
    countries = rows["country_code"].dropna().unique()
    joined = words.plural("{count} member joined", "{count} members joined", len(rows))
    if len(rows) == 1 or len(countries) != 1:
        return joined
    where = words.country(countries[0])
    if rows["country_code"].isna().any():
        return words("{joined} (all with a known place in {country})", joined=joined, country=where)
    return words("{joined} (all in {country})", joined=joined, country=where)
