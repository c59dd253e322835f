"""What was said elsewhere, beside a section: the last report, the same duties in other reports, and copying."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.exceptions import Denial, Refused
from accounts.numbers import identifier
from reporting.reports.presenters import sources
from reporting.reports.presenters.last_report import last_report
from reporting.reports.presenters.outline import Place
from reporting.reports.services.copying import copy_paragraphs, settle_source
from reporting.reports.views.access import framed, opened


@login_required
@require_GET
def last(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """What the last report said here: a part of the shelf for htmx, a page without."""
    here = opened(request, report, n)
    template = "_last_report.html" if request.headers.get("HX-Request") else "last_report.html"
    targets = sources.targets(here)
    context = {"last": last_report(here, targets), "targets": targets, "copy_url": here.url("section_copy")}
    return render(request, f"reports/section/{template}", framed(here, **context))


@login_required
@require_GET
def elsewhere(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """What was answered to the same duties in other reports: a part of the shelf for htmx, a page without."""
    return _elsewhere(request, opened(request, report, n))


def _elsewhere(request: HttpRequest, here: Place, *, reason: str = "") -> HttpResponse:
    template = "_elsewhere.html" if request.headers.get("HX-Request") else "elsewhere.html"
    context = {
        "elsewhere": sources.elsewhere(here),
        "targets": sources.targets(here),
        "copy_url": here.url("section_copy"),
        "reason": reason,
    }
    return render(request, f"reports/section/{template}", framed(here, **context), status=409 if reason else 200)


@login_required
@require_POST
def copy(request: HttpRequest, report: str, n: str) -> HttpResponse:
    here = opened(request, report, n)
    try:
        keys = [uuid.UUID(each) for each in request.POST.getlist("paragraph")]
    except ValueError:
        raise Http404 from None
    to, source = (identifier(request.POST.get(name, "")) or 0 for name in ("to", "source"))
    try:
        added = copy_paragraphs(here.section, to=to, source=source, keys=keys, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        return _elsewhere(request, here, reason=refused.reason)
    said = ngettext("%(count)d paragraph copied.", "%(count)d paragraphs copied.", len(added)) % {"count": len(added)}
    messages.success(request, said)
    return redirect(f"{here.url()}#p-{added[0]}")


@login_required
@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, report: str, n: str, key: uuid.UUID) -> HttpResponse:
    """A copied paragraph beside its source as it stands now; a writer takes the new text, or keeps the old."""
    here = opened(request, report, n)
    context = sources.source_of(here, key)
    if context is None:
        raise Http404
    reason = ""
    if request.method == "POST":
        take = request.POST.get("do") == "take"
        try:
            settle_source(here.section, key, take=take, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            if refused.denial is not Denial.STATE:
                raise
            reason = refused.reason
        else:
            messages.success(request, _("The new text was taken over.") if take else _("The paragraph stays as it is."))
            return redirect(f"{here.url()}#p-{key}")
    template = "reports/section/source.html"
    return render(request, template, framed(here, **context, reason=reason), status=409 if reason else 200)
