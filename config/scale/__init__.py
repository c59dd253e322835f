"""Synthetic States, reports and requests in bulk, for measurements.

Rows are written past the services, since a measurement wants thousands of them in seconds: no acts, no histories of
rows, no submissions. What lists, rights and search read is as the services would have written it (grants, counters,
versions with their hashes), and ``check_grants`` and ``check_history`` find nothing to say.
"""

import dataclasses
import string
from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.choices import BodyKind, Level, Role
from accounts.models import Agency, StateParty, User
from accounts.services import agencies, bodies, people
from config.demonstration import PASSWORD
from config.scale.reports import add_reports
from config.scale.requests import add_requests

DOMAIN = "scale.example"
MINISTRIES = ("health", "justice", "labour", "interior", "education")


@dataclasses.dataclass(frozen=True)
class Size:
    """How much each State gets; ``sections`` of each report at most (0: all of its questionnaire)."""

    reports: int = 20
    requests: int = 20
    sections: int = 0


@transaction.atomic
def seed(states: int, size: Size, say: Callable[[str], object] = lambda line: None) -> list[StateParty]:
    """Add ``states`` further States of ``size``, each with an agency of its own that its requests go to.

    Needs published questionnaires. Raises LookupError where there are none.
    """
    secret = make_password(PASSWORD)  # one password for all: hashed once
    made = []
    for code in _free_codes(states):
        state = _state(code, secret)
        agency = Agency.objects.get(code=f"U{code}")
        add_reports(state, size.reports, sections=size.sections)
        add_requests(state, size.requests, agency=agency)
        say(f"{state}: {size.reports} reports, {size.requests} requests; coordinator@{code.lower()}.{DOMAIN}")
        made.append(state)
    return made


def _free_codes(count: int) -> list[str]:
    """ "XAA", "XAB" and so on: X begins no code of a State."""
    taken = set(StateParty.objects.values_list("code", flat=True))
    letters = string.ascii_uppercase
    free = [code for a in letters for b in letters if (code := f"X{a}{b}") not in taken]
    if len(free) < count:
        raise LookupError(f"There is room for {len(free)} more States.")
    return free[:count]


def _state(code: str, secret: str) -> StateParty:
    state = bodies.create_state(code=code, name=f"State {code}")
    mechanism = bodies.create_body(
        state, slug="mechanism", name="National mechanism", kind=BodyKind.MECHANISM, coordinates=True
    )
    mission = bodies.create_body(state, slug="mission", name="Permanent mission", kind=BodyKind.MISSION)
    nhri = bodies.create_body(state, slug="nhri", name="Human rights institution", kind=BodyKind.CONSULTED)
    roles = [
        ("coordinator", mechanism, Role.COORDINATOR),
        ("mission", mission, Role.MISSION),
        ("nhri", nhri, Role.CONSULTED),
    ]
    for remit in MINISTRIES:
        body = bodies.create_body(
            state, slug=remit, name=f"Ministry of {remit.title()}", kind=BodyKind.MINISTRY, remits=[remit]
        )
        roles += [(f"{remit}.focal", body, Role.FOCAL_POINT), (f"{remit}.drafter", body, Role.DRAFTER)]
    for login, body, role in roles:
        email = f"{login}@{code.lower()}.{DOMAIN}"
        people.join(people.create_person(email=email, name=f"{login} {code}", state=state), body, role=role, by=None)
    agency = agencies.create_agency(code=f"U{code}", name=f"Agency for {state}")
    officer = people.create_person(email=f"officer@{code.lower()}.{DOMAIN}", name=f"officer {code}", agency=agency)
    people.post(officer, agency, level=Level.HEAD)
    User.objects.filter(email__endswith=f"@{code.lower()}.{DOMAIN}").update(password=secret)
    return state
