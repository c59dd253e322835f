"""Steps that journeys share; they name fields and addresses, never words, so that they walk in any language."""

import datetime
import re

from playwright.sync_api import Page


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
        if box.evaluate("e => e.type") == "radio":
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
    bodies = page.locator("select[name=coordinating_body] option[value]:not([value=''])")
    bodies.first.evaluate("option => option.selected = true")
    submit(page, "main form button[type=submit]")
    found = re.search(r"/cycles/([\w-]+)/$", page.url)
    assert found, page.locator("main").inner_text()
    return found.group(1)


def start_report(page: Page, cycle: str) -> str:
    """Start the report that is proposed for a cycle, and open it; returns its short name in addresses."""
    page.goto(f"/reports/new/?cycle={cycle}")
    for name in ("questionnaire", "kind"):
        options = page.locator(f"select[name={name}] option[value]:not([value=''])")
        options.first.evaluate("option => option.selected = true")
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
    submit(page, "main form button[type=submit]:not([name])")
    assert text in page.content()


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
