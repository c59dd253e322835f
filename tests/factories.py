"""Objects for tests in one call, made through the product's own services."""

from itertools import count

from accounts.choices import BodyKind, Role
from accounts.models import Agency, Body, StateParty, User
from accounts.services import bodies, people

_number = count(1)


def state(name: str = "Arcadia", code: str = "ARC", **fields) -> StateParty:
    return bodies.create_state(code=code, name=name, **fields)


def body(state: StateParty, slug: str, *, kind: str = BodyKind.MINISTRY, **fields) -> Body:
    name = fields.pop("name", f"Ministry of {slug.title()}" if kind == BodyKind.MINISTRY else slug.title())
    return bodies.create_body(state, slug=slug, name=name, kind=kind, **fields)


def person(name: str, *, state: StateParty | None = None, agency: Agency | None = None, **fields) -> User:
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{next(_number)}@example.org")
    return people.create_person(email=email, name=name, state=state, agency=agency, password="password", **fields)


def member(name: str, body: Body, role: str = Role.DRAFTER, **fields) -> User:
    user = person(name, state=body.state_party, **fields)
    people.join(user, body, role=role, by=None)
    return user


def officer(name: str, agency: Agency, level: str = "head", scope=(), **fields) -> User:
    user = person(name, agency=agency, **fields)
    people.post(user, agency, level=level, scope=scope)
    return user


def agency(code: str = "ILO", name: str = "International Labour Organization") -> Agency:
    return Agency.objects.create(code=code, name=name)
