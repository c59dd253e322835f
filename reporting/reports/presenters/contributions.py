"""What was asked of other bodies in one report, as far as the person may see it."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import ngettext

from accounts import permissions
from accounts.models import User
from reporting.cycles.choices import COORDINATE
from reporting.reports.choices import VIEW, WRITE_CONTRIBUTION, ContributionStatus
from reporting.reports.models import Contribution, Paragraph, Report, ReportSection
from reporting.reports.presenters.words import contribution_sign, distance, page_url, section_title, today, weekday


def asked_in(report: Report, user: User) -> list[dict[str, Any]]:
    """Contributions to sections that the person leads or coordinates, and those asked of the person's bodies."""
    rows = with_counters(Contribution.objects.of(user).filter(section__report=report))
    if not permissions.person(user).holds(COORDINATE, report.cycle):
        led = permissions.granted(user, VIEW, ReportSection).values("pk")
        own = permissions.granted(user, WRITE_CONTRIBUTION, Contribution).values("pk")
        rows = rows.filter(Q(section__in=led) | Q(pk__in=own))
    return [row(contribution) for contribution in rows.order_by("section__position", "body__name")]


def with_counters(rows: Any) -> Any:
    """Each contribution with the questions asked and whether the body wrote something."""
    written = Paragraph.objects.filter(answer__contributions=OuterRef("pk"), origin=OuterRef("body_id"))
    related = ("section__section", "section__lead", "section__report__cycle__instrument")
    rows = rows.select_related("body", "status_by", "section__report__cycle__mechanism", *related)
    return rows.annotate(question_total=Count("answers", distinct=True), is_written=Exists(written))


def row(contribution: Any) -> dict[str, Any]:
    section = contribution.section
    sign, status = contribution_sign(contribution)
    pending = contribution.status in {ContributionStatus.ASKED, ContributionStatus.RETURNED}
    total = contribution.question_total
    return {
        "code": section.code,
        "title": section_title(section),
        "url": page_url("report_section", section.report.slug, section.slug),
        "asked_url": page_url("section_contributions", section.report.slug, section.slug),
        "body": str(contribution.body),
        "lead": str(section.lead or ""),
        "questions": ngettext("%(count)d question", "%(count)d questions", total) % {"count": total},
        "note": contribution.note,
        "due": weekday(contribution.due_on) if pending else "",
        "distance": distance(contribution.due_on) if pending else "",
        "late": bool(pending and contribution.due_on and contribution.due_on < today()),
        "sign": sign,
        "status": status,
        "reason": contribution.status_note if contribution.status == ContributionStatus.RETURNED else "",
    }
