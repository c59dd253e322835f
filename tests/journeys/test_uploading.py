"""A file goes to the server in pieces: the line may break, the tab may close, and it arrives as it was chosen."""

import hashlib
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys import looking, steps

FILES = "/reports/cmw-3-periodic/sections/f2/files/"
PIECE = re.compile(r"/uploads/[0-9a-f-]{36}/$")
MEGABYTES, PIECES = 3, 12
KEPT = "main a[href*='/files/']:not([href$='/files/']):not([href$='/remove/'])"
DRAFTER = "labour.drafter@arcadia.example"


class Line:
    """What goes over the line of a page: pieces are counted, and after ``until`` of them none comes through."""

    def __init__(self, page: Page, *, until: int = 10**6, pause: float = 0.0) -> None:
        self.until, self.pause, self.sent = until, pause, 0
        page.route(PIECE, self._piece)

    def _piece(self, route: Route) -> None:
        if self.sent >= self.until:
            route.abort("internetdisconnected")
            return
        self.sent += 1
        time.sleep(self.pause)
        route.continue_()


@pytest.fixture
def law(tmp_path: Path) -> Path:
    path = tmp_path / "law.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(MEGABYTES * 2**20 - 9))
    return path


def choose(page: Page, path: Path) -> None:
    page.locator("main input[type=file]").first.set_input_files(path)


def sending(page: Page) -> Locator:
    return page.locator(".sending")


def why(page: Page) -> Locator:
    return sending(page).locator("[data-why]")


def toggle(page: Page) -> Locator:
    return sending(page).locator("[data-toggle]")


def arrived(page: Page) -> None:
    expect(sending(page).locator("input[type=hidden][name$=-upload]")).to_have_count(1, timeout=60_000)


def is_kept(page: Page, path: Path) -> bool:
    """Whether the page, saved, gives back the very bytes that were chosen."""
    address = page.locator(KEPT).last.get_attribute("href") or ""
    body = page.context.request.get(address).body()
    return hashlib.sha256(body).hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()


def add(page: Page) -> None:
    steps.submit(page, "main form[enctype] button[type=submit]")


def save(page: Page) -> None:
    """Save the form of a section, whatever comes of it."""
    steps.submit(page, "main form[data-editor] button[type=submit]:not([name])")


def test_a_file_arrives_though_the_line_breaks_in_the_middle(sign_in: Callable[..., Page], law: Path, language: str):
    page = sign_in(DRAFTER, language=language)
    page.goto(FILES)
    line = Line(page, until=5)

    choose(page, law)
    expect(why(page)).to_contain_text("5", timeout=20_000)  # seconds until it is tried again
    page.context.set_offline(True)
    expect(sending(page).locator("progress")).to_have_attribute("aria-label", re.compile("law.pdf"))
    assert float(sending(page).locator("progress").get_attribute("value") or 0) == pytest.approx(5 / PIECES, abs=0.01)
    assert looking.faults(page, language) == []
    line.until = 10**6
    page.context.set_offline(False)
    arrived(page)
    add(page)

    assert line.sent == PIECES
    assert is_kept(page, law)


def test_after_the_tab_was_closed_the_same_file_continues_where_it_stopped(sign_in: Callable[..., Page], law: Path):
    page = sign_in(DRAFTER)
    page.goto(FILES)
    Line(page, until=5)
    choose(page, law)
    expect(sending(page)).to_contain_text("No answer", timeout=20_000)
    page.close()

    again = page.context.new_page()
    again.goto(FILES)
    line = Line(again)
    choose(again, law)
    arrived(again)
    add(again)

    assert line.sent == PIECES - 5
    assert is_kept(again, law)


def test_a_page_that_is_saved_too_early_waits_for_its_file(sign_in: Callable[..., Page], law: Path):
    page = sign_in(DRAFTER)
    page.goto(FILES)
    Line(page, pause=0.2)
    choose(page, law)
    expect(sending(page)).to_be_visible()

    with page.expect_navigation():
        page.locator("main form[enctype] button[type=submit]").click()
        expect(sending(page)).to_contain_text("The page is saved when the file has arrived.")

    assert is_kept(page, law)


def test_it_is_paused_continued_and_given_up_by_keyboard(sign_in: Callable[..., Page], law: Path):
    page = sign_in(DRAFTER)
    page.goto(FILES)
    line = Line(page, pause=0.2)
    choose(page, law)
    toggle(page).focus()

    page.keyboard.press("Enter")
    expect(sending(page)).to_contain_text("Paused.")
    page.wait_for_timeout(500)
    stopped = line.sent
    page.wait_for_timeout(700)
    assert line.sent == stopped < PIECES
    page.keyboard.press("Enter")
    expect(toggle(page)).to_have_text("Pause")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(sending(page)).to_have_count(0)
    expect(page.locator("main input[type=file]")).to_be_focused()
    assert page.locator("main input[type=file]").input_value() == ""


def test_on_a_slow_line_files_wait_until_a_person_continues_them(sign_in: Callable[..., Page], law: Path):
    page = sign_in(DRAFTER)
    page.goto(FILES)
    line = Line(page, pause=4.2)
    with law.open("ab") as file:
        file.write(os.urandom(12 * 2**20))
    choose(page, law)

    expect(sending(page)).to_contain_text("0.3 of 15 MB sent, about 5 min left", timeout=30_000)
    expect(sending(page)).to_contain_text("The line is slow, so the file waits", timeout=30_000)
    line.pause = 0
    toggle(page).click()
    arrived(page)
    add(page)

    assert is_kept(page, law)


@pytest.fixture
def section(sign_in: Callable[..., Page]) -> str:
    """A section that asks for a file beside other things."""
    coordinator = sign_in("coordinator@arcadia.example")
    report = steps.start_report(coordinator, steps.open_cycle(coordinator, "C189", 9))
    return f"/reports/{report}/sections/02/"


def test_a_file_in_an_answer_is_refused_by_its_content_at_its_field_or_kept_with_the_rest(
    sign_in: Callable[..., Page], section: str, law: Path, tmp_path: Path
):
    page = sign_in(DRAFTER)
    page.goto(section)
    title = page.locator("main input[name$=-title]").first
    title.fill("The Contracts Act")
    program = tmp_path / "program.pdf"
    program.write_bytes(b"MZ\x90\x00" + os.urandom(600_000))

    choose(page, program)

    field = page.locator(".field", has=page.locator("input[type=file]")).first
    expect(field.locator(".error")).to_contain_text("“program.pdf” is not a file of an accepted type")
    expect(field.locator("input[type=file]")).to_have_attribute("aria-invalid", "true")
    assert title.input_value() == "The Contracts Act"
    choose(page, law)
    expect(field.locator(".error")).to_have_count(0)
    arrived(page)
    page.locator("main input[name$=-link]").first.fill("javascript:alert(1)")
    save(page)
    expect(page.locator("main [data-waiting]")).to_contain_text("law.pdf has arrived and is kept when you save.")
    page.locator("main input[name$=-link]").first.fill("https://law.example/22")
    save(page)
    page.goto(section)
    assert page.locator("main input[name$=-title]").first.input_value() == "The Contracts Act"
    assert is_kept(page, law)


@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_said_of_a_file_fits_the_page(sign_in: Callable[..., Page], law: Path, language: str, width: int):
    page = sign_in(DRAFTER, language=language)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(FILES)
    Line(page, until=5)
    choose(page, law)
    expect(why(page)).to_contain_text("5", timeout=20_000)

    assert looking.faults(page, language) == []
    box = sending(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
