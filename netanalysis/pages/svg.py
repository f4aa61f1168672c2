"""How is a chart drawn so that it is small, alike each time and at home on the page?

Charts are drawn without global state, in the page's type and colours. Words stay words in the
SVG, so that they follow the reader's fonts and zoom.
"""

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
import seaborn as sns
from matplotlib import font_manager
from matplotlib.figure import Figure as Canvas
from numpy.typing import NDArray

__all__ = [
    "ACCENT",
    "BAND",
    "INK",
    "LAND",
    "MUTED",
    "SECOND",
    "SHADES",
    "drawing",
    "shortened",
    "svg_of",
    "wrapped",
]

INK, MUTED, GRID, BAND = "#1b1f23", "#56616b", "#d5dade", "#f0f2f4"
ACCENT, SECOND = "#0b5c8f", "#b4500e"  # told apart by colour-blind readers and in grey
LAND = "#e3e6e8"
SHADES = ("#dfe4e8", "#a9cbe2", "#2f7fb5", "#0a3b5c")  # the levels, lowest first
_FONTS = "'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif"  # the page's
_MARKS = re.compile(  # many lines from one point to another
    r"(?:M(?:-?\d+(?:\.\d+)?(?: |(?=[-M])|$)){4}){9,}"
)
_OUTLINE = re.compile(r"M(?:-?\d+(?:\.\d+)?(?: z?|z?$)){17,}")  # a line through many points
_DRAWN = re.compile(r'(?<= d=")[^"]*')
_BARE_GROUP = re.compile(r"<g>((?:(?!</?g[ >]).)*)</g>")
_HELD = "\u00a0\u202f"  # blanks at which no line breaks: Python does not call them printable
_FONT = "DejaVu Sans"  # wider than what most readers have, so that words fit
_OTHER_FONTS = re.compile(r"Noto (?:Sans|Serif)\b.*")  # measured where the first lacks letters
_STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.hashsalt": "netanalysis",
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
    width: float, height: float, panels: tuple[int, int] = (1, 1), **shape: Any
) -> Iterator[tuple[Canvas, Any]]:
    """A canvas in the house style and its axes.

    Parameters
    ----------
    width, height : float
        In inches.
    panels : (int, int)
        Rows and columns of axes.
    **shape
        Of the axes, such as height_ratios.
    """
    with mpl.rc_context({**sns.axes_style("ticks"), **_STYLE, "font.family": _fonts()}):
        canvas = Canvas(figsize=(width, height), layout="constrained")
        yield canvas, canvas.subplots(*panels, **shape)


@cache
def _fonts() -> list[str]:
    """The charts' font, and those installed that may have letters which it lacks."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return [_FONT, *sorted(filter(_OTHER_FONTS.fullmatch, installed))]


def shortened(text: str, length: int = 44) -> str:
    """The text as a label in a chart: without unprintable signs, cut where it is too long."""
    printable = "".join(sign for sign in text if sign.isprintable() or sign in _HELD)
    return printable if len(printable) <= length else f"{printable[: length - 1]}…"


def wrapped(text: str, length: int, lines: int = 3) -> str:
    """The text as a label of several lines, whole unless it takes more than so many of them.

    Examples
    --------
    >>> print(wrapped("Culture and Leisure Administration", 20))
    Culture and Leisure
    Administration
    """
    printable = shortened(text, 4000)
    return "\n".join(textwrap.wrap(printable, length, max_lines=lines, placeholder="…"))


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


def _terse(drawn: re.Match[str]) -> str:
    """The steps of a path without needless letters: points after the first are lines as they are.

    After a curve they would be curves.
    """
    steps = drawn.group()
    if not re.search("[CQ]", steps):
        steps = re.sub(r"(?<=\d) L (?=[-\d])", " ", steps)
    steps = re.sub(r" ?([MLCQz]) ?", r"\1", steps).strip()
    if _OUTLINE.fullmatch(steps):
        return _along(steps)
    return _by_steps(steps) if _MARKS.fullmatch(steps) else steps


def _along(outline: str) -> str:
    """A line through many points, each told from the one before it."""
    closed = "z" * outline.endswith("z")
    points = np.array(outline.strip("Mz").split(), dtype=float).reshape(-1, 2)
    moves = " ".join(map(_short, np.diff(points, axis=0))).replace(" -", "-")
    return f"M{_short(points[0])}l{moves}{closed}"


def _by_steps(marks: str) -> str:
    """Many short lines, each told from where the one before it began, as SVG allows."""
    ends = np.array([mark.split() for mark in marks[1:].split("M")], dtype=float)
    starts = ends[:, :2]
    first, rest = ends[0, :2], np.diff(starts, axis=0) - (ends[:-1, 2:] - starts[:-1])
    moves = [f"M{_short(first)}", *(f"m{_short(move)}" for move in rest)]
    lines = ends[:, 2:] - starts
    return "".join(move + _line(*line.round(1)) for move, line in zip(moves, lines, strict=True))


def _line(right: float, down: float) -> str:
    if not down:
        return f"h{right:g}"
    return f"l{_short(np.array([right, down]))}" if right else f"v{down:g}"


def _short(step: NDArray[np.float64]) -> str:
    """Two numbers in as few signs as they take."""
    x, y = (f"{value:.1f}".removesuffix(".0") for value in step.round(1) + 0.0)
    return f"{x}{y}" if y.startswith("-") else f"{x} {y}"


def _slim(svg: str) -> str:
    """Without metadata, clipping, needless digits and names; each style once, as a class.

    Only what stands inside tags is touched: words are data and stay as they are.
    """
    svg = re.sub(r"<(metadata|clipPath)(?:(?!</?\1).)*</\1>", "", svg, flags=re.DOTALL)
    styles: dict[str, str] = {}
    marks: dict[str, str] = {}

    def styled(match: re.Match[str]) -> str:
        style = re.sub(r"font-family: [^;]*;?\s*", "", match.group(1)).strip()
        return f' class="{styles.setdefault(style, f"s{len(styles)}")}"' if style else ""

    def marked(match: re.Match[str]) -> str:
        return match.group(1) + marks.setdefault(match.group(2), f"m{len(marks)}") + '"'

    def rounded(match: re.Match[str]) -> str:
        return f"{round(float(match.group()), 1):g}"

    def slimmed(match: re.Match[str]) -> str:
        tag = re.sub(r' clip-path="[^"]*"| transform="rotate\(-?0[ ,][^"]*"', "", match.group())
        tag = re.sub(r'^<g id="[^"]*"', "<g", tag)
        tag = re.sub(r' style="([^"]*)"', styled, tag)
        tag = re.sub(r'(id="|href="#)(m[0-9a-f]{10})"', marked, tag)
        if not tag.startswith("<svg"):
            tag = re.sub(r"(?<!\d)\d+\.\d+", rounded, tag)
        return _DRAWN.sub(_terse, re.sub(r"\s+", " ", tag).replace(' "', '"'))

    svg = re.sub(r"<[^<>]+>", slimmed, svg)
    svg = re.sub(r">\s+<", "><", svg).replace("<g/>", "").replace("<defs></defs>", "")
    rules = "".join(f".{name}{{{style}}}" for style, name in styles.items())
    svg = re.sub(r"(<style[^<>]*>)", rf"\1text{{font-family:{_FONTS}}}{rules}", svg, count=1)
    before = ""
    while svg != before:  # groups without attributes, innermost first
        before, svg = svg, _BARE_GROUP.sub(r"\1", svg)
    return svg
