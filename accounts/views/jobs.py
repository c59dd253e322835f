"""Long work as the person sees it who asked for it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import jobs
from accounts.exceptions import Denial, Refused
from accounts.models import Job
from accounts.models.job import JobStatus


def _own(request: HttpRequest, key: uuid.UUID) -> Job:
    """The job, for whoever asked for it and is still of the same State; to all others there is none."""
    rows = Job.objects.filter(asked_by_id=request.user.pk, state_party_id=getattr(request.user, "state_party_id", None))
    return get_object_or_404(rows, uuid=key)


@require_safe
@login_required
def job(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Progress; fetched again every two seconds while it runs, or by the link without script."""
    row = _own(request, key)
    running = row.status in {JobStatus.WAITING, JobStatus.RUNNING}
    percent = min(100, 100 * row.done // row.total) if row.total else 0
    template = "accounts/partials/_job.html" if request.headers.get("HX-Request") else "accounts/job.html"
    context = {"job": row, "is_running": running, "percent": percent, "JobStatus": JobStatus}
    context["kept_until"] = jobs.kept_until(row)
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@login_required
def job_file(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    row = _own(request, key)
    if row.status != JobStatus.DONE or not row.file:
        raise Http404
    reason = jobs.why_not_fetched(row)
    if reason:
        raise Refused(reason, Denial.NO_RIGHT)
    return FileResponse(row.file.open(), as_attachment=True, filename=row.file_name, content_type=row.content_type)


@require_POST
@login_required
def job_cancel(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    jobs.cancel(_own(request, key))
    return redirect("job", key)
