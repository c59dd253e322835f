"""A drafter cites a law from the library of the State, and it is kept once; with script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import looking, steps, test_without_script

DRAFTER, FOCAL = "foreign_affairs.drafter@arcadia.example", "foreign_affairs.focal@arcadia.example"
SECTION = "/reports/cmw-3-periodic/sections/a1/"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_law_is_added_to_the_library_and_cited_in_an_answer(sign_in, language, script):
    faults = looking.faults if script else test_without_script.faults
    focal = sign_in(FOCAL, language=language, script=script)
    title = f"Act {language} {script}"
    focal.goto("/library/new/")
    focal.locator("[name=title]").fill(title)
    focal.locator("[name=number]").fill("7/2026")
    steps.submit(focal, "main form button[type=submit]")
    expect(focal.locator("h1")).to_have_text(title)

    page = sign_in(DRAFTER, language=language, script=script)
    page.goto(SECTION)
    button = page.locator("button[name=then][value^=library-]").first
    with page.expect_navigation():
        button.click()
    assert faults(page, language) == []
    page.locator("main form[role=search] [name=q]").fill(f"{script} act")
    steps.submit(page, "main form[role=search] button")
    with page.expect_navigation():
        page.locator("main button[name=item]").first.click()

    expect(page).to_have_url(re.compile(r"/sections/a1/#a\d+$"))
    cited = page.locator("li", has=page.locator("input[type=hidden][name$=-library]")).last
    expect(cited.locator("[name$=-title]")).to_have_value(title)
    expect(cited.locator("[name$=-number]")).to_have_value("7/2026")
    cited.locator("a[href^='/library/']").click()
    expect(page.locator("main a[href*='/sections/a1/#q']")).to_be_visible()
    assert faults(page, language) == []
