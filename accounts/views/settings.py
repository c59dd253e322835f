"""Where the settings begin, for each person."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.permissions import person
from accounts.presenters.navigation import settings_tabs


@require_safe
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    tabs = settings_tabs(person(request.user))
    if not tabs:
        raise Http404
    return redirect(tabs[0]["url"])
