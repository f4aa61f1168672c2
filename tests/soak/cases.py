"""Change a case at random, one thing at a time: is what no case can mean refused, and where it is?

Each kind of mutation below changes the folder of a case and says where it is to be refused, or that
it makes another case. What is taken is scored and shown by every function that there is.
"""

import contextlib
import csv
import json
import os
import shutil
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from unittest import mock

import click
import pandas as pd

from netanalysis import load_case
from netanalysis.evaluation import Evaluation, evaluate, triage, upcoming
from netanalysis.exchange.store.replacing import write_case
from netanalysis.gaps import gaps
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.closing import PERSONS, SALT, stamp
from netanalysis.loaders.case.columns import DATE, case_tables, definitions
from netanalysis.loaders.case.contradictions import contradictions
from netanalysis.tabular import unguarded
from tests.conftest import CASE, ROOT, command, nobody
from tests.soak.trying import Place, rounds, told, verdict

KEPT = {"storstad", "klimat", "litteratur", "kultur", "mobilitet"}
SCHEMAS = case_tables()
FIELDS = {
    table: {one["name"]: one for one in schema["fields"]} for table, schema in SCHEMAS.items()
}
RESULTS = [name for name, one in vars(Evaluation).items() if hasattr(one, "__get__")]
RESULTS = [n for n in RESULTS if not n.startswith("_") and n not in ("of", "with_", "compare")]
NOTEBOOKS = ("portfolio", "answers", "evaluation", "network")
DIGITS = {ord("0") + n: ord("\u0660") + n for n in range(10)}
CELLWISE = {  # columns whose emptying or changing breaks a rule between cells, which has its kinds
    "statements": {"low", "high", "state"},
    "answers": {"low", "high", "answer", "respondent"},
    "lessons": {"respondent"},
    "asked": {"respondents", "sent", "answer_by"},
    "case": {"geoname_id", "synthetic", "languages", "threshold_low", "threshold_high"},
    "memberships": {"via", "since", "until", "standing"},
    "seats": {"start", "end"},
    "participation": {"start", "end"},
    "events": {"start", "end"},
    "criteria": {"weight_low", "weight_high", "objective"},
    "levels": {"order", "level"},
    "demands": {"demand", "veto", "level"},
    "sources": {"sha256"},
}


class Tables:
    """The folder of a case, whose files are changed as lists of rows."""

    def __init__(self, folder, chance):
        self.folder, self.chance = folder, chance

    def path(self, table):
        return self.folder / f"{table}.csv"

    def rows(self, table):
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table, rows, **form):
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n", **form).writerows(rows)

    def filled(self):
        """A table that has rows."""
        return self.chance.choice([table for table in SCHEMAS if len(self.rows(table)) > 1])

    def cell(self, wanted):
        """A cell of a filled column that the function wants: table, row, column."""
        columns = [(t, c) for t in SCHEMAS for c in FIELDS[t] if wanted(t, FIELDS[t][c])]
        self.chance.shuffle(columns)
        for table, column in columns:
            rows = self.rows(table)
            at = rows[0].index(column)
            filled = [number for number, row in enumerate(rows[1:], start=2) if row[at]]
            if filled:
                return table, self.chance.choice(filled), column
        raise LookupError(wanted)

    def put(self, table, row, column, value):
        rows = self.rows(table)
        at = rows[0].index(column)
        before, rows[row - 1][at] = rows[row - 1][at], value
        self.write(table, rows)
        return before

    def get(self, table, row, column):
        rows = self.rows(table)
        return rows[row - 1][rows[0].index(column)]


# ---- what a column is


def _limits(field):
    return field.get("constraints", {})


def _free(table, field):
    """A text that may say anything."""
    plain = field["type"] == "string" and not {"enum", "pattern"} & {*_limits(field)}
    named = {"source_id", "locator", "languages", "represented_by", "value", "paragraph"}
    is_name = (table, field["name"]) == ("networks", "name")
    return plain and "rdfType" not in field and field["name"] not in named and not is_name


def _numeric(table, field):
    return field["type"] in ("number", "integer")


def _dated(table, field):
    return field.get("rdfType") == DATE


def _referring(table, field):
    if field["name"] == "body" and table == "bodies":
        return False
    named = next((one for one in definitions(table) if one.name == field["name"]), None)
    return bool(named and named.refers)


# ---- kinds of mutations: each changes the folder, and says where it is refused, None if nowhere


def _set(tables, wanted, value, refused=True):
    table, row, column = tables.cell(wanted)
    value = value(tables.get(table, row, column)) if callable(value) else value
    tables.put(table, row, column, value)
    place = Place(f"{table}.csv", row, column)
    return place if refused else None, (table, row, column, value)


def emptied_required(tables):
    return _set(tables, lambda t, f: _limits(f).get("required"), "")


def emptied_optional(tables):
    def wanted(table, field):
        key = SCHEMAS[table]["primaryKey"]
        plain = field["name"] not in key and not _limits(field).get("required")
        tongue = field["name"].rpartition("_")[2] in ("sv", "en")
        return plain and not tongue and field["name"] not in CELLWISE.get(table, ())

    return _set(tables, wanted, "", refused=False)


def long_text(tables):
    return _set(tables, _free, "ö" * tables.chance.choice([1000, 32_768, 200_000]), False)


def odd_text(tables):
    odd = ["=1+1", "+46 8 508", "-", "@SUM(A1)", "'=x", "''", "<b>&amp;</b>", "a\nb", 'a "b"', "\\",
           "{0}", "%s", "$x$", "\u0664\u0662", "na", "NULL", "نص", "e\u0301", "\U0001f600", ";;",
           "_x000D_", "1e308", "\u00ad\u200bx", "None", "|", "`x`", "\u202ex"]  # fmt: skip
    return _set(tables, _free, tables.chance.choice(odd), False)


def other_type(tables):
    odd = ["many", "1 0", "1,5.0", "--1", "1.2.3", "NaN", "inf", "-inf", "0x10", "1_0", "½", "TRUE",
           "2011-11-23", "3!", "1e", "12 000", "12\u00a0000", "1'000", "1,000.5", "٣"]  # fmt: skip
    return _set(tables, _numeric, tables.chance.choice(odd))


def not_whole(tables):
    return _set(tables, lambda t, f: f["type"] == "integer", "1.5")


def far_number(tables):
    return _set(tables, _numeric, tables.chance.choice(["1e308", "-1", "9" * 40, "1e16", "-1e308"]))


def other_digits(tables):
    return _set(
        tables, lambda t, f: _numeric(t, f) or _dated(t, f), lambda text: text.translate(DIGITS)
    )


def no_date(tables):
    odd = ["2011-13", "2011-02-30", "11", "2011-1-1", "20111123", "23/11/2011", "2011-11-23T00:00",
           "2011-00", "1999/2000", "c. 1999", "1999?", "spring 1999", "-1999", "+1999", "1999 "
           "BC", "2011-W05", "\uff12\uff10\uff11\uff11"]  # fmt: skip
    return _set(tables, _dated, tables.chance.choice(odd))


def far_date(tables):
    return _set(tables, _dated, tables.chance.choice(["0001", "0999-12-31", "2200", "9999-12-31"]))


def unknown_reference(tables):
    return _set(tables, _referring, "nobody-knows")


def short_name_misspelt(tables):
    def misspelt(text):
        return tables.chance.choice([text.capitalize(), f"{text} x", f"{text}.", f"{text}å"])

    return _set(tables, _referring, misspelt)


def unknown_code(tables):
    return _set(tables, lambda t, f: "enum" in _limits(f), "dunno")


def lost_sign(tables):
    sign = tables.chance.choice(["\0", "\a", "\x1b[2J", "\ufeff", "\x7f", "\x85", "\x0b"])
    return _set(tables, lambda t, f: f["type"] == "string", lambda x: f"{x[:1]}{sign}{x[1:]}")


def blanks_round(tables):
    table, row, column = tables.cell(lambda t, f: True)
    text = tables.get(table, row, column)
    tables.put(table, row, column, f"\u00a0 {text}\t")
    return None, (table, row, column, text)


def row_doubled(tables):
    table = tables.filled()
    rows = tables.rows(table)
    row = tables.chance.randrange(1, len(rows))
    rows.insert(row + 1, rows[row])
    tables.write(table, rows)
    return Place(f"{table}.csv", None if table == "case" else row + 2), None


def key_doubled(tables):
    """A row that has the key of the one before, and says something else."""
    table, row, column = tables.cell(
        lambda t, f: f["name"] not in SCHEMAS[t]["primaryKey"] and _free(t, f) and t != "case"
    )
    rows = tables.rows(table)
    again = [*rows[row - 1]]
    again[rows[0].index(column)] += " x"
    rows.insert(row, again)
    tables.write(table, rows)
    return Place(f"{table}.csv", row + 1), None


def rows_turned(tables):
    table = tables.filled()
    head, *rows = tables.rows(table)
    tables.write(table, [head, *rows[::-1]])
    return None, None


def row_gone(tables):
    """A row to which nothing refers."""
    table = tables.chance.choice(
        ["facts", "assessments", "lessons", "costs", "participation", "seats"]
    )
    rows = tables.rows(table)
    if len(rows) > 1:
        del rows[tables.chance.randrange(1, len(rows))]
    tables.write(table, rows)
    return None, None


def owner_gone(tables):
    """A row to which others refer."""
    table, key = tables.chance.choice([("networks", "network"), ("criteria", "criterion")])
    rows = tables.rows(table)
    del rows[tables.chance.randrange(1, len(rows))]
    tables.write(table, rows)
    return Place("", None, key), None


def level_gone(tables):
    rows = tables.rows("levels")
    del rows[tables.chance.randrange(1, len(rows))]
    tables.write("levels", rows)
    return Place("levels.csv"), None


def demand_gone(tables):
    rows = tables.rows("demands")
    del rows[tables.chance.randrange(1, len(rows))]
    tables.write("demands", rows)
    return Place("demands.csv"), None


def column_gone(tables):
    table = tables.chance.choice([*SCHEMAS])
    rows = tables.rows(table)
    at = tables.chance.randrange(len(rows[0]))
    tables.write(table, [[*row[:at], *row[at + 1 :]] for row in rows])
    return Place(f"{table}.csv", 1), None


def column_doubled(tables):
    table = tables.chance.choice([*SCHEMAS])
    rows = tables.rows(table)
    at = tables.chance.randrange(len(rows[0]))
    tables.write(table, [[*row, row[at]] for row in rows])
    return Place(f"{table}.csv", 1), None


def column_renamed(tables):
    table = tables.chance.choice([*SCHEMAS])
    rows = tables.rows(table)
    at = tables.chance.randrange(len(rows[0]))
    rows[0][at] = tables.chance.choice(["", "x", rows[0][at].upper(), rows[0][at] + "\u200b", "\0"])
    tables.write(table, rows)
    return Place(f"{table}.csv", 1), None


def columns_turned(tables):
    table = tables.chance.choice([*SCHEMAS])
    tables.write(table, [row[::-1] for row in tables.rows(table)])
    return None, None


def cells_too_many(tables):
    table = tables.filled()
    rows = tables.rows(table)
    row = tables.chance.randrange(1, len(rows))
    rows[row] = [*rows[row], "x"] if tables.chance.random() < 0.5 else rows[row][:-1]
    tables.write(table, rows)
    return Place(f"{table}.csv", row + 1), None


def header_only(tables):
    table = tables.chance.choice(["facts", "lessons", "costs", "decisions", "assessments"])
    tables.write(table, tables.rows(table)[:1])
    return None, None


def no_criteria(tables):
    table = tables.chance.choice(["criteria", "networks", "levels", "case", "demands"])
    tables.write(table, tables.rows(table)[:1])
    file = {"criteria": "criteria", "networks": "networks"}.get(table, table)
    return Place("" if table in ("criteria", "networks") else f"{file}.csv"), None


def file_gone(tables):
    path = tables.path(tables.chance.choice([*SCHEMAS]))
    path.unlink()
    return Place(path.name), None


def file_empty(tables):
    path = tables.path(tables.chance.choice([*SCHEMAS]))
    path.write_bytes(tables.chance.choice([b"", b"\n\n", b"\xef\xbb\xbf", b" , \n"]))
    return Place(path.name), None


def file_cut(tables):
    """The file ends within its last row, before the last comma."""
    path = tables.path(tables.filled())
    content = path.read_bytes().rstrip()
    path.write_bytes(content[: content.rstrip(b",").rfind(b",")])
    return Place(path.name), None


def other_letters(tables):
    table, row, column = tables.cell(_free)
    tables.put(table, row, column, "Malmö")
    path = tables.path(table)
    letters = tables.chance.choice(["latin-1", "utf-16", "utf-32"])
    path.write_bytes(path.read_text("utf-8").encode(letters, "replace"))
    return Place(path.name), None


def odd_bytes(tables):
    path = tables.path(tables.filled())
    content = path.read_bytes()
    at = tables.chance.randrange(len(content))
    path.write_bytes(
        content[:at] + tables.chance.choice([b"\xff", b"\xc3(", b"\xed\xa0\x80"]) + content[at:]
    )
    return Place(path.name), None


def other_form(tables):
    """As Windows, an old Mac or Excel in Swedish write it: the same case."""
    path = tables.path(tables.filled())
    text = path.read_text("utf-8")
    ends = tables.chance.choice(["\r\n", "\r"])
    mark = tables.chance.choice([b"", b"\xef\xbb\xbf"])
    path.write_bytes(mark + text.replace("\n", ends).encode())
    return None, None


def open_quote(tables):
    path = tables.path(tables.filled())
    lines = path.read_text("utf-8").split("\n")
    lines[-2] = '"' + lines[-2].lstrip('"')
    path.write_text("\n".join(lines).replace('""', ""), "utf-8")
    return Place(path.name), None


def folder_for_file(tables):
    name = tables.chance.choice([*(f"{table}.csv" for table in SCHEMAS), "datapackage.json"])
    (tables.folder / name).unlink()
    (tables.folder / name).mkdir()
    return Place(name), None


def unreadable(tables):
    name = tables.chance.choice([*(f"{table}.csv" for table in SCHEMAS), "datapackage.json"])
    (tables.folder / name).chmod(0)
    return Place(name), None


def link_out(tables):
    name = f"{tables.chance.choice([*SCHEMAS])}.csv"
    target = tables.chance.choice(
        ["/etc/hostname", "/nowhere", "/dev/zero", str(CASE / name), name]
    )
    (tables.folder / name).unlink()
    (tables.folder / name).symlink_to(target)
    return Place(name), None


def pipe_for_file(tables):
    name = tables.chance.choice([*(f"{table}.csv" for table in SCHEMAS), "datapackage.json"])
    (tables.folder / name).unlink()
    os.mkfifo(tables.folder / name)
    return Place(name), None


def _descriptor(tables, change):
    path = tables.folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    change(package)
    path.write_text(json.dumps(package), "utf-8")
    return Place(path.name), None


def broken_descriptor(tables):
    path = tables.folder / "datapackage.json"
    content = path.read_bytes()
    path.write_bytes(
        tables.chance.choice(
            [content[:-20], b"", b"[]", b"null", b"3", b'"x"', b"{}", b'{"resources": null}',
             b'{"resources": {}}', b'{"resources": [1]}', b'{"resources": [{}]}', b"\xff" + content,
             b"[" * 100_000, b'{"a":' * 100_000, b'{"resources": ' + b"[" * 50_000, b"9" * 5000,
             content.decode().encode("utf-16"), b'{"resources": [{"name": {}}]}',
             b'{"resources": [{"name": ["x"]}]}', b'{"resources": "statements"}']
        )
    )  # fmt: skip
    return Place(path.name), None


def many_resources(tables):
    def change(package):
        number = tables.chance.choice([1, 40_000, 100_000])
        package["resources"] += [{"name": f"x{n}", "path": "x.csv"} for n in range(number)]

    return _descriptor(tables, change)


def names_twice(tables):
    again = tables.chance.choice([None, 5, "facts", True, 1.5, "\x1b[2J"])

    def change(package):
        package["resources"] += [{"name": again, "path": "facts.csv"}] * 2

    return _descriptor(tables, change)


def odd_path(tables):
    def change(package):
        one = tables.chance.choice(package["resources"])
        odd = ["../x.csv", "/etc/passwd", "x/y.csv", "", None, 5, ["a.csv"], {}, "a" * 300 + ".csv",
               "http://example.org/a.csv", "\0.csv", "..", ".", "C:\\x.csv", "a\\b.csv", "gone.csv",
               "datapackage.json", "/dev/zero"]  # fmt: skip
        one["path"] = tables.chance.choice(odd)

    _descriptor(tables, change)
    return Place(""), None


def path_twice(tables):
    """Two tables in one file."""

    def change(package):
        package["resources"][1]["path"] = package["resources"][0]["path"]

    return _descriptor(tables, change)


def odd_schema(tables):
    def change(package):
        one = tables.chance.choice(package["resources"])
        odd = [
            None,
            [],
            {},
            {"fields": None},
            {"fields": [{}]},
            {"fields": [3]},
            {"fields": "x"},
            7,
        ]
        one["schema"] = tables.chance.choice(odd)

    return _descriptor(tables, change)


def odd_version(tables):
    def change(package):
        package["netanalysis"] = tables.chance.choice(
            [{"tables": 99}, {"tables": 1}, {"tables": "2"}, None, [], {"tables": 10**400}, 2]
        )

    return _descriptor(tables, change)


def term_turned(tables):
    ends = {
        "participation": ("start", "end"),
        "events": ("start", "end"),
        "seats": ("start", "end"),
    }
    table = tables.chance.choice([name for name in ends if len(tables.rows(name)) > 1])
    row = tables.chance.randrange(1, len(tables.rows(table))) + 1
    tables.put(table, row, ends[table][0], "2012")
    tables.put(table, row, ends[table][1], "2010-05")
    return Place(f"{table}.csv", row), None


def seat_outside(tables):
    row = tables.chance.randrange(1, len(tables.rows("seats"))) + 1
    network = tables.get("seats", row, "network")
    for member, one in enumerate(tables.rows("memberships")[1:], start=2):
        if one[0] == network:
            tables.put("memberships", member, "standing", "full")
            tables.put("memberships", member, "since", "1990")
    tables.put("seats", row, "start", "1980")
    return Place("seats.csv", row), None


def low_above_high(tables):
    table = tables.chance.choice(["statements", "criteria", "case"])
    low, high = {"statements": ("low", "high"), "criteria": ("weight_low", "weight_high"),
                 "case": ("threshold_low", "threshold_high")}[table]  # fmt: skip
    row = tables.chance.randrange(1, len(tables.rows(table))) + 1
    tables.put(table, row, low, "1")
    tables.put(table, row, high, "0.6")
    if table == "statements":
        tables.put(table, row, "state", "")
    return Place(f"{table}.csv", row), None


def half_rating(tables):
    table, row, column = tables.cell(
        lambda t, f: t == "statements" and f["name"] in ("low", "high")
    )
    tables.put(table, row, column, "")
    return Place("statements.csv", row), None


def both_rating_and_state(tables):
    table, row, _ = tables.cell(lambda t, f: t == "statements" and f["name"] == "low")
    tables.put(table, row, "state", "silence")
    return Place("statements.csv", row), None


def veto_above_demand(tables):
    row = tables.chance.randrange(1, len(tables.rows("demands"))) + 1
    tables.put("demands", row, "demand", "1")
    tables.put("demands", row, "veto", "1")
    return Place("demands.csv", row), None


def weights_short(tables):
    for row in range(2, len(tables.rows("criteria")) + 1):
        tables.put("criteria", row, "weight_low", "0")
        tables.put("criteria", row, "weight_high", "0.01")
    return Place("criteria.csv"), None


def via_itself_or_round(tables):
    rows = tables.rows("memberships")
    names = [row[0] for row in rows[1:]]
    first = tables.chance.randrange(len(names))
    other = tables.chance.choice(
        [n for n in range(len(names)) if names[n] != names[first]] + [first]
    )
    tables.put("memberships", first + 2, "via", names[other])
    tables.put("memberships", other + 2, "via", names[first])
    return Place("memberships.csv"), None


def names_alike(tables):
    row = tables.chance.randrange(2, len(tables.rows("networks"))) + 1
    name = tables.get("networks", 2, "name")
    like = [name, name.upper(), f"{name}\u200b", f"{name} ", name[:1] + "\u00ad" + name[1:]]
    tables.put("networks", row, "name", tables.chance.choice(like))
    return Place("networks.csv", row, "name"), None


def order_with_itself(tables):
    rows = tables.rows("order_statements")
    rows.append([rows[1][0], rows[1][0], *rows[1][2:]])
    tables.write("order_statements", rows)
    return Place("order_statements.csv", len(rows), "other"), None


def persons_without_number(tables):
    table, row, column = tables.cell(lambda t, f: f["name"] == "respondents")
    tables.put(table, row, column, "")
    return Place("answers.csv", None, "respondent"), None


def more_persons_than_asked(tables):
    table, row, column = tables.cell(lambda t, f: f["name"] == "respondents")
    tables.put(table, row, column, "3")
    return Place("asked.csv", row, "respondents"), None


def person_for_department(tables):
    """An answer of a person where the department was asked as one."""
    rows = tables.rows("answers")
    persons = {(r[0], r[2]) for r in rows[1:] if r[1]}
    row = next(n for n, r in enumerate(rows[1:], 2) if (r[0], r[2]) not in persons)
    tables.put("answers", row, "respondent", "1")
    return Place("answers.csv", row, "respondent"), None


def answered_before_sent(tables):
    row = tables.chance.randrange(1, len(tables.rows("asked"))) + 1
    tables.put("asked", row, "sent", "2025-05-02")
    tables.put("asked", row, "answer_by", "2025-05-01")
    return Place("asked.csv", row, "answer_by"), None


ASKED = (
    persons_without_number,
    more_persons_than_asked,
    person_for_department,
    answered_before_sent,
)
KINDS = (
    emptied_required, emptied_optional, long_text, odd_text, other_type, not_whole, far_number,
    other_digits, no_date, far_date, unknown_reference, short_name_misspelt, unknown_code,
    lost_sign, blanks_round, row_doubled, key_doubled, rows_turned, row_gone, owner_gone,
    level_gone,
    demand_gone, column_gone, column_doubled, column_renamed, columns_turned, cells_too_many,
    header_only, no_criteria, file_gone, file_empty, file_cut, other_letters, odd_bytes, other_form,
    open_quote, folder_for_file, unreadable, link_out, pipe_for_file, broken_descriptor,
    many_resources, names_twice, odd_path, path_twice, odd_schema, odd_version, term_turned,
    seat_outside, low_above_high, half_rating, both_rating_and_state, veto_above_demand,
    weights_short, via_itself_or_round, names_alike, order_with_itself, *ASKED,
)  # fmt: skip


# ---- what is done with each


def bases(above):
    """Two cases to change: a real one, and some networks of an invented one, with answers."""
    rows = case_rows(ROOT / "data" / "exempelstad-2025")
    few = {
        table: [row for row in found if row.get("network", "") in {"", *KEPT}]
        for table, found in rows.items()
    }
    for row in few["sources"]:
        if row["source_id"] == PERSONS:
            row["sha256"] = stamp(few["asked"], few["answers"], "0" * SALT)
    write_case(above / "invented", few)
    shutil.copytree(CASE, above / "real")
    return [above / "invented", above / "real"]


def loaded(folder, changed):
    """The case, whose changed cell must hold what was written into it."""
    case = load_case(folder)
    if changed is not None:
        table, row, column, text = changed
        frame = getattr(case, table)
        cells = frame[column]
        if table != "demands" and len(frame) >= row - 1:
            held = cells.iloc[row - 2]
            if isinstance(held, str):
                assert held == unguarded(text.strip(" \t\u00a0\u202f")), (held, text)
            else:
                assert pd.isna(held) == (not text), (held, text)
    return case


def used(case, notebook):
    """Everything that is made of a case."""
    outcome = evaluate(case, draws=100)
    for name in RESULTS:
        repr(getattr(outcome, name))
    repr(outcome)
    for call in (gaps, triage, upcoming, contradictions):
        call(case)
    if notebook:
        cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
        names = {}
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", ()):
                    names |= {"case": case.name, "network": case.networks.loc[0, "network"]}
                    names |= {"draws": 100} if "draws" in names else {}


def attempt(folder, changed, notebook):
    case = loaded(folder, changed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        used(case, notebook)


def tried(kind, base, data, chance, notebook):
    """What became of one mutation, what is wrong with that, and what was changed."""
    shutil.rmtree(data, ignore_errors=True)
    folder = Path(shutil.copytree(base, data / base.name))
    refused, changed = kind(Tables(folder, chance))
    rights = nobody() if kind is unreadable else contextlib.nullcontext()
    with mock.patch.dict(os.environ, {"NETANALYSIS_DATA": str(data)}), rights:
        what, fault = verdict(refused, lambda: attempt(folder, changed, notebook))
        done = command("check", base.name, cwd=data.parent)
    if not fault and done.returncode != (2 if what == "refused" else 0):
        fault = f"check ends with {done.returncode}: {done.stdout[-300:]}{done.stderr[-900:]}"
    return what, fault, changed


def run_rig(number, asked):
    """Try so many mutations; what is wrong is told, and makes the exit code."""
    tally, wrong, taken = Counter(), [], 0
    with tempfile.TemporaryDirectory() as place:
        whole = bases(Path(place))
        Path(place).chmod(0o755)
        for count, kind, chance in rounds(KINDS, number, asked):
            base = whole[0] if kind in ASKED else chance.choice(whole)
            notebook = NOTEBOOKS[taken // 5 % len(NOTEBOOKS)] if taken % 5 == 0 else ""
            what, fault, changed = tried(kind, base, Path(place) / "data", chance, notebook)
            taken += what == "taken"
            tally[kind.__name__, what] += 1
            if fault:
                wrong.append(f"{count}, {kind.__name__}, {base.name}, {changed!r:.200}: {fault}")
                click.echo(wrong[-1], err=True)
    return told(tally, wrong)
