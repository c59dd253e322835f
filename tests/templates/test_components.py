"""The components show what they are given, in words as well as in shape, and the frame bears both directions."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation


def render(name: str, **context: object) -> str:
    """The component as text with single blanks."""
    return re.sub(r"\s+", " ", render_to_string(f"components/{name}.html", context)).strip()


class Need(forms.Form):
    title = forms.CharField(label="Title", help_text="One line.")
    kind = forms.ChoiceField(label="Kind", choices=[("training", "Training")], widget=forms.RadioSelect)
    letter = forms.BooleanField(label="Share the letter")


def test_a_sign_alone_carries_its_word_as_its_name():
    shown = render("sign", sign="half", label="Drafting", bare=True)

    assert shown == '<svg class="sign sign-half" role="img"><title>Drafting</title><use href="#sign-half"/></svg>'


def test_a_sign_beside_its_word_is_hidden_from_screen_readers():
    shown = render("sign", sign="disc", label="Cleared")

    assert 'aria-hidden="true"' in shown
    assert re.sub(r"<[^>]+>", "", shown) == "Cleared"


def test_every_sign_of_the_style_sheet_is_in_the_sprite():
    sprite = render("sprite")

    assert set(re.findall(r'id="sign-(\w+)"', sprite)) == {
        "empty", "half", "arrow", "return", "disc", "dashed", "dash", "diamond",
    }  # fmt: skip


def test_a_ruler_gives_its_widths_as_attributes_and_its_numbers_in_a_sentence():
    ruler = SimpleNamespace(percent=87, last_percent=0, tone="ochre", sentence="612 of 700 words")

    shown = render("ruler", ruler=ruler)

    assert re.findall(r'<rect class="bar" x="0" y="3" width="(\d+%)"', shown) == ["87%"]
    assert re.findall(r'href="#ruler-last" x="(\d+%)"', shown) == ["0%"]
    assert "<p>612 of 700 words</p>" in shown
    assert "style=" not in shown


def test_a_ruler_without_a_last_report_has_no_triangle():
    ruler = SimpleNamespace(percent=0, last_percent=None, tone="petrol", sentence="0 of 450 words")

    assert "#ruler-last" not in render("ruler", ruler=ruler)


def test_a_ruler_of_several_parts_draws_each_at_its_place():
    parts = [{"start": 0, "percent": 35, "tone": "moss"}, {"start": 35, "percent": 19, "tone": "indigo"}]

    shown = render("ruler", ruler={"segments": parts, "last_percent": None})

    assert re.findall(r'class="bar (\w+)" x="(\d+)%" y="3" width="(\d+)%"', shown) == [
        ("moss", "0", "35"),
        ("indigo", "35", "19"),
    ]


def test_a_field_names_its_help_and_its_error():
    form = Need({"title": ""})

    shown = render("field", field=form["title"])

    described = re.findall(r'aria-describedby="([^"]+)"', shown)[0].split()
    assert described == ["id_title_helptext", "id_title_error"]
    assert [name for name in described if f'id="{name}"' not in shown] == []
    assert shown.index("id_title_error") < shown.index("<input")


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    shown = render("field", field=Need()["kind"])

    assert "<legend>Kind</legend>" in shown


def test_the_error_summary_leads_to_each_field():
    shown = render("form_errors", form=Need({}))

    assert re.findall(r'href="(#\w+)"', shown) == ["#id_title", "#id_kind", "#id_letter"]


def test_the_error_summary_lists_what_a_move_misses():
    shown = render("form_errors", missing=[("Question 6: no text yet.", "#q6"), ("Two contributions are open.", "")])

    assert '<a href="#q6">Question 6: no text yet.</a>' in shown
    assert "<li>Two contributions are open.</li>" in shown


def test_a_form_without_errors_has_no_summary():
    assert render("form_errors", form=Need()) == ""


def test_the_pager_keeps_the_filters():
    page = Paginator(range(100), 50).page(1)

    assert re.findall(r'href="([^"]+)"', render("pager", page_obj=page, query="status=returned")) == [
        "?status=returned&amp;page=2"
    ]


def test_a_difference_says_in_words_what_was_added_and_removed():
    changes = [{"kind": "removed", "text": "214"}, {"kind": "added", "text": "219"}]

    shown = render("diff", changes=changes)

    assert re.sub(r"<[^>]+>", "", shown) == "[removed]214[added]219"


def test_what_people_wrote_is_never_read_as_markup():
    task = {"code": "F2", "title": "<b>Recruitment</b>", "url": "/", "about": ["<i>x</i>"], "sign": "half"}

    shown = render("task_row", task=task)

    assert "<b>Recruitment" not in shown
    assert "<i>x" not in shown


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("name", ["base.html", "print.html", "403.html", "404.html", "409.html", "500.html"])
def test_a_page_names_its_language_and_direction(name, language, direction):
    with translation.override(language):
        page = render_to_string(name, {"reason": "Already cleared by Wen at 14:02."})

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert page.count("<main") == page.count("</main>") == 1


def test_a_page_not_found_reveals_no_reason():
    assert "secret" not in render_to_string("404.html", {"reason": "secret", "exception": "secret"})
