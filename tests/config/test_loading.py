"""What a template looks like to who writes it costs nobody a byte; what people wrote keeps its blanks."""

from django.template.loader import get_template, render_to_string


def test_a_page_comes_without_the_indentation_of_its_template():
    source = get_template("base.html").template.source

    assert "\n " not in source
    assert "\n\n" not in source


def test_mails_keep_their_lines():
    assert "\n\n" in get_template("accounts/mail/invitation.txt").template.source


def test_the_text_of_people_keeps_its_blanks():
    field = {"id": "a", "name": "a", "value": "One.\n\n    Two, set in.", "error": ""}

    assert "One.\n\n    Two, set in." in render_to_string("reports/kinds/_lines.html", {"field": field, "label": "A"})
