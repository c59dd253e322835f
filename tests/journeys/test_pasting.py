"""Text from elsewhere pasted into an answer: what comes, what is said of the rest, the way back."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_writing import DRAFTER, Writer

PASTED = Path(__file__).parent / "pasted"
# A paste as the browser tells it, into the box that has the focus.
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def section() -> str:
    return "/reports/cmw-3-periodic/sections/f2/"


def begin(page: Page, section: str) -> Writer:
    """In the empty paragraph at the end, with what script says fetched."""
    writer = Writer(page, section)
    page.locator("#sentences").wait_for(state="attached")
    writer.box.locator(".para textarea").last.click()
    wait_for_the_converter(page)
    return writer


def wait_for_the_converter(page: Page) -> None:
    """It is fetched once a person has begun to write."""
    fetched = "performance.getEntriesByType('resource').some((each) => /convert[^/]*[.]js$/.test(each.name))"
    for _try in range(100):
        if page.evaluate(fetched):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(100)


def paste(writer: Writer, html: str, text: str = "") -> None:
    writer.page.evaluate(PASTE, [html, text])


def test_a_document_of_word_becomes_paragraphs_and_is_saved(sign_in, section, language):
    writer = begin(sign_in(DRAFTER, language=language), section)
    before = writer.texts()

    paste(writer, (PASTED / "word.html").read_text())
    pasted = writer.texts()[len(before) :]
    writer.is_saved()

    assert len(pasted) == 6
    assert pasted[2] == "Inspectors look at:\n- fees;\n  - paid by workers;\n- contracts."
    writer.page.reload()
    assert writer.texts() == [*before, *pasted]


def test_what_is_left_out_is_counted_and_the_paste_can_be_taken_back(sign_in, section):
    writer = begin(sign_in(DRAFTER), section)
    before = writer.texts()
    html = "<p>One.</p><p>Two.<img src=x width=90><img src=y></p><table><tr><td>a<td>b</table>"

    paste(writer, html)
    line = writer.box.locator(".pasted")
    said = line.inner_text()
    line.locator("button").click()

    assert "3 paragraphs were pasted. 2 images were left out. 1 table came as lines of text." in said
    assert writer.texts() == before
    expect(line).to_have_count(0)


def test_what_is_left_out_is_counted_in_the_forms_of_arabic(sign_in, section):
    writer = begin(sign_in(DRAFTER, language="ar"), section)
    said = []
    for count in (1, 2, 3, 11):
        paste(writer, "<p>x</p>" + "<img src=x>" * count)
        said.append(re.sub(r"\d+", "", writer.box.locator(".pasted").text_content() or "").strip())

    assert len(set(said)) == 4
    assert [sentence for sentence in said if re.search(r"[a-z|]", sentence)] == []


def test_text_before_and_after_the_caret_stays_around_what_is_pasted(sign_in, section):
    writer = begin(sign_in(DRAFTER), section)
    before = writer.texts()
    writer.page.keyboard.type("Start end")
    for _letter in "end":
        writer.page.keyboard.press("ArrowLeft")

    paste(writer, "<p>first </p><p>last <b>word</b> </p>")
    writer.page.keyboard.type(" typed ")

    assert writer.texts() == [*before, "Start first", "last **word** typed end"]


def test_one_paragraph_is_taken_back_by_the_key_of_the_browser(sign_in, section):
    writer = begin(sign_in(DRAFTER), section)
    before = writer.texts()
    writer.page.keyboard.type("Typed ")
    paste(writer, "<b>pasted</b>")
    assert writer.texts() == [*before, "Typed **pasted**"]

    writer.page.keyboard.press("Control+z")

    assert writer.texts() == [*before, "Typed "]


def test_footnotes_are_numbered_after_those_that_are_there(sign_in, section):
    writer = begin(sign_in(DRAFTER), section)
    writer.page.keyboard.type("Before[^1] ")
    note = "<p>New.<a href='#n'>1</a></p><p id='n'>Note.</p>"

    paste(writer, note)

    assert writer.texts()[-1] == "Before[^1] New.[^2]\n[^2]: Note."


def test_a_box_for_all_paragraphs_takes_them_with_blank_lines(sign_in, section):
    page = sign_in(DRAFTER)
    page.goto(f"{section}?box=1")
    box = page.locator("[data-paragraphs] textarea").first
    box.click()
    wait_for_the_converter(page)
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n")

    page.evaluate(PASTE, ["<p>One <i>more</i>.</p><ul><li>a<li>b</ul>", ""])

    assert box.input_value().endswith("\n\nOne *more*.\n\n- a\n- b")


def test_a_hostile_text_leaves_only_its_words(sign_in, section):
    writer = begin(sign_in(DRAFTER), section)
    asked = []
    writer.page.on("request", lambda request: asked.append(request.url))
    html = (
        "<script>document.title='Run'</script><p onclick='x()'><a href='javascript:alert(1)'>Kept</a>"
        "<img src='https://bad.example/p.gif' width=1 height=1 onerror=\"document.title='Run'\"></p>"
        f"<style>{'p { color: red } ' * 50_000}</style>{'<div>' * 5000}and this{'</div>' * 5000}"
    )

    paste(writer, html)

    assert writer.texts()[-2:] == ["Kept", "and this"]
    assert "Run" not in writer.page.title()
    assert [url for url in asked if "bad.example" in url] == []


@pytest.mark.parametrize("box", ["", "?box=1"], ids=["paragraphs", "one box"])
def test_twenty_thousand_letters_are_there_in_under_a_second(sign_in, section, box):
    page = sign_in(DRAFTER)
    # Not saved: the journeys after this one share the section.
    page.route("**/changes/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.goto(section + box)
    page.locator("#sentences").wait_for(state="attached")
    area = page.locator("[data-paragraphs]").first.locator("textarea").last
    area.click()
    wait_for_the_converter(page)
    page.keyboard.press("Control+End")
    part = "<p class=MsoNormal><span style='font-size:11pt'>{}<b>bold</b>.</span></p>"
    html = "".join(part.format("Inspectors visited them all. " * 6) for _each in range(112))
    started = time.monotonic()

    page.evaluate(PASTE, [html, ""])

    assert time.monotonic() - started < 1
    boxes = page.locator("[data-paragraphs]").first.locator("textarea").all()
    assert sum(len(each.input_value()) for each in boxes) > 20_000
