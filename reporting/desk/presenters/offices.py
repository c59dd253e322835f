"""Home of coordinators, of the permanent mission, and of consulted bodies."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.models import User
from accounts.presenters.first_steps import Step, until_done
from accounts.presenters.paging import part_of
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.cycles.models import ReceivedDocument, ReviewCycle
from reporting.instruments.models import Ratification
from reporting.reports.choices import BEFORE_ENDORSED, COMMENT_ROUND, ReportStatus, RoundStatus
from reporting.reports.models import ConsultationRound, Report, ReportSection
from reporting.reports.presenters import board
from reporting.reports.presenters.report import row, with_counters
from reporting.reports.presenters.words import distance, page_url, today, weekday

MOST = 12  # reports before "Show all"
DECISIONS = 8
SENT = [ReportStatus.TRANSMITTED, ReportStatus.RECEIVED]


@dataclass(frozen=True)
class Listed:
    """Rows of a list: its first ones (``page`` 0), or a page of it; ``total`` and ``late`` count the whole list."""

    rows: list[Any]
    page: int
    total: int
    late: int

    @property
    def hidden(self) -> int:
        return max(0, self.total - MOST) if self.page == 0 else 0


def _listed(rows: Any, page: int) -> Listed:
    """The first reports of ``rows``, or those of ``page``, with what a row shows: one statement.

    The counts of the whole list come with its rows, made by a subquery that looks at no outer row.
    """
    late = Q(status__in=BEFORE_ENDORSED, due_on__lt=today())
    counts = JSONObject(total=Count("pk"), late=Count("pk", filter=late))
    counts = rows.order_by().values("state_party").annotate(counts=counts).values("counts")
    chosen = rows.values("pk")[part_of(page) if page else slice(0, MOST)]
    found = with_counters(Report.objects.filter(pk__in=chosen)).annotate(counts=Subquery(counts))
    some = list(found.order_by(*rows.query.order_by))
    if not some and page > 1:
        return _listed(rows, 1)
    return Listed(some, page, **(some[0].counts if some else {"total": 0, "late": 0}))


def coordinated(user: User, page: int) -> dict[str, Any]:
    """The reports in preparation that the person coordinates, and what waits for a decision: two statements.

    ``page`` of all reports, or 0 for the first that are due.
    """
    cycles = permissions.granted(user, COORDINATE, ReviewCycle).values("pk")
    reports = Report.objects.of(user).in_preparation().filter(cycle__in=cycles)
    listed = _listed(reports.order_by(F("due_on").asc(nulls_last=True), "pk"), page)
    sections = ReportSection.objects.of(user).awaiting_review().asked().filter(report__cycle__in=cycles)
    waiting = list(sections.for_page().order_by("status_at")[:DECISIONS]) if listed.total else []
    decisions = [each for section in waiting for each in board.decisions(section.report, [section])]
    rows = [row(report) for report in listed.rows]
    steps = [] if rows else first_steps(user)
    return {"listed": listed, "rows": rows, "decisions": decisions, "sentence": _sentence(listed), "steps": steps}


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


def _sentence(listed: Listed) -> str:
    if not listed.total:
        return ""
    count, late = listed.total, listed.late
    parts = [
        ngettext("%(count)d report is in preparation.", "%(count)d reports are in preparation.", count)
        % {"count": count}
    ]
    if late:
        parts.append(ngettext("%(count)d is late.", "%(count)d are late.", late) % {"count": late})
    return " ".join(parts)


def transmitted(user: User, page: int) -> dict[str, Any]:
    """What the mission sends and records, and what came in last: two statements.

    ``page`` of all reports, or 0 for the first: those that are ready, those sent, those ahead, each by day.
    """
    cycles = permissions.granted(user, TRANSMIT, ReviewCycle).values("pk")
    reports = (
        Report.objects.of(user)
        .filter(cycle__in=cycles)
        .exclude(status__in=[ReportStatus.CONSIDERED, ReportStatus.CLOSED])
    )
    place = Case(When(status=ReportStatus.ENDORSED, then=0), When(status__in=SENT, then=1), default=2)
    listed = _listed(reports.order_by(place, F("due_on").asc(nulls_last=True), "pk"), page)
    documents = ReceivedDocument.objects.of(user).filter(cycle__in=cycles).select_related("cycle__instrument")
    return {
        "listed": listed,
        "ready": [row(each) for each in listed.rows if each.status == ReportStatus.ENDORSED],
        "sent": [row(each) for each in listed.rows if each.status in SENT],
        "ahead": [row(each) for each in listed.rows if each.status in BEFORE_ENDORSED],
        "documents": [_document(each) for each in documents.select_related("cycle__mechanism")[:5]],
    }


def _document(document: ReceivedDocument) -> dict[str, Any]:
    return {
        "title": document.title,
        "symbol": document.symbol,
        "kind": document.get_kind_display(),
        "received": formats.date_format(document.received_on, "DATE_FORMAT"),
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
