"""Persons' answers: what is shown, and attacks on it."""

from collections import defaultdict
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from netanalysis.scoring.disclosure import (
    CLASSES,
    LEAST,
    RATINGS,
    counts,
    protected,
    ratings_allowed,
)

KINDS = CLASSES[len(RATINGS) :]


def survey(sizes, given):
    """Tables of one network, c40: department to persons asked, and rows of answers.

    An answer is (department, respondent, criterion, answer), or with a version as fifth.
    """
    asked = pd.DataFrame(
        [(name, "c40", number) for name, number in sizes.items()],
        columns=["department", "network", "respondents"],
    ).astype({"respondents": "Int64"})
    rows = []
    for department, respondent, criterion, answer, *version in given:
        rated = answer not in KINDS
        low, _, high = str(answer).partition("-")
        rows.append(
            {
                "department": department,
                "respondent": respondent,
                "network": "c40",
                "criterion": criterion,
                "version": version[0] if version else 1,
                "answer": "rating" if rated else answer,
                "low": float(low) if rated else np.nan,
                "high": float(high or low) if rated else np.nan,
            }
        )
    columns = ["department", "respondent", "network", "criterion", "version", "answer"]
    answers = pd.DataFrame(rows, columns=[*columns, "low", "high"])
    return answers.astype({"respondent": "Int64"}), asked


def spread(tables):
    """Counts of one network from tables of criteria: answer to number of persons, all one sum."""
    total = sum(next(iter(tables.values())).values())
    rows = [("c40", "", place, what, total) for place in ("parks", "") for what in ("asked", "")]
    for criterion, table in tables.items():
        rows += [("c40", criterion, "", one, table.get(one, 0)) for one in CLASSES]
        rows.append(("c40", criterion, "", "", total))
    return pd.DataFrame(rows, columns=["network", "criterion", "department", "answer", "count"])


def hidden_in(frame, criterion="fit"):
    rows = frame[(frame["criterion"] == criterion) & ~frame["shown"]]
    return set(rows["answer" if criterion else "department"])


# ---- by hand


def test_counts_by_hand():
    answers, asked = survey(
        {"parks": 4, "water": 2, "roads": None},
        [
            ("parks", 1, "fit", 3),
            ("parks", 1, "reach", "dont_know"),
            ("parks", 2, "fit", 1),
            ("parks", 2, "fit", 4, 2),  # the later version counts
            ("parks", 3, "fit", "2-3"),  # nearest to 2.5, the lower one
            ("parks", 3, "reach", "0-1"),
            ("water", 1, "reach", "not_our_field"),  # and no answer on fit
            ("roads", None, "fit", 0),  # the department answers as one
        ],
    )
    found = counts(answers, asked).set_index(["criterion", "department", "answer"])
    found = found["count"].sort_index()
    assert found["", "parks"].to_dict() == {"asked": 4, "": 3}
    assert found["", "water"].to_dict() == {"asked": 2, "": 1}
    assert found["", ""].to_dict() == {"asked": 6, "": 4}
    assert ("", "roads", "asked") not in found.index
    fit = found["fit", ""]
    assert fit[fit > 0].to_dict() == {"2": 1, "3": 1, "4": 1, "no_answer": 1, "": 4}
    reach = found["reach", ""]
    assert reach[reach > 0].to_dict() == {
        "dont_know": 1,
        "not_our_field": 1,
        "no_answer": 1,
        "0": 1,
        "": 4,
    }
    assert set(found.index.get_level_values("department")) == {"parks", "water", ""}


def test_without_persons_there_is_nothing(stockholm):
    none = counts(stockholm.answers, stockholm.asked)
    assert none.empty
    assert protected(none).empty
    assert ratings_allowed(protected(none)).empty


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ({"2": 5, "3": 9, "4": 6}, set()),
        ({"2": 2, "3": 9, "4": 6}, {"2", "3"}),  # 2 alone would follow from the sum
        ({"1": 2, "2": 2, "3": 9, "4": 6}, {"1", "2", "3"}),  # four persons, by subtraction
        ({"1": 4, "2": 4, "3": 9, "4": 6}, {"1", "2", "3"}),  # eight: could only be 4 and 4
        ({"1": 1, "2": 1, "3": 1, "4": 1, "dont_know": 1}, set(CLASSES)),  # all there are
        ({"3": 9, "4": 8, "dont_know": 1}, {"dont_know", "4"}),
        ({"3": 9, "4": 8, "dont_know": 1, "no_answer": 8}, {"dont_know", "no_answer"}),
        ({"3": 9, "4": 8, "dont_know": 1, "no_answer": 7}, {"dont_know", "no_answer", "4"}),
        ({"3": 5, "dont_know": 1}, set(CLASSES)),  # 3 and dont_know leave too little open
        ({"4": 20}, {"3", "4"}),  # all agree: 3 hides it
        ({"0": 20}, {"0", "1"}),
        ({"4": 20, "dont_know": 8}, {"3", "4"}),  # all who rated agree
        ({"4": 2, "dont_know": 8}, {"3", "4", "dont_know"}),
        ({"dont_know": 9}, {"dont_know", "not_our_field"}),
        ({"no_answer": 9}, {"no_answer", "not_our_field"}),
        ({"no_answer": 8}, set(CLASSES)),
    ],
)
def test_answers_hidden_by_hand(table, hidden):
    assert hidden_in(protected(spread({"fit": table}))) == hidden


@pytest.mark.parametrize(
    ("departments", "hidden", "sizes"),
    [
        ({"a": (9, 9), "b": (12, 6)}, set(), True),
        ({"a": (15, 7), "b": (12, 6)}, set(), True),
        ({"a": (9, 7), "b": (12, 9)}, {"a", "b"}, True),  # two and three were silent
        ({"a": (19, 3), "b": (22, 9), "c": (20, 8)}, {"a", "c"}, True),  # c: fewest asked
        ({"a": (9, 4), "b": (12, 4), "c": (30, 8), "d": (31, 8)}, {"a", "b", "c"}, True),
        ({"a": (9, 4), "b": (12, 4)}, {"a", "b"}, True),
        ({"a": (4, 0), "b": (12, 9)}, {"a", "b"}, True),  # too few asked, whatever they did
        ({"a": (9, 0), "b": (12, 5)}, set(), True),  # silence can be told
        ({"a": (9, 9), "b": (12, 12)}, set(), True),  # and so can that nobody was silent
        # everybody answered in the small ones: d hides it, and c would not
        ({"a": (4, 4), "b": (3, 3), "c": (9, 9), "d": (30, 15), "e": (40, 20)}, set("abd"), True),
        ({"a": (4, 4), "b": (3, 3), "c": (9, 9), "d": (30, 30), "e": (40, 0)}, set("abcde"), True),
        ({"a": (4, 4), "b": (3, 3), "c": (9, 9)}, {"a", "b", "c"}, False),
        ({"a": (1, 1), "b": (40, 20), "c": (50, 25)}, {"a", "b", "c"}, True),  # b: 19 or 20 else
        ({"a": (9, 4)}, {"a"}, False),  # too few altogether
        ({"a": (4, 0)}, {"a"}, False),
        ({"a": (4, 0), "b": (3, 0)}, set(), True),  # that nobody answered says all there is
        ({"a": (9, 6)}, set(), False),  # of one department, all are its own
        ({"a": (14, 6)}, set(), True),
    ],
)
def test_departments_hidden_by_hand(departments, hidden, sizes):
    given = [
        (name, person, "fit", 1 + person % 3)
        for name, (_, number) in departments.items()
        for person in range(1, number + 1)
    ]
    answers, asked = survey({name: size for name, (size, _) in departments.items()}, given)
    found = protected(counts(answers, asked))
    base = found[found["criterion"] == ""].set_index(["answer", "department"])["shown"]
    assert {name for name in departments if not base["", name]} == hidden
    told = {name for name in (*departments, "") if base["asked", name]}
    assert told == ({*departments, ""} - hidden if sizes else set())


def test_how_many_were_asked_is_told_of_no_network_if_it_gives_one_away():
    full, asked = survey({"a": 4, "b": 9}, [(name, n, "fit", n % 3) for name, size in
                         (("a", 4), ("b", 9)) for n in range(1, size + 1)])  # fmt: skip
    half, others = survey({"a": 30, "b": 40}, [(name, n, "fit", n % 3) for name in "ab"
                          for n in range(1, 16)])  # fmt: skip
    answers = pd.concat([full, half.assign(network="uclg")])
    found = protected(counts(answers, pd.concat([asked, others.assign(network="uclg")])))
    assert not found.loc[found["answer"] == "asked", "shown"].any()
    rest = found[(found["network"] == "uclg") & (found["criterion"] == "")]
    assert rest.loc[rest["answer"] == "", "shown"].all()
    alone = protected(counts(half, others))
    assert alone.loc[alone["answer"] == "asked", "shown"].all()


def test_too_few_answers_show_nothing_on_any_criterion():
    answers, asked = survey({"a": 9}, [("a", n, "fit", 3) for n in (1, 2, 3, 4)])
    assert not protected(counts(answers, asked))["shown"].any()


@pytest.mark.parametrize(
    ("table", "ends"),
    [
        ({"2": 5, "3": 9, "4": 6}, (3, 3)),
        ({"2": 5, "3": 5}, (2, 3)),  # an even number: both medians
        ({"0": 2, "1": 9, "2": 6}, (0, 1)),  # 11 persons on 0 or on 1, and 6 on 2
        ({"2": 2, "3": 9, "4": 6}, (2, 3)),  # 11 persons on 2 or on 3, and 6 on 4
        ({"4": 20}, (3, 4)),
        ({"4": 6, "3": 9, "dont_know": 7, "no_answer": 2}, (3, 3)),
        ({"3": 10, "4": 8, "dont_know": 1}, (3, 3)),  # 0 to 9 persons on 4, and 10 on 3
        ({"3": 9, "4": 8, "dont_know": 1}, (3, 4)),
        ({"0": 5, "4": 5}, (0, 4)),  # says nothing beyond the scale: left out
        ({"4": 2, "dont_know": 8}, None),  # perhaps nobody rated
        ({"dont_know": 6, "no_answer": 6}, None),  # nobody did
    ],
)
def test_ratings_allowed_by_hand(table, ends):
    found = ratings_allowed(protected(spread({"fit": table})))
    expected = [] if ends in (None, (0, 4)) else [("c40", "fit", *map(float, ends))]
    assert list(found.itertuples(index=False, name=None)) == expected


# ---- whoever knows the rules, and tries every table


def all_tables(names, total):
    for head in product(range(total + 1), repeat=len(names) - 1):
        if sum(head) <= total:
            yield dict(zip(names, (*head, total - sum(head)), strict=True))


@pytest.mark.parametrize(
    ("names", "total"),
    [
        (CLASSES, 5),
        (CLASSES, 7),
        (("0", "1", "2", "dont_know", "not_our_field"), 17),
    ],
)
@pytest.mark.slow
def test_no_hidden_answer_follows_from_the_rules(names, total):
    tables = dict(enumerate(all_tables(names, total)))
    found = protected(spread({str(number): table for number, table in tables.items()}))
    cells = found[(found["criterion"] != "") & (found["answer"] != "")]
    alike = defaultdict(list)  # what is printed: the tables that print it
    for number, rows in cells.groupby("criterion"):
        printed = tuple(rows["count"].where(rows["shown"], -1))
        alike[printed].append([tables[int(number)].get(one, 0) for one in CLASSES])
    places = [CLASSES.index(name) for name in names]
    unprotected = []
    for printed, behind in alike.items():
        values = np.array(behind)
        out = [len(set(values[:, place])) for place in places if printed[place] == -1]
        agree = ((values[:, : len(RATINGS)] > 0).sum(axis=1) == 1).all()
        if agree or min(out, default=3) < 3:
            unprotected.append(behind)
    assert unprotected == []


def departments_of(*tables):
    """Counts of a network for each table: of each department, how many were asked and answered."""
    rows = []
    for number, table in enumerate(tables):
        whole = [*enumerate(table), ("", tuple(map(sum, zip(*table, strict=True))))]
        for name, (asked, answered) in whole:
            rows.append((f"n{number}", "", str(name), "asked", asked))
            rows.append((f"n{number}", "", str(name), "", answered))
    return pd.DataFrame(rows, columns=["network", "criterion", "department", "answer", "count"])


@pytest.mark.parametrize("known", [False, True])
def test_no_hidden_department_follows_from_the_rules(known, small_tables):
    """Also where the reader knows how many were asked in each department."""
    alike = defaultdict(list)
    for table, printed in small_tables.items():
        alike[printed, tuple(asked for asked, _ in table) if known else ()].append(table)
    tried = 0
    for (printed, _), behind in alike.items():
        values = np.array(behind)  # table, department, asked or answered
        out = np.array(printed[1:-2:2]) == -1
        if printed[-1] == -1 or not out.any() or (known and printed[-2] == -1):  # the limit
            continue
        tried += len(behind)
        answered = values[:, out, 1]
        assert (np.ptp(answered, axis=0) > 0).all(), behind
        assert (answered < values[:, out, 0]).any(axis=1).any(), behind  # somebody was silent
    assert tried > 300


@pytest.fixture(scope="module")
def small_tables():
    """What is printed of every table of two small departments and one of 14."""
    ways = [(asked, answered) for asked in (2, 5) for answered in range(asked + 1)]
    tables = list(product(ways, ways, [(14, answered) for answered in range(15)]))
    printed = {}
    for few in (True, False):  # in one case, the one would hide how many were asked in the other
        alike = [table for table in tables if (sum(one - two for one, two in table) < LEAST) == few]
        found = protected(departments_of(*alike))
        seen = found["count"].where(found["shown"], -1).to_numpy().reshape(len(alike), -1)
        printed |= {table: tuple(map(int, row)) for table, row in zip(alike, seen, strict=True)}
    return printed


# ---- bounds by linear programming from everything that is printed


def random_survey(rng):
    """One network: departments 1 to 5 of many sizes, with silence, agreement and versions."""
    sizes = {
        f"d{n}": int(rng.choice([1, 2, 4, 5, 6, 9, 15, 40])) for n in range(rng.integers(1, 6))
    }
    habit = rng.choice(["mixed", "agree", "silent", "two"])
    weights = {
        "mixed": rng.dirichlet(np.ones(len(CLASSES))),
        "agree": np.eye(len(CLASSES))[rng.integers(len(CLASSES))],
        "silent": rng.dirichlet([0.1] * 5 + [2] * 3),
        "two": rng.dirichlet([0.05] * len(CLASSES)),
    }[habit]
    given = []
    for name, size in sizes.items():
        answering = rng.binomial(size, rng.choice([0, 0.3, 0.8, 1]))
        for person, criterion in product(range(1, answering + 1), ("fit", "reach")):
            if criterion == "fit" or rng.random() < 0.9:
                for version in range(1, 1 + rng.integers(1, 3)):
                    given.append((name, person, criterion, rng.choice(CLASSES, p=weights), version))
    return survey(sizes, given)


def printed_program(frame):
    """Everything printed as equations and inequalities over all that was counted.

    Unknown: how many gave each answer in each department, on each criterion; how many were asked
    and answered in each department.
    """
    criteria = sorted(set(frame["criterion"]) - {""})
    departments = sorted(set(frame["department"]) - {""})
    cells = [*product(criteria, departments, CLASSES)]
    cells += [*product([""], departments, ["asked", ""])]
    place = {cell: number for number, cell in enumerate(cells)}

    def row(wanted):
        found = np.zeros(len(place))
        for cell in wanted:
            found[place[cell]] += 1
        return found

    def behind(criterion, department, answer):
        """The sum of unknowns that a number of the set is."""
        own = [department] if department else departments
        return row([("" if answer == "" else criterion, one, answer) for one in own])

    equal, equals, less, limits = [], [], [], []
    for criterion, department in product(criteria, departments):
        answered = row([(criterion, department, one) for one in CLASSES])
        equal.append(answered - row([("", department, "")]))
        equals.append(0)
    for department in departments:
        less.append(row([("", department, "")]) - row([("", department, "asked")]))
        limits.append(0)
    for one in frame[frame["shown"]].itertuples():
        equal.append(behind(one.criterion, one.department, one.answer))
        equals.append(one.count)
    for one in ratings_allowed(frame).itertuples():
        below = sum(behind(one.criterion, "", name) for name in RATINGS if int(name) < one.low)
        above = sum(behind(one.criterion, "", name) for name in RATINGS if int(name) > one.high)
        rated = sum(behind(one.criterion, "", name) for name in RATINGS)
        less += [2 * below - rated, 2 * above - rated]  # fewer than half of those who rated
        limits += [-1, -1]
    # with 0 = 0 added, so that there always is an equation
    equal, equals = np.array([*equal, row([])]), [*equals, 0]
    return {"A_ub": np.array(less), "b_ub": limits, "A_eq": equal, "b_eq": equals}, behind


def pinned(frame):
    """Hidden numbers of which printed ones leave fewer than four values."""
    program, behind = printed_program(frame)
    found = []
    for one in frame[~frame["shown"]].itertuples():
        cost = behind(one.criterion, one.department, one.answer)
        low, high = (linprog(sign * cost, **program, bounds=(0, None)) for sign in (1, -1))
        assert low.status == 0, low.message  # what is printed is true of the answers
        assert high.status in (0, 3), high.message
        most = -high.fun if high.status == 0 else np.inf
        assert low.fun - 1e-6 <= one.count <= most + 1e-6
        if most - low.fun < 3 - 1e-6:
            found.append((one.criterion, one.department, one.answer))
    return found


def told_of_departments(frame):
    """What printed numbers and the sizes of the departments say of hidden ones.

    Whether everybody in them answered, and in which of them the number that answered has fewer
    values than persons asked in it, in the others or four allow.
    """
    base = frame[frame["criterion"] == ""]
    sizes = base[(base["answer"] == "asked") & (base["department"] != "")]
    known = frame.assign(shown=frame["shown"] | frame.index.isin(sizes.index))
    program, behind = printed_program(known)
    out = base[~base["shown"] & (base["answer"] == "") & (base["department"] != "")]["department"]
    if out.empty:
        return False, []
    asked = sizes.set_index("department")["count"][out]

    def least(cost):
        return linprog(cost, **program, bounds=(0, None)).fun

    answered = sum(behind("", one, "") for one in out)
    narrow = []
    for one in out:
        cost = behind("", one, "")
        if -least(-cost) - least(cost) < min(asked[one], asked.sum() - asked[one], 4) - 1e-6:
            narrow.append(one)
    return least(answered) > asked.sum() - 1 + 1e-6, narrow


def agreed(frame):
    """Criteria on which the printed numbers say that all who rated gave one rating."""
    found = []
    for criterion, rows in frame[frame["criterion"] != ""].groupby("criterion"):
        cells = rows.set_index("answer").loc[list(RATINGS)]
        if (~cells["shown"] | (cells["count"] > 0)).sum() == 1:
            found.append(criterion)
    return found


def without_complement(frame):
    """What primary suppression alone would hide."""
    return frame.assign(shown=~frame["count"].between(1, LEAST - 1))


def small_alone(frame):
    """What hiding only the small departments would leave."""
    numbers = frame.pivot(index="department", columns="answer", values="count").drop("")
    parts = numbers.assign(silent=numbers["asked"] - numbers[""])
    small = (numbers["asked"] < LEAST) | parts.isin(range(1, LEAST)).any(axis=1)
    return frame.assign(shown=~frame["department"].isin(small.index[small]))


@pytest.mark.slow
def test_an_attack_on_departments_whose_sizes_are_known():
    rng = np.random.default_rng(21)
    tried = 0
    for _ in range(30):
        sizes = rng.choice([1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 20, 30, 40], rng.integers(2, 9))
        answered = rng.binomial(sizes, rng.uniform(0.5, 0.95))
        frame = protected(departments_of(list(zip(sizes, answered, strict=True))))
        if frame.loc[(frame["department"] == "") & (frame["answer"] == "asked"), "shown"].all():
            assert told_of_departments(frame) == (False, []), frame.to_string()
            tried += 1
        else:  # the limit: fewer than five were silent, or nothing is shown at all
            assert min((sizes - answered).sum(), answered.sum()) < LEAST
    assert tried > 15
    # the attack works on numbers that are protected less
    few = departments_of([(4, 4), (3, 3), (9, 9), (30, 15)])
    assert told_of_departments(small_alone(few)) == (True, ["0", "1"])


@pytest.mark.slow
def test_an_attack_by_linear_programming_pins_nothing_down():
    rng = np.random.default_rng(20)
    hidden = shown = caught = 0
    for number in range(60):
        frame = protected(counts(*random_survey(rng)))
        assert pinned(frame) == [], frame.to_string()
        assert agreed(frame) == [], frame.to_string()
        out = frame[frame["shown"] & (frame["answer"] != "asked")]
        assert not out["count"].between(1, LEAST - 1).any()
        hidden, shown = hidden + (~frame["shown"]).sum(), shown + len(out)
        if number % 5 == 0:
            naive = without_complement(frame)
            caught += bool(pinned(naive) or agreed(naive))
    assert hidden > 400
    assert shown > 300
    assert caught > 6  # of 12: the attack works on numbers that are protected less
