"""A running demonstration and a browser: processes of their own, as in ``make run``."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "servanda-demo"


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # playwright's loop leaves sockets to the collector when the interpreter ends
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        sentence = "*** LEFT OUT: the journeys. Chromium was not found (set CHROMIUM to its path). ***"
        if os.environ.get("SERVANDA_MUST_RUN"):
            pytest.fail(sentence)
        print(f"\n{sentence}\n", file=sys.__stderr__)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration of its own: web, worker, SQLite, all in a temporary folder.

    SERVANDA_SITE names one that runs already, for whoever writes a journey.
    """
    if os.environ.get("SERVANDA_SITE"):
        yield os.environ["SERVANDA_SITE"]
        return
    with serving(tmp_path_factory.mktemp("demonstration")) as address:
        yield address


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """A demonstration made in ``data`` and served until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("SERVANDA_", "DJANGO_", "DATABASE_"))
    }
    environment |= {"SERVANDA_DEMO": "1", "SERVANDA_DATA": str(data), "SERVANDA_LOGIN_ATTEMPTS": "1000"}
    environment["SERVANDA_DEBUG"] = "0"  # also where a developer has switched it on in .env
    log = (data / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://localhost:{port}"
    try:
        _wait(address, server, data / "server.log")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
        log.close()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"The demonstration did not start:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/account/login/", timeout=5) as reply:
                if reply.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    pytest.fail(f"The demonstration did not answer in ten minutes:\n{log.read_text()[-3000:]}")


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sign_in(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """``sign_in("coordinator@arcadia.example", language="ar")`` → a page at the person's home, in that language.

    Each call is a browser of its own. A request to any other host fails the test, and so does a page in
    another language than the one asked for.
    """
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    misspoken: list[str] = []

    def enter(email: str, *, language: str = "en", width: int = 1440, script: bool = True) -> Page:
        context = browser.new_context(
            locale=language, viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=site
        )
        contexts.append(context)
        context.on(
            "request", lambda asked: None if asked.url.startswith((site, "data:")) else strangers.append(asked.url)
        )
        page = context.new_page()
        enter_as(page, email, language)

        def listen(reply: Response) -> None:
            if reply.request.is_navigation_request() and reply.headers.get("content-type", "").startswith("text/html"):
                spoken = reply.headers.get("content-language", "")
                if spoken != language:
                    misspoken.append(f"{reply.url}: {spoken}")

        context.on("response", listen)
        page.goto("/home/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert strangers == [], "a page asked another host"
    assert misspoken == [], "a page spoke another language"


def enter_as(page: Page, email: str, language: str) -> None:
    """Sign in and choose the language: it is the account that keeps it, not the browser."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(".language > summary").click()
        with page.expect_navigation():
            page.locator(f".language .menu-body button[value={language}]").click()
    assert spoken(page) == language


def spoken(page: Page) -> str:
    """The language of the page that is open; its direction goes with it."""
    root = page.locator("html")
    language = root.get_attribute("lang") or ""
    assert root.get_attribute("dir") == {"ar": "rtl"}.get(language, "ltr")
    return language
