"""Make the pictures of README and docs from a running demonstration: ``python -m tests.journeys.screenshots``."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import PASSWORD, ROOT, chromium, serving

PICTURES = {
    "home": ("labour.focal@arcadia.example", "/home/"),
    "section": ("labour.focal@arcadia.example", "/reports/cmw-3-periodic/sections/f2/"),
    "board": ("coordinator@arcadia.example", "/reports/cmw-3-periodic/board/"),
    "requests": ("officer@ilo.example", "/agency/requests/"),
}


def main() -> int:
    path = chromium()
    if path is None:
        print("Chromium was not found; set CHROMIUM to its path.", file=sys.stderr)
        return 1
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, (email, page_address) in PICTURES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 860}, base_url=address)
            page.goto("/account/login/")
            page.locator("input[name=login]").fill(email)
            page.locator("input[name=password]").fill(PASSWORD)
            with page.expect_navigation():
                page.locator("main form button[type=submit]").first.click()
            page.goto(page_address)
            page.screenshot(path=folder / f"{name}.png")
            print(folder.relative_to(ROOT) / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
