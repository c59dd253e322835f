"""States and their bodies."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts_people, history, people, permissions
from accounts.choices import ROLE_KINDS, Role
from accounts.exceptions import Refused
from accounts.models import Body, Remit, RoleGroup, StateParty, User


@transaction.atomic
def create_state(
    *, code: str, name: str, language: str = "en", full_name: str = "", region: str = "", by: User | None = None
) -> StateParty:
    """Make a State's workspace. Raises Refused if the code is taken."""
    code = code.strip().upper()
    if StateParty.objects.filter(code=code).exists():
        raise Refused(_("There is a State with the code %(code)s already.") % {"code": code})
    state = StateParty.objects.create(code=code, name=name, full_name=full_name, language=language, region=region)
    history.record("state.create", by=by, subject=state, chain=history.chain_of(state_id=state.pk))
    return state


@transaction.atomic
def create_body(
    state: StateParty,
    *,
    slug: str,
    name: str,
    kind: str,
    coordinates: bool = False,
    remits: Iterable[str] = (),
    by: User | None = None,
) -> Body:
    """Add a body to a State, with a group for each role."""
    if by is not None:
        permissions.require(by, acts_people.ADMINISTER_STATE, state)
    if Body.objects.filter(state_party=state, slug=slug).exists():
        raise Refused(_("The State has a body with the short name “%(slug)s” already.") % {"slug": slug})
    body = Body.objects.create(state_party=state, slug=slug, name=name, kind=kind, coordinates=coordinates)
    Remit.objects.bulk_create(Remit(state_party=state, body=body, code=code) for code in remits)
    for role in Role:
        role_group(body, role)
    history.record("body.create", by=by, subject=body, kind=kind, coordinates=coordinates)
    people.body_changed(body)
    return body


def role_group(body: Body, role: str) -> Group:
    """The group behind a role in a body."""
    known = RoleGroup.objects.filter(body=body, role=role).select_related("group").first()
    if known is not None:
        return known.group
    group = Group.objects.create(name=f"body:{body.pk}:{role}")
    RoleGroup.objects.create(group=group, body=body, role=role)
    return group


@transaction.atomic
def change_body(
    body: Body,
    *,
    name: str,
    kind: str,
    coordinates: bool,
    is_active: bool,
    remits: Iterable[str],
    by: User | None,
) -> Body:
    """Change what a body is; what its members may do follows."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if by is not None:
        permissions.require(by, acts_people.CHANGE_BODY, body)
    _check_memberships(body, kind=kind, coordinates=coordinates)
    before = {"name": body.name, "kind": body.kind, "coordinates": body.coordinates, "is_active": body.is_active}
    body.name, body.kind, body.coordinates, body.is_active = name, kind, coordinates, is_active
    body.save()
    wanted = set(remits)
    Remit.objects.filter(body=body).exclude(code__in=wanted).delete()
    present = set(Remit.objects.filter(body=body).values_list("code", flat=True))
    Remit.objects.bulk_create(
        Remit(state_party_id=body.state_party_id, body=body, code=code) for code in sorted(wanted - present)
    )
    history.record("body.change", by=by, subject=body, before=before, remits=sorted(wanted))
    people.body_changed(body)
    return body


def _check_memberships(body: Body, *, kind: str, coordinates: bool) -> None:
    """Raise Refused where a member's role would make no sense in what the body is to be."""
    for membership in body.memberships.select_related("user"):
        role = Role(membership.role)
        if kind not in ROLE_KINDS[role] or (role == Role.COORDINATOR and not coordinates):
            raise Refused(
                _("%(name)s has the role “%(role)s” here, which such a body does not have. Take the role back first.")
                % {"name": membership.user, "role": role.label}
            )
