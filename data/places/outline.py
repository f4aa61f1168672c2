"""Where is land, in few enough points to draw it small?

Writes ``land.csv`` beside this file from Natural Earth's land at 1:110m, version 4.1.0, as carried
by the npm package world-atlas, which is fetched to run this script and for nothing else::

    npm pack world-atlas@2.0.2
    tar -xzf world-atlas-2.0.2.tgz
    python data/places/outline.py package/land-110m.json

The file is TopoJSON: outlines are chains of arcs, and an arc holds steps on a grid. Left out are
lakes, islands under two square degrees and whatever reaches further south than 75 degrees. A ring
that crosses the date line runs on beyond 180.
"""

import csv
import io
import json
import math
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

TARGET = Path(__file__).resolve().with_name("land.csv")
SMALLEST = 2.0  # square degrees
SOUTHERNMOST = -75.0  # degrees north
TOLERANCE = 0.35  # degrees


def main(source: Path) -> None:
    """Write the table."""
    rings = [_unwrapped(ring) for ring in _outer_rings(json.loads(source.read_text("utf-8")))]
    kept = [ring for ring in rings if _area(ring) >= SMALLEST and _south(ring) > SOUTHERNMOST]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("ring", "longitude", "latitude"))
    for number, ring in enumerate(kept, start=1):
        for longitude, latitude in _simplified(ring):
            writer.writerow((number, round(longitude, 1) + 0.0, round(latitude, 1) + 0.0))
    TARGET.write_bytes(text.getvalue().encode())


def _outer_rings(topology: dict[str, Any]) -> list[list[Point]]:
    """The outer ring of every polygon of land, the last point the same as the first."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (x * scale[0] + shift[0], y * scale[1] + shift[1])
            for x, y in accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        ]
        for steps in topology["arcs"]
    ]
    (land,) = topology["objects"]["land"]["geometries"]
    rings = []
    for outer, *_ in land["arcs"]:
        ring: list[Point] = []
        for number in outer:  # a negative number: the arc of its complement, backwards
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += arc[1:] if ring else arc
        rings.append(ring)
    return rings


def _unwrapped(ring: list[Point]) -> list[Point]:
    """The ring without jumps from one side of the date line to the other."""
    points = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((longitude - points[-1][0]) / 360)
        points.append((longitude - 360 * turns, latitude))
    if min(points)[0] < -180:
        points = [(longitude + 360, latitude) for longitude, latitude in points]
    return points


def _south(ring: list[Point]) -> float:
    """The latitude of its southernmost point."""
    return min(latitude for _, latitude in ring)


def _area(ring: list[Point]) -> float:
    """Square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _simplified(ring: list[Point]) -> list[Point]:
    """The ring by Douglas and Peucker, half by half, since its ends are one point."""
    half = len(ring) // 2
    return _thinned(ring[: half + 1])[:-1] + _thinned(ring[half:])


def _thinned(points: list[Point]) -> list[Point]:
    """The line without the points that lie within the tolerance of a straight one."""
    if len(points) < 3:
        return points
    (x, y), (to_x, to_y) = points[0], points[-1]
    length = math.hypot(to_x - x, to_y - y)
    away = [abs((to_x - x) * (v - y) - (to_y - y) * (u - x)) / length for u, v in points[1:-1]]
    furthest = max(range(len(away)), key=away.__getitem__)
    if away[furthest] <= TOLERANCE:
        return [points[0], points[-1]]
    return _thinned(points[: furthest + 2])[:-1] + _thinned(points[furthest + 1 :])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python data/places/outline.py land-110m.json")
    main(Path(sys.argv[1]))
