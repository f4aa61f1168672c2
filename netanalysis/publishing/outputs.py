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
from netanalysis.publishing.page_messages import stream_text
from netanalysis.publishing.sanitise import plain, sanitise

__all__ = ["Piece", "code_output", "preformatted", "prose"]

_ATTACHED = "attachment:"
_MARKDOWN = mistune.create_markdown(
    renderer=mistune.HTMLRenderer(escape=False, allow_harmful_protocols=(_ATTACHED,)),
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
    coloured : bool
        Whether the notebook gives it colours, which pages do not show.
    """

    html: str
    whole: bool = True
    coloured: bool = False


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
            alt = str(told or words("Picture; the notebook does not describe it"))
            shown = sanitise(_picture(kind, data[kind], alt, own.get(kind, {})))
            yield Piece(shown) if "<img src=" in shown else Piece("", whole=False)


def _of_html(text: str, words: Words) -> Piece:
    """HTML; what is drawn in it is lost, and what only a script would draw."""
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
    shown = _with_pictures_told(sanitise(text), words)
    if raw is not None and not _SEEN.search(shown.html):
        return Piece("", whole=False)
    if coloured:
        told = " ".join(filter(None, [told, words("Its colours are not shown.")]))
    if not told:
        return shown
    return Piece(shown.html + _paragraph(told), shown.whole and raw is None, coloured)


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


def _picture(kind: str, content: str, alt: str, about: Mapping[str, Any]) -> str:
    if kind == "image/svg+xml":
        content = base64.b64encode(plain(content).encode()).decode()
    about = {"alt": alt} | {one: about[one] for one in ("width", "height") if one in about}
    told = "".join(f' {name}="{html.escape(str(value))}"' for name, value in about.items())
    return f'<figure><img src="data:{kind};base64,{content}"{told}></figure>'


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
