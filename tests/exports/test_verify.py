"""Which submission a file is, known by its own hash, as far as whoever asks may know of it."""

import datetime
import hashlib
import io
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client

from exports import packing, store, verifying
from exports.registry import FORMATS
from reporting.reports.models import Report, Submission
from reporting.reports.services.attachment import make_annex, upload
from reporting.reports.services.submission import publish
from tests.reporting.reports import factories as made

NONE = "This is none of the files made here."


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    return settings.MEDIA_ROOT


@pytest.fixture
def submission(cast) -> Submission:
    report = made.report(cast)
    row = upload(made.section(report, "f1"), file=ContentFile(b"%PDF-1.7 a law", name="قانون.pdf"), by=cast.jonas)
    make_annex(row, by=cast.amina)
    secret = upload(made.section(report, "f1"), file=ContentFile(b"%PDF-1.7 secret", name="x.pdf"), by=cast.jonas)
    assert not secret.is_annex
    return Submission.objects.select_related("report").get(report=made.to_endorsement(report, cast))


def data(submission, format: str = "json") -> bytes:
    return store.data_of(store.file_of(submission, format))


def zip_of(submission) -> bytes:
    target = io.BytesIO()
    packing.write_submission(target, submission, packing.items_of_submission(submission, ["pdf", "docx"]))
    return target.getvalue()


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def said(content: bytes) -> str:
    return verifying.verify(io.BytesIO(content)).sentence


def sent(client: Client, content: bytes, name: str = "report.json"):
    file = io.BytesIO(content)
    file.name = name
    return client.post("/verify/", {"file": file})


# --- what is known ------------------------------------------------------------------------


@pytest.mark.parametrize(("format", "label"), [(each.slug, str(each.label)) for each in FORMATS.values()])
def test_a_file_is_known_by_its_own_hash(submission, format, label):
    verdict = verifying.verify(io.BytesIO(data(submission, format)))

    title = submission.content["report"]["title"]
    assert verdict.sentence == f"Submission 1 of “{title}” (Arcadia), {label}, English."
    assert verdict.sha256 == hashlib.sha256(data(submission, format)).hexdigest()


def test_one_byte_more_or_less_is_none_of_ours(submission):
    whole = data(submission)

    assert {said(each) for each in (whole[:-1], whole + b" ", b"", b"PK\x03\x04 and no zip")} == {NONE}


def test_an_annex_is_known_and_a_file_that_stayed_internal_is_not(submission):
    title = submission.content["report"]["title"]

    assert said(b"%PDF-1.7 a law") == f"Annex “قانون.pdf” to submission 1 of “{title}” (Arcadia)."
    assert said(b"%PDF-1.7 secret") == NONE


def test_a_zip_is_known_by_all_that_is_in_it(submission):
    verdict = verifying.verify(io.BytesIO(zip_of(submission)))

    assert (verdict.is_known, verdict.sentence) == (True, "Every file in this zip is an original.")
    assert [each.name for each in verdict.inside] == [
        f"ARC-{submission.report.slug}-1.pdf",
        f"ARC-{submission.report.slug}-1.docx",
        "annexes/قانون.pdf",
    ]


def test_a_zip_with_a_changed_file_says_which(submission):
    verdict = verifying.verify(io.BytesIO(zipped(good=data(submission), bad=data(submission) + b" ")))

    assert (verdict.is_known, verdict.sentence) == (False, "Not every file in this zip is an original.")
    assert [(each.name, each.is_known) for each in verdict.inside] == [("good", True), ("bad", False)]


def test_a_zip_costs_the_same_however_much_is_in_it(submission, statements):
    with statements() as few:
        said(zipped(a=data(submission)))
    many = {f"n{number}": data(submission) + b" " * number for number in range(30)}
    with statements() as more:
        said(zipped(**many))

    assert len(more) <= len(few) + 1


def test_a_zip_that_swells_or_has_too_many_files_is_not_unpacked(submission, settings):
    settings.VERIFY_MAX_BYTES = 1000
    sentence = "This zip holds more than is looked at. Unpack it, and verify its files one by one."

    assert said(zipped(bomb=b"0" * 100_000)) == sentence
    assert said(zipped(**{f"n{number}": b"" for number in range(verifying.MOST_ENTRIES + 1)})) == sentence


def test_a_broken_entry_is_of_nothing(submission):
    whole = bytearray(zipped(good=b"%PDF-1.7 a law"))
    at = whole.index(b"good") + 6
    whole[at] ^= 0xFF

    assert said(bytes(whole)) == "This is none of the files made here, and no file in it is."


# --- who may know -------------------------------------------------------------------------


def test_each_learns_of_the_submissions_that_they_may_read(cast, submission, signed_in):
    clients = {name: signed_in(getattr(cast, name)) for name in ("amina", "dana", "mina", "nuri", "idris")}
    clients["anonymous"] = Client()

    known = (data(submission), zip_of(submission), b"%PDF-1.7 a law")
    found = {
        name: tuple("bmission 1 of" in sent(client, each).content.decode() for each in known)
        for name, client in clients.items()
    }

    all_of_it, nothing = (True,) * 3, (False,) * 3
    assert found == {
        "amina": all_of_it,
        "dana": all_of_it,
        "mina": all_of_it,
        "nuri": nothing,
        "idris": nothing,
        "anonymous": nothing,
    }


def test_whoever_may_not_know_is_told_the_same_as_of_a_strange_file(cast, submission, signed_in):
    pages = [sent(signed_in(cast.idris), each).content.decode() for each in (data(submission), b"strange")]

    assert [NONE in page for page in pages] == [True, True]
    assert submission.content["report"]["title"] not in pages[0]


def test_what_is_published_is_known_to_everybody(cast, submission, signed_in):
    publish(submission.report, by=cast.amina)

    for client in (signed_in(cast.nuri), signed_in(cast.idris), Client()):
        assert "Submission 1 of" in sent(client, data(submission)).content.decode()


def test_a_later_submission_is_not_published_with_the_earlier(cast, submission):
    publish(submission.report, by=cast.amina)
    earlier = submission.recorded_at - datetime.timedelta(seconds=1)
    Report.objects.update(published_at=earlier)

    assert NONE in sent(Client(), data(submission)).content.decode()


# --- limits -------------------------------------------------------------------------------


def test_nothing_of_the_file_is_stored(cast, submission, signed_in, files):
    before = sorted(files.rglob("*"))

    sent(signed_in(cast.amina), b"x" * 3_000_000)

    assert sorted(files.rglob("*")) == before


def test_a_file_that_is_too_large_and_none_at_all_get_a_sentence(cast, signed_in, settings):
    settings.VERIFY_MAX_BYTES = 1000
    client = signed_in(cast.amina)

    large, none = sent(client, b"x" * 1001), client.post("/verify/", {})

    assert (large.status_code, none.status_code) == (422, 422)
    assert "The file is larger than 1000\xa0bytes." in large.content.decode()
    assert "Choose a file first." in none.content.decode()


def test_many_files_in_a_minute_are_put_off(settings, db):
    settings.VERIFY_PER_MINUTE = 3
    client = Client()

    codes = [sent(client, b"x").status_code for _each in range(5)]
    elsewhere = client.post("/verify/", {}, REMOTE_ADDR="192.0.2.7").status_code

    assert codes == [200, 200, 200, 429, 429]
    assert elsewhere == 422


# --- the command line ---------------------------------------------------------------------


def test_the_command_line_lists_the_files_of_a_zip_and_ends_with_1_where_one_is_none(submission, tmp_path, capsys):
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(zip_of(submission))
    bad.write_bytes(zipped(bad=b"x", good=b"%PDF-1.7 a law"))

    call_command("verify", str(good))
    with pytest.raises(CommandError, match="Not every file in this zip is an original"):
        call_command("verify", str(bad))

    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == [
        each.name for each in verifying.verify(io.BytesIO(zip_of(submission))).inside
    ]
    assert "bad: None of the files made here." in lines
