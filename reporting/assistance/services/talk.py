"""Messages between the State and agencies, and notes inside one agency."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, permissions
from accounts.exceptions import NotReady, Refused
from accounts.models import Agency, User
from reporting.assistance.models import AgencyPosition, AssistanceRequest, Message, Note
from reporting.assistance.permissions import MESSAGE_AS_AGENCY, MESSAGE_AS_STATE, WRITE_NOTE
from reporting.assistance.services.recipients import tell_agencies, tell_state


def _said(text: str) -> str:
    if text.strip():
        return text.strip()
    reason = _("Write the text first.")
    raise NotReady(reason, missing=[(reason, "#text")])


@transaction.atomic
def write_to_agencies(
    request: AssistanceRequest, *, by: User, text: str, agency: Agency | None = None, token: uuid.UUID | None = None
) -> Message:
    """The State writes to all agencies addressed, or to one. The same ``token`` says it once."""
    request = AssistanceRequest.objects.select_for_update().get(pk=request.pk)
    permissions.require(by, MESSAGE_AS_STATE, request)
    positions = list(request.positions.select_related("agency", "state_party", "request__last_version"))
    to = [row for row in positions if agency is None or row.agency_id == agency.pk]
    if not to:
        raise Refused(_("The request was not submitted to this agency."))
    message, created = Message.objects.get_or_create(
        token=token or uuid.uuid4(),
        defaults={
            "state_party_id": request.state_party_id,
            "request": request,
            "agency": agency,
            "text": _said(text),
            "by": by,
            "at": timezone.now(),
        },
    )
    if created:
        history.record("request.message", by=by, subject=request, to=agency.code if agency else "all")
        tell_agencies(to, "request.message", by=by)
        tell_state(request, "request.message", by=by)
    return message


@transaction.atomic
def write_to_state(
    position: AgencyPosition, *, by: User, text: str, to_all: bool = False, token: uuid.UUID | None = None
) -> Message:
    """An agency writes to the State; with ``to_all`` the other agencies addressed read it too."""
    request = AssistanceRequest.objects.select_for_update().get(pk=position.request_id)
    position.request = request
    permissions.require(by, MESSAGE_AS_AGENCY, position)
    message, created = Message.objects.get_or_create(
        token=token or uuid.uuid4(),
        defaults={
            "state_party_id": request.state_party_id,
            "request": request,
            "agency": None if to_all else position.agency,
            "sender": position.agency,
            "text": _said(text),
            "by": by,
            "at": timezone.now(),
        },
    )
    if created:
        history.record("request.message", by=by, subject=position, to="all" if to_all else "State")
        tell_state(request, "request.message", by=by, agency=position.agency.code)
        if to_all:
            others = request.positions.exclude(pk=position.pk)
            tell_agencies(
                others.select_related("agency", "state_party", "request__last_version"), "request.message", by=by
            )
    return message


@transaction.atomic
def write_note(position: AgencyPosition, *, by: User, text: str, token: uuid.UUID | None = None) -> Note:
    """A note that only the agency reads; its act is kept in the agency's own chain."""
    permissions.require(by, WRITE_NOTE, position)
    note, created = Note.objects.get_or_create(
        token=token or uuid.uuid4(),
        defaults={
            "state_party_id": position.state_party_id,
            "request": position.request,
            "agency": position.agency,
            "text": _said(text),
            "by": by,
            "at": timezone.now(),
        },
    )
    if created:
        history.record("agency.note", by=by, subject=position, chain=history.chain_of(agency_id=position.agency_id))
    return note
