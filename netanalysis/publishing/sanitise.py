"""What of a notebook's content may stand on a page?

Every piece of a page's body goes through `sanitise`, whoever made it; nothing else decides.
"""

import re

import nh3

__all__ = ["leads_on", "plain", "sanitise"]

_TAGS = set(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp"
    " small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "id"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "strong": {"aria-hidden"},  # the title of a chart, which its picture tells
    "table": {"role"},
    "tbody": {"role"},
    "td": {"colspan", "rowspan", "role"},
    "th": {"colspan", "rowspan", "scope", "role"},
    "thead": {"role"},
    "time": {"datetime"},
    "tr": {"role"},
}
_SHADES = {"share", "s0", "s1", "s2", "s3", "s4", "today", "why"}
_CLASSES = {
    "div": {"answer", "network"},
    "p": {"invented", "about", "side"},
    "table": {"levels"},
    "td": {"num", *_SHADES},
    "th": {"num"},
}
_ROLES = {  # of a table that is laid out anew on a phone, so that it stays one
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell",
}  # fmt: skip
_DROPPED_WHOLE = {
    "script",
    "style",
    "template",
    "title",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
}
_PICTURE = re.compile(
    r"data:image/((svg\+xml|png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+"
    r"|svg\+xml,[A-Za-z0-9%._~ !$'()*+,/:;=?@-]+)"
)
_SIZE = re.compile(r"[0-9]{1,4}")
_ANCHOR = re.compile(r"(?:network|statement)-[a-z0-9_-]{1,200}")  # what a page may be linked at
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ANSI = re.compile(  # colours and the like; addresses of links; a sign that is struck out
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\)|[^\n\x08]\x08"
)


def sanitise(html: str) -> str:
    """The HTML without anything that can run, ask for something elsewhere or restyle the page.

    Pictures only as data, links only to the web, to mail and within the page; no styles, no
    handlers, and no ids but those of networks and statements.
    """
    return nh3.clean(
        plain(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        clean_content_tags=_DROPPED_WHOLE,
        url_schemes={"http", "https", "mailto", "data"},
        attribute_filter=_allowed,
        link_rel="noopener noreferrer",
    )


def leads_on(target: str) -> bool:
    """Whether `sanitise` keeps a link to there: to the web, to mail or within the page."""
    return bool(_LINK.match(target))


def plain(text: str) -> str:
    """The text without terminal colours and control characters, in signs that any file can hold."""
    return _CONTROL.sub("", _ANSI.sub("", text)).encode("utf-8", "backslashreplace").decode()


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if _PICTURE.fullmatch(value) else None
    if attribute == "role":
        fits = value in ("columnheader", "rowheader") if tag == "th" else value == _ROLES[tag]
        return value if fits else None
    if attribute in ("width", "height"):
        return value if _SIZE.fullmatch(value) else None
    if attribute == "id":
        return value if _ANCHOR.fullmatch(value) else None
    if attribute == "aria-hidden":
        return value if value == "true" else None
    if attribute == "href":
        return value if leads_on(value) else None
    return value
