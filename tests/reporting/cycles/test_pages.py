"""Opening review cycles and filing documents on their pages."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.cycles.models import ReceivedDocument, ReviewCycle
from tests.reporting.reports import factories as made


def body(response) -> str:
    return response.content.decode()


def fields(cast, instrument, **changes):
    return {
        "reviewed": f"instrument:{instrument.pk}",
        "number_from": "3",
        "number_to": "",
        "procedure": "standard",
        "coordinating_body": cast.mechanism.pk,
        "roles": ["origin", "employment"],
        "working_language": "en",
        "submission_language": "en",
    } | changes


@pytest.fixture
def instrument(cast):
    treaty = made.instrument()
    made.ratify(cast.arcadia, treaty)
    return treaty


def test_a_coordinator_opens_a_cycle(cast, instrument, signed_in):
    response = signed_in(cast.amina).post("/cycles/new/", fields(cast, instrument))

    cycle = ReviewCycle.objects.get()
    assert response.url == f"/cycles/{cycle.slug}/"
    assert (cycle.number_from, cycle.roles) == (3, ["origin", "employment"])


def test_an_instrument_that_is_not_in_force_is_not_offered(cast, signed_in):
    foreign = made.instrument()

    response = signed_in(cast.amina).post("/cycles/new/", fields(cast, foreign))

    assert response.status_code == 422
    assert not ReviewCycle.objects.exists()


def test_the_same_number_twice_is_refused_with_a_sentence(cast, instrument, signed_in):
    client = signed_in(cast.amina)
    client.post("/cycles/new/", fields(cast, instrument))

    response = client.post("/cycles/new/", fields(cast, instrument))

    assert response.status_code == 409
    assert "There is a review cycle with that number already" in body(response)


@pytest.mark.parametrize(("name", "status"), [("dana", 403), ("mina", 403), ("idris", 200), ("amina", 200)])
def test_only_coordinators_open_cycles(cast, signed_in, name, status):
    assert signed_in(getattr(cast, name)).get("/cycles/new/").status_code == status


@pytest.mark.parametrize(("name", "status"), [("amina", 200), ("mina", 200), ("dana", 404), ("idris", 404)])
def test_a_cycle_is_shown_to_coordinators_and_the_mission(cast, signed_in, name, status):
    cycle = made.cycle(cast)

    assert signed_in(getattr(cast, name)).get(f"/cycles/{cycle.slug}/").status_code == status
    assert signed_in(getattr(cast, name)).get(f"/cycles/{cycle.slug}/received/").status_code == status


def test_the_list_of_cycles_goes_by_treaty(cast, signed_in):
    cycle = made.cycle(cast)

    groups = signed_in(cast.mina).get("/cycles/").context["groups"]

    assert [(group["short"], [row["name"] for row in group["cycles"]]) for group in groups] == [
        (cycle.instrument.code, [str(cycle)])
    ]
    assert signed_in(cast.idris).get("/cycles/").context["groups"] == []


def test_the_mission_files_what_came_in_and_everybody_concerned_can_fetch_it(cast, signed_in):
    cycle = made.cycle(cast)
    today = datetime.date.today().isoformat()
    data = {"kind": "concluding_observations", "title": "Concluding observations", "symbol": "CMW/C/ARC/CO/2"}
    paper = SimpleUploadedFile("co.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")

    response = signed_in(cast.mina).post(
        f"/cycles/{cycle.slug}/received/", data | {"received_on": today, "file": paper}
    )

    document = ReceivedDocument.objects.get()
    assert response.url == f"/cycles/{cycle.slug}/"
    fetched = signed_in(cast.amina).get(f"/cycles/{cycle.slug}/received/{document.pk}/")
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")
    assert signed_in(cast.dana).get(f"/cycles/{cycle.slug}/received/{document.pk}/").status_code == 404
    assert signed_in(cast.idris).get(f"/cycles/{cycle.slug}/received/{document.pk}/").status_code == 404


def test_a_day_that_lies_ahead_is_refused_with_a_sentence(cast, signed_in):
    cycle = made.cycle(cast)
    later = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()

    response = signed_in(cast.mina).post(
        f"/cycles/{cycle.slug}/received/", {"kind": "letter", "title": "Letter", "received_on": later}
    )

    assert response.status_code == 409
    assert "The day of receipt lies ahead." in body(response)
