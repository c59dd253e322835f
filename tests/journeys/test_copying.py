"""A drafter takes over what the last report said; in the browser, where the shelf fetches it."""

import re

from playwright.sync_api import expect

from tests.journeys.looking import faults

DRAFTER = "labour.drafter@arcadia.example"
SECTION = "/reports/cmw-3-periodic/sections/d2/"


def test_a_paragraph_of_the_last_report_comes_to_the_draft_and_names_its_source(sign_in, language):
    page = sign_in(DRAFTER, language=language)
    page.goto(SECTION)
    last = page.locator("form.source").first
    text = last.locator(".tick > div").first.inner_text()
    last.locator("input[type=checkbox]").first.check()
    with page.expect_navigation():
        last.locator("button").click()

    expect(page).to_have_url(re.compile(re.escape(SECTION) + "#p-[0-9a-f-]{36}$"))
    anchor = page.url.partition("#")[2]
    row = page.locator(f"[id='{anchor}']")
    assert row.locator("textarea").input_value() in text
    expect(row.locator(".note-text bdi")).to_contain_text("CMW 2")
    page.goto(f"{SECTION}sources/{anchor.removeprefix('p-')}/")
    assert faults(page, language) == []
    page.goto(f"{SECTION}last/")
    assert faults(page, language) == []


def test_what_other_reports_say_is_fetched_when_it_is_opened(sign_in):
    page = sign_in(DRAFTER)
    page.goto(SECTION)
    panel = page.locator("details", has=page.locator("[hx-get$='/elsewhere/']"))

    panel.locator("summary").click()

    expect(panel.locator(".body")).to_contain_text("No other report that you may read")
