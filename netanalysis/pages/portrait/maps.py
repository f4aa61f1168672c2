"""Where do the cities lie that one city meets through its networks?"""

import pathlib
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from numpy.typing import NDArray

from netanalysis.folders import data_folder
from netanalysis.loaders.tables import table_of_texts
from netanalysis.pages.html import Column, Figure, folded, table
from netanalysis.pages.portrait.summary import Portrait
from netanalysis.pages.svg import ACCENT, INK, LAND, MUTED, SECOND, drawing, shortened, svg_of
from netanalysis.scoring import overlap, reach

__all__ = ["contacts"]

FEW = 3  # countries that the title names before it counts the rest
WIDE = 7.2  # inches
EUROPE = (-11.0, 42.0, 34.0, 66.0)  # west, east, south, north
CROWD = 30  # marks that would cover Europe on a map of the world
MARGIN = 4  # degrees round the cities shown
DETAIL = 280  # steps across a map to which the shores are drawn
COLOURS = (ACCENT, SECOND, "#6a3d9a", "#23795a", "#8a6d00", "#b0306a")
MARKERS = ("o", "s", "+", "x")


def contacts(city: Portrait, land: pathlib.Path | None = None) -> Figure:
    """The cities met, by the network through which alone they are met, or several.

    Parameters
    ----------
    city : Portrait
    land : Path, optional
        Outlines: ring, longitude, latitude; those of the data folder where not given.

    Returns
    -------
    Figure
    """
    words, names = city.words, city.names
    met = reach.reach(city.members, city.own, city.home)
    at = city.places.places.reindex(met.index)
    several = words("Several networks")
    through = pd.Series(several, index=met.index)
    for network in city.own:
        alone = overlap.reach_lost(city.members, city.own, [network], city.home)
        through[alone.index] = names[network]
    home = city.places.places.loc[city.home]
    file = land or data_folder() / "places" / "land.csv"
    outlines = table_of_texts(file, ("ring", "longitude", "latitude")).astype(float)
    groups = [names[network] for network in city.own if network not in city.bare]
    groups.sort(key=lambda name: -int((through == name).sum()))
    if len(groups) > 1:
        groups.append(several)
    points = {name: at[through == name][["longitude", "latitude"]].to_numpy() for name in groups}
    here = home[["longitude", "latitude"]].to_numpy(dtype=float)
    boxes = _boxes(np.vstack([*points.values(), here]))
    heights = [_height(*each, most=6.5 if len(boxes) == 1 else 4.2) for each in boxes]
    looks: dict[str, dict[str, Any]] = {
        name: {
            "marker": MARKERS[number % len(MARKERS)],
            "color": INK if name == several else COLOURS[number % len(COLOURS)],
        }
        for number, name in enumerate(groups)
    }
    high = sum(heights) + 0.2 * len(groups) + 0.2 * (len(boxes) - 1)
    shape: dict[str, Any] = {"height_ratios": heights, "squeeze": False}
    with drawing(WIDE, high, (len(boxes), 1), **shape) as (canvas, panels):
        for axes, (box, stretch) in zip(panels.flat, boxes, strict=True):
            for corners in _shores(outlines, box):
                axes.add_patch(Polygon(corners, facecolor=LAND, lw=0))
            for name in groups:
                axes.add_patch(_marks(_within(points[name], box), box[1] - box[0], **looks[name]))
            if len(_within(here[None], box)):
                axes.scatter(*here, s=130, facecolor="none", edgecolor=INK, lw=2)
            axes.set(xlim=box[:2], ylim=box[2:], xticks=[], yticks=[], xlabel="", ylabel="")
            axes.set_aspect(stretch, anchor="W")
            axes.spines["bottom"].set_color("none")
        if len(boxes) > 1:
            _frame(panels.flat[0], boxes[1][0])
            panels.flat[1].set_title(words("Europe"), fontsize=9, loc="left")
        handles = [
            mpl.lines.Line2D(
                [], [], ls="", ms=6, label=f"{shortened(name, 60)} ({len(points[name])})", **look
            )
            for name, look in looks.items()
        ]
        canvas.legend(handles=handles, loc="outside upper left", frameon=False, fontsize=9)
        svg = svg_of(canvas)

    cities = met.groupby("country_code").groups

    def names_in(code: str) -> str:
        return ", ".join(sorted((city.place(one) for one in cities[code]), key=words.order))

    columns = [
        Column(words("Country"), words.country),
        Column(words("Cities"), lambda code: words.number(len(cities[code])), "number"),
        Column(words("Which"), names_in),
    ]
    rows = sorted(cities, key=lambda code: words.order(words.country(code)))
    caption = (
        words("The cities met, by the network through which alone they are met")
        if len(groups) > 1
        else words("The cities met")
    )
    listed = table(words, words("The cities met, by country"), columns, rows)
    data = folded(words("The cities on the map, by country"), listed)
    return Figure(words, svg, _finding(city, met), caption, data)


def _finding(city: Portrait, met: pd.DataFrame) -> str:
    """How many of the cities lie in the countries that have most of them."""
    words, by_country = city.words, met["country_code"].value_counts()
    if by_country.empty:
        return words("{city} meets no other city.", city=city.place(city.home))
    names = {"city": city.place(city.home), "most": words.number(by_country.max())}
    most = by_country.index[by_country == by_country.max()]
    first = (
        words.plural("{city} meets {count} city", "{city} meets {count} cities", len(met), **names)
        if city.whole
        else words.plural(
            "{city} meets at least {count} city",
            "{city} meets at least {count} cities",
            len(met),
            **names,
        )
    )
    countries = words.some([words.country(code) for code in most], FEW)
    return words.plural(
        "{first}; the country with most of them is {countries} ({most}).",
        "{first}; the countries with most of them are {countries} ({most} each).",
        len(most),
        first=first,
        countries=countries,
        **names,
    )


def _height(box: tuple[float, ...], stretch: float, most: float) -> float:
    """How many inches high a part of the world is drawn."""
    west, east, south, north = box
    return min(max(WIDE * (north - south) * stretch / (east - west), 2.6), most)


def _shores(outlines: pd.DataFrame, box: tuple[float, ...]) -> Iterator[NDArray[np.float64]]:
    """The rings of land within the box, no finer than a reader can see."""
    west, east, south, north = box
    step = (east - west) / DETAIL
    for _, ring in outlines.groupby("ring"):
        x, y = ring["longitude"], ring["latitude"]
        if x.max() > west and x.min() < east and y.max() > south and y.min() < north:
            edge = ring[["longitude", "latitude"]]
            edge = edge.clip([west, south], [east, north], axis=1)
            corners = ((edge / step).round() * step).drop_duplicates().to_numpy()
            if len(corners) > 2:
                yield corners


def _marks(points: NDArray[np.float64], width: float, marker: str, color: str) -> PathPatch:
    """All points of a group as one path, which is a quarter of the size of as many markers.

    A dot or a square is the cap of a line without length; the other marks are crosses.
    """
    arm = 0 if marker in "os" else 0.005 * width
    ways = {"+": ((1, 0), (0, 1)), "x": ((0.7, 0.7), (0.7, -0.7))}.get(marker, ((0, 0),))
    steps = arm * np.array(ways)
    ends = points[:, None, None, :] + np.stack([-steps, steps], axis=1)
    vertices = ends.reshape(-1, 2)
    codes = np.tile([Path.MOVETO, Path.LINETO], len(vertices) // 2)
    cap = "round" if marker == "o" else "projecting"
    weight = 1.3 if arm else 3.6
    path = Path(vertices, codes) if len(vertices) else Path(np.zeros((0, 2)))
    path.should_simplify = False  # lines without length are what is wanted here
    return PathPatch(path, fill=False, edgecolor=color, lw=weight, capstyle=cap)


def _boxes(points: NDArray[np.float64]) -> list[tuple[tuple[float, ...], float]]:
    """The parts of the world to draw, each with how much higher than wide a degree is drawn.

    Where Europe has so many marks that they would cover it, it has a map of its own.
    """
    whole = _box(pd.Series(points[:, 0]), pd.Series(points[:, 1]))
    if whole[1] - whole[0] < 2 * (EUROPE[1] - EUROPE[0]) or len(_within(points, EUROPE)) < CROWD:
        return [(whole, 1.0)]
    return [(whole, 1.0), (EUROPE, 1.6)]  # half way up Europe a degree of longitude is that short


def _within(points: NDArray[np.float64], box: tuple[float, ...]) -> NDArray[np.float64]:
    west, east, south, north = box
    x, y = points[:, 0], points[:, 1]
    return points[(x > west) & (x < east) & (y > south) & (y < north)]


def _frame(axes: Any, box: tuple[float, ...]) -> None:
    """Where on a map the next one lies."""
    west, east, south, north = box
    corners = [(west, south), (east, south), (east, north), (west, north)]
    axes.add_patch(Polygon(corners, fill=False, edgecolor=MUTED, lw=1))


def _box(longitude: pd.Series, latitude: pd.Series) -> tuple[float, float, float, float]:
    """The part of the world that holds the cities, with a margin, no narrower than it is high."""
    west, east = longitude.min() - MARGIN, longitude.max() + MARGIN
    south, north = latitude.min() - MARGIN, latitude.max() + MARGIN
    lack = max((north - south) * 1.2 - (east - west), 0) / 2
    return max(west - lack, -180.0), min(east + lack, 180.0), max(south, -60.0), min(north, 80.0)
