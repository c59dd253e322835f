"""A translator translates a text, with script and without, and finds it again; a stale one is confirmed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SECTION = "/reports/c187-1-ilo-article-22-later/translation/02/"
TRANSLATOR = "translator@qamar.example"


def test_a_text_is_saved_by_itself_and_a_stale_one_confirmed(sign_in: Callable[..., Page]) -> None:
    page = sign_in(TRANSLATOR)
    page.goto(SECTION)
    place = page.locator("[data-text]").nth(1)
    expect(place).to_contain_text("Not translated")

    place.locator("textarea").fill("The national programme aims to lower fatal accidents at work by a third.")
    with page.expect_response(lambda reply: reply.request.method == "POST" and reply.status == 200):
        page.locator("[data-text] textarea").nth(2).focus()

    expect(place.locator("[data-state]")).to_have_text("Translated")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.reload()
    expect(place.locator("textarea")).to_have_value(
        "The national programme aims to lower fatal accidents at work by a third."
    )
    stale = page.locator("[data-text]").nth(0)
    expect(stale.locator("ins")).to_contain_text("91")
    stale.get_by_role("button", name="Still right").click()
    expect(page.locator("[data-text]").nth(0).locator("[data-state]")).to_have_text("Translated")


@pytest.mark.parametrize("width", [390, 1440])
def test_without_script_the_page_saves_with_its_button(sign_in: Callable[..., Page], width: int) -> None:
    page = sign_in(TRANSLATOR, width=width, script=False)
    page.goto(SECTION)

    page.locator("[data-text] textarea").nth(4).fill(f"31 December ({width})")
    page.locator("main form p.actions button.primary").last.click()

    expect(page.locator("[data-text] textarea").nth(4)).to_have_value(f"31 December ({width})")
