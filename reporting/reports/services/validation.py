"""Validation: what every body in the report says of the whole draft, round by round."""

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.choices import Role
from accounts.exceptions import Denial, Refused
from accounts.models import Body, User
from reporting.reports.choices import Reply
from reporting.reports.models import Report, ValidationReply
from reporting.reports.permissions import COORDINATE_REPORT, OBJECT
from reporting.reports.services.recipients import tell


@transaction.atomic
def record_reply(report: Report, *, body: Body, reply: str, by: User, text: str = "") -> ValidationReply:
    """Record a body's objection, or that it has none; a later reply in the round takes the place of the earlier."""
    report = moves.lock(report, "cycle")
    permissions.require(by, OBJECT, report)
    if body.pk not in report.body_ids or not permissions.person(by).is_in(body.pk, Role.FOCAL_POINT):
        raise Refused(_("You reply for the bodies of which you are a focal point."), Denial.NO_RIGHT)
    if reply not in Reply.values:
        raise Refused(_("Choose “no objection” or “objection”."))
    if reply == Reply.OBJECTION and not text.strip():
        raise Refused(_("Say what the body objects to."))
    row, _made = ValidationReply.objects.update_or_create(
        report=report,
        body=body,
        round=report.validation_round,
        defaults={
            "state_party_id": report.state_party_id,
            "reply": reply,
            "text": text.strip(),
            "by": by,
            "at": timezone.now(),
            "settled_at": None,
            "settled_by": None,
            "settled_note": "",
        },
    )
    history.record("report.reply", by=by, subject=report, body=str(body), reply=reply, round=report.validation_round)
    urgent = reply == Reply.OBJECTION
    tell.coordinators(report, kind=f"validation_{reply}", subject=report, by=by, body=body, urgent=urgent)
    return row


@transaction.atomic
def settle_objection(reply: ValidationReply, *, note: str, by: User) -> ValidationReply:
    """Record how the coordinator dealt with an objection."""
    report = moves.lock(reply.report, "cycle")
    permissions.require(by, COORDINATE_REPORT, report)
    reply = moves.lock(reply, "body", "settled_by")
    if reply.reply != Reply.OBJECTION:
        raise Refused(_("%(body)s has no objection.") % {"body": reply.body})
    if reply.round != report.validation_round:
        raise Refused(_("This objection belongs to an earlier round of validation."))
    if reply.settled_at is not None:
        when = formats.date_format(timezone.localtime(reply.settled_at), "SHORT_DATETIME_FORMAT")
        raise Refused(_("Already settled by %(name)s on %(when)s.") % {"name": reply.settled_by, "when": when})
    if not note.strip():
        raise Refused(_("Say how the objection was settled: the body will read it."))
    reply.settled_by, reply.settled_at, reply.settled_note = by, timezone.now(), note.strip()
    reply.save(update_fields=["settled_by", "settled_at", "settled_note"])
    history.record("report.settle_objection", by=by, subject=report, reason=reply.settled_note, body=str(reply.body))
    tell.focal_points(reply.body_id, kind="objection_settled", subject=report, by=by)
    return reply


def silent_bodies(report: Report) -> list[Body]:
    """The bodies in the report that have said nothing in the present round: silence is recorded as silence."""
    heard = report.replies.filter(round=report.validation_round).values_list("body_id", flat=True)
    return list(Body.objects.filter(pk__in=report.body_ids - set(heard)).order_by("name"))
