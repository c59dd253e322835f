"""Which comments one may read: their audience was fixed when they were written."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import allows, person
from reporting.cycles.choices import COORDINATE
from reporting.reports.choices import COMMENT, Audience, ReportStatus
from reporting.reports.models import Comment, ConsultationRound, ReportSection
from reporting.reports.permissions import (
    SEE_PART_OF_SECTION,
    SEE_ROUND,
    is_asked,
    is_focal_of_part,
    visible_answer_ids,
)


def visible_comments(user: User, section: ReportSection) -> QuerySet[Comment]:
    """The comments of a section that the user may read: its audience, and no answer that is closed to the user."""
    who = person(user)
    rows = Comment.objects.of(user).filter(section=section)
    if not allows(user, SEE_PART_OF_SECTION, section):
        return rows.none()
    in_validation = section.report.status == ReportStatus.VALIDATION
    takes_part = who.holds(COMMENT, section) or is_asked(who, section)
    takes_part = takes_part or (in_validation and is_focal_of_part(who, section.report))
    coordinates = who.holds(COORDINATE, section.report.cycle)
    rows = rows.readable(body_ids=who.bodies(), coordinates=coordinates, in_section=takes_part)
    answers = visible_answer_ids(user, section)
    return rows if answers is None else rows.filter(Q(answer__isnull=True) | Q(answer__in=answers))


def visible_round_comments(user: User, consultation: ConsultationRound) -> QuerySet[Comment]:
    """The comments of a consultation, for those who see it: consulted bodies read these and no others."""
    rows = Comment.objects.of(user).filter(round=consultation, audience=Audience.CONSULTATION)
    return rows if allows(user, SEE_ROUND, consultation) else rows.none()
