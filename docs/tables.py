"""Which tables and columns does a case have, and which table leads to which?

``make docs`` writes the answers into ``tables.md`` and ``tables.svg``.
"""

from collections.abc import Iterator
from pathlib import Path

from netanalysis.language.languages import LANGUAGES
from netanalysis.loaders.case.columns import Definition, definitions, references, tables

__all__ = ["page", "picture"]

_LEFT, _TOP, _WIDE, _HIGH = 170, 110, 48, 22  # of the map, in pixels

_INTRODUCTION = """\
# The tables of a case

A case is a folder with a `datapackage.json` and one CSV file for each of these tables. This page
is made from `netanalysis/loaders/case/tables.csv`, `columns.csv` and `codes.csv`, as is everything
else that knows columns; run `make docs` when they have changed. **Bold** columns tell a row from
all others of its table. A name with `_…` stands for one column in each language ({languages}).

![A dot where a row of the table at the left names a row of the one above.](tables.svg)
"""


def page() -> str:
    """Every table and column, as Markdown."""
    listed = ", ".join(f"`_{language}`" for language in LANGUAGES)
    parts = [_INTRODUCTION.format(languages=listed)]
    for table, row in tables().items():
        lines = [f"## {table}", "", f"{row['title']}.", ""]
        lines += ["| column | holds | must | what it says |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(_cells(column))} |" for column in definitions(table)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def picture() -> str:
    """The map: a dot where a row of one table names a row of another."""
    others = list(references())
    width, height = _LEFT + _WIDE * len(others), _TOP + _HIGH * len(tables()) + 8
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="14">',
        "<title>Which table of a case leads to which</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, other in enumerate(others):
        x = _LEFT + _WIDE * place + _WIDE // 2
        turned = f'transform="rotate(-50 {x} {_TOP - 10})"'
        lines.append(f'<text x="{x}" y="{_TOP - 10}" {turned}>{other}</text>')
        lines.append(f'<path d="M{x} {_TOP}V{height - 8}" stroke="#ddd"/>')
    for number, table in enumerate(tables()):
        y = _TOP + _HIGH * number + _HIGH // 2
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 5}" text-anchor="end">{table}</text>')
        lines.append(f'<path d="M{_LEFT} {y}H{width}" stroke="#ddd"/>')
        for other in dict.fromkeys(one.refers for one in definitions(table) if one.refers):
            x = _LEFT + _WIDE * others.index(other) + _WIDE // 2
            lines.append(f'<circle cx="{x}" cy="{y}" r="5" fill="#1f4e79"/>')
    return "\n".join([*lines, "</svg>", ""])


def _cells(column: Definition) -> Iterator[str]:
    name = f"`{column.name}{'_…' if column.by_language else ''}`"
    yield f"**{name}**" if column.key else name
    yield _holds(column)
    yield "yes" if column.required else ""
    yield column.description.replace("|", "\\|")


def _holds(column: Definition) -> str:
    if column.values:
        return ", ".join(f"`{code}`" for code in column.values)
    if column.refers:
        return f"a row of [{column.refers}](#{column.refers})"
    low, high = (column.limits.get(name) for name in ("minimum", "maximum"))
    bounds = f"{low} to {high}" if high is not None else f"from {low}" if low is not None else ""
    pattern = column.limits.get("pattern", "")
    pattern = pattern.replace("|", "\\|")  # else a cell of the table would end there
    form = f"`{pattern}`" if pattern and column.type != "short name" else ""
    return ", ".join(filter(None, (column.type, bounds, form)))


if __name__ == "__main__":
    Path(__file__).with_suffix(".md").write_text(page(), "utf-8", newline="")
    Path(__file__).with_suffix(".svg").write_text(picture(), "utf-8", newline="")
