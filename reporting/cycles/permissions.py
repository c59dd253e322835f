"""Who may do what with review cycles (design.md, section 3), and what the groups are granted on them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.acts import Act, Right, held
from accounts.choices import BodyKind, Role
from accounts.models import Body
from accounts.permissions import Grant, Person, grants_of, role_groups
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.cycles.models import ReviewCycle


@grants_of(ReviewCycle)
def cycle_grants(cycle: ReviewCycle) -> Iterable[Grant]:
    """Coordinators of the coordinating body coordinate; the State's permanent mission transmits."""
    missions = Body.objects.filter(state_party_id=cycle.state_party_id, kind=BodyKind.MISSION, is_active=True)
    pairs = [(pk, Role.MISSION) for pk in missions.values_list("pk", flat=True)]
    if cycle.coordinating_body.coordinates and cycle.coordinating_body.is_active:
        pairs.append((cycle.coordinating_body_id, Role.COORDINATOR))
    for (_body, role), group in role_groups(pairs).items():
        yield Grant(COORDINATE if role == Role.COORDINATOR else TRANSMIT, group_id=group)


def _coordinates_somewhere(person: Person, subject: Any) -> bool:
    """Coordinator of any body marked as coordinating, in the State that the subject is or belongs to."""
    state = getattr(subject, "state_party_id", None) or subject.pk
    return person.is_coordinator and person.user.state_party_id == state


OPEN_CYCLE = Act(
    "open_cycle",
    rights=(Right(_coordinates_somewhere),),
    denial=_("Coordinators open review cycles."),
)
SWITCH_OPEN_DRAFTING = Act(
    "switch_open_drafting",
    rights=(Right(_coordinates_somewhere),),
    denial=_("Coordinators switch open drafting on or off."),
)
SEE_CYCLE = Act(
    "see_cycle",
    rights=(held(COORDINATE), held(TRANSMIT), Right(_coordinates_somewhere)),
    denial=_("Review cycles are shown to coordinators and to the permanent mission."),
    hidden=True,
)
COORDINATE_CYCLE = Act(
    "coordinate_cycle",
    rights=(held(COORDINATE),),
    denial=_("Only the coordinators of this cycle may do this."),
    sees=SEE_CYCLE,
)
FILE_DOCUMENT = Act(
    "file_received_document",
    rights=(held(TRANSMIT), held(COORDINATE)),
    denial=_("The permanent mission and the coordinators file what the mechanism sends."),
    sees=SEE_CYCLE,
)
