"""Home of coordinators, of the permanent mission, and of consulted bodies."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.models import User
from accounts.presenters.first_steps import Step, until_done
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.cycles.models import ReceivedDocument, ReviewCycle
from reporting.instruments.models import Ratification
from reporting.reports.choices import BEFORE_ENDORSED, COMMENT_ROUND, ReportStatus, RoundStatus
from reporting.reports.models import ConsultationRound, Report, ReportSection
from reporting.reports.presenters import board
from reporting.reports.presenters.report import row, with_counters
from reporting.reports.presenters.words import distance, page_url, today, weekday

MOST = 8


def coordinated(user: User) -> dict[str, Any]:
    """The reports in preparation that the person coordinates, and what waits for a decision: two statements."""
    cycles = permissions.granted(user, COORDINATE, ReviewCycle).values("pk")
    reports = with_counters(Report.objects.of(user).in_preparation().filter(cycle__in=cycles))
    rows = [row(report) for report in reports.order_by("due_on", "pk")]
    sections = ReportSection.objects.of(user).awaiting_review().asked().filter(report__cycle__in=cycles)
    waiting = list(sections.for_page().order_by("status_at")[:MOST])
    decisions = [each for section in waiting for each in board.decisions(section.report, [section])]
    steps = [] if rows else first_steps(user)
    return {"rows": rows, "decisions": decisions, "sentence": _sentence(rows), "steps": steps}


def first_steps(user: User) -> list[Step]:
    """From an empty workspace to its first report; none once there is one. At most three statements."""
    if Report.objects.of(user).exists():
        return []
    return until_done(
        [
            Step(
                _("Record what the State has ratified."),
                _("A review cycle opens only for an instrument that is in force for the State."),
                Ratification.objects.of(user).exists(),
                page_url("instruments"),
                _("Instruments"),
            ),
            Step(
                _("Open a review cycle."),
                _("It says under which instrument the State reports, which report it is, and who coordinates it."),
                ReviewCycle.objects.of(user).exists(),
                page_url("cycle_new"),
                _("Open a review cycle"),
            ),
            Step(
                _("Start its report."),
                _(
                    "A body is proposed as lead of each section; once the report is open, the people of that body "
                    "find it on their home."
                ),
                False,
                page_url("cycles"),
                _("Review cycles"),
            ),
        ]
    )


def _sentence(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    count = len(rows)
    parts = [
        ngettext("%(count)d report is in preparation.", "%(count)d reports are in preparation.", count)
        % {"count": count}
    ]
    late = sum(each["late"] for each in rows)
    if late:
        parts.append(ngettext("%(count)d is late.", "%(count)d are late.", late) % {"count": late})
    return " ".join(parts)


def transmitted(user: User) -> dict[str, Any]:
    """What the mission sends and records, and what came in last: two statements."""
    cycles = permissions.granted(user, TRANSMIT, ReviewCycle).values("pk")
    todo = [ReportStatus.ENDORSED, ReportStatus.TRANSMITTED, ReportStatus.RECEIVED]
    reports = with_counters(Report.objects.of(user).filter(cycle__in=cycles).exclude(status=ReportStatus.CLOSED))
    rows = list(reports.order_by("due_on", "pk"))
    documents = ReceivedDocument.objects.of(user).filter(cycle__in=cycles).select_related("cycle__instrument")
    return {
        "ready": [row(each) for each in rows if each.status == ReportStatus.ENDORSED],
        "sent": [row(each) for each in rows if each.status in todo and each.status != ReportStatus.ENDORSED],
        "ahead": [row(each) for each in rows if each.status in BEFORE_ENDORSED],
        "documents": [_document(each) for each in documents.select_related("cycle__mechanism")[:5]],
    }


def _document(document: ReceivedDocument) -> dict[str, Any]:
    return {
        "title": document.title,
        "symbol": document.symbol,
        "kind": document.get_kind_display(),
        "received": formats.date_format(document.received_on, "j F Y"),
        "url": page_url("cycle", document.cycle.slug),
    }


def shared(user: User) -> list[dict[str, Any]]:
    """The consultations in which the person's body may comment, open ones first: one statement."""
    granted: Any = permissions.granted(user, COMMENT_ROUND, ConsultationRound)
    rounds = granted.of(user).defer("content")
    rounds = rounds.select_related(
        "report__cycle__instrument", "report__cycle__mechanism", "report__state_party"
    ).order_by("-opened_at")
    return sorted((_round(each) for each in rounds), key=lambda each: not each["open"])


def _round(each: ConsultationRound) -> dict[str, Any]:
    is_open = each.status == RoundStatus.OPEN and each.closes_on >= today()
    return {
        "title": each.report.title_here,
        "url": page_url("consultation_report", each.report.slug) or page_url("consultation"),
        "open": is_open,
        "until": weekday(each.closes_on),
        "distance": distance(each.closes_on) if is_open else "",
        "note": each.note,
        "state": _("Open for comments") if is_open else _("Closed"),
        "sign": "half" if is_open else "disc",
    }
