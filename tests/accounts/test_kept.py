"""Parts of pages that are drawn once for the same data."""

import uuid

import pytest
from django.core.cache import caches
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.templatetags import kept as module

SIGN = "components/sign.html"


@pytest.fixture(autouse=True)
def _empty():
    caches["parts"].clear()


@pytest.fixture
def drawn(monkeypatch):
    """The templates that were drawn, one entry each time."""
    names = []
    real = module.get_template
    monkeypatch.setattr(module, "get_template", lambda name: names.append(name) or real(name))
    return names


def test_the_same_data_is_drawn_once_and_other_data_anew(drawn):
    first = module.kept(SIGN, sign="disc", label="Done")
    again = module.kept(SIGN, sign="disc", label="Done")
    other = module.kept(SIGN, sign="disc", label="Not done")

    assert first == again
    assert "Done" in first
    assert "Not done" in other
    assert drawn == [SIGN, SIGN]


def test_it_is_drawn_anew_in_another_language(drawn, translated):
    english = module.kept(SIGN, sign="disc", label=gettext_lazy("Done"))
    with translation.override("ar"):
        arabic = module.kept(SIGN, sign="disc", label=gettext_lazy("Done"))

    assert "Done" in english
    assert "Done" not in arabic
    assert len(drawn) == 2


def test_an_identifier_that_is_new_each_time_costs_no_drawing_and_is_the_one_asked_for(drawn):
    mine, yours = str(uuid.uuid4()), str(uuid.uuid4())

    assert mine in module.kept(SIGN, fresh=mine, sign="disc", label=f"box {mine}")
    again = module.kept(SIGN, fresh=yours, sign="disc", label=f"box {yours}")

    assert yours in again
    assert mine not in again
    assert len(drawn) == 1


def test_what_somebody_typed_is_never_taken_for_the_identifier():
    fresh = str(uuid.uuid4())
    module.kept(SIGN, fresh=fresh, sign="disc", label="box")

    other = module.kept(SIGN, fresh=str(uuid.uuid4()), sign="disc", label=f"I typed {fresh}")

    assert f"I typed {fresh}" in other


def test_what_is_put_in_is_escaped_unless_it_was_drawn():
    template = engines["django"].from_string(
        '{% load kept %}{% kept "reports/section/_paragraphs.html" slot=slot question=question %}'
    )
    question = {"pk": 1, "paragraphs": []}

    typed = template.render({"slot": "<b>7 words</b>", "question": question})

    assert "&lt;b&gt;7 words" in typed
    assert "<b>7" not in typed


def test_a_row_of_a_table_is_refused_since_its_name_would_not_say_all_of_it():
    with pytest.raises(TypeError, match="not plain data"):
        module.kept(SIGN, sign=User(email="dana@arcadia.example"), label="")
