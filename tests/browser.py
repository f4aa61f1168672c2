"""A real browser for the tests: an installed one, else Debian's, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def launch(playwright):
    """Start Chromium; without a sandbox only as root, where it cannot have one."""
    arguments = QUIET + (["--no-sandbox"] if _is_root() else [])
    installed = _installed() or _from_debian()
    if installed:
        return playwright.chromium.launch(executable_path=installed, args=arguments)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    try:
        return playwright.chromium.launch(args=arguments)
    except Error:
        pytest.fail("No Chromium or Chrome. Install one: playwright install chromium", False)


def _installed():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def _from_debian():
    if not (_is_root() and shutil.which("apt-get")):
        return None
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "-qq", *command],
            check=False,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
    return _installed()


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0
