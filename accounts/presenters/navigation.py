"""Which pages of the settings a person has."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.permissions import Person


def settings_tabs(who: Person, current: str = "") -> list[dict[str, Any]]:
    """Tabs for components/tabs.html, only of pages that open for this person."""
    user, tabs = who.user, []
    if not who.is_admitted:
        return []
    if user.is_administrator and user.state_party_id:
        tabs += [("people", _("People"), reverse("settings_people"))]
        tabs += [("bodies", _("Bodies"), reverse("settings_bodies"))]
        tabs += [("state", _("The State"), reverse("settings_state"))]
    else:
        own = [row.body for row in who.memberships if row.role == Role.FOCAL_POINT]
        tabs += [(f"body-{body.slug}", body.name, reverse("settings_body", args=[body.slug])) for body in own]
    if user.is_administrator and user.agency_id:
        tabs += [("agency", _("People of the agency"), reverse("settings_agency"))]
    if user.is_administrator or who.is_coordinator:
        tabs += [("history", _("Record of acts"), reverse("settings_history"))]
    return [{"label": label, "url": url, "current": key == current} for key, label, url in tabs]


def catalogue_shown(who: Person) -> bool:
    """Reference data is changed in the admin, by catalogue editors alone."""
    return who.is_admitted and who.user.is_editor


def settings_shown(who: Person) -> bool:
    return who.is_admitted and (who.user.is_administrator or who.is_coordinator or who.has_role(Role.FOCAL_POINT))
