"""Every page, in both languages: readable, ordered, named, and as wide as a phone."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import looking
from tests.journeys.conftest import enter_as
from tests.journeys.pages import PAGES, REFUSALS


def opened(page: Page, address: str) -> int:
    """Open an address of the list; returns the status of the answer."""
    first, *links = address.split(" >> ")
    reply = page.goto(first)
    for link in links:
        reply = page.goto(page.locator(link).first.get_attribute("href") or "")
    assert reply is not None
    return reply.status


@pytest.mark.parametrize("person", PAGES, ids=lambda person: person or "nobody")
def test_the_pages_of_a_person_have_no_fault(browser: Browser, site: str, person: str, language: str):
    context = browser.new_context(base_url=site, viewport=looking.DESK)
    page = context.new_page()
    if person:
        enter_as(page, person, language)
    else:
        context.add_cookies([{"name": "django_language", "value": language, "url": site}])

    found = []
    for address in PAGES[person]:
        page.set_viewport_size(looking.DESK)
        status = opened(page, address)
        found += [f"{address}: answered {status}"] if status != 200 else []
        found += [f"{address}: {fault}" for fault in looking.faults(page, language)]

    context.close()
    assert found == []


def test_refusals_are_pages_without_fault(browser: Browser, site: str, language: str):
    found = []
    for person, address, status in REFUSALS:
        context = browser.new_context(base_url=site, viewport=looking.DESK)
        page = context.new_page()
        enter_as(page, person, language)
        found += [] if opened(page, address) == status else [f"{address}: not answered by {status}"]
        found += [f"{address}: {fault}" for fault in looking.faults(page, language)]
        context.close()
    assert found == []
