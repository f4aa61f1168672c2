"""In which language is a notebook's prose, and how does a page in another language say it?

The notebook's metadata name the language, as ``{"netanalysis": {"language": "en"}}``. A page in
another language says each paragraph as the catalogue translates it; one that the catalogue does not
know stands as it is written, marked as a passage in its own language. A cell tagged ``lang-sv``
takes the place of the cell before it on a Swedish page, so that an office can change a passage in
one language. Where the metadata name no language, prose stands as it is written, and a cell tagged
for a language stands on pages in that language only.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import IO, Any

from nbformat import NotebookNode, from_dict

from netanalysis.language.words import Words

__all__ = ["cells_in", "extract", "passages", "written_in"]

_TAG = "lang-"
_FENCE = re.compile(r"^(```.*?^```[^\n]*$)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"(#{1,6} +)(.+)")
_LAID_OUT = re.compile(r"^[ \t]*(?:[-*+]\s|\d+[.)]\s|[>|])|  $", re.MULTILINE)  # lists, breaks


def written_in(notebook: NotebookNode) -> str | None:
    """The language that a notebook's metadata name for its prose, None where they name none."""
    language = notebook.metadata.get("netanalysis", {}).get("language")
    return language if isinstance(language, str) else None


def cells_in(notebook: NotebookNode, language: str) -> list[NotebookNode]:
    """The cells of a page in a language.

    Parameters
    ----------
    notebook : NotebookNode
    language : str
        The page's.

    Returns
    -------
    list of NotebookNode
        Without those tagged for other languages, and without those in whose place one tagged for
        this language stands.
    """
    found: list[NotebookNode] = []
    for cell in notebook.cells:
        languages = _languages(cell)
        if languages and language not in languages:
            continue
        replaces = languages and cell.cell_type == "markdown" and written_in(notebook)
        if replaces and found and found[-1].cell_type == "markdown" and not _languages(found[-1]):
            found.pop()
        found.append(cell)
    return found


def passages(cell: NotebookNode, written: str | None, words: Words) -> list[tuple[str, str | None]]:
    """A markdown cell on a page: what follows one another in one language.

    Parameters
    ----------
    cell : NotebookNode
    written : str or None
        The language that the notebook's prose is written in, where it is known.
    words : Words
        The page's language.

    Returns
    -------
    list of (str, str or None)
        Markdown, and its language where it is not the page's.
    """
    source = "".join(cell.source)
    if written in (None, words.language) or _languages(cell):
        return [(source, None)]
    said = [_said(block, words) for block in _blocks(source)]
    return [
        ("\n\n".join(text for text, _ in run), None if known else written)
        for known, run in itertools.groupby(said, key=lambda pair: pair[1])
    ]


def extract(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The prose of a notebook that names its language, handed over as Babel's extractors do."""
    notebook = from_dict(json.load(file))
    for cell in notebook.cells if written_in(notebook) else []:
        if cell.cell_type == "markdown" and not _languages(cell):
            for block in _blocks("".join(cell["source"])):
                yield 1, "", _parts(block)[1], []


def _languages(cell: Any) -> set[str]:
    """The languages that a cell is tagged for."""
    tags = cell["metadata"].get("tags", [])
    return {tag.removeprefix(_TAG) for tag in tags if tag.startswith(_TAG)}


def _blocks(source: str) -> list[str]:
    """Paragraphs, headings, lists and listings, in their order."""
    parts = _FENCE.split(source)  # every other one is a listing
    return [
        block.strip("\n")
        for number, part in enumerate(parts)
        for block in ([part] if number % 2 else re.split(r"\n[ \t]*\n", part))
        if block.strip()
    ]


def _parts(block: str) -> tuple[str, str]:
    """The marks of a heading, and the text; lines that are only wrapped are joined."""
    heading = _HEADING.fullmatch(block.strip())
    if heading:
        return heading[1], heading[2]
    if _FENCE.match(block) or _LAID_OUT.search(block):
        return "", block
    return "", " ".join(block.split())


def _said(block: str, words: Words) -> tuple[str, bool]:
    """A block in the page's language, and whether it is: listings are in none."""
    marks, text = _parts(block)
    translated = words.prose(text)
    return marks + translated, translated != text or bool(_FENCE.match(block))
