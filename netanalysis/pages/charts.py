"""Which parts do charts share: lines with names, bars, keys, fields of shaded cells?"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from netanalysis.pages.svg import ACCENT, INK, SHADES

__all__ = ["PALE_TO_DARK", "bars", "field", "ink_on", "key", "lines"]

DEEP = 0.7  # from this share of the darkest shade on, what is written on it is white
_STEPS = ((0, "#ffffff"), (0.4, SHADES[1]), (0.65, "#6ba6cf"), (DEEP, "#2a73a6"), (1, SHADES[3]))
PALE_TO_DARK = LinearSegmentedColormap.from_list("pale to dark", _STEPS)


def lines(
    axes: Axes, names: Sequence[str], above: float = 0.5, below: float = 0.5, **look: Any
) -> None:
    """A line of the chart for each name, from the top down.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
    above, below : float
        Room from the middle of the first line up, and of the last one down.
    **look
        Of the names.
    """
    axes.set(ylim=(len(names) - below, -above), yticks=range(len(names)))
    axes.set_yticklabels(names, **look)


def bars(
    axes: Axes,
    names: Sequence[str],
    values: pd.DataFrame,
    texts: Sequence[str],
    room: float,
    heads: Collection[int] = (),
) -> None:
    """A line for each name, the first ones with a bar in two shades and a text at its end.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
        As many as rows, or more.
    values : DataFrame
        Two columns, from 0: the accented part of the bar, and the pale part after it.
    texts : sequence of str
        One a row.
    room : float
        How wide the chart is, as a multiple of the longest bar.
    heads : collection of int
        Lines, counted from 0, that head those below them.
    """
    most = values.sum(axis=1).max() or 1
    for y, (first, second) in enumerate(values.to_numpy()):
        axes.barh(y, first, height=0.62, color=ACCENT)
        if second:
            axes.barh(y, second, left=first, height=0.62, color=SHADES[1])
        axes.text(first + second + most * 0.015, y, texts[y], va="center", fontsize=9)
    lines(axes, names, above=0.6, below=0.4)
    for line in heads:
        axes.get_yticklabels()[line].set_fontweight("bold")
    axes.set(xlim=(0, most * room), xticks=[])
    axes.spines["bottom"].set_color("none")


def key(
    axes: Axes,
    marks: Sequence[Any],
    texts: Sequence[str],
    place: str = "lower left",
    x: float = 0,
    **look: Any,
) -> None:
    """What the marks of a chart mean, in a line above it, or in several that are read across."""
    shape = {"ncols": len(texts), "frameon": False, "columnspacing": 1.2, **look}
    across = range(int(shape["ncols"]))  # matplotlib fills one column after the other
    order = [n for column in across for n in range(column, len(texts), len(across))]
    marks, texts = [marks[n] for n in order], [texts[n] for n in order]
    axes.legend(marks, texts, loc=place, bbox_to_anchor=(x, 1), **shape)


def field(
    axes: Axes,
    shades: pd.DataFrame,
    written: pd.DataFrame,
    names: tuple[Sequence[str], Sequence[str]],
    size: float,
    steep: float = 0,
) -> None:
    """A field of shaded cells, each with its text, so that nothing is told by colour alone.

    Parameters
    ----------
    axes : Axes
    shades : DataFrame
        Shares of the darkest shade, from 0 to 1; a cell is blank where it is missing.
    written : DataFrame
        What stands in each cell.
    names : (sequence of str, sequence of str)
        Of the rows and of the columns.
    size : float
        Of the texts, in points.
    steep : float
        Degrees by which the names of the columns are turned above them; 0 for below them.
    """
    shares = shades.to_numpy(dtype=float)
    sns.heatmap(
        shares,
        annot=written.to_numpy(),
        fmt="",
        cmap=PALE_TO_DARK,
        vmin=0,
        vmax=1,
        linewidths=0.6,
        cbar=False,
        annot_kws={"size": size},
        ax=axes,
    )
    for text, share in zip(axes.texts, shares[~np.isnan(shares)], strict=True):
        text.set_color(ink_on(share))
    down, across = names
    axes.set(xlabel="", ylabel="")
    axes.set_yticklabels(down, rotation=0)
    if steep:
        axes.xaxis.tick_top()
    axes.set_xticklabels(across, rotation=steep, ha="left" if 0 < steep < 90 else "center")


def ink_on(share: float) -> str:
    """The colour that is read best on a shade, given as a share of the darkest."""
    return "#ffffff" if share >= DEEP else INK
