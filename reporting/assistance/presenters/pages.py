"""What the pages of one request show."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from reporting.assistance.freeze import submitted_content
from reporting.assistance.models import AgencyPosition, AssistanceRequest, Message, Note, Referral, RequestVersion
from reporting.assistance.permissions import (
    ADD_AGENCY,
    EDIT_PLAN,
    EDIT_REQUEST,
    MESSAGE_AS_AGENCY,
    MESSAGE_AS_STATE,
    PROPOSE_REFERRAL,
    SEE_POSITIONS,
)
from reporting.assistance.presenters.actions import position_actions, request_actions
from reporting.assistance.presenters.letter import letter
from reporting.assistance.presenters.prefill import came_from
from reporting.assistance.presenters.signs import (
    POSITION_SIGNS,
    REQUEST_SIGNS,
    day,
    needed_soon,
    unanswered,
    working_name,
)


@dataclass(frozen=True)
class Line:
    """One agency's line: where it stands, since when, who."""

    code: str
    name: str
    sign: str
    status: str
    since: str
    responsible: str
    note: str
    is_returned: bool
    is_own: bool
    actions: list[Any]
    has_plan: bool
    offered: int | None
    may_accept: bool


@dataclass(frozen=True)
class Said:
    """One entry of the exchange; an inside one is a note."""

    by: str
    side: str
    to: str
    day: str
    text: str
    is_inside: bool
    at: Any


def _line(user: User, row: AgencyPosition, *, with_actions: bool, own: int | None = None) -> Line:
    plan = getattr(row, "plan", None)
    offered = plan.offered.number if plan and plan.offered_id and row.status == "in_discussion" else None
    return Line(
        code=row.agency.code,
        name=row.agency.name,
        sign=POSITION_SIGNS[row.status],  # type: ignore[index]
        status=str(row.get_status_display()),
        since=day(row.status_at or row.clock_from),
        responsible=str(row.responsible or ""),
        note=row.status_note if own in (None, row.agency_id) else "",
        is_returned=row.is_returned and own in (None, row.agency_id),
        is_own=own == row.agency_id,
        actions=position_actions(user, row) if with_actions else [],
        has_plan=plan is not None and (with_actions or own == row.agency_id),
        offered=offered if with_actions else None,
        may_accept=with_actions and user.state_party_id is not None,
    )


def _lines(user: User, request: AssistanceRequest, **kwargs: Any) -> list[Line]:
    rows = AgencyPosition.objects.filter(request=request).select_related(
        "agency", "responsible", "plan__offered", "status_by"
    )
    for row in rows:
        row.request = request
    return [_line(user, row, **kwargs) for row in rows]


def _read_by(row: Message) -> str:
    if row.agency is None:
        return _("the State and all agencies") if row.sender else _("all agencies")
    return str(row.state_party if row.sender else row.agency)


def _exchange(messages: Any, notes: Any = ()) -> list[Said]:
    said = [
        Said(
            by=str(row.by),
            side=str(row.sender or row.state_party),
            to=_read_by(row),
            day=day(row.at),
            text=row.text,
            is_inside=False,
            at=row.at,
        )
        for row in messages.select_related("by", "sender", "agency", "state_party")
    ]
    said += [Said(str(row.by), str(row.agency), "", day(row.at), row.text, True, row.at) for row in notes]
    return sorted(said, key=lambda entry: entry.at)


def state_page(user: User, request: AssistanceRequest) -> dict[str, Any]:
    """The State's page of a request: the letter as it stands, the agencies, the exchange, what one may do."""
    sees = permissions.allows(user, SEE_POSITIONS, request)
    is_coordinator = permissions.may_ever(user, ADD_AGENCY, request)
    referrals = Referral.objects.of(user).filter(position__request=request) if sees else Referral.objects.none()
    known = set(request.positions.values_list("agency_id", flat=True))
    return {
        "request_row": request,
        "name": working_name(request),
        "letter": letter(submitted_content(request)),
        "sign": REQUEST_SIGNS[request.status],  # type: ignore[index]
        "status": request.get_status_display(),
        "since": day(request.status_at),
        "sees_positions": sees,
        "lines": _lines(user, request, with_actions=True) if sees else [],
        "exchange": _exchange(Message.objects.of(user).filter(request=request)) if sees else [],
        "referrals": [
            row for row in referrals.select_related("agency", "by", "position__agency") if row.agency_id not in known
        ],
        "actions": request_actions(user, request),
        "edit_why_not": permissions.why_not(user, EDIT_REQUEST, request),
        "may_edit": permissions.may_ever(user, EDIT_REQUEST, request),
        "message_allowed": permissions.allows(user, MESSAGE_AS_STATE, request),
        "is_coordinator": is_coordinator,
        "may_add": permissions.allows(user, ADD_AGENCY, request),
        "version": request.last_version.number if request.last_version else 0,
        "origin": came_from(request),
    }


def agency_page(user: User, version: RequestVersion, position: AgencyPosition) -> dict[str, Any]:
    """The agency's page: the submitted version and nothing else of the State's."""
    request = position.request
    notes = Note.objects.of(user).filter(request=request).select_related("by", "agency")
    lines = _lines(user, request, with_actions=False, own=position.agency_id)
    return {
        "letter": letter(version.content),
        "submitted": day(version.submitted_at),
        "version": version.number,
        "sign": POSITION_SIGNS[position.status],  # type: ignore[index]
        "status": position.get_status_display(),
        "ended": request.get_status_display() if request.status in {"closed", "withdrawn"} else "",
        "position": position,
        "lines": lines,
        "has_plan": getattr(position, "plan", None) is not None,
        "exchange": _exchange(Message.objects.of(user).filter(request=request), notes),
        "actions": position_actions(user, position),
        "may_write": permissions.allows(user, MESSAGE_AS_AGENCY, position),
        "may_refer": permissions.allows(user, PROPOSE_REFERRAL, position),
        "may_plan": permissions.allows(user, EDIT_PLAN, position),
        "asked_back": position.asked_back if position.is_returned else "",
    }


def state_rows(rows: Any) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "name": working_name(row),
            "address": row.address,
            "title": row.title,
            "body": row.responsible.name,
            "kinds": "; ".join(row.kind_labels),
            "sign": REQUEST_SIGNS[row.status],
            "status": row.get_status_display(),
            "is_enquiry": row.is_enquiry,
            "soon": needed_soon(row.needed_by_on, today) if row.status not in {"closed", "withdrawn"} else "",
            "needed_by": day(row.needed_by_on),
        }
        for row in rows
    ]


def agency_cards(rows: Any, chosen: str) -> list[dict[str, Any]]:
    """Cards of the inbox, from the submitted versions alone."""
    today, now = timezone.localdate(), timezone.now()
    cards = []
    for row in rows:
        version = row.request.last_version
        said = letter(version.content)
        cards.append(
            {
                "reference": row.request.reference,
                "chosen": row.request.reference == chosen,
                "state": row.state_party.name,
                "stamps": said.stamps[:2],
                "day": day(version.submitted_at),
                "title": version.title,
                "lines": version.content["need"],
                "language": said.language,
                "sign": POSITION_SIGNS[row.status],
                "status": row.get_status_display(),
                "kinds": "; ".join(said.kinds),
                "soon": needed_soon(version.needed_by_on, today),
                "late": unanswered(row.clock_from, row.status, row.is_returned, now),
                "is_new": row.status == "no_answer",
                "is_enquiry": said.is_enquiry,
            }
        )
    return cards
