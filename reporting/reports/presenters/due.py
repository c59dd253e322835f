"""The due date that the rules propose for the report of a cycle."""

import datetime

from django.db.models import Max
from django.utils import timezone

from reporting.cycles.models import ReviewCycle
from reporting.instruments.choices import ReportKind
from reporting.instruments.due import Due, last_due_of, next_due
from reporting.instruments.models import Ratification
from reporting.reports.choices import ReportStatus
from reporting.reports.models import Report

SENT_TO_GENEVA = [ReportStatus.TRANSMITTED, ReportStatus.RECEIVED, ReportStatus.CONSIDERED, ReportStatus.CLOSED]


def proposed_due(cycle: ReviewCycle) -> Due | None:
    """The date and its source, or None where the instrument has no term or does not bind the State."""
    if cycle.instrument_id is None:
        return None
    rows = Ratification.objects.filter(state_party=cycle.state_party_id, instrument=cycle.instrument_id)
    ratification = rows.in_force(timezone.localdate()).select_related("instrument").first()
    if ratification is None:
        return None
    last = last_due_of(cycle.state_party_id).get(cycle.instrument_id)
    return next_due(ratification, last_due_on=last)


def last_reports_due(state_id: int) -> dict[int, datetime.date]:
    """{instrument's id: due date of the State's last report that was transmitted or later}: one statement."""
    rows = Report.objects.filter(state_party=state_id, kind__in=[ReportKind.INITIAL, ReportKind.PERIODIC])
    rows = rows.filter(status__in=SENT_TO_GENEVA, due_on__isnull=False, cycle__instrument__isnull=False)
    return dict(
        rows.order_by()
        .values("cycle__instrument")
        .annotate(last=Max("due_on"))
        .values_list("cycle__instrument", "last")
    )
