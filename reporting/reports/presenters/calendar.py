"""The calendar of a report: steps past, the current one, and those to come."""

import datetime
from typing import Any, NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.reports.choices import ReportStatus
from reporting.reports.models import Report
from reporting.reports.presenters.words import today

S = ReportStatus
ORDER = list(ReportStatus)


class _Step(NamedTuple):
    label: str
    on: datetime.date | None
    until: ReportStatus  # the step is past once the report is in this state or later
    diamond: bool = False


def steps(report: Report, *, sent: tuple[int, int] | None = None) -> list[dict[str, Any]]:
    """Steps for components/timeline.html, in order; ``sent`` is (sections sent, of how many)."""
    rows = [
        _Step(_("Report started"), timezone.localtime(report.started_at).date(), S.PLANNED),
        _Step(_("Ministries’ drafts close"), report.drafts_due_on, S.CONSOLIDATION),
        _Step(_("Coordinator’s review ends"), report.review_ends_on, S.VALIDATION),
        _Step(_("Validation by every body ends"), report.validation_until, S.ENDORSED),
        _Step(_("Endorsement"), report.endorsement_on, S.ENDORSED),
        _Step(_("Transmission to Geneva"), report.due_on, S.TRANSMITTED, diamond=True),
    ]
    shown = [row for row in rows if row.on or row.until in {S.ENDORSED, S.TRANSMITTED}]
    shown = [row for row in shown if row.on or row.label != _("Validation by every body ends")]
    reached = ORDER.index(S(report.status))
    found: list[dict[str, Any]] = []
    current_given = False
    for row in shown:
        past = reached >= ORDER.index(row.until)
        state = "past" if past else "future" if current_given else "current"
        current_given = current_given or state == "current"
        found.append(
            {
                "label": row.label,
                "date": _short(row.on),
                "state": state,
                "diamond": row.diamond,
                "note": _note(row.on, sent) if state == "current" else "",
            }
        )
    return found


def _short(on: datetime.date | None) -> str:
    if on is None:
        return ""
    return formats.date_format(on, "MONTH_DAY_FORMAT" if abs((on - today()).days) < 300 else "SHORT_DATE_FORMAT")


def _note(on: datetime.date | None, sent: tuple[int, int] | None) -> str:
    if on is None:
        return ""
    days = (on - today()).days
    if days < 0:
        time = ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    else:
        time = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    if sent is None:
        return time
    return _("%(time)s; %(sent)d of %(total)d sections sent") % {"time": time, "sent": sent[0], "total": sent[1]}
