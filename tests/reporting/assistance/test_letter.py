"""The letter of the authority: taken as every file is, kept by the State, never half."""

import io

import pytest
from django.core.files.base import ContentFile

from accounts import files
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from reporting.assistance.services import request as requests
from tests.reporting.assistance import factories

pytestmark = pytest.mark.django_db
LETTER = b"%PDF-1.7 letter"


@pytest.fixture
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return lambda: [each for each in tmp_path.rglob("*") if each.is_file()]


def post(client, row, content, name="letter.pdf"):
    file = io.BytesIO(content)
    file.name = name
    data = {"office": "Minister", "authorised_on": "2026-11-12", "reference": "ML/118", "letter": file}
    return client.post(f"/assistance/{row.address}/authorise/", data)


def test_a_letter_is_kept_under_its_own_hash_and_given_to_the_state_alone(cast, signed_in, store):
    row = factories.request(cast, "cleared")

    post(signed_in(cast.amina), row, LETTER, name="../Minister‮gpj.exe")

    row.refresh_from_db()
    fetched = signed_in(cast.jonas).get(f"/assistance/{row.address}/letter/")
    assert (row.status, row.letter_name, len(store())) == ("authorised", "Ministergpj.pdf", 1)
    assert row.letter_sha256 == files.receive(ContentFile(LETTER, name="x.pdf")).sha256
    assert HistoryEntry.objects.get(act="assistancerequest.authorisation").facts["sha256"] == row.letter_sha256
    assert (b"".join(fetched.streaming_content), fetched["Content-Type"]) == (LETTER, "application/pdf")
    assert signed_in(cast.ilo_head).get(f"/assistance/{row.address}/letter/").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"<html>PDF</html>", "is not a file of an accepted type: PDF, PNG or JPEG"),
        (b"PK\x03\x04 no office file", "is not a file of an accepted type"),
        (b"%PDF-" + b" " * 2000, "The file is larger than"),
    ],
    ids=["empty", "page", "archive", "large"],
)
def test_a_letter_that_cannot_be_taken_gets_a_sentence_and_nothing_typed_is_lost(
    cast, signed_in, store, settings, content, sentence
):
    settings.ATTACHMENT_MAX_BYTES = 1000
    row = factories.request(cast, "cleared")

    answer = post(signed_in(cast.amina), row, content)

    row.refresh_from_db()
    assert (answer.status_code, row.status, store()) == (422, "cleared", [])
    assert sentence in answer.content.decode()
    assert 'value="ML/118"' in answer.content.decode()


def test_no_file_stays_where_the_authorisation_is_refused(cast, store):
    row = factories.request(cast, "cleared")
    received = files.receive(ContentFile(LETTER, name="letter.pdf"))
    requests.authorise_request(row, by=cast.amina, office="M", authorised_on=row.needed_by_on, letter=received)

    with pytest.raises(Refused, match="Already authorised by Amina"):
        requests.authorise_request(row, by=cast.wen, office="M", authorised_on=row.needed_by_on, letter=received)

    assert len(store()) == 1


def test_no_file_stays_where_the_record_fails(cast, store, monkeypatch):
    row = factories.request(cast, "cleared")
    received = files.receive(ContentFile(LETTER, name="letter.pdf"))

    def fail(*args, **kwargs):
        raise RuntimeError("The disk of the record is full.")

    monkeypatch.setattr(requests, "tell_state", fail)
    with pytest.raises(RuntimeError):
        requests.authorise_request(row, by=cast.amina, office="M", authorised_on=row.needed_by_on, letter=received)

    row.refresh_from_db()
    assert (row.status, row.letter_name, store()) == ("cleared", "", [])
