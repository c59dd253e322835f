"""Consultations: chosen sections shown to consulted bodies as a frozen copy, until a date."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.choices import BodyKind, Role
from accounts.exceptions import Denial, Refused
from accounts.models import Body, User
from reporting.reports import freeze
from reporting.reports.choices import Audience, OwnReason, ReportStatus, RoundStatus
from reporting.reports.models import Answer, Comment, ConsultationRound, Report, ReportSection
from reporting.reports.permissions import ANSWER_IN_ROUND, COMMENT_IN_ROUND, COORDINATE_REPORT
from reporting.reports.services.comment import write
from reporting.reports.services.recipients import members, tell
from reporting.reports.workflow import ROUND_MOVES


@transaction.atomic
def open_round(
    report: Report,
    *,
    sections: Iterable[ReportSection],
    bodies: Iterable[Body],
    closes_on: datetime.date,
    by: User,
    note: str = "",
) -> ConsultationRound:
    """Share chosen sections, as they stand now, with consulted bodies until a date."""
    report = moves.lock(report, "cycle__instrument", "cycle__mechanism", "cycle__coordinating_body", "state_party")
    permissions.require(by, COORDINATE_REPORT, report)
    if report.status == ReportStatus.PLANNED:
        raise Refused(_("The report is planned: open it for drafting before you share it."))
    chosen = _sections(report, sections)
    consulted = _bodies(report, bodies)
    if closes_on < timezone.localdate():
        raise Refused(_("The date until which the bodies may comment has passed."))
    last = report.rounds.aggregate(last=Max("number"))["last"] or 0
    consultation = ConsultationRound.objects.create(
        state_party_id=report.state_party_id,
        report=report,
        number=last + 1,
        note=note.strip(),
        closes_on=closes_on,
        content=freeze.content(report, sections=chosen),
        opened_by=by,
        opened_at=timezone.now(),
    )
    consultation.bodies.set(consulted)
    permissions.regrant(consultation)
    history.record(
        "consultationround.open",
        by=by,
        subject=consultation,
        sections=[row.code for row in chosen],
        bodies=[str(body) for body in consulted],
        closes_on=closes_on,
    )
    for body in consulted:
        people = members(body.pk, Role.CONSULTED)
        tell.people(people, kind="consultation_opened", subject=consultation, by=by, due=closes_on)
    return consultation


def _sections(report: Report, sections: Iterable[ReportSection]) -> list[ReportSection]:
    ids = {row.pk for row in sections}
    rows = list(report.sections.asked().filter(pk__in=ids).select_related("section"))
    if not ids or len(rows) != len(ids):
        raise Refused(_("Choose sections of this report in which something is asked."))
    return rows


def _bodies(report: Report, bodies: Iterable[Body]) -> list[Body]:
    ids = {body.pk for body in bodies}
    rows = Body.objects.filter(pk__in=ids, state_party_id=report.state_party_id, is_active=True)
    found = list(rows.filter(kind=BodyKind.CONSULTED))
    if not ids or len(found) != len(ids):
        raise Refused(_("Choose consulted bodies of the State that are active."))
    return found


@transaction.atomic
def close_round(consultation: ConsultationRound, *, by: User, reason: str = "") -> ConsultationRound:
    """End a consultation before its date."""
    consultation = moves.lock(consultation, "report__cycle", "status_by")
    moves.carry_out(consultation, ROUND_MOVES["close"], moves=ROUND_MOVES, by=by, reason=reason)
    return consultation


@transaction.atomic
def close_overdue_rounds(on: datetime.date) -> int:
    """Close the consultations whose last day is before ``on``; returns how many."""
    late = ConsultationRound.objects.select_for_update(of=("self",)).filter(status=RoundStatus.OPEN, closes_on__lt=on)
    rows = list(late.select_related("report__cycle"))
    for consultation in rows:
        consultation.status, consultation.status_at = RoundStatus.CLOSED, timezone.now()
        consultation.status_note = OwnReason.TIME_RAN_OUT.value
        consultation.save(update_fields=["status", "status_at", "status_note"])
        history.record("consultationround.close", by=None, subject=consultation, closes_on=consultation.closes_on)
        tell.coordinators(consultation.report, kind="consultation_closed", subject=consultation, by=None)
    return len(rows)


def close_rounds_of_yesterday() -> int:
    """What the clock does each minute."""
    return close_overdue_rounds(timezone.localdate())


@transaction.atomic
def comment_in_round(
    consultation: ConsultationRound,
    *,
    section: ReportSection,
    text: str,
    by: User,
    answer: Answer | None = None,
    paragraph_key: uuid.UUID | str | None = None,
    quote: str = "",
    parent: Comment | None = None,
) -> Comment:
    """Comment, for a consulted body, on what the round shows; or reply in a thread of the round."""
    consultation = moves.lock(consultation, "report__cycle")
    permissions.require(by, COMMENT_IN_ROUND, consultation)
    section = consultation.report.sections.select_related("report__cycle", "section").get(pk=section.pk)
    top = _thread(consultation, parent) if parent is not None else None
    if top is not None:
        section, answer, paragraph_key, quote = top.section, top.answer, top.paragraph_key, ""
    _check_place(consultation, section, answer, paragraph_key)
    mine = permissions.person(by).bodies(Role.CONSULTED)
    body_id = min(mine & set(consultation.bodies.values_list("pk", flat=True)))
    comment = write(
        section,
        text=text,
        by=by,
        body_id=body_id,
        answer=answer,
        paragraph_key=paragraph_key,
        quote=quote,
        audience=Audience.CONSULTATION,
        parent=top,
        consultation=consultation,
    )
    tell.coordinators(consultation.report, kind="consultation_comment", subject=consultation, by=by)
    return comment


def _thread(consultation: ConsultationRound, parent: Comment) -> Comment:
    head = parent.parent_id or parent.pk
    rows = consultation.comments.select_related("section__report__cycle", "section__section", "answer")
    top = rows.filter(pk=head).first()
    if top is None:
        raise Refused(_("This comment is not part of the consultation."), Denial.HIDDEN)
    return top


def _check_place(
    consultation: ConsultationRound,
    section: ReportSection,
    answer: Answer | None,
    paragraph_key: uuid.UUID | str | None,
) -> None:
    """What is commented on stands in the copy that the body was given."""
    shown = {each["code"]: each for each in consultation.content["sections"]}.get(section.section.code)
    if shown is None:
        raise Refused(_("This section is not part of the consultation."), Denial.HIDDEN)
    if answer is None and not paragraph_key:
        return
    code = answer.question.code if answer is not None and answer.section_id == section.pk else ""
    found = next((each for each in shown["answers"] if each["code"] == code), None)
    if found is None:
        raise Refused(_("This question is not part of the consultation."), Denial.HIDDEN)
    if paragraph_key and str(paragraph_key) not in {each["key"] for each in found["paragraphs"]}:
        raise Refused(_("This paragraph is not part of the consultation."), Denial.HIDDEN)


@transaction.atomic
def answer_comment(comment: Comment, *, text: str, by: User) -> Comment:
    """Answer, as a coordinator, a comment of a consultation; the bodies consulted read the answer."""
    if comment.round is None:
        raise Refused(_("This comment is not part of a consultation."), Denial.HIDDEN)
    consultation = moves.lock(comment.round, "report__cycle")
    permissions.require(by, ANSWER_IN_ROUND, consultation)
    top = _thread(consultation, comment)
    answer = write(
        top.section,
        text=text,
        by=by,
        body_id=consultation.report.cycle.coordinating_body_id,
        answer=top.answer,
        paragraph_key=top.paragraph_key,
        quote="",
        audience=Audience.CONSULTATION,
        parent=top,
        consultation=consultation,
    )
    tell.people([top.by], kind="consultation_answered", subject=consultation, by=by)
    return answer
