"""What cells write stands on working pages only; who makes a public page is told of it."""

import logging
import shutil

import nbformat
import pytest
from click.testing import CliRunner

from netanalysis.cli import main
from netanalysis.publishing import run
from netanalysis.publishing.html_page import PageExporter
from netanalysis.publishing.page_messages import stream_messages
from tests.commands.test_output import HOSTILE, harmless
from tests.conftest import CASE, ROOT, notebook_of
from tests.loaders.test_case import put

SECRET = "/home/somebody/site-packages/library.py:7: UserWarning: careful"
SOURCES = f"import sys\nprint('counted', number)\nprint({SECRET!r}, file=sys.stderr)"
GLYPHS = """/lib/pylabtools.py:170: UserWarning: Glyph {} (\\N{{SIGN}}) missing from font(s) A, B.
  fig.canvas.print_figure(bytes_io, **kw)
"""
NAMES = {2: "城市網絡", 3: "Δίκτυο", 4: "شبكة", 5: "नगर"}


def written(*texts, status="published", name="stderr"):
    """A notebook that has run and whose third cell has written."""
    notebook = notebook_of(f'status: str = "{status}"', "pass", "pass")
    notebook.cells.insert(1, nbformat.v4.new_code_cell("x = 1"))
    notebook.cells[1].metadata["tags"] = ["injected-parameters"]
    for text in texts:
        notebook.cells[3].outputs.append(nbformat.v4.new_output("stream", name=name, text=text))
    return notebook


def test_what_cells_write_is_told_and_stands_on_no_public_page():
    page, made = run.page(written("first of all\n", SECRET), "x")
    assert "first of all" not in page
    assert "somebody" not in page
    assert made.messages == [(3, "stderr", "first of all\n" + SECRET)]


def test_a_working_page_shows_it():
    page, made = run.page(written("/var/ipykernel_1/2.py:1: one", status="working"), "x")
    assert "<pre>notebook:1: one</pre>" in page
    assert made.messages == []


def test_what_is_told_has_an_end_and_can_be_kept_in_a_file():
    _, made = run.page(written("\udcff" + "x" * 50_000, name="stdout"), "x")
    assert sum(len(text) for _, _, text in made.messages) <= 10_000
    assert made.messages[0].text.startswith("\\udcffxx")
    assert made.messages[0].text.endswith("x …")


@pytest.mark.parametrize("status", ["published", "working"])
def test_letters_that_a_font_lacks_are_told_once(status):
    raw = "".join(GLYPHS.format(ord(letter)) for letter in "城市城")
    other = "/lib/a.py:1: UserWarning: Matplotlib currently does not support Bengali natively.\n"
    page, made = run.page(written(raw + other, raw + "  after\n", status=status), "x")
    assert "Glyph" not in page
    assert "natively" not in page
    rest = [message for message in made.messages if message.kind != "glyphs"]
    assert [text for _, _, text in rest] == (["  after\n"] if status == "published" else [])
    assert (3, "glyphs", "城市") in made.messages


def test_a_warning_that_only_looks_like_it_stays():
    text = "UserWarning: Glyph 9999999 (x) missing from font(s)\n  code\nUserWarning: Glyph 7\n"
    cell = written(text).cells[3]
    assert "".join(message.text for message in stream_messages(cell, 3, False)).endswith(
        "Glyph 7\n"
    )


def test_the_exporter_tells_its_log(caplog):
    with caplog.at_level(logging.WARNING, "netanalysis.test"):
        log = logging.getLogger("netanalysis.test")
        PageExporter(log=log).from_notebook_node(written(HOSTILE, name="stdout"))
    told = caplog.messages[0]
    harmless(told)
    assert told.startswith("Cell 3 wrote text that public pages do not show: ")


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An analyst's own notebook beside a copy of the case."""
    (tmp_path / "data").mkdir()
    for name in ("places", "memberships"):
        (tmp_path / "data" / name).symlink_to(ROOT / "data" / name)
    shutil.copytree(CASE, tmp_path / "data" / "stockholm-2011")
    (tmp_path / "notebooks").mkdir()
    given = 'case: str = "stockholm-2011"\nnumber: int = 1\n'
    given += 'status: str = "case"  # one of working, case, published'
    hostile = f"if number:\n    import sys\n    print('counted', number, {HOSTILE!r})"
    hostile += f"\n    print({SECRET!r}, file=sys.stderr)"
    nbformat.write(notebook_of(given, hostile), tmp_path / "notebooks" / "own.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETANALYSIS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def command(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments), "--out", "out"])


@pytest.mark.outside
def test_an_analyst_is_told_what_the_page_of_an_own_notebook_leaves_out(office):
    own = ["report", "stockholm-2011", "--language", "en", "--notebook", "own"]
    done = command(*own)
    assert done.exit_code == 0, done.output
    harmless(done.output)
    head = "Cell 2 wrote text that public pages do not show: counted 1 "
    assert done.stderr.count(head) == 1
    assert f"public pages do not show: {SECRET}" in done.stderr
    page = (office / "out" / "stockholm-2011.own.en.html").read_text("utf-8")
    assert "counted" not in page
    assert "somebody" not in page

    done = command(*own, "-p", "status", "working")
    assert done.exit_code == 0, done.output
    assert "public pages" not in done.output
    page = (office / "out" / "stockholm-2011.own.status-working.en.html").read_text("utf-8")
    assert "counted 1" in page


@pytest.mark.outside
def test_a_batch_keeps_what_its_pages_leave_out_in_one_file(office):
    listed = office / "out" / "messages.txt"
    (office / "plan.csv").write_text("name,number\nquiet,0\nloud,7\n", "utf-8")
    for _ in range(2):  # the second time makes nothing, and knows it still
        done = command("batch", "own", "plan.csv", "--language", "en")
        assert done.exit_code == 0, done.output
        assert "1 report wrote text" in done.stderr
        assert f"Written: {listed.relative_to(office)}" in done.stdout
        text = listed.read_text("utf-8")
        harmless(text)
        assert text.startswith("loud\n  Cell 2 wrote text that public pages do not show: counted 7")
        assert "quiet" not in text

    listed.write_text(text + "own notes", "utf-8")
    assert command("batch", "own", "plan.csv", "--language", "en").exit_code == 2
    listed.write_text(text, "utf-8")
    (office / "plan.csv").write_text("name,number\nquiet,0\n", "utf-8")
    done = command("batch", "own", "plan.csv", "--language", "en")
    assert done.exit_code == 0, done.output
    assert "messages.txt" not in done.output
    assert not listed.exists()


@pytest.mark.outside
def test_names_in_any_script_leave_no_warning_on_the_page(office):
    for row, name in NAMES.items():
        put(office / "data" / "stockholm-2011", "networks", row, "name", name)
    shutil.copy(ROOT / "notebooks" / "evaluation.ipynb", office / "notebooks")
    done = command("report", "stockholm-2011", "--language", "en", "-p", "draws", 100)
    assert done.exit_code == 0, done.output
    page = (office / "out" / "stockholm-2011.draws-100.en.html").read_text("utf-8")
    assert all(name in page for name in NAMES.values())
    assert "Warning" not in page
    assert "site-packages" not in page
    assert "Warning" not in done.output
    lacked = [line for line in done.stderr.splitlines() if "charts' font lacks" in line]
    assert lacked
    assert "城" in "".join(lacked)
    assert len(lacked) == len({line.split(" draws ")[0] for line in lacked})
