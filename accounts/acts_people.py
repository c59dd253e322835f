"""The acts of administration: people, bodies and roles of a State or of an agency, and the record of acts.

None of them gives a right to content.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.acts import Act, Right
from accounts.choices import Role

if TYPE_CHECKING:
    from accounts.models import Agency, Body, StateParty, User
    from accounts.permissions import Person


def _administers_state(who: "Person", state: "StateParty") -> bool:
    return bool(who.user.is_administrator and who.user.state_party_id == state.pk)


def _administers_agency(who: "Person", agency: "Agency") -> bool:
    return bool(who.user.is_administrator and who.user.agency_id == agency.pk)


def _administers_state_of(who: "Person", row: Any) -> bool:
    return bool(who.user.is_administrator and row.state_party_id and who.user.state_party_id == row.state_party_id)


def _administers_home_of(who: "Person", person: "User") -> bool:
    """Administrator of the same State or agency; nobody administers the own account."""
    own = who.user
    if not own.is_administrator or own.pk == person.pk:
        return False
    if person.state_party_id:
        return bool(own.state_party_id == person.state_party_id)
    return bool(person.agency_id and own.agency_id == person.agency_id)


def _focal_point_of(who: "Person", body: "Body") -> bool:
    return who.is_in(body.pk, Role.FOCAL_POINT)


def _focal_point_of_all_bodies_of(who: "Person", person: "User") -> bool:
    """Focal point of every body of somebody who does nothing but draft."""
    rows = list(person.memberships.all())
    drafts_only = bool(rows) and not person.is_administrator and all(row.role == Role.DRAFTER for row in rows)
    return drafts_only and all(who.is_in(row.body_id, Role.FOCAL_POINT) for row in rows)


def _coordinates_in(who: "Person", state: "StateParty") -> bool:
    return bool(who.is_coordinator and who.user.state_party_id == state.pk)


ADMINISTER_STATE = Act(
    "administer a State",
    rights=(Right(_administers_state),),
    denial=_("Only the administrator of the State manages its people and bodies."),
    hidden=True,
)
ADMINISTER_AGENCY = Act(
    "administer an agency",
    rights=(Right(_administers_agency),),
    denial=_("Only the administrator of the agency manages its people."),
    hidden=True,
)
# Reading who is in a body, and inviting drafters into it.
KEEP_BODY = Act(
    "invite drafters",
    rights=(Right(_administers_state_of), Right(_focal_point_of)),
    denial=_("Only the focal point of the body and the administrator of the State invite its drafters."),
    hidden=True,
)
CHANGE_BODY = Act(
    "change a body",
    rights=(Right(_administers_state_of),),
    denial=_("Only the administrator of the State changes its bodies."),
    sees=KEEP_BODY,
)
DEACTIVATE = Act(
    "deactivate a person",
    rights=(Right(_administers_home_of), Right(_focal_point_of_all_bodies_of)),
    denial=_("Only an administrator deactivates a person, or the focal point one who only drafts there."),
    hidden=True,
)
# Whoever may deactivate somebody has that person's page.
CHANGE_ROLES = Act(
    "change the roles of a person",
    rights=(Right(_administers_home_of),),
    denial=_("Only an administrator of the same State or agency changes the roles of a person, and nobody their own."),
    sees=DEACTIVATE,
)
READ_STATE_HISTORY = Act(
    "read the record of a State",
    rights=(Right(_administers_state), Right(_coordinates_in)),
    denial=_("Only the administrator and the coordinators read the State's record of acts."),
    hidden=True,
)
READ_AGENCY_HISTORY = Act(
    "read the record of an agency",
    rights=(Right(_administers_agency),),
    denial=_("Only the administrator of the agency reads its record of acts."),
    hidden=True,
)
