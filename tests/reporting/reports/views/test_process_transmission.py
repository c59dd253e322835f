"""A frozen submission and its way to the mechanism, as pages."""

import datetime

import pytest

from reporting.reports.models import Report, Transmission
from tests.reporting.reports import factories as make

pytestmark = pytest.mark.django_db

TODAY = datetime.date.today().isoformat()


def status(report: Report) -> str:
    return Report.objects.get(pk=report.pk).status


def test_members_of_the_state_read_a_submission_and_others_do_not(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/submissions/1/"

    assert signed_in(cast.rosa).get(address).status_code == 200
    assert signed_in(cast.mina).get(address).status_code == 200
    assert signed_in(cast.nuri).get(address).status_code == 403
    assert signed_in(cast.idris).get(address).status_code == 404


def test_a_published_submission_is_read_by_consulted_bodies(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/submissions/1/"

    signed_in(cast.amina).post(f"{address}publish/")

    assert signed_in(cast.nuri).get(address).status_code == 200


def test_publishing_twice_says_when_it_was_published(cast, signed_in):
    report = make.endorsed(cast)
    client = signed_in(cast.amina)
    client.post(f"/reports/{report.slug}/submissions/1/publish/")

    page = client.post(f"/reports/{report.slug}/submissions/1/publish/")

    assert page.status_code == 409
    assert "Already published on" in page.content.decode()


def test_taking_back_needs_a_reason_and_a_coordinator(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/submissions/1/take-back/"

    assert signed_in(cast.rosa).post(address, {"reason": "No."}).status_code == 403
    assert signed_in(cast.amina).post(address, {"reason": ""}).status_code == 422
    signed_in(cast.amina).post(address, {"reason": "A figure is wrong."})

    assert status(report) == "consolidation"


def test_the_mission_records_note_verbale_receipt_and_symbol(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/transmission/"
    client = signed_in(cast.mina)

    client.post(
        f"{address}sent/",
        {"sent-note_verbale": "12/2027", "sent-sent_on": TODAY, "sent-file_formats": ["pdf", "docx"]},
    )
    assert status(report) == "transmitted"
    client.post(f"{address}receipt/", {"receipt-received_on": TODAY})
    page = client.post(f"{address}symbol/", {"symbol-symbol": "CMW/C/ARC/3"}, follow=True)

    row = Transmission.objects.get()
    assert (row.files, row.symbol, status(report)) == ("pdf docx", "CMW/C/ARC/3", "received")
    assert "CMW/C/ARC/3" in page.content.decode()


def test_a_second_transmission_is_refused_and_keeps_what_was_typed(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/transmission/sent/"
    client = signed_in(cast.mina)
    client.post(address, {"sent-note_verbale": "12/2027", "sent-sent_on": TODAY})

    page = client.post(address, {"sent-note_verbale": "13/2027", "sent-sent_on": TODAY})

    assert page.status_code == 409
    assert 'value="13/2027"' in page.content.decode()
    assert Transmission.objects.count() == 1


def test_the_return_of_the_secretariat_takes_the_report_back(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/transmission/"
    client = signed_in(cast.mina)
    client.post(f"{address}sent/", {"sent-note_verbale": "12/2027", "sent-sent_on": TODAY})

    page = client.post(
        f"{address}return/", {"return-returned_on": TODAY, "return-reason": "Over the limit."}, follow=True
    )

    assert status(report) == "consolidation"
    assert "Over the limit." in page.content.decode()


def test_bodies_and_other_states_do_not_open_the_transmission(cast, signed_in):
    report = make.endorsed(cast)
    address = f"/reports/{report.slug}/transmission/"

    assert signed_in(cast.rosa).get(address).status_code == 403
    assert signed_in(cast.idris).get(address).status_code == 404
