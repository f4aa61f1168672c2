"""How does one find a report among thousands? One page that lists them all, with key figures."""

from collections.abc import Collection, Iterable, Sequence
from importlib.resources import files
from numbers import Real
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from netanalysis.language.words import Words, speak
from netanalysis.pages.key_figures import name_of, value_of
from netanalysis.publishing.batch.jobs import DIED, DONE, FAILED, MEMORY, TIMEOUT, place_text
from netanalysis.publishing.batch.manifest import PENDING, Entry
from netanalysis.publishing.html_page import Page, rendered
from netanalysis.publishing.sanitise import plain

__all__ = ["index"]

_SCRIPT = files("netanalysis.publishing").joinpath("templates/netanalysis/index.js")


def index(
    entries: Iterable[Entry], title: str, language: str, invented: Collection[str] = ()
) -> str:
    """The page of a batch.

    Parameters
    ----------
    entries : iterable of Entry
    title : str
        Of the page, such as the notebook's name.
    language : {"sv", "en"}
    invented : collection of str
        Names of the cases that are invented; their reports are marked.

    Returns
    -------
    str
        HTML. Without scripts it is a table; with them it can be filtered and sorted.
    """
    words, listed = speak(language), list(entries)
    states = _states(words)
    done = sum(entry.state == DONE for entry in listed)
    names = list(dict.fromkeys(name for entry in listed for name in entry.key_figures))
    heads = [words("Report"), words("State"), *(name_of(name, words) for name in names)]
    marked = [entry.parameters.get("case") in invented for entry in listed]
    rows = (
        _row(entry, names, states, words, mark) for entry, mark in zip(listed, marked, strict=True)
    )
    counted = words(
        "{done} of {all} reports are done.",
        done=words.number(done),
        all=words.number(len(listed)),
    )
    texts = {
        "data-filter": words("Filter"),
        "data-state": words("State"),
        "data-all": words("All"),
        "data-found": words("{found} of {all} reports match", found="{found}", all="{all}"),
        "data-more": words("Show the other {count}", count="{count}"),
    }
    attributes = Markup("").join(
        Markup(' {}="{}"').format(Markup(name), text) for name, text in texts.items()
    )
    heading = words("Reports: {title}", title=title)
    body = Markup(
        '<h1>{}</h1>\n<p>{}</p>\n<div id="controls"{}></div>\n'
        '<div class="scroll">\n'
        '<table id="list"><caption id="reports">{} '
        '<a class="wide" href="#reports">{}</a></caption>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}</tbody></table>\n</div>"
    ).format(
        heading,
        counted,
        attributes,
        words("All reports of the batch, with their key figures"),
        words("Scroll sideways"),
        Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads),
        Markup("").join(rows),
    )
    script = _SCRIPT.read_text("utf-8")
    whole = bool(marked) and all(marked)
    return rendered(
        Page(language, heading, False, plain(str(body)), [], words, script, invented=whole)
    )


def _row(
    entry: Entry, names: Sequence[str], states: dict[str, str], words: Words, invented: bool
) -> Markup:
    link = Markup('<a href="{}">{}</a>').format(quote(entry.page), entry.name)
    head = link if entry.state == DONE else Markup.escape(entry.name)
    if invented:
        head += Markup(' <span class="invented">{}</span>').format(words("Invented data"))
    told = Markup("{}").format(states.get(entry.state, entry.state))
    if entry.error:
        where = place_text(entry.cell, entry.line, words)
        reason = Markup('<span lang="en">{}</span>').format(entry.error[:500])
        told += Markup("<br>{}: {}" if where else "<br>{}{}").format(where, reason)
    figures = (_figure(name, entry.key_figures.get(name), words) for name in names)
    return Markup('<tr><th scope="row">{}</th><td>{}</td>{}</tr>\n').format(
        head, told, Markup("").join(figures)
    )


def _figure(name: str, value: Any, words: Words) -> Markup:
    """A cell; numbers carry their value for sorting."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return Markup('<td class="num" data-value="{}">{}</td>').format(
            value, words.number(float(value), 2)
        )
    return Markup("<td>{}</td>").format(
        words.unknown if value is None else value_of(name, value, words)
    )


def _states(words: Words) -> dict[str, str]:
    return {
        DONE: words("Done"),
        FAILED: words("Failed"),
        TIMEOUT: words("Took too long"),
        MEMORY: words("Out of memory"),
        DIED: words("Process died"),
        PENDING: words("Not made"),
    }
