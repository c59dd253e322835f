"""The browser counts words as the server does."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from reporting.text.cleaning import clean
from reporting.text.words import count_markup
from tests.journeys.test_converting import script

TEXTS = [
    "",
    "One two  three\nfour",
    "**Bold** and *slanted* and ***both***, half**bold**word",
    "5 * 3 = 15 and ** stands alone",
    "See [the Act of 2023](https://law.example/act?a=1) or [us](mailto:a@b.example).",
    "[not safe](javascript:alert) stays",
    "Led in:\n- one\n- two words\n  - three",
    "1. first\n2. second\n   - inside\n10. tenth",
    "Text goes on\n3. this is no item",
    "- \nempty item",
    "Sentence.[^1] More.[^2]\n[^1]: A note of five words.\n[^2]: Another.",
    "Twice[^1] said[^1]\n[^1]: two words",
    "A mark[^9] without a note and [^8] alone",
    "A note without a mark\n[^3]: stays text",
    "A note[^1]\n[^1]: goes on\nin the next line\n\nAfter it",
    "招聘机构必须领有许可证。 Act 第5条",
    "يجب أن تحصل الوكالات على ترخيص **ساري** المفعول",
    "a\u00a0b\u2003c\u200bd",
    "\\*no mark\\* here",
    "- item with a note[^1]\n[^1]: three more words",
]
PARTS = [
    "word",
    "two words",
    "**bold**",
    "*more*",
    "[a link](https://x.example/)",
    "[1]",
    "许可",
    "ترخيص",
    "3.5",
    "(so)",
    "–",
    "x*",
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<!doctype html>")
    page.add_script_tag(content=script("servanda/editor/words.js") + "\nwindow.words = words;")
    yield page
    context.close()


def made(chance: random.Random) -> str:
    """An answer as a person may write it: lines, lists, notes."""
    lines = []
    for _line in range(chance.randint(1, 5)):
        said = " ".join(chance.choice(PARTS) for _part in range(chance.randint(1, 6)))
        lines.append(chance.choice(["", "", "- ", "  - ", "1. ", "2) "]) + said)
    if chance.random() < 0.5:
        lines[0] += "[^1]"
        lines.append(f"[^1]: {chance.choice(PARTS)} {chance.choice(PARTS)}")
    return "\n".join(lines)


def test_the_browser_counts_as_the_server_does(page):
    chance = random.Random(7)
    texts = [clean(text) for text in [*TEXTS, *(made(chance) for _text in range(500))]]

    found = page.evaluate("(texts) => texts.map(words)", texts)

    wrong = [
        (text, ours, count_markup(text)) for text, ours in zip(texts, found, strict=True) if ours != count_markup(text)
    ]
    assert wrong == []
