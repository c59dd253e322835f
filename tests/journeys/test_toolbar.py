"""The buttons above an answer, the keys, and the ruler that follows what is written."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_converting import script
from tests.journeys.test_writing import DRAFTER, FOCAL, Writer


@pytest.fixture
def section() -> str:
    return "/reports/cmw-3-periodic/sections/f2/"


def begin(page: Page, section: str, text: str = "") -> tuple[Writer, Locator, Locator]:
    """The writer, the toolbar and the new paragraph at the end of the first question, with ``text`` in it."""
    writer = Writer(page, section)
    bar = writer.box.locator("[role=toolbar]")
    bar.wait_for()
    writer.write(text)
    return writer, bar, page.locator(":focus")


def value(page: Page) -> str:
    """The text of the box in focus, with | at both ends of what is chosen, or where the caret is."""
    return page.evaluate(
        """() => {
          const { value, selectionStart: start, selectionEnd: end } = document.activeElement;
          return `${value.slice(0, start)}|${start < end ? `${value.slice(start, end)}|` : ""}${value.slice(end)}`;
        }"""
    )


@pytest.mark.parametrize(
    ("mark", "text", "chosen", "becomes"),
    [
        ("bold", "One two", 4, "One **|two|**"),
        ("bold", "One **two**", 7, "One |two|"),
        ("bold", "One ", 0, "One **|**"),
        ("italics", "One two", 4, "One *|two|*"),
        ("italics", "One **two**", 7, "One *|**two**|*"),
        ("bullets", "One\ntwo", 7, "|- One\n- two|"),
        ("bullets", "- One\n- two", 11, "|One\ntwo|"),
        ("numbers", "- One\n- two", 11, "|1. One\n2. two|"),
        ("link", "the Act", 3, "the [Act](|https://|)"),
        ("link", "https://law.example", 19, "[|](https://law.example)"),
        ("note", "One.", 0, "One.[^1]\n[^1]: |"),
        ("note", "One.[^1]\n[^1]: a", 0, "One.[^1]\n[^1]: a[^2]\n[^2]: |"),
        ("cite", "One ", 0, "One [|1|]"),
    ],
)
def test_a_button_marks_what_is_chosen_and_ctrl_z_takes_it_back(sign_in, section, mark, text, chosen, becomes):
    writer, bar, _box = begin(sign_in(DRAFTER), section)
    keyboard = writer.page.keyboard
    keyboard.insert_text(text)
    for _letter in range(chosen):
        keyboard.press("Shift+ArrowLeft")

    bar.locator(f"[data-mark={mark}]").click()

    assert value(writer.page) == becomes
    keyboard.press("Control+z")
    assert value(writer.page).replace("|", "") == text


def test_the_toolbar_is_one_step_of_tab_and_arrows_go_on_in_it(sign_in, section, language):
    writer, bar, box = begin(sign_in(DRAFTER, language=language), section, "Marked")
    keyboard = writer.page.keyboard
    forward = "ArrowLeft" if language == "ar" else "ArrowRight"
    buttons = bar.locator("button")
    assert [each.get_attribute("tabindex") for each in buttons.all()].count("0") == 1
    assert all((each.inner_text() or each.get_attribute("aria-label")) for each in buttons.all())
    keyboard.press("Control+a")
    text = box.element_handle()

    bar.locator("[tabindex='0']").focus()
    keyboard.press("End")
    keyboard.press(forward)
    keyboard.press(forward)
    assert writer.page.evaluate("document.activeElement.dataset.mark") == "italics"
    keyboard.press("Enter")

    assert text.input_value() == "*Marked*"


@pytest.mark.parametrize(("spoken", "offered"), [("en", True), ("ar", False), ("zh-hans", False)])
def test_italics_are_offered_only_where_a_script_has_them(browser, spoken, offered):
    page = browser.new_page()
    buttons = "".join(f"<button type=button data-mark={mark}>x</button>" for mark in ("bold", "italics"))
    page.set_content(
        f"<template id=toolbar><div role=toolbar>{buttons}</div></template>"
        f"<form><div data-paragraphs><div class=para><textarea lang={spoken}></textarea></div></div></form>"
    )
    page.add_script_tag(content=script("servanda/editor/toolbar.js") + "\ntoolbars(document.forms[0]);")

    marks = [each.get_attribute("data-mark") for each in page.locator("form button").all()]
    page.close()

    assert marks == (["bold", "italics"] if offered else ["bold"])


def test_the_shortcuts_are_listed_by_a_key_and_can_be_switched_off_for_good(sign_in, section):
    writer, _bar, box = begin(sign_in(DRAFTER), section, "A question")
    page = writer.page
    page.keyboard.type("?")
    assert box.input_value() == "A question?"
    page.locator("h1").click()
    page.keyboard.press("?")
    listed = page.locator("#shortcuts-list")
    expect(listed).to_have_attribute("open", "")
    listed.locator("[data-keys]").click()

    page.reload()
    listed.wait_for()
    page.locator("h1").click()
    page.keyboard.press("?")

    assert listed.get_attribute("open") is None
    listed.locator("summary").click()
    listed.locator("[data-keys]").click()
    listed.locator("summary").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(listed).to_have_attribute("open", "")


def test_a_key_leads_to_a_comment_on_the_paragraph_and_saves_it_first(sign_in, section):
    writer, _bar, _box = begin(sign_in(DRAFTER), section)
    writer.append(0, " Changed.")

    with writer.page.expect_navigation(url=re.compile("/comments/")):
        writer.page.keyboard.press("Control+Alt+m")

    assert Writer(writer.page, section).texts()[0].endswith(" Changed.")


def test_the_ruler_of_the_section_follows_what_is_written_and_the_server_agrees(sign_in, section):
    writer, _bar, _box = begin(sign_in(FOCAL), section)
    ruler = writer.box.locator(".measure p")
    figures = re.compile(r"[\d,]+")
    before = int(figures.findall(ruler.inner_text())[0].replace(",", ""))

    writer.page.keyboard.type("Five words **more** are here[^1]\n[^1]: and three noted")
    shown = ruler.inner_text()
    writer.is_saved()
    writer.page.reload()

    assert int(figures.findall(shown)[0].replace(",", "")) == before + 8
    assert ruler.inner_text() == shown
