"""Files of answers: fetched by right, taken off, and made annexes by a coordinator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Denial, Refused
from reporting.reports.models import Attachment
from reporting.reports.presenters.outline import Place
from reporting.reports.services import attachment as files
from reporting.reports.views.access import opened


def _readable(here: Place, pk: int) -> Attachment:
    """A file of an answer that the person may read; those of the section as a whole go with all of it."""
    row = Attachment.objects.of(here.user).filter(section=here.section, pk=pk, removed_at__isnull=True).first()
    if row is None or (here.answer_ids is not None and row.answer_id not in here.answer_ids):
        raise Http404
    return row


@login_required
@require_GET
def fetch(request: HttpRequest, report: str, n: str, pk: int) -> FileResponse:
    row = _readable(opened(request, report, n), pk)
    response = FileResponse(row.file.open("rb"), as_attachment=True, filename=row.file_name)
    response["Content-Type"] = row.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@login_required
@require_POST
def change(request: HttpRequest, report: str, n: str, pk: int, act: str) -> HttpResponse:
    """``act``: remove, annex or internal."""
    acts = {"remove": files.remove, "annex": files.make_annex, "internal": files.make_internal}
    here = opened(request, report, n)
    if act not in acts:
        raise Http404
    row = _readable(here, pk)
    try:
        acts[act](row, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("“%(file)s” is changed.") % {"file": row.title})
    return redirect(here.url())
