"""Who is asked about what, and what the workbooks hold that are sent."""

import csv

import pytest
from openpyxl import load_workbook

from netanalysis import DataError, load_case
from netanalysis.exchange.sheets.writing import save_workbook
from netanalysis.exchange.survey import asking

TAKING_PART = ["social-services", "education", "city-planning", "culture", "environment"]


def written(folder, table, *rows):
    """Add rows, as a spreadsheet would, to a table of the copied case."""
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_without_rows_those_who_take_part_or_own_are_asked(copied):
    written(copied, "responsibilities", ["uclg", "culture", "", "", "", "stockholm-2011", "x ¶1"])
    case = load_case(copied)
    usual = asking.pairs(case)
    assert usual == [
        (one, network)
        for one in case.departments["department"]
        for network in ("eurocities", "uclg")
        if (network == "eurocities" and one in TAKING_PART) or (one, network) == ("culture", "uclg")
    ]


def test_who_declined_or_takes_no_active_part_is_not_asked(copied):
    for number, role in enumerate(["declined", "none", "participant"]):
        row = ["uclg", "", ["districts", "culture", "education"][number], role, "", "", "", "", ""]
        written(copied, "participation", [*row, "stockholm-2011", "x ¶1"])
    found = asking.pairs(load_case(copied))
    assert [one for one, network in found if network == "uclg"] == ["education"]


def test_rows_that_are_there_rule_and_both_names_rule_over_them(copied):
    written(copied, "asked", ["culture", "c40", "2011-02", "2011-03", "7"])
    case = load_case(copied)
    assert asking.pairs(case) == [("culture", "c40")]
    assert asking.pairs(case, ["education"]) == [("education", "eurocities")]
    assert asking.pairs(case, ["culture"]) == [("culture", "c40")]
    assert asking.pairs(case, ["education"], ["uclg"]) == [("education", "uclg")]
    assert {one for one, _ in asking.pairs(case, networks=["eurocities"])} == set(TAKING_PART)


def test_what_stands_in_the_table_stays_and_only_blanks_are_filled(copied):
    written(
        copied, "asked", ["culture", "c40", "2011-02", "", "7"], ["education", "uclg", "", "", ""]
    )
    case = load_case(copied)
    chosen = [("culture", "c40"), ("culture", "uclg")]
    rows = asking.asked_rows(case, chosen, "2030-01-01", "2030-02-01")
    assert rows.astype(object).where(rows.notna(), "").to_numpy().tolist() == [
        ["culture", "c40", "2011-02", "2030-02-01", 7],
        ["education", "uclg", "", "", ""],
        ["culture", "uclg", "2030-01-01", "2030-02-01", ""],
    ]
    as_one, one_by_one = sorted(asking.letters(case, rows, chosen), key=lambda one: one.persons)
    assert (as_one.networks, as_one.persons) == (("uclg",), 0)
    assert (one_by_one.networks, one_by_one.persons) == (("c40",), 7)


@pytest.mark.parametrize(
    ("departments", "networks", "told"),
    [
        (["parks"], [], 'no department "parks"'),
        ([], ["nato"], 'no network "nato"'),
        ([], ["uclg"], "nobody to ask"),
    ],
)
def test_who_is_not_there_cannot_be_asked(stockholm, departments, networks, told):
    with pytest.raises(DataError, match=told):
        asking.pairs(stockholm, departments, networks)


@pytest.mark.parametrize(("language", "letter"), [("sv", "Läs först"), ("en", "Read first")])
def test_the_workbook_holds_letter_rows_and_anchors(stockholm, tmp_path, language, letter):
    chosen = [("culture", "eurocities"), ("culture", "uclg")]
    rows = asking.asked_rows(stockholm, chosen, "2030-01-01", "2030-02-01")
    (one,) = asking.letters(stockholm, rows, chosen, language)
    save_workbook(asking.answer_workbook(stockholm, one), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    first, ratings, lessons, signing, criteria, hidden = book.worksheets
    assert first.title == letter
    texts = [cell.value for (cell,) in first.iter_rows()]
    date = {"sv": "1 februari 2030", "en": "1 February 2030"}[language]
    public = {"sv": "allmän handling", "en": "public record"}[language]
    assert any(date in text for text in texts)
    assert any(public in text for text in texts)
    rows = list(ratings.iter_rows(min_row=4, max_col=2, values_only=True))
    labels = stockholm.criteria[f"label_{language}"]
    assert rows == [(name, label) for name in ("EUROCITIES", "UCLG") for label in labels]
    (offered,) = [rule for rule in ratings.data_validations.dataValidation if rule.type == "list"]
    assert [cell.value for cell in hidden["A"] if cell.value][:5] == list("01234")
    assert offered.formula1.endswith("$A$1:$A$7")
    assert [row[0] for row in lessons.iter_rows(min_row=4, values_only=True)] == [
        "EUROCITIES",
        "UCLG",
    ]
    assert stockholm.departments.set_index("department").loc["culture", f"name_{language}"] in [
        cell.value for cell in signing["B"]
    ]
    anchors = list(criteria.iter_rows(min_row=4, min_col=3, values_only=True))
    expected = stockholm.criteria[[f"anchor_{one}_{language}" for one in range(5)]]
    assert anchors == list(expected.itertuples(index=False, name=None))
    assert not any(sheet.protection.sheet for sheet in book)


def test_the_same_letter_is_the_same_file(stockholm, tmp_path):
    chosen = [("culture", "eurocities")]
    rows = asking.asked_rows(stockholm, chosen, "2030-01-01", "2030-02-01")
    for name in "ab":
        (one,) = asking.letters(stockholm, rows, chosen)
        save_workbook(asking.answer_workbook(stockholm, one), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_department_is_asked_in_its_own_language(copied):
    table = copied / "departments.csv"
    text = table.read_text("utf-8").replace(
        "Culture Administration,department,", "Culture Administration,department,en"
    )
    table.write_text(text, "utf-8")
    case = load_case(copied)
    chosen = [("culture", "eurocities"), ("education", "eurocities")]
    rows = asking.asked_rows(case, chosen, "2030-01-01", "2030-02-01")
    assert [one.language for one in asking.letters(case, rows, chosen)] == ["en", "sv"]
    assert {one.language for one in asking.letters(case, rows, chosen, "sv")} == {"sv"}
