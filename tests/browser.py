"""A real browser for the tests: an installed one, else Playwright's own."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def launch(playwright):
    """Start Chromium; without a sandbox only as root, where it cannot have one."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = QUIET + (["--no-sandbox"] if is_root else [])
    return playwright.chromium.launch(executable_path=installed(), args=arguments)


def installed():
    """The browser that the machine has; None where it has none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)
