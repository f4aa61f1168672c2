"""The real LibreOffice for the tests: an installed one, else Debian's."""

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

NAMES = ("soffice", "libreoffice", "localc")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
FORMS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}


def through_office(file, folder, form="xlsx"):
    """The file as LibreOffice Calc saves it, opened and saved without a window."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").absolute().as_uri()
    subprocess.run(
        [_office(), f"-env:UserInstallation={profile}", "--headless", "--norestore",
         "--convert-to", FORMS[form], "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        timeout=300,
    )  # fmt: skip
    saved = folder / f"{file.stem}.{form}"
    assert saved.is_file(), "LibreOffice has saved nothing"
    return saved


@lru_cache
def _office():
    found = _installed()
    if not found and _is_root() and shutil.which("apt-get"):
        for arguments in (
            ["update"],
            ["install", "--yes", "--no-install-recommends", "libreoffice-calc"],
        ):
            subprocess.run(
                ["apt-get", "-qq", *arguments],
                check=False,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            )
        found = _installed()
    if not found:
        pytest.fail("No LibreOffice. Install it: apt install libreoffice-calc", False)
    return found


def _installed():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0
