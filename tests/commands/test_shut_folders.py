"""A folder that nobody may look into is told as such, and is not taken for an empty one."""

import pytest

from netanalysis import DataError
from netanalysis.commands import questions
from netanalysis.exchange.store.earlier import earlier_states
from netanalysis.loaders.case.folders import case_names
from netanalysis.publishing.notebooks import find_notebook

FOLDERS = {
    "notebooks": lambda _: find_notebook("evaluation"),
    "data": lambda _: case_names(),
    "replies": lambda office: questions._files(office / "replies"),
    "data/case/.earlier": lambda office: earlier_states(office / "data/case"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_is_shut_is_no_empty_one(name, tmp_path, without_rights, monkeypatch):
    for folder in ("notebooks", "replies", "data/case/.earlier"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setenv("NETANALYSIS_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).chmod(0)
    try:
        with without_rights(), pytest.raises(DataError, match=f"{name}: .*no right") as told:
            FOLDERS[name](tmp_path)
    finally:
        (tmp_path / name).chmod(0o755)
    assert [one.code for one in told.value.problems] == ["file_unreadable"]
