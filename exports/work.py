"""Jobs of this room: whole reports as files, and the files of a submission after its endorsement."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import history, jobs, permissions
from accounts.exceptions import Refused
from accounts.models import Job, User
from exports import exporting, store
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS, reason
from reporting.reports.models import Report, Submission
from reporting.reports.permissions import EXPORT_REPORT, READ_SUBMISSION

EXPORT = "export_report"
FILES = "submission_files"


def ask_for_export(report: Report, *, by: User, form: str, format_slug: str, language: str) -> Job:
    """Start the job that makes a file of a whole report, and record that it was asked for."""
    with transaction.atomic():
        history.record("report.export", by=by, subject=report, form=form, format=format_slug, language=language)
        return jobs.start(
            EXPORT,
            by=by,
            label=report.title_here,
            state_party=report.state_party,
            arguments={"report": report.pk, "form": form, "format": format_slug, "language": language},
        )


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
    return None if held is not None and exporting.readable_codes(report, user).issuperset(held) else gone


@jobs.kind(EXPORT, why_not=why_not_fetched)
def export_report(running: jobs.Running) -> None:
    """Read with the rights of the person who asked, as they are now."""
    said, user = running.arguments, running.job.asked_by
    if user is None:
        raise jobs.Failed(_("Nobody asked for this file."))
    running.progress(0, 3)
    report = Report.objects.of(user).select_related("cycle__instrument", "state_party").get(pk=said["report"])
    wanted = FORMATS[said["format"]]
    with translation.override(user.language or said["language"]):
        try:
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
        except Refused as refused:
            raise jobs.Failed(refused.reason) from None
        except CannotRender as error:
            raise jobs.Failed(reason(error)) from None
        except store.Damaged:
            raise jobs.Failed(store.damaged_sentence()) from None
    running.progress(2, 3)
    name = exporting.name_of(content, form=said["form"], extension=wanted.extension)
    running.publish(data, name=name, content_type=wanted.content_type)


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
