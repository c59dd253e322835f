"""A choice, its explanation and a list of laws save by themselves, like the text around them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_citing import DRAFTER, FOCAL, SECTION


def opened(page: Page) -> Page:
    page.goto(SECTION)
    page.locator("#sentences").wait_for(state="attached")
    return page


def is_saved(page: Page) -> None:
    """The field is left, and all that was written stands on the server."""
    page.locator("h1").click()
    expect(page.locator("#saved")).to_have_class(re.compile(r"^saved saved$"), timeout=15000)


def choices(page: Page):
    return page.locator("section.question", has=page.locator("fieldset.choices")).last


def laws(page: Page):
    return page.locator("ol[data-entries]").first


@pytest.mark.parametrize("chosen", ["no", "partly"])
def test_a_choice_and_its_explanation_save_by_themselves(sign_in, language, chosen):
    page = opened(sign_in(DRAFTER, language=language))
    question = choices(page)
    text = f"Explained {language} {chosen}."

    question.locator(f"input[value={chosen}]").check()
    question.locator("[data-paragraphs] .para textarea").last.click()
    page.keyboard.type(text)
    is_saved(page)

    again = choices(opened(page))
    expect(again.locator(f"input[value={chosen}]")).to_be_checked()
    assert text in [area.input_value() for area in again.locator(".para textarea").all()]


def test_laws_are_added_one_after_the_other_without_a_button(sign_in):
    page = opened(sign_in(DRAFTER))
    before = laws(page).locator("> li").count()

    for number in (1, 2):
        row = laws(page).locator("> li").nth(before - 2 + number)
        row.locator("input[name$=-title]").fill(f"Typed Act {number}")
        expect(laws(page).locator("> li")).to_have_count(before + number)
    is_saved(page)

    again = laws(opened(page))
    titles = [each.input_value() for each in again.locator("input[name$=-title]").all()]
    assert titles[before - 1 :] == ["Typed Act 1", "Typed Act 2", ""]
    names = [each.get_attribute("id") for each in again.locator("[id]").all()]
    assert len(names) == len(set(names))


def test_two_people_choose_otherwise_and_are_asked(sign_in):
    one, other = opened(sign_in(DRAFTER)), opened(sign_in(FOCAL))
    free = [
        value for value in ("yes", "partly", "no") if not choices(one).locator(f"input[value={value}]").is_checked()
    ]
    choices(one).locator(f"input[value={free[0]}]").check()
    is_saved(one)

    choices(other).locator(f"input[value={free[1]}]").check()
    other.locator("h1").click()

    expect(choices(other).locator("[data-news]").first).not_to_be_empty()
    expect(choices(opened(one)).locator(f"input[value={free[0]}]")).to_be_checked()
