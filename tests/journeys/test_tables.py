"""Tables are filled as in a spreadsheet: a pasted block, arrows, notes; and without script."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_pasting import PASTE
from tests.journeys.test_writing import DRAFTER

STATISTICS = "labour.focal@arcadia.example"


@pytest.fixture
def section() -> str:
    return "/reports/cmw-3-periodic/sections/f2/"


class Table:
    """The first table of a section, opened by script or without."""

    def __init__(self, page: Page, section: str, *, script: bool = True) -> None:
        self.page = page
        page.goto(section)
        self.table = page.locator("table.cells").first
        self.host = page.locator("[data-fields]", has=self.table).first
        self.prefix = self.host.get_attribute("data-fields") or ""
        if script:
            page.locator("#sentences").wait_for(state="attached")

    def cell(self, key: str):
        return self.page.locator(f"[name='{self.prefix}-cell-{key}']")

    def enter(self, key: str) -> None:
        """What a table gains is fetched once somebody is in one."""
        self.cell(key).click()
        expect(self.host.locator("[data-note]")).to_be_visible()

    def has_focus(self, key: str) -> None:
        expect(self.cell(key)).to_be_focused()

    def open_notes(self) -> None:
        self.page.locator("summary", has_text="Sources and notes").first.click()

    def fill(self, key: str, text: str) -> None:
        with self.saving():
            self.cell(key).fill(text)
            self.cell(key).blur()

    def saving(self):
        return self.page.expect_response(
            lambda reply: reply.url.endswith("/changes/") and reply.request.method == "POST"
        )

    def paste(self, key: str, text: str = "", html: str = "") -> None:
        self.enter(key)
        with self.saving():
            self.page.evaluate(PASTE, [html, text])


def test_arrows_go_from_cell_to_cell_at_the_edge_and_enter_goes_down(sign_in, section):
    table = Table(sign_in(DRAFTER), section)
    keys = table.page.keyboard

    table.enter("f1/m1/2021")
    keys.press("End")
    keys.press("ArrowRight")
    table.has_focus("f1/m1/2022")
    keys.press("Enter")
    table.has_focus("f1/m2/2022")
    keys.press("Home")
    keys.press("ArrowRight")  # within the number
    table.has_focus("f1/m2/2022")
    keys.press("Home")
    keys.press("ArrowLeft")
    table.has_focus("f1/m2/2021")
    keys.press("ArrowUp")
    table.has_focus("f1/m1/2021")
    table.cell("f1/m2/2022").focus()
    keys.press("Tab")
    table.has_focus("f1/m2/2023")


def test_arrows_follow_the_eye_in_arabic(sign_in, section):
    table = Table(sign_in(DRAFTER, language="ar"), section)

    table.enter("f1/m1/2021")
    table.page.keyboard.press("Home")
    table.page.keyboard.press("ArrowLeft")

    table.has_focus("f1/m1/2022")


def test_each_cell_is_announced_by_row_measure_and_year(sign_in, section):
    table = Table(sign_in(DRAFTER), section)

    expect(table.page.get_by_label("agencies for work abroad, Inspected, 2023", exact=True)).to_have_count(1)


def test_a_block_is_pasted_what_does_not_fit_is_said_and_the_paste_is_taken_back(sign_in, section):
    table = Table(sign_in(DRAFTER), section)
    keys = ["f1/m1/2023", "f1/m1/2024", "f1/m2/2023", "f1/m2/2024"]
    before = [table.cell(key).input_value() for key in keys]

    table.paste("f1/m1/2023", "1 234,5\tn/a\t7\t9\nmany\t5")
    line = table.host.locator(".pasted")
    expect(line).to_contain_text("1 cell cannot be read: agencies for work abroad, Inspected, 2023.")
    said, pasted = line.inner_text(), [table.cell(key).input_value() for key in keys]
    with table.saving():
        line.locator("button").click()
    table.page.reload()

    assert "5 cells were filled. 1 value did not fit the table: 9." in said
    assert pasted == ["1234.5", "not available", "many", "5"]
    assert [table.cell(key).input_value() for key in keys] == before


def test_a_block_of_html_and_arabic_digits_is_read(sign_in, section):
    table = Table(sign_in(DRAFTER, language="ar"), section)
    before = table.cell("f2/m3/2021").input_value()

    table.paste("f2/m3/2021", html="<table><tr><td>١٬٢٥٠</td><td>غير متاح</td></tr></table>")

    expect(table.cell("f2/m3/2021")).to_have_value("1250")
    with table.saving():
        table.host.locator(".pasted button").click()
    expect(table.cell("f2/m3/2021")).to_have_value(before)


def test_a_total_and_a_change_follow_what_is_typed(sign_in, section):
    table = Table(sign_in(DRAFTER), section)
    total = table.page.locator(f"[id='{table.prefix}-total-m1-2021']")
    before, sum_before = table.cell("f1/m1/2021").input_value(), total.inner_text()

    table.fill("f1/m1/2021", "0")
    expect(total).to_have_text(str(int(sum_before) - int(before)))
    table.fill("f1/m1/2021", before)

    expect(total).to_have_text(sum_before)


def test_the_note_of_a_cell_is_one_press_away(sign_in, section):
    table = Table(sign_in(DRAFTER), section)

    table.cell("f1/m2/2023").focus()
    table.host.locator("[data-note]").first.click()

    expect(table.page.locator(f"[name='{table.prefix}-note-f1/m2/2023']")).to_be_focused()


def test_two_people_fill_one_table_and_a_cell_that_both_changed_is_chosen(sign_in, section):
    dana, focal = Table(sign_in(DRAFTER), section), Table(sign_in(STATISTICS), section)
    before = {key: dana.cell(key).input_value() for key in ("f1/m4/2021", "f1/m4/2022")}
    try:
        dana.fill("f1/m4/2021", "77")
        focal.fill("f1/m4/2022", "88")
        expect(focal.cell("f1/m4/2021")).to_have_value("77")

        dana.fill("f1/m4/2022", "99")
        expect(dana.cell("f1/m4/2022")).to_have_value("99")
        with dana.page.expect_navigation():
            dana.page.locator("form[data-editor] button[type=submit]").first.click()

        text = dana.page.locator("main").inner_text()
        assert "88" in text
        assert "99" in text
    finally:
        mended = Table(focal.page, section)
        for key, value in before.items():
            mended.fill(key, value)


def test_a_cell_is_filled_marked_and_noted_without_script(sign_in, section):
    table = Table(sign_in(DRAFTER, script=False), section, script=False)
    key = "f2/m2/2024"
    before = table.cell(key).input_value()
    save = table.page.locator("form[data-editor] button[type=submit]").first

    table.cell(key).fill("suppressed")
    table.open_notes()
    note = table.page.locator(f"[name='{table.prefix}-note-{key}']")
    table.page.locator(f"[name='{table.prefix}-newnote-line']").select_option("f2/m2")
    table.page.locator(f"[name='{table.prefix}-newnote-year']").select_option("2024")
    table.page.locator(f"[name='{table.prefix}-newnote-text']").fill("Below the threshold.")
    save.click()
    marked, noted = table.cell(key).input_value(), note.input_value()
    table.cell(key).fill("-4")
    save.click()
    refused = table.page.locator(".error", has_text="A count cannot be below 0.").count()
    table.cell(key).fill(before)
    table.open_notes()
    note.fill("")
    save.click()

    assert (marked, noted) == ("suppressed", "Below the threshold.")
    assert refused
    assert table.cell(key).input_value() == before


def test_on_a_phone_the_heads_of_rows_stay_and_the_page_does_not_scroll(sign_in, section, language):
    page = sign_in(DRAFTER, language=language)
    page.set_viewport_size({"width": 390, "height": 844})
    table = Table(page, section)
    head = table.table.locator("td.source").first
    table.table.scroll_into_view_if_needed()
    before = head.bounding_box()

    table.cell("f1/m1/2025").focus()
    table.page.wait_for_timeout(100)
    after = head.bounding_box()

    assert abs(before["x"] - after["x"]) < 140
    assert 0 <= after["x"] < 390
    assert table.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(table.host.locator(".scroll-hint").first).to_be_visible()
