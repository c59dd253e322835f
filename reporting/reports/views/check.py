"""The checks before validation and endorsement."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.reports.permissions import COORDINATE_REPORT
from reporting.reports.presenters.check import checks
from reporting.reports.views.framing import framed, report_at


@login_required
@require_safe
def show(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report, COORDINATE_REPORT)
    rows = checks(found, request.user)  # type: ignore[arg-type]
    waiting = sum(1 for row in rows if row.open and row.holds_up)
    context = framed(request, found, "report_check", checks=rows, waiting=waiting)
    return render(request, "reports/process/check.html", context)
