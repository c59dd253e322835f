"""Recording the decision of the authority: the moment at which the report is frozen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.services import uploads
from reporting.reports.choices import ReportStatus
from reporting.reports.forms.process import EndorseForm
from reporting.reports.permissions import COORDINATE_REPORT
from reporting.reports.presenters.submission import endorsing
from reporting.reports.services.submission import endorse
from reporting.reports.views.framing import framed, refused_context, report_at, status_of, tried
from reporting.reports.workflow import REPORT_MOVES


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report, COORDINATE_REPORT)
    state = endorsing(found)
    asked = {"over_limit": state.over_limit, "objections": bool(state.objections), "earlier": state.earlier}
    posted = request.method == "POST"
    handed_in = uploads.handed_in(request.POST, request.FILES, by=request.user)
    form = EndorseForm(request.POST if posted else None, handed_in if posted else None, **asked)  # type: ignore[arg-type]
    refusal = None
    if posted and form.is_valid():
        refusal = tried(lambda: endorse(found, by=request.user, **form.cleaned_data))  # type: ignore[arg-type]
        if refusal is None:
            messages.success(request, _("The endorsement is recorded and the report is frozen."))
            number = state.earlier.number + 1 if state.earlier else 1
            return redirect("report_submission", report, number)
        found.refresh_from_db()
    before = permissions.why_not(request.user, REPORT_MOVES["endorse"], found, moves=REPORT_MOVES)
    context = framed(
        request,
        found,
        "report_endorse",
        form=form,
        state=state,
        not_yet=before or "",
        is_over=found.status not in {ReportStatus.VALIDATION} and state.earlier is not None,
        **refused_context(refusal),
    )
    return render(request, "reports/process/endorse.html", context, status=status_of(refusal, form))
