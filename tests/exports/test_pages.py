"""The page on which files of a report are asked for."""

from accounts.models import Job
from tests.reporting.reports import factories as made


def test_asking_for_a_file_leads_to_its_job_and_then_to_the_file(cast, signed_in, django_capture_on_commit_callbacks):
    report = made.report(cast)
    client = signed_in(cast.amina)
    wanted = {"form": "working", "format": "json", "language": "en"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/reports/{report.slug}/exports/", wanted)

    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.uuid}/"
    assert f"/jobs/{job.uuid}/file/" in client.get(answer.url).content.decode()
