"""Every way that a case can be wrong, seen to fail well: the place, why, and how to mend it."""

import csv
import json
import os
import re
from unittest import mock

import pandas as pd
import pytest

from netanalysis import DataError, load_case
from netanalysis.language.words import speak
from netanalysis.loaders.case.folders import case_names


def edit(folder, table, change):
    """Change a table's rows, header first, and write it back."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows = change(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def put(folder, table, row, column, value):
    """Write one cell; rows are counted as a spreadsheet does."""

    def change(rows):
        rows[row - 1][rows[0].index(column)] = value

    edit(folder, table, change)


def problems(folder):
    with pytest.raises(DataError, match="Mend:") as caught:
        load_case(folder)
    for problem in caught.value.problems:
        for language in ("sv", "en"):
            lines = speak(language).explain(problem).splitlines()
            assert len(lines) >= 3
            assert "{" not in "".join(lines)
    return caught.value.problems


def only(folder):
    found = problems(folder)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def place(problem):
    return problem.code, problem.file.rsplit("/", 1)[-1], problem.row, problem.column


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "code"),
    [
        ("statements", 4, "network", "eurocity", "reference"),
        ("statements", 4, "criterion", "charm", "reference"),
        ("demands", 4, "criterion", "charm", "reference"),
        ("assessments", 3, "level", "preside", "enum"),
        ("demands", 3, "level", "preside", "enum"),
        ("seats", 2, "network", "eurocity", "reference"),
        ("seats", 2, "body", "council", "reference"),
        ("participation", 2, "body", "fora", "reference"),
        ("events", 7, "network", "metropole", "reference"),
        ("facts", 3, "source_id", "rumour", "reference"),
        ("statements", 4, "low", "7", "maximum"),
        ("statements", 4, "high", "high", "number"),
        ("statements", 4, "low", "NaN", "number"),
        ("statements", 4, "low", "-1", "minimum"),
        ("statements", 4, "low", "sNaN", "number"),
        ("statements", 4, "low", "\u0663", "number"),
        ("statements", 4, "low", "0_1", "number"),
        ("statements", 4, "low", "3!", "number"),
        ("case", 2, "geoname_id", "9" * 30, "maximum"),
        ("case", 2, "draws", "1_000", "integer"),
        ("case", 2, "draws", "\uff11\uff10", "integer"),
        ("statements", 4, "coder", "Anna", "letter"),
        ("statements", 4, "state", "asleep", "enum"),
        ("statements", 4, "locator", "", "locator"),
        ("statements", 4, "text_sv", "  ", "required"),
        ("seats", 4, "end", "2011-13-01", "date"),
        ("seats", 4, "start", "2011-02-30", "date"),
        ("memberships", 2, "since", "95", "date"),
        ("memberships", 2, "since", "\u0661\u0669\u0669\u0665", "date"),
        ("memberships", 2, "since", "0995", "date_far"),
        ("case", 2, "as_of", "9999-12-31", "date_far"),
        ("events", 3, "start", "2200", "date_far"),
        ("networks", 2, "name", "Euro\x07cities", "control"),
        ("statements", 4, "text_en", "\ufeffIt says so", "control"),
        ("statements", 4, "text_en", "It says so\ufffe", "control"),
        ("sources", 2, "title", "A\x1b[31m title", "control"),
        ("case", 2, "draws", "many", "integer"),
        ("case", 2, "threshold_low", "0.4", "minimum"),
        ("memberships", 6, "via", "metropole", "reference"),
        ("criteria", 3, "objective", "more", "enum"),
        ("criteria", 3, "section", "trouble", "enum"),
    ],
)
def test_a_wrong_cell_is_named(copied, table, row, column, value, code):
    put(copied, table, row, column, value)
    found = problems(copied)
    assert place(found[0]) == (code, f"{table}.csv", row, column)


@pytest.mark.parametrize(
    "name", ["EUROCITIES", "Eurocities", "EUROCITIES\u200b", "EURO\u00adCITIES", " EUROCITIES "]
)
def test_two_networks_of_one_name_are_told(copied, name):
    put(copied, "networks", 3, "name", name)
    problem = only(copied)
    assert place(problem) == ("name_alike", "networks.csv", 3, "name")
    assert problem.values["other"] == 2


def test_memberships_that_run_in_a_circle_are_told(copied):
    put(copied, "memberships", 4, "via", "uclg")
    found = problems(copied)
    assert [place(one) for one in found] == [
        ("via_circle", "memberships.csv", 4, "via"),
        ("via_circle", "memberships.csv", 6, "via"),
    ]
    assert found[0].values["route"] == "metropolis – uclg – metropolis"


def test_low_above_high_is_named(copied):
    put(copied, "statements", 4, "low", "4")
    put(copied, "statements", 4, "high", "1")
    assert place(only(copied)) == ("low_high", "statements.csv", 4, "low")


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"low": "", "high": ""}, "state_none", "low"),
        ({"high": ""}, "state_half", "high"),
        ({"low": ""}, "state_half", "low"),
        ({"state": "silence"}, "state_both", "state"),
    ],
)
def test_a_statement_has_a_rating_or_a_state(copied, cells, code, column):
    for name, value in cells.items():
        put(copied, "statements", 4, name, value)
    assert place(only(copied)) == (code, "statements.csv", 4, column)


def test_a_negative_cost_is_named(copied):
    def change(rows):
        rows.append(["c40", "2011", "fee", "-5", "SEK", "", "", "stockholm-2011", "x ¶1"])

    edit(copied, "costs", change)
    assert place(only(copied)) == ("minimum", "costs.csv", 2, "amount")


def test_two_rows_with_one_key_are_named(copied):
    def change(rows):
        rows.append(rows[4])

    edit(copied, "statements", change)
    problem = only(copied)
    assert place(problem) == ("key", "statements.csv", 125, None)
    assert problem.values["other"] == 5


def test_a_term_ends_after_it_begins(copied):
    put(copied, "seats", 3, "end", "2008")
    assert place(only(copied)) == ("term", "seats.csv", 3, "end")


def test_a_seat_lies_within_the_membership(copied):
    put(copied, "seats", 4, "start", "2001")
    assert place(only(copied)) == ("seat_outside", "seats.csv", 4, "start")


def test_demands_are_nested(copied):
    put(copied, "demands", 11, "demand", "0")  # participate asks for less than follow
    assert place(only(copied)) == ("demand_nested", "demands.csv", 11, "demand")


def test_a_veto_is_worse_than_its_demand(copied):
    put(copied, "demands", 11, "veto", "2")
    assert place(only(copied)) == ("veto", "demands.csv", 11, "veto")


def test_each_level_has_a_demand_on_each_criterion(copied):
    edit(copied, "demands", lambda rows: rows[:5] + rows[6:])
    problem = only(copied)
    assert (problem.code, problem.values["level"]) == ("demand_missing", "follow")


def test_all_four_levels_are_there(copied):
    edit(copied, "levels", lambda rows: [*rows[:3], rows[4], rows[3]])
    assert load_case(copied).demands["level"].iloc[0] == "follow"  # order counts, not rows
    put(copied, "levels", 4, "order", "9")
    put(copied, "levels", 5, "order", "9")
    assert only(copied).code == "levels"


def test_a_case_is_one_row(copied):
    edit(copied, "case", lambda rows: rows[:1])
    assert only(copied).code == "rows_one"


def test_bounds_on_weights_can_be_met(copied):
    for row in range(2, 11):
        put(copied, "criteria", row, "weight_low", "0.2")
    assert only(copied).code == "weights"


def test_a_criterion_is_not_compared_with_itself(copied):
    put(copied, "order_statements", 2, "other", "operational_development")
    assert place(only(copied)) == ("order", "order_statements.csv", 2, "other")


def test_a_membership_does_not_run_via_itself(copied):
    put(copied, "memberships", 6, "via", "uclg")
    assert place(only(copied)) == ("via", "memberships.csv", 6, "via")


# files and columns


def test_a_missing_table_is_named_with_its_header(copied):
    (copied / "costs.csv").unlink()
    problem = only(copied)
    assert place(problem) == ("file_missing", "costs.csv", None, None)
    assert "network,year,kind" in str(problem)


def test_a_table_that_is_not_declared_is_named(copied):
    path = copied / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "costs"]
    package["resources"].append({"name": "prices", "path": "prices.csv"})
    path.write_text(json.dumps(package), "utf-8")
    assert {(p.code, p.values["table"]) for p in problems(copied)} == {
        ("table_missing", "costs"),
        ("table_unknown", "prices"),
    }


@pytest.mark.parametrize("path", ["../../seats.csv", "/etc/hosts", "", "a/b.csv"])
def test_a_table_stands_in_the_case_folder(copied, path):
    descriptor = copied / "datapackage.json"
    package = json.loads(descriptor.read_text("utf-8"))
    next(r for r in package["resources"] if r["name"] == "seats")["path"] = path
    descriptor.write_text(json.dumps(package), "utf-8")
    assert [p.code for p in problems(copied)] == ["table_path"]


def test_declared_columns_are_those_of_a_case(copied):
    path = copied / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"weight_low"', '"weight_min"'), "utf-8")
    assert only(copied).code == "table_schema"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resources": 3}', '{"resources": [{}]}'])
def test_a_broken_descriptor_is_told(copied, text):
    (copied / "datapackage.json").write_text(text, "utf-8")
    assert only(copied).code == "descriptor"


def test_missing_extra_and_doubled_columns_are_named(copied):
    def change(rows):
        for row in rows:
            row[rows[0].index("note_sv") if row is not rows[0] else row.index("note_sv")] += ""
        rows[0][rows[0].index("publisher")] = "editor"
        rows[0][rows[0].index("note_sv")] = "note_en"

    edit(copied, "sources", change)
    found = {(p.code, p.values["name"]) for p in problems(copied)}
    assert found == {
        ("column_missing", "publisher"),
        ("column_missing", "note_sv"),
        ("column_extra", "editor"),
        ("column_twice", "note_en"),
    }


def test_columns_may_come_in_any_order(copied, stockholm):
    edit(copied, "seats", lambda rows: [row[::-1] for row in rows])
    assert load_case(copied).seats.equals(stockholm.seats)


def test_an_empty_file_is_told(copied):
    (copied / "seats.csv").write_text("", "utf-8")
    assert only(copied).code == "file_empty"


def test_a_file_cut_off_in_mid_row_is_told(copied):
    path = copied / "seats.csv"
    text = path.read_text("utf-8")
    path.write_text(text[: text.rindex("culture-committee") + 7], "utf-8")
    assert place(only(copied)) == ("cells_few", "seats.csv", 9, None)


def test_a_file_cut_off_in_quotes_is_told(copied):
    path = copied / "statements.csv"
    text = path.read_text("utf-8")
    cut = text.rindex(',"') + 20
    path.write_text(text[:cut], "utf-8")
    assert place(only(copied)) == ("quote", "statements.csv", text[:cut].count("\n") + 1, None)


def test_a_quotation_mark_inside_a_text_is_told(copied):
    path = copied / "bodies.csv"
    path.write_text(path.read_text("utf-8").replace(",Board,", ',"The" Board,', 1), "utf-8")
    assert only(copied).code == "quote_inside"


def test_a_table_declared_twice_is_told(copied):
    path = copied / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"].insert(0, {"name": "seats", "path": "nowhere.csv"})
    path.write_text(json.dumps(package), "utf-8")
    assert only(copied).code == "table_twice"


def test_an_empty_key_is_one_problem(copied):
    put(copied, "statements", 4, "statement", "")
    assert place(only(copied)) == ("required", "statements.csv", 4, "statement")


def test_a_cell_beyond_all_measure_is_read_whole(copied):
    put(copied, "sources", 2, "title", "x" * 140_000)
    assert len(load_case(copied).sources.loc[0, "title"]) == 140_000


@pytest.mark.parametrize("schema", [None, "elsewhere.json", {}, {"fields": 3}, {"fields": [{}]}])
def test_a_schema_that_is_none_is_told(copied, schema):
    path = copied / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    next(r for r in package["resources"] if r["name"] == "seats")["schema"] = schema
    path.write_text(json.dumps(package), "utf-8")
    assert only(copied).code == "table_schema"


def test_a_row_with_too_many_cells_is_told(copied):
    edit(copied, "seats", lambda rows: [*rows[:3], [*rows[3], "x"], *rows[4:]])
    assert place(only(copied)) == ("cells_many", "seats.csv", 4, None)


def test_latin_1_is_told_with_its_first_row(copied):
    path = copied / "seats.csv"
    path.write_bytes(path.read_text("utf-8").encode("latin-1", "replace"))
    assert place(only(copied)) == ("encoding", "seats.csv", 2, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_told(copied, encoding):
    path = copied / "seats.csv"
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert problems(copied)[0].file.endswith("seats.csv")


def test_a_byte_order_mark_is_passed_over(copied, stockholm):
    path = copied / "seats.csv"
    path.write_text(path.read_text("utf-8"), "utf-8-sig")
    assert load_case(copied).seats.equals(stockholm.seats)


def excel(folder, table):
    """The table as Excel writes it in Swedish: semicolons, decimal commas, CRLF, a BOM."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows = [[re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", cell) for cell in row] for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([*rows, [""] * len(rows[0])])


def test_excels_swedish_export_is_read(copied, stockholm):
    for table in ("criteria", "statements", "demands", "case"):
        excel(copied, table)
    loaded = load_case(copied)
    assert loaded.criteria.equals(stockholm.criteria)
    assert loaded.statements.equals(stockholm.statements)
    assert loaded.case.equals(stockholm.case)


def test_a_point_that_could_be_a_thousand_is_asked_about(copied):
    excel(copied, "criteria")
    path = copied / "criteria.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";0,05;", ";1.500;", 1), "utf-8")
    assert problems(copied)[0].code == "decimal_ambiguous"


def test_all_problems_come_at_once(copied):
    put(copied, "statements", 4, "low", "7")
    put(copied, "seats", 4, "end", "soon")
    put(copied, "facts", 5, "network", "oecd")
    put(copied, "demands", 11, "demand", "0")
    codes = [p.code for p in problems(copied)]
    assert sorted(codes) == ["date", "demand_nested", "maximum", "reference"]


def test_one_unreadable_table_raises_no_false_alarms_elsewhere(copied):
    (copied / "networks.csv").write_text("", "utf-8")
    put(copied, "seats", 4, "end", "soon")
    assert [p.code for p in problems(copied)] == ["file_empty", "date"]


def test_an_unknown_case_names_the_known_ones(copied, monkeypatch):
    monkeypatch.chdir(copied.parents[1])
    with pytest.raises(DataError, match="give one of: stockholm-2011"):
        load_case("gothenburg")


def test_a_descriptor_that_is_nested_without_end_ends_no_other_case(copied, monkeypatch):
    other = copied.parent / "other"
    other.mkdir()
    (other / "datapackage.json").write_text("[" * 100_000 + "]" * 100_000, "utf-8")
    monkeypatch.setenv("NETANALYSIS_DATA", str(copied.parent))
    assert case_names() == ["other", "stockholm-2011"]
    assert load_case("stockholm-2011").name == "stockholm-2011"
    assert only(other).code == "descriptor"


def test_a_name_is_found_from_the_root_and_from_a_folder_below(copied, monkeypatch):
    below = copied.parents[1] / "notebooks"
    below.unlink()
    below.mkdir()
    monkeypatch.chdir(below)
    assert load_case("stockholm-2011").name == "stockholm-2011"
    assert load_case(str(copied)).name == load_case(copied).name == "stockholm-2011"


def test_what_is_not_known_stays_missing(stockholm):
    assert stockholm.seats["end"].isna().sum() == 3
    assert stockholm.statements["low"].isna().sum() == 3


def test_a_case_in_one_language_needs_no_texts_in_the_other(copied):
    for table in copied.glob("*.csv"):
        frame = pd.read_csv(table, dtype="str", keep_default_na=False)
        frame.loc[:, frame.columns.str.endswith("_en")] = ""
        if table.stem == "case":
            frame["languages"] = "sv"
        frame.to_csv(table, index=False)
    case = load_case(copied)
    assert case.languages == ("sv",)
    assert case.networks["note_en"].isna().all()


def test_a_language_that_the_case_names_needs_its_texts(copied):
    frame = pd.read_csv(copied / "case.csv", dtype="str")
    frame["title_en"] = ""
    frame.to_csv(copied / "case.csv", index=False)
    assert place(only(copied)) == ("required", "case.csv", 2, "title_en")


@pytest.mark.parametrize(
    ("answer", "low", "code"),
    [("rating", "", "answer_no_rating"), ("dont_know", "2", "answer_both")],
)
def test_an_answer_is_a_rating_or_says_why_there_is_none(copied, answer, low, code):
    (copied / "asked.csv").write_text(
        "department,network,sent,answer_by,respondents\nculture,c40,2011,,\n", "utf-8"
    )
    header = (copied / "answers.csv").read_text("utf-8").splitlines()[0]
    row = f"culture,,c40,influence,1,{answer},{low},{low},,,2011,stockholm-2011,¶1"
    (copied / "answers.csv").write_text(f"{header}\n{row}\n", "utf-8")
    problem = only(copied)
    assert (problem.code, problem.row) == (code, 2)


def test_only_an_invented_city_has_no_id(copied):
    put(copied, "case", 2, "geoname_id", "")
    assert place(only(copied)) == ("city_no_id", "case.csv", 2, "geoname_id")
    put(copied, "case", 2, "synthetic", "yes")
    assert load_case(copied).case["geoname_id"].isna().all()


def test_an_id_that_cannot_be_read_is_told_once(copied):
    put(copied, "case", 2, "geoname_id", "Stockholm")
    assert place(only(copied)) == ("integer", "case.csv", 2, "geoname_id")


@pytest.mark.parametrize(
    ("table", "column", "sign"),
    [("departments", "name_sv", "\u00ad"), ("criteria", "label_en", "")],
)
def test_names_of_other_tables_are_told_apart_too(copied, table, column, sign):
    def change(rows):
        at = rows[0].index(column)
        rows[3][at] = rows[1][at][:1] + sign + rows[1][at][1:]

    edit(copied, table, change)
    assert place(only(copied)) == ("name_alike", f"{table}.csv", 4, column)


ANSWER = {"network": "uclg", "criterion": "positioning", "version": "1", "answer": "rating"}
ANSWER |= {"low": "3", "high": "3", "source_id": "stockholm-2011", "locator": "¶1"}


def answered(folder, asked, *answers):
    """Who was asked, and what came back, each as columns that differ from the usual."""

    def rows_of(usual, rows):
        return lambda old: [
            *old[:1],
            *([({**usual, **row}).get(c, "") for c in old[0]] for row in rows),
        ]

    edit(folder, "asked", rows_of({"department": "culture", "network": "uclg"}, [asked]))
    edit(folder, "answers", rows_of({"department": "culture", **ANSWER}, answers))


@pytest.mark.parametrize(
    ("asked", "answers", "told"),
    [
        ({}, [{"respondent": "1"}], ("persons_not_asked", "answers.csv", 2, "respondent")),
        ({"respondents": "3"}, [{}], ("persons_unnumbered", "answers.csv", 2, "respondent")),
        (
            {"respondents": "1"},
            [{"respondent": "1"}, {"respondent": "2"}],
            ("persons_many", "asked.csv", 2, "respondents"),
        ),
        (
            {"sent": "2011-03", "answer_by": "2011-02"},
            [{}],
            ("asked_late", "asked.csv", 2, "answer_by"),
        ),
        ({}, [{"received": "2150-01-01"}], ("date_to_come", "answers.csv", 2, "received")),
        ({"sent": "2150"}, [{}], ("date_to_come", "asked.csv", 2, "sent")),
    ],
)
def test_what_was_asked_and_answered_fits_together(copied, asked, answers, told):
    answered(copied, asked, *answers)
    assert place(only(copied)) == told


def test_what_has_happened_is_over_but_what_is_proposed_may_come(copied):
    put(copied, "sources", 2, "date", "2150")

    def change(rows):
        row = {"level": "lead", "action": "deepen", "date": "2150-01-01"}
        row |= {"source_id": "stockholm-2011", "locator": "¶1"}
        for network, status in (("c40", "decided"), ("uclg", "proposed")):
            cells = row | {"network": network, "status": status}
            rows.append([cells.get(column, "") for column in rows[0]])

    edit(copied, "decisions", change)
    assert [place(one) for one in problems(copied)] == [
        ("date_to_come", "sources.csv", 2, "date"),
        ("date_to_come", "decisions.csv", 2, "date"),
    ]


@pytest.mark.parametrize(
    ("table", "row", "text"),
    [
        ("costs", {"network": "c40", "year": "2011", "kind": "fee", "currency": "SEK"}, "1e308"),
        ("costs", {"network": "c40", "year": "2011", "kind": "fee", "currency": "SEK"}, "1e16"),
        ("asked", {"network": "c40", "department": "culture"}, "1000001"),
    ],
)
def test_numbers_that_nothing_in_a_city_has_are_refused(copied, table, row, text):
    column = {"costs": "amount", "asked": "respondents"}[table]
    row |= {column: text, "source_id": "stockholm-2011", "locator": "¶1"}
    edit(copied, table, lambda rows: rows.append([row.get(c, "") for c in rows[0]]))
    assert place(only(copied)) == ("maximum", f"{table}.csv", 2, column)


def unread(folder, name, how):
    """Make a file one that cannot be read, or another thing of that name."""
    (folder / name).unlink()
    if how == "folder":
        (folder / name).mkdir()
    elif how == "link":
        (folder / name).symlink_to("/nowhere/at/all")
    elif how == "pipe":
        os.mkfifo(folder / name)


@pytest.mark.parametrize("name", ["networks.csv", "case.csv", "datapackage.json"])
@pytest.mark.parametrize("how", ["folder", "link", "pipe"])
def test_what_cannot_be_read_is_told_by_its_name(copied, name, how):
    unread(copied, name, how)
    assert [place(one) for one in problems(copied)] == [("file_unreadable", name, None, None)]


@pytest.mark.parametrize("name", ["networks.csv", "datapackage.json", ""])
def test_what_one_may_not_read_is_told_by_its_name(copied, name, without_rights):
    (copied / name).chmod(0)
    try:
        with without_rights():
            found = problems(copied)
    finally:
        (copied / name).chmod(0o755)
    assert place(found[0]) == ("file_unreadable", name or "datapackage.json", None, None)
    assert "no right" in str(found[0])


def test_a_table_is_no_link_out_of_the_case(copied, tmp_path):
    (copied / "facts.csv").rename(tmp_path / "facts.csv")
    (copied / "facts.csv").symlink_to(tmp_path / "facts.csv")
    assert place(only(copied)) == ("table_link", "facts.csv", None, None)
    (copied / "facts.csv").unlink()
    (tmp_path / "facts.csv").rename(copied / "own.csv")
    (copied / "facts.csv").symlink_to("own.csv")
    load_case(copied)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 100_000, "nested too deeply"),
        (b'{"resources": ' + b"[" * 50_000, "nested too deeply"),
        (b'{"resources": [', "row 1, sign 16 is no JSON"),
        (b"9" * 5000, "is not built as it should be"),
        (b'{"resources": [{"name": null}, {"name": 5}, {"name": null}]}', "has no name"),
        (b'{"resources": [{"name": ["x"]}]}', "lists no tables"),
        (b"\xff\xfe", "not in UTF-8"),
        (json.dumps({"resources": [{"name": f"x{n}"} for n in range(100_000)]}).encode(),
         "lists 100000 tables"),
    ],
)  # fmt: skip
def test_a_descriptor_that_is_none_says_why(copied, content, said):
    (copied / "datapackage.json").write_bytes(content)
    problem = only(copied)
    assert place(problem) == ("descriptor", "datapackage.json", None, None)
    assert said in str(problem)
    assert copied.name in case_names_beside(copied)


def case_names_beside(folder):
    with mock.patch.dict(os.environ, {"NETANALYSIS_DATA": str(folder.parent)}):
        return case_names()


def test_two_tables_in_one_file_are_told(copied):
    path = copied / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"][1]["path"] = package["resources"][0]["path"]
    path.write_text(json.dumps(package), "utf-8")
    assert "table_path" in {one.code for one in problems(copied)}


def test_a_name_of_three_hundred_letters_is_no_case(copied):
    with pytest.raises(DataError, match="there is no case"):
        load_case(str(copied / ("a" * 300)))


def test_rows_of_one_key_are_told_apart_by_what_makes_the_key(copied):
    edit(copied, "networks", lambda rows: rows.append([rows[1][0], "Another", "x", "y"]))
    problem = only(copied)
    assert place(problem) == ("key", "networks.csv", 6, None)
    assert problem.values == {"other": 2, "key": "eurocities", "columns": ["network"]}


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("networks", "network", "Euro cities", "write small letters a–z, digits"),
        ("sources", "sha256", "abc", "64 digits 0–9 and a–f"),
        ("statements", "coder", "Anna", "write one capital letter"),
    ],
)
def test_a_form_is_told_in_words(copied, table, column, value, said):
    put(copied, table, 2, column, value)
    told = str(problems(copied)[0])
    assert said in told
    assert "^[" not in told
    assert "{64}" not in told


def test_the_name_that_is_most_like_what_was_typed_stands_first(copied):
    put(copied, "memberships", 3, "network", "metropolys")
    assert str(only(copied).values["known"][0]) == "metropolis"
