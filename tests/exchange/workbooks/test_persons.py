"""Persons' answers are closed once: nothing before the last day, all together then, none later."""

import csv
import dataclasses
import datetime

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from markupsafe import Markup

from netanalysis import evaluate, load_case
from netanalysis.cli import main
from netanalysis.exchange.survey.answers import take
from netanalysis.folders import DATA_VARIABLE
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.closing import CHANGED, OPEN, PERSONS, stamped, withheld
from netanalysis.pages import evidence, uncertainties
from netanalysis.pages.answers import responses
from netanalysis.pages.view import View
from netanalysis.scoring import disclosure
from tests.exchange.workbooks import replying
from tests.exchange.workbooks.replying import persons, said, taken

LATER = "2020-03-01"  # when the last day is over
TODAY = datetime.date.today()
MIXED = [3] * 6 + [2] * 6 + [1] * 6


def tables(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def state(case):
    return withheld(case.sources, case.asked, case.answers)


def asked(folder, ratings, size=30, answer_by="2020-02-01"):
    """Persons in one department are asked; what they send, one rating and the rest left empty."""
    replying.asked(folder, {"education": size}, answer_by)
    rest = dict.fromkeys(load_case(folder).criteria["criterion"])
    return [said(n, rest | {"positioning": rating}) for n, rating in enumerate(ratings)]


def of_d(case):
    return case.statements[case.statements["coder"] == "D"]


def said_by_culture(folder):
    """What the department of culture, which answers as one, has sent: one rating."""
    criteria = dict.fromkeys(load_case(folder).criteria["criterion"]) | {"positioning": 1}
    return dataclasses.replace(said(99, criteria, "culture"), one_by_one=False)


# ---- before, on and after the last day


@pytest.mark.parametrize("today", ["2020-01-20", "2020-02-01"])
@pytest.mark.slow
def test_until_the_last_day_is_over_persons_wait_and_departments_are_read(copied, today):
    sent = asked(copied, MIXED)
    culture = said_by_culture(copied)
    found, case = taken(copied, culture, *sent, today=today)
    assert found.waiting == sent
    assert (found.problems, found.closed, state(case)) == ([], 0, OPEN)
    assert set(case.answers["department"]) == {"culture"}
    assert not of_d(case)["text_en"].str.contains("Education").any()  # nor were they silent
    found, case = taken(copied, culture, *sent, today="2020-02-02")
    assert (len(found.new), len(found.known), found.closed, state(case)) == (18, 1, 18, "")
    assert stamped(case.sources)
    assert (of_d(case)["source_id"] == PERSONS).any()


@pytest.mark.parametrize("why", ["fault", "one too many", "no last day"])
@pytest.mark.slow
def test_all_persons_are_taken_or_none(copied, why):
    size = 17 if why == "one too many" else 30
    sent = asked(copied, MIXED, size, "" if why == "no last day" else "2020-02")
    culture = said_by_culture(copied)
    found, case = taken(copied, culture, *sent, today=LATER, refused=why == "fault")
    told = {"fault": [], "one too many": ["reply_too_many"], "no last day": ["persons_no_day"]}
    assert [problem.code for problem in found.problems] == told[why]
    if why == "no last day":
        (place,) = found.problems
        assert (place.file, place.row, place.column) == ("asked.csv", 4, "answer_by")
    assert (found.waiting, found.closed, state(case)) == (sent, 0, OPEN)
    assert set(case.answers["department"]) == {"culture"}
    assert not of_d(case)["text_en"].str.contains("Education").any()


def test_who_sent_nothing_is_silent_when_the_day_is_over_and_nothing_is_closed(copied):
    asked(copied, [])
    culture = said_by_culture(copied)
    for today, silent in (("2020-02-01", False), ("2020-02-02", True)):
        _, case = taken(copied, culture, today=today)
        assert of_d(case)["text_en"].str.contains("Education").any() == silent
        assert not stamped(case.sources)
    found, case = taken(copied, today=LATER)
    assert [problem.code for problem in found.problems] == ["persons_none"]
    assert not stamped(case.sources)


def test_what_comes_after_the_closing_is_refused_and_changes_nothing(copied):
    *sent, late = asked(copied, [*MIXED, 0])
    taken(copied, *sent, today=LATER)
    before = tables(copied)
    found, case = taken(copied, *sent, late, today="2020-04-01")
    assert [(one.code, one.file) for one in found.problems] == [("reply_late", late.file)]
    assert (found.known, found.waiting, found.closed) == (sent, [], 0)
    assert tables(copied) == before
    assert state(case) == ""


def change(folder, table, **values):
    """Change the last row of persons in a table."""
    rows = case_rows(folder)[table]
    next(row for row in rows[::-1] if row.get("respondent") or row.get("respondents")).update(
        values
    )
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


@pytest.mark.parametrize(
    ("table", "values", "fits"),
    [
        ("answers", {"answer": "rating", "low": "1", "high": "1"}, False),
        ("answers", {"respondent": "31"}, False),
        ("asked", {"respondents": "29"}, False),
        ("asked", {"answer_by": "2020-05-01"}, True),
        ("answers", {"comment": "", "language": ""}, True),
    ],
)
@pytest.mark.slow
def test_a_set_that_was_changed_is_not_shown_nor_closed_again(copied, table, values, fits):
    sent = asked(copied, MIXED)
    _, case = taken(copied, *sent, today=LATER)
    before = stamped(case.sources)
    change(copied, table, **values)
    assert state(load_case(copied)) == ("" if fits else CHANGED)
    found, case = taken(copied, *sent[:1], today=LATER)
    assert [one.code for one in found.problems] == ([] if fits else ["persons_changed"])
    assert (stamped(case.sources), found.closed) == (before, 0)
    assert (of_d(case)["source_id"] == PERSONS).any() == fits


def test_the_numbers_and_the_order_of_persons_are_no_part_of_the_stamp(copied):
    _, case = taken(copied, *asked(copied, MIXED), today=LATER)
    turned = case.answers.assign(respondent=19 - case.answers["respondent"])
    assert withheld(case.sources, case.asked, turned[::-1]) == ""
    rows = case_rows(copied)
    assert withheld(rows["sources"], rows["asked"], rows["answers"]) == ""


@pytest.mark.slow
def test_what_rests_on_persons_is_no_evidence_before_it_is_closed(copied):
    """As in a case into which an earlier version took persons' workbooks as they came."""
    taken(copied, *asked(copied, MIXED), today=LATER)
    rated = evaluate(load_case(copied), draws=100)
    assert ("eurocities", "positioning") in rated.ratings[rated.ratings["state"] == ""].index
    file = copied / "sources.csv"
    file.write_text(file.read_text("utf-8").replace(stamped(rated.given.sources), ""), "utf-8")
    case = load_case(copied)
    assert PERSONS not in set(case.statements["source_id"])
    assert PERSONS in {row["source_id"] for row in case_rows(copied)["statements"]}
    outcome = evaluate(case, draws=100)
    said = str(uncertainties.silence(outcome, View(outcome.case, "en")))
    assert "What persons have answered is not shown before it is closed" in said
    assert "What persons" not in str(uncertainties.silence(rated, View(rated.case, "en")))
    found, case = taken(copied, today=LATER)  # and so it is closed
    assert (found.closed, state(case)) == (18, "")
    assert PERSONS in set(case.statements["source_id"])


@pytest.mark.slow
def test_the_stamp_is_on_no_page(copied):
    _, case = taken(copied, *asked(copied, MIXED), today=LATER)
    listed = str(evidence.sources(View(case, "sv")))
    assert "Personers svar" in listed
    assert stamped(case.sources) not in listed


# ---- the commands


@pytest.fixture
def office(copied, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(copied.parent))
    return copied


def run(*arguments):
    done = CliRunner().invoke(main, [*map(str, arguments)], env={"LC_ALL": "C.UTF-8"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


@pytest.mark.slow
def test_an_office_reads_persons_workbooks(office, tmp_path):
    back = tmp_path / "back"
    back.mkdir()
    files = persons(office, back, [3, 2], answer_by=TODAY.isoformat())
    held = [file.read_bytes() for file in files]
    done = run("answers", back, "--into", "stockholm-2011")
    assert done.exit_code == 0, done.output
    assert "Not read yet, as a person has filled it in: " in done.output
    assert "closed, when the last day for their answers is over: " in done.output
    assert "2 of 8" not in done.output
    assert [file.read_bytes() for file in files] == held
    assert load_case(office).answers.empty

    replying.asked(office, {"education": 8}, (TODAY - datetime.timedelta(1)).isoformat())
    (back / "broken.xlsx").write_bytes(b"PK")
    done = run("answers", back, "--into", "stockholm-2011")
    assert done.exit_code == 1
    assert load_case(office).answers.empty
    (back / "broken.xlsx").unlink()
    done = run("answers", back, "--into", "stockholm-2011")
    assert done.exit_code == 0, done.output
    assert "Closed with the answers of 2 persons." in done.output
    assert "Education Administration: 2 of 8 persons have answered." in done.output
    before = tables(office)
    replying.returned(office, "education", back / "late.xlsx", [0])
    done = run("answers", back, "--into", "stockholm-2011")
    assert (done.exit_code, tables(office)) == (1, before)
    assert "late.xlsx: this workbook of a person came after" in done.output


@pytest.mark.parametrize(("days", "code", "told"), [
    (1, 0, "Closed with the answers of 5 persons."),
    (0, 2, "persons may answer until "),
])  # fmt: skip
def test_answers_that_an_office_keeps_by_hand_are_closed_without_a_folder(office, days, code, told):
    last = (TODAY - datetime.timedelta(days)).isoformat()
    replying.asked(office, {"education": 8}, last)
    with (office / "answers.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            ["education", n, "eurocities", "positioning", 1, "rating", n % 4, n % 4, "", "", "",
             "stockholm-2011", f"form {n}"] for n in range(1, 6)
        )  # fmt: skip
    before = tables(office)
    checked = run("check", "stockholm-2011", "--language", "en")
    assert "What persons have answered is not shown" in checked.output
    done = run("answers", "--into", "stockholm-2011")
    assert done.exit_code == code, done.output
    assert told in done.output
    assert (state(load_case(office)) == "") == (code == 0)
    assert tables(office)["answers.csv"] == before["answers.csv"]
    if code:
        assert tables(office) == before
    else:
        closed = tables(office)
        assert run("answers", "--into", "stockholm-2011").exit_code == 0
        assert tables(office) == closed


# ---- subtraction: a page made again after one more reply


def survey(rng, case):
    """Who is asked, and the workbooks of persons in some departments; the last one is late."""
    departments = list(rng.choice(case.departments["department"], rng.integers(1, 4), False))
    sizes = {name: int(rng.integers(5, 25)) for name in departments}
    names = [name for name in departments for _ in range(sizes[name]) if rng.random() < 0.9]
    weights = rng.dirichlet(np.full(5, rng.choice([0.2, 1.0])))
    replies = []
    for number, name in enumerate(rng.permutation(names)):
        given = {
            criterion: "vet inte" if rng.random() < 0.1 else rng.choice(5, p=weights)
            for criterion in case.criteria["criterion"]
        }
        replies.append(said(number, given, str(name)))
    invited = pd.DataFrame(
        [[name, "eurocities", "2020-01-01", "2020-02-01", size] for name, size in sizes.items()],
        columns=list(case.asked),
    ).astype(case.asked.dtypes)
    return invited, replies


def with_rows(case, rows):
    """The case with tables as text in the place of its own."""
    parts = {
        table: pd.DataFrame(rows[table], columns=list(getattr(case, table)))
        .replace("", pd.NA)
        .astype(getattr(case, table).dtypes)
        for table in ("sources", "answers")
    }
    return dataclasses.replace(case, **parts)


def numbers(case):
    """What of persons' answers the page of a case shows: its tables, if any."""
    shown = disclosure.protected(disclosure.counts(case.answers, case.asked))
    page = responses.persons(View(case, "en"), shown, disclosure.ratings_allowed(shown))
    return page if "<table" in page else Markup("")


def read_off(first, second):
    """Criteria on which two protected sets tell what the one person more has answered."""
    keys = ["network", "criterion", "department", "answer"]
    both = first.merge(second, on=keys)
    seen = both[both["shown_x"] & both["shown_y"] & (both["criterion"] != "")]
    more = seen[(seen["count_y"] - seen["count_x"] == 1) & (seen["answer"] != "")]
    return more["criterion"].to_list()


@pytest.mark.slow
def test_one_more_answer_cannot_be_read_off_a_page_made_again(stockholm):
    rng = np.random.default_rng(8)
    shown = caught = 0
    for _ in range(20):
        invited, replies = survey(rng, stockholm)
        case = dataclasses.replace(stockholm, asked=invited)
        written = {table: [] for table in ("sources", "answers", "lessons", "statements")}
        written["asked"] = invited.astype(object).to_dict("records")
        *early, late = replies
        closed = take(case, written, early, LATER).tables | {"asked": written["asked"]}
        first = numbers(with_rows(case, closed))
        again = take(case, closed, replies, "2020-04-01")
        assert [problem.file for problem in again.problems] == [late.file]
        assert {table: again.tables[table] for table in ("sources", "answers", "statements")} == {
            table: closed[table] for table in ("sources", "answers", "statements")
        }
        assert numbers(with_rows(case, again.tables)) == first
        # the same row written into the table by hand: nothing at all is shown
        naive = take(case, written, replies, LATER).tables
        by_hand = with_rows(case, naive | {"sources": closed["sources"]})
        assert numbers(by_hand) == ""
        sets = [disclosure.protected(disclosure.counts(with_rows(case, tables).answers, invited))
                for tables in (closed, naive)]  # fmt: skip
        shown += bool(first)
        caught += bool(read_off(*sets))
    assert shown > 15
    assert caught > 5  # the attack works where both sets are shown
