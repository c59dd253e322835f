"""The only door to django-guardian: who may do what, and whether it may happen now.

*May this person?* is an object permission, derived from facts by ``regrant``, or a rule by
membership. *May it happen now?* is a condition on the subject's state. ``why_not`` joins
them; pages, templates, exports, jobs and search all ask it, and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser, Permission
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from guardian.shortcuts import get_objects_for_user
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from accounts.acts import Act, Attempt, Condition, Move, Moves, Right
from accounts.choices import Role
from accounts.exceptions import Denial, NotReady, Refused
from accounts.models import AgencyPosting, Membership, Notification, RoleGroup, User


class Person:
    """A user as the door sees one: memberships, posting and grants, each read once."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user: Any = user
        self._grants: dict[tuple[type[models.Model], Any], frozenset[str]] = {}
        self._learned: dict[tuple[type[models.Model], Any, str], bool] = {}

    @property
    def is_admitted(self) -> bool:
        """Whether the door asks any further: signed in, active, and not one who merely runs the machine."""
        user = self.user
        return bool(user.is_authenticated and user.is_active and not user.is_superuser)

    @cached_property
    def memberships(self) -> tuple[Any, ...]:
        """The memberships with their bodies; the State and the number of unread notices, which every page shows at
        its head, ride along as ``state_party`` and ``unread``."""
        if not self.is_admitted or self.user.state_party_id is None:
            return ()
        rows = Membership.objects.filter(user_id=self.user.pk, state_party_id=self.user.state_party_id)
        unread: Any = Notification.objects.filter(recipient_id=self.user.pk, read_at__isnull=True).order_by()
        unread = unread.values("recipient").annotate(count=models.Count("pk")).values("count")
        rows = rows.annotate(unread=Coalesce(models.Subquery(unread), 0)).select_related("body", "state_party")
        return tuple(rows.filter(body__is_active=True).order_by("pk"))

    @cached_property
    def posting(self) -> AgencyPosting | None:
        if not self.is_admitted or self.user.agency_id is None:
            return None
        return AgencyPosting.objects.filter(user_id=self.user.pk, agency_id=self.user.agency_id).first()

    @cached_property
    def scope(self) -> frozenset[int] | None:
        """Ids of the States within an officer's scope; None means all."""
        ids = frozenset(self.posting.scope.values_list("pk", flat=True)) if self.posting else frozenset()
        return ids or None

    def bodies(self, *roles: Role) -> set[int]:
        """Ids of the bodies in which the person has one of ``roles`` (any role if none is named)."""
        return {row.body_id for row in self.memberships if not roles or row.role in roles}

    def is_in(self, body_id: int | None, *roles: Role) -> bool:
        return body_id is not None and body_id in self.bodies(*roles)

    @cached_property
    def is_coordinator(self) -> bool:
        """Coordinator of any body that the administrator marked as coordinating."""
        return any(row.role == Role.COORDINATOR and row.body.coordinates for row in self.memberships)

    def has_role(self, *roles: Role) -> bool:
        return bool(self.bodies(*roles))

    def holds(self, permission: str, obj: models.Model) -> bool:
        """Whether ``permission`` (a codename) on ``obj`` was granted to the person or to one of the person's groups."""
        if not self.is_admitted:
            return False
        key = (type(obj), obj.pk)
        learned = self._learned.get((*key, permission))
        if learned is not None:
            return learned
        if key not in self._grants:
            self._grants[key] = _granted_codenames(self.user, obj)
        return permission in self._grants[key]

    def has_learned(self, permission: str, obj: models.Model) -> bool:
        return (type(obj), obj.pk, permission) in self._learned

    def learn(self, permission: str, obj: models.Model, held: bool) -> None:
        """Keep what a statement said by ``holding`` of one permission on an object, so that ``holds`` asks no more."""
        self._learned[(type(obj), obj.pk, permission)] = held

    def prefetch(self, objects: Iterable[models.Model]) -> None:
        """Read the grants on many objects of one model at once, so that ``holds`` asks no more."""
        todo = [obj for obj in objects if (type(obj), obj.pk) not in self._grants]
        if not todo or not self.is_admitted:
            return
        model = type(todo[0])
        found: dict[Any, set[str]] = {obj.pk: set() for obj in todo}
        for pk, codename in _grant_rows(self.user, model, list(found)):
            found[pk].add(codename)
        for pk, codenames in found.items():
            self._grants[(model, pk)] = frozenset(codenames)


def _grant_tables(model: type[models.Model]) -> tuple[Any, Any]:
    """The grant tables of a guarded model: for persons, and for groups."""
    return get_user_obj_perms_model(model), get_group_obj_perms_model(model)  # type: ignore[arg-type]


def _grant_rows(user: User | AnonymousUser, model: type[models.Model], pks: list[Any]) -> Iterable[tuple[Any, str]]:
    """(id of the object, codename) of every grant to the user or the user's groups: one statement."""
    persons, groups = _grant_tables(model)
    own = persons.objects.filter(user_id=user.pk, content_object__in=pks)
    group = groups.objects.filter(group__user=user.pk, content_object__in=pks)
    columns = ("content_object_id", "permission__codename")
    return own.values_list(*columns).union(group.values_list(*columns))


def _granted_codenames(user: User | AnonymousUser, obj: models.Model) -> frozenset[str]:
    return frozenset(codename for _pk, codename in _grant_rows(user, type(obj), [obj.pk]))


def holding(user: User | AnonymousUser, permission: str, model: type[models.Model], ref: str = "pk") -> Combinable:
    """For ``annotate``: whether ``user`` was granted ``permission`` on the row of ``model`` that ``ref`` names.

    A page that reads a row reads the right to it in the same statement; ``Person.learn`` keeps it.
    """
    persons, groups = _grant_tables(model)
    here = {"content_object": models.OuterRef(ref), "permission__codename": permission}
    own = models.Exists(persons.objects.filter(user_id=user.pk, **here))
    group = models.Exists(groups.objects.filter(group__user=user.pk, **here))
    return models.ExpressionWrapper(own | group, output_field=models.BooleanField())


def person(user: User | AnonymousUser) -> Person:
    """The person behind ``user``; within a request always the same, so that grants are read once a page."""
    known = getattr(user, "_person", None)
    return known if known is not None else Person(user)


def remember(user: User | AnonymousUser) -> None:
    """Keep one ``Person`` for as long as this user object lives: called by the middleware, for one request."""
    user._person = Person(user)  # type: ignore[union-attr]


@contextmanager
def remembered(user: User) -> Iterator[Person]:
    """One ``Person`` for what is done inside, where no request keeps one: grants are read once."""
    known = getattr(user, "_person", None)
    if known is not None:
        yield known
        return
    remember(user)
    try:
        yield person(user)
    finally:
        del user._person  # type: ignore[attr-defined]


# --- the door ----------------------------------------------------------------------------


def why_not(
    user: User | AnonymousUser,
    act: Act | Move,
    subject: Any,
    *,
    moves: Moves | None = None,
    attempt: Attempt | None = None,
) -> str | None:
    """The reason ``user`` may not do ``act`` (an act or a move) to ``subject`` now, or None.

    ``moves`` is the table that a move belongs to, for the conditions that all its moves share.
    Without an ``attempt``, requirements that the form itself fulfils (a reason) are left out:
    the answer is then whether to show the button.
    """
    refusal = _refusal(person(user), act, subject, moves, attempt)
    return None if refusal is None else refusal.reason


def allows(user: User | AnonymousUser, act: Act | Move, subject: Any, *, moves: Moves | None = None) -> bool:
    return why_not(user, act, subject, moves=moves) is None


def may_ever(user: User | AnonymousUser, act: Act | Move, subject: Any) -> bool:
    """Whether the person has the right at all, whatever the state: decides if a control is shown, perhaps disabled."""
    needed = act.needs if isinstance(act, Move) else act
    return any(_holds(person(user), right, subject) for right in needed.rights)


def require(
    user: User | AnonymousUser,
    act: Act | Move,
    subject: Any,
    *,
    moves: Moves | None = None,
    attempt: Attempt | None = None,
) -> None:
    """Raise Refused, with the reason and how it is to be answered, unless the act may happen now."""
    refusal = _refusal(person(user), act, subject, moves, attempt)
    if refusal is not None:
        raise refusal


def _refusal(
    who: Person, act: Act | Move, subject: Any, moves: Moves | None, attempt: Attempt | None
) -> Refused | None:
    needed = act.needs if isinstance(act, Move) else act
    refusal = _right_refusal(who, needed, subject)
    if not isinstance(act, Move):
        return refusal
    if _made_already(act, subject) and (refusal is None or refusal.denial is Denial.STATE):
        return Refused(_wrong_state(act, subject))  # who was first says more than that the state has passed
    if refusal is not None:
        return refusal
    if subject.status not in act.sources:
        return Refused(_wrong_state(act, subject))
    reason = _first(moves.also if moves else (), subject)
    if reason:
        return Refused(reason)
    return _requirements_refusal(act, subject, who, attempt)


def _right_refusal(who: Person, act: Act, subject: Any) -> Refused | None:
    if not who.is_admitted:
        return Refused(str(act.denial), Denial.HIDDEN)
    held: list[Right] = []
    for right in act.rights:
        if _holds(who, right, subject):
            held.append(right)
            if not right.only_while:  # nothing can stand against this way of holding it: the rest need not be read
                break
    if not held:
        unseen = act.hidden or (act.sees is not None and _right_refusal(who, act.sees, subject) is not None)
        return Refused(str(act.denial), Denial.HIDDEN if unseen else Denial.NO_RIGHT)
    reason = _first(act.only_while, subject)
    if reason:
        return Refused(reason, Denial.HIDDEN if act.hidden else Denial.STATE)
    reasons = [_first(right.only_while, subject) for right in held]
    if all(reasons):  # every way of holding it has something against it
        return Refused(reasons[0] or str(act.denial), Denial.HIDDEN if act.hidden else Denial.STATE)
    return None


def _holds(who: Person, right: Right, subject: Any) -> bool:
    return who.is_admitted and right.holds(who, subject)


def _first(conditions: Iterable[Condition], subject: Any) -> str | None:
    for condition in conditions:
        reason = condition(subject)
        if reason:
            return str(reason)
    return None


def _requirements_refusal(move: Move, subject: Any, who: Person, attempt: Attempt | None) -> Refused | None:
    tried = attempt or Attempt(by=who)
    unmet: list[str] = []
    for requirement in move.requires:
        if attempt is None and getattr(requirement, "asked_in_form", False):
            continue
        reason = requirement(subject, tried)
        if reason:
            unmet.append(str(reason))
    if not unmet:
        return None
    return NotReady(" ".join(unmet), missing=[(reason, "") for reason in unmet])


def _made_already(move: Move, subject: Any) -> bool:
    known = bool(getattr(subject, "status_by", None) and subject.status_at)
    return known and subject.status == move.target and subject.status not in move.sources


def _wrong_state(move: Move, subject: Any) -> str:
    """Who was first, where the move has been made already; else the state that stands against it."""
    if _made_already(move, subject):
        return _("Already %(state)s by %(name)s on %(when)s.") % {
            "state": str(subject.get_status_display()).lower(),
            "name": subject.status_by,
            "when": _moment(subject.status_at),
        }
    return _("This cannot be done now: the state is “%(state)s”.") % {"state": subject.get_status_display()}


def _moment(at: Any) -> str:
    from django.utils import formats, timezone  # formats need active settings, this module none at import

    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


# --- grants ------------------------------------------------------------------------------


class Grant(NamedTuple):
    """A permission for a group, or for one person where drafters are named."""

    permission: str
    group_id: int | None = None
    user_id: int | None = None


_sources: dict[type[models.Model], Callable[[Any], Iterable[Grant]]] = {}


def grants_of(
    model: type[models.Model],
) -> Callable[[Callable[[Any], Iterable[Grant]]], Callable[[Any], Iterable[Grant]]]:
    """Register the function that derives from facts who holds what on an object of ``model``."""

    def register(function: Callable[[Any], Iterable[Grant]]) -> Callable[[Any], Iterable[Grant]]:
        _sources[model] = function
        return function

    return register


def role_groups(pairs: Iterable[tuple[int | None, Role]]) -> dict[tuple[int, str], int]:
    """Ids of the groups behind (body, role) pairs, where the group exists."""
    wanted = {(body, str(role)) for body, role in pairs if body is not None}
    rows = RoleGroup.objects.filter(body_id__in={body for body, _role in wanted})
    return {
        (row.body_id, row.role): row.group_id
        for row in rows
        if row.body_id is not None and (row.body_id, row.role) in wanted
    }


def regrant(obj: models.Model) -> bool:
    """Make the grants on ``obj`` exactly what the facts say; called in the transaction that changes a fact.

    Returns whether anything changed.
    """
    surplus, missing = drift(obj)
    model = type(obj)
    user_model, group_model = _grant_tables(model)
    for grant_model, column in ((user_model, "user_id"), (group_model, "group_id")):
        rows = [grant for grant in surplus if getattr(grant, column) is not None]
        for grant in rows:
            grant_model.objects.filter(
                content_object=obj, permission__codename=grant.permission, **{column: getattr(grant, column)}
            ).delete()
    if missing:
        ids = _permission_ids(model)
        for grant_model, column in ((user_model, "user_id"), (group_model, "group_id")):
            grant_model.objects.bulk_create(
                grant_model(content_object=obj, permission_id=ids[grant.permission], **{column: getattr(grant, column)})
                for grant in missing
                if getattr(grant, column) is not None
            )
    return bool(surplus or missing)


def grant_new(rows: Sequence[tuple[models.Model, Iterable[Grant]]]) -> None:
    """Write grants on objects of one model that have none yet, in bulk: what ``regrant`` would make of each.

    The caller derived them from the facts, once for all objects to which the same facts apply.
    """
    if not rows:
        return
    model = type(rows[0][0])
    ids = _permission_ids(model)
    for grant_model, column in zip(_grant_tables(model), ("user_id", "group_id"), strict=True):
        grant_model.objects.bulk_create(
            grant_model(content_object=obj, permission_id=ids[grant.permission], **{column: getattr(grant, column)})
            for obj, grants in rows
            for grant in grants
            if getattr(grant, column) is not None
        )


def drift(obj: models.Model) -> tuple[set[Grant], set[Grant]]:
    """Grants on ``obj`` that the facts do not justify, and those that they ask for and that are missing."""
    model = type(obj)
    wanted = set(_sources[model](obj))
    users, groups = (table.objects.filter(content_object=obj) for table in _grant_tables(model))
    present = {Grant(code, user_id=pk) for code, pk in users.values_list("permission__codename", "user_id")}
    present |= {Grant(code, group_id=pk) for code, pk in groups.values_list("permission__codename", "group_id")}
    return present - wanted, wanted - present


def guarded_models() -> list[type[models.Model]]:
    return sorted(_sources, key=lambda model: model.__name__)


def _permission_ids(model: type[models.Model]) -> dict[str, int]:
    rows = Permission.objects.filter(content_type__app_label=model._meta.app_label)
    rows = rows.filter(content_type__model=model._meta.model_name)
    return dict(rows.values_list("codename", "pk"))


def granted(user: User | AnonymousUser, permission: str, model: type[models.Model]) -> models.QuerySet[Any]:
    """The rows of ``model`` on which the user holds ``permission``, within the user's own State.

    The starting point of lists and exports; agencies' officers start from their own room's queryset.
    """
    if not person(user).is_admitted:
        return model._default_manager.none()
    return get_objects_for_user(
        user,
        f"{model._meta.app_label}.{permission}",
        klass=model,
        with_superuser=False,
        accept_global_perms=False,
    )
