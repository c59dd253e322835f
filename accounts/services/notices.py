"""What a person does with notices."""

from django.utils import timezone

from accounts.models import Notification, User


def mark_read(user: User, *, only: list[int] | None = None) -> int:
    """Mark notices of ``user`` as read: those named, or all."""
    rows = Notification.objects.filter(recipient=user, read_at__isnull=True)
    if only is not None:
        rows = rows.filter(pk__in=only)
    return rows.update(read_at=timezone.now())
