"""Every login that the demonstration prints opens the home of its role, with what that role needs and no dead link."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from config.demonstration import LOGINS

WRITER = ("/home/", ["main .task a[href*='/sections/']", "a[href='/assistance/new/']"])
FOCAL = ("/home/", [*WRITER[1], "main a[href*='view=ministry']", "a[href='/settings/']"])
COORDINATOR = ("/home/", ["main a[href$='/board/']", ".side a[href*='/review/']", "a[href='/cycles/']"])
ADMINISTRATOR = ("/settings/people/", ["a[href='/settings/people/invite/']", "a[href='/settings/bodies/']"])
OFFICER = ("/agency/requests/", [".cards a[href*='/agency/requests/']", "form[role=search]"])

NEEDS = {
    "labour.drafter@arcadia.example": WRITER,
    "labour.focal@arcadia.example": FOCAL,
    "justice.drafter@arcadia.example": WRITER,
    "justice.focal@arcadia.example": FOCAL,
    "coordinator@arcadia.example": COORDINATOR,
    "coordinator2@arcadia.example": COORDINATOR,
    "mission@arcadia.example": ("/home/", [".side a[href^='/cycles/']", "main a[href^='/reports/']"]),
    "nhri@arcadia.example": ("/home/", ["main a[href='/consultation/cmw-3-periodic/']"]),
    "admin@arcadia.example": ADMINISTRATOR,
    "coordinator@qamar.example": COORDINATOR,
    "labour.focal@qamar.example": FOCAL,
    "translator@qamar.example": ("/home/", ["main a[href*='/translation/']"]),
    "admin@qamar.example": ADMINISTRATOR,
    "officer@ilo.example": OFFICER,
    "desk@ilo.example": OFFICER,
    "admin@ilo.example": (OFFICER[0], [*OFFICER[1], "a[href='/settings/']"]),
    "officer@ohchr.example": OFFICER,
    "catalogue@servanda.example": ("/instruments/", ["main a[href='/instruments/cmw/']", "a[href='/catalogue/']"]),
}


def test_every_login_has_its_line_here():
    assert [email for email, _what in LOGINS] == list(NEEDS)


@pytest.mark.parametrize("email", NEEDS)
def test_the_home_of_a_login_has_what_its_role_needs_and_no_dead_link(sign_in: Callable[..., Page], email: str):
    page = sign_in(email, language="ar" if "qamar" in email else "en")
    address, needs = NEEDS[email]

    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    inner = {urljoin(page.url, link) for link in links if not link.startswith(("#", "mailto:"))}
    answers = {link: page.context.request.get(link).status for link in sorted(inner)}

    assert page.url.endswith(address)
    assert [selector for selector in needs if not page.locator(selector).count()] == []
    assert {link: status for link, status in answers.items() if status != 200} == {}
