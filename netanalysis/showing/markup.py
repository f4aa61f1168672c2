"""How do words, tables and pictures become HTML that anybody can read?

Everything that comes from data is escaped here, once: text put into a `Fragment` is text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from netanalysis.showing.wording import Words

__all__ = [
    "LONG",
    "Figure",
    "Fragment",
    "background",
    "behind",
    "bullets",
    "folded",
    "heading",
    "paragraphs",
    "table",
]

LONG = 24  # rows of a table that nobody has to leaf through
_PLAIN = " !$'()*+,/:;=?@"  # what an address and an attribute can hold as it is
_TAG = re.compile(r"<[^<>]*>")
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
    svg : str
        The drawing.
    alt : str
        What the drawing shows, in words.
    caption : str
        Its heading.
    data : Fragment
        The figures behind it, folded.
    """

    svg: str
    alt: str
    caption: str
    data: Fragment

    @property
    def html(self) -> Fragment:
        """The chart as HTML."""
        source = "data:image/svg+xml," + quote(_TAG.sub(_quoted, self.svg), safe=_PLAIN)
        picture = Markup('<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>\n{}')
        return Fragment(picture.format(source, self.alt, self.caption, self.data))

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
    listed = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*entry) for entry in entries
    )
    about = Markup("{}<dl>{}</dl>\n").format(mark, listed) if listed else mark
    return Fragment(
        Markup("<h1>{}</h1>\n{}<p><strong>{}</strong></p>").format(title, about, standing)
    )


def table(
    words: Words,
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    numeric: Iterable[int] = (),
) -> Fragment:
    """A table with a caption and headed rows and columns.

    Parameters
    ----------
    words : Words
        The page's language.
    caption : str
        What the table shows.
    header : sequence of str
        Heads of the columns, none empty.
    rows : iterable of sequences
        Text or markup; the first cell heads its row, or the rows that follow one another with
        the same first cell.
    numeric : iterable of int
        Columns whose figures are to be aligned.

    Returns
    -------
    Fragment
        Without rows, a sentence that says so.
    """
    aligned, rows = set(numeric), list(rows)
    if not rows:
        return paragraphs([words("{caption}: the source gives nothing.", caption=caption)])

    def cells(row: Sequence[Any], head: Markup) -> Markup:
        body = (
            _cell(cell, Markup(' class="num"') if column in aligned else Markup(""))
            for column, cell in enumerate(row[1:], start=1)
        )
        return Markup("<tr>{}{}</tr>\n").format(head, Markup("").join(body))

    def group(name: Any, members: list[Sequence[Any]]) -> Markup:
        if len(members) == 1:
            return cells(members[0], Markup('<th scope="row">{}</th>').format(name))
        head = Markup('<th scope="rowgroup" rowspan="{}">{}</th>').format(len(members), name)
        lines = [cells(members[0], head), *(cells(row, Markup("")) for row in members[1:])]
        return Markup("</tbody><tbody>{}</tbody><tbody>").format(Markup("").join(lines))

    heads = (
        Markup('<th scope="col"{}>{}</th>').format(
            Markup(' class="num"') if column in aligned else "", head
        )
        for column, head in enumerate(header)
    )
    groups = (group(name, list(members)) for name, members in groupby(rows, key=itemgetter(0)))
    body = Markup("<tbody>{}</tbody>").format(Markup("").join(groups))
    return Fragment(
        Markup("<table><caption>{}</caption>\n<thead><tr>{}</tr></thead>\n{}</table>").format(
            caption, Markup("").join(heads), body.replace("<tbody></tbody>", "")
        )
    )


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


def behind(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[Any]], words: Words
) -> Fragment:
    """The table of the figures behind a chart, folded."""
    summary = words("Figures behind the chart: {caption}", caption=caption)
    return folded(summary, table(words, caption, header, rows))


def background(
    words: Words,
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    numeric: Iterable[int] = (),
) -> Fragment:
    """A table to look something up in: as `table`, and folded where it is long."""
    listed = list(rows)
    shown = table(words, caption, header, listed, numeric)
    if len(listed) <= LONG:
        return shown
    summary = words("{caption} ({count} rows)", caption=caption, count=words.number(len(listed)))
    return folded(summary, shown)
