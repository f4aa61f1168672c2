"""What does a page say? Its text as lines that can be read in a diff: a block, a line.

Links stand as ``text [address]``, the texts of a picture and of what is folded below it, indented.
"""

import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

from bs4 import BeautifulSoup, NavigableString, Tag

__all__ = ["drawings", "lines", "text_of"]

LEADS = {
    "h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "dt": "= ", "dd": "  ",
    "summary": "folded: ", "figcaption": "caption: ", "caption": "table: ", "title": "title: ",
}  # fmt: skip
BLOCKS = set(LEADS) | set("body details div dl figure html main nav ol p section ul".split())
INDENTED = {"details", "figure", "nav"}
UNSEEN = {"head", "meta", "script", "style"}
OWN_VERSION = re.compile(r"(?<=netanalysis )\d[\w.]*")


def text_of(page: str) -> str:
    """The text of a page, in its order.

    Left out are the security policy and the style sheet. The version of netanalysis, which the
    provenance names, stands as three dots: a release changes no page.
    """
    soup = BeautifulSoup(page, "html.parser")
    whole = [f"language: {soup.html['lang']}", *lines(soup.title), *lines(soup.body)]
    return OWN_VERSION.sub("…", "\n".join(whole) + "\n")


def lines(block: Tag) -> list[str]:
    """The lines of a block; blocks in it are lines of their own."""
    found, run = _labels(block), []

    def end_run() -> None:
        if text := _joined("".join(run)):
            found.append(text)
        run.clear()

    for child in block.children:
        if isinstance(child, Tag) and (inner := _block(child)) is not None:
            end_run()
            found += inner
        else:
            run.append(_inline(child))
    end_run()
    if block.name in LEADS and found:
        name = f" {{#{block['id']}}}" if block.get("id") and block.name[0] == "h" else ""
        found[0] = f"{LEADS[block.name]}{found[0]}{name}"
    if block.name in INDENTED:
        found = [found[0], *(f"  {line}" for line in found[1:])]
    return found


def _block(tag: Tag) -> list[str] | None:
    """The lines of a child that is a block; None where it stands in the text around it."""
    if tag.name in UNSEEN:
        return []
    if tag.name == "table":
        return _table(tag)
    if tag.name == "img":
        return [f"picture: {tag['alt']}", *(f"  {text}" for text in _drawn(tag["src"]))]
    if tag.name == "pre":
        return [f"| {line}" for line in tag.get_text().splitlines()]
    return lines(tag) if tag.name in BLOCKS else None


def _labels(block: Tag) -> list[str]:
    """Words of a block that stand in its attributes: read aloud, or shown by a script."""
    return [
        f"{name}: {value}"
        for name, value in block.attrs.items()
        if name == "aria-label" or name.startswith("data-")
    ]


def _table(table: Tag) -> list[str]:
    """Caption and rows; a cell that spans rows is repeated as a ditto mark."""
    found = lines(table.caption) if table.caption else []
    spans: dict[int, int] = {}  # rows to go, by column
    for row in table.select("tr:not(.carried)"):  # which repeats the caption on paper
        cells, column = [], 0
        for cell in row.find_all(["th", "td"]):
            while spans.get(column):
                cells.append("″")
                spans[column] -= 1
                column += 1
            cells.append(_joined(_inline(cell)))
            width = int(cell.get("colspan", 1))
            cells += ["″"] * (width - 1)
            spans |= dict.fromkeys(range(column, column + width), int(cell.get("rowspan", 1)) - 1)
            column += width
        found.append(f"  {' | '.join(cells)}".rstrip())
    return found


def _inline(node: Tag | NavigableString) -> str:
    if not isinstance(node, Tag):
        return str(node) if type(node) is NavigableString else ""
    if node.name == "br":
        return " / "
    inner = "".join(_inline(child) for child in node.children)
    if node.name == "a" and node.get("href"):
        return f"{inner} [{unquote(node['href'])}]"
    return f" {inner} " if node.name in BLOCKS else inner


def _joined(text: str) -> str:
    """Text without the line breaks of its source; spaces that do not break stay as they are."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def drawings(page: str) -> list[str]:
    """The drawings of a page, as SVG."""
    pictures = BeautifulSoup(page, "html.parser").find_all("img")
    return [svg for picture in pictures if (svg := _svg(picture["src"]))]


def _drawn(source: str) -> list[str]:
    """The texts in a drawing, in the order in which they were drawn."""
    if not (svg := _svg(source)):
        return []
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [_joined("".join(text.itertext())) for text in texts]


def _svg(source: str) -> str:
    kind, _, content = source.partition(",")
    return unquote(content) if kind == "data:image/svg+xml" else ""
