"""How do words, tables and pictures become HTML that anybody can read?

Everything that comes from data is escaped here, once: text put into a `Fragment` is text.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

__all__ = ["Figure", "Fragment", "bullets", "folded", "paragraphs", "table"]


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

    def _repr_html_(self) -> str:
        source = "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode()
        picture = Markup('<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>\n{}')
        return str(picture.format(source, self.alt, self.caption, self.data))


def table(
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    numeric: Iterable[int] = (),
) -> Fragment:
    """A table with a caption and headed rows and columns.

    Parameters
    ----------
    caption : str
        What the table shows.
    header : sequence of str
        Heads of the columns, none empty.
    rows : iterable of sequences
        Text or markup; the first cell heads its row.
    numeric : iterable of int
        Columns whose figures are to be aligned.

    Returns
    -------
    Fragment
    """
    aligned = set(numeric)

    def cells(row: Sequence[Any]) -> Markup:
        first, *rest = row
        head = Markup('<th scope="row">{}</th>').format(first)
        body = (
            Markup('<td class="num">{}</td>' if column in aligned else "<td>{}</td>").format(cell)
            for column, cell in enumerate(rest, start=1)
        )
        return Markup("<tr>{}{}</tr>\n").format(head, Markup("").join(body))

    def heads() -> Iterable[Markup]:
        for column, head in enumerate(header):
            aligning = Markup(' class="num"') if column in aligned else ""
            yield Markup('<th scope="col"{}>{}</th>').format(aligning, head)

    return Fragment(
        Markup(
            "<table>\n<caption>{}</caption>\n<thead>\n<tr>{}</tr>\n</thead>\n"
            "<tbody>\n{}</tbody>\n</table>"
        ).format(caption, Markup("").join(heads()), Markup("").join(map(cells, rows)))
    )


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
