"""What is a page called, so that two runs never share a name?"""

import hashlib
import re
from collections.abc import Iterable

from netanalysis.language.text import without_accents

__all__ = ["name_part", "of_windows", "page_name", "reserved", "slug"]

_LONGEST = 100
_WHOLE = re.compile(r"[a-z0-9][a-z0-9_-]*|\d+\.\d+")  # values that can stand in a name as they are
_BARE = ("case", "city", "language", "network")  # parameters whose values say what they are
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def name_part(value: object, parameter: str = "") -> str:
    """One part of a page's name: a value, after the name of its parameter.

    Where the value is not in small letters, digits and hyphens, its hash keeps it apart from others
    that look alike, and from those that some systems do not tell apart.

    Examples
    --------
    >>> name_part(2000, "draws"), name_part("c40", "network"), name_part(0.5, "pause")
    ('draws-2000', 'c40', 'pause-0.5')
    >>> name_part("a b", "note"), name_part("A-b", "note"), name_part("a-b", "note")
    ('note-a-b-c8687a08', 'note-a-b-b05dd069', 'note-a-b')
    """
    text = str(value)
    like = slug([text]).replace(".", "-")
    plain = text if _WHOLE.fullmatch(text) else "-".join(filter(None, [like, _digest(text)]))
    return plain if parameter in ("", *_BARE) else f"{parameter}-{plain}"


def page_name(parts: Iterable[str]) -> str:
    """The parts as one name; one that is too long, or that has another meaning, with its hash.

    Examples
    --------
    >>> page_name(["stockholm-2011", "draws-2000"]), page_name(["con"]), len(page_name(["x" * 300]))
    ('stockholm-2011.draws-2000', 'con-1143da2b', 100)
    """
    name = ".".join(parts)
    if len(name) <= _LONGEST and not reserved(name):
        return name
    digest = _digest(name)
    if reserved(name):
        first, *rest = name.split(".")
        name = ".".join([f"{first}-{digest}", *rest])
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - len(digest) - 1]}-{digest}"


def reserved(name: str) -> bool:
    """Whether the name of a page means something else: to Windows, or in the folder of a batch."""
    return of_windows(name) or name.lower().partition(".")[0] == "index"


def of_windows(name: str) -> bool:
    """Whether Windows has another use for a name, or takes it for another one.

    Examples
    --------
    >>> [of_windows(name) for name in ("con", "aux.csv", "LPT1", "x.", "x ", "console")]
    [True, True, True, True, True, False]
    """
    return name.endswith((".", " ")) or _OF_WINDOWS.fullmatch(name) is not None


def slug(words: Iterable[object]) -> str:
    """Words as a name for a file: without accents, in small letters, joined by hyphens.

    Examples
    --------
    >>> slug(["Umeå", 602150]), slug(["stockholm-2011", "c40"])
    ('umea-602150', 'stockholm-2011-c40')
    """
    name = without_accents("-".join(map(str, words)))
    return re.sub(r"[^\w.]+|_", "-", name.lower()).strip("-.")[:100]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
