"""How do the pages of an office look? Its name, logo and colours, from one file.

``brand.toml`` lies in the folder of a case, and may be missing, as may each part of it::

    name = "Exempelstad"        # or [name] with a text for each language: sv = "…", en = "…"

    [colours]                   # as #rrggbb
    accent = "#7a1f5c"          # links, lines and marks
    second = "#0b6b3a"          # marks beside the first
    dark = "#3d0f2e"            # the darkest shade of a table

    [logo]
    file = "logo.svg"           # SVG or PNG, beside brand.toml
    alt = "Exempelstads vapen"  # or [logo.alt] with a text for each language

References
----------
W3C (2018). *Web Content Accessibility Guidelines (WCAG) 2.1*: contrast ratio, relative luminance.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netanalysis.csv_reading import text_of
from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of, is_there
from netanalysis.folders import shown

__all__ = ["ACCENT", "BRAND", "DARK", "SECOND", "Brand", "contrast", "load_brand"]

BRAND = "brand.toml"
WHITE, BAND = "#ffffff", "#f4f6f8"  # what text stands on
ACCENT, SECOND, DARK = "accent", "second", "dark"
LEAST = {  # colour: the least contrast, on what, and whether it is text
    ACCENT: ((4.5, WHITE), (4.5, BAND)),
    SECOND: ((3.0, WHITE),),
    DARK: ((7.0, WHITE),),
}
MOST = 30_000  # bytes of a logo, which every page holds
START = 1000  # bytes in which a picture says what it is
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"<svg": "image/svg+xml"}
_RUNS = re.compile(
    rb"<(?:script|foreignobject|iframe|!entity|!doctype)|\son\w+\s*=|javascript:"
    rb"|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Brand:
    """What an office puts on its pages.

    Attributes
    ----------
    names : mapping of language to str
        Of the office; empty where it gives none.
    colours : mapping of str to str
        Those of `LEAST` that it gives, as #rrggbb.
    logo : bytes
        Of a picture; empty where there is none.
    kind : str
        Media type of the logo.
    alts : mapping of language to str
        What the logo shows.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    logo: bytes = b""
    kind: str = ""
    alts: Mapping[str, str] = field(default_factory=dict)


def load_brand(folder: Path, languages: Sequence[str]) -> tuple[Brand | None, list[Problem]]:
    """The brand of a case.

    Parameters
    ----------
    folder : Path
        Of the case.
    languages : sequence of str
        That the case is written in.

    Returns
    -------
    (Brand or None, list of Problem)
        None where the case has no such file, or where anything is wrong with it, all of which is
        told.
    """
    file = folder / BRAND
    if not is_there(file):
        return None, []
    place = shown(file)
    try:
        told = tomllib.loads(text_of(content_of(file), place))
    except DataError as error:
        return None, list(error.problems)
    except tomllib.TOMLDecodeError as error:
        return None, [Problem("brand_form", place, values={"detail": str(error)})]
    problems: list[Problem] = []

    def wrong(code: str, key: str, **values: object) -> None:
        problems.append(Problem(code, place, values={"key": key, **values}))

    _known(told, ("name", "colours", "logo"), "", wrong)
    names = _texts(told.get("name"), "name", languages, wrong) if "name" in told else {}
    colours = _colours(told.get("colours", {}), wrong)
    logo, kind, alts = b"", "", {}
    about = told.get("logo")
    if about is not None and not isinstance(about, dict):
        wrong("brand_type", "logo", type="[logo]")
    elif about is not None:
        _known(about, ("file", "alt"), "logo.", wrong)
        alts = _texts(about.get("alt"), "logo.alt", languages, wrong)
        logo, kind = _logo(folder, about.get("file"), wrong)
    return (None, problems) if problems else (Brand(names, colours, logo, kind, alts), [])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21.

    Examples
    --------
    >>> contrast("#ffffff", "#000000"), round(contrast("#0b5c8f", "#ffffff"), 2)
    (21.0, 7.14)
    """
    light, dark = sorted(map(_luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _known(told: Mapping[str, Any], known: Iterable[str], within: str, wrong: Any) -> None:
    for key in told:
        if key not in known:
            wrong("brand_key", f"{within}{key}", known=", ".join(f"{within}{one}" for one in known))


def _texts(told: Any, key: str, languages: Sequence[str], wrong: Any) -> dict[str, str]:
    """A text in each language of the case: one for all, or a table of them."""
    found = dict.fromkeys(languages, told) if isinstance(told, str) else told
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        wrong("brand_type", key, type=f'"…", [{key}]')
        return {}
    for language in languages:
        if not found.get(language, "").strip():
            wrong("brand_text", key, language=language)
    return {language: found.get(language, "") for language in languages}


def _colours(told: Any, wrong: Any) -> dict[str, str]:
    if not isinstance(told, dict):
        wrong("brand_type", "colours", type="[colours]")
        return {}
    _known(told, LEAST, "colours.", wrong)
    found = {}
    for name in LEAST:
        if name not in told:
            continue
        value = str(told[name]).lower()
        if not _COLOUR.fullmatch(value):
            wrong("brand_colour", f"colours.{name}", value=told[name])
            continue
        for least, ground in LEAST[name]:
            if (ratio := contrast(value, ground)) < least:
                wrong("brand_contrast", f"colours.{name}", value=value, other=ground,
                      found=f"{ratio:.2f}", least=f"{least:g}")  # fmt: skip
        found[name] = value
    return found


def _logo(folder: Path, name: Any, wrong: Any) -> tuple[bytes, str]:
    """The picture and its media type; nothing where it cannot be used."""
    if not isinstance(name, str) or Path(name).name != name or not is_there(folder / name):
        wrong("brand_logo", "logo.file", value=name)
        return b"", ""
    content = content_of(folder / name)
    kind = next((kind for start, kind in _KINDS.items() if start in content[:START]), "")
    if not kind or len(content) > MOST:
        wrong("brand_logo_form", "logo.file", value=name, size=len(content), most=MOST)
    elif kind == "image/svg+xml" and _RUNS.search(content):
        wrong("brand_logo_runs", "logo.file", value=name)
    return content, kind
