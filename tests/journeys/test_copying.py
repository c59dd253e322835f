"""A drafter takes over what the last report said; in the browser, where the shelf fetches it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import enter_as
from tests.journeys.looking import faults

SECTION = "/reports/cmw-3-periodic/sections/f2/"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_paragraph_of_the_last_report_comes_to_the_draft_and_names_its_source(site, browser, language):
    with enter_as(browser, site, "labour.drafter@arcadia.example", language) as page:
        page.goto(SECTION)
        before = page.locator("[data-paragraphs] .para textarea").count()
        last = page.locator("form.source").first
        last.locator("input[type=checkbox]").first.check()
        with page.expect_navigation():
            last.locator("button").click()

        expect(page).to_have_url(re.compile(re.escape(SECTION) + "#p-[0-9a-f-]{36}$"))
        assert page.locator("[data-paragraphs] .para textarea").count() == before + 1
        row = page.locator(f"[id='{page.url.partition('#')[2]}']")
        expect(row.locator(".note-text bdi")).to_contain_text("CMW 2")
        key = page.url.rpartition("#p-")[2]
        page.goto(f"{SECTION}sources/{key}/")
        assert faults(page, language) == []


def test_what_other_reports_say_is_fetched_when_it_is_opened(site, browser):
    with enter_as(browser, site, "labour.drafter@arcadia.example", "en") as page:
        page.goto(SECTION)
        panel = page.locator("details", has=page.locator("[hx-get$='/elsewhere/']"))
        panel.locator("summary").click()

        expect(panel.locator(".body")).to_contain_text("No other report that you may read")
