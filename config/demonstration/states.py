"""States, bodies, people, agencies and ratifications of the demonstration."""

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from accounts.models import Agency, Body, StateParty, User
from accounts.services import bodies, people
from config.demonstration import PASSWORD
from config.demonstration.clock import Clock
from reporting.instruments.models import Instrument
from reporting.instruments.services.ratification import add_reservation, record_ratification
from reporting.reports.models import LibraryItem

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One file of the demonstration."""
    data: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return data


@dataclasses.dataclass
class World:
    """Everybody and everything that the files name: bodies by (State, key), people by (State or agency, login)."""

    clock: Clock
    states: dict[str, StateParty] = dataclasses.field(default_factory=dict)
    bodies: dict[tuple[str, str], Body] = dataclasses.field(default_factory=dict)
    people: dict[tuple[str, str], User] = dataclasses.field(default_factory=dict)
    agencies: dict[str, Agency] = dataclasses.field(default_factory=dict)
    items: dict[tuple[str, str], LibraryItem] = dataclasses.field(default_factory=dict)  # of the libraries, by key

    def person(self, state: str, login: str) -> User:
        """ "labour.focal" of a State, or "officer@ilo" of an agency."""
        name, _at, agency = login.partition("@")
        return self.people[(agency.upper() if agency else state, name)]

    def writer(self, state: str, body: str) -> User:
        """Who writes for a body: its drafter, else its focal point."""
        for role in ("drafter", "focal"):
            if (state, f"{body}.{role}") in self.people:
                return self.people[(state, f"{body}.{role}")]
        raise LookupError(f"Nobody of {body} in {state} writes.")

    def focal(self, state: str, body: str) -> User:
        return self.people[(state, f"{body}.focal")]


def build() -> World:
    world = World(Clock())
    data = read("states")
    secret = make_password(PASSWORD)  # one password for all: hashed once
    for each in data["states"]:
        with world.clock.on("2020-01-07"):
            _state(world, each)
    for each in data["agencies"]:
        _agency(world, each)
    for each in data["editors"]:
        people.create_person(email=each["email"], name=each["name"], position=each["position"], is_editor=True)
    User.objects.update(password=secret)
    return world


def _state(world: World, data: dict[str, Any]) -> None:
    code = data["code"]
    state = bodies.create_state(
        code=code,
        name=data.get("name_local") or data["name"],
        full_name=data["full_name"],
        language=data["language"],
    )
    world.states[code] = state
    for each in data["bodies"]:
        world.bodies[(code, each["key"])] = bodies.create_body(
            state,
            slug=each["key"].replace("_", "-"),
            name=each["name"],
            kind=each["kind"],
            coordinates=each.get("coordinating", False),
            remits=each["remits"],
        )
    for each in [*data["people"], *data["further_people"]]:
        user = people.create_person(
            email=each["email"],
            name=each["name"],
            state=state,
            position=each.get("position", ""),
            language=data["language"],
            is_administrator=each.get("administrator", False),
        )
        world.people[(code, each["login"])] = user
        for role in each["roles"]:
            people.join(user, world.bodies[(code, each["body"])], role=role, by=None)
    coordinator = world.person(code, "coordinator")
    for each in data["ratifications"]:
        ratification = record_ratification(
            state,
            instrument=Instrument.objects.get(code=each["instrument"]),
            in_force_on=datetime.date.fromisoformat(each["in_force_on"]),
            by=coordinator,
        )
        for reservation in each.get("reservations", []):
            add_reservation(
                ratification,
                kind=reservation["kind"],
                articles=reservation["articles"],
                text=reservation["text"],
                made_on=datetime.date.fromisoformat(reservation["made_on"]),
                by=coordinator,
            )


def _agency(world: World, data: dict[str, Any]) -> None:
    agency = Agency.objects.get(code=data["code"])
    world.agencies[agency.code] = agency
    for each in [*data["people"], *data["further_people"]]:
        user = people.create_person(
            email=each["email"],
            name=each["name"],
            agency=agency,
            position=each.get("position", ""),
            language="en",
            is_administrator=each.get("administrator", False),
        )
        people.post(user, agency, level=each["level"], by=None)
        world.people[(agency.code, each["login"])] = user
