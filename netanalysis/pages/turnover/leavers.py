"""Had those that left a network more other ways to its cities, and how sure is that?

With few cases nearly every difference could be chance, and the page says so in plain words.
"""

import pandas as pd
import seaborn as sns

from netanalysis.pages.html import Column, Figure, Fragment, behind, bullets, paragraphs, table
from netanalysis.pages.svg import ACCENT, INK, SECOND, drawing, svg_of
from netanalysis.pages.turnover.summary import Turnover, by_name, date
from netanalysis.scoring.permutation import Contrast

__all__ = ["CHANCE", "chart", "comparison", "in_short"]

CHANCE = 0.05  # a difference that more of the ways to pick the groups reach may well be chance
FEW = 10  # cities that left, below which the page says how little can be told of them
NAMED = 12  # members that the summary names one by one


def in_short(about: Turnover) -> Fragment:
    """What a reader should leave with."""
    words = about.words
    counts = {state: words.number(len(about.of(state))) for state in ("stayed", "left", "joined")}
    texts = [
        words(
            "Members in both lists: {stayed}; only in that of {before}: {left}; only in that of "
            "{after}: {joined}.",
            before=words.date(date(about.earlier)),
            after=words.date(date(about.later)),
            **counts,
        ),
        words("Left, by the lists: {members}.", members=_named(about, "left")),
        words("Joined, by the lists: {members}.", members=_named(about, "joined")),
    ]
    countries = about.of("joined")["country_code"].dropna().unique()
    if len(about.of("joined")) > 1 and len(countries) == 1:
        where = words.country(countries[0])
        texts.append(
            words("Those that joined and have a place all lie in {country}.", country=where)
        )
    return bullets([*texts, *_difference(about)])


def comparison(about: Turnover) -> Fragment:
    """Those that left against those that stayed, and how far chance explains the difference."""
    words = about.words
    if about.share is None or about.networks is None:
        return paragraphs(_difference(about))

    share, networks = about.share, about.networks
    caption = words(
        "Cities that left ({left}) and stayed ({stayed}), by the lists",
        left=words.number(share.sizes[0]),
        stayed=words.number(share.sizes[1]),
    )
    rows = [
        (
            words("Other members also met through another network"),
            share,
            _averages(about),
        ),
        (words("Other networks"), networks, [words.number(mean, 1) for mean in networks.means]),
    ]

    def interval(found: Contrast) -> str:
        return words.percents(round(found.low, 2), round(found.high, 2))

    columns = [
        Column(words("On average"), lambda row: row[0]),
        Column(words("Left"), lambda row: row[2][0], "number"),
        Column(words("Stayed"), lambda row: row[2][1], "number"),
        Column(words("Chance reaches as much"), lambda row: words.share(row[1].p), "number"),
        Column(
            words("Left has more than stayed"),
            lambda row: words.share(row[1].superiority),
            "number",
        ),
        Column(words("95% interval"), lambda row: interval(row[1]), "number"),
    ]
    shown = table(words, caption, columns, rows)
    tried = (
        words("All {ways} ways were tried.", ways=words.number(share.ways))
        if share.exact
        else words("So many ways were tried at random that the figure is good to one per cent.")
    )
    notes = [
        words(
            "“Chance reaches as much” is the share of all ways to pick as many cities as have left "
            "whose average lies at least as far from that of the rest, in either direction. "
            "{tried}",
            tried=tried,
        ),
        words(
            "“Left has more than stayed” is the share of the pairs of one city that left and one "
            "that stayed in which the former has more, ties counted half: 50% means that neither "
            "is ahead, and an interval with 50% in it leaves open which."
        ),
    ]
    return Fragment(shown + paragraphs(notes))


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
        for state, y in place_of.items():
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
        "The lines in the picture are averages; the number at each dot is how many cities it "
        "stands for."
    )
    return Figure(words, svg, _difference(about)[0], caption, data, note)


def _difference(about: Turnover) -> list[str]:
    """Whether those that left had more other ways, with the uncertainty in plain words."""
    words, found = about.words, about.share
    if found is None:
        return [
            words(
                "Cities that left cannot be compared with cities that stayed: there are none of "
                "the one or the other."
            )
        ]
    gone, kept = _averages(about)
    texts = [
        words(
            "Of the network’s other members, those that left meet on average {left} through "
            "another network too, those that stayed {stayed}.",
            left=gone,
            stayed=kept,
        )
    ]
    picked = {
        "left": words.number(found.sizes[0]),
        "cities": words.number(sum(found.sizes)),
        "share": words.share(found.p),
    }
    if found.p > CHANCE:
        texts.append(
            words(
                "The difference could as well be chance: of all ways to pick {left} of the "
                "{cities} cities, {share} give one at least as large. So the lists do not show "
                "that those that left had more other ways to the same cities, nor that they had "
                "fewer.",
                **picked,
            )
        )
    else:
        texts.append(
            words(
                "Chance seldom gives a difference as large: of all ways to pick {left} of the "
                "{cities} cities, {share} do. Why they left, the lists do not tell.",
                **picked,
            )
        )
    if found.sizes[0] == 1:
        texts.append(words("A single city has left, from which nothing general follows."))
    elif found.sizes[0] < FEW:
        texts.append(
            words("So few have left that only a very large difference could be told from chance.")
        )
    return texts


def _averages(about: Turnover) -> tuple[str, ...]:
    """The mean shares of those that left and stayed, and how far they hold."""
    assert about.share is not None
    words = about.words
    means = [words.percent(mean) for mean in about.share.means]
    if (about.ways["bound"] == "exact").all():
        return tuple(means)
    return tuple(words("at least {count}", count=mean) for mean in means)


def _named(about: Turnover, state: str) -> str:
    """The members that left or joined, by name where they are few."""
    words, rows = about.words, about.of(state)
    if len(rows) > NAMED:
        return words.number(len(rows))
    names = by_name(about, rows)["shown"]
    return words.listing(names) or words("none")
