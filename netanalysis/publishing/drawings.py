"""Which SVG drawing may stand on a page as a picture, and what of it?

A drawing is shown without what can run, lead or ask for something elsewhere, and only where that
leaves all that is seen of it. In HTML it becomes a picture; what cannot, stays for others to tell.
"""

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from netanalysis.publishing.sanitise import plain

__all__ = ["Drawing", "drawing", "with_drawings"]

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_RUNS = {"script", "handler", "listener"}
_MOVES = {"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"}
_DRAWS = set("circle ellipse image line path polygon polyline rect text use".split())
_KEPT_FOR_LATER = {"defs", "symbol", "clipPath", "mask", "marker", "pattern", "filter"}
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w{1,30};")
_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"]?(?:#|data:image/(?:png|jpeg);))", re.I)
_HIDDEN = re.compile(r"<svg\b[^>]*(?:display\s*:\s*none|\shidden\b)", re.IGNORECASE)
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", _XLINK)


class Drawing(NamedTuple):
    """A drawing that may be shown as a picture.

    Attributes
    ----------
    svg : str
        "" where nothing is seen of it, as of signs that other drawings use.
    alt : str or None
        What it says of itself; "" where it says that it is decoration.
    links : bool
        Whether links in it are left out, since pictures have none.
    """

    svg: str
    alt: str | None
    links: bool


def drawing(text: str) -> Drawing | None:
    """The drawing as it may be shown; None where no picture shows all that is seen of it.

    Parameters
    ----------
    text : str
        SVG, also as it stands in HTML, where namespaces go without saying.
    """
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), plain(text))
    start = re.search(r"<svg\b[^>]*", text, re.IGNORECASE)
    if start is None or "<!entity" in text.lower():
        return None
    missing = [] if re.search(r"\sxmlns\s*=", start[0]) else [f'xmlns="{_SVG}"']
    missing += [f'xmlns:xlink="{_XLINK}"'] if "xlink:" in text and _XLINK not in text else []
    place = start.start() + len("<svg")
    text = " ".join([text[:place], *missing]) + text[place:]
    try:
        root = ElementTree.fromstring(text)
        known = {one.get("id") for one in root.iter()}
        if root.tag != f"{{{_SVG}}}svg" or not _is_whole(root, known):
            return None
        links = any(one.tag == f"{{{_SVG}}}a" and _targets(one) for one in root.iter())
        _clean(root)
        svg = ElementTree.tostring(root, "unicode") if _draws(root) else ""
    except (ElementTree.ParseError, RecursionError):
        return None
    if not svg and _is_empty(root):
        return None
    title = root.findtext(f"{{{_SVG}}}title") or root.get("aria-label")
    decoration = root.get("aria-hidden") == "true" or root.get("role") in ("presentation", "none")
    alt = " ".join(title.split()) if title else "" if decoration else None
    return Drawing(svg, alt, links)


def with_drawings(text: str, picture: Callable[[Drawing], str]) -> tuple[str, bool]:
    """HTML with pictures in place of its drawings, and whether links in them are left out.

    A drawing that cannot be shown stays as it is; one that is not to be seen goes.

    Parameters
    ----------
    text : str
    picture : callable
        Makes a picture's HTML of a drawing.
    """
    pieces, last, links = [], 0, False
    for start, end in _spans(text):
        found = drawing(text[start:end])
        hidden = _HIDDEN.match(text, start, end)
        if found is None and not hidden:
            continue
        shown = picture(found) if found and found.svg and not hidden else ""
        pieces += [text[last:start], shown]
        links = links or bool(found and found.links and shown)
        last = end
    return "".join([*pieces, text[last:]]), links


def _name(tag: object) -> str:
    """An element's or attribute's name where it is one of SVG; "" for all else."""
    space, _, name = str(tag).rpartition("}")
    return name if space in ("", f"{{{_SVG}", f"{{{_XLINK}", f"{{{_XML}") else ""


def _targets(element: Element) -> list[str]:
    return [value for key, value in element.attrib.items() if _name(key) in ("href", "src")]


def _is_whole(root: Element, known: set[str | None]) -> bool:
    """Whether all that is seen of a drawing is in it, and no style says what nobody can check."""
    for element in root.iter():
        name = _name(element.tag)
        if name == "foreignObject":
            return False
        styles = [element.get("style", "")] + [element.text or ""] * (name == "style")
        if any("\\" in style for style in styles):
            return False
        if name in _RUNS | _MOVES | {"a"}:
            continue
        for target in _targets(element):
            if not _PICTURE.fullmatch(target) and target.strip().removeprefix("#") not in known:
                return False
        values = [*element.attrib.values(), *(styles if name == "style" else [])]
        if any(_OUTSIDE.search(value) for value in values):
            return False
    return True


def _clean(element: Element) -> None:
    """Take out what runs, moves something in or leads elsewhere, and what is not SVG."""
    leads = ("href", "src") if _name(element.tag) in _MOVES | {"a"} else ()
    for key in list(element.attrib):
        if not _name(key) or _name(key).lower().startswith("on") or _name(key) in leads:
            del element.attrib[key]
    for child in list(element):
        name = _name(child.tag)
        moved = name in _MOVES and not re.fullmatch(r"[\w-]*", child.get("attributeName", ""))
        moved = moved or child.get("attributeName", "").lower().endswith("href")
        if not name or name in _RUNS or moved:
            _remove(element, child)
        else:
            _clean(child)


def _remove(parent: Element, child: Element) -> None:
    """Take an element out, but not the text after it."""
    place = list(parent).index(child)
    before = parent[place - 1] if place else None
    if before is None:
        parent.text = (parent.text or "") + (child.tail or "")
    else:
        before.tail = (before.tail or "") + (child.tail or "")
    parent.remove(child)


def _draws(element: Element) -> bool:
    name = _name(element.tag)
    if name in _KEPT_FOR_LATER:
        return False
    return name in _DRAWS or any(map(_draws, element))


def _is_empty(root: Element) -> bool:
    """Whether a drawing has nothing at all, as one that a script would fill."""
    return not any(_name(one.tag) in _DRAWS | _KEPT_FOR_LATER for one in root.iter())


class _Finder(HTMLParser):
    """Finds where the drawings of HTML begin and end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[int, int]] = []
        self._text, self._depth, self._start = text, 0, 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.feed(text)

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """One drawing may stand in another."""
        if tag == "svg":
            self._start = self._start if self._depth else self._place()
            self._depth += 1

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """A drawing that has nothing in it."""
        if tag == "svg" and not self._depth:
            start = self._place()
            self.found.append((start, start + len(self.get_starttag_text() or "")))

    def handle_endtag(self, tag: str) -> None:
        """The end of the outermost."""
        if tag == "svg" and self._depth:
            self._depth -= 1
            if not self._depth:
                self.found.append((self._start, self._text.index(">", self._place()) + 1))


def _spans(text: str) -> list[tuple[int, int]]:
    return _Finder(text).found if "<svg" in text.lower() else []
