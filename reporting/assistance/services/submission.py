"""What crosses between the State and the agencies: submitting, asking back, adding an agency, concluding."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.exceptions import NotReady, Refused
from accounts.models import Agency, StateParty, User
from accounts.services.people import level_groups
from reporting.assistance.choices import RequestStatus
from reporting.assistance.freeze import canonical_sha256, submitted_content
from reporting.assistance.models import AgencyPosition, AssistanceRequest, Message, RequestVersion
from reporting.assistance.permissions import ADD_AGENCY, ASK_BACK
from reporting.assistance.querysets import packed
from reporting.assistance.services.recipients import tell_agencies, tell_state
from reporting.assistance.workflow import REQUEST_MOVES
from reporting.text.folding import fold

SUBMITTING = ("submit", "submit_as_enquiry", "submit_again")


@transaction.atomic
def submit_request(request: AssistanceRequest, *, move: str, by: User) -> RequestVersion:
    """Send the request as it stands to the agencies addressed: a version that never changes.

    ``move`` is one of ``SUBMITTING``. Raises NotReady with what the request lacks.
    """
    if move not in SUBMITTING:
        raise Refused(_("This does not submit a request."))
    request = moves.lock(request, "state_party", "responsible", "last_version")
    numbered = [] if request.reference else _number(request)
    moves.carry_out(request, REQUEST_MOVES[move], moves=REQUEST_MOVES, by=by)
    if move == "submit_as_enquiry":
        request.is_enquiry = True
    elif move == "submit":
        request.is_enquiry = False
    version = _freeze(request, by)
    request.last_version = version
    request.save(update_fields=["is_enquiry", "last_version", *numbered])
    before = list(request.positions.select_related("agency", "state_party", "request__last_version"))
    for position in before:
        position.request = request
    for position in (row for row in before if row.is_returned):
        position.is_returned = False
        position.clock_from = version.submitted_at
        position.save(update_fields=["is_returned", "clock_from"])
    known = {row.agency_id for row in before}
    added = [_address(request, agency, version) for agency in request.agencies.exclude(pk__in=known)]
    permissions.regrant(request)
    tell_agencies(before, "request.submit_again", by=by)
    tell_agencies(added, "request.submit", by=by)
    tell_state(request, "request.submitted", by=by)
    return version


def _number(request: AssistanceRequest) -> list[str]:
    """Give the next number of the State and the year; the names of the fields that hold it.

    The lock on the State holds until the number is written: of two that are submitted at once, the second
    waits. It leaves alone what only refers to the State.
    """
    state = StateParty.objects.select_for_update(no_key=True).get(pk=request.state_party_id)
    year = timezone.localdate().year
    given = AssistanceRequest.objects.filter(state_party=state, year=year).aggregate(last=Max("number"))["last"]
    request.year, request.number = year, (given or 0) + 1
    request.reference = f"{state.code}-{year}-{request.number:02d}"
    return ["reference", "year", "number"]


def _freeze(request: AssistanceRequest, by: User) -> RequestVersion:
    content = submitted_content(request)
    return RequestVersion.objects.create(
        state_party=request.state_party,
        request=request,
        number=(request.last_version.number if request.last_version else 0) + 1,
        content=content,
        sha256=canonical_sha256(content),
        title=request.title,
        kinds=packed(request.kind_codes),
        language=request.language,
        needed_by_on=request.needed_by_on,
        folded=fold(f"{request.title}\n{request.need}\n{request.in_place}\n{request.missing}"),
        submitted_by=by,
        submitted_at=timezone.now(),
    )


def _address(request: AssistanceRequest, agency: Agency, version: RequestVersion) -> AgencyPosition:
    level_groups(agency)  # so that an officer posted later finds the grants on the group
    return AgencyPosition.objects.create(
        state_party=request.state_party, request=request, agency=agency, clock_from=timezone.now()
    )


@transaction.atomic
def add_agency(request: AssistanceRequest, *, agency: Agency, by: User) -> AgencyPosition:
    """Address a further agency, for instance one that another proposed; it reads the last submitted version."""
    request = moves.lock(request, "state_party", "responsible", "last_version")
    permissions.require(by, ADD_AGENCY, request)
    if request.positions.filter(agency=agency).exists():
        raise Refused(_("%(agency)s is addressed already.") % {"agency": agency})
    request.agencies.add(agency)
    assert request.last_version is not None
    position = _address(request, agency, request.last_version)
    permissions.regrant(request)
    history.record("assistancerequest.add_agency", by=by, subject=request, agency=agency.code)
    tell_agencies([position], "request.submit", by=by)
    return position


@transaction.atomic
def ask_back(position: AgencyPosition, *, by: User, text: str) -> AgencyPosition:
    """Ask the State for more: the request is returned, this agency's clock stands still, the question is a message."""
    request = moves.lock(position.request, "state_party", "responsible", "last_version")
    position = moves.lock(position, "agency", "state_party")
    position.request = request
    permissions.require(by, ASK_BACK, position)
    if not text.strip():
        reason = _("Write what the agency needs to know.")
        raise NotReady(reason, missing=[(reason, "#text")])
    if position.is_returned:
        raise Refused(
            _("%(name)s asked back already; the State has not submitted again yet.") % {"name": position.asked_back_by}
        )
    now = timezone.now()
    if request.status == RequestStatus.SUBMITTED:
        moves.carry_out(request, REQUEST_MOVES["ask_back"], moves=REQUEST_MOVES, by=by, reason=text)
    position.is_returned, position.asked_back = True, text.strip()
    position.asked_back_by, position.asked_back_at = by, now
    position.save(update_fields=["is_returned", "asked_back", "asked_back_by", "asked_back_at"])
    Message.objects.create(
        state_party_id=position.state_party_id,
        request=request,
        agency=position.agency,
        sender=position.agency,
        text=text.strip(),
        by=by,
        at=now,
    )
    history.record("agencyposition.ask_back", by=by, subject=position, reason=text.strip())
    tell_state(request, "request.ask_back", by=by, agency=position.agency.code)
    return position


@transaction.atomic
def conclude_request(request: AssistanceRequest, *, move: str, by: User, reason: str = "") -> AssistanceRequest:
    """Withdraw or close a request. Raises NotReady where positions are open and no reason is given."""
    if move not in {"withdraw", "close"}:
        raise Refused(_("This does not conclude a request."))
    request = moves.lock(request, "state_party", "responsible", "last_version")
    moves.carry_out(request, REQUEST_MOVES[move], moves=REQUEST_MOVES, by=by, reason=reason)
    positions = list(request.positions.select_related("agency", "state_party"))
    for position in positions:
        position.request = request
    tell_agencies(positions, f"request.{move}", by=by)
    tell_state(request, f"request.{move}", by=by)
    return request
