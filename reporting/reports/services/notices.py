"""What reports tell people, who may still see it, and the work of a leaver: registered in AppConfig.ready."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.models import User
from reporting.cycles.choices import COORDINATE
from reporting.cycles.models import ReviewCycle
from reporting.reports.choices import COMMENT_ROUND
from reporting.reports.models import ConsultationRound, Contribution, NamedDrafter, Report, ReportSection
from reporting.reports.permissions_lists import partly_read_sections, visible_reports

SENTENCES: dict[str, Any] = {
    "section_assigned": _("%(by)s gave %(subject)s to your body."),
    "drafter_named": _("%(by)s named you as a drafter of %(subject)s."),
    "section_done": _("%(by)s marked every question of %(subject)s as done."),
    "section_sent": _("%(by)s sent %(subject)s for review."),
    "section_returned": _("%(by)s returned %(subject)s."),
    "section_cleared": _("%(by)s cleared %(subject)s."),
    "section_cleared_by_its_drafter": _("%(by)s cleared %(subject)s after drafting in it, as the only coordinator."),
    "section_edited": _("%(by)s made an editorial change in %(subject)s. You may object in a comment."),
    "contribution_asked": _("%(by)s asked your body to contribute: %(subject)s."),
    "contribution_sent": _("%(by)s sent the contribution %(subject)s."),
    "contribution_returned": _("%(by)s returned the contribution %(subject)s."),
    "contribution_taken_over": _("%(by)s took the contribution %(subject)s over."),
    "contribution_withdrawn": _("%(by)s withdrew the contribution %(subject)s."),
    "comment_written": _("%(by)s commented on %(subject)s."),
    "help_asked": _("%(by)s asks for help with %(subject)s."),
    "comment_answered": _("%(by)s answered a comment on %(subject)s."),
    "comment_mentioned": _("%(by)s named you in a comment on %(subject)s."),
    "suggestion_made": _("%(by)s suggested another wording in %(subject)s."),
    "suggestion_accepted": _("%(by)s accepted your wording in %(subject)s."),
    "suggestion_declined": _("%(by)s declined your wording in %(subject)s."),
    "comment_resolved": _("%(by)s resolved a comment on %(subject)s."),
    "edit_objected": _("%(by)s objected to an editorial change in %(subject)s."),
    "report_opened": _("%(by)s opened “%(subject)s” for drafting."),
    "report_in_validation": _("%(by)s sent “%(subject)s” for validation, until %(due)s."),
    "report_back_to_drafting": _("%(by)s took “%(subject)s” back to drafting."),
    "report_back_to_consolidation": _("%(by)s took “%(subject)s” back to consolidation."),
    "report_endorsed": _("%(by)s recorded the endorsement of “%(subject)s”."),
    "report_transmitted": _("%(by)s recorded the transmission of “%(subject)s”."),
    "report_received": _("%(by)s recorded the receipt of “%(subject)s”."),
    "report_returned": _("%(by)s recorded that the secretariat returned “%(subject)s”."),
    "objection_settled": _("%(by)s settled an objection to “%(subject)s”."),
    "consultation_opened": _("%(by)s shared sections with your body: %(subject)s."),
    "consultation_closed": _("The consultation %(subject)s has closed."),
    "consultation_comment": _("%(by)s commented in the consultation %(subject)s."),
    "consultation_answered": _("%(by)s answered your comment in the consultation %(subject)s."),
}


# What may be seen is asked as queries, so that a page of notices costs the same whatever they are about.


def visible_sections_among(user: User, ids: set[str]) -> set[str]:
    return _pks(partly_read_sections(user).filter(pk__in=ids))


def visible_reports_among(user: User, ids: set[str]) -> set[str]:
    return _pks(visible_reports(user).filter(pk__in=ids))


def visible_contributions_among(user: User, ids: set[str]) -> set[str]:
    rows = Contribution.objects.of(user).filter(pk__in=ids)
    return _pks(rows.filter(section__in=partly_read_sections(user).values("pk")))


def visible_rounds_among(user: User, ids: set[str]) -> set[str]:
    shared = permissions.granted(user, COMMENT_ROUND, ConsultationRound).values("pk")
    cycles = permissions.granted(user, COORDINATE, ReviewCycle).values("pk")
    rows = ConsultationRound.objects.of(user).filter(pk__in=ids)
    return _pks(rows.filter(Q(pk__in=shared) | Q(report__cycle__in=cycles)))


def _pks(rows: Any) -> set[str]:
    return {str(pk) for pk in rows.order_by().values_list("pk", flat=True)}


def section_addresses(ids: set[str]) -> dict[str, str]:
    rows = ReportSection.objects.filter(pk__in=ids).values_list("pk", "report__slug", "slug")
    return {str(pk): reverse("report_section", args=[report, slug]) for pk, report, slug in rows}


def contribution_addresses(ids: set[str]) -> dict[str, str]:
    rows = Contribution.objects.filter(pk__in=ids).values_list("pk", "section__report__slug", "section__slug")
    return {str(pk): reverse("report_section", args=[report, slug]) for pk, report, slug in rows}


def report_addresses(ids: set[str]) -> dict[str, str]:
    rows = Report.objects.filter(pk__in=ids).values_list("pk", "slug")
    return {str(pk): reverse("report", args=[slug]) for pk, slug in rows}


def round_addresses(ids: set[str]) -> dict[str, str]:
    rows = ConsultationRound.objects.filter(pk__in=ids).values_list("pk", "report__slug")
    return {str(pk): reverse("consultation_report", args=[slug]) for pk, slug in rows}


VISIBLE = {
    "reports.reportsection": visible_sections_among,
    "reports.report": visible_reports_among,
    "reports.contribution": visible_contributions_among,
    "reports.consultationround": visible_rounds_among,
}
ADDRESSES = {
    "reports.reportsection": section_addresses,
    "reports.report": report_addresses,
    "reports.contribution": contribution_addresses,
    "reports.consultationround": round_addresses,
}


def hand_over_sections(leaver: User, successor: User | None, by: User | None) -> None:
    """The successor is named where the leaver was a named drafter; nobody in the place means all of the body draft."""
    rows = NamedDrafter.objects.filter(user=leaver).select_related("section")
    for row in list(rows):
        section = row.section
        known = NamedDrafter.objects.filter(section=section, user=successor).exists() if successor else True
        row.delete()
        if successor is not None and not known and _is_of_lead(successor, section):
            NamedDrafter.objects.create(state_party_id=section.state_party_id, section=section, user=successor)
        permissions.regrant(section)


def _is_of_lead(user: User, section: ReportSection) -> bool:
    return section.lead_id is not None and user.memberships.filter(body_id=section.lead_id).exists()
