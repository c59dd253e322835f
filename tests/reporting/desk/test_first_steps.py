"""The first sign-in to an empty workspace: who does what first, until it is done."""

import pytest

from accounts.choices import BodyKind, Role
from reporting.cycles.services import open_cycle
from tests import factories
from tests.reporting.reports import factories as reports


def steps(response) -> list[tuple[str, bool, bool]]:
    """(title, done, next) of what the page says comes first."""
    return [(step.title, step.is_done, step.is_next) for step in response.context.get("steps") or []]


@pytest.fixture
def land(db):
    return factories.state("Merania", "MER")


def test_an_administrator_adds_bodies_then_people_and_then_the_coordinators_take_over(land, signed_in):
    client = signed_in(factories.person("Ada", state=land, is_administrator=True))
    page = client.get("/settings/people/")
    assert steps(page) == [
        ("Add the bodies.", False, True),
        ("Invite the people.", False, False),
        ("The coordinators take over.", False, False),
    ]
    assert 'class="button primary" href="/settings/bodies/"' in page.content.decode()

    factories.body(land, "labour")
    assert steps(client.get("/settings/people/"))[0] == ("Add the bodies.", False, True)

    unit = factories.body(land, "unit", kind=BodyKind.MECHANISM, coordinates=True)
    assert steps(client.get("/settings/people/"))[:2] == [
        ("Add the bodies.", True, False),
        ("Invite the people.", False, True),
    ]

    factories.member("Cora", unit, Role.COORDINATOR)
    assert steps(client.get("/settings/people/")) == []


def test_a_coordinator_records_ratifications_opens_a_cycle_and_starts_its_report(land, signed_in):
    unit = factories.body(land, "unit", kind=BodyKind.MECHANISM, coordinates=True)
    cora = factories.member("Cora", unit, Role.COORDINATOR)
    client = signed_in(cora)
    assert steps(client.get("/home/")) == [
        ("Record what the State has ratified.", False, True),
        ("Open a review cycle.", False, False),
        ("Start its report.", False, False),
    ]

    treaty = reports.instrument()
    reports.ratify(land, treaty)
    assert [done for _title, done, _next in steps(client.get("/home/"))] == [True, False, False]

    open_cycle(treaty, number_from=1, coordinating_body=unit, by=cora)
    assert steps(client.get("/home/"))[2] == ("Start its report.", False, True)


def test_there_are_no_first_steps_once_there_is_a_report(cast, signed_in):
    reports.report(cast)

    assert steps(signed_in(cast.amina).get("/home/")) == []


def test_the_form_of_a_cycle_proposes_the_body_in_which_the_person_coordinates(cast, signed_in):
    other = factories.body(cast.arcadia, "another", coordinates=True)
    olga = factories.member("Olga", other, Role.COORDINATOR)

    for person, body in ((olga, other), (cast.amina, cast.mechanism)):
        page = signed_in(person).get("/cycles/new/").content.decode()
        assert f'<option value="{body.pk}" selected>' in page
