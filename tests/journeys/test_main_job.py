"""The main job, end to end: from the opening of a cycle to the receipt in Geneva; a request until it is confirmed."""

import re
from collections.abc import Callable

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.journeys import steps

TEXTS = {
    "01": "The minimum age for voluntary enlistment is eighteen years.",
    "02": "Recruitment of children is a crime.",
}


def test_a_report_goes_from_assignment_to_receipt(sign_in: Callable[..., Page], language: str, tmp_path):
    coordinator = sign_in("coordinator@arcadia.example", language=language)
    cycle = steps.open_cycle(coordinator, "OP-CRC-AC", {"en": 5, "ar": 7}[language])
    report = steps.start_report(coordinator, cycle)
    drafter = sign_in("interior.drafter@arcadia.example", language=language)
    focal = sign_in("interior.focal@arcadia.example", language=language)
    mission = sign_in("mission@arcadia.example", language=language)

    for section, text in TEXTS.items():
        steps.write(drafter, report, section, text)
        steps.send(focal, report, section)
    steps.give_back(coordinator, report, "02", "Name the law.")
    steps.send(focal, report, "02")
    for section in TEXTS:
        steps.clear(coordinator, report, section)
    steps.move_report(coordinator, report, "consolidate")
    coordinator.goto(f"/reports/{report}/validation/")
    steps.post(coordinator, "/validation/start/", until=steps.later())
    focal.goto(f"/reports/{report}/validation/")
    reply = focal.locator("form[action*='/validation/reply/']").first.get_attribute("action")
    steps.post(focal, reply, reply="no_objection")
    coordinator.goto(f"/reports/{report}/endorse/")
    coordinator.locator("[name=authority]").fill("Council of Ministers")
    coordinator.locator("[name=endorsed_on]").fill(steps.today())
    coordinator.locator("[data-dialog=confirm-endorsement]").click()
    steps.submit(coordinator, "#confirm-endorsement button[type=submit]")
    mission.goto(f"/reports/{report}/transmission/")
    steps.post(mission, "/transmission/sent/", note_verbale="GVA/1/2026", sent_on=steps.today())
    steps.post(mission, "/transmission/receipt/", received_on=steps.today())

    with mission.expect_download() as download:
        mission.evaluate("address => { window.location = address }", f"/reports/{report}/submissions/1/files/pdf/")
    path = tmp_path / "report.pdf"
    download.value.save_as(path)
    printed = " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())
    assert [text in printed for text in TEXTS.values()] == [True, True]
    assert "OPAC-01-Q1" not in printed


def test_a_request_goes_from_the_question_to_confirmed_completion(sign_in: Callable[..., Page], language: str):
    focal = sign_in("labour.focal@arcadia.example", language=language)
    focal.goto("/reports/cmw-3-periodic/sections/f2/")
    focal.goto(focal.locator("a[href*='/assistance/new/']").first.get_attribute("href"))
    title = f"A method to trace fees ({language})"
    draft = f"/assistance/{steps.fill_in_request(focal, title)}/"

    steps.press(focal, draft, "clear")
    coordinator = sign_in("coordinator@arcadia.example", language=language)
    coordinator.goto(draft + "authorise/")
    coordinator.locator("[name=office]").fill("Minister of Labour")
    coordinator.locator("[name=authorised_on]").fill(steps.today())
    steps.submit(coordinator, "main form[method=post] button[type=submit]")
    coordinator.goto(draft + "submit/")
    steps.submit(coordinator, "main form[method=post] button[type=submit]")
    reference = re.search(r"/assistance/([A-Z]{3}-\d{4}-\d+)/", coordinator.url).group(1)

    officer = sign_in("officer@ilo.example", language=language)
    here = f"/agency/requests/{reference}/"
    officer.goto(here)
    assert title in officer.content()
    assert "cmw-3-periodic" not in officer.content()
    steps.press(officer, here, "acknowledge")
    steps.press(officer, here, "open_plan")
    plan = officer.locator("a[href*='/plan/']").first.get_attribute("href")
    officer.goto(plan)
    officer.locator("textarea").first.fill("Two courses of five days.")
    steps.submit(officer, "main form[method=post] button[type=submit]")
    officer.goto(plan)
    steps.submit(officer, "button[name=offer]")
    steps.press(coordinator, f"/assistance/{reference}/", "accept")
    steps.press(officer, here, "start")
    steps.press(officer, here, "complete")
    steps.press(coordinator, f"/assistance/{reference}/", "confirm")
