"""The tasks of the queue: do a job, send what is urgent."""

from django_tasks import task

from accounts import jobs, notifications


@task(queue_name="exports")
def run_job(pk: int) -> None:
    jobs.run(pk)


@task(queue_name="default")
def mail_urgent() -> None:
    notifications.mail_urgent()
