"""How does one find a report among thousands? One page that lists them all, with key figures."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.resources import files
from numbers import Real
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from netanalysis.language.words import Words, speak
from netanalysis.pages.key_figures import figure_text, listed_figures, name_of
from netanalysis.publishing.batch.jobs import DIED, DONE, FAILED, MEMORY, TIMEOUT, place_text
from netanalysis.publishing.batch.manifest import PENDING, Entry, index_names
from netanalysis.publishing.html_page import Page, rendered
from netanalysis.publishing.sanitise import plain

__all__ = ["index", "indexes"]

_SCRIPT = files("netanalysis.publishing").joinpath("templates/netanalysis/index.js")


def indexes(
    entries: Iterable[Entry], notebook: str, language: str, invented: Collection[str] = ()
) -> dict[str, str]:
    """The pages that list a batch: one for each language that its reports are in.

    Parameters
    ----------
    entries : iterable of Entry
    notebook : str
        Its name.
    language : str
        Of reports that have none of their own, and of the page that comes first.
    invented : collection of str
        As for `index`.

    Returns
    -------
    dict of str to str
        Name of each file to its HTML. The first is ``index.html``.
    """
    listed = list(entries)
    names = index_names(listed, language)
    return {
        name: index(
            [entry for entry in listed if entry.parameters.get("language", language) == one],
            notebook,
            one,
            invented,
            {other: file for other, file in names.items() if other != one},
        )
        for one, name in names.items()
    }


def index(
    entries: Iterable[Entry],
    notebook: str,
    language: str,
    invented: Collection[str] = (),
    others: Mapping[str, str] | None = None,
) -> str:
    """A page that lists reports.

    Parameters
    ----------
    entries : iterable of Entry
    notebook : str
        Its name.
    language : {"sv", "en"}
    invented : collection of str
        Names of the cases that are invented; their reports are marked.
    others : mapping of str to str, optional
        Language to the file that lists the reports in it.

    Returns
    -------
    str
        HTML. Without scripts it is a table; with them it can be filtered and sorted.
    """
    words, listed = speak(language), list(entries)
    figures = listed_figures([entry.key_figures for entry in listed])
    numeric = {
        name for name in figures
        if all(_is_number(entry.key_figures.get(name, 0)) for entry in listed)
    }  # fmt: skip
    heads = [
        _head(words("Report")),
        _head(words("State")),
        *(_head(name_of(name, words), name in numeric) for name in figures),
    ]
    marked = [entry.parameters.get("case") in invented for entry in listed]
    titles = Counter(entry.title for entry in listed)
    rows = (
        _row(entry, titles[entry.title] == 1, figures, words, mark)
        for entry, mark in zip(listed, marked, strict=True)
    )
    heading = _heading(notebook, words)
    body = Markup(
        '<h1>{}</h1>\n{}<p>{}</p>\n<div id="controls"{}></div>\n'
        '<div class="scroll">\n'
        '<table id="list"><caption id="reports">{} '
        '<a class="wide" href="#reports">{}</a></caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}</tbody></table>\n</div>"
    ).format(
        heading,
        _others(others or {}),
        _counted(listed, words),
        _controls(words),
        words("All reports, with their key figures"),
        words("Scroll sideways"),
        Markup("").join(heads),
        Markup("").join(rows),
    )
    script = _SCRIPT.read_text("utf-8")
    whole = bool(marked) and all(marked)
    return rendered(
        Page(language, heading, False, plain(str(body)), [], words, script, invented=whole)
    )


def _heading(notebook: str, words: Words) -> str:
    """What the reports of a notebook are called together."""
    known = {
        "answers": words("Reports: departments’ answers"),
        "comparison": words("Reports: what has changed since an earlier evaluation"),
        "evaluation": words("Reports: evaluations"),
        "network": words("Reports: one network each"),
        "portfolio": words("Reports: memberships that need a closer look"),
        "portrait": words("Reports: cities and their networks"),
        "turnover": words("Reports: who left and who joined"),
    }
    return known.get(notebook) or words("Reports: {title}", title=notebook)


def _others(others: Mapping[str, str]) -> Markup:
    """Links to the same list in other languages."""
    links = Markup(" · ").join(
        Markup('<a href="{}" lang="{}" hreflang="{}">{}</a>').format(
            name, language, language, speak(language).language_name()
        )
        for language, name in others.items()
    )
    return Markup('<p class="about">{}</p>\n').format(links) if links else links


def _counted(listed: Sequence[Entry], words: Words) -> str:
    done = sum(entry.state == DONE for entry in listed)
    return words.plural(
        "{done} of {count} report is done.",
        "{done} of {count} reports are done.",
        len(listed),
        done=words.number(done),
    )


def _controls(words: Words) -> Markup:
    """What the script says, as attributes."""
    texts = {
        "data-filter": words("Filter"),
        "data-state": words("State"),
        "data-all": words("All"),
        "data-found": words("Matching: {found} of {all}", found="{found}", all="{all}"),
        "data-more": words("Show the other {count}", count="{count}"),
    }
    return Markup("").join(
        Markup(' {}="{}"').format(Markup(name), text) for name, text in texts.items()
    )


def _head(text: str, numeric: bool = False) -> Markup:
    mark = Markup(' class="num"') if numeric else Markup("")
    return Markup('<th scope="col"{}>{}</th>').format(mark, text)


def _row(entry: Entry, alone: bool, names: Sequence[str], words: Words, invented: bool) -> Markup:
    title = entry.title or entry.name
    if entry.title and not alone:
        title = words("{title} ({name})", title=entry.title, name=entry.name)
    link = Markup('<a href="{}">{}</a>').format(quote(entry.page), title)
    head = link if entry.state == DONE else Markup.escape(title)
    if invented:
        head += Markup(' <span class="invented">{}</span>').format(words("Invented data"))
    told = Markup("{}").format(_states(words).get(entry.state, entry.state))
    if entry.error:
        where = place_text(entry.cell, entry.line, words)
        reason = Markup('<span lang="en">{}</span>').format(entry.error[:500])
        told += Markup("<br>{}: {}" if where else "<br>{}{}").format(where, reason)
    figures = (_figure(name, entry.key_figures, words) for name in names)
    return Markup('<tr><th scope="row">{}</th><td>{}</td>{}</tr>\n').format(
        head, told, Markup("").join(figures)
    )


def _figure(name: str, figures: Mapping[str, Any], words: Words) -> Markup:
    """A cell; numbers carry their value for sorting."""
    text = figure_text(name, figures, words)
    if _is_number(figures.get(name)):
        return Markup('<td class="num" data-value="{}">{}</td>').format(figures[name], text)
    return Markup("<td>{}</td>").format(text)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _states(words: Words) -> dict[str, str]:
    return {
        DONE: words("Done"),
        FAILED: words("Failed"),
        TIMEOUT: words("Took too long"),
        MEMORY: words("Out of memory"),
        DIED: words("Process died"),
        PENDING: words("Not made"),
    }
