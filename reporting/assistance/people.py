"""What changes of people and bodies mean for requests; registered in AppConfig.ready."""

from accounts.models import Body, User
from accounts.permissions import regrant
from reporting.assistance.models import AgencyPosition, AssistanceRequest
from reporting.assistance.permissions import visible_requests


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
    rows = AssistanceRequest.objects.filter(pk__in=ids).values_list("pk", "reference")
    return {str(pk): f"/assistance/{reference}/" for pk, reference in rows}


def position_addresses(ids: set[str]) -> dict[str, str]:
    rows = AgencyPosition.objects.filter(pk__in=ids).values_list("pk", "request__reference")
    return {str(pk): f"/agency/requests/{reference}/" for pk, reference in rows}
