"""What does the page say that comes first on a site, and leads to all others?"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from netanalysis.evaluation import Evaluation
from netanalysis.language.words import Words
from netanalysis.loaders.case.columns import tables, text_in
from netanalysis.pages.branding import branding
from netanalysis.pages.evaluation import first_screen, sentences
from netanalysis.pages.html import bullets, paragraphs
from netanalysis.pages.labels import text_of
from netanalysis.pages.view import View
from netanalysis.publishing.branding import brand_of
from netanalysis.publishing.html_page import Page, rendered
from netanalysis.publishing.sanitise import plain
from netanalysis.publishing.site.linking import figures_file, front_pages, to_language
from netanalysis.publishing.site.planning import FIRST, SitePage

__all__ = ["TABLES", "front_page"]

TABLES = "tables"  # the folder of the tables that pages are made from


def front_page(
    outcome: Evaluation,
    language: str,
    titles: Mapping[SitePage, str],
    files: Sequence[str],
    statement: str,
) -> str:
    """The first page of a site in one language.

    Parameters
    ----------
    outcome : Evaluation
    language : str
    titles : mapping of SitePage to str
        Every page of the site, in order, with its title.
    files : sequence of str
        Those in the folder `TABLES`.
    statement : str
        File of the accessibility statement.

    Returns
    -------
    str
        HTML.
    """
    view = View(outcome.given, language)
    words, about = view.words, view.about
    fronts = front_pages(dict.fromkeys(page.language for page in titles))
    own = {page: title for page, title in titles.items() if page.language == language}
    others = [to_language(one, file) for one, file in fronts.items() if one != language]
    first = next((page for page in own if page.notebook.stem == FIRST), None)
    parts: list[Markup] = [sentences.heading(view, status="published")]
    if others:
        parts.append(Markup('<p class="about">{}</p>').format(Markup(" · ").join(others)))
    if first:
        answer = first_screen.answer(outcome, View(outcome.case, language))
        parts.append(Markup(str(answer).replace('href="#', f'href="{first.file}#')))
    parts.append(Markup("<h2>{}</h2>").format(words("Pages")))
    parts.append(bullets(_page(page, title, view) for page, title in own.items()))
    parts.append(Markup("<h2>{}</h2>").format(words("Tables to download")))
    parts.append(paragraphs([words(
        "The tables that the pages are made from are text files (CSV in UTF-8). The description of "
        "the tables says what their columns mean."
    )]))  # fmt: skip
    parts.append(bullets(_table(file, words) for file in files))
    parts.append(Markup("<h2>{}</h2>").format(words("Accessibility and faults")))
    parts.append(paragraphs([_reported(text_of(about["faults_to"]), view),
                             _link(statement, words("Accessibility statement"))]))  # fmt: skip
    title = words.own(about, "title")
    body = plain(str(Markup("\n").join(parts)))
    invented = bool(outcome.given.case["synthetic"].notna().any())
    brand = brand_of(branding(view))
    return rendered(Page(language, title, False, body, [], words, invented=invented, brand=brand))


def _page(page: SitePage, title: str, view: View) -> Markup:
    """A page, by its network where it has one, and its tables."""
    name = view.networks[page.network] if page.network else title
    tables = _link(figures_file(page), view.words("{page}: the tables (XLSX)", page=name))
    return Markup("{} · {}").format(_link(page.file, name), tables)


def _table(file: str, words: Words) -> Markup:
    """A table by its title, and the description of all by what it is."""
    row = tables().get(file.removesuffix(".csv"))
    name = text_in(row, "sheet", words.language) if row else words("Description of the tables")
    return _link(f"{TABLES}/{file}", f"{name} ({file})")


def _reported(address: str, view: View) -> Markup:
    """To whom a fault is reported."""
    words = view.words
    unit = words.own(view.about, "responsible")
    if not address:
        return words.markup("Report a fault to {unit}.", unit=unit)
    target = address if address.startswith("https://") else f"mailto:{address}"
    return words.markup("Report a fault to {unit}: {address}.", unit=unit,
                        address=_link(target, address))  # fmt: skip


def _link(file: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(file, text)
