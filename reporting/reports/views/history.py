"""The history of a section's answers, for the lead body and the coordinators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import permissions
from accounts.exceptions import Refused
from accounts.numbers import identifier
from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion
from reporting.reports.permissions import EDIT_ANSWER, SEE_HISTORY
from reporting.reports.presenters.history import comparison, entries, title
from reporting.reports.presenters.section import head
from reporting.reports.services.restoring import restore_version
from reporting.reports.views.access import again, framed, opened


@login_required
@require_GET
def index(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Who changed what, when and why; two versions of one answer can be chosen to be compared."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    rows = AnswerVersion.objects.filter(answer__section=here.section).select_related("answer__question")
    rows = rows.defer("content", "order").order_by("answer__question__position", "number")
    chosen = request.GET.get("question", "")
    if chosen.isdecimal():
        rows = rows.filter(answer=identifier(chosen) or 0)
    a, b = identifier(request.GET.get("a", "")), identifier(request.GET.get("b", ""))
    if a is not None and b is not None:
        return redirect(here.url("section_compare", a, b))
    found = entries(rows)
    has_edits = any(entry["why_code"] == Why.EDITORIAL for entry in found)
    context = {"head": head(here), "entries": found, "chosen": chosen, "has_edits": has_edits}
    return render(request, "reports/section/history.html", framed(here, **context))


@login_required
@require_GET
def compare(request: HttpRequest, report: str, n: str, a: int, b: int) -> HttpResponse:
    """Version ``a`` (0: before anything was written) and the later ``b`` of one answer, by words."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    rows = AnswerVersion.objects.filter(answer__section=here.section, pk__in=[a, b]).select_related("answer__question")
    found = {row.pk: row for row in rows}
    if b not in found or (a and a not in found):
        raise Http404
    old, new = found.get(a), found[b]
    if old is not None and old.answer_id != new.answer_id:
        raise Http404
    if old is not None and old.number > new.number:
        old, new = new, old
    context = {
        "head": head(here),
        "question": new.answer.question,
        "old_title": title(old),
        "new_title": title(new),
        "old": old,
        "since": new.answer.version,
        "may_restore": old is not None and permissions.allows(request.user, EDIT_ANSWER, new.answer),
        **comparison(old, new),
    }
    return render(request, "reports/section/compare.html", framed(here, **context))


@login_required
@require_POST
def restore(request: HttpRequest, report: str, n: str, a: int) -> HttpResponse:
    """Put back the paragraphs of version ``a``, or the one that the form names."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    since = request.POST.get("since", "")
    try:
        changed = restore_version(
            here.section,
            version=a,
            since=int(since) if since.isdecimal() else 0,
            by=request.user,  # type: ignore[arg-type]
            key=request.POST.get("paragraph", ""),
        )
    except Refused as refused:
        return again(request, report, n, refused)
    said = _("Restored from an earlier version.") if changed else _("This is what stands already.")
    messages.success(request, said)
    return redirect(here.url("section_history"))
