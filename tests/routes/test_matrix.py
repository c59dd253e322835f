"""Every route × every person × own, other body's and other State's object × an allowed and a refused state.

The tables beside this file are written from design.md, sections 3 and 4, and from style.md: "Refused means 403 for
reports and sections of one's own State and for an act on what one may see, 404 for everything else; wrong state means
the page again with the reason (409); a superuser gets 404."
"""

from types import SimpleNamespace

import pytest
from django.urls import get_resolver

from tests.routes import table
from tests.routes.matrix import NONE, Row, answers, expected
from tests.routes.world import EVERYBODY, STATE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brief")]

METHODS = ("GET", "POST")
# Another body's object, for the rows that are tried at one's own.
OTHERS = {
    "f1": "f2",
    "section": "other section",
    "request draft": "request draft of justice",
    "request submitted": "request submitted of justice",
}


def _said(row: Row, method: str) -> dict[str, str]:
    return row.get if method == "GET" else row.post


def _cases(*, known: bool) -> list[tuple[Row, str]]:
    return [(row, method) for row in table.ROWS for method in METHODS if (_said(row, method) is not NONE) == known]


def _label(value: object) -> str:
    return value.label if isinstance(value, Row) else str(value)


def _try(row: Row, method: str, state: str, spot_name: str, world: SimpleNamespace, names: tuple[str, ...]) -> None:
    spot = world.spots[spot_name] if spot_name else world.nowhere
    clients = {name: world.clients[name] for name in names}
    said = _said(row, method)[state]
    wanted = {name: expected(said, row, method, name, spot.roles.get(name, name)) for name in names}

    assert answers(row, world, clients, method, state, spot) == wanted, f"{method} {row.label} while {state}"


@pytest.mark.parametrize(("row", "method"), _cases(known=True), ids=_label)
def test_each_person_is_answered_as_the_table_says(row, method, world):
    first, *others = _said(row, method)
    spot = f"{row.spot} here" if row.spot else ""

    _try(row, method, first, spot, world, EVERYBODY)
    for state in others:
        _try(row, method, state, spot, world, STATE)


@pytest.mark.parametrize(("row", "method"), [case for case in _cases(known=True) if case[0].spot in OTHERS], ids=_label)
def test_each_person_is_answered_so_by_what_they_are_to_another_bodys_object(row, method, world):
    first = next(iter(_said(row, method)))

    _try(row, method, first, f"{OTHERS[row.spot]} here", world, STATE)


@pytest.mark.parametrize(("row", "method"), [case for case in _cases(known=True) if case[0].spot], ids=_label)
def test_nothing_of_another_state_exists(row, method, world):
    spot = world.spots[f"{row.spot} there"]
    first = next(iter(_said(row, method)))
    clients = {name: world.clients[name] for name in STATE}

    got = answers(row, world, clients, method, first, spot)

    assert got == dict.fromkeys(STATE, 404)


@pytest.mark.parametrize(("row", "method"), _cases(known=False), ids=_label)
def test_a_method_that_the_address_does_not_know_is_refused_to_everybody(row, method, world):
    spot = world.spots[f"{row.spot} here"] if row.spot else world.nowhere

    got = answers(row, world, world.clients, method, "", spot)

    assert got.pop("anonymous") in {302, 405}
    assert got == dict.fromkeys(EVERYBODY[:-1], 405)


def test_every_route_has_a_row_and_every_row_a_route():
    routes = set(table.names(get_resolver().url_patterns))

    assert {row.name for row in table.ROWS} == routes
