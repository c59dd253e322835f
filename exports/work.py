"""Jobs of this room: whole reports as files, and the files of a submission after its endorsement."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import history, jobs, permissions
from accounts.exceptions import Refused
from accounts.models import Job, User
from exports import bundle, exporting, packing, store
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS, ZIP_TYPE, reason
from reporting.reports.models import Report, Submission
from reporting.reports.permissions import EXPORT_REPORT, READ_SUBMISSION

EXPORT = "export_report"
FILES = "submission_files"
ZIP = "report_zip"


def ask_for_export(report: Report, *, by: User, form: str, format_slug: str, language: str) -> Job:
    """Start the job that makes a file of a whole report, and record that it was asked for."""
    arguments = {"report": report.pk, "form": form, "format": format_slug, "language": language}
    with transaction.atomic():
        asked = jobs.asked_already(EXPORT, by=by, arguments=arguments)
        if asked is not None:
            return asked
        history.record("report.export", by=by, subject=report, form=form, format=format_slug, language=language)
        return jobs.start(EXPORT, by=by, label=report.title_here, state_party=report.state_party, arguments=arguments)


def ask_for_zip(
    report: Report, *, by: User, formats: Sequence[str], form: str = "", language: str = "", number: int | None = None
) -> Job:
    """Start the job that makes a zip of a draft, or of the submission ``number``, and record that it was asked for."""
    inside = packing.chosen(formats)
    arguments = {"report": report.pk, "form": form, "formats": inside, "language": language, "number": number}
    with transaction.atomic():
        asked = jobs.asked_already(ZIP, by=by, arguments=arguments)
        if asked is not None:
            return asked
        named = " ".join(["zip", *inside])
        if number is None:
            history.record("report.export", by=by, subject=report, form=form, format=named, language=language)
        else:
            submission = report.submissions.get(number=number)
            history.record("submission.fetch", by=by, subject=submission, format=named)
        return jobs.start(ZIP, by=by, label=report.title_here, state_party=report.state_party, arguments=arguments)


def why_not_fetched(job: Job) -> str | None:
    """A file of a draft is fetched by who may still read all that it holds; a stored one by who reads submissions."""
    user, said = job.asked_by, job.arguments
    gone = _("You may no longer read everything that this file holds. Ask for a new one.")
    if user is None:
        return gone
    report = Report.objects.of(user).select_related("cycle", "state_party").filter(pk=said["report"]).first()
    if report is None:
        return gone
    if said.get("submission"):
        submission = Submission.objects.select_related("report__cycle", "state_party").get(pk=said["submission"])
        return permissions.why_not(user, READ_SUBMISSION, submission)
    held = said.get("scope")
    if held is None or not exporting.readable_codes(report, user).issuperset(held):
        return gone
    # What became internal meanwhile does not leave any more.
    annexes = said.get("annexes", [])
    return gone if annexes and not exporting.readable_annexes(report, user).issuperset(annexes) else None


@contextmanager
def _failures_said() -> Iterator[None]:
    """What ends the making of a file, as the sentence that whoever asked reads."""
    try:
        yield
    except Refused as refused:
        raise jobs.Failed(refused.reason) from None
    except CannotRender as error:
        raise jobs.Failed(reason(error)) from None
    except store.Damaged:
        raise jobs.Failed(store.damaged_sentence()) from None


@jobs.kind(EXPORT, why_not=why_not_fetched)
def export_report(running: jobs.Running) -> None:
    """Read with the rights of the person who asked, as they are now."""
    said, user = running.arguments, running.job.asked_by
    if user is None:
        raise jobs.Failed(_("Nobody asked for this file."))
    running.progress(0, 3)
    report = Report.objects.of(user).select_related("cycle__instrument", "state_party").get(pk=said["report"])
    wanted = FORMATS[said["format"]]
    with translation.override(user.language or said["language"]), _failures_said():
        permissions.require(user, EXPORT_REPORT, report)
        known = exporting.made_before(report, form=said["form"], format_slug=wanted.slug, language=said["language"])
        if known is not None:
            permissions.require(user, READ_SUBMISSION, known.submission)
            running.remember(submission=known.submission_id)
            data = store.data_of(known)
            running.publish(data, name=known.name, content_type=wanted.content_type)
            return
        content = exporting.report_content(report, user, language=said["language"])
        running.remember(scope=exporting.scope_of(content))
        running.progress(1, 3)
        data = exporting.render(content, form=said["form"], format_slug=wanted.slug, at=timezone.now())
    running.progress(2, 3)
    name = exporting.name_of(content, form=said["form"], extension=wanted.extension)
    running.publish(data, name=name, content_type=wanted.content_type)


@jobs.kind(ZIP, why_not=why_not_fetched)
def export_zip(running: jobs.Running) -> None:
    """Read with the rights of the person who asked, as they are now; one file at a time is in memory."""
    said, user = running.arguments, running.job.asked_by
    if user is None:
        raise jobs.Failed(_("Nobody asked for this file."))
    report = Report.objects.of(user).select_related("cycle__instrument", "state_party").get(pk=said["report"])
    with translation.override(user.language or said["language"] or None), TemporaryFile() as target:
        with _failures_said():
            name = _pack(running, report, user, cast(BinaryIO, target))
        target.seek(0)
        running.publish(File(target), name=name, content_type=ZIP_TYPE)


def _pack(running: jobs.Running, report: Report, user: User, target: BinaryIO) -> str:
    """Write the zip and say its name."""
    said = running.arguments
    if said["number"] is not None:
        submission = report.submissions.select_related("report__cycle", "state_party").get(number=said["number"])
        permissions.require(user, READ_SUBMISSION, submission)
        running.remember(submission=submission.pk)
        items = list(packing.items_of_submission(submission, said["formats"]))
        packing.write_submission(target, submission, _counted(running, items))
        return packing.name_of_submission(submission)
    content = exporting.report_content(report, user, language=said["language"])
    running.remember(scope=exporting.scope_of(content), annexes=[each["id"] for each in content["annexes"]])
    now = timezone.now()
    items = list(packing.items_of_draft(content, form=said["form"], formats=said["formats"], at=now))
    packing.write_draft(target, content, _counted(running, items), form=said["form"], at=now)
    return packing.name_of_draft(content, form=said["form"])


def _counted(running: jobs.Running, items: list[bundle.Item]) -> Iterator[bundle.Item]:
    for done, item in enumerate(items):
        running.progress(done, len(items))
        yield item
    running.progress(len(items), len(items))


@jobs.kind(FILES)
def make_files(running: jobs.Running) -> None:
    """Every format that can hold the submission's text, each made once in each of its languages."""
    submission = Submission.objects.select_related("report").get(pk=running.arguments["submission"])
    wanted = [(slug, language) for language in store.languages_of(submission) for slug in FORMATS]
    for done, (slug, language) in enumerate(wanted):
        running.progress(done, len(wanted))
        try:
            store.file_of(submission, slug, language)
        except CannotRender:
            continue  # the page says why this format is missing


def make_files_of(submission: Submission) -> None:
    """Registered with reports: called after an endorsement has been committed."""
    with transaction.atomic():
        jobs.start(
            FILES,
            by=None,
            label=str(submission),
            state_party=submission.state_party,
            arguments={"submission": submission.pk},
        )
