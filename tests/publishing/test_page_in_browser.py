"""The pages in a real browser: accessible, still in one piece, and deaf to hostile text."""

import contextlib
import csv
import itertools
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from netanalysis.publishing.html_page import PageExporter
from tests.conftest import CASE, ROOT, command
from tests.pages.making import Subject
from tests.pages.stored import subjects

KINDS = {  # the stored page of each
    "evaluation": "stockholm-2011.evaluation",
    "network": "stockholm-2011.network",
    "explore": "stockholm-2011.explore",
    "portfolio": "exempelstad-2025.portfolio",
    "answers": "exempelstad-2025.answers",
    "portrait": "berlin.portrait",
    "turnover": "union-of-the-baltic-cities.turnover",
    "full-size": "exempelstad-2025.evaluation",
    "comparison": "stockholm-2012.comparison",
}
EVERY = [f"{kind}.{language}" for kind in (*KINDS, "working") for language in ("sv", "en")]
PAPER = 680  # points across a sheet of A4 between its margins
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = {"runOnly": STANDARDS, "resultTypes": ["violations"]}  # of the rest, one example each


@pytest.fixture(scope="module")
def files(tmp_path_factory, shared_pages):
    """Every notebook's page in both languages, as files."""
    known = subjects(shared_pages)
    wanted = {}
    for language in ("sv", "en"):
        wanted |= {
            f"{kind}.{language}": known[f"{name}.{language}"] for kind, name in KINDS.items()
        }
        working = {"case": CASE.name, "language": language, "status": "working"}
        wanted[f"working.{language}"] = Subject("evaluation", working)
    folder = tmp_path_factory.mktemp("pages")
    for name, page in shared_pages.of(wanted).items():
        shutil.copyfile(page, folder / f"{name}.html")
    return folder


@contextlib.contextmanager
def opening(browser, file):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.requests = []
    page.on("request", lambda asked: page.requests.append(asked.url))
    page.goto(file.as_uri())
    yield page
    context.close()


@pytest.fixture
def opened(browser, files, request):
    """A page for one test, which may change it."""
    with opening(browser, files / f"{request.param}.html") as page:
        yield page


@pytest.fixture(scope="module", params=EVERY)
def unfolded(browser, files, request):
    """Each page with all that can be unfolded, for all tests that only look at it."""
    with opening(browser, files / f"{request.param}.html") as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        yield page


def every(names):
    return pytest.mark.parametrize("opened", names, indirect=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation(unfolded, width):
    unfolded.set_viewport_size({"width": width, "height": 800})
    found = Axe().run(unfolded, options=AXE)
    assert found.violations_count == 0, found.generate_report()


def test_what_axe_does_not_see(unfolded):
    faults = unfolded.evaluate(
        """() => {
            const text = e => e.textContent.trim(), faults = [];
            const all = s => [...document.querySelectorAll(s)];
            const alts = all('img').map(i => i.alt);
            if (alts.some(a => a.length < 20 || /figure size|^image|^bild$/i.test(a)))
                faults.push('alternative text');
            if (new Set(alts).size < alts.length) faults.push('repeated alternative text');
            if (all('table').some(t => !t.caption || !text(t.caption))) faults.push('caption');
            if (all('figure').some(f => !f.querySelector('figcaption'))) faults.push('figcaption');
            if (all('th').some(h => !h.scope || !text(h))) faults.push('th');
            if (all('td').some(d => !text(d) && !d.closest('thead'))) faults.push('empty cell');
            if (all('h1').length !== 1) faults.push('h1');
            const levels = all('h1,h2,h3,h4,h5,h6').map(h => +h.tagName[1]);
            if (levels.some((l, i) => i && l > levels[i - 1] + 1)) faults.push('skipped level');
            all('figure').forEach(f => {
                if (f.nextElementSibling?.tagName !== 'DETAILS' ||
                    !f.nextElementSibling.querySelector('table')) faults.push('no data table');
            });
            return faults;
        }"""
    )
    assert faults == []


def test_it_asks_for_nothing_and_is_in_its_language(unfolded, request):
    assert [url for url in unfolded.requests if not url.startswith(("file:", "data:"))] == []
    assert unfolded.evaluate("document.scripts.length") == 0
    language = request.node.callspec.params["unfolded"][-2:]
    assert unfolded.evaluate("document.documentElement.lang") == language
    assert unfolded.evaluate("document.title.length") > 10


@every(["evaluation.en", "network.en"])
def test_passages_in_the_other_language_are_marked(opened):
    unmarked = opened.evaluate(
        """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walk.nextNode()) {
                const t = walk.currentNode;
                if (/Sammanfattande|Slutsatser|Bakgrund/.test(t.data) &&
                    !t.parentElement.closest('[lang=sv]')) found.push(t.data);
            }
            return found; }"""
    )
    assert unmarked == []


def test_nothing_scrolls_sideways_but_boxes_meant_to(unfolded):
    for width in (320, 768, 1280):
        unfolded.set_viewport_size({"width": width, "height": 800})
        assert unfolded.evaluate("document.documentElement.scrollWidth") <= width
        stuck = unfolded.evaluate(
            """() => [...document.querySelectorAll('.scroll')].filter(b =>
                b.scrollWidth > b.clientWidth && !b.querySelector('caption a').offsetWidth
            ).length"""
        )
        assert stuck == 0, width


def test_on_paper_nothing_is_wider_than_the_sheet(unfolded):
    unfolded.set_viewport_size({"width": PAPER, "height": 1000})
    unfolded.emulate_media(media="print")
    wide = unfolded.evaluate(
        """width => [...document.querySelectorAll('td, th, p, li, pre, img, figcaption, summary')]
            .filter(e => e.checkVisibility() && (e.getBoundingClientRect().right > width + 1 ||
                e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1))
            .map(e => `${e.scrollWidth - e.clientWidth} ${e.outerHTML}`.slice(0, 200))""",
        PAPER,
    )
    unfolded.emulate_media(media="screen")
    assert wide == []


def test_a_table_has_its_caption_on_each_sheet_and_once_on_a_screen(unfolded):
    unfolded.set_viewport_size({"width": PAPER, "height": 1000})
    told = """() => [...document.querySelectorAll('table')].filter(t => t.checkVisibility())
        .map(t => [[...t.rows].filter(r => !r.matches('.carried')).length, t.tHead !== null,
            ...[t.caption, t.querySelector('thead > .carried:first-child')].map(e =>
                e?.checkVisibility() ? e.innerText.trim() : '')])"""
    screen = unfolded.evaluate(told)
    unfolded.emulate_media(media="print")
    paper = unfolded.evaluate(told)
    unfolded.emulate_media(media="screen")
    assert screen
    assert all(caption and not carried for *_, caption, carried in screen)
    assert all(bool(caption) != bool(carried) for *_, caption, carried in paper)
    assert all(carried for rows, head, _, carried in paper if head and rows > 10)


@every(["evaluation.sv", "network.en", "portfolio.sv", "answers.en", "portrait.sv"])
def test_at_a_desk_a_tab_stops_only_at_links_and_folds(opened):
    idle = opened.evaluate(
        """() => [...document.querySelectorAll('[tabindex="0"], caption a')].filter(e => {
            const box = e.closest('.scroll');
            return e.checkVisibility() && !(box && box.scrollWidth > box.clientWidth);
        }).length"""
    )
    assert idle == 0


@every(["portrait.sv", "portrait.en"])
def test_a_table_of_three_columns_fits_a_phone(opened):
    opened.set_viewport_size({"width": 320, "height": 800})
    wide = opened.evaluate(
        """() => [...document.querySelectorAll('table')]
            .filter(t => t.checkVisibility() && [...t.rows].every(r => r.cells.length <= 3))
            .map(t => t.offsetWidth - t.parentElement.clientWidth)"""
    )
    assert wide
    assert max(wide) <= 0


@every(["portrait.sv", "portrait.en"])
def test_on_a_phone_no_row_is_high_for_what_is_out_of_sight(opened):
    opened.set_viewport_size({"width": 320, "height": 800})
    blank = opened.evaluate(
        """() => [...document.querySelectorAll('tbody tr')].filter(r => r.checkVisibility())
            .map(r => r.offsetHeight - Math.max(...[...r.cells].map(c => {
                const range = document.createRange();
                range.selectNodeContents(c);
                const box = range.getBoundingClientRect();
                return box.left < innerWidth ? box.height : 0; })))"""
    )
    assert blank
    assert max(blank) <= 60


@every(["evaluation.sv", "network.en"])
def test_text_spacing_can_be_widened(opened):
    opened.set_viewport_size({"width": 320, "height": 800})
    opened.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    clipped = opened.evaluate(
        """() => [...document.querySelectorAll('p,h1,h2,h3,li,dd,caption,td,th,summary')]
            .filter(e => e.scrollHeight > e.clientHeight + 2 &&
                getComputedStyle(e).overflowY !== 'visible').length"""
    )
    assert clipped == 0


@every(["evaluation.sv", "network.en"])
def test_everything_is_reached_and_seen_by_keyboard(opened):
    wanted = opened.evaluate(
        "[...document.querySelectorAll('a[href], summary')].filter(e => e.checkVisibility()).length"
    )
    reached = set()
    for _ in range(wanted + 5):
        opened.keyboard.press("Tab")
        seen = opened.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
                const r = e.getBoundingClientRect();
                return e === document.body ? null : [
                    [...document.querySelectorAll('*')].indexOf(e),
                    s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
                    r.bottom > 0 && r.top < innerHeight && r.width > 0]; }"""
        )
        if seen is None:
            break
        assert seen[1], "focus is not visible"
        assert seen[2], "focus is out of view"
        reached.add(seen[0])
    assert len(reached) == wanted


@every(["evaluation.sv", "evaluation.en"])
def test_the_first_screen_holds_title_summary_and_table(opened):
    bottom = opened.evaluate("document.querySelector('table').getBoundingClientRect().bottom")
    assert opened.locator("h1").bounding_box()["y"] < 100
    assert bottom <= 720
    assert opened.locator("h2").first.bounding_box()["y"] <= 750  # what is to be decided


@pytest.mark.parametrize(
    ("opened", "height"),
    [("evaluation.sv", 5_700), ("evaluation.en", 5_700), ("full-size.sv", 7_000),
     ("full-size.en", 7_000)],
    indirect=["opened"],
)  # fmt: skip
def test_the_evaluation_is_short_while_its_folds_are_closed(opened, height):
    assert opened.evaluate("document.documentElement.scrollHeight") <= height
    sections = opened.evaluate(
        """[...document.querySelectorAll('h3[id^="network-"]')].map(h =>
            h.nextElementSibling.nextElementSibling.getBoundingClientRect().bottom
            - h.getBoundingClientRect().top)"""
    )
    assert len(sections) >= 4
    assert max(sections) <= 400


def test_the_evaluation_is_small(pages):
    for text in pages.values():
        assert len(text.encode()) <= 168_000


def test_a_page_on_eighty_memberships_is_small(files):
    for language in ("sv", "en"):
        assert len((files / f"portfolio.{language}.html").read_bytes()) <= 120_000


@pytest.mark.parametrize("kind", ["portrait", "turnover"])
def test_a_page_from_member_lists_is_small(files, kind):
    for language in ("sv", "en"):
        assert len((files / f"{kind}.{language}.html").read_bytes()) <= 80_000


# Hostile text: nothing runs, nothing is asked for, and it shows as the text it is.

HOSTILE = [
    "<script>document.title='HIT'</script>",
    "<img src=x onerror=\"document.title='HIT'\">",
    "<a href=\"javascript:document.title='HIT'\">press</a>",
    "<svg onload=\"document.title='HIT'\"><script>document.title='HIT'</script></svg>",
    "<math><mi//xlink:href=\"data:x,<script>document.title='HIT'</script>\">",
    "</title></style></script><script>document.title='HIT'</script>",
    '"><iframe srcdoc="<script>parent.document.title=\'HIT\'</script>"></iframe>',
    "<style>@import url(https://evil.example/x);</style>",
    '<p style="background:url(https://evil.example/y);position:fixed;inset:0">css</p>',
    "[press](javascript:document.title='HIT') ![x](https://evil.example/z.png) **bold**",
    "{{ 7 * 7 }} {% raw %} {reason} {0} %s $\\frac{1}{2}$ $x",
    "\u202eright-to-left\u202c \u2066iso\u2069",
    "W" * 100_000,
]
PROTECTED = {"sha256", "coder", "currency"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A case whose every free text, table's file and folder is hostile."""
    folder = tmp_path_factory.mktemp("hostile") / "data" / "a<img src=x onerror=alert(1)>{{7}}"
    shutil.copytree(CASE, folder)
    (folder.parents[1] / "notebooks").symlink_to(ROOT / "notebooks")
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text("utf-8"))
    texts = itertools.cycle(HOSTILE)
    for resource in package["resources"]:
        keys = set(resource["schema"].get("primaryKey", []))
        foreign = resource["schema"].get("foreignKeys", [])
        referring = {name for key in foreign for name in key["fields"]}
        free = [
            field["name"]
            for field in resource["schema"]["fields"]
            if field["type"] == "string"
            and "rdfType" not in field
            and not {"pattern", "enum"} & set(field.get("constraints", {}))
            and field["name"] not in PROTECTED | (keys - {"locator", "city"}) | referring
        ]
        path = folder / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for name in free:
                if row[name]:
                    row[name] = next(texts) + (f" {len(row[name])}" if name == "locator" else "")
        path.unlink()
        resource["path"] = f"{resource['name']}<svg onload=alert(1)>.csv"
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    descriptor.write_text(json.dumps(package), "utf-8")
    return folder


def hostile_report(hostile, notebook, out):
    done = command(
        *("report", hostile.name, "--data", hostile.parent, "--notebook", notebook),
        *("--out", out, "--language", "en"),
    )
    assert done.returncode == 0, done.stderr
    return next(out.iterdir())


@pytest.fixture(scope="module", params=["evaluation", "network"])
def hostile_page(request, hostile, tmp_path_factory):
    return hostile_report(hostile, request.param, tmp_path_factory.mktemp("out"))


def innocent(browser, target: Path):
    """Open a page without its own security policy and see that nothing happens."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()
    asked, dialogs = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(target.as_uri())
    for details in page.locator("details").all():
        details.evaluate("d => { d.open = true }")
    for link in page.locator("main a").all():
        assert (link.get_attribute("href") or "#").startswith(("#", "http", "mailto:"))
    page.wait_for_timeout(300)
    assert page.title() != "HIT"
    assert dialogs == []
    assert [url for url in asked if not url.startswith(("file:", "data:image"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert page.evaluate("document.querySelectorAll('script, iframe, svg, math').length") == 0
    return page


def test_hostile_text_does_nothing_and_shows_as_it_is(browser, hostile_page):
    page = innocent(browser, hostile_page)
    text = page.evaluate("document.querySelector('main').textContent")
    for shown in [*HOSTILE[:11], "W" * 100_000]:
        assert shown in text, shown[:80]
    assert "\x00" not in text
    assert "\x1b" not in text
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for picture in page.locator("img").all():
        assert picture.evaluate("i => i.complete && i.naturalWidth > 0 && i.naturalWidth < 3000")


def test_hostile_text_does_nothing_on_a_page_that_shows_less_of_it(browser, hostile, tmp_path):
    page = innocent(browser, hostile_report(hostile, "portfolio", tmp_path))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_foreign_notebook_exports_safely_and_legibly(browser, tmp_path):
    def shown(**data):
        bundle = {name.replace("__", "/"): text for name, text in data.items()}
        return nbformat.v4.new_output("display_data", data=bundle)

    styler = (
        "<style>#T_a {color: red; background: url(https://evil.example)}</style>"
        '<table id="T_a"><thead><tr><th></th><th class="col_heading">Cost</th></tr></thead>'
        '<tbody><tr><th class="row_heading">C40</th><td style="color:red">12</td></tr></tbody>'
        "</table>"
    )
    cell = nbformat.v4.new_code_cell("shown")
    cell.outputs = [
        shown(text__html=f"<div onclick=alert(1)>raw {HOSTILE[0]}</div>"),
        shown(text__html=styler),
        shown(application__javascript="document.title='HIT'"),
        shown(text__markdown=f"**bold** {HOSTILE[1]} {HOSTILE[9]}"),
        shown(text__latex="$x^2$", text__plain="x squared"),
        nbformat.v4.new_output("stream", text="\x1b[31mprinted\x1b[0m <b>"),
        nbformat.v4.new_output("error", ename="Error", evalue=HOSTILE[0], traceback=["x"]),
    ]
    markdown = nbformat.v4.new_markdown_cell(f"# Foreign\n\n{HOSTILE[6]}\n\n{HOSTILE[9]}")
    book = nbformat.v4.new_notebook(cells=[markdown, cell])
    target = tmp_path / "foreign.html"
    target.write_text(PageExporter().from_notebook_node(book)[0], "utf-8")
    page = innocent(browser, target)
    text = page.evaluate("document.querySelector('main').textContent")
    for legible in ("raw", "Cost", "12", "bold", "x squared", HOSTILE[0], "press"):
        assert legible in text, legible
    assert "printed" not in text  # what a cell writes is for working pages
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
