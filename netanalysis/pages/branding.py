"""How does a page say whose brand it has?

The cell that makes a page's head hands it over beside the head, so that a notebook that has been
run holds all that its page needs.
"""

import base64
from collections.abc import Mapping
from typing import Any

from netanalysis.pages.html import Fragment
from netanalysis.pages.view import View

__all__ = ["BRANDING", "branded", "branding"]

BRANDING = "application/vnd.netanalysis.brand+json"


class _Branded(Fragment):
    """The head of a page, and the brand that goes with it."""

    brand: Mapping[str, Any]

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {BRANDING: dict(self.brand)}


def branding(view: View) -> dict[str, Any]:
    """The brand of a case in the page's language; empty where it has none.

    Returns
    -------
    dict of str to Any
        name, colours (by name, as #rrggbb), logo (an address that holds the picture) and alt; ""
        for what is not given.
    """
    brand = view.case.brand
    if brand is None:
        return {}
    logo = base64.b64encode(brand.logo).decode()
    return {
        "name": brand.names.get(view.language, ""),
        "colours": dict(brand.colours),
        "logo": f"data:{brand.kind};base64,{logo}" if logo else "",
        "alt": brand.alts.get(view.language, ""),
    }


def branded(head: Fragment, view: View) -> Fragment:
    """The head of a page with the brand of its case, where that has one."""
    brand = branding(view)
    if not brand:
        return head
    made = _Branded(head)
    made.brand = brand
    return made
