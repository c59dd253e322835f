"""The review board, and what was asked of other bodies."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import permissions
from reporting.reports.permissions import COORDINATE_REPORT
from reporting.reports.presenters import board
from reporting.reports.presenters.calendar import steps
from reporting.reports.presenters.contributions import asked_in
from reporting.reports.presenters.report import SENT
from reporting.reports.presenters.strip import strip
from reporting.reports.presenters.words import section_signs
from reporting.reports.views.report import report_at

SHOWN = 4  # decisions on the board before "all"


@login_required
@require_safe
def report_board(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    if not permissions.may_ever(request.user, COORDINATE_REPORT, found):
        permissions.require(request.user, COORDINATE_REPORT, found)
    sections = board.sections_of(found)
    part, sort = request.GET.get("part", ""), request.GET.get("sort", "name")
    chosen = [row for row in sections if not part or row.section.part.code == part]
    decisions = board.decisions(found, sections)
    sent = sum(row.status in SENT for row in sections)
    context = {
        **strip(found, request.user, "report_board"),
        "report": found,
        "totals": board.totals(found, sections),
        "steps": steps(found, sent=(sent, len(sections))),
        "decisions": decisions if request.GET.get("all") == "1" else decisions[:SHOWN],
        "decision_total": len(decisions),
        "matrix": board.matrix(found, chosen, board.contributions_of(found), sort=sort),
        "parts": list(dict.fromkeys(row.section.part.code for row in sections)),
        "part": part,
        "sort": sort,
        "signs": section_signs(),
    }
    return render(request, "reports/board.html", context)


@login_required
@require_safe
def report_contributions(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    rows = asked_in(found, request.user)
    context = {**strip(found, request.user, "report_contributions"), "report": found, "rows": rows}
    return render(request, "reports/contributions.html", context)
