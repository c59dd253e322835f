"""The one door to the rows of a State: ``Model.objects.of(user)``."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class StateQuerySet(models.QuerySet[Any]):
    """Rows that belong to exactly one State."""

    def of(self, user: "User | AnonymousUser") -> Self:
        """The rows of the user's own State; none for anybody else, superusers included."""
        state = state_of(user)
        return self.none() if state is None else self.filter(state_party_id=state)


def state_of(user: "User | AnonymousUser") -> int | None:
    """The id of the State whose data the user may be shown, if there is one."""
    if not user.is_authenticated or not user.is_active or user.is_superuser:
        return None
    return user.state_party_id
