import shutil

import openpyxl
import pytest

from netanalysis import load_case
from netanalysis.loaders.case.case import case_rows
from netanalysis.tabular import csv_text
from tests.conftest import CASE, ROOT, command


@pytest.fixture
def office(tmp_path):
    """A working folder with data of its own: places, and no case."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places").symlink_to(ROOT / "data" / "places")
    return tmp_path


def run(office, name, *arguments, **environment):
    return command(name, "--data", office / "data", *arguments, cwd=office, **environment)


def refused(done, *words):
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def everything(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "places" not in path.parts
    }


@pytest.mark.slow
def test_a_new_case_loads_and_its_workbook_opens(office):
    done = run(office, "new", "uppsala-2026", "--city", "Upsala", "--language", "sv")
    assert done.returncode == 0, done.stderr
    assert "netanalysis read uppsala-2026.xlsx" in done.stdout
    assert "bladet Läs mig" in done.stdout
    case = load_case(office / "data" / "uppsala-2026")
    assert case.languages == ("sv",)
    assert case.case.loc[0, "city"] == "Uppsala"
    assert case.case.loc[0, "geoname_id"] == 2666199
    assert len(case.criteria) == 9
    assert len(case.demands) == 27
    assert case.networks.empty
    sheet = openpyxl.load_workbook(office / "uppsala-2026.xlsx")["Utvärdering"]
    assert sheet["B2"].value == "Uppsala"


@pytest.mark.slow
def test_a_case_in_two_languages_and_a_city_by_its_number(office):
    arguments = ["--language", "en", "--language", "sv", "--out", office / "my" / "book.xlsx"]
    done = run(office, "new", "goteborg", "--city", "2711537", *arguments)
    assert done.returncode == 0, done.stderr
    case = load_case(office / "data" / "goteborg")
    assert case.languages == ("sv", "en")
    assert case.case.loc[0, "city"] == "Gothenburg"
    assert case.case.loc[0, "title_sv"] == "Gothenburg i internationella nätverk"
    book = openpyxl.load_workbook(office / "my" / "book.xlsx")
    assert book.sheetnames[:2] == ["Read me", "Evaluation"]


@pytest.mark.parametrize("name", ["Umeå 2026", "../x", "", "x.xlsx"])
def test_a_name_that_is_no_short_name_is_refused(office, name):
    before = everything(office)
    done = run(office, "new", "--city", "Umeå", "--language", "en", "--", name)
    refused(done, f'"{name}" cannot be the name of a case', "such as ")
    assert everything(office) == before


@pytest.mark.slow
def test_an_unknown_and_an_ambiguous_city_are_told(office):
    before = everything(office)
    done = run(office, "new", "x", "--city", "Upsalla", "--language", "sv")
    refused(done, 'ingen stad heter "Upsalla"', "Uppsala")
    done = run(office, "new", "x", "--city", "Springfield", "--language", "en")
    refused(done, 'several cities answer to "Springfield"', "Springfield (US): ")
    assert everything(office) == before


@pytest.mark.slow
def test_nothing_is_overwritten_without_being_asked(office):
    arguments = ["new", "umea", "--city", "Umeå", "--language", "en"]
    assert run(office, *arguments).returncode == 0
    (office / "data" / "umea" / "networks.csv").write_text("mine")
    (office / "umea.xlsx").write_text("mine")
    before = everything(office)
    refused(run(office, *arguments), "umea.xlsx: the file is there already")
    (office / "umea.xlsx").rename(office / "kept.xlsx")
    refused(run(office, *arguments), "there is a case umea already")
    (office / "kept.xlsx").rename(office / "umea.xlsx")
    assert everything(office) == before
    assert run(office, *arguments, "--overwrite").returncode == 0
    assert load_case(office / "data" / "umea").networks.empty


def test_a_folder_that_is_no_case_is_never_overwritten(office):
    (office / "data" / "lists").mkdir()
    (office / "data" / "lists" / "datapackage.json").write_text('{"resources": []}')
    before = everything(office)
    done = run(office, "new", "lists", "--city", "Umeå", "--language", "en", "--overwrite")
    refused(done, "data/lists: the folder is there already, and holds no case")
    assert everything(office) == before


def test_a_workbook_is_named_as_one(office):
    done = run(office, "new", "umea", "--city", "Umeå", "--language", "en", "--out", "umea.xls")
    refused(done, "umea.xls: the file's name does not end in .xlsx")


def test_a_case_is_written_with_all_its_rows(office):
    shutil.copytree(CASE, office / "data" / "stockholm-2011")
    done = run(office, "write", "stockholm-2011")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(office / "stockholm-2011.xlsx")
    assert book.sheetnames[0] == "Läs mig"  # the first language of the case
    found = [row[5] for row in book["Uppgifter"].iter_rows(min_row=5, values_only=True)]
    assert found == [row["text_sv"] for row in case_rows(CASE)["statements"]]
    assert len(found) == 123
    refused(run(office, "write", "stockholm-2011"), "the file is there already")
    done = run(office, "write", "stockholm-2011", "--language", "en", "--overwrite")
    assert done.returncode == 0, done.stderr
    assert openpyxl.load_workbook(office / "stockholm-2011.xlsx").sheetnames[0] == "Read me"


def test_a_case_that_is_wrong_is_written_too_so_that_it_can_be_mended(office):
    shutil.copytree(CASE, office / "data" / "stockholm-2011")
    file = office / "data" / "stockholm-2011" / "networks.csv"
    columns = ["network", "name", "note_sv", "note_en"]
    file.write_text(csv_text([columns, ["No slug", "=1+1", "", ""]]), "utf-8")
    assert run(office, "write", "stockholm-2011").returncode == 0
    sheet = openpyxl.load_workbook(office / "stockholm-2011.xlsx")["Nätverk"]
    assert [cell.value for cell in sheet[5]] == ["=1+1", None, None, "No slug"]
    file.write_text("name\nC40\n", "utf-8")
    done = run(office, "write", "stockholm-2011", "--overwrite", LC_ALL="sv_SE.UTF-8")
    refused(done, "networks.csv", "network")
    assert sheet.max_row == 5


def test_an_unknown_case_cannot_be_written(office):
    refused(run(office, "write", "nowhere"), 'there is no case "nowhere"')
    assert not list(office.glob("*.xlsx"))
