"""Without script: what script makes smoother is done by links, forms and looking again."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.journeys import looking, steps

TEXT = "A written contract has been compulsory since 2021."
KEPT = "main a[href*='/files/']:not([href$='/files/']):not([href$='/remove/'])"
CONTRACT = ("model-contract.txt", "Model contract for domestic workers.")


def test_a_section_is_written_sent_returned_cleared_and_exported(
    sign_in: Callable[..., Page], language: str, tmp_path: Path
):
    coordinator = sign_in("coordinator@arcadia.example", language=language, script=False)
    cycle = steps.open_cycle(coordinator, "C189", {"en": 1, "ar": 2}[language])
    report = steps.start_report(coordinator, cycle)
    section = f"/reports/{report}/sections/02/"
    drafter = sign_in("labour.drafter@arcadia.example", language=language, script=False)
    focal = sign_in("labour.focal@arcadia.example", language=language, script=False)

    steps.write(drafter, report, "02", TEXT)
    contract = tmp_path / CONTRACT[0]
    contract.write_text(CONTRACT[1])
    drafter.locator("main input[type=file]").first.set_input_files(contract)
    steps.submit(drafter, "main form button[type=submit]:not([name])")
    kept = drafter.locator(KEPT).first
    assert CONTRACT[0] in kept.inner_text()
    assert drafter.context.request.get(kept.get_attribute("href")).text() == CONTRACT[1]
    steps.send(focal, report, "02")
    steps.give_back(coordinator, report, "02", "Name the law.")
    steps.send(focal, report, "02")
    steps.clear(coordinator, report, "02")

    coordinator.goto(section)
    assert TEXT in coordinator.content()
    printed = exported(coordinator, report, tmp_path)
    assert TEXT in printed


def faults(page: Page, language: str) -> list[str]:
    """What is wrong with the open page, looked at in a browser with script: without it axe waits for ever."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(storage_state=page.context.storage_state())
    twin = context.new_page()
    twin.goto(page.url)
    found = looking.faults(twin, language)
    context.close()
    return found


def exported(page: Page, report: str, folder: Path) -> str:
    """Ask for the draft as a PDF, look again until the file is there, and read it."""
    page.goto(f"/reports/{report}/exports/")
    steps.submit(page, "main form[method=post] button[type=submit]")
    assert faults(page, page.locator("html").get_attribute("lang") or "") == []
    for _look in range(60):
        if page.locator("a#job-next[href$='/file/']").count():
            break
        page.wait_for_timeout(500)
        steps.submit(page, "a#job-next")
    with page.expect_download() as download:
        page.locator("a#job-next[href$='/file/']").click()
    download.value.save_as(folder / "draft.pdf")
    return " ".join("\n".join(each.extract_text() for each in PdfReader(folder / "draft.pdf").pages).split())


def test_a_file_is_taken_off_an_answer(sign_in: Callable[..., Page], language: str, tmp_path: Path):
    page = sign_in("labour.focal@arcadia.example", language=language, script=False)
    coordinator = sign_in("coordinator@arcadia.example", language=language, script=False)
    cycle = steps.open_cycle(coordinator, "C189", {"en": 3, "ar": 4}[language])
    report = steps.start_report(coordinator, cycle)
    page.goto(f"/reports/{report}/sections/02/")
    contract = tmp_path / CONTRACT[0]
    contract.write_text(CONTRACT[1])
    page.locator("main input[type=file]").first.set_input_files(contract)
    steps.submit(page, "main form button[type=submit]:not([name])")

    page.goto(page.locator("main a[href*='/remove/']").first.get_attribute("href"))
    assert faults(page, language) == []
    steps.submit(page, "main form[method=post] button[type=submit]")

    assert page.locator(KEPT).count() == 0


def test_a_file_of_the_section_as_a_whole_is_added_and_made_an_annex(
    sign_in: Callable[..., Page], language: str, tmp_path: Path
):
    drafter = sign_in("labour.drafter@arcadia.example", language=language, script=False)
    coordinator = sign_in("coordinator@arcadia.example", language=language, script=False)
    files = "/reports/cmw-3-periodic/sections/f2/files/"
    law = tmp_path / "law.txt"
    law.write_text(f"Private Employment Agencies Act, read in {language}.")
    drafter.goto("/reports/cmw-3-periodic/sections/f2/")
    drafter.goto(drafter.locator(f"main a[href$='{files}']").get_attribute("href"))
    before = drafter.locator(KEPT).count()

    drafter.locator("main input[type=file]").set_input_files(law)
    steps.submit(drafter, "main form[method=post] button[type=submit]")

    assert drafter.locator(KEPT).count() == before + 1
    assert faults(drafter, language) == []
    coordinator.goto(files)
    steps.submit(coordinator, "main article:last-of-type button[type=submit]")
    decide = coordinator.locator("main article:last-of-type button[type=submit]")
    form = coordinator.locator(f"form#{decide.get_attribute('form')}")
    assert (form.get_attribute("action") or "").endswith("/internal/")


def test_a_request_is_written_cleared_and_sent_as_an_enquiry(sign_in: Callable[..., Page], language: str):
    focal = sign_in("labour.focal@arcadia.example", language=language, script=False)
    coordinator = sign_in("coordinator@arcadia.example", language=language, script=False)
    officer = sign_in("officer@ilo.example", language=language, script=False)
    title = f"Advice on a register of agencies ({language})"

    draft = steps.ask_for_cooperation(focal, title)
    steps.press(focal, f"/assistance/{draft}/", "clear")
    coordinator.goto(f"/assistance/{draft}/submit/")
    steps.submit(coordinator, "main form[method=post] button[type=submit]")

    officer.goto("/agency/requests/")
    officer.locator("input[name=q]").fill(title)
    steps.submit(officer, "form[role=search] button[type=submit]")
    assert officer.locator(".cards a[href*='/agency/requests/']").all_inner_texts() == [title]


def test_lists_are_filtered_and_menus_open(sign_in: Callable[..., Page], language: str):
    page = sign_in("coordinator@arcadia.example", language=language, script=False)

    page.goto("/reports/cmw-3-periodic/board/")
    page.locator("select[name=part]").select_option(index=1)
    part = page.locator("select[name=part]").input_value()
    steps.submit(page, "form:has(select[name=part]) button[type=submit]")
    assert page.locator("select[name=part]").input_value() == part
    assert page.locator(".matrix thead .part").count() == 1

    page.set_viewport_size(looking.PHONE)
    page.locator(".phone-menu > summary").click()
    with page.expect_navigation():
        page.locator(".phone-menu a[href='/reports/']").click()
    assert page.url.endswith("/reports/")

    page.locator(".tools .menu:last-child > summary").click()
    with page.expect_navigation():
        page.locator(".menu-body form[action*='logout'] button").click()
    page.goto("/home/")
    assert "/account/login/" in page.url
