"""What one may see of many reports at once: the reading acts of permissions.py, said as queries."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import granted, person
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.cycles.models import ReviewCycle
from reporting.reports.choices import ENDORSED_OR_LATER, VIEW, WRITE_CONTRIBUTION, ContributionStatus
from reporting.reports.models import Answer, ConsultationRound, Contribution, Report, ReportSection
from reporting.reports.permissions import OPEN_TO_ALL_BODIES, WRITERS


def visible_reports(user: User) -> Any:
    """The reports whose overview the user may see, as one query: SEE_REPORT said of many rows."""
    who = person(user)
    consulted = who.bodies(Role.CONSULTED)
    seen = _coordinated_or_shared(user) | Q(cycle__in=granted(user, TRANSMIT, ReviewCycle).values("pk"))
    if consulted:
        rounds = ConsultationRound.objects.filter(report=OuterRef("pk"), bodies__in=consulted)
        seen |= Q(Exists(rounds))
    return Report.objects.of(user).filter(seen)


def exported_reports(user: User) -> Any:
    """The reports whose draft the user may export, as one query: EXPORT_REPORT said of many rows."""
    return Report.objects.of(user).filter(_coordinated_or_shared(user))


def _coordinated_or_shared(user: User) -> Q:
    """Reports that the user coordinates, or in which a body for which the user writes has a part."""
    seen = Q(cycle__in=granted(user, COORDINATE, ReviewCycle).values("pk"))
    writes = person(user).bodies(*WRITERS)
    if writes:
        live = [status for status in ContributionStatus if status != ContributionStatus.WITHDRAWN]
        sections = ReportSection.objects.filter(report=OuterRef("pk"))
        asked = Contribution.objects.filter(section__report=OuterRef("pk"), body__in=writes, status__in=live)
        seen |= Q(Exists(sections.filter(lead__in=writes))) | Q(Exists(asked))
    return seen


def listed_sections(user: User, report: Report) -> Any:
    """The sections of a report of which the user may read anything: ``visible_sections`` as one query.

    Needs ``state_party`` and ``cycle`` on the report.
    """
    who = person(user)
    rows = report.sections.of(user)
    is_open = report.status in OPEN_TO_ALL_BODIES or report.state_party.open_drafting
    if who.holds(COORDINATE, report.cycle) or (is_open and who.bodies(*WRITERS) & report.body_ids):
        return rows
    asked = granted(user, WRITE_CONTRIBUTION, Contribution).filter(section=OuterRef("pk"))
    live = [status for status in ContributionStatus if status != ContributionStatus.WITHDRAWN]
    led = granted(user, VIEW, ReportSection).values("pk")
    return rows.filter(Q(pk__in=led) | Q(Exists(asked.filter(status__in=live))))


def searched_sections(user: User) -> Any:
    """The sections of all reports of which the user reads every answer: as ``SEE_SECTION``, as one query."""
    who = person(user)
    rows = ReportSection.objects.of(user)
    seen = Q(pk__in=granted(user, VIEW, ReportSection).values("pk"))
    seen |= Q(report__cycle__in=granted(user, COORDINATE, ReviewCycle).values("pk"))
    writes = who.bodies(*WRITERS)
    if writes:
        live = [status for status in ContributionStatus if status != ContributionStatus.WITHDRAWN]
        led = ReportSection.objects.filter(report=OuterRef("report"), lead__in=writes)
        asked = Contribution.objects.filter(section__report=OuterRef("report"), body__in=writes, status__in=live)
        is_open = Q(report__status__in=OPEN_TO_ALL_BODIES) | Q(state_party__open_drafting=True)
        seen |= is_open & (Q(Exists(led)) | Q(Exists(asked)))
    return rows.filter(seen)


def partly_read_sections(user: User) -> Any:
    """The sections of all reports of which the user reads anything: as ``SEE_PART_OF_SECTION``, as one query."""
    live = [status for status in ContributionStatus if status != ContributionStatus.WITHDRAWN]
    asked = granted(user, WRITE_CONTRIBUTION, Contribution).filter(section=OuterRef("pk"), status__in=live)
    return ReportSection.objects.of(user).filter(Q(pk__in=searched_sections(user).values("pk")) | Q(Exists(asked)))


def searched_answers(user: User) -> Any:
    """The answers of all reports that the user may read: as ``SEE_ANSWER``, as one query."""
    live = [status for status in ContributionStatus if status != ContributionStatus.WITHDRAWN]
    asked = granted(user, WRITE_CONTRIBUTION, Contribution).filter(answers=OuterRef("pk"), status__in=live)
    whole = Q(section__in=searched_sections(user).values("pk"))
    return Answer.objects.of(user).filter(whole | Q(Exists(asked)))


def quoted_answers(user: User) -> Any:
    """The answers that the user may copy from: those that one may read, and what an endorsed report prints.

    A submission is read by every member of the State (READ_SUBMISSION); what it printed is still in its answers.
    """
    printed = Q(report__status__in=ENDORSED_OR_LATER, asked=True, question__is_exported=True)
    return Answer.objects.of(user).filter(printed | Q(pk__in=searched_answers(user).values("pk")))
