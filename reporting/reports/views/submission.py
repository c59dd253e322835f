"""One frozen submission: what was endorsed, its files, and what may still be done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import permissions
from accounts.exceptions import Refused
from reporting.reports.forms.process import ReasonForm
from reporting.reports.models import Report, Submission
from reporting.reports.permissions import CONCLUDE_REPORT, COORDINATE_REPORT, PUBLISH_REPORT, READ_SUBMISSION
from reporting.reports.presenters import submission as shown
from reporting.reports.services import submission as services
from reporting.reports.views.framing import RELATED, framed, refused_context, report_at, status_of, tried


def _opened(request: HttpRequest, report: str, number: int) -> tuple[Report, Submission]:
    found = get_object_or_404(Report.objects.of(request.user).select_related(*RELATED), slug=report)
    rows = Submission.objects.of(request.user).defer("content").select_related("report", "recorded_by")
    row = get_object_or_404(rows, report=found, number=number)
    permissions.require(request.user, READ_SUBMISSION, row)
    return found, row


@login_required
@require_safe
def show(request: HttpRequest, report: str, number: int) -> HttpResponse:
    return _page(request, *_opened(request, report, number))


@login_required
@require_safe
def decision(request: HttpRequest, report: str, number: int) -> HttpResponseBase:
    """The file of the decision: it stays with the coordinators, who recorded it."""
    found, row = _opened(request, report, number)
    permissions.require(request.user, CONCLUDE_REPORT, found)
    if not row.decision_file:
        raise Http404
    return FileResponse(row.decision_file.open("rb"), as_attachment=True, filename=row.decision_file_name)


@login_required
@require_POST
def take_back(request: HttpRequest, report: str, number: int) -> HttpResponse:
    found, row = _opened(request, report, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, row, form=form)
    reason = form.cleaned_data["reason"]
    refusal = tried(lambda: services.take_back(found, by=request.user, reason=reason))  # type: ignore[arg-type]
    if refusal:
        return _page(request, found, row, form=form, refusal=refusal)
    messages.success(request, _("The report is back in consolidation. The submission stays as it is."))
    return redirect("report_submission", report, number)


@login_required
@require_POST
def publish(request: HttpRequest, report: str, number: int) -> HttpResponse:
    found = report_at(request, report, PUBLISH_REPORT)
    found, row = _opened(request, report, number)
    refusal = tried(lambda: services.publish(found, by=request.user))  # type: ignore[arg-type]
    if refusal:
        return _page(request, found, row, refusal=refusal)
    messages.success(request, _("The submission is open to the bodies consulted and the public."))
    return redirect("report_submission", report, number)


def _page(
    request: HttpRequest, report: Report, row: Submission, *, form: Any = None, refusal: Refused | None = None
) -> HttpResponse:
    if refusal is not None:
        report, row = _opened(request, report.slug, row.number)
    context = shown.page(report, row, request.user)  # type: ignore[arg-type]
    coordinates = permissions.may_ever(request.user, COORDINATE_REPORT, report)
    context |= {"form": form, "back_form": form or ReasonForm(), "coordinates": coordinates}
    context |= refused_context(refusal)
    page = framed(request, report, "report_submission", **context)
    return render(request, "reports/process/submission.html", page, status=status_of(refusal, form))
