import re

import pytest

from tests.conftest import ROOT, command
from tests.loaders.test_case import put


def refused(done, out, *words):
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert not out.exists() or not any(out.iterdir())


@pytest.mark.parametrize("name", ["../stockholm-2011", "/etc", "..", "a/b", ""])
def test_a_path_is_no_name_of_a_case(tmp_path, name):
    out = tmp_path / "out"
    done = command("report", name, "--out", out)
    refused(done, out, "is not the name of a case", "stockholm-2011")


def test_an_unknown_case_names_the_known_ones(tmp_path):
    out = tmp_path / "out"
    done = command("report", "stockholm-2010", "--out", out, "--language", "sv")
    refused(done, out, 'det finns ingen utvärdering "stockholm-2010"', "ange någon av")


def test_an_unknown_notebook_names_the_known_ones(tmp_path):
    out = tmp_path / "out"
    done = command("report", "stockholm-2011", "--notebook", "novel", "--out", out)
    refused(done, out, 'no notebook "novel"', "evaluation")


def test_an_unknown_parameter_lists_those_that_are(tmp_path):
    out = tmp_path / "out"
    done = command("report", "stockholm-2011", "-p", "colour", "red", "--out", out)
    refused(
        done, out, 'no parameter "colour"', 'case: str = "stockholm-2011"', "one of the languages"
    )


@pytest.mark.parametrize("name", ["case", "language"])
def test_what_has_its_own_place_is_not_a_parameter_too(tmp_path, name):
    out = tmp_path / "out"
    done = command("report", "stockholm-2011", "-p", name, "x", "--out", out)
    refused(done, out, f"parameter {name} is given twice")


def test_a_faulty_case_is_told_in_swedish_and_nothing_is_written(tmp_path, copied):
    put(copied, "seats", 4, "end", "2011-13-01")
    put(copied, "statements", 4, "low", "7")
    out = tmp_path / "out"
    data = copied.parent
    done = command(
        "report", "stockholm-2011", "--data", data, "--out", out, "--language", "sv", cwd=tmp_path
    )
    refused(
        done,
        out,
        'data/stockholm-2011/seats.csv, rad 4, kolumn end: "2011-13-01" är inget datum.',
        "Varför:",
        "Åtgärd:",
        "2 fel; inget har sparats.",
    )


def test_the_machines_language_is_used_where_none_is_given(tmp_path):
    done = command("report", "nowhere", "--out", tmp_path / "out", LC_ALL="sv_SE.UTF-8")
    refused(done, tmp_path / "out", "det finns ingen utvärdering")


def test_what_is_no_notebook_is_told(tmp_path, copied):
    (tmp_path / "notebooks").unlink()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "evaluation.ipynb").write_text("{")
    out = tmp_path / "out"
    refused(command("report", "stockholm-2011", "--out", out, cwd=tmp_path), out, "not a notebook")


def test_help_says_what_the_command_does():
    done = command("report", "--help")
    assert done.returncode == 0
    assert "Exit code 0" in re.sub(r"\s+", " ", done.stdout)


@pytest.mark.outside
def test_a_cell_that_fails_is_named_and_leaves_no_page(tmp_path, copied):
    notebooks = tmp_path / "notebooks"
    notebooks.unlink()
    notebooks.mkdir()
    text = (ROOT / "notebooks" / "evaluation.ipynb").read_text("utf-8")
    broken = text.replace("load_case(case)", "1 / 0", 1)
    (notebooks / "evaluation.ipynb").write_text(broken, "utf-8")
    out = tmp_path / "out"
    done = command("report", "stockholm-2011", "--out", out, "--language", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "notebooks/evaluation.ipynb, cell" in done.stderr
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists() or not any(out.iterdir())


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "out").write_text("a file, not a folder")
    done = command("report", "stockholm-2011", "--out", tmp_path / "out" / "x", "--language", "en")
    assert done.returncode == 1
    assert "cannot write to" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("uclg",), ("det finns ingen lista över uclg", "eurocities")),
        (("c40",), ("det finns bara en lista över c40", "2024")),
        (("union-of-the-baltic-cities", "2011"), ("2011", "2022, 2025-05-20")),
        (("union-of-the-baltic-cities", "2025-05-20", "2022"), ("inte äldre",)),
    ],
)
def test_a_turnover_that_cannot_be_told_is_refused(tmp_path, asked, words):
    out = tmp_path / "out"
    refused(command("turnover", *asked, "--out", out, "--language", "sv"), out, *words)


@pytest.mark.outside
def test_the_turnover_of_a_network_is_one_page_named_by_its_dates(tmp_path):
    out = tmp_path / "out"
    done = command("turnover", "union-of-the-baltic-cities", "--out", out, "--language", "en")
    assert done.returncode == 0, done.stderr
    (page,) = out.iterdir()
    assert page.name == "turnover.union-of-the-baltic-cities.2022.2025-05-20.en.html"


def test_an_import_tells_all_that_is_wrong_at_once(tmp_path):
    options = ["--network", "Two words", "--snapshot", "2024-13", "--column", "town=Stad"]
    done = command("members", "import", tmp_path / "none.csv", *options)
    told = ["none.csv: there is no such file", '"2024-13" is not a date', '"Two words"',
            '"town=Stad"', "4 problems"]  # fmt: skip
    refused(done, tmp_path, *told)


@pytest.mark.slow
def test_an_import_tells_how_the_list_was_read(tmp_path):
    text = "Titel;\nStad;Medlem sedan\nPolen;\nŁódź;1995\nNorge;\nOslo;2001\n"
    (tmp_path / "list.csv").write_bytes(text.encode("cp1250"))
    options = ["--network", "n", "--snapshot", "2024"]
    done = command("members", "import", tmp_path / "list.csv", *options, LC_ALL="sv_SE.UTF-8")
    assert done.returncode == 0, done.stderr
    assert "Teckenkodning: cp1250" in done.stdout
    assert "Anger land för raderna under: rad 3, 5" in done.stdout
    rows = (tmp_path / "list.members.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[2:4] for row in rows[1:]] == [["3093133", "Łódź"], ["3143244", "Oslo"]]
