"""Steps that journeys share; they name fields and addresses, never words, so that they walk in any language."""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Response


def submit(page: Page, selector: str) -> None:
    """Press a button that leads to another page, which speaks the language of the one before."""
    language = page.locator("html").get_attribute("lang")
    with page.expect_navigation():
        page.locator(selector).first.click()
    assert page.locator("h1").count() == 1
    direction = {"ar": "rtl"}.get(language or "", "ltr")
    assert page.locator(f"html[lang={language}][dir={direction}]").count() == 1


def post(page: Page, action: str, **fields: str) -> None:
    """Fill in and send the form whose address ends with ``action``."""
    form = page.locator(f"form[action$='{action}']").first
    for name, value in fields.items():
        box = form.locator(f"[name$={name}]").first  # a form among several of its kind has a prefix
        if box.get_attribute("type") == "radio":
            form.locator(f"[name$={name}][value='{value}']").check()
        else:
            box.fill(value)
    with page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def today() -> str:
    return datetime.date.today().isoformat()


def later(days: int = 14) -> str:
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def open_cycle(page: Page, instrument: str, number: int) -> str:
    """Open a review cycle of the instrument; returns its short name in addresses."""
    page.goto("/cycles/new/")
    option = page.locator(f"select[name=reviewed] option:has-text('{instrument} ·')").first
    page.locator("select[name=reviewed]").select_option(option.get_attribute("value"))
    page.locator("input[name=number_from]").fill(str(number))
    choose_first(page, "coordinating_body")
    submit(page, "main form button[type=submit]")
    found = re.search(r"/cycles/([\w-]+)/$", page.url)
    assert found, page.locator("main").inner_text()
    return found.group(1)


def choose_first(page: Page, name: str) -> None:
    """Choose the first in a list that is not empty."""
    option = page.locator(f"select[name={name}] option[value]:not([value=''])").first
    page.locator(f"select[name={name}]").select_option(option.get_attribute("value"))


def start_report(page: Page, cycle: str) -> str:
    """Start the report that is proposed for a cycle, and open it; returns its short name in addresses."""
    page.goto(f"/reports/new/?cycle={cycle}")
    for name in ("questionnaire", "kind"):
        choose_first(page, name)
    submit(page, "main form button[type=submit]")
    found = re.search(r"/reports/([\w-]+)/$", page.url)
    assert found, page.locator("main").inner_text()
    move_report(page, found.group(1), "open")
    return found.group(1)


def move_report(page: Page, report: str, move: str) -> None:
    page.goto(f"/reports/{report}/")
    submit(page, f"form:has(input[name=move][value={move}]) button[type=submit]")


def write(page: Page, report: str, section: str, text: str) -> None:
    """Write a paragraph in the first question of a section and save it."""
    page.goto(f"/reports/{report}/sections/{section}/")
    page.locator("ol.paragraphs textarea[placeholder]").first.fill(text)
    with saved(page):
        page.locator("main form button[type=submit]:not([name])").first.click()
    page.goto(f"/reports/{report}/sections/{section}/")
    assert text in page.content()


@contextmanager
def saved(page: Page) -> Iterator[None]:
    """Until the server has what was written: sent by the page itself, or as a form where there is no script."""

    def is_save(reply: Response) -> bool:
        # That somebody has the page open is told by a POST too.
        return reply.request.method == "POST" and "/sections/" in reply.url and not reply.url.endswith("/presence/")

    with page.expect_response(is_save) as reply:
        yield
    assert reply.value.status in {200, 302}
    page.wait_for_load_state()


def send(page: Page, report: str, section: str) -> None:
    page.goto(f"/reports/{report}/sections/{section}/")
    submit(page, "button[name=then][value=send]")


def give_back(page: Page, report: str, section: str, reason: str) -> None:
    page.goto(f"/reports/{report}/sections/{section}/")
    page.locator("#id_review_reason").fill(reason)
    submit(page, "#review form button[type=submit]:not([formaction])")


def clear(page: Page, report: str, section: str) -> None:
    page.goto(f"/reports/{report}/sections/{section}/")
    submit(page, "#review form button[formaction]")


def ask_for_cooperation(page: Page, title: str) -> str:
    """Write a request from nothing but an article; returns its short name in addresses."""
    page.goto("/assistance/new/")
    page.locator("[name=provisions]").fill("CMW 66")
    return fill_in_request(page, title)


def fill_in_request(page: Page, title: str) -> str:
    """Fill in the open form of a request to the ILO and save it; returns its short name until it is submitted."""
    for name, value in {
        "title": title,
        "need": "Inspectors can establish whether a fee was paid.",
        "in_place": "An Act and a register.",
        "missing": "A method.",
        "why_now": "Licences are renewed next year.",
        "needed_by_on": later(200),
        "counterpart_unit": "Labour Inspectorate",
        "counterpart_name": "M. Ito",
        "counterpart_email": "labour.focal@arcadia.example",
        "counterpart_phone": "+000 1",
    }.items():
        page.locator(f"[name={name}]").first.fill(value)
    page.locator("[name=kinds][value=training]").check()
    for box in page.locator("[name=agencies]:checked").all():
        box.uncheck()
    page.locator("[name=agencies]").locator("xpath=..", has_text="ILO").locator("input").check()
    submit(page, "main form[method=post] button[type=submit]")
    found = re.search(r"/assistance/([\w-]+)/", page.url)
    assert found, page.locator("main").inner_text()
    return found.group(1)


def press(page: Page, address: str, move: str) -> None:
    """Press the button of a move on the page of a request."""
    page.goto(address)
    submit(page, f"button[name=move][value={move}], form:has(input[name=move][value={move}]) button[type=submit]")
