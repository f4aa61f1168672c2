"""The page of a batch, in a real browser, opened from a file."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from netanalysis.publishing.batch.index import index, indexes
from netanalysis.publishing.batch.manifest import Entry

HOSTILE = "<img src=x onerror=document.title='run'><script>document.title='run'</script>"


def entry(number, state="done", **more):
    figures = {"city": f"City {number % 7}", "networks": number % 50, "share": number / 1000}
    told = {"cell": None, "line": None, "error": "", "key_figures": figures} | more
    page = f"report-{number}.html"
    return Entry(
        f"report-{number}", state, 0.1, 100.0, told["cell"], told["line"],
        told["error"], page,
        "", "", {}, told["key_figures"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def many():
    """As many reports as a large batch has, some of them failed, one with hostile words."""
    listed = [entry(number) for number in range(10_000)]
    listed[3] = entry(3, "failed", cell=2, line=1, error="ValueError: no", key_figures={})
    listed[4] = entry(4, "timeout", error=HOSTILE, key_figures={"city": HOSTILE})
    return listed


@pytest.fixture(params=["sv", "en"])
def opened(request, browser, many, tmp_path):
    file = tmp_path / "index.html"
    file.write_text(index(many, "portrait", request.param), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked, said = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda one: said.append(str(one)))
    page.goto(file.as_uri())
    yield page
    assert asked == [file.as_uri()]
    assert said == []
    page.close()


def first(page):
    return page.locator("tbody tr").first.inner_text().split()[0]


def test_it_filters_sorts_and_shows_what_failed(opened):
    rows = opened.locator("tbody tr")
    assert rows.count() == 250
    assert "10000" in opened.get_by_role("status").inner_text()
    opened.fill("#filter", "report-12")
    opened.wait_for_timeout(400)
    shown = [row.split()[0] for row in rows.all_inner_texts()]
    wanted = [n for n in range(10_000) if f"report-{n}".startswith("report-12")]
    assert shown == [f"report-{number}" for number in wanted]
    opened.fill("#filter", "")
    opened.wait_for_timeout(400)
    opened.locator("thead th").nth(4).get_by_role("button").click()
    assert opened.locator("thead th").nth(4).get_attribute("aria-sort") == "ascending"
    assert first(opened) == "report-0"
    opened.locator("thead th").nth(4).get_by_role("button").click()
    assert opened.locator("thead th").nth(4).get_attribute("aria-sort") == "descending"
    assert first(opened) == "report-9999"
    opened.select_option("#state", index=2)
    assert rows.count() == 1
    assert "ValueError: no" in opened.locator("tbody").inner_text() or HOSTILE[:8] in first(opened)
    opened.select_option("#state", index=0)
    opened.locator("main > button").click()
    assert rows.count() == 10_000


def test_hostile_words_do_nothing(opened):
    opened.fill("#filter", "report-4")
    opened.wait_for_timeout(400)
    assert "<img src=x" in opened.locator("tbody").inner_text()
    assert "run" not in opened.title()
    assert opened.locator("tbody img, tbody script").count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(opened, width):
    opened.set_viewport_size({"width": width, "height": 800})
    found = Axe().run(opened, options={"resultTypes": ["violations"]}).response["violations"]
    assert found == [], [one["id"] for one in found]
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_a_long_word_of_an_error_leaves_the_figures_in_view(browser, tmp_path):
    file = tmp_path / "index.html"
    listed = [entry(1), entry(2, "failed", error="ValueError: " + "x" * 400)]
    file.write_text(index(listed, "portrait", "en"), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    box = page.locator(".scroll")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.close()


def test_without_scripts_it_is_a_whole_table(browser, many, tmp_path):
    file = tmp_path / "index.html"
    file.write_text(index(many[:20], "portrait", "en"), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("tbody tr").count() == 20
    assert page.locator("tbody a").count() == 18
    assert page.locator("button, input").count() == 0
    context.close()


def test_reports_on_an_invented_case_are_marked():
    listed = [entry(1), replace(entry(2), parameters={"case": "madeup"})]
    rows = BeautifulSoup(index(listed, "network", "en", {"madeup"}), "html.parser").tbody
    assert [row.th.get_text() for row in rows.find_all("tr")] == [
        "report-1", "report-2 Invented data"
    ]  # fmt: skip
    assert "Invented" not in index(listed, "network", "en")
    whole = BeautifulSoup(index(listed[1:], "network", "en", {"madeup"}), "html.parser")
    assert whole.title.get_text() == "Invented data: Reports: one network each"


def soup(*listed, language="en"):
    return BeautifulSoup(index(listed, "portrait", language), "html.parser")


def test_a_report_is_named_by_its_title_and_by_its_file_where_others_have_the_same():
    listed = [replace(entry(number), title=title) for number, title in enumerate(["A", "B", "B"])]
    page = soup(*listed, entry(3), entry(4, "failed", key_figures={}))
    heads = [row.th.get_text() for row in page.tbody.find_all("tr")]
    assert heads == ["A", "B (report-1)", "B (report-2)", "report-3", "report-4"]


def test_numbers_stand_below_their_heads():
    page = soup(entry(1), entry(2, "failed", key_figures={}))
    marked = [head.get_text() for head in page.thead.find_all("th", class_="num")]
    assert marked == ["Networks", "Its share"]
    assert [cell.get_text() for cell in page.find_all("td", class_="num")] == ["1", "0%"]


def test_codes_are_told_in_the_language_of_the_page():
    figures = {"country": "SE", "cities_met": 283, "bound": "at_least", "outcome": "lead"}
    page = soup(entry(1, key_figures=figures), entry(2, key_figures={"outcome": "lead"}),
                language="sv")  # fmt: skip
    heads = [head.get_text() for head in page.thead.find_all("th")]
    assert heads[2:] == ["Land", "Städer man möter", "Beräkningen pekar på"]
    cells = [[cell.get_text() for cell in row.find_all("td")] for row in page.tbody("tr")]
    assert cells[0][1:] == ["Sverige", "minst 283", "Medlem med uppdrag"]
    assert cells[1][1:3] == ["uppgift saknas", "uppgift saknas"]
    assert page.find("td", attrs={"data-value": "283"})


def test_each_language_has_a_list_of_its_own_which_leads_to_the_others():
    listed = [replace(entry(number), parameters={"language": language})
              for number, language in enumerate(["en", "sv", "en"])]  # fmt: skip
    pages = {name: BeautifulSoup(page, "html.parser")
             for name, page in indexes([*listed, entry(3)], "portrait", "sv").items()}  # fmt: skip
    assert list(pages) == ["index.html", "index.en.html"]
    first, other = pages.values()
    assert (first.html["lang"], other.html["lang"]) == ("sv", "en")
    assert [a.get_text() for a in first.tbody.find_all("a")] == ["report-1", "report-3"]
    assert [a.get_text() for a in other.tbody.find_all("a")] == ["report-0", "report-2"]
    link, back = first.find("a", hreflang="en"), other.find("a", hreflang="sv")
    assert (link["href"], link["lang"], link.get_text()) == ("index.en.html", "en", "English")
    assert (back["href"], back.get_text()) == ("index.html", "svenska")
    assert list(indexes(listed[:1], "portrait", "sv")) == ["index.html"]
    assert list(indexes([], "portrait", "sv")) == ["index.html"]
