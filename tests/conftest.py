import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from netanalysis import load_case

ROOT = Path(__file__).parents[1]
CASE = ROOT / "data" / "stockholm-2011"


@pytest.fixture(scope="session")
def stockholm():
    return load_case(CASE)


@pytest.fixture
def copied(tmp_path):
    """A copy of the case that a test may spoil, in a data folder of its own."""
    folder = tmp_path / "data" / "stockholm-2011"
    shutil.copytree(CASE, folder)
    return folder


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Both pages, made once by the real command, kernel and exporter."""
    out = tmp_path_factory.mktemp("reports")
    done = command("report", "stockholm-2011", "--out", out)
    assert done.returncode == 0, done.stderr
    return {
        language: (out / f"stockholm-2011.{language}.html").read_text("utf-8")
        for language in ("sv", "en")
    }


def command(*arguments, cwd=ROOT, **environment):
    """Run the command as a user would."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "netanalysis.cli", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
