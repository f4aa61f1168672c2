"""The real LibreOffice for the tests."""

import shutil
import subprocess
from pathlib import Path

NAMES = ("soffice", "libreoffice", "localc")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
FORMS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}


def saved_by(office, profile, file, folder, form="xlsx"):
    """The file as LibreOffice Calc saves it, opened and saved without a window."""
    subprocess.run(
        [office, f"-env:UserInstallation={profile.absolute().as_uri()}", "--headless",
         "--norestore", "--convert-to", FORMS[form], "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        timeout=300,
    )  # fmt: skip
    saved = folder / f"{file.stem}.{form}"
    assert saved.is_file(), "LibreOffice has saved nothing"
    return saved


def installed():
    """The LibreOffice that the machine has; None where it has none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)
