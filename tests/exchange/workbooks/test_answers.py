"""What returned workbooks change in a case: versions, persons, silence, and nothing by half."""

import csv
import shutil

import pytest

from netanalysis import load_case
from netanalysis.exchange.store.replacing import write_case
from netanalysis.exchange.survey.answers import take
from netanalysis.exchange.survey.replies import read_reply
from netanalysis.loaders.case.case import case_rows
from netanalysis.scoring import ratings
from tests.exchange.workbooks import replying
from tests.exchange.workbooks.replying import persons, taken


@pytest.fixture
def folder(copied):
    replying.asked(copied)
    return copied


def given(case, department="culture", network="eurocities", criterion="positioning"):
    rows = case.answers[
        (case.answers["department"] == department)
        & (case.answers["network"] == network)
        & (case.answers["criterion"] == criterion)
    ]
    return rows[["version", "low", "received"]].to_numpy().tolist()


def test_answers_sources_lessons_and_statements(folder, tmp_path):
    file = tmp_path / "Anna Bergs svar.xlsx"
    book = replying.returned(
        folder, "culture", file, [3, "3-4", "vet inte"], office="förvaltningschef"
    )
    book["Poäng"]["D4"] = "=2+2 är fyra"
    book["Taget hem"]["B4"] = "Metod för medborgarbudget"
    replying.save(book, file)
    before = load_case(folder)
    found, case = taken(folder, file)
    assert [reply.department for reply in found.new] == ["culture"]
    assert len(case.answers) == 18  # two networks on nine criteria
    assert case.answers["answer"].value_counts().to_dict() == {
        "no_answer": 15, "rating": 2, "dont_know": 1,
    }  # fmt: skip
    assert case.answers.loc[0, "comment"] == "=2+2 är fyra"
    assert case.answers.loc[0, "locator"] == "Poäng!C4"
    assert case.lessons[["brought_home", "version"]].to_numpy().tolist() == [
        ["Metod för medborgarbudget", 1]
    ]
    source = case.sources.iloc[1]
    assert (source["title"], source["date"]) == ("Svar från Kulturförvaltningen", "2020-01-20")
    assert source["note_en"] == "Answer workbook, signed by: head of department."
    assert len(source["sha256"]) == 64
    mine = case.statements[case.statements["coder"] == "D"]
    rated = mine[mine["state"].isna()]
    assert rated[["low", "high"]].to_numpy().tolist() == [[3, 3], [3, 4]]
    assert rated["text_sv"].to_list() == [
        "Kulturförvaltningen ger 3 på ”Positionering”.",
        "Kulturförvaltningen ger 3–4 på ”Verksamhetsutveckling”.",
    ]
    assert set(rated["source_id"]) == {source["source_id"]}
    silent = mine[mine["state"] == "silence"].set_index(["network", "criterion"])
    assert len(silent) == 27 - 2  # c40 too, that nobody has answered about
    assert silent.loc[("c40", "positioning"), "text_en"] == (
        "Asked, without an answer on “Positioning”: Environment Administration."
    )
    assert ("eurocities", "positioning") not in silent.index
    assert "Utbildningsförvaltningen" in silent.loc[("eurocities", "monitoring"), "text_sv"]
    others = case.statements[case.statements["coder"] != "D"]
    assert others.to_csv() == before.statements.to_csv()
    assert "Anna" not in "".join(path.read_text("utf-8") for path in folder.glob("*.csv"))


def test_silence_and_no_evidence_are_told_apart(folder, tmp_path):
    replying.returned(folder, "culture", tmp_path / "a.xlsx", ["vet inte"] * 9)
    _, case = taken(folder, tmp_path / "a.xlsx")
    mine = case.statements[case.statements["coder"] == "D"]
    rated = ratings.rate(mine, case.networks, case.criteria)["state"]
    assert set(rated["c40"]) == {"silence"}
    assert set(rated["metropolis"]) == {"no_evidence"}


def test_the_same_file_again_changes_nothing(folder, tmp_path):
    replying.returned(folder, "culture", tmp_path / "a.xlsx", [3])
    shutil.copy(tmp_path / "a.xlsx", tmp_path / "copy of a.xlsx")
    found, _ = taken(folder, *tmp_path.glob("*.xlsx"))
    assert (len(found.new), len(found.known)) == (1, 1)
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    found, _ = taken(folder, tmp_path / "copy of a.xlsx")
    assert (len(found.new), len(found.known)) == (0, 1)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", ["early", "late"])
@pytest.mark.slow
def test_of_two_the_later_counts_in_whatever_order_they_are_read(folder, tmp_path, first, together):
    files = {"early": tmp_path / "z.xlsx", "late": tmp_path / "a.xlsx"}
    replying.returned(folder, "culture", files["early"], [1], answered="2020-01-20")
    replying.returned(folder, "culture", files["late"], [4], answered="2020-01-31")
    second = "late" if first == "early" else "early"
    if together:
        _, case = taken(folder, files[first], files[second])
    else:
        taken(folder, files[first])
        _, case = taken(folder, files[second])
    assert given(case) == [[1, 1, "2020-01-20"], [2, 4, "2020-01-31"]]
    mine = case.statements[(case.statements["coder"] == "D") & case.statements["state"].isna()]
    assert mine["low"].to_list() == [4]


def test_of_one_day_the_one_saved_last_counts(folder, tmp_path):
    for name, rating, moment in (
        ("a", 4, "2020-01-25T15:00:00Z"),
        ("b", 1, "2020-01-25T09:00:00Z"),
    ):
        book = replying.returned(folder, "culture", tmp_path / f"{name}.xlsx", [rating])
        replying.save(book, tmp_path / f"{name}.xlsx", moment)
    _, case = taken(folder, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert [low for _, low, _ in given(case)] == [1, 4]


@pytest.mark.slow
def test_a_third_comes_between_two(folder, tmp_path):
    for day, rating in (("2020-01-10", 1), ("2020-01-30", 3), ("2020-01-20", 2)):
        file = tmp_path / f"{day}.xlsx"
        replying.returned(folder, "culture", file, [rating], answered=day)
        _, case = taken(folder, file)
    assert [low for _, low, _ in given(case)] == [1, 2, 3]
    assert len(case.sources) == 1 + 3 + 1  # the report, three workbooks, the questions


@pytest.mark.slow
def test_what_a_later_workbook_leaves_out_stays(folder, tmp_path):
    replying.returned(folder, "culture", tmp_path / "a.xlsx", [1] * 10, answered="2020-01-10")
    book = replying.returned(folder, "culture", tmp_path / "b.xlsx", [None] * 9 + [4])
    book["Poäng"].delete_rows(4, 9)  # nothing more on the first network
    replying.save(book, tmp_path / "b.xlsx")
    _, case = taken(folder, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    mine = case.statements[(case.statements["coder"] == "D") & case.statements["state"].isna()]
    assert mine.groupby("network")["low"].agg(list).to_dict() == {
        "eurocities": [1] * 9,
        "uclg": [4],
    }


def test_a_blank_workbook_is_no_answer(folder, tmp_path):
    replying.sent(folder, "culture", tmp_path / "a.xlsx")
    found, case = taken(folder, tmp_path / "a.xlsx")
    assert (len(found.blank), len(case.answers)) == (1, 0)


@pytest.mark.slow
def test_persons_leave_nothing_that_tells_who_they_are(copied, tmp_path):
    files = persons(copied, tmp_path, [3, 3, 3, 3, 3, 1, 2])
    found, case = taken(copied, *files, today="2020-03-01")
    assert sorted(case.answers["respondent"].unique()) == [1, 2, 3, 4, 5, 6, 7]
    assert set(case.answers["version"]) == {1}
    assert case.answers["received"].isna().all()
    rated = case.answers.loc[case.answers["criterion"] == "positioning", "low"]
    assert sorted(rated) == [1, 2, 3, 3, 3, 3, 3]
    marks = case.answers["locator"].str.split(" ").str[0]
    assert marks.groupby(case.answers["respondent"]).unique().explode().is_monotonic_increasing
    assert marks.str.fullmatch("[0-9a-f]{16}").all()
    stamps = [reply.sha256 for reply in found.new]
    assert set(case.answers["source_id"]) == {"answers-persons"}
    shut = case.sources.set_index("source_id").loc["answers-persons"]
    assert shut["date"] == "2020-03-01"  # when all were closed, and not when anybody answered
    assert shut["sha256"] not in stamps
    kept = "".join(path.read_text("utf-8") for path in copied.glob("*.csv"))
    assert "enhetschef" not in kept
    assert "head of unit" not in kept
    assert "2020-01-1" not in kept
    assert [stamp for stamp in stamps if stamp[:16] in kept] == []


@pytest.mark.slow
def test_the_order_of_persons_is_another_each_time(copied, tmp_path):
    files = persons(copied, tmp_path, [0, 1, 2, 3, 4, "vet inte"])
    case = load_case(copied)
    replies, written = [read_reply(file, case) for file in files], case_rows(copied)
    orders = set()
    for _ in range(4):
        made = take(case, written, replies).tables["answers"]
        orders.add(tuple(row["low"] for row in made if row["criterion"] == "positioning"))
    assert len(orders) > 1


def test_no_single_person_is_a_statement(copied, tmp_path):
    _, case = taken(copied, *persons(copied, tmp_path, [4, 0, 2]))
    mine = case.statements[case.statements["coder"] == "D"]
    assert mine["low"].isna().all()
    text = "".join(mine["text_sv"])
    assert "Utbildningsförvaltningen" not in text  # nor is it told who of them was silent


@pytest.mark.slow
def test_many_persons_are_one_statement_together(copied, tmp_path):
    _, case = taken(copied, *persons(copied, tmp_path, [3] * 6 + [2] * 6 + [1] * 6, 30))
    rated = case.statements[(case.statements["coder"] == "D") & case.statements["low"].notna()]
    assert rated[["criterion", "source_id"]].to_numpy().tolist() == [
        ["positioning", "answers-persons"]
    ]
    assert rated["text_en"].iloc[0] == (
        "Persons in Education Administration rate “Positioning” at 2 (median)."
    )


@pytest.mark.slow
def test_the_same_person_is_not_read_twice(copied, tmp_path):
    files = persons(copied, tmp_path, [4, 0, 2])
    shutil.copy(files[0], tmp_path / "once more.xlsx")
    found, case = taken(copied, *files, tmp_path / "once more.xlsx")
    assert (len(found.new), len(found.known)) == (3, 1)
    found, case = taken(copied, *files)
    assert (len(found.new), len(found.known)) == (0, 3)
    assert case.answers["respondent"].nunique() == 3


@pytest.mark.slow
def test_persons_are_known_by_their_answers_though_their_comments_were_weeded(copied, tmp_path):
    files = persons(copied, tmp_path, [4, 4, 2])
    book = replying.returned(copied, "education", files[0], [4])
    book["Poäng"]["D4"] = "något om någon"
    replying.save(book, files[0])
    _, case = taken(copied, *files)
    assert case.answers["comment"].notna().sum() == 1
    rows = [row | {"comment": "", "language": ""} for row in case_rows(copied)["answers"]]
    write_case(copied, {"answers": rows}, "netanalysis answers")
    found, case = taken(copied, *files)
    assert (len(found.new), len(found.known)) == (0, 3)
    assert case.answers["respondent"].nunique() == 3


@pytest.mark.slow
def test_of_persons_who_answered_alike_each_counts(copied, tmp_path):
    files = persons(copied, tmp_path, [4, 4, 4])
    _, case = taken(copied, *files[:2])
    assert case.answers["respondent"].nunique() == 2
    found, _ = taken(copied, *files)
    assert (len(found.known), [one.file for one in found.problems]) == (2, [str(files[2])])


def test_statements_of_others_named_d_stay(folder, tmp_path):
    row = [
        "own-1",
        "D",
        "c40",
        "positioning",
        "1",
        "1",
        "",
        "Sagt",
        "Said",
        "stockholm-2011",
        "x ¶1",
        "",
        "",
    ]
    with (folder / "statements.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)
    _, case = taken(folder)
    assert "own-1" in set(case.statements["statement"])


def test_a_fault_while_writing_leaves_the_case_as_it_was(folder, tmp_path, monkeypatch):
    replying.returned(folder, "culture", tmp_path / "a.xlsx", [3])
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    case = load_case(folder)
    found = take(case, case_rows(folder), [read_reply(tmp_path / "a.xlsx", case)])
    found.tables["answers"][0]["criterion"] = "mood"
    with pytest.raises(ValueError, match="mood"):
        write_case(folder, found.tables, "netanalysis answers")
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(("today", "silent"), [("2020-06-01", True), ("2020-05-31", False)])
def test_who_may_still_answer_is_not_silent(folder, today, silent):
    lines = (folder / "asked.csv").read_text("utf-8").splitlines()
    at = lines[0].split(",").index("answer_by")
    rows = [line.split(",") for line in lines]
    for row in rows[1:]:
        row[at] = "2020-05-31"
    (folder / "asked.csv").write_text("\n".join(map(",".join, rows)) + "\n", "utf-8")
    found = take(load_case(folder), case_rows(folder), [], today)
    made = [row for row in found.tables["statements"] if row["coder"] == "D"]
    assert bool(made) == silent
