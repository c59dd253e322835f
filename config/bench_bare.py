"""Bare views that the bench measures the section page and its save against."""

import functools
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import BaseForm, CharField, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from config import urls
from reporting.reports.models import Paragraph

PAGE = """<!doctype html><title>Texts</title><form method="post">{% csrf_token %}
{% for each in texts %}<label for="t{{ each.pk }}">{{ each.pk }}</label>
<textarea id="t{{ each.pk }}" name="t{{ each.pk }}">{{ each.text }}</textarea>{% endfor %}
{{ form.as_div }}<button>Save</button></form>"""
BOXES = 60


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Sixty boxes of text, from one statement and one template."""
    rows = list(Paragraph.objects.order_by("pk")[:BOXES])
    return HttpResponse(_template().render({"texts": (rows * 2)[:BOXES]}, request))


@login_required
def form(request: HttpRequest) -> HttpResponse:
    """The same sixty boxes as fields of one of Django's own forms."""
    rows = list(Paragraph.objects.order_by("pk")[:BOXES])
    made = Form({f"t{row.pk}": CharField(widget=Textarea, initial=row.text, required=False) for row in rows})
    return HttpResponse(_template().render({"form": made}, request))


class Form(BaseForm):
    """Fields made for the rows in hand."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.base_fields = fields
        super().__init__()


@functools.cache
def _template() -> Any:
    return engines["django"].from_string(PAGE)


@login_required
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """One row locked, changed and committed."""
    with transaction.atomic():
        row = Paragraph.objects.select_for_update().get(pk=pk)
        row.text = request.POST["text"]
        row.save(update_fields=["text"])
    return redirect("/bare/")


urlpatterns = [*urls.urlpatterns, path("bare/", page), path("bare/form/", form), path("bare/<int:pk>/", save)]
