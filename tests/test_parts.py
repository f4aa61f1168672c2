"""A part of the program that is missing or was changed is told by its name, never a traceback."""

import shutil
import subprocess
import sys

import pytest

from netanalysis.tabular import PartError, packaged, packaged_part
from tests.conftest import ROOT

CASE, LANGUAGE = "loaders/case", "language"
DAMAGE = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "cut": lambda held: held[: len(held) // 2],
    "in a spreadsheet's signs": lambda held: held.decode().encode("cp1252", "replace"),
    "with semicolons": lambda held: held.replace(b",", b";"),
    "a head renamed": lambda held: b"x" + held,
    "a row too long": lambda held: held.rstrip() + b"," * 30,
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "netanalysis", folder / "netanalysis", ignore=ignored)
    for part in ("notebooks", "data"):
        (folder / part).symlink_to(ROOT / part)
    return folder


@pytest.mark.outside
@pytest.mark.parametrize(
    ("part", "damage", "words"),
    [
        *((f"{LANGUAGE}/languages.csv", damage, ["--help"]) for damage in DAMAGE),
        (f"{LANGUAGE}/messages.csv", "gone", ["--help"]),
        (f"{LANGUAGE}/messages.csv", "cut", ["--help"]),
        (f"{CASE}/columns.csv", "cut", ["check", "stockholm-2011"]),
        (f"{CASE}/codes.csv", "a head renamed", ["check", "stockholm-2011"]),
        (f"{CASE}/tables.csv", "gone", ["check", "stockholm-2011"]),
        ("exchange/workbook/defaults/criteria.csv", "cut", ["new", "x-2030", "--city", "Oslo"]),
        ("locale/sv/LC_MESSAGES/netanalysis.po", "gone", ["check", "stokholm"]),
        ("locale/sv/LC_MESSAGES/netanalysis.po", "in a spreadsheet's signs", ["check", "x"]),
    ],
)
def test_a_part_that_is_not_as_it_came_is_told(copied, part, damage, words):
    file = copied / "netanalysis" / part
    held = file.read_bytes()
    changed = DAMAGE[damage](held)
    try:
        file.unlink() if changed is None else file.write_bytes(changed)
        done = subprocess.run(
            [sys.executable, "-m", "netanalysis", *words],
            cwd=copied, capture_output=True, text=True, check=False,
            env={"LC_ALL": "sv_SE.UTF-8", "PYTHONPATH": str(copied), "PYTHONUTF8": "1"},
        )  # fmt: skip
    finally:
        file.write_bytes(held)
    assert done.returncode == 2, done.stderr
    head, mend = done.stderr.splitlines()
    assert head.startswith(f"{file}: this part of netanalysis cannot be used: ")
    assert mend.startswith("  Mend: take the file from the repository again")


def test_a_table_must_have_what_is_asked_of_it():
    assert packaged("netanalysis.language", "languages.csv", "locale")[0]["language"] == "sv"
    with pytest.raises(PartError, match=r"languages\.csv: .*column colour is missing"):
        packaged("netanalysis.language", "languages.csv", "colour")
    told = r"columns\.csv: .*'colour' is missing in it"
    with pytest.raises(PartError, match=told), packaged_part("netanalysis.loaders", "columns.csv"):
        {}["colour"]
