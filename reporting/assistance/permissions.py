"""Who may do what with requests (design.md, section 3), and what the groups are granted on them.

The State and the agencies come through different doors: an act on ``AssistanceRequest`` is the
State's, an act on ``AgencyPosition`` is an agency's, or the State's towards that agency.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acts import Act, Right
from accounts.choices import Level, Role
from accounts.models import Body, RoleGroup, StateParty, User
from accounts.permissions import Grant, Person, granted, grants_of, role_groups
from reporting.assistance.choices import (
    ANSWER,
    EDITABLE,
    ENDED,
    PLANNED,
    PREPARE,
    SETTLED,
    SUBMIT,
    VIEW,
    WITH_AGENCIES,
    PositionStatus,
    RequestStatus,
)
from reporting.assistance.models import AgencyPosition, AssistanceRequest


@grants_of(AssistanceRequest)
def request_grants(request: AssistanceRequest) -> Iterable[Grant]:
    """The body's drafters and focal points prepare, coordinators submit, agencies answer once it reached them."""
    coordinating = Body.objects.filter(state_party_id=request.state_party_id, coordinates=True, is_active=True)
    coordinators = [(pk, Role.COORDINATOR) for pk in coordinating.values_list("pk", flat=True)]
    body = request.responsible_id
    for (_body, role), group in role_groups([(body, Role.DRAFTER), (body, Role.FOCAL_POINT), *coordinators]).items():
        yield Grant(VIEW, group_id=group)
        yield Grant(PREPARE, group_id=group)
        if role == Role.COORDINATOR:
            yield Grant(SUBMIT, group_id=group)
    if request.last_version_id is None:
        return
    levels = RoleGroup.objects.filter(agency__positions__request=request)
    for group, level in levels.values_list("group_id", "level"):
        yield Grant(VIEW, group_id=group)
        if level in {Level.DESK, Level.HEAD}:
            yield Grant(ANSWER, group_id=group)


# --- who ---------------------------------------------------------------------------------


def _of_state(permission: str) -> Right:
    """A grant to people of the request's own State."""

    def holds(who: Person, request: AssistanceRequest) -> bool:
        return who.user.state_party_id == request.state_party_id and who.holds(permission, request)

    return Right(holds)


def _is_focal(who: Person, request: AssistanceRequest) -> bool:
    return who.is_in(request.responsible_id, Role.FOCAL_POINT)


def _may_create(who: Person, state: StateParty) -> bool:
    own = who.user.state_party_id == state.pk
    return own and (who.is_coordinator or who.has_role(Role.DRAFTER, Role.FOCAL_POINT))


def _in_scope(who: Person, state_id: int) -> bool:
    return who.posting is not None and (who.scope is None or state_id in who.scope)


def _officer(*levels: Level) -> Right:
    """An officer of the position's agency, within scope; at one of ``levels`` if any is named."""

    def holds(who: Person, position: AgencyPosition) -> bool:
        posting = who.posting
        if posting is None or posting.agency_id != position.agency_id:
            return False
        if levels and posting.level not in levels:
            return False
        if not _in_scope(who, position.state_party_id):
            return False
        return who.holds(ANSWER if levels else VIEW, position.request)

    return Right(holds)


def _answers(who: Person, request: AssistanceRequest) -> bool:
    """An officer, desk or head, of any agency that the request was submitted to."""
    posting = who.posting
    if posting is None or posting.level not in {Level.DESK, Level.HEAD}:
        return False
    return _in_scope(who, request.state_party_id) and who.holds(ANSWER, request)


def _towards_agency(right: Right) -> Right:
    """A right on the request, asked of one of its positions."""
    return Right(lambda who, position: right.holds(who, position.request))


_STATE_READER = _of_state(VIEW)
_WRITER = _of_state(PREPARE)
_COORDINATOR = _of_state(SUBMIT)
_FOCAL = Right(_is_focal)
_ANY_OFFICER = _officer()
_DESK = _officer(Level.DESK, Level.HEAD)
_HEAD = _officer(Level.HEAD)

# --- what must be so ---------------------------------------------------------------------


def editable(request: AssistanceRequest) -> str | None:
    if request.status in EDITABLE:
        return None
    if request.status == RequestStatus.SUBMITTED:
        return _("The request is with the agencies. It can be changed when one of them asks back; write a message.")
    return _("The request has ended and is no longer changed.")


def with_agencies(request: AssistanceRequest) -> str | None:
    if request.status in WITH_AGENCIES:
        return None
    if request.status in ENDED:
        return _("The request has ended.")
    return _("The request has not been submitted.")


def was_submitted(request: AssistanceRequest) -> str | None:
    if request.status in WITH_AGENCIES or (request.status in ENDED and request.last_version_id is not None):
        return None
    return _("Messages are exchanged once the request has been submitted.")


def request_at_work(position: AgencyPosition) -> str | None:
    return with_agencies(position.request)


def _planned(position: AgencyPosition) -> str | None:
    if position.status in PLANNED:
        return None
    if position.status == PositionStatus.DECLINED and getattr(position, "plan", None) is not None:
        return None
    return _("The plan is written from “in discussion” on.")


def _unsettled(position: AgencyPosition) -> str | None:
    if position.status not in SETTLED:
        return None
    return _("The agency's part in this request has ended.")


def _in_discussion(position: AgencyPosition) -> str | None:
    if position.status == PositionStatus.IN_DISCUSSION:
        return None
    return _("A plan is offered while it is in discussion.")


# --- acts of the State on a request ------------------------------------------------------

_STATE_DENIAL = gettext_lazy("Requests are read by their ministry and the coordinators.")
_C_ONLY = gettext_lazy("Only the coordinators may do this.")

CREATE_REQUEST = Act(
    "create_request",
    rights=(Right(_may_create),),
    denial=gettext_lazy("Requests are written by drafters, focal points and coordinators."),
)
SEE_REQUEST = Act("see_request", rights=(_STATE_READER,), denial=_STATE_DENIAL, hidden=True)
EDIT_REQUEST = Act(
    "edit_request",
    rights=(_WRITER,),
    denial=gettext_lazy("The request is written by its ministry and the coordinators."),
    only_while=(editable,),
    sees=SEE_REQUEST,
)
CLEAR_REQUEST = Act(
    "clear_request",
    rights=(_FOCAL,),
    denial=gettext_lazy("Only the focal points of the responsible ministry clear its requests."),
    sees=SEE_REQUEST,
)
AUTHORISE_REQUEST = Act(
    "authorise_request",
    rights=(_COORDINATOR,),
    denial=gettext_lazy("The coordinators record the authorisation."),
    sees=SEE_REQUEST,
)
SUBMIT_REQUEST = Act(
    "submit_request",
    rights=(_COORDINATOR,),
    denial=gettext_lazy("The coordinators submit requests to the agencies."),
    sees=SEE_REQUEST,
)
CONCLUDE_REQUEST = Act("conclude_request", rights=(_COORDINATOR,), denial=_C_ONLY, sees=SEE_REQUEST)
ADD_AGENCY = Act(
    "add_agency",
    rights=(_COORDINATOR,),
    denial=gettext_lazy("Only the coordinators address a further agency."),
    only_while=(with_agencies,),
    sees=SEE_REQUEST,
)
SEE_POSITIONS = Act(
    "see_positions",
    rights=(_COORDINATOR, _FOCAL),
    denial=gettext_lazy("Where the agencies stand is shown to the ministry's focal points and the coordinators."),
    sees=SEE_REQUEST,
)
MESSAGE_AS_STATE = Act(
    "message_as_state",
    rights=(_COORDINATOR, _FOCAL),
    denial=gettext_lazy("The ministry's focal points and the coordinators write to the agencies."),
    only_while=(was_submitted,),
    sees=SEE_REQUEST,
)
# The move of the request that an agency's question makes; the agency itself comes by ASK_BACK.
RETURN_REQUEST = Act(
    "return_request",
    rights=(Right(_answers),),
    denial=gettext_lazy("An agency asks back."),
    sees=SEE_REQUEST,
)

# --- acts of an agency, and of the State towards one -------------------------------------

_DESK_ONLY = gettext_lazy("The agency's desk officers and its head answer requests.")
_HEAD_ONLY = gettext_lazy("Only the head of the desk offers or declines in the agency's name.")

READ_POSITION = Act(
    "read_position",
    rights=(_ANY_OFFICER,),
    denial=gettext_lazy("Requests are read by the agencies that they were submitted to."),
    hidden=True,
)
SEE_POSITION = Act(
    "see_position",
    rights=(_ANY_OFFICER, _towards_agency(_COORDINATOR), _towards_agency(_FOCAL)),
    denial=gettext_lazy("This is shown to the agency, the ministry's focal points and the coordinators."),
    hidden=True,
)
MOVE_POSITION = Act("move_position", rights=(_DESK,), denial=_DESK_ONLY, sees=SEE_POSITION)
DECLINE = Act("decline", rights=(_HEAD,), denial=_HEAD_ONLY, sees=SEE_POSITION)
OFFER_PLAN = Act(
    "offer_plan",
    rights=(_HEAD,),
    denial=_HEAD_ONLY,
    only_while=(request_at_work, _in_discussion),
    sees=SEE_POSITION,
)
ASK_BACK = Act(
    "ask_back", rights=(_DESK,), denial=_DESK_ONLY, only_while=(request_at_work, _unsettled), sees=SEE_POSITION
)
PROPOSE_REFERRAL = Act(
    "propose_referral", rights=(_DESK,), denial=_DESK_ONLY, only_while=(request_at_work,), sees=SEE_POSITION
)
WRITE_NOTE = Act("write_note", rights=(_DESK,), denial=_DESK_ONLY, only_while=(request_at_work,), sees=SEE_POSITION)
READ_NOTES = Act(
    "read_notes",
    rights=(_ANY_OFFICER,),
    denial=gettext_lazy("Notes stay inside the agency."),
    hidden=True,
)
MESSAGE_AS_AGENCY = Act(
    "message_as_agency",
    rights=(_ANY_OFFICER,),
    denial=gettext_lazy("The officers of the agency write to the State."),
    only_while=(lambda position: was_submitted(position.request),),
    sees=SEE_POSITION,
)
EDIT_PLAN = Act(
    "edit_plan",
    rights=(_DESK, _towards_agency(_COORDINATOR), _towards_agency(_FOCAL)),
    denial=gettext_lazy("The plan is written by the agency's desk, the ministry's focal points and the coordinators."),
    only_while=(request_at_work, _planned),
    sees=SEE_POSITION,
)
# Accepts an offer, confirms or disputes completion.
SETTLE_POSITION = Act(
    "settle_position",
    rights=(_towards_agency(_COORDINATOR),),
    denial=gettext_lazy("The coordinators accept plans and confirm or dispute completion."),
    sees=SEE_POSITION,
)


def visible_requests(user: User) -> "QuerySet[Any]":
    """The requests of the user's own State that the user may read; none for an agency's officer."""
    return granted(user, VIEW, AssistanceRequest).of(user)  # type: ignore[attr-defined]
