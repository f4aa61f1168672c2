import re
import subprocess
import sys
from base64 import b64decode
from xml.etree import ElementTree

import nbformat
import pytest
from bs4 import BeautifulSoup

from netanalysis.publishing.html_page import FEW, PageExporter
from netanalysis.publishing.sanitise import sanitise
from tests.conftest import ROOT


@pytest.fixture(params=["sv", "en"])
def page(request, pages):
    return BeautifulSoup(pages[request.param], "html.parser")


def test_the_page_is_in_its_language_and_no_other(pages):
    swedish, english = pages["sv"], pages["en"]
    assert '<html lang="sv">' in swedish
    assert '<html lang="en">' in english
    assert "To decide" not in swedish
    assert "Att ta ställning till" not in english
    assert "<title>Stockholms engagemang" in swedish


def test_sections_come_in_the_order_of_a_report(pages):
    page = BeautifulSoup(pages["en"], "html.parser")
    heads = [heading.get_text() for heading in page.find_all("h2")]
    assert heads == [
        "To decide",
        "Network by network: the evidence",
        "What would be lost, and other ways to the same contacts",
        "Uncertainties",
        "How the assessment was made",
        "Appendix",
    ]


def test_every_statement_stands_on_the_page_with_its_place(page, stockholm):
    text = page.get_text(" ").replace("\u00a0", " ")
    column = f"text_{page.html['lang']}"
    for row in stockholm.statements.itertuples():
        assert getattr(row, column) in text
        assert row.locator.replace(" ¶", ", stycke ") in text
    for row in stockholm.facts.itertuples():
        assert getattr(row, column) in text


def test_it_asks_for_nothing_and_runs_nothing(page):
    assert not page.find_all(["script", "iframe", "object", "link"])
    for node in page.find_all(True):
        assert not [name for name in node.attrs if name.startswith("on") or name == "style"]
        assert re.match(r"data:image/svg", node.get("src", "data:image/svg"))
        assert node.get("href", "#").startswith("#")
    policy = page.find("meta", attrs={"http-equiv": True})["content"]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")


def test_no_code_is_shown(page):
    assert "load_case" not in page.get_text()
    assert "parameters" not in page.get_text()


def test_headings_tables_and_pictures_are_whole(page):
    assert len(page.find_all("h1")) == 1
    ids = [node["id"] for node in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in page.nav.find_all("a"):
        assert link["href"][1:] in ids
    for table in page.find_all("table"):
        assert table.caption
        assert table.caption.get_text(strip=True)
        assert all(cell.get("scope") and cell.get_text(strip=True) for cell in table.find_all("th"))
        wide = max(len(row.find_all(["th", "td"])) for row in table.find_all("tr")) > FEW
        scrolls = wide and "levels" not in table.get("class", [])  # that one is laid out anew
        assert bool(table.find_parent("div", class_="scroll")) == scrolls
        assert bool(table.caption.find("a")) == scrolls
    texts = [picture["alt"] for picture in page.find_all("img")]
    assert len(texts) == len(set(texts)) == 5


def test_the_first_screen_is_an_answer_in_words_and_a_table_that_is_the_chart(pages):
    for language, first in (("en", "Less than today: Metropolis and UCLG."),
                            ("sv", "Mindre än i dag: Metropolis och UCLG.")):  # fmt: skip
        page = BeautifulSoup(pages[language], "html.parser")
        answer = page.find("div", class_="answer")
        assert answer.p.strong.get_text() == first
        assert "%" not in answer.get_text()
        table = answer.find_next("table")
        assert table["class"] == ["levels"]
        roles = [table["role"], table.thead["role"], table.tbody["role"], table.tr["role"]]
        assert roles == ["table", "rowgroup", "rowgroup", "row"]
        assert {cell["role"] for cell in table.tbody.find_all("td")} == {"cell"}


def test_the_appendix_is_folded_as_one(pages):
    page = BeautifulSoup(pages["en"], "html.parser")
    last = page.find_all("h2")[-1]
    assert (last.get_text(), last.parent.name) == ("Appendix", "summary")
    fold = last.find_parent("details")
    assert fold.find_parent("details") is None
    assert [one.get_text() for one in fold.find_all("h3")][-1] == "Sources"
    assert fold.find_next_sibling() is None


def test_the_contradicting_places_of_the_congress_are_shown(pages):
    text = BeautifulSoup(pages["en"], "html.parser").get_text(" ").replace("\u00a0", " ")
    assert "Cairo ( Bakgrund/UCLG, stycke 2 )" in text
    assert "Porto Alegre, Brazil ( Slutsatser och rekommendationer, stycke 6 )" in text


def test_what_is_not_known_is_never_nought_or_blank(page):
    for cell in page.find_all("td"):
        assert cell.get_text(strip=True), cell.parent
        assert cell.get_text(strip=True) not in ("nan", "NaN", "None", "<NA>")


DRAWN = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def output(**data):
    cell = nbformat.v4.new_code_cell("x")
    bundle = {name.replace("_", "/").replace("svg", "svg+xml"): text for name, text in data.items()}
    cell.outputs = [nbformat.v4.new_output("display_data", data=bundle)]
    return cell


def exported(*cells):
    return PageExporter().from_notebook_node(notebook(*cells))[0]


def test_the_language_is_the_parameter_and_the_injected_one_outranks_it():
    cells = [
        nbformat.v4.new_code_cell('language: str = "sv"', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("## Ja", metadata={"tags": ["lang-sv"]}),
        nbformat.v4.new_markdown_cell("## Yes", metadata={"tags": ["lang-en"]}),
    ]
    assert "Ja" in exported(*cells)
    assert "Yes" not in exported(*cells)
    injected = nbformat.v4.new_code_cell(
        'language = "en"', metadata={"tags": ["injected-parameters"]}
    )
    cells.insert(1, injected)
    assert "Yes" in exported(*cells)


def test_headings_with_one_name_get_ids_of_their_own():
    text = exported(nbformat.v4.new_markdown_cell("## A\n\n## A\n\n## a-2"))
    ids = re.findall(r'<h2 id="([^"]+)"', text)
    assert len(set(ids)) == 3


def test_anchors_are_plain_letters_and_those_of_networks_and_statements_are_kept():
    shown = exported(
        nbformat.v4.new_markdown_cell("## Så gjordes det på ön\n\n[där](#Så-gjordes-det-på-ön)"),
        output(
            text_html='<h3 id="network-c40">Världens C40</h3><p id="x">a</p>'
            '<h3 id="network-c40">Åter</h3><b><span id="statement-a001">b</span></b>'
            '<a href="#statement-a001">c</a> <a href="#statement-a002">d</a>'
        ),
    )
    assert '<h2 id="sa-gjordes-det-pa-on">' in shown
    assert '<a href="#sa-gjordes-det-pa-on"' in shown
    assert '<h3 id="network-c40">Världens C40</h3><p>a</p><h3 id="ater">' in shown
    assert '<span id="statement-a001">' in shown
    assert 'href="#statement-a001"' in shown
    assert "statement-a002" not in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        '<div style="background:url(//evil.example/x)">x</div>',
        '<iframe src="//evil.example"></iframe>',
        '<form action="//evil.example"><input></form>',
        '<link rel=stylesheet href="//evil.example/x.css">',
        '<meta http-equiv=refresh content="0;url=//evil.example">',
        '<img src="https://evil.example/x.png" alt="x">',
        '<base href="//evil.example">',
        "<table><td background=//evil.example>x</td></table>",
    ],
)
def test_nothing_hostile_goes_past(hostile):
    for text in (
        sanitise(hostile),
        exported(output(text_html=hostile)),
        exported(output(text_markdown=hostile)),
        exported(nbformat.v4.new_markdown_cell(hostile)),
    ):
        body = BeautifulSoup(text, "html.parser")
        main = body.find("main") or body
        assert not main.find_all(
            ["script", "svg", "math", "iframe", "form", "input", "link", "meta", "base", "style"]
        )
        for node in main.find_all(True):
            assert not [n for n in node.attrs if n.startswith("on") or n in ("style", "background")]
            assert node.get("href", "#").startswith("#")
            assert node.get("src", "data:image").startswith("data:image")


def test_plain_text_shows_as_the_text_it_is():
    text = exported(output(text_plain="<b>&amp; \x1b[31mred\x1b[0m \x00"))
    assert "<pre>&lt;b&gt;&amp;amp; red </pre>" in text


def test_a_drawing_of_anothers_becomes_a_picture_that_cannot_run():
    for data in ({"image_svg": RUNNING}, {"text_html": f"<p>Oslo {RUNNING}</p>"}):
        text = exported(output(**data))
        assert drawings(text)[0] == f'<svg {SPACE} width="9"><rect width="9" height="9" /></svg>'
        assert "<script" not in text


SPACE = 'xmlns="http://www.w3.org/2000/svg"'
RUNNING = (
    '<svg width="9" onload="a()"><script>a()</script><rect width="9" height="9" onclick="a()"/>'
    '<set attributeName="xlink:href" to="//a.example"/></svg>'
)
RECT = '<rect width="9" height="9"/>'


def drawings(text):
    """The drawings that a page shows as pictures."""
    sources = [str(one["src"]) for one in BeautifulSoup(text, "html.parser").main.find_all("img")]
    return [b64decode(one.partition("base64,")[2]).decode() for one in sources if "svg" in one]


@pytest.mark.parametrize(
    ("html", "alt"),
    [
        (f"<div>Oslo<svg viewBox='0 0 9 9'>{RECT}</svg></div>", None),
        (f"<svg><title>Two\n bars</title>{RECT}</svg>", "Two bars"),
        (f"<svg aria-label='A &quot;bar&quot;'>{RECT}</svg>", 'A "bar"'),
        (f"<svg aria-hidden='true'>{RECT}</svg>", ""),
        (f"<svg>{RECT}<svg x='5'>{RECT}</svg></svg>", None),
        (f"<SVG></SVG><!-- <svg> --><b title='<svg>'>b</b><svg>{RECT}</svg>", None),
        ("<svg><defs><linearGradient id='a'/></defs><path fill='url(#a)' d='M0 0H9'/></svg>", None),
        ("<svg><defs><g id='a'/></defs><use xlink:href='#a'/></svg>", None),
        (f"<svg><image href='data:image/png;base64,AAAA'/>{RECT}</svg>", None),
        ("<svg><text>a&nbsp;b &amp; c</text></svg>", None),
        (f"<svg><style>rect {{fill: red}}</style>{RECT}</svg>", None),
        (f"<svg>{RECT}</svg><p style='display:none'><svg>{RECT}</svg></p>", None),
        (f"<svg hidden>{RECT}</svg><svg style='display: none'>{RECT}</svg><svg>{RECT}</svg>", None),
        (f"<svg><defs><symbol id='a'>{RECT}</symbol></defs></svg><svg>{RECT}</svg>", None),
    ],
)
def test_a_drawing_in_html_becomes_a_picture(html, alt):
    text, resources = PageExporter().from_notebook_node(notebook(output(text_html=html)))
    drawn = drawings(text)
    assert len(drawn) == 1
    assert ElementTree.fromstring(drawn[0]).tag == "{http://www.w3.org/2000/svg}svg"
    unsaid = "Picture; the notebook does not describe it"
    picture = BeautifulSoup(text, "html.parser").main.img
    assert picture["alt"] == (unsaid if alt is None else alt)
    whole = "<SVG></SVG>" not in html
    assert ("A figure stood here" not in text) == whole
    assert resources["page"].messages == ([] if whole else [(1, "cut", "")])


@pytest.mark.parametrize(
    "svg",
    [
        f"<svg>{RECT}<image href='https://a.example/x.png'/></svg>",
        f"<svg>{RECT}<image xlink:href='x.png'/></svg>",
        f"<svg>{RECT}<use href='#nowhere'/></svg>",
        "<svg><rect fill='url(//a.example/x.svg#a)'/></svg>",
        "<svg><rect style='fill: URL( \"https://a.example\" )'/></svg>",
        f"<svg><style>@import '//a.example/x.css';</style>{RECT}</svg>",
        f"<svg><style>rect {{fill: u\\72l(//a.example)}}</style>{RECT}</svg>",
        f"<svg>{RECT}<foreignObject><p>Oslo</p></foreignObject></svg>",
        f"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>{RECT}<text>&a;</text></svg>",
        f"<svg>{RECT}<rect width=9></svg>",
        f"<svg>{'<g>' * 9000}{RECT}{'</g>' * 9000}</svg>",
        "<svg id='filled-by-a-script'></svg>",
    ],
)
def test_a_drawing_that_no_picture_shows_whole_is_told(svg):
    for data in ({"text_html": f"<p>Map {svg}</p>"}, {"image_svg": svg}):
        text, resources = PageExporter().from_notebook_node(notebook(output(**data)))
        assert not drawings(text)
        assert "A figure stood here that the page cannot show." in text
        assert "a.example" not in text
        assert resources["page"].messages == [(1, "cut", "")]


def test_a_link_in_a_drawing_is_left_out_and_told():
    svg = f"<svg><a xlink:href='https://a.example'>{RECT}</a></svg>"
    for data in ({"text_html": svg}, {"image_svg": svg}):
        text, resources = PageExporter().from_notebook_node(notebook(output(**data)))
        assert "a.example" not in drawings(text)[0]
        assert "(links left out)" in text
        assert resources["page"].messages == [(1, "links", "")]


@pytest.mark.parametrize(
    "target",
    ["table.csv", "../a/b.html", "file:///tmp/a.csv", "data:text/csv,a", "javascript:a()", "//a.b"],
)
def test_a_link_that_is_left_out_is_told(target):
    kept = "[c](https://a.example) [d](mailto:a@a.example) [e](#report)"
    for cell in (
        nbformat.v4.new_markdown_cell(f"# Report\n\n[a]({target}) {kept}"),
        output(text_html=f"<h1>Report</h1><p><a href='{target}' target=_blank>a</a></p>"),
        output(text_markdown=f"# Report\n\n[a]({target}) {kept}"),
    ):
        text, resources = PageExporter().from_notebook_node(notebook(cell))
        assert BeautifulSoup(text, "html.parser").main.p.get_text().startswith("a (link left out)")
        assert text.count("link left out") == 1
        assert resources["page"].messages == [(1, "links", "")]
    hidden = output(text_html=f"<p>a</p><p hidden><a href='{target}'>b</a></p><a name=x></a>")
    assert "left out" not in exported(hidden)


@pytest.mark.parametrize(
    ("language", "mark"), [("sv", "Påhittade uppgifter"), ("en", "Invented data")]
)
def test_what_is_invented_says_so_wherever_it_may_be_cut_apart(language, mark):
    text = exported(
        nbformat.v4.new_code_cell(f'language = "{language}"', metadata={"tags": ["parameters"]}),
        output(text_html='<h1>City</h1><p class="invented">Told.</p>'),
        output(text_html="<table><caption>Seats</caption><tr><td>1</td></tr></table>"),
        output(text_html="<table><tr><td>1</td></tr></table>"),
        output(image_svg=DRAWN),
    )
    page = BeautifulSoup(text, "html.parser")
    assert page.title.get_text() == f"{mark}: City"
    captions = page.find_all(["caption", "figcaption"])
    assert [one.name for one in captions] == ["caption", "caption", "figcaption"]
    assert captions[0].get_text() == f"Seats {mark}"
    assert all(one.span.get_text() == mark for one in captions)
    assert f'content:"{mark}"' in page.style.string  # on every sheet of paper
    assert page.body["class"] == ["invented"]


def test_each_sheet_of_paper_begins_with_the_title_which_cannot_end_the_style():
    text = exported(output(text_html="<h1>Å, 1 &quot;b&lt;/style&gt;\\</h1>"))
    style = BeautifulSoup(text, "html.parser").style.string
    running = 'content:"Å\\2c \\20 1\\20 \\22 b\\3c \\2f style\\3e \\5c ";font-size:8pt;'
    assert running in style


def test_a_real_page_does_not_speak_of_inventions(pages):
    for text in pages.values():
        assert "invented" not in text
        assert "påhittad" not in text.lower()


NOT_SHOWN = {
    "figure": "A figure stood here",
    "script": "A script stood",
    "other": "Something stood",
}
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP8z4AdMOEQH6QSAM1BAQ/oQeJvAAAAAElFTkSuQmCC"  # fmt: skip # noqa: E501


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("figure", {"text/plain": "<Figure size 640x480 with 0 Axes>"}),
        ("figure", {"text/plain": "Figure({'data': []})"}),
        ("figure", {"text/html": "<div><svg></svg></div>", "text/plain": "<a.B object>"}),
        ("figure", {"text/html": "<iframe srcdoc='x'></iframe>", "text/plain": "<a.Map at 0x7f0>"}),
        ("figure", {"text/html": "<div></div><script>draw()</script>"}),
        ("figure", {"text/html": "<p>Oslo</p><iframe src='x'></iframe>"}),
        ("figure", {"text/html": "<p>Oslo</p><img src='map.png' alt='Map'>"}),
        ("figure", {"image/png": "no picture!", "text/plain": "<Image>"}),
        ("figure", {"text/markdown": "Oslo <svg></svg>"}),
        ("other", {"text/html": "<p>Oslo</p><video src='x.mp4'></video>"}),
        ("other", {"text/html": "<p>Oslo <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>"}),
        ("figure", {"text/html": "<progress value=3 max=4></progress>"}),
        ("other", {"application/pdf": "JVBERi0=", "text/plain": "<IPython.core.display.X object>"}),
        ("other", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Slider()"}),
        ("other", {"application/vnd.vegalite.v5+json": {}, "text/plain": "<VegaLite 5 object>\n."}),
        ("other", {"application/geo+json": {}}),
        ("other", {"text/plain": "<shop.Basket object at 0x7f00>"}),
        ("script", {"application/javascript": "draw()", "text/plain": "<Javascript object>"}),
        ("script", {"application/javascript": "draw()", "text/html": "<div id=f></div>"}),
    ],
)
def test_what_a_page_cannot_show_is_told_with_its_cell(kind, data):
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data)])
    first = nbformat.v4.new_markdown_cell("## Before")
    injected = nbformat.v4.new_code_cell("y = 1", metadata={"tags": ["injected-parameters"]})
    injected.outputs = cell.outputs  # run by hand; the cell has no number of its own
    text, resources = PageExporter().from_notebook_node(notebook(first, injected, cell))
    assert NOT_SHOWN[kind] in text
    assert ("Oslo" in text) == ("Oslo" in str(data))
    assert " object" not in text.partition("<main")[2]
    assert resources["page"].messages == [(2, "cut", "")]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"text/html": "<div></div><script>d()</script>", "image/png": PNG}, "data:image/png"),
        ({"text/html": "<svg></svg>", "image/svg+xml": DRAWN}, "data:image/svg+xml"),
        ({"text/html": "<iframe></iframe>", "text/markdown": "*Oslo*"}, "<em>Oslo</em>"),
        ({"text/html": "<p>Load</p><svg></svg>", "image/png": PNG}, "data:image/png"),
        ({"text/html": "<script>d()</script>", "text/plain": "a  b"}, "<pre>a  b</pre>"),
        ({"text/html": "<b>Oslo</b>", "image/png": PNG}, "<b>Oslo</b>"),
        ({"text/latex": "$x$", "text/plain": "x"}, "<pre>x</pre>"),
        ({"text/plain": "[<Line2D at 0x7f>]"}, "<pre>[&lt;Line2D at 0x7f&gt;]</pre>"),
        ({"text/html": "<style>p {}</style>", "text/plain": "<a.HTML object>"}, ""),
        ({"text/html": "<style>p {}</style>", "image/png": PNG}, "data:image/png"),
        ({"text/html": "", "text/plain": "Fragment('')"}, ""),
        ({"text/latex": "$x$", "text/plain": "<IPython.core.display.Latex object>"}, "<pre>$x$"),
        ({"application/json": [1, "å"], "text/plain": "<IPython.core.display.JSON object>"}, "å"),
        ({"text/html": "<p>a</p><p style='display: none'>b</p><p hidden>c</p>"}, "<p>a</p>"),
        ({"text/html": "<ruby>漢<rt>kan</rt></ruby>"}, "<ruby>漢<rt>kan</rt></ruby>"),
        ({"image/gif": "R0lGODlhAQABAIAAAAAAAP==", "text/plain": "<GIF>"}, "data:image/gif"),
    ],
)
def test_the_first_form_is_shown_that_is_whole_when_sanitised(data, shown):
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data)])
    text, resources = PageExporter().from_notebook_node(notebook(cell))
    main = text.partition("<main")[2]
    assert shown in main
    assert "stood here" not in main
    assert resources["page"].messages == []
    assert bool(shown) == bool(BeautifulSoup(f"<main{main}", "html.parser").main.find(True))


def test_a_picture_attached_to_prose_is_shown_and_no_other():
    cell = nbformat.v4.new_markdown_cell(
        "![Seal](attachment:a%20b.png) ![Map](attachment:none.png)"
    )
    cell["attachments"] = {"a b.png": {"image/png": PNG}}
    text, resources = PageExporter().from_notebook_node(notebook(cell))
    pictures = BeautifulSoup(text, "html.parser").find_all("img")
    assert [(one["alt"], one["src"]) for one in pictures] == [
        ("Seal", f"data:image/png;base64,{PNG}")
    ]
    assert "A figure stood here that the page cannot show. Map" in text
    assert resources["page"].messages == [(1, "cut", "")]


def test_prose_with_html_is_shown_as_in_a_notebook():
    cell = nbformat.v4.new_markdown_cell(
        'H<sub>2</sub>O<br>\n\n<img src="attachment:a.png" alt="Seal">\n\n<b onclick="x()">so</b>'
    )
    cell["attachments"] = {"a.png": {"image/png": PNG}}
    text, resources = PageExporter().from_notebook_node(notebook(cell))
    assert "H<sub>2</sub>O<br/>" in text
    assert f'src="data:image/png;base64,{PNG}"' in text
    assert "<b>so</b>" in text
    assert resources["page"].messages == []


@pytest.mark.parametrize(
    ("html", "coloured"),
    [
        ("<style>#a {background-color: red}</style><td id=a>1</td>", True),
        ("<p><span style='font-weight: bold; color:red'>1</span></p>", True),
        ("<font color=red>1</font>", True),
        ("<style>td {vertical-align: top}</style><p style='margin: 0'>color: 1</p>", False),
    ],
)
def test_colours_that_a_page_leaves_out_are_told(html, coloured):
    text, resources = PageExporter().from_notebook_node(notebook(output(text_html=html)))
    assert ("Its colours are not shown." in text) == coloured
    assert resources["page"].messages == ([(1, "colours", "")] if coloured else [])


def test_a_picture_has_the_size_that_its_notebook_gives_it():
    cell = output(image_png=PNG)
    cell.outputs[0].metadata = {"image/png": {"width": 300, "height": '2" onload="x()'}}
    picture = BeautifulSoup(exported(cell), "html.parser").img
    assert picture["width"] == "300"
    assert not {"height", "onload"} & set(picture.attrs)


def test_links_within_a_page_lead_to_its_headings():
    links = "[a](#The-costs) [b](#Report) [c](#nowhere) [d](https://example.org) [e](javascript:x)"
    text = exported(nbformat.v4.new_markdown_cell(f"# Report\n\n## The costs\n\n{links}"))
    found = BeautifulSoup(text, "html.parser").main.find_all("a")
    targets = ["#the-costs", "#main", None, "https://example.org", None]
    assert [link.get("href") for link in found] == targets


def test_commands_to_a_terminal_leave_only_their_text():
    text = "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\ "
    text += "\x1b[31mred\x1b[0m a\udcff"
    cell = nbformat.v4.new_code_cell('audience = "working"', metadata={"tags": ["parameters"]})
    cell.outputs = [nbformat.v4.new_output("stream", text=text)]
    assert "<pre>link red a\\udcff</pre>" in exported(cell)


@pytest.mark.slow
def test_nbconvert_knows_the_exporter(tmp_path):
    source = tmp_path / "own.ipynb"
    nbformat.write(notebook(nbformat.v4.new_markdown_cell("# Own")), source)
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "netanalysis", str(source)],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    assert "<h1>Own</h1>" in (tmp_path / "own.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["/var/ipykernel_12/", r"C:\Temp\ipykernel_3\\"[:-1]])
def test_a_warning_does_not_name_a_file_of_one_process(folder):
    stream = nbformat.v4.new_output("stream", text=f"{folder}345.py:1: UserWarning: careful")
    cell = nbformat.v4.new_code_cell('audience = "working"', outputs=[stream])
    cell.metadata["tags"] = ["parameters"]
    page = PageExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))[0]
    assert "notebook:1: UserWarning: careful" in page
    assert "ipykernel" not in page
