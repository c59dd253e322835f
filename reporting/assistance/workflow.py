"""Which moves requests and agencies' positions make (design.md, section 4).

Buttons, services, docs/workflow.md and the tests all read these tables.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acts import Attempt, Move, asked_in_form, table
from accounts.requirements import reason_given
from reporting.assistance.choices import BEFORE_AGREED, SETTLED, PositionStatus, RequestStatus
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.permissions import (
    AUTHORISE_REQUEST,
    CLEAR_REQUEST,
    CONCLUDE_REQUEST,
    DECLINE,
    EDIT_REQUEST,
    MOVE_POSITION,
    RETURN_REQUEST,
    SETTLE_POSITION,
    SUBMIT_REQUEST,
    request_at_work,
)

# --- requests ----------------------------------------------------------------------------


def missing_parts(request: AssistanceRequest) -> list[str]:
    """Sentences on what the first step still lacks (``required`` in request_form of agencies.yaml)."""
    texts = [
        (request.title, _("Give the request a title.")),
        (request.need, _("Write what is to become possible that is not possible today.")),
        (request.in_place, _("Write what is in place.")),
        (request.missing, _("Write what is missing.")),
        (request.kinds, _("Choose at least one kind of assistance.")),
        (request.why_now, _("Write why the request is made now.")),
        (request.needed_by_on, _("Give the date by which the assistance is needed.")),
        (request.counterpart_unit, _("Name the unit of the counterpart.")),
        (request.counterpart_name, _("Name a contact person.")),
        (request.counterpart_email, _("Give the e-mail address of the contact person.")),
        (request.counterpart_phone, _("Give the telephone number of the contact person.")),
    ]
    lacks = [sentence for value, sentence in texts if not value]
    if not (request.provisions.exists() or request.themes.exists() or request.recommendations.strip()):
        lacks.append(_("Say what the request is about: name a provision, a theme or a recommendation."))
    if not request.agencies.exists():
        lacks.append(_("Choose at least one agency."))
    return lacks


def complete(request: AssistanceRequest, attempt: Attempt) -> str | None:
    return " ".join(missing_parts(request)) or None


@asked_in_form
def authorisation_given(request: AssistanceRequest, attempt: Attempt) -> str | None:
    if attempt.facts.get("office") and attempt.facts.get("authorised_on"):
        return None
    return _("Give the office that authorised the request, and the date.")


@asked_in_form
def settled_or_reason(request: AssistanceRequest, attempt: Attempt) -> str | None:
    """Every position confirmed, declined or discontinued; else the agencies read the reason."""
    if attempt.reason.strip():
        return None
    open_ones = request.positions.exclude(status__in=SETTLED).select_related("agency")
    names = ", ".join(str(row.agency) for row in open_ones)
    if not names:
        return None
    return _("Give the reason: %(agencies)s have not finished.") % {"agencies": names}


settled_or_reason.asks_reason = True  # type: ignore[attr-defined]

_R = RequestStatus

REQUEST_MOVES = table(
    Move("clear", {_R.DRAFT}, _R.CLEARED, CLEAR_REQUEST, gettext_lazy("Clear for the ministry"), (complete,)),
    # By a change of what was cleared: the sentence on the form says so.
    Move("reopen", {_R.CLEARED, _R.AUTHORISED}, _R.DRAFT, EDIT_REQUEST, gettext_lazy("Change and take back to draft")),
    Move(
        "authorise",
        {_R.CLEARED},
        _R.AUTHORISED,
        AUTHORISE_REQUEST,
        gettext_lazy("Record the authorisation"),
        (authorisation_given,),
    ),
    Move("submit", {_R.AUTHORISED}, _R.SUBMITTED, SUBMIT_REQUEST, gettext_lazy("Submit to the agencies"), (complete,)),
    Move(
        "submit_as_enquiry",
        {_R.CLEARED},
        _R.SUBMITTED,
        SUBMIT_REQUEST,
        gettext_lazy("Submit as an enquiry"),
        (complete,),
    ),
    # By an agency that asks back; a second agency that asks finds the request returned already.
    Move("ask_back", {_R.SUBMITTED}, _R.RETURNED, RETURN_REQUEST, gettext_lazy("Ask back"), (reason_given,)),
    Move("submit_again", {_R.RETURNED}, _R.SUBMITTED, SUBMIT_REQUEST, gettext_lazy("Submit again"), (complete,)),
    Move(
        "withdraw",
        {_R.DRAFT, _R.CLEARED, _R.AUTHORISED, _R.SUBMITTED, _R.RETURNED},
        _R.WITHDRAWN,
        CONCLUDE_REQUEST,
        gettext_lazy("Withdraw the request"),
        (settled_or_reason,),
    ),
    # Returned is submitted with a question open: it can be closed as well.
    Move(
        "close",
        {_R.SUBMITTED, _R.RETURNED},
        _R.CLOSED,
        CONCLUDE_REQUEST,
        gettext_lazy("Close the request"),
        (settled_or_reason,),
    ),
)

# --- agencies' positions -----------------------------------------------------------------


@asked_in_form
def offer_stands(position: AgencyPosition, attempt: Attempt) -> str | None:
    """The coordinator accepts the very version that the head offered."""
    plan = getattr(position, "plan", None)
    if plan is None or plan.offered_id is None:
        return _("The agency has not offered a plan, or it was changed since and the offer was taken back.")
    if attempt.facts.get("number") != plan.offered.number:
        return _("Another version of the plan was offered meanwhile: read it before you accept.")
    return None


_P = PositionStatus

POSITION_MOVES = table(
    Move("acknowledge", {_P.NO_ANSWER}, _P.ACKNOWLEDGED, MOVE_POSITION, gettext_lazy("Acknowledge")),
    Move("open_plan", {_P.ACKNOWLEDGED}, _P.IN_DISCUSSION, MOVE_POSITION, gettext_lazy("Open a plan")),
    Move("accept", {_P.IN_DISCUSSION}, _P.AGREED, SETTLE_POSITION, gettext_lazy("Accept the plan"), (offer_stands,)),
    Move("await_funds", {_P.AGREED}, _P.AWAITING_FUNDS, MOVE_POSITION, gettext_lazy("Wait for funds")),
    Move("start", {_P.AGREED, _P.AWAITING_FUNDS}, _P.IN_PROGRESS, MOVE_POSITION, gettext_lazy("Start the work")),
    Move("complete", {_P.IN_PROGRESS}, _P.COMPLETED, MOVE_POSITION, gettext_lazy("Report completion")),
    Move("confirm", {_P.COMPLETED}, _P.CONFIRMED, SETTLE_POSITION, gettext_lazy("Confirm completion")),
    Move(
        "dispute",
        {_P.COMPLETED},
        _P.DISPUTED,
        SETTLE_POSITION,
        gettext_lazy("Dispute completion"),
        (reason_given,),
    ),
    Move("resume", {_P.DISPUTED}, _P.IN_PROGRESS, MOVE_POSITION, gettext_lazy("Take the work up again")),
    Move("decline", BEFORE_AGREED, _P.DECLINED, DECLINE, gettext_lazy("Decline"), (reason_given,)),
    # Completed work is confirmed or disputed first.
    Move(
        "discontinue",
        {_P.AGREED, _P.AWAITING_FUNDS, _P.IN_PROGRESS, _P.DISPUTED},
        _P.DISCONTINUED,
        MOVE_POSITION,
        gettext_lazy("Discontinue"),
        (reason_given,),
    ),
    also=[request_at_work],
)
