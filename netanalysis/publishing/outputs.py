"""How does what a notebook shows stand on a page, and what of it cannot stand there?

An output often has several forms. The first is taken that keeps all its content when it has been
sanitised; where none does, a sentence says that something stood there.
"""

import base64
import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

import mistune
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from netanalysis.language.words import Words
from netanalysis.pages.key_figures import KEY_FIGURES
from netanalysis.publishing.drawings import Drawing, drawing, with_drawings
from netanalysis.publishing.page_messages import COLOURS, LINKS, stream_text
from netanalysis.publishing.sanitise import leads_on, plain, sanitise

__all__ = ["Piece", "code_output", "preformatted", "prose"]

_ATTACHED = "attachment:"
_MARKDOWN = mistune.create_markdown(
    renderer=mistune.HTMLRenderer(escape=False, allow_harmful_protocols=True),
    plugins=["table", "strikethrough"],
)
_ATTACHMENT = re.compile(rf'src="{_ATTACHED}([^"]*)"')
_HEADING = re.compile(r"<(/?)h[1-6]>")
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_SOURCES = ("text/latex", "application/json")  # forms that can be read as they are written
_DRAWN = ["svg", "iframe", "object", "embed", "canvas"]
_PLAYED = ["video", "audio", "math", "input", "select", "textarea", "progress", "meter"]
_MAY_BE_CUT = re.compile(
    rf"<(?:script|{'|'.join(_DRAWN + _PLAYED)})\b|display\s*:\s*none|\shidden\b", re.IGNORECASE
)
_MAY_LEAD = re.compile(r"<a\s[^>]{0,2000}href", re.IGNORECASE)
_MAY_BE_COLOURED = re.compile(r"style|bgcolor|<font", re.IGNORECASE)
_COLOUR = re.compile(r"\b(?:color|background)[\w-]{0,40}\s*:", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SEEN = re.compile(r"<(?:img|hr)\b|(?:^|>)\s*[^<\s]")  # what a page's HTML shows at all
_FIGURE = re.compile(r"<?Figure\b.*", re.DOTALL)  # as matplotlib and plotly say of themselves
_OBJECT = re.compile(r"<(?:IPython\.core\.display\.\w+|VegaLite \d+) object>.*", re.DOTALL)
_NAME = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"<[\w.]+ (?:object )?at 0x[0-9a-fA-F]+>")


class Piece(NamedTuple):
    """HTML, and whether it has all that the notebook shows there.

    Attributes
    ----------
    html : str
    whole : bool
    left_out : tuple of str
        What pages do not show of any notebook and it has: "colours", "links" that lead neither to
        the web nor to mail nor within the page.
    """

    html: str
    whole: bool = True
    left_out: tuple[str, ...] = ()


def prose(
    markdown: str,
    language: str | None,
    note: bool,
    attachments: Mapping[str, Mapping[str, Any]],
    words: Words,
) -> Piece:
    """Markdown of a cell.

    Parameters
    ----------
    markdown : str
    language : str or None
        Where it is another language than the page's; it is then marked.
    note : bool
        A note is no section: its headings are paragraphs.
    attachments : mapping of name to forms
        Pictures that belong to the cell.
    words : Words
        The page's language.
    """

    def attached(match: re.Match[str]) -> str:
        forms = attachments.get(unquote(html.unescape(match[1])), {})
        found = next((kind for kind in _PICTURES if kind in forms), None)
        return f'src="data:{found};base64,{_whole(found, forms[found])}"' if found else match[0]

    shown = _ATTACHMENT.sub(attached, str(_MARKDOWN(markdown)))
    if note:
        shown = _HEADING.sub(r"<\1p>", shown)
    if language:
        shown = f'<div lang="{html.escape(language)}">{shown}</div>'
    return _of_html(shown, words)


def code_output(output: NotebookNode, words: Words) -> Piece:
    """An output of a code cell."""
    if output.output_type == "stream":
        return Piece(preformatted(stream_text(output)))
    if output.output_type == "error":
        return Piece(preformatted(f"{output.ename}: {output.evalue}"))
    if KEY_FIGURES in output.data:
        return Piece("")
    data = {kind: _whole(kind, content) for kind, content in output.data.items()}
    pieces = list(_forms(output, data, words))
    for piece in pieces:
        if piece.whole and _SEEN.search(piece.html):
            return piece
    cut = [piece for piece in pieces if not piece.whole]
    if any(piece.html for piece in cut):
        return next(piece for piece in cut if piece.html)
    said = data.get("text/plain", "")
    drawn = any(kind.startswith("image/") for kind in data) or _FIGURE.fullmatch(said)
    script = "application/javascript" in data
    if pieces and not cut and not script:
        return Piece("")  # HTML that shows nothing in a kernel either
    named = _names_an_object(output, said, emptied=bool(pieces))
    source = next((data[kind] for kind in _SOURCES if kind in data), "")
    if script:
        told = words("A script stood here; pages run no scripts.")
    elif not drawn and not named:
        return Piece(preformatted(said))
    elif source.strip():
        return Piece(preformatted(source))
    elif drawn or cut:
        told = words("A figure stood here that the page cannot show.")
    else:
        told = words("Something stood here that the page cannot show.")
    return Piece(_paragraph(told), whole=False)


def preformatted(text: str) -> str:
    """Text as it is."""
    return f"<pre>{html.escape(plain(text))}</pre>" if text.strip() else ""


def _forms(output: NotebookNode, data: Mapping[str, str], words: Words) -> Iterator[Piece]:
    """The output in each of its forms but plain text, the best first."""
    if "text/html" in data:
        yield _of_html(data["text/html"], words)
    if "text/markdown" in data:
        yield _of_html(str(_MARKDOWN(data["text/markdown"])), words)
    for kind in _PICTURES:
        if kind in data:
            own = output.get("metadata", {})
            told = own.get(kind, {}).get("alt") or own.get("alt")
            yield _of_picture(kind, data[kind], str(told) if told else "", own.get(kind, {}), words)


def _of_picture(kind: str, content: str, alt: str, about: Mapping[str, Any], words: Words) -> Piece:
    """A picture, with what the notebook says of it and its size where that is known."""
    links = False
    if kind == "image/svg+xml":
        drawn = drawing(content)
        if not drawn or not drawn.svg:
            return Piece("", whole=False)
        content, links = _encoded(drawn.svg), drawn.links
        alt = alt or drawn.alt or ""
    told = {"alt": alt or words("Picture; the notebook does not describe it")}
    told |= {one: about[one] for one in ("width", "height") if one in about}
    said = "".join(f' {name}="{html.escape(str(value))}"' for name, value in told.items())
    shown = sanitise(f'<figure><img src="data:{kind};base64,{content}"{said}></figure>')
    if "<img src=" not in shown:
        return Piece("", whole=False)
    if not links:
        return Piece(shown)
    return Piece(shown + _paragraph(words("(links left out)")), left_out=(LINKS,))


def _of_html(text: str, words: Words) -> Piece:
    """HTML; what is drawn in it by other means than SVG is lost, and what only a script would."""

    def picture(drawn: Drawing) -> str:
        unsaid = words("Picture; the notebook does not describe it")
        alt = html.escape(unsaid if drawn.alt is None else drawn.alt)
        shown = f'<img src="data:image/svg+xml;base64,{_encoded(drawn.svg)}" alt="{alt}">'
        return " ".join([shown, words("(links left out)")]) if drawn.links else shown

    text, links = with_drawings(text, picture)
    coloured = _is_coloured(text)
    told = ""
    raw = None
    if _MAY_BE_CUT.search(text):
        raw = BeautifulSoup(text, "html.parser")
        for hidden in raw.find_all(lambda tag: _is_hidden(tag)):
            hidden.extract()
        text = str(raw)
        if raw.find(_DRAWN):
            told = words("A figure stood here that the page cannot show.")
        elif raw.find(_PLAYED):
            told = words("Something stood here that the page cannot show.")
        elif not raw.find("script"):
            raw = None
    text, led = _with_links_told(text, words)
    shown = _with_pictures_told(sanitise(text), words)
    if raw is not None and not _SEEN.search(shown.html):
        return Piece("", whole=False)
    if coloured:
        told = " ".join(filter(None, [told, words("Its colours are not shown.")]))
    left_out = (COLOURS,) * coloured + (LINKS,) * (links or led)
    found = shown.html + (_paragraph(told) if told else "")
    return Piece(found, shown.whole and raw is None, left_out)


def _with_links_told(text: str, words: Words) -> tuple[str, bool]:
    """HTML that says behind each link that sanitising leaves out that it is, and whether any is."""
    if not _MAY_LEAD.search(text):
        return text, False
    body = BeautifulSoup(text, "html.parser")
    lost = [
        link
        for link in body.find_all("a", href=True)
        if str(link["href"]).strip() and not leads_on(str(link["href"]))
    ]
    for link in lost:
        link.insert_after(" ", words("(link left out)"))
    return (str(body) if lost else text), bool(lost)


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _is_coloured(text: str) -> bool:
    """Whether HTML tells something by colours, as tables do that pandas styles."""
    if not _MAY_BE_COLOURED.search(text):
        return False
    raw = BeautifulSoup(text, "html.parser")
    styles = [str(tag["style"]) for tag in raw.find_all(style=True)]
    styles += [sheet.get_text() for sheet in raw.find_all("style")]
    return any(map(_COLOUR.search, styles)) or bool(raw.find(["font"]) or raw.find(bgcolor=True))


def _with_pictures_told(shown: str, words: Words) -> Piece:
    """Sanitised HTML, with a sentence in place of each picture that lies elsewhere."""
    if "<img" not in shown:
        return Piece(shown)
    body = BeautifulSoup(shown, "html.parser")
    lost = [picture for picture in body.find_all("img") if not picture.get("src")]
    for picture in lost:
        told = words("A figure stood here that the page cannot show.")
        picture.replace_with(" ".join(filter(None, [told, str(picture.get("alt", ""))])))
    return Piece(str(body), whole=False) if lost else Piece(shown)


def _names_an_object(output: NotebookNode, said: str, emptied: bool) -> bool:
    """Whether plain text only names what the notebook shows, or is not there at all."""
    if not said.strip() or any("widget-view" in kind for kind in output.data):
        return bool(output.data.keys() - {"text/plain"})
    if emptied:
        return bool(_NAME.fullmatch(said))
    shown = output.output_type == "display_data"  # else what the last line happens to be
    return bool(_OBJECT.fullmatch(said) or (shown and _ADDRESS.fullmatch(said)))


def _whole(kind: str, content: Any) -> str:
    """Text that a notebook on disk may hold as a list of lines, and data as text."""
    if kind.endswith("json") and not isinstance(content, str):
        return json.dumps(content, indent=1, ensure_ascii=False)
    return "".join(content) if isinstance(content, list) else str(content)


def _encoded(svg: str) -> str:
    return base64.b64encode(svg.encode()).decode()


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
