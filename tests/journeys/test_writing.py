"""Writing in a section saves by itself; what is acknowledged is in the answer or visibly kept, whatever happens."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import enter_as

WHERE = ("cmw-3-periodic", "f2")
DRAFTER, FOCAL = "labour.drafter@arcadia.example", "labour.focal@arcadia.example"

# The texts of the first question as the server gives them, beside the page that is open.
STANDS = """async (address) => {
  const text = await (await fetch(address)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const areas = page.querySelector("[data-paragraphs]").querySelectorAll(".para textarea");
  return [...areas].map((area) => area.value).filter(Boolean);
}"""


class Writer:
    """A person at the page of a section, in its first question."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.goto(address)

    @property
    def box(self) -> Locator:
        return self.page.locator("[data-paragraphs]").first

    @property
    def saved(self) -> Locator:
        return self.page.locator("#saved")

    def texts(self) -> list[str]:
        areas = self.box.locator(".para textarea").all()
        return [area.input_value() for area in areas if area.input_value()]

    def write(self, text: str) -> None:
        """A new paragraph at the end."""
        self.box.locator(".para textarea").last.click()
        self.page.keyboard.type(text)

    def write_below(self, text: str) -> None:
        """A new paragraph below the one that was just written."""
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")
        self.page.keyboard.type(text)

    def append(self, place: int, text: str) -> None:
        self.box.locator(".para textarea").nth(place).click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def is_saved(self) -> None:
        """What stands here now, and not only what an earlier save had, stands on the server too."""
        expect(self.saved).to_have_class(re.compile(r"^saved saved$"), timeout=15000)
        for _try in range(60):
            stands = self.page.evaluate(STANDS, self.address)
            if stands == self.texts():
                return
            self.page.wait_for_timeout(250)
        pytest.fail(f"Not saved: {self.texts()} stand on the page, and on the server {stands}")

    def is_kept(self) -> None:
        expect(self.saved).to_have_class(re.compile(r"\bkept\b"), timeout=15000)


@pytest.fixture
def section() -> str:
    """A section that Labour leads and has back from the coordinator."""
    return "/reports/cmw-3-periodic/sections/f2/"


def test_what_is_typed_is_saved_after_a_pause(sign_in, section, language):
    writer = Writer(sign_in(DRAFTER, language=language), section)

    writer.write("Written and left alone.")
    writer.is_saved()

    assert "Written and left alone." in Writer(sign_in(FOCAL, language=language), section).texts()


def test_a_paragraph_is_split_joined_and_moved_by_keys_and_saved_so(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    before = writer.texts()
    writer.write("First half.")
    writer.write_below("Second half.")
    assert writer.texts() == [*before, "First half.", "Second half."]

    writer.page.keyboard.press("Control+Alt+ArrowUp")
    assert writer.texts() == [*before, "Second half.", "First half."]
    writer.page.keyboard.press("Control+Alt+ArrowDown")
    writer.page.keyboard.press("Home")
    writer.page.keyboard.press("Backspace")
    assert writer.texts() == [*before, "First half. Second half."]
    writer.is_saved()

    writer.page.reload()
    assert writer.texts() == [*before, "First half. Second half."]


def test_the_menu_of_a_paragraph_does_what_the_keys_do(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    before = writer.texts()
    writer.write("One.")
    last = writer.box.locator(".para", has=writer.page.locator("textarea")).nth(len(before))
    for does in ("add", "up", "down", "split", "join"):
        last.locator("details.menu summary").click()
        expect(last.locator(f"[data-does={does}]")).to_be_visible()
        writer.page.keyboard.press("Escape")

    last.locator("details.menu summary").click()
    last.locator("[data-does=add]").click()
    writer.page.keyboard.type("Two.")

    assert writer.texts() == [*before, "One.", "Two."]


def test_without_a_connection_the_text_is_kept_on_the_device_and_sent_when_it_is_back(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()

    writer.page.context.set_offline(True)
    writer.append(len(writer.texts()) - 1, " Offline.")
    writer.is_kept()
    writer.page.context.set_offline(False)
    writer.is_saved()

    assert "Begun. Offline." in Writer(sign_in(FOCAL), section).texts()


def test_a_tab_that_is_killed_loses_nothing(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    writer.page.context.set_offline(True)
    writer.append(len(writer.texts()) - 1, " Killed.")
    writer.is_kept()
    writer.page.close(run_before_unload=False)
    context = writer.page.context
    context.set_offline(False)

    again = Writer(context.new_page(), section)
    expect(again.page.locator("p[data-back]")).to_be_visible()
    again.is_saved()

    assert "Begun. Killed." in again.texts()
    assert "Begun. Killed." in Writer(sign_in(FOCAL), section).texts()
    again.page.reload()
    expect(again.page.locator("p[data-back]")).to_be_hidden()


def test_a_page_asks_before_it_goes_while_the_copy_is_older_than_the_text(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    writer.page.context.set_offline(True)
    writer.append(len(writer.texts()) - 1, " Kept.")
    writer.is_kept()
    writer.page.wait_for_timeout(1500)
    goes = "() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"

    assert writer.page.evaluate(goes)
    writer.page.keyboard.type(" Newer.")
    assert not writer.page.evaluate(goes)


def test_what_is_kept_on_the_device_cannot_be_read_there(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    writer.page.context.set_offline(True)
    writer.append(len(writer.texts()) - 1, " A secret of the State.")
    writer.is_kept()

    rows = kept(writer.page)

    assert len(rows) == 1
    assert "secret" not in rows[0]


def test_an_expired_session_loses_nothing_and_sign_in_elsewhere_saves(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    context = writer.page.context
    context.clear_cookies(name="sessionid")

    writer.append(len(writer.texts()) - 1, " After the end.")
    expect(writer.saved).to_have_class(re.compile(r"\bout\b"), timeout=15000)
    expect(writer.saved.locator("a")).to_have_attribute("href", re.compile(r"/account/login/"))
    other = context.new_page()
    enter_as(other, DRAFTER, "en")
    writer.page.bring_to_front()
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")
    writer.is_saved()

    assert "Begun. After the end." in Writer(sign_in(FOCAL), section).texts()


def test_what_one_person_typed_is_not_saved_under_the_name_of_another(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    context = writer.page.context
    context.clear_cookies(name="sessionid")
    other = context.new_page()
    enter_as(other, FOCAL, "en")

    writer.append(len(writer.texts()) - 1, " By the drafter.")

    expect(writer.saved).to_have_class(re.compile(r"\bother\b"), timeout=15000)
    assert "Begun. By the drafter." not in Writer(other, section).texts()


def test_two_people_in_different_paragraphs_both_keep_their_text_and_are_told(sign_in, section):
    drafter = Writer(sign_in(DRAFTER), section)
    drafter.write("One.")
    drafter.write_below("Two.")
    drafter.is_saved()
    focal = Writer(sign_in(FOCAL), section)
    count = len(focal.texts())

    focal.append(count - 2, " By the focal point.")
    focal.is_saved()
    drafter.append(count - 1, " By the drafter.")
    expect(drafter.box.locator("[data-news]")).not_to_be_empty(timeout=15000)

    assert drafter.texts()[-2:] == ["One. By the focal point.", "Two. By the drafter."]
    focal.page.reload()
    assert focal.texts()[-2:] == drafter.texts()[-2:]


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_two_people_in_one_paragraph_see_both_texts_and_one_chooses(sign_in, section, choice):
    drafter = Writer(sign_in(DRAFTER), section)
    drafter.write("Fees are allowed")
    drafter.is_saved()
    focal = Writer(sign_in(FOCAL), section)
    last = len(focal.texts()) - 1

    focal.append(last, " never.")
    focal.is_saved()
    drafter.append(last, " always.")
    panel = drafter.box.locator(".clash")
    expect(panel).to_be_visible(timeout=15000)
    assert panel.locator("[data-mine]").inner_text() == "Fees are allowed always."
    assert panel.locator("[data-theirs]").inner_text() == "Fees are allowed never."
    panel.locator(f"[data-choice={choice}]").click()
    expect(panel).to_have_count(0)
    drafter.page.wait_for_timeout(300)
    drafter.page.keyboard.press("Control+s")
    drafter.is_saved()

    chosen = {
        "mine": ["Fees are allowed always."],
        "theirs": ["Fees are allowed never."],
        "both": ["Fees are allowed never.", "Fees are allowed always."],
    }[choice]
    drafter.page.wait_for_timeout(2000)
    drafter.page.reload()
    assert drafter.texts()[last:] == chosen
    drafter.page.goto(f"{section}history/")


def test_a_section_sent_while_somebody_types_gives_the_text_back(sign_in, section):
    drafter = Writer(sign_in(DRAFTER), section)
    drafter.write("Begun.")
    drafter.is_saved()
    focal = sign_in(FOCAL)
    focal.goto(section)
    if focal.locator("#id_reason").count():
        focal.locator("#id_reason").fill("The figures come later.")
    steps.submit(focal, "button[name=then][value=send]")

    drafter.append(len(drafter.texts()) - 1, " Too late.")
    note = drafter.page.locator("section.note:has([data-reason])")
    expect(note).to_be_visible(timeout=15000)

    assert [area.input_value() for area in note.locator("textarea").all()] == ["Begun. Too late."]
    drafter.page.reload()
    expect(note).to_be_visible(timeout=15000)
    note.locator("[data-erase]").click()
    expect(note).to_have_count(0)
    assert kept(drafter.page) == []
    steps.give_back(sign_in("coordinator@arcadia.example"), *WHERE, "Go on.")


def test_signing_out_asks_before_it_erases_what_is_not_saved(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    writer.page.route("**/changes/", lambda route: route.abort())
    writer.append(len(writer.texts()) - 1, " Not sent.")
    writer.is_kept()
    asked = []
    writer.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))

    writer.page.locator(".tools details.menu summary").last.click()
    with writer.page.expect_navigation(url=re.compile("/account/login/")):
        writer.page.locator("form[data-leaving] button").first.click()

    assert len(asked) == 1
    assert kept(writer.page) == []


def test_a_person_can_have_nothing_kept_on_the_device(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    writer.page.locator("[data-switch]").click()
    writer.page.context.set_offline(True)

    writer.append(len(writer.texts()) - 1, " Offline.")

    expect(writer.saved).to_have_class(re.compile(r"\bunkept\b"), timeout=15000)
    assert kept(writer.page) == []
    writer.page.context.set_offline(False)
    writer.is_saved()


def test_a_state_can_have_nothing_kept_on_any_device(sign_in, section):
    admin = sign_in("admin@arcadia.example")
    admin.goto("/settings/state/")
    admin.locator("[name=device_copies]").uncheck()
    admin.locator("main form button[type=submit]").click()
    writer = Writer(sign_in(DRAFTER), section)
    writer.write("Begun.")
    writer.is_saved()
    expect(writer.page.locator("[data-custody]")).to_contain_text("Your State keeps nothing on devices")
    expect(writer.page.locator("[data-switch]")).to_be_hidden()
    writer.page.context.set_offline(True)

    writer.append(len(writer.texts()) - 1, " Offline.")

    expect(writer.saved).to_have_class(re.compile(r"\bunkept\b"), timeout=15000)
    assert kept(writer.page) == []
    writer.page.context.set_offline(False)
    writer.is_saved()
    admin.goto("/settings/state/")
    admin.locator("[name=device_copies]").check()
    admin.locator("main form button[type=submit]").click()


def test_a_save_takes_at_most_two_kilobytes_both_ways(sign_in, section):
    writer = Writer(sign_in(DRAFTER), section)
    with writer.page.expect_request_finished(
        lambda asked: asked.method == "POST" and asked.url.endswith("/changes/")
    ) as asked:
        writer.write("On 30 June 2026, 214 agencies held a licence, against 391 in 2021. Inspectors visited 188.")

    sizes = asked.value.sizes()
    bodies = sizes["requestBodySize"] + sizes["responseBodySize"] + sizes["responseHeadersSize"]
    assert bodies <= 2048, sizes


def test_an_answer_in_one_box_saves_by_itself_too(sign_in, section):
    page = sign_in(DRAFTER)
    page.goto(f"{section}?box=1")
    box = page.locator("[data-paragraphs] textarea").first
    before = Writer(sign_in(FOCAL), section).texts()

    box.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nIn one box.")
    expect(page.locator("#saved")).to_have_class(re.compile(r"^saved saved$"), timeout=15000)

    assert Writer(page, section).texts() == [*before, "In one box."]


def kept(page: Page) -> list[str]:
    """What is on the device, as text."""
    return page.evaluate(
        """async () => {
          const request = indexedDB.open("servanda", 1);
          request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
          const base = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
          const all = base.transaction("drafts").objectStore("drafts").getAll();
          const rows = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
          base.close();
          return rows.map((row) => row.id + new TextDecoder().decode(row.data));
        }"""
    )
