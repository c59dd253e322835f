"""The acts of this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.acts import Act, Right
from accounts.models import StateParty
from accounts.permissions import Person


def _coordinates(person: Person, subject: Any) -> bool:
    state_id = subject.pk if isinstance(subject, StateParty) else subject.state_party_id
    return person.is_coordinator and person.user.state_party_id == state_id


def _edits(person: Person, _subject: Any) -> bool:
    return bool(person.user.is_editor)


# On the State party, its ratifications and reservations.
RECORD_RATIFICATION = Act(
    "record_ratification",
    rights=(Right(_coordinates),),
    denial=_("Coordinators record ratifications and reservations."),
)
# On any row of the reference data.
EDIT_CATALOGUE = Act(
    "edit_catalogue",
    rights=(Right(_edits),),
    denial=_("Catalogue editors keep the reference data."),
)
