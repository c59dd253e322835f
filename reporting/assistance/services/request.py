"""Writing a request within the State, clearing it and recording its authorisation."""

import dataclasses
import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import Agency, Body, StateParty, User
from reporting.assistance.choices import RequestStatus
from reporting.assistance.exceptions import Stale
from reporting.assistance.models import AssistanceRequest
from reporting.assistance.permissions import CREATE_REQUEST, EDIT_REQUEST
from reporting.assistance.querysets import packed, unpacked
from reporting.assistance.services import merge
from reporting.assistance.services.recipients import tell_state
from reporting.assistance.workflow import REQUEST_MOVES
from reporting.instruments.models import Provision, Theme
from reporting.reports.models import Answer
from reporting.text.folding import fold


@dataclasses.dataclass
class Draft:
    """What the first step's page says; everything but title and body may still be empty."""

    title: str
    responsible: Body
    need: str = ""
    in_place: str = ""
    missing: str = ""
    kinds: list[str] = dataclasses.field(default_factory=list)
    themes: list[Theme] = dataclasses.field(default_factory=list)
    provisions: list[Provision] = dataclasses.field(default_factory=list)
    recommendations: str = ""
    why_now: str = ""
    needed_by_on: datetime.date | None = None
    counterpart_unit: str = ""
    counterpart_name: str = ""
    counterpart_email: str = ""
    counterpart_phone: str = ""
    language: str = "en"
    agencies: list[Agency] = dataclasses.field(default_factory=list)
    tried_before: str = ""
    plan_link: str = ""
    resident_coordinator_informed_on: datetime.date | None = None
    social_partners_consulted_on: datetime.date | None = None
    security_forces: bool = False
    internal_priority: str = ""


MANY = ("themes", "provisions", "agencies")
PLAIN = tuple(field.name for field in dataclasses.fields(Draft) if field.name not in (*MANY, "kinds"))


@transaction.atomic
def create_request(
    state: StateParty, *, by: User, draft: Draft, origin: Answer | None = None, token: uuid.UUID | None = None
) -> AssistanceRequest:
    """Start a request as a draft. ``token`` comes with the form: sent twice, it makes one request.

    ``origin`` is the answer it arose from, which the State alone ever sees.
    Raises Refused where the person may not write for the responsible body.
    """
    state = StateParty.objects.select_for_update().get(pk=state.pk)
    permissions.require(by, CREATE_REQUEST, state)
    if token is not None:
        made = AssistanceRequest.objects.of(by).filter(uuid=token, created_by=by).first()
        if made is not None:
            return made
    _check_body(draft.responsible, state, by)
    if origin is not None and origin.state_party_id != state.pk:
        raise Refused(_("The answer belongs to another State."))
    now = timezone.now()
    request = AssistanceRequest(
        state_party=state,
        uuid=token or uuid.uuid4(),
        origin_answer=origin,
        origin_section=origin.section if origin else None,
        created_by=by,
        changed_by=by,
        changed_at=now,
        status_by=by,
        status_at=now,
    )
    _write(request, draft)
    request.save()
    for name in MANY:
        getattr(request, name).set(getattr(draft, name))
    permissions.regrant(request)
    history.record("assistancerequest.create", by=by, subject=request, body=str(draft.responsible))
    return request


@transaction.atomic
def change_request(
    request: AssistanceRequest,
    *,
    by: User,
    version: int | None,
    draft: Draft,
    decided: merge.Decided | None = None,
) -> AssistanceRequest:
    """Save a changed draft; what was cleared or authorised goes back to draft, what was returned stays returned.

    What somebody else saved after ``version`` is joined with it. Raises Stale where both changed the same and
    nobody ``decided``, Refused where the state or the rights stand against it or ``version`` is missing.
    """
    request = moves.lock(request, "state_party", "responsible")
    permissions.require(by, EDIT_REQUEST, request)
    if version is None:
        raise Refused(_("The form does not say which version it was opened on. Open it again."))
    if version != request.version:
        draft = _joined(request, version, draft, decided)
    changed = changes(request, draft)
    if not changed:
        return request
    if "responsible" in changed:
        _check_body(draft.responsible, request.state_party, by)
    _keep_addressed(request, draft)
    if request.status in {RequestStatus.CLEARED, RequestStatus.AUTHORISED}:
        moves.carry_out(request, REQUEST_MOVES["reopen"], moves=REQUEST_MOVES, by=by)
        request.authorised_office = request.authorised_reference = ""
        request.letter_name = request.letter_sha256 = ""
        request.authorised_on, request.letter = None, ""
        tell_state(request, "request.reopen", by=by)
    _write(request, draft)
    request.version += 1
    request.changed_by, request.changed_at = by, timezone.now()
    request.save()
    for name in MANY:
        getattr(request, name).set(getattr(draft, name))
    permissions.regrant(request)
    return request


def standing(request: AssistanceRequest, name: str) -> Any:
    """What a field of the first step says now, in the shape of ``Draft``."""
    if name == "kinds":
        return request.kind_codes
    return list(getattr(request, name).all()) if name in MANY else getattr(request, name)


def changes(request: AssistanceRequest, draft: Draft) -> list[str]:
    """Names of the fields in which ``draft`` differs from what stands."""
    found = [name for name in PLAIN if getattr(request, name) != getattr(draft, name)]
    if set(request.kind_codes) != set(draft.kinds):
        found.append("kinds")
    for name in MANY:
        if {row.pk for row in getattr(request, name).all()} != {row.pk for row in getattr(draft, name)}:
            found.append(name)
    return found


def _joined(request: AssistanceRequest, version: int, draft: Draft, decided: merge.Decided | None) -> Draft:
    """The draft with what somebody else changed after ``version``."""
    names = [field.name for field in dataclasses.fields(Draft)]
    mine = {name: getattr(draft, name) for name in names}
    values, both = merge.joined(
        _written_from(request, version), {name: standing(request, name) for name in names}, mine, same=_same
    )
    if not merge.settled(values, both, mine, number=request.version, decided=decided):
        reason = _("%(name)s saved this request meanwhile.") % {"name": request.changed_by}
        raise Stale(reason, number=request.version, theirs=both)
    return Draft(**values)


def _written_from(request: AssistanceRequest, version: int) -> dict[str, Any]:
    """What a version said, by name, as far as the history of the row holds it: not the lists of ``MANY``."""
    old = request.history.filter(version=version).first()  # type: ignore[attr-defined]
    if old is None:
        return {}
    plain = {name: getattr(old, name) for name in PLAIN if name != "responsible"}
    return {**plain, "kinds": unpacked(old.kinds), "responsible": Body.objects.filter(pk=old.responsible_id).first()}


def _same(one: Any, other: Any) -> bool:
    """Lists are the same in any order."""
    if isinstance(one, list) and isinstance(other, list):
        return {getattr(each, "pk", each) for each in one} == {getattr(each, "pk", each) for each in other}
    return bool(one == other)


def _write(request: AssistanceRequest, draft: Draft) -> None:
    for name in PLAIN:
        setattr(request, name, getattr(draft, name))
    request.kinds = packed(draft.kinds)
    request.folded = fold(f"{draft.title}\n{draft.need}\n{draft.in_place}\n{draft.missing}")


def _check_body(body: Body, state: StateParty, by: User) -> None:
    who = permissions.person(by)
    own = who.is_in(body.pk, Role.DRAFTER, Role.FOCAL_POINT)
    if body.state_party_id != state.pk or not (own or who.is_coordinator):
        raise Refused(_("Choose a body for which you write: the coordinators may choose any."))


def _keep_addressed(request: AssistanceRequest, draft: Draft) -> None:
    """Nobody to whom a request was submitted drops out of it."""
    kept = {agency.pk for agency in draft.agencies}
    lost = [row.agency.code for row in request.positions.select_related("agency") if row.agency_id not in kept]
    if lost:
        raise Refused(
            _("The request was submitted to %(agencies)s already: an agency cannot be taken away.")
            % {"agencies": ", ".join(lost)}
        )


@transaction.atomic
def clear_request(request: AssistanceRequest, *, by: User) -> AssistanceRequest:
    """Clear a request for the ministry. Raises NotReady with what it lacks, Refused where it cannot be now."""
    request = moves.lock(request, "state_party", "responsible")
    moves.carry_out(request, REQUEST_MOVES["clear"], moves=REQUEST_MOVES, by=by)
    tell_state(request, "request.clear", by=by, focal_points=False)
    return request


@files.with_its_files
@transaction.atomic
def authorise_request(
    request: AssistanceRequest,
    *,
    by: User,
    office: str,
    authorised_on: datetime.date | None,
    reference: str = "",
    letter: files.Received | None = None,
) -> AssistanceRequest:
    """Record which authority allowed the request to go out, when and under which reference."""
    request = moves.lock(request, "state_party", "responsible")
    moves.carry_out(
        request,
        REQUEST_MOVES["authorise"],
        moves=REQUEST_MOVES,
        by=by,
        office=office.strip(),
        authorised_on=authorised_on,
    )
    request.authorised_office, request.authorised_on = office.strip(), authorised_on
    request.authorised_reference = reference.strip()
    if letter is not None:
        request.letter_name, request.letter_sha256 = letter.name, letter.sha256
        letter.store_in(request.letter)
    request.save()
    history.record(
        "assistancerequest.authorisation",
        by=by,
        subject=request,
        office=request.authorised_office,
        on=authorised_on,
        reference=request.authorised_reference,
        **({"sha256": letter.sha256} if letter is not None else {}),
    )
    tell_state(request, "request.authorise", by=by)
    return request
