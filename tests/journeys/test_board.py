"""The review board at a desk and on a phone."""

from playwright.sync_api import expect

BOARD = "/reports/cmw-3-periodic/board/"


def test_a_phone_shows_the_board_as_a_list_and_the_table_on_request(sign_in, language):
    page = sign_in("coordinator@arcadia.example", language=language)
    page.goto(BOARD)
    expect(page.locator("table.matrix")).to_be_visible()
    expect(page.locator(".bodies")).to_be_hidden()

    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("table.matrix")).to_be_hidden()
    expect(page.locator(".bodies > li").first).to_be_visible()
    page.locator("a.phone-only[href*='view=matrix']").click()

    expect(page.locator("table.matrix")).to_be_visible()
