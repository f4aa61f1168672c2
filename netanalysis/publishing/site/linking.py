"""How do the pages of a site lead to each other?"""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from netanalysis.language.words import Words, speak
from netanalysis.publishing.replacing import unmarked
from netanalysis.publishing.site.planning import FIRST, SitePage

__all__ = ["figures_file", "front_pages", "linked", "to_language"]

_CONTENT = '<main id="main" tabindex="-1">\n'


def front_pages(languages: Iterable[str]) -> dict[str, str]:
    """The file that comes first in each language: ``index.html`` in the first of them."""
    return {
        language: f"index.{language}.html" if place else "index.html"
        for place, language in enumerate(languages)
    }


def figures_file(page: SitePage) -> str:
    """The file of a page's tables as a workbook."""
    return f"{page.name}.{page.language}.xlsx"


def to_language(language: str, file: str) -> Markup:
    """A link to the same page in another language."""
    name = speak(language).language_name()
    return Markup('<a href="{}" lang="{}" hreflang="{}">{}</a>').format(
        file, language, language, name
    )


def linked(text: str, page: SitePage, pages: Iterable[SitePage], words: Words) -> str:
    """A page with a line that leads to the others, and from networks to their own pages.

    Parameters
    ----------
    text : str
        The page as it is made alone.
    page : SitePage
    pages : iterable of SitePage
        All of the site.
    words : Words
        In the page's language.

    Returns
    -------
    str
        Without the mark of its run, which is no longer true of it.
    """
    every = list(pages)
    fronts = front_pages(dict.fromkeys(one.language for one in every))
    own = [one for one in every if one.language == page.language]
    links = [_link(fronts[page.language], words("All pages and downloads"))]
    first = next((one for one in own if one.notebook.stem == FIRST), page)
    if first != page:
        links.append(_link(first.file, words("The whole evaluation")))
    links += [
        to_language(one.language, one.file)
        for one in every
        if one.name == page.name and one.language != page.language
    ]
    links.append(_link(figures_file(page), words("The tables of this page (XLSX)")))
    line = Markup('<p class="about">{}</p>\n').format(Markup(" · ").join(links))
    text = unmarked(text).replace(_CONTENT, f"{_CONTENT}{line}", 1)
    if page == first:
        text = _led_on(text, {one.network: one.file for one in own if one.network}, words)
    return text


def _led_on(text: str, files: Mapping[str, str], words: Words) -> str:
    """From the section of each network to the page on it."""
    for network, file in files.items():
        head = re.compile(rf'<h([2-4]) id="network-{re.escape(network)}">(.*?)</h\1>', re.DOTALL)
        link = Markup('<p class="about">{}</p>').format(
            _link(file, words("More on this network: a page of its own"))
        )
        found = head.search(text)
        if found:
            text = f"{text[: found.end()]}\n{link}{text[found.end() :]}"
    return text


def _link(file: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(file, text)
