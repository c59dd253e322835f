"""Sharing a report out: leads, dates and allotments, and the questions that fell out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.exceptions import Refused
from accounts.numbers import identifier
from reporting.reports.forms.assign import AssignmentTable, possible_leads
from reporting.reports.models import Answer, Report
from reporting.reports.permissions import COORDINATE_REPORT
from reporting.reports.presenters.assign import table_rows, unasked
from reporting.reports.presenters.strip import strip
from reporting.reports.services.report import ask_question
from reporting.reports.services.section import access_changes, assign_sections
from reporting.reports.views.report import report_at


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_assign(request: HttpRequest, report: str) -> HttpResponse:
    """The table; a post first says who gains and who loses access, and saves once that is confirmed."""
    found = _coordinated(request, report)
    sections = list(found.sections.for_page().order_by("position"))
    data = request.POST if request.method == "POST" else None
    table = AssignmentTable(sections, possible_leads(found.state_party_id), data)
    if data is None or "back" in data:
        return _table(request, found, table)
    if not table.is_valid():
        return _table(request, found, table, 422)
    changes = access_changes(found, table.changed)
    if changes and "confirmed" not in data:
        context = {"report": found, "changes": changes, "typed": _typed(data), "count": len(table.changed)}
        return render(
            request, "reports/assign_confirm.html", {**strip(found, request.user, "report_assign"), **context}
        )
    try:
        saved = assign_sections(found, table.changed, by=request.user)
    except Refused as refusal:
        return _table(request, found, table, 409, missing=[(refusal.reason, "")])
    said = ngettext("%(count)d section is changed.", "%(count)d sections are changed.", len(saved))
    messages.success(request, said % {"count": len(saved)})
    return redirect("report_assign", found.slug)


def _coordinated(request: HttpRequest, slug: str) -> Report:
    found = report_at(request, slug)
    permissions.require(request.user, COORDINATE_REPORT, found)
    return found


def _typed(data: Any) -> list[tuple[str, str]]:
    """What was typed, to be sent again with the confirmation."""
    return [(name, value) for name, values in data.lists() if name != "csrfmiddlewaretoken" for value in values]


def _table(
    request: HttpRequest, report: Report, table: AssignmentTable, status: int = 200, **more: Any
) -> HttpResponse:
    missing = [
        (f"{row.code}: {text}", f"#row-{row.pk}") for row in table.sections for text in table.errors.get(row.pk, [])
    ]
    context = {
        **strip(report, request.user, "report_assign"),
        "report": report,
        "rows": table_rows(report, table),
        "leads": table.leads,
        "missing": missing,
        "unasked_total": report.answers.filter(asked=False).count(),
        **more,
    }
    return render(request, "reports/assign.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_questions(request: HttpRequest, report: str) -> HttpResponse:
    """The questions that are not asked in this report and why; each can be put back."""
    found = _coordinated(request, report)
    missing: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = get_object_or_404(
            Answer.objects.of(request.user).select_related("section", "question"),
            report=found,
            pk=identifier(request.POST.get("answer", "")) or 0,
        )
        try:
            ask_question(answer, asked=True, is_required=answer.question.is_required, by=request.user)
        except Refused as refusal:
            missing = [(refusal.reason, "")]
        else:
            messages.success(request, _("%(code)s is asked again.") % {"code": answer.question.code})
            return redirect("report_questions", found.slug)
    context = {
        **strip(found, request.user, "report_assign"),
        "report": found,
        "groups": unasked(found),
        "missing": missing,
    }
    return render(request, "reports/questions.html", context, status=409 if missing else 200)
