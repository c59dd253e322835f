"""What comes of text from word processors and web pages, converted in a browser and read as the server reads it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from config.static_files import bundle
from reporting.text import markup

STATIC = Path(__file__).resolve().parents[2] / "config" / "static"
PASTED = Path(__file__).parent / "pasted"


def script(entry: str) -> str:
    return bundle(entry, lambda name: (STATIC / name).read_text())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the converter, which may ask nobody for anything."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content("<!doctype html><title>Empty</title>")
    page.add_script_tag(content=script("servanda/editor/convert.js") + "\nwindow.converted = converted;")
    yield page
    context.close()
    assert asked == []


def convert(page: Page, html: str, **options: Any) -> tuple[list[str], dict[str, int]]:
    """Pieces as they stand in their boxes, and what was left out."""
    found = page.evaluate("([html, options]) => converted(html, options)", [html, options])
    texts = [piece["text"] + ("\n" + piece["notes"] if piece["notes"] else "") for piece in found["pieces"]]
    return texts, {name: count for name, count in found["left"].items() if count}


def test_a_document_of_word(page):
    texts, left = convert(page, (PASTED / "word.html").read_text())

    assert texts == [
        "**Recruitment**",
        "The **Private Employment Agencies Act** entered into force on *1 July 2023*.[^1]\n"
        "[^1]: Official Gazette *No. 12*.",
        "Inspectors look at:\n- fees;\n  - paid by workers;\n- contracts.",
        "See [the Act](https://law.example/act).",
        "3. A third step.\n4. A fourth.",
        "- **Year**; Agencies\n- 2021; 391\n- 2026; –",
    ]
    assert left == {"images": 1, "tables": 1}


def test_a_document_of_libreoffice(page):
    texts, left = convert(page, (PASTED / "libreoffice.html").read_text())

    assert texts == [
        "**Licences** are renewed every two years.[^1]\n[^1]: Act No. 4 of 2023.",
        "1. A bond is given;\n2. accounts are *audited*:\n   - by an **independent** auditor;\n   - every year.\n"
        "3. the agency has 5 m² a person.",
        "Last line.",
    ]
    assert left == {}


def test_a_page_of_the_web(page):
    texts, left = convert(page, (PASTED / "web.html").read_text())

    assert texts == [
        "**Background**",
        "Workers at the port",
        "In 2025 the **Ministry**\u00a0published **188** reports.[^1][7]\n[^1]: Annual report 2025.",
        "Write to [the inspectorate](mailto:labour@arcadia.example) or read "
        "[the list](https://news.example/a_%28b%29?x=1&y=2).",
        "- one\n- two",
        "First line\nsecond line",
        "Another paragraph, 5 * 3 and a\\*b\\*c.",
    ]
    assert left == {"images": 1, "things": 1}


@pytest.mark.parametrize("name", ["word", "libreoffice", "web"])
def test_the_server_reads_no_mark_as_text(page, name):
    texts, _left = convert(page, (PASTED / f"{name}.html").read_text())
    printed = "\n".join(markup.plain(text) for text in texts).replace("5 * 3 and a*b*c", "")

    assert [sign for sign in ("**", "*", "[^", "](", "\\") if sign in printed] == []


HOSTILE = {
    "script": "<p>Kept.<script>document.title = 'Run'</script></p><script src='https://bad.example/x.js'></script>",
    "handlers": "<p onclick='x()' onmouseover='x()'>Kept.</p><img src=x onerror=\"document.title = 'Run'\" width=1>",
    "addresses": "<p><a href='javascript:alert(1)'>Kept.</a></p>",
    "disguised address": "<p><a href=' java&#10;script:alert(1)'>Kept.</a></p>",
    "data address": "<p><a href='data:text/html,<script>1</script>'>Kept.</a></p>",
    "nesting": "<div>" * 20_000 + "Kept." + "</div>" * 20_000,
    "nested marks": "<b><i>" * 5_000 + "Kept." + "</i></b>" * 5_000,
    "styles": "<style>" + "p.a { color: red } " * 100_000 + "</style><p>Kept.</p>",
    "imports": "<style>@import 'https://bad.example/x.css';</style><link rel=stylesheet href='https://bad.example/'>Kept.",
    "pixels": "<p>Kept.<img src='https://bad.example/p.gif?who=1' width=1 height=1></p>",
    "frames": "<p>Kept.</p><iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    "forms": "<form action='https://bad.example/'><p>Kept.</p><input name=a value=b><input type=hidden value=c></form>",
    "vector": "<p>Kept.</p><svg onload='x()'><script>document.title = 'Run'</script><text>Not kept</text></svg>",
    "base": "<base href='https://bad.example/'><p>Kept.</p><object data=x></object><meta http-equiv=refresh content=0>",
    "hidden": "<p>Kept.</p><p style='display:none'>Not kept.</p><span style='font-size:0'>Not kept.</span>",
    "template": "<p>Kept.</p><template><p>Not kept.</p></template><noscript><img src='https://bad.example/'></noscript>",
    "broken": "<p>Kept.<!-- <p><b <i></table></td><tr",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_of_a_hostile_text_only_its_words_are_left(page, html):
    texts, _left = convert(page, html)

    printed = " ".join(markup.html(text) for text in texts)
    assert [markup.plain(text) for text in texts] == ["Kept."]
    assert "href" not in printed
    assert page.title() == "Empty"


def test_italics_stay_out_of_answers_in_arabic_and_chinese(page):
    html = "<p><i>slanted</i> <b>bold</b></p>"

    assert convert(page, html, italics=False)[0] == ["slanted **bold**"]
    assert convert(page, "<p><em>مائل</em> <em>斜体</em></p>")[0] == ["مائل 斜体"]


def test_marks_that_the_server_would_not_read_are_left_out(page):
    assert convert(page, "<p>an<b>(other)</b>word and <b>(this)</b> one</p>")[0] == ["an(other)word and **(this)** one"]
    assert convert(page, "<p><b>one </b><b>two</b> <b> </b>three</p>")[0] == ["**one two** three"]


def test_twenty_thousand_letters_are_converted_in_under_a_second(page):
    part = "<p class=MsoNormal><span style='font-size:11pt'>{}<b>bold</b> and <i>more</i>.</span></p>"
    html = "".join(part.format("Inspectors visited them all. " * 6) for _each in range(110))
    started = time.monotonic()

    texts, _left = convert(page, html)

    assert len("".join(texts)) > 20_000
    assert time.monotonic() - started < 1
