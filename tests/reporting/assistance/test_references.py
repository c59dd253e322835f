"""A request gets its reference with its first submission, so that the numbers agencies read have no gaps."""

import datetime
import json
import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from reporting.assistance.models import AssistanceRequest
from reporting.assistance.services import submission
from tests.reporting.assistance import factories

YEAR = timezone.localdate().year
pytestmark = pytest.mark.django_db


def submitted(row, by):
    return submission.submit_request(row, move="submit", by=by).request.reference


@pytest.mark.parametrize("status", ["draft", "cleared", "authorised", "withdrawn_draft"])
def test_a_request_that_was_not_submitted_has_no_number(cast, status):
    row = factories.request(cast, status)

    assert (row.reference, row.year, row.number, str(row)) == (None, None, None, "Monitoring recruitment fees")


def test_numbers_follow_the_submissions_without_gaps_whatever_drafts_there_are(cast):
    first, second, third = (factories.request(cast, "authorised") for _each in range(3))
    factories.request(cast, "withdrawn_draft")

    given = [submitted(row, cast.amina) for row in (third, first, second)]

    assert given == [f"ARC-{YEAR}-01", f"ARC-{YEAR}-02", f"ARC-{YEAR}-03"]


def test_a_request_keeps_its_reference_when_it_is_submitted_again(cast):
    row = factories.request(cast, "returned")

    submission.submit_request(row, move="submit_again", by=cast.amina)

    row.refresh_from_db()
    assert (row.reference, row.versions.count()) == (f"ARC-{YEAR}-01", 2)


def test_every_year_begins_again_and_the_year_is_that_of_the_submission(cast, monkeypatch):
    factories.request(cast, "submitted")
    row = factories.request(cast, "authorised")
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(YEAR + 1, 1, 1))

    assert submitted(row, cast.amina) == f"ARC-{YEAR + 1}-01"


def test_a_submission_that_is_refused_uses_no_number(cast):
    row = factories.request(cast, "authorised")
    for by in (cast.jonas, cast.rosa):
        with pytest.raises(Refused):
            submitted(row, by)

    assert submitted(row, cast.amina) == f"ARC-{YEAR}-01"


def test_the_database_refuses_a_number_without_a_submission(cast):
    row = factories.request(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        AssistanceRequest.objects.filter(pk=row.pk).update(reference="ARC-2026-09", year=2026, number=9)


@pytest.mark.django_db(transaction=True)
def test_two_requests_submitted_at_the_same_moment_get_different_numbers(cast):
    rows = [factories.request(cast, "authorised") for _each in range(2)]
    start, given = threading.Barrier(2), []

    def submit(row, by):
        start.wait()
        try:
            given.append(submitted(row, by))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=pair) for pair in zip(rows, (cast.amina, cast.wen), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == [f"ARC-{YEAR}-01", f"ARC-{YEAR}-02"]


def test_the_state_follows_a_draft_by_its_day_and_later_finds_it_at_the_same_address(cast, signed_in):
    row = factories.request(cast, "authorised")
    client, address = signed_in(cast.amina), f"/assistance/{row.uuid}/"
    day = f"{row.created_at.day} {row.created_at:%B %Y}"

    before = [client.get(each).content.decode() for each in ("/assistance/", address, address + "edit/")]
    answer = client.post(address + "submit/", {"move": "submit"})

    assert [f"Draft of {day}" in text for text in before[:2]] == [True, True]
    assert not any("ARC-" in text for text in before)
    assert answer.url == f"/assistance/ARC-{YEAR}-01/"
    assert f"ARC-{YEAR}-01" in client.get(address).content.decode()


def test_what_is_told_of_a_draft_names_its_title(cast):
    factories.request(cast, "cleared")

    entry = HistoryEntry.objects.get(act="assistancerequest.clear")
    notices = [row.names["reference"] for row in cast.amina.notifications.filter(kind="request.clear")]
    assert (entry.subject_label, notices) == ("Monitoring recruitment fees", ["“Monitoring recruitment fees”"])


def test_the_act_of_submitting_names_the_reference(cast):
    factories.request(cast, "submitted")

    assert HistoryEntry.objects.get(act="assistancerequest.submit").subject_label == f"ARC-{YEAR}-01"


def test_the_lines_of_requests_hold_no_reference_before_submission(cast, capsys):
    factories.request(cast, "submitted")
    factories.request(cast, "cleared")

    call_command("requests")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["status"], line["reference"]) for line in lines] == [
        ("submitted", f"ARC-{YEAR}-01"),
        ("cleared", None),
    ]


@pytest.mark.django_db(transaction=True)
def test_drafts_numbered_before_lose_the_number_and_submitted_requests_keep_it(cast):
    kept, lost = factories.request(cast, "submitted"), factories.request(cast, "cleared")

    def migrate(name):
        MigrationExecutor(connection).migrate([("assistance", name)])

    try:
        migrate("0002_reference_optional")
        AssistanceRequest.objects.filter(pk=lost.pk).update(reference="ARC-2026-44", year=2026, number=44)
        migrate("0003_reference_at_submission")
    finally:
        call_command("migrate", "assistance", verbosity=0)

    references = {row.pk: row.reference for row in AssistanceRequest.objects.all()}
    assert references == {kept.pk: f"ARC-{YEAR}-01", lost.pk: None}
