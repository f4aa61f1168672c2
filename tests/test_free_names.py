"""A case may call its criteria, departments, goals and levels what it likes, and have fewer."""

import ast
from dataclasses import replace

import nbformat
import pytest

from netanalysis import load_case
from netanalysis.folders import DATA_VARIABLE
from netanalysis.pages import evidence
from netanalysis.pages.html import Figure, Fragment
from netanalysis.pages.view import View
from tests.conftest import CASE, ROOT
from tests.loaders.test_case import edit, put

KEYS = {"criterion": ("criterion", "other"), "department": ("department",), "goal": ("goal",)}
SHOWN = ("evaluation", "network", "comparison", "explore", "portfolio", "answers", "screening")


def places(rows, kind):
    return [place for place, name in enumerate(rows[0]) if name in KEYS[kind]]


def renamed(folder, kind):
    """Every name of a kind becomes another one, in all tables."""
    for file in folder.glob("*.csv"):

        def change(rows):
            for place in places(rows, kind):
                for row in rows[1:]:
                    row[place] = row[place] and f"other-{row[place]}"

        edit(folder, file.stem, change)


def dropped(folder, kind, names):
    """All that tells of the names is gone; a criterion of a goal that is gone serves none."""
    for file in folder.glob("*.csv"):

        def change(rows, bare=kind == "goal" and file.stem == "criteria"):
            if bare:
                for row in rows[1:]:
                    row[rows[0].index("goal")] = ""
            found = places(rows, kind)
            return [rows[0], *(r for r in rows[1:] if not names & {r[place] for place in found})]

        edit(folder, file.stem, change)


def rename(folder):
    for kind in KEYS:
        renamed(folder, kind)
    for row in range(2, 6):
        for language in ("sv", "en"):
            put(folder, "levels", row, f"label_{language}", f"Label {row}")
    for row in range(2, 11):
        put(folder, "criteria", row, "label_en", f"Criterion {row}")


def drop(folder):
    case = load_case(folder)
    about = case.criteria.set_index("criterion")["section"].dropna().index
    dropped(folder, "criterion", {*about, "governance", "strategic_fit", "influence"})
    dropped(folder, "department", set(case.departments["department"]))
    dropped(folder, "goal", set(case.goals["goal"]))
    for row in range(2, 6):
        put(folder, "criteria", row, "weight_high", "1")  # so that fewer still sum to 1


@pytest.fixture(params=[rename, drop], ids=lambda change: change.__name__)
def changed(request, copied, monkeypatch):
    """A case with other names or without some, where notebooks find it by its name."""
    put(copied, "case", 2, "draws", "100")
    request.param(copied)
    root = copied.parents[1]
    monkeypatch.chdir(root)
    monkeypatch.setenv(DATA_VARIABLE, str(copied.parent))
    return copied


def run(book):
    """What the cells of a notebook show of Stockholm, run in this process one after the other."""
    about = {}
    for cell in nbformat.read(book, as_version=4).cells:
        if cell.cell_type == "code":
            lines = ast.parse(cell.source)
            last = lines.body.pop() if isinstance(lines.body[-1], ast.Expr) else None
            exec(compile(lines, book.name, "exec"), about)
            if "parameters" in cell.metadata.get("tags", []):
                about["case"] = CASE.name
            if last:
                yield eval(compile(ast.Expression(last.value), book.name, "eval"), about)


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.slow
def test_every_page_tells_of_it(changed, name):
    shown = list(run(ROOT / "notebooks" / f"{name}.ipynb"))
    assert [one for one in shown if isinstance(one, (Figure, Fragment))]


def test_no_notebook_names_what_a_case_is_free_to_name():
    case = load_case(CASE)
    names = {*case.criteria["criterion"], *case.departments["department"], *case.goals["goal"]}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert not [name for name in names if f'"{name}"' in cell.source.replace("'", '"')]


def test_a_section_without_a_criterion_says_so_and_one_with_two_shows_both(stockholm):
    criteria = stockholm.criteria
    for section, told in ((None, 0), ("effort", len(criteria))):
        case = replace(stockholm, criteria=criteria.assign(section=section))
        shown = evidence.ratings_in(View(case, "en"), "effort")
        assert shown.count("<caption>") == told
        assert ("No criterion is about this." in shown) == (told == 0)
