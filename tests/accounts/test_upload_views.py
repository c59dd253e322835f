"""What a script is answered that sends a file in pieces."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Upload

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 " + b"law " * 30


@pytest.fixture(autouse=True)
def _small(settings):
    settings.UPLOAD_PIECE_BYTES = 50
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.stores.Elsewhere"}}


@pytest.fixture
def dana(cast, signed_in):
    return signed_in(cast.dana)


def begin(client, **more):
    return client.post("/uploads/", {"name": "law.pdf", "size": len(PDF), "modified": "1", **more})


def send(client, address, offset, data):
    return client.post(address, {"offset": offset, "piece": SimpleUploadedFile("piece", data)})


def test_a_file_is_begun_sent_and_asked_about(dana):
    said = begin(dana).json()
    address = said["url"]
    row = Upload.objects.get()
    assert said == {"upload": str(row.uuid), "url": f"/uploads/{row.uuid}/", "piece": 50, "received": 0, "size": 129}

    received = [send(dana, address, offset, PDF[offset : offset + 50]).json()["received"] for offset in (0, 0, 50)]

    assert received == [50, 50, 100]
    assert dana.get(address).json()["received"] == 100
    assert begin(dana).json() == {**said, "received": 100}


def test_a_piece_at_a_wrong_place_is_told_how_much_has_arrived(dana):
    address = begin(dana).json()["url"]

    reply = send(dana, address, 50, PDF[50:100])

    sentence = "Of “law.pdf”, 0 of 129 bytes have arrived: the next piece begins there."
    assert (reply.status_code, reply.json()) == (409, {"refused": sentence, "received": 0})


def test_what_is_too_large_is_refused_at_once(dana, settings):
    settings.ATTACHMENT_MAX_BYTES = 100

    reply = begin(dana)

    assert (reply.status_code, reply.json()) == (409, {"refused": "The file is larger than 100\xa0bytes."})


def test_what_can_never_be_accepted_is_refused_and_forgotten(dana):
    address = begin(dana).json()["url"]

    reply = send(dana, address, 0, b"\x7fELF" + bytes(46))

    assert reply.status_code == 409
    assert (reply.json()["refused"][:10], reply.json()["gone"]) == ("“law.pdf” ", True)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"size": "many"}, {"size": "-1"}, {"size": "9" * 40}, {"size": "9", "modified": "9" * 40}]
)
def test_a_beginning_that_cannot_be_read_is_refused(dana, sent):
    reply = dana.post("/uploads/", {"name": "law.pdf", **sent})

    assert (reply.status_code, reply.json()["refused"]) == (400, "The page sent what cannot be read. Open it again.")


@pytest.mark.parametrize("sent", [{}, {"offset": "0"}, {"offset": "x", "piece": "x"}, {"offset": "9" * 40}])
def test_a_piece_that_cannot_be_read_is_refused(dana, sent):
    reply = dana.post(begin(dana).json()["url"], sent)

    assert (reply.status_code, reply.json()["refused"]) == (400, "The page sent what cannot be read. Open it again.")


def test_given_up_it_is_not_there_any_more(dana):
    address = begin(dana).json()["url"]

    assert dana.post(f"{address}give-up/").json() == {"gone": True}

    assert dana.get(address).status_code == 404


@pytest.mark.parametrize("who", ["jonas", "idris"])
def test_to_another_person_it_is_not_there(dana, cast, signed_in, who):
    address = begin(dana).json()["url"]
    other = signed_in(getattr(cast, who))

    replies = [other.get(address), send(other, address, 0, PDF[:50]), other.post(f"{address}give-up/")]

    assert [reply.status_code for reply in replies] == [404, 404, 404]


def test_whoever_is_signed_out_is_told_where_to_sign_in(dana):
    reply = begin(Client())

    assert (reply.status_code, reply.json()) == (401, {"login": "/account/login/"})


def test_without_the_token_nothing_is_begun(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.dana, backend="django.contrib.auth.backends.ModelBackend")

    assert begin(client).status_code == 403


def test_a_piece_costs_the_same_however_many_came_before(dana, statements):
    address = begin(dana).json()["url"]
    counts = []
    for offset in (0, 50):
        with statements() as seen:
            send(dana, address, offset, PDF[offset : offset + 50])
        counts.append(len(seen))

    assert counts[0] == counts[1]
