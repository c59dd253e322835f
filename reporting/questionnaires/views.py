"""Editions, to be read and printed by everyone signed in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from reporting.questionnaires.models import Questionnaire
from reporting.questionnaires.presenters import edition


@login_required
def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """A published or retired edition; one made for another State does not exist."""
    user: Any = request.user
    rows = Questionnaire.objects.for_state(user.state_party_id).readable().select_related("instrument", "mechanism")
    row = get_object_or_404(rows, code=code)
    return render(request, "questionnaires/edition.html", {"edition": edition(row)})
