"""The history of a section's answers, for the lead body and the coordinators."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import permissions
from accounts.exceptions import Refused
from accounts.numbers import identifier
from reporting.reports.choices import VersionName, Why
from reporting.reports.models import AnswerVersion
from reporting.reports.permissions import EDIT_ANSWER, SEE_HISTORY
from reporting.reports.permissions_history import NAME_VERSION
from reporting.reports.presenters import authors as presenter
from reporting.reports.presenters.history import comparison, entries, title
from reporting.reports.presenters.rows import answers_of, paragraphs_of
from reporting.reports.presenters.section import head, paragraph_numbers
from reporting.reports.services.naming import LONGEST_NAME, name_version
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
        "new": new,
        "name": "" if new.name in VersionName.values else new.name,
        "longest": LONGEST_NAME,
        "may_name": new.name not in VersionName.values and permissions.allows(request.user, NAME_VERSION, here.section),
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


@login_required
@require_POST
def name(request: HttpRequest, report: str, n: str, a: int) -> HttpResponse:
    """Name version ``a``, so that it is found again."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    try:
        row = name_version(here.section, version=a, name=request.POST.get("name", ""), by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        return again(request, report, n, refused)
    said = _("The version is called “%(name)s”.") % {"name": row.name} if row.name else _("The version has no name.")
    messages.success(request, said)
    return redirect(here.url("section_history"))


@login_required
@require_GET
def authors(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """Who put words into each paragraph."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    answers = answers_of(here)
    questions = presenter.authors(here, answers, paragraphs_of(answers), paragraph_numbers(here, answers))
    context = {"head": head(here), "questions": questions}
    return render(request, "reports/section/authors.html", framed(here, **context))


@login_required
@require_GET
def paragraph(request: HttpRequest, report: str, n: str, key: uuid.UUID) -> HttpResponse:
    """One paragraph through all its versions."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_HISTORY, here.section)
    found = presenter.through_time(here, key)
    if found is None:
        raise Http404
    return render(request, "reports/section/paragraph.html", framed(here, head=head(here), **found))
