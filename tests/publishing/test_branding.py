"""A page has its office's colours, name and logo, its charts too; and no other page has them."""

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from netanalysis.loaders.case.brand import contrast
from netanalysis.pages import svg
from netanalysis.publishing.branding import brand_of
from tests.conftest import command
from tests.loaders.test_brand import GOOD, put

OURS = (svg.ACCENT, svg.SECOND, *svg.SHADES[1:])
ACCENTS = ["#7a1f5c", "#000000", "#b00000", "#00695c", "#4b0082", "#6b6b00"]


@pytest.fixture
def branded(copied, tmp_path):
    """A page of a case with a brand, and its folder."""
    put(copied)
    arguments = ("report", "stockholm-2011", "--language", "en", "--out", tmp_path / "out")
    done = command(*arguments, "-p", "draws", 200, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (page,) = (tmp_path / "out").glob("*.html")
    return page


def charts(page):
    body = BeautifulSoup(page, "html.parser")
    return [unquote(str(img["src"])) for img in body.select("figure img")]


@pytest.mark.outside
def test_a_branded_page(branded, browser):
    text = branded.read_text("utf-8")
    assert "--accent:#7a1f5c" in text
    body = BeautifulSoup(text, "html.parser")
    head = body.select_one("main > p.brand")
    assert head.get_text(strip=True) == "Exempelstad"
    assert head.img["alt"] == "Arms"
    drawn = charts(text)
    assert drawn
    assert any("#7a1f5c" in one for one in drawn)
    for one in drawn:
        assert not [colour for colour in OURS if colour in one]
    for width in (1280, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(branded.as_uri())
        assert page.evaluate("document.querySelector('.brand img').naturalWidth") > 0
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


@pytest.mark.outside
def test_a_batch_mixes_no_brands_and_sees_a_new_one(copied, tmp_path):
    other = copied.parent / "other-2011"
    other.mkdir()
    for file in copied.iterdir():
        content = file.read_bytes().replace(b'"name": "stockholm-2011"', b'"name": "other-2011"')
        (other / file.name).write_bytes(content)
    put(copied)
    plan = tmp_path / "plan.csv"
    plan.write_text("case,network\nstockholm-2011,c40\nother-2011,c40\n", "utf-8")
    arguments = ("batch", "network", plan, "--out", tmp_path / "out", "--workers", 1)
    assert command(*arguments, "-p", "draws", 100, cwd=tmp_path).returncode == 0
    pages = {page.name: page.read_text("utf-8") for page in (tmp_path / "out").glob("*c40*.html")}
    assert len(pages) == 2
    for name, page in pages.items():
        assert ("Exempelstad" in page, "#7a1f5c" in page) == (name.startswith("stockholm"),) * 2
    put(copied, GOOD.replace("#7a1f5c", "#00695c"))
    done = command(*arguments, "-p", "draws", 100, "--dry-run", cwd=tmp_path)
    assert "To be made: 1" in done.stdout


def test_a_page_without_a_brand_says_nothing_of_one(pages):
    for page in pages.values():
        assert "brand" not in page
        assert any(svg.ACCENT in one for one in charts(page))


@pytest.mark.parametrize("accent", ACCENTS)
def test_what_is_written_on_a_shade_can_be_read(accent):
    brand = brand_of({"colours": {"accent": accent, "dark": "#000000"}})
    shades = dict(re.findall(r"\.(s\d) \{ background: (#\w+)", brand.rules))
    for name in ("s1", "s2"):
        assert contrast(shades[name], svg.INK) >= 4.5
    for name in ("s3", "s4"):
        assert contrast(shades[name], "#ffffff") >= 4.5


def test_a_brand_that_a_notebook_hands_over_is_not_trusted():
    hostile = {
        "name": "<script>alert(1)</script><b>City</b>",
        "colours": {"accent": "red; } * { display: none", "second": 5, "dark": None},
        "logo": 'https://x.example/a.png" onerror="alert(1)',
        "alt": '"><script>alert(2)</script>',
    }
    brand = brand_of(hostile)
    assert brand.colours["accent"] == svg.ACCENT
    assert "<script" not in brand.head
    assert "x.example" not in re.sub(r">[^<]*<", "><", brand.head)
    assert "display: none" not in brand.rules
    assert brand_of({}) is None
