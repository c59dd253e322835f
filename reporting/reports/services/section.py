"""Sections: who leads, who drafts, by when and with how many words; and their moves."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.choices import BodyKind, Role
from accounts.exceptions import Refused
from accounts.models import Body, Membership, User
from reporting.questionnaires.choices import Disposition
from reporting.reports.choices import ContributionStatus, OwnReason, ReportStatus, SectionStatus, VersionName
from reporting.reports.models import AnswerVersion, Contribution, NamedDrafter, Report, ReportSection
from reporting.reports.permissions import COORDINATE_REPORT, EDIT_ANSWER, NAME_DRAFTERS
from reporting.reports.services.recipients import members, tell
from reporting.reports.workflow import REPORT_MOVES, SECTION_MOVES


@dataclasses.dataclass(frozen=True)
class Assignment:
    """What the coordinator decides for one section."""

    section_id: int
    lead_id: int | None
    due_on: datetime.date | None
    allotment: int | None


@dataclasses.dataclass(frozen=True)
class AccessChange:
    """Who gains and who loses access if a section gets another lead: told before it is saved."""

    section: ReportSection
    lead: Body | None
    gains: tuple[str, ...]
    loses: tuple[str, ...]


def access_changes(report: Report, assignments: Iterable[Assignment]) -> list[AccessChange]:
    """The people who would gain and lose access by these assignments; sections whose lead stays are left out."""
    wanted = {each.section_id: each.lead_id for each in assignments}
    sections = [
        row
        for row in report.sections.select_related("section", "lead").filter(pk__in=wanted)
        if row.lead_id != wanted[row.pk]
    ]
    bodies = {body.pk: body for body in Body.objects.filter(pk__in=[lead for lead in wanted.values() if lead])}
    people: dict[int, list[str]] = {}
    rows = Membership.objects.filter(role__in=[Role.DRAFTER, Role.FOCAL_POINT], user__is_active=True)
    rows = rows.filter(body__in={*bodies, *(row.lead_id for row in sections if row.lead_id)})
    for row in rows.select_related("user").order_by("user__name"):
        people.setdefault(row.body_id, [])
        if str(row.user) not in people[row.body_id]:
            people[row.body_id].append(str(row.user))
    changes = []
    for section in sections:
        new, old = wanted[section.pk], section.lead_id
        gains = people.get(new, []) if new else []
        loses = people.get(old, []) if old else []
        changes.append(
            AccessChange(
                section,
                bodies.get(new) if new else None,
                tuple(name for name in gains if name not in loses),
                tuple(name for name in loses if name not in gains),
            )
        )
    return changes


@transaction.atomic
def assign_sections(report: Report, assignments: Iterable[Assignment], *, by: User) -> list[ReportSection]:
    """Set lead, due date and allotment of sections; returns those that changed.

    The lead may change while answers may; the text stays. A section that gets another lead loses
    its named drafters, and a contribution that the new lead was asked for is withdrawn.
    """
    report = moves.lock(report, "cycle")
    permissions.require(by, COORDINATE_REPORT, report)
    wanted = {each.section_id: each for each in assignments}
    rows = report.sections.select_for_update(of=("self",)).filter(pk__in=wanted).select_related("section__part")
    bodies = _leads(report, wanted.values())
    changed = []
    for section in rows:
        section.report = report
        if _assign(section, wanted[section.pk], bodies, by=by):
            changed.append(section)
    return changed


def _leads(report: Report, assignments: Iterable[Assignment]) -> dict[int, Body]:
    ids = {each.lead_id for each in assignments if each.lead_id}
    bodies = {row.pk: row for row in Body.objects.filter(pk__in=ids, state_party_id=report.state_party_id)}
    for body_id in ids:
        body = bodies.get(body_id)
        if body is None or not body.is_active:
            raise Refused(_("Choose a body of the State that is active."))
        if body.kind in {BodyKind.CONSULTED, BodyKind.MISSION}:
            raise Refused(_("%(body)s is consulted or transmits; it does not lead a section.") % {"body": body})
    return bodies


def _assign(section: ReportSection, wanted: Assignment, bodies: dict[int, Body], *, by: User) -> bool:
    before = (section.lead_id, section.due_on, section.allotment)
    if before == (wanted.lead_id, wanted.due_on, wanted.allotment):
        return False
    if wanted.allotment is not None and wanted.allotment < 0:
        raise Refused(_("The words allotted to %(section)s are less than none.") % {"section": section.code})
    new_lead = wanted.lead_id != section.lead_id
    if new_lead and section.status == SectionStatus.CLEARED:
        raise Refused(_("%(section)s has been cleared; reopen it before it changes hands.") % {"section": section.code})
    section.lead = bodies[wanted.lead_id] if wanted.lead_id else None
    section.due_on, section.allotment = wanted.due_on, wanted.allotment
    if new_lead:
        section.assigned_at = timezone.now() if wanted.lead_id else None
        NamedDrafter.objects.filter(section=section).delete()
    section.save(update_fields=["lead", "due_on", "allotment", "assigned_at"])
    if new_lead:
        _withdraw_lead_s_contribution(section, by=by)
        permissions.regrant(section)
    history.record(
        "reportsection.assign",
        by=by,
        subject=section,
        lead=str(section.lead or ""),
        due_on=section.due_on,
        allotment=section.allotment,
    )
    if new_lead and section.lead_id:
        tell.writers(section.lead_id, kind="section_assigned", subject=section, by=by, due=section.due_on or "")
    return True


def _withdraw_lead_s_contribution(section: ReportSection, *, by: User) -> None:
    for row in Contribution.objects.filter(section=section, body=section.lead_id).live():
        row.status, row.status_by, row.status_at = ContributionStatus.WITHDRAWN, by, timezone.now()
        row.status_note = OwnReason.LEADS_NOW.value
        row.save(update_fields=["status", "status_by", "status_at", "status_note"])
        permissions.regrant(row)
        history.record("contribution.withdraw", by=by, subject=row, reason=row.status_note)


@transaction.atomic
def name_drafters(section: ReportSection, users: Iterable[User], *, by: User) -> ReportSection:
    """Name the drafters of the lead body for a section; nobody named means all of them draft."""
    section = moves.lock(section, "report__cycle", "section", "lead")
    permissions.require(by, NAME_DRAFTERS, section)
    chosen = {user.pk: user for user in users}
    drafters = {user.pk for user in members(section.lead_id, Role.DRAFTER)}
    outside = [user for pk, user in chosen.items() if pk not in drafters]
    if outside:
        raise Refused(_("%(name)s is no drafter of %(body)s.") % {"name": outside[0], "body": section.lead})
    NamedDrafter.objects.filter(section=section).exclude(user__in=chosen).delete()
    present = set(NamedDrafter.objects.filter(section=section).values_list("user_id", flat=True))
    NamedDrafter.objects.bulk_create(
        NamedDrafter(state_party_id=section.state_party_id, section=section, user=user)
        for pk, user in chosen.items()
        if pk not in present
    )
    permissions.regrant(section)
    names = sorted(str(user) for user in chosen.values())
    history.record("reportsection.name_drafters", by=by, subject=section, drafters=names)
    new = [user for pk, user in chosen.items() if pk not in present]
    tell.people(new, kind="drafter_named", subject=section, by=by, due=section.due_on or "")
    return section


@transaction.atomic
def move_section(section: ReportSection, *, move: str, by: User, reason: str = "") -> ReportSection:
    """Carry out ``move`` (a name of SECTION_MOVES) on ``section``, record it, and tell whom it concerns.

    Reopening while the report is in consolidation or validation takes the report back to drafting
    first, in the same transaction. Raises Refused, with a reason fit to show, when the state, the
    grants or a requirement stand against it.
    """
    report = moves.lock(section.report, "cycle", "state_party")
    section = moves.lock(section, "section__part", "lead", "status_by")
    section.report = report
    if move == "reopen" and report.status in {ReportStatus.CONSOLIDATION, ReportStatus.VALIDATION}:
        if section.status != SectionStatus.CLEARED:
            raise Refused(_("Only a cleared section can be reopened."))
        moves.carry_out(report, REPORT_MOVES["back_to_drafting"], moves=REPORT_MOVES, by=by, reason=reason)
        tell.coordinators(report, kind="report_back_to_drafting", subject=report, by=by)
    own = move == "clear" and AnswerVersion.objects.all().drafted_in(section, by).exists()
    moves.carry_out(section, SECTION_MOVES[move], moves=SECTION_MOVES, by=by, reason=reason)
    _AFTER.get(move, _nothing)(section, by, own)
    return section


def _nothing(section: ReportSection, by: User, own: bool) -> None:
    return None


def _after_send(section: ReportSection, by: User, own: bool) -> None:
    _name_versions(section, VersionName.SENT)
    tell.coordinators(section.report, kind="section_sent", subject=section, by=by)


def _after_return(section: ReportSection, by: User, own: bool) -> None:
    tell.writers(section.lead_id, kind="section_returned", subject=section, by=by, urgent=True)


def _after_clear(section: ReportSection, by: User, own: bool) -> None:
    """Clearing confirms "not applicable"; clearing one's own drafting is marked, and told to the lead."""
    section.answers.filter(disposition=Disposition.NOT_APPLICABLE).update(
        confirmed_by=by, confirmed_at=section.status_at
    )
    section.cleared_own_drafting = own
    section.save(update_fields=["cleared_own_drafting"])
    _name_versions(section, VersionName.CLEARED)
    kind = "section_cleared_by_its_drafter" if own else "section_cleared"
    tell.focal_points(section.lead_id, kind=kind, subject=section, by=by)


def _after_reopen(section: ReportSection, by: User, own: bool) -> None:
    section.reopened_at = section.status_at
    section.cleared_own_drafting = False
    section.save(update_fields=["reopened_at", "cleared_own_drafting"])
    tell.writers(section.lead_id, kind="section_returned", subject=section, by=by, urgent=True)


_AFTER = {
    "send_for_review": _after_send,
    "return": _after_return,
    "clear": _after_clear,
    "reopen": _after_reopen,
}


def _name_versions(section: ReportSection, name: VersionName) -> None:
    """Name the versions as they stand: moments that people look for in the history. The name is no part of the hash."""
    for answer in section.answers.filter(version__gt=0):
        AnswerVersion.objects.filter(answer=answer, number=answer.version, name="").update(name=name.value)


@transaction.atomic
def mark_done(section: ReportSection, *, answer_id: int, done: bool, by: User) -> None:
    """The drafter's mark on a question: locks nothing, tells the focal point."""
    section = moves.lock(section, "report__cycle", "section", "lead")
    answer = section.answers.select_related("question").get(pk=answer_id)
    answer.section = section
    permissions.require(by, EDIT_ANSWER, answer)
    answer.done_by, answer.done_at = (by, timezone.now()) if done else (None, None)
    answer.save(update_fields=["done_by", "done_at"])
    left = section.answers.filter(asked=True, done_at__isnull=True).count()
    if done and left == 0:
        tell.focal_points(section.lead_id, kind="section_done", subject=section, by=by)
