"""The review board, and what was asked of other bodies."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import permissions
from reporting.reports.models import Report
from reporting.reports.permissions import COORDINATE_REPORT
from reporting.reports.presenters import board
from reporting.reports.presenters.calendar import steps
from reporting.reports.presenters.contributions import asked_in
from reporting.reports.presenters.report import SENT
from reporting.reports.presenters.strip import strip
from reporting.reports.presenters.words import page_url, section_signs
from reporting.reports.views.report import report_at

SHOWN = 4  # decisions on the board before "all"


def coordinated(request: HttpRequest, slug: str) -> Report:
    """The report, for whoever coordinates it, whatever its state."""
    found = report_at(request, slug)
    if not permissions.may_ever(request.user, COORDINATE_REPORT, found):
        permissions.require(request.user, COORDINATE_REPORT, found)
    return found


def shown(report: Report, asked: QueryDict) -> dict[str, Any]:
    """The sections, and the bodies by those of them that the query string leaves, in its order."""
    sections = board.sections_of(report)
    part, sort = asked.get("part", ""), asked.get("sort", "name")
    chosen = [row for row in sections if not part or row.section.part.code == part]
    matrix = board.matrix(report, chosen, board.contributions_of(report), sort=sort)
    return {"sections": sections, "matrix": matrix, "part": part, "sort": sort}


@login_required
@require_safe
def report_board(request: HttpRequest, report: str) -> HttpResponse:
    found = coordinated(request, report)
    seen = shown(found, request.GET)
    sections = seen.pop("sections")
    decisions = board.decisions(found, sections)
    sent = sum(row.status in SENT for row in sections)
    context = {
        **strip(found, request.user, "report_board"),
        **seen,
        "report": found,
        "totals": board.totals(found, sections),
        "steps": steps(found, sent=(sent, len(sections))),
        "decisions": decisions if request.GET.get("all") == "1" else decisions[:SHOWN],
        "decision_total": len(decisions),
        "parts": list(dict.fromkeys(row.section.part.code for row in sections)),
        "signs": section_signs(),
        "as_matrix": request.GET.get("view") == "matrix",
        "export_url": page_url("board_export", found.slug),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/board.html", context)


@login_required
@require_safe
def report_contributions(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    rows = asked_in(found, request.user)
    context = {**strip(found, request.user, "report_contributions"), "report": found, "rows": rows}
    return render(request, "reports/contributions.html", context)
