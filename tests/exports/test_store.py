"""Files of submissions: made once, the same bytes ever after, known by their hash, never handed out damaged."""

import hashlib
import threading
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import HistoryEntry
from exports import store
from exports.models import StoredFile
from exports.registry import FORMATS
from reporting.reports.models import Report, Submission
from reporting.reports.services.submission import take_back
from tests.reporting.reports import factories as made


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission(cast) -> Submission:
    return Submission.objects.get(report=made.endorsed(cast))


def address(submission: Submission, format: str) -> str:
    return f"/reports/{submission.report.slug}/submissions/{submission.number}/files/{format}/"


@pytest.mark.parametrize("format", list(FORMATS))
def test_the_files_are_the_same_bytes_whenever_they_are_fetched(cast, submission, signed_in, monkeypatch, format):
    first = signed_in(cast.amina).get(address(submission, format)).content
    # Neither a later change of the report nor of the program alters what was made.
    Report.objects.update(title="Another title")
    monkeypatch.setattr(store, "document_for", None)

    again = [signed_in(user).get(address(submission, format)).content for user in (cast.mina, cast.dana)]

    assert again == [first, first]
    assert StoredFile.objects.get(format=format).sha256 == hashlib.sha256(first).hexdigest()
    assert b"Another title" not in first


@pytest.mark.parametrize("format", list(FORMATS))
def test_the_same_content_gives_the_same_bytes_on_another_day(submission, format):
    one = store.data_of(store.file_of(submission, format))
    StoredFile.objects.all().delete()

    other = store.data_of(store.file_of(submission, format))

    assert one == other


def test_a_report_taken_back_keeps_the_files_of_its_submission(cast, submission, signed_in):
    before = signed_in(cast.amina).get(address(submission, "docx")).content
    take_back(submission.report, by=cast.amina, reason="A figure is wrong.")

    assert signed_in(cast.amina).get(address(submission, "docx")).content == before


def test_after_an_endorsement_every_format_is_made_and_each_once(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submission = Submission.objects.get(report=made.endorsed(cast))
    numbers = set(StoredFile.objects.values_list("pk", "format"))

    for slug in FORMATS:
        store.file_of(submission, slug)

    assert {slug for _pk, slug in numbers} == set(FORMATS)
    assert set(StoredFile.objects.values_list("pk", "format")) == numbers


def test_a_format_that_came_later_is_made_at_its_first_request_and_once(cast, submission, signed_in):
    assert not StoredFile.objects.filter(format="json").exists()

    first = signed_in(cast.amina).get(address(submission, "json")).content
    second = signed_in(cast.mina).get(address(submission, "json")).content

    assert first == second
    assert StoredFile.objects.filter(format="json").count() == 1


def test_an_unknown_format_is_not_found(cast, submission, signed_in):
    assert signed_in(cast.amina).get(address(submission, "odt")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_file(cast, submission, monkeypatch, settings):
    """Both find nothing and both draw; the second to write finds the row of the first and drops its own bytes."""
    for row in StoredFile.objects.all():  # the endorsement was committed, so its job has made them
        row.file.delete(save=False)
        row.delete()
    both_have_drawn = threading.Barrier(2, timeout=30)
    drawn = store.document_for
    monkeypatch.setattr(store, "document_for", lambda *a, **k: (both_have_drawn.wait(), drawn(*a, **k))[1])
    found: list[StoredFile] = []

    def make() -> None:
        try:
            found.append(store.file_of(submission, "json"))
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({row.pk for row in found}) == 1 == StoredFile.objects.count()
    assert [path.name for path in Path(settings.MEDIA_ROOT).rglob("*.json")] == [Path(found[0].file.name).name]
    assert store.data_of(found[0])


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_stored_file_damaged_on_disk_is_refused_and_not_served(cast, submission, signed_in, damage, caplog):
    row = store.file_of(submission, "docx")
    path = Path(row.file.path)
    path.unlink() if damage == "gone" else path.write_bytes(path.read_bytes()[:-1] + b"!")

    answer = signed_in(cast.amina).get(address(submission, "docx"))

    assert answer.status_code == 500
    assert "The stored file is damaged, so it is not handed out." in answer.content.decode()
    assert "attachment" not in answer.get("Content-Disposition", "")
    assert [record.levelname for record in caplog.records if "stored file" in record.message] == ["ERROR"]


def test_every_fetch_is_an_act_with_the_hash_of_what_was_fetched(cast, submission, signed_in):
    data = signed_in(cast.mina).get(address(submission, "xlsx")).content

    [act] = HistoryEntry.objects.filter(act="submission.fetch")
    assert (act.actor_id, act.facts["sha256"]) == (cast.mina.pk, hashlib.sha256(data).hexdigest())
