"""What every body in the report said of the whole draft, round by round; silence is shown as silence."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.choices import Role
from accounts.models import Body, User
from reporting.reports.choices import Reply, ReportStatus
from reporting.reports.models import Report, ValidationReply
from reporting.reports.permissions import COORDINATE_REPORT
from reporting.reports.presenters.words import day, page_url, section_sign, section_title


@dataclass
class Row:
    """One body in one round."""

    body: Body
    reply: ValidationReply | None
    sign: str
    said: str
    settle_form: Any = None
    reply_form: Any = None

    @property
    def is_open(self) -> bool:
        return self.reply is not None and self.reply.reply == Reply.OBJECTION and self.reply.settled_at is None


def is_open(report: Report) -> bool:
    return report.status == ReportStatus.VALIDATION


def rounds(report: Report) -> list[tuple[int, list[Row]]]:
    """(number, rows) of each round, the present one first: two statements, one where the bodies are known."""
    replies: dict[tuple[int, int], ValidationReply] = {
        (row.round, row.body_id): row for row in report.replies.select_related("body", "by", "settled_by")
    }
    heard = {row.body_id: row.body for row in replies.values()}
    bodies = sorted((heard | report.bodies).values(), key=lambda body: body.name)
    return [
        (
            number,
            [
                _row(body, replies.get((number, body.pk)), report, number)
                for body in bodies
                if body.pk in report.body_ids or (number, body.pk) in replies
            ],
        )
        for number in range(report.validation_round, 0, -1)
    ]


def _row(body: Body, reply: ValidationReply | None, report: Report, number: int) -> Row:
    if reply is None:
        waits = number == report.validation_round and is_open(report)
        late = report.validation_until is not None and report.validation_until < timezone.localdate()
        if waits and not late:
            return Row(body, None, "empty", _("Has not answered yet"))
        return Row(body, None, "dash", _("Silent"))
    if reply.reply == Reply.NO_OBJECTION:
        return Row(body, reply, "disc", _("No objection"))
    if reply.settled_at is None:
        return Row(body, reply, "return", _("Objection"))
    return Row(body, reply, "half", _("Objection, settled"))


def my_bodies(report: Report, user: User) -> set[int]:
    """Ids of the bodies in the report for which the person replies."""
    return permissions.person(user).bodies(Role.FOCAL_POINT) & report.body_ids


def draft(report: Report) -> list[dict[str, str]]:
    """The sections of the draft, each with the address where it is read."""
    rows = report.sections.asked().select_related("section").order_by("position")
    return [
        {
            "title": f"{row.code} {section_title(row)}",
            "url": page_url("section_read", report.slug, row.slug),
            "sign": section_sign(row)[0],
            "status": section_sign(row)[1],
        }
        for row in rows
    ]


def page(report: Report, user: User) -> dict[str, Any]:
    """All that templates/reports/process/validation.html shows but the forms."""
    every = rounds(report)
    present, earlier = (every[0][1], every[1:]) if every else ([], [])
    return {
        "is_open": is_open(report),
        "may_start": report.status == ReportStatus.CONSOLIDATION
        and permissions.allows(user, COORDINATE_REPORT, report),
        "coordinates": permissions.may_ever(user, COORDINATE_REPORT, report),
        "until": day(report.validation_until),
        "rows": present,
        "earlier": earlier,
        "draft": draft(report),
        "check_url": page_url("report_check", report.slug),
        "endorse_url": page_url("report_endorse", report.slug),
    }
