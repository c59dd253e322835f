"""What is wrong with the open page: contrast, names, order, width. A fault is a sentence; none is an empty list."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 320, "height": 700}
ASKED = Path(__file__).with_suffix(".js").read_text()


def faults(page: Page, language: str) -> list[str]:
    """Everything wrong with the page: at a desk by axe and by its order, on a narrow phone by its width."""
    page.set_viewport_size(DESK)
    found = [*_language(page, language), *page.evaluate(f"{ASKED}.order()")]
    page.evaluate(AXE_SCRIPT)
    found += page.evaluate(f"levels => {ASKED}.rules(levels)", LEVELS)
    page.set_viewport_size(PHONE)
    return found + page.evaluate(f"{ASKED}.width()")


def _language(page: Page, language: str) -> list[str]:
    root, title = page.locator("html"), page.title()
    found = []
    if (root.get_attribute("lang"), root.get_attribute("dir")) != (language, {"ar": "rtl"}.get(language, "ltr")):
        found.append(f"speaks {root.get_attribute('lang')}")
    if len(title.split()) < 2:
        found.append(f"has the title “{title}”")
    return found
