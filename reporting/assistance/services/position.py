"""An agency's position on a request, its plan, and what it proposes."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history, moves, permissions
from accounts.exceptions import NotReady, Refused
from accounts.models import Agency, User
from reporting.assistance.exceptions import Stale
from reporting.assistance.freeze import canonical_sha256
from reporting.assistance.models import AgencyPosition, Plan, PlanVersion, Referral
from reporting.assistance.permissions import EDIT_PLAN, MOVE_POSITION, OFFER_PLAN, PROPOSE_REFERRAL
from reporting.assistance.services import merge
from reporting.assistance.services.recipients import tell_agencies, tell_state
from reporting.assistance.workflow import POSITION_MOVES


def _locked(position: AgencyPosition) -> AgencyPosition:
    """Request first, then position: always in this order."""
    request = moves.lock(position.request, "state_party", "responsible", "last_version")
    position = moves.lock(position, "agency", "state_party")
    position.request = request
    return position


@transaction.atomic
def move_position(
    position: AgencyPosition, *, move: str, by: User, reason: str = "", number: int | None = None
) -> AgencyPosition:
    """Make a move of ``POSITION_MOVES``; ``number`` is the version of the plan that is accepted."""
    position = _locked(position)
    row = POSITION_MOVES.get(move)
    if row is None:
        raise Refused(_("There is no such step."))
    moves.carry_out(position, row, moves=POSITION_MOVES, by=by, reason=reason, number=number)
    if by.agency_id is not None and position.responsible_id is None:
        position.responsible = by
        position.save(update_fields=["responsible"])
    if move == "open_plan":
        Plan.objects.create(state_party_id=position.state_party_id, position=position)
    if move == "accept":
        plan = moves.lock(position.plan)
        plan.accepted_id = plan.offered_id
        plan.save(update_fields=["accepted"])
    if by.agency_id is not None:
        tell_state(position.request, f"position.{move}", by=by, agency=position.agency.code)
    else:
        tell_agencies([position], f"position.{move}", by=by)
    return position


@transaction.atomic
def take_responsibility(position: AgencyPosition, *, by: User) -> AgencyPosition:
    """Become the officer named on the request."""
    position = _locked(position)
    permissions.require(by, MOVE_POSITION, position)
    if position.responsible_id != by.pk:
        position.responsible = by
        position.save(update_fields=["responsible"])
        history.record("agencyposition.responsible", by=by, subject=position)
    return position


@transaction.atomic
def save_plan(
    position: AgencyPosition,
    *,
    by: User,
    number: int | None,
    content: dict[str, Any],
    decided: merge.Decided | None = None,
) -> Plan:
    """Save the plan as a new version, from version ``number`` on; an offer is taken back by it.

    Parts that only the other side changed meanwhile are kept. Raises Stale where both sides changed the
    same part and nobody ``decided``, with what stands now; Refused where ``number`` is missing.
    """
    position = _locked(position)
    permissions.require(by, EDIT_PLAN, position)
    plan = moves.lock(position.plan, "offered")
    if number is None:
        raise Refused(_("The form does not say which version it was opened on. Open it again."))
    last = plan.versions.first()
    standing = last.content if last else {}
    if number != plan.version:
        content = _joined(plan, number, content, last, decided)
    if content == standing:
        return plan
    now = timezone.now()
    plan.version += 1
    PlanVersion.objects.create(
        state_party_id=plan.state_party_id,
        plan=plan,
        number=plan.version,
        content=content,
        sha256=canonical_sha256([content, last.sha256 if last else ""]),
        by=by,
        by_name=str(by),
        at=now,
    )
    had_offer = plan.offered_id is not None and plan.offered_id != plan.accepted_id
    plan.offered, plan.offered_by, plan.offered_at = None, None, None
    plan.save()
    if had_offer:
        history.record("plan.offer_taken_back", by=by, subject=position, number=plan.version)
    tell_state(position.request, "plan.save", by=by, agency=position.agency.code)
    tell_agencies([position], "plan.save", by=by)
    return plan


def _joined(
    plan: Plan, number: int, mine: dict[str, Any], last: PlanVersion | None, decided: merge.Decided | None
) -> dict[str, Any]:
    """The plan with what the other side changed after ``number``; a part that nobody wrote was empty."""
    empty = {name: type(value)() for name, value in mine.items()}
    based = plan.versions.filter(number=number).first()
    standing = empty | (last.content if last else {})
    content, both = merge.joined(empty | (based.content if based else {}), standing, mine)
    if not merge.settled(content, both, mine, number=plan.version, decided=decided):
        reason = _("%(name)s saved the plan meanwhile.") % {"name": last.by_name if last else ""}
        raise Stale(reason, number=plan.version, theirs=both)
    return content


@transaction.atomic
def offer_plan(position: AgencyPosition, *, by: User, number: int | None) -> Plan:
    """Offer the last version of the plan to the State, in the agency's name."""
    position = _locked(position)
    permissions.require(by, OFFER_PLAN, position)
    plan = moves.lock(position.plan)
    if plan.version == 0:
        raise Refused(_("Write the plan before you offer it."))
    if number != plan.version:
        raise Refused(_("The plan was changed meanwhile: read it before you offer it."))
    version = plan.versions.get(number=number)
    if plan.offered_id == version.pk:
        return plan
    plan.offered, plan.offered_by, plan.offered_at = version, by, timezone.now()
    plan.save()
    history.record("plan.offer", by=by, subject=position, number=number)
    tell_state(position.request, "plan.offer", by=by, agency=position.agency.code)
    return plan


@transaction.atomic
def propose_referral(position: AgencyPosition, *, by: User, agency: Agency, reason: str) -> Referral:
    """Propose to the State that it address another agency too; nothing is shown to that agency."""
    position = _locked(position)
    permissions.require(by, PROPOSE_REFERRAL, position)
    if not reason.strip():
        said = _("Give the reason: the people concerned will read it.")
        raise NotReady(said, missing=[(said, "")])
    if position.request.positions.filter(agency=agency).exists():
        raise Refused(_("%(agency)s is addressed already.") % {"agency": agency})
    referral, created = Referral.objects.get_or_create(
        position=position,
        agency=agency,
        defaults={
            "state_party_id": position.state_party_id,
            "reason": reason.strip(),
            "by": by,
            "at": timezone.now(),
        },
    )
    if created:
        history.record("agencyposition.refer", by=by, subject=position, reason=reason.strip(), agency=agency.code)
        tell_state(position.request, "position.refer", by=by, agency=position.agency.code, to=agency.code)
    return referral
