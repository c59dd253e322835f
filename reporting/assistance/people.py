"""What changes of people and bodies mean for requests; registered in AppConfig.ready."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Body, User
from accounts.permissions import regrant
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.permissions import visible_requests

# What notices say; names only.
SENTENCES = {
    "request.clear": _("%(by)s cleared %(reference)s for the ministry. The authorisation can be recorded."),
    "request.reopen": _("%(by)s changed %(reference)s: it is a draft again."),
    "request.authorise": _("%(by)s recorded the authorisation of %(reference)s."),
    "request.submitted": _("%(by)s submitted %(reference)s to the agencies."),
    "request.submit": _("%(state)s submitted %(reference)s: %(title)s."),
    "request.submit_again": _("%(state)s submitted %(reference)s again: %(title)s."),
    "request.ask_back": _("%(agency)s asks back about %(reference)s: mend it and submit it again."),
    "request.withdraw": _("%(by)s withdrew %(reference)s."),
    "request.close": _("%(by)s closed %(reference)s."),
    "request.message": _("%(by)s wrote about %(reference)s."),
    "position.acknowledge": _("%(agency)s acknowledged %(reference)s."),
    "position.open_plan": _("%(agency)s opened a plan for %(reference)s."),
    "position.accept": _("%(by)s accepted the plan for %(reference)s."),
    "position.await_funds": _("%(agency)s waits for funds for %(reference)s."),
    "position.start": _("%(agency)s started the work on %(reference)s."),
    "position.complete": _("%(agency)s reports %(reference)s completed: confirm or dispute it."),
    "position.confirm": _("%(by)s confirmed the completion of %(reference)s."),
    "position.dispute": _("%(by)s disputes the completion of %(reference)s."),
    "position.resume": _("%(agency)s took the work on %(reference)s up again."),
    "position.decline": _("%(agency)s declined %(reference)s."),
    "position.discontinue": _("%(agency)s discontinued the work on %(reference)s."),
    "position.refer": _("%(agency)s proposes to address %(to)s about %(reference)s as well."),
    "plan.save": _("%(by)s changed the plan for %(reference)s."),
    "plan.offer": _("%(agency)s offers a plan for %(reference)s: read it and accept it, or change it."),
}


def body_changed(body: Body) -> None:
    """Derive again the grants on the requests that a body is responsible for, or all if it may coordinate."""
    rows = AssistanceRequest.objects.filter(state_party_id=body.state_party_id)
    for request in rows.iterator():
        regrant(request)


def hand_over(leaver: User, successor: User | None, by: User | None) -> None:
    """The successor becomes responsible for the positions of an officer who leaves."""
    AgencyPosition.objects.filter(responsible=leaver).update(responsible=successor)


def visible_request_ids(user: User, ids: set[str]) -> set[str]:
    return {str(pk) for pk in visible_requests(user).filter(pk__in=ids).values_list("pk", flat=True)}


def visible_position_ids(user: User, ids: set[str]) -> set[str]:
    """Positions as an agency's officers hear of them."""
    if user.agency_id is None:
        return set()
    return {str(pk) for pk in AgencyPosition.objects.of(user).filter(pk__in=ids).values_list("pk", flat=True)}


def request_addresses(ids: set[str]) -> dict[str, str]:
    rows = AssistanceRequest.objects.filter(pk__in=ids).only("pk", "reference", "uuid")
    return {str(row.pk): f"/assistance/{row.address}/" for row in rows}


def position_addresses(ids: set[str]) -> dict[str, str]:
    rows = AgencyPosition.objects.filter(pk__in=ids).values_list("pk", "request__reference")
    return {str(pk): f"/agency/requests/{reference}/" for pk, reference in rows}
