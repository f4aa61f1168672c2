"""Names of files that no file can have, or that say something else: told, and never a traceback."""

import os
import shutil

import pytest

from tests.conftest import CASE, ROOT, command
from tests.exchange.workbooks.damage import small_book

LONG = "a" * 300
LIST = ("--network", "n", "--snapshot", "2024")
NAME = CASE.name


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A workspace with files that are something else than their names say."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "data").mkdir()
    shutil.copytree(CASE, folder / "data" / NAME)
    for name in ("places", "memberships"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    (folder / "list.csv").write_text("member\nOslo\n", "utf-8")
    for name in ("folder.xlsx", "folder.csv", "replies/folder.xlsx"):
        (folder / name).mkdir(parents=True)
    (folder / "round.csv").symlink_to("round.csv")
    (folder / "file").write_text("x", "utf-8")
    os.mkfifo(folder / "pipe.csv")
    (folder / "broken.csv").write_text('city,"x', "utf-8")
    (folder / "names.toml").write_text("member = ", "utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["check", LONG], 2, "its name is too long"),
        (["read", f"{LONG}.xlsx"], 2, "cannot be the name of a case"),
        (["report", LONG], 2, "there is no case"),
        (["new", LONG, "--city", "Oslo"], 2, "its name is too long"),
        (["members", "import", LONG, *LIST], 2, "its name is too long"),
        (["members", "import", "list.csv", *LIST, "--out", LONG], 2, "its name is too long"),
        (["write", NAME, "--out", f"{LONG}/x.xlsx"], 2, "its name is too long"),
        (["batch", "portrait", LONG], 2, "the file is missing"),
        (["batch", "portrait", "--for-each", "city=Oslo", "--out", LONG], 2, "name is too long"),
        (["members", "import", "", *LIST, "--overwrite"], 2, "no such file"),
        (["check", "folder.xlsx"], 2, "it is a folder"),
        (["read", "folder.xlsx", "--case", "x"], 2, "it is a folder"),
        (["answers", "replies", "--into", NAME], 1, "folder.xlsx: the file cannot be read"),
        (["answers", "file", "--into", NAME], 2, "there is no workbook in the folder"),
        (["members", "import", "folder.csv", *LIST], 2, "no such file"),
        (["members", "import", "list.csv", *LIST, "--columns-from", "names.toml"], 2, "is no TOML"),
        (["batch", "portrait", "folder.csv"], 2, "it is a folder"),
        (["batch", "portrait", "round.csv"], 2, "a link leads to itself"),
        (["batch", "portrait", "pipe.csv"], 2, "it is no file, but a device"),
        (["batch", "portrait", "broken.csv"], 2, "row 1: a quotation mark opens here"),
        (["write", NAME, "--out", "file/x.xlsx"], 1, "a file stands where a folder is expected"),
        (["ask", NAME, "--out", "file/x"], 1, "a file stands where a folder is expected"),
    ],
)
def test_what_a_name_stands_for_is_told(office, arguments, code, told):
    done = command(*arguments, cwd=office)
    assert (done.returncode, told in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "Mend: " in done.stderr


def test_a_file_name_that_is_no_text_is_written_as_it_can_be(office):
    """As a disk from another system has them: bytes that are not UTF-8."""
    small_book(office / "\udcff.xlsx")
    shutil.copy(office / "list.csv", office / "\udcfe.csv")
    done = command("read", "\udcff.xlsx", "--case", "goteborg", cwd=office)
    assert done.returncode == 0, done.stderr
    sources = (office / "data" / "goteborg" / "sources.csv").read_text("utf-8")
    assert "\\udcff.xlsx" in sources
    done = command("members", "import", "\udcfe.csv", *LIST, "--out", "found.csv", cwd=office)
    assert done.returncode == 0, done.stderr
    assert "\\udcfe" in (office / "found.csv").read_text("utf-8")
