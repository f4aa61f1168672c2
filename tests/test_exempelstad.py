"""The full-size case: invented throughout, marked as such, and as large as a whole office's."""

import importlib.util
import json

import frictionless
import pytest
from bs4 import BeautifulSoup

from netanalysis import load_case
from netanalysis.loaders.case.columns import case_tables
from netanalysis.publishing.notebooks import parameters_of
from tests.conftest import ROOT
from tests.pages.making import Subject
from tests.pages.stored import subjects

CASE = ROOT / "data" / "exempelstad-2025"


@pytest.fixture(scope="module")
def exempelstad():
    return load_case(CASE)


@pytest.fixture(scope="module")
def generate():
    spec = importlib.util.spec_from_file_location("generate", CASE / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_writes_what_is_there(generate):
    written = generate.texts()
    assert set(written) == {
        path.name for path in CASE.iterdir() if path.suffix in (".csv", ".json")
    }
    for name, text in written.items():
        assert (CASE / name).read_bytes() == text.encode(), name


def test_it_is_a_valid_data_package():
    report = frictionless.validate(CASE / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_it_is_as_large_as_an_office_has_it(exempelstad):
    assert len(exempelstad.memberships) == len(exempelstad.networks) == 80
    kinds = exempelstad.departments["kind"].value_counts()
    assert kinds[["department", "company"]].to_list() == [14, 3]
    assert exempelstad.statements["network"].nunique() == 25
    persons = exempelstad.asked["respondents"].dropna()
    assert persons.to_list() == [23, 23, 23]


def test_it_has_the_gaps_that_real_ones_have(exempelstad):
    networks = set(exempelstad.networks["network"])
    owners = exempelstad.responsibilities.dropna(subset="department")
    assert 55 <= owners["network"].nunique() < 80
    costs = exempelstad.costs
    assert networks - set(costs.loc[costs["amount"].notna(), "network"])
    assert set(costs["currency"].dropna()) == {"SEK", "EUR"}
    answers = exempelstad.answers
    assert set(answers["answer"]) == {"rating", "dont_know", "not_our_field", "no_answer"}
    assert (answers["low"] < answers["high"]).any()
    assert set(answers.loc[answers["version"] == 2, "department"]) == {"environment"}
    silent = set(exempelstad.asked["department"]) - set(answers["department"])
    assert silent == {"property", "sports", "housing-company"}
    assert exempelstad.lessons["used_for"].isna().any()


def test_everything_says_that_it_is_invented(exempelstad):
    row = exempelstad.case.iloc[0]
    assert row["synthetic"] == "yes"
    assert "påhittade" in row["title_sv"]
    assert "invented" in row["title_en"]
    assert exempelstad.networks["name"].str.endswith("(påhittat)").all()
    assert exempelstad.networks["note_en"].str.endswith("(invented)").all()
    assert exempelstad.sources["title"].str.contains("påhitta").all()
    package = json.loads((CASE / "datapackage.json").read_text("utf-8"))
    assert "synthetic" in package["title"]
    assert [r["name"] for r in package["resources"]] == list(case_tables())
    assert all(r["title"].endswith("(synthetic: invented)") for r in package["resources"])


def test_no_row_is_without_its_other_language(exempelstad):
    for name in case_tables():
        frame = getattr(exempelstad, name)
        for pair in [column[:-3] for column in frame if column.endswith("_sv")]:
            assert (frame[f"{pair}_sv"].isna() == frame[f"{pair}_en"].isna()).all(), (name, pair)


def test_every_statement_is_coded_or_an_answer(exempelstad):
    coded = exempelstad.statements.set_index("coder")["source_id"]
    assert set(coded["A"]) == {"underlag-2025"}
    assert set(coded["D"]) == {"enkat-2025"}
    rated = exempelstad.statements.query("coder == 'D' and state.isna()")
    last = exempelstad.answers.sort_values("version").drop_duplicates("locator", keep="last")
    given = last.set_index("locator").loc[rated["locator"], ["low", "high"]].to_numpy()
    assert (given == rated[["low", "high"]].to_numpy()).all()


@pytest.fixture(scope="module")
def shown(shared_pages):
    """A page from every notebook of a case, in Swedish; and of a network without evidence."""
    wanted = {
        name.split(".")[1]: subject
        for name, subject in subjects(shared_pages).items()
        if name.startswith(CASE.name) and name.endswith(".sv")
    }  # the network there is one that is looked at closer
    case = {"case": CASE.name, "language": "sv"}
    wanted["bare network"] = Subject("network", case | {"network": "hyresboende"})
    wanted["comparison"] = Subject("comparison", case | {"other": CASE.name})
    wanted["screening"] = Subject("screening", case)
    return {name: page.read_text("utf-8") for name, page in shared_pages.of(wanted).items()}


def test_every_page_of_it_says_that_it_is_invented(shown):
    of_cases = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")
                if "case" in parameters_of(path)}  # fmt: skip
    assert set(shown) == of_cases | {"bare network"}
    for name, text in shown.items():
        page = BeautifulSoup(text, "html.parser")
        assert page.title.get_text().startswith("Påhittade uppgifter: "), name
        assert page.find("p", class_="invented"), name
        captions = page.find_all(["caption", "figcaption"])
        assert captions or name == "screening", name  # of no requests there is no table
        assert all("Påhittade uppgifter" in one.get_text() for one in captions), name


def test_the_evaluation_stays_readable(shown):
    text = shown["evaluation"]
    assert len(text.encode()) < 490_000
    page = BeautifulSoup(text, "html.parser")
    assert "55 nätverk som inte utvärderas" in page.get_text()
    open_ = [one for one in page.find_all("table") if one.find_parent("details") is None]
    assert max(len(one.find_all("tr")) for one in open_) <= 30  # what is longer is folded
    sentences = page.find("div", class_="answer").find_all("p")
    assert max(one.get_text().count("(påhittat)") for one in sentences) <= 12


def test_a_network_without_evidence_is_said_to_have_none(shown):
    assert "Inga belägg om Hyresboende (påhittat) redovisas." in shown["bare network"]
