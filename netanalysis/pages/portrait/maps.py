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
from netanalysis.pages.svg import ACCENT, INK, LAND, SECOND, drawing, shortened, svg_of
from netanalysis.scoring import overlap, reach

__all__ = ["contacts"]

FEW = 3  # countries that the title names before it counts the rest
MARGIN = 4  # degrees round the cities shown
DETAIL = 480  # steps across the map to which the shores are drawn
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
    if len(groups) > 1:
        groups.append(several)
    box = _box(pd.concat([at["longitude"], pd.Series([home["longitude"]])]),
               pd.concat([at["latitude"], pd.Series([home["latitude"]])]))  # fmt: skip
    width, height = box[1] - box[0], box[3] - box[2]
    key = 0.21 * -(-len(groups) // 2)  # two names side by side
    with drawing(7.2, min(max(7.2 * height / width, 2.6), 6.5) + key) as (canvas, axes):
        for corners in _shores(outlines, box):
            axes.add_patch(Polygon(corners, facecolor=LAND, lw=0))
        handles = []
        for number, name in enumerate(groups):
            rows = at[through == name]
            colour = INK if name == several else COLOURS[number % len(COLOURS)]
            look: dict[str, Any] = {"marker": MARKERS[number % len(MARKERS)], "color": colour}
            axes.add_patch(_marks(rows[["longitude", "latitude"]].to_numpy(), width, **look))
            label = f"{shortened(name, 34)} ({len(rows)})"
            handles.append(mpl.lines.Line2D([], [], ls="", ms=6, label=label, **look))
        axes.scatter(
            [home["longitude"]], [home["latitude"]], s=130, facecolor="none", edgecolor=INK, lw=2
        )
        axes.set(xlim=box[:2], ylim=box[2:], xticks=[], yticks=[], xlabel="", ylabel="")
        axes.set_aspect(1 if height < width else "auto")
        look = {"loc": "outside upper left", "ncols": 2, "frameon": False, "fontsize": 9}
        canvas.legend(handles=handles, **look)
        axes.spines["bottom"].set_color("none")
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
    most = by_country.index[by_country == by_country.max()]
    return words.plural(
        "{city} meets {count} city; by country: {countries} ({most}).",
        "{city} meets {count} cities; most in one country: {countries} ({most}).",
        len(met),
        city=city.place(city.home),
        countries=words.some([words.country(code) for code in most], FEW),
        most=words.number(by_country.max()),
    )


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


def _box(longitude: pd.Series, latitude: pd.Series) -> tuple[float, float, float, float]:
    """The part of the world that holds the cities, with a margin, no narrower than it is high."""
    west, east = longitude.min() - MARGIN, longitude.max() + MARGIN
    south, north = latitude.min() - MARGIN, latitude.max() + MARGIN
    lack = max((north - south) * 1.2 - (east - west), 0) / 2
    return max(west - lack, -180.0), min(east + lack, 180.0), max(south, -60.0), min(north, 80.0)
