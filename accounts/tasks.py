"""The one task of the queue: do a job."""

from django_tasks import task

from accounts import jobs


@task(queue_name="exports")
def run_job(pk: int) -> None:
    jobs.run(pk)
