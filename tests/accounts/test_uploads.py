"""A file sent in pieces becomes the file that was chosen, or a sentence says why not."""

import datetime
import hashlib
import threading

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import files, jobs, strays
from accounts.exceptions import Refused
from accounts.models import Upload, UploadPiece
from accounts.services import uploads
from tests import factories

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 " + bytes(range(256)) * 3


@pytest.fixture(autouse=True)
def _small(settings):
    """Pieces of a hundred bytes, kept in a store that has no folders: nothing leans on this machine's disk."""
    settings.UPLOAD_PIECE_BYTES = 100
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.stores.Elsewhere"}}


def begin(by, data=PDF, name="law.pdf", **more):
    return uploads.start(name=name, size=len(data), by=by, **more)


def send(upload, data=PDF, *, by, until=None):
    """All pieces that have not arrived, or those up to ``until``."""
    for offset in range(upload.received, until or len(data), upload.piece):
        upload = uploads.put(upload, offset=offset, data=data[offset : offset + upload.piece], by=by)
    return upload


def whole(by, data=PDF, name="law.pdf"):
    return send(begin(by, data, name), data, by=by)


def arrived(upload, by, **given):
    sent = {"file-upload": str(getattr(upload, "uuid", upload))}
    return uploads.handed_in(sent, MultiValueDict({name: [each] for name, each in given.items()}), by=by)["file"]


def objects() -> list[str]:
    """What lies in the store."""
    return list(default_storage.objects)


def test_pieces_become_the_file_that_was_chosen(cast):
    received = files.receive(arrived(whole(cast.dana), cast.dana))

    assert (received.data, received.name, received.kind) == (PDF, "law.pdf", "pdf")
    assert received.sha256 == hashlib.sha256(PDF).hexdigest()


# What a browser may do: (offset, how many bytes) wherever it likes, a piece again, or the right next one.
STEPS = st.lists(
    st.one_of(
        st.just("next"),
        st.just("again"),
        st.just("reload"),
        st.tuples(st.integers(0, 1000), st.integers(0, 250)),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(rest=st.binary(max_size=700), piece=st.integers(20, 300), steps=STEPS)
def test_whatever_is_sent_in_whatever_order_the_same_bytes_arrive_or_a_sentence_is_said(cast, rest, piece, steps):
    data = b"%PDF-" + rest
    with override_settings(UPLOAD_PIECE_BYTES=piece):
        upload = begin(cast.dana, data, fresh=True, modified=1)
    for step in steps:
        before = upload.received
        if step == "reload":
            upload = Upload.objects.get(pk=upload.pk)
            continue
        offset, length = {"next": (before, piece), "again": (max(0, before - 1) // piece * piece, piece)}.get(
            step, step
        )
        said = ""
        try:
            upload = uploads.put(upload, offset=offset, data=data[offset : offset + length], by=cast.dana)
        except Refused as refused:
            said = refused.reason
            upload.refresh_from_db()
        assert upload.received == before if said else upload.received >= before
        assert said == "" or said.endswith(".")
        sent = b"".join(each.file.open().read() for each in upload.pieces.all())
        assert sent == data[: upload.received]

    received = files.receive(arrived(send(upload, data, by=cast.dana), cast.dana))

    assert received.sha256 == hashlib.sha256(data).hexdigest()
    uploads.give_up(upload, by=cast.dana)


def test_nothing_comes_after_the_whole(cast):
    upload = whole(cast.dana)

    for data in (b"", b"x"):
        with pytest.raises(Refused, match=r"“law\.pdf” has arrived whole: nothing comes after it\."):
            uploads.put(upload, offset=777, data=data, by=cast.dana)


def test_the_same_piece_twice_is_kept_once(cast):
    upload = send(begin(cast.dana), by=cast.dana, until=200)

    again = uploads.put(upload, offset=100, data=PDF[100:200], by=cast.dana)

    assert (again.received, UploadPiece.objects.count(), len(objects())) == (200, 2, 2)


@pytest.mark.parametrize(
    ("offset", "length", "sentence"),
    [
        (300, 100, "Of “law.pdf”, 200 of 777 bytes have arrived: the next piece begins there."),
        (50, 100, "Of “law.pdf”, 200 of 777 bytes have arrived: the next piece begins there."),
        (200, 99, "The piece has 99 bytes, and 100 were expected: a file has the size that was given first."),
        (200, 101, "The piece has 101 bytes, and 100 were expected: a file has the size that was given first."),
        (200, 0, "The piece has 0 bytes, and 100 were expected: a file has the size that was given first."),
        (100, 99, "“law.pdf” has changed since it was begun. Give it up and choose the file again."),
    ],
)
def test_a_piece_that_does_not_come_next_is_refused_and_nothing_is_kept(cast, offset, length, sentence):
    upload = send(begin(cast.dana), by=cast.dana, until=200)

    with pytest.raises(Refused) as refused:
        uploads.put(upload, offset=offset, data=PDF[offset : offset + length], by=cast.dana)

    assert refused.value.reason == sentence
    assert (Upload.objects.get().received, len(objects())) == (200, 2)


def test_a_piece_beyond_the_size_that_was_given_is_refused(cast):
    upload = send(begin(cast.dana), by=cast.dana, until=700)

    with pytest.raises(Refused, match="The piece has 78 bytes, and 77 were expected"):
        uploads.put(upload, offset=700, data=PDF[700:] + b"x", by=cast.dana)


def test_the_same_file_chosen_again_continues_where_it_stopped(cast):
    send(begin(cast.dana, modified=5), by=cast.dana, until=300)

    found = begin(cast.dana, modified=5)

    assert (found.received, Upload.objects.count()) == (300, 1)


@pytest.mark.parametrize(
    "other",
    [{"modified": 6}, {"name": "act.pdf"}, {"data": PDF + b"."}, {"modified": None}, {"fresh": True}],
)
def test_another_file_begins_anew(cast, other):
    send(begin(cast.dana, modified=5), by=cast.dana, until=300)

    assert begin(cast.dana, **{"modified": 5, **other}).received == 0


def test_nobody_continues_the_file_of_another_person(cast):
    send(begin(cast.dana, modified=5), by=cast.dana, until=300)

    assert begin(cast.jonas, modified=5).received == 0


@pytest.mark.parametrize("who", ["jonas", "idris"])
def test_another_persons_upload_is_not_there(cast, who):
    upload, other = send(begin(cast.dana), by=cast.dana, until=300), getattr(cast, who)

    for attempt in (
        lambda: uploads.put(upload, offset=300, data=PDF[300:400], by=other),
        lambda: uploads.give_up(upload, by=other),
        lambda: files.receive(arrived(upload, other)),
    ):
        with pytest.raises(Refused, match=r"This file is no longer on its way\. Choose it again\."):
            attempt()

    assert Upload.objects.get().received == 300


# --- refused as early as can be ------------------------------------------------------------


def test_a_file_that_is_too_large_is_refused_before_its_first_byte(cast, settings):
    settings.ATTACHMENT_MAX_BYTES = 500

    with pytest.raises(Refused, match=r"The file is larger than 500\xa0bytes\."):
        begin(cast.dana)


def test_an_empty_file_is_refused(cast):
    with pytest.raises(Refused, match=r"The file is empty\."):
        begin(cast.dana, b"")


@pytest.mark.parametrize("name", ["setup.exe", "LAW.ZIP", "report.doc", "macros.docm", "page.html"])
def test_an_ending_that_is_never_accepted_is_refused_before_the_first_byte(cast, name):
    with pytest.raises(Refused, match="is not a file of an accepted type"):
        begin(cast.dana, name=name)


@pytest.mark.parametrize("name", ["law.pdf", "law", "law.v2", "قانون.pdf"])
def test_an_ending_alone_decides_nothing_else(cast, name):
    assert files.receive(arrived(whole(cast.dana, name=name), cast.dana)).kind == "pdf"


def test_what_begins_like_nothing_accepted_is_refused_at_its_first_piece(cast):
    upload = begin(cast.dana, b"GIF89a\0" + PDF)

    with pytest.raises(uploads.Hopeless, match=r"“law\.pdf” is not a file of an accepted type"):
        uploads.put(upload, offset=0, data=(b"GIF89a\0" + PDF)[:100], by=cast.dana)

    assert objects() == []


def test_an_archive_that_is_no_document_is_refused_at_its_last_piece(cast):
    data = b"PK\x03\x04" + bytes(300)

    with pytest.raises(uploads.Hopeless, match=r"“law\.docx” is not a file of an accepted type"):
        whole(cast.dana, data, "law.docx")

    assert Upload.objects.get().received == 300


def test_a_letter_that_two_pieces_share_is_text_all_the_same(cast):
    data = b"." + ("س" * 300).encode()

    assert files.receive(arrived(whole(cast.dana, data, "note.txt"), cast.dana)).kind == "txt"


def test_a_person_has_only_so_many_files_under_way(cast, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OPEN", 2)
    begin(cast.dana), begin(cast.dana)

    with pytest.raises(Refused, match=r"You have 2 files under way, 1\.5.KB in all: too much for another one"):
        begin(cast.dana)

    assert begin(cast.jonas).size == 777


def test_and_only_so_much(cast, settings):
    settings.ATTACHMENT_MAX_BYTES = 777
    for _each in range(uploads.MOST_SIZES):
        begin(cast.dana)

    with pytest.raises(Refused, match="You have 8 files under way"):
        begin(cast.dana)


def test_used_ones_count_no_longer(cast, settings):
    settings.ATTACHMENT_MAX_BYTES = 777
    for _each in range(uploads.MOST_SIZES):
        files.receive(arrived(whole(cast.dana), cast.dana)).pieces.used()

    assert begin(cast.dana).received == 0


def test_whoever_is_of_no_state_sends_nothing(cast):
    with pytest.raises(Refused):
        begin(factories.officer("Olga", factories.agency()))


# --- used once -----------------------------------------------------------------------------


def test_an_upload_is_used_once(cast, django_capture_on_commit_callbacks):
    upload = whole(cast.dana)
    first, second = (files.receive(arrived(upload, cast.dana)) for _each in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        first.pieces.used()

    with pytest.raises(Refused, match=r"“law\.pdf” was used already\. Choose the file again\."):
        second.pieces.used()
    with pytest.raises(Refused, match=r"“law\.pdf” was used already\. Choose the file again\."):
        files.receive(arrived(upload, cast.dana))

    assert (UploadPiece.objects.count(), objects()) == (0, [])


def test_one_that_is_kept_in_two_places_at_once_is_used_once(cast):
    received = files.receive(arrived(whole(cast.dana), cast.dana))

    received.pieces.used()
    received.pieces.used()

    assert Upload.objects.get().used_at is not None


def test_chosen_again_after_its_use_a_file_begins_anew(cast):
    upload = send(begin(cast.dana, modified=5), by=cast.dana)
    files.receive(arrived(upload, cast.dana)).pieces.used()

    assert begin(cast.dana, modified=5).received == 0


def test_half_a_file_is_no_file(cast):
    upload = send(begin(cast.dana), by=cast.dana, until=300)

    with pytest.raises(Refused, match=r"“law\.pdf” has not arrived whole: 300.bytes of 777.bytes"):
        files.receive(arrived(upload, cast.dana))


@pytest.mark.parametrize("said", ["nothing", "2f1c2f4e-7b1b-4a66-9d2b-0f2f7c7f0a11", "0"])
def test_an_upload_that_never_was_is_no_file(cast, said):
    with pytest.raises(Refused, match=r"This file is no longer on its way\. Choose it again\."):
        files.receive(arrived(said, cast.dana))


def test_a_file_that_the_form_brought_goes_first(cast):
    upload, file = whole(cast.dana), SimpleUploadedFile("other.pdf", b"%PDF-other")

    assert arrived(upload, cast.dana, file=file) is file


def test_a_form_that_names_no_upload_costs_no_statement(cast, statements):
    with statements() as seen:
        uploads.handed_in({"file-upload": "", "title": "x"}, MultiValueDict(), by=cast.dana)

    assert seen == []


def test_a_piece_that_the_store_lost_is_said(cast):
    upload = whole(cast.dana)
    default_storage.delete(objects()[0])

    with pytest.raises(Refused, match=r"A piece of “law\.pdf” was lost\. Choose the file again\."):
        files.receive(arrived(upload, cast.dana))


# --- given up, left alone ------------------------------------------------------------------


def test_what_is_given_up_is_gone(cast, django_capture_on_commit_callbacks):
    upload = send(begin(cast.dana), by=cast.dana, until=300)

    with django_capture_on_commit_callbacks(execute=True):
        uploads.give_up(upload, by=cast.dana)

    assert (Upload.objects.count(), UploadPiece.objects.count(), objects()) == (0, 0, [])


def test_a_tick_forgets_what_was_left_alone_for_two_days(cast, django_capture_on_commit_callbacks):
    old = send(begin(cast.dana), by=cast.dana, until=300)
    used = whole(cast.dana)
    with django_capture_on_commit_callbacks(execute=True):
        files.receive(arrived(used, cast.dana)).pieces.used()
    young = begin(cast.dana)
    with time_machine.travel(old.last_at + datetime.timedelta(hours=47)):
        young = send(young, by=cast.dana, until=100)

    later = old.last_at + datetime.timedelta(hours=49)
    with time_machine.travel(later), django_capture_on_commit_callbacks(execute=True):
        assert jobs.tick() == []

    assert [*Upload.objects.all()] == [young]
    assert len(objects()) == 1


def test_the_sweep_of_strays_leaves_pieces_alone_that_have_their_rows(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    send(begin(cast.dana), by=cast.dana, until=300)

    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)):
        assert strays.sweep(now=timezone.now()) == {"files": 3, "named": 3, "deleted": 0}


# --- at the same moment --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["put", "use"])
def test_two_tabs_at_once_keep_one_piece_and_use_one_file(cast, act):
    """A piece from both tabs stands once; of two saves that use the file one goes through."""
    upload = whole(cast.dana) if act == "use" else begin(cast.dana)
    start, outcomes = threading.Barrier(2, timeout=20), []

    def put():
        outcomes.append(uploads.put(upload, offset=0, data=PDF[:100], by=cast.dana).received)

    def use():
        received = files.receive(arrived(upload, cast.dana))
        start.wait()
        with transaction.atomic():
            received.pieces.used()
        outcomes.append("done")

    def attempt():
        try:
            if act == "put":
                start.wait()
            {"put": put, "use": use}[act]()
        except Refused as refused:
            outcomes.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    if act == "put":
        assert (outcomes, UploadPiece.objects.count()) == ([100, 100], 1)
    else:
        assert sorted(outcomes) == ["done", "“law.pdf” was used already. Choose the file again."]
