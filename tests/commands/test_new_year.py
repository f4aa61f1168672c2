"""``new-year``: what stands goes on, what was said stays, and nothing of last year is lost."""

import csv
import io

import pytest

from netanalysis import load_case
from netanalysis.exchange.store.new_year import name_of_year, new_year
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.columns import tables
from tests.conftest import ROOT, command
from tests.loaders.test_brand import put

LEFT = ("statements", "asked", "answers", "lessons", "events", "assessments", "requests")


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def change(file, row, **values):
    """Change cells of a row, as the file counts it."""
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    rows[row - 2] |= values
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(out.getvalue(), "utf-8")


def test_a_year_is_begun_from_the_one_before(copied, tmp_path):
    put(copied)
    before = contents(copied)
    done = command("new-year", "stockholm-2011", 2013, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert contents(copied) == before
    made = load_case(copied.parent / "stockholm-2013")
    old = load_case(copied)
    for table, about in tables().items():
        rows = getattr(made, table)
        if about["of_its_year"]:
            assert table in LEFT
            assert rows.empty
        elif table not in ("case", "sources", "seats", "participation"):
            assert len(rows) == len(getattr(old, table)), table
    about = made.case.iloc[0]
    assert (about["as_of"], about["follows"]) == ("2013", "stockholm-2011")
    assert made.brand.names == old.brand.names
    assert "statements" not in done.stdout
    assert "Evidence: 123" in done.stdout
    assert "the title, which names the earlier year" in done.stdout
    assert "netanalysis check stockholm-2013" in done.stdout
    checked = command("check", "stockholm-2013", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_has_ended_since_is_no_longer_said_to_go_on(copied, tmp_path):
    rows = case_rows(copied)
    place = next(n for n, row in enumerate(rows["seats"], 2) if row["end"] and not row["ongoing"])
    change(copied / "seats.csv", place, end="2012-06", ongoing="yes")
    load_case(copied)
    done = command("new-year", "stockholm-2011", 2013, "--name", "later", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"seats.csv, row {place}: its end is past" in done.stdout
    made = load_case(copied.parent / "later").seats.iloc[place - 2]
    assert (made["end"], made["ongoing"] == made["ongoing"]) == ("2012-06", False)


def test_it_says_why_a_year_cannot_be_begun(copied, tmp_path):
    def refused(*arguments):
        done = command("new-year", *arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert [path.name for path in copied.parent.iterdir()] == ["stockholm-2011"]
        return done.stderr

    assert "there is no case" in refused("nowhere", 2013)
    assert "is there already" in refused("stockholm-2011", 2013, "--name", "stockholm-2011")
    assert "is as of 2011, which is not before 2011" in refused(
        "stockholm-2011", 2011, "--name", "x"
    )
    assert "cannot be the name" in refused("stockholm-2011", 2013, "--name", "Stockholm 2013")
    (copied / "seats.csv").write_text("network\n", "utf-8")
    assert "seats.csv" in refused("stockholm-2011", 2013)


@pytest.mark.outside
def test_the_comparison_finds_what_a_case_follows(copied, tmp_path):
    assert command("new-year", "stockholm-2011", 2013, cwd=tmp_path).returncode == 0
    later = copied.parent / "stockholm-2013"
    (later / "statements.csv").write_bytes((copied / "statements.csv").read_bytes())
    arguments = ("--language", "en", "--out", tmp_path / "out", "-p", "draws", 200)
    done = command("report", "stockholm-2013", "--compare-with", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (page,) = (tmp_path / "out").glob("*.html")
    assert "comparison" in page.name
    assert "stockholm-2011" in page.name
    done = command("report", "stockholm-2011", "--compare-with", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "does not say which one it follows" in done.stderr


def test_names_of_years():
    assert name_of_year("2026", 2027) == "2027"
    assert name_of_year("visby-20265", 2027) == "visby-20265-2027"


def test_only_sources_that_are_needed_go_on():
    rows = case_rows(ROOT / "data" / "exempelstad-2025")
    found = new_year("exempelstad-2025", rows, 2027)
    kept = {row["source_id"] for row in found.tables["sources"]}
    assert kept < {row["source_id"] for row in rows["sources"]}
    assert "register-2025" in kept
    assert "answers-persons" not in kept
