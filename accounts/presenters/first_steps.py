"""What comes first in an empty workspace, step by step, until it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Body, StateParty


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    is_done: bool = False
    url: str = ""
    action: str = ""
    is_next: bool = False


def until_done(steps: Iterable[Step]) -> list[Step]:
    """The steps with the first that is not done marked as next; none when all that somebody can do is done."""
    found = list(steps)
    following = next((place for place, step in enumerate(found) if step.url and not step.is_done), None)
    if following is None:
        return []
    return [replace(step, is_next=place == following) for place, step in enumerate(found)]


def of_administrator(state: StateParty) -> list[Step]:
    """Bodies, then people, until there is a coordinator: one statement."""
    has_place = Q(memberships__role=Role.COORDINATOR, memberships__user__is_active=True)
    found = Body.objects.filter(state_party=state, is_active=True).aggregate(
        coordinating=Count("pk", filter=Q(coordinates=True), distinct=True),
        others=Count("pk", filter=Q(coordinates=False), distinct=True),
        coordinators=Count("memberships", filter=has_place, distinct=True),
    )
    return until_done(
        [
            Step(
                _("Add the bodies."),
                _(
                    "Ministries, the statistics office, the permanent mission and consulted bodies; one of them, or "
                    "a body of its own, is marked as coordinating the reports."
                ),
                bool(found["coordinating"] and found["others"]),
                reverse("settings_bodies"),
                _("Add a body"),
            ),
            Step(
                _("Invite the people."),
                _("Each gets a link by mail and a role in a body. A coordinator is needed first."),
                bool(found["coordinators"]),
                reverse("settings_invite"),
                _("Invite somebody"),
            ),
            Step(
                _("The coordinators take over."),
                _("They record what the State has ratified, open a review cycle and share its sections out."),
            ),
        ]
    )
