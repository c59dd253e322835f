"""Long work in the worker, and what each room does every minute.

A room registers a kind of job with ``@kind("name")``; ``start`` makes a ``Job`` row that a person
sees and queues it when the transaction commits. A job silent for a minute is taken up again,
three times at most.
"""

import datetime
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.models import Job, StateParty, User
from accounts.models.job import JobStatus
from accounts.notifications import language_of

log = logging.getLogger("servanda")

SILENCE = datetime.timedelta(seconds=60)
BEAT = 20.0  # seconds between two signs of life, a third of the silence that counts as death
LOST = datetime.timedelta(minutes=10)
MOST_ATTEMPTS = 3
WATCHED = datetime.timedelta(seconds=10)  # whoever waits so long for a file has gone on, and is told when it is there

Work = Callable[["Running"], None]
Still = Callable[[Job], "str | None"]
kinds: dict[str, Work] = {}
guards: dict[str, Still] = {}
each_minute: list[Callable[[], object]] = []


def kind(name: str, *, why_not: Still | None = None) -> Callable[[Work], Work]:
    """Register the function that does jobs of a kind; it receives a ``Running``.

    ``why_not`` says, when a file is fetched, why whoever asked for it may no longer have it, or None.
    """

    def register(function: Work) -> Work:
        kinds[name] = function
        if why_not is not None:
            guards[name] = why_not
        return function

    return register


class Cancelled(Exception):
    """The person no longer wants the work."""


class Failed(Exception):
    """The work cannot be done; the message is a sentence for the person who asked."""


class Running:
    """A job in the worker's hands."""

    def __init__(self, job: Job) -> None:
        self.job, self.arguments = job, job.arguments

    def progress(self, done: int, total: int) -> None:
        """Say how far it is; also a sign of life. Raises Cancelled."""
        if not _held(self.job).update(done=done, total=total, heartbeat_at=timezone.now()):
            raise Cancelled

    def remember(self, **facts: Any) -> None:
        """Keep plain facts about the work with the job, for whoever asks about it later."""
        self.job.arguments = self.arguments = {**self.arguments, **facts}
        Job.objects.filter(pk=self.job.pk).update(arguments=self.arguments)

    def publish(self, data: bytes | File, *, name: str, content_type: str) -> None:
        """Hand the file over: written first, then shown by one UPDATE."""
        field = Job._meta.get_field("file")
        file = ContentFile(data) if isinstance(data, bytes) else data
        path = field.storage.save(f"jobs/{timezone.now():%Y/%m}/{self.job.uuid}", file)  # type: ignore[attr-defined]
        now = timezone.now()
        with transaction.atomic():
            published = _held(self.job).update(
                file=path,
                file_name=name,
                content_type=content_type,
                size=file.size,
                status=JobStatus.DONE,
                finished_at=now,
                heartbeat_at=now,
            )
            if published:
                _tell(self.job, "job_ready")
        if not published:
            field.storage.delete(path)  # type: ignore[attr-defined]
            raise Cancelled


def _held(job: Job) -> QuerySet[Job]:
    """The job while this attempt at it counts: another worker may have taken it up from one that was silent."""
    return Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING, attempts=job.attempts)


def _tell(job: Job, kind: str) -> None:
    """A notice for whoever asked, unless it went so fast that they saw it on the page."""
    if job.asked_by is not None and timezone.now() - job.asked_at > WATCHED:
        notifications.notify([job.asked_by], kind=kind, subject=job, names={"subject": job.label})


def asked_already(name: str, *, by: User, arguments: dict[str, Any]) -> Job | None:
    """The same work for the same person that has not ended: a second click is none. Call it in the transaction
    that would start it."""
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once come one after the other
    rows = Job.objects.filter(kind=name, asked_by=by, status__in=[JobStatus.WAITING, JobStatus.RUNNING])
    # A running job remembers more than it was asked with.
    return next((row for row in rows if arguments.items() <= row.arguments.items()), None)


def kept_until(job: Job) -> datetime.datetime | None:
    return job.finished_at + _kept() if job.finished_at else None


def _kept() -> datetime.timedelta:
    return datetime.timedelta(days=settings.JOB_DAYS)


def start(
    name: str, *, by: User | None, label: str, state_party: StateParty | None = None, arguments: dict[str, Any]
) -> Job:
    """Ask for a job; call it inside the transaction that decides it."""
    if name not in kinds:
        raise KeyError(name)
    job = Job.objects.create(
        kind=name,
        asked_by=by,
        state_party=state_party or (by.state_party if by else None),
        arguments=arguments,
        label=label[:200],
    )
    transaction.on_commit(partial(_enqueue, job.pk))
    return job


def why_not_fetched(job: Job) -> str | None:
    """Why the file of a job may no longer be had by whoever asked for it: the right may have gone meanwhile."""
    guard = guards.get(job.kind)
    return guard(job) if guard is not None else None


def _enqueue(pk: int) -> None:
    from accounts.tasks import run_job  # the task names this module's function; importing it above would be a circle

    run_job.enqueue(pk)


def run(pk: int) -> None:
    """Do a job in the worker, unless another worker holds it or it is done."""
    now = timezone.now()
    claimed = Job.objects.filter(pk=pk, status=JobStatus.WAITING).update(
        status=JobStatus.RUNNING, heartbeat_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    job = Job.objects.select_related("asked_by__state_party").get(pk=pk)
    with translation.override(_language_of(job)):
        _do(job)


def _language_of(job: Job) -> str:
    """Whoever asked reads how the work ended, not the worker."""
    return language_of(job.asked_by) if job.asked_by else settings.LANGUAGE_CODE


def _do(job: Job) -> None:
    try:
        with beating(job):
            kinds[job.kind](Running(job))
    except Cancelled:
        return
    except Failed as failed:
        _end(job, str(failed))
        return
    except Exception:
        log.exception("job %s of kind %s failed", job.uuid, job.kind)
        _end(job, _("This did not work. The reference %(uuid)s helps whoever runs the machine.") % {"uuid": job.uuid})
        return
    _held(job).update(status=JobStatus.DONE, finished_at=timezone.now())


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Give signs of life from a thread of its own: one long step of a living worker is not silence."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            try:
                _held(job).update(heartbeat_at=timezone.now())
            except DatabaseError:
                log.warning("job %s: no sign of life could be written", job.pk, exc_info=True)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@transaction.atomic
def _end(job: Job, sentence: str) -> None:
    if _held(job).update(status=JobStatus.FAILED, error=sentence, finished_at=timezone.now()):
        _tell(job, "job_failed")


def cancel(job: Job) -> None:
    Job.objects.filter(pk=job.pk, status__in=[JobStatus.WAITING, JobStatus.RUNNING]).update(
        status=JobStatus.CANCELLED, finished_at=timezone.now()
    )


def take_up_silent() -> int:
    """Queue jobs again whose worker has been silent for a minute; give up after three attempts."""
    silent = timezone.now() - SILENCE
    count = 0
    running = Job.objects.filter(status=JobStatus.RUNNING, heartbeat_at__lt=silent)
    for job in running.select_related("asked_by__state_party"):
        if job.attempts >= MOST_ATTEMPTS:
            with translation.override(_language_of(job)):
                _end(job, _("This was tried three times and did not come to an end."))
            continue
        rows = Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING, heartbeat_at=job.heartbeat_at)
        if rows.update(status=JobStatus.WAITING):
            _enqueue(job.pk)
            count += 1
    return count


def take_up_lost() -> int:
    """Queue waiting jobs again that nobody took up: the queue may have lost one when the power went."""
    old = timezone.now() - LOST
    count = 0
    for job in Job.objects.filter(Q(heartbeat_at=None) | Q(heartbeat_at__lt=old), asked_at__lt=old, status="waiting"):
        rows = Job.objects.filter(pk=job.pk, status=JobStatus.WAITING, heartbeat_at=job.heartbeat_at)
        if rows.update(heartbeat_at=timezone.now()):
            _enqueue(job.pk)
            count += 1
    return count


def prune() -> int:
    """Delete files and rows of jobs that ended JOB_DAYS ago."""
    old = Job.objects.filter(finished_at__lt=timezone.now() - _kept())
    for job in old:
        if job.file:
            job.file.delete(save=False)
    return old.delete()[0]


def tick() -> list[str]:
    """Do what is due every minute; idempotent. One that fails does not stop the others; returns their names."""
    failed = []
    for function in [take_up_silent, take_up_lost, prune, *each_minute]:
        try:
            function()
        except Exception:
            name = getattr(function, "__qualname__", repr(function))
            log.exception("tick: %s failed", name)
            failed.append(name)
    return failed
