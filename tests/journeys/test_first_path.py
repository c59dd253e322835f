"""The first true path: a cycle opened, a report started, a section drafted, sent, returned, sent again and cleared."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys import steps

AGE = "The minimum age for voluntary enlistment is eighteen years."
REASON = "Say since when, and under which law."


def test_a_section_is_drafted_sent_returned_sent_again_and_cleared(sign_in: Callable[..., Page], language: str):
    coordinator = sign_in("coordinator@arcadia.example", language=language)
    cycle = steps.open_cycle(coordinator, "OP-CRC-AC", {"en": 1, "ar": 3}[language])
    report = steps.start_report(coordinator, cycle)
    drafter = sign_in("interior.drafter@arcadia.example", language=language)
    focal = sign_in("interior.focal@arcadia.example", language=language)

    steps.write(drafter, report, "01", AGE)
    steps.send(focal, report, "01")
    steps.give_back(coordinator, report, "01", REASON)

    focal.goto(f"/reports/{report}/sections/01/")
    assert REASON in focal.content()

    steps.send(focal, report, "01")
    steps.clear(coordinator, report, "01")

    drafter.goto(f"/reports/{report}/sections/01/")
    assert drafter.locator("main textarea[placeholder]").count() == 0
    assert AGE in drafter.content()
