"""Who hears of what: the State's people of a request, and the officers of the agencies addressed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts import notifications
from accounts.choices import Level, Role
from accounts.models import User
from reporting.assistance.models import AgencyPosition, AssistanceRequest


def state_people(request: AssistanceRequest, *, coordinators: bool = True, focal_points: bool = True) -> list[User]:
    """Focal points of the responsible body and the State's coordinators, each once."""
    wanted = Q()
    if focal_points:
        wanted |= Q(memberships__role=Role.FOCAL_POINT, memberships__body=request.responsible_id)
    if coordinators:
        wanted |= Q(
            memberships__role=Role.COORDINATOR,
            memberships__body__coordinates=True,
            memberships__state_party=request.state_party_id,
        )
    return list(User.objects.filter(wanted, is_active=True).distinct())


def officers(position: AgencyPosition) -> list[User]:
    """The desk and head of the position's agency whose scope includes the State."""
    rows = User.objects.filter(
        is_active=True, posting__agency=position.agency_id, posting__level__in=[Level.DESK, Level.HEAD]
    )
    return list(rows.filter(Q(posting__scope=None) | Q(posting__scope=position.state_party_id)).distinct())


def tell_state(
    request: AssistanceRequest,
    kind: str,
    *,
    by: User,
    coordinators: bool = True,
    focal_points: bool = True,
    **names: Any,
) -> None:
    people = state_people(request, coordinators=coordinators, focal_points=focal_points)
    known_as = request.reference or f"“{request.title}”"
    said = {"by": str(by), "reference": known_as, "title": request.title, **names}
    notifications.notify(
        [user for user in people if user.pk != by.pk], kind=kind, subject=request, names=said, urgent=False
    )


def tell_agencies(positions: Iterable[AgencyPosition], kind: str, *, by: User, **names: Any) -> None:
    """Tell officers, by the submitted version: the State's draft may have another title by now."""
    for position in positions:
        version = position.request.last_version
        said = {
            "by": str(by),
            "reference": position.request.reference,
            "title": version.title if version else "",
            "state": str(position.state_party),
            **names,
        }
        people = [user for user in officers(position) if user.pk != by.pk]
        notifications.notify(people, kind=kind, subject=position, names=said)
