"""What does a page look like that has the brand of an office?

Charts and style sheet are made in the colours of netanalysis; on such a page each gives way to the
office's own. Anybody may have run a notebook, so that nothing of a brand is taken unchecked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from netanalysis.loaders.case.brand import ACCENT, DARK, SECOND, contrast
from netanalysis.pages import svg
from netanalysis.pages.branding import BRANDING
from netanalysis.publishing.sanitise import sanitise

__all__ = ["PageBrand", "brand_of", "page_brand"]

READABLE = 4.6  # the least contrast of ink on a pale shade
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DRAWN = re.compile(r'(?<=src="data:image/svg\+xml,)[^"]*')
_SHADE = re.compile(r"%23([0-9a-f]{6})\b")


@dataclass(frozen=True)
class PageBrand:
    """The brand of a page.

    Attributes
    ----------
    head : str
        Sanitised HTML with logo and name.
    colours : mapping of str to str
        The office's, as #rrggbb; netanalysis' own for the rest.
    """

    head: str
    colours: Mapping[str, str]

    @property
    def rules(self) -> str:
        """What the style sheet says otherwise."""
        shades = self._ramp
        return (
            f":root {{ --accent: {self.colours[ACCENT]}; }}"
            f".s1 {{ background: {shades[0.2]}; }}.s2 {{ background: {shades[0.4]}; }}"
            f".s3 {{ background: {shades[0.7]}; }}.s4 {{ background: {shades[1.0]}; }}"
            ".brand { max-width: none; font-weight: 600; margin: 0 0 .4rem; }"
            ".brand img { display: inline-block; max-height: 2.5rem; vertical-align: middle; }"
        )

    def recoloured(self, body: str) -> str:
        """The body of a page with its charts in the office's colours."""
        own = self._shades

        def picture(drawn: re.Match[str]) -> str:
            return _SHADE.sub(lambda one: f"%23{own.get(one[1], one[1])}", drawn.group())

        return _DRAWN.sub(picture, body)

    @property
    def _ramp(self) -> dict[float, str]:
        """The shades from pale to dark, at the places of those of netanalysis."""
        accent = self.colours[ACCENT]
        paler = next(
            mixed
            for share in range(35, 100)
            if contrast(mixed := _mixed(accent, share / 100), svg.INK) >= READABLE
        )
        return {
            0.0: "#ffffff",
            0.2: _mixed(accent, 0.82),
            0.4: _mixed(accent, 0.64) if contrast(_mixed(accent, 0.64), svg.INK) > READABLE
            else _mixed(accent, 0.8),
            0.65: paler,
            0.7: accent,
            1.0: self.colours[DARK],
        }  # fmt: skip

    @property
    def _shades(self) -> dict[str, str]:
        """The colours of charts, without the sign, to the office's."""
        from matplotlib.colors import LinearSegmentedColormap, to_hex

        from netanalysis.pages.charts import PALE_TO_DARK

        ramp = self._ramp
        steps = [(place, ramp[place]) for place in (0.0, 0.4, 0.65, 0.7, 1.0)]
        own = LinearSegmentedColormap.from_list("own", steps)
        found = {to_hex(PALE_TO_DARK(n)): to_hex(own(n)) for n in range(PALE_TO_DARK.N)}
        found |= {
            svg.ACCENT: self.colours[ACCENT],
            svg.SECOND: self.colours[SECOND],
            svg.SHADES[1]: ramp[0.4],
            svg.SHADES[2]: ramp[0.7],
            svg.SHADES[3]: ramp[1.0],
            "#ffffff": "#ffffff",
        }
        return {one[1:]: other[1:] for one, other in found.items()}


def page_brand(notebook: NotebookNode) -> PageBrand | None:
    """The brand that a notebook's outputs hand over; None where they hand over none."""
    found = [
        output["data"][BRANDING]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if BRANDING in output.get("data", {})
    ]
    return brand_of(found[0]) if found and isinstance(found[0], dict) else None


def brand_of(told: Mapping[str, Any]) -> PageBrand | None:
    """The brand that `netanalysis.pages.branding.branding` tells of; None where that is nothing."""
    if not told:
        return None
    given = told.get("colours")
    colours = {ACCENT: svg.ACCENT, SECOND: svg.SECOND, DARK: svg.SHADES[3]}
    for name in colours:
        value = given.get(name) if isinstance(given, dict) else None
        if isinstance(value, str) and _COLOUR.fullmatch(value):
            colours[name] = value
    logo, alt, name = (str(told.get(one) or "") for one in ("logo", "alt", "name"))
    parts = []
    if logo:
        parts.append(Markup('<img src="{}" alt="{}">').format(logo, alt))
    if name:
        parts.append(Markup("{}").format(name))
    head = sanitise(str(Markup(" ").join(parts))) if parts else ""
    return PageBrand(head, colours)


def _mixed(colour: str, white: float) -> str:
    """The colour with such a share of white."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (255 - one) * white):02x}" for one in parts)
