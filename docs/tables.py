"""Which tables and columns does a case have? ``make docs`` writes the answer into ``tables.md``."""

from collections.abc import Iterator
from pathlib import Path

from netanalysis.language.languages import LANGUAGES
from netanalysis.loaders.columns import Definition, definitions, tables

__all__ = ["page"]

_INTRODUCTION = """\
# The tables of a case

A case is a folder with a `datapackage.json` and one CSV file for each of these tables. This page
is made from `netanalysis/loaders/tables.csv`, `columns.csv` and `codes.csv`, as is everything else
that knows columns; run `make docs` when they have changed. **Bold** columns tell a row from all
others of its table. A name with `_…` stands for one column in each language ({languages}).
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
    form = f"`{pattern}`" if pattern and column.type != "short name" else ""
    return ", ".join(filter(None, (column.type, bounds, form)))


if __name__ == "__main__":
    Path(__file__).with_suffix(".md").write_text(page(), "utf-8", newline="")
