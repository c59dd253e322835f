"""What the coordinators edited since a section was sent, for the lead body, whose focal points may object."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.numbers import identifier
from reporting.reports.models import Answer, Comment
from reporting.reports.permissions import SEE_HISTORY, SEND_SECTION
from reporting.reports.presenters.edits import edits
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import head
from reporting.reports.services.comment import object_to_edit
from reporting.reports.views.access import framed, opened


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Old and new of each editorial change; a POST objects to one, and comes back with the reason if refused (409)."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    refused = None
    if request.method == "POST":
        permissions.require(request.user, SEND_SECTION, here.section)
        try:
            comment = _object(request, here)
        except Refused as refusal:
            if refusal.denial is not Denial.STATE:
                raise
            refused = refusal
        else:
            messages.success(request, _("Your objection is written. The coordinators are told."))
            return redirect(f"{here.url('section_edits')}#c-{comment.pk}")
    context = {
        "head": head(here),
        "reason": refused.reason if refused else "",
        **edits(here, typed=request.POST.dict() if refused else None),
    }
    return render(request, "reports/section/edits.html", framed(here, **context), status=409 if refused else 200)


def _object(request: HttpRequest, here: Place) -> Comment:
    key = request.POST.get("paragraph", "")
    return object_to_edit(
        here.section,
        text=request.POST.get("text", ""),
        by=request.user,  # type: ignore[arg-type]
        answer=_answer(here, request.POST.get("answer", "")),
        paragraph_key=_key(key) if key else None,
    )


def _answer(here: Place, pk: str) -> Answer:
    row = here.section.answers.filter(pk=identifier(pk) or 0).first()
    if row is None:
        raise Http404
    return row


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
