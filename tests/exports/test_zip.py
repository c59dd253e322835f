"""A report with its annexes as one zip: what may leave and nothing else, listed with hashes, the same bytes again."""

import hashlib
import io
import json
import unicodedata
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from accounts import jobs
from accounts.choices import Role
from accounts.models import Job
from exports import bundle, schemas, store, work
from exports.registry import FORMATS
from reporting.reports.models import Submission
from reporting.reports.services.attachment import make_annex, make_internal, upload
from reporting.reports.services.contribution import ask_contribution
from tests import factories
from tests.reporting.reports import factories as made

AT = datetime(2027, 3, 18, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def attach(cast, report, slug: str, name: str, by, *, annex: bool = True):
    data = f"%PDF-1.7 {slug} {name}".encode()
    row = upload(made.section(report, slug), file=ContentFile(data, name=name), by=by)
    return make_annex(row, by=cast.amina) if annex else row


@pytest.fixture
def report(cast):
    report = made.report(cast)
    for slug, by in (("f1", cast.jonas), ("f2", cast.rosa)):
        made.write(made.section(report, slug), f"The text of {slug}.", by)
        attach(cast, report, slug, "law.pdf", by)
    attach(cast, report, "f1", "قانون العمل رقم 12.pdf", cast.jonas)
    attach(cast, report, "f1", "secret.pdf", cast.jonas, annex=False)
    return report


@pytest.fixture
def submission(cast, report) -> Submission:
    return Submission.objects.get(report=made.to_endorsement(report, cast))


def zip_of(report, by, **said) -> Job:
    job = work.ask_for_zip(report, by=by, **{"formats": ["json", "pdf"], "form": "working", "language": "en"} | said)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def data_of(job: Job) -> bytes:
    with job.file.open("rb") as source:
        return source.read()


def held(job: Job) -> dict[str, bytes]:
    return opened(data_of(job))


# --- what is in it ------------------------------------------------------------------------


def test_the_report_in_its_formats_the_annexes_and_the_list_and_no_internal_file(cast, report):
    job = zip_of(report, cast.amina)

    inside = held(job)
    assert list(inside) == [
        f"ARC-{report.slug}-working.pdf",
        f"ARC-{report.slug}-working.json",
        "annexes/law.pdf",
        "annexes/law (2).pdf",
        "annexes/قانون العمل رقم 12.pdf",
        "manifest.json",
    ]
    assert job.file_name == f"ARC-{report.slug}-working.zip"
    assert b"secret" not in b"".join(inside[name] for name in inside if name.startswith("annexes/"))


def test_the_list_names_every_file_with_its_size_and_hash_and_obeys_its_schema(cast, report):
    inside = held(zip_of(report, cast.amina))

    manifest = json.loads(inside.pop("manifest.json"))
    assert list(Draft202012Validator(schemas.SCHEMAS["servanda.bundle-1"]()).iter_errors(manifest)) == []
    assert {each["name"]: (each["size"], each["sha256"]) for each in manifest["files"]} == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in inside.items()
    }
    assert manifest["about"]["submission"] is None


def test_each_reader_gets_the_annexes_of_what_they_read(cast, report):
    found = {user.name: sorted(held(zip_of(report, user))) for user in (cast.jonas, cast.rosa)}

    start = [f"ARC-{report.slug}-working.{ending}" for ending in ("json", "pdf")]
    assert found == {
        "Jonas": [*start, "annexes/law.pdf", "annexes/قانون العمل رقم 12.pdf", "manifest.json"],
        "Rosa": [*start, "annexes/law.pdf", "manifest.json"],
    }


def test_a_body_asked_for_one_question_gets_no_file_of_the_section_as_a_whole(cast, report):
    attach(cast, report, "g1", "whole.pdf", cast.jonas)
    interior = factories.body(cast.arcadia, "interior")
    hana = factories.member("Hana", interior, Role.FOCAL_POINT)
    section = made.section(report, "g1")
    answer = section.answers.get(question__code__endswith="G1-Q1")
    ask_contribution(section, body=interior, answers=[answer], by=cast.amina)

    inside = held(zip_of(report, hana))

    assert [name for name in inside if name.startswith("annexes/")] == []
    assert b"whole" not in b"".join(inside.values())


def test_an_annex_that_became_internal_meanwhile_is_not_fetched_any_more(cast, report, signed_in):
    job = zip_of(report, cast.amina)
    make_internal(report_annex(report), by=cast.amina)

    answer = signed_in(cast.amina).get(f"/jobs/{job.uuid}/file/")

    assert answer.status_code == 403


def report_annex(report):
    return made.section(report, "f1").attachments.filter(is_annex=True).first()


# --- of a submission ----------------------------------------------------------------------


def test_the_zip_of_a_submission_is_the_same_bytes_whenever_and_by_whomever(cast, submission):
    first = data_of(zip_of(submission.report, cast.amina, number=1, form="", language=""))
    make_internal_after_all(submission, cast)

    second = data_of(zip_of(submission.report, cast.dana, number=1, form="", language=""))

    assert first == second
    inside = opened(first)
    assert inside[f"ARC-{submission.report.slug}-1.pdf"] == store.data_of(store.file_of(submission, "pdf"))
    assert [name for name in inside if name.startswith("annexes/")] == [
        "annexes/law.pdf",
        "annexes/law (2).pdf",
        "annexes/قانون العمل رقم 12.pdf",
    ]


def make_internal_after_all(submission, cast) -> None:
    """As after a report was taken back; the submission keeps what was endorsed."""
    type(report_annex(submission.report)).objects.update(is_annex=False)


def test_whoever_may_not_read_the_submission_makes_no_zip_of_it(cast, submission, signed_in):
    address = f"/reports/{submission.report.slug}/submissions/1/zip/"

    said = {
        name: signed_in(getattr(cast, name)).post(address, {"formats": ["pdf"]}).status_code
        for name in ("mina", "nuri", "idris")
    }

    assert said == {"mina": 302, "nuri": 403, "idris": 404}


def test_an_annex_damaged_on_disk_makes_no_zip(cast, submission):
    row = report_annex(submission.report)
    with row.file.open("wb") as target:
        target.write(b"%PDF-1.7 other")

    job = zip_of(submission.report, cast.amina, number=1)

    assert (job.status, bool(job.file)) == ("failed", False)
    assert job.error == "The stored file is damaged, so it is not handed out. Whoever runs the machine can restore it."


# --- from the page and the command line ---------------------------------------------------


def test_it_is_asked_for_on_the_page_and_fetched(cast, report, signed_in, django_capture_on_commit_callbacks):
    client = signed_in(cast.amina)
    wanted = {"form": "submission", "formats": ["docx", "xlsx"], "language": "ar"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/reports/{report.slug}/exports/zip/", wanted)

    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.uuid}/"
    assert f"/jobs/{job.uuid}/file/" in client.get(answer.url).content.decode()
    assert sum(name.endswith((".docx", ".xlsx")) for name in held(job)) == 2


def test_without_a_format_the_page_says_what_to_choose(cast, report, signed_in):
    answer = signed_in(cast.amina).post(f"/reports/{report.slug}/exports/zip/", {"form": "working", "language": "en"})

    assert answer.status_code == 422
    assert "Choose at least one format." in answer.content.decode()
    assert not Job.objects.exists()


def test_the_command_line_writes_the_zip_of_the_submission(cast, submission, tmp_path):
    path = tmp_path / "report.zip"

    call_command(
        "export_report", str(submission.report_id), "--format", "zip", "--inside", *FORMATS, "--output", str(path)
    )

    page = zip_of(submission.report, cast.amina, number=1, formats=list(FORMATS))
    assert path.read_bytes() == data_of(page)


def test_the_command_line_writes_the_zip_of_a_draft(report, tmp_path):
    path = tmp_path / "report.zip"

    call_command("export_report", str(report.pk), "--format", "zip", "--form", "working", "--output", str(path))

    assert sorted(opened(path.read_bytes()))[:2] == [
        f"ARC-{report.slug}-working.docx",
        f"ARC-{report.slug}-working.pdf",
    ]


# --- names --------------------------------------------------------------------------------


def packed(*names: str) -> list[str]:
    target = io.BytesIO()
    bundle.write(target, (bundle.Item(name, "annex", lambda: b"x") for name in names), about={}, made_at=AT)
    return list(opened(target.getvalue()))[:-1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("law.pdf", "law.pdf"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\laws\\act.pdf", "C--laws-act.pdf"),
        ("con.pdf", "_con.pdf"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("قانون\u200f  العمل.pdf", "قانون العمل.pdf"),
        ("manifest.json", "manifest (2).json"),
        ("", "file"),
        ("勞動法.pdf", "勞動法.pdf"),
        ("é" * 200 + ".pdf", "é" * 88 + ".pdf"),
    ],
)
def test_a_name_is_one_that_every_system_holds(name, kept):
    assert packed(name) == [kept]


def test_names_that_differ_only_in_case_are_told_apart():
    assert packed("Law.pdf", "law.pdf", "LAW.PDF") == ["Law.pdf", "law (2).pdf", "LAW (3).PDF"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.one_of(some.text(max_size=12), some.text("aé勞", min_size=170, max_size=200)), max_size=4))
def test_whatever_they_are_called_names_stay_inside_apart_and_short(names):
    found = packed(*names)

    assert len({each.casefold() for each in found}) == len(names)
    for each in found:
        assert not set(each) & set('<>:"|?*/\\')
        assert not each.startswith(".")
        assert len(each.encode()) <= bundle.LONGEST + 5
        assert not any(unicodedata.category(letter)[0] == "C" for letter in each)
