"""Install what the tests need beside Python, a browser and LibreOffice, or say what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser, office

NEEDED = {"chromium": browser.installed, "libreoffice-calc": office.installed}


def main():
    missing = [package for package, installed in NEEDED.items() if not installed()]
    if missing and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", "-qq", *words], check=False, env=settings)
        missing = [package for package in missing if not NEEDED[package]()]
    if "chromium" in missing:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        with sync_playwright() as playwright:
            if Path(playwright.chromium.executable_path).exists():
                missing.remove("chromium")
    if missing:
        sys.exit(f"The tests need what is not here. Install it: apt install {' '.join(missing)}")


if __name__ == "__main__":
    main()
