"""What does a reader see first? Pictures of the two committed pages, for the README.

``make pictures`` writes the pictures; they need a browser, as the tests do.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import launch

_DOCS = Path(__file__).parent
_WINDOW = {"width": 1280, "height": 930}
_COLOURS = 64  # enough for a page, at a third of the size


def main() -> None:
    """Open each page and keep what stands in the window."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for page in sorted((_DOCS.parent / "reports").glob("stockholm-2011.??.html")):
            shown = browser.new_page(viewport=_WINDOW)
            shown.goto(page.resolve().as_uri())
            picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
            language = page.suffixes[-2][1:]
            picture.quantize(_COLOURS).save(_DOCS / f"first-screen.{language}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
