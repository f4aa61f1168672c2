"""What a batch kept of its reports, read again."""

import hashlib

from netanalysis.publishing.batch.manifest import FILE, PENDING, Entry, Manifest
from netanalysis.tabular import csv_text


def entry(name, state=PENDING):
    return Entry(name, state, None, None, None, None, "", f"{name}.html", "", "inputs")


def test_a_list_of_an_earlier_version_saves_making_a_report_again(tmp_path):
    (tmp_path / "a.html").write_text("page", "utf-8")
    digest = hashlib.sha256(b"page").hexdigest()
    head = "name state seconds peak_memory_mb place error page page_sha256 inputs_sha256"
    rows = [
        [*head.split(), "parameters", "key_figures"],
        ["a", "done", "1.5", "", "", "", "a.html", digest, "inputs", "", ""],
        ["b", "failed", "1.5", "", "cell 2, line 3", "no", "b.html", "", "inputs", "", ""],
    ]
    (tmp_path / FILE).write_text(csv_text(rows), "utf-8")
    found = Manifest(tmp_path, [entry("a"), entry("b")])
    assert [one.state for one in found] == ["done", PENDING]


def test_a_place_is_kept_as_numbers(tmp_path):
    failed = Entry("a", "failed", 1.0, None, 2, 3, "no", "a.html", "", "inputs")
    Manifest(tmp_path, [failed]).write()
    assert ",2,3,no," in (tmp_path / FILE).read_text("utf-8")
    assert [one.state for one in Manifest(tmp_path, [entry("a")])] == [PENDING]
