"""What holds for a whole State."""

from django.db import transaction

from accounts import acts_people, history, permissions
from accounts.models import StateParty, User


@transaction.atomic
def allow_device_copies(state: StateParty, *, on: bool, by: User) -> bool:
    """Let browsers of the State's people keep what is not saved yet, or not; says whether that is a change."""
    state = StateParty.objects.select_for_update().get(pk=state.pk)
    permissions.require(by, acts_people.ADMINISTER_STATE, state)
    if state.device_copies == on:
        return False
    state.device_copies = on
    state.save(update_fields=["device_copies"])
    history.record("state.device_copies", by=by, subject=state, on=on)
    return True
