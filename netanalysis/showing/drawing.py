"""How is a chart drawn so that it is small, alike each time and at home on the page?

Charts are drawn without global state, in the page's type and colours. Words stay words in the
SVG, so that they follow the reader's fonts and zoom.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib.figure import Figure as Canvas

__all__ = ["ACCENT", "BAND", "INK", "MUTED", "SECOND", "drawing", "svg_of"]

INK, MUTED, GRID, BAND = "#1b1f23", "#56616b", "#d5dade", "#f0f2f4"
ACCENT, SECOND = "#0b5c8f", "#b4500e"  # told apart by colour-blind readers and in grey
_FONTS = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_BARE_GROUP = re.compile(r"<g>((?:(?!</?g[ >]).)*)</g>")
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "netanalysis",
    "font.family": ["DejaVu Sans"],  # wider than what most readers have, so that words fit
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.edgecolor": MUTED,
    "grid.color": GRID,
}


@contextmanager
def drawing(
    width: float, height: float, panels: tuple[int, int] = (1, 1)
) -> Iterator[tuple[Canvas, Any]]:
    """A canvas in the house style and its axes.

    Parameters
    ----------
    width, height : float
        In inches.
    panels : (int, int)
        Rows and columns of axes.
    """
    with mpl.rc_context({**sns.axes_style("ticks"), **_STYLE}):
        canvas = Canvas(figsize=(width, height), layout="constrained")
        yield canvas, canvas.subplots(*panels)


def svg_of(canvas: Canvas) -> str:
    """The drawing as a small SVG; the same drawing gives the same text."""
    for axes in canvas.axes:
        sns.despine(ax=axes, left=True)
        axes.tick_params(length=0)
        axes.set_axisbelow(True)
    drawn = io.StringIO()
    canvas.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    text = drawn.getvalue()
    return _slim(text[text.index("<svg") :])


def _slim(svg: str) -> str:
    """Without metadata, needless digits and names; each style written once, as a class."""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;\"]*;?\s*", "", svg)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r' transform="rotate\(-?0[ ,][^"]*"', "", svg)
    svg = re.sub(r"\d+\.\d{2,}", lambda number: f"{float(number.group()):.1f}", svg)
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        name = names.setdefault(match.group(1), f"s{len(names)}")
        return f' class="{name}"'

    svg = re.sub(r' style="([^"]*)"', named, svg)
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    svg = re.sub(r"(<style[^>]*>)", rf"\1text{{font-family:{_FONTS}}}{rules}", svg, count=1)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").replace("<g/>", "")
    before = ""
    while svg != before:  # groups without attributes, innermost first
        before, svg = svg, _BARE_GROUP.sub(r"\1", svg)
    return svg
