"""A whole report is made by a job, with the rights of whoever asked: when it is made and when it is fetched."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts import jobs
from accounts.models import HistoryEntry, Job
from accounts.services import people
from exports import work
from reporting.reports.choices import ReportStatus
from reporting.reports.services.section import Assignment, assign_sections
from reporting.reports.services.submission import Submission
from tests.reporting.reports import factories as made


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def report(cast):
    report = made.report(cast)
    for slug, by in (("f1", cast.jonas), ("f2", cast.rosa), ("g1", cast.jonas)):
        made.write(made.section(report, slug), f"The text of {slug}.", by)
    return report


def ask(report, by, **said) -> Job:
    return work.ask_for_export(report, by=by, **{"form": "working", "format_slug": "json", "language": "en"} | said)


def done(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def give_health_sections_to_justice(report, cast) -> None:
    rows = [Assignment(row.pk, cast.justice.pk, None, row.allotment) for row in report.sections.all()]
    assign_sections(report, rows, by=cast.amina)


def fetch(client, job: Job) -> tuple[int, str]:
    answer = client.get(f"/jobs/{job.uuid}/file/")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for closer in answer._resource_closers:  # closing the answer itself would close the database of the test
        closer()
    return answer.status_code, data.decode()


def test_a_job_makes_what_its_asker_reads_and_nothing_else(cast, report, signed_in):
    jobs_of = {user: done(ask(report, user)) for user in (cast.amina, cast.jonas, cast.rosa)}

    found = {}
    for user, job in jobs_of.items():
        status, text = fetch(signed_in(user), job)
        found[user.name] = (status, [slug for slug in ("f1", "f2", "g1") if f"The text of {slug}." in text])

    assert found == {"Amina": (200, ["f1", "f2", "g1"]), "Jonas": (200, ["f1", "g1"]), "Rosa": (200, ["f2"])}
    assert {job.file_name for job in jobs_of.values()} == {f"ARC-{report.slug}-working.json"}


def test_who_lost_the_right_while_the_job_waited_gets_no_file(cast, report):
    job = ask(report, cast.jonas)
    give_health_sections_to_justice(report, cast)

    done(job)

    assert (job.status, bool(job.file)) == ("failed", False)
    assert job.error == "The draft is exported by the bodies in it and the coordinators."


def test_who_lost_the_right_after_it_was_made_cannot_fetch_it(cast, report, signed_in):
    job = done(ask(report, cast.jonas))
    assert fetch(signed_in(cast.jonas), job)[0] == 200
    give_health_sections_to_justice(report, cast)

    status, page = fetch(signed_in(cast.jonas), job)

    assert status == 403
    assert "You may no longer read everything that this file holds. Ask for a new one." in page
    assert "The text of" not in page


def test_a_whole_report_made_in_validation_is_not_fetched_once_only_a_part_is_read_again(cast, report, signed_in):
    made.set_state(report, ReportStatus.VALIDATION)
    job = done(ask(report, cast.rosa))
    assert "The text of f1." in fetch(signed_in(cast.rosa), job)[1]

    made.set_state(report, ReportStatus.DRAFTING)

    assert fetch(signed_in(cast.rosa), job)[0] == 403


def test_who_was_deactivated_meanwhile_gets_no_file(cast, report):
    job = ask(report, cast.jonas)
    people.deactivate(cast.jonas, by=None)

    done(job)

    assert (job.status, bool(job.file)) == ("failed", False)


def test_a_double_click_makes_one_job_and_one_act(cast, report):
    first, second = ask(report, cast.amina), ask(report, cast.amina)
    other, theirs = ask(report, cast.amina, language="ar"), ask(report, cast.wen)

    assert first == second
    assert len({first.pk, other.pk, theirs.pk}) == 3 == Job.objects.count()
    assert HistoryEntry.objects.filter(act="report.export").count() == 3


def test_a_second_click_while_it_runs_leads_to_the_job_that_runs(cast, report, monkeypatch):
    found = []
    render = work.exporting.render
    monkeypatch.setattr(
        work.exporting, "render", lambda *a, **k: (found.append(ask(report, cast.amina)), render(*a, **k))[1]
    )
    job = done(ask(report, cast.amina))

    assert found == [job]
    assert ask(report, cast.amina) != job  # what has ended is made anew


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_job(cast, report, monkeypatch):
    monkeypatch.setattr(jobs, "_enqueue", lambda pk: None)
    together = threading.Barrier(2, timeout=30)

    def click() -> None:
        try:
            together.wait()
            ask(report, cast.amina)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Job.objects.filter(kind=work.EXPORT).count() == 1


def test_the_worker_that_dies_leaves_a_job_that_is_taken_up_and_ends_with_the_file(cast, report, signed_in):
    job = ask(report, cast.amina)
    silent = timezone.now() - datetime.timedelta(seconds=61)
    Job.objects.filter(pk=job.pk).update(status="running", attempts=1, heartbeat_at=silent, done=1, total=3)

    taken = jobs.take_up_silent()

    job.refresh_from_db()
    assert (taken, job.status, job.attempts) == (1, "done", 2)
    assert "The text of f2." in fetch(signed_in(cast.amina), job)[1]


def test_a_job_that_dies_three_times_is_given_up_with_a_sentence(cast, report, signed_in):
    job = ask(report, cast.amina)
    silent = timezone.now() - datetime.timedelta(seconds=61)
    Job.objects.filter(pk=job.pk).update(status="running", attempts=3, heartbeat_at=silent)

    assert jobs.take_up_silent() == 0

    page = signed_in(cast.amina).get(f"/jobs/{job.uuid}/").content.decode()
    assert "This was tried three times and did not come to an end." in page
    assert fetch(signed_in(cast.amina), job)[0] == 404


def test_a_cancelled_export_leaves_no_file(cast, report, files, monkeypatch):
    job = ask(report, cast.amina)
    render = work.exporting.render
    monkeypatch.setattr(work.exporting, "render", lambda *a, **k: (jobs.cancel(job), render(*a, **k))[1])

    done(job)

    assert (job.status, bool(job.file)) == ("cancelled", False)
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_a_format_that_cannot_hold_the_text_ends_with_its_reason(cast, report):
    made.write(made.section(report, "f2"), "טקסט בעברית.", cast.rosa, question=1)

    job = done(ask(report, cast.amina, format_slug="pdf"))

    assert job.status == "failed"
    assert job.error == "A PDF in the script Hebrew is not available yet; take the Word or Excel file."


def test_the_submission_form_of_an_endorsed_report_is_the_stored_file(cast, signed_in):
    report = made.endorsed(cast)
    submission = Submission.objects.get(report=report)
    client = signed_in(cast.amina)
    stored = client.get(f"/reports/{report.slug}/submissions/{submission.number}/files/json/").content.decode()

    final, working = (done(ask(report, cast.amina, form=form)) for form in ("submission", "working"))

    assert fetch(client, final) == (200, stored)
    assert final.file_name == f"ARC-{report.slug}-1.json"
    assert fetch(client, working)[1] != stored


def test_the_submission_form_of_a_draft_says_that_it_is_one(cast, report, signed_in):
    job = done(ask(report, cast.amina, form="submission"))

    assert "Not endorsed." in fetch(signed_in(cast.amina), job)[1]
