"""Long work: progress, the file, cancelling, silence, and who may see it."""

import datetime
import threading
import time

import pytest
from django.utils import timezone

from accounts import jobs, notifications
from accounts.models import Job, Notification


@pytest.fixture
def write(monkeypatch):
    def work(running: jobs.Running) -> None:
        running.progress(1, 2)
        running.publish(b"%PDF", name="report.pdf", content_type="application/pdf")

    monkeypatch.setitem(jobs.kinds, "write", work)
    return work


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def start(by, callbacks=None, kind="write"):
    return jobs.start(kind, by=by, label="Report", arguments={})


def test_a_job_runs_after_the_commit_and_its_file_is_fetched_by_who_asked(
    cast, write, signed_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = start(cast.amina)
        assert Job.objects.get().status == "waiting"

    page = signed_in(cast.amina).get(f"/jobs/{job.uuid}/").content.decode()
    answer = signed_in(cast.amina).get(f"/jobs/{job.uuid}/file/")
    assert "The file is ready." in page
    assert "4" in page
    assert b"".join(answer.streaming_content) == b"%PDF"
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
    answer.close()


@pytest.mark.parametrize("name", ["wen", "dana", "idris"])
@pytest.mark.parametrize("page", ["", "file/"])
def test_nobody_else_learns_of_it(cast, write, signed_in, name, page):
    job = start(cast.amina)
    jobs.run(job.pk)

    assert signed_in(getattr(cast, name)).get(f"/jobs/{job.uuid}/{page}").status_code == 404
    assert signed_in(getattr(cast, name)).post(f"/jobs/{job.uuid}/cancel/").status_code == 404


def test_the_page_asks_again_by_itself_while_the_job_waits_and_works_without_script(cast, write, signed_in):
    job = start(cast.amina)
    browser = signed_in(cast.amina)

    page = browser.get(f"/jobs/{job.uuid}/").content.decode()
    part = browser.get(f"/jobs/{job.uuid}/", headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 2s"' in page
    assert "Look again" in page
    assert "<html" not in part


def test_a_cancelled_job_is_not_begun(cast, write, signed_in):
    job = start(cast.amina)
    signed_in(cast.amina).post(f"/jobs/{job.uuid}/cancel/")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, job.attempts, bool(job.file)) == ("cancelled", 0, False)


def test_a_job_cancelled_while_it_runs_publishes_nothing(cast, monkeypatch, settings):
    def work(running):
        jobs.cancel(running.job)
        running.publish(b"late", name="late.pdf", content_type="application/pdf")

    monkeypatch.setitem(jobs.kinds, "write", work)
    job = start(cast.amina)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, bool(job.file)) == ("cancelled", False)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_job_that_fails_says_so_in_a_sentence(cast, monkeypatch, signed_in):
    def work(running):
        raise jobs.Failed("The report is empty.")

    monkeypatch.setitem(jobs.kinds, "write", work)
    job = start(cast.amina)

    jobs.run(job.pk)

    assert "The report is empty." in signed_in(cast.amina).get(f"/jobs/{job.uuid}/").content.decode()


def test_a_job_silent_for_a_minute_is_taken_up_again_three_times_at_most(cast, write):
    job = start(cast.amina)
    taken = []
    for attempts in (1, 2, 3):
        silent = timezone.now() - datetime.timedelta(seconds=61)
        Job.objects.update(status="running", attempts=attempts, heartbeat_at=silent, file="")
        taken.append(jobs.take_up_silent())

    job.refresh_from_db()
    assert taken == [1, 1, 0]
    assert job.status == "failed"


def test_a_job_that_speaks_is_left_alone(cast, write):
    start(cast.amina)
    Job.objects.update(status="running", attempts=1, heartbeat_at=timezone.now() - datetime.timedelta(seconds=50))

    assert jobs.take_up_silent() == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_busy_with_one_long_step_gives_signs_of_life(monkeypatch):
    monkeypatch.setattr(jobs, "BEAT", 0.02)
    heard = threading.Event()

    def work(running):
        long_ago = timezone.now() - datetime.timedelta(minutes=5)
        Job.objects.filter(pk=running.job.pk).update(heartbeat_at=long_ago)
        for _try in range(200):
            if Job.objects.get(pk=running.job.pk).heartbeat_at > long_ago:
                heard.set()
                break
            time.sleep(0.02)

    monkeypatch.setitem(jobs.kinds, "write", work)
    job = Job.objects.create(kind="write", label="Report", arguments={})

    jobs.run(job.pk)

    job.refresh_from_db()
    assert heard.is_set()
    assert job.status == "done"
    assert not any(thread.name == f"heartbeat-{job.pk}" for thread in threading.enumerate())


def test_a_waiting_job_that_the_queue_lost_is_queued_again(cast, write):
    job = start(cast.amina)
    Job.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=11))

    jobs.take_up_lost()

    job.refresh_from_db()
    assert job.status == "done"


def test_what_fails_in_a_tick_does_not_stop_the_others(monkeypatch):
    done = []

    def fails():
        raise RuntimeError("no")

    monkeypatch.setattr(jobs, "take_up_silent", lambda: None)
    monkeypatch.setattr(jobs, "take_up_lost", lambda: None)
    monkeypatch.setattr(jobs, "prune", lambda: None)
    monkeypatch.setattr(jobs, "each_minute", [fails, lambda: done.append(1)])

    assert len(jobs.tick()) == 1
    assert done == [1]


def test_files_are_kept_for_a_week(cast, write, settings):
    job = start(cast.amina)
    jobs.run(job.pk)
    Job.objects.update(finished_at=timezone.now() - datetime.timedelta(days=8))

    jobs.prune()

    assert Job.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_how_long_files_are_kept_is_a_setting_and_stands_on_the_page(cast, write, settings, signed_in):
    settings.JOB_DAYS = 2
    job = start(cast.amina)
    jobs.run(job.pk)
    ended = timezone.now().replace(year=2031, month=3, day=4, hour=12)
    Job.objects.update(finished_at=ended)

    page = signed_in(cast.amina).get(f"/jobs/{job.uuid}/").content.decode()
    Job.objects.update(finished_at=timezone.now() - datetime.timedelta(days=1))
    jobs.prune()
    kept = Job.objects.count()
    Job.objects.update(finished_at=timezone.now() - datetime.timedelta(days=3))
    jobs.prune()

    assert "It is kept here until 6 March 2031." in page
    assert (kept, Job.objects.count()) == (1, 0)


@pytest.mark.parametrize(("asked", "told"), [(2, 0), (30, 1)])
def test_whoever_went_on_is_told_when_the_file_is_ready_and_comes_to_it(cast, write, signed_in, asked, told):
    job = start(cast.amina)
    Job.objects.update(asked_at=timezone.now() - datetime.timedelta(seconds=asked))

    jobs.run(job.pk)

    notices = Notification.objects.filter(recipient=cast.amina)
    assert [str(each.kind) for each in notices] == ["job_ready"] * told
    for each in notices:
        page = signed_in(cast.amina).get("/notifications/").content.decode()
        assert "The file that you asked for is ready: Report." in page
        assert notifications.address_of(each) == f"/jobs/{job.uuid}/"
        Job.objects.all().delete()
        assert notifications.seen_by(cast.amina, [each]) == []


def test_a_failure_after_a_while_is_told_too(cast, monkeypatch):
    monkeypatch.setitem(jobs.kinds, "write", lambda running: 1 / 0)
    job = start(cast.amina)
    Job.objects.update(asked_at=timezone.now() - datetime.timedelta(seconds=30))

    jobs.run(job.pk)

    assert [each.kind for each in Notification.objects.all()] == ["job_failed"]


def test_a_worker_that_was_given_up_and_wakes_has_no_say_any_more(cast, monkeypatch, settings):
    """It slept for a minute; meanwhile another worker took the job up."""
    said = []

    def work(running: jobs.Running) -> None:
        Job.objects.update(attempts=2)
        try:
            running.progress(1, 2)
        except jobs.Cancelled:
            said.append("progress")
        try:
            running.publish(b"late", name="late.pdf", content_type="application/pdf")
        except jobs.Cancelled:
            said.append("file")
        raise jobs.Failed("Not my work any more.")

    monkeypatch.setitem(jobs.kinds, "write", work)
    job = start(cast.amina)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert said == ["progress", "file"]
    assert (job.status, job.error) == ("running", "")
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_how_the_work_ended_is_said_in_the_language_of_who_asked(cast, monkeypatch, translated):
    def fail(running: jobs.Running) -> None:
        raise RuntimeError

    monkeypatch.setitem(jobs.kinds, "write", fail)
    cast.amina.language = "ar"
    cast.amina.save(update_fields=["language"])
    failed, silent = start(cast.amina), start(cast.amina)
    Job.objects.filter(pk=silent.pk).update(status="running", attempts=3, heartbeat_at=timezone.now() - jobs.LOST)

    jobs.run(failed.pk)
    jobs.take_up_silent()

    said = list(Job.objects.order_by("pk").values_list("error", flat=True))
    assert ["This" in error for error in said] == [False, False]
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in error) for error in said)
