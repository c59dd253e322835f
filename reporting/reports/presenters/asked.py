"""What other bodies are asked in a section, where each stands, and what the reader may do about it."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.choices import BodyKind, Role
from accounts.labels import in_words
from accounts.models import Body, Membership
from reporting.reports.choices import ContributionStatus, OwnReason
from reporting.reports.models import Contribution
from reporting.reports.permissions import ASK_CONTRIBUTION
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import answers_of, head
from reporting.reports.workflow import CONTRIBUTION_MOVES

SIGNS = {
    ContributionStatus.ASKED: "empty",
    ContributionStatus.SENT: "arrow",
    ContributionStatus.RETURNED: "return",
    ContributionStatus.TAKEN_OVER: "disc",
    ContributionStatus.WITHDRAWN: "dash",
}


def contributions(here: Place) -> dict[str, Any]:
    """The rows that the person may see, and whether others can be asked."""
    answers = answers_of(here)
    numbers = {answer.pk: answer.question.number for answer in answers}
    written = {answer.pk for answer in answers if answer.is_answered}
    who = permissions.person(here.user)
    rows = [
        _row(here, each, numbers, written)
        for each in here.section.contributions.all()
        if here.answer_ids is None or who.is_in(each.body_id)
    ]
    asks = permissions.may_ever(here.user, ASK_CONTRIBUTION, here.section)
    return {
        "head": head(here),
        "rows": rows,
        "may_ask": asks,
        "why_not_ask": permissions.why_not(here.user, ASK_CONTRIBUTION, here.section) if asks else None,
        "questions": [
            (answer.pk, answer.question.number, answer.question.wording("text", get_language() or "en")[0])
            for answer in answers
        ],
        "bodies": bodies_to_ask(here) if asks else [],
    }


def _row(here: Place, row: Contribution, numbers: dict[int, str], written: set[int]) -> dict[str, Any]:
    status = ContributionStatus(row.status)
    begun = status == ContributionStatus.ASKED and bool(row.answer_ids & written)
    said = {"name": row.status_by, "when": _day(row.status_at)}
    return {
        "pk": row.pk,
        "body": str(row.body),
        "sign": "half" if begun else SIGNS[status],
        "status": row.get_status_display(),
        "questions": ", ".join(sorted((numbers[pk] for pk in row.answer_ids if pk in numbers), key=_natural)),
        "note": row.note,
        "due": formats.date_format(row.due_on, "DATE_FORMAT") if row.due_on else "",
        "moved": _("%(name)s, %(when)s") % said if row.status_by else "",
        "reason": in_words(OwnReason, row.status_note),
        "moves": _moves(here, row),
    }


def _natural(text: str) -> tuple[int, str]:
    digits = "".join(letter for letter in text if letter.isdigit())
    return (int(digits or 0), text)


def _day(at: Any) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def _moves(here: Place, row: Contribution) -> list[dict[str, Any]]:
    return [
        {
            "name": move.name,
            "label": move.label,
            "asks_reason": move.asks_reason,
            "why_not": permissions.why_not(here.user, move, row, moves=CONTRIBUTION_MOVES),
            "url": here.url("contribution_move", row.pk, move.name),
        }
        for move in CONTRIBUTION_MOVES.from_state(row.status)
        if permissions.may_ever(here.user, move, row)
    ]


def bodies_to_ask(here: Place) -> list[Body]:
    rows = Body.objects.of(here.user).filter(is_active=True).exclude(pk=here.section.lead_id or 0)
    return list(rows.exclude(kind__in=[BodyKind.CONSULTED, BodyKind.MISSION]).order_by("name"))


def gains(body: Body) -> list[str]:
    """The people who would see and write the questions asked: told before it is saved."""
    rows = Membership.objects.filter(body=body, role__in=[Role.DRAFTER, Role.FOCAL_POINT], user__is_active=True)
    return sorted({str(row.user) for row in rows.select_related("user")})
