"""The list of reports, one report from start to close, and who did what in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import history, permissions
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from accounts.presenters.paging import paged
from accounts.presenters.record import lines
from reporting.cycles.models import ReviewCycle
from reporting.cycles.permissions import COORDINATE_CYCLE
from reporting.cycles.services import switch_open_drafting
from reporting.instruments.choices import ReportKind
from reporting.reports.choices import ReportStatus
from reporting.reports.forms.report import MoveForm, StartForm, dates_form
from reporting.reports.models import Report
from reporting.reports.permissions import COORDINATE_REPORT, SEE_REPORT
from reporting.reports.permissions_lists import listed_sections, visible_reports
from reporting.reports.presenters import report as shown
from reporting.reports.presenters.calendar import steps
from reporting.reports.presenters.due import proposed_due
from reporting.reports.presenters.sections import SectionList
from reporting.reports.presenters.strip import strip
from reporting.reports.presenters.team import team
from reporting.reports.services.move import PLAIN, move_report
from reporting.reports.services.report import delete_planned_report, set_dates, start_report


def report_at(request: HttpRequest, slug: str) -> Any:
    """The report at an address of the person's own State, which the person may see: 404, then 403."""
    report = get_object_or_404(shown.with_counters(Report.objects.of(request.user)), slug=slug)
    permissions.require(request.user, SEE_REPORT, report)
    return report


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    rows = visible_reports(request.user).order_by("cycle__instrument__position", "-started_at", "-pk")
    status, kind = request.GET.get("status", ""), request.GET.get("kind", "")
    if status in ReportStatus.values:
        rows = rows.filter(status=status)
    if kind in ReportKind.values:
        rows = rows.filter(kind=kind)
    pages = paged(request, rows.only("pk"))
    return render(
        request,
        "reports/reports.html",
        {
            **pages,
            "rows": [shown.row(report) for report in shown.counted(pages["page_obj"])],
            "status": status,
            "kind": kind,
            "statuses": ReportStatus.choices,
            "kinds": ReportKind.choices,
            "filtered": bool(status or kind),
            "coordinates": permissions.person(request.user).is_coordinator,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    cycle = get_object_or_404(
        ReviewCycle.objects.of(request.user).select_related("instrument", "mechanism", "state_party"),
        slug=request.GET.get("cycle", ""),
    )
    permissions.require(request.user, COORDINATE_CYCLE, cycle)
    due = proposed_due(cycle)
    initial = {"due_on": due.on, "due_source": due.source} if due else {}
    form = StartForm(cycle, request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                report = start_report(
                    cycle,
                    questionnaire=data["questionnaire"],
                    kind=data["kind"],
                    by=request.user,
                    tier=data["tier"],
                    dates=form.dates(),
                    last_year=data["last_year"],
                )
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = 409
            else:
                return redirect("report", report.slug)
    return render(request, "reports/report_new.html", {"form": form, "cycle": cycle, "due": due}, status=status)


@login_required
@require_safe
def report(request: HttpRequest, report: str) -> HttpResponse:
    return _overview(request, report_at(request, report))


def _overview(request: HttpRequest, report: Any, status: int = 200, **more: Any) -> HttpResponse:
    unasked = Count("answers", filter=Q(answers__asked=False))
    sections = list(report.sections.for_page().annotate(unasked=unasked).order_by("position"))
    for section in sections:
        section.report = report
    coordinates = permissions.may_ever(request.user, COORDINATE_REPORT, report)
    sent = (report.section_sent, report.section_total)
    context = {
        **strip(report, request.user, "report"),
        "report": report,
        "facts": shown.facts(report),
        "standing": shown.standing(report),
        "next": shown.what_next(report),
        "steps": steps(report, sent=sent),
        "moves": shown.moves(report, request.user),
        "bodies": shown.by_body(sections, report),
        "parts": shown.by_part(sections),
        "team": team(report, sections),
        "coordinates": coordinates,
        "is_planned": report.status == ReportStatus.PLANNED,
        "dates": dates_form(report) if coordinates else None,
        "dates_refused": permissions.why_not(request.user, COORDINATE_REPORT, report) if coordinates else "",
        "unasked_total": sum(section.unasked for section in sections) if coordinates else 0,
        "ruler": shown.row(report)["ruler"],
        **more,
    }
    return render(request, "reports/report.html", context, status=status)


@login_required
@require_POST
def report_move(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    form = MoveForm(request.POST)
    if not form.is_valid() or form.cleaned_data["move"] not in PLAIN:
        return _overview(request, found, 422, refused=_("Choose what to do with the report."))
    data = form.cleaned_data
    facts = {"until": data["until"]} if data["move"] == "validate" else {}
    try:
        moved = move_report(found, move=data["move"], by=request.user, reason=data["reason"], **facts)
    except Refused as refusal:
        if refusal.denial.value != 409:
            raise
        missing = getattr(refusal, "missing", None) or [(refusal.reason, "")]
        return _overview(request, found, 409, missing=missing, typed=data)
    messages.success(request, _("The report is now in “%(state)s”.") % {"state": moved.get_status_display()})
    return redirect("report", found.slug)


@login_required
@require_POST
def report_dates(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    permissions.require(request.user, COORDINATE_REPORT, found)
    form = dates_form(found, request.POST)
    if not form.is_valid():
        return _overview(request, found, 422, dates=form, form=form)
    try:
        set_dates(found, dates=form.dates(), by=request.user)
    except Refused as refusal:
        form.add_error("due_source", refusal.reason)
        return _overview(request, found, 409, dates=form, form=form)
    messages.success(request, _("The dates are saved."))
    return redirect("report", found.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_delete(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    permissions.require(request.user, COORDINATE_REPORT, found)
    if request.method != "POST":
        return render(request, "reports/report_delete.html", {**strip(found, request.user, "report"), "report": found})
    cycle = found.cycle.slug
    try:
        delete_planned_report(found, by=request.user)
    except Refused as refusal:
        return _overview(request, found, 409, missing=[(refusal.reason, "")])
    messages.success(request, _("The planned report is deleted."))
    return redirect("cycle", cycle)


@login_required
@require_POST
def open_drafting(request: HttpRequest, report: str) -> HttpResponseRedirect:
    found = report_at(request, report)
    on = request.POST.get("on") == "1"
    switch_open_drafting(found.state_party, on=on, by=request.user)
    messages.success(request, _("Open drafting is on.") if on else _("Open drafting is off."))
    return redirect("report", found.slug)


@login_required
@require_safe
def report_sections(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    rows = list(listed_sections(request.user, found).for_page().order_by("position"))
    listed = SectionList(found, rows, permissions.person(request.user), request.GET)
    pages = paged(request, listed.chosen)
    context = {
        **strip(found, request.user, "report_sections"),
        "report": found,
        "list": listed,
        **pages,
        "tasks": [listed.task(row) for row in pages["page_obj"]],
    }
    return render(request, "reports/sections.html", context)


@login_required
@require_safe
def report_people(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    sections = list(found.sections.for_page().asked().order_by("position"))
    context = {
        **strip(found, request.user, "report_people"),
        "report": found,
        "team": team(found, sections, whole=True),
    }
    return render(request, "reports/people.html", context)


@login_required
@require_safe
def report_log(request: HttpRequest, report: str) -> HttpResponse:
    found = report_at(request, report)
    if not permissions.may_ever(request.user, COORDINATE_REPORT, found):
        permissions.require(request.user, COORDINATE_REPORT, found)
    chain = history.chain_of(state_id=found.state_party_id)
    entries = HistoryEntry.objects.filter(chain=chain, context=found.slug).order_by("-number")
    pages = paged(request, entries)
    context = {
        **strip(found, request.user, "report_log"),
        "report": found,
        **pages,
        "lines": lines(list(pages["page_obj"])),
    }
    return render(request, "reports/log.html", context)
