"""What the server sends for a key page, in bytes as they travel: a first visit, and the page after it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.journeys import looking

FIRST_VISIT, NEXT_PAGE, REQUESTS = 60_000, 15_000, 5
PART = 6_000  # what htmx fetches into a page that is read already
KEY_PAGES = [
    ("labour.focal@arcadia.example", "/home/"),
    ("labour.focal@arcadia.example", "/reports/cmw-3-periodic/sections/f2/"),
    ("coordinator@arcadia.example", "/reports/cmw-3-periodic/"),
    ("coordinator@arcadia.example", "/reports/cmw-3-periodic/board/"),
    ("coordinator@arcadia.example", "/instruments/crosswalk/"),
    ("officer@ilo.example", "/agency/requests/ARC-2026-01/"),
]


def weighed(page: Page, address: str) -> tuple[int, list[str], list[int]]:
    """(bytes, addresses asked, bytes of each part fetched afterwards) of a page, headers left out."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("requestfinished", note)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("requestfinished", note)
    sizes = {request: request.sizes()["responseBodySize"] for request in asked if not request.url.startswith("data:")}
    parts = [size for request, size in sizes.items() if "hx-request" in request.headers]
    own = {request.url: size for request, size in sizes.items() if "hx-request" not in request.headers}
    # The icon of the tab is fetched beside the page, once.
    return sum(own.values()), [url for url in own if not url.endswith(".svg")], parts


@pytest.mark.parametrize(("person", "address"), KEY_PAGES, ids=[address for _person, address in KEY_PAGES])
def test_a_first_visit_and_the_next_page_are_light(
    browser: Browser, site: str, sign_in: Callable[..., Page], person: str, address: str, language: str
):
    state = sign_in(person, language=language).context.storage_state()
    context = browser.new_context(base_url=site, viewport=looking.DESK, storage_state=state)
    page = context.new_page()

    first, asked, parts = weighed(page, address)
    following, _asked, _parts = weighed(page, address)

    context.close()
    assert len(asked) <= REQUESTS, asked
    assert first <= FIRST_VISIT
    assert following <= NEXT_PAGE
    assert [size for size in parts if size > PART] == []
