"""``site``: pages that lead to each other, tables to download, and nothing lost or let out."""

import csv
import io
import json
import re
from urllib.parse import unquote

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from netanalysis import load_case
from netanalysis.loaders.case.closing import PERSONS
from netanalysis.publishing.site import downloads
from netanalysis.publishing.site.downloads import public_tables
from tests.conftest import CASE, ROOT, command, notebook_of

pytestmark = pytest.mark.outside
INTERNAL = ("asked", "answers", "lessons")
SAID = """case: str = "stockholm-2011"
language: str = "en"
status: str = "case"  # one of case, published"""
SHOWS = 'print(1)\nfrom IPython.display import HTML\nHTML("<h1>Plain</h1>")'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The site of the case of Stockholm, in both languages, and what the command said."""
    folder = tmp_path_factory.mktemp("site")
    done = command("site", "stockholm-2011", "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder, done


@pytest.fixture
def office(copied):
    """A workspace whose only notebook that is published is one of a few lines."""
    notebooks = copied.parents[1] / "notebooks"
    notebooks.unlink()
    notebooks.mkdir()
    for name, published in (("plain", True), ("secret", False), ("portrait", False)):
        said = SAID if name != "portrait" else SAID.replace("case:", "city:")
        book = notebook_of(said, SHOWS)
        book.metadata["netanalysis"] = {"language": "en", "published": published}
        nbformat.write(book, notebooks / f"{name}.ipynb")
    return copied.parents[1]


def links(file):
    body = BeautifulSoup(file.read_text("utf-8"), "html.parser")
    return [str(link["href"]) for link in body.find_all("a", href=True)]


def test_every_link_of_every_page_leads_somewhere(made):
    folder, _ = made
    names = {}
    for file in folder.glob("*.html"):
        body = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        names[file.name] = {str(one["id"]) for one in body.find_all(id=True)}
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        for link in links(folder / name) if name.endswith(".html") else ():
            if re.match("https?://|mailto:", link):
                continue
            file, _, place = link.partition("#")
            target = unquote(file) or name
            assert (folder / target).is_file(), (name, link)
            assert not place or unquote(place) in names[target], (name, link)
            waiting.append(target)
    every = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".") and file.suffix != ".md"
    }
    assert reached == every  # and no file that nothing leads to


def test_pages_are_published_in_both_languages_and_lead_to_the_other(made):
    folder, _ = made
    networks = [row["network"] for row in rows(CASE / "networks.csv")]
    for language, other, said in (("sv", "en", "publicerad"), ("en", "sv", "published")):
        for name in ("evaluation", *(f"network.{one}" for one in networks)):
            page = folder / f"{name}.{language}.html"
            assert said in page.read_text("utf-8")
            assert f"{name}.{other}.html" in links(page)
            assert f"{name}.{language}.xlsx" in links(page)
        whole = links(folder / f"evaluation.{language}.html")
        assert {f"network.{one}.{language}.html" for one in networks} <= set(whole)
        assert f"evaluation.{language}.html" in links(
            folder / f"network.{networks[0]}.{language}.html"
        )


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_pages_that_are_not_marked_are_not_there(made):
    stems = {file.name.partition(".")[0] for file in made[0].glob("*.html")}
    assert stems == {"index", "accessibility", "evaluation", "network"}


def test_what_the_office_keeps_for_itself_is_no_download():
    case = load_case("exempelstad-2025")
    found = public_tables(case)
    assert {f"{name}.csv" for name in INTERNAL}.isdisjoint(found)
    assert all(len(getattr(case, name)) for name in INTERNAL)  # there would be something
    package = json.loads(found.pop("datapackage.json"))
    assert {one["path"] for one in package["resources"]} == set(found)
    assert {"statements.csv", "networks.csv", "demands.csv"} <= set(found)
    names = {one["name"] for one in package["resources"]}
    for one in package["resources"]:
        own = list(csv.DictReader(io.StringIO(found[one["path"]])))
        assert own == rows(ROOT / "data/exempelstad-2025" / one["path"])
        assert list(own[0]) == [field["name"] for field in one["schema"]["fields"]]
        for key in one["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in {*names, ""}


def test_what_persons_answered_is_no_download_while_pages_withhold_it(copied, monkeypatch):
    said = ["d-persons", "D", "uclg", "positioning", "2", "2", "", "Personer sa", "Persons said"]
    with (copied / "statements.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([*said, PERSONS, "all together", "", ""])
    with (copied / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([PERSONS, "Svar", *[""] * 6])
    monkeypatch.setenv("NETANALYSIS_DATA", str(copied.parent))
    case = load_case("stockholm-2011")
    assert "d-persons" in public_tables(case)["statements.csv"]
    monkeypatch.setattr(downloads, "withheld", lambda *_: "open")
    assert "d-persons" not in public_tables(case)["statements.csv"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_workbook_has_the_tables_of_the_page_with_numbers(made, language):
    folder, _ = made
    book = load_workbook(folder / f"evaluation.{language}.xlsx")
    body = BeautifulSoup((folder / f"evaluation.{language}.html").read_text("utf-8"), "html.parser")
    tables = [one for one in body.find_all("table") if one.find("caption")]
    assert len(book.worksheets) == len(tables) + 1
    figures = 0
    for sheet in book.worksheets[1:]:
        heads = [cell.value for cell in sheet[3]]
        assert all(heads), sheet.title
        figures += sum(isinstance(c.value, int | float) for row in sheet.iter_rows() for c in row)
        assert not any(c.data_type == "f" for row in sheet.iter_rows() for c in row)
    assert figures > 20


def test_a_page_alone_has_no_link_to_another(pages):
    for page in pages.values():
        found = BeautifulSoup(page, "html.parser").find_all("a", href=True)
        assert all(re.match("https?://|mailto:|#", str(link["href"])) for link in found)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["index.html", "index.en.html", "accessibility.sv.html"])
def test_front_pages_are_accessible(made, browser, name, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((made[0] / name).as_uri())
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_other_notebooks_come_on_demand(office, tmp_path):
    folder = tmp_path / "out"
    done = command(
        *("site", "stockholm-2011", "--out", folder, "--language", "en", "--also", "secret"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert {"plain.en.html", "secret.en.html"} <= set(links(folder / "index.html"))


def test_the_statement_is_the_offices_own(office, tmp_path):
    folder = tmp_path / "out"
    arguments = ("site", "stockholm-2011", "--out", folder, "--language", "sv")
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "7 ställen att fylla i" in done.stderr
    assert "faults_to" in done.stderr
    text = (
        "# Tillgänglighet\n\nVi har <script>alert(1)</script> **provat** [allt](https://x.example)."
    )
    (folder / "accessibility.sv.md").write_text(text, "utf-8")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "att fylla i" not in done.stderr
    assert (folder / "accessibility.sv.md").read_text("utf-8") == text
    shown = (folder / "accessibility.sv.html").read_text("utf-8")
    assert "<strong>provat</strong>" in shown
    assert "<script>" not in shown
    changed = {file.name for file, content in before.items() if file.read_bytes() != content}
    assert changed == {"accessibility.sv.html"}  # all else is the same to the byte


def test_nothing_that_others_made_is_replaced(office, copied, tmp_path):
    folder = tmp_path / "out"
    arguments = ("site", "stockholm-2011", "--out", folder, "--language", "sv")
    (folder / "tables").mkdir(parents=True)
    own = ["index.html", "plain.sv.html", "plain.sv.xlsx", "tables/networks.csv"]
    for name in own:
        (folder / name).write_text("mine", "utf-8")
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert all(name.rpartition("/")[2] in done.stderr for name in own)
    assert {file.name for file in folder.rglob("*") if file.is_file()} == {
        name.rpartition("/")[2] for name in own
    }
    assert command(*arguments, "--overwrite", cwd=tmp_path).returncode == 0
    case = copied / "case.csv"
    table = rows(case)
    table[0]["faults_to"] = "stad@exempel.example"
    out = io.StringIO()
    writer = csv.DictWriter(out, table[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    case.write_text(out.getvalue(), "utf-8")
    left = folder / "network.gone.sv.html"
    left.write_text((folder / "plain.sv.html").read_text("utf-8"), "utf-8")
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "network.gone.sv.html" in done.stderr
    assert left.exists()
    assert "mailto:stad@exempel.example" in links(folder / "index.html")


def test_what_is_wrong_with_the_question_is_told_at_once(office, tmp_path):
    def refused(*arguments):
        done = command("site", *arguments, "--out", tmp_path / "out", cwd=tmp_path)
        assert done.returncode == 2
        assert not (tmp_path / "out").exists()
        return done.stderr

    assert "nowhere" in refused("nowhere")
    told = refused("stockholm-2011", "--also", "portrait", "--also", "no-such")
    assert "portrait" in told
    assert "no-such" in told
    assert "stockholm-2011" in refused("stockholm-2011", "--compare-with", "stockholm-2012")
