"""How does an executed notebook become one HTML page?

An nbconvert exporter: it keeps the cells of the page's language, leaves code out, sanitises
every piece of content and puts it into a template with a table of contents.
"""

import base64
import hashlib
import logging
import re
import textwrap
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from netanalysis.control_characters import quoted
from netanalysis.language.languages import SOURCE
from netanalysis.language.text import folded_name
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.publishing.branding import PageBrand, page_brand
from netanalysis.publishing.foreign_tables import complete_tables
from netanalysis.publishing.outputs import Piece, code_output, preformatted, prose
from netanalysis.publishing.page_messages import (
    CUT,
    Message,
    bounded,
    sentences,
    stream_messages,
)
from netanalysis.publishing.prose import cells_in, passages, written_in
from netanalysis.publishing.sanitise import sanitise

__all__ = ["Page", "PageExporter", "exporter", "rendered"]

LABEL = 60  # letters that the label of a cell's code takes up at most
FEW = 3  # columns that fit every window
RUNNING = 90  # letters of a title at the head of a sheet
SHORT = 9  # rows of a table that is not cut apart on paper
DESK, PADDING = 127, 1.5  # letters side by side in a large window; those that a column takes up
_BREAKS = re.compile(r"[ \n]+|(?<=[-–])")  # a space that does not break holds two words together
FOLDED = "folded"  # tag of a cell: what follows its heading, up to the next one, is folded
_TEMPLATES = Path(__file__).parent / "templates"
_STYLES = files("netanalysis.publishing").joinpath("templates/netanalysis")
Contents: TypeAlias = list[tuple[str, str, list[tuple[str, str]]]]
_PARAMETER = r"^{name}\s*(?::\s*str\s*)?=\s*[\"'](\w+)[\"']"


@dataclass(frozen=True)
class Page:
    """What the template puts together.

    Attributes
    ----------
    language, title : str
    working : bool
        Whether this is working material, with code and notes shown.
    body : str
        Sanitised HTML.
    contents : list of (str, str, list of (str, str))
        Id and text of each heading of the second level, and of those of the third level under it
        that came with an id.
    words : Words
    script : str
        The only script that the page's security policy lets run; "" for none.
    invented : bool
        Whether the page shows invented data, which it says wherever it may be cut apart.
    messages : list of Message
        What the page does not show.
    brand : PageBrand or None
        Of the office, where it has one.
    """

    language: str
    title: str
    working: bool
    body: str
    contents: Contents
    words: Words
    script: str = ""
    invented: bool = False
    messages: list[Message] = field(default_factory=list)
    brand: PageBrand | None = None

    @property
    def style(self) -> str:
        """The style sheet, with the title for the head of each sheet of paper."""
        sheets = ["style.css", *(["invented.css"] if self.invented else [])]
        title = textwrap.shorten(self.title, RUNNING, placeholder="…")
        letters = "".join(one if one.isalnum() else f"\\{ord(one):x} " for one in title)
        running = f'@page {{ @top-left {{ content: "{letters}"; font-size: 8pt; }} }}'
        rules = "".join(_STYLES.joinpath(one).read_text("utf-8") for one in sheets)
        own = self.brand.rules if self.brand else ""
        return _smaller(rules + running + own)

    @property
    def policy(self) -> str:
        """The page's security policy, which names style and script by their hashes."""
        script = f" script-src '{_digest(self.script)}';" if self.script else ""
        return (
            f"default-src 'none'; img-src data:; style-src '{_digest(self.style)}';{script} "
            "base-uri 'none'; form-action 'none'"
        )


class PageExporter(TemplateExporter):
    """One accessible HTML file without scripts or outside requests."""

    export_from_notebook = "Netanalysis page"
    output_mimetype = "text/html"
    file_extension = ".html"

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("template_name", "netanalysis")
        settings.setdefault("extra_template_basedirs", [str(_TEMPLATES)])
        super().__init__(**settings)

    def _template_file_default(self) -> str:
        return "page.html.j2"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an executed notebook.

        Parameters
        ----------
        nb : NotebookNode
            The notebook with its outputs. Its parameter ``language`` is the page's language;
            where its parameter ``status`` (or ``audience``, as it was called) is "working", code
            and notes to analysts are shown.
        resources : dict, optional
            As nbconvert passes them on.

        Returns
        -------
        (str, dict)
            The HTML and the resources, of which ``page`` is the `Page`. What it does not show
            is told to the log.
        """
        resources = dict(resources or {})
        resources["page"] = page = _page(nb, resources.get("metadata", {}).get("name", ""))
        for head, text in sentences(page.messages, page.words):
            self.log.warning("%s", "\n".join(quoted(head, text)))
        text, resources = super().from_notebook_node(nb, resources, **kw)
        return str(text), resources


def rendered(page: Page) -> str:
    """The HTML of a page that is not made from a notebook."""
    return str(exporter().template.render(resources={"page": page}))


@cache
def exporter() -> PageExporter:
    """The one exporter of this process, whose template is read once, and which tells no log."""
    return PageExporter(log=logging.Logger("netanalysis.page", logging.CRITICAL + 1))


def _smaller(rules: str) -> str:
    """A style sheet without comments, and without blanks that only its readers need."""
    first, *commented = rules.split("/*")
    bare = first + "".join(one.partition("*/")[2] for one in commented)
    text = "".join(map(str.strip, bare.splitlines()))
    for sign in "{};,:":
        text = text.replace(f"{sign} ", sign)
    for sign in "{}":
        text = text.replace(f" {sign}", sign)
    return text


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _page(nb: NotebookNode, name: str) -> Page:
    language = _parameter(nb, "language", LANGUAGES) or SOURCE
    working = any(
        _parameter(nb, name, ("working", *others)) == "working"
        for name, others in (("status", ("case", "published")), ("audience", ("public",)))
    )
    words = speak(language)
    shown = [cell for cell in cells_in(nb, language) if working or "analyst" not in _tags(cell)]
    written = written_in(nb)
    own = [cell for cell in nb.cells if "injected-parameters" not in _tags(cell)]
    numbers = {id(cell): number for number, cell in enumerate(own, start=1)}
    parts: list[str] = []
    messages: list[Message] = []
    fold = False
    for cell in shown:
        ours = _pieces(cell, written, words, working)
        for html in (sanitise(piece.html) for piece in ours):
            if fold and html.startswith("<h2"):
                parts, fold = [*parts, "</details>"], False
            if FOLDED in _tags(cell) and html.startswith("<h2"):
                head, end, rest = html.partition("</h2>")
                html, fold = f"<details><summary>{head}{end}</summary>{rest}", True
            parts.append(html)
        if number := numbers.get(id(cell)):
            messages += stream_messages(cell, number, working)
            messages += [] if all(piece.whole for piece in ours) else [Message(number, CUT, "")]
            kinds = dict.fromkeys(kind for piece in ours for kind in piece.left_out)
            messages += [Message(number, kind, "") for kind in kinds]
    body = BeautifulSoup("\n".join(parts) + ("</details>" if fold else ""), "html.parser")
    contents = _name_headings(body)
    _mend_links(body)
    complete_tables(body, words)
    invented = body.find("p", class_="invented") is not None
    if invented:
        _mark_as_invented(body, words)
    _box_wide_content(body, words)
    _carry_captions(body)
    first = body.find("h1")
    title = first.get_text(" ", strip=True) if first else name or words("Report")
    brand = page_brand(nb)
    content = brand.recoloured(str(body)) if brand else str(body)
    told = bounded(messages)
    return Page(language, title, working, content, contents, words, "", invented, told, brand)


def _parameter(nb: NotebookNode, name: str, allowed: tuple[str, ...]) -> str | None:
    """The notebook's parameter of that name; papermill's injected cell outranks the default."""
    pattern = re.compile(_PARAMETER.format(name=name), re.MULTILINE)
    found = [
        match
        for cell in nb.cells
        if {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", []))
        for match in pattern.findall(cell.source)
        if match in allowed
    ]
    return found[-1] if found else None


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _pieces(cell: NotebookNode, written: str | None, words: Words, working: bool) -> list[Piece]:
    """The cell's HTML, not yet to be trusted; of working material, its code too."""
    if cell.cell_type == "markdown":
        note, attachments = "analyst" in _tags(cell), cell.get("attachments", {})
        return [
            prose(text, language, note, attachments, words)
            for text, language in passages(cell, written, words)
        ]
    if cell.cell_type == "raw":
        return []
    shown = [o for o in cell.get("outputs", []) if working or o.output_type != "stream"]
    outputs = [code_output(output, words) for output in shown]
    if not working or not cell.source.strip():
        return outputs
    label = Markup.escape(words("Code: {line}", line=_first_line(cell.source)))
    code = f"<details><summary>{label}</summary>{preformatted(cell.source)}</details>"
    return [Piece(code), *outputs]


def _first_line(source: str) -> str:
    """What a cell of code begins with, by which it is told from others."""
    first = source.strip().splitlines()[0].lstrip("# ").partition("  # ")[0]
    return first if len(first) <= LABEL else f"{first[: LABEL - 1].rstrip()}…"


def _anchor(text: str) -> str:
    """A name in plain letters, which an address holds as they are."""
    return folded_name(text).encode("ascii", "ignore").decode().strip().replace(" ", "-")


def _as_jupyterlab(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _mend_links(body: BeautifulSoup) -> None:
    """Let links within the page lead to what has a name there, or nowhere.

    Headings are found by the names that JupyterLab gives them, too.
    """
    names = {_as_jupyterlab(one.get_text(" ", strip=True)): "main" for one in body.find_all("h1")}
    for heading in body.find_all(["h2", "h3", "h4"]):
        names.setdefault(_as_jupyterlab(heading.get_text(" ", strip=True)), str(heading["id"]))
    names |= {str(one["id"]): str(one["id"]) for one in body.find_all(id=True)}
    for link in body.find_all("a", href=re.compile("^#")):
        name = unquote(str(link["href"]))[1:]
        found = names.get(name) or names.get(_as_jupyterlab(name))
        if found:
            link["href"] = f"#{found}"
        else:
            del link["href"]


def _name_headings(body: BeautifulSoup) -> Contents:
    """Give every heading an id of its own; return those that the contents lead to.

    What comes with an id keeps it, the first of those that have the same.
    """
    taken = {"main"}
    for named in body.find_all(id=True):
        if named["id"] in taken:
            del named["id"]
        else:
            taken.add(str(named["id"]))
    contents: Contents = []
    for heading in body.find_all(["h2", "h3", "h4"]):
        text = heading.get_text(" ", strip=True)
        if heading.get("id"):
            if heading.name == "h3" and contents:
                contents[-1][2].append((str(heading["id"]), text))
        else:
            words = _anchor(text) or "section"
            name, number = words, 2
            while name in taken:
                name, number = f"{words}-{number}", number + 1
            taken.add(name)
            heading["id"] = name
        if heading.name == "h2":
            contents.append((str(heading["id"]), text, []))
    return contents


def _carry_captions(body: BeautifulSoup) -> None:
    """Let each sheet of paper that a table goes on to begin with its caption.

    Only heads are repeated on paper, so that a row in them says it there, and there alone.
    """
    for table in body.find_all("table"):
        head, caption = table.find("thead"), table.find("caption")
        rows = table.find_all("tr")
        if head is None or caption is None or len(rows) <= SHORT + 1:
            continue
        texts = [text for text in caption.find_all(string=True) if not text.find_parent("a")]
        row, cell = body.new_tag("tr", attrs={"class": "carried"}), body.new_tag("td")
        width = sum(int(str(one.get("colspan") or 1)) for one in rows[0].find_all(["th", "td"]))
        cell["colspan"] = str(width)
        cell.string = "".join(texts).strip()
        row.append(cell)
        head.insert(0, row)


def _mark_as_invented(body: BeautifulSoup, words: Words) -> None:
    """Say at every table and figure that it is invented: each may be copied out on its own."""
    for figure in body.find_all("figure"):
        if figure.find("figcaption") is None:
            figure.append(body.new_tag("figcaption"))
    for caption in body.find_all(["caption", "figcaption"]):
        mark = body.new_tag("span", attrs={"class": "invented"})
        mark.string = words("Invented data")
        caption.extend([" ", mark])


def _box_wide_content(body: BeautifulSoup, words: Words) -> None:
    """Put tables of many columns into boxes that scroll on their own.

    Who has no mouse scrolls such a box from the link in its caption. The style sheet shows that
    only where a table of such words may be wider than the window, so that a tab stops there and
    nowhere else. Tables of few columns, pictures and code fit every window, and so does the table
    of levels, which the style sheet lays out anew in a narrow one.
    """
    for number, table in enumerate(body.select("table:not(.levels)"), start=1):
        longest = _longest_words(table)
        caption = table.find("caption")
        if len(longest) <= FEW or caption is None:
            continue
        caption["id"] = f"c.{number}"  # no heading's id has a dot
        wider = sum(longest) + PADDING * len(longest) > DESK
        link = body.new_tag("a", attrs={"class": "wider" if wider else "wide"})
        link["href"] = f"#{caption['id']}"
        link.string = words("Scroll sideways")
        caption.extend([" ", link])
        table.wrap(body.new_tag("div", attrs={"class": "scroll"}))


def _longest_words(table: Tag) -> list[int]:
    """Letters of the longest word of each column, the last first; code and links break anywhere."""
    longest: dict[int, int] = {}
    for row in table.find_all("tr"):
        for column, cell in enumerate(reversed(row.find_all(["th", "td"], recursive=False))):
            told = _BREAKS.split("" if cell.find(["a", "code"]) else cell.get_text(" "))
            longest[column] = max(longest.get(column, 0), *map(len, told))
    return list(longest.values())
