"""Stored files that no row names are deleted, and nothing else is."""

import datetime
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts import jobs, strays
from accounts.models import Job
from reporting.reports.models import Attachment
from tests.reporting.assistance import factories as requests
from tests.reporting.reports import factories as made

LONG_AGO = datetime.timedelta(days=2)


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def section(cast):
    return made.section(made.report(cast), "f1")


def put(path: Path, age: datetime.timedelta = LONG_AGO) -> Path:
    """A file that lies there without a row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF")
    at = (timezone.now() - age).timestamp()
    os.utime(path, (at, at))
    return path


def attach(section, cast, name="law.pdf") -> Path:
    """A file of a section, with its row, as old as the strays."""
    row = Attachment(
        state_party=section.state_party,
        section=section,
        title=name,
        file_name=name,
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        uploaded_by=cast.dana,
        uploaded_at=timezone.now(),
    )
    row.file.save(name, ContentFile(b"%PDF"))
    return put(Path(row.file.path))


def sweep() -> dict[str, int]:
    return strays.sweep(now=timezone.now())


def left(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() or path.is_symlink())


@pytest.mark.parametrize(
    "folder", ["attachments", "endorsements", "jobs", "received", "requests", "submissions", "uploads"]
)
def test_in_every_folder_of_uploads_a_file_without_a_row_goes_and_one_with_a_row_stays(cast, section, root, folder):
    kept, stray = attach(section, cast), put(root / folder / "2026" / "gone.pdf")

    assert sweep() == {"files": 2, "named": 1, "deleted": 1}

    assert (kept.exists(), stray.exists()) == (True, False)


def test_files_elsewhere_are_none_of_its_business(cast, section, root):
    attach(section, cast)
    other, loose = put(root / "fonts" / "one.ttf"), put(root / "notes.txt")

    assert sweep()["deleted"] == 0

    assert (other.exists(), loose.exists()) == (True, True)


def test_a_file_younger_than_a_day_may_still_get_its_row(cast, section, root):
    attach(section, cast)
    young = put(root / "attachments" / "young.pdf", datetime.timedelta(hours=23))

    assert (sweep()["deleted"], young.exists()) == (0, True)


def test_a_file_that_only_the_history_names_stays(cast, section, root):
    """A letter that a later one replaced, as the history of the request knows it."""
    request = requests.request(cast)
    put(root / "requests" / "2026" / "first.pdf"), put(root / "requests" / "2026" / "second.pdf")
    for name in ("first", "second"):
        request.letter = f"requests/2026/{name}.pdf"
        request.save()
    put(root / "requests" / "2026" / "third.pdf")

    assert sweep() == {"files": 3, "named": 2, "deleted": 1}

    assert left(root) == ["requests/2026/first.pdf", "requests/2026/second.pdf"]


def test_a_file_taken_off_its_answer_stays_for_the_submissions_that_name_it(cast, section):
    kept = attach(section, cast)
    Attachment.objects.update(removed_at=timezone.now())

    assert (sweep()["deleted"], kept.exists()) == (0, True)


def test_a_database_that_names_few_of_the_files_is_the_wrong_one_and_nothing_is_deleted(cast, section, root, caplog):
    attach(section, cast)
    for number in range(2):
        put(root / "received" / f"{number}.pdf")

    with pytest.raises(jobs.Failed, match="names only 1 of 3 stored files"):
        sweep()

    assert len(left(root)) == 3
    assert "the database names 1 of 3 files; nothing was deleted" in caplog.text


def test_an_empty_database_deletes_nothing(cast, root):
    stray = put(root / "attachments" / "one.pdf")

    with pytest.raises(jobs.Failed):
        sweep()

    assert stray.exists()


def test_without_files_there_is_nothing_to_do(cast):
    assert sweep() == {"files": 0, "named": 0, "deleted": 0}


def test_no_link_is_followed_out_of_the_folder(cast, section, root, tmp_path):
    attach(section, cast)
    outside = put(tmp_path / "elsewhere" / "precious.pdf")
    (root / "attachments" / "folder").symlink_to(outside.parent)
    (root / "attachments" / "link.pdf").symlink_to(outside)
    (root / "received").symlink_to(outside.parent)

    assert sweep() == {"files": 1, "named": 1, "deleted": 0}

    assert outside.exists()
    assert (root / "attachments" / "link.pdf").is_symlink()


def test_a_name_in_the_database_that_leads_out_of_the_folder_protects_and_endangers_nothing(
    cast, section, root, tmp_path
):
    outside = put(tmp_path / "precious.pdf")
    attach(section, cast)
    Attachment.objects.filter(file=attach(section, cast, "b.pdf").relative_to(root)).update(file="../precious.pdf")

    assert sweep() == {"files": 2, "named": 1, "deleted": 1}

    assert outside.exists()


def test_a_folder_that_cannot_be_read_is_said_and_left_alone(cast, section, root, monkeypatch, caplog):
    attach(section, cast)
    hidden, stray = put(root / "received" / "locked" / "a.pdf"), put(root / "received" / "open" / "b.pdf")
    opened = os.open

    def refusing(path, *rest, **more):
        if path == "locked":  # root reads everything, so that a mode would prove nothing
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)

    assert sweep()["deleted"] == 1

    assert (hidden.exists(), stray.exists()) == (True, False)
    assert "Permission denied: 'locked'" in caplog.text


def test_a_file_that_cannot_be_deleted_does_not_keep_the_others(cast, section, root, monkeypatch):
    attach(section, cast), attach(section, cast, "b.pdf")
    kept, gone = put(root / "received" / "a.pdf"), put(root / "received" / "b.pdf")
    unlink = os.unlink

    def refusing(path, *rest, **more):
        if path == "a.pdf":
            raise PermissionError(13, "Permission denied", path)
        unlink(path, *rest, **more)

    monkeypatch.setattr(os, "unlink", refusing)

    assert sweep()["deleted"] == 1

    assert (kept.exists(), gone.exists()) == (True, False)


# --- once a day ------------------------------------------------------------------------------


def at(job: Job, age: datetime.timedelta) -> None:
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - age)


def test_the_tick_asks_for_it_once_a_day(cast):
    jobs.tick()
    jobs.tick()
    [job] = Job.objects.filter(kind=strays.KIND)

    at(job, datetime.timedelta(hours=24))
    jobs.tick()

    assert Job.objects.filter(kind=strays.KIND).count() == 2


def test_the_job_keeps_what_it_did(cast, section, root):
    attach(section, cast), put(root / "jobs" / "gone.pdf")
    strays.due()
    job = Job.objects.get(kind=strays.KIND)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, job.arguments) == ("done", {"files": 2, "named": 1, "deleted": 1})


def test_a_refusal_is_kept_with_the_job(cast, root):
    put(root / "jobs" / "gone.pdf")
    strays.due()
    job = Job.objects.get(kind=strays.KIND)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, job.error) == (
        "failed",
        "The database names only 0 of 1 stored files. Nothing was deleted.",
    )
