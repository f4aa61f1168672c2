"""How often does the calculation give each level, where is the city today, what says the office?"""

from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.pages.evaluation.network_grounds import network_grounds
from netanalysis.pages.html import Fragment, folded
from netanalysis.pages.view import View
from netanalysis.scoring import pivots
from netanalysis.scoring.engagement import DIRECTIONS, HOLDS, LEANS
from netanalysis.scoring.grounds import AGAINST, FOR

__all__ = ["levels"]

SHOWN = 12  # networks of the table that are shown at once
SHADES = (0.05, 0.25, 0.45, 0.7)  # shares from which a cell is a shade darker


def levels(outcome: Evaluation, view: View) -> Fragment:
    """One table that is the chart: networks and levels, shaded by share, with marks.

    Today's level and the office's assessment are marked; the last column has the weightiest ground.
    Of many networks those come first whose outcome is not today's level; the rest are folded.
    """
    words = view.words
    order = {name: number for number, name in enumerate(DIRECTIONS)}
    rows = list(outcome.networks)
    if len(rows) > SHOWN:
        rank = outcome.directions["direction"].map(order)
        rows = list(rank.sort_values(kind="stable").index)
    caption = words("How often the calculation gives each level")
    note = words(
        "It is calculated with every weighting, threshold and open rating that is allowed. The "
        "darker a cell, the larger the share of these calculations that give the level (not a "
        "probability). ○ today’s level, ◆ the office’s assessment."
    )
    shown = _table(caption, rows[:SHOWN], outcome, view)
    if len(rows) > SHOWN:
        rest = rows[SHOWN:]
        told = words.plural("{count} more network", "{count} more networks", len(rest))
        shown = Fragment(shown + folded(told, _table(told, rest, outcome, view)))
    return Fragment(shown + Markup('<p class="about">{}</p>').format(note))


def _table(caption: str, networks: list[str], outcome: Evaluation, view: View) -> Fragment:
    words = view.words
    heads = [words("Network"), *view.levels.values(), words("Main reason")]
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(text) for text in heads
    )
    lines = Markup("\n").join(_line(network, outcome, view) for network in networks)
    return Fragment(
        Markup(
            '<table class="levels" role="table"><caption>{}</caption>\n<thead role="rowgroup">'
            '<tr role="row">{}</tr></thead>\n<tbody role="rowgroup">{}</tbody></table>\n'
        ).format(caption, head, lines)
    )


def _line(network: str, outcome: Evaluation, view: View) -> Markup:
    head = Markup('<th scope="row" role="rowheader"><a href="#network-{}">{}</a></th>').format(
        network, view.networks[network]
    )
    cells = Markup("").join(_cell(network, level, outcome, view) for level in view.levels)
    why = Markup('<td class="why" role="cell">{}</td>').format(_weightiest(network, outcome, view))
    return Markup('<tr role="row">{}{}{}</tr>').format(head, cells, why)


def _cell(network: str, level: str, outcome: Evaluation, view: View) -> Markup:
    words, possible = view.words, outcome.possible[network]
    share = float(outcome.shares.loc[network, level])
    if level not in possible:
        text, shade = words("excluded"), 0
    elif len(possible) == 1:
        text, shade = words.percent(1), len(SHADES)
    else:
        text = words.share(share, outcome.error, (LEANS, HOLDS))
        shade = sum(share >= limit for limit in SHADES)
    marks = []
    if level in outcome.today[network]:
        many = len(outcome.today[network]) > 1
        marks.append(words("○ perhaps today") if many else words("○ today"))
    if network in view.assessed.index and view.assessed.loc[network, "level"] == level:
        marks.append(words("◆ the office"))
    now = " today" if level in outcome.today[network] else ""
    return Markup('<td class="share s{}{}" role="cell"><small>{} </small><b>{}</b>{}</td>').format(
        shade,
        now,
        view.levels[level],
        text,
        Markup("").join(Markup(" <span>{}</span>").format(mark) for mark in marks),
    )


def _weightiest(network: str, outcome: Evaluation, view: View) -> str:
    """A statement that weighs most.

    Behind a veto the lowest one; else the strongest ground, against where less than today comes
    out, for where not; of the other side where that has none.
    """
    said = view.case.statements
    said = said[(said["network"] == network) & said["low"].notna()].set_index("statement")
    barred = pivots.ruled_out(outcome.checks[outcome.checks["network"] == network])
    behind = said[said["criterion"].isin(barred["criteria"].explode())]
    if len(behind):
        return view.own(behind.sort_values(["high", "low"], kind="stable").iloc[0], "text")
    _, found = network_grounds(outcome, network)
    if found.empty:
        return view.words("nothing in the sources")
    less = outcome.directions.loc[network, "direction"] in ("less", "at_most")
    side = found[found["side"] == (AGAINST if less else FOR)]
    strongest = (side if len(side) else found).iloc[0]["statement"]
    return view.own(said.loc[strongest], "text")
