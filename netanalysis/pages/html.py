"""How do words, tables and pictures become HTML that anybody can read?

Everything that comes from data is escaped here, once: text put into a `Fragment` is text.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from netanalysis.language.words import Words

__all__ = [
    "LONG",
    "Column",
    "Figure",
    "Fragment",
    "background",
    "behind",
    "bullets",
    "cells",
    "folded",
    "heading",
    "paragraphs",
    "table",
]

ALT = 200  # signs that an alternative text has at most
LONG = 24  # rows of a table that nobody has to leaf through
_PLAIN = " !$'()*+,/:;=?@"  # what an address and an attribute can hold as it is
_TAG = re.compile(r"<[^<>]*>")
Rows: TypeAlias = "pd.DataFrame | Iterable[Any]"  # of a table
_PASSAGE = re.compile(r'<span(?P<mark> lang="[a-z]+")>(?P<text>[^<]*)</span>')


class Fragment(Markup):
    """A piece of HTML that a notebook shows as such."""

    def _repr_html_(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Figure:
    """A chart with everything that a reader who cannot see it needs.

    Attributes
    ----------
    words : Words
        The page's language.
    svg : str
        The drawing.
    finding : str
        What it shows, in one sentence: its title.
    caption : str
        What is drawn; stands below the title.
    data : Fragment
        The figures behind it, folded.
    note : str, optional
        How it is read; stands above it.
    """

    words: Words
    svg: str
    finding: str
    caption: str
    data: Fragment
    note: str = ""

    @property
    def alt(self) -> str:
        """The finding for readers who cannot see it, and where the figures are."""
        where = self.words("The figures stand in the table below.")
        finding = textwrap.shorten(self.finding, ALT - len(where) - 1, placeholder="…")
        return f"{finding} {where}"

    @property
    def html(self) -> Fragment:
        """The chart as HTML; the title is read aloud with the picture, and only there."""
        source = "data:image/svg+xml," + quote(_TAG.sub(_quoted, self.svg), safe=_PLAIN)
        picture = Markup(
            '<figure><figcaption><strong aria-hidden="true">{}</strong><br>{}</figcaption>'
            '<img src="{}" alt="{}"></figure>\n{}'
        )
        above = paragraphs([self.note]) + Markup("\n") if self.note else Markup("")
        shown = picture.format(self.finding, self.caption, source, self.alt, self.data)
        return Fragment(above + shown)

    def _repr_html_(self) -> str:
        return str(self.html)


def heading(
    title: str, standing: str, entries: Iterable[tuple[str, str]] = (), mark: Markup | str = ""
) -> Fragment:
    """The head of a page.

    Parameters
    ----------
    title : str
    standing : str
        What the page is no more than.
    entries : iterable of (str, str)
        What it says of itself: a term and its text.
    mark : Markup, optional
        Such as that a case is invented.

    Returns
    -------
    Fragment
    """
    told = Markup(" · ").join(Markup("{}: {}").format(*entry) for entry in entries)
    about = Markup('\n<p class="about">{}</p>').format(told) if told else Markup("")
    return Fragment(
        Markup("<h1>{}</h1>\n{}<p><strong>{}</strong></p>{}").format(title, mark, standing, about)
    )


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    head : str
        Never empty.
    cell : callable
        From a row to what stands in it, text or markup. In the first column it heads the row, or
        the rows that follow one another with the same text.
    align : {"", "number"}
        Whether figures are to stand below each other.
    """

    head: str
    cell: Callable[[Any], Any]
    align: Literal["", "number"] = ""


def cells(columns: Sequence[Column], rows: Rows) -> list[tuple[Any, ...]]:
    """What stands in each row of a table.

    Parameters
    ----------
    columns : sequence of Column
    rows : DataFrame or iterable
        What the columns make their cells of; the rows of a frame are named tuples.
    """
    each = rows.itertuples() if isinstance(rows, pd.DataFrame) else rows
    return [tuple(column.cell(row) for column in columns) for row in each]


def table(words: Words, caption: str, columns: Sequence[Column], rows: Rows) -> Fragment:
    """A table with a caption and headed rows and columns.

    Parameters
    ----------
    words : Words
        The page's language.
    caption : str
        What the table shows.
    columns : sequence of Column
    rows : DataFrame or iterable
        As for `cells`.

    Returns
    -------
    Fragment
        Without rows, a sentence that says so.
    """
    lines = cells(columns, rows)
    if not lines:
        return paragraphs([words("{caption}: nothing to show.", caption=caption)])
    marks = [Markup(' class="num"') if column.align else Markup("") for column in columns]
    heads = (
        Markup('<th scope="col"{}>{}</th>').format(mark, column.head)
        for column, mark in zip(columns, marks, strict=True)
    )
    groups = (
        _group(name, list(members), marks) for name, members in groupby(lines, key=itemgetter(0))
    )
    body = Markup("<tbody>{}</tbody>").format(Markup("").join(groups))
    return Fragment(
        Markup("<table><caption>{}</caption>\n<thead><tr>{}</tr></thead>\n{}</table>").format(
            caption, Markup("").join(heads), body.replace("<tbody></tbody>", "")
        )
    )


def _group(name: Any, lines: list[tuple[Any, ...]], marks: list[Markup]) -> Markup:
    """The rows that one head stands for."""
    if len(lines) == 1:
        return _row(Markup('<th scope="row">{}</th>').format(name), lines[0], marks)
    head = Markup('<th scope="rowgroup" rowspan="{}">{}</th>').format(len(lines), name)
    heads = [head, *[Markup("")] * (len(lines) - 1)]
    rows = (_row(head, line, marks) for head, line in zip(heads, lines, strict=True))
    return Markup("</tbody><tbody>{}</tbody><tbody>").format(Markup("").join(rows))


def _row(head: Markup, line: tuple[Any, ...], marks: list[Markup]) -> Markup:
    body = Markup("").join(map(_cell, line[1:], marks[1:]))
    return Markup("<tr>{}{}</tr>\n").format(head, body)


def _quoted(tag: re.Match[str]) -> str:
    """A tag in single quotes, which an address need not encode."""
    text = tag.group()
    return text if "'" in text else text.replace('"', "'")


def _cell(content: Any, attributes: Markup) -> Markup:
    """A cell; a passage in another language that fills it lends it its mark."""
    passage = _PASSAGE.fullmatch(content) if isinstance(content, Markup) else None
    if passage:
        attributes += Markup(passage["mark"])
        content = Markup(passage["text"])  # no tag in it, and escaped already
    return Markup("<td{}>{}</td>").format(attributes, content)


def paragraphs(sentences: Iterable[Any]) -> Fragment:
    """One paragraph per text."""
    return Fragment(Markup("\n").join(Markup("<p>{}</p>").format(text) for text in sentences))


def bullets(items: Iterable[Any]) -> Fragment:
    """A list, one item per text."""
    entries = Markup("\n").join(Markup("<li>{}</li>").format(item) for item in items)
    return Fragment(Markup("<ul>\n{}\n</ul>").format(entries))


def folded(summary: str, content: Markup) -> Fragment:
    """Content that opens on demand, below its summary."""
    fold = Markup("<details>\n<summary>{}</summary>\n{}\n</details>")
    return Fragment(fold.format(summary, content))


def behind(words: Words, caption: str, columns: Sequence[Column], rows: Rows) -> Fragment:
    """The table of the figures behind a chart, folded."""
    return folded(words("Figures behind the chart"), table(words, caption, columns, rows))


def background(words: Words, caption: str, columns: Sequence[Column], rows: Rows) -> Fragment:
    """A table to look something up in: as `table`, and folded where it is long."""
    listed = list(rows.itertuples() if isinstance(rows, pd.DataFrame) else rows)
    shown = table(words, caption, columns, listed)
    if len(listed) <= LONG:
        return shown
    summary = words("{caption} ({count} rows)", caption=caption, count=words.number(len(listed)))
    return folded(summary, shown)
