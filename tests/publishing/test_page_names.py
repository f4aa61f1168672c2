"""Two runs never share a name, and one never replaces what another, or a person, has made."""

import itertools

import pytest

from netanalysis.publishing.page_names import name_part, page_name
from netanalysis.publishing.replacing import (
    list_problems,
    marked,
    page_problems,
    run_digest,
    save_list,
)

VALUES = [
    "a", "A", "a b", "a-b", "a_b", "a.b", "a/b", "ä", "a\u0308", "á", "-5", "5", "5.0", "5.", "",
    " ", "中文", "文中", "a" * 300, "a" * 301, "x-1.y-2", "b-c", "\udcff",
]  # fmt: skip


def test_two_runs_never_have_one_name():
    runs = [{"draws": "2000"}, {"seed": "2000"}]
    runs += [{name: value} for name in ("a", "a_b", "x") for value in VALUES]
    runs += [{"x": one, "y": other} for one, other in itertools.product(VALUES, VALUES)]
    runs += [{"case": one, "network": other} for one, other in itertools.product(VALUES, VALUES)]
    names = [
        page_name(name_part(value, parameter) for parameter, value in run.items()) for run in runs
    ]
    assert len({name.casefold() for name in names}) == len(runs)
    assert all(len(name) <= 100 for name in names)


@pytest.mark.parametrize("case", ["con", "NUL", "lpt1", "index", "com1"])
def test_no_page_has_a_name_with_another_use(case):
    name = page_name([name_part(case)])
    assert name.split(".")[0].lower() != case.lower()


PAGE = '<html><head>\n<meta charset="utf-8">\n<title>x</title></head>\n<p>text</p></html>'
RUN = run_digest("evaluation", {"case": "a", "draws": 2000})


def codes(page, run=RUN):
    return [problem.code for problem in page_problems({page: run})]


def test_only_a_page_of_the_same_run_that_nobody_edited_is_replaced(tmp_path):
    page = tmp_path / "page.html"
    assert codes(page) == []
    page.write_text(marked(PAGE, RUN), "utf-8")
    assert codes(page) == []
    page.write_text(marked(PAGE, RUN), "utf-8", newline="\r\n")  # as git may check it out
    assert codes(page) == []
    assert codes(page, run_digest("evaluation", {"case": "a", "seed": 2000})) == ["page_other"]
    assert codes(page, run_digest("network", {"case": "a", "draws": 2000})) == ["page_other"]
    for edited in (("text", "texts"), ("<title>", " <title>"), ("</html>", "</html>\n")):
        page.write_text(marked(PAGE, RUN).replace(*edited), "utf-8")
        assert codes(page) == ["page_edited"]
    for foreign in (PAGE.encode(), b"", b"\xff\xfe", b"my notes"):
        page.write_bytes(foreign)
        assert codes(page) == ["page_foreign"]
    page.unlink()
    page.mkdir()
    assert codes(page) == ["page_foreign"]
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "nowhere")
    assert codes(link) == ["page_foreign"]


def test_only_a_list_that_was_written_here_is_replaced(tmp_path, monkeypatch):
    target = tmp_path / "summary.csv"
    assert list_problems(target) == []
    for text in ("a\n", "b\n", "c\n"):
        save_list(text, target)
        save_list(text, tmp_path / "manifest.csv")
        assert list_problems(target, tmp_path / "manifest.csv") == []

    def killed(contents, write=save_list.__globals__["write_files"]):
        write({file: text for file, text in contents.items() if file != target})
        raise KeyboardInterrupt("killed")

    monkeypatch.setitem(save_list.__globals__, "write_files", killed)
    for text in ("d\n", "e\n"):
        with pytest.raises(KeyboardInterrupt, match="killed"):
            save_list(text, target)
        assert list_problems(target) == []
    target.write_text("c\nmy own line\n", "utf-8")
    assert [problem.code for problem in list_problems(target)] == ["list_foreign"]
    (tmp_path / ".written").write_text("[1]", "utf-8")
    assert [problem.code for problem in list_problems(target)] == ["list_foreign"]
