"""How accessible is a site? Its statement, which an office fills in and no command overwrites.

What such a statement must say is laid down in Commission Implementing Decision (EU) 2018/1523.
"""

import re

from markupsafe import Markup

from netanalysis.language.words import Words
from netanalysis.publishing.html_page import Page, rendered
from netanalysis.publishing.outputs import prose
from netanalysis.publishing.sanitise import sanitise

__all__ = ["blanks", "source_file", "statement_file", "statement_page", "to_fill_in"]

_BLANK = re.compile(r"\[[^\[\]\n]{0,1000}\](?!\()")
_HEAD = re.compile(r"^# +(.+)$", re.MULTILINE)


def statement_file(language: str) -> str:
    """The page of the statement."""
    return f"accessibility.{language}.html"


def source_file(language: str) -> str:
    """The text that an office fills in."""
    return f"accessibility.{language}.md"


def blanks(text: str) -> int:
    """How many places of a statement are still to be filled in: those in square brackets."""
    return len(_BLANK.findall(text))


def to_fill_in(unit: str, address: str, words: Words) -> str:
    """The statement as Markdown, with blanks in square brackets for what only the office knows.

    Parameters
    ----------
    unit : str
        Who answers for the pages.
    address : str
        Where faults are reported; "" where that is not known.
    words : Words
    """
    answers = words(
        "{unit} answers for these pages. They are to meet the Web Content Accessibility Guidelines "
        "(WCAG) 2.1 at level AA.",
        unit=unit,
    )
    sections = {
        words("How far the pages meet the requirements"): words(
            "[The pages meet them fully, partly or not: choose one.]"
        ),
        words("What is not accessible"): words(
            "[Each shortcoming that is known, whom it hinders and when it will be mended. Text in "
            "charts is small in a narrow window; the figures of each chart stand in a table below "
            "it.]"
        ),
        words("How the pages were tested"): words(
            "[By whom, by which means and when: an assessment of our own, or by somebody else.]"
        ),
        words("If you cannot use something, or have found a fault"): words(
            "Tell {address}. [Within how many days we answer.]",
            address=address or words("[address]"),
        ),
        words("Supervision"): words(
            "[Who supervises this, and how to turn to them: in Sweden the Agency for Digital "
            "Government, Digg.]"
        ),
        words("Written"): words("[Date of this statement, and of the latest change.]"),
    }
    parts = [f"# {words('Accessibility statement')}", answers]
    for head, text in sections.items():
        parts += [f"## {head}", text]
    return "\n\n".join(parts) + "\n"


def statement_page(text: str, front: str, words: Words) -> str:
    """The page of a statement.

    Parameters
    ----------
    text : str
        Markdown, as the office has left it.
    front : str
        File of the site's first page.
    words : Words

    Returns
    -------
    str
        HTML.
    """
    body = sanitise(prose(text, None, False, {}, words).html)
    found = _HEAD.search(text)
    title = found[1].strip() if found else words("Accessibility statement")
    link = Markup('<p class="about"><a href="{}">{}</a></p>\n').format(
        front, words("All pages and downloads")
    )
    return rendered(Page(words.language, title, False, link + Markup(body), [], words))
