"""A notebook's prose on a page in another language."""

import nbformat
import pytest

from netanalysis.language.words import speak
from netanalysis.publishing import run
from netanalysis.publishing.prose import passages
from tests.conftest import notebook_of


def page(*cells, written="en", language="sv"):
    """The page of markdown cells (text, or text and tags)."""
    notebook = notebook_of(f'language = "{language}"')
    if written:
        notebook.metadata["netanalysis"] = {"language": written}
    for cell in cells:
        text, *tags = (cell,) if isinstance(cell, str) else cell
        notebook.cells.append(nbformat.v4.new_markdown_cell(text, metadata={"tags": tags}))
    return run.page(notebook, "x")[0]


def test_prose_is_translated_paragraph_by_paragraph():
    shown = page("## In short\n\nPlaces come from GeoNames\n(CC BY 4.0).")
    assert '<h2 id="i-korthet">I korthet</h2>' in shown
    assert "Orter kommer från GeoNames (CC BY 4.0)." in shown
    assert 'lang="en"' not in shown


def test_a_passage_without_a_translation_is_marked_as_foreign():
    shown = page("## In short\n\nOnly ours.\n\nAnd this.")
    assert '<div lang="en"><p>Only ours.</p>\n<p>And this.</p>\n</div>' in shown
    assert ">I korthet</h2>" in shown


@pytest.mark.parametrize(("written", "language"), [(None, "sv"), ("sv", "sv"), ("en", "en")])
def test_nothing_is_foreign_unless_the_notebook_says_so(written, language):
    shown = page("## In short\n\nOnly ours.", written=written, language=language)
    assert "<p>Only ours.</p>" in shown
    assert ">In short</h2>" in shown
    assert "<div lang=" not in shown


def test_a_cell_tagged_for_a_language_wins_in_it():
    cells = "## In short", ("## Kontorets sammanfattning", "lang-sv"), "## Sources"
    swedish, english = page(*cells), page(*cells, language="en")
    assert "Kontorets sammanfattning</h2>" in swedish
    assert "I korthet" not in swedish
    assert "Källor</h2>" in swedish
    assert "Kontorets sammanfattning" not in english
    assert "In short</h2>" in english


def test_pairs_of_cells_stand_where_no_language_is_named():
    cells = "# Title", ("## Ja", "lang-sv"), ("## Yes", "lang-en")
    shown = page(*cells, written=None)
    assert "Title</h1>" in shown
    assert "Ja</h2>" in shown
    assert "Yes" not in shown


def test_a_listing_is_in_no_language():
    cell = nbformat.v4.new_markdown_cell("```\nx = 1\n\ny = 2\n```")
    assert passages(cell, "en", speak("sv")) == [("```\nx = 1\n\ny = 2\n```", None)]


def test_a_language_that_is_no_language_cannot_break_out():
    shown = page("Only ours.", written='en"><script>')
    assert "<script>" not in shown
