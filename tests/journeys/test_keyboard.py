"""By keyboard alone: signing in, writing, sending, clearing. At each stop one can see where one is."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.journeys import looking, steps
from tests.journeys.conftest import PASSWORD

TEXT = "Compulsory recruitment does not exist."

# Where the keyboard is: on what was looked for or not, and whether that shows. A row of tasks draws the outline of
# its link around the whole row, a chosen radio button on the word beside it.
STOP = """selector => {
  const here = document.activeElement;
  const outlined = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const drawn = one => one && ["", "::before", "::after"].some(part => outlined(getComputedStyle(one, part || null)));
  const box = here.getBoundingClientRect();
  const inView = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  return {
    found: here.matches(selector),
    name: here.outerHTML.slice(0, 120),
    shown: here === document.body || (inView && (drawn(here) || drawn(here.nextElementSibling))),
  };
}"""


def go_to(page: Page, selector: str, *, most: int = 160) -> None:
    """Press Tab until the focus is on what the selector names; each stop on the way must show."""
    for _press in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP, selector)
        assert stop["shown"], f"the focus does not show on {stop['name']}"
        if stop["found"]:
            return
    raise AssertionError(f"{most} presses of Tab do not lead to {selector} on {page.url}")


def follow(page: Page, selector: str) -> None:
    """Go to a link or button and press Enter."""
    go_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enter(browser: Browser, site: str, email: str, language: str) -> Page:
    """Sign in; the first stop of the page is the link past everything that stands on each page."""
    page = browser.new_context(base_url=site, viewport=looking.DESK).new_page()
    page.goto("/account/login/")
    go_to(page, "a.skip", most=1)
    go_to(page, "input[name=login]")
    page.keyboard.type(email)
    go_to(page, "input[name=password]", most=1)
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.locator("html").get_attribute("lang") != language:
        go_to(page, ".language > summary")
        page.keyboard.press("Enter")
        follow(page, f".language button[value={language}]")
    assert page.locator("html").get_attribute("lang") == language
    return page


def test_a_section_is_written_sent_and_cleared_without_a_mouse(
    browser: Browser, site: str, sign_in: Callable[..., Page], language: str
):
    planner = sign_in("coordinator@arcadia.example", language=language)
    cycle = steps.open_cycle(planner, "OP-CRC-AC", {"en": 10, "ar": 12}[language])
    report = steps.start_report(planner, cycle)
    section = f"/reports/{report}/sections/02/"

    focal = enter(browser, site, "interior.focal@arcadia.example", language)
    go_to(focal, "a.skip", most=1)
    focal.keyboard.press("Enter")
    if not focal.locator(f".task a[href='{section}']").count():
        follow(focal, "main a[href*='all=1']")
    follow(focal, f".task a[href='{section}']")
    go_to(focal, "ol.paragraphs textarea[placeholder]")
    focal.keyboard.type(TEXT)
    with steps.saved(focal):
        focal.keyboard.press("Control+s")
    follow(focal, "button[name=then][value=send]")

    coordinator = enter(browser, site, "coordinator@arcadia.example", language)
    coordinator.goto(section)
    follow(coordinator, "#review button[formaction]")
    coordinator.goto(section)
    assert coordinator.locator("#review").count() == 0
    assert coordinator.locator("form[action$='/move/reopen/']").count() == 1
    assert TEXT in coordinator.content()
    for page in (focal, coordinator):
        page.context.close()


def test_the_focus_stays_when_a_part_of_the_page_is_replaced(
    browser: Browser, site: str, sign_in: Callable[..., Page], language: str
):
    page = sign_in("coordinator@arcadia.example", language=language)
    page.goto("/reports/cmw-3-periodic/exports/")
    page.locator("input[name=format][value=json]").check()
    steps.submit(page, "main form[method=post] button[type=submit]")

    go_to(page, "#job-next")
    page.locator("a#job-next[href$='/file/']").wait_for()

    assert page.evaluate("document.activeElement.id") == "job-next"


def test_escape_closes_a_menu_and_gives_the_focus_back(sign_in: Callable[..., Page], language: str):
    page = sign_in("coordinator@arcadia.example", language=language)
    go_to(page, ".language > summary")
    page.keyboard.press("Enter")
    go_to(page, ".language button", most=1)

    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.matches('.language > summary')")
    assert not page.locator(".language .menu-body").is_visible()
