"""Files of a section or an answer: internal, until a coordinator makes them annexes to the report."""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import files, history, moves, permissions
from accounts.exceptions import Refused
from accounts.models import User
from reporting.reports.models import Answer, Attachment, ReportSection
from reporting.reports.permissions import COORDINATE_REPORT, EDIT_ANSWER, UPLOAD_TO_SECTION


@transaction.atomic
def upload(
    section: ReportSection, *, file: File, by: User, title: str = "", answer: Answer | None = None
) -> Attachment:
    """Keep a file with an answer, or with the section as a whole.

    Raises Refused, with a reason fit to show, for a file that is empty, too large, or by its
    content of no accepted type.
    """
    section = moves.lock(section, "report__cycle", "section", "lead")
    _require_place(section, answer, by)
    received = files.receive(file)
    attachment = Attachment(
        state_party_id=section.state_party_id,
        section=section,
        answer=answer,
        title=(title.strip() or received.name)[:200],
        file_name=received.name,
        content_type=received.content_type,
        size=received.size,
        sha256=received.sha256,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    received.store_in(attachment.file)
    attachment.save()
    _record("attachment.upload", attachment, by=by)
    return attachment


def _require_place(section: ReportSection, answer: Answer | None, by: User) -> None:
    if answer is None:
        permissions.require(by, UPLOAD_TO_SECTION, section)
        return
    if answer.section_id != section.pk:
        raise Refused(_("This question does not belong to the section."))
    answer.section = section
    permissions.require(by, EDIT_ANSWER, answer)


def _record(act: str, attachment: Attachment, *, by: User) -> None:
    slug = attachment.section.report.slug
    history.record(act, by=by, subject=attachment, context=slug, file=attachment.file_name, sha256=attachment.sha256)


def _lock(attachment: Attachment) -> Attachment:
    attachment = moves.lock(attachment, "section__report__cycle", "section__section", "answer")
    if attachment.removed_at is not None:
        raise Refused(_("This file has been removed already."))
    return attachment


@transaction.atomic
def remove(attachment: Attachment, *, by: User) -> Attachment:
    """Take a file off its answer. What was stored stays, for the submissions that name it."""
    attachment = _lock(attachment)
    _require_place(attachment.section, attachment.answer, by)
    attachment.removed_at = timezone.now()
    attachment.save(update_fields=["removed_at"])
    _record("attachment.remove", attachment, by=by)
    return attachment


def make_annex(attachment: Attachment, *, by: User) -> Attachment:
    """Let the file go to the mechanism with the report, as an annex."""
    return _set_annex(attachment, is_annex=True, by=by)


def make_internal(attachment: Attachment, *, by: User) -> Attachment:
    """Keep the file inside the State."""
    return _set_annex(attachment, is_annex=False, by=by)


@transaction.atomic
def _set_annex(attachment: Attachment, *, is_annex: bool, by: User) -> Attachment:
    attachment = _lock(attachment)
    permissions.require(by, COORDINATE_REPORT, attachment.section.report)
    if attachment.is_annex == is_annex:
        raise Refused(
            _("This file is an annex to the report already.") if is_annex else _("This file is internal already.")
        )
    attachment.is_annex = is_annex
    attachment.save(update_fields=["is_annex"])
    _record("attachment.make_annex" if is_annex else "attachment.make_internal", attachment, by=by)
    return attachment
