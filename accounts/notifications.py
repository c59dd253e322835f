"""What a person should hear of: kind, subject and names, never content.

A notification is shown and mailed only while the room that owns its subject says that the
recipient may see it: rooms register ``visible`` and ``addresses`` in their AppConfig.ready.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import Notification, User

# subject type -> (user, ids) -> the ids that the user may still see
visible: dict[str, Callable[[User, set[str]], set[str]]] = {}
# subject type -> (ids) -> address of each page
addresses: dict[str, Callable[[set[str]], dict[str, str]]] = {}


def notify(
    recipients: Iterable[User], *, kind: str, subject: models.Model, names: dict[str, Any], urgent: bool = False
) -> None:
    """Tell people of something, once each; called inside the transaction of the act."""
    now = timezone.now()
    Notification.objects.bulk_create(
        Notification(
            recipient=user,
            kind=kind,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            names={name: str(value) for name, value in names.items()},
            at=now,
            is_urgent=urgent,
        )
        for user in {user.pk: user for user in recipients}.values()
        if user.is_active
    )
