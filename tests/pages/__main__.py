"""Store the pages as they are now, and show what that changes: ``python -m tests.pages``."""

import sys
import tempfile
from pathlib import Path

from tests.pages.making import Pages
from tests.pages.stored import DRAWINGS, FOLDER, difference, drawn, other_versions, texts

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        pages = Pages(Path(folder))
        now = texts(pages)
        if others := other_versions():
            sys.stderr.write(f"Hashes of drawings are left: here are {', '.join(others)}.\n")
            now[DRAWINGS] = (FOLDER / f"{DRAWINGS}.txt").read_text("utf-8")
        else:
            now[DRAWINGS] = drawn(pages)
    changes = [difference(name, text) for name, text in now.items()]
    sys.stdout.write("".join(changes))
    for file in FOLDER.glob("*.txt"):
        file.unlink()
    for name, text in now.items():
        (FOLDER / f"{name}.txt").write_text(text, "utf-8", newline="\n")
    sys.stderr.write(f"{sum(map(bool, changes))} of {len(now)} stored files have changed.\n")
