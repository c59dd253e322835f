"""Who hears of what: finding the people behind a body or a report, and telling them."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from accounts import notifications
from accounts.choices import BodyKind, Role
from accounts.models import User
from reporting.reports.models import Report


class tell:  # noqa: N801 - reads as the verb it is: tell.focal_points(...)
    """Notify the people in a role, other than the one who acted. Names only, never content."""

    @staticmethod
    def people(
        users: Iterable[User], *, kind: str, subject: models.Model, by: User | None, urgent: bool = False, **names: Any
    ) -> None:
        others = [user for user in users if by is None or user.pk != by.pk]
        said = {"by": str(by or ""), "subject": str(subject), **{k: str(v) for k, v in names.items()}}
        notifications.notify(others, kind=kind, subject=subject, names=said, urgent=urgent)

    @staticmethod
    def focal_points(body_id: int | None, **said: Any) -> None:
        tell.people(members(body_id, Role.FOCAL_POINT), **said)

    @staticmethod
    def writers(body_id: int | None, **said: Any) -> None:
        tell.people(members(body_id, Role.FOCAL_POINT, Role.DRAFTER), **said)

    @staticmethod
    def coordinators(report: Report, **said: Any) -> None:
        tell.people(members(report.cycle.coordinating_body_id, Role.COORDINATOR), **said)

    @staticmethod
    def missions(report: Report, **said: Any) -> None:
        rows = User.objects.filter(
            is_active=True,
            memberships__role=Role.MISSION,
            memberships__body__kind=BodyKind.MISSION,
            state_party_id=report.state_party_id,
        )
        tell.people(rows.distinct(), **said)


def members(body_id: int | None, *roles: Role) -> list[User]:
    """The active members of a body in one of the roles, each once."""
    if body_id is None:
        return []
    rows = User.objects.filter(is_active=True, memberships__body=body_id, memberships__role__in=roles)
    return list(rows.distinct())
