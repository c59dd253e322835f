"""People, their roles in bodies and their postings in agencies."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts_people, history, people, permissions
from accounts.choices import ROLE_KINDS, Level, Role
from accounts.exceptions import Refused
from accounts.models import Agency, AgencyPosting, Body, Membership, RoleGroup, StateParty, User
from accounts.services.bodies import role_group


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    state: StateParty | None = None,
    agency: Agency | None = None,
    password: str | None = None,
    position: str = "",
    language: str = "",
    is_administrator: bool = False,
    is_editor: bool = False,
    by: User | None = None,
) -> User:
    """Make an account. Raises Refused if the address has one."""
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Refused(_("%(email)s has an account already.") % {"email": email})
    user = User.objects.create_user(
        email.strip(),
        password,
        name=name,
        state_party=state,
        agency=agency,
        position=position,
        language=language,
        is_administrator=is_administrator,
        is_editor=is_editor,
        is_staff=is_editor,
    )
    history.record(
        "person.create", by=by, subject=user, chain=history.chain_of_person(user), administrator=is_administrator
    )
    return user


def check_role(body: Body, role: str) -> None:
    """Raise Refused unless the role makes sense in the body."""
    if not body.is_active:
        raise Refused(_("%(body)s is not active.") % {"body": body})
    if body.kind not in ROLE_KINDS[Role(role)]:
        raise Refused(
            _("“%(role)s” is no role in a body of the kind “%(kind)s”.")
            % {"role": Role(role).label, "kind": body.get_kind_display()}
        )
    if role == Role.COORDINATOR and not body.coordinates:
        raise Refused(_("%(body)s is not marked as coordinating reports.") % {"body": body})


@transaction.atomic
def join(user: User, body: Body, *, role: str, by: User | None) -> Membership:
    """Give a person a role in a body. Raises Refused where person, body and role do not go together."""
    if user.state_party_id != body.state_party_id:
        raise Refused(_("%(name)s belongs to another State or to none.") % {"name": user})
    if by is not None:
        permissions.require(by, acts_people.CHANGE_ROLES, user)
    check_role(body, role)
    membership, created = Membership.objects.get_or_create(
        user=user, body=body, role=role, defaults={"state_party_id": body.state_party_id}
    )
    if created:
        user.groups.add(role_group(body, role))
        history.record(
            "person.join", by=by, subject=user, chain=history.chain_of_person(user), body=str(body), role=str(role)
        )
        people.body_changed(body)
    return membership


@transaction.atomic
def leave(membership: Membership, *, by: User | None) -> None:
    """Take a role in a body from a person."""
    user, body, role = membership.user, membership.body, membership.role
    if by is not None:
        permissions.require(by, acts_people.CHANGE_ROLES, user)
    membership.delete()
    user.groups.remove(role_group(body, role))
    history.record(
        "person.leave", by=by, subject=user, chain=history.chain_of_person(user), body=str(body), role=str(role)
    )
    people.body_changed(body)


@transaction.atomic
def post(
    user: User, agency: Agency, *, level: str, scope: Iterable[StateParty] = (), by: User | None = None
) -> AgencyPosting:
    """Give an officer a level and a scope of States in the agency (none named: all)."""
    if user.agency_id != agency.pk:
        raise Refused(_("%(name)s does not belong to this agency.") % {"name": user})
    if by is not None:
        permissions.require(by, acts_people.CHANGE_ROLES, user)
    posting, _created = AgencyPosting.objects.update_or_create(user=user, defaults={"agency": agency, "level": level})
    posting.scope.set(scope)
    user.groups.remove(*Group.objects.filter(role_group__agency=agency))
    user.groups.add(level_group(agency, level))
    names = [state.name for state in posting.scope.all()]
    history.record(
        "officer.post", by=by, subject=user, chain=history.chain_of_person(user), level=str(level), scope=names
    )
    return posting


def level_group(agency: Agency, level: str) -> Group:
    """The group behind a level in an agency."""
    known = RoleGroup.objects.filter(agency=agency, level=level).select_related("group").first()
    if known is not None:
        return known.group
    group = Group.objects.create(name=f"agency:{agency.pk}:{level}")
    RoleGroup.objects.create(group=group, agency=agency, level=level)
    return group


def level_groups(agency: Agency) -> list[Group]:
    return [level_group(agency, level) for level in Level]


@transaction.atomic
def deactivate(user: User, *, by: User | None, hand_over_to: User | None = None) -> User:
    """Close an account and hand the person's work over, in one step; what was written keeps its name."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        permissions.require(by, acts_people.DEACTIVATE, user)
    if hand_over_to is not None and (
        not hand_over_to.is_active
        or hand_over_to.pk == user.pk
        or (hand_over_to.state_party_id, hand_over_to.agency_id) != (user.state_party_id, user.agency_id)
    ):
        raise Refused(_("Choose somebody active of the same State or agency to take the work over."))
    people.hand_over(user, to=hand_over_to, by=by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    history.record(
        "person.deactivate",
        by=by,
        subject=user,
        chain=history.chain_of_person(user),
        handed_over_to=str(hand_over_to or ""),
    )
    return user


@transaction.atomic
def reactivate(user: User, *, by: User | None) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        permissions.require(by, acts_people.CHANGE_ROLES, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    history.record("person.reactivate", by=by, subject=user, chain=history.chain_of_person(user))
    return user


@transaction.atomic
def change_administrator(user: User, *, is_administrator: bool, by: User | None) -> User:
    """Make somebody an administrator of the own State or agency, or no longer one."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        permissions.require(by, acts_people.CHANGE_ROLES, user)
    user.is_administrator = is_administrator
    user.save(update_fields=["is_administrator"])
    chain = history.chain_of_person(user)
    history.record("person.administrator", by=by, subject=user, chain=chain, administrator=is_administrator)
    return user
